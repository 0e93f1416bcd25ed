"""Whom a badge is about: salted identity hashes and plain identifiers."""

from __future__ import annotations

import hashlib
import hmac
from typing import Literal

from openbadge_issuer.assertions.node import ClosedNode
from openbadge_issuer.assertions.values import IdentifierType

HASH_ALGORITHMS = ("sha256", "md5")
"""The algorithms that Open Badges names; md5 is read, never written."""


class IdentityObject(ClosedNode):
    """The recipient's identity, hashed or plain (Open Badges 3.0, IdentityObject)."""

    type: Literal["IdentityObject"] = "IdentityObject"
    hashed: bool
    identity_hash: str
    identity_type: IdentifierType
    salt: str | None = None

    def matches(self, identity: str, identity_type: str) -> bool:
        """Tell whether this is the identity of the given type; compared in constant time.

        The value is tried as given, then lower-cased: issuers differ in whether they fold the case of
        an e-mail address before hashing. A hash in an unknown algorithm matches nothing.
        """
        if identity_type != self.identity_type:
            return False
        return any(self._equals(form) for form in dict.fromkeys((identity, identity.lower())))

    def _equals(self, identity: str) -> bool:
        known = self.identity_hash
        if not self.hashed:
            return hmac.compare_digest(identity.encode(), known.encode())
        algorithm, _, digest = known.partition("$")
        if algorithm not in HASH_ALGORITHMS:
            return False
        own = identity_hash(identity, self.salt or "", algorithm=algorithm).partition("$")[2]
        return hmac.compare_digest(own.encode(), digest.lower().encode())


def identity_hash(identity: str, salt: str, *, algorithm: str = "sha256") -> str:
    """Hash an identity as Open Badges writes it: `alg$hex` over the UTF-8 of identity and salt."""
    data = (identity + salt).encode()
    if algorithm == "sha256":
        return f"sha256${hashlib.sha256(data).hexdigest()}"
    return f"{algorithm}${hashlib.new(algorithm, data, usedforsecurity=False).hexdigest()}"


class IdentifierEntry(ClosedNode):
    """A further identifier of a profile or achievement (1EdTech common data model, IdentifierEntry)."""

    type: Literal["IdentifierEntry"] = "IdentifierEntry"
    identifier: str
    identifier_type: IdentifierType
