"""What is found when a key is looked for: the key, and by what it is shown to be the issuer's."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, TypeAlias

from openbadge_issuer.errors import OpenBadgeError
from openbadge_issuer.signing.public_key import PublicKey

Provenance: TypeAlias = Literal["identifier", "document", "claim"]
"""How a key is shown to be the issuer's: by the issuer's identifier itself, by a document that the issuer
publishes, or only by the claim of whoever made the badge, which proves nothing."""


@dataclass(frozen=True, slots=True)
class VerificationMethod:
    """A key as some document or identifier describes it (Controlled Identifiers 1.0, section 2.2).

    Attributes:
        id: the absolute name of the key, empty if it has none.
        key: the public key.
        controller: who controls the key according to the description, None if it does not say.
        expires: from when on the key may no longer be used.
        revoked: from when on signatures by the key are void.
    """

    id: str
    key: PublicKey
    controller: str | None = None
    expires: datetime | None = None
    revoked: datetime | None = None


@dataclass(frozen=True, slots=True)
class VerificationKey:
    """The key under which a proof is to be checked.

    Attributes:
        id: the name that the proof gave to the key; for a key in a token's header, its thumbprint as a URN.
        key: the public key.
        controller: who controls the key as found; the issuer where nothing was found that says otherwise.
            If it is not the issuer, the proof is not the issuer's.
        provenance: by what the key is shown to be the issuer's.
        expires: from when on the key may no longer be used.
        revoked: from when on signatures by the key are void.
        unconfirmed: for a claim, why the issuer's documents could not be consulted; None if they could
            and do not confirm it.
    """

    id: str
    key: PublicKey
    controller: str
    provenance: Provenance
    expires: datetime | None = None
    revoked: datetime | None = None
    unconfirmed: OpenBadgeError | None = field(default=None, compare=False)
