"""Events as rows: taken apart for storage with a fresh salt for each part, and put together again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, cast

from sqlalchemy import Row, bindparam, insert, select

from openbadge_issuer.assertions.json_text import MAX_JSON_BYTES, JsonObject, parse_json_object
from openbadge_issuer.errors import InputError, LimitError, RegisterError
from openbadge_issuer.jsonld.jcs import canonicalize_jcs
from openbadge_issuer.policy.event import Event, Part, RecordClass, Sealed
from openbadge_issuer.register import tables
from openbadge_issuer.register.chain import SALT_BYTES, Entry, commitment
from openbadge_issuer.register.database import Cells, Transaction
from openbadge_issuer.register.names import check_name
from openbadge_issuer.register.settings import Settings

_EVENT, _PART = tables.event.c, tables.part.c

EVENTS = select(_EVENT.sequence, _EVENT.stream, _EVENT.kind, _EVENT.body, _EVENT.commitments, _EVENT.digest)
"""Events without their parts; `event_rows` brings these."""

_PARTS_AT_ONCE = 500
_PARTS = (
    select(_PART.sequence, _PART.position, _PART.record_class, _PART.person, _PART.salt, _PART.content)
    .where(
        _PART.organisation == bindparam("organisation"),
        _PART.sequence.in_(bindparam("sequences", expanding=True)),
    )
    .order_by(_PART.sequence, _PART.position)
)
_INSERTS = (insert(tables.event), insert(tables.part), insert(tables.evidence))


@dataclass(frozen=True, slots=True)
class PartRow:
    """A part as it is stored; `salt` is hex, `content` canonical JSON."""

    position: int
    record_class: str
    person: str | None
    salt: str
    content: str

    def commitment(self) -> str:
        """Compute the commitment to the part; raises ValueError if the salt is no hex."""
        return commitment(
            bytes.fromhex(self.salt),
            record_class=self.record_class,
            person=self.person,
            content=self.content,
        )

    def cells(self) -> Cells:
        """Return the cells of the row."""
        return {
            "position": self.position,
            "record_class": self.record_class,
            "person": self.person,
            "salt": self.salt,
            "content": self.content,
        }


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event as it is stored, with the parts that there are."""

    sequence: int
    stream: str
    kind: str
    body: str
    commitments: str
    digest: str
    parts: tuple[PartRow, ...]

    @property
    def is_well_typed(self) -> bool:
        """Whether each cell is of the type of its column: SQLite lets anything stand anywhere."""
        texts: list[object] = [self.stream, self.kind, self.body, self.commitments, self.digest]
        numbers: list[object] = [self.sequence]
        for part in self.parts:
            texts += (part.record_class, part.salt, part.content)
            texts += () if part.person is None else (part.person,)
            numbers.append(part.position)
        return set(map(type, texts)) == {str} and set(map(type, numbers)) == {int}

    def entry(self, organisation: str) -> Entry:
        """Return the entry of the chain."""
        commitments = self.commitments.split()
        return Entry(organisation, self.sequence, self.stream, self.kind, self.body, commitments)

    def sealed(self) -> Sealed:
        """Read the body and the contents of the parts.

        Raises:
            RegisterError: `REGISTER-EVENT`, it is not as it was written.
        """
        if not self.is_well_typed:
            raise RegisterError("REGISTER-EVENT", kind=str(self.kind)[:60])
        parts: list[Part | None] = [None] * len(self.commitments.split())
        for row in self.parts:
            if not 0 <= row.position < len(parts):
                raise RegisterError("REGISTER-EVENT", kind=self.kind[:60])
            record_class = cast("RecordClass", row.record_class)  # written from an event; the chain vouches
            parts[row.position] = Part(record_class, row.person, _read(row.content, self.kind))
        return Sealed(self.kind, _read(self.body, self.kind), tuple(parts))


