"""Tokens held against another JOSE library, `jose` in JavaScript: each verifies what the other signed.

It judges the signature and the dates; what else the claims must say is for us alone.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from changed_proofs import TOKEN, Strangers
from independent_program import Program, running
from issued_badges import LATER, small_document
from keys_by_algorithm import KEYS, key_named_by
from openbadge_issuer import verify
from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.assertions.moments import write_date_time
from openbadge_issuer.signing.public_key import Algorithm
from openbadge_issuer.signing.vc_jose_cose import sign_vc_jose
from openbadge_issuer.signing.vc_jwt import parse_jwt, sign_jwt
from openbadge_issuer.signing.vc_jwt_claims import claims_for

BADGE: JsonObject = {name: value for name, value in small_document().items() if name != "proof"}
TYPES = {"vc-jwt": "JWT", "vc+jwt": "vc+jwt"}
REFUSED = {"['ERR_JWS_SIGNATURE_VERIFICATION_FAILED']", "['ERR_JOSE_NOT_SUPPORTED']"}
"""The signature does not hold, or the key is not for the algorithm that the header names."""
THEIRS = ("EdDSA", "Ed25519", "ES256", "ES384", "RS256", "PS256")


@pytest.fixture(scope="module")
def jose() -> Iterator[Program]:
    """The other library, in one process for this module."""
    with running("tokens.mjs") as program:
        yield program


def signed_here(name: str, algorithm: Algorithm) -> str:
    sign = {"vc-jwt": sign_jwt, "vc+jwt": sign_vc_jose}[name]
    key = KEYS[algorithm]
    issuer = BADGE["issuer"]
    assert isinstance(issuer, dict)
    badge: JsonObject = {**BADGE, "issuer": {**issuer, "id": key.did_key}}
    return sign(badge, key, kid=key.public_key.verification_method)


def signed_there(jose: Program, name: str, algorithm: str) -> str:
    claims = claims_for(BADGE) if name == "vc-jwt" else {}
    return str(jose.ask("sign", payload={**BADGE, **claims}, alg=algorithm, typ=TYPES[name])["token"])


def judged_there(jose: Program, token: str) -> JsonObject:
    return jose.ask("verify", token=token, jwk=key_named_by(token).jwk, now=write_date_time(LATER))


def check_alike(jose: Program, token: str, name: str) -> None:
    """Both accept a token, and neither accepts any changed form of it."""
    report = verify(token, now=LATER)
    assert report.accepted, report
    assert judged_there(jose, token) == {"payload": parse_jwt(token).payload, "typ": TYPES[name]}
    strangers = Strangers.to(key_named_by(token).kind)
    for change, changed in TOKEN.items():
        other = changed(token, strangers)
        assert not verify(other, now=LATER).accepted, change
        assert str(judged_there(jose, other)["problems"]) in REFUSED, change


@pytest.mark.parametrize("algorithm", KEYS)
@pytest.mark.parametrize("name", TYPES)
def test_a_token_of_ours_verifies_there_until_it_is_changed(
    jose: Program, name: str, algorithm: Algorithm
) -> None:
    check_alike(jose, signed_here(name, algorithm), name)


@pytest.mark.parametrize("algorithm", THEIRS)
@pytest.mark.parametrize("name", TYPES)
def test_a_token_of_theirs_verifies_here_until_it_is_changed(
    jose: Program, name: str, algorithm: str
) -> None:
    token = signed_there(jose, name, algorithm)
    assert parse_jwt(token).algorithm == algorithm
    check_alike(jose, token, name)
