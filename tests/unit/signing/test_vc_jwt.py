from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone

import pytest

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.errors import (
    DocumentError,
    IssuingError,
    LimitError,
    OpenBadgeError,
    SignatureError,
    UnsupportedError,
)
from openbadge_issuer.signing.base64url import encode_base64url
from openbadge_issuer.signing.public_key import KeyKind, PublicKey
from openbadge_issuer.signing.signing_key import SigningKey
from openbadge_issuer.signing.vc_jwt import MAX_TOKEN_BYTES, check_claims, parse_jwt, sign_jwt, verify_jwt
from openbadge_issuer.signing.vc_jwt_claims import numeric_date

V2 = "https://www.w3.org/ns/credentials/v2"
V1 = "https://www.w3.org/2018/credentials/v1"
KID = "https://issuer.example/keys/1"
NBF = 1769857200
DUPLICATE_HEADER = encode_base64url(b'{"alg":"ES256","alg":"none"}')


def credential(**members: JsonValue) -> JsonObject:
    return {
        "@context": [V2, "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
        "id": "urn:uuid:6a1676b8-b51f-11ed-937b-d76685a20ff5",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": "https://issuer.example", "type": ["Profile"]},
        "validFrom": "2026-01-31T12:00:00+01:00",
        "credentialSubject": {"id": "did:example:ada", "type": ["AchievementSubject"]},
        **members,
    }


def claims(**changes: JsonValue) -> JsonObject:
    """The claims that fit `credential`; a change of None takes one away."""
    fitting: JsonObject = {
        "iss": "https://issuer.example",
        "sub": "did:example:ada",
        "jti": "urn:uuid:6a1676b8-b51f-11ed-937b-d76685a20ff5",
        "nbf": NBF,
    }
    return {name: value for name, value in {**fitting, **changes}.items() if value is not None}


def encoded(value: object) -> str:
    return encode_base64url(json.dumps(value).encode())


def token_of(header: object, payload: object, signature: bytes = b"0" * 64) -> str:
    return f"{encoded(header)}.{encoded(payload)}.{encode_base64url(signature)}"


def problems(payload: JsonObject) -> list[tuple[str, str]]:
    found = check_claims(parse_jwt(token_of({"alg": "ES256"}, payload)))
    for problem in found:
        error = OpenBadgeError(problem.code, problem.pointer, **problem.details)
        assert error.sentence("en")
        assert error.sentence("nl")
        assert error.advice("nl")
    return [(problem.code, problem.pointer) for problem in found]


def failure(call: object, *arguments: object) -> tuple[type[OpenBadgeError], str]:
    assert callable(call)
    with pytest.raises(OpenBadgeError) as caught:
        call(*arguments)
    assert caught.value.sentence("en")
    assert caught.value.sentence("nl")
    return type(caught.value), caught.value.code


def test_a_signed_token_verifies_and_says_what_the_credential_says(key: SigningKey) -> None:
    token = sign_jwt(credential(validUntil="2027-01-31T11:00:00Z"), key, kid=KID)
    jwt = parse_jwt(token.encode())
    assert jwt.header == {"alg": key.algorithm, "typ": "JWT", "kid": KID}
    assert jwt.payload == {**credential(validUntil="2027-01-31T11:00:00Z"), **claims(exp=NBF + 365 * 86400)}
    assert jwt.credential == credential(validUntil="2027-01-31T11:00:00Z")
    assert (jwt.token, jwt.kid, jwt.jwk, jwt.extra_headers) == (token, KID, None, ())
    assert jwt.signing_input == token.rpartition(".")[0].encode()
    verify_jwt(jwt, key.public_key)
    assert check_claims(jwt) == ()


def test_a_token_says_when_it_was_signed_if_told_so(key: SigningKey) -> None:
    moment = datetime(2026, 3, 1, 12, 0, 0, 900_000, tzinfo=timezone(timedelta(hours=2)))
    jwt = parse_jwt(sign_jwt(credential(), key, kid=KID, issued=moment))
    assert jwt.payload == {**credential(), **claims(), "iat": 1772359200}
    assert (jwt.credential, check_claims(jwt)) == (credential(), ())
    naive = moment.replace(tzinfo=None)
    assert failure(lambda: sign_jwt(credential(), key, kid=KID, issued=naive)) == (
        IssuingError,
        "PROOF-NAIVE-TIME",
    )


def test_without_kid_the_public_key_stands_in_the_header(key: SigningKey) -> None:
    jwt = parse_jwt(sign_jwt(credential(), key, kid=None))
    assert jwt.header == {"alg": key.algorithm, "typ": "JWT", "jwk": key.public_key.jwk}
    assert (jwt.jwk, jwt.kid) == (key.public_key.jwk, None)


def test_sub_is_left_out_where_the_subject_has_no_id(key: SigningKey) -> None:
    identifier: JsonObject = {"type": "IdentityObject", "identityHash": "sha256$00"}
    jwt = parse_jwt(sign_jwt(credential(credentialSubject={"identifier": [identifier]}), key, kid=KID))
    assert "sub" not in jwt.payload
    assert check_claims(jwt) == ()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"@context": [V1]}, "JWT-DATA-MODEL"),
        ({"@context": V1}, "JWT-DATA-MODEL"),
        ({"iss": "https://other.example"}, "JWT-CLAIM-TAKEN"),
        ({"vc": {}}, "JWT-CLAIM-TAKEN"),
        ({"issuer": None}, "JWT-MEMBER"),
        ({"issuer": {}}, "JWT-MEMBER"),
        ({"id": None}, "JWT-MEMBER"),
        ({"validFrom": "yesterday"}, "JWT-MEMBER"),
        ({"validFrom": None}, "JWT-MEMBER"),
        ({"validUntil": None}, "JWT-MEMBER"),
        ({"validFrom": "2026-01-31T12:00:00.5Z"}, "JWT-FRACTION"),
        ({"name": float("nan")}, "JWT-NOT-JSON"),
        ({"name": "\ud800"}, "JWT-NOT-JSON"),
    ],
)
def test_what_the_claims_cannot_repeat_is_not_signed(key: SigningKey, changes: JsonObject, code: str) -> None:
    assert failure(lambda: sign_jwt(credential(**changes), key, kid=KID)) == (IssuingError, code)


