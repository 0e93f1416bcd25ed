from __future__ import annotations

import pytest

from openbadge_issuer.errors import KeyMaterialError, ResolutionError
from openbadge_issuer.signing.did_document import did_document, did_web_url
from openbadge_issuer.signing.public_key import KeyKind
from openbadge_issuer.signing.signing_key import SigningKey

DID = "did:web:badges.example"


@pytest.mark.parametrize(
    ("did", "url"),
    [
        ("did:web:badges.example", "https://badges.example/.well-known/did.json"),
        ("did:web:Badges.Example", "https://badges.example/.well-known/did.json"),
        ("did:web:badges.example:u:Ada", "https://badges.example/u/Ada/did.json"),
        ("did:web:badges.example%3A8443", "https://badges.example:8443/.well-known/did.json"),
        ("did:web:badges.example%3a8443:u", "https://badges.example:8443/u/did.json"),
        ("did:web:xn--bcher-kva.example", "https://xn--bcher-kva.example/.well-known/did.json"),
        ("did:web:a.example:caf%C3%A9", "https://a.example/caf%C3%A9/did.json"),
    ],
)
def test_a_did_web_has_one_place(did: str, url: str) -> None:
    assert did_web_url(did) == url


@pytest.mark.parametrize(
    ("did", "code"),
    [
        ("did:key:z6Mk", "DID-WEB-FORMAT"),
        ("did:web:" + "a" * 3000, "DID-WEB-FORMAT"),
        ("did:web:", "DID-WEB-HOST"),
        ("did:web:.example", "DID-WEB-HOST"),
        ("did:web:a..example", "DID-WEB-HOST"),
        ("did:web:a.example.", "DID-WEB-HOST"),
        ("did:web:-a.example", "DID-WEB-HOST"),
        ("did:web:127.0.0.1", "DID-WEB-HOST"),
        ("did:web:2130706433", "DID-WEB-HOST"),
        ("did:web:0x7f.0x1", "DID-WEB-HOST"),
        ("did:web:%5B%3A%3A1%5D", "DID-WEB-HOST"),
        ("did:web:user@a.example", "DID-WEB-HOST"),
        ("did:web:a.example/path", "DID-WEB-HOST"),
        ("did:web:a.example#key", "DID-WEB-HOST"),
        ("did:web:bücher.example", "DID-WEB-HOST"),
        ("did:web:" + "a" * 64 + ".example", "DID-WEB-HOST"),
        ("did:web:a.example%3A", "DID-WEB-PORT"),
        ("did:web:a.example%3A0", "DID-WEB-PORT"),
        ("did:web:a.example%3A65536", "DID-WEB-PORT"),
        ("did:web:a.example%3A80%2Fx", "DID-WEB-PORT"),
        ("did:web:a.example:", "DID-WEB-PATH"),
        ("did:web:a.example::u", "DID-WEB-PATH"),
        ("did:web:a.example:..", "DID-WEB-PATH"),
        ("did:web:a.example:.", "DID-WEB-PATH"),
        ("did:web:a.example:%2e%2E", "DID-WEB-PATH"),
        ("did:web:a.example:a%2Fb", "DID-WEB-PATH"),
        ("did:web:a.example:a%5Cb", "DID-WEB-PATH"),
        ("did:web:a.example:a%252Fb", "DID-WEB-PATH"),
        ("did:web:a.example:a%00", "DID-WEB-PATH"),
        ("did:web:a.example:a%0A", "DID-WEB-PATH"),
        ("did:web:a.example:a%FF", "DID-WEB-PATH"),
        ("did:web:a.example:a%3Fb", "DID-WEB-PATH"),
        ("did:web:a.example:a%", "DID-WEB-PATH"),
        ("did:web:a.example:u#key", "DID-WEB-PATH"),
        ("did:web:a.example:u?x", "DID-WEB-PATH"),
    ],
)
def test_a_did_web_that_could_lead_elsewhere_is_refused(did: str, code: str) -> None:
    with pytest.raises(ResolutionError) as caught:
        did_web_url(did)
    assert caught.value.code == code
    assert caught.value.sentence("nl")


def test_each_key_is_published_as_multikey_and_as_jwk(keys: dict[KeyKind, SigningKey]) -> None:
    public = keys["Ed25519"].public_key
    document = did_document(DID, [("key-1", public)])
    assert document == {
        "@context": [
            "https://www.w3.org/ns/did/v1",
            "https://w3id.org/security/multikey/v1",
            "https://w3id.org/security/jwk/v1",
        ],
        "id": DID,
        "verificationMethod": [
            {
                "id": f"{DID}#key-1",
                "type": "Multikey",
                "controller": DID,
                "publicKeyMultibase": public.multibase,
            },
            {"id": f"{DID}#key-1-jwk", "type": "JsonWebKey", "controller": DID, "publicKeyJwk": public.jwk},
        ],
        "assertionMethod": [f"{DID}#key-1", f"{DID}#key-1-jwk"],
    }


def test_an_rsa_key_is_published_as_jwk_alone(keys: dict[KeyKind, SigningKey]) -> None:
    document = did_document(DID, [("a", keys["P-256"].public_key), ("b", keys["RSA"].public_key)])
    assert document["assertionMethod"] == [f"{DID}#a", f"{DID}#a-jwk", f"{DID}#b-jwk"]


@pytest.mark.parametrize("fragments", [["a", "a"], ["a", "a-jwk"], [""], ["a#b"], ["a b"]])
def test_fragments_must_be_plain_and_distinct(keys: dict[KeyKind, SigningKey], fragments: list[str]) -> None:
    public = keys["Ed25519"].public_key
    with pytest.raises(KeyMaterialError) as caught:
        did_document(DID, [(fragment, public) for fragment in fragments])
    assert caught.value.code == "DID-DOCUMENT-FRAGMENT"


@pytest.mark.parametrize(
    "did", ["", "badges.example", "did:web:127.0.0.1", "did:web:a.example#b", "did:Web:a"]
)
def test_a_document_needs_a_proper_did(did: str) -> None:
    with pytest.raises(ResolutionError):
        did_document(did, [])
