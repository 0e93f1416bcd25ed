"""SD-JWT held against a library of the OpenWallet Foundation: issuers, holders and verifiers, crosswise."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest

from changed_proofs import DISCLOSED, SIGNED_PART, Strangers
from independent_program import Program, running
from issued_badges import LATER, NOW, small_document
from keys_by_algorithm import KEYS, key_named_by
from openbadge_issuer import verify
from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.assertions.moments import write_date_time
from openbadge_issuer.errors import OpenBadgeError
from openbadge_issuer.signing.public_key import Algorithm, PublicKey
from openbadge_issuer.signing.sd_jwt_making import bind
from openbadge_issuer.signing.sd_jwt_vc import (
    disclose,
    parse_sd_jwt_vc,
    sign_sd_jwt_vc,
    sign_vc_sd_jwt,
    verify_key_binding,
    verify_sd_jwt,
)
from openbadge_issuer.signing.signing_key import SigningKey

HOLDER = SigningKey.generate("P-256")
NONCE, AUDIENCE = "n-7", "https://verifier.example"
SIDES = ("here", "there")

REFUSALS = {
    f"['{problem}']"
    for problem in (
        "ERR_JWS_SIGNATURE_VERIFICATION_FAILED",
        "ERR_JOSE_NOT_SUPPORTED",
        "Verify Error: no signature in JWT",
        "Unreferenced disclosure(s) detected in SD-JWT",
        "Key Binding JWT not exist",
        "Invalid sd_hash in Key Binding JWT",
        "Verify Error: Invalid Nonce",
    )
}
"""What the other library says of a changed token."""

BADGE: JsonObject = {name: value for name, value in small_document().items() if name != "proof"}
DIPLOMA: JsonObject = {
    "vct": "https://badges.example/diploma",
    "iss": "https://badges.example",
    "issuer": {"name": "Breakthrough"},
    "given_name": "Ada",
    "address": {"city": "Utrecht", "country": "NL"},
    "courses": ["algebra", {"name": "logic", "grade": 8}],
}
CLAIMS = {"vc+sd-jwt": BADGE, "dc+sd-jwt": DIPLOMA}
CONCEALED = {
    "vc+sd-jwt": ["/name", "/credentialSubject/achievement/description"],
    "dc+sd-jwt": ["/given_name", "/address/city", "/courses/1", "/courses/1/grade"],
}
SHOWN = {"vc+sd-jwt": ["/credentialSubject/achievement/description"], "dc+sd-jwt": ["/courses/1/grade"]}
HIDDEN = {"vc+sd-jwt": "name", "dc+sd-jwt": "given_name"}
FRAMES: dict[str, JsonObject] = {
    "vc+sd-jwt": {"_sd": ["name"], "credentialSubject": {"achievement": {"_sd": ["description"]}}},
    "dc+sd-jwt": {
        "_sd": ["given_name"], "address": {"_sd": ["city"]}, "courses": {"_sd": [1], "1": {"_sd": ["grade"]}},
    },
}  # fmt: skip
"""`CONCEALED` in the words of the other library."""
SHOWN_FRAMES: dict[str, JsonObject] = {
    "vc+sd-jwt": {"credentialSubject": {"achievement": {"description": True}}},
    "dc+sd-jwt": {"courses": {"1": {"grade": True}}},
}
"""`SHOWN` in the words of the other library."""


@pytest.fixture(scope="module")
def wallet() -> Iterator[Program]:
    """The other library, in one process for this module."""
    with running("sd_jwt.mjs") as program:
        yield program


def issued(side: str, wallet: Program, typ: str, algorithm: Algorithm, holder: PublicKey) -> str:
    """Let one side issue a credential that is bound to a holder's key."""
    if side == "there":
        bound: JsonObject = {**CLAIMS[typ], "cnf": {"jwk": holder.jwk}}
        job: JsonObject = {"claims": bound, "concealed": FRAMES[typ], "typ": typ, "alg": algorithm}
        return str(wallet.ask("issue", **job)["token"])
    key = KEYS[algorithm]
    issuer: JsonValue = {**small_issuer(), "id": key.did_key} if typ == "vc+sd-jwt" else CLAIMS[typ]["issuer"]
    kid = key.public_key.verification_method
    claims = {**CLAIMS[typ], "issuer": issuer}
    concealed = CONCEALED[typ]
    if typ == "vc+sd-jwt":
        return sign_vc_sd_jwt(claims, key, kid=kid, disclosable=concealed, holder=holder, decoys=2)
    return sign_sd_jwt_vc(claims, key, kid=kid, disclosable=concealed, holder=holder, decoys=2)


def small_issuer() -> JsonObject:
    issuer = BADGE["issuer"]
    assert isinstance(issuer, dict)
    return issuer


