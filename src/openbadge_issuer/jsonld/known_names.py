"""Which names of a document none of its contexts knows: asked where a signature covers the JSON as it is.

This is a look-up, not an interpretation. A name that a context gives to one class only counts as known
everywhere; `canonical_form` is the exact way, at many times the cost.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, pointer
from openbadge_issuer.assertions.outline import Outline
from openbadge_issuer.errors import LimitError
from openbadge_issuer.jsonld.contexts import PINNED, ContextLoader
from openbadge_issuer.jsonld.limits import MAX_CONTEXTS, MAX_CONTEXTS_TOGETHER
from openbadge_issuer.jsonld.undefined_member import UndefinedMember

MAX_KEPT = 256
"""Contexts whose names are kept; some thirty are pinned."""

_MAPS = frozenset({"@language", "@index", "@id", "@type", "@graph"})
"""Containers in which the member names are not terms."""

_Steps: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class _Names:
    """What contexts define: the terms, those whose values are no linked data, whether all names count."""

    terms: frozenset[str] = frozenset()
    opaque: frozenset[str] = frozenset()
    everything: bool = False

    def plus(self, other: _Names) -> _Names:
        return _Names(
            self.terms | other.terms, self.opaque | other.opaque, self.everything or other.everything
        )

    def has(self, name: str) -> bool:
        return self.everything or ":" in name or name.startswith("@") or name in self.terms

    def has_all(self, names: frozenset[str]) -> bool:
        return all(map(self.has, names - self.terms))

    def leads_on(self, name: str) -> bool:
        """Tell whether names below a member are terms too."""
        return name not in ("@context", "proof") and name not in self.opaque and self.has(name)


def unknown_names(document: JsonObject, *, loader: ContextLoader = PINNED) -> Iterator[UndefinedMember]:
    """Yield the members and types that no context of a document knows, outermost first within a branch.

    Proofs are left out: their terms are those of the securing mechanism.

    Raises:
        ContextError: a context is not known to the loader.
        LimitError: the document brings more contexts than any badge needs.
    """
    contexts = 0
    stack: list[tuple[JsonValue, _Steps, _Names]] = [(document, (), _Names())]
    while stack:
        value, steps, names = stack.pop()
        if isinstance(value, list):
            stack.extend((part, (*steps, place), names) for place, part in enumerate(value))
        elif isinstance(value, dict):
            own = value.get("@context", [])
            contexts += len(own) if isinstance(own, list) else 1
            if contexts > MAX_CONTEXTS:
                raise LimitError("JSONLD-CONTEXTS", pointer(*steps), limit=MAX_CONTEXTS)
            inside = names.plus(_of_context(own, loader)) if own else names
            yield from _unknown(value, steps, inside)
            stack.extend((value[name], (*steps, name), inside) for name in value if inside.leads_on(name))


def knows_all(seen: Outline, context: JsonValue, *, loader: ContextLoader = PINNED) -> bool:
    """Tell by the outline of a document whether its context surely knows every name in it.

    Then `unknown_names` yields nothing. It is never sure of a document with contexts of its own inside.

    Args:
        seen: the outline of the document.
        context: the `@context` of the document.
        loader: the contexts that are known.

    Raises:
        ContextError: a context is not known to the loader.
    """
    urls = tuple(context) if isinstance(context, list) else (context,)
    if len(urls) > MAX_CONTEXTS_TOGETHER or not all(isinstance(url, str) for url in urls):
        return False
    if seen.contexts != 1:
        return False
    if seen.plain:
        return _has_all_of_plain(seen.names, seen.types, urls, loader)
    return _of_urls(urls, loader).has_all(seen.names | seen.types)


@lru_cache(maxsize=MAX_KEPT)  # plain credentials of one kind have one outline
def _has_all_of_plain(
    names: frozenset[str], types: frozenset[str], urls: tuple[JsonValue, ...], loader: ContextLoader
) -> bool:
    return _of_urls(urls, loader).has_all(names | types)


@lru_cache(maxsize=MAX_KEPT)
def _of_urls(urls: tuple[JsonValue, ...], loader: ContextLoader) -> _Names:
    return _of_context(list(urls), loader)


def _unknown(value: JsonObject, steps: _Steps, names: _Names) -> Iterator[UndefinedMember]:
    for place, name in _types(value.get("type")):
        if not names.has(name):
            yield UndefinedMember(pointer(*steps, *place), name)
    for name in value:
        if not names.has(name):
            yield UndefinedMember(pointer(*steps, name), name)


def _types(value: JsonValue) -> Iterator[tuple[_Steps, str]]:
    if isinstance(value, str):
        yield ("type",), value
    for place, item in enumerate(value if isinstance(value, list) else []):
        if isinstance(item, str):
            yield ("type", place), item


def _of_context(context: JsonValue, loader: ContextLoader) -> _Names:
    names = _Names()
    for entry in context if isinstance(context, list) else [context]:
        if isinstance(entry, str):
            names = names.plus(_of_url(entry, loader))
        elif isinstance(entry, dict):
            names = names.plus(_defined(entry))
    return names


@lru_cache(maxsize=MAX_KEPT)
def _of_url(url: str, loader: ContextLoader) -> _Names:
    """Read the names of a published context; one that only points at others is left to the exact way."""
    context = loader.load(url)["@context"]
    entries = context if isinstance(context, list) else [context]
    names = _Names()
    for entry in entries:
        names = names.plus(_defined(entry) if isinstance(entry, dict) else _Names(everything=True))
    return names


def _defined(context: JsonObject) -> _Names:
    """Collect the terms of a context, and of those that it scopes to its terms."""
    terms, opaque, everything = set[str](), set[str](), False
    stack: list[JsonValue] = [context]
    while stack:
        part = stack.pop()
        if isinstance(part, list):
            stack.extend(part)
        if not isinstance(part, dict):
            continue
        everything = everything or isinstance(part.get("@vocab"), str)
        for name, definition in part.items():
            meaning = definition.get("@id", name) if isinstance(definition, dict) else definition
            if name.startswith("@") or meaning is None:
                continue
            terms.add(name)
            if isinstance(definition, dict):
                stack.append(definition.get("@context"))
                if definition.get("@type") == "@json" or _MAPS & _texts(definition.get("@container")):
                    opaque.add(name)
    return _Names(frozenset(terms), frozenset(opaque), everything)


def _texts(value: JsonValue) -> set[str]:
    return {item for item in (value if isinstance(value, list) else [value]) if isinstance(item, str)}
