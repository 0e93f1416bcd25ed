"""The cryptosuite ecdsa-sd-2023: a holder shows parts of a credential, and the issuer's signature holds.

The issuer signs each statement of a document by itself, with a key made for this one proof, and signs that
key together with the statements that nobody may leave out: a base proof, for the holder only. From it the
holder derives proofs over selected parts, for verifiers. The labels of blank nodes are replaced by keyed
digests, since their numbers would tell how much is withheld.
Source: Data Integrity ECDSA Cryptosuites 1.0, section 3.6 "ecdsa-sd-2023".
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.errors import (
    CanonicalizationError,
    IssuingError,
    KeyMaterialError,
    SignatureError,
    UnsupportedError,
)
from openbadge_issuer.jsonld.canonical import canonical_form, canonicalize
from openbadge_issuer.jsonld.contexts import PINNED, ContextLoader
from openbadge_issuer.jsonld.nquads import is_blank, parse_nquads
from openbadge_issuer.jsonld.undefined_member import UndefinedMember
from openbadge_issuer.signing.data_integrity import (
    PROOF_TYPE,
    PURPOSE,
    CanonicalHash,
    ProofOptions,
    check_members,
    proof_value,
    proofs_of,
    shown,
    without_proof,
)
from openbadge_issuer.signing.ecdsa_sd_proof_value import (
    HMAC_KEY_SIZE,
    MAX_PROOF_VALUE_CHARS,
    BaseValue,
    DerivedValue,
    label_text,
    parse_value,
)
from openbadge_issuer.signing.multibase import decode_multibase, encode_multibase
from openbadge_issuer.signing.public_key import KeyKind, PublicKey
from openbadge_issuer.signing.rdf_hash import RdfHash
from openbadge_issuer.signing.selective_disclosure import Disclosure, relabel, select, sorted_lines
from openbadge_issuer.signing.signer import Signer, signature_by
from openbadge_issuer.signing.signing_key import SigningKey

NOT_WITHHELD = (
    "/issuer", "/validFrom", "/validUntil", "/issuanceDate", "/expirationDate", "/credentialStatus",
    "/credentialSchema", "/refreshService", "/termsOfUse",
)  # fmt: skip
"""What is mandatory unless the issuer says otherwise: without it nobody can tell whether a badge holds."""


@dataclass(frozen=True, slots=True)
class EcdsaSd2023:
    """The suite."""

    name: str = "ecdsa-sd-2023"
    proof_type: str = PROOF_TYPE
    read_as: frozenset[str] = frozenset()
    kinds: tuple[KeyKind, ...] = ("P-256",)
    signs_undefined_members: bool = False

    def sign(
        self,
        document: JsonObject,
        signer: Signer,
        options: ProofOptions,
        *,
        loader: ContextLoader = PINNED,
        mandatory: Sequence[str] | None = None,
        rng: Callable[[int], bytes] = os.urandom,
        proof_key: Signer | None = None,
    ) -> JsonObject:
        """Make a base proof, which is for the holder only; see `Cryptosuite.sign`.

        Args:
            document: the document; it is not changed.
            signer: a P-256 key.
            options: what else the proof says.
            loader: the contexts to read the document under.
            mandatory: JSON Pointers to what no holder may leave out; by default those of `NOT_WITHHELD` that
                lead somewhere.
            rng: the source of the key under which labels are computed.
            proof_key: the P-256 key of this proof alone, made anew unless given; never give one twice.

        Raises:
            IssuingError: `SD-POINTER`, `PROOF-NAIVE-TIME`.
            CanonicalizationError: a member would stay unsigned, or the document has no safe canonical form.
            KeyMaterialError: `PROOF-KEY-KIND`, `KEY-SIGNER`.
            UnsupportedError: `PROOF-CHAIN`.
        """
        own = proof_key or SigningKey.generate("P-256")
        for key in (signer.public_key, own.public_key):
            if key.kind not in self.kinds:
                raise KeyMaterialError("PROOF-KEY-KIND", **self._kinds(key))
        if mandatory is None:
            mandatory = [pointer for pointer in NOT_WITHHELD if pointer[1:] in document]
        proof = options.members(self.proof_type, self.name)
        _refuse_chain(proof, "/proof")
        hashed = _options_hash(document, proof, loader, "/proof")
        for member in hashed.undefined:
            raise CanonicalizationError(member.code, member.pointer, name=shown(member.name))
        hmac_key = rng(HMAC_KEY_SIZE)
        plain = without_proof(document)
        disclosure = _disclosure(plain, canonicalize(plain, loader=loader), hmac_key, loader)
        required = disclosure.part(mandatory).numbers
        must, may = _split(disclosure.lines, required)
        public_key = decode_multibase(own.public_key.multibase, bases="z")
        value = BaseValue(
            base_signature=signature_by(signer, _base_data(hashed.digest, public_key, must)),
            public_key=public_key,
            hmac_key=hmac_key,
            signatures=tuple(signature_by(own, line.encode("utf-8")) for line in may),
            mandatory_pointers=tuple(mandatory),
        )
        return {**proof, "proofValue": encode_multibase(value.encoded(), base="u")}

    def derive(
        self, document: JsonObject, pointers: Sequence[str], *, loader: ContextLoader = PINNED
    ) -> JsonObject:
        """Return what the holder of a document with a base proof shows: selected parts and a derived proof.

        Args:
            document: the document with its base proof; other proofs are left out, being over the whole.
            pointers: JSON Pointers to what is disclosed beside what is mandatory.
            loader: the contexts to read the document under.

        Raises:
            IssuingError: `SD-BASE`, there is not exactly one base proof; `SD-POINTER`; `SD-NOTHING`.
            SignatureError: `SD-VALUE`, the base proof cannot be read.
            CanonicalizationError: the document has no safe canonical form.
            UnsupportedError: `PROOF-CHAIN`.
        """
        proof, value = self._base_proof(document)
        combined = [*value.mandatory_pointers, *pointers]
        if not combined:
            raise IssuingError("SD-NOTHING")
        plain = without_proof(document)
        disclosure = _disclosure(plain, canonicalize(plain, loader=loader), value.hmac_key, loader)
        required = disclosure.part(value.mandatory_pointers).numbers
        part = disclosure.part(combined)
        free = [number for number in range(len(disclosure.lines)) if number not in required]
        if len(free) != len(value.signatures):
            raise SignatureError("SD-STATEMENTS", "/proof", problem="signatures")
        derived = DerivedValue(
            base_signature=value.base_signature,
            public_key=value.public_key,
            signatures=tuple(
                signature
                for number, signature in zip(free, value.signatures, strict=True)
                if number in part.numbers
            ),
            labels=disclosure.labels_in(part),
            mandatory_indexes=tuple(
                place for place, number in enumerate(sorted(part.numbers)) if number in required
            ),
        )
        text = encode_multibase(derived.encoded(), base="u")
        return select(document, combined) | {"proof": {**proof, "proofValue": text}}

    def check(self, proof: JsonObject, *, pointer: str = "/proof", purpose: str = PURPOSE) -> None:
        """Check what needs neither key nor document; see `Cryptosuite.check`."""
        check_members(proof, pointer=pointer, purpose=purpose)
        _refuse_chain(proof, pointer)
        _value(proof, pointer)

    def hash_scope(self, proof: JsonObject, key: PublicKey) -> Hashable:
        """Return what a document's hash depends on besides the document and its contexts: nothing."""
        del proof, key
        return "sd"

    def document_hash(
        self,
        document: JsonObject,
        proof: JsonObject,
        key: PublicKey,
        *,
        loader: ContextLoader = PINNED,
        pointer: str = "/proof",
    ) -> CanonicalHash:
        """Canonicalize the document; see `Cryptosuite.document_hash`."""
        del proof, key, pointer
        form = canonical_form(without_proof(document), loader=loader)
        return CanonicalHash(hashlib.sha256(form.nquads).digest(), form.undefined, form.nquads)

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
        """Check a derived proof, or, for a holder, a base proof; see `Cryptosuite.verify`."""
        check_members(proof, pointer=pointer, purpose=purpose)
        _refuse_chain(proof, pointer)
        if key.kind not in self.kinds:
            raise SignatureError("PROOF-KEY-KIND", f"{pointer}/verificationMethod", **self._kinds(key))
        place = f"{pointer}/proofValue"
        value = _value(proof, pointer)
        own = _proof_key(value, place)
        options = _options_hash(document, proof, loader, pointer)
        hashed = document_hash or self.document_hash(document, proof, key, loader=loader, pointer=pointer)
        if isinstance(value, BaseValue):
            disclosure = _disclosure(without_proof(document), hashed.nquads, value.hmac_key, loader)
            must, may = _base_lines(disclosure, value, place)
        else:
            must, may = _derived_lines(hashed, value, place)
        if len(may) != len(value.signatures):
            raise SignatureError("SD-STATEMENTS", place, problem="signatures")
        try:
            key.verify(_base_data(options.digest, value.public_key, must), value.base_signature)
            for line, signature in zip(may, value.signatures, strict=True):
                own.verify(line.encode("utf-8"), signature)
        except SignatureError as error:
            raise SignatureError(error.code, place, **error.details) from error
        return hashed.undefined + options.undefined

    def _base_proof(self, document: JsonObject) -> tuple[JsonObject, BaseValue]:
        found: list[tuple[JsonObject, BaseValue]] = []
        for proof in proofs_of(document):
            if isinstance(proof, dict) and proof.get("cryptosuite") == self.name:
                _refuse_chain(proof, "/proof")
                value = _value(proof, "/proof")
                if isinstance(value, BaseValue):
                    found.append((proof, value))
        if len(found) != 1:
            raise IssuingError("SD-BASE", "/proof", found=len(found))
        return found[0]

    def _kinds(self, key: PublicKey) -> dict[str, str]:
        return {"kind": key.kind, "suite": self.name, "expected": ", ".join(self.kinds)}


