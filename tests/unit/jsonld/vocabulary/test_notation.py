from __future__ import annotations

import pytest

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.jsonld.vocabulary.notation import (
    GRAPH,
    ID,
    PROTECTED,
    SET,
    Namespace,
    changed,
    merged,
    plus,
    scope_of,
    without,
)

PLAIN = Namespace("https://terms.example/#")
OBJECTS = Namespace("https://terms.example/#", objects=True)


def test_names_without_a_shape_are_bare_strings() -> None:
    assert PLAIN("a b") == {"a": "https://terms.example/#a", "b": "https://terms.example/#b"}


def test_a_publisher_may_write_objects() -> None:
    assert OBJECTS("a") == {"a": {"@id": "https://terms.example/#a"}}


def test_a_term_may_have_another_name_in_its_namespace() -> None:
    assert PLAIN("tag=keywords") == {"tag": "https://terms.example/#keywords"}
    assert Namespace("")("query=https://terms.example/?a=b") == {"query": "https://terms.example/?a=b"}


def test_all_names_get_the_shape() -> None:
    shaped: JsonObject = {"@id": "https://terms.example/#a", "@type": "@id", "@container": "@set"}
    assert PLAIN("a", coerce=ID, container=SET) == {"a": shaped}


def test_the_null_context_is_not_the_same_as_none() -> None:
    assert PLAIN("a", container=GRAPH, scope=None) == {
        "a": {"@id": "https://terms.example/#a", "@container": "@graph", "@context": None}
    }


def test_a_class_has_a_type_scoped_context() -> None:
    assert PLAIN.cls("Thing", PLAIN("part")) == {
        "Thing": {
            "@id": "https://terms.example/#Thing",
            "@context": {**PROTECTED, "part": "https://terms.example/#part"},
        }
    }
    bare: JsonObject = {}
    assert scope_of(Namespace("urn:", head=bare).cls("T", PLAIN("part"))["T"]) == PLAIN("part")


def test_a_name_has_an_iri() -> None:
    assert PLAIN["a"] == "https://terms.example/#a"


def test_a_term_defined_twice_is_a_slip() -> None:
    with pytest.raises(ValueError, match="a"):
        merged(PLAIN("a"), OBJECTS("a"))


def test_a_difference_leaves_out_changes_and_adds() -> None:
    first = merged(PLAIN("a b"), PLAIN.cls("Thing", PLAIN("c d")), PLAIN.cls("Other", PLAIN("c")))
    second = without(first, "a Thing/d")
    assert second == merged(PLAIN("b"), PLAIN.cls("Thing", PLAIN("c")), PLAIN.cls("Other", PLAIN("c")))
    assert plus(plus(second, PLAIN("a")), PLAIN("d"), at="Thing") == first
    third = changed(first, OBJECTS("c"), at="Thing Other")
    assert third == merged(
        PLAIN("a b"), PLAIN.cls("Thing", OBJECTS("c"), PLAIN("d")), PLAIN.cls("Other", OBJECTS("c"))
    )


def test_a_difference_does_not_touch_what_it_starts_from() -> None:
    first = PLAIN.cls("Thing", PLAIN("c"))
    without(first, "Thing/c")
    changed(first, OBJECTS("c"), at="Thing")
    plus(first, PLAIN("d"), at="Thing")
    assert first == PLAIN.cls("Thing", PLAIN("c"))


def test_a_difference_that_does_not_fit_is_a_slip() -> None:
    first = merged(PLAIN("a"), PLAIN.cls("Thing", PLAIN("c")))
    for slip in ("b", "Thing/a", "Nothing/c", "a/c"):
        with pytest.raises(ValueError, match=r"defined|class"):
            without(first, slip)
    with pytest.raises(ValueError, match="not defined"):
        changed(first, PLAIN("b"))
    with pytest.raises(ValueError, match="twice"):
        plus(first, PLAIN("a"))
