"""What happens to the records themselves: the events of the stream `register`."""

from __future__ import annotations

from typing import Literal, TypeAlias

from openbadge_issuer.policy.event import Event, RecordClass

STREAM = "register"

ErasureGround: TypeAlias = Literal[
    "no-longer-needed", "consent-withdrawn", "objection", "unlawful", "legal-duty", "child"
]
"""Why somebody's records are erased: the grounds (a) to (f) of Regulation (EU) 2016/679, article 17(1)."""


class RecordsErased(Event):
    """The records about a person were destroyed (G4).

    Attributes:
        person: the pseudonym, which stands for nobody any more.
        ground: why.
        destroyed: the parts, as `<sequence>/<position>`: none else may be missing from the register.
        files: how many evidence files went with them.
    """

    person: str
    ground: ErasureGround
    destroyed: tuple[str, ...]
    files: int = 0


class RecordsExpired(Event):
    """Records whose retention period had passed were destroyed (G4).

    Attributes:
        destroyed: the parts, as `<sequence>/<position>`: none else may be missing from the register.
        classes: how many they were, by class.
        files: how many evidence files went with them.
    """

    destroyed: tuple[str, ...]
    classes: dict[RecordClass, int]
    files: int = 0


class StatusListOpened(Event):
    """A status list was begun.

    Attributes:
        url: where it is published.
        issuer: the issuer, as JSON in its canonical form.
        purpose: what a set bit means.
        size: how many entries it has.
    """

    url: str
    issuer: str
    purpose: Literal["revocation", "suspension"]
    size: int
