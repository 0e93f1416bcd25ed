"""The canonical form of documents that differ in a few texts."""

from __future__ import annotations

import pytest

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.jsonld.canonical import canonicalize
from openbadge_issuer.jsonld.compiled.pattern import CanonicalPattern, scheme_of
from openbadge_issuer.jsonld.contexts import PINNED

CREDENTIALS = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
MARKS = {"<urn:mark0>": 0, '"mark1"': 1, '"mark2"': 2}


def document(name: str, one: str, two: str) -> JsonObject:
    evidence: list[object] = [{"type": "Evidence", "name": one}, {"type": "Evidence", "name": two}]
    return {
        "@context": [CREDENTIALS, OPEN_BADGES],
        "id": name,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "evidence": evidence,  # type: ignore[dict-item]  # JSON
    }


def pattern(given: JsonObject) -> CanonicalPattern | None:
    return CanonicalPattern.of(given, MARKS, PINNED, "sha256")


@pytest.fixture
def made() -> CanonicalPattern:
    found = pattern(document("urn:mark0", "mark1", "mark2"))
    assert found is not None
    return found


@pytest.mark.parametrize("texts", [("a", "b"), ("b", "a"), ("z", "a%s"), ("1", "2"), ("2", "1")])
def test_blank_nodes_are_labelled_anew_for_each_document(
    made: CanonicalPattern, texts: tuple[str, str]
) -> None:
    one, two = texts
    assert made.nquads(["<urn:b>", f'"{one}"', f'"{two}"']) == canonicalize(document("urn:b", one, two))


def test_blank_nodes_that_become_equal_are_declined(made: CanonicalPattern) -> None:
    assert made.nquads(["<urn:b>", '"a"', '"a"']) is None


def test_statements_that_become_equal_are_declined() -> None:
    given = document("urn:mark0", "x", "y")
    named: list[object] = ["mark1", "mark2"]
    given["evidence"] = {"id": "urn:e", "type": "Evidence", "name": named}  # type: ignore[dict-item]  # JSON
    found = pattern(given)
    assert found is not None
    assert found.nquads(["<urn:b>", '"a"', '"b"']) is not None
    assert found.nquads(["<urn:b>", '"a"', '"a"']) is None


def test_a_mark_that_reaches_no_statement_is_declined() -> None:
    assert pattern(document("urn:mark0", "mark1", "other")) is None


def test_a_document_with_members_that_are_not_signed_is_declined() -> None:
    assert pattern({**document("urn:mark0", "mark1", "mark2"), "nonsense": "x"}) is None


def test_the_iris_of_the_shared_part_are_known(made: CanonicalPattern) -> None:
    assert "https://purl.imsglobal.org/spec/vc/ob/vocab.html#Evidence" in made.iris


@pytest.mark.parametrize(
    ("iri", "scheme"),
    [
        ("https://a/b?c#d", "https://"),
        ("did:web:a", "did:"),
        ("urn:a", "urn:"),
        ("https://", None),
        ("https://relative.invalid/a", None),
        ("_:b0", None),
        ("a", None),
        ("urn:é", None),
        ("urn:a b", None),
        ("urn:a\n", None),
        ('urn:"', None),
        ("urn:a\\b", None),
    ],
)
def test_which_iris_may_fill_a_slot(iri: str, scheme: str | None) -> None:
    assert scheme_of(iri) == scheme
