"""Work over executors: in order, bounded, and with one result per item whatever happens to the workers."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openbadge_issuer.bulk import MAX_WAITING, Lost, spread

LETHAL = 37


def _doubled(items: Sequence[int]) -> list[int]:
    return [2 * item for item in items]


def _doubled_or_killed(items: Sequence[int]) -> list[int]:
    if LETHAL in items:
        os.kill(os.getpid(), signal.SIGKILL)
    return _doubled(items)


def _failing(items: Sequence[int]) -> list[int]:
    raise ArithmeticError(items)


class _AtOnce(Executor):
    """Does the work when it is handed in, and counts what was handed in."""

    def __init__(self) -> None:
        self.chunks = 0

    def submit(self, fn, /, *args, **kwargs):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN002, ANN003, ANN202  # the base has type variables of its own
        """Do it."""
        self.chunks += 1
        future: Future[list[int]] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


@given(st.lists(st.integers(), max_size=200), st.integers(1, 70))
def test_each_item_has_its_result_in_its_place(items: list[int], chunk: int) -> None:
    results: list[int | Lost[int]] = list(spread(_doubled, items, _AtOnce(), chunk=chunk))
    assert results == _doubled(items)


def test_no_more_is_taken_than_can_wait() -> None:
    taken = 0

    def endless() -> Iterator[int]:
        nonlocal taken
        while True:
            taken += 1
            yield taken

    results = spread(_doubled, endless(), _AtOnce(), chunk=3)
    assert [next(results) for _ in range(5)] == [2, 4, 6, 8, 10]
    assert taken <= 3 * (MAX_WAITING + 1)


def test_what_the_function_raises_is_raised() -> None:
    with ThreadPoolExecutor(2) as pool, pytest.raises(ArithmeticError):
        list(spread(_failing, range(5), pool))


def test_a_killed_worker_loses_what_it_held_and_doubles_nothing() -> None:
    with ProcessPoolExecutor(2, mp_context=get_context("forkserver")) as pool:
        results = list(spread(_doubled_or_killed, range(200), pool, chunk=5))
    assert len(results) == 200
    for item, result in enumerate(results):
        assert result in (2 * item, Lost(item))
    assert results[LETHAL] == Lost(LETHAL)
    assert results[-1] == Lost(199)  # the pool is gone, and says so of everything that is left
