"""Do the dates of a badge hold at the moment asked for?"""

from __future__ import annotations

from datetime import UTC, datetime

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.assertions.moments import write_date_time
from openbadge_issuer.assertions.open_badges_2.values import parse_iso_date_time
from openbadge_issuer.verification.report import Finding, finding
from openbadge_issuer.verification.settings import Settings


def check_dates(document: JsonObject, settings: Settings) -> tuple[Finding, ...]:
    """Judge `issuedOn` and `expires` (Open Badges 2.0, Assertion); clocks may differ a little."""
    findings: list[Finding] = []
    begin, end = (_date(document, name, findings) for name in ("issuedOn", "expires"))
    if begin is not None and begin - settings.at > settings.clock_skew:
        findings.append(finding("DATE-NOT-YET", "failed", "/issuedOn", date=write_date_time(begin)))
    if end is not None and settings.at - end > settings.clock_skew:
        findings.append(finding("DATE-EXPIRED", "failed", "/expires", date=write_date_time(end)))
    if begin is not None and end is not None and end < begin:
        findings.append(finding("DATE-ORDER", "failed", "/expires"))
    return tuple(findings) or (finding("DATE-VALID", "passed", at=write_date_time(settings.at)),)


def _date(document: JsonObject, name: str, findings: list[Finding]) -> datetime | None:
    text = document.get(name)
    if text is None:
        return None
    try:
        return (
            parse_iso_date_time(text if isinstance(text, str) else "").astimezone(UTC).replace(microsecond=0)
        )
    except ValueError:
        findings.append(finding("DATE-UNREADABLE", "undetermined", f"/{name}", name=name))
        return None
