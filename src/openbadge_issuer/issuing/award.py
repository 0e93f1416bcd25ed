"""One award: an achievement, a recipient, and everything that can be said of the occasion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, TypeAlias

from openbadge_issuer.assertions import Achievement, EndorsementCredential, Evidence, Result
from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.assertions.recipient import Recipient
from openbadge_issuer.errors import IssuingError
from openbadge_issuer.signing.sealing import ProofFormat, proof_format
from openbadge_issuer.signing.signer import Signer
from openbadge_issuer.status import StatusEntry

Contexts: TypeAlias = "Mapping[str, JsonObject] | Sequence[str | JsonObject]"
"""Further contexts: pinned URLs or inline objects, or a mapping of URLs to the documents behind them."""


Version: TypeAlias = Literal["3.0", "2.0"]
"""The versions of Open Badges that can be issued."""
ProofOf2: TypeAlias = Literal["hosted", "jws"]
"""How a badge of 2.0 is verified: at its address, or by its signature."""
Proof: TypeAlias = Literal[ProofFormat, ProofOf2]
"""Every proof that a badge can be issued with, of either version."""


@dataclass(frozen=True, kw_only=True)
class Award:
    """What is to be issued; the attributes are the arguments of `Issuer.issue`."""

    achievement: Achievement
    recipient: Recipient
    id: str | None = None
    awarded_date: datetime | None = None
    evidence: Sequence[Evidence | str] = ()
    results: Sequence[Result] = ()
    endorsements: Sequence[EndorsementCredential | str] = ()
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    status: StatusEntry | Sequence[StatusEntry] | None = None
    proof: Proof | None = None
    version: Version = "3.0"
    contexts: Contexts = field(default_factory=tuple)


def check_proof(proof: Proof | None, version: Version, signer: Signer) -> None:
    """See that a key can make a proof of a version; raises as `proof_format_of` and `proof_of_2` do."""
    if version == "2.0":
        proof_of_2(proof, signer)
    else:
        proof_format_of(proof, signer)


def proof_format_of(proof: Proof | None, signer: Signer) -> ProofFormat:
    """Choose the proof of a badge of 3.0; see `proof_format`.

    Raises:
        IssuingError: `ISSUE-PROOF`, or `ISSUE-PROOF-VERSION` if it is one of 2.0.
    """
    if proof == "hosted" or proof == "jws":  # noqa: PLR1714  # a type checker follows this form only
        raise IssuingError("ISSUE-PROOF-VERSION", proof=proof, version="3.0")
    return proof_format(proof, signer)


def proof_of_2(proof: Proof | None, signer: Signer) -> ProofOf2:
    """Choose the proof of a badge of 2.0: a signature by an RSA key, which all its readers know, else hosted.

    Raises:
        IssuingError: `ISSUE-PROOF-VERSION`, it is one of 3.0.
    """
    if proof is None:
        return "jws" if signer.public_key.kind == "RSA" else "hosted"
    if proof == "hosted" or proof == "jws":  # noqa: PLR1714  # as above
        return proof
    raise IssuingError("ISSUE-PROOF-VERSION", proof=str(proof)[:80], version="2.0")