ECDSA_SD_2023 = EcdsaSd2023()
"""The suite."""


def _value(proof: JsonObject, pointer: str) -> BaseValue | DerivedValue:
    data = proof_value(proof, base="u", max_chars=MAX_PROOF_VALUE_CHARS, pointer=pointer)
    return parse_value(data, pointer=f"{pointer}/proofValue")


def _refuse_chain(proof: JsonObject, pointer: str) -> None:
    """Refuse a proof over other proofs: a holder who withholds something breaks those."""
    if "previousProof" in proof:
        raise UnsupportedError("PROOF-CHAIN", f"{pointer}/previousProof")


def _proof_key(value: BaseValue | DerivedValue, place: str) -> PublicKey:
    try:
        key = PublicKey.from_multibase(encode_multibase(value.public_key))
    except (KeyMaterialError, UnsupportedError) as error:
        raise SignatureError("SD-VALUE", place, problem="publicKey") from error
    if key.kind != "P-256":
        raise SignatureError("SD-VALUE", place, problem="publicKey")
    return key


def _options_hash(
    document: JsonObject, proof: JsonObject, loader: ContextLoader, pointer: str
) -> CanonicalHash:
    return RdfHash.of_options(document, proof, loader=loader, algorithm="sha256", pointer=pointer)


