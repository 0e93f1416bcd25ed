"""Hashes of a document and of its proof options as they are written: canonical JSON, of the `-jcs-` suites.

Every member is signed here, also one that no context defines. The proof repeats the document's `@context`;
contexts that were added to the document since are outside the signature (Data Integrity EdDSA Cryptosuites
1.0, section 3.3).
"""

from __future__ import annotations

import hashlib
from collections.abc import Hashable
from typing import ClassVar, Literal

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, dump_json
from openbadge_issuer.errors import CanonicalizationError, SignatureError
from openbadge_issuer.jsonld.contexts import ContextLoader
from openbadge_issuer.jsonld.jcs import canonicalize_jcs
from openbadge_issuer.jsonld.undefined_member import UndefinedMember
from openbadge_issuer.signing.data_integrity import CanonicalHash, Hash, input_document, named_proofs


class JcsHash:
    """Takes documents as JSON."""

    name: ClassVar[Literal["jcs"]] = "jcs"
    extra_options: ClassVar[tuple[str, ...]] = ("@context",)

    @staticmethod
    def scope(proof: JsonObject, algorithm: Hash) -> Hashable:
        """Return what a document's hash depends on besides the document."""
        return "jcs", algorithm, named_proofs(proof), dump_json(proof.get("@context"))

    @staticmethod
    def of_document(
        document: JsonObject, proof: JsonObject, *, loader: ContextLoader, algorithm: Hash, pointer: str
    ) -> CanonicalHash:
        """Hash the document that a proof is over, under the context that the proof repeats.

        Raises:
            CanonicalizationError: a number or text that has no one spelling.
            SignatureError: `PROOF-CONTEXT`, the document's context does not begin with the proof's;
                `PROOF-PREVIOUS`.
        """
        del loader  # nothing is interpreted
        given, _ = input_document(document, proof, pointer=pointer)
        undefined: tuple[UndefinedMember, ...] = ()
        if "@context" in proof:
            undefined = _added_contexts(document, proof["@context"], pointer=f"{pointer}/@context")
            given = {**given, "@context": proof["@context"]}
        return CanonicalHash(hashlib.new(algorithm, canonicalize_jcs(given)).digest(), undefined)

    @staticmethod
    def of_options(
        document: JsonObject, proof: JsonObject, *, loader: ContextLoader, algorithm: Hash, pointer: str
    ) -> CanonicalHash:
        """Hash a proof without its value; all of its members are signed."""
        del document, loader
        options = {name: value for name, value in proof.items() if name != "proofValue"}
        try:
            return CanonicalHash(hashlib.new(algorithm, canonicalize_jcs(options)).digest())
        except CanonicalizationError as error:
            raise CanonicalizationError(error.code, pointer, **error.details) from error


def _added_contexts(document: JsonObject, signed: JsonValue, *, pointer: str) -> tuple[UndefinedMember, ...]:
    """Return the contexts that stand after the signed ones."""
    given = document.get("@context")
    contexts, expected = _array(given), _array(signed)
    # Compared as canonical text: to Python 1 and true are equal.
    if "@context" not in document or list(map(canonicalize_jcs, contexts[: len(expected)])) != list(
        map(canonicalize_jcs, expected)
    ):
        raise SignatureError("PROOF-CONTEXT", pointer)
    added = range(len(expected), len(contexts))
    places = [f"/@context/{place}" if isinstance(given, list) else "/@context" for place in added]
    return tuple(UndefinedMember(pointer=place, name="@context") for place in places)


def _array(value: JsonValue) -> list[JsonValue]:
    return value if isinstance(value, list) else [value]
