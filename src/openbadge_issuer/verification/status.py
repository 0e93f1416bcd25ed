"""Does the badge still hold: is it revoked or suspended in the lists that it names?"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, parse_json_object
from openbadge_issuer.assertions.values import write_date_time
from openbadge_issuer.errors import (
    DocumentError,
    LimitError,
    OpenBadgeError,
    ResolutionError,
    StatusError,
    UnsupportedError,
)
from openbadge_issuer.resolution.fetching import OK, Fetched, shown
from openbadge_issuer.signing.vc_jwt import VcJwt
from openbadge_issuer.status import PublishedStatusList, StatusEntry, read_entry, read_status_list
from openbadge_issuer.status.reasons import read_reasons
from openbadge_issuer.status.revocation_list import read_revocation_list
from openbadge_issuer.verification.dates import claimed_date
from openbadge_issuer.verification.issuers import identifier
from openbadge_issuer.verification.proofs import check_proofs
from openbadge_issuer.verification.report import Finding, finding, finding_of, verdict_of
from openbadge_issuer.verification.settings import Settings
from openbadge_issuer.verification.subject import read_subject, string_items

_JUDGED = {"revocation": "STATUS-REVOKED", "suspension": "STATUS-SUSPENDED"}
_VCRL = "1EdTechRevocationList"
MAX_ENTRIES = 8
"""Each entry can cost a fetch and a signature check; no published badge has more than two."""


def check_status(document: JsonObject, settings: Settings) -> tuple[Finding, ...]:
    """Look up every status entry (Open Badges 3.0, "Verification", step status; Bitstring Status List, 3.2).

    A badge without an entry cannot be revoked, and passes. What cannot be looked up is undetermined.
    """
    value = document.get("credentialStatus")
    if value is None:
        return (finding("STATUS-NONE", "passed"),)
    entries = value if isinstance(value, list) else [value]
    if len(entries) > MAX_ENTRIES:
        return (finding("STATUS-TOO-MANY", "undetermined", "/credentialStatus", limit=MAX_ENTRIES),)
    findings: list[Finding] = []
    if isinstance(value, list) and len(entries) > 1:
        findings.append(finding("STATUS-SEVERAL", "failed", "/credentialStatus"))
    for position, entry in enumerate(entries):
        place = f"/credentialStatus/{position}" if isinstance(value, list) else "/credentialStatus"
        try:
            findings += _check_entry(document, entry, place, settings)
        except StatusError as error:
            findings.append(finding_of(error, "failed", verdict="status", severity="error"))
        except OpenBadgeError as error:
            findings.append(finding_of(error, "undetermined", verdict="status", severity="error"))
    return tuple(findings)


def _check_entry(
    document: JsonObject, entry: JsonValue, place: str, settings: Settings
) -> tuple[Finding, ...]:
    if isinstance(entry, dict) and _VCRL in string_items(entry.get("type")):
        return _check_revocation_list(document, entry, place, settings)
    read = read_entry(entry, pointer=place)
    if read.purpose not in _JUDGED:
        return (finding("STATUS-PURPOSE-OTHER", "undetermined", place, purpose=read.purpose),)
    fetched = _fetch(read.list_url, settings)
    try:
        published, findings = _read_list(fetched.body, identifier(document.get("issuer")), place, settings)
        if published is None:
            return findings
        is_set = published.status_of(read)
    except (StatusError, DocumentError, LimitError) as error:
        # The list is at fault, not the badge: its status stays unknown.
        return (finding_of(error, "undetermined", verdict="status", severity="error"),)
    code = _JUDGED[read.purpose]
    if not is_set:
        return (*findings, finding(code, "passed", place, because=""))
    reason = _reason(published, read, settings)
    return (*findings, finding(code, "failed", place, because=f": “{reason}”" if reason else ""))


def _read_list(
    body: bytes, issuer: str, place: str, settings: Settings
) -> tuple[PublishedStatusList | None, tuple[Finding, ...]]:
    """Read a list credential and check its proof and dates; no list means that it cannot be used."""
    subject = read_subject(body)
    list_issuer = identifier(subject.document.get("issuer"))
    if list_issuer != issuer:
        return None, (finding("STATUS-LIST-ISSUER", "undetermined", place, found=list_issuer, issuer=issuer),)
    # A list is always of today, whatever moment the badge is judged for.
    proven = check_proofs(subject, issuer=list_issuer, settings=replace(settings, at=settings.now))
    if verdict_of(proven.findings, "integrity") != "passed":
        problem = next(
            found for found in proven.findings if found.severity == "error" and found.outcome != "passed"
        )
        return None, (finding("STATUS-LIST-UNPROVEN", "undetermined", place, problem=problem.code),)
    published = read_status_list(proven.signed)
    stale = _freshness(published, subject.jwt, place, settings)
    if stale:
        return None, stale
    return published, () if published.has_prefix else (finding("STATUS-LIST-MULTIBASE", "failed", place),)


def _freshness(
    published: PublishedStatusList, token: VcJwt | None, place: str, settings: Settings
) -> tuple[Finding, ...]:
    now, skew = settings.now, settings.clock_skew
    begin = published.valid_from or claimed_date(token, "nbf")
    end = published.valid_until or claimed_date(token, "exp")
    if (begin is not None and begin - now > skew) or (end is not None and now - end > skew):
        return (
            finding(
                "STATUS-LIST-NOT-CURRENT",
                "undetermined",
                place,
                valid_from=_shown(begin),
                valid_until=_shown(end),
            ),
        )
    limit = settings.max_status_age
    if limit is not None and (begin is None or now - begin > limit):
        return (
            finding("STATUS-LIST-OLD", "undetermined", place, valid_from=_shown(begin), limit=str(limit)),
        )
    return ()


def _shown(moment: datetime | None) -> str:
    return write_date_time(moment) if moment is not None else "—"


def _reason(published: PublishedStatusList, entry: StatusEntry, settings: Settings) -> str:
    """Find the public reason that the signed list vouches for; a missing one changes nothing."""
    if published.reasons is None:
        return ""
    try:
        document = _fetch(published.reasons.id, settings)
        return read_reasons(document.body, resource=published.reasons).get(entry.location, "")
    except OpenBadgeError:
        return ""


def _check_revocation_list(
    document: JsonObject, entry: JsonObject, place: str, settings: Settings
) -> tuple[Finding, ...]:
    url = entry.get("id")
    if not isinstance(url, str):
        raise UnsupportedError("STATUS-ENTRY-TYPE", f"{place}/id", type=_VCRL)
    try:
        listed = read_revocation_list(parse_json_object(_fetch(url, settings).body))
    except (StatusError, DocumentError, LimitError) as error:
        return (finding_of(error, "undetermined", verdict="status", severity="error"),)
    issuer = identifier(document.get("issuer"))
    if listed.issuer is not None and listed.issuer != issuer:
        return (finding("STATUS-LIST-ISSUER", "undetermined", place, found=listed.issuer, issuer=issuer),)
    line = listed.find(identifier(document))
    if line is None or not line.revoked:
        return (finding("STATUS-REVOKED", "passed", place, because=""),)
    return (finding("STATUS-REVOKED", "failed", place, because=f": “{line.reason}”" if line.reason else ""),)


def _fetch(url: str, settings: Settings) -> Fetched:
    if settings.fetcher is None:
        raise ResolutionError("FETCH-NOT-GIVEN", url=shown(url))
    fetched = settings.fetcher.fetch(url)
    if fetched.status != OK:
        raise ResolutionError("FETCH-STATUS", url=shown(url), status=fetched.status)
    return fetched
