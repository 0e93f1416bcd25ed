"""The public key that signed badges are verified with."""

from __future__ import annotations

from pydantic import Field

from openbadge_issuer.assertions.open_badges_2.node import BadgeNode
from openbadge_issuer.assertions.open_badges_2.values import Iri
from openbadge_issuer.assertions.values import Many
from openbadge_issuer.assertions.verifiable_credential import ContextItem


class CryptographicKey(BadgeNode):
    """A public key and whose it is (Open Badges 2.0, CryptographicKey).

    Everything is optional; a key is of use if it has a `public_key_pem`, and counts if the profile that
    `owner` names lists it.
    """

    context: Many[ContextItem] = Field(default=(), alias="@context")
    id: Iri | None = None
    type: Many[str] = ()
    owner: Iri | None = None
    public_key_pem: str | None = None
