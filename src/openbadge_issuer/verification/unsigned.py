"""Taking out what no signature covers, so that no later check can be misled by it."""

from __future__ import annotations

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue


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
