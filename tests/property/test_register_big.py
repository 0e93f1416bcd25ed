"""Properties of the register: no single change goes unnoticed, and no erasure breaks the chain."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openbadge_issuer.errors import RegisterError
from openbadge_issuer.register import Head, Ledger, Register
from openbadge_issuer.register.erasing import erase_in
from openbadge_issuer.register.evidence_store import EvidenceStore
from openbadge_issuer.register.verifying import verify
from register_attacks import TRIGGERS, checked, head_of
from register_world import (
    DAY,
    HOME,
    NOW,
    OTHER_HOME,
    SETTINGS,
    Closed,
    Suspected,
    act,
    add,
    award,
    facts_of,
    keeper,
    meet,
    open_list,
    statuses_of,
    withdraw,
)

PEOPLE = (1, 2, 3)


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory, empty_sqlite: Path) -> Path:
    """The folder of a register in which something of everything happened, with its evidence."""
    folder = tmp_path_factory.mktemp("full")
    shutil.copy(empty_sqlite, folder / "register.db")
    evidence = EvidenceStore.create(folder / "evidence")
    with opened(folder) as register:
        register.add(HOME)
        with register.ledger(HOME) as ledger:
            open_list(ledger)
            for number in PEOPLE:
                meet(ledger, number)
                award(ledger, number, evidence=[evidence.put(b"scan %d" % number).digest])
            withdraw(ledger, 2)
            add(ledger, "misuse:1", Suspected.done(act(), suspect="p-3", suspicion="Of awarding herself."))
            add(ledger, "award:3", Closed.done(act(at=NOW + DAY)))
            erase_in(ledger, "p-1", actor=keeper(), ground="consent-withdrawn", facts=facts_of)
    return folder


@contextmanager
def opened(folder: Path) -> Iterator[Register]:
    evidence = EvidenceStore.open(folder / "evidence")
    with Register.open(
        f"sqlite:///{folder / 'register.db'}", settings=replace(SETTINGS, evidence=evidence)
    ) as register:
        yield register


@contextmanager
def attacked(full: Path) -> Iterator[tuple[Path, sqlite3.Connection]]:
    """A copy of the register, and a connection that nothing stops."""
    with TemporaryDirectory() as name:
        folder = Path(name) / "copy"
        shutil.copytree(full, folder)
        connection = sqlite3.connect(folder / "register.db", isolation_level=None)
        for trigger in TRIGGERS:
            connection.execute(f"DROP TRIGGER {trigger}")
        try:
            yield folder, connection
        finally:
            connection.close()


def assert_found(folder: Path, head: Head) -> None:
    with opened(folder) as register:
        try:
            verdict: str = checked(register, head=head).verdict
        except RegisterError as error:
            verdict = error.code
    assert verdict in {"failed", "REGISTER-ORGANISATION", "REGISTER-DAMAGED"}


@cache
def tables(path: Path) -> dict[str, list[str]]:
    """The columns of each table with rows in it."""
    connection = sqlite3.connect(path)
    try:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        columns = {
            name: [row[1] for row in connection.execute(f"PRAGMA table_info({name})")]
            for name in names
            if name != "openbadge_schema"
        }
        return {name: found for name, found in columns.items() if rows(connection, name)}
    finally:
        connection.close()


def rows(connection: sqlite3.Connection, table: str) -> list[int]:
    return [row[0] for row in connection.execute(f"SELECT rowid FROM {table} ORDER BY rowid")]


def other(value: object, data: st.DataObject) -> object:
    """Another value that could stand in the same cell."""
    if isinstance(value, int):
        return value + data.draw(st.sampled_from([-1, 1, 7]), label="more")
    if value is None:
        return data.draw(st.sampled_from(["x", "2026-03-02T12:00:00.000000Z"]), label="instead of nothing")
    text = str(value)
    at = data.draw(st.integers(0, len(text)), label="at")
    added = data.draw(st.sampled_from(["0", "a", '"', " ", "\x00", "é"]), label="added")
    return data.draw(
        st.sampled_from(
            [text[:at] + added + text[at:], text[:at] + text[at + 1 :] or "x", text.swapcase()]
        ).filter(lambda changed: changed != text),
        label="changed",
    )


@settings(max_examples=2500, derandomize=False)
@given(data=st.data())
def test_no_cell_can_be_changed_unnoticed(full: Path, data: st.DataObject) -> None:
    with opened(full) as register:
        head = head_of(register)
    columns = tables(full / "register.db")
    table = data.draw(st.sampled_from(sorted(columns)), label="table")
    column = data.draw(st.sampled_from(columns[table]), label="column")
    with attacked(full) as (folder, connection):
        row = data.draw(st.sampled_from(rows(connection, table)), label="row")
        value = connection.execute(f"SELECT {column} FROM {table} WHERE rowid = ?", (row,)).fetchone()[0]
        changed = other(value, data)
        try:
            connection.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (changed, row))
        except sqlite3.IntegrityError:  # the database itself does not take it
            return
        assert_found(folder, head)


@settings(max_examples=1500, derandomize=False)
@given(data=st.data())
def test_no_row_can_be_removed_or_invented_unnoticed(full: Path, data: st.DataObject) -> None:
    with opened(full) as register:
        head = head_of(register)
    columns = tables(full / "register.db")
    table = data.draw(st.sampled_from(sorted(columns)), label="table")
    with attacked(full) as (folder, connection):
        row = data.draw(st.sampled_from(rows(connection, table)), label="row")
        if data.draw(st.booleans(), label="removed"):
            connection.execute(f"DELETE FROM {table} WHERE rowid = ?", (row,))
        else:
            column = data.draw(st.sampled_from(columns[table]), label="column")
            cells = dict(
                zip(
                    columns[table],
                    connection.execute(f"SELECT * FROM {table} WHERE rowid = ?", (row,)).fetchone(),
                    strict=True,
                )
            )
            cells[column] = other(cells[column], data)
            marks = ", ".join("?" for _ in cells)
            try:
                connection.execute(f"INSERT INTO {table} VALUES ({marks})", tuple(cells.values()))
            except sqlite3.IntegrityError:
                return
            if table == "openbadge_organisation":  # beginning another organisation changes none
                return
        assert_found(folder, head)


steps = st.lists(
    st.tuples(
        st.sampled_from([HOME, OTHER_HOME]),
        st.sampled_from(["meet", "award", "close"]),
        st.sampled_from(PEOPLE),
        st.booleans(),
    ),
    max_size=25,
)


@contextmanager
def rolled_back(register: Register, home: str) -> Iterator[Ledger]:
    with suppress(ZeroDivisionError), register.ledger(home) as ledger:
        yield ledger
        raise ZeroDivisionError


def take(ledger: Ledger, step: str, number: int) -> None:
    if step == "meet":
        meet(ledger, number)
    elif step == "award" and ledger.organisation == HOME:
        award(ledger, number)
    else:
        add(ledger, f"award:{number}", Closed.done(act()))


@settings(max_examples=150, derandomize=False)
@given(steps=steps)
def test_any_interleaving_keeps_every_chain(
    empty_sqlite: Path, steps: list[tuple[str, str, int, bool]]
) -> None:
    """Whatever is written for two organisations, in one transaction or many, in whatever order."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        EvidenceStore.create(folder / "evidence")
        shutil.copy(empty_sqlite, folder / "register.db")
        with opened(folder) as register:
            for home in (HOME, OTHER_HOME):
                register.add(home)
            heads = []
            with register.ledger(HOME) as ledger:
                open_list(ledger)
            for home, step, number, lasts in steps:
                before = head_of(register, home)
                with register.ledger(home) if lasts else rolled_back(register, home) as ledger:
                    take(ledger, step, number)
                assert lasts or head_of(register, home) == before
                heads.append(head_of(register, home))
            for head in heads:  # each head that there ever was stands in its chain
                report = checked(register, head=head, organisation=head.organisation)
                assert report.verdict == "passed"


@settings(max_examples=150, derandomize=False)
@given(
    erased=st.lists(st.sampled_from(["p-1", "p-2", "p-3", "p-reporter", "p-keeper", "p-nobody"]), max_size=8)
)
def test_whoever_is_erased_the_chain_stays_whole(full: Path, erased: list[str]) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name) / "copy"
        shutil.copytree(full, folder)
        with opened(folder) as register:
            older = head_of(register)
            with register.ledger(HOME) as ledger:
                for person in erased:
                    erase_in(ledger, person, actor=keeper(), ground="objection", facts=facts_of)
            with register.records(HOME) as records:
                for head in (older, records.head):
                    report = verify(records, facts=facts_of, statuses=statuses_of, head=head)
                    assert report.verdict == "passed"
                for row in records.streams("award"):
                    assert records.events(row.name)
