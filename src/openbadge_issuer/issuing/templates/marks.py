"""A document with marks in the places of its slots, and what the marks become where they are written."""

from __future__ import annotations

import secrets

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.issuing.templates.filling import Filling, NotFixed, Place


class Marked:
    """A document whose slots are marked.

    Args:
        document: a finished credential without its proof.
        filling: the values that stand in it now.

    Attributes:
        document: a copy with marks in their places.
        marks: the mark of each slot; an IRI for an IRI.

    Raises:
        NotFixed: the values do not stand where the slots say.
    """

    def __init__(self, document: JsonObject, filling: Filling) -> None:
        self.marks = [f"{scheme or ''}{secrets.token_hex(16)}" for _, scheme in filling.slots]
        marked: JsonValue = document
        for (place, _), value, mark in zip(filling.slots, filling.values, self.marks, strict=True):
            marked = _replaced(marked, place, value, mark)
        if not isinstance(marked, dict):
            raise NotFixed
        self.document = marked
        self._slots = filling.slots

    def mark_at(self, *place: str | int) -> str | None:
        """Return the mark in a place."""
        found = (mark for slot, mark in zip(self._slots, self.marks, strict=True) if slot[0] == place)
        return next(found, None)

    @property
    def in_json(self) -> dict[str, int]:
        """What the marks become in JSON."""
        return {f'"{mark}"': number for number, mark in enumerate(self.marks)}

    @property
    def in_statements(self) -> dict[str, int]:
        """What the marks become in statements."""
        written = [
            f"<{mark}>" if scheme else f'"{mark}"'
            for (_, scheme), mark in zip(self._slots, self.marks, strict=True)
        ]
        return {mark: number for number, mark in enumerate(written)}


def _replaced(value: JsonValue, place: Place, old: str, new: str) -> JsonValue:
    """Copy a value with another text in one place."""
    if not place:
        if value != old:
            raise NotFixed
        return new
    step, *rest = place
    if isinstance(value, dict) and isinstance(step, str) and step in value:
        return {**value, step: _replaced(value[step], tuple(rest), old, new)}
    if isinstance(value, list) and isinstance(step, int) and step < len(value):
        return [*value[:step], _replaced(value[step], tuple(rest), old, new), *value[step + 1 :]]
    raise NotFixed
