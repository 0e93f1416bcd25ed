"""A candidate who does not agree objects, and somebody else decides on that."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from openbadge_issuer.policy.award_events import AwardObjectionDecided
from openbadge_issuer.policy.awarding import Award
from openbadge_issuer.policy.event import Event
from openbadge_issuer.policy.staff_events import RoleGranted
from procedures import BADGE, EVE, POLICY, actor, delivery, done, opened, refused, staff


def _not_yet(*, told: bool = True) -> tuple[Event, ...]:
    """Ada judged a criterion and decided "not yet", and Eve was told."""
    events = opened()
    events = (
        *events,
        *Award.of(events).assess(
            actor("ada"), BADGE, "led", "not-met", form="observation", observed="It was not an hour."
        ),
    )
    events = (*events, *Award.of(events).not_yet(actor("ada", days=1), feedback="A whole hour."))
    return (*events, *Award.of(events).inform(actor("ada", days=2), delivery())) if told else events


def _objected() -> tuple[Event, ...]:
    events = _not_yet()
    return (*events, *Award.of(events).record_objection(actor(EVE, days=3), "It was an hour."))


def test_an_objection_is_made_once_and_in_time() -> None:
    award = Award.of(_not_yet())
    assert award.object_until == datetime(2026, 4, 15, 22, tzinfo=UTC)  # six weeks from 4 March
    with refused("CASE-TEXT"):
        award.record_objection(actor(EVE, days=3), " ")
    with refused("AWARD-OBJECTION-CASE"):
        award.record_objection(actor(EVE, days=3), "It was an hour.", case="c1")
    with refused("AWARD-OBJECTION-LATE"):
        award.record_objection(actor(EVE, days=46), "It was an hour.")
    with refused("POLICY-NO-RIGHT"):
        award.record_objection(actor("hal", days=3), "It was an hour.")
    with refused("AWARD-NOT-DECIDED"):
        Award.of(opened()).record_objection(actor(EVE), "It was an hour.")
    assert award.record_objection(actor("dee", days=3), "By telephone: it was an hour.")
    with refused("AWARD-OBJECTED"):
        Award.of(_objected()).record_objection(actor(EVE, days=4), "Again.")
    facts = Award.of(_objected()).facts(POLICY)
    assert (facts.phase, facts.closed, facts.due) == (
        "objection", False, datetime(2026, 4, 16, 22, tzinfo=UTC),
    )  # fmt: skip


def test_somebody_else_decides_and_a_not_yet_is_assessed_anew() -> None:
    award = Award.of(_objected())
    with refused("CASE-SAME-DECIDER"):
        award.decide_objection(actor("ada", days=4), upheld=True, reason="It was.")
    with refused("POLICY-NO-RIGHT"):
        award.decide_objection(actor("dee", days=4), upheld=True, reason="It was.")
    with refused("AWARD-FEEDBACK"):
        award.decide_objection(actor("ben", days=4), upheld=True, reason=" ")
    with refused("AWARD-NO-OBJECTION"):
        Award.of(_not_yet()).decide_objection(actor("ben", days=4), upheld=True, reason="It was.")
    upheld = award.decide_objection(actor("ben", days=4), upheld=True, reason="It was.")
    again = Award.of((*_objected(), *upheld))
    assert (again.phase, again.notices, again.objection) == ("open", (), None)
    assert again.inform(actor("ben", days=5), delivery())
    assert again.not_yet(actor("ada", days=5), feedback="Now the plan is lacking.")
    rejected = award.decide_objection(actor("ben", days=4), upheld=False, reason="It was not.")
    assert Award.of((*_objected(), *rejected)).phase == "not-yet"


def test_who_is_alone_decides_with_a_reason() -> None:
    alone = staff("ada")
    with refused("CASE-SAME-DECIDER-REASON"):
        Award.of(_objected()).decide_objection(actor("ada", days=4, team=alone), upheld=False, reason="No.")
    (event,) = Award.of(_objected()).decide_objection(
        actor("ada", days=4, team=alone), upheld=False, reason="No.", exception="I am alone."
    )
    assert isinstance(event, AwardObjectionDecided)
    assert (event.exempt, event.exempt_reason) == (("same-decider",), "I am alone.")


def test_nobody_decides_on_an_objection_of_their_own() -> None:
    granted = RoleGranted(
        at=actor("ada").now, by="ada", policy=POLICY.digest, person=EVE, person_name="Eve", holds="manager",
        begins=actor("ada").now,
    )  # fmt: skip
    team = staff().then((granted,))
    with refused("POLICY-OWN"):
        Award.of(_objected()).decide_objection(actor(EVE, days=4, team=team), upheld=True, reason="Yes.")


@pytest.mark.parametrize("days", [3, 40])
def test_about_a_badge_that_was_awarded_a_case_decides(days: float) -> None:
    award = Award.of(done())
    with refused("AWARD-OBJECTION-CASE"):
        award.record_objection(actor(EVE, days=days), "My name is wrong.")
    objected = award.record_objection(actor(EVE, days=days), "My name is wrong.", case="c1")
    after = Award.of((*done(), *objected))
    assert (after.phase, after.objection_case, after.objection) == ("done", "c1", None)
    with refused("AWARD-NO-OBJECTION"):
        after.decide_objection(actor("cor", days=days + 1), upheld=True, reason="It is.")
