"""The Data Integrity suites behind one small interface, and the registry in which a proof finds its own.

What is issued, what is only read and what is refused stands in docs/reference/proofs.md.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from types import MappingProxyType
from typing import Protocol

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.errors import UnsupportedError
from openbadge_issuer.jsonld.contexts import PINNED, ContextLoader
from openbadge_issuer.jsonld.undefined_member import UndefinedMember
from openbadge_issuer.signing.data_integrity import (
    PROOF_TYPE,
    PURPOSE,
    CanonicalHash,
    ProofOptions,
    shown,
    with_proof,
)
from openbadge_issuer.signing.ecdsa_jcs_2019 import ECDSA_JCS_2019
from openbadge_issuer.signing.ecdsa_rdfc_2019 import ECDSA_RDFC_2019
from openbadge_issuer.signing.ecdsa_sd_2023 import ECDSA_SD_2023
from openbadge_issuer.signing.ed25519_signature_2020 import ED25519_SIGNATURE_2020
from openbadge_issuer.signing.eddsa_jcs_2022 import EDDSA_JCS_2022
from openbadge_issuer.signing.eddsa_rdfc_2022 import EDDSA_RDFC_2022
from openbadge_issuer.signing.public_key import KeyKind, PublicKey
from openbadge_issuer.signing.signer import Signer


class Cryptosuite(Protocol):
    """How one kind of proof is made and checked."""

    @property
    def name(self) -> str:
        """The name of the suite; of a proof type without `cryptosuite`, the type."""

    @property
    def proof_type(self) -> str:
        """The `type` of its proofs."""

    @property
    def read_as(self) -> frozenset[str]:
        """Other names under which it is found: read, since the name is signed too, and never written."""

    @property
    def kinds(self) -> tuple[KeyKind, ...]:
        """The kinds of key that it takes."""

    @property
    def signs_undefined_members(self) -> bool:
        """Whether members that no context defines are under the signature too."""

    def sign(
        self, document: JsonObject, signer: Signer, options: ProofOptions, *, loader: ContextLoader = PINNED
    ) -> JsonObject:
        """Make a proof over every member of a document, and return the proof.

        Proofs that stand in the document already are not covered, unless `options.previous_proof` names them.

        Raises:
            CanonicalizationError: a member would stay unsigned, or the document has no safe canonical form.
            IssuingError: `PROOF-NAIVE-TIME`, `PROOF-NO-TIME`, `PROOF-PREVIOUS`.
            KeyMaterialError: `PROOF-KEY-KIND`, or the signer does not do what it says (`KEY-SIGNER`).
        """

    def check(self, proof: JsonObject, *, pointer: str = "/proof", purpose: str = PURPOSE) -> None:
        """Check what needs neither key nor document; raises as `verify` does."""

    def hash_scope(self, proof: JsonObject, key: PublicKey) -> Hashable:
        """Return what a document's hash depends on besides the document and its contexts.

        Two proofs of one document with the same scope can share what `document_hash` gives.
        """

    def document_hash(
        self,
        document: JsonObject,
        proof: JsonObject,
        key: PublicKey,
        *,
        loader: ContextLoader = PINNED,
        pointer: str = "/proof",
    ) -> CanonicalHash:
        """Hash the document that a proof is over.

        Args:
            document: the whole secured document, with its proofs.
            proof: the proof, one of the document's.
            key: the key that signed; its size decides on the hash.
            loader: the contexts to read the document under.
            pointer: where the proof stands in the document.

        Raises:
            CanonicalizationError: the document has no safe canonical form.
            SignatureError: `PROOF-PREVIOUS`, `PROOF-CONTEXT`.
        """

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
        """Check one proof of a document, and return the members that lie outside the signature.

        Whether `created` and `expires` hold now is not judged. A proof with `previousProof` holds only if
        the proofs at `data_integrity.previous_proofs` hold too, which is for the caller to see to.

        Args:
            document: the whole secured document, with its proofs.
            proof: the proof to check, one of the document's.
            key: the key that `verificationMethod` was resolved to.
            loader: the contexts to read the document under.
            pointer: where the proof stands in the document, such as `/proof/1`.
            purpose: what the proof must be for.
            document_hash: what `document_hash` gave, if it was asked before.

        Raises:
            SignatureError: the signature does not hold, or the proof is not what the suite prescribes.
            UnsupportedError: it could not be checked.
            CanonicalizationError: the document or the proof has no safe canonical form.
        """


_SUITES: tuple[Cryptosuite, ...] = (
    EDDSA_RDFC_2022,
    EDDSA_JCS_2022,
    ECDSA_RDFC_2019,
    ECDSA_JCS_2019,
    ECDSA_SD_2023,
    ED25519_SIGNATURE_2020,
)

UNFIT = frozenset({"PROOF-SIGNATURE", "SD-STATEMENTS"})
"""The codes of `SignatureError` after which another content of a context is worth a try."""

CRYPTOSUITES: Mapping[str, Cryptosuite] = MappingProxyType({suite.name: suite for suite in _SUITES})
"""Every suite by its name."""

_BY_CRYPTOSUITE = {
    name: suite
    for suite in _SUITES
    if suite.proof_type == PROOF_TYPE
    for name in (suite.name, *suite.read_as)
}
_BY_TYPE = {suite.proof_type: suite for suite in _SUITES if suite.proof_type != PROOF_TYPE}
_OF_KIND = {"Ed25519": EDDSA_RDFC_2022, "P-256": ECDSA_RDFC_2019, "P-384": ECDSA_RDFC_2019}


def suite_of(proof: JsonObject, *, pointer: str = "/proof") -> Cryptosuite:
    """Return the suite that a proof names.

    Raises:
        UnsupportedError: `PROOF-TYPE` or `PROOF-CRYPTOSUITE`, it is not known here.
    """
    kind = proof.get("type")
    if kind != PROOF_TYPE:
        if isinstance(kind, str) and kind in _BY_TYPE:
            return _BY_TYPE[kind]
        raise UnsupportedError("PROOF-TYPE", f"{pointer}/type", found=shown(kind))
    name = proof.get("cryptosuite")
    if isinstance(name, str) and name in _BY_CRYPTOSUITE:
        return _BY_CRYPTOSUITE[name]
    raise UnsupportedError("PROOF-CRYPTOSUITE", f"{pointer}/cryptosuite", found=shown(name))


def other_name(proof: JsonObject) -> str | None:
    """Return the name under which a proof gives its suite, if it is not the suite's own.

    A report says so (`PROOF-CRYPTOSUITE-NAME`): others may refuse it. Raises as `suite_of` does.
    """
    name = proof.get("cryptosuite")
    return name if isinstance(name, str) and name in suite_of(proof).read_as else None


def suite_for(signer: Signer) -> Cryptosuite:
    """Return the suite that is used with a key where none is named.

    Raises:
        UnsupportedError: `PROOF-NO-SUITE`, no suite takes this kind of key.
    """
    kind = signer.public_key.kind
    if kind not in _OF_KIND:
        raise UnsupportedError("PROOF-NO-SUITE", kind=kind)
    return _OF_KIND[kind]


def add_proof(
    document: JsonObject,
    signer: Signer,
    options: ProofOptions,
    *,
    suite: Cryptosuite | None = None,
    loader: ContextLoader = PINNED,
) -> JsonObject:
    """Return the document with one more proof: alone, in a set, or in a chain (`options.previous_proof`).

    The suite is that of the key unless given. Raises as `Cryptosuite.sign` and `suite_for` do.
    """
    chosen = suite or suite_for(signer)
    return with_proof(document, chosen.sign(document, signer, options, loader=loader))
