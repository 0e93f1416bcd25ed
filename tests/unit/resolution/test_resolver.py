"""Resolvers for further DID methods: asked once, bounded, and believed only about the DID itself."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from openbadge_issuer.assertions.json_text import JsonObject, dump_json
from openbadge_issuer.errors import KeyMaterialError, OpenBadgeError, ResolutionError, UnsupportedError
from openbadge_issuer.resolution.fetching import MAX_KEY_DOCUMENT_BYTES, Fetched
from openbadge_issuer.resolution.resolver import MAX_RESOLUTIONS, Resolvers
from openbadge_issuer.resolution.verification_method import VerificationKey, resolve_jwt_key, resolve_key
from unit.resolution.keys import ED25519, OTHER, multikey

DID = "did:example:123:abc"
METHOD = f"{DID}#key-1"


class Ledger:
    """A resolver that knows some documents, and notes what it was asked for."""

    def __init__(
        self, documents: Mapping[str, bytes | Exception], methods: tuple[str, ...] = ("example",)
    ) -> None:
        self.methods = methods
        self.documents = documents
        self.asked: list[str] = []

    def resolve(self, did: str) -> bytes:
        """Note the DID and answer."""
        self.asked.append(did)
        found = self.documents.get(did, ResolutionError("DID-RESOLVER", did=did, problem="not found"))
        if isinstance(found, Exception):
            raise found
        return found


class Nobody:
    """A fetcher that must not be asked."""

    def fetch(self, url: str, *, accept: str = "", max_bytes: int = 0) -> Fetched:
        """Fail."""
        raise AssertionError(url, accept, max_bytes)


def document(did: str = DID, **changes: object) -> bytes:
    method = multikey(ED25519, f"{did}#key-1", controller=did)
    plain: JsonObject = {"id": did, "verificationMethod": [method], "assertionMethod": [f"{did}#key-1"]}
    return dump_json({**plain, **changes})  # type: ignore[dict-item]  # whatever a test wants


def found(ledger: Ledger, method: str = METHOD, *, issuer: str = DID) -> VerificationKey:
    return resolve_key(method, issuer=issuer, resolvers=Resolvers([ledger]), fetcher=Nobody())


def refused(answer: bytes | Exception, method: str = METHOD) -> OpenBadgeError:
    with pytest.raises(OpenBadgeError) as caught:
        found(Ledger({DID: answer}), method)
    for language in ("en", "nl"):
        assert caught.value.sentence(language)
        caught.value.advice(language)
    return caught.value


def test_the_document_that_a_resolver_brings_shows_the_key() -> None:
    ledger = Ledger({DID: document()})
    key = found(ledger)
    assert (key.id, key.key, key.controller, key.provenance) == (METHOD, ED25519, DID, "document")
    assert ledger.asked == [DID]


@pytest.mark.parametrize(
    "header", [{"kid": METHOD}, {"kid": "key-1"}, {"kid": "#key-1"}, {"jwk": ED25519.jwk}]
)
def test_so_does_it_for_a_token(header: JsonObject) -> None:
    key = resolve_jwt_key(header, issuer=DID, resolvers=Resolvers([Ledger({DID: document()})]))
    assert (key.key, key.controller, key.provenance) == (ED25519, DID, "document")


def test_a_key_of_another_did_is_not_the_issuers() -> None:
    other = "did:example:other"
    key = found(
        Ledger({DID: document(), other: document(other)}), f"{other}#key-1", issuer="did:example:third"
    )
    assert (key.controller, key.provenance) == (other, "claim")
    assert key.unconfirmed is not None
    assert key.unconfirmed.code == "DID-RESOLVER"


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (OSError(111, "Connection refused"), "DID-RESOLVER"),
        (TimeoutError(), "DID-RESOLVER"),
        (ResolutionError("DID-RESOLVER", did=DID, problem="deactivated"), "DID-RESOLVER"),
        (b"", "FETCH-NOT-JSON"),
        (b"[]", "FETCH-NOT-JSON"),
        (b"\xff", "FETCH-NOT-JSON"),
        (b'{"id": 1, "id": 2}', "FETCH-NOT-JSON"),
        (b" " * (MAX_KEY_DOCUMENT_BYTES + 1), "FETCH-TOO-LARGE"),
        (document("did:example:other"), "METHOD-DOCUMENT-ID"),
        (document(id=None), "METHOD-DOCUMENT-ID"),
        (document(assertionMethod=["x"] * 201), "METHOD-TOO-MANY"),
    ],
)
def test_what_a_resolver_does_not_bring_leaves_the_question_open(
    answer: bytes | Exception, code: str
) -> None:
    error = refused(answer)
    assert (type(error), error.code) == (ResolutionError, code)


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (document(assertionMethod=[]), "METHOD-PURPOSE"),
        (document(verificationMethod=[], assertionMethod=[]), "METHOD-NOT-LISTED"),
    ],
)
def test_a_document_that_does_not_list_the_key_refuses_it(answer: bytes, code: str) -> None:
    error = refused(answer)
    assert (type(error), error.code) == (KeyMaterialError, code)


@pytest.mark.parametrize(
    "did", [f"{DID}?versionId=1", f"{DID}/path", "did:example:", "did:example:a:", "did:example:%"]
)
def test_what_is_no_did_is_not_asked_for(did: str) -> None:
    ledger = Ledger({did: document(did)})
    with pytest.raises(ResolutionError) as caught:
        found(ledger, f"{did}#key-1", issuer=did)
    assert caught.value.code == "DID-SYNTAX"
    assert ledger.asked == []


def test_a_name_without_a_fragment_names_no_key() -> None:
    assert refused(document(), DID).code == "DID-SYNTAX"


def test_other_methods_stay_unsupported() -> None:
    ledger = Ledger({})
    for method in ("did:examples:1#k", "did:exampl:1#k", "DID:example:1#k", "urn:example:1#k"):
        with pytest.raises(UnsupportedError) as caught:
            found(ledger, method)
        assert caught.value.code == "DID-METHOD"
    assert ledger.asked == []


def test_a_key_that_the_name_carries_is_a_claim_where_the_document_cannot_be_had() -> None:
    key = found(Ledger({DID: TimeoutError()}), f"{DID}#{OTHER.multibase}")
    assert (key.key, key.provenance) == (OTHER, "claim")


@pytest.mark.parametrize(
    "methods", [("key",), ("jwk",), ("web",), ("did:example",), ("Example",), ("",), ("a", "a")]
)
def test_there_is_no_resolver_for_what_is_known_twice_or_no_method(methods: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="resolver"):
        Resolvers([Ledger({}, methods)])


def test_each_did_is_asked_for_once_failures_too() -> None:
    ledger = Ledger({DID: document()})
    resolvers = Resolvers([ledger])
    for did in (DID, DID, "did:example:none", "did:example:none"):
        if did == DID:
            assert resolvers.document(did).find(METHOD)
            continue
        with pytest.raises(ResolutionError):
            resolvers.document(did)
    assert ledger.asked == [DID, "did:example:none"]
    assert resolvers.afresh().document(DID).find(METHOD)
    assert ledger.asked == [DID, "did:example:none", DID]


def test_a_badge_cannot_send_a_resolver_to_any_number_of_dids() -> None:
    ledger = Ledger({})
    resolvers = Resolvers([ledger])
    codes = []
    for number in range(MAX_RESOLUTIONS + 3):
        with pytest.raises(ResolutionError) as caught:
            resolvers.document(f"did:example:{number}")
        codes.append(caught.value.code)
    assert codes[MAX_RESOLUTIONS - 1 :] == ["DID-RESOLVER", *["FETCH-BUDGET"] * 3]
    assert len(ledger.asked) == MAX_RESOLUTIONS
