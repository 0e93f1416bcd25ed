"""Processes that sign beside each other, if more than one is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager


@contextmanager
def signing_pool(workers: int) -> Iterator[Executor | None]:
    """Start a pool of processes, or none for a single worker."""
    if workers == 1:
        yield None
        return
    # Local: most commands need no pool, and starting one takes time.
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415
    from multiprocessing import get_context  # noqa: PLC0415

    # A forked process would share connections and locks with this one; a spawned one has none.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield pool
