"""A status list on disk: its private state, and the public files that are written from it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, cast

from openbadge_issuer.assertions.json_text import JsonObject, dump_json, parse_json
from openbadge_issuer.errors import OpenBadgeError, OutputError, StatusError
from openbadge_issuer.signing.sealing import ProofFormat
from openbadge_issuer.status.allocation import Allocation, Rng, is_taken
from openbadge_issuer.status.bitstring import MIN_BITS
from openbadge_issuer.status.entry import StatusEntry
from openbadge_issuer.status.private_state import ListFacts, PrivateState
from openbadge_issuer.status.reasons import SUFFIX, check_reason, name_reasons, write_reasons
from openbadge_issuer.status.status_list import Purpose, StatusList, check_list
from openbadge_issuer.whole_file import write_whole

if TYPE_CHECKING:
    import sqlite3

    from openbadge_issuer.signing.signer import Signer


@dataclass(frozen=True, slots=True)
class StatusRecord:
    """What the private state says about an index: whether its bit is set, since when and why."""

    index: int
    value: bool
    at: datetime | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class PublishedFiles:
    """The public files of a list; without a single reason there is no file of reasons."""

    status_list: Path
    reasons: Path | None


class StatusListFile:
    """An issuer's status list: indexes are given out, bits set, and the signed list published.

    The private state is the truth, the published files are written from it. Safe between threads and
    processes. Make one with `create` or `open`.
    """

    def __init__(self, state: PrivateState) -> None:
        self._state = state
        self.allocation = Allocation(state)

    @classmethod
    def create(
        cls,
        path: Path,
        *,
        url: str,
        issuer: str | JsonObject,
        purpose: Purpose = "revocation",
        size: int = MIN_BITS,
    ) -> StatusListFile:
        """Make the private state of a new list at `path`, which must not be published.

        Raises:
            StatusError, LimitError: an argument is not as `StatusList.create` says.
            OutputError: the file exists already or cannot be written.
        """
        check_list(url, issuer=issuer, purpose=purpose, size=size)
        facts = ListFacts(url=url, issuer=dump_json(issuer).decode(), purpose=purpose, size=size)
        return cls(PrivateState.create(path, facts))

    @classmethod
    def open(cls, path: Path) -> StatusListFile:
        """Open an existing list by its private state; raises StatusError if it is none."""
        return cls(PrivateState.open(path))

    @property
    def facts(self) -> ListFacts:
        """What the list is: URL, issuer, purpose and size."""
        return self._state.facts

    def allocate(self, *, rng: Rng, key: str | None = None) -> StatusEntry:
        """Give out an entry for a credential about to be signed; see `Allocation.take`."""
        return self._entry(self.allocation.take(rng=rng, key=key))

    def allocate_many(self, count: int, *, rng: Rng) -> list[StatusEntry]:
        """Give out `count` entries at once; see `Allocation.take_many`."""
        return [self._entry(index) for index in self.allocation.take_many(count, rng=rng)]

    def allocate_for(self, keys: Sequence[str], *, rng: Rng) -> list[StatusEntry]:
        """Give out an entry for each key at once; see `Allocation.take_for`."""
        return [self._entry(index) for index in self.allocation.take_for(keys, rng=rng)]

    def find(self, key: str) -> StatusEntry | None:
        """Return the entry that was given out for a key, or None."""
        index = self.allocation.find(key)
        return None if index is None else self._entry(index)

    def set(self, index: int, value: bool = True, *, now: datetime, reason: str | None = None) -> None:  # noqa: FBT001, FBT002  # a bit is a boolean
        """Set or, for a suspension, clear the bit at `index`, with the reason that will be published.

        The first moment is kept where a set bit is set again; a new reason then replaces the old one. It
        counts for others from the next `publish`.

        Args:
            index: an index that was given out.
            value: True to revoke or suspend, False to lift a suspension.
            now: when it was decided, an aware time.
            reason: one that names nobody; see `status.reasons`.

        Raises:
            StatusError: there is no such index (`STATUS-INDEX-RANGE`) or it was never given out
                (`STATUS-INDEX-FREE`), a revocation would be undone (`STATUS-REVOCATION-FINAL`), or the
                reason cannot be published.
        """
        self._check(index)
        if reason is not None:
            check_reason(reason)
        if now.tzinfo is None:
            raise ValueError("the moment must carry its offset from UTC")
        with self._state.transaction() as connection:
            if not is_taken(connection, index):
                raise StatusError("STATUS-INDEX-FREE", index=index)
            if value:
                connection.execute(_SET, (index, now.astimezone(UTC).isoformat(), reason))
            elif self.facts.purpose == "revocation" and _record(connection, index).value:
                raise StatusError("STATUS-REVOCATION-FINAL", index=index)
            else:
                connection.execute("DELETE FROM status WHERE position = ?", (index,))

    def set_known(
        self, indexes: Iterable[int], *, now: datetime, reason: str | None = None
    ) -> frozenset[int]:
        """Set the bits of those indexes that were given out, all of them or none, and return which these are.

        Args:
            indexes: any numbers; one that was never given out here is no mistake.
            now: as for `set`.
            reason: as for `set`.

        Raises:
            StatusError: the reason cannot be published, or the state cannot be used.
            OutputError: `STATUS-WRITE`.
        """
        if reason is not None:
            check_reason(reason)
        if now.tzinfo is None:
            raise ValueError("the moment must carry its offset from UTC")
        within = {index for index in indexes if 0 <= index < self.facts.size}
        with self._state.transaction() as connection:
            known = frozenset(index for index in within if is_taken(connection, index))
            for index in known:
                connection.execute(_SET, (index, now.astimezone(UTC).isoformat(), reason))
        return known

    def withdraw_reason(self, index: int) -> None:
        """Take back a reason that should not have been published; the bit stays."""
        self._check(index)
        with self._state.transaction() as connection:
            connection.execute("UPDATE status SET reason = NULL WHERE position = ?", (index,))

    def get(self, index: int) -> StatusRecord:
        """Return what is known about an index."""
        self._check(index)
        with self._state.transaction() as connection:
            return _record(connection, index)

    def status_list(self) -> StatusList:
        """Return the list as it would be published now."""
        with self._state.transaction() as connection:
            return self._list_in(connection)

    def publish(
        self,
        path: Path,
        signer: Signer,
        *,
        now: datetime,
        verification_method: str | None = None,
        valid_for: timedelta | None = None,
        ttl: timedelta | None = None,
        proof: ProofFormat | None = None,
    ) -> PublishedFiles:
        """Sign the list and write it to `path`, with its reasons beside it (`path` + `.reasons.json`).

        Both are replaced as a whole. The state is held meanwhile, so that no older list can overwrite a
        newer one. A revocation that stands in the published file but not in the state stops it: then the
        state is an old copy, and publishing it would revive badges and give out indexes twice.

        Raises:
            StatusError: the published file says more than the state (`STATUS-STATE-OLD`).
            OutputError: a file cannot be written (`STATUS-WRITE`).
            OpenBadgeError: the list cannot be signed; see `StatusList.sign`.
        """
        reasons_path = path.with_name(path.name + SUFFIX)
        with self._state.transaction() as connection:
            status_list = self._list_in(connection)
            _check_state_is_newer(path, status_list)
            document = self._reasons_in(connection)
            related = () if document is None else (name_reasons(document, list_url=self.facts.url),)
            signed = status_list.sign(
                signer,
                verification_method=verification_method,
                now=now,
                valid_for=valid_for,
                ttl=ttl,
                proof=proof,
                related=related,
            )
            if document is not None:
                _write_whole(reasons_path, document)
            _write_whole(path, signed)
            if document is None:
                reasons_path.unlink(missing_ok=True)
        return PublishedFiles(path, None if document is None else reasons_path)

    def _check(self, index: int) -> None:
        if not 0 <= index < self.facts.size:
            raise StatusError("STATUS-INDEX-RANGE", index=index, size=self.facts.size)

    def _entry(self, index: int) -> StatusEntry:
        return StatusEntry.at(self.facts.url, index=index, purpose=self.facts.purpose)

    def _list_in(self, connection: sqlite3.Connection) -> StatusList:
        facts = self.facts
        issuer = cast("str | JsonObject", parse_json(facts.issuer))  # written by `create`
        purpose = cast("Purpose", facts.purpose)
        status_list = StatusList.create(facts.url, issuer=issuer, purpose=purpose, size=facts.size)
        status_list.set_all(row[0] for row in connection.execute("SELECT position FROM status"))
        return status_list

    def _reasons_in(self, connection: sqlite3.Connection) -> bytes | None:
        rows = connection.execute("SELECT position, reason FROM status WHERE reason IS NOT NULL")
        reasons: dict[int, str] = dict(rows)
        if not reasons:
            return None
        issuer = parse_json(self.facts.issuer)
        name = issuer["id"] if isinstance(issuer, dict) else issuer
        return write_reasons(reasons, list_url=self.facts.url, issuer=str(name), purpose=self.facts.purpose)


_SET = (
    "INSERT INTO status VALUES (?, ?, ?) ON CONFLICT (position)"
    " DO UPDATE SET reason = coalesce(excluded.reason, reason)"
)


def _record(connection: sqlite3.Connection, index: int) -> StatusRecord:
    row = connection.execute("SELECT at, reason FROM status WHERE position = ?", (index,)).fetchone()
    if row is None:
        return StatusRecord(index, value=False)
    return StatusRecord(index, value=True, at=datetime.fromisoformat(row[0]), reason=row[1])


def _check_state_is_newer(path: Path, status_list: StatusList) -> None:
    try:
        published = StatusList.load(path.read_bytes())
    except FileNotFoundError:
        return
    except OSError as error:
        raise OutputError("STATUS-WRITE", path=str(path), problem=error.strerror or "") from error
    except OpenBadgeError as error:  # no list of ours, so nothing that may be overwritten
        raise StatusError("STATUS-STATE-OLD", path=str(path)) from error
    same = published.url == status_list.url and published.purpose == status_list.purpose
    if not same or (status_list.purpose == "revocation" and not status_list.covers(published)):
        raise StatusError("STATUS-STATE-OLD", path=str(path))


def _write_whole(path: Path, data: bytes) -> None:
    try:
        write_whole(path, data)
    except OSError as error:
        raise OutputError("STATUS-WRITE", path=str(path), problem=error.strerror or "") from error
