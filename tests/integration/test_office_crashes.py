"""An office that is killed at every step of an award and of the doubt about it, and goes on each time."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest

if os.name != "posix":
    pytest.skip("processes are forked and killed as Unix does", allow_module_level=True)

WORKER = Path(__file__).with_name("office_worker.py")
EVENTS = 20
"""An award and a case take as many entries of the register at least."""


@dataclass
class Worker:
    """The process with the office."""

    process: subprocess.Popen[str]

    def do(self, deed: str) -> list[str]:
        """Let a deed be done; return how it ended, and how far the register reaches."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{deed}\n")
        self.process.stdin.flush()
        return self.hear()

    def hear(self) -> list[str]:
        """Wait for the next line that it says."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, "the worker has ended"
        return line.split()


@pytest.fixture
def worker(new_database: Callable[[], str], tmp_path: Path) -> Iterator[Worker]:
    with subprocess.Popen(
        [sys.executable, str(WORKER), new_database(), str(tmp_path)],
        env={**os.environ, "PYTHONPATH": str(WORKER.parents[1])},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        worker = Worker(process)
        assert worker.hear() == ["ready"]
        yield worker
        assert process.stdin is not None
        process.stdin.close()


def test_an_office_killed_at_any_step_goes_on_where_it_stood(worker: Worker) -> None:
    """Each run dies one step later than the last, until one records something: from there it begins anew."""
    reached, kills, step = 0, 0, 1
    for _ in count():
        [end] = worker.do(f"run {step}")
        if end == "done":
            break
        assert end == "killed"
        kills += 1
        verdict, length = worker.do("check")
        assert verdict == "done"
        step, reached = (1, int(length)) if int(length) > reached else (step + 1, reached)
    assert worker.do("finished")[0] == "done"
    assert kills > 2 * EVENTS
