"""Organisations, the chain, the personal parts, and the facts of procedures."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TEXT

revision = "0001"
down_revision = None

_TEXT = sa.Text().with_variant(TEXT(collation="C"), "postgresql")

_SQLITE_TRIGGERS = (
    """CREATE TRIGGER openbadge_event_unchanged BEFORE UPDATE ON openbadge_event
       BEGIN SELECT RAISE(ABORT, 'the chain is never changed'); END""",
    """CREATE TRIGGER openbadge_event_kept BEFORE DELETE ON openbadge_event
       BEGIN SELECT RAISE(ABORT, 'the chain is never changed'); END""",
    """CREATE TRIGGER openbadge_part_unchanged BEFORE UPDATE ON openbadge_part
       BEGIN SELECT RAISE(ABORT, 'a part is destroyed, never changed'); END""",
)
_POSTGRESQL_TRIGGERS = (
    """CREATE FUNCTION openbadge_refuse() RETURNS trigger LANGUAGE plpgsql
       AS $$BEGIN RAISE EXCEPTION 'the chain is never changed'; END$$""",
    """CREATE TRIGGER openbadge_event_unchanged BEFORE UPDATE OR DELETE OR TRUNCATE ON openbadge_event
       FOR EACH STATEMENT EXECUTE FUNCTION openbadge_refuse()""",
    """CREATE TRIGGER openbadge_part_unchanged BEFORE UPDATE OR TRUNCATE ON openbadge_part
       FOR EACH STATEMENT EXECUTE FUNCTION openbadge_refuse()""",
)
# PostgreSQL keeps samples of what stands in a column for its planner, and those would outlive an erasure.
_NO_SAMPLES = (
    "ALTER TABLE openbadge_part ALTER COLUMN content SET STATISTICS 0",
    "ALTER TABLE openbadge_part ALTER COLUMN salt SET STATISTICS 0",
    'ALTER TABLE openbadge_stream ALTER COLUMN "key" SET STATISTICS 0',
)


def upgrade() -> None:
    """Make the tables, and the triggers that refuse to change the chain."""
    _create_chain()
    _create_parts()
    _create_streams()
    sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in _SQLITE_TRIGGERS if sqlite else _POSTGRESQL_TRIGGERS + _NO_SAMPLES:
        op.execute(sa.text(statement))


def _create_chain() -> None:
    op.create_table(
        "openbadge_organisation",
        sa.Column("number", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("id", _TEXT, nullable=False),
        sa.Column("length", sa.BigInteger, nullable=False),
        sa.Column("digest", _TEXT, nullable=False),
        sa.Column("at", _TEXT),
        sa.PrimaryKeyConstraint("number", name="pk_openbadge_organisation"),
        sa.UniqueConstraint("id", name="uq_openbadge_organisation_id"),
    )
    op.create_table(
        "openbadge_event",
        sa.Column("organisation", sa.Integer, nullable=False),
        sa.Column("sequence", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("stream", _TEXT, nullable=False),
        sa.Column("kind", _TEXT, nullable=False),
        sa.Column("body", _TEXT, nullable=False),
        sa.Column("commitments", _TEXT, nullable=False),
        sa.Column("digest", _TEXT, nullable=False),
        sa.PrimaryKeyConstraint("organisation", "sequence", name="pk_openbadge_event"),
        sa.ForeignKeyConstraint(
            ["organisation"], ["openbadge_organisation.number"], name="fk_openbadge_event_organisation"
        ),
    )
    op.create_index(
        "ix_openbadge_event_organisation_stream_sequence",
        "openbadge_event",
        ["organisation", "stream", "sequence"],
    )


def _create_parts() -> None:
    op.create_table(
        "openbadge_part",
        sa.Column("organisation", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("sequence", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("record_class", _TEXT, nullable=False),
        sa.Column("person", _TEXT),
        sa.Column("salt", _TEXT, nullable=False),
        sa.Column("content", _TEXT, nullable=False),
        sa.PrimaryKeyConstraint("organisation", "sequence", "position", name="pk_openbadge_part"),
        sa.ForeignKeyConstraint(
            ["organisation", "sequence"],
            ["openbadge_event.organisation", "openbadge_event.sequence"],
            name="fk_openbadge_part_organisation_sequence",
        ),
    )
    op.create_index("ix_openbadge_part_organisation_person", "openbadge_part", ["organisation", "person"])


def _create_streams() -> None:
    op.create_table(
        "openbadge_stream",
        sa.Column("organisation", sa.Integer, nullable=False),
        sa.Column("name", _TEXT, nullable=False),
        sa.Column("kind", _TEXT, nullable=False),
        sa.Column("phase", _TEXT, nullable=False),
        sa.Column("due", _TEXT),
        sa.Column("person", _TEXT),
        sa.Column("key", _TEXT),
        sa.Column("closed", sa.Boolean, nullable=False),
        sa.Column("events", sa.BigInteger, nullable=False),
        sa.Column("last", _TEXT, nullable=False),
        sa.PrimaryKeyConstraint("organisation", "name", name="pk_openbadge_stream"),
        sa.UniqueConstraint("organisation", "kind", "key", name="uq_openbadge_stream_organisation_kind_key"),
        sa.ForeignKeyConstraint(
            ["organisation"], ["openbadge_organisation.number"], name="fk_openbadge_stream_organisation"
        ),
    )
    for columns in (["organisation", "kind", "phase"], ["organisation", "person"]):
        op.create_index(f"ix_openbadge_stream_{'_'.join(columns)}", "openbadge_stream", columns)
