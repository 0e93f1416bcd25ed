"""Going through a credential as JSON, however malformed it is: these never raise."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue

Place: TypeAlias = tuple[str | int, ...]
"""The steps of a JSON Pointer."""

CREDENTIALS_INSIDE = frozenset({"endorsement", "verifiableCredential"})
"""The members that hold credentials with a signature of their own, which are judged by themselves."""

_PASSED_OVER = CREDENTIALS_INSIDE | {"@context"}


def object_of(parent: JsonObject, name: str) -> JsonObject:
    """Return the object that a member holds, or an empty one."""
    value = parent.get(name)
    return value if isinstance(value, dict) else {}


def objects_of(parent: JsonObject, name: str, above: Place = ()) -> Iterator[tuple[Place, JsonObject]]:
    """Give the objects that a member holds, with their places, whether there is one or an array of them."""
    value = parent.get(name)
    if isinstance(value, dict):
        yield (*above, name), value
    elif isinstance(value, list):
        for index, item in enumerate(value):
            if isinstance(item, dict):
                yield (*above, name, index), item


def strings_of(value: JsonValue) -> tuple[str, ...]:
    """Return a string, or the strings of an array."""
    if isinstance(value, str):
        return (value,)
    return tuple([item for item in value if isinstance(item, str)]) if isinstance(value, list) else ()


def parts(
    document: JsonObject, *, passing_over: frozenset[str] = _PASSED_OVER
) -> Iterator[tuple[Place, JsonObject]]:
    """Give every object of a credential with its place, in the order of the document.

    The members to pass over are by default `@context`, which defines terms, and the credentials inside.
    """
    waiting: list[tuple[Place, JsonValue]] = [((), document)]
    while waiting:
        place, value = waiting.pop()
        inner: list[tuple[str | int, JsonValue]] = []
        if isinstance(value, dict):
            yield place, value
            inner = [(name, part) for name, part in value.items() if name not in passing_over]
        elif isinstance(value, list):
            inner = list(enumerate(value))
        waiting += (((*place, step), part) for step, part in reversed(inner) if isinstance(part, dict | list))
