"""The metadata in which an issuer of SD-JWT VCs tells its keys."""

from __future__ import annotations

import pytest

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.errors import KeyMaterialError, OpenBadgeError, ResolutionError
from openbadge_issuer.resolution.jwt_vc_issuer import fetch_issuer_keys, metadata_url
from openbadge_issuer.resolution.verification_method import resolve_jwt_key
from unit.resolution.keys import ED25519, OTHER, P256, Asked, documents

ISSUER = "https://badges.example/tenant/1"
URL = "https://badges.example/.well-known/jwt-vc-issuer/tenant/1"
KEYS_URL = "https://keys.example/jwks"
KEYS: JsonObject = {"keys": [{**ED25519.jwk, "kid": "a"}, {**P256.jwk, "kid": "b"}]}


def metadata(**changes: JsonValue) -> JsonObject:
    document: JsonObject = {"issuer": ISSUER, "jwks": KEYS, **changes}
    return {name: value for name, value in document.items() if value is not None}


@pytest.mark.parametrize(
    ("issuer", "url"),
    [
        ("https://badges.example", "https://badges.example/.well-known/jwt-vc-issuer"),
        ("https://badges.example/", "https://badges.example/.well-known/jwt-vc-issuer"),
        (ISSUER, URL),
        (f"{ISSUER}/", URL),
        ("https://badges.example:8443/a", "https://badges.example:8443/.well-known/jwt-vc-issuer/a"),
    ],
)
def test_the_well_known_path_stands_between_host_and_path(issuer: str, url: str) -> None:
    assert metadata_url(issuer) == url


@pytest.mark.parametrize(
    "issuer", [f"{ISSUER}?a=b", f"{ISSUER}#a", "http://badges.example", "did:web:a.example", ""]
)
def test_only_plain_https_issuers_have_metadata(issuer: str) -> None:
    with pytest.raises(ResolutionError):
        metadata_url(issuer)


def test_keys_stand_in_the_metadata_or_where_that_leads() -> None:
    for given in (
        {URL: metadata()},
        {URL: metadata(jwks=None, jwks_uri=KEYS_URL), KEYS_URL: KEYS},
    ):
        found = fetch_issuer_keys(ISSUER, fetcher=documents(given)).find("b")
        assert found is not None
        assert (found.key, found.controller) == (P256, ISSUER)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"issuer": "https://badges.example"}, "METHOD-DOCUMENT-ID"),
        ({"issuer": f"{ISSUER}/"}, "METHOD-DOCUMENT-ID"),
        ({"issuer": None}, "METHOD-DOCUMENT-ID"),
        ({"jwks_uri": KEYS_URL}, "METHOD-METADATA"),
        ({"jwks": None}, "METHOD-METADATA"),
        ({"jwks": []}, "METHOD-METADATA"),
        ({"jwks": None, "jwks_uri": "http://keys.example/"}, "FETCH-SCHEME"),
        ({"jwks": None, "jwks_uri": KEYS_URL}, "DOCUMENTS-MISSING"),
    ],
    ids=str,
)
def test_metadata_of_another_or_without_keys_is_not_used(changes: JsonObject, code: str) -> None:
    with pytest.raises(OpenBadgeError) as error:
        fetch_issuer_keys(ISSUER, fetcher=documents({URL: metadata(**changes)}))
    assert error.value.code == code
    assert error.value.sentence("nl")


def test_a_token_names_its_key_in_the_metadata() -> None:
    fetcher = documents({URL: metadata()})
    for kid, key in (("a", ED25519), ("b", P256)):
        found = resolve_jwt_key({"kid": kid}, issuer=ISSUER, fetcher=fetcher, metadata=True)
        assert (found.key, found.provenance, found.controller) == (key, "document", ISSUER)
    found = resolve_jwt_key({"jwk": P256.jwk}, issuer=ISSUER, fetcher=fetcher, metadata=True)
    assert found.provenance == "document"
    assert (
        resolve_jwt_key({"jwk": OTHER.jwk}, issuer=ISSUER, fetcher=fetcher, metadata=True).provenance
        == "claim"
    )
    with pytest.raises(OpenBadgeError):
        resolve_jwt_key({"kid": "c"}, issuer=ISSUER, fetcher=fetcher, metadata=True)


def test_one_key_alone_needs_no_name() -> None:
    alone: JsonObject = {"keys": [ED25519.jwk]}
    found = resolve_jwt_key({}, issuer=ISSUER, fetcher=documents({URL: metadata(jwks=alone)}), metadata=True)
    assert (found.key, found.provenance) == (ED25519, "document")
    with pytest.raises(ResolutionError):
        resolve_jwt_key({}, issuer=ISSUER, fetcher=documents({URL: metadata()}), metadata=True)
    with pytest.raises(KeyMaterialError) as error:
        resolve_jwt_key({}, issuer="did:example:1", metadata=True)
    assert error.value.code == "METHOD-NOT-NAMED"


def test_the_only_key_of_the_host_ends_when_the_profile_says_so() -> None:
    ended: JsonObject = {
        "id": f"{ISSUER}#old",
        "type": "JsonWebKey",
        "publicKeyJwk": dict(ED25519.jwk),
        "revoked": "2026-01-01T00:00:00Z",
    }
    profile: JsonObject = {"id": ISSUER, "verificationMethod": [ended], "assertionMethod": []}
    keys: JsonObject = {"keys": [ED25519.jwk]}
    fetcher = documents({ISSUER: profile, "https://badges.example/.well-known/jwks.json": keys})
    found = resolve_jwt_key({}, issuer=ISSUER, fetcher=fetcher, metadata=True)
    assert found.key == ED25519
    assert found.revoked is not None


def test_other_tokens_do_not_ask_for_metadata() -> None:
    asked = Asked({})
    with pytest.raises(ResolutionError):
        resolve_jwt_key({"kid": "a"}, issuer=ISSUER, fetcher=asked)
    assert URL not in asked.urls
    with pytest.raises(ResolutionError):
        resolve_jwt_key({"kid": "a"}, issuer=ISSUER, fetcher=asked, metadata=True)
    assert asked.urls.count(URL) == 1
