"""Who receives a badge, and how they are named in it."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.errors import IssuingError

if (
    TYPE_CHECKING
):  # who asks whether a badge is about somebody reads no model, and the models take time to load
    from openbadge_issuer.assertions.identity import IdentityObject

RandomBytes = Callable[[int], bytes]
"""A source of random bytes, such as `os.urandom`."""

SALT_BYTES = 16
"""128 bits: too many for anyone to build tables of hashed addresses in advance."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """The person or thing that a badge is awarded to; at least one way to name it is needed.

    Everything but `id` is hashed by default with SHA-256 and a fresh salt per credential, so that the
    credential can be shown without telling the address to everyone.

    Args:
        email: an e-mail address; trimmed and lower-cased before hashing.
        id: a DID or another URI of the recipient, written as it is.
        url: a page of the recipient.
        phone: a telephone number.
        identifier: any other identity as (type, value), with a type of IdentifierTypeEnum or `ext:…`.
        name: the recipient's name, added as a further identity.
        hashed: False writes identities in plain text, for everyone to read.
    """

    email: str | None = None
    id: str | None = None
    url: str | None = None
    phone: str | None = None
    identifier: tuple[str, str] | None = None
    name: str | None = None
    hashed: bool = True

    @classmethod
    def parse(cls, text: str, *, hashed: bool = True) -> Recipient:
        """Read a recipient from one word: `email:…`, `url:…`, `phone:…`, a URI, or `TYPE=VALUE`.

        Raises:
            IssuingError: the text has none of these forms.
        """
        kind, colon, value = text.partition(":")
        if colon and value:
            if kind == "email":
                return cls(email=value, hashed=hashed)
            if kind == "url":
                return cls(url=value, hashed=hashed)
            if kind == "phone":
                return cls(phone=value, hashed=hashed)
            if kind in ("did", "urn", "http", "https"):
                return cls(id=text)
        kind, equals, value = text.partition("=")
        if equals and kind and value:
            return cls(identifier=(kind, value), hashed=hashed)
        raise IssuingError("ISSUE-RECIPIENT-FORM", text=text)

    def identities(self) -> tuple[tuple[str, str], ...]:
        """List the identities besides `id` and `name` as (type, value), as they were given."""
        found = []
        if self.email is not None:
            found.append(("emailAddress", self.email))
        if self.url is not None:
            found.append(("ext:url", self.url))
        if self.phone is not None:
            found.append(("ext:telephone", self.phone))
        if self.identifier is not None:
            found.append(self.identifier)
        return tuple(found)

    def identity_objects(self, rng: RandomBytes = os.urandom) -> tuple[IdentityObject, ...]:
        """Write the identities for a credential (Open Badges 3.0, IdentityObject).

        Raises:
            IssuingError: nothing names the recipient, or a value is empty.
            ModelError: the type of an identity is none of IdentifierTypeEnum and does not begin with `ext:`.
        """
        from openbadge_issuer.assertions.identity import IdentityObject  # noqa: PLC0415  # as above

        return tuple(
            IdentityObject.read(
                {"type": "IdentityObject", "hashed": self.hashed, "identityType": kind, **members}
            )
            for kind, members in self.written_identities(rng)
        )

    def written_identities(self, rng: RandomBytes) -> tuple[tuple[str, JsonObject], ...]:
        """Give the type of each identity, and its members `identityHash` and, if hashed, `salt`.

        Raises:
            IssuingError: nothing names the recipient, or a value is empty.
        """
        identities = self.identities()
        if self.id is None and not identities:
            raise IssuingError("ISSUE-RECIPIENT")
        if self.name is not None:
            identities = (*identities, ("name", self.name))
        return tuple([(kind, self._written(kind, value, rng)) for kind, value in identities])

    def _written(self, kind: str, value: str, rng: RandomBytes) -> JsonObject:
        if not value.strip():
            raise IssuingError("ISSUE-RECIPIENT-EMPTY", kind=kind)
        if kind == "emailAddress":
            value = value.strip().lower()
        if not self.hashed:
            return {"identityHash": value}
        from openbadge_issuer.assertions.identity import identity_hash  # noqa: PLC0415  # as above

        salt = rng(SALT_BYTES).hex()
        return {"identityHash": identity_hash(value, salt), "salt": salt}
