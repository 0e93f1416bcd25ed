"""The cryptosuite eddsa-rdfc-2022: Ed25519 over the canonical RDF of a document and of its proof.

What is signed is SHA-256(canonical proof options) followed by SHA-256(canonical document), where the
document lacks its `proof`, and the proof options are the proof without `proofValue`, read under the
document's `@context`. Source: Data Integrity EdDSA Cryptosuites 1.0, section 3.2 "eddsa-rdfc-2022".
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from types import MappingProxyType

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, dump_json, parse_json_object
from openbadge_issuer.assertions.values import parse_date_time, write_date_time
from openbadge_issuer.errors import (
    CanonicalizationError,
    ContextError,
    DocumentError,
    IssuingError,
    KeyMaterialError,
    LimitError,
    SignatureError,
    UnsupportedError,
)
from openbadge_issuer.jsonld.canonical import CanonicalForm, UndefinedMember, canonical_form, canonicalize
from openbadge_issuer.jsonld.contexts import PINNED, ContextLoader
from openbadge_issuer.signing.multibase import decode_multibase, encode_multibase
from openbadge_issuer.signing.public_key import PublicKey
from openbadge_issuer.signing.signer import Signer, signature_by

CRYPTOSUITE = "eddsa-rdfc-2022"
PROOF_TYPE = "DataIntegrityProof"
PURPOSE = "assertionMethod"

READ_AS_CRYPTOSUITE: Mapping[str, str] = MappingProxyType(
    {"eddsa-2022": CRYPTOSUITE, "eddsa-rdf-2022": CRYPTOSUITE}
)
"""Names under which this suite is also found: a draft's, and a misspelling of the badge specification.

They are read, since the name is signed like any other member, and never written; a report says so.
"""

_MAX_CACHED_OPTIONS = 4096  # characters; an inline context may be large and is not worth keeping
_MAX_PROOF_VALUE_CHARS = 256


@dataclass(frozen=True, slots=True)
class CanonicalHash:
    """The SHA-256 of a canonical form, and the members that it leaves out because no context defines them."""

    digest: bytes
    undefined: tuple[UndefinedMember, ...] = ()


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
    if signer.public_key.kind != "Ed25519":
        raise KeyMaterialError("PROOF-KEY-KIND", kind=signer.public_key.kind)
    proof: JsonObject = {"type": PROOF_TYPE, "cryptosuite": CRYPTOSUITE}
    if created is not None:
        if created.tzinfo is None:
            raise IssuingError("PROOF-NAIVE-TIME")
        proof["created"] = write_date_time(created.astimezone(UTC).replace(microsecond=0))
    proof |= {"verificationMethod": verification_method, "proofPurpose": PURPOSE}
    options = hash_proof_options(document, proof, loader=loader)
    for member in options.undefined:
        raise CanonicalizationError(member.code, member.pointer, name=member.name)
    digest = hashlib.sha256(canonicalize(document, loader=loader)).digest()
    proof["proofValue"] = encode_multibase(signature_by(signer, options.digest + digest))
    return {**document, "proof": proof}


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
    signature = check_proof(proof, pointer=pointer)
    if key.kind != "Ed25519":
        raise SignatureError("PROOF-KEY-KIND", f"{pointer}/verificationMethod", kind=key.kind)
    options = hash_proof_options(document, proof, loader=loader, pointer=pointer)
    hashed = document_hash or hash_document(document, loader=loader)
    try:
        key.verify(options.digest + hashed.digest, signature)
    except SignatureError as error:
        raise SignatureError(error.code, f"{pointer}/proofValue", **error.details) from error
    return hashed.undefined + options.undefined


def hash_document(document: JsonObject, *, loader: ContextLoader = PINNED) -> CanonicalHash:
    """Hash the canonical form of a document without its `proof` (section 3.2.4)."""
    unsecured = {name: value for name, value in document.items() if name != "proof"}
    return _hashed(canonical_form(unsecured, loader=loader))


def hash_proof_options(
    document: JsonObject, proof: JsonObject, *, loader: ContextLoader = PINNED, pointer: str = "/proof"
) -> CanonicalHash:
    """Hash the canonical form of a proof without its value, under the document's context (section 3.2.5).

    A context of the proof's own is replaced by the document's, so it is reported as outside the signature.
    """
    options = {name: value for name, value in proof.items() if name not in ("proofValue", "@context")}
    context = document.get("@context")
    if "@context" in document:
        options["@context"] = context
    text = dump_json(options)
    try:
        hashed = (_cached_options if len(text) <= _MAX_CACHED_OPTIONS else _options)(text, loader)
    except ContextError:  # the context is the document's
        raise
    except CanonicalizationError as error:  # its place is in the options
        raise CanonicalizationError(error.code, pointer + error.pointer, **error.details) from error
    undefined = tuple(replace(member, pointer=pointer + member.pointer) for member in hashed.undefined)
    if "@context" in proof and proof["@context"] != context:
        undefined += (UndefinedMember(pointer=f"{pointer}/@context", name="@context"),)
    return CanonicalHash(hashed.digest, undefined)


def check_proof(proof: JsonObject, *, pointer: str = "/proof") -> bytes:
    """Check the members of a proof that need no key, and return the signature that it carries.

    Raises as `verify_proof` does.
    """
    if proof.get("type") != PROOF_TYPE:
        raise UnsupportedError("PROOF-TYPE", f"{pointer}/type", found=_shown(proof.get("type")))
    suite = proof.get("cryptosuite")
    if suite != CRYPTOSUITE and not (isinstance(suite, str) and suite in READ_AS_CRYPTOSUITE):
        raise UnsupportedError("PROOF-CRYPTOSUITE", f"{pointer}/cryptosuite", found=_shown(suite))
    if "previousProof" in proof:
        raise UnsupportedError("PROOF-CHAIN", f"{pointer}/previousProof")
    if proof.get("proofPurpose") != PURPOSE:
        raise SignatureError(
            "PROOF-PURPOSE", f"{pointer}/proofPurpose", found=_shown(proof.get("proofPurpose"))
        )
    if "created" in proof:
        _check_created(proof["created"], pointer=f"{pointer}/created")
    value = proof.get("proofValue")
    if not isinstance(value, str):
        raise SignatureError("PROOF-VALUE", f"{pointer}/proofValue")
    try:
        return decode_multibase(value, bases="z", max_chars=_MAX_PROOF_VALUE_CHARS)
    except (DocumentError, LimitError) as error:
        raise SignatureError("PROOF-VALUE", f"{pointer}/proofValue") from error


def _check_created(value: JsonValue, *, pointer: str) -> None:
    try:
        if isinstance(value, str):
            parse_date_time(value)
            return
    except ValueError as error:
        raise SignatureError("PROOF-CREATED", pointer, found=_shown(value)) from error
    raise SignatureError("PROOF-CREATED", pointer, found=_shown(value))


def _options(text: bytes, loader: ContextLoader) -> CanonicalHash:
    return _hashed(canonical_form(parse_json_object(text), loader=loader))


# All credentials of a batch carry the same proof options.
_cached_options = lru_cache(maxsize=256)(_options)


def _hashed(form: CanonicalForm) -> CanonicalHash:
    return CanonicalHash(hashlib.sha256(form.nquads).digest(), form.undefined)


def _shown(value: JsonValue) -> str:
    text = value if isinstance(value, str) else dump_json(value).decode("utf-8")
    return text if len(text) <= 60 else f"{text[:60]}…"  # noqa: PLR2004  # enough to recognise it in a sentence