@pytest.mark.parametrize("kid", ["", "key-1", "https://a.example/a key", "#key"])
def test_a_kid_must_be_a_url(key: SigningKey, kid: str) -> None:
    assert failure(lambda: sign_jwt(credential(), key, kid=kid)) == (IssuingError, "JWT-KID")


@pytest.mark.parametrize("algorithm", ["none", "None", "NONE", "HS256", "hs512", "HS"])
def test_algorithms_that_anyone_can_sign_with_are_refused(algorithm: str) -> None:
    assert failure(parse_jwt, token_of({"alg": algorithm}, {})) == (SignatureError, "JWT-ALGORITHM")


def test_an_unsigned_token_is_called_that_even_with_an_empty_signature() -> None:
    token = f"{encoded({'alg': 'none'})}.{encoded({})}."
    assert failure(parse_jwt, token) == (SignatureError, "JWT-ALGORITHM")


@pytest.mark.parametrize("algorithm", ["ES512", "ES256K", "PS384", "RS512", "eddsa", "Ed448", "ES256 "])
def test_other_algorithms_cannot_be_checked(key: SigningKey, algorithm: str) -> None:
    jwt = parse_jwt(token_of({"alg": algorithm}, {}))
    assert failure(verify_jwt, jwt, key.public_key) == (UnsupportedError, "JWT-ALGORITHM-UNKNOWN")


