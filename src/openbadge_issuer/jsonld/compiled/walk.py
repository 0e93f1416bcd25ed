"""The walk through a document under its tables, straight to N-Quads.

It does in one go what expansion and conversion to RDF do one after the other (JSON-LD 1.1 Processing
Algorithms and API, sections 5.1 and 8), for documents of which nothing has to be refused. Where something
might have to be, it stops with `Suspect` or `CanonicalizationError`, and `refusal` looks closely.
"""

from __future__ import annotations

from typing import Final

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.errors import CanonicalizationError, LimitError
from openbadge_issuer.jsonld.compiled.active_context import Declined
from openbadge_issuer.jsonld.compiled.tables import Kinds, Table, Tables, Term
from openbadge_issuer.jsonld.compiled.values import SCALARS, parts_of_value, value_table
from openbadge_issuer.jsonld.contexts import ContextLoader
from openbadge_issuer.jsonld.dataset import RDF_FIRST, RDF_NIL, RDF_REST, RDF_TYPE, SAID_OF_OTHERS
from openbadge_issuer.jsonld.limits import check_limits
from openbadge_issuer.jsonld.literals import value_literal
from openbadge_issuer.jsonld.nquads import Term as Written
from openbadge_issuer.jsonld.rdfc import Statement
from openbadge_issuer.jsonld.shown import shown
from openbadge_issuer.jsonld.watch import Note, is_empty

MAX_DEPTH = 40
"""Levels of objects; `check_limits` allows more, and the general way has the last word there."""

MAX_UNCHECKED = 10_000
"""Values that are walked through before the document is held against the limits."""

MAX_CONTEXTS_UNCHECKED = 64
"""Entries of `@context` before that."""

_CHECKED = -(10**9)


