"""Tokens judged by another JOSE library, `jose` in JavaScript, and its tokens by us."""

from __future__ import annotations

import pytest

from independent_program import install, run
from issued_badges import LATER, small_document
from openbadge_issuer import verify
from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.signing.public_key import KeyKind
from openbadge_issuer.signing.sd_jwt_vc import sign_vc_sd_jwt
from openbadge_issuer.signing.signing_key import SigningKey
from openbadge_issuer.signing.vc_jose_cose import sign_vc_jose
from openbadge_issuer.signing.vc_jwt import sign_jwt

BADGE: JsonObject = {name: value for name, value in small_document().items() if name != "proof"}
KINDS: tuple[KeyKind, ...] = ("Ed25519", "P-256", "P-384", "RSA")
TYPES = {"vc-jwt": "JWT", "vc+jwt": "vc+jwt", "vc+sd-jwt": "vc+sd-jwt"}
THEIRS = ("EdDSA", "Ed25519", "ES256", "ES384", "RS256", "PS256")


def tokens(key: SigningKey) -> dict[str, str]:
    kid = key.public_key.verification_method
    shown = sign_vc_sd_jwt(BADGE, key, kid=kid, disclosable=["/name"])
    return {
        "vc-jwt": sign_jwt(BADGE, key, kid=kid),
        "vc+jwt": sign_vc_jose(BADGE, key, kid=kid),
        "vc+sd-jwt": shown.partition("~")[0],
    }


@pytest.fixture(scope="module")
def answers() -> dict[str, JsonObject]:
    """All jobs of this module go to one process."""
    install()
    jobs: JsonObject = {}
    for kind in KINDS:
        key = SigningKey.generate(kind, rsa_bits=2048)
        for name, token in tokens(key).items():
            jobs[f"{name}, {kind}"] = {"do": "verify", "token": token, "jwk": key.public_key.jwk}
            changed = f"{token[:-9]}{'A' if token[-9] != 'A' else 'B'}{token[-8:]}"
            jobs[f"{name}, {kind}, changed"] = {"do": "verify", "token": changed, "jwk": key.public_key.jwk}
    for alg in THEIRS:
        jobs[f"theirs, {alg}"] = {"do": "sign", "payload": BADGE, "alg": alg, "typ": "vc+jwt"}
    return run("tokens.mjs", {"jobs": jobs})


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", TYPES)
def test_a_token_of_ours_verifies_there(answers: dict[str, JsonObject], name: str, kind: KeyKind) -> None:
    answer = answers[f"{name}, {kind}"]
    assert answer["typ"] == TYPES[name]
    payload = answer["payload"]
    assert isinstance(payload, dict)
    assert payload.items() >= {member: BADGE[member] for member in BADGE if member != "name"}.items()
    assert answers[f"{name}, {kind}, changed"] == {"problem": "ERR_JWS_SIGNATURE_VERIFICATION_FAILED"}


@pytest.mark.parametrize("alg", THEIRS)
def test_a_token_of_theirs_verifies_here(answers: dict[str, JsonObject], alg: str) -> None:
    token = str(answers[f"theirs, {alg}"]["token"])
    report = verify(token, now=LATER)
    assert report.accepted, report
    header, payload, signature = token.split(".")
    letter = "A" if signature[5] != "A" else "B"
    changed = f"{header}.{payload}.{signature[:5]}{letter}{signature[6:]}"
    assert not verify(changed, now=LATER).accepted
