"""Whatever JSON comes, the data model is judged without an error of Python's, and within the document."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.assertions.vc_data_model import check_vc_data_model
from openbadge_issuer.errors.rules import rule_book

NAMES = (
    "@context type id issuer holder credentialSubject credentialStatus credentialSchema evidence name "
    "description validFrom validUntil relatedResource digestSRI verifiableCredential proof @value"
)
MEMBERS = st.sampled_from(NAMES.split(" "))
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.text(max_size=8),
    st.sampled_from(
        [
            "https://www.w3.org/ns/credentials/v2",
            "VerifiableCredential",
            "VerifiablePresentation",
            "EnvelopedVerifiableCredential",
            "2026-01-01T00:00:00Z",
            "9999-12-31T23:59:59-14:00",
            "0001-01-01T00:00:00+14:00",
            "0000-01-01T00:00:00Z",
        ]
    ),
)
JSON: st.SearchStrategy[JsonValue] = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(MEMBERS, inner, max_size=5),
    max_leaves=20,
)
DOCUMENTS: st.SearchStrategy[JsonObject] = st.dictionaries(MEMBERS, JSON, max_size=9)


def holder_exists(document: JsonValue, pointer: str) -> bool:
    """Tell whether the place, or for a missing member what should hold it, is in the document."""
    here = document
    for step in pointer.split("/")[1:-1]:
        here = here[int(step)] if isinstance(here, list) else here[step] if isinstance(here, dict) else None
    return isinstance(here, dict | list)


@given(DOCUMENTS)
@settings(max_examples=300)
def test_any_document_is_judged_and_every_problem_has_its_place_and_sentence(document: JsonObject) -> None:
    for problem in check_vc_data_model(document):
        rule = rule_book()[problem.code]
        assert rule.en.format_map(problem.details)
        assert rule.how_nl.format_map(problem.details)
        assert holder_exists(document, problem.pointer)
    assert check_vc_data_model(document) == check_vc_data_model(document)
