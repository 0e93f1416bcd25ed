"""What a document may cost: caps that are checked before a JSON-LD processor sees it.

They also refuse, by name and place, the contexts inside a document that upset a processor for others.
"""

from __future__ import annotations

import re
from typing import TypeAlias

from openbadge_issuer.assertions.json_text import MAX_JSON_DEPTH, JsonObject, JsonValue, pointer
from openbadge_issuer.errors import CanonicalizationError, LimitError
from openbadge_issuer.jsonld.shown import shown

MAX_NODES = 100_000
"""JSON values in a document. The largest published transcript has some 2,000; this many take seconds."""

MAX_STRING = 8 * 1024 * 1024
"""Characters in one string: an embedded picture of 6 MB in Base64."""

MAX_CONTEXTS = 512
"""Entries of all `@context` members: 170 credentials in one transcript. Each can cost milliseconds."""

MAX_CONTEXTS_TOGETHER = 16
"""Entries of one `@context`; published credentials have up to five."""

KEYWORDS = frozenset({
    "@base", "@container", "@context", "@direction", "@graph", "@id", "@import", "@included", "@index",
    "@json", "@language", "@list", "@nest", "@none", "@propagate", "@protected", "@reverse", "@set",
    "@type", "@value", "@version", "@vocab",
})  # fmt: skip
"""The keywords of JSON-LD 1.1 (section 1.7)."""

UNSAFE_IN_CONTEXTS = frozenset({"@base", "@import"})

_KEYWORD_FORM = re.compile(r"@[A-Za-z]+\Z")
_Path: TypeAlias = "tuple[_Path, str | int] | None"


def check_limits(document: JsonObject) -> None:
    """Refuse a document that is too large to interpret, or whose own contexts are unsafe.

    Raises:
        LimitError: `JSONLD-DEPTH`, `JSONLD-NODES`, `JSONLD-STRING` or `JSONLD-CONTEXTS`.
        CanonicalizationError: `JSONLD-SURROGATE` (a lone surrogate), `JSONLD-CONTEXT` (a context inside the
            document that imports another, or defines a name of the form of a keyword).
    """
    nodes = contexts = 0
    stack: list[tuple[JsonValue, _Path, int]] = [(document, None, 1)]
    while stack:
        value, path, depth = stack.pop()
        nodes += 1
        if nodes > MAX_NODES:
            raise LimitError("JSONLD-NODES", limit=MAX_NODES)
        if isinstance(value, str):
            _check_text(value, path)
            continue
        if not isinstance(value, dict | list):
            continue
        if depth > MAX_JSON_DEPTH:
            raise LimitError("JSONLD-DEPTH", _pointer(path), limit=MAX_JSON_DEPTH)
        if isinstance(value, list):
            stack.extend((item, (path, place), depth + 1) for place, item in enumerate(value))
            continue
        for name, member in value.items():
            _check_text(name, path)
            if name == "@context":
                contexts += _check_context(member, (path, name))
            stack.append((member, (path, name), depth + 1))
        if contexts > MAX_CONTEXTS:
            raise LimitError("JSONLD-CONTEXTS", _pointer(path), limit=MAX_CONTEXTS)


def _check_text(text: str, path: _Path) -> None:
    if len(text) > MAX_STRING:
        raise LimitError("JSONLD-STRING", _pointer(path), limit=MAX_STRING)
    if not text.isascii():
        try:
            text.encode("utf-8")
        except UnicodeEncodeError as error:
            raise CanonicalizationError("JSONLD-SURROGATE", _pointer(path)) from error


def _check_context(context: JsonValue, path: _Path) -> int:
    """Check what a document's own context says, and count its entries."""
    entries = context if isinstance(context, list) else [context]
    if len(entries) > MAX_CONTEXTS_TOGETHER:
        raise LimitError("JSONLD-CONTEXTS", _pointer(path), limit=MAX_CONTEXTS_TOGETHER)
    for place, entry in enumerate(entries):
        if isinstance(entry, dict):
            _check_inline(entry, (path, place) if isinstance(context, list) else path)
    return len(entries)


def _check_inline(context: JsonObject, path: _Path) -> None:
    for name, definition in context.items():
        target = (
            definition.get("@id", definition.get("@reverse")) if isinstance(definition, dict) else definition
        )
        # With `@import` pyld writes the importing context over the imported one in its cache, for all that
        # come after; with `@base` a reader of the JSON sees other identifiers than those that are signed.
        refused = name in UNSAFE_IN_CONTEXTS or any(
            isinstance(text, str) and _KEYWORD_FORM.match(text) and text not in KEYWORDS
            for text in (name, target)
        )
        if refused:
            raise CanonicalizationError("JSONLD-CONTEXT", _pointer((path, name)), name=shown(name))


def _pointer(path: _Path) -> str:
    steps: list[str | int] = []
    while path is not None:
        path, step = path
        steps.append(step)
    return pointer(*reversed(steps))
