"""What events say about status lists, for comparing it with what the lists say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias

from openbadge_issuer.policy.event import Event


@dataclass(frozen=True, slots=True)
class StatusSaid:
    """What an event says about an index: that it was given out, that its bit was set or cleared.

    Attributes:
        url: the list.
        index: the index.
        value: whether the bit is set from then on.
        key: what the index was given out for, where the event tells.
        at: since when the bit is set, where the event tells.
        reason: the public reason, where the event tells.
    """

    url: str
    index: int
    value: bool = False
    key: str | None = None
    at: datetime | None = None
    reason: str | None = None

    def after(self, earlier: StatusSaid) -> StatusSaid:
        """Return what holds when this was said after something else about the same index."""
        still_set = self.value and earlier.value
        return replace(
            self,
            key=self.key or earlier.key,
            at=earlier.at if still_set else self.at,
            reason=self.reason or (earlier.reason if still_set else None),
        )


StatusesOf: TypeAlias = Callable[[str, Sequence[Event]], Iterable[tuple[int, StatusSaid]]]
"""Tells what the events of a stream, given its name, say about status lists: each time the place of the event
in the stream, from 0, and what it says."""