def test_either_rsa_algorithm_is_signed_named_and_verified(keys: dict[KeyKind, SigningKey]) -> None:
    for signer in (keys["RSA"], keys["RSA"].using("PS256")):
        jwt = parse_jwt(sign_jwt(credential(), signer, kid=KID))
        assert jwt.algorithm == signer.algorithm
        verify_jwt(jwt, signer.public_key)
    only_rs256 = PublicKey.from_jwk({**keys["RSA"].public_key.jwk, "alg": "RS256"})
    assert failure(verify_jwt, jwt, only_rs256) == (SignatureError, "JWT-ALGORITHM-KEY")


def test_the_key_decides_on_the_algorithm(keys: dict[KeyKind, SigningKey]) -> None:
    for kind, key in keys.items():
        jwt = parse_jwt(sign_jwt(credential(), key, kid=KID))
        for other_kind, other in keys.items():
            if other_kind != kind:
                assert failure(verify_jwt, jwt, other.public_key) == (SignatureError, "JWT-ALGORITHM-KEY")
    other = SigningKey.generate("P-256")
    jwt = parse_jwt(sign_jwt(credential(), keys["P-256"], kid=KID))
    assert failure(verify_jwt, jwt, other.public_key) == (SignatureError, "PROOF-SIGNATURE")


def test_the_newer_name_of_eddsa_is_read(keys: dict[KeyKind, SigningKey]) -> None:
    key = keys["Ed25519"]
    signing_input = f"{encoded({'alg': 'Ed25519'})}.{encoded({**credential(), **claims()})}"
    token = f"{signing_input}.{encode_base64url(key.sign(signing_input.encode()))}"
    verify_jwt(parse_jwt(token), key.public_key)


@pytest.mark.parametrize("size", [0, 1, 63, 65, 70, 72])
def test_a_signature_of_the_wrong_length_is_refused(keys: dict[KeyKind, SigningKey], size: int) -> None:
    token = token_of({"alg": "ES256"}, {}, bytes(size))
    if size == 0:
        assert failure(parse_jwt, token) == (DocumentError, "JWT-FORMAT")
        return
    found = failure(verify_jwt, parse_jwt(token), keys["P-256"].public_key)
    assert found == (SignatureError, "PROOF-SIGNATURE-LENGTH")


@pytest.mark.parametrize(
    ("token", "code"),
    [
        ("", "JWT-FORMAT"),
        ("a.b", "JWT-FORMAT"),
        ("a.b.c.d", "JWT-FORMAT"),
        ("a.b.c.d.e", "JWT-FORMAT"),
        (".b.c", "JWT-FORMAT"),
        ("a..c", "JWT-FORMAT"),
        ("e30.e30.ÄÖ", "JWT-FORMAT"),
        (b"\xff.e30.AA", "JWT-FORMAT"),
        ("é30.e30.AA", "JWT-FORMAT"),
        (f"{encoded({'alg': 'ES256'})}.e30.AA\n", "BASE64URL-ENCODING"),
        (f" {encoded({'alg': 'ES256'})}.e30.AA", "BASE64URL-ENCODING"),
        (f"{encoded({'alg': 'ES256'})}.e30=.AA", "BASE64URL-ENCODING"),
        (f"{encoded({'alg': 'ES256'})}.e30.AB", "BASE64URL-ENCODING"),
        (f"{encoded([])}.e30.AA", "JSON-NOT-OBJECT"),
        (f"{encoded({'alg': 'ES256'})}.W10.AA", "JSON-NOT-OBJECT"),
        (f"{encode_base64url(b'{')}.e30.AA", "JSON-SYNTAX"),
        (f"{DUPLICATE_HEADER}.e30.AA", "JSON-DUPLICATE-KEY"),
        (token_of({}, {}), "JWT-HEADER-MEMBER"),
        (token_of({"alg": 1}, {}), "JWT-HEADER-MEMBER"),
        (token_of({"alg": "ES256", "kid": 1}, {}), "JWT-HEADER-MEMBER"),
        (token_of({"alg": "ES256", "jwk": "x"}, {}), "JWT-HEADER-MEMBER"),
        (token_of({"alg": "ES256", "typ": "vp+jwt"}, {}), "JWT-TYPE"),
        (token_of({"alg": "ES256", "typ": 1}, {}), "JWT-TYPE"),
        (token_of({"alg": "ES256"}, {"vc": "x"}), "JWT-VC"),
    ],
)
def test_what_is_no_token_is_refused(token: str | bytes, code: str) -> None:
    assert failure(parse_jwt, token) == (DocumentError, code)


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ({"crit": ["exp"]}, "JWT-CRITICAL"),
        ({"crit": []}, "JWT-CRITICAL"),
        ({"b64": False}, "JWT-CRITICAL"),
        ({"jwk": {"kty": "OKP", "d": "AA"}}, "JWT-PRIVATE-KEY"),
        ({"jwk": {"kty": "oct", "k": "AA"}}, "JWT-PRIVATE-KEY"),
    ],
)
def test_headers_that_undo_the_signature_are_refused(header: JsonObject, code: str) -> None:
    assert failure(parse_jwt, token_of({"alg": "ES256", **header}, {})) == (SignatureError, code)


