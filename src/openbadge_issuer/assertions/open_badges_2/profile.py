"""Who stands behind badges, and what they say of each other's.

Profile and Endorsement refer to each other, so they share this module.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Discriminator, Field, Tag, field_validator
from pydantic_core import PydanticCustomError

from openbadge_issuer.assertions.node import TypedNode
from openbadge_issuer.assertions.open_badges_2.cryptographic_key import CryptographicKey
from openbadge_issuer.assertions.open_badges_2.image import Image, checked_picture
from openbadge_issuer.assertions.open_badges_2.node import BadgeNode
from openbadge_issuer.assertions.open_badges_2.values import (
    Iri,
    IsoDateTime,
    Language,
    Link,
    TextOrNumber,
)
from openbadge_issuer.assertions.open_badges_2.verification_object import (
    ProfileVerificationObject,
    VerificationObject,
)
from openbadge_issuer.assertions.values import Many
from openbadge_issuer.assertions.verifiable_credential import ContextItem


class Related(BadgeNode):
    """Another edition or version of an object (Open Badges 2.0, "Versioning" and "Internationalization")."""

    id: Iri
    type: Many[str] = ()
    language: Language | None = Field(default=None, alias="@language")
    version: TextOrNumber | None = None


class BadgeObject(BadgeNode):
    """What the objects of Open Badges 2.0 share that have an address of their own."""

    context: Many[ContextItem] = Field(default=(), alias="@context")
    id: Iri
    language: Language | None = Field(default=None, alias="@language")
    version: TextOrNumber | None = None
    related: Many[Link[Related]] = ()
    endorsement: Many[Link[AnyEndorsement]] = ()


class Profile(TypedNode, BadgeObject):
    """A person or organisation, such as a recipient (Open Badges 2.0, Profile)."""

    type: Many[str] = ("Profile",)
    name: str | None = None
    url: Iri | None = None
    email: str | None = None
    telephone: str | None = None
    description: str | None = None
    image: Link[Image] | None = None
    public_key: Many[Link[CryptographicKey]] = ()
    verification: ProfileVerificationObject | None = None
    revocation_list: Iri | None = None

    @field_validator("type")
    @classmethod
    def _own_type(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if not PROFILE_TYPES & set(value):
            raise PydanticCustomError("MODEL-TYPE", "type", {"name": "Profile"})
        return value

    @field_validator("image")
    @classmethod
    def _picture(cls, value: str | Image | None) -> str | Image | None:
        return None if value is None else checked_picture(value)


class Issuer(Profile):
    """A profile that issues badges, under the type `Issuer` or `Profile` (Open Badges 2.0, Profile)."""

    name: str
    url: Iri
    email: str


PROFILE_TYPES = frozenset({"Issuer", "Profile"})


class EndorsementClaim(BadgeNode):
    """What is endorsed and what is said of it, which may be any property of its class (EndorsementClaim)."""

    id: Iri
    type: Many[str] = ()
    endorsement_comment: str | None = None


class Endorsement(TypedNode, BadgeObject):
    """A third party's word for an object (Open Badges 2.0, Endorsement)."""

    type: Many[str] = ("Endorsement",)
    claim: EndorsementClaim
    issuer: Link[Issuer]
    issued_on: IsoDateTime
    verification: VerificationObject
    revoked: bool | None = None
    revocation_reason: str | None = None


class RevokedEndorsement(BadgeNode):
    """What is left of an endorsement that was taken back; further members are kept and not judged."""

    context: Many[ContextItem] = Field(default=(), alias="@context")
    id: Iri
    type: Many[str] = ()
    issuer: Link[Issuer]
    revoked: Literal[True]
    revocation_reason: str | None = None


def endorsement_form(value: object) -> str:
    """Name the form of an endorsement: `endorsement:revoked` if it is taken back."""
    revoked = value.get("revoked") if isinstance(value, dict) else isinstance(value, RevokedEndorsement)
    return "endorsement:revoked" if revoked is True else "endorsement:standing"


AnyEndorsement: TypeAlias = Annotated[
    Annotated[Endorsement, Tag("endorsement:standing")]
    | Annotated[RevokedEndorsement, Tag("endorsement:revoked")],
    Discriminator(endorsement_form),
]

BadgeObject.model_rebuild()  # it refers forward, and a class derived elsewhere could not look up those names
