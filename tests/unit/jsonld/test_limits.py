from __future__ import annotations

import pytest

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.errors import CanonicalizationError, LimitError, OpenBadgeError
from openbadge_issuer.jsonld import limits
from openbadge_issuer.jsonld.inline import inline_contexts
from openbadge_issuer.jsonld.limits import check_limits


def refusal(document: JsonObject) -> OpenBadgeError:
    with pytest.raises(OpenBadgeError) as error:
        check_limits(document)
    assert error.value.sentence("en")
    assert error.value.sentence("nl")
    return error.value


def nested(levels: int) -> JsonObject:
    value: JsonValue = "bottom"
    for _ in range(levels):
        value = {"a": value}
    assert isinstance(value, dict)
    return value


def test_an_ordinary_document_passes() -> None:
    check_limits(
        {"@context": ["https://a.example/", {"a": {"@id": "urn:a", "@type": "@id"}}], "a": ["é", 1, None]}
    )


def test_the_deepest_document_passes_and_a_deeper_one_is_refused() -> None:
    check_limits(nested(100))
    error = refusal(nested(101))
    assert isinstance(error, LimitError)
    assert (error.code, error.pointer) == ("JSONLD-DEPTH", "/a" * 100)


def test_too_many_values_are_refused() -> None:
    assert refusal({"a": [0] * limits.MAX_NODES}).code == "JSONLD-NODES"


def test_too_long_a_text_is_refused_with_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_STRING", 3)
    check_limits({"a": "xyz"})
    error = refusal({"a": [0, {"b/c": "wxyz"}]})
    assert (error.code, error.pointer) == ("JSONLD-STRING", "/a/1/b~1c")


def test_too_many_contexts_together_are_refused() -> None:
    check_limits({"@context": ["urn:c"] * limits.MAX_CONTEXTS_TOGETHER})
    error = refusal({"@context": ["urn:c"] * (limits.MAX_CONTEXTS_TOGETHER + 1)})
    assert (error.code, error.pointer) == ("JSONLD-CONTEXTS", "/@context")


def test_too_many_contexts_in_all_are_refused() -> None:
    items: list[JsonValue] = [{"@context": "urn:c"} for _ in range(limits.MAX_CONTEXTS + 1)]
    assert refusal({"a": items}).code == "JSONLD-CONTEXTS"


@pytest.mark.parametrize("document", [{"a": ["\ud800"]}, {"a": {"\udfff": 1}}])
def test_half_a_character_is_refused(document: JsonObject) -> None:
    error = refusal(document)
    assert isinstance(error, CanonicalizationError)
    assert (error.code, error.pointer[:2]) == ("JSONLD-SURROGATE", "/a")


@pytest.mark.parametrize(
    ("context", "place"),
    [
        ({"@import": "https://www.w3.org/ns/credentials/v2"}, "/@context/@import"),
        ({"@base": "https://a.example/"}, "/@context/@base"),
        ({"@future": "urn:a"}, "/@context/@future"),
        ({"a": "@future"}, "/@context/a"),
        (["urn:c", {"a": {"@id": "@future"}}], "/@context/1/a"),
        ({"a": {"@reverse": "@future"}}, "/@context/a"),
        ({"A": {"@id": "urn:A", "@context": {"@import": "urn:c"}}}, "/@context/A/@context/@import"),
    ],
)
def test_a_context_that_upsets_the_processor_is_refused(context: JsonValue, place: str) -> None:
    error = refusal({"@context": context})
    assert (error.code, error.pointer) == ("JSONLD-CONTEXT", place)


def test_contexts_inside_a_document_are_found_wherever_they_stand() -> None:
    scoped: JsonObject = {"b": "urn:b"}
    top: JsonObject = {"A": {"@id": "urn:A", "@context": scoped}}
    low: JsonObject = {"c": "urn:c"}
    document: JsonObject = {"@context": ["urn:c", top], "x": [{"@context": low}]}
    assert [entry for _, entry in inline_contexts(document)] in ([top, low, scoped], [top, scoped, low])
