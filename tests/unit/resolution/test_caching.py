"""Fetchers made of fetchers: what is remembered, what is forgotten, who is asked next."""

from __future__ import annotations

import threading

import pytest

from openbadge_issuer.errors import ResolutionError
from openbadge_issuer.resolution.caching import CachingFetcher, FirstOf
from openbadge_issuer.resolution.documents import Documents
from openbadge_issuer.resolution.fetching import MAX_DOCUMENT_BYTES, Fetched

URL = "https://badges.example/a"


class Counting:
    """Answers with ten bytes and notes what was asked; URLs that end in `!` fail."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def fetch(
        self, url: str, *, accept: str = "application/json", max_bytes: int = MAX_DOCUMENT_BYTES
    ) -> Fetched:
        """Answer."""
        self.asked.append(url)
        if url.endswith("!"):
            raise ResolutionError("FETCH-TIMEOUT", host="badges.example")
        return Fetched(url, url, 200, accept, b"x" * min(10, max_bytes))


def test_a_document_is_fetched_once() -> None:
    inner = Counting()
    fetcher = CachingFetcher(inner)
    assert fetcher.fetch(URL) is fetcher.fetch(f"{URL}#fragment")
    assert inner.asked == [URL]


def test_other_wishes_are_another_document() -> None:
    inner = Counting()
    fetcher = CachingFetcher(inner)
    fetcher.fetch(URL)
    assert fetcher.fetch(URL, accept="image/png").content_type == "image/png"
    assert fetcher.fetch(URL, max_bytes=3).body == b"xxx"
    assert len(inner.asked) == 3


def test_a_failure_is_remembered_and_raised_afresh() -> None:
    inner = Counting()
    fetcher = CachingFetcher(inner)
    errors = []
    for _ in range(2):
        with pytest.raises(ResolutionError) as caught:
            fetcher.fetch(f"{URL}!")
        errors.append(caught.value)
    assert inner.asked == [f"{URL}!"]
    assert errors[0] is not errors[1]
    assert [(error.code, error.details) for error in errors] == [
        ("FETCH-TIMEOUT", {"host": "badges.example"})
    ] * 2


def test_the_document_used_longest_ago_is_forgotten() -> None:
    inner = Counting()
    fetcher = CachingFetcher(inner, max_entries=2)
    for name in ("1", "2", "1", "3", "1", "2"):
        fetcher.fetch(URL + name)
    assert inner.asked == [URL + name for name in ("1", "2", "3", "2")]


def test_the_bytes_in_all_are_bounded() -> None:
    inner = Counting()
    fetcher = CachingFetcher(inner, max_total_bytes=25)
    for name in ("1", "2", "3", "3", "2", "1"):
        fetcher.fetch(URL + name)
    assert inner.asked == [URL + name for name in ("1", "2", "3", "1")]


def test_threads_wait_for_the_first_who_asked() -> None:
    release, started = threading.Event(), threading.Event()

    class Slow(Counting):
        def fetch(
            self, url: str, *, accept: str = "application/json", max_bytes: int = MAX_DOCUMENT_BYTES
        ) -> Fetched:
            started.set()
            release.wait()
            return super().fetch(url, accept=accept, max_bytes=max_bytes)

    inner = Slow()
    fetcher = CachingFetcher(inner)
    bodies: list[bytes] = []
    threads = [threading.Thread(target=lambda: bodies.append(fetcher.fetch(URL).body)) for _ in range(4)]
    for thread in threads:
        thread.start()
    started.wait()
    release.set()
    for thread in threads:
        thread.join()
    assert bodies == [b"x" * 10] * 4
    assert inner.asked == [URL]


def test_a_programming_error_is_not_remembered() -> None:
    class Broken(Counting):
        def fetch(
            self, url: str, *, accept: str = "application/json", max_bytes: int = MAX_DOCUMENT_BYTES
        ) -> Fetched:
            if not self.asked:
                self.asked.append(url)
                raise ZeroDivisionError
            return super().fetch(url, accept=accept, max_bytes=max_bytes)

    fetcher = CachingFetcher(Broken())
    with pytest.raises(ZeroDivisionError):
        fetcher.fetch(URL)
    assert fetcher.fetch(URL).status == 200


def test_the_next_is_asked_only_for_what_was_not_given() -> None:
    inner = Counting()
    fetcher = FirstOf(Documents({URL: b"given"}), inner)
    assert fetcher.fetch(URL).body == b"given"
    assert fetcher.fetch(f"{URL}/2").body == b"x" * 10
    assert inner.asked == [f"{URL}/2"]


def test_a_given_document_that_is_too_large_is_not_looked_for_elsewhere() -> None:
    inner = Counting()
    with pytest.raises(ResolutionError) as caught:
        FirstOf(Documents({URL: b"given"}), inner).fetch(URL, max_bytes=1)
    assert caught.value.code == "FETCH-TOO-LARGE"
    assert not inner.asked


def test_what_nobody_has_is_missing() -> None:
    with pytest.raises(ResolutionError) as caught:
        FirstOf(Documents({})).fetch(URL)
    assert caught.value.code == "DOCUMENTS-MISSING"
    with pytest.raises(ResolutionError) as caught:
        FirstOf().fetch(URL)
    assert caught.value.code == "FETCH-NOT-GIVEN"
