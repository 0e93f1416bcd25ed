"""Our canonical form is plain pyld's, on credentials of every class that hypothesis makes up."""

from __future__ import annotations

import copy

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from pyld import jsonld

from openbadge_issuer.assertions.clr import CLR_CONTEXT
from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.assertions.node import Node
from openbadge_issuer.errors import OpenBadgeError
from openbadge_issuer.jsonld.canonical import canonicalize
from openbadge_issuer.jsonld.contexts import PINNED
from signable_documents import CREDENTIALS_V2, OPEN_BADGES, prepared, signable
from strategies import badges, endorsements


def plain_pyld(document: JsonObject) -> bytes | None:
    """Canonicalize with pyld as it comes; None where it refuses."""

    def load(url: str, _options: object) -> dict[str, object]:
        return {
            "contentType": "application/ld+json",
            "contextUrl": None,
            "documentUrl": url,
            "document": copy.deepcopy(PINNED.load(url)),
            "tag": "static",
        }

    options = {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": load}
    try:
        text: str = jsonld.normalize(document, options)
    except (jsonld.JsonLdError, KeyError, ValueError, TypeError):
        return None
    return text.encode()


def agree(document: JsonObject) -> None:
    try:
        ours = canonicalize(document)
    except OpenBadgeError as error:
        event(f"refused: {error.code}")
        return
    event("compared")
    assert ours == plain_pyld(document)


many = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@many
@given(badges)
def test_on_badges_both_give_the_same_bytes(badge: Node) -> None:
    agree(prepared(badge, OPEN_BADGES))


@many
@given(endorsements)
def test_on_endorsements_both_give_the_same_bytes(endorsement: Node) -> None:
    agree(prepared(endorsement, OPEN_BADGES))


@many
@given(st.lists(badges, min_size=1, max_size=2), st.booleans())
def test_on_learner_records_both_give_the_same_bytes(inside: list[Node], partial: bool) -> None:  # noqa: FBT001  # drawn
    issuer: JsonObject = {"id": "https://example.org/issuer", "type": ["Profile"], "name": "Registry"}
    subject: JsonObject = {
        "id": "urn:uuid:learner",
        "type": ["ClrSubject"],
        "verifiableCredential": [signable(badge.to_json()) for badge in inside],
    }
    agree(
        {
            "@context": [CREDENTIALS_V2, CLR_CONTEXT, OPEN_BADGES],
            "id": "urn:uuid:record",
            "type": ["VerifiableCredential", "ClrCredential"],
            "name": "Record",
            "partial": partial,
            "issuer": issuer,
            "validFrom": "2026-01-01T00:00:00Z",
            "credentialSubject": subject,
        }
    )


def test_many_generated_badges_are_compared_and_not_refused() -> None:
    """Without this, the properties above could hold by comparing nothing.

    What is drawn depends on which modules are loaded: constants in our source are tried as values too.
    """
    compared = 0

    @settings(max_examples=60, database=None, suppress_health_check=list(HealthCheck))
    @given(badges)
    def count(badge: Node) -> None:
        nonlocal compared
        try:
            canonicalize(prepared(badge, OPEN_BADGES))
        except OpenBadgeError:
            return
        compared += 1

    count()
    assert compared >= 20
