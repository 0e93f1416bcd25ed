"""What Open Badges 2.0 needs on the web for the awards of an office: profile, keys, badge classes, badges."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, dump_json_pretty, parse_json_object
from openbadge_issuer.assertions.open_badges_2.assertion import Assertion
from openbadge_issuer.issuing.hosted_addresses import HostedAddresses
from openbadge_issuer.issuing.office.annulling import annulments_address
from openbadge_issuer.issuing.office.carrying_out import dated_reason
from openbadge_issuer.issuing.office.compromised_awards import vouched_awards
from openbadge_issuer.issuing.open_badges_2 import badge_class
from openbadge_issuer.issuing.published_files import hosted_files
from openbadge_issuer.issuing.signed_badge import SignedBadge
from openbadge_issuer.policy.achievement import achievement_of
from openbadge_issuer.policy.awarding import Award
from openbadge_issuer.signing.base64url import decode_base64url
from openbadge_issuer.signing.compromise import sign_compromise_list
from openbadge_issuer.signing.did_document import ANNULMENTS_TYPE, LIST_TYPE
from openbadge_issuer.status.revocation_list import RevokedCredential

if TYPE_CHECKING:
    from openbadge_issuer.issuing.office.desk import Desk
    from openbadge_issuer.issuing.office.office import BadgeOffice
    from openbadge_issuer.signing.key_ring import KeyRing


_LIST_NAME = "compromised-keys-2.0.jwt"
"""Not that of the list beside did.json, which can stand in the same folder."""


def files_of_2(
    office: BadgeOffice, desk: Desk, ring: KeyRing | None
) -> tuple[dict[str, bytes], frozenset[str]]:
    """Return the documents by their addresses, and which of these answer that the badge is gone.

    Hosted badges of erased people are no longer among them; what was revoked stays revoked.
    """
    awards = [desk.awards.get(row.name.partition(":")[2]) for row in list(desk.ledger.streams("award"))]
    badges = [_badge(desk, office, award) for award in awards if _is_there(award)]
    revoked = [line for award in awards for line in _revoked(desk, award)]
    older = tuple(key.public_key for key in ring.keys if key.compromised is None) if ring else ()
    hosted = hosted_files(office.issuer, badges, revoked=revoked, older_keys=older)
    profile = hosted.documents[hosted.addresses.profile]
    service: JsonValue = {"type": ANNULMENTS_TYPE, "serviceEndpoint": annulments_address(desk.policy)}
    listed = dict(_vouched(office, desk, ring, hosted.addresses))
    if listed:
        service = [service, {"type": LIST_TYPE, "serviceEndpoint": next(iter(listed))}]
    documents = {**hosted.documents, hosted.addresses.profile: {**profile, "service": service}}
    files = {url: dump_json_pretty(document) for url, document in documents.items()} | listed
    gone = frozenset(url for url, document in hosted.documents.items() if document.get("revoked") is True)
    return files, gone


def _vouched(
    office: BadgeOffice, desk: Desk, ring: KeyRing | None, addresses: HostedAddresses
) -> Iterator[tuple[str, bytes]]:
    """Write the list of what compromised keys really signed for the profile, whose name the other has not."""
    if ring is None or all(key.compromised is None for key in ring.keys):
        return
    signer = office.issuer.signer
    listed = vouched_awards(desk, ring, issuer=addresses.profile)
    yield (
        f"{addresses.base}{_LIST_NAME}",
        sign_compromise_list(listed, signer, verification_method=addresses.key(signer.public_key)),
    )


def _is_there(award: Award) -> bool:
    """Tell whether an award has a badge of 2.0 that was signed and not erased."""
    return any(one.version == "2.0" and one.signed is not None for one in award.signed)


def _revoked(desk: Desk, award: Award) -> Iterator[RevokedCredential]:
    """Go through what was signed in 2.0 and revoked, also of people who were erased: others have copies."""
    if award.revoked is None or award.granted is None:
        return
    reason = dated_reason(desk, desk.cases.get(award.revoked.case))
    for place, draft in enumerate(award.granted.drafts):
        if draft.version == "2.0" and place not in award.unsigned:
            yield RevokedCredential(draft.id, reason=reason)


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
