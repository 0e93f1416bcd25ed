"""What a list of procedures needs to know about each of them, without reading all its events."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Facts:
    """Where a procedure stands; folded from its events, and kept beside them for searching.

    Attributes:
        phase: where it stands, such as `to-inform`.
        due: until when the next step is to be taken; None if none is.
        person: the pseudonym of whom it is about, if it is about one.
        key: by what it is looked up, unique among procedures of its kind; may be personal.
        closed: whether it has come to its end, so that retention is counted from its last event.
    """

    phase: str
    due: datetime | None = None
    person: str | None = None
    key: str | None = None
    closed: bool = False
