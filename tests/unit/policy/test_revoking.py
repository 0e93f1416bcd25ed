"""The procedure for a doubt about a badge, step by step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from cases import A1, ADDRESS, FOREIGN, Matter, foreign, receipt, report, reported, ruling
from openbadge_issuer.policy.case_events import CaseDecided, CaseOutcome, CaseReported, InvestigatorAssigned
from openbadge_issuer.policy.deciding import check_names_nobody
from openbadge_issuer.policy.effects import (
    AnnulForeignBadge,
    LiftSuspension,
    SetRevocation,
    SetSuspension,
    Supersede,
)
from openbadge_issuer.policy.event import Event
from openbadge_issuer.policy.informing import Delivery
from openbadge_issuer.policy.notice_events import HolderInformed
from openbadge_issuer.policy.reporting import Report, check_rate, share_out
from openbadge_issuer.policy.revoking import Case
from openbadge_issuer.policy.staff_events import RoleGranted
from openbadge_issuer.policy.standing import Staff
from procedures import (
    EVE,
    NOW,
    OTHER_BADGE,
    POLICY,
    actor,
    assess_all,
    delivery,
    done,
    grant,
    granted,
    opened,
    policy,
    refused,
    staff,
)


def test_a_case_walks_from_report_to_closed() -> None:
    matter = reported()
    phases = [matter.case.phase]
    matter.add(matter.case.acknowledge(matter.actor("cor"), receipt("r1")))
    phases.append(matter.case.phase)
    phases.append(matter.investigated().case.phase)
    phases.append(matter.decided("revoked").case.phase)
    phases.append(matter.carried_out().case.phase)
    phases.append(matter.informed().case.phase)
    phases.append(matter.prevented().case.phase)
    phases.append(matter.closed().case.phase)
    assert phases == [
        "reported", "to-assign", "investigating", "to-carry-out", "to-inform", "to-prevent", "to-close",
        "closed",
    ]  # fmt: skip
    award = matter.award()
    assert (award.status, award.phase, award.facts(POLICY).closed) == ("revoked", "revoked", True)
    assert award.revoked is not None
    assert (award.revoked.case, award.revoked.ground) == ("c1", "criteria-not-met")


def test_the_facts_say_what_is_due_and_when() -> None:
    def due(matter: Matter) -> datetime | None:
        return matter.case.facts(POLICY).due

    matter = reported()
    facts = matter.case.facts(POLICY)
    assert (facts.phase, facts.person, facts.key, facts.closed) == ("reported", EVE, receipt("r1"), False)
    assert due(matter) == datetime(2026, 3, 8, 23, tzinfo=UTC)  # five days after 3 March, in Amsterdam
    matter.add(matter.case.acknowledge(matter.actor("cor"), receipt("r1")))
    assert due(matter.investigated()) == datetime(2026, 4, 2, 22, tzinfo=UTC)
    assert due(matter.decided("revoked")) == datetime(2026, 3, 10, 23, tzinfo=UTC)
    matter.carried_out().informed()
    matter.add(matter.case.record_objection(matter.actor(EVE), "I was there."))
    assert due(matter) == datetime(2026, 4, 14, 22, tzinfo=UTC)
    matter.add(matter.case.decide_objection(matter.actor("ada"), upheld=True, grounds="She was."))
    assert due(matter.wait(1)) == datetime(2026, 4, 14, 22, tzinfo=UTC)


def test_a_closed_case_still_has_something_due() -> None:
    matter = reported().investigated().decided("unfounded").informed().prevented().closed()
    facts = matter.case.facts(POLICY)
    assert (facts.phase, facts.closed, facts.due) == ("closed", True, datetime(2026, 4, 2, 22, tzinfo=UTC))
    matter.add(matter.case.prevented(matter.actor("cor"), "list", what="There is a list."))
    assert matter.case.facts(POLICY).due is None
    for name in ("list", "other"):
        with refused("CASE-ACTION"):
            matter.case.prevented(matter.actor("cor"), name)


def test_there_is_no_case_without_events() -> None:
    with refused("CASE-UNKNOWN"):
        Case.of(reported().assigned().streams["case:c1"][1:])


def test_anybody_reports_and_nobody_is_told_who() -> None:
    made = Report(
        text="I saw it.", receipt=receipt("r1"), reporter="ben", name="Ben Smit", contact="ben@post.example"
    )
    (event,) = Case.report(actor("ben"), made, case="c1", awards=list(Matter({A1: done()}).awards.values()))
    assert isinstance(event, CaseReported)
    assert (event.by, event.by_name, event.role) == (None, None, None)
    sealed = event.sealed()
    confidential = [part for part in sealed.parts if part and part.record_class == "reporter"]
    assert [part.person for part in confidential] == ["ben"]
    others = [part for part in sealed.parts if part not in confidential]
    assert "ben" not in str((sealed.body, others)).lower()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"awards": ()}, "CASE-NO-SUBJECT"),
        ({"report": Report(text=" ", receipt=receipt("r"))}, "CASE-TEXT"),
        ({"report": Report(text="Wrong.", receipt="no digest")}, "POLICY-VALUE"),
        ({"addresses": ("https://platform.example/badgesandmore",)}, "CASE-PLATFORM"),
        ({"addresses": ("https://platform.example.evil.example/badges/1",)}, "CASE-PLATFORM"),
        ({"addresses": (f"{ADDRESS} x",)}, "POLICY-VALUE"),
        ({"holder": "fred"}, "CASE-ONE-HOLDER"),
        ({"earlier": [NOW] * 10}, "CASE-RATE"),
    ],
)
def test_a_report_that_cannot_be_taken_in_is_refused(changes: dict[str, object], code: str) -> None:
    given: dict[str, object] = {
        "report": report(),
        "case": "c1",
        "awards": list(Matter({A1: done()}).awards.values()),
    }
    with refused(code):
        Case.report(actor(None), **(given | changes))  # type: ignore[arg-type]  # a table of arguments


def test_what_was_never_awarded_is_not_doubted() -> None:
    assert reported(awards={A1: granted()})
    with refused("CASE-NO-BADGE"):
        reported(awards={A1: assess_all(opened(), actor("ada"))})


def test_a_case_is_about_one_holder() -> None:
    fred = assess_all(opened("a2", candidate="fred"), actor("ada"))
    with refused("CASE-ONE-HOLDER"):
        reported(awards={A1: done(), "award:a2": grant(fred, actor("ben"))})


def test_a_source_is_not_heard_more_often_than_it_can_mean_it() -> None:
    hour = [NOW - timedelta(minutes=minute) for minute in range(9)]
    check_rate(hour, NOW)
    with refused("CASE-RATE"):
        check_rate([*hour, NOW], NOW)
    check_rate([*hour, NOW - timedelta(minutes=60)], NOW)
    day = [NOW - timedelta(hours=2 + hour / 2) for hour in range(39)]
    check_rate(day, NOW)
    with refused("CASE-RATE"):
        check_rate([*day, NOW - timedelta(hours=23.9)], NOW)


def test_a_further_report_joins_the_open_case() -> None:
    matter = reported()
    with refused("CASE-RECEIPT-TAKEN"):
        matter.case.join(matter.actor(None), report("r1"), subjects=(A1,))
    for subjects in ((), ("award:a9",)):
        with refused("CASE-JOIN"):
            matter.case.join(matter.actor(None), report("r2"), subjects=subjects)
    now = matter.actor(None)
    with refused("CASE-RATE"):
        matter.case.join(now, report("r2"), subjects=(A1,), earlier=[now.now] * 10)
    assert share_out((A1, "award:a9"), [matter.case]) == ((matter.case, (A1,)), (None, ("award:a9",)))
    matter.add(matter.case.join(matter.actor(None), report("r2"), subjects=(A1,)))
    assert len(matter.case.reports) == 2
    assert matter.case.phase == "reported"
    matter.add(matter.case.acknowledge(matter.actor("cor"), receipt("r2")))
    with refused("CASE-RECEIPT"):
        matter.case.acknowledge(matter.actor("cor"), receipt("r3"))
    assert matter.case.acknowledge(matter.actor("cor"), receipt("r2")) == ()
    matter.investigated().decided("unfounded")
    with refused("CASE-JOIN"):
        matter.case.join(matter.actor(None), report("r3"), subjects=(A1,))
    assert share_out((A1, A1), [matter.case]) == ((None, (A1,)),)


def test_who_investigates_holds_the_right_for_the_badge() -> None:
    matter = reported()
    for person in ("dee", "hal", "nobody", EVE):
        with refused("CASE-INVESTIGATOR"):
            matter.case.assign(matter.actor("cor"), person, awards=matter.awards)
    with refused("POLICY-NO-RIGHT"):
        matter.case.assign(matter.actor("dee"), "cor", awards=matter.awards)
    with refused("CASE-AWARDS"):
        matter.case.assign(matter.actor("cor"), "cor", awards={})
    elsewhere = reported(team=staff(badges={"cor": ("host",)}))
    with refused("CASE-INVESTIGATOR"):
        elsewhere.case.assign(elsewhere.actor("ben"), "cor", awards=elsewhere.awards)
    matter.assigned("cor")
    with refused("CASE-NOT-ASSIGNED"):
        matter.case.assign(matter.actor("cor"), "ada", replaces="ben", awards=matter.awards)
    with refused("CASE-NOT-ASSIGNED"):
        matter.case.record_finding(matter.actor("ben"), "I looked too.")


@pytest.mark.parametrize("person", ["ada", "ben"])
def test_who_assessed_or_awarded_does_not_investigate_alone(person: str) -> None:
    matter = reported()
    with refused("CASE-AWARDER-REASON"):
        matter.case.assign(matter.actor(person), person, awards=matter.awards, reason=" ")
    (event,) = matter.case.assign(matter.actor(person), person, awards=matter.awards, reason="Cor is ill.")
    assert isinstance(event, InvestigatorAssigned)
    assert (event.exempt, event.reason) == (("awarder-investigates",), "Cor is ill.")
    matter.assigned("cor")
    (event,) = matter.case.assign(matter.actor(person), person, awards=matter.awards, reason="Cor is ill.")
    assert isinstance(event, InvestigatorAssigned)
    assert (event.exempt, event.reason) == ((), None)
    matter.add((event,))
    with refused("CASE-AWARDER-REASON"):
        matter.case.assign(matter.actor("cor"), person, replaces="cor", awards=matter.awards)


def test_a_policy_can_forbid_that_for_good() -> None:
    matter = reported(rules=policy(revocation={"awarder_investigates": "never"}))
    with refused("CASE-AWARDER-ALONE"):
        matter.case.assign(matter.actor("ada"), "ada", awards=matter.awards, reason="Cor is ill.")
    matter.assigned("cor", "ada")
    assert matter.case.investigators == ("cor", "ada")


def test_a_handover_moves_what_is_open() -> None:
    matter = reported().assigned("cor").prevented()
    assert (
        matter.case.hand_over(matter.actor("ben"), "ben", "cor", awards=matter.awards, reason="Left.") == ()
    )
    events = matter.case.hand_over(matter.actor("ben"), "ada", "cor", awards=matter.awards, reason="Left.")
    assert matter.add(events).case.actions["list"].owner == "cor"
    with refused("CASE-AWARDER-REASON"):
        matter.case.hand_over(matter.actor("ben"), "cor", "ada", awards=matter.awards, reason="")
    events = matter.case.hand_over(
        matter.actor("ben"), "cor", "ada", awards=matter.awards, reason="Cor left."
    )
    case = matter.add(events).case
    assert (case.investigators, case.actions["list"].owner) == (("ada",), "ada")
    assigned = [event for event in events if isinstance(event, InvestigatorAssigned)]
    assert [(one.handover, one.replaces, one.exempt) for one in assigned] == [
        (True, "cor", ("awarder-investigates",))
    ]
    with refused("POLICY-NO-RIGHT"):
        matter.case.hand_over(matter.actor("dee"), "ada", "cor", awards=matter.awards, reason="Left.")


def test_a_badge_is_suspended_meanwhile_and_counts_again() -> None:
    matter = reported()
    with refused("CASE-TEXT"):
        matter.case.suspend(matter.actor("cor"), awards=matter.awards, reason=" ")
    matter.add(matter.case.suspend(matter.actor("cor"), awards=matter.awards, reason="It is on a wall."))
    assert matter.case.pending == (SetSuspension(subject=A1),)
    with refused("CASE-EFFECTS-OPEN"):
        matter.case.suspend(matter.actor("cor"), awards=matter.awards, reason="Again.")
    assert matter.carried_out().award().status == "suspended"
    assert matter.award().facts(POLICY).phase == "suspended"
    with refused("CASE-STATUS"):
        matter.case.suspend(matter.actor("cor"), awards=matter.awards, reason="Again.")
    matter.add(matter.case.end_suspension(matter.actor("cor"), awards=matter.awards, reason="Not so bad."))
    assert matter.carried_out().award().status == "active"
    with refused("CASE-STATUS"):
        matter.case.end_suspension(matter.actor("cor"), awards=matter.awards, reason="Again.")


def test_a_policy_can_leave_badges_alone_meanwhile() -> None:
    matter = reported(rules=policy(revocation={"suspend_meanwhile": False}))
    with refused("CASE-SUSPEND-POLICY"):
        matter.case.suspend(matter.actor("cor"), awards=matter.awards, reason="It is on a wall.")


def test_another_case_does_not_lift_a_suspension_that_is_not_its_own() -> None:
    matter = reported()
    matter.add(matter.case.suspend(matter.actor("cor"), awards=matter.awards, reason="Wait."))
    matter.carried_out()
    other = Matter(matter.streams, hours=matter.hours, name="case:c2")
    other.add(Case.report(other.actor(None), report("r2"), case="c2", awards=(other.award(),)))
    other.add(other.case.suspend(other.actor("cor"), awards=other.awards, reason="Wait too."))
    other.carried_out().investigated().decided("unfounded").carried_out()
    assert other.award().status == "suspended"
    assert other.award().suspended_by == {"c1"}


def test_the_holder_is_heard_or_had_time_or_it_could_not_wait() -> None:
    def ready() -> Matter:
        matter = reported().assigned("cor")
        return matter.add(matter.case.record_finding(matter.actor("cor"), "Nobody saw her."))

    matter = ready()
    with refused("CASE-HEARING-TIME"):
        matter.case.offer_hearing(matter.actor("cor"), until=NOW)
    with refused("CASE-HEARING"):
        matter.decided("revoked")
    assert matter.decided("unfounded").case.decisions
    matter = ready()
    until = matter.actor("cor").now + timedelta(days=7)
    matter.add(matter.case.offer_hearing(matter.actor("cor"), until=until))
    with refused("CASE-HEARING"):
        matter.decided("revoked")
    assert not decision(matter.wait(8).decided("revoked")).exempt
    matter = ready()
    made = matter.case.decide(
        matter.actor("hal"), ruling("revoked"), awards=matter.awards, unheard_reason="It is in the papers."
    )
    assert decision(matter.add(made)).exempt == ("no-hearing",)
    assert decision(matter).unheard_reason == "It is in the papers."
    matter = ready()
    matter.add(matter.case.answer(matter.actor("cor"), None))
    assert not decision(matter.decided("revoked")).exempt


def decision(matter: Matter) -> CaseDecided:
    """The last decision of a case."""
    return matter.case.decisions[-1]


def test_only_the_holder_or_who_works_on_the_case_answers() -> None:
    matter = reported()
    for person in ("dee", None):
        with refused("POLICY-NO-RIGHT"):
            matter.case.answer(matter.actor(person), "I am the holder.")


def test_a_decision_follows_an_investigation() -> None:
    matter = reported()
    with refused("CASE-NOT-INVESTIGATED"):
        matter.decided("unfounded")
    with refused("CASE-NOT-INVESTIGATED"):
        matter.assigned("cor").decided("unfounded")
    with refused("CASE-TEXT"):
        matter.case.record_finding(matter.actor("cor"), "")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"grounds": " "}, "CASE-GROUNDS"),
        ({"ground": None}, "CASE-GROUND"),
        ({"ground": "dislike"}, "CASE-GROUND"),
        ({"reason": {}}, "CASE-REASON"),
        ({"reason": {"en": "Ada Bakker was wrong."}}, "CASE-REASON-NAMES"),
        ({"reason": {"en": "Right.", "nl": "ada bakker had het mis."}}, "CASE-REASON-NAMES"),
        ({"reason": {"en": "Bakker was wrong."}}, "CASE-REASON-NAMES"),
        ({"reason": {"en": "Write to eve@post.example."}}, "CASE-REASON-NAMES"),
        ({"reason": {"en": "Eve was not there."}, "names": ("Eve de Wit",)}, "CASE-REASON-NAMES"),
        ({"reason": {"en": "x" * 2001}}, "POLICY-VALUE"),
        ({"subjects": ("award:a9",)}, "CASE-SUBJECT"),
        ({"subjects": ()}, "CASE-DECIDED"),
    ],
)
def test_a_ruling_that_does_not_say_what_it_must_is_refused(changes: dict[str, object], code: str) -> None:
    matter = reported().investigated()
    with refused(code):
        matter.case.decide(matter.actor("hal"), ruling("revoked", **changes), awards=matter.awards)


@pytest.mark.parametrize(
    "text", ["The mark was wrong.", "A dee of wood.", "Het bewijs was niet echt.", "Bakkers!"]
)
def test_words_that_are_no_names_are_none(text: str) -> None:
    check_names_nobody(text, ("Mark Dee", "Ada Bakker", "", " "), "en")


@pytest.mark.parametrize(
    ("outcome", "effects"),
    [
        ("unfounded", ()),
        ("suspended", (SetSuspension(subject=A1),)),
        ("revoked", (SetRevocation(subject=A1, ground="criteria-not-met"),)),
        (
            "corrected",
            (
                Supersede(subject=A1, successor="a2", cause="correction"),
                SetRevocation(subject=A1, ground="criteria-not-met"),
            ),
        ),
    ],
)
def test_what_a_decision_does(outcome: CaseOutcome, effects: tuple[object, ...]) -> None:
    matter = reported().investigated().decided(outcome, successors={A1: "a2"})
    assert decision(matter).effects == effects
    assert decision(matter).ground == (None if outcome == "unfounded" else "criteria-not-met")
    assert (decision(matter).by, decision(matter).role) == ("hal", "board")


def test_what_stands_otherwise_is_not_decided_so() -> None:
    with refused("CASE-STATUS"):
        reported().investigated().decided("reinstated")
    with refused("CASE-SUCCESSOR"):
        reported().investigated().decided("corrected")
    revoked = reported().investigated().decided("revoked").carried_out()
    for outcome in ("revoked", "suspended", "corrected"):
        again = Matter(dict(revoked.streams), hours=revoked.hours, name="case:c2")
        again.add(Case.report(again.actor(None), report(), case="c2", awards=(again.award(),)))
        again.investigated()
        with refused("CASE-STATUS"):
            again.decided(outcome, successors={A1: "a2"})
        with refused("CASE-STATUS"):
            again.case.suspend(again.actor("cor"), awards=again.awards, reason="Wait.")
        assert not decision(again.decided("unfounded")).effects


def test_there_is_one_decision() -> None:
    matter = reported().investigated().decided("unfounded")
    with refused("CASE-DECIDED"):
        matter.decided("revoked")


def test_after_a_suspension_a_further_decision_follows() -> None:
    matter = reported().investigated().decided("suspended")
    with refused("CASE-EFFECTS-OPEN"):
        matter.decided("revoked")
    matter.carried_out()
    with refused("CASE-STATUS"):
        matter.decided("suspended")
    matter.decided("reinstated")
    assert matter.case.pending == (LiftSuspension(subject=A1, cases=("c1",)),)
    assert matter.carried_out().award().status == "active"
    with refused("CASE-DECIDED"):
        matter.decided("revoked")


def test_a_suspension_meanwhile_ends_with_the_doubt() -> None:
    matter = reported()
    matter.add(matter.case.suspend(matter.actor("cor"), awards=matter.awards, reason="Wait."))
    matter.carried_out().investigated().decided("unfounded")
    assert matter.case.pending == (LiftSuspension(subject=A1, cases=("c1",)),)
    assert matter.carried_out().award().status == "active"


def test_who_awarded_does_not_decide_while_others_can() -> None:
    matter = reported().investigated()
    for person in ("ada", "ben"):
        with refused("CASE-AWARDER-DECIDES"):
            matter.decided("revoked", by=person)
    alone = reported(team=staff("ada", "ben"))
    alone.add(alone.case.assign(alone.actor("ada"), "ada", awards=alone.awards, reason="Nobody else."))
    alone.add(alone.case.record_finding(alone.actor("ada"), "Nobody saw her."))
    alone.add(alone.case.answer(alone.actor(EVE), None))
    with refused("CASE-DECIDER-REASON"):
        alone.decided("revoked", by="ben")
    made = alone.case.decide(alone.actor("ben"), ruling("revoked"), awards=alone.awards, reason="We are two.")
    assert decision(alone.add(made)).exempt == ("awarder-decides",)
    assert decision(alone).exempt_reason == "We are two."


def test_two_people_take_part_in_a_decision_while_there_are_two() -> None:
    matter = reported().investigated()
    with refused("POLICY-EYES"):
        matter.decided("revoked", by="cor")
    alone = reported(team=staff("cor"))
    alone.investigated()
    with refused("POLICY-EYES-REASON"):
        alone.decided("revoked", by="cor")
    made = alone.case.decide(alone.actor("cor"), ruling("revoked"), awards=alone.awards, reason="I am alone.")
    assert decision(alone.add(made)).exempt == ("fewer-eyes",)


def test_nobody_works_on_a_doubt_about_their_own_badge() -> None:
    events = assess_all(opened(candidate="cor"), actor("ada"))
    matter = reported(awards={A1: grant(events, actor("ben"))})
    steps: list[Callable[[], object]] = [
        lambda: matter.case.assign(matter.actor("cor"), "ada", awards=matter.awards),
        lambda: matter.case.suspend(matter.actor("cor"), awards=matter.awards, reason="Wait."),
        lambda: matter.case.acknowledge(matter.actor("cor"), receipt("r1")),
        lambda: matter.case.hand_over(matter.actor("cor"), "ada", "ben", awards=matter.awards, reason="x"),
        lambda: matter.decided("unfounded", by="cor"),
        lambda: matter.informed(by="cor"),
        lambda: matter.closed(by="cor"),
    ]
    for step in steps:
        with refused("POLICY-OWN"):
            step()
    with refused("CASE-INVESTIGATOR"):
        matter.case.assign(matter.actor("ada"), "cor", awards=matter.awards, reason="x")
    assert matter.case.answer(matter.actor("cor"), "I was there.")


def test_effects_are_carried_out_in_their_order_and_once() -> None:
    matter = reported().investigated().decided("revoked")
    effect = matter.case.pending[0]
    other = SetRevocation(subject=A1, ground="mistake")
    for wrong in (other, SetSuspension(subject="award:a9")):
        with refused("CASE-EFFECT"):
            matter.carry(wrong)
    with refused("CASE-AWARDS"):
        matter.case.carry_out(matter.actor("ben"), effect, awards={})
    with refused("POLICY-NO-RIGHT"):
        matter.carry(effect, by="dee")
    matter.carry(effect)
    with refused("CASE-EFFECT"):
        matter.carry(effect)


def test_the_holder_is_told_until_when_to_object() -> None:
    matter = reported().investigated().decided("revoked").carried_out()
    (event,) = matter.case.inform(matter.actor("ben"), delivery())
    assert isinstance(event, HolderInformed)
    assert (event.person, event.object_until) == (EVE, datetime(2026, 4, 14, 22, tzinfo=UTC))
    assert matter.add((event,)).case.object_until == event.object_until


def test_a_case_ends_when_all_is_done() -> None:
    matter = reported()
    with refused("CASE-NOT-DECIDED"):
        matter.closed()
    matter.investigated().decided("revoked", guardian=True)
    with refused("CASE-EFFECTS-OPEN"):
        matter.closed()
    matter.carried_out()
    with refused("CASE-NOT-INFORMED"):
        matter.closed()
    matter.informed()
    with refused("CASE-NOT-INFORMED"):
        matter.closed()
    nobody = Delivery(outcome="impossible", language="nl", recipient="guardian", reason="There is none.")
    matter.add(matter.case.inform(matter.actor("ben"), nobody))
    with refused("CASE-NOT-PREVENTED"):
        matter.closed()
    with refused("CASE-TEXT"):
        matter.case.nothing_to_prevent_because(matter.actor("ben"), " ")
    matter.add(matter.case.nothing_to_prevent_because(matter.actor("ben"), "It happens once in ten years."))
    matter.closed()
    for step in _steps_of_an_open_case(matter):
        with refused("CASE-CLOSED"):
            step()


def _steps_of_an_open_case(matter: Matter) -> list[Callable[[], object]]:
    later = matter.actor("ben").now + timedelta(days=9)
    return [
        matter.closed,
        matter.prevented,
        matter.informed,
        lambda: matter.decided("revoked"),
        lambda: matter.assigned("cor"),
        lambda: matter.case.record_finding(matter.actor("cor"), "More."),
        lambda: matter.case.offer_hearing(matter.actor("cor"), until=later),
        lambda: matter.case.answer(matter.actor(EVE), "Late."),
        lambda: matter.case.nothing_to_prevent_because(matter.actor("ben"), "Because."),
    ]


def test_a_measure_has_a_name_an_owner_and_a_text() -> None:
    matter = reported().prevented()
    when = date(2026, 5, 1)
    for name, owner, what, code in (
        ("list", "ada", "Keep a list.", "CASE-ACTION-TAKEN"),
        ("other", EVE, "Keep a list.", "CASE-OWNER"),
        ("other", "ada", " ", "CASE-TEXT"),
        ("Other!", "ada", "Keep a list.", "POLICY-VALUE"),
    ):
        with refused(code):
            matter.case.prevent(matter.actor("ben"), name, owner=owner, due=when, what=what)


def _told(outcome: CaseOutcome = "revoked") -> Matter:
    return reported().investigated().decided(outcome).carried_out().informed()


def test_an_objection_is_made_in_time_and_once() -> None:
    with refused("CASE-NOT-DECIDED"):
        matter = reported()
        matter.case.record_objection(matter.actor(EVE), "I was there.")
    matter = _told()
    for person in ("dee", None):
        with refused("POLICY-NO-RIGHT"):
            matter.case.record_objection(matter.actor(person), "I was there.")
    with refused("CASE-TEXT"):
        matter.case.record_objection(matter.actor(EVE), "")
    with refused("CASE-SUBJECT"):
        matter.case.record_objection(matter.actor(EVE), "I was there.", subjects=("award:a9",))
    assert matter.case.record_objection(matter.actor("cor"), "By telephone: I was there.")
    matter.wait(41).add(matter.case.record_objection(matter.actor(EVE), "I was there."))
    with refused("CASE-OBJECTED"):
        matter.case.record_objection(matter.actor(EVE), "Again.")
    late = _told().wait(43)
    with refused("CASE-OBJECTION-LATE"):
        late.case.record_objection(late.actor(EVE), "I was there.")


def test_somebody_else_decides_on_an_objection() -> None:
    matter = _told()
    with refused("CASE-NO-OBJECTION"):
        matter.case.decide_objection(matter.actor("ada"), upheld=True, grounds="She was.")
    matter.prevented().closed()
    matter.add(matter.case.record_objection(matter.actor(EVE), "I was there."))
    assert (matter.case.closed, matter.case.phase) == (False, "objection")
    with refused("CASE-OBJECTION-OPEN"):
        matter.closed()
    with refused("CASE-SAME-DECIDER"):
        matter.case.decide_objection(matter.actor("hal"), upheld=False, grounds="No.")
    with refused("CASE-GROUNDS"):
        matter.case.decide_objection(matter.actor("cor"), upheld=False, grounds=" ")
    matter.add(matter.case.decide_objection(matter.actor("cor"), upheld=False, grounds="She was not."))
    assert matter.case.phase == "to-inform"
    with refused("CASE-NOT-INFORMED"):
        matter.closed()
    matter.informed()
    assert matter.case.object_until is None
    with refused("CASE-OBJECTED"):
        matter.case.record_objection(matter.actor(EVE), "Again.")
    assert matter.closed().case.phase == "closed"


def test_an_objection_that_is_upheld_leads_to_a_new_decision_by_somebody_else() -> None:
    matter = _told()
    matter.add(matter.case.record_objection(matter.actor(EVE), "I was there."))
    matter.add(matter.case.decide_objection(matter.actor("cor"), upheld=True, grounds="She was."))
    assert matter.case.phase == "to-decide"
    with refused("CASE-NOT-DECIDED"):
        matter.closed()
    with refused("CASE-SAME-DECIDER"):
        matter.decided("reinstated", by="hal", successors={A1: "a2"})
    with refused("CASE-AWARDER-DECIDES"):
        matter.decided("reinstated", by="ada", successors={A1: "a2"})
    team = Staff.of((*_granted_to("gus"),))
    matter.team = Staff((*matter.team.held, *team.held), matter.team.trained, matter.team.names)
    with refused("CASE-STATUS"):
        matter.decided("unfounded", by="gus")
    matter.decided("reinstated", by="gus", successors={A1: "a2"})
    assert matter.case.pending == (Supersede(subject=A1, successor="a2", cause="reinstatement"),)


def _granted_to(person: str) -> list[Event]:
    return [
        RoleGranted(
            at=NOW,
            by="ada",
            policy=POLICY.digest,
            person=person,
            person_name=person,
            holds="board",
            begins=NOW,
        )
    ]


def test_a_foreign_badge_is_annulled_suspended_and_reinstated() -> None:
    matter = foreign()
    assert matter.case.scopes == (None,)
    matter.add(matter.case.suspend(matter.actor("cor"), awards={}, reason="Wait."))
    assert matter.carried_out().case.suspended == {FOREIGN}
    matter.add(matter.case.end_suspension(matter.actor("cor"), awards={}, reason="Go on."))
    assert matter.carried_out().case.suspended == frozenset()
    matter.investigated().decided("suspended").carried_out()
    matter.decided("reinstated")
    assert matter.case.pending == (LiftSuspension(subject=FOREIGN, cases=("c1",)),)
    matter = foreign().investigated()
    with refused("CASE-STATUS"):
        matter.decided("reinstated")
    matter.decided("revoked")
    assert matter.case.pending == (AnnulForeignBadge(subject=FOREIGN, ground="criteria-not-met"),)
    matter.carried_out().informed()
    matter.add(matter.case.record_objection(matter.actor(EVE), "I was there."))
    matter.add(matter.case.decide_objection(matter.actor("cor"), upheld=True, grounds="She was."))
    with refused("CASE-STATUS"):
        matter.decided("unfounded", by="ada")
    with refused("CASE-STATUS"):
        matter.decided("revoked", by="ada")
    with refused("CASE-SUCCESSOR"):
        matter.decided("reinstated", by="ada")
    matter.decided("reinstated", by="ada", successors={FOREIGN: "a1"})
    effect = matter.case.pending[0]
    for awards in (
        {},
        {"award:a1": opened()},
        {"award:a1": grant(assess_all(opened(candidate="fred"), actor("ada")), actor("ben"))},
    ):
        wrong = Matter({**matter.streams, **awards}, hours=matter.hours)
        with refused("CASE-SUCCESSION" if awards else "CASE-AWARDS"):
            wrong.carry(effect)
    matter.streams[A1] = granted()
    assert matter.carry(effect).case.pending == ()
    with refused("CASE-SUBJECT"):
        matter.decided("corrected", subjects=(A1,))


def test_a_foreign_badge_is_corrected_with_or_without_one_of_ours() -> None:
    annul = AnnulForeignBadge(subject=FOREIGN, ground="criteria-not-met")
    assert foreign().investigated().decided("corrected").case.pending == (annul,)
    matter = foreign().investigated().decided("corrected", successors={FOREIGN: "a1"})
    assert matter.case.pending == (Supersede(subject=FOREIGN, successor="a1", cause="correction"), annul)


def test_nobody_knows_who_holds_a_foreign_badge() -> None:
    matter = foreign(holder=None).assigned("cor")
    matter.add(matter.case.record_finding(matter.actor("cor"), "Nobody of us awarded it."))
    assert not decision(matter.decided("revoked")).exempt
    matter.carried_out()
    nobody = Delivery(outcome="impossible", language="nl", reason="Nobody knows the holder.")
    matter.add(matter.case.inform(matter.actor("ben"), nobody)).prevented().closed()
    assert matter.case.facts(POLICY).person is None
    with refused("POLICY-NO-RIGHT"):
        matter.case.record_objection(matter.actor(None), "It is mine.")


def test_a_role_for_one_badge_is_none_for_a_foreign_one() -> None:
    matter = foreign()
    matter.team = staff("cor", "ben", badges={"cor": ("facilitator",)})
    with refused("POLICY-NO-RIGHT"):
        matter.case.assign(matter.actor("cor"), "ben", awards={})
    with refused("CASE-INVESTIGATOR"):
        matter.case.assign(matter.actor("ben"), "cor", awards={})


def test_a_case_about_several_badges_needs_the_right_for_each() -> None:
    events = assess_all(opened("a2", badge=OTHER_BADGE), actor("ada"), OTHER_BADGE)
    matter = reported(awards={A1: done(), "award:a2": grant(events, actor("ben"), badge=OTHER_BADGE)})
    assert matter.case.scopes == ("facilitator", "host")
    matter.team = staff(badges={"cor": ("host",)})
    with refused("POLICY-NO-RIGHT"):
        matter.case.suspend(matter.actor("cor"), awards=matter.awards, reason="Wait.")
    matter.team = staff()
    matter.investigated().decided("revoked", subjects=(A1,)).carried_out()
    assert matter.case.undecided == ("award:a2",)
    matter.decided("unfounded")
    assert [matter.award(name).status for name in ("a1", "a2")] == ["revoked", "active"]


def test_what_is_done_is_recorded_in_its_order() -> None:
    matter = reported().assigned("cor")
    early = actor("cor", days=1)
    steps: list[Callable[[], object]] = [
        lambda: matter.case.record_finding(early, "Before."),
        lambda: matter.case.join(early, report("r2"), subjects=(A1,)),
        lambda: matter.case.answer(actor(EVE, days=1), "Before."),
        lambda: matter.case.hand_over(early, "cor", "ada", awards=matter.awards, reason="x"),
    ]
    for step in steps:
        with refused("POLICY-ORDER"):
            step()
