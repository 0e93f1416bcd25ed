"""JSON-LD contexts without a network: those in the package, and those that a caller gives.

A context is never fetched. The package pins contexts by URL, with every content that a URL is known to
have had, since a publisher can change a context in place and a signature holds under one content only.
"""

from __future__ import annotations

import hashlib
import json
import re
import threading
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import islice, product
from typing import Final

from openbadge_issuer.assertions.json_text import (
    JsonObject,
    JsonValue,
    dump_json,
    parse_json_object,
    pointer,
)
from openbadge_issuer.errors import ContextError, DocumentError

MAX_ALTERNATIVES: Final = 15
"""Each alternative costs a canonicalization; this allows every combination of two URLs with four states."""

_ABSOLUTE_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
_MAX_SHOWN = 200


@dataclass(frozen=True, slots=True)
class ContextState:
    """One content that a context has had.

    Attributes:
        url: the URL of the context.
        digest: SHA-256 of the published bytes in hex; of its compact JSON if a caller gave the context.
        seen: the day of this content (ISO 8601), empty if unknown.
        document: the whole document, `{"@context": …}`; shared, so never change it.
    """

    url: str
    digest: str
    seen: str
    document: JsonObject = field(repr=False, compare=False)


class ContextLoader:
    """Contexts by URL: the pinned ones, and a caller's own. Immutable, thread-safe, equal to itself only.

    Args:
        extra: the caller's own contexts by URL, each an object with `@context`; they are copied. A pinned
            URL may be named if the content is one of its known states, which changes nothing.

    Raises:
        ContextError: `CONTEXT-SHAPE` or `CONTEXT-URL` if that is no context, `CONTEXT-PINNED` if it would
            override a pinned context.
    """

    def __init__(self, extra: Mapping[str, JsonObject] | None = None) -> None:
        self._extra = _checked(extra or {})
        self._choice: dict[str, str] = {}
        self._documents: dict[str, JsonObject] = {}  # by URL, as they are asked for
        self._family: dict[frozenset[tuple[str, str]], ContextLoader] = {frozenset(): self}

    def with_extra(self, extra: Mapping[str, JsonObject]) -> ContextLoader:
        """Return a loader that knows these contexts too; raises as the constructor does."""
        known = {url: state.document for url, state in self._extra.items()}
        return ContextLoader({**known, **extra}).selecting(self._choice)

    @property
    def urls(self) -> frozenset[str]:
        """The URLs that can be loaded."""
        return frozenset(_index().keys() | self._extra.keys())

    def knows(self, url: str) -> bool:
        """Tell whether a URL can be loaded."""
        return url in _index() or url in self._extra

    def load(self, url: str) -> JsonObject:
        """Return the selected state of a context as a whole document, `{"@context": …}`.

        The document is shared by all who load it: never change it.

        Raises:
            ContextError: `CONTEXT-UNKNOWN` if the URL is neither pinned nor given.
        """
        document = self._documents.get(url)
        if document is None:
            digest = self._choice.get(url)
            states = self.states(url)
            document = next(state.document for state in states if digest in (None, state.digest))
            self._documents[url] = document  # whoever comes second writes the same object
        return document

    def states(self, url: str) -> tuple[ContextState, ...]:
        """Return every known state of a context, the served one first; raises as `load` does."""
        given = self._extra.get(url)
        if given is not None:
            return (given,)
        if url not in _index():
            raise ContextError("CONTEXT-UNKNOWN", url=_shown(url))
        return _pinned_states(url)

    def selecting(self, choice: Mapping[str, str]) -> ContextLoader:
        """Return the loader that differs from this one in the states chosen, by URL and digest.

        The same choice gives the same loader, so what was compiled for it is found again.

        Raises:
            ContextError: `CONTEXT-UNKNOWN`, or `CONTEXT-STATE` if no known state has the digest.
        """
        chosen = {**self._choice, **choice}
        for url, digest in choice.items():
            states = self.states(url)
            if digest not in (state.digest for state in states):
                raise ContextError("CONTEXT-STATE", url=_shown(url), digest=_shown(digest))
            if digest == states[0].digest:
                del chosen[url]
        key = frozenset(chosen.items())
        with _LOCK:
            relative = self._family.get(key)
            if relative is None:
                relative = object.__new__(ContextLoader)
                relative._extra, relative._choice, relative._documents = self._extra, chosen, {}
                relative._family = self._family
                self._family[key] = relative
        return relative

    def alternatives(self, urls: Iterable[str]) -> Iterator[ContextLoader]:
        """Give the loaders that choose other states of these contexts, the nearest to the served first.

        There are at most `MAX_ALTERNATIVES`; this loader's own choice is not among them. Raises as `load`.
        """
        changeable = [known for url in dict.fromkeys(urls) if len(known := self.states(url)) > 1]
        ranked = product(*(enumerate(known) for known in changeable))
        nearest = sorted(ranked, key=lambda combination: sum(rank for rank, _ in combination))
        others = (
            loader
            for combination in nearest
            if (loader := self.selecting({state.url: state.digest for _, state in combination})) is not self
        )
        return islice(others, MAX_ALTERNATIVES)

    def unstable_terms(self, url: str) -> frozenset[str]:
        """Return the terms of the served state that another known state lacks or defines otherwise.

        Terms of scoped contexts count by their name too. A credential that uses such a term has other
        canonical bytes for whoever holds an older copy. Raises as `load` does.
        """
        served, *others = (state.document["@context"] for state in self.states(url))
        return frozenset(name for other in others for name in _differing(served, other))

    def __reduce__(self) -> tuple[object, ...]:  # stays one loader in a worker process
        extra = {url: state.document for url, state in self._extra.items()}
        return _restored, (extra, self._choice)