class Walk:
    """One walk.

    Args:
        document: the document.
        tables: where the tables come from.
        loader: where contexts come from.

    Attributes:
        lines: the statements without blank nodes, as lines.
        rests: those of unnamed nodes of the default graph that mention no other, as lines without subject.
        quads: the others: subject, predicate, object, graph (empty for the default graph).
        noted: the members that are not signed: the object, the name, and the rule that says why.
        unusual: whether parts were passed over that must be held against the limits before it is believed.
    """

    def __init__(self, document: JsonObject, tables: Tables, loader: ContextLoader) -> None:
        self.lines: list[str] = []
        self.rests: dict[Written, list[str]] = {}
        self.quads: list[Statement] = []
        self.noted: list[Note] = []
        self.unusual = False
        self.document: Final = document
        self._walked = 0
        self._tables = tables
        self._loader = loader
        self._contexts = 0
        self._blank_nodes = 0
        self._labels: dict[str, Written] = {}  # what the document calls a blank node -> what we call it
        self._tops: dict[Written, tuple[Written, JsonObject, Table]] = {}  # by graph: the node at its top
        self._spoken: dict[Written, set[str]] = {}  # by graph: what the node at its top may speak of

    def run(self) -> None:
        """Walk through the document.

        Raises:
            Suspect: something may have to be refused.
            CanonicalizationError: the same; its place is not known yet.
            Declined: there is something that the compiled way is not proven for.
            LimitError: the document is too large.
        """
        table = self._tables.start or self._tables.root
        if table is self._tables.root and "@context" in self.document:
            table = self._inside(self.document, table)
        self._node(self.document, table, "", 0)
        if not self.lines and not self.quads and not any(self.rests.values()):
            raise Declined

    def _inside(self, element: JsonObject, table: Table) -> Table:
        """Return the table under the contexts that stand in an object."""
        contexts = element["@context"]
        if type(contexts) is list:
            entries = len(contexts)
            key: str | tuple[JsonValue, ...] = tuple(contexts)
        elif type(contexts) is str:
            entries, key = 1, contexts
        else:
            raise Declined
        before = self._contexts
        self._contexts += entries
        if before <= MAX_CONTEXTS_UNCHECKED < self._contexts:
            self._check()
        try:
            return table.lists[self._loader, key]  # type: ignore[index]  # what is no text is not found
        except (KeyError, TypeError):
            return table.under(contexts, self._loader)

    def _node(self, element: JsonObject, table: Table, graph: Written, depth: int) -> Written:
        """Write what an object says of a node, and return the node.

        Args:
            element: the object.
            table: the context in force, before the types of the object.
            graph: the graph in which it says so.
            depth: in how many objects the object stands.
        """
        if depth > MAX_DEPTH:
            raise Declined
        types = element.get(table.type_key)
        if types is None:
            kinds, inner = None, table
        else:
            key = tuple(types) if type(types) is list else types if type(types) is str else None
            try:
                kinds = table.kinds[key]  # type: ignore[index]  # what is no text is not found
            except (KeyError, TypeError):
                kinds = table.new_kinds(types)
            inner = kinds.table
        self._walked += len(element)
        if self._walked > MAX_UNCHECKED:
            self._check()
        identifier = element.get(inner.id_key)
        subject = self._new_blank() if identifier is None else self._identifier(identifier, element, inner)
        top = self._tops.get(graph)
        if top is None:
            self._tops[graph] = subject, element, inner
        elif top[0] == subject:
            self._check_split(graph, element, inner)
        if graph:
            self._members_in_graph(element, inner, kinds, subject, graph, depth)
        else:
            self._members(element, inner, kinds, subject, depth)
        return subject

    def _members(  # noqa: C901, PLR0912  # the innermost loop: calls would cost more than they tell
        self, element: JsonObject, table: Table, kinds: Kinds | None, subject: Written, depth: int
    ) -> None:
        """Write what an object of the default graph says of its node: nearly all of a badge."""
        if subject[0] == "_":
            lines, start = self.rests.setdefault(subject, []), ""
        else:
            lines, start = self.lines, subject
        if kinds is not None:
            for ending in kinds.endings:
                lines.append(start + ending)
        terms = table.terms
        for key, value in element.items():
            try:
                term = terms[key]
            except KeyError:
                term = self._unknown(element, key, table)
                if term is None:
                    continue
            if term is None:
                if value is None:  # no identifier, type or context
                    raise Declined
                continue
            if type(value) is str and not term.container:
                write = term.write  # by itself, since a call through a slot is slow
                try:
                    target = write(value)
                except CanonicalizationError as error:
                    target = self._amiss_text(error, value, term, key)
                lines.append(f"{start}{term.middle}{target} .\n")
                continue
            for target in self._targets(value, term, key, "", depth):
                if target[0] == "_":
                    self.quads.append((subject, term.predicate, target, ""))
                else:
                    lines.append(f"{start}{term.middle}{target} .\n")

    def _members_in_graph(  # noqa: PLR0917  # as one call, for speed
        self,
        element: JsonObject,
        table: Table,
        kinds: Kinds | None,
        subject: Written,
        graph: Written,
        depth: int,
    ) -> None:
        """Write what an object says of its node in a graph of its own."""
        if kinds is not None:
            self.quads += [(subject, RDF_TYPE, iri, graph) for iri in kinds.iris]
        for key, value in element.items():
            term = table.terms[key] if key in table.terms else self._unknown(element, key, table)
            if term is not None:
                self.quads += [
                    (subject, term.predicate, target, graph)
                    for target in self._targets(value, term, key, graph, depth)
                ]
            elif value is None and key in table.terms:
                raise Declined

    def _unknown(self, element: JsonObject, key: str, table: Table) -> Term | None:
        """Look a member up that did not come up before, and note it if it is not signed."""
        if key == "@language" and type(element[key]) is str and _spoken_of(element, table) != {key}:
            self.noted.append((element, key, "JSONLD-UNDEFINED-TERM"))
            return None
        term = table.term(key)
        if term is None or (term.undefined and is_empty(element[key])):
            self.noted.append((element, key, "JSONLD-UNDEFINED-TERM"))
        return term

    def _check_split(self, graph: Written, element: JsonObject, table: Table) -> None:
        """Check an object about the node at the top of its graph.

        Members could be moved there from the top: signed as before, and no longer found.
        """
        top = self._tops[graph]
        if graph not in self._spoken:
            self._spoken[graph] = _spoken_of(top[1], top[2]) | SAID_OF_OTHERS
        if not _spoken_of(element, table) <= self._spoken[graph]:
            name = element[table.id_key] if top[0][0] == "_" else top[0][1:-1]
            self._amiss(CanonicalizationError("JSONLD-SPLIT-NODE", id=shown(str(name))), name)

    def _identifier(self, identifier: JsonValue, element: JsonObject, table: Table) -> Written:
        if type(identifier) is not str:
            raise Declined
        write = table.write_iri
        try:
            return write(identifier)
        except CanonicalizationError as error:
            if not identifier.startswith("_:"):
                return self._amiss(error, identifier)
        self.noted.append((element, table.id_key, "JSONLD-BLANK-LABEL"))
        if identifier not in self._labels:
            self._labels[identifier] = self._new_blank()
        return self._labels[identifier]

    def _targets(self, value: JsonValue, term: Term, key: str, graph: Written, depth: int) -> list[Written]:
        """Write the values of a member; what belongs to nodes among them is written on the way."""
        if term.container:
            return self._contained(value, term, key, graph, depth)
        if type(value) is dict:
            return [self._object(value, term, graph, depth)]
        if type(value) is not list:
            return [self._text(value, term, key)] if type(value) is str else self._scalar(value, term)
        self._count(len(value))
        targets: list[Written] = []
        for item in value:
            if type(item) is dict:
                targets.append(self._object(item, term, graph, depth))
            elif type(item) is str:
                targets.append(self._text(item, term, key))
            elif type(item) is list:
                self.unusual = True
                targets += self._targets(item, term, key, graph, depth)
            else:
                targets += self._scalar(item, term)
        return targets

    def _text(self, text: str, term: Term, key: str) -> Written:
        write = term.write
        try:
            return write(text)
        except CanonicalizationError as error:
            return self._amiss_text(error, text, term, key)

    def _scalar(self, value: JsonValue, term: Term) -> list[Written]:
        """Write a number or a truth value; null is no value."""
        if value is None:
            return []
        if type(value) not in SCALARS:
            raise Declined
        try:
            return [value_literal(value, datatype=term.datatype)]
        except CanonicalizationError as error:
            return [self._amiss(error, value)]

    def _object(self, value: JsonObject, term: Term, graph: Written, depth: int) -> Written:
        """Write an object: a value with its type or language, a reference, or a node."""
        if "@value" in value:
            return self._value(value, value_table(value, term))
        if len(value) == 1 and term.bare.id_key in value:  # a reference, in which nothing is reverted
            return self._identifier(value[term.bare.id_key], value, term.bare)
        table = self._inside(value, term.inner) if "@context" in value else term.inner
        return self._node(value, table, graph, depth + 1)

    def _value(self, element: JsonObject, table: Table) -> Written:
        """Write a value object (JSON-LD 1.1 API, section 5.1.2, step 14)."""
        if "@context" in element:
            raise Declined
        value, datatype, language = parts_of_value(element, table, self.noted)
        try:
            return value_literal(value, datatype=datatype, language=language)
        except CanonicalizationError as error:
            named = {"JSONLD-LANGUAGE": language, "JSONLD-DATATYPE": datatype}.get(error.code, value)
            return self._amiss(error, named)

    def _contained(self, value: JsonValue, term: Term, key: str, graph: Written, depth: int) -> list[Written]:
        """Write values that stand in a list or in graphs of their own, or are JSON."""
        if term.container == "json":
            if value is None:
                raise Declined
            self.unusual = True
            try:
                return [value_literal(value, datatype="@json")]
            except (CanonicalizationError, LimitError) as error:
                raise Declined from error
        if type(value) is list:
            items: list[JsonValue] = [item for item in value if item is not None]
            if list in map(type, items):
                raise Declined
            self._count(len(value))
        elif value is None:
            return []
        else:
            items = [value]
        if term.container == "list":
            return [self._list(items, term, key, graph, depth)]
        return [self._graph(item, term, key, depth) for item in items]

    def _list(self, items: list[JsonValue], term: Term, key: str, graph: Written, depth: int) -> Written:
        """Write an ordered list (JSON-LD 1.1 API, section 8.2.4)."""
        if not items:
            return RDF_NIL
        cells = [self._new_blank() for _ in items]
        for cell, item, rest in zip(cells, items, [*cells[1:], RDF_NIL], strict=True):
            if type(item) is dict:
                target = self._object(item, term, graph, depth)
            elif type(item) is str:
                target = self._text(item, term, key)
            else:
                [target] = self._scalar(item, term)
            self.quads.append((cell, RDF_FIRST, target, graph))
            self.quads.append((cell, RDF_REST, rest, graph))
        return cells[0]

    def _graph(self, item: JsonValue, term: Term, key: str, depth: int) -> Written:
        """Write a node in a graph of its own; in that graph it must say something."""
        graph = self._new_blank()
        unsaid = CanonicalizationError("JSONLD-UNSIGNED-VALUE")
        if type(item) is not dict:
            if type(item) is str and term.refers and self._text(item, term, key) != f"<{item}>":
                raise Declined
            return self._amiss(unsaid, item)
        if "@value" in item or not item:
            raise Declined
        if len(item) == 1 and term.bare.id_key in item:
            self._object(item, term, graph, depth)
            return self._amiss(unsaid, item[term.bare.id_key])
        written = len(self.quads)
        table = self._inside(item, term.inner) if "@context" in item else term.inner
        self._node(item, table, graph, depth + 1)
        if len(self.quads) == written:
            raise Declined
        return graph

    def _count(self, values: int) -> None:
        self._walked += values
        if self._walked > MAX_UNCHECKED:
            self._check()

    def _check(self) -> None:
        """Hold the document against the limits, once."""
        check_limits(self.document)
        self._walked = _CHECKED

    def _new_blank(self) -> Written:
        self._blank_nodes += 1
        return f"_:b{self._blank_nodes - 1}"

    # What `refusal` does otherwise

    def _amiss_text(self, error: CanonicalizationError, _text: str, _term: Term, _key: str) -> Written:
        """Meet a text that cannot be written."""
        raise error

    def _amiss(self, error: CanonicalizationError, _value: JsonValue) -> Written:
        """Meet a value that cannot be signed."""
        raise error


def _spoken_of(element: JsonObject, table: Table) -> set[str]:
    names = {table.name(key): value for key, value in element.items() if key != "@context"}
    return {name for name, value in names.items() if name is not None and value is not None}
