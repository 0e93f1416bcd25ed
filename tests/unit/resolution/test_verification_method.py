"""From the name of a key to the key, and to what shows that it is the issuer's."""

from __future__ import annotations

import datetime as dt

import pytest

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, dump_json
from openbadge_issuer.errors import KeyMaterialError, OpenBadgeError, ResolutionError, UnsupportedError
from openbadge_issuer.resolution.fetching import Fetched, Fetcher
from openbadge_issuer.resolution.verification_method import VerificationKey, resolve_key
from openbadge_issuer.signing.public_key import PublicKey
from unit.resolution.keys import ED25519, OTHER, P256, RSA, Asked, did_jwk, documents, jwk, multikey

WEB = "did:web:badges.example"
WEB_URL = "https://badges.example/.well-known/did.json"
HTTPS = "https://badges.example/issuer"
JWKS_URL = "https://badges.example/.well-known/jwks.json"
METHOD = f"{WEB}#key-1"
ERRORS = {
    "METHOD-TYPE": UnsupportedError,
    "KEY-KIND": UnsupportedError,
    "METHOD-DOCUMENT-ID": ResolutionError,
    "METHOD-TOO-MANY": ResolutionError,
}


def did_document(*methods: JsonValue, assertion: JsonValue = None, did: str = WEB) -> JsonObject:
    listed = [method["id"] for method in methods if isinstance(method, dict)]
    asserted: JsonValue = list[JsonValue](listed) if assertion is None else assertion
    return {"id": did, "verificationMethod": list(methods), "assertionMethod": asserted}


def refused(method: str, *, issuer: str = WEB, fetcher: Fetcher | None = None) -> OpenBadgeError:
    with pytest.raises(OpenBadgeError) as caught:
        resolve_key(method, issuer=issuer, fetcher=fetcher)
    for language in ("en", "nl"):
        assert caught.value.sentence(language)
        caught.value.advice(language)
    return caught.value


def facts(found: VerificationKey) -> tuple[str, PublicKey, str, str]:
    return found.id, found.key, found.controller, found.provenance


@pytest.mark.parametrize("key", [ED25519, P256, RSA], ids=["Ed25519", "P-256", "RSA"])
def test_a_did_key_of_the_issuer_is_shown_by_the_identifier(key: PublicKey) -> None:
    for method in (key.verification_method, key.did_key):
        found = resolve_key(method, issuer=key.did_key)
        assert facts(found) == (method, key, key.did_key, "identifier")
        assert found.unconfirmed is None


@pytest.mark.parametrize("key", [ED25519, P256, RSA], ids=["Ed25519", "P-256", "RSA"])
def test_a_did_jwk_of_the_issuer_is_shown_by_the_identifier(key: PublicKey) -> None:
    did = did_jwk(key)
    for method in (did, f"{did}#0"):
        assert facts(resolve_key(method, issuer=did)) == (method, key, did, "identifier")


def test_a_did_key_of_somebody_else_keeps_its_own_controller() -> None:
    found = resolve_key(OTHER.verification_method, issuer=ED25519.did_key)
    assert facts(found) == (OTHER.verification_method, OTHER, OTHER.did_key, "claim")


@pytest.mark.parametrize(
    ("method", "code"),
    [
        (f"{ED25519.did_key}#{OTHER.multibase}", "KEY-DID"),
        (f"{ED25519.did_key}#", "KEY-DID"),
        ("did:key:", "KEY-FORMAT"),
        ("did:key:z6Mk", "KEY-FORMAT"),
        (f"{did_jwk(ED25519)}#1", "DID-JWK"),
        ("did:jwk:", "DID-JWK"),
        ("did:jwk:e30=", "DID-JWK"),
        ("did:jwk:W10", "DID-JWK"),
        ("did:jwk:e30", "KEY-JWK-MEMBER"),
    ],
)
def test_an_identifier_that_is_no_key_is_refused(method: str, code: str) -> None:
    with pytest.raises(KeyMaterialError) as caught:
        resolve_key(method, issuer=ED25519.did_key)
    assert caught.value.code == code


@pytest.mark.parametrize(
    "method",
    ["", "key-1", "#key-1", "z6Mk", "did:key:z6 Mk", "https://a.example/\n", "did:web:" + "a" * 20_000],
)
def test_what_is_no_absolute_name_is_refused(method: str) -> None:
    error = refused(method)
    assert (type(error), error.code) == (KeyMaterialError, "METHOD-SYNTAX")


