from __future__ import annotations

import pytest

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.errors import CanonicalizationError
from openbadge_issuer.jsonld.dataset import expanded_dataset

FIRST = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#first>"
REST = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#rest>"
NIL = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#nil>"
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"


def quads(*nodes: JsonValue) -> list[tuple[str, ...]]:
    return [tuple(quad) for quad in expanded_dataset(list(nodes), base="https://base.invalid/")]


def code_of(*nodes: JsonValue) -> str:
    with pytest.raises(CanonicalizationError) as error:
        quads(*nodes)
    assert str(error.value)
    return error.value.code


def test_types_references_and_values_become_quads() -> None:
    node: JsonObject = {"@id": "urn:s", "@type": ["urn:T"], "urn:p": [{"@id": "urn:o"}, {"@value": 1}]}
    assert quads(node) == [
        ("<urn:s>", TYPE, "<urn:T>", ""),
        ("<urn:s>", "<urn:p>", "<urn:o>", ""),
        ("<urn:s>", "<urn:p>", '"1"^^<http://www.w3.org/2001/XMLSchema#integer>', ""),
    ]


def test_a_label_of_the_document_is_one_node_wherever_it_stands() -> None:
    node: JsonObject = {"@id": "_:b1", "urn:p": [{"@id": "_:x"}, {"urn:q": [{"@id": "_:x"}]}]}
    (_, _, first, _), (_, _, second, _), _ = sorted(quads(node), key=lambda quad: quad[1] + quad[2])
    assert first != second
    assert len({term for quad in quads(node) for term in quad if term.startswith("_:")}) == 3


def test_a_list_is_a_chain_of_cells() -> None:
    node: JsonObject = {"@id": "urn:s", "urn:p": [{"@list": [{"@value": "a"}, {"@list": []}]}]}
    assert set(quads(node)) == {
        ("<urn:s>", "<urn:p>", "_:b0", ""),
        ("_:b0", FIRST, '"a"', ""),
        ("_:b0", REST, "_:b1", ""),
        ("_:b1", FIRST, NIL, ""),
        ("_:b1", REST, NIL, ""),
    }


def test_a_graph_names_the_quads_in_it() -> None:
    node: JsonObject = {"@id": "urn:s", "urn:p": [{"@graph": [{"@id": "urn:t", "urn:q": [{"@value": "a"}]}]}]}
    assert quads(node) == [
        ("<urn:t>", "<urn:q>", '"a"', "_:b0"),
        ("<urn:s>", "<urn:p>", "_:b0", ""),
    ]


def test_a_reverse_property_points_back() -> None:
    assert quads({"@id": "urn:s", "@reverse": {"urn:p": [{"@id": "urn:o"}]}}) == [
        ("<urn:o>", "<urn:p>", "<urn:s>", "")
    ]


@pytest.mark.parametrize(
    ("code", "node"),
    [
        ("JSONLD-RELATIVE-IRI", {"@id": "relative", "urn:p": [{"@value": 1}]}),
        ("JSONLD-RELATIVE-IRI", {"@id": "https://base.invalid/a", "urn:p": [{"@value": 1}]}),
        ("JSONLD-RELATIVE-IRI", {"urn:p": [{"@id": "a"}]}),
        ("JSONLD-RELATIVE-IRI", {"@type": ["Type"]}),
        ("JSONLD-IRI", {"urn:p": [{"@id": "urn:a b"}]}),
        ("JSONLD-IRI", {"urn:p q": [{"@value": 1}]}),
        ("JSONLD-IRI", {"_:p": [{"@value": 1}]}),
        ("JSONLD-IRI", {"@type": ["_:t"]}),
        ("JSONLD-IRI", {"@type": [None]}),
        ("JSONLD-UNSIGNED-VALUE", {"@id": "urn:s"}),
        ("JSONLD-UNSIGNED-VALUE", {"@value": "a"}),
        ("JSONLD-UNSIGNED-VALUE", {"@list": []}),
        ("JSONLD-UNSIGNED-VALUE", {"urn:p": [{"@graph": [{"@id": "urn:s"}]}]}),
        ("JSONLD-UNSIGNED-VALUE", {"urn:p": [{"@graph": [{}]}]}),
        ("JSONLD-KEYWORD", {"urn:p": [{"@value": "a", "@index": "x"}]}),
        ("JSONLD-KEYWORD", {"@included": [{"urn:p": []}]}),
        ("JSONLD-DATATYPE", {"urn:p": [{"@value": "a", "@type": "date"}]}),
        ("JSONLD-LANGUAGE", {"urn:p": [{"@value": "a", "@language": "e n"}]}),
        ("JSONLD-SPLIT-NODE", {"@id": "urn:s", "urn:p": [{"@id": "urn:s", "urn:q": [{"@value": 1}]}]}),
    ],
)
def test_what_would_not_be_signed_as_it_reads_is_refused(code: str, node: JsonObject) -> None:
    assert code_of(node) == code


def test_a_node_may_be_described_again_if_that_hides_nothing() -> None:
    node: JsonObject = {"@id": "urn:s", "@type": ["urn:T"], "urn:p": [{"@id": "urn:s", "@type": ["urn:U"]}]}
    assert len(quads(node)) == 3


def test_a_graph_is_a_world_of_its_own() -> None:
    inner: JsonObject = {"@id": "urn:s", "urn:q": [{"@value": 1}]}
    assert len(quads({"@id": "urn:s", "urn:p": [{"@graph": [inner]}]})) == 2
