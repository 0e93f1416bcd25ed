"""The badge itself: who earned what, and what shows it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, field_validator

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.assertions.node import TypedNode
from openbadge_issuer.assertions.open_badges_2.badge_class import BadgeClass
from openbadge_issuer.assertions.open_badges_2.identity import IdentityObject
from openbadge_issuer.assertions.open_badges_2.image import Image, checked_address
from openbadge_issuer.assertions.open_badges_2.node import BadgeNode
from openbadge_issuer.assertions.open_badges_2.profile import BadgeObject
from openbadge_issuer.assertions.open_badges_2.values import Iri, IsoDateTime, Link
from openbadge_issuer.assertions.open_badges_2.verification_object import VerificationObject
from openbadge_issuer.assertions.values import Many
from openbadge_issuer.assertions.verifiable_credential import ContextItem


class Evidence(BadgeNode):
    """What shows that the badge was earned (Open Badges 2.0, Evidence)."""

    id: Iri | None = None
    type: Many[str] = ()
    narrative: str | None = None
    name: str | None = None
    description: str | None = None
    genre: str | None = None
    audience: str | None = None


class Assertion(TypedNode, BadgeObject):
    """A badge that was awarded to somebody (Open Badges 2.0, Assertion)."""

    type: Many[str] = ("Assertion",)
    recipient: IdentityObject
    badge: Link[BadgeClass]
    verification: VerificationObject
    issued_on: IsoDateTime
    image: Link[Image] | None = None
    evidence: Many[Link[Evidence]] = ()
    narrative: str | None = None
    expires: IsoDateTime | None = None
    revoked: bool | None = None
    revocation_reason: str | None = None
    uid: str | None = None

    @field_validator("image")
    @classmethod
    def _baked(cls, value: str | Image | None) -> str | Image | None:
        return None if value is None else checked_address(value)


class RevokedAssertion(BadgeNode):
    """What is left of an assertion that was revoked; further members are kept and not judged.

    An address may answer with it and status 410 (Open Badges 2.0, "Revoking").
    """

    context: Many[ContextItem] = Field(default=(), alias="@context")
    id: Iri
    type: Many[str] = ()
    revoked: Literal[True]
    revocation_reason: str | None = None


def assertion_class(document: JsonObject) -> type[Assertion | RevokedAssertion]:
    """Choose the model of an assertion: once revoked, little more than its name is asked of it."""
    return RevokedAssertion if document.get("revoked") is True else Assertion
