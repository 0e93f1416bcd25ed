"""VC-JWT against joserfc, an independent implementation of JOSE, and against published tokens."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import pytest
from joserfc import jws
from joserfc.jwk import ECKey, OKPKey, RSAKey

from openbadge_issuer.assertions.json_text import JsonObject, dump_json
from openbadge_issuer.errors import SignatureError, UnsupportedError
from openbadge_issuer.signing.public_key import KeyKind, PublicKey
from openbadge_issuer.signing.signing_key import SigningKey
from openbadge_issuer.signing.vc_jwt import check_claims, parse_jwt, sign_jwt, verify_jwt

# joserfc warns of the name EdDSA since RFC 9864; badges still use it.
pytestmark = pytest.mark.filterwarnings("ignore::joserfc.errors.SecurityWarning")

_KINDS: tuple[KeyKind, ...] = ("Ed25519", "P-256", "RSA")
_CREDENTIAL: JsonObject = {
    "@context": ["https://www.w3.org/ns/credentials/v2"],
    "id": "urn:uuid:6a1676b8-b51f-11ed-937b-d76685a20ff5",
    "type": ["VerifiableCredential"],
    "issuer": {"id": "https://issuer.example", "name": "Ünïted"},
    "validFrom": "2026-01-31T11:00:00Z",
    "validUntil": "2027-01-31T11:00:00Z",
    "credentialSubject": {"id": "did:example:ada"},
}
_CLAIMS: JsonObject = {
    "iss": "https://issuer.example",
    "sub": "did:example:ada",
    "jti": "urn:uuid:6a1676b8-b51f-11ed-937b-d76685a20ff5",
    "nbf": 1769857200,
    "exp": 1801393200,
}


@cache
def _our_key(kind: KeyKind) -> SigningKey:
    return SigningKey.generate(kind, rsa_bits=2048)


@cache
def _their_key(kind: KeyKind) -> OKPKey | ECKey | RSAKey:
    if kind == "Ed25519":
        return OKPKey.generate_key("Ed25519")
    return ECKey.generate_key("P-256") if kind == "P-256" else RSAKey.generate_key(2048)


def _their_public(key: PublicKey) -> OKPKey | ECKey | RSAKey:
    members = json.loads(dump_json(key.jwk))
    if key.kind == "Ed25519":
        return OKPKey.import_key(members)
    return ECKey.import_key(members) if key.kind == "P-256" else RSAKey.import_key(members)


@pytest.mark.parametrize("kind", _KINDS)
def test_joserfc_verifies_our_tokens(kind: KeyKind) -> None:
    key = _our_key(kind)
    token = sign_jwt(_CREDENTIAL, key, kid=None)
    registry = jws.JWSRegistry(algorithms=[key.algorithm])
    registry.max_header_length = 4096  # an RSA key in the header takes more than its default
    theirs = jws.deserialize_compact(token, _their_public(key.public_key), registry=registry)
    assert theirs.headers() == {"alg": key.algorithm, "typ": "JWT", "jwk": key.public_key.jwk}
    assert json.loads(theirs.payload or b"") == {**_CREDENTIAL, **_CLAIMS}


@pytest.mark.parametrize(
    ("kind", "algorithm"),
    [("Ed25519", "EdDSA"), ("Ed25519", "Ed25519"), ("P-256", "ES256"), ("RSA", "RS256")],
)
def test_we_verify_tokens_of_joserfc(kind: KeyKind, algorithm: str) -> None:
    theirs = _their_key(kind)
    payload = dump_json({**_CREDENTIAL, **_CLAIMS})
    token = jws.serialize_compact({"alg": algorithm, "typ": "JWT"}, payload, theirs, algorithms=[algorithm])
    jwt = parse_jwt(token)
    key = PublicKey.from_jwk(json.loads(json.dumps(theirs.as_dict(private=False))))
    verify_jwt(jwt, key)
    assert jwt.credential == _CREDENTIAL
    assert check_claims(jwt) == ()
    with pytest.raises(SignatureError):
        verify_jwt(jwt, _our_key(kind).public_key)


@pytest.mark.parametrize("kind", _KINDS)
def test_both_name_a_key_by_the_same_thumbprint(kind: KeyKind) -> None:
    key = _our_key(kind).public_key
    assert _their_public(key).thumbprint() == key.thumbprint


def test_published_tokens_are_taken_apart(conformance: Path) -> None:
    """Their signing keys are not published, so this is about parsing alone."""
    tokens = json.loads((conformance / "vectors/vc-jose-cose/tokens.json").read_bytes())["tokens"]
    parsed = [parse_jwt(entry["token"]) for entry in tokens if entry["form"] == "jwt"]
    assert parsed
    for jwt in parsed:
        assert "https://www.w3.org/ns/credentials/v2" in str(jwt.credential["@context"])
        with pytest.raises((SignatureError, UnsupportedError)):
            verify_jwt(jwt, _our_key("P-256").public_key)


def test_the_corpus_token_verifies_under_the_key_in_its_header(conformance: Path) -> None:
    """What such a key proves about the issuer is another question; here it is about the signature.

    The corpus calls this badge valid although it lacks the claim `sub`, which the specification requires
    and the reference validator does not look at.
    """
    picture = (conformance / "corpus-1edtech/files/ob30/simple-jwt.svg").read_text(encoding="utf-8")
    token = re.search(r"eyJ[\w-]+\.[\w-]+\.[\w-]+", picture, re.ASCII)
    assert token is not None
    jwt = parse_jwt(token[0])
    assert jwt.jwk is not None
    verify_jwt(jwt, PublicKey.from_jwk(jwt.jwk))
    assert [problem.code for problem in check_claims(jwt)] == ["JWT-SUB-MISSING"]
