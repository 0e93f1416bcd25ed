"""Giving out indexes and setting bits of status lists, in the transaction of the decision behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, bindparam, delete, insert, update
from sqlalchemy.dialects import postgresql, sqlite

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.errors import RegisterError, StatusError
from openbadge_issuer.jsonld.jcs import canonicalize_jcs
from openbadge_issuer.policy.event import Act, Event
from openbadge_issuer.policy.register_events import StatusListOpened
from openbadge_issuer.register import tables
from openbadge_issuer.register.database import Transaction
from openbadge_issuer.register.status_reader import StatusReader
from openbadge_issuer.register.tables import write_moment
from openbadge_issuer.status.allocation import MAX_DRAWS, MAX_LOAD_PERCENT, Rng, draws, key_digest
from openbadge_issuer.status.bitstring import MIN_BITS
from openbadge_issuer.status.entry import StatusEntry
from openbadge_issuer.status.reasons import check_reason
from openbadge_issuer.status.status_list import Purpose, check_list

_LIST, _ALLOCATION, _BIT = tables.status_list.c, tables.status_allocation.c, tables.status_bit.c

_PLACE: Mapping[str, BindParameter[Any]] = {name: bindparam(name) for name in ("list", "position", "key")}
_TAKE = {
    "postgresql": postgresql.insert(tables.status_allocation).values(_PLACE).on_conflict_do_nothing(),
    "sqlite": sqlite.insert(tables.status_allocation).values(_PLACE).on_conflict_do_nothing(),
}
_COUNT = update(tables.status_list).where(_LIST.number == bindparam("list")).values(taken=_LIST.taken + 1)
_SAME_BIT = (_BIT.list == bindparam("list_")) & (_BIT.position == bindparam("position_"))
_CLEAR = delete(tables.status_bit).where(_SAME_BIT)
_SET_REASON = update(tables.status_bit).where(_SAME_BIT).values(reason=bindparam("reason"))


class StatusBook(StatusReader):
    """Reads and keeps the status lists of one organisation, within the transaction of its ledger.

    Nothing here lasts unless that transaction is committed, and then it lasts together with the decision.
    """

    def __init__(self, transaction: Transaction, number: int, record: Callable[[Event], object]) -> None:
        super().__init__(transaction, number)
        self._record_event = record

    def open_list(
        self,
        url: str,
        *,
        issuer: str | JsonObject,
        act: Act,
        purpose: Purpose = "revocation",
        size: int = MIN_BITS,
    ) -> None:
        """Begin a list, and record that; see `StatusList.create` for the arguments.

        Args:
            url: where it will be published.
            issuer: the issuer.
            act: who begins it.
            purpose: what a set bit means.
            size: how many entries it has.

        Raises:
            RegisterError: `REGISTER-LIST-EXISTS`, there is a list of this address already.
            StatusError, LimitError: an argument is not as `StatusList.create` says.
        """
        check_list(url, issuer=issuer, purpose=purpose, size=size)
        text = canonicalize_jcs(issuer).decode()
        row = {
            "organisation": self._organisation,
            "url": url,
            "issuer": text,
            "purpose": purpose,
            "size": size,
            "taken": 0,
        }
        if not self._transaction.insert_numbered(tables.status_list, row):
            raise RegisterError("REGISTER-LIST-EXISTS", url=url[:200])
        opened = StatusListOpened.done(act, url=url, issuer=text, purpose=purpose, size=size)
        self._record_event(opened)

    def allocate(self, url: str, *, key: str, rng: Rng) -> StatusEntry:
        """Give out an entry of a list at random; the same key always gets the same entry.

        Args:
            url: the list.
            key: a name for what it is given out for, such as the id of the credential; only its SHA-256 is
                kept.
            rng: the source of randomness.

        Raises:
            RegisterError: `REGISTER-LIST`, the register has no such list.
            StatusError: the list is full (`STATUS-LIST-FULL`), or `rng` is not random (`STATUS-RANDOM`).
        """
        facts, row, found = self._find(url, key)
        if found is not None:
            return found
        if row.taken >= facts.size * MAX_LOAD_PERCENT // 100:
            raise StatusError("STATUS-LIST-FULL", taken=row.taken, size=facts.size)
        take = _TAKE[self._transaction.dialect]
        place = {"list": row.number, "key": key_digest(key).hex()}
        for index in draws(facts.size, rng):
            if self._transaction.run(take, {**place, "position": index}) == 1:
                self._transaction.run(_COUNT, {"list": row.number})
                return StatusEntry.at(url, index=index, purpose=facts.purpose)
        raise StatusError("STATUS-RANDOM", draws=MAX_DRAWS)

    def set(
        self,
        url: str,
        index: int,
        value: bool = True,  # noqa: FBT001, FBT002  # a bit is a boolean
        *,
        now: datetime,
        reason: str | None = None,
    ) -> None:
        """Set or, for a suspension, clear the bit at `index`, with the reason that will be published.

        The first moment is kept where a set bit is set again; a new reason then replaces the old one.

        Args:
            url: the list.
            index: an index that was given out.
            value: True to revoke or suspend, False to lift a suspension.
            now: when it was decided, an aware time.
            reason: one that names nobody; see `status.reasons`.

        Raises:
            RegisterError: `REGISTER-LIST`, the register has no such list.
            StatusError: there is no such index (`STATUS-INDEX-RANGE`) or it was never given out
                (`STATUS-INDEX-FREE`), a revocation would be undone (`STATUS-REVOCATION-FINAL`), or the
                reason cannot be published.
        """
        if reason is not None:
            check_reason(reason)
        number, facts, _ = self._list(url)
        record = self._record(number, facts, index)
        if record is None:
            raise StatusError("STATUS-INDEX-FREE", index=index)
        place = {"list_": number, "position_": index}
        is_set = record[0] is not None
        if not value:
            if facts.purpose == "revocation" and is_set:
                raise StatusError("STATUS-REVOCATION-FINAL", index=index)
            self._transaction.run(_CLEAR, place)
        elif not is_set:
            row = {"list": number, "position": index, "at": write_moment(now), "reason": reason}
            self._transaction.run(insert(tables.status_bit), row)
        elif reason is not None:
            self._transaction.run(_SET_REASON, {**place, "reason": reason})

    def withdraw_reason(self, url: str, index: int) -> None:
        """Take back a reason that should not have been published; the bit stays.

        Raises:
            RegisterError: `REGISTER-LIST`, the register has no such list.
        """
        place = {"list_": self._list(url)[0], "position_": index}
        self._transaction.run(_SET_REASON, {**place, "reason": None})
