"""Which state the tables of a database are in."""

from __future__ import annotations

from sqlalchemy import Connection, inspect, select, table
from sqlalchemy.sql import column

from openbadge_issuer.errors import RegisterError
from openbadge_issuer.register.tables import REVISIONS, VERSION_TABLE


def revision_of(connection: Connection) -> str | None:
    """Return the state of the tables; None if there are none."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    version = table(VERSION_TABLE, column("version_num"))
    return connection.execute(select(version.c.version_num)).scalar()


def known_revision(connection: Connection) -> str:
    """Return the state of the tables, which may be of an earlier version.

    Raises:
        RegisterError: `REGISTER-NONE`, there is no register; `REGISTER-NEWER`, a later version made it.
    """
    found = revision_of(connection)
    if found is None:
        raise RegisterError("REGISTER-NONE")
    if found not in REVISIONS:
        raise RegisterError("REGISTER-NEWER")
    return found


def check_revision(connection: Connection) -> None:
    """Refuse tables that this version does not work with.

    Raises:
        RegisterError: `REGISTER-OLD`, they must be upgraded; or as `known_revision`.
    """
    if known_revision(connection) != REVISIONS[-1]:
        raise RegisterError("REGISTER-OLD")