@pytest.mark.parametrize(
    ("method", "name"),
    [
        ("did:example:123#key", "did:example"),
        ("did:example:123#z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hwi", "did:example"),
        ("xxx:z6MkrvfzkMnvCroEUP2DVc9SHPE48CRsvHiVSusHioxTYu1x", "xxx:"),
        ("urn:uuid:1", "urn:"),
        ("DID:key:z6Mk", "DID:"),
    ],
)
def test_a_method_that_is_not_known_is_unsupported(method: str, name: str) -> None:
    error = refused(method)
    assert (type(error), error.code, error.details) == (UnsupportedError, "DID-METHOD", {"method": name})


@pytest.mark.parametrize("key", [ED25519, P256, RSA], ids=["Ed25519", "P-256", "RSA"])
@pytest.mark.parametrize("form", ["Multikey", "MultiKey", "JsonWebKey", "JsonWebKey2020"])
def test_a_key_in_the_did_document_is_shown_by_the_document(key: PublicKey, form: str) -> None:
    make = jwk if form.startswith("Json") else multikey
    fetcher = documents({WEB_URL: did_document(make(key, METHOD, controller=WEB, kind=form))})
    assert facts(resolve_key(METHOD, issuer=WEB, fetcher=fetcher)) == (METHOD, key, WEB, "document")


def test_the_older_ed25519_type_is_read_for_ed25519_only() -> None:
    kind = "Ed25519VerificationKey2020"
    fetcher = documents({WEB_URL: did_document(multikey(ED25519, METHOD, controller=WEB, kind=kind))})
    assert resolve_key(METHOD, issuer=WEB, fetcher=fetcher).key == ED25519
    fetcher = documents({WEB_URL: did_document(multikey(P256, METHOD, controller=WEB, kind=kind))})
    assert refused(METHOD, fetcher=fetcher).code == "METHOD-KEY"


@pytest.mark.parametrize(
    "document",
    [
        did_document(multikey(ED25519, "#key-1", controller=WEB), assertion=["#key-1"]),
        did_document(multikey(ED25519, "#key-1", controller=WEB), assertion=METHOD),
        did_document(multikey(ED25519, METHOD, controller=WEB), assertion="#key-1"),
        did_document(assertion=[multikey(ED25519, "#key-1", controller=WEB)]),
        did_document(assertion=multikey(ED25519, METHOD, controller=WEB)),
        {
            "id": WEB,
            "verificationMethod": multikey(ED25519, METHOD, controller=WEB),
            "assertionMethod": [multikey(ED25519, METHOD, controller=WEB)],
        },
    ],
    ids=["relative", "one string", "mixed", "embedded", "one object", "twice alike"],
)
def test_a_key_may_be_listed_relatively_or_embedded(document: JsonObject) -> None:
    found = resolve_key(METHOD, issuer=WEB, fetcher=documents({WEB_URL: document}))
    assert facts(found) == (METHOD, ED25519, WEB, "document")


def test_a_did_web_with_path_and_port_is_fetched_there() -> None:
    did = "did:web:badges.example%3A8443:orgs:one"
    url = "https://badges.example:8443/orgs/one/did.json"
    method = f"{did}#key-1"
    fetcher = documents({url: did_document(multikey(ED25519, method, controller=did), did=did)})
    assert resolve_key(method, issuer=did, fetcher=fetcher).provenance == "document"


