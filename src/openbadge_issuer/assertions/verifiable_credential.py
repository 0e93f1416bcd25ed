"""The credential as such, and who stands behind it: profiles, and endorsements of them.

Profile and EndorsementCredential refer to each other, so they share this module.
Sources: VC Data Model 2.0 and 1.1; Open Badges 3.0, "Verifiable Credentials data model" and "Profile".
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Annotated, ClassVar, Final, Literal, Self, TypeAlias

from pydantic import Discriminator, Field, Tag, field_validator
from pydantic_core import PydanticCustomError

from openbadge_issuer.assertions.context_urls import (
    CREDENTIALS_V1,
    CREDENTIALS_V2,
    OPEN_BADGES_FORM,
    names_version_1,
)
from openbadge_issuer.assertions.identity import IdentifierEntry
from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.assertions.node import ClosedNode, Node, TypedNode
from openbadge_issuer.assertions.values import (
    CompactJws,
    Date,
    DateTime,
    DateTimeZ,
    Many,
    OneOrMore,
    Text,
    Uri,
)

_RECEIVED: Final = "openbadge_issuer.received"


class Image(ClosedNode):
    """A picture by URL or data URI, with a caption for those who cannot see it (Open Badges 3.0, Image)."""

    id: Uri
    type: Literal["Image"] = "Image"
    caption: Text | None = None


class GeoCoordinates(Node):
    """A point on the earth, in degrees (1EdTech common data model, GeoCoordinates)."""

    type: Literal["GeoCoordinates"] = "GeoCoordinates"
    latitude: float
    longitude: float


class Address(TypedNode):
    """A postal address (1EdTech common data model, Address)."""

    type: Many[str] = ("Address",)
    address_country: Text | None = None
    address_country_code: Text | None = None
    address_region: Text | None = None
    address_locality: Text | None = None
    street_address: Text | None = None
    post_office_box_number: Text | None = None
    postal_code: Text | None = None
    geo: GeoCoordinates | None = None


class Profile(TypedNode):
    """A person or organisation: issuer, creator, source, endorser (Open Badges 3.0, Profile)."""

    id: Uri
    type: Many[str] = ("Profile",)
    name: Text | None = None
    url: Uri | None = None
    phone: Text | None = None
    description: Text | None = None
    endorsement: Many[Endorsement] = ()
    endorsement_jwt: Many[CompactJws] = ()
    image: Image | None = None
    email: Text | None = None
    address: Address | None = None
    other_identifier: Many[IdentifierEntry] = ()
    official: Text | None = None
    parent_org: Profile | None = None
    family_name: Text | None = None
    given_name: Text | None = None
    additional_name: Text | None = None
    patronymic_name: Text | None = None
    honorific_prefix: Text | None = None
    honorific_suffix: Text | None = None
    family_name_prefix: Text | None = None
    date_of_birth: Date | None = None


def _profile_form(value: object) -> str:
    return "profile:id" if isinstance(value, str) else "profile:object"


ProfileRef: TypeAlias = Annotated[
    Annotated[Uri, Tag("profile:id")] | Annotated[Profile, Tag("profile:object")],
    Discriminator(_profile_form),
]


def _context_form(value: object) -> str:
    return "context:url" if isinstance(value, str) else "context:inline"


ContextItem: TypeAlias = Annotated[
    Annotated[Uri, Tag("context:url")] | Annotated[dict[str, object], Tag("context:inline")],
    Discriminator(_context_form),
]


class Proof(Node):
    """A Data Integrity proof (Open Badges 3.0, Proof)."""

    type: str
    cryptosuite: str | None = None
    created: DateTime | None = None
    proof_purpose: str | None = None
    proof_value: str | None = None
    verification_method: Uri | None = None
    challenge: str | None = None
    domain: str | None = None
    nonce: str | None = None


class OpenlyTyped(Node):
    """An object whose `type` names the specification that explains it; a single type is written bare."""

    compacted: ClassVar[frozenset[str]] = frozenset({"type"})

    type: OneOrMore[str]


class CredentialSchema(OpenlyTyped):
    """A schema that the issuer says the credential meets (Open Badges 3.0, CredentialSchema)."""

    id: Uri


class CredentialStatus(OpenlyTyped):
    """Where the status of the credential stands (Open Badges 3.0, CredentialStatus).

    The Open Badges text requires an `id`; the W3C entry and the published schemas do not, so reading
    does not insist on it.
    """

    id: Uri | None = None


class RefreshService(OpenlyTyped):
    """Where a newer copy of the credential stands (Open Badges 3.0, RefreshService)."""

    id: Uri


class TermsOfUse(OpenlyTyped):
    """Under which terms the credential was issued (Open Badges 3.0, TermsOfUse)."""

    id: Uri | None = None


class CredentialSubject(Node):
    """Whom or what a credential is about (Open Badges 3.0, CredentialSubject)."""

    id: Uri | None = None


class VerifiableCredential(TypedNode):
    """A credential in the form of the VC Data Model 2.0, as Open Badges profiles it.

    Attribute names are those of version 2.0; a class for version 1.1 gives them that version's names
    on the wire.
    """

    compacted: ClassVar[frozenset[str]] = frozenset({"credential_status", "proof", "refresh_service"})
    base_context: ClassVar[str] = CREDENTIALS_V2

    context: Many[ContextItem] = Field(alias="@context")
    id: Uri | None = None
    type: Many[str] = ("VerifiableCredential",)
    name: Text | None = None
    description: Text | None = None
    issuer: ProfileRef
    valid_from: DateTimeZ
    valid_until: DateTimeZ | None = None
    credential_subject: CredentialSubject
    proof: Many[Proof] = ()
    credential_schema: Many[CredentialSchema] = ()
    credential_status: Many[CredentialStatus] = ()
    refresh_service: Many[RefreshService] = ()
    terms_of_use: Many[TermsOfUse] = ()

    @field_validator("context")
    @classmethod
    def _base_context_first(cls, value: tuple[object, ...]) -> tuple[object, ...]:
        if not value or value[0] != cls.base_context:
            raise PydanticCustomError("OB3-CONTEXT-FIRST", "context", {"expected": cls.base_context})
        return value

    def built_from(self, data: object) -> Self:
        """Keep a signed document as it is: written in any other way, its proof would no longer fit."""
        if isinstance(data, dict) and "proof" in data and "@context" in data:
            self.__dict__[_RECEIVED] = data  # beside the fields, so it takes no part in comparing models
        return self

    def to_json(self) -> JsonObject:
        """Write the credential; one that was read with its proof is written exactly as it was read."""
        received: JsonObject | None = self.__dict__.get(_RECEIVED)
        return super().to_json() if received is None else deepcopy(received)

    def model_copy(self, *, update: Mapping[str, object] | None = None, deep: bool = False) -> Self:
        """Copy the model; a changed copy is no longer the document that was read."""
        copied = super().model_copy(update=dict(update) if update else None, deep=deep)
        if update:
            copied.__dict__.pop(_RECEIVED, None)
        return copied

    @property
    def issuer_id(self) -> str:
        """The issuer's identifier, however the issuer is written."""
        return self.issuer if isinstance(self.issuer, str) else self.issuer.id


