"""The register: a database with the records of one organisation or several."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine, select

from openbadge_issuer.errors import RegisterError
from openbadge_issuer.register import tables
from openbadge_issuer.register.chain import GENESIS
from openbadge_issuer.register.database import (
    WRITING,
    Transaction,
    database_errors,
    engine_for,
    parse_register_url,
    sqlite_path,
)
from openbadge_issuer.register.ledger import Ledger
from openbadge_issuer.register.names import check_name
from openbadge_issuer.register.records import Records
from openbadge_issuer.register.revision import check_revision
from openbadge_issuer.register.settings import Settings
from openbadge_issuer.register.sqlite_file import create_sqlite_file


class Register:
    """A register in SQLite or PostgreSQL. Make one with `create`, `open` or `over`.

    Safe between threads. A process that was forked opens its own.
    """

    def __init__(self, engine: Engine, settings: Settings, *, is_own: bool) -> None:
        self.engine = engine
        self.settings = settings
        self._is_own = is_own

    @classmethod
    def create(cls, url: str, *, settings: Settings | None = None) -> Register:
        """Make a register: a file of SQLite that is not there yet, or tables in a database of PostgreSQL.

        Args:
            url: `sqlite:///folder/register.db`, or `postgresql+psycopg://user@host/database`.
            settings: how events are read.

        Raises:
            RegisterError: `REGISTER-URL`, `REGISTER-DRIVER`, `REGISTER-EXISTS`, or as `database_errors`.
            OutputError: `REGISTER-WRITE`, the file cannot be written.
        """
        from openbadge_issuer.register.migration import create_tables  # noqa: PLC0415  # rarely needed

        address = parse_register_url(url)
        path = sqlite_path(address)
        if path is not None:
            create_sqlite_file(path, create_tables)
            return cls.open(url, settings=settings)
        engine = engine_for(address)
        try:
            create_tables(engine)
        finally:
            engine.dispose()
        return cls.open(url, settings=settings)

    @classmethod
    def open(cls, url: str, *, settings: Settings | None = None) -> Register:
        """Open a register that is there; see `create` for the arguments.

        Raises:
            RegisterError: `REGISTER-URL`, `REGISTER-DRIVER`; `REGISTER-NONE`, there is none;
                `REGISTER-OLD`, it must be upgraded; `REGISTER-NEWER`; or as `database_errors`.
        """
        address = parse_register_url(url)
        path = sqlite_path(address)
        if path is not None and not path.is_file():
            raise RegisterError("REGISTER-NONE")
        register = cls(engine_for(address), settings or Settings(), is_own=True)
        try:
            register._check()
        except BaseException:
            register.close()
            raise
        return register

    @classmethod
    def over(cls, engine: Engine, *, settings: Settings | None = None) -> Register:
        """Use a register in a program's own database, through the program's own engine.

        `migration.create_tables` makes the tables there. The engine should hide parameters
        (`hide_parameters`), because they are about people.

        Raises:
            RegisterError: as `open`.
        """
        register = cls(engine, settings or Settings(), is_own=False)
        register._check()
        return register

    @classmethod
    def upgrade(cls, url: str) -> None:
        """Bring a register of an earlier version up to date, all or nothing; make a backup before.

        Raises:
            RegisterError: `REGISTER-NONE`, `REGISTER-NEWER`, or as `database_errors`.
        """
        from openbadge_issuer.register.migration import upgrade_tables  # noqa: PLC0415  # rarely needed

        address = parse_register_url(url)
        path = sqlite_path(address)
        if path is not None and not path.is_file():
            raise RegisterError("REGISTER-NONE")
        engine = engine_for(address)
        try:
            upgrade_tables(engine)
        finally:
            engine.dispose()

    def add(self, organisation: str) -> None:
        """Begin the records of an organisation, or leave them as they are.

        Raises:
            RegisterError: `REGISTER-NAME`, or as `database_errors`.
        """
        check_name(organisation)
        row = {"id": organisation, "length": 0, "digest": GENESIS}
        with self.transaction(writing=True) as transaction:
            transaction.insert_numbered(tables.organisation, row)

    def organisations(self) -> tuple[str, ...]:
        """Return the identifiers of all organisations, in the order in which they were added."""
        with self.transaction() as transaction:
            query = select(tables.organisation.c.id).order_by(tables.organisation.c.number)
            return tuple(row.id for row in transaction.rows(query))

    @contextmanager
    def ledger(self, organisation: str) -> Iterator[Ledger]:
        """Write records of an organisation in one transaction: all of it lasts at the end, or nothing.

        Raises:
            RegisterError: `REGISTER-ORGANISATION`, the register does not know it; `REGISTER-BUSY`, others
                write for too long; or as `database_errors`.
        """
        with self.transaction(writing=True) as transaction:
            yield Ledger(transaction, organisation, self.settings)

    @contextmanager
    def records(self, organisation: str) -> Iterator[Records]:
        """Read records of an organisation as they are at one moment, while others may write.

        Raises:
            RegisterError: `REGISTER-ORGANISATION`, the register does not know it; or as `database_errors`.
        """
        with self.transaction() as transaction:
            yield Records(transaction, organisation, self.settings)

    @contextmanager
    def transaction(self, *, writing: bool = False) -> Iterator[Transaction]:
        """Begin a transaction: one that reads sees the database as it is at one moment."""
        with database_errors():
            connection = self.engine.connect()
        with connection:
            self._prepare(connection, writing=writing)
            with database_errors():
                connection.begin()
            yield Transaction(connection)  # closing it rolls back what is not committed
            with database_errors():
                connection.commit() if writing else connection.rollback()

    def _prepare(self, connection: Connection, *, writing: bool) -> None:
        if writing:
            connection.execution_options(**WRITING)
        elif self.engine.dialect.name == "postgresql":
            connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    def compact(self) -> None:
        """Rewrite the database, so that nothing of what was deleted is left in its files.

        Nobody else may hold a transaction meanwhile. What PostgreSQL's own log and backups still hold is
        told in docs/guide/register.md.

        Raises:
            RegisterError: `REGISTER-BUSY`, somebody does; or as `database_errors`.
        """
        from openbadge_issuer.register.compacting import compact  # noqa: PLC0415  # rarely needed

        compact(self.engine, is_own=self._is_own)

    def close(self) -> None:
        """Close all connections, unless they are a program's own."""
        if self._is_own:
            self.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Register({self.engine.url.render_as_string(hide_password=True)!r})"

    def _check(self) -> None:
        with self.transaction() as transaction, database_errors():
            check_revision(transaction.connection)
