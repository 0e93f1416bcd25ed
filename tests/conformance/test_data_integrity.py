"""Every Data Integrity suite against the published vectors: canonical forms, hashes and signatures.

Ed25519 is deterministic, so signing again must give the published signature; ECDSA signatures must verify.
"""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, SECP384R1, derive_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from conformance_data import conformance_root
from openbadge_issuer.assertions.json_text import JsonObject, parse_json_object
from openbadge_issuer.assertions.moments import parse_date_time
from openbadge_issuer.errors import SignatureError
from openbadge_issuer.jsonld.canonical import canonicalize
from openbadge_issuer.jsonld.contexts import PINNED, ContextLoader
from openbadge_issuer.jsonld.jcs import canonicalize_jcs
from openbadge_issuer.signing.cryptosuite import CRYPTOSUITES, add_proof, suite_of
from openbadge_issuer.signing.data_integrity import (
    Hash,
    ProofOptions,
    previous_proofs,
    proofs_of,
    without_proof,
)
from openbadge_issuer.signing.multibase import decode_multibase
from openbadge_issuer.signing.public_key import PublicKey
from openbadge_issuer.signing.signing_key import SigningKey

pytestmark = pytest.mark.skipif(conformance_root() is None, reason="the conformance data is not there")

_CONTEXTS = ("https://www.w3.org/ns/credentials/examples/v2", "https://w3id.org/citizenship/v4rc1")
_CHAIN = "vectors/vc-di-eddsa/proof-set-chain"
_FOLDERS = [  # where the steps of one signing lie, and how their names end
    ("vc-di-eddsa/eddsa-rdfc-2022", "DataInt"),
    ("vc-di-eddsa/eddsa-rdfc-2022/employ", "DataInt"),
    ("vc-di-eddsa/eddsa-jcs-2022", "JCS"),
    ("vc-di-eddsa/Ed25519Signature2020", "EdSig"),
    ("vc-di-ecdsa/ecdsa-rdfc-2019-p256", "ECDSAP256"),
    ("vc-di-ecdsa/ecdsa-rdfc-2019-p256/employ", "ECDSAP256"),
    ("vc-di-ecdsa/ecdsa-rdfc-2019-p384", "ECDSAP384"),
    ("vc-di-ecdsa/ecdsa-rdfc-2019-p384/employ", "ECDSAP384"),
    ("vc-di-ecdsa/ecdsa-jcs-2019-p256", "JCSECDSAP256"),
    ("vc-di-ecdsa/ecdsa-jcs-2019-p384", "JCSECDSAP384"),
]
_PRIVATE_ED25519, _PRIVATE_P256, _PRIVATE_P384 = b"\x80\x26", b"\x86\x26", b"\x87\x26"


@cache
def _loader(root: Path) -> ContextLoader:
    index = json.loads((root / "contexts/index.json").read_bytes())["contexts"]
    files = {url: root / "contexts" / index[url]["file"] for url in _CONTEXTS if url not in PINNED.urls}
    return ContextLoader({url: parse_json_object(file.read_bytes()) for url, file in files.items()})


def _read(path: Path) -> JsonObject:
    return parse_json_object(path.read_bytes())


def _signing_key(multibase: str) -> SigningKey:
    data = decode_multibase(multibase)
    codec, secret = data[:2], data[2:]
    if codec == _PRIVATE_ED25519:
        return SigningKey(Ed25519PrivateKey.from_private_bytes(secret))
    curve = {_PRIVATE_P256: SECP256R1(), _PRIVATE_P384: SECP384R1()}[codec]
    return SigningKey(derive_private_key(int.from_bytes(secret, "big"), curve))


def _key_of(proof: JsonObject) -> PublicKey:
    return PublicKey.from_did_key(str(proof["verificationMethod"]))


def _proof(document: JsonObject) -> JsonObject:
    [proof] = proofs_of(document)
    assert isinstance(proof, dict)
    return proof


