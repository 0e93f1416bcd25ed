"""The signed list of what a compromised key really signed, and who can be fooled by it: nobody."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from issued_badges import did_issuer, small
from key_rings import DID, NOW, ONE, THREE, TWO
from openbadge_issuer.assertions.json_text import JsonObject, parse_json_object
from openbadge_issuer.errors import OpenBadgeError, SignatureError
from openbadge_issuer.signing import compromise
from openbadge_issuer.signing.compromise import (
    CompromisedKey,
    CompromiseList,
    read_compromise_list,
    sign_compromise_list,
    signature_digest,
    signed_before_compromise,
)
from openbadge_issuer.signing.ecdsa_sd_proof_value import MAX_PROOF_VALUE_CHARS, BaseValue, DerivedValue
from openbadge_issuer.signing.multibase import decode_multibase, encode_multibase
from openbadge_issuer.signing.sealing import ProofFormat
from openbadge_issuer.signing.signing_key import SigningKey
from openbadge_issuer.signing.vc_jwt import VcJwt, parse_jwt, sign_payload

METHOD = f"{DID}#key-2"


def badge(key: SigningKey = ONE, proof: ProofFormat = "eddsa-rdfc-2022") -> JsonObject | VcJwt:
    """Issue a badge and return what secures it: a proof, or the token."""
    data = small(did_issuer(key), proof=proof).data
    if not data.startswith(b"{"):
        return parse_jwt(data)
    found = parse_json_object(data)["proof"]
    assert isinstance(found, dict)
    return found


PROOF = badge()
LIST = CompromiseList(DID, NOW, (CompromisedKey(ONE.public_key, NOW, frozenset({signature_digest(PROOF)})),))


def refused(code: str, pointer: str | None = None) -> pytest.RaisesExc[OpenBadgeError]:
    return pytest.RaisesExc(
        OpenBadgeError,
        check=lambda error: error.code == code and pointer in (None, error.pointer) and bool(str(error)),
    )


def test_a_list_is_read_as_it_was_signed() -> None:
    data = sign_compromise_list(LIST, TWO, verification_method=METHOD)
    received = read_compromise_list(data)
    assert (received.issuer, received.kid) == (DID, METHOD)
    assert received.verify(TWO.public_key) == LIST
    assert read_compromise_list(data.decode() + "\n").verify(TWO.public_key) == LIST


@pytest.mark.parametrize("proof", ["eddsa-rdfc-2022", "eddsa-jcs-2022", "vc-jwt", "vc+jwt"])
def test_what_the_owner_signed_is_in_it_and_nothing_else_is(proof: ProofFormat) -> None:
    own, forged = badge(proof=proof), badge(SigningKey.generate(), proof=proof)
    listed = CompromiseList(
        DID, NOW, (CompromisedKey(ONE.public_key, NOW, frozenset({signature_digest(own)})),)
    )
    assert signed_before_compromise(listed, own, key=ONE.public_key)
    assert not signed_before_compromise(listed, forged, key=ONE.public_key)
    assert not signed_before_compromise(listed, own, key=TWO.public_key)
    assert not signed_before_compromise(LIST, forged, key=ONE.public_key)


def test_a_thief_who_dates_a_proof_back_is_not_in_it() -> None:
    """The proof is good in every other way: the key is the issuer's and the date lies before the theft."""
    forged = small(did_issuer(ONE), evidence=("https://badges.example/forged",)).data
    proof = parse_json_object(forged)["proof"]
    assert isinstance(proof, dict)
    assert proof["created"] == "2026-03-01T12:00:00Z"
    assert not signed_before_compromise(LIST, proof, key=ONE.public_key)


def test_the_bytes_of_a_signature_count_not_their_spelling() -> None:
    assert isinstance(PROOF, dict)
    other = {**PROOF, "proofValue": encode_multibase(decode_multibase(str(PROOF["proofValue"])), base="u")}
    assert signature_digest(other) == signature_digest(PROOF)


