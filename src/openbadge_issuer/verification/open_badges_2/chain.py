"""From a badge to its badge class and its issuer."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.assertions.open_badges_2.versions import Version
from openbadge_issuer.resolution.fetching import shown
from openbadge_issuer.verification.issuers import identifier
from openbadge_issuer.verification.open_badges_2.reading import check_linked, is_web, kind_of, read
from openbadge_issuer.verification.open_badges_2.web import bring_hosted
from openbadge_issuer.verification.report import Finding, finding
from openbadge_issuer.verification.settings import Settings


@dataclass(frozen=True, slots=True)
class Chain:
    """Who stands behind a badge.

    Attributes:
        badge: the badge class, empty if there is none or it could not be had.
        claimed: the issuer as the badge or badge class has it, empty if that is only an address.
        issuer: the identifier of the issuer, empty if there is none.
        profile: the issuer's own hosted profile; None if it could not be had. Nothing else of the issuer
            is believed.
        place: the pointer under which the issuer is reported.
        findings: what was found on the way.
    """

    badge: JsonObject = field(default_factory=dict)
    claimed: JsonObject = field(default_factory=dict)
    issuer: str = ""
    profile: JsonObject | None = None
    place: str = ""
    findings: tuple[Finding, ...] = ()

    def saying(self, *findings: Finding) -> Chain:
        """Add findings."""
        return replace(self, findings=(*self.findings, *findings))


def follow(document: JsonObject, settings: Settings, *, signed: bool, version: Version | None) -> Chain:
    """Go from an assertion over its badge class, or from an endorsement or badge class, to the issuer.

    Args:
        document: the assertion, endorsement or badge class.
        settings: where documents come from.
        signed: whether the issuer signed it; then a badge class inside counts as it is. Inside a hosted
            badge it is fetched from its own address.
        version: the version of the document; 0.5 has issuers without an address.
    """
    if kind_of(document) != "Assertion":
        return _to_issuer(document, Chain(place="/issuer"), settings, version)
    # Local: the models take time to load, and badges of 3.0 never need them.
    from openbadge_issuer.assertions.open_badges_2.badge_class import BadgeClass  # noqa: PLC0415

    value = document.get("badge")
    badge: JsonObject = read(value).document if isinstance(value, dict) and "@context" in value else {}
    if not badge and isinstance(value, dict):
        badge = value
    findings: tuple[Finding, ...] = ()
    address = identifier(value)
    if is_web(address) and not (signed and len(badge) > 1):
        hosted = bring_hosted(address, settings.fetcher, "/badge")
        findings = hosted.findings
        if hosted.found is not None:
            badge = hosted.found.document
            findings += check_linked(badge, BadgeClass, "/badge")
    elif not badge:
        findings = (finding("OB2-NO-LINK", "undetermined", "/badge", name="badge", id=shown(address)),)
    return _to_issuer(badge, Chain(badge, place="/badge/issuer", findings=findings), settings, version)


def _to_issuer(above: JsonObject, chain: Chain, settings: Settings, version: Version | None) -> Chain:
    """Go on to the issuer that the badge class, or the endorsement, names."""
    from openbadge_issuer.assertions.open_badges_2.profile import Issuer  # noqa: PLC0415  # as above

    value = above.get("issuer")
    chain = replace(chain, claimed=value if isinstance(value, dict) else {}, issuer=identifier(value))
    if version == "0.5" and not is_web(chain.issuer):  # it names its issuer by the origin alone
        origin = identifier(chain.claimed.get("url"))
        return replace(chain, issuer=origin, profile=chain.claimed if is_web(origin) else None)
    if not above:
        return chain  # why it could not be had is said already
    if not is_web(chain.issuer):
        shown_id = shown(chain.issuer)
        return chain.saying(finding("OB2-NO-LINK", "undetermined", chain.place, name="issuer", id=shown_id))
    hosted = bring_hosted(chain.issuer, settings.fetcher, chain.place)
    chain = chain.saying(*hosted.findings)
    if hosted.found is None:
        return chain
    profile = hosted.found.document
    chain = replace(chain, issuer=hosted.url, profile=profile)
    return chain.saying(*check_linked(profile, Issuer, chain.place))