@pytest.mark.parametrize(
    "token",
    ["a" * (MAX_TOKEN_BYTES + 1), "a" * 70_000 + ".e30.AA", "e30.e30." + "A" * 3000],
    ids=["token", "header", "signature"],
)
def test_sizes_are_capped_before_decoding(token: str) -> None:
    assert failure(parse_jwt, token) == (LimitError, "JWT-SIZE")


@pytest.mark.parametrize("kind", ["JWT", "jwt", "vc+jwt", "VC+JWT", "vc+ld+jwt", "application/vc+jwt"])
def test_types_of_a_badge_are_read(kind: str) -> None:
    assert parse_jwt(token_of({"alg": "ES256", "typ": kind}, {})).header["typ"] == kind


def test_other_headers_are_named_and_not_acted_upon() -> None:
    header = {"alg": "ES256", "jku": "https://evil.example", "x5u": "https://evil.example", "kid": "a"}
    assert parse_jwt(token_of(header, {})).extra_headers == ("jku", "x5u")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"iat": NBF, "aud": "x"}, []),
        ({"nbf": float(NBF)}, []),
        ({"iss": None}, [("JWT-ISS-MISSING", "")]),
        ({"iss": "https://issuer.example/"}, [("JWT-ISS", "/iss")]),
        ({"iss": 1}, [("JWT-CLAIM-TYPE", "/iss")]),
        ({"sub": None}, [("JWT-SUB-MISSING", "")]),
        ({"sub": "did:example:bob"}, [("JWT-SUB", "/sub")]),
        ({"jti": None}, [("JWT-JTI-MISSING", "")]),
        ({"jti": "urn:uuid:0"}, [("JWT-JTI", "/jti")]),
        ({"nbf": None}, [("JWT-NBF-MISSING", "")]),
        ({"nbf": NBF + 1}, [("JWT-NBF", "/nbf")]),
        ({"nbf": NBF + 0.5}, [("JWT-NBF", "/nbf")]),
        ({"nbf": str(NBF)}, [("JWT-CLAIM-TYPE", "/nbf")]),
        ({"nbf": True}, [("JWT-CLAIM-TYPE", "/nbf")]),
        ({"nbf": 10**300}, [("JWT-CLAIM-TYPE", "/nbf")]),
        ({"exp": NBF}, [("JWT-EXP-ONLY", "/exp")]),
    ],
)
def test_claims_are_compared_with_the_credential(
    changes: JsonObject, expected: list[tuple[str, str]]
) -> None:
    assert problems({**credential(), **claims(**changes)}) == expected


