"""Carrying a badge over from Open Badges 2.0 to 3.0: pure, with a note on whatever has no place there.

The old badge and the new one stay two objects with ids of their own; the new one names the old one as
evidence, its achievement the old badge class as related. Source: Open Badges 3.0, Implementation Guide,
"Migrating from OB 2.0". `twin` goes the other way.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from openbadge_issuer.assertions import AchievementCredential, AchievementSubject, IdentifierEntry
from openbadge_issuer.assertions import achievement as open_badges_3
from openbadge_issuer.assertions.context_urls import CREDENTIALS_V2, OPEN_BADGES_CONTEXT
from openbadge_issuer.assertions.credential import Evidence as EvidenceOf3
from openbadge_issuer.assertions.open_badges_2.assertion import Assertion, Evidence
from openbadge_issuer.assertions.open_badges_2.badge_class import BadgeClass, Criteria
from openbadge_issuer.assertions.open_badges_2.carried_extensions import (
    Carried,
    carried_address,
    carried_extensions,
)
from openbadge_issuer.assertions.open_badges_2.identity import IdentityObject
from openbadge_issuer.assertions.open_badges_2.image import Image
from openbadge_issuer.assertions.open_badges_2.left_out import LeftOut
from openbadge_issuer.assertions.open_badges_2.profile import Issuer, Related
from openbadge_issuer.assertions.open_badges_2.values import is_uri, language_code, link_id
from openbadge_issuer.assertions.problems import ModelProblem
from openbadge_issuer.assertions.verifiable_credential import Image as ImageOf3
from openbadge_issuer.assertions.verifiable_credential import Profile
from openbadge_issuer.errors import ModelError

VERSION_2: Final = "Open Badges v2p0"
"""How a link says that what it leads to is of 2.0."""
_OLD_BADGE: Final = "This badge as it was issued under Open Badges 2.0"
ASSERTION_TYPE: Final = "https://w3id.org/openbadges#Assertion"
BADGE_CLASS_TYPE: Final = "https://w3id.org/openbadges#BadgeClass"


@dataclass(frozen=True, slots=True, kw_only=True)
class Migration:
    """What a 2.0 badge says, in the words of 3.0: the parts of a credential that is yet to be signed.

    Attributes:
        achievement: the badge class; it names the old one in `related`.
        issuer: the issuer's profile; it names the old one in `other_identifier` if the id is new.
        subject: the recipient, with the achievement.
        evidence: what showed that it was earned, and the old assertion.
        awarded_date: when it was awarded, which stays the same however often it is issued.
        valid_until: when it expires.
        contexts: further contexts, for what came from extensions.
        left_out: notes on what has no place in 3.0 or is done otherwise there.
    """

    achievement: open_badges_3.Achievement
    issuer: Profile
    subject: AchievementSubject
    evidence: tuple[EvidenceOf3, ...]
    awarded_date: datetime
    valid_until: datetime | None
    contexts: tuple[str, ...]
    left_out: tuple[ModelProblem, ...]

    def credential(self, id: str, *, valid_from: datetime | None = None) -> AchievementCredential:  # noqa: A002  # the specification's own name
        """Put the parts together.

        Args:
            id: what the new credential is called, such as a fresh `urn:uuid:`.
            valid_from: from when it counts; by default from when the badge was awarded.
        """
        return AchievementCredential(
            context=(CREDENTIALS_V2, OPEN_BADGES_CONTEXT, *self.contexts),
            id=id,
            name=self.achievement.name,
            issuer=self.issuer,
            valid_from=valid_from or self.awarded_date,
            valid_until=self.valid_until,
            awarded_date=self.awarded_date,
            credential_subject=self.subject,
            evidence=self.evidence,
        )


def to_open_badges_3(
    assertion: Assertion,
    badge_class: BadgeClass,
    issuer: Issuer,
    *,
    achievement_id: str,
    issuer_id: str | None = None,
) -> Migration:
    """Say in Open Badges 3.0 what a badge of 2.0 says.

    Whether the badge is genuine is not asked here: verify it first.

    Args:
        assertion: the badge.
        badge_class: what its `badge` names, as it is hosted.
        issuer: what the badge class names as its issuer, as it is hosted.
        achievement_id: what the new achievement is called.
        issuer_id: what the issuer is called in 3.0, such as a DID; the same as before by default.

    Raises:
        ModelError: the badge is revoked (OB2-CARRY-REVOKED), or the objects do not belong together
            (OB2-CARRY-OTHER).
    """
    if assertion.revoked:
        raise ModelError("OB2-CARRY-REVOKED", "/revoked")
    _check_link("/badge", link_id(assertion.badge), badge_class.id)
    _check_link("/issuer", link_id(badge_class.issuer), issuer.id)
    left_out = LeftOut("3.0")
    profile = _profile(issuer, issuer_id, left_out)
    carried = carried_extensions(badge_class, left_out)
    language = _language(badge_class, assertion, left_out)
    achievement = _achievement(
        badge_class, left_out, new_id=achievement_id, profile=profile, carried=carried, language=language
    )
    _note_assertion(assertion, left_out)
    return Migration(
        achievement=achievement,
        issuer=profile,
        subject=_subject(assertion, achievement, left_out),
        evidence=(*_evidence(assertion, left_out), *_old_assertion(assertion)),
        awarded_date=assertion.issued_on,
        valid_until=assertion.expires,
        contexts=tuple(dict.fromkeys(carried.contexts)),
        left_out=tuple(left_out.notes),
    )


def _check_link(place: str, named: str | None, found: str) -> None:
    if named != found:
        raise ModelError("OB2-CARRY-OTHER", place, value=named or "", expected=found)


def _profile(issuer: Issuer, new_id: str | None, left_out: LeftOut) -> Profile:
    address, placed = carried_address(issuer, left_out)
    left_out.members("Profile", issuer, "@language version related endorsement verification")
    if issuer.public_key:
        left_out.replaced("Profile", "publicKey", by="verificationMethod")
    if issuer.revocation_list:
        left_out.replaced("Profile", "revocationList", by="credentialStatus")
    left_out.further("Profile", issuer, carried=placed)
    renamed = new_id is not None and new_id != issuer.id and not issuer.id.startswith("_:")
    old = IdentifierEntry(identifier=issuer.id, identifier_type="identifier")
    return Profile(
        id=new_id or issuer.id,
        name=issuer.name,
        url=issuer.url,
        email=issuer.email,
        phone=issuer.telephone,
        description=issuer.description,
        image=_image(issuer.image, "Profile", left_out),
        address=address,
        other_identifier=(old,) if renamed else (),
    )


def _achievement(
    badge: BadgeClass,
    left_out: LeftOut,
    *,
    new_id: str,
    profile: Profile,
    carried: Carried,
    language: str | None,
) -> open_badges_3.Achievement:
    left_out.members("BadgeClass", badge, "endorsement")
    left_out.further("BadgeClass", badge, carried=frozenset(carried.names))
    creator = profile if carried.creator is None else Profile(id=carried.creator)
    return open_badges_3.Achievement.model_validate(
        {
            **carried.members,
            "id": new_id,
            "type": ("Achievement", *carried.types, *_own_types(badge.type, "BadgeClass", left_out)),
            "name": badge.name,
            "description": badge.description,
            "criteria": _criteria(badge.criteria, left_out),
            "alignment": _alignment(badge, left_out),
            "creator": creator,
            "image": _image(badge.image, "BadgeClass", left_out),
            "in_language": language,
            "related": (*_related(badge, new_id, left_out), *_old_badge_class(badge)),
            "tag": badge.tags,
            "version": None if badge.version is None else str(badge.version),
        }
    )


def _criteria(criteria: str | Criteria, left_out: LeftOut) -> open_badges_3.Criteria:
    if isinstance(criteria, str):
        return open_badges_3.Criteria(id=criteria)
    left_out.further("BadgeClass", criteria, "criteria")
    return open_badges_3.Criteria(id=_named(criteria.id), narrative=criteria.narrative)


def _alignment(badge: BadgeClass, left_out: LeftOut) -> tuple[open_badges_3.Alignment, ...]:
    for index, target in enumerate(badge.alignment):
        left_out.further("BadgeClass", target, "alignment", index)
    return tuple(
        open_badges_3.Alignment(
            target_name=target.target_name,
            target_url=target.target_url,
            target_description=target.target_description,
            target_framework=target.target_framework,
            target_code=target.target_code,
        )
        for target in badge.alignment
    )


def _related(badge: BadgeClass, new_id: str, left_out: LeftOut) -> tuple[open_badges_3.Related, ...]:
    found = []
    for index, other in enumerate(badge.related):
        related = Related(id=other) if isinstance(other, str) else other
        if related.id == new_id:
            continue  # the badge class names the achievement that it becomes
        left_out.further("BadgeClass", related, "related", index)
        language = language_code(related.language)
        if related.language is not None and language is None:
            left_out.member("BadgeClass", "related", index, "@language")
        version = None if related.version is None else str(related.version)
        found.append(open_badges_3.Related(id=related.id, in_language=language, version=version))
    return tuple(found)


def _old_badge_class(badge: BadgeClass) -> tuple[open_badges_3.Related, ...]:
    if _named(badge.id) is None:
        return ()
    return (open_badges_3.Related(id=badge.id, type=("Related", BADGE_CLASS_TYPE), version=VERSION_2),)


def _subject(
    assertion: Assertion, achievement: open_badges_3.Achievement, left_out: LeftOut
) -> AchievementSubject:
    recipient: IdentityObject = assertion.recipient
    left_out.further("Assertion", recipient, "recipient")
    is_id = recipient.type == "id" and not recipient.hashed and is_uri(recipient.identity)
    return AchievementSubject(
        id=recipient.identity if is_id else None,
        identifier=() if is_id else (recipient.to_open_badges_3(),),
        achievement=achievement,
        image=_image(assertion.image, "Assertion", left_out),
        narrative=assertion.narrative,
    )


def _evidence(assertion: Assertion, left_out: LeftOut) -> tuple[EvidenceOf3, ...]:
    found = []
    for index, item in enumerate(assertion.evidence):
        evidence = Evidence(id=item) if isinstance(item, str) else item
        left_out.further("Assertion", evidence, "evidence", index)
        found.append(
            EvidenceOf3(
                id=_named(evidence.id),
                type=("Evidence", *_own_types(evidence.type, "Assertion", left_out, "evidence", index)),
                name=evidence.name,
                description=evidence.description,
                narrative=evidence.narrative,
                genre=evidence.genre,
                audience=evidence.audience,
            )
        )
    return tuple(found)


def _old_assertion(assertion: Assertion) -> tuple[EvidenceOf3, ...]:
    if _named(assertion.id) is None:
        return ()
    return (EvidenceOf3(id=assertion.id, type=("Evidence", ASSERTION_TYPE), name=_OLD_BADGE),)


def _note_assertion(assertion: Assertion, left_out: LeftOut) -> None:
    left_out.replaced("Assertion", "verification", by="proof")
    left_out.members("Assertion", assertion, "uid version related endorsement revocationReason")
    _own_types(assertion.type, "Assertion", left_out, carried=False)
    left_out.further("Assertion", assertion)


def _image(image: str | Image | None, document: str, left_out: LeftOut) -> ImageOf3 | None:
    if image is None or isinstance(image, str):
        return None if image is None else ImageOf3(id=image)
    left_out.members(document, image, "author", "image")
    left_out.further(document, image, "image")
    return ImageOf3(id=image.id, caption=image.caption)


def _language(badge: BadgeClass, assertion: Assertion, left_out: LeftOut) -> str | None:
    """The language that the badge class is in, or else the assertion."""
    for document, found in (("BadgeClass", badge.language), ("Assertion", assertion.language)):
        if found is not None and language_code(found) is None:
            left_out.member(document, "@language")
    own, other = language_code(badge.language), language_code(assertion.language)
    if own is not None and other is not None and own != other:
        left_out.member("Assertion", "@language")
    return own or other


def _own_types(
    types: tuple[str, ...], document: str, left_out: LeftOut, *above: str | int, carried: bool = True
) -> tuple[str, ...]:
    """The further types that mean the same everywhere; a term of a context of 2.0 would not."""
    further = [name for name in types if name not in _CLASSES]
    kept = tuple(name for name in further if carried and name.startswith(("http://", "https://")))
    if len(kept) < len(further):
        left_out.member(document, *above, "type")
    return kept


_CLASSES = frozenset({"Assertion", "BadgeClass", "Evidence"})


def _named(iri: str | None) -> str | None:
    """An identifier, unless it is the name of a blank node, which means nothing elsewhere."""
    return None if iri is None or iri.startswith("_:") else iri
