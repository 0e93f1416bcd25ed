from __future__ import annotations

import copy
from itertools import pairwise
from typing import Any

import pytest
from pyld.jsonld import JsonLdProcessor

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.jsonld.compiled.active_context import ActiveContext, Declined, is_name
from openbadge_issuer.jsonld.contexts import PINNED
from openbadge_issuer.jsonld.watch import KEYWORDS

EMPTY = ActiveContext({})
TERM: JsonObject = {"term": "https://vocabulary.example/term"}


def contexts_of(url: str) -> list[JsonObject]:
    parts: list[JsonObject] = []
    context = PINNED.load(url)["@context"]
    for part in context if isinstance(context, list) else [context]:
        if isinstance(part, str):
            parts += contexts_of(part)
        else:
            assert isinstance(part, dict)
            parts.append(part)
    return parts


def ours(*urls: str) -> ActiveContext:
    active = EMPTY
    for url in urls:
        for part in contexts_of(url):
            active = active.plus(part)
    return active


def pyld_mappings(*urls: str) -> dict[str, Any]:
    def load(url: str, _options: object) -> dict[str, object]:
        document = copy.deepcopy(PINNED.load(url))
        return {"document": document, "documentUrl": url, "contextUrl": None, "contentType": None}

    processor = JsonLdProcessor()
    options = {"processingMode": "json-ld-1.1", "base": "", "documentLoader": load}
    active = processor._get_initial_context(options)  # noqa: SLF001  # pyld has no other way
    mappings: dict[str, Any] = processor.process_context(active, [*urls], options)["mappings"]
    return mappings


def as_pyld(active: ActiveContext) -> dict[str, Any]:
    found = {}
    for term, definition in active.definitions.items():
        mapping: dict[str, Any] = {
            "reverse": False,
            "protected": definition.protected,
            "_prefix": definition.prefix,
            "_term_has_colon": False,
            "@id": definition.iri,
        }
        if definition.coercion is not None:
            mapping["@type"] = definition.coercion
        if definition.container:
            mapping["@container"] = [*definition.container]
        if definition.scope is not None or definition.clears:
            mapping["@context"] = False if definition.clears else definition.scope
        found[term] = mapping
    return found


@pytest.mark.parametrize("url", sorted(PINNED.urls))
def test_a_pinned_context_has_the_terms_that_pyld_finds_in_their_order(url: str) -> None:
    found, expected = as_pyld(ours(url)), pyld_mappings(url)
    assert found == expected
    assert [*found] == [*expected]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *pairwise(url for url in sorted(PINNED.urls) if "openbadges" in url or "openbadgespec" in url),
        (
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ),
        (
            "https://www.w3.org/2018/credentials/v1",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json",
        ),
    ],
)
def test_so_has_one_on_top_of_another(one: str, other: str) -> None:
    try:
        found = as_pyld(ours(one, other))
    except Declined:
        return
    assert found == pyld_mappings(one, other)


