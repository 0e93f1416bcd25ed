"""The facts of procedures: that each row says what follows from the events of its stream."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import reduce
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any

from sqlalchemy import Integer, Row, select, type_coerce

from openbadge_issuer.errors import RegisterError
from openbadge_issuer.policy.event import Event
from openbadge_issuer.register import tables
from openbadge_issuer.register.names import kind_of
from openbadge_issuer.register.records import Records
from openbadge_issuer.register.report import Findings
from openbadge_issuer.register.settings import FactsOf
from openbadge_issuer.register.status_said import StatusesOf, StatusSaid
from openbadge_issuer.register.stored_event import EVENTS, EventRow, event_rows
from openbadge_issuer.register.stream_row import facts_cells, fold_facts
from openbadge_issuer.register.tables import write_moment

_EVENT, _STREAM = tables.event.c, tables.stream.c

# As it stands there: a number that is neither 0 nor 1 would be taken for true.
_CLOSED = type_coerce(_STREAM.closed, Integer).label("closed")
_ROWS = select(*(column for column in _STREAM if column.name != "closed"), _CLOSED)


class StreamCheck:
    """Goes through the streams of an organisation once, and gathers what their events say besides.

    Args:
        records: the records.
        facts: folds the events of a stream to its facts.
        statuses: tells what the events of a stream say about status lists; None if nobody can.
        tampered: streams whose events are not as they were written: nothing follows from them.
        findings: where to note what is found.
    """

    def __init__(
        self,
        records: Records,
        *,
        facts: FactsOf,
        statuses: StatusesOf | None,
        tampered: set[str],
        findings: Findings,
    ) -> None:
        self._records = records
        self._facts = facts
        self._statuses = statuses
        self._tampered = tampered
        self._findings = findings
        self._said: dict[tuple[str, int], list[tuple[int, StatusSaid]]] = defaultdict(list)
        self.files: set[tuple[int, int, str]] = set()
        """Which parts refer to which evidence files: sequence, position, digest."""
        self.unread: set[int] = set()
        """The entries that could not be read."""

    @property
    def said(self) -> dict[tuple[str, int], StatusSaid]:
        """What the events say about each index of each list, the latest entry having the last word."""
        return {
            place: reduce(lambda earlier, later: later.after(earlier), (said for _, said in heard))
            for place, heard in (
                (place, sorted(heard, key=itemgetter(0))) for place, heard in self._said.items()
            )
        }

    def run(self) -> None:
        """Compare every row with what follows from the events."""
        kept = self._kept()
        row = next(kept, None)
        for name, events in self._streams():
            while row is not None and row.name < name:
                self._findings.failed("REGISTER-STREAM-UNKNOWN", stream=row.name)
                row = next(kept, None)
            if row is not None and row.name == name:
                self._compare(row, events)
                row = next(kept, None)
            else:
                self._findings.failed("REGISTER-STREAM-MISSING", stream=name)
        while row is not None:
            self._findings.failed("REGISTER-STREAM-UNKNOWN", stream=row.name)
            row = next(kept, None)

    def _streams(self) -> Iterator[tuple[str, Sequence[EventRow]]]:
        transaction, number = self._records.transaction, self._records.number
        query = EVENTS.where(_EVENT.organisation == number).order_by(_EVENT.stream, _EVENT.sequence)
        rows = event_rows(transaction, number, transaction.walk(query))
        for name, group in groupby(rows, key=attrgetter("stream")):
            if isinstance(name, str):  # else the chain has been found tampered with
                yield name, tuple(group)

    def _kept(self) -> Iterator[Row[Any]]:
        query = _ROWS.where(_STREAM.organisation == self._records.number)
        for row in self._records.transaction.walk(query.order_by(_STREAM.name)):
            if isinstance(row.name, str):
                yield row
            else:
                self._findings.failed("REGISTER-STREAM-UNKNOWN")

    def _compare(self, kept: Row[Any], rows: Sequence[EventRow]) -> None:
        events = self._read(rows)
        if events is None:
            return
        name = rows[0].stream
        expected = {
            "kind": kind_of(name),
            "events": len(events),
            "last": write_moment(max(event.at for event in events)),
            **facts_cells(fold_facts(name, events, self._facts)),
        }
        differing = [column for column, value in expected.items() if getattr(kept, column) != value]
        if differing:
            self._findings.failed("REGISTER-FACTS", stream=name, columns=", ".join(sorted(differing)))

    def _read(self, rows: Sequence[EventRow]) -> Sequence[Event] | None:
        """Put the events of a stream together again, and gather what they say; None if they cannot be."""
        name = rows[0].stream
        try:
            if name not in self._tampered:
                events = [self._read_one(row) for row in rows]
                self._hear(name, events, rows)
                return events
        except RegisterError as error:
            self._findings.refused(error, stream=name)
        self.unread.update(row.sequence for row in rows)
        return None

    def _read_one(self, row: EventRow) -> Event:
        settings, sealed = self._records.settings, row.sealed()
        for position, part in enumerate(sealed.parts):
            digests = () if part is None else settings.evidence_in(part.content)
            self.files.update((row.sequence, position, digest) for digest in digests)
        return settings.restore(sealed)

    def _hear(self, name: str, events: Sequence[Event], rows: Sequence[EventRow]) -> None:
        for place, said in self._statuses(name, events) if self._statuses is not None else ():
            self._said[said.url, said.index].append((rows[place].sequence, said))
