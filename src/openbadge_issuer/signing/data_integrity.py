"""What all Data Integrity proofs share: their options, their members, and the document that they are over.

Source: Verifiable Credential Data Integrity 1.0, sections "Proofs" and "Algorithms".
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from typing import Literal

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.assertions.moments import parse_date_time, write_date_time
from openbadge_issuer.errors import (
    DocumentError,
    IssuingError,
    LimitError,
    SignatureError,
)
from openbadge_issuer.jsonld.undefined_member import UndefinedMember
from openbadge_issuer.signing.multibase import MultibasePrefix, decode_multibase

PROOF_TYPE = "DataIntegrityProof"
PURPOSE = "assertionMethod"

Hash = Literal["sha256", "sha384"]

_MAX_SHOWN = 60  # enough to recognise a value in a sentence


@dataclass(frozen=True, slots=True)
class CanonicalHash:
    """The hash of a canonical form, and the members that it leaves out because no context defines them.

    Attributes:
        digest: the hash; what two contents of a context have in common has the same one.
        undefined: the members that no signature over the form covers.
        nquads: the canonical form itself, of suites that need more of it than its hash.
    """

    digest: bytes
    undefined: tuple[UndefinedMember, ...] = ()
    nquads: bytes = field(default=b"", repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofOptions:
    """What a proof says besides its signature; all of it is signed.

    Attributes:
        verification_method: the URL under which verifiers find the public key.
        created: the moment of signing, aware, written in whole seconds; None leaves it out.
        expires: the moment from which the proof is not to be believed any more.
        purpose: what the proof is for; `authentication` where a holder presents.
        id: the identifier of the proof, which later proofs of a chain name.
        previous_proof: the identifiers of the proofs that this one confirms.
        domain: for whom a presentation is meant.
        challenge: what the one who asked for a presentation wants to see in it.
    """

    verification_method: str
    created: datetime | None = None
    expires: datetime | None = None
    purpose: str = PURPOSE
    id: str | None = None
    previous_proof: tuple[str, ...] = ()
    domain: str | None = None
    challenge: str | None = None

    def members(self, proof_type: str, cryptosuite: str | None) -> JsonObject:
        """Write the options as members of a proof.

        Raises:
            IssuingError: `PROOF-NAIVE-TIME`.
        """
        members: JsonObject = {
            "type": proof_type,
            "id": self.id,
            "cryptosuite": cryptosuite,
            "created": _written(self.created),
            "expires": _written(self.expires),
            "verificationMethod": self.verification_method,
            "proofPurpose": self.purpose,
            "domain": self.domain,
            "challenge": self.challenge,
            "previousProof": _one_or_list(self.previous_proof),
        }
        return {name: value for name, value in members.items() if value is not None}


def check_members(proof: JsonObject, *, pointer: str = "/proof", purpose: str = PURPOSE) -> None:
    """Check the members that mean the same in every suite; whether its dates hold now is not judged.

    Raises:
        SignatureError: `PROOF-PURPOSE`, `PROOF-CREATED`, `PROOF-DATE` or `PROOF-PREVIOUS`.
    """
    found = proof.get("proofPurpose")
    if found != purpose:
        raise SignatureError("PROOF-PURPOSE", f"{pointer}/proofPurpose", found=shown(found), expected=purpose)
    if "created" in proof and not _is_date_time(proof["created"]):
        raise SignatureError("PROOF-CREATED", f"{pointer}/created", found=shown(proof["created"]))
    if "expires" in proof and not _is_date_time(proof["expires"]):
        raise SignatureError("PROOF-DATE", f"{pointer}/expires", name="expires")
    named_proofs(proof, pointer=pointer)


def proof_value(
    proof: JsonObject, *, base: MultibasePrefix, max_chars: int, pointer: str = "/proof"
) -> bytes:
    """Return the bytes that a proof carries, in the one base that its suite prescribes.

    Raises:
        SignatureError: `PROOF-VALUE`.
    """
    value = proof.get("proofValue")
    place = f"{pointer}/proofValue"
    if not isinstance(value, str):
        raise SignatureError("PROOF-VALUE", place, base=base)
    try:
        return decode_multibase(value, bases=base, max_chars=max_chars)
    except (DocumentError, LimitError) as error:
        raise SignatureError("PROOF-VALUE", place, base=base) from error


def proofs_of(document: JsonObject) -> list[JsonValue]:
    """Return the proofs of a document; one that stands alone is a list of one."""
    value = document.get("proof")
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def without_proof(document: JsonObject) -> JsonObject:
    """Return the document without its proofs."""
    return {name: value for name, value in document.items() if name != "proof"}


def named_proofs(proof: JsonObject, *, pointer: str = "/proof") -> tuple[str, ...]:
    """Return the identifiers in `previousProof`, of which none may stand there twice.

    Raises:
        SignatureError: `PROOF-PREVIOUS`.
    """
    if "previousProof" not in proof:
        return ()
    value = proof["previousProof"]
    listed = value if isinstance(value, list) else [value]
    names = tuple(name for name in listed if isinstance(name, str) and name)
    if not names or len(names) != len(listed) or len(set(names)) != len(names):
        raise SignatureError("PROOF-PREVIOUS", f"{pointer}/previousProof", id=shown(value))
    return names


def previous_proofs(document: JsonObject, proof: JsonObject, *, pointer: str = "/proof") -> tuple[int, ...]:
    """Return the positions, among the proofs of the document, of those that a proof builds on.

    A proof holds only if those hold too, which is for the caller to see to (section "Verify Proof Sets and
    Chains"). Each must be there exactly once: with two of one name, one could be shown and another signed.

    Raises:
        SignatureError: `PROOF-PREVIOUS`.
    """
    names = named_proofs(proof, pointer=pointer)
    if not names:
        return ()
    positions: list[int] = []
    everything = proofs_of(document)
    for name in names:
        found = [
            at for at, other in enumerate(everything) if isinstance(other, dict) and other.get("id") == name
        ]
        if len(found) != 1 or proof.get("id") == name:
            raise SignatureError("PROOF-PREVIOUS", f"{pointer}/previousProof", id=shown(name))
        positions += found
    return tuple(sorted(positions))


def input_document(
    document: JsonObject, proof: JsonObject, *, pointer: str = "/proof"
) -> tuple[JsonObject, tuple[int, ...]]:
    """Return the document that a proof is over, and the positions of the proofs that it takes along.

    That is the document without its proofs, or with just those that `previousProof` names.

    Raises:
        SignatureError: `PROOF-PREVIOUS`.
    """
    plain = without_proof(document)
    positions = previous_proofs(document, proof, pointer=pointer) if "previousProof" in proof else ()
    if not positions:
        return plain, ()
    everything = proofs_of(document)
    return {**plain, "proof": [everything[at] for at in positions]}, positions


def with_proof(document: JsonObject, proof: JsonObject) -> JsonObject:
    """Return the document with one more proof; the first stands alone, more of them in an array."""
    earlier = proofs_of(document)
    return {**document, "proof": [*earlier, proof] if earlier else proof}


def shown(value: JsonValue) -> str:
    """Make a value fit for a sentence: short, in one line."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _MAX_SHOWN else f"{text[:_MAX_SHOWN]}…"


def _written(moment: datetime | None) -> str | None:
    if moment is None:
        return None
    if moment.tzinfo is None:
        raise IssuingError("PROOF-NAIVE-TIME")
    return _in_whole_seconds(moment.astimezone(UTC))  # elsewhere two moments that differ can be equal


@lru_cache(maxsize=64)  # a batch is signed within a few moments
def _in_whole_seconds(moment: datetime) -> str:
    return write_date_time(moment.replace(microsecond=0))


def _one_or_list(names: Sequence[str]) -> JsonValue:
    if len(names) == 1:
        return names[0]
    return [*names] if names else None


def _is_date_time(value: JsonValue) -> bool:
    try:
        return isinstance(value, str) and bool(parse_date_time(value))
    except ValueError:
        return False