@pytest.mark.parametrize(
    "context",
    [
        {"@base": "https://vocabulary.example/"},
        {"@import": "https://www.w3.org/ns/credentials/v2"},
        {"@language": "en"},
        {"@direction": "ltr"},
        {"@propagate": False},
        {"@version": 1.0},
        {"@protected": "yes"},
        {"@vocab": "relative"},
        {"@vocab": 1},
        {"@foo": "urn:x"},
        {"": "urn:x"},
        {"a:b": "urn:x"},
        {"a/b": "urn:x"},
        {"_uuid": "urn:x"},
        {"term": None},
        {"term": 1},
        {"term": ["urn:x"]},
        {"term": "relative"},
        {"term": "term"},
        {"term": "_:b"},
        {"term": "urn:a b"},
        {"term": "@graph"},
        {"term": "@json"},
        {"term": "@foo"},
        {"term": {"@id": None}},
        {"term": {"@type": "@id"}},
        {"term": {"@id": "@id", "@type": "@id"}},
        {"term": {"@reverse": "urn:x"}},
        {"term": {"@id": "urn:x", "@nest": "@nest"}},
        {"term": {"@id": "urn:x", "@index": "urn:i"}},
        {"term": {"@id": "urn:x", "@language": "en"}},
        {"term": {"@id": "urn:x", "@prefix": True}},
        {"term": {"@id": "urn:x", "@protected": 1}},
        {"term": {"@id": "urn:x", "@type": "@none"}},
        {"term": {"@id": "urn:x", "@type": "relative"}},
        {"term": {"@id": "urn:x", "@type": 5}},
        {"term": {"@id": "urn:x", "@container": "@language"}},
        {"term": {"@id": "urn:x", "@container": ["@list", "@set"]}},
        {"term": {"@id": "urn:x", "@container": []}},
        {"term": {"@id": "urn:x", "@context": "https://www.w3.org/ns/credentials/v2"}},
        {"term": {"@id": "urn:x", "@context": {"other": "relative"}}},
        {"one": "other:x", "other": "one:x"},
    ],
)
def test_what_no_pinned_context_holds_is_declined(context: JsonObject) -> None:
    with pytest.raises(Declined):
        EMPTY.plus(context)


def test_a_protected_term_may_be_said_again_but_not_changed() -> None:
    first = EMPTY.plus({"@protected": True, **TERM})
    assert first.plus(TERM).definitions["term"].protected
    with pytest.raises(Declined):
        first.plus({"term": "urn:other"})
    assert first.plus({"term": "urn:other"}, override_protected=True).definitions["term"].iri == "urn:other"


def test_a_term_that_is_needed_for_another_is_not_allowed_more_than_others() -> None:
    first = EMPTY.plus({"@protected": True, "ex": "https://vocabulary.example/"})
    with pytest.raises(Declined):
        first.plus({"term": "ex:term", "ex": "https://other.example/"}, override_protected=True)


def test_a_context_that_comes_with_a_type_remembers_the_one_before() -> None:
    first = EMPTY.plus(TERM)
    typed = first.plus({"more": "urn:more"}, propagate=False)
    assert typed.previous is first
    assert typed.plus({"most": "urn:most"}, propagate=False).previous is first
    assert typed.plus({"most": "urn:most"}).previous is first


@pytest.mark.parametrize(
    ("written", "expanded"),
    [
        ("term", "https://vocabulary.example/term"),
        ("id", "@id"),
        ("@id", "@id"),
        ("@foo", None),
        ("@", "@"),
        ("@foo1", "@foo1"),
        ("ex:a", "https://ex.example/a"),
        ("ex://a", "ex://a"),
        ("term:a", "term:a"),
        ("_:a", "_:a"),
        (":a", ":a"),
        ("unknown", "unknown"),
        ("", ""),
    ],
)
def test_names_expand_as_processors_expand_them(written: str, expanded: str | None) -> None:
    active = EMPTY.plus({**TERM, "id": "@id", "ex": "https://ex.example/"})
    assert active.expanded(written) == expanded


def test_with_a_vocabulary_every_name_expands() -> None:
    active = EMPTY.plus({"@vocab": "https://v.example/", **TERM})
    assert active.expanded("unknown") == "https://v.example/unknown"
    assert active.expanded("urn:x") == "urn:x"
    assert active.expanded("1:x") == "https://v.example/1:x"
    assert active.plus({"@vocab": None}).expanded("unknown") == "unknown"


@pytest.mark.parametrize("name", ["@id", "urn:x", "_:x", "urn:x\n"])
def test_names_that_processors_keep(name: str) -> None:
    assert is_name(name)


@pytest.mark.parametrize("name", [None, "", "x", "urn:a b", "@foo1", ":x"])
def test_names_that_processors_drop(name: str | None) -> None:
    assert not is_name(name)


def test_the_keywords_are_those_of_pyld() -> None:
    from pyld.jsonld import KEYWORDS as EXPECTED  # noqa: PLC0415  # only here

    assert set(EXPECTED) == KEYWORDS
