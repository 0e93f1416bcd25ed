from __future__ import annotations

import pytest

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.errors import ContextError, LimitError
from openbadge_issuer.jsonld.contexts import ContextLoader
from openbadge_issuer.jsonld.known_names import unknown_names

V2 = "https://www.w3.org/ns/credentials/v2"
OB = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"


def unknown(document: JsonObject, **contexts: JsonValue) -> list[tuple[str, str]]:
    loader = ContextLoader({f"https://x.example/{name}": {"@context": c} for name, c in contexts.items()})
    return sorted((found.pointer, found.name) for found in unknown_names(document, loader=loader))


def badge(**changes: JsonValue) -> JsonObject:
    return {"@context": [V2, OB], "type": ["VerifiableCredential", "OpenBadgeCredential"], **changes}


def test_the_names_of_a_badge_are_known() -> None:
    subject: JsonObject = {"type": "AchievementSubject", "achievement": {"type": "Achievement", "tag": ["a"]}}
    assert unknown(badge(credentialSubject=subject, name={"@value": "x", "@language": "nl"})) == []


def test_members_and_types_that_no_context_knows_are_named() -> None:
    subject: JsonObject = {"type": ["AchievementSubject", "Hero"], "power": {"size": 5}}
    document = badge(credentialSubject=subject, evidence=[{"type": "Evidence"}, {"type": "Rumour"}])
    assert unknown(document) == [
        ("/credentialSubject/power", "power"),
        ("/credentialSubject/type/1", "Hero"),
        ("/evidence/1/type", "Rumour"),
    ]


def test_names_with_a_colon_are_left_to_the_exact_way() -> None:
    members: JsonObject = {"schema:size": 1, "https://x.example/term": {"urn:x": 2}}
    assert unknown(badge(**members)) == []


def test_proofs_and_json_literals_and_maps_are_not_looked_into() -> None:
    terms: JsonObject = {
        "raw": {"@id": "urn:raw", "@type": "@json"},
        "titles": {"@id": "urn:titles", "@container": ["@language", "@set"]},
        "none": None,
    }
    document: JsonObject = {
        "@context": [V2, terms],
        "raw": {"a": 1},
        "titles": {"nl": "x"},
        "proof": {"b": 2},
    }
    assert unknown(document) == []
    assert unknown({**document, "none": 1}) == [("/none", "none")]


def test_a_context_inside_counts_below_its_place_only() -> None:
    inner: JsonObject = {"@context": {"size": "urn:size"}, "size": 1}
    assert unknown(badge(evidence=inner)) == []
    assert unknown(badge(evidence=inner, size=1)) == [("/size", "size")]


def test_with_a_vocabulary_for_all_names_none_is_unknown() -> None:
    assert unknown({"@context": [V2, {"@vocab": "urn:x#"}], "size": 1}) == []
    assert unknown({"@context": "https://x.example/one", "size": 1}, one=[{"a": "urn:a"}, V2]) == []


def test_what_no_context_knows_of_a_given_one_is_named() -> None:
    assert unknown({"@context": "https://x.example/one", "a": 1, "b": 2}, one={"a": "urn:a"}) == [("/b", "b")]


def test_a_context_that_is_not_known_is_no_guess() -> None:
    with pytest.raises(ContextError) as error:
        unknown({"@context": [V2, "https://x.example/two"]})
    assert error.value.code == "CONTEXT-UNKNOWN"


def test_more_contexts_than_any_badge_needs_are_not_read() -> None:
    many: list[JsonValue] = [{"@context": [V2] * 16} for _ in range(33)]
    with pytest.raises(LimitError) as error:
        unknown(badge(evidence=many))
    assert error.value.code == "JSONLD-CONTEXTS"


@pytest.mark.parametrize("odd", [5, None, [], [5, None], {"a": 5}, {"a": ["urn:a"]}])
def test_an_odd_context_defines_nothing_or_something_but_never_breaks(odd: JsonValue) -> None:
    assert ("/b", "b") in unknown({"@context": odd, "b": 1})
