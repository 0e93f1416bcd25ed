"""What is found when a key is looked for: the key, and by what it is shown to be the issuer's."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal, TypeAlias

from openbadge_issuer.errors import OpenBadgeError
from openbadge_issuer.signing.public_key import PublicKey

Purpose: TypeAlias = Literal["assertionMethod", "authentication"]
"""What a key is looked for: to state something, as an issuer does, or to show who one is, as a holder does.
The names are those of a proof's purpose and of the verification relationship that permits it (Controlled
Identifiers 1.0, section 2.3)."""

Provenance: TypeAlias = Literal["identifier", "document", "certificate", "claim"]
"""How a key is shown to be the issuer's: by the issuer's identifier itself, by a document that the issuer
publishes, by a certificate under a root that the caller trusts, or only by the claim of whoever made the
badge, which proves nothing."""


@dataclass(frozen=True, slots=True)
class VerificationMethod:
    """A key as some document or identifier describes it (Controlled Identifiers 1.0, section 2.2).

    Attributes:
        id: the absolute name of the key, empty if it has none.
        key: the public key.
        controller: who controls the key according to the description, None if it does not say.
        expires: from when on the key may no longer be used.
        revoked: from when on signatures by the key are void.
        compromise_list: of a key that others may have, where its owner says what it really signed.
        annulments: where its owner says which badges are annulled.
    """

    id: str
    key: PublicKey
    controller: str | None = None
    expires: datetime | None = None
    revoked: datetime | None = None
    compromise_list: str | None = None
    annulments: str | None = None

    def limited_by(self, other: VerificationMethod) -> VerificationMethod:
        """Return the same description, with the ends that another one of the same key puts earlier."""
        return replace(
            self,
            expires=_earlier(self.expires, other.expires),
            revoked=_earlier(self.revoked, other.revoked),
            compromise_list=self.compromise_list or other.compromise_list,
            annulments=self.annulments or other.annulments,
        )


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
        compromise_list: of a key that others may have, where its owner says what it really signed.
        annulments: where its owner says which badges are annulled.
        unconfirmed: for a claim, why the issuer's documents could not be consulted; None if they could
            and do not confirm it.
    """

    id: str
    key: PublicKey
    controller: str
    provenance: Provenance
    expires: datetime | None = None
    revoked: datetime | None = None
    compromise_list: str | None = None
    annulments: str | None = None
    unconfirmed: OpenBadgeError | None = field(default=None, compare=False)


def _earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    return min((moment for moment in (one, other) if moment is not None), default=None)
