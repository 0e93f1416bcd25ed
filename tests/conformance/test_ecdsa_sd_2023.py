"""ecdsa-sd-2023 against the published vectors, step by step: labels, hashes, base and derived proof."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, derive_private_key

from conformance_data import conformance_root
from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, parse_json_object
from openbadge_issuer.assertions.moments import parse_date_time
from openbadge_issuer.errors import SignatureError
from openbadge_issuer.jsonld.canonical import canonicalize
from openbadge_issuer.jsonld.contexts import ContextLoader
from openbadge_issuer.jsonld.nquads import parse_nquads
from openbadge_issuer.signing.data_integrity import ProofOptions, without_proof
from openbadge_issuer.signing.ecdsa_sd_2023 import ECDSA_SD_2023
from openbadge_issuer.signing.ecdsa_sd_proof_value import BaseValue, DerivedValue, label_text, parse_value
from openbadge_issuer.signing.multibase import decode_multibase, encode_multibase
from openbadge_issuer.signing.public_key import PublicKey
from openbadge_issuer.signing.rdf_hash import RdfHash
from openbadge_issuer.signing.selective_disclosure import Disclosure, Part, relabel, select, sorted_lines
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


def _lines(root: Path, name: str) -> list[str]:
    return [str(line) for line in json.loads((root / _SD / f"prc/{name}.json").read_bytes())]


def _numbered(value: JsonValue) -> list[tuple[int, str]]:
    """Read a map of statements by number, as the vectors write one."""
    assert isinstance(value, dict)
    pairs = value["value"]
    assert isinstance(pairs, list)
    return [(int(str(pair[0])), str(pair[1])) for pair in pairs if isinstance(pair, list)]


def _prepared(root: Path) -> Disclosure:
    """Take the published document apart as the suite does, under the published key for labels."""
    document, hmac_key = without_proof(_step(root, "addSignedSDBase")), _keys(root)[2]
    return Disclosure.of(
        document,
        nquads=canonicalize(document, loader=_loader(root)),
        label=lambda name: label_text(hmac.digest(hmac_key, name.encode(), "sha256")),
        loader=_loader(root),
    )


def _groups(root: Path) -> dict[str, Part]:
    """Select what the published example selects: what is mandatory, what the holder chose, and both."""
    chosen = json.loads((root / "vectors/vc-di-ecdsa/prCredSelective.json").read_bytes())
    selections = {"mandatory": ["/issuer"], "selective": chosen, "combined": ["/issuer", *chosen]}
    disclosure = _prepared(root)
    return {name: disclosure.part(pointers) for name, pointers in selections.items()}


def test_every_published_step_is_checked_here(conformance: Path) -> None:
    own = Path(__file__).read_text(encoding="utf-8")
    steps = {path.name for path in (conformance / _SD / "prc").iterdir()}
    assert len(steps) == 20
    assert {name for name in steps if name.partition(".")[0] not in own} == set()


def test_the_proof_options_are_the_published_ones(conformance: Path) -> None:
    secured, loader = _step(conformance, "addSignedSDBase"), _loader(conformance)
    proof = _proof(secured)
    options: JsonObject = {name: value for name, value in proof.items() if name != "proofValue"}
    options["@context"] = secured["@context"]
    assert options == _step(conformance, "addProofConfig")
    canonical = (conformance / _SD / "prc/addProofConfigCanon.txt").read_bytes().strip() + b"\n"
    assert canonicalize(options, loader=loader) == canonical
    hashed = RdfHash.of_options(secured, proof, loader=loader, algorithm="sha256", pointer="/proof")
    assert hashed.digest == hashlib.sha256(canonical).digest()
    assert hashed.digest.hex() == _step(conformance, "addHashData")["proofHash"]


def test_pointers_select_the_published_values(conformance: Path) -> None:
    document = _step(conformance, "addSignedSDBase")
    published = json.loads((conformance / _SD / "prc/addPointerValues.json").read_bytes())
    assert [item["pointer"] for item in published] == ["/issuer"]
    for item in published:
        name = item["pointer"][1:]
        assert select(document, [item["pointer"]])[name] == item["value"]


def test_the_statements_have_the_published_labels_and_groups(conformance: Path) -> None:
    disclosure, groups = _prepared(conformance), _groups(conformance)
    assert list(disclosure.lines) == _lines(conformance, "addBaseDocHMACCanon")
    indexes = _step(conformance, "derivedGroupIndexes")
    for name, part in groups.items():
        assert sorted(part.numbers) == indexes[f"{name}Indexes"]
    rest = [number for number in range(len(disclosure.lines)) if number not in groups["mandatory"].numbers]
    assert rest == indexes["nonMandatoryIndexes"]


def test_each_group_holds_the_published_statements(conformance: Path) -> None:
    disclosure, groups = _prepared(conformance), _groups(conformance)
    data = _step(conformance, "derivedAllGroupData")
    assert data["nquads"] == list(disclosure.lines)
    published = data["groups"]
    assert isinstance(published, dict)
    assert published.keys() == groups.keys()
    for name, part in groups.items():
        group = published[name]
        assert isinstance(group, dict)
        numbered = list(enumerate(disclosure.lines))
        assert _numbered(group["matching"]) == [pair for pair in numbered if pair[0] in part.numbers]
        assert _numbered(group["nonMatching"]) == [pair for pair in numbered if pair[0] not in part.numbers]
        bare = group["deskolemizedNQuads"]
        assert isinstance(bare, list)
        assert len(bare) == len(part.quads) == len(part.numbers)
    names = data["labelMap"]
    assert isinstance(names, dict)
    assert isinstance(names["value"], list)
    labels = {pair[1] for pair in names["value"] if isinstance(pair, list)}
    assert labels == {word[2:] for line in disclosure.lines for word in line.split() if word.startswith("_:")}


def test_the_base_proof_gives_back_the_published_parts(conformance: Path) -> None:
    value, data = (
        _value(_proof(_step(conformance, "addSignedSDBase"))),
        _step(conformance, "derivedRecoveredBaseData"),
    )
    assert isinstance(value, BaseValue)
    assert value.base_signature.hex() == data["baseSignature"]
    assert encode_multibase(value.public_key) == data["proofPublicKey"]
    assert value.hmac_key.hex() == data["hmacKey"]
    assert _hex(value.signatures) == data["signatures"]
    assert list(value.mandatory_pointers) == data["mandatoryPointers"]


def test_what_is_disclosed_is_counted_anew_as_published(conformance: Path) -> None:
    pointers = json.loads((conformance / "vectors/vc-di-ecdsa/prCredSelective.json").read_bytes())
    secured = _step(conformance, "addSignedSDBase")
    derived = _value(_proof(ECDSA_SD_2023.derive(secured, pointers, loader=_loader(conformance))))
    base = _value(_proof(secured))
    assert isinstance(derived, DerivedValue)
    assert isinstance(base, BaseValue)
    mandatory = _step(conformance, "derivedAdjMandatoryIndexes")["adjMandatoryIndexes"]
    assert list(derived.mandatory_indexes) == mandatory
    kept = _step(conformance, "derivedAdjSignatures")
    assert _hex(derived.signatures) == kept["filteredSignatures"]
    numbers = kept["adjSignatureIndexes"]
    assert isinstance(numbers, list)
    assert [base.signatures[int(str(number))] for number in numbers] == list(derived.signatures)


def test_what_a_verifier_takes_from_the_derived_proof_is_the_published(conformance: Path) -> None:
    shown = _step(conformance, "derivedRevealDocument")
    value, data = _value(_proof(shown)), _step(conformance, "verifyDerivedProofValue")
    assert isinstance(value, DerivedValue)
    assert value.base_signature.hex() == data["baseSignature"]
    assert encode_multibase(value.public_key) == data["publicKey"]
    assert _hex(value.signatures) == data["signatures"]
    assert list(map(list, value.labels.items())) == data["labelMap"]
    assert list(value.mandatory_indexes) == data["mandatoryIndexes"]


def test_what_a_verifier_checks_is_the_published(conformance: Path) -> None:
    shown, loader = _step(conformance, "derivedRevealDocument"), _loader(conformance)
    proof = _proof(shown)
    value, data = _value(proof), _step(conformance, "verifyCreateVerifyData")
    base, own, _ = _keys(conformance)
    assert isinstance(value, DerivedValue)
    hashed = ECDSA_SD_2023.document_hash(shown, proof, base.public_key, loader=loader)
    labels = {f"_:{name}": f"_:{label}" for name, label in value.labels.items()}
    lines = sorted_lines(relabel(parse_nquads(hashed.nquads), labels))
    assert lines == _lines(conformance, "verifyNQuads")
    must = [line for number, line in enumerate(lines) if number in value.mandatory_indexes]
    may = [line for number, line in enumerate(lines) if number not in value.mandatory_indexes]
    assert may == data["nonMandatory"]
    assert hashlib.sha256("".join(must).encode()).hexdigest() == data["mandatoryHash"]
    options = RdfHash.of_options(shown, proof, loader=loader, algorithm="sha256", pointer="/proof")
    assert options.digest.hex() == data["proofHash"]
    assert encode_multibase(value.public_key) == data["publicKey"] == own.public_key.multibase
    assert value.base_signature.hex() == data["baseSignature"]
    assert _hex(value.signatures) == data["signatures"]
    signed = options.digest + value.public_key + bytes.fromhex(str(data["mandatoryHash"]))
    base.public_key.verify(signed, value.base_signature)
    for line, signature in zip(may, value.signatures, strict=True):
        own.public_key.verify(line.encode(), signature)


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
