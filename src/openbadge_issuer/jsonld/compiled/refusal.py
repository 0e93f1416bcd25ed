"""A second, close look at a document of which something may have to be refused.

It keeps the order of the general way, in which the first fault is reported: objects from the outside in,
members by name, and faults of the finished statements only when all of the document has been interpreted.
"""

from __future__ import annotations

import re

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.errors import CanonicalizationError
from openbadge_issuer.jsonld.compiled.active_context import Declined
from openbadge_issuer.jsonld.compiled.ordered import in_order
from openbadge_issuer.jsonld.compiled.tables import Suspect, Table, Tables, Term
from openbadge_issuer.jsonld.compiled.values import value_table
from openbadge_issuer.jsonld.compiled.walk import Walk
from openbadge_issuer.jsonld.contexts import ContextLoader
from openbadge_issuer.jsonld.nquads import Term as Written
from openbadge_issuer.jsonld.places import finder
from openbadge_issuer.jsonld.shown import shown
from openbadge_issuer.jsonld.watch import KEYWORDS, Watch

_KEYWORD_FORM = re.compile(r"@[A-Za-z]+$")
_PLACEHOLDER = "<urn:x>"


def refuse(document: JsonObject, tables: Tables, loader: ContextLoader) -> None:
    """Raise what the general way would raise for a document; return if that is not certain.

    Raises:
        CanonicalizationError: the document has no safe canonical form.
        LimitError: the document is too large.
    """
    if not _is_tree(document):
        return
    walk = _CloseWalk(document, tables, loader)
    try:
        walk.run()
    except Suspect:
        return
    if walk.fault is not None:
        error, value = walk.fault
        raise CanonicalizationError(error.code, finder(document)(value), **error.details) from error


class _CloseWalk(Walk):
    """A walk in the order of the general way, with the watch over every object."""

    def __init__(self, document: JsonObject, tables: Tables, loader: ContextLoader) -> None:
        ordered = in_order(document)
        super().__init__(ordered, tables, loader)
        self.fault: tuple[CanonicalizationError, JsonValue] | None = None
        self._place = finder(document)
        self._watch = Watch(tables.inline)
        self._watch.root = ordered

    def _node(self, element: JsonObject, table: Table, graph: Written, depth: int) -> Written:
        self._look(element, table)
        return super()._node(element, table, graph, depth)

    def _object(self, value: JsonObject, term: Term, graph: Written, depth: int) -> Written:
        if "@value" in value and "@context" not in value:
            self._look(value, value_table(value, term))
        elif len(value) == 1 and term.bare.id_key in value:
            self._look(value, term.bare)
        return super()._object(value, term, graph, depth)

    def _look(self, element: JsonObject, table: Table) -> None:
        """Watch over one object."""
        keys = [key for key in element if key != "@context" and table.name(key) == "@type"]
        if len(keys) > 1:
            raise Declined
        types = element[keys[0]] if keys else None
        inner = table.among(
            item for item in (types if isinstance(types, list) else [types]) if isinstance(item, str)
        )
        names = {key: inner.name(key) for key in element if key != "@context"}
        self._watch.members(inner, element, names)
        if "@value" not in names.values():
            for key, name in names.items():
                if name == "@type":
                    self._watch.types(table, element, key)

    def _amiss_text(self, error: CanonicalizationError, text: str, term: Term, key: str) -> Written:
        if term.refers and text.startswith("_:"):
            raise CanonicalizationError("JSONLD-BLANK-LABEL", self._place(text), name=shown(key)) from error
        if term.refers and _KEYWORD_FORM.match(text) and text not in KEYWORDS:
            raise CanonicalizationError(error.code, self._place(text), **error.details) from error
        return self._amiss(error, text)

    def _amiss(self, error: CanonicalizationError, value: JsonValue) -> Written:
        """Keep a fault for the end; of two, it is not certain here which the general way meets first."""
        if self.fault is not None and not _same(self.fault, (error, value)):
            raise Declined
        self.fault = error, value
        return _PLACEHOLDER


def _same(
    one: tuple[CanonicalizationError, JsonValue], other: tuple[CanonicalizationError, JsonValue]
) -> bool:
    """Tell whether two faults are reported alike."""
    return (
        one[0].code == other[0].code
        and one[0].details == other[0].details
        and type(one[1]) is type(other[1])
        and one[1] == other[1]
    )


def _is_tree(document: JsonObject) -> bool:
    """Tell whether no object stands in two places, of which a pointer could name either."""
    seen: set[int] = set()
    stack: list[JsonValue] = [document]
    while stack:
        value = stack.pop()
        if isinstance(value, dict):
            if id(value) in seen:
                return False
            seen.add(id(value))
            stack.extend(value.values())
        elif isinstance(value, list):
            stack.extend(value)
    return True
