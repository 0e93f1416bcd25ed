"""Who stands where: the roles that people hold at a moment, and whether they may do something then.

`Staff` is folded from the events of the stream `staff`; an `Actor` is one of them at a moment, under a
policy. Every step of every procedure takes an `Actor` and asks it for an `Act`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from openbadge_issuer.assertions.moments import write_date_time
from openbadge_issuer.errors import PolicyError
from openbadge_issuer.policy.badge_policy import BadgePolicy, Right
from openbadge_issuer.policy.event import Act, Event
from openbadge_issuer.policy.facts import Facts
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
        provisional: whether it was granted in an emergency, and is to be confirmed.
        reason: why it was granted or taken, unless that was erased.
    """

    person: str
    role: str
    begins: datetime
    ends: datetime | None = None
    badges: tuple[str, ...] = ()
    deputy_of: str | None = None
    taken: bool = False
    provisional: bool = False
    reason: str | None = None

    def at(self, moment: datetime) -> bool:
        """Tell whether it is held at a moment."""
        return self.begins <= moment and (self.ends is None or moment < self.ends)

    @property
    def regular(self) -> bool:
        """Whether it was granted by somebody who was granted the right to it."""
        return not self.taken and not self.provisional

    def over_by(self, moment: datetime) -> bool:
        """Tell whether it has ended by a moment, or never begins at all."""
        return self.ends is not None and self.ends <= max(moment, self.begins)

    def reaches(self, badges: Collection[str]) -> bool:
        """Tell whether it covers each of these badges; no badges stand for all there are."""
        return not self.badges or (bool(badges) and set(badges) <= set(self.badges))

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
        return cls().then(events)

    def then(self, events: Iterable[Event]) -> Staff:
        """Fold further events of the stream."""
        held, trained, names = list(self.held), dict(self.trained), dict(self.names)
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
        return Staff(tuple(held), trained, names)

    def facts(self, policy: BadgePolicy) -> Facts:
        """Say where the staff as a whole stands; what is due of whom, `vacancies` and `training` tell."""
        del policy
        return Facts("founded" if self.held else "empty")

    def shown(self, person: str) -> str:
        """Name somebody in a sentence: by name, or by pseudonym where the name was erased."""
        return self.names.get(person, person)

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

    def with_role_at(self, moment: datetime) -> frozenset[str]:
        """Return who holds any role at a moment that was granted and not taken, by pseudonym."""
        return frozenset(one.person for one in self.held if one.at(moment) and not one.taken)

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
        """Do something that needs a right, for a badge if it is about one; else for all of them.

        A regular role is used before one that was taken or granted under the emergency rule.

        Raises:
            PolicyError: `POLICY-NO-RIGHT`, no role held now has the right; `POLICY-TRAINING`, it has, but
                the training that the policy asks for does not count any more.
        """
        return self.doing_one_of(right, badge=badge)

    def doing_one_of(self, *rights: Right, badge: str | None = None, for_some_badge: bool = False) -> Act:
        """Do something for which any of some rights is enough.

        Args:
            rights: the rights.
            badge: which badge it is about.
            for_some_badge: whether it is about no badge in particular, such as a person, so that a role does
                that is limited to some badges; otherwise what is about no badge needs a role without limits.

        Raises:
            PolicyError: as `doing`.
        """
        held = [
            (one, right)
            for right in rights
            for role in self.policy.roles_with(right)
            for one in self.staff.holding(role, self.now, badge=badge, person=self.person)
            if badge is not None or for_some_badge or not one.badges
        ]
        wanted = ", ".join(rights)
        if self.person is None or not held:
            raise PolicyError("POLICY-NO-RIGHT", who=self.shown, right=wanted, badge=badge or "—")
        person, staff = self.person, self.staff
        trained = [one for one, right in held if staff.is_trained_for(right, person, self.policy, self.now)]
        if not trained:
            raise PolicyError("POLICY-TRAINING", who=self.shown, right=wanted)
        best = max(trained, key=lambda one: one.regular)
        return self.act().model_copy(update={"role": best.role, "emergency": not best.regular})

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
        event.person, event.holds, event.begins, event.ends, event.badges, event.deputy_of, event.taken,
        event.provisional, event.reason,
    )  # fmt: skip


def _ended(held: Held, event: RoleEnded) -> Held:
    """End a role; what was to begin later never does, and what ended earlier is left as it is."""
    if (held.person, held.role) != (event.person, event.ended) or held.over_by(event.ends):
        return held
    return replace(held, ends=max(held.begins, event.ends))