def _base_data(options: bytes, public_key: bytes, mandatory: Sequence[str]) -> bytes:
    """Put together what the issuer's key signs (section 3.5.1, "serializeSignData")."""
    return options + public_key + hashlib.sha256("".join(mandatory).encode("utf-8")).digest()


def _disclosure(document: JsonObject, nquads: bytes, key: bytes, loader: ContextLoader) -> Disclosure:
    def label(canonical: str) -> str:
        return label_text(hmac.digest(key, canonical.encode("ascii"), "sha256"))

    return Disclosure.of(document, nquads=nquads, label=label, loader=loader)


def _split(lines: Sequence[str], mandatory: frozenset[int]) -> tuple[list[str], list[str]]:
    must = [line for number, line in enumerate(lines) if number in mandatory]
    return must, [line for number, line in enumerate(lines) if number not in mandatory]


def _base_lines(disclosure: Disclosure, value: BaseValue, place: str) -> tuple[list[str], list[str]]:
    try:
        required = disclosure.part(value.mandatory_pointers).numbers
    except IssuingError as error:
        raise SignatureError("SD-STATEMENTS", place, problem="mandatoryPointers") from error
    return _split(disclosure.lines, required)


def _derived_lines(hashed: CanonicalHash, value: DerivedValue, place: str) -> tuple[list[str], list[str]]:
    quads = parse_nquads(hashed.nquads)
    nodes = {term for quad in quads for term in (quad.subject, quad.object, quad.graph) if is_blank(term)}
    labels: Mapping[str, str] = {f"_:{name}": f"_:{label}" for name, label in value.labels.items()}
    if nodes != labels.keys():
        raise SignatureError("SD-STATEMENTS", place, problem="labelMap")
    lines = sorted_lines(relabel(quads, labels))
    if value.mandatory_indexes and value.mandatory_indexes[-1] >= len(lines):
        raise SignatureError("SD-STATEMENTS", place, problem="mandatoryIndexes")
    return _split(lines, frozenset(value.mandatory_indexes))
