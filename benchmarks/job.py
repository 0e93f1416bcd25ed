"""A thing to be measured, and the rounds in which all of them take turns."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from resource import RUSAGE_CHILDREN, getrusage

ROUND_SECONDS = 0.08
"""How long one job runs in one round: long enough for the clock, short enough for many rounds."""

FEWEST_ROUNDS = 3
WARM_UP_RUNS = 3


@dataclass
class Job:
    """A thing to be measured.

    Attributes:
        name: what it is.
        run: does it once.
        references: the names of the jobs that it is compared with.
        group: the table in which it stands.
        waits: whether others or the disk do the work: then the time that passes counts, not the processor's.
        cold: whether it is a whole process, run once in a round.
        timed: runs it some times and tells how long that took, where another process does it.
        batch: how many badges, or whatever one unit is, one run makes.
        repeats: how often it is run in one round.
        seconds: the time of one unit, by round; of a whole process that of its processor.
        passed: of a whole process, the time that passed.
    """

    name: str
    run: Callable[[], object]
    references: Sequence[str] = ()
    group: str = "usual"
    waits: bool = False
    cold: bool = False
    timed: Callable[[int], float] | None = None
    batch: int = 1
    repeats: int = 1
    seconds: list[float] = field(default_factory=list)
    passed: list[float] = field(default_factory=list)

    def warm_up(self) -> None:
        """Fill the caches, and find how many runs make a round."""
        self.run()
        if not self.cold:
            runs = 1 if self.waits else WARM_UP_RUNS
            self.repeats = max(1, int(ROUND_SECONDS / max(self._time(runs) / runs, 1e-7)))

    def measure(self) -> None:
        """Take part in one round."""
        if self.cold:
            begin, busy = time.perf_counter(), _busy_children()
            self.run()
            self.passed.append(time.perf_counter() - begin)
            self.seconds.append(_busy_children() - busy)
        else:
            self.seconds.append(self._time(self.repeats) / self.repeats / self.batch)

    def _time(self, repeats: int) -> float:
        if self.timed is not None:
            return self.timed(repeats)
        clock = time.perf_counter if self.waits else time.process_time
        begin = clock()
        for _ in range(repeats):
            self.run()
        return clock() - begin

    def times(self, reference: Job) -> tuple[float, float, float]:
        """Say how many times as long as another job it takes, within each round."""
        pairs = zip(self.seconds, reference.seconds, strict=True)
        return quartiles(own / other for own, other in pairs)

    def speed_beside(self, reference: Job) -> tuple[float, float, float]:
        """Say which part of the speed of another job it has, within each round."""
        pairs = zip(self.seconds, reference.seconds, strict=True)
        return quartiles(other / own for own, other in pairs)


def measure(jobs: Sequence[Job], *, seconds: float) -> int:
    """Let the jobs take turns for about `seconds`; return the number of rounds."""
    begin = time.perf_counter()
    for job in jobs:
        job.warm_up()
    rounds, longest = 0, 0.0
    while rounds < FEWEST_ROUNDS or time.perf_counter() - begin + longest < seconds:
        started = time.perf_counter()
        for job in jobs:
            job.measure()
        longest = max(longest, time.perf_counter() - started)
        rounds += 1
    return rounds


def quartiles(values: Iterable[float]) -> tuple[float, float, float]:
    """Give the lower quartile, the median and the upper quartile."""
    low, middle, high = statistics.quantiles(values, n=4, method="inclusive")
    return low, middle, high


def _busy_children() -> float:
    """Return how long the processor was busy with processes of ours that have ended."""
    used = getrusage(RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
