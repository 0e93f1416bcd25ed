"""Misuse of the system, and what the organisation does about it (R55, R56).

A matter of its own kind, apart from doubts about badges and open only to those who handle misuse. The
software records what people decided; it decides nothing, and nothing of it reaches a badge or anything
public.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, Self, TypeAlias

from openbadge_issuer.errors import PolicyError
from openbadge_issuer.policy.badge_policy import BadgePolicy
from openbadge_issuer.policy.event import Act, Event
from openbadge_issuer.policy.facts import Facts
from openbadge_issuer.policy.misuse_events import (
    MeasureRecorded,
    MisuseAssigned,
    MisuseClosed,
    MisuseNoted,
    MisuseReported,
)
from openbadge_issuer.policy.reporting import check_text
from openbadge_issuer.policy.standing import Actor

MisusePhase: TypeAlias = Literal["reported", "handled", "closed"]


@dataclass(frozen=True)
class Misuse:
    """A matter of misuse, folded from its events.

    Attributes:
        first: the report that it began with.
        last: when the last event was.
        handler: who handles it, by pseudonym.
        measures: the measures that were recorded.
        closed: whether it is closed.
    """

    first: MisuseReported
    last: datetime
    handler: str | None = None
    measures: tuple[MeasureRecorded, ...] = ()
    closed: bool = False

    @classmethod
    def of(cls, events: Iterable[Event]) -> Self:
        """Fold the events of the stream.

        Raises:
            PolicyError: `MISUSE-UNKNOWN`, there is no such matter.
        """
        found: Self | None = None
        for event in events:
            if found is not None:
                found = found.after(event)
            elif isinstance(event, MisuseReported):
                found = cls(event, event.at)
        if found is None:
            raise PolicyError("MISUSE-UNKNOWN")
        return found

    def after(self, event: Event) -> Self:
        """Return the matter after one more event."""
        matter = replace(self, last=event.at)
        match event:
            case MisuseAssigned():
                matter = replace(matter, handler=event.handler)
            case MeasureRecorded():
                matter = replace(matter, measures=(*self.measures, event))
            case MisuseClosed():
                matter = replace(matter, closed=True)
        return matter

    @property
    def id(self) -> str:
        """The identifier of the matter."""
        return self.first.misuse

    @property
    def involved(self) -> frozenset[str]:
        """Who has a part in it: whom it is about, others, and the reporter; nobody once that was erased."""
        first = self.first
        people = (first.about, *(first.involved or ()), first.reporter)
        return frozenset(person for person in people if person is not None)

    @property
    def phase(self) -> MisusePhase:
        """Where it stands."""
        if self.closed:
            return "closed"
        return "reported" if self.handler is None else "handled"

    def facts(self, policy: BadgePolicy) -> Facts:
        """Say what lists need to know; whom it is about is not among it."""
        due = policy.misuse.handle_within.deadline(self.first.at, policy.organisation.zone)
        return Facts(self.phase, None if self.closed else due, closed=self.closed)

    @staticmethod
    def report(
        actor: Actor,
        *,
        misuse: str,
        about: str | None,
        text: str,
        involved: Sequence[str] = (),
        reporter: str | None = None,
        name: str | None = None,
        contact: str | None = None,
    ) -> tuple[Event, ...]:
        """Report misuse; anybody may, and the actor is not recorded.

        Args:
            actor: the moment and the policy.
            misuse: the identifier of the new matter.
            about: the pseudonym of who is said to misuse the system, if known.
            text: what happened.
            involved: the pseudonyms of others who have a part in it.
            reporter: the pseudonym of the reporter, if known.
            name: the name, if given.
            contact: where the reporter can be reached, if given.

        Raises:
            PolicyError: `CASE-TEXT`, nothing was written.
        """
        check_text(text)
        reported = MisuseReported.done(
            Act(at=actor.now, policy=actor.policy.digest),
            misuse=misuse,
            about=about,
            involved=tuple(involved) or None,
            text=text,
            reporter=reporter,
            reporter_name=name,
            reporter_contact=contact,
        )
        return (reported,)

    def assign(self, actor: Actor, handler: str) -> tuple[Event, ...]:
        """Let somebody handle it who handles misuse and has no part in it.

        Raises:
            PolicyError: the actor may not (`POLICY-…`, `MISUSE-INVOLVED`), it is closed (`MISUSE-CLOSED`), or
                the handler may not (`MISUSE-HANDLER`, `MISUSE-INVOLVED`).
        """
        act = self._act(actor)
        if handler not in actor.people_with("handle-misuse"):
            raise PolicyError("MISUSE-HANDLER", who=actor.staff.names.get(handler, handler[:60]))
        if handler in self.involved:
            raise PolicyError("MISUSE-INVOLVED", who=actor.staff.names.get(handler, handler))
        return (MisuseAssigned.done(act, handler=handler),)

    def note(self, actor: Actor, text: str) -> tuple[Event, ...]:
        """Record what the handler found out, or what somebody said.

        Raises:
            PolicyError: the actor may not (`POLICY-…`, `MISUSE-…`), or nothing was written (`CASE-TEXT`).
        """
        act = self._handling(actor)
        check_text(text)
        return (MisuseNoted.done(act, about=self.first.about, text=text),)

    def measure(self, actor: Actor, measure: str, *, decided_by: str, text: str) -> tuple[Event, ...]:
        """Record a measure that people decided on (R56).

        Args:
            actor: the handler.
            measure: the step of the ladder in the policy.
            decided_by: who decided on it, in words.
            text: what it is, and why.

        Raises:
            PolicyError: the actor may not (`POLICY-…`, `MISUSE-…`), the policy has no such step
                (`MISUSE-MEASURE`), or nothing was written (`CASE-TEXT`).
        """
        act = self._handling(actor)
        if measure not in actor.policy.misuse.sanctions:
            known = ", ".join(actor.policy.misuse.sanctions)
            raise PolicyError("MISUSE-MEASURE", name=measure[:60], known=known)
        check_text(text)
        check_text(decided_by)
        recorded = MeasureRecorded.done(
            act, about=self.first.about, measure=measure, decided_by=decided_by, text=text
        )
        return (recorded,)

    def close(self, actor: Actor, text: str) -> tuple[Event, ...]:
        """Close the matter, and say how it ended.

        Raises:
            PolicyError: the actor may not (`POLICY-…`, `MISUSE-…`), or nothing was written (`CASE-TEXT`).
        """
        act = self._handling(actor)
        check_text(text)
        return (MisuseClosed.done(act, about=self.first.about, text=text),)

    def check_not_involved(self, actor: Actor) -> None:
        """See that somebody has no part in it; raises PolicyError `MISUSE-INVOLVED`."""
        if actor.person in self.involved:
            raise PolicyError("MISUSE-INVOLVED", who=actor.shown)

    def _act(self, actor: Actor) -> Act:
        actor.check_order(self.last)
        if self.closed:
            raise PolicyError("MISUSE-CLOSED")
        self.check_not_involved(actor)
        return actor.doing("handle-misuse")

    def _handling(self, actor: Actor) -> Act:
        act = self._act(actor)
        if actor.person != self.handler:
            raise PolicyError("MISUSE-NOT-HANDLER", who=actor.shown)
        return act