def test_another_controller_of_a_listed_key_is_returned_as_found() -> None:
    fetcher = documents({WEB_URL: did_document(multikey(ED25519, METHOD, controller="did:web:else.example"))})
    assert resolve_key(METHOD, issuer=WEB, fetcher=fetcher).controller == "did:web:else.example"


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (did_document(), "METHOD-NOT-LISTED"),
        (did_document(multikey(ED25519, f"{WEB}#key-2", controller=WEB)), "METHOD-NOT-LISTED"),
        (did_document(multikey(ED25519, METHOD, controller=WEB), assertion=[]), "METHOD-PURPOSE"),
        ({"id": WEB, "verificationMethod": [multikey(ED25519, METHOD)]}, "METHOD-PURPOSE"),
        ({"id": WEB, "authentication": [multikey(ED25519, METHOD)]}, "METHOD-NOT-LISTED"),
        ({"id": WEB, "publicKey": [multikey(ED25519, METHOD)]}, "METHOD-NOT-LISTED"),
        (did_document(multikey(ED25519, METHOD), multikey(OTHER, METHOD)), "METHOD-AMBIGUOUS"),
        (did_document({"id": METHOD, "type": "Multikey"}), "METHOD-KEY"),
        (did_document({"id": METHOD, "type": "Multikey", "publicKeyMultibase": "z0"}), "METHOD-KEY"),
        (did_document({"id": METHOD, "type": "JsonWebKey", "publicKeyJwk": "x"}), "METHOD-KEY"),
        (did_document({"id": METHOD, "type": "JsonWebKey", "publicKeyJwk": {}}), "METHOD-KEY"),
        (
            did_document({"id": METHOD, "type": "JsonWebKey", "publicKeyJwk": {**ED25519.jwk, "d": "AA"}}),
            "METHOD-KEY",
        ),
        (did_document({"id": METHOD, "type": "Ed25519VerificationKey2018"}), "METHOD-TYPE"),
        (did_document({"id": METHOD}), "METHOD-TYPE"),
        (
            did_document({"id": METHOD, "type": "JsonWebKey", "publicKeyJwk": {"kty": "EC", "crv": "P-521"}}),
            "KEY-KIND",
        ),
        (did_document({**multikey(ED25519, METHOD), "expires": "soon"}), "METHOD-DATE"),
        (did_document({**multikey(ED25519, METHOD), "revoked": 1}), "METHOD-DATE"),
        (did_document({**multikey(ED25519, METHOD), "expires": "2026-01-01T00:00:00"}), "METHOD-DATE"),
        (did_document({**multikey(ED25519, METHOD), "expires": "2026-02-30T00:00:00Z"}), "METHOD-DATE"),
        (did_document({**multikey(ED25519, METHOD), "revoked": "0001-01-01T00:00:00+14:00"}), "METHOD-DATE"),
        (did_document({**multikey(ED25519, METHOD), "expires": "9999-12-31T23:59:59-14:00"}), "METHOD-DATE"),
        (did_document(multikey(ED25519, METHOD), did="did:web:else.example"), "METHOD-DOCUMENT-ID"),
        ({"verificationMethod": [multikey(ED25519, METHOD)]}, "METHOD-DOCUMENT-ID"),
        (did_document(*[multikey(ED25519, f"#{n}") for n in range(101)]), "METHOD-TOO-MANY"),
    ],
)
def test_a_did_document_that_does_not_give_the_key_is_refused(document: JsonObject, code: str) -> None:
    error = refused(METHOD, fetcher=documents({WEB_URL: document}))
    assert (type(error), error.code) == (ERRORS.get(code, KeyMaterialError), code)


def test_a_key_that_cannot_be_read_does_not_hide_another() -> None:
    broken: JsonObject = {"id": f"{WEB}#key-0", "type": "Multikey", "publicKeyMultibase": "z0"}
    document = did_document(broken, "text", multikey(ED25519, METHOD), assertion=[METHOD])
    assert resolve_key(METHOD, issuer=WEB, fetcher=documents({WEB_URL: document})).key == ED25519


def test_an_end_that_cannot_be_read_holds_under_every_name_of_the_key() -> None:
    ended = {**multikey(ED25519, f"{HTTPS}#key-1", controller=HTTPS), "revoked": "9999-12-31T23:59:59-14:00"}
    fetcher = documents({HTTPS: {"id": HTTPS, "assertionMethod": [ended]}, JWKS_URL: {"keys": [ED25519.jwk]}})
    error = refused(f"{HTTPS}#{ED25519.multibase}", issuer=HTTPS, fetcher=fetcher)
    assert (type(error), error.code) == (KeyMaterialError, "METHOD-DATE")


def test_the_end_of_a_key_is_told() -> None:
    ends = {"expires": "2030-01-01T00:00:00Z", "revoked": "2026-03-01T12:00:00.5+01:00"}
    document = did_document({**multikey(ED25519, METHOD), **ends})
    found = resolve_key(METHOD, issuer=WEB, fetcher=documents({WEB_URL: document}))
    assert found.expires == dt.datetime(2030, 1, 1, tzinfo=dt.UTC)
    assert found.revoked == dt.datetime(2026, 3, 1, 11, 0, 0, 500_000, tzinfo=dt.UTC)


