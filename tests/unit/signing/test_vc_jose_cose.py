"""The tokens of W3C VC-JOSE-COSE: the credential itself is the payload."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest

from issued_badges import EMAIL, KEY, LATER, achievement, did_issuer, open_or_failed, small, small_document
from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.errors import DocumentError, IssuingError, OpenBadgeError, SignatureError
from openbadge_issuer.issuing import Recipient
from openbadge_issuer.signing.base64url import encode_base64url
from openbadge_issuer.signing.public_key import KeyKind
from openbadge_issuer.signing.sealing import ProofFormat
from openbadge_issuer.signing.signing_key import SigningKey
from openbadge_issuer.signing.vc_jose_cose import (
    check_vc_jose,
    is_vc_jose,
    parse_vp_jwt,
    sign_vc_jose,
    sign_vp_jose,
)
from openbadge_issuer.signing.vc_jwt import VcJwt, parse_jwt, sign_payload, verify_jwt
from openbadge_issuer.verification import verify

V1 = "https://www.w3.org/2018/credentials/v1"
KID = KEY.public_key.verification_method
MOMENT = datetime(2026, 3, 1, 12, tzinfo=UTC)


def badge(**changes: JsonValue) -> JsonObject:
    """Give the smallest badge without its proof, with members changed; None leaves a member out."""
    changed = {**small_document(), "proof": None, **changes}
    return {name: value for name, value in changed.items() if value is not None}


def signed(changes: Mapping[str, JsonValue], *, typ: str = "vc+jwt") -> VcJwt:
    return parse_jwt(sign_payload({**badge(), **changes}, KEY, kid=KID, typ=typ))


def seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def refused(call: object) -> tuple[type[OpenBadgeError], str]:
    assert callable(call)
    with pytest.raises(OpenBadgeError) as caught:
        call()
    assert caught.value.sentence("nl")
    return type(caught.value), caught.value.code


def test_the_moment_of_signing_stands_beside_the_credential(key: SigningKey) -> None:
    jwt = parse_jwt(sign_vc_jose(badge(), key, kid=KID, issued=MOMENT))
    assert jwt.payload == {**badge(), "iat": seconds(MOMENT)}
    assert (jwt.credential, check_vc_jose(jwt)) == (badge(), ())
    naive = MOMENT.replace(tzinfo=None)
    assert refused(lambda: sign_vc_jose(badge(), key, kid=KID, issued=naive)) == (
        IssuingError,
        "PROOF-NAIVE-TIME",
    )


@pytest.mark.parametrize("proof", ["vc-jwt", "vc+jwt"])
def test_an_issuer_always_says_when_a_token_was_signed(proof: ProofFormat) -> None:
    begin = MOMENT + timedelta(days=30)
    data = did_issuer().issue(
        achievement(), Recipient(email=EMAIL), proof=proof, now=MOMENT, valid_from=begin
    )
    token = parse_jwt(data.data)
    assert token.payload["iat"] == seconds(MOMENT)
    assert token.payload.get("nbf") == (seconds(begin) if proof == "vc-jwt" else None)
    assert token.credential["validFrom"] == "2026-03-31T12:00:00Z"


def test_the_payload_is_the_credential_and_nothing_else(key: SigningKey) -> None:
    jwt = parse_jwt(sign_vc_jose(badge(), key, kid="https://issuer.example/keys/1"))
    assert jwt.payload == jwt.credential == badge()
    header = {"alg": key.algorithm, "typ": "vc+jwt", "cty": "vc", "kid": "https://issuer.example/keys/1"}
    assert jwt.header == header
    assert (jwt.extra_headers, check_vc_jose(jwt), is_vc_jose(jwt)) == ((), (), True)
    verify_jwt(jwt, key.public_key)


def test_the_key_may_stand_in_the_header(keys: dict[KeyKind, SigningKey]) -> None:
    key = keys["P-384"]
    assert parse_jwt(sign_vc_jose(badge(), key, kid=None)).jwk == key.public_key.jwk


def test_a_badge_is_issued_and_verified() -> None:
    data = small(proof="vc+jwt").data
    report = verify(data, now=LATER)
    assert report.accepted, report
    assert open_or_failed(report) == {}
    assert parse_jwt(data).header["typ"] == "vc+jwt"


def test_a_token_needs_no_warning_of_terms_that_some_contexts_lack() -> None:
    endorsed = achievement(endorsement_jwt=(small(proof="vc+jwt").data.decode(),))
    cases: tuple[tuple[ProofFormat, bool], ...] = (("vc+jwt", False), ("eddsa-rdfc-2022", True))
    for proof, warned in cases:
        issued = did_issuer().issue(endorsed, Recipient(email=EMAIL), proof=proof, now=MOMENT)
        assert bool(issued.warnings) is warned


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"@context": [V1]}, "JWT-DATA-MODEL"),
        ({"iss": "did:example:a"}, "JWT-CLAIM-TAKEN"),
        ({"vc": {}}, "JWT-CLAIM-TAKEN"),
        ({"vp": {}}, "JWT-CLAIM-TAKEN"),
        ({"name": float("nan")}, "JWT-NOT-JSON"),
    ],
)
def test_what_would_be_ambiguous_is_not_signed(changes: JsonObject, code: str) -> None:
    assert refused(lambda: sign_vc_jose(badge(**changes), KEY, kid=KID)) == (IssuingError, code)


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ({}, []),
        ({"iss": KEY.did_key, "jti": "urn:uuid:1", "iat": 1, "aud": "x"}, []),
        ({"exp": seconds(LATER), "nbf": 1.5}, []),
        ({"iss": "did:example:other"}, [("JWT-ISS", "/iss")]),
        ({"iss": 1}, [("JWT-CLAIM-TYPE", "/iss")]),
        ({"sub": "did:example:ada"}, [("JWT-SUB-ONLY", "/sub")]),
        ({"sub": "did:example:bob", "credentialSubject": {"id": "did:example:ada"}}, [("JWT-SUB", "/sub")]),
        ({"jti": "urn:uuid:2"}, [("JWT-JTI", "/jti")]),
        ({"exp": "tomorrow"}, [("JWT-CLAIM-TYPE", "/exp")]),
        ({"iat": True}, [("JWT-CLAIM-TYPE", "/iat")]),
        ({"vp": {}}, [("JOSE-WRAPPED", "/vp")]),
        ({"@context": [V1]}, [("JOSE-DATA-MODEL", "/@context/0")]),
    ],
)
def test_claims_are_not_needed_but_must_agree(claims: JsonObject, expected: list[tuple[str, str]]) -> None:
    problems = check_vc_jose(signed(claims))
    assert [(problem.code, problem.pointer) for problem in problems] == expected


def test_a_credential_may_not_be_wrapped() -> None:
    jwt = parse_jwt(sign_payload({"vc": badge()}, KEY, kid=KID, typ="vc+jwt"))
    assert "JOSE-WRAPPED" in {problem.code for problem in check_vc_jose(jwt)}
    assert not verify(jwt.token, now=LATER).accepted


def test_the_type_decides_which_claims_are_needed() -> None:
    assert verify(signed({}, typ="application/VC+JWT").token, now=LATER).accepted
    report = verify(signed({}, typ="JWT").token, now=LATER)
    assert not report.accepted
    assert "JWT-ISS-MISSING" in open_or_failed(report)


@pytest.mark.parametrize(
    ("claims", "code"),
    [
        ({"exp": seconds(LATER) - 61}, "PROOF-EXPIRED"),
        ({"exp": seconds(LATER) - 59}, None),
        ({"exp": seconds(LATER) - 61, "validUntil": "2030-01-01T00:00:00Z"}, "PROOF-EXPIRED"),
        ({"exp": seconds(LATER) + 9, "validUntil": "2026-03-02T00:00:00Z"}, "DATE-EXPIRED"),
        ({"nbf": seconds(LATER) + 61}, "PROOF-NOT-YET"),
        ({"nbf": seconds(LATER) + 59}, None),
        ({"nbf": 1}, None),
    ],
)
def test_a_signature_ends_apart_from_the_credential(claims: JsonObject, code: str | None) -> None:
    found = open_or_failed(verify(signed(claims).token, now=LATER))
    assert (code in found) if code else found == {}


@pytest.mark.parametrize("algorithm", ["none", "HS256"])
def test_nobody_signs_for_the_issuer_without_the_key(algorithm: str) -> None:
    header = encode_base64url(f'{{"alg":"{algorithm}","typ":"vc+jwt"}}'.encode())
    payload = signed({}).token.split(".")[1]
    for signature in ("", encode_base64url(bytes(32))):
        token = f"{header}.{payload}.{signature}"
        assert refused(lambda token=token: parse_jwt(token)) == (SignatureError, "JWT-ALGORITHM")
        assert "JWT-ALGORITHM" in open_or_failed(verify(token, now=LATER))


def presentation() -> JsonObject:
    return {"@context": ["https://www.w3.org/ns/credentials/v2"], "type": ["VerifiablePresentation"]}


def test_a_presentation_is_signed_for_the_one_who_asked() -> None:
    token = sign_vp_jose(
        presentation(),
        KEY,
        kid=KID,
        challenge="n",
        audience=["https://a.example", "https://b.example"],
        issued=MOMENT,
        expires=MOMENT + timedelta(minutes=5),
    )
    jwt = parse_vp_jwt(token)
    assert jwt.credential == presentation()
    claims = {"nonce": "n", "aud": ["https://a.example", "https://b.example"]}
    assert jwt.payload == presentation() | claims | {
        "iat": seconds(MOMENT),
        "exp": seconds(MOMENT) + 300,
    }
    assert (jwt.header["typ"], jwt.header["cty"], jwt.extra_headers) == ("vp+jwt", "vp", ())


def test_a_presentation_is_no_credential_and_the_other_way_round() -> None:
    token = sign_vp_jose(presentation(), KEY, kid=KID, challenge="n", audience="a", issued=MOMENT)
    assert refused(lambda: parse_jwt(token)) == (DocumentError, "JWT-TYPE")
    assert refused(lambda: parse_vp_jwt(small(proof="vc+jwt").data)) == (DocumentError, "JWT-TYPE")


@pytest.mark.parametrize(
    ("changes", "issued", "code"),
    [
        ({"nonce": "x"}, MOMENT, "JWT-CLAIM-TAKEN"),
        ({"exp": 1}, MOMENT, "JWT-CLAIM-TAKEN"),
        ({}, MOMENT.replace(tzinfo=None), "PROOF-NAIVE-TIME"),
    ],
)
def test_a_presentation_that_would_be_ambiguous_is_not_signed(
    changes: JsonObject, issued: datetime, code: str
) -> None:
    document = presentation() | changes
    call = lambda: sign_vp_jose(document, KEY, kid=KID, challenge="n", audience="a", issued=issued)  # noqa: E731
    assert refused(call) == (IssuingError, code)


@pytest.mark.parametrize(("claim", "value"), [("vp", []), ("vp", "x"), ("vc", {})])
def test_a_wrapped_presentation_must_be_an_object(claim: str, value: JsonValue) -> None:
    token = sign_payload({claim: value}, KEY, kid=KID)
    assert refused(lambda: parse_vp_jwt(token)) == (DocumentError, "PRESENTATION-TYPE")


def test_a_wrapped_presentation_is_read() -> None:
    token = sign_payload({"vp": presentation(), "nonce": "n"}, KEY, kid=KID)
    assert parse_vp_jwt(token).credential == presentation()
