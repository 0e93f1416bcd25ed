"""The plain compact JWS of Open Badges 2.0, read back by ours and by another library."""

from __future__ import annotations

import json

import pytest
from joserfc import jws as other_library
from joserfc.jwk import ECKey, RSAKey

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.errors import IssuingError
from openbadge_issuer.signing.jws import sign_jws
from openbadge_issuer.signing.signing_key import SigningKey
from openbadge_issuer.signing.vc_jwt import parse_jwt, verify_jwt

PAYLOAD: JsonObject = {"@context": "https://w3id.org/openbadges/v2", "type": "Assertion", "name": "é"}
KEYS = {kind: SigningKey.generate(kind) for kind in ("RSA", "P-256", "Ed25519")}


@pytest.mark.parametrize("kind", KEYS)
def test_every_reader_finds_the_payload_and_nothing_else(kind: str) -> None:
    key = KEYS[kind]
    token = sign_jws(PAYLOAD, key)
    read = parse_jwt(token)
    verify_jwt(read, key.public_key)
    assert (read.header, read.payload) == ({"alg": key.algorithm}, PAYLOAD)


@pytest.mark.parametrize("kind", ["RSA", "P-256"])  # the other library warns of the name EdDSA (RFC 9864)
def test_another_library_reads_it(kind: str) -> None:
    key = KEYS[kind]
    pem = key.public_key.pem
    known = RSAKey.import_key(pem) if kind == "RSA" else ECKey.import_key(pem)
    theirs = other_library.deserialize_compact(sign_jws(PAYLOAD, key), known, algorithms=[key.algorithm])
    assert json.loads(theirs.payload or b"") == PAYLOAD


def test_what_json_cannot_say_is_not_signed() -> None:
    with pytest.raises(IssuingError) as caught:
        sign_jws({"value": float("nan")}, KEYS["Ed25519"])
    assert caught.value.code == "JWT-NOT-JSON"
