"""Whatever people do with roles, badges and files in whatever order, some things always hold.

A machine takes steps at random and keeps books of its own, as simple as can be: intervals in which somebody
holds a role, and how far each version is. What the library says must agree with these books at every moment.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import product

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from openbadge_issuer.errors import PolicyError
from openbadge_issuer.policy.badge import BadgeDefinition
from openbadge_issuer.policy.badge_policy import Right
from openbadge_issuer.policy.catalogue import Badge
from openbadge_issuer.policy.claim_code import ClaimCode
from openbadge_issuer.policy.event import Event, Part, Sealed
from openbadge_issuer.policy.event_kinds import restore
from openbadge_issuer.policy.people import Person
from openbadge_issuer.policy.person_events import PersonDetails
from openbadge_issuer.policy.roles import end, grant, granters, hand_over, take
from openbadge_issuer.policy.standing import Actor, Staff
from openbadge_issuer.policy.training import due_trainings
from openbadge_issuer.policy.vacancies import vacancies
from staffed_organisation import ADA, BO, BOARD, HOUR, NAMES, NOW, PICTURE, POLICY, badge_of, staffed

PEOPLE = tuple(NAMES)
ROLES = tuple(POLICY.roles)
BADGE = "facilitator"
DEFINITIONS = [
    badge_of(),
    badge_of({"level": "3"}),
    badge_of({"level": "4", "criteria": [{"id": "x", "statement": {"nl": "Begrijpt een workshop."}}]}),
]
"""The last one has an error in its words."""

people = st.sampled_from(PEOPLE)
mostly_the_board = st.sampled_from((BOARD, BOARD, BOARD, *PEOPLE))
mostly_managers = st.sampled_from((ADA, BO, ADA, BO, *PEOPLE))
"""Who probably may, so that much happens; and sometimes anybody."""
definitions = st.sampled_from([*DEFINITIONS[:2], *DEFINITIONS])
roles = st.sampled_from(ROLES)
scopes = st.sampled_from([(), (BADGE,), ("cook",)])
some_hours = st.integers(-30, 200).map(lambda hours: hours * HOUR)
maybe_later = st.none() | some_hours


@dataclass(frozen=True)
class Interval:
    """Somebody holds a role, in the machine's own books."""

    person: str
    role: str
    begins: datetime
    ends: datetime | None
    badges: tuple[str, ...] = ()
    taken: bool = False

    def cut(self, at: datetime) -> Interval:
        """End it at a moment, or before it begins."""
        last = max(at, self.begins)
        return replace(self, ends=last if self.ends is None else min(self.ends, last))

    def at(self, moment: datetime) -> bool:
        """Tell whether it is held at a moment."""
        return self.begins <= moment and (self.ends is None or moment < self.ends)


_fold = lru_cache(maxsize=64)(Staff.of)
"""The same events are folded for every question that is asked of them."""


