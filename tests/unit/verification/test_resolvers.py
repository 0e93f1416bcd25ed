"""Badges of issuers whose DID method only the caller can resolve."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from issued_badges import KEY, LATER, NOW, OTHER_KEY, https_badge, open_or_failed, outcomes
from openbadge_issuer import Resolver
from openbadge_issuer.assertions.json_text import JsonObject, dump_json, parse_json_object
from openbadge_issuer.errors import ResolutionError
from openbadge_issuer.signing.compromise import (
    CompromisedKey,
    CompromiseList,
    sign_compromise_list,
    signature_digest,
)
from openbadge_issuer.signing.did_document import LIST_TYPE, did_document
from openbadge_issuer.signing.signing_key import SigningKey
from openbadge_issuer.signing.vc_jose_cose import sign_vp_jose
from openbadge_issuer.signing.vc_jwt import parse_jwt
from openbadge_issuer.verification import VerificationReport, verify, verify_many

DID = "did:example:breakthrough"
METHOD = f"{DID}#key-1"
LIST = "https://badges.example/compromised-keys.jwt"
BADGE = https_badge(DID, METHOD).data
TOKEN = https_badge(DID, f"{METHOD}-jwk", proof="vc-jwt").data


class Ledger:
    """A register of DIDs, as far as one test needs it."""

    methods = ("example", "other")

    def __init__(self, documents: Mapping[str, bytes]) -> None:
        self.documents = documents
        self.asked = 0

    def resolve(self, did: str) -> bytes:
        """Bring the document."""
        self.asked += 1
        if did not in self.documents:
            raise ResolutionError("DID-RESOLVER", did=did, problem="not found")
        return self.documents[did]


def ledger(*keys: SigningKey, **changes: object) -> Ledger:
    document = did_document(DID, [(f"key-{at}", key.public_key) for at, key in enumerate(keys, 1)])
    return Ledger({DID: dump_json({**document, **changes})})  # type: ignore[dict-item]  # whatever a test wants


def judged(data: bytes, *resolvers: Resolver, **options: object) -> VerificationReport:
    return verify(data, **{"now": LATER, "resolvers": resolvers, **options})  # type: ignore[arg-type]  # any option


@pytest.mark.parametrize("data", [BADGE, TOKEN], ids=["proof", "token"])
def test_a_badge_is_accepted_with_a_resolver_and_not_without(data: bytes) -> None:
    report = judged(data, ledger(KEY))
    assert report, report
    assert report.key
    assert report.key.shown_by == "document"
    assert open_or_failed(judged(data)) == {"DID-METHOD": "undetermined"}


@pytest.mark.parametrize("data", [BADGE, TOKEN], ids=["proof", "token"])
@pytest.mark.parametrize(
    ("known", "found"),
    [
        (Ledger({}), {"DID-RESOLVER": "undetermined"}),
        (Ledger({DID: b"<html>"}), {"FETCH-NOT-JSON": "undetermined"}),
        (ledger(KEY, id="did:example:other"), {"METHOD-DOCUMENT-ID": "undetermined"}),
        (ledger(OTHER_KEY), {"PROOF-SIGNATURE": "failed"}),
        (ledger(KEY, assertionMethod=[]), {"METHOD-PURPOSE": "failed"}),
    ],
)
def test_whatever_else_a_resolver_says_is_no_success(
    data: bytes, known: Ledger, found: dict[str, str]
) -> None:
    report = judged(data, known)
    assert not report
    assert open_or_failed(report) in (found, {"JWT-SIGNATURE": "failed"})


def test_services_of_the_document_are_followed() -> None:
    service: JsonObject = {"id": "#list", "type": LIST_TYPE, "serviceEndpoint": LIST}
    document = did_document(DID, [("key-1", KEY.public_key), ("key-2", OTHER_KEY.public_key)])
    listed = document["verificationMethod"]
    assert isinstance(listed, list)
    for method in listed[:2]:
        assert isinstance(method, dict)
        method["revoked"] = "2026-03-10T00:00:00Z"
    known = Ledger({DID: dump_json({**document, "service": [service]})})
    stolen = CompromisedKey(
        KEY.public_key,
        NOW + timedelta(days=1),
        frozenset({signature_digest(parse_jwt(TOKEN, types={"jwt"}))}),
    )
    signed = sign_compromise_list(
        CompromiseList(DID, NOW + timedelta(days=20), (stolen,)),
        OTHER_KEY,
        verification_method=f"{DID}#key-2",
    )
    assert judged(TOKEN, known, documents={LIST: signed})
    report = judged(BADGE, known, documents={LIST: signed})
    assert open_or_failed(report) == {"PROOF-KEY-COMPROMISED": "failed"}


def test_a_holder_can_have_such_a_did() -> None:
    document = parse_json_object(ledger(KEY).documents[DID])
    document["authentication"] = document["assertionMethod"]
    known = Ledger({DID: dump_json(document)})
    subject = https_badge(DID, METHOD)
    credential = parse_json_object(subject.data)
    presentation = sign_vp_jose(
        {
            "@context": ["https://www.w3.org/ns/credentials/v2"],
            "type": ["VerifiablePresentation"],
            "holder": DID,
            "verifiableCredential": [credential],
        },
        KEY,
        kid=METHOD,
        challenge="1",
        audience="https://verifier.example",
        issued=LATER,
    )
    report = judged(
        presentation.encode(), known, challenge="1", domain="https://verifier.example", holder=DID
    )
    assert report.verdicts["integrity"] == "passed", report


def test_a_stream_asks_once_for_each_badge() -> None:
    known = ledger(KEY)
    reports = list(verify_many([BADGE, TOKEN, BADGE], now=LATER, resolvers=[known]))
    assert all(reports)
    assert known.asked == len(reports)
    with ThreadPoolExecutor(2) as pool:
        assert all(verify_many([BADGE, TOKEN] * 3, now=LATER, resolvers=[known], executor=pool))


def test_two_resolvers_for_one_method_are_an_error_of_the_caller() -> None:
    with pytest.raises(ValueError, match="example"):
        judged(BADGE, ledger(KEY), ledger(KEY))


def test_what_was_found_does_not_change_with_a_resolver_that_is_not_needed() -> None:
    plain = https_badge(KEY.did_key, KEY.public_key.verification_method).data
    known = ledger(KEY)
    assert outcomes(judged(plain, known)) == outcomes(judged(plain))
    assert known.asked == 0