class OpenBadgesContext:
    """The rule that the second context is one of Open Badges 3.0."""

    @field_validator("context")
    @classmethod
    def _open_badges_context_second(cls, value: tuple[object, ...]) -> tuple[object, ...]:
        second = value[1] if len(value) > 1 else None
        if not isinstance(second, str) or not OPEN_BADGES_FORM.fullmatch(second):
            raise PydanticCustomError("OB3-CONTEXT-SECOND", "context")
        return value


class EndorsementSubject(TypedNode, CredentialSubject):
    """What is endorsed, and what is said of it (Open Badges 3.0, EndorsementSubject)."""

    id: Uri
    type: Many[str] = ("EndorsementSubject",)
    endorsement_comment: Text | None = None


class EndorsementCredential(OpenBadgesContext, VerifiableCredential):
    """A third party's word for a badge, achievement or profile (Open Badges 3.0, EndorsementCredential)."""

    id: Uri
    type: Many[str] = ("VerifiableCredential", "EndorsementCredential")
    name: Text
    credential_subject: EndorsementSubject
    awarded_date: DateTimeZ | None = None


class EndorsementCredentialV1(EndorsementCredential):
    """An endorsement in the form of the VC Data Model 1.1: read, never issued (EndorsementCredentialv1p1)."""

    base_context: ClassVar[str] = CREDENTIALS_V1

    issuer: Profile
    valid_from: DateTimeZ = Field(alias="issuanceDate")
    valid_until: DateTimeZ | None = Field(default=None, alias="expirationDate")


def endorsement_class(document: JsonObject) -> type[EndorsementCredential]:
    """Choose the model of an endorsement by the version that its contexts name."""
    return EndorsementCredentialV1 if names_version_1(document) else EndorsementCredential


def _endorsement_form(value: object) -> str:
    old = names_version_1(value) if isinstance(value, dict) else isinstance(value, EndorsementCredentialV1)
    return "endorsement:v1" if old else "endorsement:v2"


Endorsement: TypeAlias = Annotated[
    Annotated[EndorsementCredential, Tag("endorsement:v2")]
    | Annotated[EndorsementCredentialV1, Tag("endorsement:v1")],
    Discriminator(_endorsement_form),
]
"""An endorsement in its own version, whatever the version of what it endorses (AnyEndorsementCredential)."""
