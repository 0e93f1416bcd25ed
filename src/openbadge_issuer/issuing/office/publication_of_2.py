"""What Open Badges 2.0 needs on the web for the awards of an office: profile, keys, badge classes, badges."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from openbadge_issuer.assertions.json_text import JsonObject, dump_json_pretty, parse_json_object
from openbadge_issuer.assertions.open_badges_2.assertion import Assertion
from openbadge_issuer.issuing.office.annulling import annulments_address
from openbadge_issuer.issuing.office.carrying_out import public_reason
from openbadge_issuer.issuing.open_badges_2 import badge_class
from openbadge_issuer.issuing.published_files import hosted_files
from openbadge_issuer.issuing.signed_badge import SignedBadge
from openbadge_issuer.policy.achievement import achievement_of
from openbadge_issuer.policy.awarding import Award
from openbadge_issuer.signing.base64url import decode_base64url
from openbadge_issuer.signing.did_document import ANNULMENTS_TYPE
from openbadge_issuer.status.revocation_list import RevokedCredential

if TYPE_CHECKING:
    from openbadge_issuer.issuing.office.desk import Desk
    from openbadge_issuer.issuing.office.office import BadgeOffice
    from openbadge_issuer.signing.key_ring import KeyRing


def files_of_2(
    office: BadgeOffice, desk: Desk, ring: KeyRing | None
) -> tuple[dict[str, bytes], frozenset[str]]:
    """Return the documents by their addresses, and which of these answer that the badge is gone.

    Hosted badges of erased people are no longer among them; what was revoked stays revoked.
    """
    badges: list[SignedBadge] = []
    revoked: list[RevokedCredential] = []
    for award in _signed(desk):
        badges.append(_badge(desk, office, award))
        if award.revoked is not None:
            case = desk.cases.get(award.revoked.case)
            revoked += [
                RevokedCredential(draft.id, reason=public_reason(desk, case))
                for draft in (award.granted.drafts if award.granted else ())
                if draft.version == "2.0"
            ]
    older = tuple(key.public_key for key in ring.keys if key.compromised is None) if ring else ()
    hosted = hosted_files(office.issuer, badges, revoked=revoked, older_keys=older)
    profile = hosted.documents[hosted.addresses.profile]
    service: JsonObject = {"type": ANNULMENTS_TYPE, "serviceEndpoint": annulments_address(desk.policy)}
    documents = {**hosted.documents, hosted.addresses.profile: {**profile, "service": service}}
    files = {url: dump_json_pretty(document) for url, document in documents.items()}
    gone = frozenset(url for url, document in hosted.documents.items() if document.get("revoked") is True)
    return files, gone


def _signed(desk: Desk) -> Iterator[Award]:
    """Go through the awards with a badge of 2.0 that was signed and not erased."""
    for row in list(desk.ledger.streams("award")):
        award = desk.awards.get(row.name.partition(":")[2])
        if any(one.version == "2.0" and one.signed is not None for one in award.signed):
            yield award


def _badge(desk: Desk, office: BadgeOffice, award: Award) -> SignedBadge:
    """Put a badge of 2.0 together again from the record, with its badge class from the catalogue."""
    text = next(one.signed for one in award.signed if one.version == "2.0") or ""
    document = _document(text)
    language = award.granted.language if award.granted else "en"
    badge = desk.badges.get(award.opened.badge)
    achievement = achievement_of(badge, award.opened.version, language, desk.policy)
    class_, _ = badge_class(achievement, office.issuer.addresses)
    return SignedBadge(text.encode(), Assertion.read(document), badge_class=class_)


def _document(text: str) -> JsonObject:
    """Read an assertion, which may be the payload of a compact JWS."""
    if text.lstrip().startswith("{"):
        return parse_json_object(text)
    return parse_json_object(decode_base64url(text.split(".")[1]))