def _options(proof: JsonObject) -> ProofOptions:
    names = proof.get("previousProof", [])
    return ProofOptions(
        verification_method=str(proof["verificationMethod"]),
        created=parse_date_time(str(proof["created"])),
        id=str(proof["id"]) if "id" in proof else None,
        previous_proof=tuple(map(str, names)) if isinstance(names, list) else (str(names),),
    )


@pytest.mark.parametrize(("folder", "end"), _FOLDERS, ids=[folder for folder, _ in _FOLDERS])
def test_each_step_gives_the_published_bytes(conformance: Path, folder: str, end: str) -> None:
    base, loader = conformance / "vectors" / folder, _loader(conformance)
    secured = _read(base / f"signed{end}.json")
    proof = _proof(secured)
    suite, key = suite_of(proof), _key_of(proof)
    digest: Hash = "sha384" if key.kind == "P-384" else "sha256"
    canon = (base / f"canonDoc{end}.txt").read_bytes()
    options_canon = (base / f"proofCanon{end}.txt").read_bytes()
    options = {name: value for name, value in proof.items() if name != "proofValue"}
    if suite.signs_undefined_members:
        assert canonicalize_jcs(without_proof(secured)) == canon
        assert canonicalize_jcs(options) == options_canon
    else:
        options["@context"] = secured["@context"]
        assert canonicalize(without_proof(secured), loader=loader, digest=digest) == canon
        assert canonicalize(options, loader=loader, digest=digest) == options_canon
    hashed = suite.document_hash(secured, proof, key, loader=loader)
    assert hashed.digest.hex() == (base / f"docHash{end}.txt").read_text()
    assert hashlib.new(digest, options_canon).hexdigest() == (base / f"proofHash{end}.txt").read_text()
    signature = decode_multibase(str(proof["proofValue"]), bases="z")
    assert signature.hex() == (base / f"sigHex{end}.txt").read_text()
    suite.check(proof)
    assert suite.verify(secured, proof, key, loader=loader) == ()


@pytest.mark.parametrize(("folder", "end"), _FOLDERS, ids=[folder for folder, _ in _FOLDERS])
def test_signing_again_gives_the_published_proof_or_one_that_verifies(
    conformance: Path, folder: str, end: str
) -> None:
    loader = _loader(conformance)
    secured = _read(conformance / "vectors" / folder / f"signed{end}.json")
    proof = _proof(secured)
    suite, key = suite_of(proof), _key_of(proof)
    pair = {
        "Ed25519": "vc-di-eddsa/keyPair",
        "P-256": "vc-di-ecdsa/p256KeyPair",
        "P-384": "vc-di-ecdsa/p384KeyPair",
    }
    names = _read(conformance / "vectors" / f"{pair[key.kind]}.json")
    signer = _signing_key(str(names.get("privateKeyMultibase") or names["secretKeyMultibase"]))
    assert signer.public_key == key
    ours = suite.sign(without_proof(secured), signer, _options(proof), loader=loader)
    if key.kind == "Ed25519":
        assert ours == proof
    else:
        assert {**ours, "proofValue": ""} == {**proof, "proofValue": ""}
        assert suite.verify(secured, ours, key, loader=loader) == ()


@pytest.mark.parametrize(("folder", "end"), _FOLDERS, ids=[folder for folder, _ in _FOLDERS])
def test_the_published_proofs_do_not_hold_for_anything_else(conformance: Path, folder: str, end: str) -> None:
    loader = _loader(conformance)
    secured = _read(conformance / "vectors" / folder / f"signed{end}.json")
    proof = _proof(secured)
    suite, key = suite_of(proof), _key_of(proof)
    for changed, options in (
        ({**secured, "validFrom": "2023-01-02T00:00:00Z"}, proof),
        (secured, {**proof, "created": "2023-02-25T00:00:00Z"}),
    ):
        with pytest.raises(SignatureError, match="does not fit"):
            suite.verify(changed, options, key, loader=loader)


_SETS = ["signedProofSet1", "signedProofSet2", "signedProofChain1", "signedProofChain2"]


