"""What must hold for every key, text and token."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from openbadge_issuer.assertions.json_text import JsonObject, dump_json
from openbadge_issuer.errors import OpenBadgeError
from openbadge_issuer.signing.base64url import decode_base64url, encode_base64url
from openbadge_issuer.signing.cryptosuite import add_proof, suite_of
from openbadge_issuer.signing.data_integrity import ProofOptions
from openbadge_issuer.signing.did_document import did_web_url
from openbadge_issuer.signing.multibase import MultibasePrefix, decode_multibase, encode_multibase
from openbadge_issuer.signing.public_key import KeyKind, PublicKey
from openbadge_issuer.signing.signing_key import SigningKey
from openbadge_issuer.signing.vc_jwt import check_claims, parse_jwt, sign_jwt, verify_jwt

_KINDS = st.sampled_from(("Ed25519", "P-256", "P-384", "RSA"))
_CREDENTIAL: JsonObject = {
    "@context": ["https://www.w3.org/ns/credentials/v2"],
    "id": "urn:uuid:6a1676b8-b51f-11ed-937b-d76685a20ff5",
    "type": ["VerifiableCredential"],
    "issuer": "https://issuer.example",
    "validFrom": "2026-01-31T11:00:00Z",
    "credentialSubject": {"id": "did:example:ada"},
}
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)

_CLAIM_MEMBERS = st.sampled_from(["iss", "sub", "jti", "nbf", "exp", "vc", "@context", "id", "issuer"])
_DATE_MEMBERS = st.sampled_from(["validFrom", "validUntil", "issuanceDate", "credentialSubject"])
_JWK_MEMBERS = st.sampled_from(["kty", "crv", "x", "y", "n", "e", "alg", "use", "key_ops", "d"])
_PROOF_MEMBERS = st.sampled_from(["type", "cryptosuite", "created", "proofPurpose", "proofValue"])


@cache
def _key(kind: KeyKind) -> SigningKey:
    return SigningKey.generate(kind, rsa_bits=2048)


@cache
def _token(kind: KeyKind) -> str:
    return sign_jwt(_CREDENTIAL, _key(kind), kid="https://issuer.example/key")


@contextmanager
def _or_refused() -> Iterator[None]:
    """Allow a refusal, which must have its sentence in both languages; nothing else may be raised."""
    try:
        yield
    except OpenBadgeError as error:
        error.sentence("en")
        error.sentence("nl")


def _flipped(data: bytes, position: int) -> bytes:
    changed = bytearray(data)
    changed[position // 8 % len(changed)] ^= 1 << position % 8
    return bytes(changed)


@given(st.binary(max_size=200), st.sampled_from(("z", "u")))
def test_multibase_reads_what_it_wrote(data: bytes, base: MultibasePrefix) -> None:
    assert decode_multibase(encode_multibase(data, base=base)) == data


@given(st.text(max_size=40) | st.from_regex(r"[zu][1-9A-HJ-NP-Za-km-z_-]{0,40}", fullmatch=True))
def test_multibase_has_one_spelling_or_is_refused(text: str) -> None:
    with _or_refused():
        data = decode_multibase(text)
        base: MultibasePrefix = "z" if text[0] == "z" else "u"
        assert encode_multibase(data, base=base) == text


@given(st.text(max_size=40) | st.text("ABab01-_+/= \n", max_size=20))
def test_base64url_has_one_spelling_or_is_refused(text: str) -> None:
    with _or_refused():
        assert encode_base64url(decode_base64url(text)) == text


@given(st.binary(min_size=32, max_size=32))
def test_every_real_ed25519_key_is_taken_in_every_form(seed: bytes) -> None:
    key = PublicKey.from_native(Ed25519PrivateKey.from_private_bytes(seed).public_key())
    assert PublicKey.from_multibase(key.multibase) == key
    assert PublicKey.from_jwk(key.jwk) == key
    assert PublicKey.from_pem(key.pem) == key
    assert PublicKey.from_did_key(key.did_key) == key


@given(st.sampled_from((b"\xed\x01", b"\x80\x24", b"\x85\x24")), st.binary(max_size=300))
def test_any_bytes_are_a_key_in_its_only_spelling_or_refused(codec: bytes, raw: bytes) -> None:
    text = encode_multibase(codec + raw)
    with _or_refused():
        assert PublicKey.from_multibase(text).multibase == text


@given(st.dictionaries(_JWK_MEMBERS, _JSON))
def test_any_object_is_a_jwk_or_refused(jwk: JsonObject) -> None:
    with _or_refused():
        PublicKey.from_jwk(jwk)


@given(_KINDS, st.integers(0, 10**6), st.binary(max_size=64))
def test_no_flipped_bit_of_a_signature_or_message_verifies(kind: KeyKind, bit: int, message: bytes) -> None:
    key = _key(kind)
    signature = key.sign(message)
    key.public_key.verify(message, signature)
    for altered, altered_signature in (
        (message, _flipped(signature, bit)),
        (_flipped(message or b"\0", bit), signature),
    ):
        with pytest.raises(OpenBadgeError):
            key.public_key.verify(altered, altered_signature)


@given(_KINDS, st.integers(0, 10**6))
def test_no_flipped_bit_of_a_key_verifies(kind: KeyKind, bit: int) -> None:
    key = _key(kind)
    signature = key.sign(b"message")
    text = encode_multibase(_flipped(decode_multibase(key.public_key.multibase), bit))
    with pytest.raises(OpenBadgeError):
        PublicKey.from_multibase(text).verify(b"message", signature)


@settings(max_examples=300)
@given(_KINDS, st.integers(0, 10**6))
def test_no_flipped_bit_of_a_token_verifies(kind: KeyKind, bit: int) -> None:
    token = _flipped(_token(kind).encode(), bit)
    with pytest.raises(OpenBadgeError):
        verify_jwt(parse_jwt(token), _key(kind).public_key)


@given(_KINDS, st.integers(0, 10**6), st.characters())
def test_no_changed_character_of_a_token_verifies(kind: KeyKind, place: int, character: str) -> None:
    token = _token(kind)
    position = place % len(token)
    if token[position] == character:
        return
    changed = token[:position] + character + token[position + 1 :]
    with pytest.raises(OpenBadgeError):
        verify_jwt(parse_jwt(changed), _key(kind).public_key)


@given(st.text("ab.AZ09-_= ", max_size=40) | st.text(max_size=40))
def test_any_text_is_a_token_or_refused(text: str) -> None:
    with _or_refused():
        parse_jwt(text)


@given(
    st.dictionaries(st.sampled_from(["alg", "typ", "kid", "jwk", "crit", "x"]), _JSON),
    st.dictionaries(_CLAIM_MEMBERS | _DATE_MEMBERS, _JSON),
)
def test_any_header_and_claims_are_judged_without_surprise(header: JsonObject, payload: JsonObject) -> None:
    try:
        parts = [encode_base64url(dump_json(part)) for part in ({"alg": "ES256", **header}, payload)]
    except ValueError:  # infinity is no JSON
        return
    with _or_refused():
        check_claims(parse_jwt(".".join([*parts, "AAAA"])))


@given(st.dictionaries(_PROOF_MEMBERS, _JSON))
def test_any_proof_object_is_judged_without_surprise(proof: JsonObject) -> None:
    for fitting in ({}, {"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022"}):
        with _or_refused():
            named = {**proof, **fitting}
            suite_of(named).check(named)


@settings(max_examples=50)
@given(st.integers(0, 511))
def test_no_flipped_bit_of_a_proof_value_verifies(bit: int) -> None:
    key = _key("Ed25519")
    secured = add_proof(_CREDENTIAL, key, ProofOptions(verification_method="https://issuer.example#key"))
    proof = secured["proof"]
    assert isinstance(proof, dict)
    value = encode_multibase(_flipped(decode_multibase(str(proof["proofValue"])), bit))
    changed: JsonObject = {**proof, "proofValue": value}
    with pytest.raises(OpenBadgeError):
        suite_of(changed).verify(secured, changed, key.public_key)


@given(st.text("abz019.:%2F3A-#/@", max_size=30))
def test_a_did_web_leads_to_its_own_host_or_is_refused(rest: str) -> None:
    with _or_refused():
        url = did_web_url(f"did:web:{rest}")
        host = rest.split(":", maxsplit=1)[0].lower().partition("%3a")[0]
        assert url.startswith((f"https://{host}/", f"https://{host}:"))
        assert url.endswith("/did.json")
        assert "/../" not in url
        assert "//" not in url.removeprefix("https://")
