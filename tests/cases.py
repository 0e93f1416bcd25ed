"""A doubt about a badge, walked through: what tests of cases and of what follows from them share."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from openbadge_issuer.policy.awarding import Award
from openbadge_issuer.policy.badge_policy import BadgePolicy
from openbadge_issuer.policy.case_events import CaseDecided, CaseOutcome
from openbadge_issuer.policy.deciding import Ruling
from openbadge_issuer.policy.effects import Effect, subject_of_address
from openbadge_issuer.policy.event import Event
from openbadge_issuer.policy.reporting import Report
from openbadge_issuer.policy.revoking import Case
from openbadge_issuer.policy.standing import Actor, Staff
from procedures import EVE, PLATFORM, POLICY, STAFF, actor, delivery, done

Streams = dict[str, tuple[Event, ...]]
ADDRESS = f"{PLATFORM}/eve/1"
FOREIGN = subject_of_address(ADDRESS)
A1 = "award:a1"


def receipt(code: str) -> str:
    """The digest of a code."""
    return hashlib.sha256(code.encode()).hexdigest()


def report(code: str = "r1") -> Report:
    """What an anonymous person reports."""
    return Report(text="She was not there.", receipt=receipt(code))


def ruling(outcome: CaseOutcome, **changes: object) -> Ruling:
    """A ruling with all that it needs."""
    members: dict[str, object] = {
        "outcome": outcome,
        "grounds": "The list of those present does not name the holder.",
        "ground": "criteria-not-met",
        "reason": {"en": "The criteria were not met.", "nl": "Er was niet aan de criteria voldaan."},
    }
    return Ruling(**(members | changes))  # type: ignore[arg-type]  # a table of members


@dataclass
class Matter:
    """Streams of events to which each step adds; time goes on by an hour with each."""

    streams: Streams
    team: Staff = STAFF
    rules: BadgePolicy = POLICY
    hours: float = 24
    name: str = "case:c1"

    @property
    def case(self) -> Case:
        """The case as it stands."""
        return Case.of(self.streams[self.name])

    @property
    def awards(self) -> dict[str, Award]:
        """All awards as they stand."""
        found = (Award.of(events) for name, events in self.streams.items() if name.startswith("award:"))
        return {award.id: award for award in found}

    @property
    def decision(self) -> CaseDecided:
        """The last decision of the case."""
        return self.case.decisions[-1]

    def award(self, name: str = "a1") -> Award:
        """An award as it stands."""
        return self.awards[name]

    def actor(self, person: str | None) -> Actor:
        """Somebody now; the next one will be there later."""
        self.hours += 1
        return actor(person, days=self.hours / 24, team=self.team, rules=self.rules)

    def wait(self, days: float) -> Matter:
        """Let time pass."""
        self.hours += days * 24
        return self

    def add(self, events: Iterable[Event]) -> Matter:
        """Add events to the case."""
        return self.merge({self.name: tuple(events)})

    def merge(self, new: Mapping[str, Iterable[Event]]) -> Matter:
        """Add events to the streams that they belong to."""
        for name, events in new.items():
            self.streams[name] = (*self.streams.get(name, ()), *events)
        return self

    def assigned(self, *people: str) -> Matter:
        """Assign people, the first by the second or by themselves."""
        for person in people or ("cor",):
            self.add(self.case.assign(self.actor(person), person, awards=self.awards))
        return self

    def investigated(self, person: str = "cor") -> Matter:
        """Assign somebody who finds out something, and hear the holder."""
        self.assigned(person)
        self.add(self.case.record_finding(self.actor(person), "Nobody saw her."))
        return self.add(self.case.answer(self.actor(EVE), "I was there."))

    def decided(self, outcome: CaseOutcome, by: str = "hal", **changes: object) -> Matter:
        """Decide."""
        made = ruling(outcome, **changes)
        return self.add(self.case.decide(self.actor(by), made, awards=self.awards))

    def carried_out(self, by: str = "ben") -> Matter:
        """Carry out what can be, without granting awards."""
        while self.case.pending:
            self.merge(self.case.carry_out(self.actor(by), self.case.pending[0], awards=self.awards))
        return self

    def carry(self, effect: Effect, by: str = "ben") -> Matter:
        """Carry out one effect."""
        return self.merge(self.case.carry_out(self.actor(by), effect, awards=self.awards))

    def informed(self, by: str = "ben") -> Matter:
        """Tell the holder."""
        return self.add(self.case.inform(self.actor(by), delivery()))

    def prevented(self, by: str = "ben") -> Matter:
        """Plan something against the same mistake."""
        due = (self.actor(by).now + timedelta(days=30)).date()
        made = self.case.prevent(
            self.actor(by), "list", owner="ada", due=due, what="Keep a list of those present."
        )
        return self.add(made)

    def closed(self, by: str = "ben") -> Matter:
        """Close the case."""
        return self.add(self.case.close(self.actor(by)))


def reported(*, team: Staff = STAFF, rules: BadgePolicy = POLICY, awards: Streams | None = None) -> Matter:
    """A report about the award a1, by which Ada assessed and Ben decided, a day after NOW."""
    matter = Matter({A1: done()} if awards is None else awards, team, rules)
    return matter.add(
        Case.report(matter.actor(None), report(), case="c1", awards=tuple(matter.awards.values()))
    )


def foreign(holder: str | None = EVE) -> Matter:
    """A report about a badge on another platform."""
    matter = Matter({})
    return matter.add(
        Case.report(matter.actor(None), report(), case="c1", addresses=(ADDRESS,), holder=holder)
    )
