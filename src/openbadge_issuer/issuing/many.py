"""Issuing a stream of awards, here or on the workers of an executor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from openbadge_issuer.bulk import Lost, spread
from openbadge_issuer.errors import IssuingError, OpenBadgeError
from openbadge_issuer.issuing.award import Award
from openbadge_issuer.issuing.signed_badge import IssueFailure, SignedBadge

if TYPE_CHECKING:  # the issuer loads this module
    from openbadge_issuer.issuing.issuer import Issuer


def issue_all(
    issuer: Issuer, awards: Iterable[Award], executor: Executor | None, *, now: datetime | None
) -> Iterator[SignedBadge | IssueFailure]:
    """Issue awards one after the other, or in chunks on an executor; see `Issuer.issue_many`."""
    if executor is None:
        yield from (_result(issuer, award, now) for award in awards)
        return
    for result in spread(partial(_results, issuer, now), awards, executor):
        if isinstance(result, Lost):
            yield IssueFailure(result.item, IssuingError("ISSUE-WORKER-LOST"))
        else:
            yield result


def _results(
    issuer: Issuer, now: datetime | None, awards: Sequence[Award]
) -> list[SignedBadge | IssueFailure]:
    return [_result(issuer, award, now) for award in awards]


def _result(issuer: Issuer, award: Award, now: datetime | None) -> SignedBadge | IssueFailure:
    try:
        return issuer.issue_award(award, now=now)
    except OpenBadgeError as error:
        return IssueFailure(award, error)
