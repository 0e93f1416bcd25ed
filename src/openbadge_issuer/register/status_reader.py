"""The status lists of an organisation, as the register knows them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from sqlalchemy import Row, bindparam, outerjoin, select

from openbadge_issuer.assertions.json_text import JsonObject, parse_json
from openbadge_issuer.errors import RegisterError, StatusError
from openbadge_issuer.register import tables
from openbadge_issuer.register.database import Transaction
from openbadge_issuer.register.tables import read_moment
from openbadge_issuer.status.allocation import key_digest
from openbadge_issuer.status.entry import StatusEntry
from openbadge_issuer.status.list_file import StatusRecord
from openbadge_issuer.status.private_state import ListFacts
from openbadge_issuer.status.status_list import Purpose, StatusList

_LIST, _ALLOCATION, _BIT = tables.status_list.c, tables.status_allocation.c, tables.status_bit.c

_LIST_AT = select(tables.status_list).where(
    _LIST.organisation == bindparam("organisation"), _LIST.url == bindparam("url")
)
_LIST_WITH_KEY = (
    select(tables.status_list, _ALLOCATION.position)
    .select_from(
        outerjoin(
            tables.status_list,
            tables.status_allocation,
            (_ALLOCATION.list == _LIST.number) & (_ALLOCATION.key == bindparam("key")),
        )
    )
    .where(_LIST.organisation == bindparam("organisation"), _LIST.url == bindparam("url"))
)
_RECORD = (
    select(_ALLOCATION.position, _BIT.at, _BIT.reason)
    .select_from(
        outerjoin(
            tables.status_allocation,
            tables.status_bit,
            (_BIT.list == _ALLOCATION.list) & (_BIT.position == _ALLOCATION.position),
        )
    )
    .where(_ALLOCATION.list == bindparam("list"), _ALLOCATION.position == bindparam("position"))
)


class StatusReader:
    """Reads the status lists of one organisation, within a transaction."""

    def __init__(self, transaction: Transaction, number: int) -> None:
        self._transaction = transaction
        self._organisation = number

    def lists(self) -> tuple[ListFacts, ...]:
        """Return what lists there are, in the order in which they were begun."""
        query = select(tables.status_list).where(_LIST.organisation == self._organisation)
        rows = self._transaction.rows(query.order_by(_LIST.number))
        return tuple(ListFacts(row.url, row.issuer, row.purpose, row.size) for row in rows)

    def taken(self, url: str) -> int:
        """Return how many indexes of a list were given out; raises as `status_list` does."""
        return self._list(url)[2]

    def find(self, url: str, key: str) -> StatusEntry | None:
        """Return the entry that was given out for a key, or None; raises as `status_list` does."""
        return self._find(url, key)[2]

    def get(self, url: str, index: int) -> StatusRecord:
        """Return what is known about an index.

        Raises:
            RegisterError: `REGISTER-LIST`, the register has no such list.
            StatusError: `STATUS-INDEX-RANGE`, it has no such index.
        """
        number, facts, _ = self._list(url)
        row = self._record(number, facts, index)
        at = None if row is None else row[0]
        return StatusRecord(index, at is not None, None if at is None else read_moment(at), row and row[1])

    def status_list(self, url: str) -> StatusList:
        """Return a list as it would be published now.

        Raises:
            RegisterError: `REGISTER-LIST`, the register has no such list.
        """
        number, facts, _ = self._list(url)
        issuer = cast("str | JsonObject", parse_json(facts.issuer))  # written when the list was begun
        purpose = cast("Purpose", facts.purpose)
        status_list = StatusList.create(url, issuer=issuer, purpose=purpose, size=facts.size)
        rows = self._transaction.rows(select(_BIT.position).where(_BIT.list == number))
        status_list.set_all(row.position for row in rows)
        return status_list

    def reasons(self, url: str) -> Mapping[int, str]:
        """Return the public reasons of a list by index; raises as `status_list` does."""
        query = select(_BIT.position, _BIT.reason).where(_BIT.list == self._list(url)[0])
        rows = self._transaction.rows(query.where(_BIT.reason.is_not(None)).order_by(_BIT.position))
        return {row.position: row.reason for row in rows}

    def _list(self, url: str) -> tuple[int, ListFacts, int]:
        """Return the number of a list, what it is, and how many of its indexes were given out."""
        row = self._transaction.first(_LIST_AT, {"organisation": self._organisation, "url": url})
        if row is None:
            raise RegisterError("REGISTER-LIST", url=url[:200])
        return row.number, ListFacts(row.url, row.issuer, row.purpose, row.size), row.taken

    def _find(self, url: str, key: str) -> tuple[ListFacts, Row[Any], StatusEntry | None]:
        """Return what a list is, its row, and the entry that was given out for a key."""
        cells = {"organisation": self._organisation, "url": url, "key": key_digest(key).hex()}
        row = self._transaction.first(_LIST_WITH_KEY, cells)
        if row is None:
            raise RegisterError("REGISTER-LIST", url=url[:200])
        facts = ListFacts(row.url, row.issuer, row.purpose, row.size)
        found = (
            None if row.position is None else StatusEntry.at(url, index=row.position, purpose=facts.purpose)
        )
        return facts, row, found

    def _record(self, number: int, facts: ListFacts, index: int) -> tuple[str | None, str | None] | None:
        """Return since when the bit of an index is set, and why; None if it was not given out."""
        if not 0 <= index < facts.size:
            raise StatusError("STATUS-INDEX-RANGE", index=index, size=facts.size)
        row = self._transaction.first(_RECORD, {"list": number, "position": index})
        return None if row is None else (row.at, row.reason)
