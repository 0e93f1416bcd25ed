"""From an expanded document to quads (JSON-LD 1.1 Processing Algorithms and API, section 8).

Plain processors pass in silence over relative IRIs, IRIs that are none, and whatever no quad can say.
Here it is refused, since it would look signed and not be.
"""

from __future__ import annotations

from collections.abc import Callable, KeysView
from typing import TypeAlias

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.errors import CanonicalizationError
from openbadge_issuer.jsonld.iri import is_absolute_iri
from openbadge_issuer.jsonld.literals import value_literal
from openbadge_issuer.jsonld.nquads import RDF, Quad, Term, blank, iri
from openbadge_issuer.jsonld.shown import shown

RDF_TYPE = iri(RDF + "type")
RDF_FIRST = iri(RDF + "first")
RDF_REST = iri(RDF + "rest")
RDF_NIL = iri(RDF + "nil")

Place: TypeAlias = Callable[[JsonValue], str]

SAID_OF_OTHERS = frozenset({"https://purl.imsglobal.org/spec/vc/ob/vocab.html#endorsementComment"})
"""What an endorsement inside a credential says of that credential; no context lets it stand at the top."""

_NOTED_BEFORE = frozenset({"@language", "@direction"})  # as members outside the canonical form


def expanded_dataset(
    expanded: list[JsonValue], *, base: str = "", place: Place = lambda _value: ""
) -> list[Quad]:
    """Write the quads of an expanded document, with blank nodes labelled as they come.

    Args:
        expanded: node objects, as expansion gives them.
        base: the base IRI under which it was expanded; what begins with it was relative.
        place: finds the JSON Pointer of a value in the document, for errors.

    Raises:
        CanonicalizationError: something could not be signed as it stands; codes `JSONLD-…`.
    """
    writer = _Writer(base, place)
    writer.graph(expanded, "")
    return writer.quads


class _Writer:
    def __init__(self, base: str, place: Place) -> None:
        self.quads: list[Quad] = []
        self._base = base
        self._place = place
        self._blank_nodes = 0
        self._labels: dict[str, Term] = {}  # what the document calls a blank node -> what we call it
        self._tops: dict[tuple[Term, str], KeysView[str]] = {}  # what the nodes at a graph's top speak of

    def graph(self, values: list[JsonValue], graph: Term) -> None:
        """Write the nodes of one graph; each must have something to say.

        An empty document is for the caller to judge. An empty named graph is not: processors differ on
        whether it is there at all.
        """
        nodes = [value for value in values if isinstance(value, dict) and _says_something(value, graph)]
        if len(nodes) != len(values):
            lost = next(value for value in values if value not in nodes)
            raise self._error("JSONLD-UNSIGNED-VALUE", lost)
        for node in nodes:
            self._tops[graph, str(node.get("@id"))] = node.keys()
        for node in nodes:
            if node:
                self._node(node, graph)

    def _node(self, node: JsonObject, graph: Term) -> Term:
        subject = self._subject(node.get("@id"))
        for name, values in node.items():
            if name == "@id":
                continue
            if name == "@type":
                for item in _array(values):
                    self.quads.append(Quad(subject, RDF_TYPE, self._iri(item), graph))
            elif name == "@graph":
                self.graph(_array(values), subject)
            elif name == "@reverse":
                self._reverse(values, subject, graph)
            elif not name.startswith("@"):
                predicate = self._iri(name)
                for value in _array(values):
                    self.quads.append(Quad(subject, predicate, self._object(value, graph), graph))
            elif name not in _NOTED_BEFORE:
                raise self._error("JSONLD-KEYWORD", node, name=name)
        return subject

    def _reverse(self, values: JsonValue, target: Term, graph: Term) -> None:
        for name, nodes in _object(values).items():
            predicate = self._iri(name)
            for node in _array(nodes):
                self.quads.append(Quad(self._object(node, graph), predicate, target, graph))

    def _object(self, value: JsonValue, graph: Term) -> Term:
        item = _object(value)
        if "@index" in item:
            raise self._error("JSONLD-KEYWORD", item, name="@index")
        if "@value" in item:
            return self._literal(item)
        if "@list" in item:
            return self._list(_array(item["@list"]), graph)
        top = self._tops.get((graph, str(item.get("@id"))))
        if (
            top is not None
            and "@id" in item
            and any(name not in top and name not in SAID_OF_OTHERS for name in item)
        ):
            # Members could be moved there from the top: signed as before, and no longer found.
            raise self._error("JSONLD-SPLIT-NODE", item, id=shown(str(item["@id"])))
        return self._node(item, graph)

    def _literal(self, item: JsonObject) -> Term:
        value, datatype, language = item["@value"], item.get("@type"), item.get("@language")
        try:
            return value_literal(
                value,
                datatype=datatype if isinstance(datatype, str) else None,
                language=language if isinstance(language, str) else None,
            )
        except CanonicalizationError as error:
            named = {"JSONLD-LANGUAGE": language, "JSONLD-DATATYPE": datatype}.get(error.code, value)
            raise CanonicalizationError(error.code, self._place(named), **error.details) from error

    def _list(self, items: list[JsonValue], graph: Term) -> Term:
        if not items:
            return RDF_NIL
        cells = [self._new_blank() for _ in items]
        for cell, item, rest in zip(cells, items, [*cells[1:], RDF_NIL], strict=True):
            self.quads.append(Quad(cell, RDF_FIRST, self._object(item, graph), graph))
            self.quads.append(Quad(cell, RDF_REST, rest, graph))
        return cells[0]

    def _subject(self, identifier: JsonValue) -> Term:
        if identifier is None:
            return self._new_blank()
        if isinstance(identifier, str) and identifier.startswith("_:"):
            if identifier not in self._labels:
                self._labels[identifier] = self._new_blank()
            return self._labels[identifier]
        return self._iri(identifier)

    def _iri(self, value: JsonValue) -> Term:
        if not isinstance(value, str):
            raise self._error("JSONLD-IRI", value, value="null")
        if self._base and value.startswith(self._base):
            raise self._error("JSONLD-RELATIVE-IRI", value, value=shown(value.removeprefix(self._base)))
        if is_absolute_iri(value):
            return iri(value)
        code = "JSONLD-IRI" if ":" in value else "JSONLD-RELATIVE-IRI"
        raise self._error(code, value, value=shown(value))

    def _new_blank(self) -> Term:
        self._blank_nodes += 1
        return blank(f"b{self._blank_nodes - 1}")

    def _error(self, code: str, value: JsonValue, /, **details: str | int) -> CanonicalizationError:
        named = value.get("@id", value.get("@value")) if isinstance(value, dict) else value
        return CanonicalizationError(code, self._place(named), **details)


def _says_something(node: JsonObject, graph: Term) -> bool:
    if not node:
        return not graph
    return "@value" not in node and "@list" not in node and node.keys() != {"@id"}


def _array(value: JsonValue) -> list[JsonValue]:
    return value if isinstance(value, list) else [value]


def _object(value: JsonValue) -> JsonObject:
    return value if isinstance(value, dict) else {"@id": value}