class Organisation(RuleBasedStateMachine):
    """An organisation of four people and one badge."""

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        self.staff: tuple[Event, ...] = ()
        self.badge: tuple[Event, ...] = ()
        self.file: tuple[Event, ...] = ()
        self.books: list[Interval] = []
        self.states: list[str] = []
        self.authors: list[set[str]] = []
        self.seen: list[tuple[datetime, frozenset[tuple[str, str]]]] = []
        self.codes = 0

    # --- the machine's own books --------------------------------------------------------------------------

    def holds(self, person: str, right: Right, badge: str | None = None, *, anywhere: bool = False) -> bool:
        """Tell whether somebody has a right now: for a badge, for all of them (None), or for any."""
        return any(
            one.person == person
            and right in POLICY.roles[one.role].rights
            and one.at(self.now)
            and (not one.badges or anywhere or badge in one.badges)
            for one in self.books
        )

    def held_now(self) -> frozenset[tuple[str, str]]:
        """Tell who holds which role now."""
        return frozenset((one.person, one.role) for one in self.books if one.at(self.now))

    def actor(self, person: str) -> Actor:
        """Let somebody act now."""
        return Actor(person, self.now, _fold(self.staff), POLICY, NAMES[person])

    def later(self, offset: timedelta | None) -> datetime | None:
        """Name a moment so far from now."""
        return None if offset is None else self.now + offset

    # --- steps --------------------------------------------------------------------------------------------

    @initialize()
    def found(self) -> None:
        """Found the organisation, with two badge managers."""
        self.staff = staffed(now=self.now)
        self.books = [
            Interval(person, role, self.now, None)
            for person, role in ((BOARD, "board"), (ADA, "manager"), (BO, "manager"))
        ]

    @rule(hours=st.integers(1, 60))
    def time_passes(self, hours: int) -> None:
        """Remember who held what, and go on."""
        self.seen.append((self.now, self.held_now()))
        self.now += hours * HOUR

    @rule(
        who=mostly_the_board, person=people, role=roles, badges=scopes, begins=maybe_later, ends=maybe_later
    )  # fmt: skip
    def grant(
        self, *, who: str, person: str, role: str, badges: tuple[str, ...],
        begins: timedelta | None, ends: timedelta | None,
    ) -> None:  # fmt: skip
        """Grant anything to anybody."""
        start, stop = self.later(begins), self.later(ends)
        try:
            events = grant(
                self.actor(who), person=person, role=role, person_name=NAMES[person], begins=start, ends=stop,
                badges=badges,
            )  # fmt: skip
        except PolicyError:
            return
        assert self.holds(who, "grant-roles")
        self.staff += events
        self.books.append(Interval(person, role, max(start or self.now, self.now), stop, badges))

    @rule(who=mostly_the_board, person=people, role=roles, ends=maybe_later)
    def end(self, who: str, person: str, role: str, ends: timedelta | None) -> None:
        """End anything of anybody."""
        try:
            events = end(self.actor(who), person=person, role=role, ends=self.later(ends))
        except PolicyError:
            return
        assert who == person or self.holds(who, "grant-roles")
        at = max(self.later(ends) or self.now, self.now)
        self.check_granter_stays(events, at)
        self.staff += events
        self.books = [one.cut(at) if (one.person, one.role) == (person, role) else one for one in self.books]

    def check_granter_stays(self, events: tuple[Event, ...], at: datetime) -> None:
        """See that no step of somebody leaves nobody who may grant roles."""
        before, after = Staff.of(self.staff), Staff.of((*self.staff, *events))
        assert granters(after, POLICY, at) or not granters(before, POLICY, at)

    @rule(who=mostly_the_board, giver=people, taker=people, some=st.lists(roles, max_size=2), at=maybe_later)
    def hand_over(self, who: str, giver: str, taker: str, some: list[str], at: timedelta | None) -> None:
        """Hand over between any two."""
        before = tuple(self.staff)
        try:
            moved = hand_over(
                self.actor(who),
                giver=giver,
                taker=taker,
                taker_name=NAMES[taker],
                roles=some,
                at=self.later(at),
            )
        except PolicyError:
            return
        assert self.holds(who, "grant-roles")
        self.check_granter_stays(moved.events, moved.at)
        self.staff += moved.events
        assert self.staff[: len(before)] == before
        mine = [one for one in self.books if one.person == giver and (not some or one.role in some)]
        for one in mine:
            self.books.remove(one)
            self.books.append(one.cut(moved.at))
            if not one.taken and (one.ends is None or one.ends > max(moved.at, one.begins)):
                self.books.append(replace(one, person=taker, begins=max(one.begins, moved.at)))

    @rule(who=people, role=roles, badges=scopes)
    def take(self, who: str, role: str, badges: tuple[str, ...]) -> None:
        """Take any role in an emergency."""
        try:
            events = take(self.actor(who), role=role, reason="Nobody can be reached.", badges=badges)
        except PolicyError:
            return
        assert events[0].emergency
        self.staff += events
        self.books.append(Interval(who, role, self.now, self.now + 24 * HOUR, badges, taken=True))

    def badge_step(
        self, who: str, needed: tuple[Right, ...], step: Callable[[Badge, Actor], tuple[Event, ...]]
    ) -> bool:
        """Take a step with the badge, if it is allowed; then the actor must have had one of the rights."""
        before = Badge.of(self.badge)
        try:
            events = step(before, self.actor(who))
        except PolicyError:
            assert Badge.of(self.badge) == before
            return False
        assert any(self.holds(who, right, BADGE) for right in needed)
        self.badge += events
        return True

    @rule(who=mostly_managers, definition=definitions)
    def draft(self, who: str, definition: BadgeDefinition) -> None:
        """Define the badge, or revise it."""

        def step(badge: Badge, actor: Actor) -> tuple[Event, ...]:
            if not badge.name:
                return badge.define(actor, definition=definition, picture_digest=PICTURE)
            return badge.revise(actor, definition=definition, picture_digest=PICTURE, reason="better")

        if not self.badge_step(who, ("design",), step):
            return
        assert not {"draft", "reviewed"} & set(self.states)
        self.states.append("draft")
        self.authors.append({who})

    @precondition(lambda self: self.states[-1:] in (["draft"], ["reviewed"]))
    @rule(who=mostly_managers, definition=definitions)
    def edit(self, who: str, definition: BadgeDefinition) -> None:
        """Edit the draft."""
        if self.badge_step(
            who,
            ("design",),
            lambda badge, actor: badge.edit(actor, definition=definition, picture_digest=PICTURE),
        ):
            assert self.states[-1] in ("draft", "reviewed")
            self.states[-1] = "draft"
            self.authors[-1].add(who)

    @precondition(lambda self: self.states[-1:] in (["draft"], ["reviewed"]))
    @rule(who=mostly_managers, approved=st.booleans(), note=st.none() | st.just("There is nobody else."))
    def review(self, who: str, note: str | None, *, approved: bool) -> None:
        """Judge the draft."""

        def step(badge: Badge, actor: Actor) -> tuple[Event, ...]:
            return badge.review(actor, approved=approved, picture_seen=True, note=note)

        if self.badge_step(who, ("approve", "design"), step):
            others = {
                one for one in PEOPLE if self.holds(one, "approve", BADGE) or self.holds(one, "design", BADGE)
            }
            assert who not in self.authors[-1] or (note and others <= self.authors[-1])
            self.states[-1] = "reviewed" if approved else "draft"

    @precondition(lambda self: self.states[-1:] in (["draft"], ["reviewed"]))
    @rule(who=mostly_managers)
    def activate(self, who: str) -> None:
        """Take the draft into use."""
        if self.badge_step(who, ("approve",), lambda badge, actor: badge.activate(actor)):
            assert self.states[-1] == "reviewed"
            self.states = ["retired" if one == "active" else one for one in self.states[:-1]] + ["active"]

    @rule(definition=definitions)
    def carry_on(self, definition: BadgeDefinition) -> None:
        """Take whatever step comes next, by whoever may, so that badges come to the end of their life."""
        for who in (ADA, BO):
            match self.states[-1:]:
                case ["draft"]:
                    self.review(who, note=None, approved=True)
                case ["reviewed"]:
                    self.activate(who)
                case _:
                    self.draft(who, definition)

    @precondition(lambda self: "active" in self.states)
    @rule(who=mostly_managers)
    def retire(self, who: str) -> None:
        """Take the badge out of the offer."""
        if self.badge_step(who, ("approve",), lambda badge, actor: badge.retire(actor, reason="unused")):
            self.states = ["retired"] * len(self.states)

    @rule(who=mostly_managers, email=st.sampled_from(["a@example.org", "b@example.org", None]))
    def register_or_change(self, who: str, email: str | None) -> None:
        """Begin the file of a person, or change it."""
        person, details = Person.of(self.file), PersonDetails(name="Dee", email=email)
        try:
            if person.id:
                self.file += person.change(self.actor(who), details=details)
            else:
                self.file += person.register(self.actor(who), person="p-dee", details=details)
        except PolicyError:
            return
        working = ("assess", "award", "inform", "keep-records")
        assert any(self.holds(who, right, anywhere=True) for right in working)  # type: ignore[arg-type]  # rights

    @rule(who=mostly_managers, claim=st.booleans())
    def code(self, who: str, *, claim: bool) -> None:
        """Give or show a claim code."""
        code = ClaimCode.of(self.codes.to_bytes(16))
        try:
            if claim:
                self.file += Person.of(self.file).claim(self.actor(who), code=code)
            else:
                self.file += Person.of(self.file).give_code(self.actor(who), code=code, salt=bytes(16))
        except PolicyError:
            self.codes += 1

    @precondition(lambda self: len(self.file) > 3)
    @rule(who=people)
    def erase(self, who: str) -> None:
        """Erase the person."""
        try:
            self.file += Person.of(self.file).erase(self.actor(who))
        except PolicyError:
            return
        assert self.holds(who, "keep-records")

    # --- what always holds --------------------------------------------------------------------------------

    @invariant()
    def nobody_acts_without_a_role_held_now(self) -> None:
        """R10: a right is had exactly while a role with it is held."""
        rights: tuple[Right, ...] = ("award", "grant-roles", "keep-keys")
        for person, right, badge in product(PEOPLE, rights, (BADGE, "cook", None)):
            try:
                act = self.actor(person).doing(right, badge=badge)
            except PolicyError:
                assert not self.holds(person, right, badge)
            else:
                assert self.holds(person, right, badge)
                assert (act.by, act.at) == (person, self.now)
                assert (person, act.role) in self.held_now()

    @invariant()
    def only_a_version_in_use_is_awarded(self) -> None:
        """R14, R15, R26: never a draft, one unapproved, replaced or retired."""
        badge = Badge.of(self.badge)
        assert [one.state for one in badge.versions] == self.states
        assert self.states.count("active") <= 1
        for number in (None, *range(1, len(self.states) + 1)):
            try:
                version = badge.awardable(number, now=self.now)
            except PolicyError:
                assert number is None or self.states[number - 1] != "active"
                assert number is not None or "active" not in self.states
            else:
                assert self.states[version.number - 1] == "active"
                assert version.definition != DEFINITIONS[-1], "its words have an error"
                assert version.reviewed_by is not None

    @invariant()
    def the_past_stays_as_it_was(self) -> None:
        """R12: whatever happens later, who held what remains known."""
        staff = Staff.of(self.staff)
        for moment, held in self.seen[-12:]:
            assert frozenset((one.person, one.role) for one in staff.held if one.at(moment)) == held

    @invariant()
    def whatever_stands_can_be_told(self) -> None:
        """Vacancies and trainings always have their sentences."""
        staff = Staff.of(self.staff)
        for remark in (*vacancies(staff, POLICY, self.now), *due_trainings(staff, POLICY, self.now)):
            assert remark.sentence("nl")
            assert remark.sentence("en")

    @rule(data=st.data())
    def every_part_of_the_record_can_be_read(self, data: st.DataObject) -> None:
        """Any prefix folds; and after the erasure of any personal parts, everything stands where it stood."""
        for events in (self.staff, self.badge, self.file):
            prefix = events[: data.draw(st.integers(0, len(events)))]
            left = tuple(_some_parts_gone(event, data) for event in prefix)
            assert [(one.person, one.role, one.begins, one.ends) for one in Staff.of(left).held] == [
                (one.person, one.role, one.begins, one.ends) for one in Staff.of(prefix).held
            ]
            assert Staff.of(left).facts(POLICY) == Staff.of(prefix).facts(POLICY)
            assert Badge.of(left).facts(POLICY) == Badge.of(prefix).facts(POLICY)
            whole, rest = Person.of(prefix), Person.of(left)
            assert (rest.id, rest.claims, rest.consents) == (whole.id, whole.claims, whole.consents)
            assert rest.facts(POLICY).phase == whole.facts(POLICY).phase
            assert rest.details in (None, whole.details)


def _some_parts_gone(event: Event, data: st.DataObject) -> Event:
    sealed = event.sealed()
    gone = data.draw(st.integers(0, 2 ** len(sealed.parts) - 1))
    parts: list[Part | None] = [
        None if gone >> place & 1 else part for place, part in enumerate(sealed.parts)
    ]
    return restore(Sealed(sealed.kind, sealed.body, tuple(parts)))


Organisation.TestCase.settings = settings(max_examples=40, stateful_step_count=40)
TestOrganisation = Organisation.TestCase
