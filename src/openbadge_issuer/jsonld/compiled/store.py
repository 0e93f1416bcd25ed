"""Where tables are kept between documents; all of it is bounded."""

from __future__ import annotations

import json
from functools import lru_cache

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.jsonld.compiled.active_context import Declined
from openbadge_issuer.jsonld.compiled.tables import Tables
from openbadge_issuer.jsonld.contexts import ContextLoader
from openbadge_issuer.jsonld.inline import inline_contexts, inline_terms
from openbadge_issuer.jsonld.limits import check_limits

MAX_INLINE = 16
"""Lists of contexts with parts written inside a document, for which tables are kept."""

_store = Tables()


def has_inline(document: JsonObject) -> bool:
    """Tell whether a document begins with a context of its own."""
    contexts = document.get("@context")
    return type(contexts) is dict or (type(contexts) is list and dict in map(type, contexts))


def tables_for(document: JsonObject, loader: ContextLoader) -> Tables:
    """Return the tables for a document.

    Raises:
        Declined: contexts are written into other parts of the document than its beginning.
        CanonicalizationError: a context inside the document is refused.
        LimitError: the document is too large.
    """
    global _store  # noqa: PLW0603  # the one place where they are kept
    if not has_inline(document):
        if _store.full:
            _store = Tables()
        return _store
    check_limits(document)
    beginning: JsonObject = {"@context": document["@context"]}
    inline_terms(document, loader)
    if sum(1 for _ in inline_contexts(document)) != sum(1 for _ in inline_contexts(beginning)):
        raise Declined
    text = json.dumps(document["@context"])
    found = _with_inline(text, loader)
    if found.full:
        _with_inline.cache_clear()
        found = _with_inline(text, loader)
    return found


@lru_cache(maxsize=MAX_INLINE)
def _with_inline(text: str, loader: ContextLoader) -> Tables:
    contexts: JsonValue = json.loads(text)
    found = Tables(inline_terms({"@context": contexts}, loader))
    found.start = found.root.below(contexts if isinstance(contexts, list) else [contexts], loader)
    return found
