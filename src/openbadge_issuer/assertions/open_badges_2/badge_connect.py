"""The objects of the Badge Connect API, with which badges move between platforms (Open Badges 2.1).

Source: Open Badges 2.1, "Badge Connect API"; its JSON Schemas and OpenAPI file. Nulls and empty arrays are
read as absent, as the API asks, and members that are not known are kept.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal, Self, TypeAlias

from pydantic import Discriminator, Field, StringConstraints, Tag, model_validator
from pydantic_core import PydanticCustomError

from openbadge_issuer.assertions.json_text import JsonObject, pointer
from openbadge_issuer.assertions.json_walk import objects_of
from openbadge_issuer.assertions.open_badges_2.assertion import Assertion, RevokedAssertion
from openbadge_issuer.assertions.open_badges_2.node import BadgeNode
from openbadge_issuer.assertions.open_badges_2.profile import Profile
from openbadge_issuer.assertions.open_badges_2.values import Iri, Url
from openbadge_issuer.assertions.problems import ModelProblem
from openbadge_issuer.assertions.values import CompactJws, Many, OneOrMore, Uri
from openbadge_issuer.assertions.verifiable_credential import ContextItem

CONTEXT: Final = "https://purl.imsglobal.org/spec/ob/v2p1/ob_v2p1.jsonld"
MANIFEST_PATH: Final = "/.well-known/badgeconnect.json"
"""Where a platform publishes its manifest."""
API_PATH: Final = "/ims/ob/v2p1"
"""How the base of the API ends."""

_SCOPE = "https://purl.imsglobal.org/spec/ob/v2p1/scope/"
SCOPES: Final = (
    f"{_SCOPE}assertion.readonly",
    f"{_SCOPE}assertion.create",
    f"{_SCOPE}profile.readonly",
    f"{_SCOPE}profile.update",
)
"""What a platform can be allowed to do; `offline_access` may stand beside them."""

_ApiVersion: TypeAlias = Annotated[str, StringConstraints(pattern=r"^v[0-9]+p[0-9]+$")]

StatusText: TypeAlias = Literal[
    "OK",
    "REQUEST_VALIDATION_ERROR",
    "RECIPIENT_PROFILE_MISMATCH",
    "INVALID_BADGE",
    "BAD_REQUEST",
    "UNAUTHENTICATED",
    "PERMISSION_DENIED",
    "NOT_FOUND",
    "METHOD_NOT_ALLOWED",
]


class BadgeConnectAPI(BadgeNode):
    """One implementation of the API: where it is and what it offers (BadgeConnectAPI)."""

    id: Iri | None = None
    type: Many[str] = ()
    name: str
    api_base: Url
    version: _ApiVersion
    terms_of_service_url: Url
    privacy_policy_url: Url
    scopes_offered: OneOrMore[Uri]
    registration_url: Url
    authorization_url: Url
    token_url: Url
    token_revocation_url: Url | None = None
    image: Iri | None = None


class Manifest(BadgeNode):
    """What a platform publishes at `MANIFEST_PATH` (Manifest)."""

    context: Many[ContextItem] = Field(default=(), alias="@context")
    id: Iri
    type: Many[str] = ()
    badge_connect_api: OneOrMore[BadgeConnectAPI] = Field(alias="badgeConnectAPI")


class Status(BadgeNode):
    """How a request went (Status)."""

    error: str | None = None
    status_code: int
    status_text: StatusText | None = None


class StatusResponse(BadgeNode):
    """An answer that says how the request went and nothing else."""

    status: Status


def _assertion_form(value: object) -> str:
    revoked = value.get("revoked") if isinstance(value, dict) else isinstance(value, RevokedAssertion)
    return "assertion:revoked" if revoked is True else "assertion:standing"


AnyAssertion: TypeAlias = Annotated[
    Annotated[Assertion, Tag("assertion:standing")] | Annotated[RevokedAssertion, Tag("assertion:revoked")],
    Discriminator(_assertion_form),
]


class AssertionResults(StatusResponse):
    """The answer to getAssertions: badges as documents and as compact JWS."""

    assertions: Many[AnyAssertion] = ()
    signed_assertions: Many[CompactJws] = ()


class ProfileResults(StatusResponse):
    """The answer to getProfile and postProfile."""

    profile: Profile | None = None


class AssertionPayload(BadgeNode):
    """What postAssertion sends; of two badges the unsigned one is ignored."""

    assertion: AnyAssertion | None = None
    signed_assertion: CompactJws | None = None

    @model_validator(mode="after")
    def _as_a_whole(self) -> Self:
        if self.assertion is None and self.signed_assertion is None:
            raise PydanticCustomError("OB2-API-NOTHING", "payload")
        return self

    @property
    def badge(self) -> str | Assertion | RevokedAssertion | None:
        """The badge that counts; a payload that was checked has one."""
        return self.signed_assertion or self.assertion


def manifest_problems(document: JsonObject) -> tuple[ModelProblem, ...]:
    """List what a manifest should have otherwise; it works on any JSON and raises nothing."""
    return tuple(
        ModelProblem("OB2-API-BASE", pointer(*place, "apiBase"), {"value": base[:_MAX_SHOWN]})
        for place, api in objects_of(document, "badgeConnectAPI")
        if isinstance(base := api.get("apiBase"), str) and not base.endswith(API_PATH)
    )


_MAX_SHOWN = 80