def test_a_did_web_without_a_document_leaves_everything_open() -> None:
    assert refused(METHOD).code == "FETCH-NOT-GIVEN"
    assert refused(METHOD, fetcher=documents({})).code == "DOCUMENTS-MISSING"
    gone = Fetched(WEB_URL, WEB_URL, 410, None, b"")
    assert refused(METHOD, fetcher=documents({WEB_URL: gone})).code == "FETCH-STATUS"
    assert refused(METHOD, fetcher=documents({WEB_URL: b"<html>"})).code == "FETCH-NOT-JSON"
    assert refused(METHOD, fetcher=documents({WEB_URL: b"[]"})).code == "FETCH-NOT-JSON"
    assert isinstance(refused(METHOD), ResolutionError)


def test_a_did_web_without_a_fragment_names_no_key() -> None:
    fetcher = Asked({})
    assert refused(WEB, fetcher=fetcher).code == "DID-SYNTAX"
    assert not fetcher.urls


def test_a_did_web_that_carries_its_key_is_a_claim_without_the_document() -> None:
    method = f"{WEB}#{ED25519.multibase}"
    for fetcher in (None, documents({})):
        found = resolve_key(method, issuer=WEB, fetcher=fetcher)
        assert facts(found) == (method, ED25519, WEB, "claim")
        assert isinstance(found.unconfirmed, ResolutionError)


def test_a_did_web_that_carries_its_key_is_refused_by_a_document_without_it() -> None:
    method = f"{WEB}#{ED25519.multibase}"
    fetcher = documents({WEB_URL: did_document(multikey(OTHER, METHOD))})
    assert refused(method, fetcher=fetcher).code == "METHOD-NOT-LISTED"
    fetcher = documents({WEB_URL: did_document(did="did:web:else.example")})
    assert refused(method, fetcher=fetcher).code == "METHOD-DOCUMENT-ID"


def test_a_did_web_of_somebody_else_is_a_claim() -> None:
    fetcher = documents({WEB_URL: did_document(multikey(ED25519, METHOD, controller=WEB))})
    found = resolve_key(METHOD, issuer="did:web:else.example", fetcher=fetcher)
    assert facts(found) == (METHOD, ED25519, WEB, "claim")


def test_a_did_web_is_confirmed_by_an_https_issuer_that_lists_the_same_key() -> None:
    fetcher = documents(
        {
            WEB_URL: did_document(multikey(ED25519, METHOD, controller=WEB)),
            HTTPS: {"id": HTTPS, "assertionMethod": [multikey(ED25519, f"{HTTPS}#1", controller=HTTPS)]},
        }
    )
    found = resolve_key(METHOD, issuer=HTTPS, fetcher=fetcher)
    assert facts(found) == (METHOD, ED25519, HTTPS, "document")


def test_a_key_that_stands_only_in_the_fragment_is_a_claim() -> None:
    method = f"{HTTPS}#{ED25519.multibase}"
    offline = resolve_key(method, issuer=HTTPS)
    assert facts(offline) == (method, ED25519, HTTPS, "claim")
    assert isinstance(offline.unconfirmed, ResolutionError)
    profile: JsonObject = {"id": HTTPS, "type": "Profile", "name": "Example"}
    fetcher = documents({HTTPS: profile, JWKS_URL: {"keys": [OTHER.jwk]}})
    online = resolve_key(method, issuer=HTTPS, fetcher=fetcher)
    assert facts(online) == (method, ED25519, HTTPS, "claim")
    assert online.unconfirmed is None


def test_a_key_in_the_fragment_of_another_address_keeps_its_controller() -> None:
    method = f"https://else.example/issuer#{ED25519.multibase}"
    found = resolve_key(method, issuer=HTTPS)
    assert facts(found) == (method, ED25519, "https://else.example/issuer", "claim")


def test_a_key_in_the_fragment_of_an_http_address_is_a_claim_and_asks_nobody() -> None:
    issuer, fetcher = "http://badges.example/issuer", Asked({})
    found = resolve_key(f"{issuer}#{ED25519.multibase}", issuer=issuer, fetcher=fetcher)
    assert found.provenance == "claim"
    assert refused(f"{issuer}#key-1", issuer=issuer, fetcher=fetcher).code == "FETCH-SCHEME"
    assert refused("http://badges.example/key", issuer=issuer, fetcher=fetcher).code == "FETCH-SCHEME"
    assert not fetcher.urls


