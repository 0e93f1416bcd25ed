"""Writing: what happens to an organisation's records within one transaction."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import BindParameter, Connection, Executable, Row, and_, bindparam, case, select, update
from sqlalchemy.dialects import postgresql, sqlite

from openbadge_issuer.errors import RegisterError
from openbadge_issuer.policy.event import Event
from openbadge_issuer.policy.facts import Facts
from openbadge_issuer.policy.record_keeping import FACTS
from openbadge_issuer.policy.register_events import STREAM
from openbadge_issuer.register import tables
from openbadge_issuer.register.chain import Head
from openbadge_issuer.register.database import Cells, ConnectionSource, Transaction
from openbadge_issuer.register.names import check_stream, kind_of
from openbadge_issuer.register.records import Records
from openbadge_issuer.register.settings import Settings
from openbadge_issuer.register.status_book import StatusBook
from openbadge_issuer.register.stored_event import NewEvent, insert_events, take_apart
from openbadge_issuer.register.stream_row import facts_cells
from openbadge_issuer.register.tables import write_moment

_ORGANISATION, _STREAM = tables.organisation.c, tables.stream.c

_MOVE_HEAD = (
    update(tables.organisation)
    .where(
        _ORGANISATION.number == bindparam("number_"),
        _ORGANISATION.length == bindparam("length_"),
        _ORGANISATION.digest == bindparam("digest_"),
    )
    .values(length=bindparam("length"), digest=bindparam("digest"), at=bindparam("at"))
)
_FACTS: Mapping[str, BindParameter[Any]] = {
    name: bindparam(name) for name in ("phase", "due", "person", "key", "closed")
}
_SAME_STREAM = and_(_STREAM.organisation == bindparam("organisation_"), _STREAM.name == bindparam("name_"))
_UPDATE_FACTS = update(tables.stream).where(_SAME_STREAM).values(**_FACTS)
_NEW_STREAM: Mapping[str, BindParameter[Any]] = {
    **{name: bindparam(name) for name in ("organisation", "name", "kind", "last")},
    **_FACTS,
    "events": bindparam("more"),
}


def _upsert(new: postgresql.Insert | sqlite.Insert) -> Executable:
    """Write what inserts the row of a stream, or brings the one that is there up to date."""
    given = new.excluded
    return new.values(_NEW_STREAM).on_conflict_do_update(
        index_elements=["organisation", "name"],
        set_={
            **{name: given[name] for name in _FACTS},
            "events": _STREAM.events + given.events,
            "last": case((_STREAM.last < given.last, given.last), else_=_STREAM.last),
        },
    )


_PUT_STREAM = {
    "postgresql": _upsert(postgresql.insert(tables.stream)),
    "sqlite": _upsert(sqlite.insert(tables.stream)),
}
_TOUCH = (
    update(tables.organisation)
    .where(_ORGANISATION.id == bindparam("id_"))
    .values(length=_ORGANISATION.length)
)
_HOLD = (
    select(tables.organisation)
    .where(_ORGANISATION.id == bindparam("id"))
    .with_for_update(key_share=True)  # rows that name the organisation may be inserted meanwhile
)


class Ledger(Records):
    """The records of one organisation, open for writing; see `Records` for reading.

    Writers of an organisation wait for each other: from here to the end of its transaction this is the only
    one. `Register.ledger` makes one and commits; with `over` the program does.
    """

    def _begin(self) -> Row[Any] | None:
        """Read the organisation's row, once no other transaction writes for it, and keep others waiting."""
        if self.transaction.is_sqlite:
            # Writing something, even nothing new, is how a transaction of SQLite begins to write. Ours have
            # begun so already; a program's own may have not.
            self.transaction.run(_TOUCH, {"id_": self.organisation})
        return self.transaction.first(_HOLD, {"id": self.organisation})

    @classmethod
    def over(
        cls, source: Connection | ConnectionSource, organisation: str, *, settings: Settings | None = None
    ) -> Ledger:
        """Write through a program's own transaction: the program commits, or nothing has happened.

        After an error it rolls back what it did since, at least to a savepoint.

        Args:
            source: the program's session, or a connection.
            organisation: the identifier of the organisation.
            settings: how events are read.

        Raises:
            RegisterError: `REGISTER-ORGANISATION`, `REGISTER-BUSY`.
        """
        return cls(Transaction(source), organisation, settings or Settings())

    @property
    def status(self) -> StatusBook:
        """The status lists of the organisation."""
        return StatusBook(self.transaction, self.number, lambda event: self.append(STREAM, [event], FACTS))

    def append(self, stream: str, events: Sequence[Event], facts: Facts) -> Head:
        """Record events at the end of a stream, and where its procedure stands after them.

        Args:
            stream: the name of the stream; the first events make it.
            events: what happened, in this order; if nothing did, nothing is recorded.
            facts: where the procedure stands now, folded from all its events.

        Returns:
            The head of the chain with these events.

        Raises:
            RegisterError: `REGISTER-NAME`; `REGISTER-KEY-TAKEN`, another stream of the kind has this key;
                `REGISTER-EVIDENCE-MISSING`, an event refers to a file that is not in the store;
                `REGISTER-CONFLICT`, somebody wrote who did not wait.
            CanonicalizationError, LimitError: an event cannot be written; see `take_apart`.
        """
        head = self.head
        if not events:
            return head
        check_stream(stream)
        cells = self._facts_cells(stream, facts)
        digest, taken = head.digest, list[tuple[NewEvent, str]]()
        for sequence, event in enumerate(events, head.length + 1):
            new = take_apart(
                event,
                organisation=self.organisation,
                sequence=sequence,
                stream=stream,
                settings=self.settings,
            )
            digest = new.entry.digest(digest)
            taken.append((new, digest))
        files = {digest for new, _ in taken for _, digest in new.files}
        self._check_files(files)
        moved = Head(self.organisation, head.length + len(taken), digest, events[-1].at)
        self._move_head(head, moved)
        insert_events(self.transaction, self.number, taken)
        self._check_files(files)  # again: while this waited, one that nothing referred to may have gone
        row = {
            "organisation": self.number,
            "name": stream,
            "kind": kind_of(stream),
            "more": len(events),
            "last": write_moment(max(event.at for event in events)),
        }
        self.transaction.run(_PUT_STREAM[self.transaction.dialect], {**row, **cells})
        return moved

    def update_facts(self, stream: str, facts: Facts) -> None:
        """Record anew where a procedure stands, after parts of its events were destroyed.

        Raises:
            RegisterError: `REGISTER-NAME`, `REGISTER-KEY-TAKEN`.
        """
        key = {"organisation_": self.number, "name_": stream}
        self.transaction.run(_UPDATE_FACTS, {**key, **self._facts_cells(stream, facts)})

    def _facts_cells(self, stream: str, facts: Facts) -> Cells:
        cells = facts_cells(facts)
        if facts.key is not None and self.find(kind_of(stream), facts.key) not in (None, stream):
            raise RegisterError("REGISTER-KEY-TAKEN", stream=stream)
        return cells

    def _check_files(self, digests: Collection[str]) -> None:
        store = self.settings.evidence
        missing = () if store is None else (digest for digest in digests if not store.holds(digest))
        for digest in missing:
            raise RegisterError("REGISTER-EVIDENCE-MISSING", digest=digest)

    def _move_head(self, old: Head, new: Head) -> None:
        cells: Cells = {
            "number_": self.number,
            "length_": old.length,
            "digest_": old.digest,
            "length": new.length,
            "digest": new.digest,
            "at": None if new.at is None else write_moment(new.at),
        }
        if self.transaction.run(_MOVE_HEAD, cells) != 1:
            raise RegisterError("REGISTER-CONFLICT")
