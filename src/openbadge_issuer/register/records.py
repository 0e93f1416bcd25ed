"""Reading what is recorded of an organisation, as one transaction sees it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from openbadge_issuer.errors import RegisterError
from openbadge_issuer.policy.event import Event
from openbadge_issuer.register import tables
from openbadge_issuer.register.chain import Head
from openbadge_issuer.register.database import ConnectionSource, Transaction
from openbadge_issuer.register.names import check_name, is_name
from openbadge_issuer.register.settings import Settings
from openbadge_issuer.register.status_reader import StatusReader
from openbadge_issuer.register.stored_event import EVENTS, EventRow, event_rows
from openbadge_issuer.register.stream_row import StreamRow, read_stream
from openbadge_issuer.register.tables import read_moment, write_moment

_EVENT, _STREAM = tables.event.c, tables.stream.c

_ORGANISATION = select(tables.organisation).where(tables.organisation.c.id == bindparam("id"))
# Neither this nor the list of streams is sorted by the database: to save itself the sorting, SQLite would go
# through everything that an organisation has.
_EVENTS_OF = EVENTS.where(
    _EVENT.organisation == bindparam("organisation"), _EVENT.stream == bindparam("stream")
)
_FIND = select(_STREAM.name).where(
    _STREAM.organisation == bindparam("organisation"),
    _STREAM.kind == bindparam("kind"),
    _STREAM.key == bindparam("key"),
)
_STREAM_NAMED = select(tables.stream).where(
    _STREAM.organisation == bindparam("organisation"), _STREAM.name == bindparam("name")
)


class Records:
    """What is recorded of one organisation. `Register.records` makes one; so does `over`.

    Args:
        transaction: a transaction that was begun.
        organisation: the identifier of the organisation.
        settings: how events are read.

    Raises:
        RegisterError: `REGISTER-ORGANISATION`, the register does not know it.
    """

    def __init__(self, transaction: Transaction, organisation: str, settings: Settings) -> None:
        self.transaction = transaction
        self.settings = settings
        self.organisation = organisation
        check_name(organisation)
        row = self._begin()
        if row is None:
            raise RegisterError("REGISTER-ORGANISATION", organisation=organisation[:200])
        self.number: int = row.number
        """The number that stands for the organisation in the tables."""

    def _begin(self) -> Row[Any] | None:
        """Read the organisation's row."""
        return self.transaction.first(_ORGANISATION, {"id": self.organisation})

    @classmethod
    def over(
        cls, source: Connection | ConnectionSource, organisation: str, *, settings: Settings | None = None
    ) -> Records:
        """Read through a program's own session or connection, within the program's own transaction."""
        return cls(Transaction(source), organisation, settings or Settings())

    @property
    def head(self) -> Head:
        """How far the chain reaches now."""
        row = self.transaction.first(_ORGANISATION, {"id": self.organisation})
        if row is None:
            raise RegisterError("REGISTER-ORGANISATION", organisation=self.organisation[:200])
        return Head(row.id, row.length, row.digest, None if row.at is None else read_moment(row.at))

    @property
    def status(self) -> StatusReader:
        """The status lists of the organisation."""
        return StatusReader(self.transaction, self.number)

    def events(self, stream: str) -> tuple[Event, ...]:
        """Return the events of a stream in their order; none if there is no such stream.

        Raises:
            RegisterError: `REGISTER-EVENT`, one of them cannot be read.
        """
        return tuple(self.settings.restore(row.sealed()) for row in self.rows(stream))

    def rows(self, stream: str) -> Iterator[EventRow]:
        """Go through the events of a stream as they are stored."""
        cells = {"organisation": self.number, "stream": stream}
        rows = self.transaction.rows(_EVENTS_OF, cells) if is_name(stream) else ()
        return event_rows(self.transaction, self.number, sorted(rows, key=attrgetter("sequence")))

    def stream(self, name: str) -> StreamRow | None:
        """Return where a procedure stands, or None if there is none of this name."""
        cells = {"organisation": self.number, "name": name}
        row = self.transaction.first(_STREAM_NAMED, cells) if is_name(name) else None
        return None if row is None else read_stream(row)

    def streams(
        self,
        kind: str,
        *,
        phase: str | None = None,
        due_before: datetime | None = None,
        person: str | None = None,
        open_only: bool = False,
    ) -> Iterator[StreamRow]:
        """Go through the procedures of a kind, by name; what is given narrows them down.

        Args:
            kind: what stands before the colon of their names.
            phase: only those that stand there.
            due_before: only those whose next step was due before this moment.
            person: only those about this pseudonym.
            open_only: only those that have not come to their end.
        """
        query = select(tables.stream).where(_STREAM.organisation == self.number, _STREAM.kind == kind)
        if phase is not None:
            query = query.where(_STREAM.phase == phase)
        if due_before is not None:
            query = query.where(_STREAM.due < write_moment(due_before))
        if person is not None:
            query = query.where(_STREAM.person == person)
        if open_only:
            query = query.where(_STREAM.closed.is_(False))
        return map(read_stream, sorted(self.transaction.rows(query), key=attrgetter("name")))

    def find(self, kind: str, key: str) -> str | None:
        """Return the name of the stream of a kind that has a key, or None."""
        cells = {"organisation": self.number, "kind": kind, "key": key}
        row = self.transaction.first(_FIND, cells) if is_name(key) else None
        return None if row is None else row.name
