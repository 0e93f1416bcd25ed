"""The file of a register in SQLite: made as a whole, and readable by its owner only."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from sqlalchemy import URL, Engine

from openbadge_issuer.errors import OutputError, RegisterError
from openbadge_issuer.register.database import engine_for
from openbadge_issuer.register.private_file import incoming_file


def create_sqlite_file(path: Path, fill: Callable[[Engine], None]) -> None:
    """Make a database file, with its folder if that is missing.

    It is filled under another name, so that a register is there as a whole or not at all. The files that
    SQLite keeps beside it take over its rights.

    Raises:
        RegisterError: `REGISTER-EXISTS`, there is a file already.
        OutputError: `REGISTER-WRITE`, it cannot be written.
    """
    if path.exists():  # before the work is done; the move below decides
        raise RegisterError("REGISTER-EXISTS")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with incoming_file(path.parent) as incoming:
            _fill(incoming.path, fill)
            try:
                incoming.move_new(path)
            except FileExistsError as error:
                raise RegisterError("REGISTER-EXISTS") from error
    except OSError as error:
        raise OutputError("REGISTER-WRITE", path=str(path), problem=error.strerror or "") from error


def _fill(path: Path, fill: Callable[[Engine], None]) -> None:
    with closing(sqlite3.connect(path)) as connection:
        # A write-ahead log, so that readers and a writer do not wait for each other; the file remembers it.
        connection.execute("PRAGMA journal_mode = WAL")
    engine = engine_for(URL.create("sqlite", database=str(path)))
    try:
        fill(engine)
    finally:
        engine.dispose()  # the last connection takes the log back into the file
