"""The databases that hold a register: their addresses, their connections, and what they complain about."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol, TypeAlias

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    Executable,
    Row,
    Table,
    create_engine,
    event,
    func,
    make_url,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.pool import QueuePool

from openbadge_issuer.errors import RegisterError

BUSY_SECONDS = 30
"""How long one writer waits for another: no step takes near as long."""

WRITING = {"openbadge_begin": "BEGIN IMMEDIATE"}
"""The execution options of a connection that is going to write."""

NO_TRANSACTION = {"openbadge_begin": ""}
"""Those of a connection that is to do what cannot be done in a transaction."""

Cells: TypeAlias = "Mapping[str, object]"
"""The values of a row by the names of their columns."""

_SQLITE = {"sqlite", "sqlite+pysqlite"}
_POSTGRESQL = {"postgresql", "postgresql+psycopg"}
_PRAGMAS = (
    "PRAGMA synchronous = FULL",  # what is committed survives a power cut
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",  # what is deleted is overwritten
    "PRAGMA trusted_schema = OFF",  # a tampered schema runs nothing
)
_BUSY_STATES = {"40001", "40P01", "55P03"}  # serialization failure, deadlock, lock not available
_FETCHED_AT_ONCE = 1000
_TRIES = 20


def parse_register_url(text: str) -> URL:
    """Read the address of a register.

    Raises:
        RegisterError: `REGISTER-URL`, it names no SQLite file and no PostgreSQL database.
    """
    try:
        url = make_url(text)
    except (ArgumentError, ValueError) as error:
        raise RegisterError("REGISTER-URL") from error
    if url.drivername in _POSTGRESQL:
        return url.set(drivername="postgresql+psycopg")
    path = url.database or ":memory:"
    is_file = path != ":memory:" and not path.startswith("file:") and "?" not in text
    if url.drivername not in _SQLITE or not is_file:
        raise RegisterError("REGISTER-URL")
    return url


def sqlite_url(path: Path) -> str:
    """Return the address of a register in a file, whatever the file is called."""
    return URL.create("sqlite", database=str(path)).render_as_string()


def sqlite_path(url: URL) -> Path | None:
    """Return the file of a register in SQLite; None if it is in PostgreSQL."""
    return Path(url.database or "") if url.drivername in _SQLITE else None


def engine_for(url: URL) -> Engine:
    """Make an engine whose transactions are as the register needs them; nothing is opened yet.

    Raises:
        RegisterError: `REGISTER-DRIVER`, the driver is not installed.
    """
    path = sqlite_path(url)
    if path is not None:
        return _sqlite_engine(url, path)
    try:
        return create_engine(
            url,
            connect_args={"options": f"-c lock_timeout={BUSY_SECONDS}s"},
            pool_pre_ping=True,  # the server may have been started anew
            hide_parameters=True,  # they are about people, and errors are printed
        )
    except (ImportError, NoSuchModuleError) as error:
        raise RegisterError("REGISTER-DRIVER") from error


def _sqlite_engine(url: URL, path: Path) -> Engine:
    def connect() -> sqlite3.Connection:
        # Opened anew it is never made anew; with no isolation level the driver begins nothing by itself.
        connection = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode=rw",
            uri=True,
            timeout=BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
        )
        for pragma in _PRAGMAS:
            connection.execute(pragma)
        return connection

    engine = create_engine(url, creator=connect, poolclass=QueuePool, hide_parameters=True)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        statement = connection.get_execution_options().get("openbadge_begin", "BEGIN")
        if statement:
            connection.exec_driver_sql(statement)

    return engine


@contextmanager
def database_errors() -> Iterator[None]:
    """Turn what the database complains about into errors of ours.

    Raises:
        RegisterError: `REGISTER-BUSY`, others held it for too long; `REGISTER-DAMAGED`, it is no database
            or a broken one; `REGISTER-UNREACHABLE`; `REGISTER-DATABASE`, anything else.
    """
    try:
        yield
    except PoolTimeoutError as error:
        raise RegisterError("REGISTER-BUSY") from error
    except DBAPIError as error:
        raise _error_of(error) from error


def _error_of(error: DBAPIError) -> RegisterError:
    cause = error.orig
    if isinstance(cause, sqlite3.Error):
        code = getattr(cause, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            return RegisterError("REGISTER-BUSY")
        if code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT) or "UTF-8" in str(cause):
            return RegisterError("REGISTER-DAMAGED")
        return RegisterError("REGISTER-DATABASE", problem=str(cause))
    state = getattr(cause, "sqlstate", None)
    if state in _BUSY_STATES:
        return RegisterError("REGISTER-BUSY")
    if state is None or state.startswith(("08", "57P", "3D", "28")):  # gone, no such database, not let in
        return RegisterError("REGISTER-UNREACHABLE")
    # The details of a message may quote what stands in a row; the message itself does not.
    problem = getattr(getattr(cause, "diag", None), "message_primary", None) or state
    return RegisterError("REGISTER-DATABASE", problem=str(problem))


class ConnectionSource(Protocol):
    """What gives the connection of a transaction, such as a `Session` of SQLAlchemy."""

    def connection(self) -> Connection:
        """Return the connection, with the savepoint that was begun last."""


class Transaction:
    """A transaction on a connection: statements go in, rows come out, errors are ours.

    Args:
        source: a connection whose transaction begins by itself, or a session; whoever made it commits.
    """

    def __init__(self, source: Connection | ConnectionSource) -> None:
        self._source = source

    @property
    def connection(self) -> Connection:
        """The connection.

        A session begins a savepoint on it when it is asked for it, so it is asked each time.
        """
        return self._source if isinstance(self._source, Connection) else self._source.connection()

    @property
    def dialect(self) -> str:
        """The name of the dialect: `sqlite` or `postgresql`."""
        return self.connection.dialect.name

    @property
    def is_sqlite(self) -> bool:
        """Whether the database is SQLite."""
        return self.dialect == "sqlite"

    def rows(self, statement: Executable, cells: Cells | None = None) -> Sequence[Row[Any]]:
        """Return all rows of a query."""
        with database_errors():
            return self.connection.execute(statement, cells).all()

    def first(self, statement: Executable, cells: Cells | None = None) -> Row[Any] | None:
        """Return the first row of a query, or None."""
        with database_errors():
            return self.connection.execute(statement, cells).first()

    def walk(self, statement: Executable, cells: Cells | None = None) -> Iterator[Row[Any]]:
        """Go through the rows of a long query without holding them all."""
        with database_errors():
            options = {"yield_per": _FETCHED_AT_ONCE}
            with self.connection.execute(statement, cells, execution_options=options) as result:
                yield from result

    def insert_numbered(self, table: Table, cells: Cells) -> bool:
        """Insert a row with the next free `number`, or tell that another row has what must be unique.

        Whoever inserts one at the same time is waited for, and then takes the number first.
        """
        number = table.c.number
        new: postgresql.Insert | sqlite.Insert = (
            sqlite.insert(table) if self.is_sqlite else postgresql.insert(table)
        )
        for _ in range(_TRIES):
            last = self.rows(select(func.max(number)))[0][0] or 0
            if self.run(new.on_conflict_do_nothing(), {**cells, "number": last + 1}) == 1:
                return True
            if self.rows(select(func.max(number)))[0][0] == last:  # so it was not for the number
                return False
        raise RegisterError("REGISTER-BUSY")

    def run(self, statement: Executable, cells: Cells | Sequence[Cells] | None = None) -> int:
        """Change rows, and return how many were changed by a single statement."""
        options = {"preserve_rowcount": True}  # else it is not known how many were inserted
        with database_errors():
            return self.connection.execute(statement, cells, execution_options=options).rowcount
