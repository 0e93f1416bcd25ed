"""SD-JWT: what the holder shows is what the issuer said, no more, and only with the holder's key."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from issued_badges import KEY, LATER, OTHER_KEY, open_or_failed, small_document
from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, dump_json
from openbadge_issuer.errors import (
    DocumentError,
    IssuingError,
    LimitError,
    OpenBadgeError,
    SignatureError,
    UnsupportedError,
)
from openbadge_issuer.signing.base64url import encode_base64url
from openbadge_issuer.signing.sd_jwt import MAX_DISCLOSURES, SdJwt, digest_of
from openbadge_issuer.signing.sd_jwt_making import bind, conceal
from openbadge_issuer.signing.sd_jwt_vc import (
    as_token,
    disclose,
    parse_sd_jwt_vc,
    sign_sd_jwt_vc,
    sign_vc_sd_jwt,
    verify_key_binding,
    verify_sd_jwt,
)
from openbadge_issuer.signing.signing_key import SigningKey
from openbadge_issuer.signing.vc_jwt import MAX_TOKEN_BYTES, sign_payload
from openbadge_issuer.verification import verify

KID = KEY.public_key.verification_method
HOLDER = SigningKey.generate("P-256")
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
NONCE, AUDIENCE = "n-7", "https://verifier.example"
CLAIMS: JsonObject = {
    "vct": "https://badges.example/diploma",
    "iss": "https://badges.example",
    "given_name": "Ada",
    "address": {"city": "Utrecht", "country": "NL"},
    "courses": ["algebra", "analysis", {"name": "logic", "grade": 8}],
}
PLACES = ("/given_name", "/address", "/address/city", "/courses/1", "/courses/2", "/courses/2/grade")


def issued(key: SigningKey = KEY, **options: object) -> str:
    return sign_sd_jwt_vc(CLAIMS, key, kid=KID, disclosable=PLACES, holder=HOLDER.public_key, **options)  # type: ignore[arg-type]  # any option


def crafted(payload: JsonObject, *disclosures: object, typ: str = "dc+sd-jwt") -> str:
    """Sign any payload, and show anything with it: an array as disclosure, a text as it is."""
    claims: JsonObject = {"vct": "x", **payload}
    token = sign_payload(claims, KEY, kid=KID, typ=typ)
    return "".join(f"{part}~" for part in (token, *map(written, disclosures)))


def written(disclosure: object) -> str:
    return disclosure if isinstance(disclosure, str) else encode_base64url(json.dumps(disclosure).encode())


def digest(disclosure: object) -> str:
    return digest_of(written(disclosure))


def refused(call: Callable[[], object]) -> tuple[type[OpenBadgeError], str]:
    with pytest.raises(OpenBadgeError) as caught:
        call()
    for language in ("en", "nl"):
        assert caught.value.sentence(language)
        caught.value.advice(language)
    return type(caught.value), caught.value.code


def bound(token: str, key: SigningKey = HOLDER, **changes: object) -> SdJwt:
    options: dict[str, object] = {"nonce": NONCE, "audience": AUDIENCE, "issued": NOW}
    return parse_sd_jwt_vc(bind(token, key, **{**options, **changes}))  # type: ignore[arg-type]  # any option


def checked(parsed: SdJwt, **changes: object) -> object:
    options: dict[str, object] = {"nonce": NONCE, "audience": AUDIENCE, "at": NOW}
    return verify_key_binding(parsed, **{**options, **changes})  # type: ignore[arg-type]  # any option


def test_everything_disclosed_is_everything_issued(key: SigningKey) -> None:
    parsed = parse_sd_jwt_vc(issued(key).encode())
    assert parsed.payload == {**CLAIMS, "cnf": {"jwk": HOLDER.public_key.jwk}}
    assert sorted(parsed.places.values()) == sorted(PLACES)
    assert (parsed.jwt.type, parsed.key_binding) == ("dc+sd-jwt", None)
    verify_sd_jwt(parsed, key.public_key)


def test_the_moment_of_signing_is_a_claim_that_the_claims_may_have_already() -> None:
    assert parse_sd_jwt_vc(issued(issued=NOW)).payload["iat"] == int(NOW.timestamp())
    own: JsonObject = {**CLAIMS, "iat": 7}
    token = sign_sd_jwt_vc(own, KEY, kid=KID, disclosable=[], issued=NOW)
    assert parse_sd_jwt_vc(token).payload["iat"] == 7
    document = small_document()
    del document["proof"]
    w3c = parse_sd_jwt_vc(sign_vc_sd_jwt(document, KEY, kid=KID, disclosable=[], issued=NOW))
    assert w3c.payload == {**document, "iat": int(NOW.timestamp())}
    assert as_token(w3c).credential == document
    assert refused(lambda: issued(issued=NOW.replace(tzinfo=None))) == (IssuingError, "PROOF-NAIVE-TIME")


def test_nothing_concealed_can_be_read_in_what_is_signed() -> None:
    signed = dump_json(parse_sd_jwt_vc(disclose(issued(), ())).jwt.payload).decode()
    for value in ("Ada", "Utrecht", "address", "analysis", "logic", "grade"):
        assert value not in signed


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ((), {"courses": ["algebra"]}),
        (("/given_name",), {"given_name": "Ada", "courses": ["algebra"]}),
        (("/address",), {"address": {"city": "Utrecht", "country": "NL"}, "courses": ["algebra"]}),
        (("/address/city",), {"address": {"city": "Utrecht", "country": "NL"}, "courses": ["algebra"]}),
        (("/courses/1",), {"courses": ["algebra", "analysis"]}),
        (("/courses/2/grade",), {"courses": ["algebra", {"name": "logic", "grade": 8}]}),
    ],
)
def test_the_holder_selects(places: tuple[str, ...], expected: JsonObject) -> None:
    parsed = parse_sd_jwt_vc(disclose(issued(), places))
    shown = {name: value for name, value in parsed.payload.items() if name not in ("vct", "iss", "cnf")}
    assert shown == expected
    verify_sd_jwt(parsed, KEY.public_key)


def test_only_what_is_concealed_can_be_selected() -> None:
    for place in ("/vct", "/nothing", "given_name", "/courses"):
        assert refused(lambda place=place: disclose(issued(), [place])) == (IssuingError, "SD-JWT-POINTER")  # type: ignore[misc]  # bound by its default


def test_decoys_are_no_disclosures() -> None:
    payload, disclosures = conceal({"a": 1, "b": [1]}, ["/a"], decoys=5, rng=os.urandom)
    assert isinstance(payload["_sd"], list)
    assert (len(payload["_sd"]), len(disclosures)) == (6, 1)
    assert payload["_sd"] == sorted(payload["_sd"])  # type: ignore[type-var]  # all are texts
    parsed = parse_sd_jwt_vc(issued(decoys=3))
    assert parsed.payload["given_name"] == "Ada"


def test_equal_values_have_digests_of_their_own() -> None:
    payload, _ = conceal({"a": [1, 1, 1]}, ["/a/0", "/a/1", "/a/2"])
    elements = payload["a"]
    assert isinstance(elements, list)
    assert len({dump_json(element) for element in elements}) == 3


@pytest.mark.parametrize(
    ("claims", "places", "code"),
    [
        ({}, (), "SD-JWT-VCT"),
        ({"vct": "x", "exp": 1}, ("/exp",), "SD-JWT-PLAIN"),
        ({"vct": "x", "status": {"a": 1}}, ("/status/a",), "SD-JWT-PLAIN"),
        ({"vct": "x"}, ("/name",), "SD-JWT-POINTER"),
        ({"vct": "x", "_sd": []}, (), "SD-JWT-NAME"),
        ({"vct": "x", "a": [{"...": "x"}]}, (), "SD-JWT-NAME"),
        ({"vct": "x", "a": float("nan")}, ("/a",), "JWT-NOT-JSON"),
        ({"vct": "x", "cnf": {}}, (), "JWT-CLAIM-TAKEN"),
    ],
)
def test_what_would_be_ambiguous_is_not_issued(
    claims: JsonObject, places: tuple[str, ...], code: str
) -> None:
    call = lambda: sign_sd_jwt_vc(claims, KEY, kid=KID, disclosable=places, holder=HOLDER.public_key)  # noqa: E731
    assert refused(call) == (IssuingError, code)


ADA = ["salt", "name", "Ada"]
EXPIRY = ["salt", "exp", 1]
ELEMENT = ["salt", "algebra"]
INNER = ["salt", "city", "Utrecht"]
OUTER = ["salt", "address", {"_sd": [digest(INNER)]}]
HOSTILE: dict[str, tuple[JsonObject, tuple[object, ...], str]] = {
    "a digest twice in one array": ({"_sd": [digest(ADA)] * 2}, (ADA,), "SD-JWT-DIGEST-TWICE"),
    "a digest in two places": (
        {"_sd": [digest(ADA)], "a": {"_sd": [digest(ADA)]}}, (), "SD-JWT-DIGEST-TWICE",
    ),
    "a digest of a member and an element": (
        {"_sd": [digest(ADA)], "a": [{"...": digest(ADA)}]}, (), "SD-JWT-DIGEST-TWICE",
    ),
    "a digest again inside a disclosure": (
        {"_sd": [digest(OUTER), digest(INNER)]}, (OUTER, INNER), "SD-JWT-DIGEST-TWICE",
    ),
    "a disclosure twice": ({"_sd": [digest(ADA)]}, (ADA, ADA), "SD-JWT-DIGEST-TWICE"),
    "a disclosure that nobody vouches for": ({"_sd": []}, (ADA,), "SD-JWT-UNREFERENCED"),
    "an inner disclosure without the outer one": ({"_sd": [digest(OUTER)]}, (INNER,), "SD-JWT-UNREFERENCED"),
    "a changed disclosure": ({"_sd": [digest(ADA)]}, (["salt", "name", "Bob"],), "SD-JWT-UNREFERENCED"),
    "a name that is there already": ({"name": "Bob", "_sd": [digest(ADA)]}, (ADA,), "SD-JWT-NAME"),
    "two disclosures of one name": (
        {"_sd": [digest(ADA), digest(["x", "name", "Bob"])]}, (ADA, ["x", "name", "Bob"]), "SD-JWT-NAME",
    ),
    "a member called _sd": ({"_sd": [digest(["s", "_sd", []])]}, (["s", "_sd", []],), "SD-JWT-NAME"),
    "a member called ...": ({"_sd": [digest(["s", "...", "x"])]}, (["s", "...", "x"],), "SD-JWT-NAME"),
    "a hash named inside": ({"a": {"_sd_alg": "sha-256"}}, (), "SD-JWT-NAME"),
    "a hash named in a disclosure": (
        {"_sd": [digest(["s", "_sd_alg", "md5"])]}, (["s", "_sd_alg", "md5"],), "SD-JWT-NAME",
    ),
    "an element digest as a member": ({"a": {"...": digest(ELEMENT)}}, (), "SD-JWT-NAME"),
    "digests that are no array": ({"_sd": digest(ADA)}, (), "SD-JWT-DIGEST"),
    "a digest that is no text": ({"_sd": [1]}, (), "SD-JWT-DIGEST"),
    "an element digest that is no text": ({"a": [{"...": 1}]}, (), "SD-JWT-DIGEST"),
    "an element digest with company": ({"a": [{"...": digest(ELEMENT), "b": 1}]}, (), "SD-JWT-DIGEST"),
    "digests of another kind in a value": (
        {"_sd": [digest(["s", "a", {"_sd": "x"}])]}, (["s", "a", {"_sd": "x"}],), "SD-JWT-DIGEST",
    ),
    "an element where a member belongs": ({"_sd": [digest(ELEMENT)]}, (ELEMENT,), "SD-JWT-DIGEST"),
    "a member where an element belongs": ({"a": [{"...": digest(ADA)}]}, (ADA,), "SD-JWT-DIGEST"),
    "a disclosure of four": ({}, (["a", "b", "c", "d"],), "SD-JWT-DISCLOSURE"),
    "a disclosure of one": ({}, (["a"],), "SD-JWT-DISCLOSURE"),
    "a disclosure of none": ({}, ([],), "SD-JWT-DISCLOSURE"),
    "a salt that is no text": ({}, ([1, "a", "b"],), "SD-JWT-DISCLOSURE"),
    "a name that is no text": ({}, (["s", 1, "b"],), "SD-JWT-DISCLOSURE"),
    "a disclosure that is an object": ({}, ({"a": 1},), "SD-JWT-DISCLOSURE"),
    "an empty disclosure": ({}, ("",), "SD-JWT-DISCLOSURE"),
    "padding": ({}, (f"{written(['salts', 'a'])}=",), "SD-JWT-DISCLOSURE"),
    "a token among the disclosures": ({}, ("e30.e30.AA",), "SD-JWT-DISCLOSURE"),
    "an expiry that could be kept back": ({"_sd": [digest(EXPIRY)]}, (EXPIRY,), "SD-JWT-PLAIN"),
    "a key that could be kept back": ({"_sd": [digest(["s", "cnf", 1])]}, (["s", "cnf", 1],), "SD-JWT-PLAIN"),
    "a kind that is no text": ({"vct": 1}, (), "SD-JWT-VCT"),
}  # fmt: skip


@pytest.mark.parametrize(("payload", "disclosures", "code"), HOSTILE.values(), ids=HOSTILE)
def test_hostile_disclosures_are_refused(
    payload: JsonObject, disclosures: tuple[object, ...], code: str
) -> None:
    token = crafted(payload, *disclosures)
    assert refused(lambda: parse_sd_jwt_vc(token)) == (DocumentError, code)


def test_nested_disclosures_are_put_in_place() -> None:
    parsed = parse_sd_jwt_vc(crafted({"_sd": [digest(OUTER)]}, INNER, OUTER))
    assert parsed.payload == {"vct": "x", "address": {"city": "Utrecht"}}


@pytest.mark.parametrize("name", ["md5", "sha-512", "SHA-256", 1, None])
def test_only_sha_256_is_known(name: JsonValue) -> None:
    token = crafted({"_sd_alg": name, "_sd": [digest(ADA)]}, ADA)
    assert refused(lambda: parse_sd_jwt_vc(token)) == (UnsupportedError, "SD-JWT-HASH")


def test_counts_and_sizes_are_capped_before_any_work() -> None:
    many = "e30.e30.AA" + "~" * (MAX_DISCLOSURES + 2)
    assert refused(lambda: parse_sd_jwt_vc(many)) == (LimitError, "SD-JWT-COUNT")
    large = "~" * (MAX_TOKEN_BYTES + 1)
    assert refused(lambda: parse_sd_jwt_vc(large)) == (LimitError, "JWT-SIZE")


def test_nesting_through_disclosures_is_capped() -> None:
    chain: list[object] = [["s", "a", 1]]
    for _ in range(MAX_DISCLOSURES - 1):
        chain.append(["s", "a", {"_sd": [digest(chain[-1])]}])
    token = crafted({"_sd": [digest(chain[-1])]}, *chain)
    assert refused(lambda: parse_sd_jwt_vc(token)) == (LimitError, "JSON-DEPTH")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda token: token.rstrip("~").split("~")[0], "SD-JWT-FORMAT"),
        (lambda token: f"~{token}", "JWT-FORMAT"),
        (lambda token: f"{token}~", "SD-JWT-DISCLOSURE"),
        (lambda token: token.replace("~", "~~", 1), "SD-JWT-DISCLOSURE"),
        (lambda token: token.rstrip("~"), "JWT-FORMAT"),
        (lambda token: f"{token}x", "JWT-FORMAT"),
        (lambda token: f"{token}é", "SD-JWT-FORMAT"),
        (lambda _: "", "SD-JWT-FORMAT"),
        (lambda _: "~", "JWT-FORMAT"),
    ],
)
def test_tildes_stand_where_they_belong(change: Callable[[str], str], code: str) -> None:
    assert refused(lambda: parse_sd_jwt_vc(change(issued()))) == (DocumentError, code)


@pytest.mark.parametrize("algorithm", ["none", "HS256"])
def test_nobody_signs_without_the_key(algorithm: str) -> None:
    header = encode_base64url(f'{{"alg":"{algorithm}","typ":"dc+sd-jwt"}}'.encode())
    _, _, rest = issued().partition(".")
    assert refused(lambda: parse_sd_jwt_vc(f"{header}.{rest}")) == (SignatureError, "JWT-ALGORITHM")


@pytest.mark.parametrize("typ", ["JWT", "vc+jwt", "kb+jwt", "sd-jwt"])
def test_other_tokens_are_no_credentials(typ: str) -> None:
    assert refused(lambda: parse_sd_jwt_vc(crafted({}, typ=typ))) == (DocumentError, "JWT-TYPE")


def test_another_issuer_does_not_verify() -> None:
    parsed = parse_sd_jwt_vc(issued())
    assert refused(lambda: verify_sd_jwt(parsed, OTHER_KEY.public_key)) == (SignatureError, "PROOF-SIGNATURE")


def test_the_holder_proves_to_have_the_key() -> None:
    parsed = bound(disclose(issued(), ["/given_name"]))
    assert checked(parsed) == HOLDER.public_key
    verify_sd_jwt(parsed, KEY.public_key)


def test_another_key_does_not_bind() -> None:
    thief = SigningKey.generate("P-256")
    parsed = bound(issued(), thief)
    assert refused(lambda: checked(parsed)) == (SignatureError, "SD-JWT-KB-SIGNATURE")


@pytest.mark.parametrize(
    ("made", "asked", "code"),
    [
        ({"nonce": "old"}, {}, "SD-JWT-KB-CLAIM"),
        ({"audience": "https://other.example"}, {}, "SD-JWT-KB-CLAIM"),
        ({"issued": NOW - timedelta(minutes=7)}, {}, "SD-JWT-KB-TIME"),
        ({"issued": NOW + timedelta(minutes=2)}, {}, "SD-JWT-KB-TIME"),
        ({"issued": NOW - timedelta(minutes=2)}, {"max_age": timedelta(0)}, "SD-JWT-KB-TIME"),
    ],
)
def test_a_binding_for_another_occasion_is_refused(
    made: dict[str, object], asked: dict[str, object], code: str
) -> None:
    parsed = bound(issued(), HOLDER, **made)
    assert refused(lambda: checked(parsed, **asked)) == (SignatureError, code)


def test_a_binding_of_other_disclosures_is_refused() -> None:
    token = issued()
    some = disclose(token, ["/given_name"])
    binding = bind(some, HOLDER, nonce=NONCE, audience=AUDIENCE, issued=NOW).removeprefix(some)
    for other in (token, disclose(token, ["/address"]), disclose(token, ())):
        parsed = parse_sd_jwt_vc(f"{other}{binding}")
        assert refused(lambda parsed=parsed: checked(parsed)) == (SignatureError, "SD-JWT-KB-CLAIM")  # type: ignore[misc]  # bound by its default


@pytest.mark.parametrize("missing", ["nonce", "aud", "sd_hash", "iat"])
def test_a_binding_that_leaves_a_claim_out_is_refused(missing: str) -> None:
    token = issued()
    claims: JsonObject = {
        "nonce": NONCE,
        "aud": AUDIENCE,
        "sd_hash": digest_of(token),
        "iat": int(NOW.timestamp()),
    }
    del claims[missing]
    parsed = parse_sd_jwt_vc(token + sign_payload(claims, HOLDER, kid=None, typ="kb+jwt"))
    assert refused(lambda: checked(parsed)) == (SignatureError, "SD-JWT-KB-CLAIM")


@pytest.mark.parametrize("typ", ["JWT", "dc+sd-jwt", "vp+jwt"])
def test_another_token_is_no_binding(typ: str) -> None:
    token = issued() + sign_payload({"nonce": NONCE}, HOLDER, kid=None, typ=typ)
    assert refused(lambda: parse_sd_jwt_vc(token)) == (DocumentError, "JWT-TYPE")


@pytest.mark.parametrize("confirmation", [None, {}, "key", {"jwk": "x"}, {"jwk": {"kty": "EC"}}])
def test_without_a_key_of_the_issuers_choice_nothing_is_bound(confirmation: JsonValue) -> None:
    parsed = bound(crafted({"cnf": confirmation}))
    assert refused(lambda: checked(parsed)) == (SignatureError, "SD-JWT-KB-KEY")


def test_a_binding_that_is_asked_for_must_be_there() -> None:
    assert refused(lambda: checked(parse_sd_jwt_vc(issued()))) == (SignatureError, "SD-JWT-KB-MISSING")


def test_what_is_bound_is_not_bound_again() -> None:
    token = bind(issued(), HOLDER, nonce=NONCE, audience=AUDIENCE, issued=NOW)
    again = lambda: bind(token, HOLDER, nonce=NONCE, audience=AUDIENCE, issued=NOW)  # noqa: E731
    assert refused(again) == (IssuingError, "SD-JWT-BOUND")
    naive = lambda: bind(issued(), HOLDER, nonce="", audience="", issued=NOW.replace(tzinfo=None))  # noqa: E731
    assert refused(naive) == (IssuingError, "PROOF-NAIVE-TIME")


def badge(*disclosable: str) -> str:
    document = small_document()
    del document["proof"]
    return sign_vc_sd_jwt(document, KEY, kid=KID, disclosable=disclosable, holder=HOLDER.public_key)


def test_a_badge_verifies_with_and_without_what_can_be_kept_back() -> None:
    token = badge("/name", "/credentialSubject/achievement/criteria/narrative")
    whole = verify(token, now=LATER)
    assert whole.accepted, whole
    assert open_or_failed(whole) == {}
    part = verify(disclose(token, ["/credentialSubject/achievement/criteria/narrative"]), now=LATER)
    assert part.credential.id == "urn:uuid:1"
    assert "name" not in as_token(parse_sd_jwt_vc(disclose(token, ()))).credential
    bound_badge = bind(token, HOLDER, nonce=NONCE, audience=AUDIENCE, issued=NOW)
    assert verify(bound_badge, now=LATER).accepted


def test_a_badge_with_a_changed_disclosure_is_refused() -> None:
    token = badge("/name")
    forged = f"{token.partition('~')[0]}~{written(['s', 'name', 'Professor'])}~"
    assert open_or_failed(verify(forged, now=LATER)) == {"SD-JWT-UNREFERENCED": "failed"}


def test_a_badge_of_another_key_is_refused() -> None:
    document = small_document()
    del document["proof"]
    forged = sign_vc_sd_jwt(document, OTHER_KEY, kid=KID, disclosable=["/name"])
    assert open_or_failed(verify(forged, now=LATER)) == {"PROOF-SIGNATURE": "failed"}


@pytest.mark.parametrize("place", ["/issuer", "/validFrom", "/credentialStatus", "/@context", "/type/0"])
def test_what_tells_whether_a_badge_holds_cannot_be_kept_back(place: str) -> None:
    assert refused(lambda: badge(place)) == (IssuingError, "SD-JWT-PLAIN")


def test_the_older_data_model_has_no_such_badge() -> None:
    older: JsonObject = {"@context": ["https://www.w3.org/2018/credentials/v1"]}
    call = lambda: sign_vc_sd_jwt(older, KEY, kid=KID, disclosable=())  # noqa: E731
    assert refused(call) == (IssuingError, "JWT-DATA-MODEL")


def test_an_sd_jwt_vc_is_no_badge() -> None:
    report = verify(issued(), now=LATER)
    assert report.specification == "SD-JWT VC"
    assert open_or_failed(report) == {"PROOF-KEY-UNBOUND": "undetermined"}


def test_a_chain_of_certificates_goes_into_the_header() -> None:
    for kid in (KID, None):
        token = sign_sd_jwt_vc(CLAIMS, KEY, kid=kid, disclosable=(), certificates=[b"leaf", b"root"])
        header = parse_sd_jwt_vc(token).jwt.header
        assert header["x5c"] == ["bGVhZg==", "cm9vdA=="]
        assert ("jwk" in header, header.get("kid")) == (False, kid)
