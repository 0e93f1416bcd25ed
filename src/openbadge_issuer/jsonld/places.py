"""Where things stand in a document: JSON Pointers by identity of an object, or by a value."""

from __future__ import annotations

from collections.abc import Callable

from openbadge_issuer.assertions.json_text import JsonValue, pointer


def places(root: JsonValue) -> dict[int, str]:
    """Give the pointer of every object in a document by its `id()`, in document order."""
    found: dict[int, str] = {}
    stack: list[tuple[JsonValue, str]] = [(root, "")]
    while stack:
        value, place = stack.pop()
        if isinstance(value, dict):
            found[id(value)] = place
            members = [(member, place + pointer(key)) for key, member in value.items()]
            stack.extend(reversed(members))
        elif isinstance(value, list):
            stack.extend(reversed([(item, f"{place}/{number}") for number, item in enumerate(value)]))
    return found


def finder(root: JsonValue) -> Callable[[JsonValue], str]:
    """Give the function that finds where a value first stands in a document, outside its contexts."""

    def place(wanted: JsonValue) -> str:
        if wanted is None:
            return ""
        stack: list[tuple[JsonValue, str]] = [(root, "")]
        while stack:
            value, where = stack.pop()
            if type(value) is type(wanted) and value == wanted:
                return where
            if isinstance(value, dict):
                members = [
                    (member, where + pointer(key)) for key, member in value.items() if key != "@context"
                ]
                stack.extend(reversed(members))
            elif isinstance(value, list):
                stack.extend(reversed([(item, f"{where}/{number}") for number, item in enumerate(value)]))
        return ""

    return place
