"""What was done to the records themselves, folded from the stream `register`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from openbadge_issuer.policy.event import Event
from openbadge_issuer.policy.facts import Facts
from openbadge_issuer.policy.register_events import RecordsErased, RecordsExpired, StatusListOpened

FACTS = Facts(phase="kept")
"""Where the keeping of records stands: it has no steps and no end."""


@dataclass(frozen=True, slots=True)
class RecordKeeping:
    """All that was destroyed and begun so far.

    Attributes:
        destroyed: the parts that may be missing, as `<sequence>/<position>`.
        lists: the status lists, in the order in which they were begun.
    """

    destroyed: frozenset[str] = frozenset()
    lists: tuple[StatusListOpened, ...] = ()

    @classmethod
    def of(cls, events: Iterable[Event]) -> RecordKeeping:
        """Fold the events of the stream."""
        destroyed: set[str] = set()
        lists: list[StatusListOpened] = []
        for event in events:
            if isinstance(event, RecordsErased | RecordsExpired):
                destroyed.update(event.destroyed)
            elif isinstance(event, StatusListOpened):
                lists.append(event)
        return cls(frozenset(destroyed), tuple(lists))
