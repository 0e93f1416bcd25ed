"""Measure the register: awards recorded in SQLite and PostgreSQL, alone and many at once, and a whole check.

    python benchmarks/register_jobs.py [--seconds 30] [--folder DIR] [--postgresql URL] [--events 100000]

An award here is what a decision writes: two events with four personal parts, an index of a status list, and
the facts of the procedure. Everything that is committed is on disk before the next begins, so one award for
each transaction is bounded by how fast the disk says so: that is measured beside it. PostgreSQL is a cluster
of its own in DIR, with the settings that it comes with; or a database of yours, which is filled.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Annotated

from badges import WarmJob
from openbadge_issuer.policy.event import Act, Event, Kept
from openbadge_issuer.policy.event_kinds import kinds, restore
from openbadge_issuer.policy.facts import Facts
from openbadge_issuer.register import Ledger, Register, Settings
from openbadge_issuer.register.status_said import StatusSaid
from openbadge_issuer.register.verifying import verify

HOME = "https://issuer.example"
BATCH = 100
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LIST_SIZE = 16 * 1024 * 1024
_TESTS = Path(__file__).resolve().parents[1] / "tests"


class Assessed(Event):
    """Somebody was assessed, criterion by criterion."""

    holder: str
    outcomes: dict[str, str]
    notes: Annotated[str | None, Kept("dossier", of="holder")] = None


class Awarded(Event):
    """Somebody was awarded a badge."""

    holder: str
    url: str
    index: int
    credential_id: str
    credential: Annotated[str | None, Kept("credential", of="holder")] = None


SETTINGS = Settings(
    restore=partial(restore, known={**kinds(), Assessed.kind: Assessed, Awarded.kind: Awarded})
)
ACT = Act(at=NOW, by="p-assessor", by_name="Kees Keeper", role="assessor", policy="ab" * 32)
CREDENTIAL = "x" * 2500  # about what a signed badge takes


def facts_of(_: str, events: Sequence[Event]) -> Facts:
    """Fold the events of an award."""
    last = events[-1]
    person = last.holder if isinstance(last, Assessed | Awarded) else None
    return Facts("to-inform", last.at + timedelta(days=7), person)


def statuses_of(_: str, events: Sequence[Event]) -> Iterator[tuple[int, StatusSaid]]:
    """Tell what the events of an award say about status lists."""
    for place, event in enumerate(events):
        if isinstance(event, Awarded):
            yield place, StatusSaid(event.url, event.index, key=event.credential_id)


def award(ledger: Ledger, url: str, number: int) -> None:
    """Record an award."""
    holder, name, key = f"p-{number}", f"award:{number}", f"urn:uuid:{number}"
    outcomes = {f"criterion-{one}": "met" for one in range(4)}
    assessed = Assessed.done(ACT, holder=holder, outcomes=outcomes, notes="Led the workshop well, observed.")
    entry = ledger.status.allocate(url, key=key, rng=os.urandom)
    awarded = Awarded.done(
        ACT, holder=holder, url=url, index=entry.index, credential_id=key, credential=CREDENTIAL
    )
    events = (assessed, awarded)
    ledger.append(name, events, facts_of(name, events))


@dataclass(frozen=True)
class Filled:
    """A register with a list that has room for all that is measured."""

    register: Register
    url: str
    numbers: Iterator[int]

    @classmethod
    def new(cls, register: Register) -> Filled:
        """Begin one."""
        url = f"{HOME}/status/1"
        register.add(HOME)
        with register.ledger(HOME) as ledger:
            ledger.status.open_list(url, issuer=HOME, act=ACT, size=LIST_SIZE)
        return cls(register, url, count())

    def one(self) -> None:
        """Record one award in a transaction of its own."""
        with self.register.ledger(HOME) as ledger:
            award(ledger, self.url, next(self.numbers))

    def batch(self, size: int = BATCH) -> None:
        """Record many awards in one transaction."""
        with self.register.ledger(HOME) as ledger:
            for _ in range(size):
                award(ledger, self.url, next(self.numbers))

    def fold(self) -> None:
        """Read the events of one award."""
        with self.register.records(HOME) as records:
            assert len(records.events("award:0")) == 2


def register_jobs(registers: dict[str, Filled], folder: Path) -> list[WarmJob]:
    """Return the jobs: for each register one award, a batch of them, and the folding of one."""
    sync = "write 4 KB and wait for the disk"
    rows: list[WarmJob] = [(sync, synced_writes(folder / "synced"), ())]
    for name, filled in registers.items():
        rows += [
            (f"{name}: one award", filled.one, (sync,)),
            (f"{name}: {BATCH} awards in one transaction", filled.batch, (f"{name}: one award",)),
            (f"{name}: read one award", filled.fold, ()),
        ]
    return rows


def synced_writes(path: Path) -> Callable[[], object]:
    """Return what appends a page to a file and waits until it is on disk: the least that a commit takes."""
    handle = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)

    def write() -> None:
        os.write(handle, bytes(4096))
        os.fsync(handle)

    return write


@contextmanager
def own_postgresql() -> Iterator[Callable[[str], str] | None]:
    """Start a cluster that keeps what it is told, as PostgreSQL does by itself.

    Yields:
        What makes a database and returns its address; None if there is no PostgreSQL or no psycopg.
    """
    sys.path.insert(0, str(_TESTS))
    cluster = import_module("integration.postgresql")
    programs = cluster.binaries()
    if programs is None or find_spec("psycopg") is None:
        yield None
        return
    with cluster.own_cluster(programs, "fsync=on", "full_page_writes=on", "autovacuum=on") as running:
        yield running.create


def measured(rows: Sequence[WarmJob], *, seconds: float) -> Iterator[str]:
    """Let the jobs take turns, and say how many awards, or runs, each makes in a second."""
    runs = dict.fromkeys((name for name, _, _ in rows), 0)
    spent = dict.fromkeys(runs, 0.0)
    for _, run, _ in rows:
        run()
    begin = time.perf_counter()
    while time.perf_counter() - begin < seconds:
        for name, run, _ in rows:
            started = time.perf_counter()
            while time.perf_counter() - started < 0.3:
                run()
                runs[name] += 1
            spent[name] += time.perf_counter() - started
    for name in runs:
        times = BATCH if str(BATCH) in name else 1
        yield f"{name}: {times * runs[name] / spent[name]:,.0f} /s"


def check_speed(filled: Filled, events: int) -> str:
    """Fill a register and check it whole."""
    while True:
        with filled.register.records(HOME) as records:
            missing = events - records.head.length
        if missing <= 0:
            break
        filled.batch(min(5000, (missing + 1) // 2))
    with filled.register.records(HOME) as records:
        started = time.perf_counter()
        report = verify(records, facts=facts_of, statuses=statuses_of, head=records.head)
        spent = time.perf_counter() - started
    assert report, report.to_json()
    return f"{filled.register!r}: {report.found.length:,} events checked in {spent:.1f} s"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=30, help="about how long to measure")
    parser.add_argument("--events", type=int, default=100_000, help="how many to check; 0 for none")
    parser.add_argument("--folder", type=Path, default=None, help="where to write: on the disk to measure")
    parser.add_argument("--postgresql", default=None, help="a database of yours, which is filled")
    arguments = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=arguments.folder)))
        urls = {"SQLite": f"sqlite:///{folder / 'register.db'}"}
        if arguments.postgresql:
            urls["PostgreSQL"] = arguments.postgresql
        elif (create := stack.enter_context(own_postgresql())) is not None:
            urls["PostgreSQL"] = create("measured")
        registers = {
            name: Filled.new(stack.enter_context(Register.create(url, settings=SETTINGS)))
            for name, url in urls.items()
        }
        for line in measured(register_jobs(registers, folder), seconds=arguments.seconds):
            print(line)
        for filled in registers.values() if arguments.events else ():
            print(check_speed(filled, arguments.events))


if __name__ == "__main__":
    main()
