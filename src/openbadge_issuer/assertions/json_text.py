"""JSON text, read strictly: every reader must see the same value that was signed."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TypeAlias

from openbadge_issuer.errors import DocumentError, LimitError

JsonValue: TypeAlias = "bool | int | float | str | list[JsonValue] | dict[str, JsonValue] | None"
JsonObject: TypeAlias = "dict[str, JsonValue]"

MAX_JSON_BYTES = 16 * 1024 * 1024
"""Far above any badge (an embedded picture is the largest part), far below what hurts a machine."""

MAX_JSON_DEPTH = 100
"""The deepest published example, a CLR with endorsed badges, has 14 levels."""

_TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*+"?|[\[{]|[\]}]', re.DOTALL)
"""A string, closed or not (an unclosed one would be tried anew at every quote in it), or a bracket."""


def parse_json(
    data: bytes | str, *, max_bytes: int = MAX_JSON_BYTES, max_depth: int = MAX_JSON_DEPTH
) -> JsonValue:
    """Parse JSON text, refusing whatever two readers could take differently.

    Size and depth are checked before the text is parsed. A byte order mark, duplicate members, NaN,
    Infinity, numbers outside the range of a double and lone surrogates are refused.

    Raises:
        DocumentError: the text is not JSON, or is ambiguous (RFC 7493, section 2).
        LimitError: the text is too long or nested too deep.
    """
    raw = data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass")
    if len(raw) > max_bytes:
        raise LimitError("JSON-SIZE", size=len(raw), limit=max_bytes)
    if not raw.strip(b" \t\r\n"):
        raise DocumentError("JSON-EMPTY")
    _check_depth(raw, max_depth)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise DocumentError("JSON-ENCODING", problem=f"byte {error.start} ({error.reason})") from error
    try:
        value: JsonValue = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        raise DocumentError(
            "JSON-SYNTAX", problem=error.msg.removesuffix(" at"), line=error.lineno, column=error.colno
        ) from error
    if "\\u" in text:
        _check_surrogates(value)
    return value


def parse_json_object(
    data: bytes | str, *, max_bytes: int = MAX_JSON_BYTES, max_depth: int = MAX_JSON_DEPTH
) -> JsonObject:
    """Parse JSON text that must be an object; raises as `parse_json` does."""
    value = parse_json(data, max_bytes=max_bytes, max_depth=max_depth)
    if not isinstance(value, dict):
        raise DocumentError("JSON-NOT-OBJECT", found=_kind(value))
    return value


def dump_json(value: JsonValue) -> bytes:
    """Write JSON in the compact form in which badges are signed and sent, as UTF-8."""
    return _ENCODER.encode(value).encode("utf-8")


def dump_json_pretty(value: JsonValue) -> bytes:
    """Write JSON for people to read, as UTF-8 with a final line break."""
    return (json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode("utf-8")


def pointer(*steps: str | int) -> str:
    """Write a JSON Pointer from its steps (RFC 6901, section 3)."""
    return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in steps)


def _check_depth(raw: bytes, max_depth: int) -> None:
    if raw.count(b"[") + raw.count(b"{") <= max_depth:  # an upper bound that settles every common badge
        return
    depth = 0
    for token in _TOKEN.finditer(raw):
        first = token[0][:1]
        if first in b"[{":
            depth += 1
            if depth > max_depth:
                raise LimitError("JSON-DEPTH", limit=max_depth)
        elif first in b"]}":
            depth -= 1


def _object(pairs: list[tuple[str, JsonValue]]) -> JsonObject:
    members = dict(pairs)
    if len(members) != len(pairs):
        twice = Counter(name for name, _ in pairs).most_common(1)[0][0]
        raise DocumentError("JSON-DUPLICATE-KEY", name=_shown(twice))
    return members


def _float(text: str) -> float:
    number = float(text)
    if number in (float("inf"), float("-inf")):
        raise DocumentError("JSON-NUMBER", name=_shown(text))
    return number


def _int(text: str) -> int:
    _float(text)  # refuses what no double holds, and so what would take Python long to convert
    return int(text)


def _constant(text: str) -> float:
    raise DocumentError("JSON-NUMBER", name=text)


def _shown(text: str) -> str:
    clean = text.encode("utf-8", "replace").decode()
    return clean if len(clean) <= _MAX_SHOWN else f"{clean[:_MAX_SHOWN]}…"


def _check_surrogates(value: JsonValue) -> None:
    try:
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError as error:
        raise DocumentError("JSON-ENCODING", problem="a lone surrogate escape") from error


def _kind(value: JsonValue) -> str:
    names = {type(None): "null", bool: "boolean", int: "number", float: "number", str: "string"}
    return names.get(type(value), "array")


_MAX_SHOWN = 60
_DECODER = json.JSONDecoder(
    object_pairs_hook=_object, parse_float=_float, parse_int=_int, parse_constant=_constant
)
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False)
