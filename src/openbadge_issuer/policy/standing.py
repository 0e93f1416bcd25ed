"""Who stands where: the roles that people hold at a moment, and whether they may do something then.

`Staff` is folded from the events of the stream `staff`; an `Actor` is one of them at a moment, under a
policy. Every step of every procedure takes an `Actor` and asks it for an `Act`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from openbadge_issuer.assertions.values import write_date_time
from openbadge_issuer.errors import PolicyError
from openbadge_issuer.policy.badge_policy import BadgePolicy, Right
from openbadge_issuer.policy.event import Act, Event
from openbadge_issuer.policy.staff_events import RoleEnded, RoleGranted, TrainingRecorded


@dataclass(frozen=True, slots=True)
class Held:
    """A role that a person holds, held or will hold.

    Attributes:
        person: the pseudonym of the holder.
        role: the role's name in the policy.
        begins: from when.
        ends: until when, without this moment; None if without end.
        badges: the badges it is limited to; all if empty.
        deputy_of: the pseudonym of the colleague whom the holder stands in for.
        taken: whether it was taken under the emergency rule.
    """

    person: str
    role: str
    begins: datetime
    ends: datetime | None = None
    badges: tuple[str, ...] = ()
    deputy_of: str | None = None
    taken: bool = False

    def at(self, moment: datetime) -> bool:
        """Tell whether it is held at a moment."""
        return self.begins <= moment and (self.ends is None or moment < self.ends)

    def covers(self, badge: str | None) -> bool:
        """Tell whether it reaches as far as a badge; what is about no badge needs a role without limits."""
        return not self.badges or badge in self.badges


@dataclass(frozen=True)
class Staff:
    """Everybody who ever held a role, folded from the events of `staff`.

    Attributes:
        held: the roles, in the order in which they were granted.
        trained: until when somebody's latest training counts, by pseudonym.
        names: the names that were not erased, by pseudonym.
    """

    held: tuple[Held, ...] = ()
    trained: dict[str, datetime] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, events: Iterable[Event]) -> Staff:
        """Fold the events of the stream."""
        held: list[Held] = []
        trained: dict[str, datetime] = {}
        names: dict[str, str] = {}
        for event in events:
            if isinstance(event, RoleGranted):
                held.append(_granted(event))
                if event.person_name is not None:
                    names[event.person] = event.person_name
            elif isinstance(event, RoleEnded):
                held = [_ended(one, event) for one in held]
            elif isinstance(event, TrainingRecorded):
                known = trained.get(event.person, event.valid_until)
                trained[event.person] = max(known, event.valid_until)
        return cls(tuple(held), trained, names)

    def holding(
        self, role: str, moment: datetime, *, badge: str | None = None, person: str | None = None
    ) -> Iterator[Held]:
        """Go through those who hold a role at a moment, for a badge if one is named, longest first."""
        for one in self.held:
            reaches = one.role == role and (badge is None or one.covers(badge))
            if reaches and one.at(moment) and person in (None, one.person):
                yield one

    def people_with(
        self, right: Right, policy: BadgePolicy, moment: datetime, *, badge: str | None = None
    ) -> frozenset[str]:
        """Return who has a right at a moment, by pseudonym."""
        return frozenset(
            one.person
            for role in policy.roles_with(right)
            for one in self.holding(role, moment, badge=badge)
            if self.is_trained_for(right, one.person, policy, moment)
        )

    def is_trained_for(self, right: Right, person: str, policy: BadgePolicy, moment: datetime) -> bool:
        """Tell whether the training that the policy asks for counts at a moment."""
        if right not in policy.training.required_for:
            return True
        until = self.trained.get(person)
        return until is not None and moment < until


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who is about to do something.

    Attributes:
        person: the pseudonym; None for somebody who gives no name.
        now: the moment.
        staff: everybody's roles.
        policy: the policy in force.
        name: the name, where `staff` does not know it.
    """

    person: str | None
    now: datetime
    staff: Staff
    policy: BadgePolicy
    name: str | None = None

    def act(self) -> Act:
        """Do something that needs no right, such as reporting a doubt."""
        name = self.staff.names.get(self.person or "", self.name or "") or None
        return Act(at=self.now, by=self.person, by_name=name, policy=self.policy.digest)

    def doing(self, right: Right, *, badge: str | None = None) -> Act:
        """Do something that needs a right, for a badge if it is about one.

        A role that was granted is used before one that was taken under the emergency rule.

        Raises:
            PolicyError: `POLICY-NO-RIGHT`, no role held now has the right; `POLICY-TRAINING`, it has, but
                the training that the policy asks for does not count any more.
        """
        held = [
            one
            for role in self.policy.roles_with(right)
            for one in self.staff.holding(role, self.now, badge=badge, person=self.person)
            if badge is not None or not one.badges
        ]
        if self.person is None or not held:
            raise PolicyError("POLICY-NO-RIGHT", who=self.shown, right=right, badge=badge or "—")
        if not self.staff.is_trained_for(right, self.person, self.policy, self.now):
            raise PolicyError("POLICY-TRAINING", who=self.shown, right=right)
        best = min(held, key=lambda one: one.taken)
        return self.act().model_copy(update={"role": best.role, "emergency": best.taken})

    def doing_one_of(self, *rights: Right, badge: str | None = None) -> Act:
        """Do something for which any of some rights is enough; the first of them that is held is used.

        Raises:
            PolicyError: as `doing`, about the last of the rights.
        """
        for right in rights[:-1]:
            try:
                return self.doing(right, badge=badge)
            except PolicyError:
                continue
        return self.doing(rights[-1], badge=badge)

    def people_with(self, right: Right, *, badge: str | None = None) -> frozenset[str]:
        """Return who could do now what needs a right, for a badge if it is about one, by pseudonym."""
        return frozenset(
            one.person
            for role in self.policy.roles_with(right)
            for one in self.staff.holding(role, self.now)
            if one.covers(badge) and self.staff.is_trained_for(right, one.person, self.policy, self.now)
        )

    def check_order(self, last: datetime) -> None:
        """See that this does not happen before what was recorded last.

        Raises:
            PolicyError: `POLICY-ORDER`.
        """
        if self.now < last:
            raise PolicyError("POLICY-ORDER", last=write_date_time(last))

    @property
    def shown(self) -> str:
        """How a sentence names the actor."""
        return self.staff.names.get(self.person or "", self.name or self.person or "—")


def _granted(event: RoleGranted) -> Held:
    return Held(
        event.person, event.holds, event.begins, event.ends, event.badges, event.deputy_of, event.taken
    )


def _ended(held: Held, event: RoleEnded) -> Held:
    """End a role; what began later, or ended earlier, is left as it is."""
    same = held.person == event.person and held.role == event.ended and held.begins <= event.ends
    if not same or (held.ends is not None and held.ends <= event.ends):
        return held
    return replace(held, ends=event.ends)
