"""Do the dates hold at the moment asked for?"""

from __future__ import annotations

from datetime import datetime

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.assertions.moments import parse_date_time, write_date_time
from openbadge_issuer.signing.vc_jwt import VcJwt
from openbadge_issuer.signing.vc_jwt_claims import numeric_date
from openbadge_issuer.verification.report import Finding, finding
from openbadge_issuer.verification.settings import Settings

_BEGINNINGS = ("validFrom", "issuanceDate")
_ENDS = ("validUntil", "expirationDate")


def check_dates(document: JsonObject, settings: Settings, token: VcJwt | None = None) -> tuple[Finding, ...]:
    """Judge the validity period (Open Badges 3.0, "Verification", step status; VC Data Model 2.0, 4.9).

    Where the credential names no date, the claim `nbf` or `exp` of its token counts (RFC 7519, section 4.1).
    Clocks may be apart by the skew of the settings, in the badge's favour at both ends.
    """
    begin_name, begin, begin_broken = _date(document, _BEGINNINGS)
    end_name, end, end_broken = _date(document, _ENDS)
    if begin_name not in document:
        begin_name, begin = "nbf", claimed_date(token, "nbf")
    if end_name not in document:
        end_name, end = "exp", claimed_date(token, "exp")
    findings: list[Finding] = []
    if begin_broken:
        findings.append(finding("DATE-UNREADABLE", "undetermined", f"/{begin_name}", name=begin_name))
    if end_broken:
        findings.append(finding("DATE-UNREADABLE", "undetermined", f"/{end_name}", name=end_name))
    if begin is not None and begin - settings.at > settings.clock_skew:
        findings.append(finding("DATE-NOT-YET", "failed", f"/{begin_name}", date=write_date_time(begin)))
    if end is not None and settings.at - end > settings.clock_skew:
        findings.append(finding("DATE-EXPIRED", "failed", f"/{end_name}", date=write_date_time(end)))
    if begin is not None and end is not None and end < begin:
        findings.append(finding("DATE-ORDER", "failed", f"/{end_name}"))
    if not findings:
        findings.append(finding("DATE-VALID", "passed", at=write_date_time(settings.at)))
    return tuple(findings)


def claimed_date(token: VcJwt | None, name: str) -> datetime | None:
    """Read a date that only the token names; one that cannot be read is a broken claim, judged elsewhere."""
    return None if token is None else numeric_date(token.payload.get(name))


def _date(document: JsonObject, names: tuple[str, str]) -> tuple[str, datetime | None, bool]:
    usual, old = names
    name = old if old in document and usual not in document else usual
    text = document.get(name)
    if text is None:
        return name, None, False
    try:
        return name, parse_date_time(text) if isinstance(text, str) else None, not isinstance(text, str)
    except ValueError:
        return name, None, True
