"""The private side of a status list: which indexes are given out, to what, and which are set and why.

It is one SQLite file with owner-only rights, never published: it links credentials to their places in the
list, which the list itself must not tell. SQLite is what makes a change whole, lasting and exclusive between
processes on every system; each operation opens the file, makes one transaction and closes it.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from openbadge_issuer.errors import OutputError, StatusError

BUSY_SECONDS = 30.0
"""How long one process waits for another; publishing with a slow remote key takes the longest."""

_FORMAT = 1
_SCHEMA = (
    "CREATE TABLE list (url TEXT, issuer TEXT, purpose TEXT, size INTEGER, taken INTEGER)",
    "CREATE TABLE allocation (position INTEGER PRIMARY KEY, key BLOB UNIQUE)",
    "CREATE TABLE status (position INTEGER PRIMARY KEY REFERENCES allocation, at TEXT NOT NULL, reason TEXT)",
    f"PRAGMA user_version = {_FORMAT}",
)


@dataclass(frozen=True, slots=True)
class ListFacts:
    """What a list is: fixed when its private state is made. `issuer` is JSON text."""

    url: str
    issuer: str
    purpose: str
    size: int


class PrivateState:
    """The file itself. Make one with `create` or `open`; objects may be shared between threads."""

    def __init__(self, path: Path, facts: ListFacts) -> None:
        self.path = path
        self.facts = facts

    @classmethod
    def create(cls, path: Path, facts: ListFacts) -> PrivateState:
        """Make the file, readable by its owner only.

        Raises:
            OutputError: it exists already (`STATUS-STATE-EXISTS`) or cannot be written (`STATUS-WRITE`).
        """
        try:
            os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
        except OSError as error:
            raise OutputError("STATUS-WRITE", path=str(path), problem=error.strerror or "") from error
        with _transaction(path) as connection:
            if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                raise OutputError("STATUS-STATE-EXISTS", path=str(path))
            for statement in _SCHEMA:
                connection.execute(statement)
            row = (facts.url, facts.issuer, facts.purpose, facts.size)
            connection.execute("INSERT INTO list VALUES (?, ?, ?, ?, 0)", row)
        return cls(path, facts)

    @classmethod
    def open(cls, path: Path) -> PrivateState:
        """Open the file of an existing list.

        Raises:
            StatusError: there is no such file (`STATUS-STATE-MISSING`), or it is of another kind
                (`STATUS-STATE-FORMAT`).
        """
        with _transaction(path) as connection:
            if connection.execute("PRAGMA user_version").fetchone()[0] != _FORMAT:
                raise StatusError("STATUS-STATE-FORMAT", path=str(path))
            rows = connection.execute("SELECT url, issuer, purpose, size FROM list").fetchall()
        if len(rows) != 1:
            raise StatusError("STATUS-STATE-FORMAT", path=str(path))
        return cls(path, ListFacts(*rows[0]))

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Hold the file alone: all of what is done inside lasts when it ends, or nothing of it.

        Raises:
            StatusError: the file is gone, damaged, or held by another process for too long
                (`STATUS-STATE-BUSY`).
            OutputError: it cannot be written (`STATUS-WRITE`).
        """
        with _transaction(self.path) as connection:
            yield connection


@contextmanager
def _transaction(path: Path) -> Iterator[sqlite3.Connection]:
    if not path.is_file():
        raise StatusError("STATUS-STATE-MISSING", path=str(path))
    try:
        with closing(
            sqlite3.connect(
                f"{path.resolve().as_uri()}?mode=rw", uri=True, timeout=BUSY_SECONDS, isolation_level=None
            )
        ) as connection:
            connection.execute("PRAGMA synchronous = FULL")  # what is committed survives a power cut
            connection.execute("BEGIN IMMEDIATE")
            with connection:  # commits, or rolls back if anything is raised
                yield connection
    except sqlite3.Error as error:
        code = error.sqlite_errorcode & 0xFF  # without the extension that tells its kinds apart
        if code == sqlite3.SQLITE_BUSY:
            raise StatusError("STATUS-STATE-BUSY", path=str(path)) from error
        if code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_ERROR):
            raise StatusError("STATUS-STATE-FORMAT", path=str(path)) from error
        raise OutputError("STATUS-WRITE", path=str(path), problem=str(error)) from error
