"""What people try in an office: every step of every procedure, by whoever, allowed or not."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta
from typing import TypeAlias

from badge_offices import JAN, KIM, MARIT, PICTURE, REASON, SAM
from office_publications import check_published
from office_world import ACTORS, EVE, LEA, MORE_ROLES, PIT, PLATFORM, STAFF, World
from openbadge_issuer.issuing.office.desk import Desk
from openbadge_issuer.issuing.office.keeping_records import (
    due_records,
    erase_person,
    expire_records,
    export_person,
)
from openbadge_issuer.policy.award_events import Cause, Outcome
from openbadge_issuer.policy.awarding import Award
from openbadge_issuer.policy.badge import EvidenceForm
from openbadge_issuer.policy.case_events import CaseOutcome
from openbadge_issuer.policy.deciding import Ruling
from openbadge_issuer.policy.effects import Supersede, award_in
from openbadge_issuer.policy.register_events import ErasureGround
from openbadge_issuer.policy.revoking import Case
from openbadge_issuer.policy.standing import Actor, Staff
from staffed_organisation import badge_of

Who: TypeAlias = str | None
Step: TypeAlias = Callable[[World, Who, random.Random], bool]
BADGES = ("facilitator", "mentor")
ENOUGH = 4
"""So many awards are begun before few new ones are: most steps go on with what there is."""


def names(world: World, kind: str) -> list[str]:
    """The identifiers of the procedures of a kind."""
    with world.reading() as desk:
        return [row.name.partition(":")[2] for row in desk.ledger.streams(kind)]


def _one(world: World, kind: str, dice: random.Random) -> str:
    return dice.choice(names(world, kind) or ["none"])


def _award(world: World, name: str) -> Award | None:
    with world.reading() as desk:
        return desk.awards.get(name) if desk.ledger.stream(f"award:{name}") else None


def _case(world: World, name: str) -> Case | None:
    with world.reading() as desk:
        return desk.cases.get(name) if desk.ledger.stream(f"case:{name}") else None


# The catalogue.


def define(world: World, who: Who, dice: random.Random) -> bool:
    """Define a badge, edit its draft, or revise it."""
    badge = dice.choice(BADGES)
    definition = badge_of({"badge": badge, "level": str(dice.randrange(3))})
    pictures = world.house.office.pictures
    assert pictures is not None
    digest = pictures.put(PICTURE.read_bytes()).digest
    return world.at_desk(
        who, lambda desk: desk.badges.define(definition, picture_digest=digest, reason=world.text())
    )


def review(world: World, who: Who, dice: random.Random) -> bool:
    """Judge a draft."""
    badge, approved, note = dice.choice(BADGES), dice.random() < 0.8, world.text()
    return world.at_desk(
        who, lambda desk: desk.badges.review(badge, approved=approved, picture_seen=True, note=note)
    )


def activate(world: World, who: Who, dice: random.Random) -> bool:
    """Take a badge into use."""
    badge = dice.choice(BADGES)
    return world.at_desk(who, lambda desk: desk.badges.activate(badge))


def retire(world: World, who: Who, dice: random.Random) -> bool:
    """Take a badge out of the offer, or only look at it anew."""
    badge, text = dice.choice(BADGES), world.text()
    if dice.random() < 0.7:
        return world.at_desk(who, lambda desk: desk.badges.look_anew(badge, outcome="keep", note=text))
    return world.at_desk(who, lambda desk: desk.badges.retire(badge, reason=text))


# People and roles.


def register(world: World, who: Who, dice: random.Random) -> bool:
    """Take somebody into the register, or change what is known of them."""
    details = world.details(dice)
    person = dice.choice((None, *world.people))
    if person is not None and dice.random() < 0.3:
        return world.at_desk(who, lambda desk: desk.people.change(person, details))
    return world.at_desk(who, lambda desk: world.people.append(desk.people.register(details)))


def consent(world: World, who: Who, dice: random.Random) -> bool:
    """Agree that evidence is shown, or no longer."""
    name = _one(world, "award", dice)
    award = _award(world, name)
    person = award.candidate if award else EVE
    agrees, text, by = dice.random() < 0.8, world.text(), dice.choice((who, person))
    if not agrees:
        return world.at_desk(by, lambda desk: desk.people.withdraw_consent(person, award=name))
    return world.at_desk(by, lambda desk: desk.people.consent(person, award=name, how=text, guardian=True))


def change_roles(world: World, who: Who, dice: random.Random) -> bool:
    """Grant, end, hand over or take a role, or record a training."""
    person, other = dice.choice((*STAFF, EVE)), dice.choice((*STAFF, EVE))
    role, text = dice.choice((STAFF.get(person, "manager"), *MORE_ROLES)), world.text()
    ends = world.house.now + timedelta(days=dice.choice((1, 30)))
    badges = dice.choice(((), (), BADGES[:1]))
    steps: tuple[Callable[[Desk], object], ...] = (
        lambda desk: desk.roles.grant(person, role, name=f"{person} Quagga", badges=badges, reason=text),
        lambda desk: desk.roles.grant(person, role, name=f"{person} Quagga", ends=ends, reason=text),
        lambda desk: desk.roles.train(person, "Badges", reason=text),
        lambda desk: desk.roles.end(person, role, reason=text),
        lambda desk: desk.roles.take(role, reason=text),
        lambda desk: desk.roles.hand_over(person, other, taker_name=f"{other} Quagga", reason=text),
    )
    return world.at_desk(who, dice.choice(steps))


# Awards.


def begin(world: World, who: Who, dice: random.Random) -> bool:
    """Find that a badge fits somebody."""
    if not world.people:
        return register(world, who, dice)
    person, badge = dice.choice((*world.people, MARIT)), dice.choice((BADGES[0], *BADGES))
    occasion = dice.choice((None, "camp"))
    return world.at_desk(who, lambda desk: desk.awards.open(badge, person, occasion=occasion))


def assess(world: World, who: Who, dice: random.Random) -> bool:
    """Judge what was not judged yet, or anything anew."""
    name = _one(world, "award", dice)
    award = _award(world, name)
    open_ones = [one for one in ("led", "plan") if award is None or one not in award.outcomes]
    outcomes: tuple[Outcome, ...] = ("met", "met", "met", "met", "not-met", "not-applicable")
    criterion, outcome = dice.choice(open_ones or ["led", "plan"]), dice.choice(outcomes)
    form: EvidenceForm = "document" if criterion == "plan" and dice.random() < 0.9 else "observation"
    evidence = [world.evidence(dice, name)]
    text = world.text()
    return world.at_desk(
        who,
        lambda desk: desk.awards.assess(
            name, criterion, outcome, form=form, observed=text, evidence=evidence
        ),
    )


def grant(world: World, who: Who, dice: random.Random) -> bool:
    """Decide that somebody gets the badge; asking again gives the same."""
    name, reason = _one(world, "award", dice), dice.choice((None, world.text()))
    before = _award(world, name)
    done = world.at_desk(who, lambda desk: desk.awards.grant(name, reason=reason))
    if done and before is not None and before.granted is not None:
        after = _award(world, name)
        assert after is not None
        assert after.granted == before.granted, "asking twice gives the same"
    return done


def not_yet(world: World, who: Who, dice: random.Random) -> bool:
    """Decide that somebody does not get it yet."""
    name, text = _one(world, "award", dice), world.text()
    return world.at_desk(who, lambda desk: desk.awards.not_yet(name, feedback=text))


def object_to(world: World, who: Who, dice: random.Random) -> bool:
    """Object to a decision on an award, or decide on that."""
    name, text, upheld = _one(world, "award", dice), world.text(), dice.random() < 0.6
    award = _award(world, name)
    by = dice.choice((who, award.candidate if award else who))
    if award is None or award.objection is None:
        return world.at_desk(by, lambda desk: desk.awards.object(name, text))
    exception = dice.choice((None, text))
    return world.at_desk(
        who,
        lambda desk: desk.awards.decide_objection(name, upheld=upheld, reason=text, exception=exception),
    )


def withdraw(world: World, who: Who, dice: random.Random) -> bool:
    """Stop an award."""
    name, text = _one(world, "award", dice), world.text()
    return world.at_desk(who, lambda desk: desk.awards.withdraw(name, reason=text))


def follow(world: World, who: Who, dice: random.Random) -> bool:
    """Begin what follows an award: what a case waits for, or a claim or renewal."""
    name = _one(world, "award", dice)
    awaited = _awaited(world)
    if awaited is not None:
        old, new, why = awaited.subject.partition(":")[2], awaited.successor, awaited.cause
        return world.at_desk(who, lambda desk: desk.awards.follow(old, cause=why, successor=new))
    cause: Cause = dice.choice(("claim", "renewal"))
    carry = dice.random() < 0.7
    return world.at_desk(who, lambda desk: desk.awards.follow(name, cause=cause, carry=carry))


def _awaited(world: World) -> Supersede | None:
    """Find an award of ours that a case waits for and that nobody has begun."""
    for name in names(world, "case"):
        case = _case(world, name)
        for effect in case.pending if case else ():
            if isinstance(effect, Supersede) and award_in(effect.subject) is not None:
                begun = _award(world, effect.successor)
                if begun is None:
                    return effect
    return None


# The work of the office.


def sign(world: World, who: Who, _dice: random.Random) -> bool:
    """Sign what waits."""
    return world.attempt(lambda: world.sign(who))


def publish(world: World, who: Who, _dice: random.Random) -> bool:
    """Publish everything."""
    done = world.attempt(lambda: world.publish(who))
    if done:
        check_published(world)
    return done


def tell(world: World, who: Who, dice: random.Random) -> bool:
    """Tell those who wait; now and then nobody takes it."""
    return world.attempt(lambda: world.tell(who, taken=dice.random() < 0.8))


def rotate(world: World, _who: Who, _dice: random.Random) -> bool:
    """Take a new key."""
    world.rotate()
    return True


# Doubts about badges.


def report(world: World, who: Who, dice: random.Random) -> bool:
    """Report a doubt, about awards or a badge on a platform of others."""
    awards = (
        dice.sample(found, min(len(found), dice.choice((1, 1, 2))))
        if (found := names(world, "award"))
        else []
    )
    addresses = [f"{PLATFORM}{dice.randrange(2)}"] if dice.random() < 0.15 or not awards else []
    named = dice.random() < 0.6
    text, name = world.text(), f"{world.mark().title()} Quagga" if named else None
    contact = f"{world.mark()}@post.example" if named else None

    def do(desk: Desk) -> None:
        reported = desk.cases.report(
            text, awards=[] if addresses else awards, addresses=addresses, name=name, contact=contact
        )
        world.receipts.append(reported.receipt)

    return world.at_desk(who, do)


def investigate(world: World, who: Who, dice: random.Random) -> bool:
    """Acknowledge, assign, suspend, find out, hear."""
    name, text = _one(world, "case", dice), world.text()
    investigator = dice.choice((SAM, KIM, JAN, LEA, EVE))
    case = _case(world, name)
    until = world.house.now + timedelta(days=dice.choice((1, 7)))
    receipt = case.first.receipt if case else "none"
    holder = (case.holder if case else None) or EVE
    steps: tuple[Callable[[Desk], object], ...] = (
        lambda desk: desk.cases.acknowledge(name, receipt),
        lambda desk: desk.cases.assign(name, investigator, reason=text),
        lambda desk: desk.cases.suspend(name, reason=text),
        lambda desk: desk.cases.end_suspension(name, reason=text),
        lambda desk: desk.cases.record_finding(name, text, evidence=[world.evidence(dice, "none")]),
        lambda desk: desk.cases.record_finding(name, text),
        lambda desk: desk.cases.offer_hearing(name, until=until),
        lambda desk: desk.cases.answer(name, dice.choice((None, text))),
    )
    return world.at_desk(dice.choice((who, who, who, holder)), dice.choice(steps))


def decide(world: World, who: Who, dice: random.Random) -> bool:
    """Decide; now and then somebody is named in what the public is to read."""
    name = _one(world, "case", dice)
    outcomes: tuple[CaseOutcome, ...] = (
        "unfounded", "corrected", "suspended", "revoked", "revoked", "reinstated",
    )  # fmt: skip
    reason = dict(REASON)
    if dice.random() < 0.15:
        reason["en"] = f"It was about {_somebody(world, name, dice)}."
    case = _case(world, name)
    ruling = Ruling(
        outcome=dice.choice(outcomes),
        grounds=world.text(),
        ground=dice.choice(("criteria-not-met", "mistake", "mistake", "whim")),
        reason=reason,
        subjects=dice.choice((None, None, case.subjects[:1] if case else None)),
        guardian=dice.random() < 0.1,
    )
    because, unheard = dice.choice((None, world.text())), dice.choice((None, world.text()))
    return world.at_desk(
        who, lambda desk: desk.cases.decide(name, ruling, reason=because, unheard_reason=unheard)
    )


def _somebody(world: World, case: str, dice: random.Random) -> str:
    """Name somebody who has a part in a case."""
    found = ["Jan Smit"]
    with world.reading() as desk:
        if desk.ledger.stream(f"case:{case}"):
            matter = desk.cases.get(case)
            person = desk.people.get(matter.holder or "none")
            if person.details is not None:
                found += [person.details.name, person.details.email or ""]
                found += [person.details.guardian.name] if person.details.guardian else []
            found += [one.reporter_name for one in matter.reports if one.reporter_name]
    return dice.choice([one for one in found if one])


def finish(world: World, who: Who, dice: random.Random) -> bool:
    """Carry out, object, decide on that, prevent, close."""
    name, text, action = _one(world, "case", dice), world.text(), f"m{dice.randrange(2)}"
    case = _case(world, name)
    holder, owner = (case.holder if case else None) or EVE, dice.choice((SAM, KIM, EVE))
    due = (world.house.now + timedelta(days=30)).date()
    upheld = dice.random() < 0.6
    steps: tuple[Callable[[Desk], object], ...] = (
        lambda desk: desk.cases.carry_out(name),
        lambda desk: desk.cases.object(name, text),
        lambda desk: desk.cases.decide_objection(name, upheld=upheld, grounds=text, reason=text),
        lambda desk: desk.cases.cannot_inform(name, text),
        lambda desk: desk.cases.prevent(name, action, owner=owner, due=due, what=text),
        lambda desk: desk.cases.prevented(name, action, what=text),
        lambda desk: desk.cases.nothing_to_prevent(name, reason=text),
        lambda desk: desk.cases.close(name),
        lambda desk: desk.cases.close(name),
    )
    return world.at_desk(dice.choice((who, who, who, holder)), dice.choice(steps))


def misuse(world: World, who: Who, dice: random.Random) -> bool:
    """Report misuse, or handle it."""
    name, text = _one(world, "misuse", dice), world.text()
    about = dice.choice((None, *STAFF))
    steps: tuple[Callable[[Desk], object], ...] = (
        lambda desk: desk.misuse.report(text, about=about, name=text, contact=text),
        lambda desk: desk.misuse.assign(name, about or ""),
        lambda desk: desk.misuse.note(name, text),
        lambda desk: desk.misuse.measure(name, "warning", decided_by=text, text=text),
        lambda desk: desk.misuse.close(name, text),
        lambda desk: desk.misuse.see(name),
    )
    return world.at_desk(dice.choice((who, PIT)), dice.choice(steps))


# The records.


def erase(world: World, who: Who, dice: random.Random) -> bool:
    """Erase somebody; who works here is not."""
    person = dice.choice(world.people) if world.people and dice.random() < 0.8 else dice.choice((*STAFF, EVE))
    ground: ErasureGround = "objection"
    now = world.house.tick()
    return world.attempt(lambda: erase_person(world.house.office, who or "", person, ground=ground, now=now))


def expire(world: World, who: Who, _dice: random.Random) -> bool:
    """Destroy what is due, as a run with a later clock would find it."""
    office = world.house.office

    def do() -> None:
        with office.register.records(office.organisation) as records:
            staff = Staff.of(records.events("staff"))
            shown = due_records(records, Actor(who, world.house.now, staff, office.policy))
        expire_records(office, who or "", shown, now=world.house.tick())

    return world.attempt(do)


def show(world: World, who: Who, dice: random.Random) -> bool:
    """Show somebody what is recorded of them; no reporter is among it."""
    person, office = dice.choice((*world.people, EVE)), world.house.office

    def do() -> None:
        with office.register.records(office.organisation) as records:
            staff = Staff.of(records.events("staff"))
            export_person(records, Actor(who, world.house.now, staff, office.policy), person)

    return world.attempt(do)


CATALOGUE: tuple[Step, ...] = (define, review, activate, retire)
PEOPLE: tuple[Step, ...] = (register, consent, change_roles, change_roles)
AWARDS: tuple[Step, ...] = (begin, assess, assess, grant, not_yet, object_to, withdraw, follow)
OFFICE: tuple[Step, ...] = (sign, publish, tell)
CASES: tuple[Step, ...] = (report, investigate, investigate, decide, finish, misuse)
RECORDS: tuple[Step, ...] = (erase, expire, show, rotate)
ALL: tuple[Step, ...] = (*CATALOGUE, *PEOPLE, *AWARDS, *OFFICE, *CASES, *RECORDS)


def anybody(dice: random.Random) -> Who:
    """Choose who tries something."""
    return dice.choice((*ACTORS, MARIT, JAN, SAM, KIM))
