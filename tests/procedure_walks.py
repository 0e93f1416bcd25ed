"""An organisation in which people try steps of awards and cases, allowed or not."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.errors import PolicyError
from openbadge_issuer.policy.award_events import Outcome
from openbadge_issuer.policy.awarding import Award
from openbadge_issuer.policy.case_events import CaseOutcome
from openbadge_issuer.policy.deciding import Ruling
from openbadge_issuer.policy.effects import Supersede, award_in
from openbadge_issuer.policy.event import Event
from openbadge_issuer.policy.informing import Delivery
from openbadge_issuer.policy.notice_events import DeliveryOutcome, Recipient, ReporterTopic, Topic
from openbadge_issuer.policy.reporting import Report, share_out
from openbadge_issuer.policy.revoking import Case
from openbadge_issuer.policy.staff_events import RoleEnded, RoleGranted
from openbadge_issuer.policy.standing import Actor, Staff
from openbadge_issuer.policy.succession import Predecessor, open_successor
from procedures import BADGE, DIGEST, NOW, PLAN, PLATFORM, draft, places, policy, signed_copy

Streams = Mapping[str, tuple[Event, ...]]
Procedure = TypeVar("Procedure", Award, Case)

MARK = "okapi"
"""Stands in all that tells who reported, and nowhere else."""
RULES = policy()
PEOPLE = ("amy", "bob", "cas", "dot", "eli", "fay")
ROLES = ("manager", "manager", "manager", "assessor", "board")
"""Who holds what at first; the last of the people holds nothing."""


@dataclass
class World:
    """Streams of events, the people, and the clock.

    `reached` counts the kinds of events that were recorded and the codes of refusals.
    """

    reached: Counter[str]
    now: datetime = NOW
    streams: dict[str, tuple[Event, ...]] = field(default_factory=dict)
    staff_events: list[Event] = field(default_factory=list)
    made: int = 0
    folded: dict[str, tuple[int, Award | Case]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for person, role in zip(PEOPLE, ROLES, strict=False):
            self.give(person, role)

    def give(self, person: str, role: str) -> None:
        """Let somebody hold a role from now on."""
        self.now += timedelta(minutes=1)
        self.staff_events.append(
            RoleGranted(
                at=self.now,
                by="amy",
                policy=RULES.digest,
                person=person,
                person_name=person.title(),
                holds=role,
                begins=self.now,
            )
        )

    def take(self, person: str, role: str) -> None:
        """Let somebody hold it no longer."""
        self.now += timedelta(minutes=1)
        self.staff_events.append(
            RoleEnded(at=self.now, by="amy", policy=RULES.digest, person=person, ended=role, ends=self.now)
        )

    def names(self, kind: str) -> list[str]:
        """The streams of a kind, in the order in which they began."""
        return [name for name in self.streams if name.startswith(f"{kind}:")]

    def award(self, name: str) -> Award:
        """The award of a stream."""
        return self._fold(Award, name)

    def case(self, name: str) -> Case:
        """The case of a stream."""
        return self._fold(Case, name)

    def _fold(self, kind: type[Procedure], name: str) -> Procedure:
        events = self.streams.get(name, ())
        known, folded = self.folded.get(name, (0, None))
        if known != len(events) or not isinstance(folded, kind):
            folded = kind.of(events)
            self.folded[name] = len(events), folded
        return folded

    @property
    def awards(self) -> dict[str, Award]:
        """All awards by their identifiers."""
        return {name.removeprefix("award:"): self.award(name) for name in self.names("award")}

    @property
    def cases(self) -> list[Case]:
        """All cases."""
        return [self.case(name) for name in self.names("case")]

    def fresh(self) -> str:
        """A name that was not used."""
        self.made += 1
        return f"n{self.made}"

    def attempt(self, step: Step, person: str | None, dice: random.Random, name: str) -> Streams | None:
        """Try a step on a stream; return what it added, or None if it was refused."""
        self.now += timedelta(seconds=1)  # so that moments tell the order across streams
        actor = Actor(person, self.now, Staff.of(self.staff_events), RULES)
        try:
            found = step(self, actor, dice, name)
        except PolicyError as error:
            self.reached[error.code] += 1
            if not (error.sentence("en") and error.sentence("nl") and error.advice("nl")):
                raise
            return None
        for stream, events in found.items():
            self.streams[stream] = (*self.streams.get(stream, ()), *events)
            self.reached.update(event.kind for event in events)
        return found


Step = Callable[[World, Actor, random.Random, str], Streams]


def begin(world: World, actor: Actor, dice: random.Random, _name: str) -> Streams:
    """Begin an award, unless there is one with the same key."""
    name = world.fresh()
    events = Award.open(
        actor,
        award=name,
        candidate=dice.choice(PEOPLE),
        definition=BADGE,
        version=1,
        occasion=dice.choice((None, "camp")),
    )
    key = Award.of(events).key
    known = any(award.key == key for award in world.awards.values())
    return {} if known else {f"award:{name}": events}


def report(world: World, actor: Actor, dice: random.Random, _name: str) -> Streams:
    """Report a foreign badge, or one or two awards, which joins the cases about them."""
    code = world.fresh()
    made = Report(
        text=f"Wrong, says {MARK}.",
        receipt=code.encode().hex().rjust(64, "0"),
        reporter=MARK,
        name=MARK,
        contact=f"{MARK}@post.example",
    )
    if dice.random() < 0.1:
        address, holder = f"{PLATFORM}/{dice.randrange(3)}", dice.choice((None, *PEOPLE))
        return {f"case:{code}": Case.report(actor, made, case=code, addresses=(address,), holder=holder)}
    granted = [name for name, award in world.awards.items() if award.granted or dice.random() < 0.1]
    awards = dice.sample(granted, min(len(granted), dice.choice((1, 1, 2))))
    found: dict[str, tuple[Event, ...]] = {}
    for joined, subjects in share_out([f"award:{name}" for name in awards], world.cases):
        if joined is not None:
            found[f"case:{joined.id}"] = world.case(f"case:{joined.id}").join(actor, made, subjects=subjects)
        else:
            doubted = [world.award(subject) for subject in subjects]
            found[f"case:{code}"] = Case.report(actor, made, case=code, awards=doubted)
    return found


def _assess(award: Award, actor: Actor, dice: random.Random) -> tuple[Event, ...]:
    criterion = dice.choice(BADGE.criteria)
    outcomes: tuple[Outcome, ...] = ("met", "met", "met", "not-met", "not-applicable")
    return award.assess(
        actor,
        BADGE,
        criterion.id,
        dice.choice(outcomes),
        form=dice.choice(criterion.evidence),
        observed="Saw it.",
        evidence=(PLAN,),
    )


def _grant(world: World, actor: Actor, dice: random.Random, name: str) -> Streams:
    award = world.award(name)
    drafts = (draft(award, actor),)
    guardian, reason = dice.random() < 0.1, dice.choice((None, "There is nobody else."))
    old, case = award.opened.replaces, award.opened.case
    if old is None:
        events = award.grant(
            actor,
            BADGE,
            drafts=drafts,
            language="en",
            status=places(award.id),
            guardian=guardian,
            reason=reason,
        )
        return {name: events}
    return award.grant_successor(
        actor,
        BADGE,
        predecessor=Predecessor(world.award(f"award:{old}"), world.case(f"case:{case}") if case else None),
        drafts=drafts,
        language="en",
        status=places(award.id),
        guardian=guardian,
        reason=reason,
    )


def _follow(world: World, actor: Actor, dice: random.Random, name: str) -> Streams:
    """Claim or renew."""
    new = world.fresh()
    events = open_successor(
        actor,
        Predecessor(world.award(name)),
        award=new,
        cause="claim" if dice.random() < 0.5 else "renewal",
        definition=BADGE,
        version=2,
        carry=dice.random() < 0.8,
    )
    return {f"award:{new}": events}


def _correct(world: World, actor: Actor, dice: random.Random, name: str) -> Streams:
    """Begin or grant the award that a case waits for."""
    case = world.case(name)
    waiting = [one for one in case.pending if isinstance(one, Supersede) and award_in(one.subject)]
    if not waiting:
        return {}
    effect = dice.choice(waiting)
    new = f"award:{effect.successor}"
    if new in world.streams:
        return _grant(world, actor, dice, new)
    predecessor = Predecessor(world.award(effect.subject), case)
    return {
        new: open_successor(
            actor, predecessor, award=effect.successor, cause=effect.cause, definition=BADGE, version=1
        )
    }


def _delivery(dice: random.Random, about: Topic | None = None) -> Delivery:
    outcomes: tuple[DeliveryOutcome, ...] = ("delivered", "delivered", "failed", "impossible")
    recipients: tuple[Recipient, ...] = ("holder", "holder", "guardian")
    return Delivery(
        outcome=dice.choice(outcomes),
        language="nl",
        recipient=dice.choice(recipients),
        channel="letter",
        notice=DIGEST,
        reason="Because.",
        about=about,
    )


def _sign(award: Award, actor: Actor, dice: random.Random) -> tuple[Event, ...]:
    wrong: tuple[JsonObject, ...] = ({"awardedDate": "2020-01-01T00:00:00Z"}, {"more": True})
    changes = dice.choice(({}, {}, *wrong))
    return award.sign(actor, [signed_copy({**document, **changes}) for _, document in award.to_sign()])


OnAward = Callable[[Award, Actor, random.Random], tuple[Event, ...]]
OnCase = Callable[[Case, Actor, random.Random, Mapping[str, Award]], tuple[Event, ...]]


def _on_award(step: OnAward) -> Step:
    return lambda world, actor, dice, name: {name: step(world.award(name), actor, dice)}


def _on_case(step: OnCase) -> Step:
    return lambda world, actor, dice, name: {name: step(world.case(name), actor, dice, world.awards)}


def _decide(case: Case, actor: Actor, dice: random.Random, awards: Mapping[str, Award]) -> tuple[Event, ...]:
    outcomes: tuple[CaseOutcome, ...] = ("unfounded", "corrected", "suspended", "revoked", "reinstated")
    outcomes = (*outcomes, "revoked", "revoked", "corrected", "corrected")
    successors = {one: f"s{len(awards)}x{place}{case.id}" for place, one in enumerate(case.subjects)}
    ruling = Ruling(
        outcome=dice.choice(outcomes),
        grounds="The list.",
        ground="mistake",
        reason={"en": "The criteria were not met."},
        subjects=dice.choice((None, None, case.subjects[:1])),
        successors=successors,
        guardian=dice.random() < 0.1,
    )
    reason, unheard = dice.choice((None, "There is nobody else.")), dice.choice((None, "It could not wait."))
    return case.decide(actor, ruling, awards=awards, reason=reason, unheard_reason=unheard)


def _carry_out(world: World, actor: Actor, dice: random.Random, name: str) -> Streams:
    case = world.case(name)
    if not case.pending:
        return {}
    return case.carry_out(actor, dice.choice(case.pending), awards=world.awards)


def _give_up(case: Case, actor: Actor, _dice: random.Random, _awards: object) -> tuple[Event, ...]:
    waiting = [effect for effect in case.pending if isinstance(effect, Supersede)]
    return case.give_up(actor, waiting[0], reason="It does not come.") if waiting else ()


def _assign(case: Case, actor: Actor, dice: random.Random, awards: Mapping[str, Award]) -> tuple[Event, ...]:
    return case.assign(
        actor,
        dice.choice(PEOPLE),
        awards=awards,
        replaces=dice.choice((None, None, *case.investigators)),
        reason=dice.choice((None, "There is nobody else.")),
    )


def _hand_over(
    case: Case, actor: Actor, dice: random.Random, awards: Mapping[str, Award]
) -> tuple[Event, ...]:
    owners = [action.owner for action in case.actions.values()]
    leaver, successor = dice.choice((*case.investigators, *owners, *PEOPLE)), dice.choice(PEOPLE)
    return case.hand_over(actor, leaver, successor, awards=awards, reason="Left.")


def _prevent(case: Case, actor: Actor, dice: random.Random, _awards: object) -> tuple[Event, ...]:
    if dice.random() < 0.3:
        return case.nothing_to_prevent_because(actor, "It happens once.")
    due = (actor.now + timedelta(days=30)).date()
    return case.prevent(actor, f"m{len(case.actions)}", owner=dice.choice(PEOPLE), due=due, what="A list.")


def _prevented(case: Case, actor: Actor, dice: random.Random, _awards: object) -> tuple[Event, ...]:
    return case.prevented(actor, dice.choice((*case.actions, "none")))


def _settle(case: Case, actor: Actor, dice: random.Random, _awards: object) -> tuple[Event, ...]:
    reason = dice.choice((None, "There is nobody else."))
    return case.decide_objection(actor, upheld=dice.random() < 0.7, grounds="The list.", reason=reason)


def _tell(case: Case, actor: Actor, dice: random.Random, _awards: object) -> tuple[Event, ...]:
    return case.inform(actor, _delivery(dice))


def _tell_topic(case: Case, actor: Actor, dice: random.Random, _awards: object) -> tuple[Event, ...]:
    topics = tuple(case.topics_to_tell)
    return case.inform(actor, _delivery(dice, dice.choice(topics))) if topics else ()


def _tell_reporter(case: Case, actor: Actor, dice: random.Random, _awards: object) -> tuple[Event, ...]:
    waiting = list(case.reporters_to_tell())
    about: ReporterTopic = waiting[0][1] if waiting else "report"
    return case.inform_reporter(actor, case.first.receipt, about, _delivery(dice))


def _offer(case: Case, actor: Actor, _dice: random.Random, _awards: object) -> tuple[Event, ...]:
    return case.offer_hearing(actor)


def _inform(award: Award, actor: Actor, dice: random.Random) -> tuple[Event, ...]:
    return award.inform(actor, _delivery(dice, "objection" if award.objection else None))


def _object_to(award: Award, actor: Actor, dice: random.Random) -> tuple[Event, ...]:
    return award.record_objection(actor, "It is not so.", case=dice.choice((None, None, "c1")))


def _settle_award(award: Award, actor: Actor, dice: random.Random) -> tuple[Event, ...]:
    exception = dice.choice((None, "There is nobody else."))
    return award.decide_objection(actor, upheld=dice.random() < 0.7, reason="The list.", exception=exception)


ON_AWARDS: dict[str, Step] = {
    "assess": _on_award(_assess),
    "not-yet": _on_award(lambda award, actor, _: award.not_yet(actor, feedback="More.")),
    "withdraw": _on_award(lambda award, actor, _: award.withdraw(actor)),
    "grant": _grant,
    "sign": _on_award(_sign),
    "publish": _on_award(lambda award, actor, _: award.publish(actor)),
    "inform": _on_award(_inform),
    "object-to": _on_award(_object_to),
    "settle-award": _on_award(_settle_award),
    "follow": _follow,
}
ON_CASES: dict[str, Step] = {
    "acknowledge": _on_case(lambda case, actor, _d, _a: case.acknowledge(actor, case.first.receipt)),
    "assign": _on_case(_assign),
    "hand-over": _on_case(_hand_over),
    "suspend": _on_case(lambda case, actor, _d, awards: case.suspend(actor, awards=awards, reason="Wait.")),
    "resume": _on_case(lambda case, actor, _d, all_: case.end_suspension(actor, awards=all_, reason="No.")),
    "find": _on_case(lambda case, actor, _d, _a: case.record_finding(actor, "Nobody saw it.")),
    "offer": _on_case(_offer),
    "answer": _on_case(lambda case, actor, _d, _a: case.answer(actor, "I was there.")),
    "decide": _on_case(_decide),
    "carry-out": _carry_out,
    "correct": _correct,
    "give-up": _on_case(_give_up),
    "tell": _on_case(_tell),
    "tell-topic": _on_case(_tell_topic),
    "tell-reporter": _on_case(_tell_reporter),
    "object": _on_case(lambda case, actor, _d, _a: case.record_objection(actor, "I was there.")),
    "settle": _on_case(_settle),
    "prevent": _on_case(_prevent),
    "prevented": _on_case(_prevented),
    "close": _on_case(lambda case, actor, _d, _a: case.close(actor)),
}  # fmt: skip
NEXT: dict[str, dict[str, tuple[str, ...]]] = {
    "award": {
        "open": ("assess",),
        "assessed": ("grant", "grant", "grant", "assess", "not-yet"),
        "not-yet": ("assess", "inform", "object-to"),
        "objection": ("inform", "settle-award", "settle-award"),
        "to-sign": ("sign", "grant"),
        "to-publish": ("publish",),
        "to-inform": ("inform",),
        "done": ("report", "report", "report", "follow"),
    },
    "case": {
        "reported": ("acknowledge", "assign", "tell-reporter"),
        "to-assign": ("assign", "suspend"),
        "investigating": (
            "find", "find", "answer", "offer", "tell-topic", "decide", "decide", "suspend", "resume",
            "carry-out", "prevent", "hand-over", "close",
        ),
        "to-decide": ("decide", "find"),
        "objection": ("settle",),
        "to-carry-out": (
            "carry-out", "carry-out", "correct", "correct", "correct", "give-up", "give-up", "close",
        ),
        "to-inform": ("tell", "tell", "tell", "close"),
        "to-prevent": ("prevent", "object", "close"),
        "to-close": ("close", "close", "object", "hand-over"),
        "closed": ("object", "prevented"),
    },
}  # fmt: skip
"""The steps that a procedure waits for, by where it stands."""


def next_step(world: World, dice: random.Random) -> tuple[Step, str]:
    """Choose a step that some procedure waits for; of cases more often, as they have the longer way to go."""
    phases: dict[str, str] = {name: world.award(name).phase for name in world.names("award")}
    if dice.random() < 0.7:
        phases = {name: world.case(name).phase for name in world.names("case")} or phases
    waiting = [name for name, phase in phases.items() if phase in NEXT[name.partition(":")[0]]]
    if not waiting:
        return dice.choice((begin, report)), ""
    name = dice.choice(waiting)
    kind = name.partition(":")[0]
    step = dice.choice(NEXT[kind][phases[name]])
    return {**ON_AWARDS, **ON_CASES, "report": report}[step], name


def go_on(world: World, dice: random.Random) -> None:
    """Take the next step of some procedure; the first who may does it."""
    world.now += timedelta(hours=1)
    step, name = next_step(world, dice)
    for person in dice.sample(PEOPLE, len(PEOPLE)):
        if world.attempt(step, person, dice, name) is not None:
            return


def any_step(world: World, dice: random.Random) -> tuple[Step, str]:
    """Choose a step, and a procedure to try it on."""
    kind, steps = dice.choice((("award", ON_AWARDS), ("case", ON_CASES)))
    return dice.choice(list(steps.values())), dice.choice(world.names(kind) or [f"{kind}:none"])
