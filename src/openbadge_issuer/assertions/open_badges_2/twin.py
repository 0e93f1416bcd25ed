"""Giving an achievement of Open Badges 3.0 a twin in 2.0, so that one award can yield both.

The twins stay two objects with ids of their own; that of 2.0 names the other as related. Text in several
languages becomes text in one, since 2.0 has an edition per language.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from openbadge_issuer.assertions import achievement as open_badges_3
from openbadge_issuer.assertions.credential import Evidence as EvidenceOf3
from openbadge_issuer.assertions.open_badges_2.assertion import Evidence
from openbadge_issuer.assertions.open_badges_2.badge_class import AlignmentObject, BadgeClass, Criteria
from openbadge_issuer.assertions.open_badges_2.cryptographic_key import CryptographicKey
from openbadge_issuer.assertions.open_badges_2.image import Image
from openbadge_issuer.assertions.open_badges_2.left_out import LeftOut
from openbadge_issuer.assertions.open_badges_2.profile import Issuer, Related
from openbadge_issuer.assertions.open_badges_2.verification_object import ProfileVerificationObject
from openbadge_issuer.assertions.open_badges_2.versions import CONTEXT
from openbadge_issuer.assertions.problems import ModelProblem
from openbadge_issuer.assertions.values import Text, localized
from openbadge_issuer.assertions.verifiable_credential import Image as ImageOf3
from openbadge_issuer.assertions.verifiable_credential import Profile

VERSION_3: Final = "Open Badges v3p0"
"""How a link says that what it leads to is of 3.0."""
ACHIEVEMENT_TYPE: Final = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#Achievement"
PROFILE_TYPE: Final = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#Profile"

_ONLY_IN_3 = (
    "achievementType creator creditsAvailable endorsement endorsementJwt fieldOfStudy humanCode "
    "otherIdentifier resultDescription specialization"
)
_ONLY_IN_A_PROFILE_OF_3 = (
    "endorsement endorsementJwt address otherIdentifier official parentOrg familyName givenName "
    "additionalName patronymicName honorificPrefix honorificSuffix familyNamePrefix dateOfBirth"
)


@dataclass(frozen=True, slots=True)
class Twin:
    """A badge class that says what an achievement says, and notes on what has no place in it."""

    badge_class: BadgeClass
    left_out: tuple[ModelProblem, ...]


def to_open_badges_2(
    achievement: open_badges_3.Achievement,
    *,
    id: str,  # noqa: A002  # the specification's own name
    issuer: Issuer | str,
    image: Image | str | None = None,
    language: str = "en",
) -> Twin:
    """Say in Open Badges 2.0 what an achievement of 3.0 says.

    Args:
        achievement: what is recognised.
        id: what the badge class is called: the URL where it will be hosted.
        issuer: the profile of 2.0, or its URL.
        image: the picture, which 2.0 insists on; that of the achievement by default.
        language: which language of its texts to take.

    Raises:
        ModelError: there is no picture, or another rule of 2.0 is broken.
    """
    left_out = LeftOut("2.0")
    _note_achievement(achievement, left_out)
    criteria = achievement.criteria
    related = [
        _related(one, index, left_out, language)
        for index, one in enumerate(achievement.related)
        if one.id != id  # the badge class that the achievement came from
    ]
    alignment = [
        _alignment(one, index, left_out, language) for index, one in enumerate(achievement.alignment)
    ]
    twin = Related(id=achievement.id, type=(ACHIEVEMENT_TYPE,), version=VERSION_3)
    badge_class = BadgeClass.model_validate(
        _given(
            {
                "context": (CONTEXT,),
                "id": id,
                "name": localized(achievement.name, language),
                "description": localized(achievement.description, language),
                "image": image or _image(achievement.image, language),
                "criteria": Criteria(id=criteria.id, narrative=_text(criteria.narrative, language)),
                "issuer": issuer,
                "alignment": alignment,
                "tags": tuple(localized(tag, language) for tag in achievement.tag),
                "language": achievement.in_language,
                "version": _text(achievement.version, language),
                "related": (*related, twin),
            }
        )
    )
    return Twin(badge_class, tuple(left_out.notes))


def profile_to_open_badges_2(
    profile: Profile,
    *,
    id: str,  # noqa: A002  # the specification's own name
    url: str | None = None,
    email: str | None = None,
    public_key: Sequence[CryptographicKey | str] = (),
    revocation_list: str | None = None,
    verification: ProfileVerificationObject | None = None,
    language: str = "en",
) -> tuple[Issuer, tuple[ModelProblem, ...]]:
    """Say in Open Badges 2.0 who issues, and note what has no place there.

    Args:
        profile: the issuer's profile of 3.0.
        id: the URL where the profile of 2.0 will be hosted.
        url: the home page, if the profile names none: 2.0 insists on it.
        email: an address, likewise.
        public_key: the keys that badges are signed with.
        revocation_list: the URL of the list of signed badges that were revoked.
        verification: where badges stand, if not on the host of `id`.
        language: which language of its texts to take.

    Raises:
        ModelError: a name, home page or address is missing.
    """
    left_out = LeftOut("2.0")
    left_out.members("Profile", profile, _ONLY_IN_A_PROFILE_OF_3)
    left_out.further("Profile", profile)
    issuer = Issuer.model_validate(
        _given(
            {
                "context": (CONTEXT,),
                "id": id,
                "type": ("Issuer",),
                "name": _text(profile.name, language),
                "url": profile.url or url,
                "email": _text(profile.email, language) or email,
                "telephone": _text(profile.phone, language),
                "description": _text(profile.description, language),
                "image": _image(profile.image, language),
                "public_key": tuple(public_key),
                "revocation_list": revocation_list,
                "verification": verification,
                "related": (Related(id=profile.id, type=(PROFILE_TYPE,), version=VERSION_3),),
            }
        )
    )
    return issuer, tuple(left_out.notes)


def evidence_to_open_badges_2(evidence: EvidenceOf3, *, language: str = "en") -> Evidence:
    """Say in Open Badges 2.0 what shows that a badge was earned; members that neither version knows stay."""
    texts = ("narrative", "name", "description", "genre", "audience")
    return Evidence.model_validate(
        {
            **(evidence.model_extra or {}),
            "id": evidence.id,
            "type": evidence.type,
            **{name: _text(getattr(evidence, name), language) for name in texts},
        }
    )


def _note_achievement(achievement: open_badges_3.Achievement, left_out: LeftOut) -> None:
    left_out.members("Achievement", achievement, _ONLY_IN_3)
    left_out.further("Achievement", achievement)
    left_out.further("Achievement", achievement.criteria, "criteria")
    if len(achievement.type) > 1:
        left_out.member("Achievement", "type")


def _alignment(
    target: open_badges_3.Alignment, index: int, left_out: LeftOut, language: str
) -> AlignmentObject:
    left_out.members("Achievement", target, "targetType", "alignment", index)
    left_out.further("Achievement", target, "alignment", index)
    return AlignmentObject(
        target_name=localized(target.target_name, language),
        target_url=target.target_url,
        target_description=_text(target.target_description, language),
        target_framework=_text(target.target_framework, language),
        target_code=_text(target.target_code, language),
    )


def _related(other: open_badges_3.Related, index: int, left_out: LeftOut, language: str) -> Related:
    left_out.further("Achievement", other, "related", index)
    further = tuple(name for name in other.type if name != "Related")
    return Related(
        id=other.id, type=further, language=other.in_language, version=_text(other.version, language)
    )


def _image(image: ImageOf3 | None, language: str) -> Image | str | None:
    if image is None or image.caption is None:
        return None if image is None else image.id
    return Image(id=image.id, caption=localized(image.caption, language))


def _text(text: Text | None, language: str) -> str | None:
    return None if text is None else localized(text, language)


def _given(members: dict[str, object]) -> dict[str, object]:
    """Leave out what is not there, so that the model says what is missing."""
    return {name: value for name, value in members.items() if value is not None}
