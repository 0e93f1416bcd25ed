"""Hosted badges: what stands at the badge's own address is the badge.

Source: Open Badges 2.0, hosted verification.
"""

from __future__ import annotations

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.resolution.fetching import shown
from openbadge_issuer.verification.issuers import identifier
from openbadge_issuer.verification.open_badges_2.chain import follow
from openbadge_issuer.verification.open_badges_2.genuine import Genuine, open_status, revoked, standing
from openbadge_issuer.verification.open_badges_2.reading import Read, is_web
from openbadge_issuer.verification.open_badges_2.revocation import check_revocation_list
from openbadge_issuer.verification.open_badges_2.scope import check_badge_origin, check_scope
from openbadge_issuer.verification.open_badges_2.web import GONE, Hosted, bring_hosted
from openbadge_issuer.verification.report import Finding, finding
from openbadge_issuer.verification.settings import Settings

PLACE = "/id"
_DECIDING = ("recipient", "badge", "claim")
_IGNORED = frozenset({"@context", "id", "type", "verification"})


def check_hosted(given: Read, settings: Settings) -> Genuine:
    """Read the badge at its own address, and judge whether its issuer's badges stand there.

    Of what was given only the address counts; where it says something else than the hosted copy, the
    report tells.
    """
    address = identifier(given.document)
    if not is_web(address):
        failed = finding("OB2-NOT-HOSTED", "failed", PLACE, id=shown(address))
        return Genuine(given, (failed, open_status(PLACE)))
    hosted = bring_hosted(address, settings.fetcher, PLACE, may_be_gone=True)
    if hosted.found is None:
        return Genuine(given, (*hosted.findings, open_status(PLACE)))
    if hosted.status == GONE or hosted.found.document.get("revoked") is True:
        gone = (
            _gone(hosted)
            if hosted.found.kind != given.kind or "issuedOn" not in hosted.found.document
            else ()
        )
        said = revoked(PLACE, hosted.found.document.get("revocationReason"))
        if gone:  # what is left of it names no issuer
            return Genuine(given, (*hosted.findings, *gone, said))
        return _judged(given, hosted, (said,), settings)
    if hosted.found.kind != given.kind:
        other = finding("OB2-HOSTED-OTHER", "failed", PLACE, url=shown(hosted.url), kind=given.kind)
        return Genuine(given, (*hosted.findings, other, open_status(PLACE)))
    return _judged(given, hosted, (), settings)


def _judged(given: Read, hosted: Hosted, said: tuple[Finding, ...], settings: Settings) -> Genuine:
    """Judge the hosted copy along the way to its issuer."""
    found = hosted.found or given
    chain = follow(found.document, settings, signed=False, version=found.version)
    findings = [*hosted.findings, *_differences(given.document, found.document), *chain.findings]
    status: tuple[Finding, ...] = said
    if chain.profile is not None:
        findings += check_scope(hosted.url, chain.profile, chain.issuer, PLACE)
        findings += check_badge_origin(chain.badge, chain.profile, chain.issuer)
        listed = check_revocation_list(found.document, chain.profile, chain.issuer, settings, needed=False)
        status = (*said, *listed)
    if not any(one.outcome == "failed" and one.severity == "error" for one in status):
        status = (*status, standing(PLACE))
    return Genuine(found, (*findings, *status), chain)


def _gone(hosted: Hosted) -> tuple[Finding, ...]:
    return (finding("OB2-HOSTED-GONE", "undetermined", PLACE, url=shown(hosted.url)),)


def _differences(given: JsonObject, hosted: JsonObject) -> tuple[Finding, ...]:
    """Tell where the copy that was given says something else; who and what decide, the rest informs."""
    findings = []
    for name in sorted((given.keys() | hosted.keys()) - _IGNORED):
        mine, theirs = given.get(name), hosted.get(name)
        if name == "badge" and identifier(mine) == identifier(theirs) and not isinstance(mine, dict):
            continue
        if mine is None or mine == theirs:  # what is left out does not mislead
            continue
        other = name in _DECIDING and not (name == "badge" and identifier(mine) == identifier(theirs))
        code = "OB2-COPY-OTHER" if other else "OB2-COPY-DIFFERS"
        findings.append(finding(code, "failed", f"/{name}" if other else "", name=shown(name)))
    return tuple(findings)