def test_a_proof_with_selective_disclosure_is_known_in_whatever_it_discloses() -> None:
    signature, key = bytes(range(64)), b"\x80\x24" + bytes(33)
    base = BaseValue(signature, key, bytes(32), (), ())
    derived = DerivedValue(signature, key, (bytes(64),), {}, (1,))
    proofs: list[JsonObject] = [
        {"cryptosuite": "ecdsa-sd-2023", "proofValue": encode_multibase(value.encoded(), base="u")}
        for value in (base, derived)
    ]
    assert proofs[0] != proofs[1]
    digests = {signature_digest(proof) for proof in proofs}
    assert len(digests) == 1


def test_a_proof_of_the_largest_size_that_is_issued_is_in_the_list() -> None:
    """A learner record of 160 badges has a proof value of 282,172 characters."""
    value = BaseValue(b"s" * 64, b"k" * 35, b"h" * 32, (b"x" * 64,) * 11_900, ())
    text = encode_multibase(value.encoded(), base="u")
    assert 1_000_000 < len(text) <= MAX_PROOF_VALUE_CHARS
    small = encode_multibase(b"s" * 64)
    assert signature_digest({"cryptosuite": "ecdsa-sd-2023", "proofValue": text}) == signature_digest(
        {"proofValue": small}
    )
    with pytest.raises(SignatureError) as error:
        signature_digest({"cryptosuite": "ecdsa-sd-2023", "proofValue": text + "A" * 100_000})
    assert error.value.code == "PROOF-VALUE"


@pytest.mark.parametrize(
    "proof",
    [
        {},
        {"proofValue": 7},
        {"proofValue": "x"},
        {"proofValue": "z" * 5000},
        {"cryptosuite": "ecdsa-sd-2023", "proofValue": "z2"},
        {"cryptosuite": "ecdsa-sd-2023", "proofValue": "uAAAA"},
    ],
)
def test_a_proof_without_a_signature_is_in_no_list(proof: JsonObject) -> None:
    assert not signed_before_compromise(LIST, proof, key=ONE.public_key)
    with pytest.raises(SignatureError) as error:
        signature_digest(proof)
    assert error.value.code in {"PROOF-VALUE", "SD-VALUE"}


def test_a_compromised_key_does_not_vouch_for_itself() -> None:
    with refused("COMPROMISE-SIGNER"):
        sign_compromise_list(LIST, ONE, verification_method=f"{DID}#key-1")
    payload = read_compromise_list(sign_compromise_list(LIST, TWO, verification_method=METHOD)).token.payload
    forged = sign_payload(payload, ONE, kid=f"{DID}#key-1", typ=compromise.LIST_TOKEN_TYPE)
    with refused("COMPROMISE-SIGNER"):
        read_compromise_list(forged).verify(ONE.public_key)


def test_a_list_by_another_key_or_changed_on_the_way_is_refused() -> None:
    data = sign_compromise_list(LIST, THREE, verification_method=METHOD).decode()
    with refused("JWT-ALGORITHM-KEY"):
        read_compromise_list(data).verify(TWO.public_key)
    with refused("PROOF-SIGNATURE"):
        read_compromise_list(data).verify(SigningKey.generate("P-256").public_key)
    header, _, signature = data.split(".")
    other = sign_compromise_list(CompromiseList(DID, NOW, ()), THREE, verification_method=METHOD).decode()
    with refused("PROOF-SIGNATURE"):
        read_compromise_list(f"{header}.{other.split('.')[1]}.{signature}").verify(THREE.public_key)


def test_a_badge_is_no_list_and_a_list_is_no_badge() -> None:
    with refused("JWT-TYPE"):
        read_compromise_list(small(did_issuer(ONE), proof="vc-jwt").data)
    with refused("JWT-TYPE"):
        parse_jwt(sign_compromise_list(LIST, TWO, verification_method=METHOD))


