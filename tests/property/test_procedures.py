"""Walks through awards and doubts by random people at random moments: what must hold after every step."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from openbadge_issuer.assertions.json_text import parse_json_object
from openbadge_issuer.policy.award_events import (
    AssessmentCarried,
    AwardGranted,
    AwardOpened,
    AwardReplaced,
    AwardRevoked,
    AwardSuspended,
    CredentialSigned,
    CriterionAssessed,
    SuspensionLifted,
)
from openbadge_issuer.policy.award_record import Status
from openbadge_issuer.policy.awarding import Award
from openbadge_issuer.policy.badge_policy import Right
from openbadge_issuer.policy.case_events import (
    CaseClosed,
    CaseDecided,
    CaseReported,
    EffectCarriedOut,
    HearingAnswered,
    InvestigatorAssigned,
    ObjectionDecided,
    ObjectionMade,
    PreventionNotNeeded,
    PreventionPlanned,
    SuccessionGivenUp,
    SuspensionAsked,
    SuspensionEnded,
)
from openbadge_issuer.policy.deciding import ADVERSE
from openbadge_issuer.policy.event import Event, Sealed
from openbadge_issuer.policy.event_kinds import restore
from openbadge_issuer.policy.facts import Facts
from openbadge_issuer.policy.notice_events import HolderInformed
from openbadge_issuer.policy.revoking import Case
from openbadge_issuer.policy.staff_events import RoleEnded, RoleGranted
from procedure_walks import MARK, PEOPLE, RULES, World, any_step, begin, go_on, report
from procedures import BADGE

RIGHTS: Mapping[str, frozenset[Right]] = {name: frozenset(role.rights) for name, role in RULES.roles.items()}
REACHED: Counter[str] = Counter()
"""The kinds of events and the codes of refusals that the walks met."""
SEEDS = st.integers(0, 2**32).map(random.Random)  # a walk is told by its seeds


class Procedures(RuleBasedStateMachine):
    """An organisation, its awards and its cases."""

    def __init__(self) -> None:
        super().__init__()
        self.world = World(REACHED)
        self.status: dict[str, Status] = {}
        self.checked: dict[str, int] = {}

    @initialize(dice=SEEDS)
    def some_badges_were_awarded(self, dice: random.Random) -> None:
        """There is something to doubt."""
        for _ in range(3):
            self.world.attempt(begin, dice.choice(PEOPLE), dice, "")
        for _ in range(30):
            go_on(self.world, dice)

    @rule(person=st.sampled_from(PEOPLE), role=st.sampled_from(sorted(RIGHTS)), gets=st.integers(0, 2))
    def roles_change(self, person: str, role: str, gets: int) -> None:
        """A colleague joins or does more, now and then leaves or does less."""
        if gets:
            self.world.give(person, role)
        else:
            self.world.take(person, role)

    @rule(hours=st.integers(1, 24 * 20))
    def time_goes_by(self, hours: int) -> None:
        """Deadlines pass."""
        self.world.now += timedelta(hours=hours)

    @rule(dice=SEEDS)
    def a_badge_is_begun(self, dice: random.Random) -> None:
        """Somebody finds that a badge fits."""
        self.world.attempt(begin, dice.choice(PEOPLE), dice, "")

    @rule(dice=SEEDS)
    def a_doubt_is_reported(self, dice: random.Random) -> None:
        """Somebody doubts a badge."""
        self.world.attempt(report, dice.choice((None, *PEOPLE)), dice, "")

    @rule(dice=SEEDS)
    def somebody_tries_something(self, dice: random.Random) -> None:
        """Anybody tries anything; a refusal changes nothing."""
        for _ in range(10):
            before = dict(self.world.streams)
            step, name = any_step(self.world, dice)
            if self.world.attempt(step, dice.choice((None, *PEOPLE)), dice, name) is None:
                assert self.world.streams == before

    @rule(dice=SEEDS, steps=st.integers(1, 12))
    def what_is_next_is_done_by_who_can(self, dice: random.Random, steps: int) -> None:
        """Procedures go on, each step by the first who may."""
        for _ in range(steps):
            go_on(self.world, dice)

    @invariant()
    def all_that_was_promised_holds(self) -> None:
        """Each procedure keeps its promises."""
        for name, events in self.world.streams.items():
            if self.checked.get(name) != len(events):
                self.checked[name] = len(events)
                check_confidential(events)
                if name.startswith("case:"):
                    check_case(self.world, events)
                else:
                    check_award(self.world, events)
                    self.check_status(name)

    def check_status(self, name: str) -> None:
        """A badge that was revoked never counts again."""
        status = self.world.award(name).status
        assert self.status.get(name) != "revoked" or status == "revoked"
        self.status[name] = status

    @invariant()
    def no_two_awards_have_the_same_key(self) -> None:
        """Asking twice for the same finds one award; the next in a line gets the key with its decision."""
        awards = self.world.awards.values()
        keys = [one.key for one in awards if one.key and (one.granted or one.opened.replaces is None)]
        assert len(keys) == len(set(keys))

    def teardown(self) -> None:
        """Cut every stream anywhere, and destroy any of its parts: it still tells where things stand."""
        dice = random.Random(self.world.made)  # noqa: S311  # nobody guesses at this
        for name, events in self.world.streams.items():
            stored = [event.sealed() for event in events]
            damaged = [_damaged(sealed, dice) for sealed in stored]
            restored = [restore(sealed) for sealed in stored]
            assert _facts(name, restored) == _facts(name, damaged) == _facts(name, events)


def _facts(name: str, events: Sequence[Event]) -> list[Facts]:
    """Where a procedure stands after each of its events."""
    folded = (Award if name.startswith("award:") else Case).of(events[:1])
    found = [folded.facts(RULES)]
    for event in events[1:]:
        folded = folded.after(event)
        found.append(folded.facts(RULES))
    assert folded == type(folded).of(events)
    return found


def _damaged(sealed: Sealed, dice: random.Random) -> Event:
    parts = tuple(part if dice.random() < 0.5 else None for part in sealed.parts)
    return restore(Sealed(sealed.kind, sealed.body, parts))


def _had(world: World, person: str | None, right: Right, event: Event) -> bool:
    """Tell from the roles alone whether somebody had a right when an event was recorded."""
    held: list[tuple[str, str]] = []
    for one in world.staff_events:
        if isinstance(one, RoleGranted) and one.begins <= event.at:
            held.append((one.person, one.holds))
        if isinstance(one, RoleEnded) and one.ends <= event.at:
            held = [each for each in held if each != (one.person, one.ended)]
    return any(right in RIGHTS[role] for who, role in held if who == person)


def check_award(world: World, events: tuple[Event, ...]) -> None:
    """What must hold of an award, told from its events and not from what they are folded into."""
    opened = events[0]
    assert isinstance(opened, AwardOpened)
    granted = [place for place, event in enumerate(events) if isinstance(event, AwardGranted)]
    assert len(granted) <= 1
    signed = [place for place, event in enumerate(events) if isinstance(event, CredentialSigned)]
    assert all(granted and granted[0] < place for place in signed)
    assert len(signed) <= 1
    for place in signed:
        check_signature(events[granted[0]], events[place])
    for event in events:
        if isinstance(event, CriterionAssessed | AwardGranted):
            assert event.by != opened.candidate
        if isinstance(event, CriterionAssessed):
            assert _had(world, event.by, "assess", event)
        if isinstance(event, AwardRevoked):
            check_revocation(world, opened.award, event)
    if granted:
        check_decision(world, opened, events[: granted[0] + 1])


def check_signature(decision: Event, signed: Event) -> None:
    """What was signed is what was decided, and a proof."""
    assert isinstance(decision, AwardGranted)
    assert isinstance(signed, CredentialSigned)
    document = parse_json_object(signed.signed or "")
    document.pop("proof")
    assert [document] == list(decision.documents or ())


def check_decision(world: World, opened: AwardOpened, events: tuple[Event, ...]) -> None:
    """A decision to award rests on every mandatory criterion, met before the eyes of who held the right."""
    *before, decision = events
    assert isinstance(decision, AwardGranted)
    assert _had(world, decision.by, "award", decision)
    if opened.cause in {"claim", "renewal"}:
        check_counts(world.streams[f"award:{opened.replaces}"], decision)
    last = {one.criterion: one for one in before if isinstance(one, CriterionAssessed | AssessmentCarried)}
    for name in BADGE.mandatory:
        assert last[name].outcome == "met"
    judged = [one for one in before if isinstance(one, CriterionAssessed | AssessmentCarried)]
    agreed = {_assessor(one) for one in judged if one.outcome == last[one.criterion].outcome}
    for one in judged:
        if isinstance(one, AssessmentCarried):
            assert one.assessor != opened.candidate
            assert (one.assessed, one.assessor) in [
                (event.at, event.by)
                for event in world.streams[f"award:{one.source}"]
                if isinstance(event, CriterionAssessed) and event.outcome == one.outcome
            ]
    others = [
        person
        for person in PEOPLE
        if person != opened.candidate
        and (_had(world, person, "assess", decision) or _had(world, person, "award", decision))
    ]
    if decision.exempt:
        assert len(others) < 2
    else:
        assert len(agreed | {decision.by}) >= 2


def check_counts(events: tuple[Event, ...], moment: Event) -> None:
    """A badge that was suspended or revoked is not issued anew."""
    suspended: set[str] = set()
    for event in events:
        if event.at < moment.at:
            assert not isinstance(event, AwardRevoked)
            if isinstance(event, AwardSuspended):
                suspended.add(event.case)
            if isinstance(event, SuspensionLifted):
                suspended -= set(event.cases)
    assert not suspended


def _assessor(judged: CriterionAssessed | AssessmentCarried) -> str | None:
    return judged.by if isinstance(judged, CriterionAssessed) else judged.assessor


def check_revocation(world: World, award: str, revoked: AwardRevoked) -> None:
    """A revocation is the effect of a decision of a case about the award, or about one that it followed."""
    events = world.streams[f"case:{revoked.case}"]
    decisions = [one for one in events if isinstance(one, CaseDecided) and one.at <= revoked.at]
    assert any(one.outcome in {"revoked", "corrected"} for one in decisions)
    line = {f"award:{award}"}
    name = award
    while (before := world.awards[name].opened.replaces) is not None:
        line.add(f"award:{before}")
        name = before
    effects = [effect for one in decisions for effect in one.effects if effect.kind == "set-revocation"]
    assert line & {effect.subject for effect in effects}
    carried = [one for one in events if isinstance(one, EffectCarriedOut) and one.at == revoked.at]
    assert any(one.effect in effects for one in carried)


def check_case(world: World, events: tuple[Event, ...]) -> None:
    """What must hold of a case, told from its events and not from what they are folded into."""
    first = events[0]
    assert isinstance(first, CaseReported)
    decided: dict[str, CaseDecided] = {}
    reopened: set[str] = set()
    objected: set[str] = set()
    for place, event in enumerate(events):
        if event.by is not None and event.by == first.holder:
            assert isinstance(event, HearingAnswered | ObjectionMade)
        if isinstance(event, CaseDecided):
            check_case_decision(world, first, event)
            check_hearing(first, events[:place], event)
            for subject in event.subjects:
                before = decided.get(subject)
                assert before is None or before.outcome == "suspended" or subject in reopened
                assert subject not in reopened or before is None or _other(before, event)
            decided |= dict.fromkeys(event.subjects, event)
            reopened -= set(event.subjects)
        elif isinstance(event, ObjectionMade):
            objected = set(event.subjects)
        elif isinstance(event, ObjectionDecided):
            assert all(_other(decided[subject], event) for subject in objected)
            reopened |= objected if event.upheld else set()
        elif isinstance(event, CaseClosed):
            assert decided.keys() == set(first.subjects)
            assert not reopened
            check_closed(events[:place])
    check_investigators(world, first, events)
    openings = [
        place for place, event in enumerate(events) if isinstance(event, CaseReported | ObjectionMade)
    ]
    endings = [place for place, event in enumerate(events) if isinstance(event, CaseClosed)]
    assert Case.of(events).closed == (max(endings, default=-1) > max(openings))
    if isinstance(events[-1], CaseClosed):
        check_carried_out(world, decided)


def _other(before: CaseDecided, event: CaseDecided | ObjectionDecided) -> bool:
    """Whether somebody else decides than before, or nobody else could and that is recorded."""
    if before.by != event.by:
        return True
    return "same-decider" in event.exempt and bool(event.exempt_reason)


def check_case_decision(world: World, first: CaseReported, decision: CaseDecided) -> None:
    """Who awarded a badge decides on a doubt about it only where nobody else could, and that is recorded."""
    involved = _involved(world, first, decision)
    assert decision.by not in involved or "awarder-decides" in decision.exempt
    if "awarder-decides" in decision.exempt:
        others = set(PEOPLE) - involved - {first.holder} - _decided_before(world, first, decision)
        assert not any(_had(world, person, "decide-case", decision) for person in others)
    assert decision.exempt_reason or not {"awarder-decides", "same-decider", "fewer-eyes"} & set(
        decision.exempt
    )
    assert decision.unheard_reason or "no-hearing" not in decision.exempt


def _decided_before(world: World, first: CaseReported, decision: CaseDecided) -> set[str | None]:
    """Who had decided, and so does not decide anew after an objection."""
    events = world.streams[f"case:{first.case}"]
    earlier = events[: events.index(decision)]
    if not any(isinstance(event, ObjectionMade) for event in earlier):
        return set()
    return {event.by for event in earlier if isinstance(event, CaseDecided)}


def check_hearing(first: CaseReported, before: Sequence[Event], decision: CaseDecided) -> None:
    """Who loses something has answered, or was told of the hearing in time, or it is recorded why not."""
    if decision.outcome not in ADVERSE or first.holder is None or "no-hearing" in decision.exempt:
        return
    answered = any(isinstance(event, HearingAnswered | ObjectionMade) for event in before)
    told = [
        event
        for event in before
        if isinstance(event, HolderInformed) and event.about == "hearing" and event.outcome != "failed"
    ]
    least = RULES.revocation.hear_within
    assert answered or any(
        event.outcome == "impossible" or least.after(event.at) <= decision.at for event in told
    )


def check_investigators(world: World, first: CaseReported, events: Sequence[Event]) -> None:
    """Who awarded a badge investigates it with somebody else, or with a reason."""
    investigators: set[str] = set()
    for event in events:
        if isinstance(event, InvestigatorAssigned):
            investigators = investigators - {event.replaces or ""} | {event.investigator}
            assert _had(world, event.investigator, "investigate", event)
            if investigators <= _involved(world, first, event):
                assert event.exempt == ("awarder-investigates",)
                assert event.reason


def _involved(world: World, first: CaseReported, moment: Event) -> set[str]:
    """Who had assessed or awarded the badges that a case is about."""
    found = set()
    for subject in first.subjects:
        for name in _line(world, subject, anew=False, then=moment.at):
            for event in world.streams[name]:
                if isinstance(event, CriterionAssessed | AwardGranted) and event.at < moment.at:
                    found.add(event.by or "")
                if isinstance(event, AssessmentCarried) and event.at < moment.at:
                    found.add(event.assessor)
    return found


def check_carried_out(world: World, decided: Mapping[str, CaseDecided]) -> None:
    """What was revoked is so, with all that was issued anew in its place."""
    for subject, decision in decided.items():
        if decision.outcome == "revoked":
            assert all(world.award(name).status == "revoked" for name in _line(world, subject, anew=True))


def _line(world: World, subject: str, *, anew: bool, then: datetime | None = None) -> list[str]:
    """The streams of an award and of those that followed it by then; `anew`: only by a claim or a renewal."""
    names = [subject] if subject in world.streams else []
    for name in names:
        names += [
            f"award:{event.successor}"
            for event in world.streams[name]
            if isinstance(event, AwardReplaced)
            and not (anew and event.case)
            and event.at <= (then or event.at)
        ]
    return names


def check_closed(events: tuple[Event, ...]) -> None:
    """Before a case is closed the holder is told, prevention planned, and every effect carried out."""
    decisive = (CaseDecided, ObjectionDecided, SuccessionGivenUp)
    since = max(place for place, event in enumerate(events) if isinstance(event, decisive))
    told = {
        event.recipient
        for event in events[since:]
        if isinstance(event, HolderInformed) and event.outcome != "failed" and event.about is None
    }
    guardian = any(isinstance(event, CaseDecided) and event.guardian for event in events)
    first = events[0]
    assert isinstance(first, CaseReported)
    if first.holder is not None:  # else there is nobody to tell
        assert told >= ({"holder", "guardian"} if guardian else {"holder"})
    assert any(isinstance(event, PreventionPlanned | PreventionNotNeeded) for event in events)
    wanted: Counter[str] = Counter()
    for event in events:
        if isinstance(event, CaseDecided | SuspensionAsked | SuspensionEnded):
            wanted.update(str(effect) for effect in event.effects)
    assert wanted == Counter(
        str(event.effect) for event in events if isinstance(event, EffectCarriedOut | SuccessionGivenUp)
    )


def check_confidential(events: tuple[Event, ...]) -> None:
    """Nothing but the parts of the class `reporter` tells who reported."""
    for event in events:
        sealed = event.sealed()
        open_to_others = [part for part in sealed.parts if part and part.record_class != "reporter"]
        assert MARK not in str((sealed.body, open_to_others))


WANTED = {
    "award-opened", "criterion-assessed", "assessment-carried", "award-granted", "award-not-yet",
    "award-objected", "award-objection-decided",
    "award-withdrawn", "credential-signed", "award-published", "holder-informed", "award-suspended",
    "suspension-lifted", "award-revoked", "award-replaced", "case-reported", "report-acknowledged",
    "investigator-assigned", "suspension-asked", "suspension-ended", "finding-recorded", "hearing-offered",
    "hearing-answered", "case-decided", "effect-carried-out", "succession-given-up", "objection-made",
    "objection-decided", "prevention-planned", "prevention-handed-over", "prevention-done",
    "prevention-not-needed", "case-closed", "reporter-informed",
}  # fmt: skip


def test_whatever_people_try_the_promises_hold() -> None:
    REACHED.clear()
    run_state_machine_as_test(
        Procedures,
        settings=settings(
            max_examples=140,
            stateful_step_count=50,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],  # a walk of many steps shrinks too slowly to be worth it
        ),
    )
    assert sorted(WANTED - REACHED.keys()) == [], "the walks do not reach every step"
