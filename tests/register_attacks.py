"""What somebody can do who writes to the tables behind the register's back, and what it is compared with."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

from sqlalchemy import text

from openbadge_issuer.register import Head, Register
from openbadge_issuer.register.chain import GENESIS
from openbadge_issuer.register.report import RecordsReport
from openbadge_issuer.register.stored_event import EVENTS, event_rows
from openbadge_issuer.register.tables import event as event_table
from openbadge_issuer.register.verifying import verify
from register_world import HOME, facts_of, statuses_of

TRIGGERS = ("openbadge_event_unchanged", "openbadge_event_kept", "openbadge_part_unchanged")


def tamper(register: Register, *statements: str, **cells: object) -> None:
    """Run statements on the tables with neither triggers nor foreign keys in the way.

    Cells are named in the statements as `:name`.
    """
    with register.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET session_replication_role = replica"))
        else:
            driver = connection.connection.driver_connection
            assert isinstance(driver, sqlite3.Connection)
            driver.execute("PRAGMA foreign_keys = OFF")
            for name in TRIGGERS:
                driver.execute(f"DROP TRIGGER IF EXISTS {name}")
        for statement in statements:
            connection.execute(
                text(statement), {name: value for name, value in cells.items() if f":{name}" in statement}
            )
        connection.commit()
        connection.invalidate()  # its settings go with it


def recompute(register: Register, organisation: str = HOME) -> None:
    """Compute all digests anew, as somebody does who knows how the chain is made."""
    with register.records(organisation) as records:
        query = EVENTS.where(event_table.c.organisation == records.number)
        stored = records.transaction.rows(query.order_by(event_table.c.sequence))
        rows = list(event_rows(records.transaction, records.number, stored))
        number = records.number
    previous = GENESIS
    for row in rows:
        commitments = row.commitments.split()
        for part in row.parts:
            commitments[part.position] = part.commitment()
        previous = replace(row.entry(organisation), commitments=commitments).digest(previous)
        tamper(
            register,
            "UPDATE openbadge_event SET digest = :digest, commitments = :commitments"
            " WHERE organisation = :number AND sequence = :sequence",
            digest=previous,
            commitments=" ".join(commitments),
            number=number,
            sequence=row.sequence,
        )
    tamper(
        register,
        "UPDATE openbadge_organisation SET length = :length, digest = :digest WHERE number = :number",
        length=len(rows),
        digest=previous,
        number=number,
    )


def checked(register: Register, *, head: Head | None, organisation: str = HOME) -> RecordsReport:
    """Check the records of this world."""
    with register.records(organisation) as records:
        return verify(records, facts=facts_of, statuses=statuses_of, head=head)


def head_of(register: Register, organisation: str = HOME) -> Head:
    """Return the head of the chain."""
    with register.records(organisation) as records:
        return records.head


def codes(report: RecordsReport) -> set[str]:
    """Return the codes of the findings."""
    return {finding.code for finding in report.findings}
