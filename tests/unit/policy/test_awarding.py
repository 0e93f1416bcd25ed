"""The award procedure, step by step: what each lets through, and what it refuses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import combinations
from typing import TypeAlias

import pytest

from openbadge_issuer.errors import PolicyError
from openbadge_issuer.policy.award_events import (
    AwardGranted,
    AwardOpened,
    CredentialSigned,
    CriterionAssessed,
    Outcome,
    StatusPlace,
)
from openbadge_issuer.policy.awarding import Award
from openbadge_issuer.policy.badge import BadgeDefinition, EvidenceForm
from openbadge_issuer.policy.event import Event
from openbadge_issuer.policy.event_values import EvidenceReference
from openbadge_issuer.policy.granting import Draft
from openbadge_issuer.policy.informing import Delivery
from openbadge_issuer.policy.signed_copy import SignedCopy
from openbadge_issuer.policy.staff_events import RoleEnded, RoleGranted
from openbadge_issuer.policy.standing import Staff
from procedures import (
    BADGE,
    DIGEST,
    EVE,
    LIST,
    NOW,
    OTHER_BADGE,
    PLAN,
    POLICY,
    actor,
    assess_all,
    delivery,
    done,
    draft,
    grant,
    granted,
    opened,
    places,
    policy,
    refused,
    sign,
    signed_copy,
    staff,
)


def _judged(
    events: tuple[Event, ...], criterion: str, outcome: Outcome, by: str = "ada"
) -> tuple[Event, ...]:
    found = (
        Award.of(events).assess(
            actor(by, days=0.1), BADGE, criterion, outcome, form="document", evidence=(PLAN,)
        )
        if criterion == "planned"
        else Award.of(events).assess(
            actor(by, days=0.1), BADGE, criterion, outcome, form="observation", observed="Saw it."
        )
    )
    return (*events, *found)


def test_an_award_walks_from_open_to_done() -> None:
    events = opened()
    assert Award.of(events).phase == "open"
    events = assess_all(events, actor("ada", days=0.1))
    assert Award.of(events).phase == "assessed"
    events = grant(events, actor("ben", days=0.2))
    assert Award.of(events).phase == "to-sign"
    events = sign(events, actor("ben", days=0.3))
    assert Award.of(events).phase == "to-publish"
    events = (*events, *Award.of(events).publish(actor("ben", days=0.4)))
    assert Award.of(events).phase == "to-inform"
    events = (*events, *Award.of(events).inform(actor("ben", days=0.5), delivery()))
    assert Award.of(events).phase == "done"
    assert Award.of(events).status == "active"


def test_the_facts_say_what_is_due_and_when() -> None:
    due_to_decide = datetime(2026, 4, 13, 22, tzinfo=UTC)  # the end of the day in Amsterdam, six weeks later
    facts = Award.of(opened()).facts(POLICY)
    assert (facts.phase, facts.due, facts.person, facts.closed) == ("open", due_to_decide, EVE, False)
    assert facts.key == "facilitator/eve/"
    due_to_inform = datetime(2026, 3, 9, 23, tzinfo=UTC)
    assert Award.of(granted()).facts(POLICY).due == due_to_inform
    facts = Award.of(done()).facts(POLICY)
    assert (facts.phase, facts.due, facts.closed) == ("done", None, True)


def test_the_key_is_the_same_whenever_the_same_is_asked_for() -> None:
    def key(occasion: str | None, version: int) -> str | None:
        found = Award.open(
            actor("ada"), award="a1", candidate=EVE, definition=BADGE, version=version, occasion=occasion
        )
        return Award.of(found).key

    assert key("camp-2026", 1) == key("camp-2026", 2) == "facilitator/eve/camp-2026"
    assert key(None, 1) != key("camp-2026", 1)


def test_opening_records_the_version_the_criteria_and_what_else_was_considered() -> None:
    (event,) = Award.open(
        actor("ada"), award="a1", candidate=EVE, definition=BADGE, version=3, alternatives=("host",)
    )
    assert isinstance(event, AwardOpened)
    assert (event.version, event.definition, event.alternatives) == (3, BADGE.digest, ("host",))
    assert (event.mandatory, event.optional) == (("led", "planned"), ("reflected",))
    assert (event.by, event.role, event.policy, event.at) == ("ada", "manager", POLICY.digest, NOW)


def test_only_who_assesses_or_awards_opens() -> None:
    assert opened(by=actor("dee"))
    with refused("POLICY-NO-RIGHT"):
        opened(by=actor("hal"))
    with refused("POLICY-NO-RIGHT"):
        opened(by=actor(None))


def test_there_is_no_award_without_events() -> None:
    with refused("AWARD-UNKNOWN"):
        Award.of(())
    with refused("AWARD-UNKNOWN"):
        Award.of(assess_all(opened(), actor("ada"))[1:])


Judgement: TypeAlias = tuple[str, Outcome, EvidenceForm, str | None, tuple[EvidenceReference, ...]]
"""A criterion, its outcome, the form in which it was shown, what was seen, and what there is to look at."""


def _judge(judgement: Judgement, by: str) -> CriterionAssessed:
    criterion, outcome, form, observed, evidence = judgement
    (event,) = Award.of(opened()).assess(
        actor(by), BADGE, criterion, outcome, form=form, observed=observed, evidence=evidence
    )
    assert isinstance(event, CriterionAssessed)
    return event


@pytest.mark.parametrize(
    ("judgement", "code"),
    [
        (("juggled", "met", "observation", "Saw it.", ()), "AWARD-CRITERION"),
        (("led", "not-applicable", "observation", "Saw it.", ()), "AWARD-NOT-APPLICABLE"),
        (("planned", "met", "observation", "Saw it.", ()), "AWARD-FORM"),
        (("planned", "not-met", "test", None, (PLAN,)), "AWARD-FORM"),
        (("led", "met", "observation", " ", ()), "AWARD-OBSERVATION"),
        (("led", "met", "observation", None, (PLAN,)), "AWARD-OBSERVATION"),
        (("planned", "met", "document", "Read it.", ()), "AWARD-EVIDENCE"),
        (("planned", "not-met", "observation", None, ()), "AWARD-OBSERVATION"),
        (("led", "met", "observation", "x" * 20_001, ()), "POLICY-VALUE"),
    ],
)
def test_a_judgement_that_is_not_as_it_must_be_is_refused(judgement: Judgement, code: str) -> None:
    with refused(code):
        _judge(judgement, "ada")


@pytest.mark.parametrize(
    "judgement",
    [
        ("led", "met", "document", None, (PLAN,)),
        ("led", "met", "document", "A clear plan.", (PLAN, PLAN)),
        ("reflected", "not-applicable", "observation", "There was no time.", ()),
        ("planned", "not-met", "observation", "There is no plan.", ()),
    ],
)
def test_a_judgement_keeps_what_was_seen_and_shown(judgement: Judgement) -> None:
    event = _judge(judgement, "dee")
    assert (event.by, event.role) == ("dee", "assessor")
    shown = (event.criterion, event.outcome, event.form, event.observed, event.evidence or ())
    assert shown == judgement


def test_a_refusal_names_the_place_of_what_cannot_be_recorded() -> None:
    with pytest.raises(PolicyError) as caught:
        Award.of(opened()).assess(
            actor("ada"), BADGE, "led", "met", form="observation", observed="x" * 20_001
        )
    assert (caught.value.code, caught.value.pointer) == ("POLICY-VALUE", "/observed")
    assert "xxx" not in str(caught.value)


def test_evidence_is_public_only_where_the_policy_and_the_candidate_want_it() -> None:
    shown = PLAN.model_copy(update={"public": True, "url": "https://badges.example/plan.pdf"})
    award = Award.of(opened())
    assert award.assess(actor("ada"), BADGE, "planned", "met", form="document", evidence=(shown,))
    rules = policy(publication={"base": "https://badges.example", "evidence": "never"})
    strict = actor("ada", rules=rules)
    assert award.assess(strict, BADGE, "planned", "met", form="document", evidence=(PLAN,))
    with refused("AWARD-EVIDENCE-PRIVATE"):
        award.assess(strict, BADGE, "planned", "met", form="document", evidence=(PLAN, shown))


def test_a_later_judgement_counts_and_the_earlier_one_stays() -> None:
    events = _judged(_judged(opened(), "led", "not-met"), "led", "met", by="ben")
    award = Award.of(events)
    assert award.outcomes == {"led": "met"}
    assert [(one.by, one.outcome) for one in award.assessments] == [("ada", "not-met"), ("ben", "met")]
    assert award.agreeing == {"ben"}
    assert award.involved == {"ada", "ben"}


def test_another_definition_is_refused() -> None:
    changed = BADGE.model_copy(update={"level": "4"})
    with refused("AWARD-DEFINITION"):
        Award.of(opened()).assess(actor("ada"), changed, "led", "met", form="observation", observed="Yes.")
    events = assess_all(opened(), actor("ada"))
    with refused("AWARD-DEFINITION"):
        Award.of(events).grant(actor("ben"), changed, drafts=(), language="en")


def test_nobody_judges_or_decides_about_themselves() -> None:
    events = opened(candidate="ben")
    with refused("POLICY-OWN"):
        assess_all(events, actor("ben"))
    events = assess_all(events, actor("ada"))
    with refused("POLICY-OWN"):
        grant(events, actor("ben"))
    with refused("POLICY-OWN"):
        Award.of(events).not_yet(actor("ben"), feedback="Not yet.")
    assert grant(events, actor("cor"))


NAMES = [one.id for one in BADGE.criteria]
SUBSETS = [names for size in range(len(NAMES) + 1) for names in combinations(NAMES, size)]


@pytest.mark.parametrize("unmet", SUBSETS, ids=lambda names: "-".join(names) or "none")
@pytest.mark.parametrize("how", ["not-met", "left out"])
def test_no_badge_while_a_mandatory_criterion_is_open(unmet: tuple[str, ...], how: str) -> None:
    events = opened()
    for criterion in BADGE.criteria:
        if criterion.id not in unmet:
            events = _judged(events, criterion.id, "met")
        elif how == "not-met":
            events = _judged(events, criterion.id, "not-met")
    if set(unmet) & BADGE.mandatory:
        with refused("AWARD-CRITERIA-OPEN"):
            grant(events, actor("ben", days=1))
    else:
        assert Award.of(grant(events, actor("ben", days=1))).granted


def test_a_badge_of_optional_criteria_still_recognises_something() -> None:
    criteria = tuple(one.model_copy(update={"mandatory": False}) for one in BADGE.criteria)
    badge = BADGE.model_copy(update={"criteria": criteria})
    events = opened(badge=badge)
    with refused("AWARD-NOTHING-MET"):
        grant(events, actor("ada"), badge=badge)
    seen = Award.of(events).assess(
        actor("ada"), badge, "reflected", "not-applicable", form="observation", observed="No time."
    )
    with refused("AWARD-NOTHING-MET"):
        grant((*events, *seen), actor("ben"), badge=badge)
    assert grant(assess_all(events, actor("ada"), badge), actor("ben"), badge=badge)


def test_two_people_take_part_while_there_are_two() -> None:
    events = assess_all(opened(), actor("ada"))
    with refused("POLICY-EYES"):
        grant(events, actor("ada"))
    assert grant(events, actor("ben"))
    with_second = _judged(events, "led", "met", by="dee")
    assert grant(with_second, actor("ada", days=1))
    disagreed = _judged(_judged(events, "led", "not-met", by="dee"), "led", "met")
    with refused("POLICY-EYES"):
        grant(disagreed, actor("ada", days=1))


def _granted_alone(reason: str | None, team: Staff, badge: BadgeDefinition = BADGE) -> AwardGranted:
    alone = actor("ada", days=1, team=team)
    award = Award.of(assess_all(opened(), actor("ada"), badge))
    (event,) = award.grant(
        alone, badge, drafts=(draft(award, alone),), status=places("a1"), language="en", reason=reason
    )
    assert isinstance(event, AwardGranted)
    return event


def test_one_person_decides_alone_only_where_there_is_nobody_else_and_says_why() -> None:
    alone = staff("ada", "hal")
    event = _granted_alone("The others have left.", alone)
    assert (event.exempt, event.reason) == (("fewer-eyes",), "The others have left.")
    for empty in (None, "  "):
        with refused("POLICY-EYES-REASON"):
            _granted_alone(empty, alone)
    with refused("POLICY-EYES"):
        _granted_alone("I was in a hurry.", staff("ada", "dee"))
    elsewhere = staff("ada", "ben", badges={"ben": ("host",)})
    assert _granted_alone("Nobody else for this badge.", elsewhere).exempt


def test_a_reason_that_is_not_needed_is_not_recorded() -> None:
    award = Award.of(assess_all(opened(), actor("ada")))
    ben = actor("ben")
    (event,) = award.grant(
        ben, BADGE, drafts=(draft(award, ben),), status=places("a1"), language="en", reason="In a hurry."
    )
    assert isinstance(event, AwardGranted)
    assert (event.exempt, event.reason) == ((), None)


def test_as_many_eyes_as_there_are_when_the_policy_asks_for_more() -> None:
    rules = policy(awarding={"eyes": 3})
    team = staff("ada", "ben")
    award = Award.of(assess_all(opened(), actor("ada")))
    both = actor("ben", team=team, rules=rules)
    with refused("POLICY-EYES-REASON"):
        award.grant(both, BADGE, drafts=(draft(award, both),), status=places("a1"), language="en")
    one = actor("ada", team=team, rules=rules)
    with refused("POLICY-EYES"):
        award.grant(
            one, BADGE, drafts=(draft(award, one),), status=places("a1"), language="en", reason="No others."
        )


def test_who_held_no_role_when_judging_does_not_count() -> None:
    events = assess_all(opened(), actor("dee"))
    assert grant(events, actor("ada"))
    ended = RoleEnded(
        at=NOW, by="ada", policy=POLICY.digest, person="dee", ended="assessor", ends=NOW - timedelta(days=1)
    )
    team = Staff.of((*_role_events(), ended))
    with refused("AWARD-ASSESSOR"):
        grant(events, actor("ada", team=team))
    again = assess_all(events, actor("ben", team=team))
    assert grant(again, actor("ada", team=team))


def _role_events() -> list[Event]:
    return [
        RoleGranted(
            at=NOW - timedelta(days=9),
            by="founder",
            policy=POLICY.digest,
            person=person,
            person_name=person,
            holds=role,
            begins=NOW - timedelta(days=9),
        )
        for person, role in (("ada", "manager"), ("ben", "manager"), ("dee", "assessor"))
    ]


def test_who_has_left_cannot_judge_and_what_they_judged_still_counts() -> None:
    events = assess_all(opened(), actor("dee"))
    ended = RoleEnded(
        at=NOW, by="ada", policy=POLICY.digest, person="dee", ended="assessor", ends=NOW + timedelta(hours=1)
    )
    team = Staff.of((*_role_events(), ended))
    with refused("POLICY-NO-RIGHT"):
        assess_all(events, actor("dee", days=1, team=team))
    assert grant(events, actor("ada", days=1, team=team))


def test_a_decision_is_taken_once() -> None:
    events = granted()
    for step in _all_before_decision():
        with refused("AWARD-NOT-OPEN"):
            step(Award.of(events))


def _all_before_decision() -> list[Callable[[Award], object]]:
    late = actor("ada", days=9)
    return [
        lambda award: award.assess(late, BADGE, "led", "met", form="observation", observed="Saw it."),
        lambda award: award.grant(late, BADGE, drafts=(), language="en"),
        lambda award: award.not_yet(late, feedback="Not yet."),
        lambda award: award.withdraw(late),
    ]


def test_not_yet_is_an_outcome_with_feedback_after_which_assessing_goes_on() -> None:
    events = _judged(opened(), "led", "not-met")
    with refused("AWARD-FEEDBACK"):
        Award.of(events).not_yet(actor("ben", days=1), feedback=" ")
    events = (*events, *Award.of(events).not_yet(actor("ben", days=1), feedback="Lead a whole workshop."))
    award = Award.of(events)
    facts = award.facts(POLICY)
    assert (facts.phase, facts.due, facts.closed) == ("not-yet", None, True)
    assert award.inform(actor("ben", days=2), delivery())
    with refused("AWARD-NOTHING-NEW"):
        award.not_yet(actor("ben", days=2), feedback="Still not.")
    with refused("AWARD-NOTHING-NEW"):
        grant(events, actor("ben", days=2))
    events = assess_all(events, actor("ada", days=20))
    assert Award.of(events).facts(POLICY).due == datetime(2026, 4, 14, 22, tzinfo=UTC)
    assert Award.of(grant(events, actor("ben", days=21))).phase == "to-sign"


def test_the_candidate_withdraws_or_has_it_recorded() -> None:
    events = assess_all(opened(), actor("ada"))
    for who in (EVE, "ada"):
        gone = Award.of((*events, *Award.of(events).withdraw(actor(who, days=1), reason="Moved away.")))
        assert (gone.phase, gone.facts(POLICY).closed) == ("withdrawn", True)
        for step in _all_before_decision():
            with refused("AWARD-NOT-OPEN"):
                step(gone)
    with refused("POLICY-NO-RIGHT"):
        Award.of(events).withdraw(actor("hal", days=1))


def test_what_is_done_is_recorded_in_its_order() -> None:
    events = assess_all(opened(), actor("ada", days=1))
    with refused("POLICY-ORDER"):
        grant(events, actor("ben", days=0.5))
    with refused("POLICY-ORDER"):
        Award.of(events).withdraw(actor(EVE))


def test_a_decision_carries_all_that_is_signed() -> None:
    award = Award.of(assess_all(opened(), actor("ada")))
    ben = actor("ben", days=0.5)
    (event,) = award.grant(
        ben, BADGE, drafts=(draft(award, ben),), status=places("a1"), language="nl", guardian=True
    )
    assert isinstance(event, AwardGranted)
    assert event.criteria == {"led": "met", "planned": "met"}
    assert event.awarded == NOW + timedelta(days=0.5)
    assert event.valid_until == datetime(2028, 3, 3, 0, 0, tzinfo=UTC)
    assert (event.language, event.guardian, event.status) == ("nl", True, places("a1"))
    assert [(one.version, one.id, one.proof) for one in event.drafts] == [
        ("3.0", "urn:example:a1", "eddsa-rdfc-2022")
    ]
    assert event.documents == (draft(award, ben).document,)


def _change(**members: object) -> Draft:
    award = Award.of(opened())
    made = draft(award, actor("ben"))
    return Draft(made.version, made.proof, {**made.document, **members})  # type: ignore[dict-item]  # of a test


@pytest.mark.parametrize(
    ("drafts", "status", "code"),
    [
        ((), places("a1"), "AWARD-DRAFTS"),
        ((_change(), _change()), places("a1"), "AWARD-DRAFTS"),
        ((_change(),), (), "AWARD-STATUS-PLACE"),
        ((_change(),), (*places("a1"), *places("a2")), "AWARD-STATUS-PLACE"),
        ((_change(),), (StatusPlace(purpose="suspension", list=LIST, index=1),), "AWARD-STATUS-PLACE"),
        ((_change(id=None),), places("a1"), "AWARD-DRAFT-FORM"),
        ((_change(proof={}),), places("a1"), "AWARD-DRAFT-FORM"),
        ((_change(awardedDate=None),), places("a1"), "AWARD-DRAFT-DATE"),
        ((_change(awardedDate="2026-03-02"),), places("a1"), "AWARD-DRAFT-DATE"),
        ((_change(validUntil="2030-01-01T00:00:00Z"),), places("a1"), "AWARD-DRAFT-DATE"),
        ((_change(),), places("a2"), "AWARD-DRAFT-STATUS"),
        ((_change(credentialStatus=None),), places("a1"), "AWARD-DRAFT-STATUS"),
        ((_change(credentialStatus=["x"]),), places("a1"), "AWARD-DRAFT-STATUS"),
        ((_change(credentialStatus={"statusPurpose": ["x"]}),), places("a1"), "AWARD-DRAFT-STATUS"),
        ((Draft("3.0", "of my own", _change().document),), places("a1"), "POLICY-VALUE"),
    ],
)
def test_a_document_that_says_otherwise_than_the_decision_is_refused(
    drafts: tuple[Draft, ...], status: tuple[StatusPlace, ...], code: str
) -> None:
    award = Award.of(assess_all(opened(), actor("ada")))
    with refused(code):
        award.grant(actor("ben"), BADGE, drafts=drafts, status=status, language="en")


def test_a_badge_of_version_2_needs_no_place_in_a_list() -> None:
    award, ben = Award.of(assess_all(opened(), actor("ada"))), actor("ben")
    document = {"id": "https://badges.example/assertions/1", "issuedOn": "2026-03-02T13:00:00+01:00"}
    until = {"expires": "2028-03-02T12:00:00Z"}
    hosted = Draft("2.0", "hosted", {**document, **until})
    assert award.grant(ben, BADGE, drafts=(hosted,), language="en")
    both = award.grant(ben, BADGE, drafts=(draft(award, ben), hosted), status=places("a1"), language="en")
    assert isinstance(both[0], AwardGranted)
    assert [one.version for one in both[0].drafts] == ["3.0", "2.0"]
    with refused("AWARD-DRAFT-DATE"):
        award.grant(ben, BADGE, drafts=(Draft("2.0", "hosted", {**document}),), language="en")


@pytest.mark.parametrize("events", [opened(), assess_all(opened(), actor("ada"))], ids=["open", "assessed"])
def test_no_dossier_no_signature(events: tuple[Event, ...]) -> None:
    award = Award.of(events)
    with refused("AWARD-NOT-GRANTED"):
        award.to_sign()
    with refused("AWARD-NOT-GRANTED"):
        award.sign(actor("ben"), [signed_copy({"id": "urn:x"})])
    with refused("AWARD-NOT-GRANTED"):
        award.publish(actor("ben"))


def test_what_is_signed_is_what_was_decided() -> None:
    award = Award.of(granted())
    ((described, document),) = award.to_sign()
    assert described.id == document["id"]
    other = {**document, "awardedDate": "2020-01-01T00:00:00Z"}
    more = {**document, "name": "More"}
    less = {name: value for name, value in document.items() if name != "validUntil"}
    for copy in (
        signed_copy(other),
        signed_copy(more),
        signed_copy(less),
        SignedCopy("2.0", signed_copy(document).data),
        SignedCopy("3.0", "no document"),
        SignedCopy("3.0", "a.b.c"),
        SignedCopy("3.0", "[]"),
        SignedCopy("3.0", '{"id": "\ud800"}'),
    ):
        with refused("AWARD-SIGNED-OTHER"):
            award.sign(actor("ben", days=1), [copy])
    (event,) = award.sign(actor("ben", days=1), [signed_copy(document)])
    assert isinstance(event, CredentialSigned)
    assert (event.signed, event.key) == (signed_copy(document).data, "key-1")
    assert event.digest == signed_copy(document).digest


def test_signing_twice_gives_the_same_badge() -> None:
    events = granted()
    ((_, document),) = Award.of(events).to_sign()
    events = sign(events, actor("ben", days=1))
    award = Award.of(events)
    assert award.to_sign() == ()
    assert award.sign(actor("ben", days=2), [signed_copy(document)]) == ()
    otherwise = SignedCopy("3.0", signed_copy(document).data.replace("DataIntegrityProof", "Other"), "key-1")
    with refused("AWARD-SIGNED-TWICE"):
        award.sign(actor("ben", days=2), [otherwise])


def test_what_was_destroyed_is_not_signed() -> None:
    *before, event = granted()
    erased = event.model_copy(update={"documents": None})
    with refused("AWARD-ERASED"):
        Award.of((*before, erased)).to_sign()
    *before, last = sign(granted(), actor("ben", days=1))
    signed = (*(one.model_copy(update={"documents": None}) if one is event else one for one in before), last)
    assert Award.of(signed).to_sign() == ()


def test_publishing_comes_after_signing_and_informing_after_publishing() -> None:
    events = granted()
    with refused("AWARD-NOT-SIGNED"):
        Award.of(events).publish(actor("ben", days=1))
    with refused("AWARD-NOT-PUBLISHED"):
        Award.of(events).inform(actor("ben", days=1), delivery())
    events = sign(events, actor("ben", days=1))
    events = (
        *events,
        *Award.of(events).publish(actor("ben", days=1), addresses=("https://badges.example/1",)),
    )
    assert Award.of(events).publish(actor("ben", days=2)) == ()
    with refused("POLICY-VALUE"):
        Award.of(events[:-1]).publish(actor("ben", days=1), addresses=("no address",))


def test_an_award_is_done_when_everybody_was_told_or_that_is_impossible() -> None:
    events = grant(assess_all(opened(), actor("ada")), actor("ben"), guardian=True)
    events = sign(events, actor("ben"))
    events = (*events, *Award.of(events).publish(actor("ben")))
    told = Award.of((*events, *Award.of(events).inform(actor("ben"), delivery())))
    assert told.phase == "to-inform"
    failed = Delivery(
        outcome="failed", language="en", recipient="guardian", channel="email", notice=DIGEST, reason="Full."
    )
    again = (*events, *Award.of(events).inform(actor("ben"), delivery()), *told.inform(actor("ben"), failed))
    assert Award.of(again).phase == "to-inform"
    none = Delivery(outcome="impossible", language="en", recipient="guardian", reason="Nobody knows where.")
    assert Award.of((*again, *told.inform(actor("ben"), none))).phase == "done"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (Delivery(outcome="delivered", language="en", notice=DIGEST), "NOTICE-SENT"),
        (Delivery(outcome="delivered", language="en", channel="letter"), "NOTICE-SENT"),
        (Delivery(outcome="failed", language="en", channel="letter", notice=DIGEST), "NOTICE-REASON"),
        (Delivery(outcome="impossible", language="en", reason=" "), "NOTICE-REASON"),
        (Delivery(outcome="delivered", language="en", channel="file", notice="12"), "POLICY-VALUE"),
    ],
)
def test_a_notice_says_how_it_went(given: Delivery, code: str) -> None:
    with refused(code):
        Award.of(done()).inform(actor("ben", days=2), given)


@pytest.mark.parametrize("step", ["assess", "grant", "not_yet", "sign", "publish", "inform"])
def test_each_step_needs_its_right(step: str) -> None:
    outsider = actor("hal", days=9)
    events = {"sign": granted(), "publish": sign(granted(), actor("ben", days=1)), "inform": done()}
    award = Award.of(events.get(step, opened()))
    steps: dict[str, Callable[[], object]] = {
        "assess": lambda: award.assess(outsider, BADGE, "led", "met", form="observation", observed="Yes."),
        "grant": lambda: award.grant(outsider, BADGE, drafts=(), language="en"),
        "not_yet": lambda: award.not_yet(outsider, feedback="No."),
        "sign": lambda: award.sign(outsider, []),
        "publish": lambda: award.publish(outsider),
        "inform": lambda: award.inform(outsider, delivery()),
    }
    with refused("POLICY-NO-RIGHT"):
        steps[step]()


def test_who_only_assesses_does_not_decide() -> None:
    events = assess_all(opened(), actor("ada"))
    with refused("POLICY-NO-RIGHT"):
        grant(events, actor("dee"))
    with refused("POLICY-NO-RIGHT"):
        Award.of(events).not_yet(actor("dee"), feedback="Not yet.")


def test_a_role_for_another_badge_is_none_for_this_one() -> None:
    team = staff("ada", "ben", badges={"ben": ("host",)})
    with refused("POLICY-NO-RIGHT"):
        grant(assess_all(opened(), actor("ada", team=team)), actor("ben", team=team))
    events = assess_all(opened(badge=OTHER_BADGE), actor("ada", team=team), OTHER_BADGE)
    assert grant(events, actor("ben", team=team), badge=OTHER_BADGE)


def test_a_badge_expires() -> None:
    award = Award.of(done())
    assert not award.is_expired(datetime(2028, 3, 1, tzinfo=UTC))
    assert award.is_expired(datetime(2028, 3, 3, tzinfo=UTC))
    assert not Award.of(opened()).is_expired(NOW)
