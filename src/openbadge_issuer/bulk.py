"""Much work over any `concurrent.futures.Executor`: in chunks, in order, in bounded memory.

Single tasks cost more to hand out than most badges take to sign, so items travel in chunks. Whatever a worker
holds when it dies comes back as `Lost`, once: it was neither done twice nor forgotten.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from dataclasses import dataclass
from itertools import islice
from typing import Generic, TypeVar

CHUNK = 64
"""Items that travel together: some milliseconds of work, which outweighs the way there and back."""

MAX_WAITING = 16
"""Chunks that are handed out at once, so that an endless stream needs bounded memory."""

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")
_LOSING_LIBRARIES = ("distributed",)
"""Libraries whose own exceptions tell that a worker died; what our function raises is none of theirs."""


@dataclass(frozen=True, slots=True)
class Lost(Generic[_Item]):
    """An item that was handed to a worker which did not come back; nothing is known to have come of it."""

    item: _Item


def spread(
    function: Callable[[Sequence[_Item]], Sequence[_Result]],
    items: Iterable[_Item],
    executor: Executor,
    *,
    chunk: int = CHUNK,
) -> Iterator[_Result | Lost[_Item]]:
    """Apply a function to a stream of items on an executor: one result per item, in order.

    Args:
        function: takes some items and returns a result for each; it must be able to travel to the workers.
        items: what it is applied to; no more is taken than `MAX_WAITING` chunks ahead.
        executor: a pool of threads or processes, or what Dask's `Client.get_executor()` returns.
        chunk: how many items travel together.

    Once an executor takes no more work, because a worker of it died, everything that is left is `Lost`.
    """
    source = iter(items)
    waiting: deque[tuple[Sequence[_Item], Future[Sequence[_Result]]]] = deque()
    while True:
        while len(waiting) < MAX_WAITING and (taken := list(islice(source, chunk))):
            waiting.append((taken, _submitted(executor, function, taken)))
        if not waiting:
            return
        handed, future = waiting.popleft()
        error = future.exception()
        if error is None:
            yield from future.result()
        elif _is_loss(error):
            yield from (Lost(item) for item in handed)
        else:
            raise error


def _submitted(
    executor: Executor, function: Callable[[Sequence[_Item]], Sequence[_Result]], items: Sequence[_Item]
) -> Future[Sequence[_Result]]:
    try:
        return executor.submit(function, items)
    except BrokenExecutor as error:
        future: Future[Sequence[_Result]] = Future()
        future.set_exception(error)
        return future


def _is_loss(error: BaseException) -> bool:
    """Tell whether an exception says that a worker died, rather than what our function found wrong."""
    library = type(error).__module__.partition(".")[0]
    return isinstance(error, BrokenExecutor | CancelledError) or library in _LOSING_LIBRARIES
