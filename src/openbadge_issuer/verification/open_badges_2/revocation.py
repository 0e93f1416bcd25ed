"""The list of an issuer's revoked badges (Open Badges 2.0, RevocationList; 1.x: a map of reasons)."""

from __future__ import annotations

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.assertions.open_badges_2.upgrade import upgrade_revocation_list
from openbadge_issuer.errors import ResolutionError
from openbadge_issuer.errors.rule import Severity
from openbadge_issuer.resolution.fetching import shown
from openbadge_issuer.verification.issuers import identifier
from openbadge_issuer.verification.open_badges_2.genuine import revoked
from openbadge_issuer.verification.open_badges_2.web import bring_object
from openbadge_issuer.verification.report import Finding, finding, finding_of
from openbadge_issuer.verification.settings import Settings

PLACE = "/verification"


def check_revocation_list(
    document: JsonObject, profile: JsonObject, issuer: str, settings: Settings, *, needed: bool
) -> tuple[Finding, ...]:
    """Look a badge up in the list that the issuer's hosted profile names; nothing to say gives no finding.

    Listed is revoked, by `id` or the older `uid`, unless every line for it says `revoked: false`. A list that
    cannot be read still revokes what it names; for other badges it leaves the question open.

    Args:
        document: the assertion or endorsement.
        profile: the issuer's hosted profile.
        issuer: its address.
        settings: where documents come from.
        needed: whether there is no other way to revoke the badge, as for signed ones.
    """
    url = profile.get("revocationList")
    if url is None:
        return ()
    try:
        document_of_list = upgrade_revocation_list(bring_object(identifier(url), settings.fetcher))
    except ResolutionError as error:
        severity: Severity = "error" if needed else "warning"
        return (finding_of(error, "undetermined", under=PLACE, verdict="status", severity=severity),)
    owner = identifier(document_of_list.get("issuer"))
    if owner and owner != issuer:
        other = finding(
            "OB2-REVOCATION-ISSUER", "undetermined", PLACE, found=shown(owner), issuer=shown(issuer)
        )
        return (other,)
    return _looked_up(document, document_of_list, shown(identifier(url)))


def _looked_up(document: JsonObject, listed: JsonObject, url: str) -> tuple[Finding, ...]:
    names = {name for name in (document.get("id"), document.get("uid")) if isinstance(name, str)}
    value = listed.get("revokedAssertions")
    lines = value if isinstance(value, list) else [value]
    readable = "revokedAssertions" in listed and value is not None
    for line in lines:
        entry: JsonObject = line if isinstance(line, dict) else {"id": line}
        named = {name for name in (entry.get("id"), entry.get("uid")) if isinstance(name, str)}
        readable = readable and bool(named)
        if named & names and entry.get("revoked") is not False:
            return (revoked(PLACE, entry.get("revocationReason")),)
    if not readable:
        return (finding("OB2-REVOCATION-UNREADABLE", "undetermined", PLACE, url=url),)
    return ()
