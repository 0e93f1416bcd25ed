"""Status lists: that what is given out and set is what the events say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row, select

from openbadge_issuer.policy.record_keeping import RecordKeeping
from openbadge_issuer.register import tables
from openbadge_issuer.register.records import Records
from openbadge_issuer.register.report import Findings
from openbadge_issuer.register.status_said import StatusSaid
from openbadge_issuer.register.tables import write_moment
from openbadge_issuer.status.allocation import key_digest

_LIST, _ALLOCATION, _BIT = tables.status_list.c, tables.status_allocation.c, tables.status_bit.c

_NOTHING_SAID = StatusSaid("", 0)


class StatusCheck:
    """Compares the status lists of an organisation with its events.

    Args:
        records: the records.
        keeping: which lists were begun.
        said: what the events say about each index; None if nobody can tell.
        findings: where to note what is found.
    """

    def __init__(
        self,
        records: Records,
        keeping: RecordKeeping,
        said: Mapping[tuple[str, int], StatusSaid] | None,
        findings: Findings,
    ) -> None:
        self._records = records
        self._keeping = keeping
        self._said = said
        self._findings = findings

    def run(self) -> None:
        """Compare every list, index and bit."""
        query = select(tables.status_list).where(_LIST.organisation == self._records.number)
        rows = {row.url: row for row in self._records.transaction.rows(query.order_by(_LIST.number))}
        begun = {event.url: (event.issuer, event.purpose, event.size) for event in self._keeping.lists}
        for url in sorted(begun.keys() | rows.keys(), key=str):
            row = rows.get(url)
            found = None if row is None else (row.issuer, row.purpose, row.size)
            if found != begun.get(url):
                self._findings.failed("REGISTER-STATUS-LIST", url=str(url))
        for row in rows.values():
            self._check_list(row)
        for url, index in self._said or ():
            if url not in rows:
                self._findings.failed("REGISTER-STATUS-INDEX", url=url, index=index)
        self._check_lost_rows()

    def _check_list(self, row: Row[Any]) -> None:
        query = select(_ALLOCATION.position, _ALLOCATION.key).where(_ALLOCATION.list == row.number)
        taken = {found.position: found.key for found in self._records.transaction.walk(query)}
        if len(taken) != row.taken:
            self._findings.failed("REGISTER-STATUS-LIST", url=row.url)
        bits = select(_BIT.position, _BIT.at, _BIT.reason).where(_BIT.list == row.number)
        is_set = {found.position: (found.at, found.reason) for found in self._records.transaction.walk(bits)}
        if self._said is None:
            for index in sorted(is_set.keys() - taken.keys(), key=str):
                self._findings.failed("REGISTER-STATUS-INDEX", url=row.url, index=index)
            return
        said = {index: said for (url, index), said in self._said.items() if url == row.url}
        for index in sorted(said.keys() | taken.keys() | is_set.keys(), key=str):
            one = said.get(index)
            if not _is_taken_as_said(taken.get(index), one):
                self._findings.failed("REGISTER-STATUS-INDEX", url=row.url, index=index)
            if not _is_set_as_said(is_set.get(index), one or _NOTHING_SAID):
                self._findings.failed("REGISTER-STATUS-BIT", url=row.url, index=index)

    def _check_lost_rows(self) -> None:
        """Find indexes and bits of no list at all; the database itself should never let them be."""
        known = select(_LIST.number)
        for columns in (_ALLOCATION, _BIT):
            query = select(columns.position).where(columns.list.not_in(known))
            for row in self._records.transaction.walk(query):
                self._findings.failed("REGISTER-STATUS-INDEX", url="—", index=row.position)


def _is_taken_as_said(key: str | None, said: StatusSaid | None) -> bool:
    if key is None or said is None:
        return key is None and said is None
    return said.key is None or key_digest(said.key).hex() == key


def _is_set_as_said(bit: tuple[str, str | None] | None, said: StatusSaid) -> bool:
    if bit is None or not said.value:
        return bit is None and not said.value
    at, reason = bit
    same_moment = said.at is None or write_moment(said.at) == at
    return same_moment and (said.reason is None or reason in (None, said.reason))
