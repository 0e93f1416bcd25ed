"""Hashes of a document and of its proof options by what they say: the canonical RDF of the `-rdfc-` suites.

Both are read under the document's `@context` (Data Integrity EdDSA Cryptosuites 1.0, section 3.2).
"""

from __future__ import annotations

import hashlib
from collections.abc import Hashable
from dataclasses import replace
from functools import lru_cache
from typing import ClassVar, Literal

from openbadge_issuer.assertions.json_text import JsonObject, dump_json, parse_json_object
from openbadge_issuer.errors import CanonicalizationError, ContextError
from openbadge_issuer.jsonld.canonical import UndefinedMember, canonical_form
from openbadge_issuer.jsonld.contexts import ContextLoader
from openbadge_issuer.signing.data_integrity import CanonicalHash, Hash, input_document, named_proofs

_MAX_CACHED_OPTIONS = 4096  # characters; an inline context may be large and is not worth keeping


class RdfHash:
    """Takes documents as RDF: a member that no context defines is outside the hash, and is listed."""

    name: ClassVar[Literal["rdfc"]] = "rdfc"
    extra_options: ClassVar[tuple[str, ...]] = ()

    @staticmethod
    def scope(proof: JsonObject, algorithm: Hash) -> Hashable:
        """Return what a document's hash depends on besides the document and its contexts."""
        return "rdfc", algorithm, named_proofs(proof)

    @staticmethod
    def of_document(
        document: JsonObject, proof: JsonObject, *, loader: ContextLoader, algorithm: Hash, pointer: str
    ) -> CanonicalHash:
        """Hash the document that a proof is over.

        Raises:
            CanonicalizationError: it has no safe canonical form.
            SignatureError: `PROOF-PREVIOUS`.
        """
        given, positions = input_document(document, proof, pointer=pointer)
        form = canonical_form(given, loader=loader, digest=algorithm)
        undefined = tuple(_moved_back(member, positions, document) for member in form.undefined)
        return CanonicalHash(hashlib.new(algorithm, form.nquads).digest(), undefined)

    @staticmethod
    def of_options(
        document: JsonObject, proof: JsonObject, *, loader: ContextLoader, algorithm: Hash, pointer: str
    ) -> CanonicalHash:
        """Hash a proof without its value, under the document's context.

        A context of the proof's own is replaced by the document's, so it is reported as unsigned.
        """
        options = {name: value for name, value in proof.items() if name not in ("proofValue", "@context")}
        context = document.get("@context")
        if "@context" in document:
            options["@context"] = context
        text = dump_json(options)
        hashed_options = _cached_options if len(text) <= _MAX_CACHED_OPTIONS else _options
        try:
            hashed = hashed_options(text, loader, algorithm)
        except ContextError:  # the context is the document's
            raise
        except CanonicalizationError as error:  # its place is in the options
            raise CanonicalizationError(error.code, pointer + error.pointer, **error.details) from error
        undefined = tuple(replace(member, pointer=pointer + member.pointer) for member in hashed.undefined)
        if "@context" in proof and proof["@context"] != context:
            undefined += (UndefinedMember(pointer=f"{pointer}/@context", name="@context"),)
        return CanonicalHash(hashed.digest, undefined)


def _options(text: bytes, loader: ContextLoader, algorithm: Hash) -> CanonicalHash:
    form = canonical_form(parse_json_object(text), loader=loader, digest=algorithm)
    return CanonicalHash(hashlib.new(algorithm, form.nquads).digest(), form.undefined)


# All credentials of a batch carry the same proof options.
_cached_options = lru_cache(maxsize=256)(_options)


def _moved_back(member: UndefinedMember, positions: tuple[int, ...], document: JsonObject) -> UndefinedMember:
    """Give the place of a member of a previous proof in the document that it was taken from."""
    steps = member.pointer.split("/", maxsplit=3)
    if not positions or steps[1] != "proof":
        return member
    at = f"/{positions[int(steps[2])]}" if isinstance(document["proof"], list) else ""
    return replace(member, pointer="/".join([f"/proof{at}", *steps[3:]]))