def presented(side: str, wallet: Program, typ: str, token: str) -> str:
    """Let one side's holder show a part, bound to its key."""
    if side == "here":
        return bind(disclose(token, SHOWN[typ]), HOLDER, nonce=NONCE, audience=AUDIENCE, issued=NOW)
    binding: JsonObject = {"iat": int(NOW.timestamp()), "nonce": NONCE, "aud": AUDIENCE}
    return str(wallet.ask("present", token=token, shown=SHOWN_FRAMES[typ], binding=binding)["token"])


def holder_key(side: str, wallet: Program) -> PublicKey:
    if side == "here":
        return HOLDER.public_key
    jwk = wallet.ask("holder")["jwk"]
    assert isinstance(jwk, dict)
    return PublicKey.from_jwk(jwk)


def accepted_here(token: str, *, nonce: str | None = NONCE) -> bool:
    """Verify the issuer's signature, what is disclosed, the binding, and, of a badge, all the rest."""
    try:
        parsed = parse_sd_jwt_vc(token)
        verify_sd_jwt(parsed, key_named_by(token))
        if nonce is not None:
            verify_key_binding(parsed, nonce=nonce, audience=AUDIENCE, at=NOW)
    except OpenBadgeError:
        return False
    return parsed.jwt.type == "dc+sd-jwt" or verify(token, now=LATER).accepted


def answer_there(wallet: Program, token: str, *, nonce: str | None = NONCE) -> JsonObject:
    jwk = key_named_by(token).jwk
    return wallet.ask("verify", token=token, jwk=jwk, nonce=nonce, now=write_date_time(NOW))


_ROWS = [
    pytest.param(typ, algorithm, signer, holder, id=f"{typ}, {algorithm}, {signer} to {holder}")
    for typ, algorithm, signer, holder in product(CLAIMS, KEYS, SIDES, SIDES)
]


@pytest.mark.parametrize(("typ", "algorithm", "signer", "holder"), _ROWS)
def test_what_a_holder_shows_verifies_on_both_sides_until_it_is_changed(
    wallet: Program, typ: str, algorithm: Algorithm, signer: str, holder: str
) -> None:
    token = issued(signer, wallet, typ, algorithm, holder_key(holder, wallet))
    bound = presented(holder, wallet, typ, token)
    assert accepted_here(bound)
    answer = answer_there(wallet, bound)
    parsed = parse_sd_jwt_vc(bound)
    assert parsed.key_binding is not None
    assert answer == {"claims": parsed.payload, "binding": parsed.key_binding.payload}
    assert HIDDEN[typ] not in parsed.payload
    assert set(SHOWN[typ]) <= set(parsed.places.values())

    shown = parsed.presented
    for name, change in {**SIGNED_PART, **DISCLOSED}.items():
        changed = change(shown, Strangers.to(key_named_by(token).kind))
        assert not accepted_here(changed, nonce=None), name
        answer = answer_there(wallet, changed, nonce=None)
        if name == "disclosure twice":  # RFC 9901, section 4, forbids it; it shows nothing else
            assert answer == {"claims": parsed.payload}
        else:
            assert str(answer["problems"]) in REFUSALS, name


@pytest.mark.parametrize(("signer", "holder"), [*product(SIDES, SIDES)])
@pytest.mark.parametrize("typ", CLAIMS)
def test_a_binding_is_for_one_showing_by_one_key_to_one_verifier(
    wallet: Program, typ: str, signer: str, holder: str
) -> None:
    token = issued(signer, wallet, typ, "ES256", holder_key(holder, wallet))
    bound = presented(holder, wallet, typ, token)
    shown, binding = bound.rsplit("~", maxsplit=1)
    less = shown.rpartition("~")[0]
    stranger = SigningKey.generate("P-256")
    changed = {
        "left out": f"{shown}~",
        "of more than is shown": f"{less}~{binding}",
        "of less than is shown": f"{shown}~{token.split('~')[1]}~{binding}",
        "by another key": bind(f"{shown}~", stranger, nonce=NONCE, audience=AUDIENCE, issued=NOW),
        "with a changed signature": f"{bound[:-20]}{'A' if bound[-20] != 'A' else 'B'}{bound[-19:]}",
    }
    for name, other in changed.items():
        assert not accepted_here(other), name
        assert str(answer_there(wallet, other)["problems"]) in REFUSALS, name
    assert not accepted_here(bound, nonce="n-8")
    assert str(answer_there(wallet, bound, nonce="n-8")["problems"]) in REFUSALS


@pytest.mark.parametrize("typ", CLAIMS)
def test_the_same_parts_are_shown_on_both_sides(wallet: Program, typ: str) -> None:
    token = issued("here", wallet, typ, "ES256", holder_key("there", wallet))
    ours = parse_sd_jwt_vc(disclose(token, SHOWN[typ]))
    theirs = parse_sd_jwt_vc(presented("there", wallet, typ, token))
    assert ours.payload == theirs.payload
    assert {one.text for one in ours.disclosures} == {one.text for one in theirs.disclosures}
