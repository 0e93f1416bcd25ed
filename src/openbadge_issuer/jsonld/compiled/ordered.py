"""Walks in the order of the general way, for where that order matters."""

from __future__ import annotations

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.jsonld.compiled.tables import Kinds, Table
from openbadge_issuer.jsonld.compiled.walk import Walk
from openbadge_issuer.jsonld.nquads import Term as Written


class QuadWalk(Walk):
    """A walk that keeps all statements apart, as a dataset."""

    def _members(
        self, element: JsonObject, table: Table, kinds: Kinds | None, subject: Written, depth: int
    ) -> None:
        self._members_in_graph(element, table, kinds, subject, "", depth)


def in_order(document: JsonObject) -> JsonObject:
    """Copy a document with the members of each object in the order of their names."""
    return {name: _value_in_order(document[name]) for name in sorted(document)}


def _value_in_order(value: JsonValue) -> JsonValue:
    if type(value) is list:
        return [_value_in_order(item) for item in value]
    return in_order(value) if type(value) is dict else value
