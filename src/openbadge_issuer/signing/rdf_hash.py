"""Hashes of a document and of its proof options by what they say: the canonical RDF of the `-rdfc-` suites.

Both are read under the document's `@context` (Data Integrity EdDSA Cryptosuites 1.0, section 3.2).
"""

from __future__ import annotations

import hashlib
from collections.abc import Hashable
from dataclasses import replace
from functools import lru_cache
from typing import ClassVar, Literal

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.errors import CanonicalizationError, ContextError
from openbadge_issuer.jsonld.canonical import UndefinedMember, canonical_form
from openbadge_issuer.jsonld.contexts import ContextLoader
from openbadge_issuer.signing.data_integrity import CanonicalHash, Hash, input_document, named_proofs

_NO_OPTIONS = ("proofValue", "@context")
_MAX_REMEMBERED = 4096  # characters of options that are worth keeping
_TEXTS = {str}


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
        hashed = _hash(given, loader, algorithm)
        if not hashed.undefined:
            return hashed
        undefined = tuple(_moved_back(member, positions, document) for member in hashed.undefined)
        return replace(hashed, undefined=undefined)

    @staticmethod
    def of_options(
        document: JsonObject, proof: JsonObject, *, loader: ContextLoader, algorithm: Hash, pointer: str
    ) -> CanonicalHash:
        """Hash a proof without its value, under the document's context.

        A context of the proof's own is replaced by the document's, so it is reported as unsigned.
        """
        try:
            hashed = _options_hash(document, proof, loader, algorithm)
        except ContextError:  # the context is the document's
            raise
        except CanonicalizationError as error:  # its place is in the options
            raise CanonicalizationError(error.code, pointer + error.pointer, **error.details) from error
        own = "@context" in proof and proof["@context"] != document.get("@context")
        if not own and not hashed.undefined:
            return hashed
        undefined = tuple(replace(member, pointer=pointer + member.pointer) for member in hashed.undefined)
        if own:
            undefined += (UndefinedMember(pointer=f"{pointer}/@context", name="@context"),)
        return CanonicalHash(hashed.digest, undefined)


def _options_hash(
    document: JsonObject, proof: JsonObject, loader: ContextLoader, algorithm: Hash
) -> CanonicalHash:
    """Hash the options of a proof under the context of its document, or remember it."""
    options = {name: proof[name] for name in proof if name not in _NO_OPTIONS}
    context = document.get("@context")
    contexts = context if type(context) is list else [context]
    if {*map(type, options.values()), *map(type, contexts)} == _TEXTS:
        texts: tuple[tuple[str, str], ...] = tuple(options.items())  # type: ignore[arg-type]  # as was seen
        if sum(len(text) for _, text in texts) <= _MAX_REMEMBERED:
            named = context if type(context) is str else tuple(contexts)
            return _remembered(texts, named, loader, algorithm)
    if "@context" in document:
        options["@context"] = context
    return _hash(options, loader, algorithm)


@lru_cache(maxsize=256)  # all credentials of a batch carry the same proof options
def _remembered(
    texts: tuple[tuple[str, str], ...],
    contexts: str | tuple[str, ...],
    loader: ContextLoader,
    algorithm: Hash,
) -> CanonicalHash:
    options: JsonObject = dict(texts)
    options["@context"] = contexts if isinstance(contexts, str) else list(contexts)
    return _hash(options, loader, algorithm)


def _hash(document: JsonObject, loader: ContextLoader, algorithm: Hash) -> CanonicalHash:
    form = canonical_form(document, loader=loader, digest=algorithm)
    return CanonicalHash(hashlib.new(algorithm, form.nquads).digest(), form.undefined)


def _moved_back(member: UndefinedMember, positions: tuple[int, ...], document: JsonObject) -> UndefinedMember:
    """Give the place of a member of a previous proof in the document that it was taken from."""
    steps = member.pointer.split("/", maxsplit=3)
    if not positions or steps[1] != "proof":
        return member
    at = f"/{positions[int(steps[2])]}" if isinstance(document["proof"], list) else ""
    return replace(member, pointer="/".join([f"/proof{at}", *steps[3:]]))
