"""The cryptosuite eddsa-rdfc-2022: Ed25519 over the canonical RDF of a document and of its proof.

What is signed is SHA-256(canonical proof options) followed by SHA-256(canonical document), where the
document lacks its `proof`, and the proof options are the proof without `proofValue`, read under the
document's `@context`. Source: Data Integrity EdDSA Cryptosuites 1.0, section 3.2 "eddsa-rdfc-2022".

This is the suite that certification requires, so it can also be used by itself, without `cryptosuite`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.errors import IssuingError, UnsupportedError
from openbadge_issuer.jsonld.canonical import UndefinedMember
from openbadge_issuer.jsonld.contexts import PINNED, ContextLoader
from openbadge_issuer.signing.data_integrity import (
    PROOF_TYPE,
    PURPOSE,
    CanonicalHash,
    ProofOptions,
    check_members,
    proof_value,
    shown,
)
from openbadge_issuer.signing.public_key import PublicKey
from openbadge_issuer.signing.rdf_hash import RdfHash
from openbadge_issuer.signing.signer import Signer
from openbadge_issuer.signing.whole_document_suite import WholeDocumentSuite

__all__ = [
    "CRYPTOSUITE",
    "EDDSA_RDFC_2022",
    "PROOF_TYPE",
    "PURPOSE",
    "READ_AS_CRYPTOSUITE",
    "CanonicalHash",
    "add_proof",
    "check_proof",
    "hash_document",
    "hash_proof_options",
    "verify_proof",
]

CRYPTOSUITE = "eddsa-rdfc-2022"

READ_AS_CRYPTOSUITE: Mapping[str, str] = MappingProxyType(
    {"eddsa-2022": CRYPTOSUITE, "eddsa-rdf-2022": CRYPTOSUITE}
)
"""Names under which this suite is also found: a draft's, and a misspelling of the badge specification.

They are read, since the name is signed like any other member, and never written; a report says so.
"""

EDDSA_RDFC_2022 = WholeDocumentSuite(
    name=CRYPTOSUITE, kinds=("Ed25519",), hashing=RdfHash(), read_as=frozenset(READ_AS_CRYPTOSUITE)
)
"""The suite."""

_MAX_PROOF_VALUE_CHARS = 256


def add_proof(
    document: JsonObject,
    signer: Signer,
    *,
    verification_method: str,
    created: datetime | None,
    loader: ContextLoader = PINNED,
) -> JsonObject:
    """Return the document with a proof over every member of it.

    Args:
        document: the credential, without `proof`; it is not changed.
        signer: an Ed25519 key.
        verification_method: the URL under which verifiers find the public key.
        created: the moment of signing, aware, written in whole seconds; None leaves it out.
        loader: the contexts to read the document under.

    Raises:
        CanonicalizationError: a member would stay unsigned, or the document has no safe canonical form.
        IssuingError: `PROOF-EXISTS`, `PROOF-NAIVE-TIME`.
        KeyMaterialError: `PROOF-KEY-KIND`, the key is not Ed25519.
    """
    if "proof" in document:
        raise IssuingError("PROOF-EXISTS", "/proof")
    options = ProofOptions(verification_method=verification_method, created=created)
    return {**document, "proof": EDDSA_RDFC_2022.sign(document, signer, options, loader=loader)}


def verify_proof(
    document: JsonObject,
    proof: JsonObject,
    key: PublicKey,
    *,
    loader: ContextLoader = PINNED,
    pointer: str = "/proof",
    document_hash: CanonicalHash | None = None,
) -> tuple[UndefinedMember, ...]:
    """Check one proof of a document, and return the members that lie outside the signature.

    Args:
        document: the secured document, with or without its `proof` member.
        proof: the proof object to check.
        key: the key that `verificationMethod` was resolved to.
        loader: the contexts to read the document under.
        pointer: where the proof stands in the document, such as `/proof/1`.
        document_hash: what `hash_document` gave, so that a set of proofs canonicalizes it once.

    Raises:
        SignatureError: the signature does not hold, or the proof is not what the suite prescribes.
        UnsupportedError: `PROOF-TYPE`, `PROOF-CRYPTOSUITE`, `PROOF-CHAIN`: it could not be checked.
        CanonicalizationError: the document or the proof has no safe canonical form.
    """
    check_proof(proof, pointer=pointer)
    return EDDSA_RDFC_2022.verify(
        document, proof, key, loader=loader, pointer=pointer, document_hash=document_hash
    )


def hash_document(document: JsonObject, *, loader: ContextLoader = PINNED) -> CanonicalHash:
    """Hash the canonical form of a document without its `proof` (section 3.2.4)."""
    return RdfHash.of_document(document, {}, loader=loader, algorithm="sha256", pointer="/proof")


def hash_proof_options(
    document: JsonObject, proof: JsonObject, *, loader: ContextLoader = PINNED, pointer: str = "/proof"
) -> CanonicalHash:
    """Hash the canonical form of a proof without its value, under the document's context (section 3.2.5).

    A context of the proof's own is replaced by the document's, so it is reported as outside the signature.
    """
    return RdfHash.of_options(document, proof, loader=loader, algorithm="sha256", pointer=pointer)


def check_proof(proof: JsonObject, *, pointer: str = "/proof") -> bytes:
    """Check the members of a proof that need no key, and return the signature that it carries.

    A proof that builds on another is for `cryptosuite`, which sees the whole document.
    Raises as `verify_proof` does.
    """
    if proof.get("type") != PROOF_TYPE:
        raise UnsupportedError("PROOF-TYPE", f"{pointer}/type", found=shown(proof.get("type")))
    suite = proof.get("cryptosuite")
    if suite != CRYPTOSUITE and not (isinstance(suite, str) and suite in READ_AS_CRYPTOSUITE):
        raise UnsupportedError("PROOF-CRYPTOSUITE", f"{pointer}/cryptosuite", found=shown(suite))
    if "previousProof" in proof:
        raise UnsupportedError("PROOF-CHAIN", f"{pointer}/previousProof")
    check_members(proof, pointer=pointer)
    return proof_value(proof, base="z", max_chars=_MAX_PROOF_VALUE_CHARS, pointer=pointer)
