"""How an assertion is verified, and what a profile says of where its assertions stand."""

from __future__ import annotations

from typing import Literal

from pydantic import field_validator
from pydantic_core import PydanticCustomError

from openbadge_issuer.assertions.open_badges_2.cryptographic_key import CryptographicKey
from openbadge_issuer.assertions.open_badges_2.node import BadgeNode
from openbadge_issuer.assertions.open_badges_2.values import HostName, Link
from openbadge_issuer.assertions.values import Many, OneOrMore

_METHODS: dict[str, Literal["hosted", "signed"]] = {
    "HostedBadge": "hosted",
    "hosted": "hosted",
    "SignedBadge": "signed",
    "signed": "signed",
}


class VerificationObject(BadgeNode):
    """How an assertion or endorsement is verified (Open Badges 2.0, VerificationObject)."""

    type: OneOrMore[str]
    creator: Link[CryptographicKey] | None = None

    @field_validator("type")
    @classmethod
    def _one_method(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if len({_METHODS[name] for name in value if name in _METHODS}) != 1:
            raise PydanticCustomError("OB2-VERIFICATION", "type", {"expected": ", ".join(_METHODS)})
        return value

    @property
    def method(self) -> Literal["hosted", "signed"]:
        """Whether the badge is verified at its address or by its signature."""
        return next(_METHODS[name] for name in self.type if name in _METHODS)


class ProfileVerificationObject(BadgeNode):
    """Where the assertions of a profile stand (Open Badges 2.0, VerificationObject of a Profile).

    `starts_with` and `allowed_origins` both hold where both are given; without either, assertions stand on
    the host of the profile's own `id`.
    """

    type: Many[str] = ()
    verification_property: str | None = None
    starts_with: Many[str] = ()
    allowed_origins: Many[HostName] = ()
