"""One award follows another: correction, reinstatement, claim, renewal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest

from cases import A1, Matter, receipt, reported, ruling
from openbadge_issuer.policy.award_events import AssessmentCarried, AwardOpened, Cause
from openbadge_issuer.policy.awarding import Award
from openbadge_issuer.policy.badge import BadgeDefinition
from openbadge_issuer.policy.case_events import CaseOutcome
from openbadge_issuer.policy.event import Event
from openbadge_issuer.policy.reporting import Report
from openbadge_issuer.policy.revoking import Case
from openbadge_issuer.policy.standing import Actor
from openbadge_issuer.policy.succession import Predecessor, open_successor
from procedures import (
    BADGE,
    EVE,
    NOW,
    OTHER_BADGE,
    POLICY,
    actor,
    assess_all,
    done,
    draft,
    grant,
    granted,
    opened,
    places,
    refused,
    sign,
    staff,
)

A2, A3 = "award:a2", "award:a3"
UNTIL = datetime(2028, 3, 2, 16, 48, tzinfo=UTC)  # of an award that was granted a fifth of a day after NOW


def follow(
    predecessor: Predecessor,
    cause: Cause,
    *,
    award: str = "a2",
    by: Actor | None = None,
    badge: BadgeDefinition = BADGE,
    carry: bool = True,
) -> tuple[Event, ...]:
    """Begin an award that follows another."""
    return open_successor(
        by or actor("cor", days=300),
        predecessor,
        award=award,
        cause=cause,
        definition=badge,
        version=1,
        carry=carry,
    )


def put_in_place(
    events: tuple[Event, ...],
    predecessor: Predecessor,
    *,
    by: Actor | None = None,
    badge: BadgeDefinition = BADGE,
) -> Mapping[str, tuple[Event, ...]]:
    """Grant it."""
    award, decider = Award.of(events), by or actor("cor", days=301)
    return award.grant_successor(
        decider,
        badge,
        predecessor=predecessor,
        drafts=(draft(award, decider, badge),),
        status=places(award.id),
        language="en",
    )


@pytest.mark.parametrize(
    ("cause", "until"),
    [("claim", UNTIL), ("renewal", datetime(2028, 12, 28, 12, tzinfo=UTC))],
)
def test_a_claim_keeps_the_period_and_a_renewal_begins_anew(cause: Cause, until: datetime) -> None:
    old = Predecessor(Award.of(done()))
    events = follow(old, cause)
    found = put_in_place(events, old)
    assert found.keys() == {A1, A2}
    new, replaced = Award.of((*events, *found[A2])), Award.of((*done(), *found[A1]))
    assert new.granted is not None
    assert old.award.granted is not None
    assert (new.granted.awarded, new.granted.valid_until) == (old.award.granted.awarded, until)
    assert (new.opened.replaces, replaced.successor) == ("a1", "a2")
    facts = replaced.facts(POLICY)
    assert (facts.phase, facts.key, facts.closed) == ("superseded", None, True)
    assert new.key == old.award.key
    assert replaced.status == "active"
    with refused("AWARD-REPLACED"):
        follow(Predecessor(replaced), "claim", award="a3", by=actor("cor", days=302))


def test_what_was_assessed_is_carried_over_with_who_did_it_and_when() -> None:
    old = Award.of(done())
    first, *carried = follow(Predecessor(old), "claim")
    assert isinstance(first, AwardOpened)
    assert all(isinstance(one, AssessmentCarried) for one in carried)
    new = Award.of((first, *carried))
    assert new.outcomes == old.outcomes
    assert {(one.by, one.at, one.role, one.source) for one in new.assessments} == {
        ("ada", NOW + timedelta(days=0.1), "manager", "a1")
    }
    found = put_in_place((first, *carried), Predecessor(old))
    second = Award.of((first, *carried, *found[A2]))
    again = follow(Predecessor(second), "claim", award="a3", by=actor("ben", days=400))
    assert {one.source for one in Award.of(again).assessments} == {"a1"}


def test_under_another_definition_everything_is_assessed_anew() -> None:
    old = Predecessor(Award.of(done()))
    assert len(follow(old, "renewal", badge=OTHER_BADGE)) == 1
    assert len(follow(old, "renewal", carry=False)) == 1
    events = follow(old, "renewal", carry=False)
    with refused("AWARD-CRITERIA-OPEN"):
        put_in_place(events, old)
    assert put_in_place(assess_all(events, actor("ada", days=300.5)), old)


def test_who_carried_over_nothing_and_decides_alone_is_not_enough() -> None:
    old = Predecessor(Award.of(done()))
    with refused("POLICY-EYES"):
        put_in_place(follow(old, "claim"), old, by=actor("ada", days=301))


def test_only_a_badge_that_counts_is_claimed_or_renewed() -> None:
    with refused("AWARD-NOT-GRANTED"):
        follow(Predecessor(Award.of(assess_all(opened(), actor("ada")))), "claim")
    matter = reported()
    matter.add(matter.case.suspend(matter.actor("cor"), awards=matter.awards, reason="Wait."))
    before = Predecessor(matter.award())
    events = follow(before, "claim")
    matter.carried_out()
    for cause in ("claim", "renewal"):
        with refused("AWARD-NOT-ACTIVE"):
            follow(Predecessor(matter.award()), cause)
    with refused("AWARD-NOT-ACTIVE"):
        put_in_place(events, Predecessor(matter.award()))


def test_an_award_that_follows_is_granted_with_the_one_that_it_follows() -> None:
    old = Predecessor(Award.of(done()))
    events = follow(old, "claim")
    with refused("AWARD-PREDECESSOR"):
        grant(events, actor("cor", days=301))
    with refused("AWARD-PREDECESSOR"):
        put_in_place(events, Predecessor(Award.of(done("a9"))))
    alone = assess_all(opened("a2", by=actor("cor", days=300)), actor("ada", days=300))
    with refused("AWARD-PREDECESSOR"):
        put_in_place(alone, old)
    with refused("POLICY-NO-RIGHT"):
        follow(old, "claim", by=actor("hal", days=300))


def corrected() -> Matter:
    """A case that waits for the award a2 in place of a1."""
    return reported().investigated().decided("corrected", successors={A1: "a2"})


def succeed(matter: Matter, old: str, new: str, cause: Cause, *, decider: str = "cor") -> Matter:
    """Begin and grant the award that a case waits for."""
    predecessor = Predecessor(matter.award(old), matter.case)
    events = follow(predecessor, cause, award=new, by=matter.actor("ben"))
    matter.streams[f"award:{new}"] = events
    return matter.merge(put_in_place(events, predecessor, by=matter.actor(decider)))


def test_a_correction_gives_a_new_badge_with_the_date_kept_and_revokes_the_old_one() -> None:
    matter = succeed(corrected(), "a1", "a2", "correction")
    old, new = matter.award("a1"), matter.award("a2")
    assert old.granted is not None
    assert new.granted is not None
    assert (old.successor, new.opened.replaces, new.opened.case) == ("a2", "a1", "c1")
    assert (new.granted.awarded, new.granted.valid_until) == (old.granted.awarded, old.granted.valid_until)
    assert [effect.kind for effect in matter.case.pending] == ["set-revocation"]
    matter.carried_out()
    assert (matter.award("a1").status, matter.award("a2").status) == ("revoked", "active")
    assert sign(matter.streams[A2], matter.actor("cor"))
    matter.informed().prevented().closed()


def test_no_case_no_correction() -> None:
    matter = reported().investigated().decided("revoked").carried_out()
    old = matter.award()
    for case in (None, matter.case):
        with refused("AWARD-SUCCESSION"):
            follow(Predecessor(old, case), "reinstatement")
    waiting = corrected()
    with refused("AWARD-SUCCESSION"):
        follow(Predecessor(waiting.award(), waiting.case), "correction", award="a9")
    with refused("AWARD-SUCCESSION"):
        follow(Predecessor(Award.of(done("a5")), waiting.case), "correction")
    with refused("CASE-SUCCESSION"):
        waiting.streams[A2] = granted("a2")
        waiting.carry(waiting.case.pending[0])


def test_a_correction_that_does_not_come_about_is_given_up() -> None:
    matter = corrected()
    predecessor = Predecessor(matter.award(), matter.case)
    events = follow(predecessor, "correction", by=matter.actor("ben"))
    supersede, revoke = matter.case.pending
    with refused("CASE-EFFECT"):
        matter.carry(revoke)
    assert supersede.kind == "supersede"
    with refused("CASE-TEXT"):
        matter.case.give_up(matter.actor("hal"), supersede, reason=" ")
    matter.informed()
    matter.add(matter.case.give_up(matter.actor("hal"), supersede, reason="She was never there at all."))
    with refused("CASE-EFFECT"):
        matter.case.give_up(matter.actor("hal"), supersede, reason="Again.")
    assert matter.carried_out().case.phase == "to-inform"
    with refused("AWARD-SUCCESSION"):
        put_in_place(events, Predecessor(matter.award(), matter.case), by=matter.actor("cor"))


def test_who_should_not_have_lost_a_badge_gets_a_new_one() -> None:
    matter = reported().investigated().decided("revoked").carried_out().informed()
    matter.add(matter.case.record_objection(matter.actor(EVE), "I was there."))
    matter.add(matter.case.decide_objection(matter.actor("ben"), upheld=True, grounds="She was."))
    matter.decided("reinstated", by="cor", successors={A1: "a2"})
    succeed(matter, "a1", "a2", "reinstatement")
    assert (matter.award("a1").status, matter.award("a2").status) == ("revoked", "active")
    assert (matter.award("a1").phase, matter.award("a2").phase) == ("revoked", "to-sign")
    matter.informed().prevented().closed()


def test_a_doubt_reaches_what_was_issued_anew_before_the_decision() -> None:
    matter = reported()
    old = Predecessor(matter.award())
    events = follow(old, "claim", by=matter.actor("ben"))
    matter.streams[A2] = events
    matter.merge(put_in_place(events, old, by=matter.actor("cor")))
    matter.add(matter.case.assign(matter.actor("ben"), "ben", awards=matter.awards, reason="Who else."))
    with refused("CASE-AWARDS"):
        matter.case.assign(matter.actor("ben"), "ben", awards={"a1": matter.award("a1")}, reason="x")
    matter.add(matter.case.record_finding(matter.actor("ben"), "Nobody saw her."))
    matter.add(matter.case.answer(matter.actor(EVE), None))
    matter.decided("revoked").carried_out()
    assert (matter.award("a1").status, matter.award("a2").status) == ("revoked", "revoked")


@pytest.mark.parametrize("outcome", ["revoked", "suspended"])
def test_a_doubt_reaches_what_was_issued_anew_after_the_decision(outcome: CaseOutcome) -> None:
    matter = reported().investigated().decided(outcome)
    old = Predecessor(matter.award())
    events = follow(old, "renewal", by=matter.actor("ben"))
    matter.streams[A2] = events
    matter.merge(put_in_place(events, old, by=matter.actor("cor")))
    effect = matter.case.pending[0]
    with refused("CASE-AWARDS"):
        matter.case.carry_out(matter.actor("ben"), effect, awards={"a1": matter.award("a1")})
    matter.carried_out()
    assert {award.status for award in matter.awards.values()} == {outcome}
    if outcome == "suspended":
        matter.decided("reinstated").carried_out()
        assert {award.status for award in matter.awards.values()} == {"active"}


def test_a_correction_that_was_wrong_is_corrected_again() -> None:
    matter = succeed(corrected(), "a1", "a2", "correction").carried_out().informed()
    matter.add(matter.case.record_objection(matter.actor(EVE), "My name is spelt otherwise."))
    matter.add(matter.case.decide_objection(matter.actor("cor"), upheld=True, grounds="It is."))
    matter.team = staff("ada", "ben", "cor", "dee")
    made, anew = matter.actor("cor"), ruling("corrected", successors={A1: "a3"})
    with refused("POLICY-EYES"):
        matter.case.decide(made, anew, awards=matter.awards, reason="All of us took part.")
    matter.add(matter.case.assign(matter.actor("cor"), "ben", awards=matter.awards, reason="All did."))
    matter.add(matter.case.record_finding(matter.actor("ben"), "The passport says so."))
    made = matter.actor("cor")
    with refused("CASE-DECIDER-REASON"):
        matter.case.decide(made, anew, awards=matter.awards)
    matter.add(matter.case.decide(made, anew, awards=matter.awards, reason="All of us took part."))
    succeed(matter, "a2", "a3", "correction", decider="ben").carried_out()
    assert [matter.award(name).status for name in ("a1", "a2", "a3")] == ["revoked", "revoked", "active"]


def test_a_report_about_what_was_replaced_is_about_the_badge_that_counts() -> None:
    matter = succeed(corrected(), "a1", "a2", "correction").carried_out()
    later = Matter(matter.streams, hours=matter.hours, name="case:c2")
    reported_again = Report(text="Still wrong.", receipt=receipt("r9"))
    later.add(Case.report(later.actor(None), reported_again, case="c2", awards=(later.award("a1"),)))
    later.add(later.case.assign(later.actor("ben"), "ben", awards=later.awards, reason="Who else."))
    later.add(later.case.record_finding(later.actor("ben"), "Nobody saw her."))
    later.add(later.case.answer(later.actor(EVE), None))
    later.decided("revoked").carried_out()
    assert (later.award("a1").status, later.award("a2").status) == ("revoked", "revoked")
