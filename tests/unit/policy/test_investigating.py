"""A doubt up to the decision: who investigates, what is suspended, who is heard."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cases import A1, Matter, foreign, receipt, report, reported
from openbadge_issuer.policy.case_events import InvestigatorAssigned
from openbadge_issuer.policy.effects import (
    SetSuspension,
)
from openbadge_issuer.policy.revoking import Case
from procedures import (
    EVE,
    POLICY,
    actor,
    assess_all,
    grant,
    opened,
    policy,
    refused,
    staff,
)


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
    with refused("CASE-OWNER"):
        matter.case.hand_over(matter.actor("ben"), "cor", EVE, awards=matter.awards, reason="Left.")
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


def test_only_the_holder_or_who_works_on_the_case_answers() -> None:
    matter = reported()
    for person in ("dee", None):
        with refused("POLICY-NO-RIGHT"):
            matter.case.answer(matter.actor(person), "I am the holder.")


def test_a_role_for_one_badge_is_none_for_a_foreign_one() -> None:
    matter = foreign()
    matter.team = staff("cor", "ben", badges={"cor": ("facilitator",)})
    with refused("POLICY-NO-RIGHT"):
        matter.case.assign(matter.actor("cor"), "ben", awards={})
    with refused("CASE-INVESTIGATOR"):
        matter.case.assign(matter.actor("ben"), "cor", awards={})


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
