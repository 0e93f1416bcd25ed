"""Contexts that are written inside a document: they may add words to those that are known, not change any."""

from __future__ import annotations

from collections.abc import Iterator

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, pointer
from openbadge_issuer.errors import CanonicalizationError
from openbadge_issuer.jsonld.contexts import ContextLoader
from openbadge_issuer.jsonld.limits import KEYWORDS
from openbadge_issuer.jsonld.shown import shown


def inline_contexts(document: JsonObject) -> Iterator[tuple[JsonValue, JsonObject]]:
    """Yield each context written inside the document, preceded by the whole `@context` it stands in."""
    stack: list[JsonValue] = [document]
    while stack:
        item = stack.pop()
        if isinstance(item, list):
            stack.extend(item)
        elif isinstance(item, dict):
            context = item.get("@context")
            for entry in context if isinstance(context, list) else [context]:
                if isinstance(entry, dict):
                    yield context, entry
            stack.extend(item.values())


def inline_terms(document: JsonObject, loader: ContextLoader) -> frozenset[str]:
    """Collect the names that contexts inside a document define.

    Raises:
        CanonicalizationError: `JSONLD-REDEFINED-TERM`, one of them changes a known term.
        ContextError: a context that stands beside one of them is not known.
    """
    names: set[str] = set()
    for context, inline in inline_contexts(document):
        for entry in context if isinstance(context, list) else []:
            known = loader.load(entry).get("@context") if isinstance(entry, str) else None
            for name in inline.keys() & (known.keys() if isinstance(known, dict) else ()):
                if (
                    name not in KEYWORDS
                    and isinstance(known, dict)
                    and _target(known[name]) != _target(inline[name])
                ):
                    raise CanonicalizationError(
                        "JSONLD-REDEFINED-TERM", pointer("@context"), name=shown(name)
                    )
        names.update(inline)
    return frozenset(names)


def _target(definition: JsonValue) -> JsonValue:
    return definition.get("@id") if isinstance(definition, dict) else definition