def _restored(extra: dict[str, JsonObject], choice: dict[str, str]) -> ContextLoader:
    return (ContextLoader(extra) if extra else PINNED).selecting(choice)


def _checked(extra: Mapping[str, JsonObject]) -> dict[str, ContextState]:
    given = {}
    for url, document in extra.items():
        if not _ABSOLUTE_IRI.fullmatch(url):
            raise ContextError("CONTEXT-URL", url=_shown(url))
        state = _given_state(url, document)
        if url not in _index():
            given[url] = state
        elif not any(_same(state.document, known.document) for known in _pinned_states(url)):
            raise ContextError("CONTEXT-PINNED", url=url)
    return given


def _given_state(url: str, document: JsonObject) -> ContextState:
    """Copy a caller's context by way of its text, which also shows that it is JSON."""
    try:
        text = dump_json(document)
        copy = parse_json_object(text)
    except (TypeError, ValueError, RecursionError, DocumentError) as error:
        raise ContextError("CONTEXT-SHAPE", url=_shown(url)) from error
    if not isinstance(copy.get("@context"), dict | list | str):
        raise ContextError("CONTEXT-SHAPE", pointer("@context"), url=_shown(url))
    return ContextState(url, hashlib.sha256(text).hexdigest(), "", copy)


def _same(one: JsonValue, other: JsonValue) -> bool:
    """Compare as JSON, where 1 and true differ."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def _differing(served: JsonValue, other: JsonValue) -> Iterator[str]:
    if not (isinstance(served, dict) and isinstance(other, dict)):
        return
    for name, definition in served.items():
        counterpart = other.get(name)
        if definition == counterpart:
            continue
        if isinstance(definition, dict) and isinstance(counterpart, dict):
            yield from _differing(definition.get("@context"), counterpart.get("@context"))
            if _unscoped(definition) == _unscoped(counterpart):
                continue
        yield name


def _unscoped(definition: JsonObject) -> JsonObject:
    return {key: value for key, value in definition.items() if key != "@context"}


def _shown(text: str) -> str:
    """Make a text from a document fit for a sentence: short, and without control characters."""
    clean = "".join(sign if sign.isprintable() else "�" for sign in text[:_MAX_SHOWN])
    return clean if len(text) <= _MAX_SHOWN else f"{clean}…"


# Files are read under the lock, so that every thread gets the same document object.
_LOCK = threading.Lock()


def _index() -> dict[str, list[dict[str, str]]]:
    with _LOCK:
        return _read_index()


def _pinned_states(url: str) -> tuple[ContextState, ...]:
    with _LOCK:
        return tuple(
            ContextState(url, row["sha256"], row["seen"], _read(row["file"])) for row in _read_index()[url]
        )


@cache
def _read_index() -> dict[str, list[dict[str, str]]]:
    index: dict[str, list[dict[str, str]]] = json.loads(_packaged("index.json"))
    return index


@cache
def _read(file: str) -> JsonObject:
    return parse_json_object(_packaged(file))


def _packaged(file: str) -> bytes:
    try:
        return files("openbadge_issuer").joinpath("schemas", "contexts", file).read_bytes()
    except OSError as error:
        raise ContextError("CONTEXT-FILE", file=file) from error


PINNED: Final = ContextLoader()
"""The contexts of the package, and nothing else."""
