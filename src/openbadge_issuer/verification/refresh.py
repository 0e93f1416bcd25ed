"""Is there a newer copy of the badge? Looked up once, after the proof, and never in a chain."""

from __future__ import annotations

from dataclasses import dataclass

from openbadge_issuer.assertions.identity_of_credentials import same_credential, supersedes
from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.errors import OpenBadgeError, ResolutionError
from openbadge_issuer.resolution.fetching import OK, Fetcher, shown
from openbadge_issuer.verification.issuers import identifier
from openbadge_issuer.verification.model import check_model
from openbadge_issuer.verification.proofs import ProofResult, check_proofs
from openbadge_issuer.verification.report import Finding, finding, verdict_of
from openbadge_issuer.verification.settings import Settings
from openbadge_issuer.verification.subject import Subject, read_subject, string_items

PLACE = "/refreshService"
REFRESH_TYPE = "1EdTechCredentialRefresh"


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What the refresh service gave: findings, and the newer credential if there is one to go on with."""

    findings: tuple[Finding, ...] = ()
    proven: ProofResult | None = None


def refresh(document: JsonObject, settings: Settings) -> Refreshed:
    """Look for a newer copy (Open Badges 3.0, "Verification", step refresh).

    The copy counts only if it is the same credential, of the same issuer, at least as new, and proven;
    otherwise the original is judged on, and the report says why.
    """
    service = document.get("refreshService")
    url = identifier(service)
    if not isinstance(service, dict) or REFRESH_TYPE not in string_items(service.get("type")) or not url:
        return Refreshed()
    if settings.fetcher is None:
        return Refreshed((finding("REFRESH-NOT-ASKED", "undetermined", PLACE, url=shown(url)),))
    try:
        newer = _fetch(url, settings.fetcher)
    except OpenBadgeError as error:
        return Refreshed((finding("REFRESH-FAILED", "undetermined", PLACE, problem=error.code),))
    issuer = identifier(newer.document.get("issuer"))
    same = same_credential(newer.document, document) and issuer == identifier(document.get("issuer"))
    if not same or supersedes(document, newer.document):
        return Refreshed((finding("REFRESH-OTHER", "failed", PLACE),))
    proven = check_proofs(newer, issuer=issuer, settings=settings)
    findings = (*check_model(newer.document), *proven.findings)
    if verdict_of(findings, "integrity") != "passed":
        problem = next(
            found.code for found in findings if found.severity == "error" and found.outcome != "passed"
        )
        return Refreshed((finding("REFRESH-FAILED", "failed", PLACE, problem=problem),))
    return Refreshed((finding("REFRESH-DONE", "passed", PLACE),), proven)


def _fetch(url: str, fetcher: Fetcher) -> Subject:
    fetched = fetcher.fetch(url, accept="application/vc+ld+json, application/json, text/plain")
    if fetched.status != OK:
        raise ResolutionError("FETCH-STATUS", url=shown(url), status=fetched.status)
    return read_subject(fetched.body)
