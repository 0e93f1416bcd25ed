"""Rewriting a database so that nothing of what was deleted is left in its files."""

from __future__ import annotations

from sqlalchemy import Engine, text

from openbadge_issuer.errors import RegisterError
from openbadge_issuer.register import tables
from openbadge_issuer.register.database import NO_TRANSACTION, database_errors

_PERSONAL = (tables.part, tables.evidence, tables.stream)


def compact(engine: Engine, *, is_own: bool) -> None:
    """Rewrite the tables that hold personal records; see `Register.compact`.

    Args:
        engine: the engine.
        is_own: whether it is one of ours, which begin a transaction only where they are told to.
    """
    sqlite = engine.dialect.name == "sqlite"
    options = NO_TRANSACTION if sqlite and is_own else {"isolation_level": "AUTOCOMMIT"}
    with database_errors(), engine.connect().execution_options(**options) as connection:
        if not sqlite:
            for table in _PERSONAL:
                connection.execute(text(f"VACUUM (FULL) {table.name}"))
            return
        for statement in ("PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
            result = connection.exec_driver_sql(statement)
            row = result.first() if result.returns_rows else None
            if row is not None and row[0] != 0:  # others still read from the write-ahead log
                raise RegisterError("REGISTER-BUSY")
