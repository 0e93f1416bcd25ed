"""Making the tables, and bringing those of an earlier version up to date."""

from __future__ import annotations

from pathlib import Path

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext, RevisionStep
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from openbadge_issuer.errors import RegisterError
from openbadge_issuer.register.database import WRITING, database_errors
from openbadge_issuer.register.revision import known_revision, revision_of
from openbadge_issuer.register.tables import REVISIONS, VERSION_TABLE

_LOCK = 0x6F70656E62616467  # "openbadg": whoever migrates in PostgreSQL holds this advisory lock


def create_tables(engine: Engine, *, to: str = REVISIONS[-1]) -> None:
    """Make the tables of a new register, all or none.

    Raises:
        RegisterError: `REGISTER-EXISTS`, there is one already.
    """
    with database_errors(), engine.connect().execution_options(**WRITING) as connection, connection.begin():
        _lock(connection)
        if revision_of(connection) is not None:
            raise RegisterError("REGISTER-EXISTS")
        _walk(connection, to)


def upgrade_tables(engine: Engine) -> None:
    """Bring the tables of an earlier version up to date, all or none; others are left as they are.

    Raises:
        RegisterError: `REGISTER-NONE`, `REGISTER-NEWER`.
    """
    with database_errors(), engine.connect().execution_options(**WRITING) as connection, connection.begin():
        _lock(connection)
        known_revision(connection)
        _walk(connection, REVISIONS[-1])


def scripts() -> ScriptDirectory:
    """Return the migrations that ship with this package."""
    return ScriptDirectory(str(Path(__file__).with_name("migrations")))


def _walk(connection: Connection, to: str) -> None:
    directory = scripts()

    def steps(found: tuple[str, ...], _: MigrationContext) -> list[RevisionStep]:
        return directory._upgrade_revs(to, found)  # type: ignore[arg-type]  # noqa: SLF001  # as alembic itself does, which has no other door

    with EnvironmentContext(Config(), directory, fn=steps, destination_rev=to) as environment:
        environment.configure(connection=connection, version_table=VERSION_TABLE)
        environment.run_migrations()


def _lock(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
