"""Many processes write at once, and some are killed: the chain holds, no index is given twice or lost."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest

from openbadge_issuer.register import Register
from openbadge_issuer.register.erasing import erase_in
from register_attacks import checked, head_of
from register_world import HOME, LIST, Given, award, facts_of, keeper, meet, open_list

if os.name != "posix":
    pytest.skip("processes are forked and killed as Unix does", allow_module_level=True)

WORKER = Path(__file__).with_name("register_worker.py")
WRITERS = 8
AWARDS = 10
KILLS = 4


Awarded = dict[int, int]
"""Indexes by the numbers of awards."""


@dataclass
class Worker:
    """A process that forks others for what it is told."""

    process: subprocess.Popen[str]

    def tell(self, *deeds: str) -> list[int]:
        """Tell it what is to be done at once, and return the ids of the processes that do it."""
        assert self.process.stdin is not None
        self.process.stdin.write(";".join(deeds) + "\n")
        self.process.stdin.flush()
        return [int(self.hear().removesuffix(" begins")) for _ in deeds]

    def hear(self) -> str:
        """Wait for the next line that it says."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, "the worker has ended"
        return line.strip()

    def hear_out(self, children: list[int]) -> tuple[dict[int, Awarded], set[str]]:
        """Wait for the end of all; return what each awarded, and how they ended."""
        said: dict[int, Awarded] = {child: {} for child in children}
        ends = list[str]()
        while len(ends) < len(children):
            child, *words = self.hear().split()
            if len(words) == 1:
                ends += words
            else:
                said[int(child)][int(words[0])] = int(words[1])
        return said, set(ends)

    def do(self, deed: str) -> tuple[Awarded, str]:
        """Let one deed be done; return what was awarded, and how it ended."""
        [child] = self.tell(deed)
        said, ends = self.hear_out([child])
        return said[child], ends.pop()


@pytest.fixture
def worker(register: Register, register_url: str) -> Iterator[Worker]:
    with register.ledger(HOME) as ledger:
        open_list(ledger)
    assert register.settings.evidence is not None
    with subprocess.Popen(
        [sys.executable, str(WORKER), register_url, str(register.settings.evidence.folder)],
        env={**os.environ, "PYTHONPATH": str(WORKER.parents[1])},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        worker = Worker(process)
        assert worker.hear() == "ready"
        yield worker
        assert process.stdin is not None
        process.stdin.close()


def awarded(register: Register) -> dict[int, int]:
    """Which awards are recorded, and their indexes; all that is given out is theirs."""
    with register.records(HOME) as records:
        found = {
            int(row.name.removeprefix("award:")): event.index
            for row in records.streams("award")
            for event in records.events(row.name)
            if isinstance(event, Given)
        }
        assert records.status.taken(LIST) == len(found)
        assert len(set(found.values())) == len(found)
        for number, index in found.items():
            entry = records.status.find(LIST, f"urn:uuid:{number}")
            assert entry is not None
            assert entry.index == index
    return found


def test_eight_processes_write_at_once(register: Register, worker: Worker) -> None:
    """Half of what each awards all award, half it awards alone."""
    for common in (True, False):
        firsts = [1 if common else 1000 * turn for turn in range(1, WRITERS + 1)]
        children = worker.tell(*(f"award {first} {first + AWARDS - 1}" for first in firsts))
        said, ends = worker.hear_out(children)
        assert ends == {"done"}
        assert [len(awards) for awards in said.values()] == [AWARDS] * WRITERS
        found = awarded(register)
        assert all(awards.items() <= found.items() for awards in said.values())
    assert len(found) == AWARDS * (WRITERS + 1)
    assert checked(register, head=head_of(register)).verdict == "passed"


def test_a_process_killed_at_any_step_of_an_award(register: Register, worker: Worker) -> None:
    for step in count(1):
        before = head_of(register)
        _, end = worker.do(f"die {step} award {step}")
        found = awarded(register)
        assert checked(register, head=head_of(register)).verdict == "passed"
        assert (step in found) == (head_of(register) != before), "all of it, or nothing"
        with register.ledger(HOME) as ledger:
            again = award(ledger, step)
        assert found.get(step, again) == again, "the same again"
        if end == "done":
            break
        assert end == "killed"
    assert step > 10, "an award takes as many steps at least"


def test_a_process_killed_at_any_step_of_an_erasure(register: Register, worker: Worker) -> None:
    store = register.settings.evidence
    assert store is not None
    for step in count(1):
        with register.ledger(HOME) as ledger:
            meet(ledger, step)
            award(ledger, step, evidence=[store.put(b"scan %d" % step).digest])
        before = head_of(register)
        _, end = worker.do(f"die {step} erase {step}")
        assert checked(register, head=before).verdict == "passed"
        with register.records(HOME) as records:
            is_there = records.find("person", f"ada.{step}@example.org") is not None
        assert is_there == (head_of(register) == before), "erased and recorded, or neither"
        with register.ledger(HOME) as ledger:
            again = erase_in(ledger, f"p-{step}", actor=keeper(), ground="objection", facts=facts_of)
        assert bool(again.parts) == is_there
        if end == "done":
            break
        assert end == "killed"
    assert step > 10, "an erasure takes as many steps at least"


def test_processes_killed_at_random(register: Register, worker: Worker) -> None:
    """The kill comes from outside, whenever it comes; what was said before it has lasted."""
    chance = random.Random(7)  # noqa: S311  # when to kill
    for turn in range(KILLS):
        first, before = 100 * turn, awarded(register)
        [child] = worker.tell(f"award {first} {first + 99}")
        heard = [worker.hear().split() for _ in range(chance.randrange(1, 8))]
        os.kill(child, signal.SIGKILL)
        more, ends = worker.hear_out([child])
        assert ends == {"killed"}
        said = {int(number): int(index) for _, number, index in heard} | more[child]
        found = awarded(register)
        assert (before | said).items() <= found.items()
        assert len(found) <= len(before | said) + 1, "at most one that could not be told any more"
        assert checked(register, head=head_of(register)).verdict == "passed"
        repeated, _ = worker.do(f"award {first} {first + 9}")
        assert {one for one in found.items() if one[0] in repeated} <= repeated.items(), "the same again"