@pytest.mark.parametrize("name", [f"#{ED25519.multibase}", "#key-1"])
@pytest.mark.parametrize(
    "member", ["assertionMethod", "verificationMethod", "verificationMethod and reference"]
)
def test_a_key_in_the_document_at_the_issuers_address_is_shown_by_it(name: str, member: str) -> None:
    method = f"{HTTPS}{name}"
    listed = multikey(ED25519, method, controller=HTTPS)
    document: JsonObject = {"id": HTTPS, member.split(maxsplit=1)[0]: [listed]}
    if "reference" in member:
        document["assertionMethod"] = [method]
    found = resolve_key(method, issuer=HTTPS, fetcher=documents({HTTPS: document}))
    assert facts(found) == (method, ED25519, HTTPS, "document")


def test_a_listed_key_is_found_under_another_name_by_being_equal() -> None:
    method = f"{HTTPS}#{ED25519.multibase}"
    listed = {**multikey(ED25519, f"{HTTPS}#key-1"), "revoked": "2026-01-01T00:00:00Z"}
    document: JsonObject = {"id": HTTPS, "assertionMethod": [multikey(ED25519, "#again"), listed]}
    found = resolve_key(method, issuer=HTTPS, fetcher=documents({HTTPS: document}))
    assert facts(found) == (method, ED25519, HTTPS, "document")
    assert found.revoked is not None


def test_a_key_that_the_issuer_lists_for_other_purposes_confirms_nothing() -> None:
    method = f"{HTTPS}#{ED25519.multibase}"
    document: JsonObject = {
        "id": HTTPS,
        "verificationMethod": [multikey(ED25519, "#1")],
        "assertionMethod": [],
    }
    found = resolve_key(method, issuer=HTTPS, fetcher=documents({HTTPS: document}))
    assert found.provenance == "claim"


def test_a_document_about_another_issuer_confirms_nothing() -> None:
    method = f"{HTTPS}#{ED25519.multibase}"
    document: JsonObject = {"id": f"{HTTPS}/2", "assertionMethod": [multikey(ED25519, method)]}
    found = resolve_key(method, issuer=HTTPS, fetcher=documents({HTTPS: document}))
    assert found.provenance == "claim"
    assert found.unconfirmed is not None
    assert found.unconfirmed.code == "METHOD-DOCUMENT-ID"


def test_a_key_in_the_fragment_is_confirmed_by_the_key_set_of_the_host() -> None:
    method = f"{HTTPS}#{ED25519.multibase}"
    keys: JsonObject = {"keys": [P256.jwk, ED25519.jwk]}
    found = resolve_key(method, issuer=HTTPS, fetcher=documents({HTTPS: {"id": HTTPS}, JWKS_URL: keys}))
    assert facts(found) == (method, ED25519, HTTPS, "document")


@pytest.mark.parametrize("member", ["controller", "owner"])
def test_a_lone_key_at_the_issuers_address_is_the_issuers(member: str) -> None:
    method = f"{HTTPS}#key-1"
    document: JsonObject = {**multikey(ED25519, method), member: HTTPS}
    found = resolve_key(method, issuer=HTTPS, fetcher=documents({HTTPS: document}))
    assert facts(found) == (method, ED25519, HTTPS, "document")


def test_a_lone_key_of_somebody_else_at_the_issuers_address_is_not_the_issuers() -> None:
    method = f"{HTTPS}#key-1"
    document: JsonObject = multikey(ED25519, method, controller="https://else.example/")
    fetcher = documents({HTTPS: document, JWKS_URL: {"keys": []}})
    assert refused(method, issuer=HTTPS, fetcher=fetcher).code == "METHOD-NOT-LISTED"


def test_a_key_document_elsewhere_is_a_claim_until_the_issuer_lists_it() -> None:
    url = "https://badges.example/keys/1"
    key = multikey(ED25519, url, controller=HTTPS)
    claim = resolve_key(url, issuer=HTTPS, fetcher=documents({url: key}))
    assert facts(claim) == (url, ED25519, HTTPS, "claim")
    profiles: list[JsonObject] = [
        {"id": HTTPS, "assertionMethod": [url]},
        {"id": HTTPS, "publicKey": url},
        {"id": HTTPS, "assertionMethod": [multikey(ED25519, "#key-1")]},
    ]
    for profile in profiles:
        found = resolve_key(url, issuer=HTTPS, fetcher=documents({url: key, HTTPS: profile}))
        assert facts(found) == (url, ED25519, HTTPS, "document")


