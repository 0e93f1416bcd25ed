"""The tables of the register, as the newest migration leaves them.

Their names begin with `openbadge_`, so that they can stand in a program's own database. Moments are text in
UTC of one width, which sorts as time does on every engine; digests are hex. Text is compared byte by byte.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import TEXT

from openbadge_issuer.errors import RegisterError

REVISIONS = ("0001", "0002")
"""Every state that the tables ever had, the newest last."""

VERSION_TABLE = "openbadge_schema"

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)
_TEXT = Text().with_variant(TEXT(collation="C"), "postgresql")

organisation = Table(
    "openbadge_organisation",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("id", _TEXT, nullable=False, unique=True),
    Column("length", BigInteger, nullable=False),
    Column("digest", _TEXT, nullable=False),
    Column("at", _TEXT),
)
"""Whose records they are, and the head of each chain."""

event = Table(
    "openbadge_event",
    metadata,
    Column("organisation", ForeignKey(organisation.c.number), primary_key=True),
    Column("sequence", BigInteger, primary_key=True, autoincrement=False),
    Column("stream", _TEXT, nullable=False),
    Column("kind", _TEXT, nullable=False),
    Column("body", _TEXT, nullable=False),
    Column("commitments", _TEXT, nullable=False),
    Column("digest", _TEXT, nullable=False),
    Index(None, "organisation", "stream", "sequence"),
)
"""The chain. Triggers refuse to change it; `commitments` are separated by spaces."""

part = Table(
    "openbadge_part",
    metadata,
    Column("organisation", Integer, primary_key=True, autoincrement=False),
    Column("sequence", BigInteger, primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("record_class", _TEXT, nullable=False),
    Column("person", _TEXT),
    Column("salt", _TEXT, nullable=False),
    Column("content", _TEXT, nullable=False),
    ForeignKeyConstraint(["organisation", "sequence"], [event.c.organisation, event.c.sequence]),
    Index(None, "organisation", "person"),
)
"""The personal parts of events: rows that can be destroyed, never changed."""

stream = Table(
    "openbadge_stream",
    metadata,
    Column("organisation", ForeignKey(organisation.c.number), primary_key=True),
    Column("name", _TEXT, primary_key=True),
    Column("kind", _TEXT, nullable=False),
    Column("phase", _TEXT, nullable=False),
    Column("due", _TEXT),
    Column("person", _TEXT),
    Column("key", _TEXT),
    Column("closed", Boolean, nullable=False),
    Column("events", BigInteger, nullable=False),
    Column("last", _TEXT, nullable=False),
    UniqueConstraint("organisation", "kind", "key"),
    Index(None, "organisation", "kind", "phase"),
    Index(None, "organisation", "person"),
)
"""The facts of each procedure, for lists and look-ups: all of it follows from the events."""

status_list = Table(
    "openbadge_status_list",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("organisation", ForeignKey(organisation.c.number), nullable=False, index=True),
    Column("url", _TEXT, nullable=False, unique=True),
    Column("issuer", _TEXT, nullable=False),
    Column("purpose", _TEXT, nullable=False),
    Column("size", Integer, nullable=False),
    Column("taken", Integer, nullable=False),
)

status_allocation = Table(
    "openbadge_status_allocation",
    metadata,
    Column("list", ForeignKey(status_list.c.number), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("key", _TEXT, nullable=False),
    UniqueConstraint("list", "key"),
)
"""Which indexes are given out; `key` is the SHA-256 of what each was given out for."""

status_bit = Table(
    "openbadge_status_bit",
    metadata,
    Column("list", Integer, primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("at", _TEXT, nullable=False),
    Column("reason", _TEXT),
    ForeignKeyConstraint(["list", "position"], [status_allocation.c.list, status_allocation.c.position]),
)
"""The bits that are set, since when and why."""

evidence = Table(
    "openbadge_evidence",
    metadata,
    Column("organisation", Integer, primary_key=True, autoincrement=False),
    Column("sequence", BigInteger, primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("digest", _TEXT, primary_key=True, index=True),
    ForeignKeyConstraint(
        ["organisation", "sequence", "position"], [part.c.organisation, part.c.sequence, part.c.position]
    ),
)
"""Which parts refer to which evidence files: all of it follows from the parts."""


def write_moment(moment: datetime) -> str:
    """Write an aware moment as it stands in the tables."""
    if moment.tzinfo is None:
        raise ValueError("the moment must carry its offset from UTC")
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def read_moment(text: str) -> datetime:
    """Read a moment back.

    Raises:
        RegisterError: `REGISTER-DAMAGED`, it is none.
    """
    try:
        return datetime.fromisoformat(text)
    except (ValueError, TypeError) as error:
        raise RegisterError("REGISTER-DAMAGED") from error
