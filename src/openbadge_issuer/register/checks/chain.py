"""The chain: that each entry follows from the one before it, and each part is what was committed to."""

from __future__ import annotations

import json
from datetime import datetime

from sqlalchemy import func, select

from openbadge_issuer.assertions.moments import parse_date_time
from openbadge_issuer.policy.record_keeping import RecordKeeping
from openbadge_issuer.register import tables
from openbadge_issuer.register.chain import GENESIS, Head
from openbadge_issuer.register.records import Records
from openbadge_issuer.register.report import Findings
from openbadge_issuer.register.stored_event import EVENTS, EventRow, PartRow, event_rows
from openbadge_issuer.register.tables import write_moment

_EVENT, _PART, _ORGANISATION = tables.event.c, tables.part.c, tables.organisation.c


class ChainCheck:
    """Walks the chain of an organisation once.

    Args:
        records: the records.
        keeping: what was destroyed by record, and may be missing.
        head: the signed head to compare with.
        findings: where to note what is found.
    """

    def __init__(
        self, records: Records, keeping: RecordKeeping, head: Head | None, findings: Findings
    ) -> None:
        self._records = records
        self._destroyed = keeping.destroyed
        self._head = head
        self._findings = findings
        self.tampered: set[str] = set()
        """The streams with an entry or a part that is not as it was written."""
        self._sequence, self._digest = 0, GENESIS
        self._digest_at_head = GENESIS
        self._parts = 0

    def run(self) -> Head:
        """Check every entry and part, where the chain ends, and whether the head stands in it.

        Returns:
            The head of the chain as it is, whatever the register says it is.
        """
        transaction, number = self._records.transaction, self._records.number
        query = EVENTS.where(_EVENT.organisation == number).order_by(_EVENT.sequence)
        body = ""
        for row in event_rows(transaction, number, transaction.walk(query)):
            if not row.is_well_typed:
                self._fail("REGISTER-ENTRY-CHANGED", row)
                continue
            self._check_entry(row)
            self._check_parts(row)
            self._parts += len(row.parts)
            self._sequence, self._digest, body = row.sequence, row.digest, row.body
            if self._head is not None and row.sequence == self._head.length:
                self._digest_at_head = row.digest
        self._check_lost_parts()
        self._check_strays()
        found = Head(self._records.organisation, self._sequence, self._digest, _moment_in(body))
        self._check_end(found)
        self._check_head()
        return found

    def _check_entry(self, row: EventRow) -> None:
        expected = self._sequence + 1
        if row.sequence != expected:
            self._findings.failed(
                "REGISTER-ENTRY-GAP", sequence=expected, first=expected, last=row.sequence - 1
            )
            return
        entry = row.entry(self._records.organisation)
        if " ".join(entry.commitments) != row.commitments or entry.digest(self._digest) != row.digest:
            self._fail("REGISTER-ENTRY-CHANGED", row)

    def _check_parts(self, row: EventRow) -> None:
        commitments = row.commitments.split()
        present = {part.position: part for part in row.parts}
        for position, commitment in enumerate(commitments):
            destroyed = f"{row.sequence}/{position}" in self._destroyed
            part = present.pop(position, None)
            if part is None:
                if not destroyed:
                    self._fail("REGISTER-PART-MISSING", row)
            elif destroyed:
                self._fail("REGISTER-PART-REVIVED", row)
            elif _commitment(part) != commitment:
                self._fail("REGISTER-PART-CHANGED", row)
        for _ in present:
            self._fail("REGISTER-PART-UNKNOWN", row)

    def _check_lost_parts(self) -> None:
        """Find parts that belong to no event at all; the database itself should never let them be."""
        own = _PART.organisation == self._records.number
        count = self._records.transaction.rows(select(func.count()).select_from(tables.part).where(own))
        if count[0][0] == self._parts:
            return
        events = select(_EVENT.sequence).where(_EVENT.organisation == self._records.number)
        query = select(_PART.sequence).where(own, _PART.sequence.not_in(events))
        for row in self._records.transaction.walk(query):
            self._findings.failed("REGISTER-PART-UNKNOWN", sequence=row.sequence)

    def _check_strays(self) -> None:
        """Find rows of no organisation at all; the database itself should never let them be."""
        known = select(_ORGANISATION.number)
        for table in (tables.event, tables.part, tables.stream, tables.evidence, tables.status_list):
            query = select(table.c.organisation).where(table.c.organisation.not_in(known)).limit(1)
            if self._records.transaction.first(query) is not None:
                self._findings.failed("REGISTER-STRAY", table=table.name)

    def _check_end(self, found: Head) -> None:
        query = select(_ORGANISATION.length, _ORGANISATION.digest, _ORGANISATION.at)
        kept = self._records.transaction.first(query.where(_ORGANISATION.number == self._records.number))
        at = None if found.at is None else write_moment(found.at)
        if kept is None or tuple(kept) != (found.length, found.digest, at):
            length = 0 if kept is None else kept.length
            self._findings.failed("REGISTER-END", kept=length, found=found.length)

    def _check_head(self) -> None:
        head = self._head
        if head is None:
            self._findings.undetermined("REGISTER-TAIL-UNPROVEN")
        elif head.organisation != self._records.organisation:
            self._findings.failed("REGISTER-HEAD-OTHER", organisation=head.organisation[:200])
        elif head.length > self._sequence:
            self._findings.failed("REGISTER-HEAD-CUT", head=head.length, found=self._sequence)
        elif head.digest != self._digest_at_head:
            self._findings.failed("REGISTER-HEAD-REWRITTEN", head=head.length)
        elif head.length < self._sequence:
            self._findings.undetermined("REGISTER-AFTER-HEAD", count=self._sequence - head.length)

    def _fail(self, code: str, row: EventRow) -> None:
        stream = row.stream if isinstance(row.stream, str) else None
        if stream is not None:
            self.tampered.add(stream)
        sequence = row.sequence if isinstance(row.sequence, int) else 0
        self._findings.failed(code, stream=stream, sequence=sequence)


def _commitment(part: PartRow) -> str:
    try:
        is_plain = bytes.fromhex(part.salt).hex() == part.salt
    except ValueError:
        return ""
    return part.commitment() if is_plain else ""


def _moment_in(body: str) -> datetime | None:
    """Read the moment out of a body that may have been tampered with."""
    try:
        return parse_date_time(json.loads(body)["at"])
    except (ValueError, LookupError, TypeError):
        return None
