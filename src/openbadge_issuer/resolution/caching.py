"""Fetchers made of other fetchers: remember what was fetched, try one after another."""

from __future__ import annotations

import threading
from collections import OrderedDict
from concurrent.futures import Future
from typing import TypeAlias

from openbadge_issuer.errors import ResolutionError
from openbadge_issuer.resolution.fetching import MAX_DOCUMENT_BYTES, Fetched, Fetcher

MAX_CACHED_DOCUMENTS = 1024
MAX_CACHED_BYTES = 128 * 1024 * 1024
"""Sixteen documents of the largest size, or a thousand ordinary ones."""

_Key: TypeAlias = tuple[str, str, int]


class CachingFetcher:
    """Fetches each document once in its lifetime: make one for a verification, or for a run of many.

    Failures are remembered too, so that a thousand badges of a dead host wait only once. Threads that want
    the same document wait for the first of them. The document used longest ago is forgotten when there are
    more than `max_entries`, or more than `max_total_bytes` in all.
    """

    def __init__(
        self,
        fetcher: Fetcher,
        *,
        max_entries: int = MAX_CACHED_DOCUMENTS,
        max_total_bytes: int = MAX_CACHED_BYTES,
    ) -> None:
        self._fetcher = fetcher
        self._max_entries = max_entries
        self._max_total_bytes = max_total_bytes
        self._total_bytes = 0
        self._answers: OrderedDict[_Key, Future[Fetched | ResolutionError]] = OrderedDict()
        self._lock = threading.Lock()

    def fetch(
        self, url: str, *, accept: str = "application/json", max_bytes: int = MAX_DOCUMENT_BYTES
    ) -> Fetched:
        """Bring the document at `url`, from memory if it was asked for before; see `Fetcher.fetch`."""
        key = (url.partition("#")[0], accept, max_bytes)
        with self._lock:
            answer = self._answers.get(key)
            first = answer is None
            if answer is None:
                answer = self._answers[key] = Future()
            self._answers.move_to_end(key)
        if first:
            self._ask(key, answer)
        found = answer.result()
        if isinstance(found, ResolutionError):  # a fresh one, because a raised error carries its traceback
            raise ResolutionError(found.code, found.pointer, **found.details) from found
        return found

    def _ask(self, key: _Key, answer: Future[Fetched | ResolutionError]) -> None:
        url, accept, max_bytes = key
        try:
            answer.set_result(self._fetcher.fetch(url, accept=accept, max_bytes=max_bytes))
        except ResolutionError as error:
            answer.set_result(error)
        except BaseException as error:  # those who wait must not wait forever
            with self._lock:
                del self._answers[key]
            answer.set_exception(error)
            raise
        self._make_room(_size(answer))

    def _make_room(self, added: int) -> None:
        with self._lock:
            self._total_bytes += added
            for key in list(self._answers):
                if len(self._answers) <= self._max_entries and self._total_bytes <= self._max_total_bytes:
                    break
                if self._answers[key].done():
                    self._total_bytes -= _size(self._answers.pop(key))


class FirstOf:
    """Asks several fetchers in turn: the next one only if a document was not given to the one before.

    `FirstOf(documents, fetcher)` takes from the web what the documents do not hold. A document that is
    there but broken is not looked for elsewhere.
    """

    def __init__(self, *fetchers: Fetcher) -> None:
        self._fetchers = fetchers

    def fetch(
        self, url: str, *, accept: str = "application/json", max_bytes: int = MAX_DOCUMENT_BYTES
    ) -> Fetched:
        """Bring the document at `url`; see `Fetcher.fetch`."""
        missing = ResolutionError("FETCH-NOT-GIVEN", url=url)
        for fetcher in self._fetchers:
            try:
                return fetcher.fetch(url, accept=accept, max_bytes=max_bytes)
            except ResolutionError as error:
                if error.code not in _NOT_HERE:
                    raise
                missing = error
        raise missing


def _size(answer: Future[Fetched | ResolutionError]) -> int:
    found = answer.result()
    return len(found.body) if isinstance(found, Fetched) else 0


_NOT_HERE = frozenset({"DOCUMENTS-MISSING", "FETCH-NOT-GIVEN"})