def test_digests_tell_no_order_of_events() -> None:
    many = frozenset(signature_digest({"proofValue": encode_multibase(bytes([n]))}) for n in range(50))
    listed = CompromiseList(DID, NOW, (CompromisedKey(ONE.public_key, NOW, many),))
    token = read_compromise_list(sign_compromise_list(listed, TWO, verification_method=METHOD)).token
    written = json.loads(json.dumps(token.payload))["keys"][0]["signed"]
    assert written == sorted(written)
    assert len(written) == 50


def payload(**changes: object) -> dict[str, object]:
    key: Mapping[str, object] = {
        "publicKeyJwk": ONE.public_key.jwk,
        "since": "2026-03-01T12:00:00Z",
        "signed": ["A" * 43],
    }
    inner = {name: value for name, value in changes.items() if name in key}
    outer = {name: value for name, value in changes.items() if name not in key}
    return {"iss": DID, "iat": 1772366400, "keys": [{**key, **inner}], **outer}


def signed(document: dict[str, object]) -> str:
    plain = parse_json_object(json.dumps(document))
    return sign_payload(plain, TWO, kid=METHOD, typ=compromise.LIST_TOKEN_TYPE)


def test_the_smallest_list_is_read() -> None:
    listed = read_compromise_list(signed(payload())).verify(TWO.public_key)
    assert listed.issued == datetime(2026, 3, 1, 12, tzinfo=UTC)
    entry = listed.entry(ONE.public_key)
    assert entry is not None
    assert (entry.since, entry.signed) == (NOW, frozenset({"A" * 43}))
    assert listed.entry(TWO.public_key) is None


@pytest.mark.parametrize(
    ("document", "pointer"),
    [
        (payload(iss=None), "/iss"),
        (payload(iss=""), "/iss"),
        (payload(iat="now"), "/iat"),
        (payload(iat=True), "/iat"),
        (payload(iat=-1), "/iat"),
        (payload(iat=2**40), "/iat"),
        (payload(keys={}), "/keys"),
        (payload(keys=[{}] * 81), "/keys"),
        (payload(keys=[*payload()["keys"], *payload()["keys"]]), "/keys"),  # type: ignore[misc]  # a list
        (payload(keys=[7]), "/keys/0"),
        (payload(publicKeyJwk="x"), "/keys/0/publicKeyJwk"),
        (payload(publicKeyJwk={**ONE.public_key.jwk, "d": "AA"}), "/keys/0/publicKeyJwk"),
        (payload(since="yesterday"), "/keys/0/since"),
        (payload(since=None), "/keys/0/since"),
        (payload(signed="A" * 43), "/keys/0/signed"),
        (payload(signed=["A" * 42]), "/keys/0/signed/0"),
        (payload(signed=["A" * 43, "A" * 42 + "="]), "/keys/0/signed/1"),
        (payload(signed=[None]), "/keys/0/signed/0"),
    ],
)
def test_a_list_of_another_shape_is_refused_with_the_place(document: dict[str, object], pointer: str) -> None:
    with refused("COMPROMISE-FORMAT", pointer):
        read_compromise_list(signed(document))


def test_a_list_must_name_its_key() -> None:
    token = sign_payload(
        parse_json_object(json.dumps(payload())), TWO, kid=None, typ=compromise.LIST_TOKEN_TYPE
    )
    with refused("COMPROMISE-FORMAT", "/iss"):
        read_compromise_list(token)


def test_a_list_has_its_limit_both_ways(monkeypatch: pytest.MonkeyPatch) -> None:
    data = sign_compromise_list(LIST, TWO, verification_method=METHOD)
    monkeypatch.setattr(compromise, "MAX_SIGNED", 0)
    with refused("COMPROMISE-SIZE"):
        sign_compromise_list(LIST, TWO, verification_method=METHOD)
    with refused("COMPROMISE-SIZE"):
        read_compromise_list(data)


@pytest.mark.parametrize("data", [b"", b"{}", b"a.b.c", "é", b"\xff.\xff.\xff"])
def test_what_is_no_token_is_refused(data: bytes | str) -> None:
    with pytest.raises(OpenBadgeError):
        read_compromise_list(data)
