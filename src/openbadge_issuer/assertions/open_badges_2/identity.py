"""Whom an assertion is about, and how that says the same as in Open Badges 3.0."""

from __future__ import annotations

import os
import re
from types import MappingProxyType
from typing import Final, Self

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from openbadge_issuer.assertions import identity as open_badges_3
from openbadge_issuer.assertions.open_badges_2.node import BadgeNode
from openbadge_issuer.assertions.open_badges_2.values import is_identity_hash
from openbadge_issuer.assertions.recipient import RandomBytes, Recipient

IDENTITY_TYPES: Final = MappingProxyType(
    {"email": "emailAddress", "url": "ext:url", "telephone": "ext:telephone", "id": "identifier"}
)
"""The identity types of 2.0, and what 3.0 calls them."""

_NOT_IN_A_TERM = re.compile(r"[^A-Za-z0-9.\-_|]+")


class IdentityObject(BadgeNode):
    """The recipient's identity, hashed or plain (Open Badges 2.0, IdentityObject).

    `type` is no class here, it names the property of the recipient's profile that `identity` is a value of.
    """

    type: str
    identity: str
    hashed: bool
    salt: str | None = None

    @model_validator(mode="after")
    def _as_a_whole(self) -> Self:
        if self.hashed and not is_identity_hash(self.identity):
            raise PydanticCustomError("OB2-IDENTITY-HASH", "hash", {"at": "identity", "name": "identity"})
        return self

    @classmethod
    def of(cls, recipient: Recipient, *, rng: RandomBytes = os.urandom) -> Self:
        """Name a recipient as 2.0 does: by one identity, the first that is given; an `id` last.

        Raises:
            IssuingError: nothing names the recipient, or a value is empty.
        """
        found = next(iter(recipient.identity_objects(rng)), None)
        if found is None:
            return cls(type="id", identity=recipient.id or "", hashed=False)
        return cls.of_open_badges_3(found)

    @classmethod
    def of_open_badges_3(cls, other: open_badges_3.IdentityObject) -> Self:
        """Write an identity of 3.0 as 2.0 does; hash and salt stay as they are."""
        old_names = {new: old for old, new in IDENTITY_TYPES.items()}
        kind = old_names.get(other.identity_type, other.identity_type.removeprefix("ext:"))
        return cls(type=kind, identity=other.identity_hash, hashed=other.hashed, salt=other.salt)

    def to_open_badges_3(self) -> open_badges_3.IdentityObject:
        """Write the identity as 3.0 does; hash and salt stay as they are."""
        term = self.type.rpartition(":")[2] or self.type
        kind = IDENTITY_TYPES.get(term) or f"ext:{_NOT_IN_A_TERM.sub('-', term) or 'identity'}"
        return open_badges_3.IdentityObject(
            hashed=self.hashed, identity_hash=self.identity, identity_type=kind, salt=self.salt
        )

    def matches(self, identity: str, identity_type: str) -> bool:
        """Tell whether this is the identity of the given type (such as `email`); compared in constant time.

        The value is tried as given, then lower-cased, as in Open Badges 3.0.
        """
        if identity_type != self.type:
            return False
        known = self.to_open_badges_3()
        return known.matches(identity, known.identity_type)