def test_a_pem_key_document_of_open_badges_2_is_read() -> None:
    url = "https://badges.example/keys/1"
    key: JsonObject = {
        "id": url, "type": "CryptographicKey", "owner": HTTPS, "publicKeyPem": RSA.pem.decode(),
    }  # fmt: skip
    fetcher = documents({url: key, HTTPS: {"id": HTTPS, "type": "Issuer", "publicKey": [url]}})
    assert facts(resolve_key(url, issuer=HTTPS, fetcher=fetcher)) == (url, RSA, HTTPS, "document")


def test_a_bare_jwk_at_an_address_is_a_claim_until_the_key_set_holds_it() -> None:
    url = "https://badges.example/keys/1"
    document: JsonObject = dict(P256.jwk)
    claim = resolve_key(url, issuer=HTTPS, fetcher=documents({url: document}))
    assert facts(claim) == (url, P256, HTTPS, "claim")
    fetcher = documents({url: document, HTTPS: {"id": HTTPS}, JWKS_URL: {"keys": [document]}})
    assert resolve_key(url, issuer=HTTPS, fetcher=fetcher).provenance == "document"


def test_a_bare_jwk_that_names_another_issuer_keeps_it_as_controller() -> None:
    url = "https://badges.example/keys/1"
    fetcher = documents({url: {**P256.jwk, "iss": "https://else.example"}})
    assert resolve_key(url, issuer=HTTPS, fetcher=fetcher).controller == "https://else.example"


def test_a_controller_document_elsewhere_is_a_claim() -> None:
    base = "https://else.example/keys"
    document: JsonObject = {"id": base, "verificationMethod": [multikey(ED25519, "#1", controller=base)]}
    found = resolve_key(f"{base}#1", issuer=HTTPS, fetcher=documents({base: document}))
    assert facts(found) == (f"{base}#1", ED25519, base, "claim")
    assert refused(f"{base}#2", issuer=HTTPS, fetcher=documents({base: document})).code == "METHOD-NOT-LISTED"


def test_a_key_document_about_another_key_is_refused() -> None:
    url = "https://badges.example/keys/1"
    fetcher = documents({url: multikey(ED25519, "https://badges.example/keys/2")})
    assert refused(url, issuer=HTTPS, fetcher=fetcher).code == "METHOD-DOCUMENT-ID"


def test_an_https_key_without_a_document_leaves_everything_open() -> None:
    for method in (f"{HTTPS}#key-1", "https://badges.example/keys/1"):
        assert isinstance(refused(method, issuer=HTTPS), ResolutionError)
        assert refused(method, issuer=HTTPS, fetcher=documents({})).code == "DOCUMENTS-MISSING"


def test_an_issuer_document_without_the_key_refuses_it() -> None:
    fetcher = documents({HTTPS: {"id": HTTPS}, JWKS_URL: {"keys": []}})
    error = refused(f"{HTTPS}#key-1", issuer=HTTPS, fetcher=fetcher)
    assert (type(error), error.code) == (KeyMaterialError, "METHOD-NOT-LISTED")


def test_a_fragment_of_an_unsupported_kind_is_unsupported() -> None:
    p521 = "z2J9gcGMwFj5dFRM6nhT4RDGwmurFXiy6maxztsN9qvkbDSVwQasde2BXH6AM73Mo9nrQdbvhaP7fSPmdsCVyRjRyhkkaKt7"
    error = refused(f"{HTTPS}#{p521}", issuer=HTTPS)
    assert (type(error), error.code) == (UnsupportedError, "KEY-KIND")


def test_each_document_is_asked_for_once() -> None:
    fetcher = Asked({HTTPS: dump_json({"id": HTTPS})})
    refused(f"{HTTPS}#key-1", issuer=HTTPS, fetcher=fetcher)
    assert fetcher.urls == [HTTPS, JWKS_URL]


def test_a_key_that_the_identifier_shows_needs_no_fetching() -> None:
    fetcher = Asked({})
    resolve_key(ED25519.verification_method, issuer=ED25519.did_key, fetcher=fetcher)
    resolve_key(OTHER.verification_method, issuer=ED25519.did_key, fetcher=fetcher)
    assert not fetcher.urls
