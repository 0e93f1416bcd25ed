"""The comprehensive learner record: many credentials of one person under one signature.

Sources: 1EdTech Comprehensive Learner Record Standard 2.0; VC Data Model 2.0, section "Enveloped
Verifiable Credentials".
"""

from __future__ import annotations

import re
from typing import Annotated, ClassVar, Literal, Self, TypeAlias

from pydantic import (
    Field,
    GetCoreSchemaHandler,
    GetPydanticSchema,
    ValidatorFunctionWrapHandler,
    field_validator,
    model_validator,
)
from pydantic_core import CoreSchema, PydanticCustomError
from pydantic_core.core_schema import no_info_wrap_validator_function

from openbadge_issuer.assertions.achievement import Achievement
from openbadge_issuer.assertions.context_urls import CREDENTIALS_V1, OPEN_BADGES_FORM, names_version_1
from openbadge_issuer.assertions.credential import Evidence
from openbadge_issuer.assertions.identity import IdentityObject
from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.assertions.node import _READING, ClosedNode, TypedNode
from openbadge_issuer.assertions.type_names import ENVELOPED
from openbadge_issuer.assertions.values import CompactJws, DateTimeZ, Many, Text, Uri
from openbadge_issuer.assertions.verifiable_credential import (
    ContextItem,
    CredentialSubject,
    Endorsement,
    Image,
    Profile,
    VerifiableCredential,
)

CLR_CONTEXT = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"
"""The context under which learner records are issued."""

JWT_ENVELOPE = "data:application/vc+jwt,"
"""How the identifier of an envelope begins that holds a compact JWS."""

_CONTEXTS = (
    (
        "CLR 2.0",
        re.compile(r"https://purl\.imsglobal\.org/spec/clr/v2p0/context(-2\.\d\.\d)*\.json", re.ASCII),
    ),
    ("Open Badges 3.0", OPEN_BADGES_FORM),
)
"""What the contexts of a record are after the first one, with their forms."""
_ENVELOPE = re.compile(r"data:application/vc\+(jwt,[\w-]+\.[\w-]*\.[\w-]+|(?!jwt,)[\w.+-]+[,;].+)", re.ASCII)

AssociationType: TypeAlias = Literal[
    "exactMatchOf", "isChildOf", "isParentOf", "isPartOf", "isPeerOf", "isRelatedTo", "precedes", "replacedBy"
]


class Association(ClosedNode):
    """How one achievement of a record stands to another (CLR 2.0, Association)."""

    type: Literal["Association"] = "Association"
    association_type: AssociationType
    source_id: Uri
    target_id: Uri


class EnvelopedVerifiableCredential(TypedNode):
    """A credential that is secured from outside, as a data URL (VC Data Model 2.0).

    The published schema of CLR 2.0 knows credentials with an embedded proof only, so a validator that
    follows it to the letter refuses a record with one of these; there is no other place in a record for a
    badge that was signed as a JWT.
    """

    context: Many[ContextItem] = Field(alias="@context")
    id: Uri
    type: Many[str] = (ENVELOPED,)

    @field_validator("id")
    @classmethod
    def _holds_a_credential(cls, value: str) -> str:
        if not _ENVELOPE.fullmatch(value):
            raise PydanticCustomError("MODEL-FORMAT", "id")
        return value


class VerifiableCredentialV1(VerifiableCredential):
    """Any credential in the form of the VC Data Model 1.1: read, never issued (VerifiableCredentialv1p1)."""

    base_context: ClassVar[str] = CREDENTIALS_V1

    issuer: Profile
    valid_from: DateTimeZ = Field(alias="issuanceDate")
    valid_until: DateTimeZ | None = Field(default=None, alias="expirationDate")


def contained_class(document: JsonObject) -> type[VerifiableCredential | EnvelopedVerifiableCredential]:
    """Choose the model that a credential within a record must at least follow."""
    types = document.get("type")
    if ENVELOPED in (types if isinstance(types, list) else [types]):
        return EnvelopedVerifiableCredential
    return VerifiableCredentialV1 if names_version_1(document) else VerifiableCredential


def _as_received(value: object, handler: ValidatorFunctionWrapHandler) -> object:
    """Check a credential within a record as far as every credential goes, and keep it as it is written."""
    if not isinstance(value, dict):
        return handler(value)
    contained_class(value).model_validate(value, context=_READING, by_alias=True, by_name=False)
    return value


def _contained_schema(_source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
    return no_info_wrap_validator_function(_as_received, handler.generate_schema(VerifiableCredential))


Contained: TypeAlias = Annotated[dict[str, object], GetPydanticSchema(_contained_schema)]
"""A credential within a record. It has a signature of its own, so it stays JSON and is never rewritten."""


class ClrSubject(TypedNode, CredentialSubject):
    """The learner, and everything that the record holds about them (CLR 2.0, ClrSubject)."""

    id: Uri | None = None
    type: Many[str] = ("ClrSubject",)
    identifier: Many[IdentityObject] = ()
    achievement: Many[Achievement] = ()
    verifiable_credential: Many[Contained]
    association: Many[Association] = ()

    @field_validator("verifiable_credential")
    @classmethod
    def _not_empty(cls, value: tuple[JsonObject, ...]) -> tuple[JsonObject, ...]:
        if not value:
            raise PydanticCustomError("MODEL-EMPTY", "empty")
        return value

    @model_validator(mode="after")
    def _as_a_whole(self) -> Self:
        if self.id is None and not self.identifier:
            raise PydanticCustomError("OB3-SUBJECT-IDENTITY", "subject")
        return self


class ClrCredential(VerifiableCredential):
    """A learner record as a verifiable credential (CLR 2.0, ClrCredential)."""

    id: Uri
    type: Many[str] = ("VerifiableCredential", "ClrCredential")
    name: Text
    image: Image | None = None
    partial: bool | None = None
    awarded_date: DateTimeZ | None = None
    credential_subject: ClrSubject
    endorsement: Many[Endorsement] = ()
    endorsement_jwt: Many[CompactJws] = ()
    evidence: Many[Evidence] = ()

    @field_validator("context")
    @classmethod
    def _clr_then_open_badges(cls, value: tuple[object, ...]) -> tuple[object, ...]:
        for place, (name, form) in enumerate(_CONTEXTS, start=1):
            url = value[place] if len(value) > place else None
            if not isinstance(url, str) or not form.fullmatch(url):
                raise PydanticCustomError("MODEL-CLR-CONTEXT", "context", {"expected": name})
        return value


class ClrCredentialV1(ClrCredential):
    """A learner record in the form of the VC Data Model 1.1: read, never issued."""

    base_context: ClassVar[str] = CREDENTIALS_V1

    issuer: Profile
    valid_from: DateTimeZ = Field(alias="issuanceDate")
    valid_until: DateTimeZ | None = Field(default=None, alias="expirationDate")


def enveloped_token(document: JsonObject) -> str | None:
    """Return the compact JWS that an envelope holds; None if the document is none, or holds another form."""
    types: JsonValue = document.get("type")
    place = document.get("id")
    if ENVELOPED not in (types if isinstance(types, list) else [types]) or not isinstance(place, str):
        return None
    return place.removeprefix(JWT_ENVELOPE) if place.startswith(JWT_ENVELOPE) else None
