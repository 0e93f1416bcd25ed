"""The procedure for a doubt about a badge, from the decision to the end."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from cases import A1, Matter, foreign, receipt, reported, ruling
from openbadge_issuer.policy.case_events import CaseOutcome, ObjectionDecided
from openbadge_issuer.policy.deciding import check_names_nobody
from openbadge_issuer.policy.effects import (
    Supersede,
)
from openbadge_issuer.policy.event import Event
from openbadge_issuer.policy.informing import Delivery
from openbadge_issuer.policy.notice_events import HolderInformed
from openbadge_issuer.policy.revoking import Case
from openbadge_issuer.policy.staff_events import RoleGranted
from openbadge_issuer.policy.standing import Staff
from procedures import (
    EVE,
    NOW,
    POLICY,
    delivery,
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


def test_the_holder_is_heard_or_had_time_or_it_could_not_wait() -> None:
    def ready() -> Matter:
        matter = reported().assigned("cor")
        return matter.add(matter.case.record_finding(matter.actor("cor"), "Nobody saw her."))

    matter = ready()
    with refused("CASE-HEARING-TIME"):
        matter.case.offer_hearing(matter.actor("cor"), until=NOW + timedelta(days=13))
    with refused("CASE-HEARING"):
        matter.decided("revoked")
    assert matter.decided("unfounded").case.decisions
    matter = ready()
    matter.add(matter.case.offer_hearing(matter.actor("cor")))
    with refused("CASE-HEARING"):
        matter.wait(15).decided("revoked")  # nobody told her
    asked = delivery(about="hearing")
    matter.add(matter.case.inform(matter.actor("ben"), replace(asked, outcome="failed", reason="Bounced.")))
    with refused("CASE-HEARING"):
        matter.decided("revoked")
    matter.add(matter.case.inform(matter.actor("ben"), asked))
    with refused("CASE-HEARING"):
        matter.decided("revoked")
    assert not matter.wait(15).decided("revoked").decision.exempt
    matter = ready()
    matter.add(matter.case.offer_hearing(matter.actor("cor"))).wait(15)
    never = Delivery(
        outcome="impossible", language="nl", about="hearing", reason="Nobody knows where she is."
    )
    matter.add(matter.case.inform(matter.actor("ben"), never))
    assert not matter.decided("revoked").decision.exempt
    matter = ready()
    made = matter.case.decide(
        matter.actor("hal"), ruling("revoked"), awards=matter.awards, unheard_reason="It is in the papers."
    )
    assert matter.add(made).decision.exempt == ("no-hearing",)
    assert matter.decision.unheard_reason == "It is in the papers."
    matter = ready()
    matter.add(matter.case.answer(matter.actor("cor"), None))
    assert not matter.decided("revoked").decision.exempt


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


def test_two_people_can_decide_anew_and_one_alone_with_a_reason() -> None:
    why = "We are two."
    rules = policy(awarding={"eyes": 1})
    matter = reported(team=staff("ben", "cor"), rules=rules).investigated("cor").decided("revoked", by="cor")
    matter.carried_out().informed()
    matter.add(matter.case.record_objection(matter.actor(EVE), "I was there."))
    matter.add(matter.case.decide_objection(matter.actor("ben"), upheld=True, grounds="She was."))

    def decide(person: str, reason: str | None) -> Iterable[Event]:
        made = ruling("reinstated", successors={A1: "a2"})
        return matter.case.decide(matter.actor(person), made, awards=matter.awards, reason=reason)

    with refused("CASE-SAME-DECIDER"):
        decide("cor", why)
    with refused("CASE-DECIDER-REASON"):  # Ben has awarded it
        decide("ben", None)
    assert matter.add(decide("ben", why)).decision.exempt == ("awarder-decides",)
    alone = reported(team=staff("cor"), rules=rules).investigated("cor")
    alone.decided("revoked", by="cor").carried_out("cor").informed("cor")
    alone.add(alone.case.record_objection(alone.actor(EVE), "I was there."))
    with refused("CASE-SAME-DECIDER-REASON"):
        alone.case.decide_objection(alone.actor("cor"), upheld=True, grounds="She was.")
    (event,) = alone.case.decide_objection(
        alone.actor("cor"), upheld=True, grounds="Yes.", reason="I am alone."
    )
    assert isinstance(event, ObjectionDecided)
    assert (event.exempt, event.exempt_reason) == (("same-decider",), "I am alone.")


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
    assert alone.add(made).decision.exempt == ("awarder-decides",)
    assert alone.decision.exempt_reason == "We are two."


def test_two_people_take_part_in_a_decision_while_there_are_two() -> None:
    matter = reported().investigated()
    with refused("POLICY-EYES"):
        matter.decided("revoked", by="cor")
    alone = reported(team=staff("cor"))
    alone.investigated()
    with refused("POLICY-EYES-REASON"):
        alone.decided("revoked", by="cor")
    made = alone.case.decide(alone.actor("cor"), ruling("revoked"), awards=alone.awards, reason="I am alone.")
    assert alone.add(made).decision.exempt == ("fewer-eyes",)


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
    return [
        matter.closed,
        matter.prevented,
        matter.informed,
        lambda: matter.decided("revoked"),
        lambda: matter.assigned("cor"),
        lambda: matter.case.record_finding(matter.actor("cor"), "More."),
        lambda: matter.case.offer_hearing(matter.actor("cor")),
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


def test_nobody_knows_who_holds_a_foreign_badge() -> None:
    matter = foreign(holder=None).assigned("cor")
    matter.add(matter.case.record_finding(matter.actor("cor"), "Nobody of us awarded it."))
    assert not matter.decided("revoked").decision.exempt
    matter.carried_out()
    nobody = Delivery(outcome="impossible", language="nl", reason="Nobody knows the holder.")
    matter.add(matter.case.inform(matter.actor("ben"), nobody)).prevented().closed()
    assert matter.case.facts(POLICY).person is None
    with refused("POLICY-NO-RIGHT"):
        matter.case.record_objection(matter.actor(None), "It is mine.")
