"""Status lists, and which parts refer to which evidence files."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TEXT

revision = "0002"
down_revision = "0001"

_TEXT = sa.Text().with_variant(TEXT(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the tables."""
    _create_status_lists()
    _create_indexes_and_bits()
    _create_evidence()


def _create_status_lists() -> None:
    op.create_table(
        "openbadge_status_list",
        sa.Column("number", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("organisation", sa.Integer, nullable=False),
        sa.Column("url", _TEXT, nullable=False),
        sa.Column("issuer", _TEXT, nullable=False),
        sa.Column("purpose", _TEXT, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("taken", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_openbadge_status_list"),
        sa.UniqueConstraint("url", name="uq_openbadge_status_list_url"),
        sa.ForeignKeyConstraint(
            ["organisation"], ["openbadge_organisation.number"], name="fk_openbadge_status_list_organisation"
        ),
    )
    op.create_index("ix_openbadge_status_list_organisation", "openbadge_status_list", ["organisation"])


def _create_indexes_and_bits() -> None:
    op.create_table(
        "openbadge_status_allocation",
        sa.Column("list", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("key", _TEXT, nullable=False),
        sa.PrimaryKeyConstraint("list", "position", name="pk_openbadge_status_allocation"),
        sa.UniqueConstraint("list", "key", name="uq_openbadge_status_allocation_list_key"),
        sa.ForeignKeyConstraint(
            ["list"], ["openbadge_status_list.number"], name="fk_openbadge_status_allocation_list"
        ),
    )
    op.create_table(
        "openbadge_status_bit",
        sa.Column("list", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("at", _TEXT, nullable=False),
        sa.Column("reason", _TEXT),
        sa.PrimaryKeyConstraint("list", "position", name="pk_openbadge_status_bit"),
        sa.ForeignKeyConstraint(
            ["list", "position"],
            ["openbadge_status_allocation.list", "openbadge_status_allocation.position"],
            name="fk_openbadge_status_bit_list_position",
        ),
    )


def _create_evidence() -> None:
    op.create_table(
        "openbadge_evidence",
        sa.Column("organisation", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("sequence", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("digest", _TEXT, nullable=False),
        sa.PrimaryKeyConstraint(
            "organisation", "sequence", "position", "digest", name="pk_openbadge_evidence"
        ),
        sa.ForeignKeyConstraint(
            ["organisation", "sequence", "position"],
            ["openbadge_part.organisation", "openbadge_part.sequence", "openbadge_part.position"],
            name="fk_openbadge_evidence_organisation_sequence_position",
        ),
    )
    op.create_index("ix_openbadge_evidence_digest", "openbadge_evidence", ["digest"])
