from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, dump_json, parse_json_object
from openbadge_issuer.jsonld.contexts import ContextLoader
from openbadge_issuer.jsonld.vocabulary.notation import (
    GRAPH,
    ID,
    JSON,
    LIST,
    SET,
    VOCAB,
    Namespace,
    changed,
    merged,
    plus,
    without,
)

IRI = "https://terms.example/#"
words = st.text(st.characters(categories=("L", "N"), include_characters="-_."), min_size=1, max_size=8)
terms = st.lists(words, min_size=1, max_size=5, unique=True)
coercions = st.sampled_from(["", ID, VOCAB, JSON, f"{IRI}datatype"])
containers = st.sampled_from(["", SET, LIST, GRAPH])


@given(names=terms, other=words, objects=st.booleans(), coerce=coercions, container=containers)
def test_every_name_becomes_a_term_with_an_absolute_iri(
    *, names: list[str], other: str, objects: bool, coerce: str, container: str
) -> None:
    made = Namespace(IRI, objects=objects)(" ".join(names), coerce=coerce, container=container)
    assert list(made) == names
    for name, definition in made.items():
        shape: JsonValue = definition if isinstance(definition, dict) else {"@id": definition}
        assert isinstance(shape, dict)
        assert shape.pop("@id") == IRI + name
        assert shape.pop("@type", "") == coerce
        assert shape.pop("@container", "") == container
        assert not shape
    assert Namespace(IRI)(f"{names[0]}={other}") == {names[0]: IRI + other}


@given(terms, terms, words)
def test_a_difference_and_its_inverse_cancel_out(here: list[str], there: list[str], cls: str) -> None:
    namespace = Namespace(IRI)
    inner = [name for name in there if name not in ("id", "type")]
    outer = [name for name in here if name != cls]
    base = namespace.cls(cls)
    whole = plus(merged(base, namespace(" ".join(outer))), namespace(" ".join(inner)), at=cls)
    names = " ".join([*outer, *(f"{cls}/{name}" for name in inner)])
    assert without(whole, names) == base
    other = changed(whole, Namespace("urn:other:")(" ".join(inner)), at=cls)
    assert changed(other, namespace(" ".join(inner)), at=cls) == whole


@given(terms, coercions, containers)
def test_a_generated_context_is_json_that_the_loader_takes(
    names: list[str], coerce: str, container: str
) -> None:
    document: JsonObject = {"@context": Namespace(IRI)(" ".join(names), coerce=coerce, container=container)}
    assert parse_json_object(dump_json(document)) == document
    url = "https://badges.example/context.json"
    loaded = ContextLoader({url: document}).load(url)
    assert json.dumps(loaded) == json.dumps(document)
