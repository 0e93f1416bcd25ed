"""eddsa-rdfc-2022 against the published vectors, step by step and byte for byte.

Ed25519 is deterministic, so signing with the published test keys must give the published signature.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from conformance_data import conformance_root
from openbadge_issuer.assertions.json_text import JsonObject, parse_json_object
from openbadge_issuer.errors import SignatureError
from openbadge_issuer.jsonld.canonical import canonicalize
from openbadge_issuer.jsonld.contexts import PINNED, ContextLoader
from openbadge_issuer.signing.cryptosuite import add_proof, suite_of
from openbadge_issuer.signing.data_integrity import CanonicalHash, ProofOptions
from openbadge_issuer.signing.multibase import decode_multibase
from openbadge_issuer.signing.public_key import Algorithm, PublicKey
from openbadge_issuer.signing.signing_key import SigningKey

pytestmark = pytest.mark.skipif(conformance_root() is None, reason="the conformance data is not there")

_EDDSA = "vectors/vc-di-eddsa/eddsa-rdfc-2022"
_GUIDE = "vectors/openbadges-impl-guide"
_EXAMPLES = "examples/ob-v3p0/impl"
_USED_CONTEXTS = (
    "https://www.w3.org/ns/credentials/examples/v2",
    "https://w3id.org/citizenship/v4rc1",
    "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json",
)
_SECRET_SIZE = 32


@dataclass(frozen=True)
class Vector:
    """One published signing, with each of its steps."""

    secured: JsonObject
    key: SigningKey
    document_canon: bytes
    proof_canon: bytes
    hash_data: bytes
    signature: bytes


def _signing_key(seed: bytes) -> SigningKey:
    native = Ed25519PrivateKey.from_private_bytes(seed)
    return SigningKey.from_pem(native.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))


@cache
def _loader(root: Path) -> ContextLoader:
    index = json.loads((root / "contexts" / "index.json").read_bytes())["contexts"]
    return ContextLoader(
        {
            url: parse_json_object((root / "contexts" / index[url]["file"]).read_bytes())
            for url in _USED_CONTEXTS
            if url not in PINNED.urls
        }
    )


def _w3c(root: Path, folder: str) -> Vector:
    base = root / _EDDSA / folder
    pair = json.loads((root / "vectors/vc-di-eddsa/keyPair.json").read_bytes())
    private = decode_multibase(pair["privateKeyMultibase"])
    assert private[:2] == b"\x80\x26"
    return Vector(
        secured=parse_json_object((base / "signedDataInt.json").read_bytes()),
        key=_signing_key(private[2:]),
        document_canon=(base / "canonDocDataInt.txt").read_bytes(),
        proof_canon=(base / "proofCanonDataInt.txt").read_bytes(),
        hash_data=bytes.fromhex((base / "combinedHashDataInt.txt").read_text()),
        signature=bytes.fromhex((base / "sigHexDataInt.txt").read_text()),
    )


def _with_one_proof(text: bytes) -> JsonObject:
    """Read a document and take its only proof out of the array around it."""
    document = parse_json_object(text)
    proofs = document["proof"]
    return {**document, "proof": proofs[0]} if isinstance(proofs, list) else document


def _guide(root: Path, name: str, page: str) -> Vector:
    base = root / _GUIDE / name
    values: Mapping[str, list[str]] = json.loads((base / "values.json").read_bytes())["extracted"]
    return Vector(
        secured=_with_one_proof((root / _EXAMPLES / page / "06-signed-credential.json").read_bytes()),
        key=_signing_key(bytes.fromhex(values["Key pair & Multikey"][1])[:_SECRET_SIZE]),
        document_canon=(base / "document-canon.txt").read_bytes(),
        proof_canon=(base / "proof-canon.txt").read_bytes(),
        hash_data=bytes.fromhex(values["Data to sign (hex)"][0]),
        signature=bytes.fromhex(values["Signature (hex)"][0]),
    )


@pytest.fixture(params=["alumni", "employ", "obv3p0", "clrv2p0"])
def vector(request: pytest.FixtureRequest, conformance: Path) -> Vector:
    """Each published signing in turn."""
    return {
        "alumni": lambda: _w3c(conformance, "."),
        "employ": lambda: _w3c(conformance, "employ"),
        "obv3p0": lambda: _guide(conformance, "obv3p0", "linked-data-proof-ob"),
        "clrv2p0": lambda: _guide(conformance, "clrv2p0", "linked-data-proof-clr"),
    }[request.param]()


def _split(secured: JsonObject) -> tuple[JsonObject, JsonObject]:
    proof = secured["proof"]
    assert isinstance(proof, dict)
    return {name: value for name, value in secured.items() if name != "proof"}, proof


def _options(proof: JsonObject) -> ProofOptions:
    created = datetime.fromisoformat(str(proof["created"]))
    return ProofOptions(verification_method=str(proof["verificationMethod"]), created=created)


class _Listening:
    """A signer that notes what it was asked to sign."""

    def __init__(self, key: SigningKey) -> None:
        self.algorithm: Algorithm = key.algorithm
        self.public_key = key.public_key
        self.messages: list[bytes] = []
        self._key = key

    def sign(self, message: bytes) -> bytes:
        """Note the message and sign it."""
        self.messages.append(message)
        return self._key.sign(message)


def _canon(published: bytes) -> bytes:
    """The printed forms may lack the last line break."""
    return published.replace(b"\r\n", b"\n").strip() + b"\n"


def test_each_step_gives_the_published_bytes(vector: Vector, conformance: Path) -> None:
    loader = _loader(conformance)
    document, proof = _split(vector.secured)
    options = {name: value for name, value in proof.items() if name != "proofValue"}
    options["@context"] = document["@context"]
    assert canonicalize(document, loader=loader) == _canon(vector.document_canon)
    assert canonicalize(options, loader=loader) == _canon(vector.proof_canon)
    suite, key = suite_of(proof), vector.key.public_key
    hashed = suite.document_hash(vector.secured, proof, key, loader=loader)
    assert hashed == CanonicalHash(hashlib.sha256(_canon(vector.document_canon)).digest())
    asked = _Listening(vector.key)
    suite.sign(document, asked, _options(proof), loader=loader)
    assert asked.messages == [vector.hash_data]


def test_the_published_signature_verifies(vector: Vector, conformance: Path) -> None:
    loader = _loader(conformance)
    document, proof = _split(vector.secured)
    fragment = str(proof["verificationMethod"]).partition("#")[2]
    assert PublicKey.from_multibase(fragment) == vector.key.public_key
    suite, key = suite_of(proof), vector.key.public_key
    suite.check(proof)
    assert suite.verify(vector.secured, proof, key, loader=loader) == ()
    with pytest.raises(SignatureError) as caught:
        suite.verify({**document, "name": "changed"}, proof, key, loader=loader)
    assert (caught.value.code, caught.value.pointer) == ("PROOF-SIGNATURE", "/proof/proofValue")


def test_signing_with_the_published_key_gives_the_published_proof(vector: Vector, conformance: Path) -> None:
    document, proof = _split(vector.secured)
    signed = add_proof(document, vector.key, _options(proof), loader=_loader(conformance))
    assert signed == vector.secured
    assert decode_multibase(str(proof["proofValue"])) == vector.signature
