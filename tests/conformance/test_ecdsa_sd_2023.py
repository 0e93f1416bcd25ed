"""ecdsa-sd-2023 against the published vectors, step by step: labels, hashes, base and derived proof."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, derive_private_key

from conformance_data import conformance_root
from openbadge_issuer.assertions.json_text import JsonObject, parse_json_object
from openbadge_issuer.assertions.moments import parse_date_time
from openbadge_issuer.errors import SignatureError
from openbadge_issuer.jsonld.canonical import canonicalize
from openbadge_issuer.jsonld.contexts import ContextLoader
from openbadge_issuer.signing.data_integrity import ProofOptions, without_proof
from openbadge_issuer.signing.ecdsa_sd_2023 import ECDSA_SD_2023
from openbadge_issuer.signing.ecdsa_sd_proof_value import BaseValue, DerivedValue, parse_value
from openbadge_issuer.signing.multibase import decode_multibase, encode_multibase
from openbadge_issuer.signing.public_key import PublicKey
from openbadge_issuer.signing.selective_disclosure import select
from openbadge_issuer.signing.signing_key import SigningKey

pytestmark = pytest.mark.skipif(conformance_root() is None, reason="the conformance data is not there")

_CITIZENSHIP = "https://w3id.org/citizenship/v4rc1"
_SD = "vectors/vc-di-ecdsa/ecdsa-sd-2023"
_TEST_SUITE = "vectors/vc-di-ecdsa-test-suite"


def _json(path: Path) -> JsonObject:
    return parse_json_object(path.read_bytes())


@cache
def _loader(root: Path) -> ContextLoader:
    index = json.loads((root / "contexts/index.json").read_bytes())["contexts"]
    return ContextLoader({_CITIZENSHIP: _json(root / "contexts" / index[_CITIZENSHIP]["file"])})


def _step(root: Path, name: str) -> JsonObject:
    return _json(root / _SD / "prc" / f"{name}.json")


def _proof(document: JsonObject) -> JsonObject:
    proof = document["proof"]
    assert isinstance(proof, dict)
    return proof


def _value(proof: JsonObject) -> BaseValue | DerivedValue:
    return parse_value(decode_multibase(str(proof["proofValue"]), bases="u", max_chars=10**6), pointer="")


def _signing_key(multibase: str) -> SigningKey:
    secret = int.from_bytes(decode_multibase(multibase)[2:], "big")
    return SigningKey(derive_private_key(secret, SECP256R1()))


def _keys(root: Path) -> tuple[SigningKey, SigningKey, bytes]:
    material = json.loads((root / _SD / "SDKeyMaterial.json").read_bytes())
    names = ("baseKeyPair", "proofKeyPair")
    base, proof = (_signing_key(material[name]["secretKeyMultibase"]) for name in names)
    return base, proof, bytes.fromhex(material["hmacKeyString"])


def _hex(items: object) -> list[str]:
    assert isinstance(items, tuple)
    return [item.hex() for item in items]


def test_the_published_base_proof_is_read_and_holds(conformance: Path) -> None:
    secured = _step(conformance, "addSignedSDBase")
    proof = _proof(secured)
    raw = _step(conformance, "addRawBaseSignatureInfo")
    value = _value(proof)
    assert isinstance(value, BaseValue)
    assert value.base_signature.hex() == raw["baseSignature"]
    assert encode_multibase(value.public_key) == raw["publicKey"]
    assert _hex(value.signatures) == raw["signatures"]
    assert list(value.mandatory_pointers) == raw["mandatoryPointers"]
    assert "u" + encode_multibase(value.encoded(), base="u")[1:] == proof["proofValue"]
    base, _, _ = _keys(conformance)
    assert ECDSA_SD_2023.verify(secured, proof, base.public_key, loader=_loader(conformance)) == ()


def test_signing_again_differs_from_the_published_base_proof_in_signatures_only(conformance: Path) -> None:
    published = _step(conformance, "addSignedSDBase")
    proof = _proof(published)
    base, own, hmac_key = _keys(conformance)
    ours = ECDSA_SD_2023.sign(
        without_proof(published),
        base,
        ProofOptions(
            verification_method=str(proof["verificationMethod"]),
            created=parse_date_time(str(proof["created"])),
        ),
        loader=_loader(conformance),
        mandatory=["/issuer"],
        rng=lambda size: hmac_key[:size],
        proof_key=own,
    )
    assert {**ours, "proofValue": ""} == {**proof, "proofValue": ""}
    value, expected = _value(ours), _value(proof)
    assert isinstance(value, BaseValue)
    assert isinstance(expected, BaseValue)
    assert value.public_key == expected.public_key
    assert value.hmac_key == expected.hmac_key == hmac_key
    # The published signatures hold for the statements of ours, one by one and in the same order.
    lines = [line for _, line in _published_group(conformance, "nonMandatory")]
    for line, mine, theirs in zip(lines, value.signatures, expected.signatures, strict=True):
        own.public_key.verify(line.encode(), mine)
        own.public_key.verify(line.encode(), theirs)
    hashes = _step(conformance, "addHashData")
    mandatory = "".join(line for _, line in _published_group(conformance, "mandatory"))
    assert hashlib.sha256(mandatory.encode()).hexdigest() == hashes["mandatoryHash"]
    signed = (
        bytes.fromhex(str(hashes["proofHash"]))
        + value.public_key
        + bytes.fromhex(str(hashes["mandatoryHash"]))
    )
    base.public_key.verify(signed, value.base_signature)
    base.public_key.verify(signed, expected.base_signature)


def _published_group(root: Path, name: str) -> list[tuple[int, str]]:
    group = json.loads((root / _SD / "prc/addBaseTransform.json").read_bytes())[name]["value"]
    return [(number, line) for number, line in group]


def test_the_canonical_form_is_the_published_one(conformance: Path) -> None:
    document = without_proof(_step(conformance, "addSignedSDBase"))
    lines = json.loads((conformance / _SD / "prc/addBaseDocCanon.json").read_bytes())
    assert canonicalize(document, loader=_loader(conformance)).decode() == "".join(lines)


def test_deriving_gives_the_published_document_and_proof(conformance: Path) -> None:
    pointers = json.loads((conformance / "vectors/vc-di-ecdsa/prCredSelective.json").read_bytes())
    secured, published = _step(conformance, "addSignedSDBase"), _step(conformance, "derivedRevealDocument")
    derived = ECDSA_SD_2023.derive(secured, pointers, loader=_loader(conformance))
    assert without_proof(derived) == _step(conformance, "derivedUnsignedReveal")
    assert derived == published
    value, data = _value(_proof(derived)), _step(conformance, "derivedDisclosureData")
    assert isinstance(value, DerivedValue)
    labels = data["labelMap"]
    assert isinstance(labels, dict)
    assert list(map(list, value.labels.items())) == labels["value"]
    assert list(value.mandatory_indexes) == data["mandatoryIndexes"]
    assert _hex(value.signatures) == data["signatures"]


def test_the_published_derived_proof_holds_for_its_document_only(conformance: Path) -> None:
    secured, loader = _step(conformance, "derivedRevealDocument"), _loader(conformance)
    base, own, _ = _keys(conformance)
    proof = _proof(secured)
    assert ECDSA_SD_2023.verify(secured, proof, base.public_key, loader=loader) == ()
    with pytest.raises(SignatureError, match="does not fit"):
        ECDSA_SD_2023.verify(secured, proof, own.public_key, loader=loader)
    later = {**secured, "validUntil": "2035-12-16T23:59:59Z"}
    with pytest.raises(SignatureError, match="does not fit"):
        ECDSA_SD_2023.verify(later, proof, base.public_key, loader=loader)


def test_the_derived_credential_of_the_reference_corpus_holds(conformance: Path) -> None:
    secured = _json(conformance / "corpus-1edtech/files/ob30/sd/derivedcredential.json")
    proofs = secured["proof"]
    assert isinstance(proofs, list)
    [proof] = proofs
    assert isinstance(proof, dict)
    key = PublicKey.from_multibase(str(proof["verificationMethod"]).partition("#")[2])
    assert ECDSA_SD_2023.verify(secured, proof, key) == ()


@pytest.mark.parametrize("version", ["1.1", "2.0"])
@pytest.mark.parametrize("name", ["valid", "achievement"])
def test_the_inputs_of_the_test_suite_are_derived_and_verified(
    conformance: Path, name: str, version: str
) -> None:
    folder = conformance / _TEST_SUITE / name / f"vc{version}"
    document = _json(folder / "document.json")
    given: Mapping[str, str] = {"issuer": "https://issuer.example", "issuanceDate": "2026-01-01T00:00:00Z"}
    mandatory = json.loads((folder / "mandatoryPointers.json").read_bytes())
    contexts = document["@context"]
    assert isinstance(contexts, list)
    document |= {pointer[1:]: given[pointer[1:]] for pointer in mandatory}
    document["@context"] = [*contexts, "https://w3id.org/security/data-integrity/v2"]
    pointers: list[str] = json.loads((folder / "selectivePointers.json").read_bytes())
    key = SigningKey.generate("P-256")
    options = ProofOptions(verification_method=key.public_key.verification_method)
    secured = {**document, "proof": ECDSA_SD_2023.sign(document, key, options, mandatory=mandatory)}
    for chosen in (pointers, pointers[:1], pointers[-1:], []):
        derived = ECDSA_SD_2023.derive(secured, chosen)
        assert without_proof(derived) == select(document, [*mandatory, *chosen])
        assert ECDSA_SD_2023.verify(derived, _proof(derived), key.public_key) == ()
