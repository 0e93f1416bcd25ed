"""Expansion of a document by pyld, with our contexts, our watch over it, and its errors turned into ours.

This module imports pyld, which takes 0.2 s: import it where it is used.
"""

from __future__ import annotations

import copy
import threading
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from pyld.context_resolver import ContextResolver
from pyld.jsonld import JsonLdError

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.errors import CanonicalizationError, LimitError, OpenBadgeError
from openbadge_issuer.jsonld.contexts import ContextLoader
from openbadge_issuer.jsonld.inline import inline_terms
from openbadge_issuer.jsonld.iri import BASE
from openbadge_issuer.jsonld.limits import UNSAFE_IN_CONTEXTS
from openbadge_issuer.jsonld.undefined_member import UndefinedMember
from openbadge_issuer.jsonld.watched_processor import Inverses, Processed, WatchedProcessor

MAX_RESOLVED_CONTEXTS = 512
"""Contexts, whole and scoped, that are kept parsed for one loader; the pinned ones are some 300."""

MAX_LOADERS = 16
"""Loaders whose contexts are kept parsed; a verifier tries a few states of a few contexts."""

MAX_PROCESSED_CONTEXTS = 512
"""Contexts kept after processing on top of another, for one loader."""

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Expansion:
    """The expanded document.

    Attributes:
        nodes: its node objects.
        undefined: what of it does not reach the canonical form.
        unnamed: where in the document the missing identifiers of nodes would stand, if that was asked for.
    """

    nodes: list[JsonValue]
    undefined: tuple[UndefinedMember, ...]
    unnamed: tuple[str, ...] = ()


class _Bounded(dict[_Key, _Value]):
    """A dictionary that forgets its oldest entry when it is full."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self._size = size

    def __setitem__(self, key: _Key, value: _Value) -> None:
        if len(self) >= self._size and key not in self:
            del self[next(iter(self))]
        super().__setitem__(key, value)


class _Memory:
    """What is kept between documents under one loader. pyld's caches know no threads, hence the lock."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.resolved: _Bounded[str, object] = _Bounded(MAX_RESOLVED_CONTEXTS)
        self.processed: Processed = _Bounded(MAX_PROCESSED_CONTEXTS)
        self.inverses: Inverses = _Bounded(MAX_PROCESSED_CONTEXTS)


@lru_cache(maxsize=MAX_LOADERS)
def _memory(loader: ContextLoader) -> _Memory:
    del loader  # it is the key
    return _Memory()


def expand(document: JsonObject, *, loader: ContextLoader, find_unnamed: bool = False) -> Expansion:
    """Expand a document (JSON-LD 1.1 API, section 5.1.2) that `check_limits` has passed.

    Args:
        document: a JSON object, as parsed.
        loader: where contexts come from.
        find_unnamed: whether to say where the nodes without an identifier stand.

    Raises:
        ContextError: a context is not known to the loader.
        CanonicalizationError: the document is no JSON-LD (`JSONLD-PROCESSING`), or says something under
            another name than its contexts give it, or in a way that would not be signed.
        LimitError: it is nested too deep for the processor.
    """
    memory = _memory(loader)
    processor = WatchedProcessor(memory.processed, memory.inverses, inline_terms(document, loader))
    remote = _document_loader(loader)
    options = {
        "base": BASE,
        "documentLoader": remote,
        "contextResolver": ContextResolver(memory.resolved, remote),
        "expandContext": {"@base": None},  # keeps relative IRIs as they are written
        "keepFreeFloatingNodes": True,  # so that what says nothing is seen, and refused
    }
    try:
        with memory.lock:
            nodes = processor.expand(document, options)
    except JsonLdError as error:
        raise _cause(error) from error
    except RecursionError as error:
        raise LimitError("JSONLD-RECURSION") from error
    # Shapes that pyld does not expect (an array for a term, a number for a prefix) end as Python errors.
    except (AttributeError, KeyError, TypeError, ValueError, IndexError, Warning) as error:
        raise CanonicalizationError("JSONLD-PROCESSING", problem="unexpected shape") from error
    return Expansion(nodes, processor.undefined(), processor.unnamed() if find_unnamed else ())


def _cause(error: JsonLdError) -> OpenBadgeError:
    """Find our own error under pyld's, or name its innermost one by the specification's error code."""
    problem = "invalid document"
    inner: BaseException | None = error
    while inner is not None:
        if isinstance(inner, OpenBadgeError):
            return inner
        if isinstance(inner, JsonLdError):
            problem = inner.code or problem
        inner = inner.__cause__
    return CanonicalizationError("JSONLD-PROCESSING", problem=problem)


def _document_loader(loader: ContextLoader) -> object:
    def load(url: str, _options: object) -> dict[str, object]:
        document = loader.load(url)
        _check_unsafe(document.get("@context"))
        return {
            "contentType": "application/ld+json",
            "contextUrl": None,
            "documentUrl": url,
            "document": copy.deepcopy(document),  # pyld writes into it
            "tag": "static",
        }

    return load


def _check_unsafe(context: JsonValue) -> None:
    for entry in context if isinstance(context, list) else [context]:
        if isinstance(entry, dict) and not UNSAFE_IN_CONTEXTS.isdisjoint(entry):
            raise CanonicalizationError("JSONLD-CONTEXT", name=min(UNSAFE_IN_CONTEXTS & entry.keys()))