@pytest.mark.parametrize(
    ("members", "changes", "expected"),
    [
        ({"validUntil": "2026-01-31T11:00:00Z"}, {}, [("JWT-EXP-MISSING", "")]),
        ({"validUntil": "2026-01-31T11:00:00Z"}, {"exp": NBF}, []),
        ({"validUntil": "2026-01-31T11:00:01Z"}, {"exp": NBF}, [("JWT-EXP", "/exp")]),
        ({"validUntil": "2026-01-31T11:00:00.25Z"}, {"exp": NBF}, [("JWT-EXP-FRACTION", "/exp")]),
        ({"validFrom": "2026-01-31T11:00:00.123Z"}, {"nbf": NBF + 0.123}, []),
        ({"validFrom": "2026-01-31T11:00:00.123456Z"}, {"nbf": NBF + 0.123456}, []),
        ({"validFrom": "2026-01-31T11:00:00.9Z"}, {}, [("JWT-NBF-FRACTION", "/nbf")]),
        ({"validFrom": None}, {}, [("JWT-NBF-ONLY", "/nbf")]),
        ({"validFrom": "nonsense"}, {}, []),
        ({"issuer": "https://issuer.example"}, {}, []),
        ({"credentialSubject": {}}, {}, [("JWT-SUB-ONLY", "/sub")]),
        ({"credentialSubject": {}}, {"sub": None}, []),
        ({"credentialSubject": {}}, {"sub": 1}, [("JWT-CLAIM-TYPE", "/sub")]),
        ({"credentialSubject": [{"id": "did:example:ada"}, {"id": "did:example:bob"}]}, {}, []),
        ({"credentialSubject": [{"id": "did:a:a"}, {"id": "did:a:b"}]}, {}, [("JWT-SUB", "/sub")]),
        ({"@context": [V1]}, {}, [("JWT-VERSION-V1", "/@context/0"), ("JWT-NBF-ONLY", "/nbf")]),
    ],
)
def test_members_and_claims_fit_together(
    members: JsonObject, changes: JsonObject, expected: list[tuple[str, str]]
) -> None:
    assert problems({**credential(**members), **claims(**changes)}) == expected


def v1_credential(context: str = V1) -> JsonObject:
    members: JsonObject = {**credential(), "@context": [context], "issuanceDate": "2026-01-31T11:00:00Z"}
    return {name: value for name, value in members.items() if name != "validFrom"}


def test_a_credential_of_data_model_1_1_stands_in_vc() -> None:
    payload: JsonObject = {**claims(), "vc": v1_credential()}
    assert parse_jwt(token_of({"alg": "ES256"}, payload)).credential == v1_credential()
    assert problems(payload) == []
    expiring: JsonObject = {**v1_credential(), "expirationDate": "2026-01-31T11:00:00Z"}
    assert problems({**claims(exp=NBF), "vc": expiring}) == []
    assert problems({**claims(), "vc": expiring}) == [("JWT-EXP-MISSING", "")]


def test_vc_and_the_data_model_must_agree() -> None:
    assert problems({**claims(), "vc": credential()}) == [("JWT-VERSION-VC", "/vc")]
    assert problems({**credential(), **claims(), "vc": v1_credential()}) == [("JWT-TWO-CREDENTIALS", "/vc")]


def test_numeric_dates_become_moments() -> None:
    moment = numeric_date(NBF + 0.5)
    assert moment is not None
    assert moment.isoformat() == "2026-01-31T11:00:00.500000+00:00"
    for value in (None, "1", True, 10**20, -(10**20)):
        assert numeric_date(value) is None


def test_the_signature_of_another_token_does_not_fit(key: SigningKey) -> None:
    one = sign_jwt(credential(), key, kid=KID)
    other = sign_jwt(credential(name="other"), key, kid=KID)
    mixed = f"{one.rpartition('.')[0]}.{other.rpartition('.')[2]}"
    assert failure(verify_jwt, parse_jwt(mixed), key.public_key) == (SignatureError, "PROOF-SIGNATURE")
