"""The badge itself: the Open Badges 3.0 credential, in the forms of both versions of the VC Data Model."""

from __future__ import annotations

from typing import ClassVar, Self

from pydantic import Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from openbadge_issuer.assertions.achievement import Achievement, Result
from openbadge_issuer.assertions.context_urls import CREDENTIALS_V1
from openbadge_issuer.assertions.identity import IdentityObject
from openbadge_issuer.assertions.node import TypedNode
from openbadge_issuer.assertions.type_names import BADGE_TYPES
from openbadge_issuer.assertions.values import CompactJws, DateTime, DateTimeZ, Many, Text, Uri
from openbadge_issuer.assertions.verifiable_credential import (
    CredentialSubject,
    Endorsement,
    Image,
    OpenBadgesContext,
    Profile,
    VerifiableCredential,
)


class Evidence(TypedNode):
    """What shows that the achievement was earned (Open Badges 3.0, Evidence)."""

    id: Uri | None = None
    type: Many[str] = ("Evidence",)
    narrative: Text | None = None
    name: Text | None = None
    description: Text | None = None
    genre: Text | None = None
    audience: Text | None = None


class AchievementSubject(TypedNode, CredentialSubject):
    """The recipient, and what they achieved (Open Badges 3.0, AchievementSubject)."""

    id: Uri | None = None
    type: Many[str] = ("AchievementSubject",)
    achievement: Achievement
    activity_start_date: DateTime | None = None
    activity_end_date: DateTime | None = None
    credits_earned: float | None = None
    identifier: Many[IdentityObject] = ()
    image: Image | None = None
    license_number: Text | None = None
    narrative: Text | None = None
    result: Many[Result] = ()
    role: Text | None = None
    source: Profile | None = None
    term: Text | None = None

    @model_validator(mode="after")
    def _as_a_whole(self) -> Self:
        if self.id is None and not self.identifier:
            raise PydanticCustomError("OB3-SUBJECT-IDENTITY", "subject")
        return self


class AchievementCredential(OpenBadgesContext, VerifiableCredential):
    """A badge as a verifiable credential (Open Badges 3.0, AchievementCredential and OpenBadgeCredential)."""

    id: Uri
    type: Many[str] = ("VerifiableCredential", "OpenBadgeCredential")
    image: Image | None = None
    awarded_date: DateTimeZ | None = None
    credential_subject: AchievementSubject
    endorsement: Many[Endorsement] = ()
    endorsement_jwt: Many[CompactJws] = ()
    evidence: Many[Evidence] = ()

    @field_validator("type")
    @classmethod
    def _own_type(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if "VerifiableCredential" not in value:
            raise PydanticCustomError("MODEL-TYPE", "type", {"name": "VerifiableCredential"})
        if not BADGE_TYPES & set(value):
            raise PydanticCustomError("MODEL-TYPE", "type", {"name": "OpenBadgeCredential"})
        return value


class AchievementCredentialV1(AchievementCredential):
    """A badge in the form of the VC Data Model 1.1: read, never issued (AchievementCredentialv1p1)."""

    base_context: ClassVar[str] = CREDENTIALS_V1

    name: Text
    issuer: Profile
    valid_from: DateTimeZ = Field(alias="issuanceDate")
    valid_until: DateTimeZ | None = Field(default=None, alias="expirationDate")
