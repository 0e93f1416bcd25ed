"""The facts of a procedure as a row, which lists and look-ups read instead of the events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from openbadge_issuer.policy.event import Event
from openbadge_issuer.policy.facts import Facts
from openbadge_issuer.policy.record_keeping import FACTS
from openbadge_issuer.policy.register_events import STREAM
from openbadge_issuer.register.database import Cells
from openbadge_issuer.register.names import check_name
from openbadge_issuer.register.settings import FactsOf
from openbadge_issuer.register.tables import read_moment, write_moment


@dataclass(frozen=True, slots=True)
class StreamRow:
    """A procedure in a list.

    Attributes:
        name: the name of its stream, such as `award:…`.
        facts: where it stands.
        events: how many events it has.
        last: the latest moment among them.
    """

    name: str
    facts: Facts
    events: int
    last: datetime


def read_stream(row: Row[Any]) -> StreamRow:
    """Read a row of the table."""
    due = None if row.due is None else read_moment(row.due)
    facts = Facts(row.phase, due, row.person, row.key, bool(row.closed))
    return StreamRow(row.name, facts, row.events, read_moment(row.last))


def facts_cells(facts: Facts) -> Cells:
    """Write facts as the cells of a row.

    Raises:
        RegisterError: `REGISTER-NAME`, a phase, pseudonym or key that cannot be stored.
    """
    for name in (facts.phase, facts.person, facts.key):
        check_name(name)
    due = None if facts.due is None else write_moment(facts.due)
    return {
        "phase": facts.phase,
        "due": due,
        "person": facts.person,
        "key": facts.key,
        "closed": facts.closed,
    }


def fold_facts(name: str, events: Sequence[Event], facts: FactsOf) -> Facts:
    """Fold the events of a stream; the register knows its own."""
    return FACTS if name == STREAM else facts(name, events)
