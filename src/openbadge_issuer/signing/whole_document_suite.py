"""The suites with one signature, over the hash of the proof options followed by that of the whole document.

Source: Data Integrity EdDSA Cryptosuites 1.0 and Data Integrity ECDSA Cryptosuites 1.0, section 3. What
differs between them (names, keys, and whether a document is taken as RDF or as JSON) stands in their files.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.errors import (
    CanonicalizationError,
    IssuingError,
    KeyMaterialError,
    SignatureError,
)
from openbadge_issuer.jsonld.contexts import PINNED, ContextLoader
from openbadge_issuer.jsonld.undefined_member import UndefinedMember
from openbadge_issuer.signing.data_integrity import (
    PROOF_TYPE,
    PURPOSE,
    CanonicalHash,
    Hash,
    ProofOptions,
    check_members,
    previous_proofs,
    proof_value,
    shown,
)
from openbadge_issuer.signing.jcs_hash import JcsHash
from openbadge_issuer.signing.multibase import encode_multibase
from openbadge_issuer.signing.public_key import KeyKind, PublicKey
from openbadge_issuer.signing.rdf_hash import RdfHash
from openbadge_issuer.signing.signer import Signer, signature_by

_MAX_PROOF_VALUE_CHARS = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeDocumentSuite:
    """One suite.

    Attributes:
        name: the name of the suite; of a proof type without `cryptosuite`, the type.
        kinds: the kinds of key that it takes.
        hashing: how a document becomes bytes.
        proof_type: the `type` of its proofs.
        read_as: other names under which it is found; they are read, being signed, and never written.
        needs_created: whether a proof must say when it was made.
    """

    name: str
    kinds: tuple[KeyKind, ...]
    hashing: RdfHash | JcsHash
    proof_type: str = PROOF_TYPE
    read_as: frozenset[str] = frozenset()
    needs_created: bool = False

    @property
    def signs_undefined_members(self) -> bool:
        """Whether members that no context defines are under the signature too."""
        return self.hashing.name == "jcs"

    def sign(
        self, document: JsonObject, signer: Signer, options: ProofOptions, *, loader: ContextLoader = PINNED
    ) -> JsonObject:
        """Make a proof over every member of a document, and return the proof; see `Cryptosuite.sign`."""
        proof, of_options = self.unsigned_proof(document, signer.public_key, options, loader=loader)
        hashed = self.document_hash(document, proof, signer.public_key, loader=loader)
        for member in hashed.undefined:
            raise CanonicalizationError(member.code, member.pointer, name=shown(member.name))
        signature = signature_by(signer, of_options + hashed.digest)
        return {**proof, "proofValue": encode_multibase(signature)}

    def unsigned_proof(
        self, document: JsonObject, key: PublicKey, options: ProofOptions, *, loader: ContextLoader = PINNED
    ) -> tuple[JsonObject, bytes]:
        """Return a proof that lacks only its value, and its hash, which stands before that of the document.

        Of the document, its context and its earlier proofs matter. Raises as `sign` does.
        """
        if key.kind not in self.kinds:
            raise KeyMaterialError("PROOF-KEY-KIND", **self._kinds(key))
        if self.needs_created and options.created is None:
            raise IssuingError("PROOF-NO-TIME", suite=self.name)
        proof = options.members(self.proof_type, self.name if self.proof_type == PROOF_TYPE else None)
        proof |= {name: document[name] for name in self.hashing.extra_options if name in document}
        try:
            previous_proofs(document, proof)
        except SignatureError as error:
            raise IssuingError(error.code, error.pointer, **error.details) from error
        hashed = self._options_hash(document, proof, key, loader, "/proof")
        for member in hashed.undefined:
            raise CanonicalizationError(member.code, member.pointer, name=shown(member.name))
        return proof, hashed.digest

    def check(self, proof: JsonObject, *, pointer: str = "/proof", purpose: str = PURPOSE) -> None:
        """Check what needs neither key nor document; see `Cryptosuite.check`."""
        check_members(proof, pointer=pointer, purpose=purpose)
        self._signature(proof, pointer)

    def hash_scope(self, proof: JsonObject, key: PublicKey) -> Hashable:
        """Return what a document's hash depends on besides the document and its contexts."""
        return self.hashing.scope(proof, hash_for(key))

    def document_hash(
        self,
        document: JsonObject,
        proof: JsonObject,
        key: PublicKey,
        *,
        loader: ContextLoader = PINNED,
        pointer: str = "/proof",
    ) -> CanonicalHash:
        """Hash the document that a proof is over; see `Cryptosuite.document_hash`."""
        return self.hashing.of_document(
            document, proof, loader=loader, algorithm=hash_for(key), pointer=pointer
        )

    def verify(
        self,
        document: JsonObject,
        proof: JsonObject,
        key: PublicKey,
        *,
        loader: ContextLoader = PINNED,
        pointer: str = "/proof",
        purpose: str = PURPOSE,
        document_hash: CanonicalHash | None = None,
    ) -> tuple[UndefinedMember, ...]:
        """Check one proof; see `Cryptosuite.verify`."""
        check_members(proof, pointer=pointer, purpose=purpose)
        signature = self._signature(proof, pointer)
        if key.kind not in self.kinds:
            raise SignatureError("PROOF-KEY-KIND", f"{pointer}/verificationMethod", **self._kinds(key))
        options = self._options_hash(document, proof, key, loader, pointer)
        hashed = document_hash or self.document_hash(document, proof, key, loader=loader, pointer=pointer)
        try:
            key.verify(options.digest + hashed.digest, signature)
        except SignatureError as error:
            raise SignatureError(error.code, f"{pointer}/proofValue", **error.details) from error
        return hashed.undefined + options.undefined

    def _options_hash(
        self, document: JsonObject, proof: JsonObject, key: PublicKey, loader: ContextLoader, pointer: str
    ) -> CanonicalHash:
        algorithm = hash_for(key)
        return self.hashing.of_options(document, proof, loader=loader, algorithm=algorithm, pointer=pointer)

    @staticmethod
    def _signature(proof: JsonObject, pointer: str) -> bytes:
        return proof_value(proof, base="z", max_chars=_MAX_PROOF_VALUE_CHARS, pointer=pointer)

    def _kinds(self, key: PublicKey) -> dict[str, str]:
        return {"kind": key.kind, "suite": self.name, "expected": ", ".join(self.kinds)}


def hash_for(key: PublicKey) -> Hash:
    """Choose the hash that is as strong as the curve; canonicalization labels blank nodes with it too."""
    return "sha384" if key.kind == "P-384" else "sha256"