def event_rows(transaction: Transaction, number: int, rows: Iterable[Row[Any]]) -> Iterator[EventRow]:
    """Bring the rows of `EVENTS` together with their parts.

    A join would leave it to the planner of the database how to do that. PostgreSQL, as long as it knows
    nothing of what is in the tables, then goes through all parts for each event.

    Args:
        transaction: the transaction.
        number: the number of the organisation.
        rows: the rows, in any order, which is kept.
    """
    waiting = iter(rows)
    while some := list(islice(waiting, _PARTS_AT_ONCE)):
        sequences = [row.sequence for row in some if isinstance(row.sequence, int)]
        parts = defaultdict[int, list[PartRow]](list)
        for part in transaction.rows(_PARTS, {"organisation": number, "sequences": sequences}):
            cells: tuple[Any, ...] = tuple(part)
            parts[cells[0]].append(PartRow(*cells[1:]))
        for row in some:
            event: tuple[Any, ...] = tuple(row)
            sequence, stream, kind, body, commitments, digest = event
            yield EventRow(sequence, stream, kind, body, commitments, digest, tuple(parts.get(sequence, ())))


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An event taken apart: what the chain keeps for ever, the parts, and which files these refer to."""

    entry: Entry
    parts: tuple[PartRow, ...]
    files: tuple[tuple[int, str], ...]

    def cells(self, digest: str) -> Cells:
        """Return the cells of the row, given the digest of the entry."""
        return {
            "stream": self.entry.stream,
            "kind": self.entry.kind,
            "body": self.entry.body,
            "commitments": " ".join(self.entry.commitments),
            "digest": digest,
        }


def take_apart(
    event: Event, *, organisation: str, sequence: int, stream: str, settings: Settings
) -> NewEvent:
    """Take an event apart for storage.

    Raises:
        CanonicalizationError: a member has no canonical form, such as a number beyond 2^53.
        LimitError: `JSON-SIZE`, the body or a part is too long to be read again.
        RegisterError: `REGISTER-NAME`, a pseudonym that cannot be one.
    """
    sealed = event.sealed()
    parts: list[PartRow] = []
    commitments: list[str] = []
    files: list[tuple[int, str]] = []
    for position, part in enumerate(sealed.parts):
        if part is None:  # only a stored event can have lost one
            raise TypeError("a part of a new event is missing")
        check_name(part.person)
        salt, content = settings.rng(SALT_BYTES), _write(part.content)
        row = PartRow(position, part.record_class, part.person, salt.hex(), content)
        parts.append(row)
        commitments.append(row.commitment())
        files += ((position, digest) for digest in sorted(set(settings.evidence_in(part.content))))
    entry = Entry(organisation, sequence, stream, sealed.kind, _write(sealed.body), commitments)
    return NewEvent(entry, tuple(parts), tuple(files))


def insert_events(transaction: Transaction, number: int, events: Sequence[tuple[NewEvent, str]]) -> None:
    """Insert events, each with the digest of its entry, into the tables of the organisation of a number."""
    event_cells, part_cells, file_cells = list[Cells](), list[Cells](), list[Cells]()
    for event, digest in events:
        key = {"organisation": number, "sequence": event.entry.sequence}
        event_cells.append({**key, **event.cells(digest)})
        part_cells += ({**key, **part.cells()} for part in event.parts)
        file_cells += ({**key, "position": position, "digest": name} for position, name in event.files)
    cells = (event_cells, part_cells, file_cells)
    for statement, rows in zip(_INSERTS, cells, strict=True):
        if rows:
            transaction.run(statement, rows)


def _write(value: JsonObject) -> str:
    data = canonicalize_jcs(value)
    if len(data) > MAX_JSON_BYTES:
        raise LimitError("JSON-SIZE", size=len(data), limit=MAX_JSON_BYTES)
    return data.decode()


def _read(text: str, kind: str) -> JsonObject:
    try:
        return parse_json_object(text)
    except (InputError, LimitError) as error:
        raise RegisterError("REGISTER-EVENT", kind=kind[:60]) from error
