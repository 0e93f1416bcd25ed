"""A document with marks in the places of its slots, and what the marks become where they are written."""

from __future__ import annotations

import secrets

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.issuing.templates.filling import Filling, NotFixed


class Marked:
    """A document whose slots are marked.

    Args:
        document: a finished credential without its proof.
        filling: the values that stand in it now.

    Attributes:
        document: a copy with marks in their places; an IRI has one with its scheme.
        in_json: which slot the marks stand for where they are written as JSON.
        in_statements: the same where they are written as statements.

    Raises:
        NotFixed: the values do not stand where the slots say.
    """

    def __init__(self, document: JsonObject, filling: Filling) -> None:
        marked: JsonValue = document
        self.in_json: dict[str, int] = {}
        self.in_statements: dict[str, int] = {}
        self._marks: dict[str, str] = {}
        for number, (slot, value) in enumerate(zip(filling.slots, filling.values, strict=True)):
            place, scheme = (slot, None) if isinstance(slot, str) else slot
            mark = (scheme or "") + secrets.token_hex(16)
            self._marks[place] = mark
            self.in_json[f'"{mark}"'] = number
            self.in_statements[f"<{mark}>" if scheme else f'"{mark}"'] = number
            marked = _replaced(marked, place.split("/")[1:], value, mark)
        if not isinstance(marked, dict):
            raise NotFixed
        self.document = marked

    def mark_at(self, place: str) -> str | None:
        """Return the mark in a place."""
        return self._marks.get(place)


def _replaced(value: JsonValue, place: list[str], old: str, new: str) -> JsonValue:
    """Copy a value with another text in one place."""
    if not place:
        if value != old:
            raise NotFixed
        return new
    step, *rest = place
    if isinstance(value, dict) and step in value:
        return {**value, step: _replaced(value[step], rest, old, new)}
    if isinstance(value, list) and step.isdecimal() and int(step) < len(value):
        at = int(step)
        return [*value[:at], _replaced(value[at], rest, old, new), *value[at + 1 :]]
    raise NotFixed
