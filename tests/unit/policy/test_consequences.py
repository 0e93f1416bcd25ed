"""What a decision does to badges, and how that is carried out."""

from __future__ import annotations

import pytest

from cases import A1, FOREIGN, Matter, foreign, report, reported
from openbadge_issuer.policy.case_events import CaseOutcome
from openbadge_issuer.policy.effects import (
    AnnulForeignBadge,
    LiftSuspension,
    SetRevocation,
    SetSuspension,
    Supersede,
)
from openbadge_issuer.policy.revoking import Case
from procedures import (
    EVE,
    OTHER_BADGE,
    actor,
    assess_all,
    done,
    grant,
    granted,
    opened,
    refused,
    staff,
)


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
    assert matter.decision.effects == effects
    assert matter.decision.ground == (None if outcome == "unfounded" else "criteria-not-met")
    assert (matter.decision.by, matter.decision.role) == ("hal", "board")


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
        assert not again.decided("unfounded").decision.effects


def test_there_is_one_decision() -> None:
    matter = reported().investigated().decided("unfounded")
    with refused("CASE-DECIDED"):
        matter.decided("revoked")
    with refused("CASE-DECIDED"):
        matter.decided("revoked", subjects=(A1,))


def test_what_was_suspended_and_then_revoked_is_revoked() -> None:
    matter = reported()
    matter.add(matter.case.suspend(matter.actor("cor"), awards=matter.awards, reason="Wait."))
    matter.carried_out().investigated().decided("revoked").carried_out()
    assert (matter.award().status, matter.award().phase) == ("revoked", "revoked")


def test_two_cases_that_revoke_a_badge_revoke_it_once() -> None:
    first = reported()
    second = Matter(first.streams, hours=first.hours, name="case:c2")
    second.add(Case.report(second.actor(None), report("r2"), case="c2", awards=(second.award(),)))
    second.investigated().decided("revoked")
    first.hours = second.hours
    first.investigated().decided("revoked").carried_out()
    found = second.case.carry_out(first.actor("ben"), second.case.pending[0], awards=first.awards)
    assert found.keys() == {"case:c2"}


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
