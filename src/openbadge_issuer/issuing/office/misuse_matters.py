"""Misuse of the system at a desk: reported by anybody, seen only by those who handle it (R55, R56)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from openbadge_issuer.policy.event import Event
from openbadge_issuer.policy.misuse import Misuse

if TYPE_CHECKING:  # a desk loads this module
    from openbadge_issuer.issuing.office.desk import Desk


@dataclass(frozen=True, slots=True)
class MisuseMatters:
    """The matters of misuse, at one desk."""

    desk: Desk

    def report(
        self,
        text: str,
        *,
        about: str | None = None,
        involved: Sequence[str] = (),
        name: str | None = None,
        contact: str | None = None,
    ) -> str:
        """Report misuse, and return the identifier of the matter; raises as `Misuse.report`."""
        matter = self.desk.fresh_name()
        events = Misuse.report(
            self.desk.actor, misuse=matter, about=about, text=text, involved=involved,
            reporter=self.desk.actor.person, name=name, contact=contact,
        )  # fmt: skip
        self.desk.record(f"misuse:{matter}", events)
        return matter

    def see(self, matter: str) -> Misuse:
        """Return a matter, for somebody who handles misuse and has no part in it.

        Raises:
            PolicyError: `POLICY-NO-RIGHT`, `MISUSE-UNKNOWN`, `MISUSE-INVOLVED`.
        """
        self.desk.actor.doing("handle-misuse")
        found = self._get(matter)
        found.check_not_involved(self.desk.actor)
        return found

    def all(self, *, open_only: bool = True) -> Iterator[Misuse]:
        """Go through the matters that who is at the desk may see; raises PolicyError `POLICY-NO-RIGHT`."""
        self.desk.actor.doing("handle-misuse")
        for row in list(self.desk.ledger.streams("misuse", open_only=open_only)):
            found = Misuse.of(self.desk.ledger.events(row.name))
            if self.desk.actor.person not in found.involved:
                yield found

    def assign(self, matter: str, handler: str) -> None:
        """Let somebody handle it; raises as `Misuse.assign`."""
        self._record(matter, self._get(matter).assign(self.desk.actor, handler))

    def note(self, matter: str, text: str) -> None:
        """Record what was found out; raises as `Misuse.note`."""
        self._record(matter, self._get(matter).note(self.desk.actor, text))

    def measure(self, matter: str, measure: str, *, decided_by: str, text: str) -> None:
        """Record a measure that people decided on; raises as `Misuse.measure`."""
        events = self._get(matter).measure(self.desk.actor, measure, decided_by=decided_by, text=text)
        self._record(matter, events)

    def close(self, matter: str, text: str) -> None:
        """Close it; raises as `Misuse.close`."""
        self._record(matter, self._get(matter).close(self.desk.actor, text))

    def _get(self, matter: str) -> Misuse:
        return Misuse.of(self.desk.ledger.events(f"misuse:{matter}"))

    def _record(self, matter: str, events: Sequence[Event]) -> None:
        self.desk.record(f"misuse:{matter}", events)
