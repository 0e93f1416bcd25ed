"""Procedures of an office that go on: the next step of one of them, by the first who may."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta

from badge_offices import MARIT, REASON, SAM
from office_steps import ENOUGH, names, publish, register, report, sign, tell
from office_world import EVE, STAFF, World
from openbadge_issuer.issuing.office.desk import Desk
from openbadge_issuer.policy.awarding import Award
from openbadge_issuer.policy.badge import EvidenceForm
from openbadge_issuer.policy.case_events import CaseOutcome
from openbadge_issuer.policy.deciding import Ruling
from openbadge_issuer.policy.effects import Supersede, award_in
from openbadge_issuer.policy.revoking import Case


def by_somebody(world: World, dice: random.Random, step: Callable[[Desk], object]) -> bool:
    """Let one after the other try a step, until it is allowed."""
    return any(world.at_desk(who, step) for who in dice.sample(list(STAFF), len(STAFF)))


def go_on(world: World, dice: random.Random) -> None:
    """Take the next step of a procedure that has one."""
    with world.reading() as desk:
        awards = [desk.awards.get(row.name.partition(":")[2]) for row in desk.ledger.streams("award")]
        cases = list(desk.cases.all())
    if awards and dice.random() < 0.1:
        _beside(world, dice)
        return
    waiting = [one for one in awards if one.phase in _NEXT]
    if len(waiting) + len(cases) < 2 and len(awards) < 2 * ENOUGH and dice.random() < 0.7:
        _begin(world, dice)
        return
    held = [one for one in awards if one.phase in {"to-inform", "done", "suspended"}]
    if held and not cases and dice.random() < 0.4:
        report(world, None, dice)
        return
    found: list[Award | Case] = [*waiting, *cases, *cases]
    if not found:
        return
    one = dice.choice(found)
    if isinstance(one, Award):
        _NEXT[one.phase](world, dice, one)
    else:
        case_goes_on(world, dice, one)


def _beside(world: World, dice: random.Random) -> None:
    """Let something happen beside the procedures: a role for a while, or a suspicion of misuse."""
    text = world.text()
    if dice.random() < 0.3:
        world.at_desk(EVE, lambda desk: desk.misuse.report(text, about=SAM, name=text, contact=text))
    elif not world.at_desk(MARIT, lambda desk: desk.roles.end(EVE, "keeper", reason=text)):
        world.at_desk(MARIT, lambda desk: desk.roles.grant(EVE, "keeper", name="Eve Quagga"))


def _begin(world: World, dice: random.Random) -> None:
    """Open an award for somebody who is known, or get to know somebody."""
    if len(world.people) < ENOUGH or dice.random() < 0.1:
        register(world, MARIT, dice)
    person, occasion = dice.choice(world.people or [MARIT]), dice.choice((None, "camp", "course"))
    by_somebody(world, dice, lambda desk: desk.awards.open("facilitator", person, occasion=occasion))


def _assess(world: World, dice: random.Random, award: Award) -> None:
    criterion = next(name for name in award.opened.mandatory if award.outcomes.get(name) != "met")
    form: EvidenceForm = "document" if criterion == "plan" else "observation"
    evidence = [world.evidence(dice, award.id)]
    text = world.text()

    def do(desk: Desk) -> None:
        desk.awards.assess(award.id, criterion, "met", form=form, observed=text, evidence=evidence)
        if dice.random() < 0.3:
            desk.people.consent(award.candidate, award=award.id, how=text, guardian=True)

    by_somebody(world, dice, do)


def _grant(world: World, dice: random.Random, award: Award) -> None:
    if any(award.outcomes[name] != "met" for name in award.opened.mandatory):
        _assess(world, dice, award)
        return
    reason = world.text()
    by_somebody(world, dice, lambda desk: desk.awards.grant(award.id, reason=reason))


def _work(step: Callable[[World, str, random.Random], bool]) -> Callable[[World, random.Random, Award], None]:
    def do(world: World, dice: random.Random, _award: Award) -> None:
        for who in dice.sample(list(STAFF), len(STAFF)):
            if step(world, who, dice):
                return

    return do


_NEXT: dict[str, Callable[[World, random.Random, Award], None]] = {
    "open": _assess,
    "assessed": _grant,
    "to-sign": _work(sign),
    "to-publish": _work(publish),
    "to-inform": _work(tell),
}


def case_goes_on(world: World, dice: random.Random, case: Case) -> None:
    """Take the next step of a case."""
    text = world.text()
    waiting = [effect for effect in case.pending if isinstance(effect, Supersede)]
    due = (world.house.now + timedelta(days=30)).date()
    if not case.investigators:
        who = dice.choice(list(STAFF))
        by_somebody(world, dice, lambda desk: desk.cases.assign(case.id, who, reason=text))
    elif not case.authors:
        _find_out(world, dice, case)
    elif case.objection is not None:
        upheld = dice.random() < 0.6
        by_somebody(
            world,
            dice,
            lambda desk: desk.cases.decide_objection(case.id, upheld=upheld, grounds=text, reason=text),
        )
    elif waiting:
        _succeed(world, dice, waiting[0])
    elif case.undecided:
        _decide(world, dice, case)
    elif case.to_tell:
        _work(tell)(world, dice, None)  # type: ignore[arg-type]  # of no award
    elif not case.objected and dice.random() < 0.3:
        by_somebody(world, dice, lambda desk: desk.cases.object(case.id, text))
    elif not case.actions and not case.nothing_to_prevent:
        by_somebody(
            world,
            dice,
            lambda desk: desk.cases.prevent(case.id, "list", owner="p-sam", due=due, what=text),
        )
    else:
        by_somebody(world, dice, lambda desk: desk.cases.close(case.id))


def _find_out(world: World, dice: random.Random, case: Case) -> None:
    text = world.text()
    if dice.random() < 0.4:
        by_somebody(world, dice, lambda desk: desk.cases.suspend(case.id, reason=text))
        if dice.random() < 0.3:
            by_somebody(world, dice, lambda desk: desk.cases.end_suspension(case.id, reason=text))
    by_somebody(world, dice, lambda desk: desk.cases.record_finding(case.id, text))


def _decide(world: World, dice: random.Random, case: Case) -> None:
    outcomes: tuple[CaseOutcome, ...] = ("unfounded", "corrected", "suspended", "revoked", "reinstated")
    ruling = Ruling(
        outcome=dice.choice((*outcomes, "revoked", "corrected")),
        grounds=world.text(),
        ground="mistake",
        reason=REASON,
    )
    text = world.text()
    by_somebody(
        world, dice, lambda desk: desk.cases.decide(case.id, ruling, reason=text, unheard_reason=text)
    )


def _succeed(world: World, dice: random.Random, effect: Supersede) -> None:
    """Begin the award that a case waits for; once it is there it goes on as any other."""
    old, new, cause = award_in(effect.subject), effect.successor, effect.cause
    if old is not None and new not in names(world, "award"):
        by_somebody(world, dice, lambda desk: desk.awards.follow(old, cause=cause, successor=new))
        return
    with world.reading() as desk:
        award = desk.awards.get(new)
    if award.phase in _NEXT:
        _NEXT[award.phase](world, dice, award)
