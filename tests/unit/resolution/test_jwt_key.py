"""From the header of a JWT to the key, and to what shows that it is the issuer's."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, dump_json
from openbadge_issuer.errors import KeyMaterialError, OpenBadgeError, ResolutionError, UnsupportedError
from openbadge_issuer.resolution.fetching import MAX_KEY_DOCUMENT_BYTES, Fetched, Fetcher
from openbadge_issuer.resolution.verification_method import VerificationKey, resolve_jwt_key
from openbadge_issuer.signing.public_key import PublicKey
from unit.resolution.keys import ED25519, OTHER, P256, RSA, Asked, did_jwk, documents, jwk, multikey

HTTPS = "https://badges.example/issuer"
JWKS_URL = "https://badges.example/.well-known/jwks.json"
WEB = "did:web:badges.example"
WEB_URL = "https://badges.example/.well-known/did.json"
NO_PROFILE = Fetched(HTTPS, HTTPS, 404, "text/html", b"")
URN = "urn:ietf:params:oauth:jwk-thumbprint:sha-256:"


def facts(found: VerificationKey) -> tuple[str, PublicKey, str, str]:
    return found.id, found.key, found.controller, found.provenance


def refused(header: JsonObject, *, issuer: str = HTTPS, fetcher: Fetcher | None = None) -> OpenBadgeError:
    with pytest.raises(OpenBadgeError) as caught:
        resolve_jwt_key(header, issuer=issuer, fetcher=fetcher)
    assert caught.value.sentence("en")
    assert caught.value.sentence("nl")
    return caught.value


def key_set(*keys: JsonValue) -> Fetcher:
    return documents({HTTPS: NO_PROFILE, JWKS_URL: {"keys": list(keys)}})


def named(key: PublicKey, kid: str, **members: JsonValue) -> JsonObject:
    return {**key.jwk, "kid": kid, **members}


@pytest.mark.parametrize("key", [ED25519, P256, RSA], ids=["Ed25519", "P-256", "RSA"])
def test_a_key_in_the_header_alone_is_a_claim(key: PublicKey) -> None:
    found = resolve_jwt_key({"alg": "x", "jwk": key.jwk}, issuer=HTTPS)
    assert facts(found) == (f"{URN}{key.thumbprint}", key, HTTPS, "claim")
    assert isinstance(found.unconfirmed, ResolutionError)
    online = resolve_jwt_key({"jwk": key.jwk}, issuer=HTTPS, fetcher=key_set(OTHER.jwk))
    assert online.provenance == "claim"


@pytest.mark.parametrize("key", [ED25519, P256, RSA], ids=["Ed25519", "P-256", "RSA"])
def test_a_key_in_the_header_that_the_issuer_is_is_shown_by_the_identifier(key: PublicKey) -> None:
    for issuer in (key.did_key, did_jwk(key)):
        found = resolve_jwt_key({"jwk": key.jwk}, issuer=issuer)
        assert facts(found) == (f"{URN}{key.thumbprint}", key, issuer, "identifier")
    assert resolve_jwt_key({"jwk": key.jwk}, issuer=OTHER.did_key).provenance == "claim"


def test_a_key_in_the_header_is_confirmed_by_the_issuers_key_set_or_document() -> None:
    did: JsonObject = {"id": WEB, "assertionMethod": [jwk(P256, f"{WEB}#1", controller=WEB)]}
    for issuer, fetcher in ((HTTPS, key_set(RSA.jwk, named(P256, "one"))), (WEB, documents({WEB_URL: did}))):
        found = resolve_jwt_key({"jwk": P256.jwk}, issuer=issuer, fetcher=fetcher)
        assert facts(found) == (f"{URN}{P256.thumbprint}", P256, issuer, "document")


def test_a_kid_goes_before_a_jwk() -> None:
    header: JsonObject = {"kid": "one", "jwk": OTHER.jwk}
    assert resolve_jwt_key(header, issuer=HTTPS, fetcher=key_set(named(P256, "one"))).key == P256
    assert refused(header).code == "FETCH-NOT-GIVEN"


@pytest.mark.parametrize("kid", ["one", "#one", P256.thumbprint, f"{URN}{P256.thumbprint}"])
def test_a_plain_kid_is_looked_up_in_the_issuers_key_set(kid: str) -> None:
    found = resolve_jwt_key(
        {"kid": kid}, issuer=HTTPS, fetcher=key_set("text", OTHER.jwk, named(P256, "one"))
    )
    assert (found.key, found.controller, found.provenance) == (P256, HTTPS, "document")


def test_a_kid_that_is_an_address_may_stand_in_the_key_set() -> None:
    kid = "https://badges.example/keys/1"
    found = resolve_jwt_key({"kid": kid}, issuer=HTTPS, fetcher=key_set(named(P256, kid)))
    assert facts(found) == (kid, P256, HTTPS, "document")


def test_a_kid_is_dereferenced_to_a_jwk_that_the_key_set_must_confirm() -> None:
    kid = "https://badges.example/keys/1"
    claim = resolve_jwt_key({"kid": kid}, issuer=HTTPS, fetcher=documents({kid: P256.jwk}))
    assert facts(claim) == (kid, P256, HTTPS, "claim")
    fetcher = documents({kid: P256.jwk, HTTPS: NO_PROFILE, JWKS_URL: {"keys": [P256.jwk]}})
    assert facts(resolve_jwt_key({"kid": kid}, issuer=HTTPS, fetcher=fetcher)) == (
        kid,
        P256,
        HTTPS,
        "document",
    )


def test_a_key_for_another_issuer_of_the_same_host_is_left_out() -> None:
    mine, other = named(P256, "one", iss=HTTPS), named(P256, "one", iss=f"{HTTPS}/2")
    assert resolve_jwt_key({"kid": "one"}, issuer=HTTPS, fetcher=key_set(mine, other)).key == P256
    fetcher = documents({JWKS_URL: {"keys": [other]}, HTTPS: {"id": HTTPS}})
    assert refused({"kid": "one"}, fetcher=fetcher).code == "METHOD-NOT-LISTED"
    assert resolve_jwt_key({"jwk": P256.jwk}, issuer=HTTPS, fetcher=fetcher).provenance == "claim"


def test_a_plain_kid_without_any_document_leaves_everything_open() -> None:
    for fetcher, code in ((None, "FETCH-NOT-GIVEN"), (documents({}), "DOCUMENTS-MISSING")):
        for issuer in (HTTPS, WEB):
            error = refused({"kid": "one"}, issuer=issuer, fetcher=fetcher)
            assert (type(error), error.code) == (ResolutionError, code)


@pytest.mark.parametrize(
    ("keys", "kind", "code"),
    [
        ([], KeyMaterialError, "METHOD-NOT-LISTED"),
        ("text", KeyMaterialError, "METHOD-NOT-LISTED"),
        ([named(P256, "one"), named(OTHER, "one")], KeyMaterialError, "METHOD-AMBIGUOUS"),
        ([{"kid": "one", "kty": "EC"}], KeyMaterialError, "METHOD-KEY"),
        ([named(P256, "one", use="enc")], KeyMaterialError, "METHOD-KEY"),
        ([named(P256, "one", d="AA")], KeyMaterialError, "METHOD-KEY"),
        ([{"kid": "one", "kty": "EC", "crv": "P-521"}], UnsupportedError, "KEY-KIND"),
    ],
)
def test_a_key_set_that_does_not_give_the_key_is_refused(
    keys: JsonValue, kind: type[OpenBadgeError], code: str
) -> None:
    fetcher = documents({HTTPS: {"id": HTTPS}, JWKS_URL: {"keys": keys}})
    error = refused({"kid": "one"}, fetcher=fetcher)
    assert (type(error), error.code) == (kind, code)


ANSWERS = {
    "not found": NO_PROFILE,
    "gone": Fetched(HTTPS, HTTPS, 410, None, b""),
    "about something else": Fetched(HTTPS, HTTPS, 200, None, b'{"id": "https://badges.example/"}'),
    "without an id": Fetched(HTTPS, HTTPS, 200, None, b"{}"),
}
SILENCE = {
    "not given": None,
    "forbidden": Fetched(HTTPS, HTTPS, 403, None, b""),
    "down": Fetched(HTTPS, HTTPS, 503, None, b""),
    "cut off": Fetched(HTTPS, HTTPS, 200, "application/json", b'{"id": "https://badges.exam'),
    "too long": Fetched(HTTPS, HTTPS, 200, None, b" " * (MAX_KEY_DOCUMENT_BYTES + 1)),
}
HEADERS: tuple[JsonObject, ...] = ({"kid": "one"}, {"kid": f"{HTTPS}#one"}, {"jwk": P256.jwk})


def beside_key_set(profile: Fetched | JsonObject | None, kid: str = "one") -> Fetcher:
    given: dict[str, JsonObject | bytes | Fetched] = {JWKS_URL: {"keys": [named(P256, kid)]}}
    return documents(given if profile is None else {**given, HTTPS: profile})


@pytest.mark.parametrize("header", HEADERS, ids=str)
@pytest.mark.parametrize("profile", ANSWERS.values(), ids=ANSWERS)
def test_the_key_set_is_enough_where_no_profile_is_served(profile: Fetched, header: JsonObject) -> None:
    kid = header.get("kid", "one")
    assert isinstance(kid, str)
    found = resolve_jwt_key(header, issuer=HTTPS, fetcher=beside_key_set(profile, kid))
    assert (found.key, found.controller, found.provenance) == (P256, HTTPS, "document")


@pytest.mark.parametrize("header", HEADERS, ids=str)
@pytest.mark.parametrize("profile", SILENCE.values(), ids=SILENCE)
def test_a_profile_that_cannot_be_had_could_have_revoked_the_key(
    profile: Fetched | None, header: JsonObject
) -> None:
    fetcher = beside_key_set(profile, str(header.get("kid", "one")))
    if "jwk" in header:
        found = resolve_jwt_key(header, issuer=HTTPS, fetcher=fetcher)
        assert (found.provenance, type(found.unconfirmed)) == ("claim", ResolutionError)
    else:
        assert isinstance(refused(header, fetcher=fetcher), ResolutionError)


def test_a_web_page_at_the_issuers_address_is_no_profile() -> None:
    class Web:
        """A host with a page at the address, as the guarded fetcher meets it."""

        def fetch(self, url: str, *, accept: str = "", max_bytes: int = 0) -> Fetched:
            """Refuse the page, and serve the key set."""
            assert accept
            assert max_bytes
            if url == HTTPS:
                raise ResolutionError("FETCH-CONTENT-TYPE", url=url, found="text/html")
            return Fetched(url, url, 200, None, dump_json({"keys": [named(P256, "one")]}))

    assert resolve_jwt_key({"kid": "one"}, issuer=HTTPS, fetcher=Web()).provenance == "document"


@pytest.mark.parametrize("asserting", [True, False])
@pytest.mark.parametrize("header", HEADERS, ids=str)
def test_what_the_profile_ends_is_not_brought_back_by_the_key_set(
    header: JsonObject, *, asserting: bool
) -> None:
    """Under whichever name the key set has it, and whether or not the profile still lists it for badges."""
    old: JsonObject = {**jwk(P256, f"{HTTPS}#old", controller=HTTPS), "revoked": "2026-01-01T00:00:00Z"}
    profile: JsonObject = {
        "id": HTTPS,
        "verificationMethod": [old],
        "assertionMethod": [f"{HTTPS}#old"] if asserting else [],
    }
    fetcher = beside_key_set(profile, str(header.get("kid", "one")))
    found = resolve_jwt_key(header, issuer=HTTPS, fetcher=fetcher)
    assert found.revoked == datetime(2026, 1, 1, tzinfo=UTC)


def test_a_key_set_with_too_many_keys_is_not_used() -> None:
    fetcher = documents({HTTPS: {"id": HTTPS}, JWKS_URL: {"keys": [{}] * 201}})
    assert refused({"kid": "one"}, fetcher=fetcher).code == "METHOD-TOO-MANY"


def test_a_kid_that_is_a_did_url_is_resolved() -> None:
    kid = f"{WEB}#one"
    document: JsonObject = {"id": WEB, "assertionMethod": [jwk(RSA, kid, controller=WEB)]}
    found = resolve_jwt_key({"kid": kid}, issuer=WEB, fetcher=documents({WEB_URL: document}))
    assert facts(found) == (kid, RSA, WEB, "document")
    kid = ED25519.verification_method
    found = resolve_jwt_key({"kid": kid}, issuer=ED25519.did_key)
    assert facts(found) == (kid, ED25519, ED25519.did_key, "identifier")
    assert refused({"kid": "did:example:1#x"}).code == "DID-METHOD"


@pytest.mark.parametrize("kid", ["one", "#one", "two"])
def test_a_plain_kid_is_looked_up_in_the_issuers_did_document(kid: str) -> None:
    method = jwk(P256, "#one", controller=WEB)
    method["publicKeyJwk"] = named(P256, "two")
    document: JsonObject = {"id": WEB, "verificationMethod": [method], "assertionMethod": ["#one"]}
    found = resolve_jwt_key({"kid": kid}, issuer=WEB, fetcher=documents({WEB_URL: document}))
    assert facts(found) == (f"{WEB}#one", P256, WEB, "document")


def test_a_plain_kid_is_looked_up_in_the_document_at_the_issuers_address() -> None:
    document: JsonObject = {"id": HTTPS, "verificationMethod": [multikey(ED25519, f"{HTTPS}#one")]}
    found = resolve_jwt_key({"kid": "one"}, issuer=HTTPS, fetcher=documents({HTTPS: document}))
    assert facts(found) == (f"{HTTPS}#one", ED25519, HTTPS, "document")


@pytest.mark.parametrize(
    ("issuer", "kid"),
    [
        (ED25519.did_key, ED25519.multibase),
        (ED25519.did_key, f"#{ED25519.multibase}"),
        (ED25519.did_key, ED25519.thumbprint),
        (did_jwk(ED25519), "#0"),
        (did_jwk(ED25519), f"{URN}{ED25519.thumbprint}"),
    ],
)
def test_a_plain_kid_may_name_the_key_that_the_issuer_is(issuer: str, kid: str) -> None:
    found = resolve_jwt_key({"kid": kid}, issuer=issuer)
    assert (found.key, found.controller, found.provenance) == (ED25519, issuer, "identifier")
    assert refused({"kid": "other"}, issuer=issuer).code == "METHOD-NOT-LISTED"


@pytest.mark.parametrize(
    ("header", "code", "pointer"),
    [
        ({}, "METHOD-NOT-NAMED", ""),
        ({"kid": None, "jwk": None}, "METHOD-NOT-NAMED", ""),
        ({"kid": 1}, "METHOD-HEADER", "/kid"),
        ({"kid": ""}, "METHOD-HEADER", "/kid"),
        ({"kid": ["one"], "jwk": P256.jwk}, "METHOD-HEADER", "/kid"),
        ({"jwk": "key"}, "METHOD-HEADER", "/jwk"),
        ({"jwk": {**P256.jwk, "d": "AA"}}, "KEY-PRIVATE", ""),
    ],
)
def test_a_header_that_names_no_key_is_refused(header: JsonObject, code: str, pointer: str) -> None:
    with pytest.raises(KeyMaterialError) as caught:
        resolve_jwt_key(header, issuer=HTTPS)
    assert (caught.value.code, caught.value.pointer) == (code, pointer)


@pytest.mark.parametrize("member", ["jku", "x5u", "x5c"])
def test_an_address_in_the_header_is_never_asked(member: str) -> None:
    fetcher = Asked({HTTPS: dump_json({"id": HTTPS})})
    header: JsonObject = {member: "https://evil.example/keys", "jwk": P256.jwk}
    resolve_jwt_key(header, issuer=HTTPS, fetcher=fetcher)
    assert fetcher.urls == [HTTPS, JWKS_URL]