@pytest.mark.parametrize("name", _SETS)
def test_published_proof_sets_and_chains_hold(conformance: Path, name: str) -> None:
    secured = _read(conformance / _CHAIN / f"{name}.json")
    for position, proof in enumerate(proofs_of(secured)):
        assert isinstance(proof, dict)
        place = f"/proof/{position}"
        found = suite_of(proof).verify(
            secured, proof, _key_of(proof), loader=_loader(conformance), pointer=place
        )
        assert found == ()


def test_signing_again_gives_the_published_set_and_chain(conformance: Path) -> None:
    base, loader = conformance / _CHAIN, _loader(conformance)
    pairs = json.loads((base / "multiKeyPairs.json").read_bytes())
    document = _read(base / "unsigned.json")
    for number, published in enumerate(_SETS, start=1):
        expected = _read(base / f"{published}.json")
        options = proofs_of(expected)[-1]
        assert isinstance(options, dict)
        signer = _signing_key(pairs[f"keyPair{number}"]["privateKeyMultibase"])
        document = add_proof(document, signer, _options(options), loader=loader)
        assert document == expected
    assert [previous_proofs(document, proof) for proof in proofs_of(document)] == [(), (), (0, 1), (2,)]  # type: ignore[arg-type]  # objects


def test_a_published_chain_breaks_where_a_link_is_changed(conformance: Path) -> None:
    secured = _read(conformance / _CHAIN / "signedProofChain2.json")
    proofs = proofs_of(secured)
    first, third = proofs[0], proofs[2]
    assert isinstance(first, dict)
    assert isinstance(third, dict)
    suite, loader = suite_of(third), _loader(conformance)
    swapped: JsonObject = {**secured, "proof": [{**first, "created": "2024-01-01T00:00:00Z"}, *proofs[1:]]}
    with pytest.raises(SignatureError, match="does not fit"):
        suite.verify(swapped, third, _key_of(third), loader=loader, pointer="/proof/2")
    shorter: JsonObject = {**secured, "proof": proofs[1:]}
    with pytest.raises(SignatureError, match="builds on"):
        suite.verify(shorter, third, _key_of(third), loader=loader, pointer="/proof/1")
    unlinked = {name: value for name, value in third.items() if name != "previousProof"}
    with pytest.raises(SignatureError, match="does not fit"):
        suite.verify(secured, unlinked, _key_of(third), loader=loader)


def test_the_signed_example_of_the_older_proof_type_holds(conformance: Path) -> None:
    secured = _read(
        conformance / "examples/ob-v3p0/signed/v2--ed25519--didKey--legacy-noStatus-noExpiry.json"
    )
    proof = _proof(secured)
    suite = suite_of(proof)
    assert suite is CRYPTOSUITES["Ed25519Signature2020"]
    assert suite.verify(secured, proof, _key_of(proof)) == ()


@pytest.mark.parametrize("version", ["1.1", "2.0"])
@pytest.mark.parametrize("name", ["valid", "achievement"])
@pytest.mark.parametrize("suite", sorted(CRYPTOSUITES))
def test_the_inputs_of_the_test_suite_are_signed_by_every_suite(
    conformance: Path, name: str, version: str, suite: str
) -> None:
    document = _read(conformance / f"vectors/vc-di-ecdsa-test-suite/{name}/vc{version}/document.json")
    needed = "https://w3id.org/security/data-integrity/v2"
    if suite == "Ed25519Signature2020":
        needed = "https://w3id.org/security/suites/ed25519-2020/v1"
    contexts = document["@context"]
    assert isinstance(contexts, list)
    chosen = CRYPTOSUITES[suite]
    document = {**document, "@context": [*contexts, needed]}
    for kind in chosen.kinds:
        signer = SigningKey.generate(kind)
        options = ProofOptions(
            verification_method=signer.public_key.verification_method,
            created=datetime(2026, 1, 1, tzinfo=UTC),
        )
        secured = add_proof(document, signer, options, suite=chosen)
        assert chosen.verify(secured, _proof(secured), signer.public_key) == ()
