"""What no signature covers: finding where it could hide, and taking it out before a later check is misled."""

from __future__ import annotations

from collections.abc import Iterator

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, pointer

HIDING = frozenset({"@graph", "@set", "@list", "@value"})
"""The keywords that `hiding_keywords` looks for."""

_WITH_VALUE = frozenset({"@value", "@type", "@language", "@direction", "@index", "@context"})
_WITH_ARRAY = frozenset({"@set", "@list", "@index", "@context"})


def hiding_keywords(document: JsonObject) -> Iterator[tuple[str, str]]:
    """Yield the place and name of JSON-LD keywords under which text could ride along unsigned.

    `@graph`, and `@set`, `@list` and `@value` beside other members, are wrong or without meaning in a
    credential; the processor drops scalars under them in silence.
    """
    stack: list[tuple[JsonValue, tuple[str | int, ...]]] = [(document, ())]
    while stack:
        value, steps = stack.pop()
        if isinstance(value, dict):
            yield from ((pointer(*steps, name), name) for name in _hiding(value))
            stack.extend((part, (*steps, name)) for name, part in value.items() if name != "@context")
        elif isinstance(value, list):
            stack.extend((part, (*steps, position)) for position, part in enumerate(value))


def _hiding(node: JsonObject) -> Iterator[str]:
    if "@graph" in node:
        yield "@graph"
    for name in ("@set", "@list"):
        if name in node and not (node.keys() <= _WITH_ARRAY and isinstance(node[name], list)):
            yield name
    is_json = node.get("@type") == "@json"
    if "@value" in node and not (
        node.keys() <= _WITH_VALUE and (is_json or not isinstance(node["@value"], list | dict))
    ):
        yield "@value"


def without(document: JsonObject, pointers: tuple[str, ...]) -> JsonObject:
    """Copy a document without the members at these JSON Pointers."""
    if not pointers:
        return document
    paths = {
        tuple(step.replace("~1", "/").replace("~0", "~") for step in place.split("/")[1:])
        for place in pointers
    }
    kept = _without(document, paths, ())
    return kept if isinstance(kept, dict) else {}


def _without(value: JsonValue, paths: set[tuple[str, ...]], here: tuple[str, ...]) -> JsonValue:
    if isinstance(value, dict):
        return {
            name: _without(part, paths, (*here, name))
            for name, part in value.items()
            if (*here, name) not in paths
        }
    if isinstance(value, list):
        return [
            _without(part, paths, (*here, str(position)))
            for position, part in enumerate(value)
            if (*here, str(position)) not in paths
        ]
    return value
