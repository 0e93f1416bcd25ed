"""Documents that were handed in parsed: the same caps and the same strictness as for their text."""

from __future__ import annotations

import math

from openbadge_issuer.assertions.json_text import (
    MAX_JSON_BYTES,
    MAX_JSON_DEPTH,
    JsonObject,
    JsonValue,
    dump_json,
    parse_json_object,
)
from openbadge_issuer.errors import DocumentError, LimitError

MAX_VALUES = 25_000
"""JSON values in one credential: ten times the largest published one, and canonicalized within a second."""

_MAX_INTEGER_BITS = 1024  # a double has no larger one


def as_if_read(document: object) -> JsonObject:
    """Give a parsed document the form that reading its text would have given it.

    Cycles, members that are shared a thousand times over and objects that JSON has no form for are found
    before anything follows them.

    Raises:
        DocumentError: it holds what no JSON text can (BADGE-PARSED, JSON-NUMBER, JSON-ENCODING).
        LimitError: it is too large or nested too deep.
    """
    count = size = 0
    stack: list[tuple[object, int]] = [(document, 1)]
    while stack:
        value, depth = stack.pop()
        count += 1
        size += _size(value)
        if count > MAX_VALUES:
            raise LimitError("JSONLD-NODES", limit=MAX_VALUES)
        if size > MAX_JSON_BYTES:
            raise LimitError("JSON-SIZE", size=size, limit=MAX_JSON_BYTES)
        if isinstance(value, dict | list | tuple):
            if depth > MAX_JSON_DEPTH:
                raise LimitError("JSON-DEPTH", limit=MAX_JSON_DEPTH)
            if count + len(value) > MAX_VALUES:
                raise LimitError("JSONLD-NODES", limit=MAX_VALUES)
            stack.extend((part, depth + 1) for part in (value.values() if isinstance(value, dict) else value))
    return _written(document)


def check_size(document: JsonObject, *, chars: int | None = None) -> None:
    """Refuse a credential with more values than `MAX_VALUES` (LimitError JSONLD-NODES).

    Args:
        document: the credential.
        chars: the length of the text that it was parsed from, if there was one. Every value takes two
            characters at least, one of its own and one that parts it from the next or from what is around it,
            so a short text need not be counted.
    """
    if chars is not None and chars <= 2 * MAX_VALUES:
        return
    count = 0
    stack: list[JsonValue] = [document]
    while stack:
        value = stack.pop()
        if isinstance(value, dict | list):
            count += len(value)
            if count > MAX_VALUES:
                raise LimitError("JSONLD-NODES", limit=MAX_VALUES)
            stack.extend(value.values() if isinstance(value, dict) else value)


def _size(value: object) -> int:
    """Count the characters of a value, and refuse what JSON does not have."""
    if isinstance(value, str):
        return len(value)
    if isinstance(value, dict):
        for name in value:
            if not isinstance(name, str):
                raise DocumentError("BADGE-PARSED", found=type(name).__name__)
        return sum(map(len, value))
    if isinstance(value, bool) or value is None or isinstance(value, list | tuple):
        return 0
    if isinstance(value, float) and not math.isfinite(value):
        raise DocumentError("JSON-NUMBER", name=str(value))
    if isinstance(value, int) and value.bit_length() > _MAX_INTEGER_BITS:
        raise DocumentError("JSON-NUMBER", name=f"an integer of {value.bit_length()} bits")
    if isinstance(value, int | float):
        return 0
    raise DocumentError("BADGE-PARSED", found=type(value).__name__)


def _written(document: object) -> JsonObject:
    try:
        text = dump_json(document)  # type: ignore[arg-type]  # all of it was looked at
    except UnicodeEncodeError as error:
        raise DocumentError("JSON-ENCODING", problem="a lone surrogate") from error
    return parse_json_object(text)
