"""Nothing verifies that was not signed: every suite under flipped bits, changed members, stripped parts."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache

import cbor2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.errors import OpenBadgeError, SignatureError
from openbadge_issuer.jsonld.canonical import canonicalize
from openbadge_issuer.jsonld.jcs import canonicalize_jcs
from openbadge_issuer.signing.cryptosuite import CRYPTOSUITES, add_proof, suite_of
from openbadge_issuer.signing.data_integrity import ProofOptions, check_members, previous_proofs, proofs_of
from openbadge_issuer.signing.ecdsa_sd_2023 import ECDSA_SD_2023
from openbadge_issuer.signing.ecdsa_sd_proof_value import parse_value
from openbadge_issuer.signing.ed25519_signature_2020 import CONTEXT
from openbadge_issuer.signing.multibase import decode_multibase, encode_multibase
from openbadge_issuer.signing.public_key import KeyKind
from openbadge_issuer.signing.selective_disclosure import select
from openbadge_issuer.signing.signing_key import SigningKey

_MATRIX = [(name, kind) for name, suite in CRYPTOSUITES.items() for kind in suite.kinds]
_CASES = st.sampled_from(_MATRIX)
_DOCUMENT: JsonObject = {
    "@context": [
        "https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        CONTEXT,
    ],
    "id": "urn:uuid:1",
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "issuer": {"id": "https://issuer.example", "type": ["Profile"], "name": "Guild"},
    "validFrom": "2026-01-31T11:00:00Z",
    "name": "Facilitator",
    "credentialSubject": {
        "type": ["AchievementSubject"],
        "achievement": {
            "id": "urn:uuid:2",
            "type": ["Achievement"],
            "name": "Facilitator",
            "description": "Leads a workshop.",
            "criteria": {"narrative": "Led one."},
        },
    },
}
_POINTERS = [
    "/name", "/credentialSubject", "/credentialSubject/achievement", "/credentialSubject/achievement/name",
    "/credentialSubject/achievement/criteria", "/credentialSubject/achievement/criteria/narrative", "/type/0",
    "/issuer/name", "/validFrom", "",
]  # fmt: skip
_VALUES: st.SearchStrategy[JsonValue] = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 2**60), st.floats(allow_nan=False), st.text(max_size=8),
    st.just([]), st.just({}), st.just(["x"]), st.just({"id": "urn:x"}),
)  # fmt: skip
# Not `@value`: with an array it is dropped without a word, so verification looks for it everywhere.
_NAMES = st.sampled_from(["id", "type", "name", "@context", "proof", "@id", "@type", "x", "issuer"])


@cache
def _signed(name: str, kind: KeyKind) -> tuple[JsonObject, SigningKey]:
    key = SigningKey.generate(kind)
    method = key.public_key.verification_method
    options = ProofOptions(verification_method=method, created=datetime(2026, 1, 31, tzinfo=UTC))
    secured = add_proof(_DOCUMENT, key, options, suite=CRYPTOSUITES[name])
    if name == "ecdsa-sd-2023":
        secured = ECDSA_SD_2023.derive(secured, _POINTERS[:5])
    return secured, key


def _proof(document: JsonObject) -> JsonObject:
    [proof] = proofs_of(document)
    assert isinstance(proof, dict)
    return proof


@contextmanager
def _or_refused() -> Iterator[None]:
    try:
        yield
    except OpenBadgeError as error:
        said = [error.sentence("en"), error.sentence("nl")]
        if not all(said):
            raise


def _flipped(data: bytes, bit: int) -> bytes:
    at = bit % (len(data) * 8)
    return data[: at // 8] + bytes([data[at // 8] ^ 1 << at % 8]) + data[at // 8 + 1 :]


@settings(max_examples=150)
@given(_CASES, st.integers(0, 10**6))
def test_no_flipped_bit_of_a_proof_value_verifies(case: tuple[str, KeyKind], bit: int) -> None:
    secured, key = _signed(*case)
    proof = _proof(secured)
    value = str(proof["proofValue"])
    data = _flipped(decode_multibase(value, max_chars=10**6), bit)
    forged: JsonObject = {**proof, "proofValue": encode_multibase(data, base="u" if value[0] == "u" else "z")}
    with pytest.raises(SignatureError):
        suite_of(proof).verify(secured, forged, key.public_key)


@settings(max_examples=150)
@given(_CASES, st.integers(0, 10**6), st.characters(max_codepoint=127) | st.just(""))
def test_no_changed_character_of_a_proof_value_verifies(
    case: tuple[str, KeyKind], place: int, character: str
) -> None:
    secured, key = _signed(*case)
    proof = _proof(secured)
    value = str(proof["proofValue"])
    at = place % len(value)
    if value[at] != character:
        forged: JsonObject = {**proof, "proofValue": value[:at] + character + value[at + 1 :]}
        with pytest.raises(SignatureError):
            suite_of(proof).verify(secured, forged, key.public_key)


def _places(value: JsonValue, steps: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if steps:
        yield steps
    if isinstance(value, dict):
        for name, part in value.items():
            if steps or name != "proof":
                yield from _places(part, (*steps, name))
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from _places(part, (*steps, number))


def _container(document: JsonObject, steps: tuple[str | int, ...]) -> JsonObject | list[JsonValue]:
    value: JsonValue = document
    for step in steps:
        value = value[step]  # type: ignore[index]  # by construction
    assert isinstance(value, dict | list)
    return value


@settings(max_examples=300)
@given(_CASES, st.data())
def test_no_changed_document_verifies_as_wholly_signed(
    case: tuple[str, KeyKind], data: st.DataObject
) -> None:
    secured, key = _signed(*case)
    document = copy.deepcopy(secured)
    places = list(_places(document))
    for _ in range(data.draw(st.integers(1, 3))):
        steps = data.draw(st.sampled_from(places))
        try:
            parent = _container(document, steps[:-1])
            kind = data.draw(st.sampled_from(["replace", "remove", "add", "double", "reverse"]))
            if kind == "replace":
                parent[steps[-1]] = data.draw(_VALUES)  # type: ignore[index]  # by construction
            elif kind == "remove":
                del parent[steps[-1]]  # type: ignore[arg-type]  # by construction
            elif kind == "add" and isinstance(parent, dict):
                parent[data.draw(_NAMES)] = data.draw(_VALUES)
            elif kind == "double" and isinstance(parent, list):
                parent.append(copy.deepcopy(parent[0]))
            elif kind == "reverse" and isinstance(parent, list):
                parent.reverse()
        except (KeyError, IndexError, TypeError, AssertionError):
            continue  # an earlier change took the place away
    proof = _proof(secured)
    suite = suite_of(proof)
    document["proof"] = secured["proof"]
    with _or_refused():
        if suite.verify(document, proof, key.public_key) == ():
            # The same statements, so what changed says nothing: the order of types, or of members.
            assert _meaning(document, case[0]) == _meaning(secured, case[0])


def _meaning(document: JsonObject, name: str) -> bytes:
    if CRYPTOSUITES[name].signs_undefined_members:
        return canonicalize_jcs(document)
    return canonicalize({member: part for member, part in document.items() if member != "proof"})


@settings(max_examples=150)
@given(
    _CASES,
    _NAMES | st.sampled_from(["created", "proofPurpose", "verificationMethod", "previousProof"]),
    _VALUES,
)
def test_no_changed_proof_verifies_as_wholly_signed(
    case: tuple[str, KeyKind], name: str, value: JsonValue
) -> None:
    secured, key = _signed(*case)
    proof = _proof(secured)
    if proof.get(name) == value or (name == "@context" and value == secured["@context"]):
        return
    changed: JsonObject = {**proof, name: value}
    with _or_refused():
        suite = suite_of(changed)
        members = suite.verify({**secured, "proof": changed}, changed, key.public_key)
        assert members or value in (None, [])  # a word without a value says nothing in RDF


@settings(max_examples=60)
@given(st.lists(st.sampled_from(_POINTERS), max_size=5), st.lists(st.sampled_from(_POINTERS), max_size=4))
def test_whatever_is_selected_is_shown_and_verifies(mandatory: list[str], shown: list[str]) -> None:
    if not mandatory and not shown:
        return
    key = _signed("ecdsa-sd-2023", "P-256")[1]
    options = ProofOptions(verification_method=key.public_key.verification_method)
    proof = ECDSA_SD_2023.sign(_DOCUMENT, key, options, mandatory=mandatory)
    derived = ECDSA_SD_2023.derive({**_DOCUMENT, "proof": proof}, shown)
    assert ECDSA_SD_2023.verify(derived, _proof(derived), key.public_key) == ()
    expected = select(_DOCUMENT, [*mandatory, *shown])
    assert {name: part for name, part in derived.items() if name != "proof"} == expected


@settings(max_examples=200)
@given(st.sampled_from([0, 1, 2]), st.binary(max_size=80))
def test_any_bytes_are_a_proof_value_in_its_only_spelling_or_refused(header: int, payload: bytes) -> None:
    with _or_refused():
        value = parse_value(bytes([0xD9, 0x5D, header]) + payload, pointer="")
        assert value.encoded() == bytes([0xD9, 0x5D, header]) + payload


_CBOR = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4)
    | st.sampled_from([bytes(0), bytes(32), bytes(35), bytes(64), bytes(96)]),
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.dictionaries(st.integers(-1, 3) | st.text(max_size=2), inner, max_size=3)
    ),
    max_leaves=12,
)  # fmt: skip


@settings(max_examples=200)
@given(st.sampled_from([0, 1]), st.lists(_CBOR, min_size=4, max_size=6))
def test_any_five_items_are_a_proof_value_or_refused(header: int, items: list[object]) -> None:
    with _or_refused():
        parse_value(bytes([0xD9, 0x5D, header]) + cbor2.dumps(items), pointer="")


@given(st.text("/~01ax@", max_size=12))
def test_any_text_is_a_pointer_into_the_document_or_refused(pointer: str) -> None:
    with _or_refused():
        select({"": {"a": [1, {"x": 2}]}, "a": 1, "@a": None, "~": 0, "/": 1}, [pointer])


@given(
    st.dictionaries(st.sampled_from(["proofPurpose", "created", "expires", "previousProof", "id"]), _VALUES)
)
def test_any_members_of_a_proof_are_judged_without_surprise(proof: JsonObject) -> None:
    with _or_refused():
        check_members({"proofPurpose": "assertionMethod", **proof})
        previous_proofs({"proof": [proof, {"id": "x"}]}, proof)
