"""Destroying parts: their content and salt, their evidence, and what was looked up by them.

The chain keeps the commitments, which tell nothing without the salts. Every destroyed part is named by an
event of the stream `register`: one that is missing and named by none was removed by somebody else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, bindparam, delete, join, select, text

from openbadge_issuer.errors import RegisterError
from openbadge_issuer.register import tables
from openbadge_issuer.register.database import Transaction
from openbadge_issuer.register.evidence_store import EvidenceStore
from openbadge_issuer.register.ledger import Ledger
from openbadge_issuer.register.records import Records
from openbadge_issuer.register.register import Register
from openbadge_issuer.register.settings import FactsOf
from openbadge_issuer.register.stream_row import fold_facts

PLACES_IN_EVENT = 5_000
"""Destroyed parts that one event names: some 60 KB."""

_ASKED_AT_ONCE = 500

_EVENT, _PART, _USE = tables.event.c, tables.part.c, tables.evidence.c

_AT = ("organisation", "sequence", "position")
_DELETE_PART = delete(tables.part).where(*(_PART[name] == bindparam(f"{name}_") for name in _AT))
_DELETE_USES = delete(tables.evidence).where(*(_USE[name] == bindparam(f"{name}_") for name in _AT))
_USED = select(_USE.digest).where(_USE.digest == bindparam("digest")).limit(1)
_WITH_EVENTS = join(
    tables.part,
    tables.event,
    and_(_PART.organisation == _EVENT.organisation, _PART.sequence == _EVENT.sequence),
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a part stands: the number of its entry, its position there, its stream and its class."""

    sequence: int
    position: int
    stream: str
    record_class: str

    def __str__(self) -> str:
        return f"{self.sequence}/{self.position}"


@dataclass(frozen=True, slots=True)
class Destroyed:
    """What was destroyed.

    Attributes:
        parts: where the parts stood.
        files: the digests of the evidence files that nothing refers to any more. They go after the
            transaction was committed, with `remove_files`.
    """

    parts: tuple[Place, ...] = ()
    files: tuple[str, ...] = ()

    def by_event(self) -> Iterator[tuple[Place, ...]]:
        """Divide the parts so that each event names not too many."""
        for start in range(0, len(self.parts), PLACES_IN_EVENT):
            yield self.parts[start : start + PLACES_IN_EVENT]


def find_parts(records: Records, *conditions: ColumnElement[bool]) -> tuple[Place, ...]:
    """Return where the parts stand that fulfil conditions on the tables of parts and events."""
    query = (
        select(_PART.sequence, _PART.position, _EVENT.stream, _PART.record_class)
        .select_from(_WITH_EVENTS)
        .where(_PART.organisation == records.number, *conditions)
        .order_by(_PART.sequence, _PART.position)
    )
    return tuple(
        Place(row.sequence, row.position, row.stream, row.record_class)
        for row in records.transaction.walk(query)
    )


def destroy(ledger: Ledger, parts: Sequence[Place], *, facts: FactsOf) -> Destroyed:
    """Destroy parts, and record anew where their procedures stand; that it was done is yet to be recorded.

    Args:
        ledger: the ledger.
        parts: which parts.
        facts: folds the events of a stream to its facts.
    """
    cells = [
        {"organisation_": ledger.number, "sequence_": part.sequence, "position_": part.position}
        for part in parts
    ]
    if not cells:
        return Destroyed()
    files = sorted(set(_files_of(ledger, parts)))
    ledger.transaction.run(_DELETE_USES, cells)
    ledger.transaction.run(_DELETE_PART, cells)
    for name in sorted({part.stream for part in parts}):
        ledger.update_facts(name, fold_facts(name, ledger.events(name), facts))
    unused = tuple(digest for digest in files if not _is_used(ledger.transaction, digest))
    return Destroyed(tuple(parts), unused)


def remove_files(register: Register, store: EvidenceStore, digests: Iterable[str]) -> tuple[str, ...]:
    """Remove evidence files that no record refers to, and return the digests of those that were there.

    Raises:
        OutputError: `REGISTER-EVIDENCE-WRITE`, a file cannot be removed.
        RegisterError: as `Register.ledger`.
    """
    with register.transaction(writing=True) as transaction:
        if not transaction.is_sqlite:  # there, whoever writes is alone anyway
            # Events that refer to a file wait here, and then look whether it is still there.
            transaction.run(text(f"LOCK TABLE {tables.evidence.name} IN SHARE ROW EXCLUSIVE MODE"))
        return tuple(
            digest for digest in digests if not _is_used(transaction, digest) and store.remove(digest)
        )


def sweep(register: Register, store: EvidenceStore, *, before: datetime) -> int:
    """Remove files that were stored before a moment and that no record refers to; return how many.

    A process that was killed between storing a file and recording it, or between erasing a record and
    removing its file, leaves one.

    Raises:
        OutputError, RegisterError: as `remove_files`.
    """
    old = [digest for digest in store.digests() if store.stored_before(digest, before)]
    return len(remove_files(register, store, old)) + store.clear_incoming(before=before)


def clean_up(register: Register, destroyed: Destroyed) -> bool:
    """Remove the files of what was destroyed, and what is left of it in the database's own files.

    Returns:
        Whether nothing is left there: others may hold the database, so that it could not be rewritten. Then
        `Register.compact` is to be run later.

    Raises:
        OutputError, RegisterError: as `remove_files`.
    """
    store = register.settings.evidence
    if store is not None:
        remove_files(register, store, destroyed.files)
    try:
        register.compact()
    except RegisterError as error:
        if error.code != "REGISTER-BUSY":
            raise
        return False
    return True


def _files_of(ledger: Ledger, parts: Sequence[Place]) -> Iterator[str]:
    wanted = {(part.sequence, part.position) for part in parts}
    sequences = sorted({part.sequence for part in parts})
    for start in range(0, len(sequences), _ASKED_AT_ONCE):
        query = select(_USE.sequence, _USE.position, _USE.digest).where(
            _USE.organisation == ledger.number, _USE.sequence.in_(sequences[start : start + _ASKED_AT_ONCE])
        )
        yield from (
            row.digest for row in ledger.transaction.rows(query) if (row.sequence, row.position) in wanted
        )


def _is_used(transaction: Transaction, digest: str) -> bool:
    return transaction.first(_USED, {"digest": digest}) is not None
