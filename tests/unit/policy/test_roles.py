"""Roles change hands, and every decision keeps the role it was taken under."""

from __future__ import annotations

import contextlib
from datetime import datetime, timedelta

import pytest

from openbadge_issuer.errors import PolicyError
from openbadge_issuer.policy.event import Event
from openbadge_issuer.policy.roles import Handover, end, grant, granters, hand_over, take
from openbadge_issuer.policy.staff_events import RoleEnded, RoleGranted
from openbadge_issuer.policy.standing import Actor, Staff
from staffed_organisation import (
    ADA,
    BO,
    BOARD,
    CAS,
    DAY,
    HOUR,
    NAMES,
    NOW,
    POLICY,
    YEAR,
    actor,
    founded,
    policy_of,
    staffed,
)


def code_of(caught: pytest.ExceptionInfo[PolicyError]) -> str:
    """The code; both languages must have a sentence and advice for it."""
    assert all(caught.value.sentence(one) and caught.value.advice(one) for one in ("en", "nl"))
    return caught.value.code


def may(person: str, events: tuple[Event, ...], now: datetime = NOW) -> bool:
    """Whether somebody may award at a moment."""
    with contextlib.suppress(PolicyError):
        return actor(person, events, now=now).doing("award").by == person
    return False


# --- founding ---------------------------------------------------------------------------------------------


def test_the_first_grant_founds_the_organisation() -> None:
    (event,) = founded()
    assert isinstance(event, RoleGranted)
    assert (event.by, event.by_name, event.role, event.holds) == (BOARD, NAMES[BOARD], None, "board")
    assert actor(BOARD, [event]).doing("grant-roles").role == "board"


@pytest.mark.parametrize(
    "options",
    [
        {"role": "manager"},
        {"role": "board", "badges": ["facilitator"]},
        {"role": "board", "begins": NOW + DAY},
        {"role": "board", "deputy_of": ADA},
    ],
    ids=["may-not-grant", "limited", "later", "deputy"],
)
def test_a_first_grant_that_would_lock_everybody_out_is_refused(options: dict[str, object]) -> None:
    with pytest.raises(PolicyError) as caught:
        grant(actor(BOARD, [], name="Wil"), person=BOARD, person_name="Wil", **options)  # type: ignore[arg-type]  # one of several
    assert code_of(caught) == "ROLE-FOUNDING"
    assert "board" in caught.value.sentence("nl")


def test_nobody_founds_without_saying_who() -> None:
    with pytest.raises(PolicyError) as caught:
        grant(actor(None, []), person=BOARD, role="board", person_name="Wil")
    assert code_of(caught) == "POLICY-NO-RIGHT"


def test_the_second_grant_needs_the_right() -> None:
    for person in (ADA, None):
        with pytest.raises(PolicyError) as caught:
            grant(actor(person, founded()), person=ADA, role="manager", person_name="Ada")
        assert code_of(caught) == "POLICY-NO-RIGHT"


# --- granting ---------------------------------------------------------------------------------------------


def test_a_role_counts_from_its_begin_to_its_end() -> None:
    events = founded() + grant(
        actor(BOARD, founded()),
        person=ADA,
        role="manager",
        person_name="Ada",
        begins=NOW + DAY,
        ends=NOW + 3 * DAY,
    )
    held = [may(ADA, events, NOW + days * DAY) for days in range(5)]
    assert held == [False, True, True, False, False]
    assert may(ADA, events, NOW + 3 * DAY - HOUR / 3600)


def test_a_role_can_be_limited_to_badges() -> None:
    events = staffed({ADA: "manager"}, badges=["facilitator", "facilitator"])
    assert actor(ADA, events).doing("award", badge="facilitator").role == "manager"
    for badge in ("cook", None):
        with pytest.raises(PolicyError) as caught:
            actor(ADA, events).doing("award", badge=badge)
        assert code_of(caught) == "POLICY-NO-RIGHT"
    assert actor(ADA, events).doing_one_of("train", "award", for_some_badge=True).role == "manager"


def test_an_earlier_hour_of_the_same_day_means_at_once() -> None:
    midnight = NOW.replace(hour=0)
    (event,) = grant(actor(BOARD, founded()), person=ADA, role="manager", person_name="Ada", begins=midnight)
    assert isinstance(event, RoleGranted)
    assert event.begins == NOW


def test_nothing_is_dated_back() -> None:
    board = actor(BOARD, staffed())
    yesterday = NOW - DAY
    for step in (
        lambda: grant(board, person=CAS, role="manager", person_name="Cas", begins=yesterday),
        lambda: grant(board, person=CAS, role="manager", person_name="Cas", ends=yesterday),
        lambda: end(board, person=ADA, role="manager", ends=yesterday),
        lambda: hand_over(board, giver=ADA, taker=BO, at=yesterday),
    ):
        with pytest.raises(PolicyError) as caught:
            step()
        assert code_of(caught) == "POLICY-PAST"
        assert "2026-03-01 12:00" in str(caught.value)


def test_the_day_is_that_of_the_organisation() -> None:
    """Half past eleven in the evening in London is the next day in Amsterdam."""
    late = datetime.fromisoformat("2026-03-02T23:30:00+00:00")
    board = actor(BOARD, founded(), now=late)
    with pytest.raises(PolicyError) as caught:
        grant(board, person=ADA, role="manager", person_name="Ada", begins=late - HOUR)
    assert code_of(caught) == "POLICY-PAST"


def test_a_date_has_a_time_zone() -> None:
    with pytest.raises(PolicyError) as caught:
        grant(
            actor(BOARD, founded()),
            person=ADA,
            role="manager",
            person_name="A",
            begins=NOW.replace(tzinfo=None),
        )
    assert code_of(caught) == "ISSUE-TIME-ZONE"


@pytest.mark.parametrize(
    ("code", "options"),
    [
        ("ROLE-UNKNOWN", {"role": "king"}),
        ("ROLE-PERIOD", {"begins": NOW + DAY, "ends": NOW + DAY}),
        ("ROLE-NAME", {"person": CAS, "person_name": "  "}),
        ("ROLE-DEPUTY", {"person": CAS, "deputy_of": BOARD}),
        ("ROLE-DEPUTY", {"person": CAS, "deputy_of": CAS}),
        ("ROLE-HELD", {}),
        ("ROLE-HELD", {"badges": ["facilitator"]}),
        ("ROLE-HELD", {"begins": NOW + DAY, "ends": NOW + YEAR}),
        ("POLICY-TEXT-LONG", {"person": CAS, "reason": "x" * 4_001}),
    ],
)
def test_a_grant_is_refused(code: str, options: dict[str, object]) -> None:
    given: dict[str, object] = {"person": ADA, "role": "manager", "person_name": "Somebody", **options}
    with pytest.raises(PolicyError) as caught:
        grant(actor(BOARD, staffed()), **given)  # type: ignore[arg-type]  # one of several
    assert code_of(caught) == code


def test_a_role_can_be_prolonged_and_widened() -> None:
    events = staffed({ADA: "manager"}, ends=NOW + DAY, badges=["cook"])
    board = actor(BOARD, events)
    events += grant(board, person=ADA, role="manager", badges=["cook"])
    assert actor(ADA, events, now=NOW + YEAR).doing("award", badge="cook")
    events += grant(board, person=ADA, role="manager", ends=NOW + DAY)
    assert may(ADA, events)


def test_nobody_stands_in_for_themselves() -> None:
    events = staffed({ADA: "manager"}, ends=NOW + DAY)
    with pytest.raises(PolicyError) as caught:
        grant(actor(BOARD, events), person=ADA, role="manager", deputy_of=ADA)
    assert code_of(caught) == "ROLE-DEPUTY"


def test_a_deputy_holds_the_role_too() -> None:
    events = staffed()
    events += grant(
        actor(BOARD, events), person=CAS, role="manager", person_name="Cas", deputy_of=ADA, ends=NOW + DAY
    )
    assert may(CAS, events)
    assert not may(CAS, events, NOW + DAY)


# --- ending -----------------------------------------------------------------------------------------------


def test_a_role_ended_yesterday_awards_nothing() -> None:
    """R10: award by someone whose grant ended yesterday is refused."""
    events = staffed()
    events += end(actor(BOARD, events, now=NOW - DAY), person=ADA, role="manager", reason="moves abroad")
    assert not may(ADA, events)
    assert may(ADA, events, NOW - DAY - HOUR)
    with pytest.raises(PolicyError) as caught:
        actor(ADA, events).doing("award", badge="facilitator")
    assert "Ada Jansen" in str(caught.value)


def test_a_role_can_end_later() -> None:
    events = staffed()
    events += end(actor(BOARD, events), person=ADA, role="manager", ends=NOW + DAY)
    assert may(ADA, events)
    assert not may(ADA, events, NOW + DAY)
    events += end(actor(BOARD, events), person=ADA, role="manager")
    assert not may(ADA, events)


def test_what_was_to_begin_later_never_does() -> None:
    events = staffed({ADA: "manager"}, begins=NOW + DAY)
    events += end(actor(BOARD, events), person=ADA, role="manager")
    assert not any(may(ADA, events, NOW + days * DAY) for days in range(4))
    never = Staff.of(events).held[-1]
    assert never.begins == never.ends == NOW + DAY
    with pytest.raises(PolicyError) as caught:
        end(actor(BOARD, events), person=ADA, role="manager")
    assert code_of(caught) == "ROLE-NOT-HELD"


def test_after_an_end_a_role_can_be_granted_anew() -> None:
    events = staffed()
    events += end(actor(BOARD, events), person=ADA, role="manager")
    events += grant(actor(BOARD, events, now=NOW + DAY), person=ADA, role="manager")
    assert [may(ADA, events, NOW + hours * HOUR) for hours in (-1, 0, 23, 24)] == [True, False, False, True]


def test_everybody_may_lay_down_their_own_role_and_nobody_elses() -> None:
    events = staffed()
    (event,) = end(actor(ADA, events), person=ADA, role="manager")
    assert isinstance(event, RoleEnded)
    assert (event.by, event.role, event.ends) == (ADA, None, NOW)
    with pytest.raises(PolicyError) as caught:
        end(actor(ADA, events), person=BO, role="manager")
    assert code_of(caught) == "POLICY-NO-RIGHT"


def test_the_last_who_may_grant_roles_stays() -> None:
    events = staffed()
    for when in (None, NOW + YEAR):
        with pytest.raises(PolicyError) as caught:
            end(actor(BOARD, events), person=BOARD, role="board", ends=when)
        assert code_of(caught) == "ROLE-LAST-GRANTER"
        assert NAMES[BOARD] in str(caught.value)
    events += grant(actor(BOARD, events), person=ADA, role="board", begins=NOW + DAY)
    with pytest.raises(PolicyError):
        end(actor(BOARD, events), person=BOARD, role="board", ends=NOW + DAY - HOUR)
    assert end(actor(BOARD, events), person=BOARD, role="board", ends=NOW + DAY)


def test_who_may_grant_roles_for_one_badge_only_is_no_successor() -> None:
    events = staffed()
    events += grant(actor(BOARD, events), person=ADA, role="board", badges=["cook"])
    with pytest.raises(PolicyError) as caught:
        end(actor(BOARD, events), person=BOARD, role="board")
    assert code_of(caught) == "ROLE-LAST-GRANTER"


def test_where_nobody_may_grant_roles_an_end_makes_it_no_worse() -> None:
    founder = Actor(BOARD, NOW - YEAR, Staff(), POLICY)
    events = grant(founder, person=BOARD, role="board", person_name="Wil", ends=NOW - DAY)
    board = Actor(BOARD, NOW - YEAR, Staff.of(events), POLICY)
    events += grant(board, person=ADA, role="manager", person_name="Ada")
    assert end(actor(ADA, events), person=ADA, role="manager")


def test_a_role_that_the_policy_does_not_have_any_more_can_be_ended() -> None:
    events = staffed()
    roles = {name: role for name, role in POLICY.to_json()["roles"].items() if name != "manager"}  # type: ignore[union-attr]  # a table
    smaller = policy_of({"roles": roles})
    assert end(actor(BOARD, events, policy=smaller), person=ADA, role="manager")


# --- handing over -----------------------------------------------------------------------------------------


def handed(events: tuple[Event, ...], **options: object) -> Handover:
    return hand_over(actor(BOARD, events), giver=ADA, taker=CAS, taker_name="Cas Vos", **options)  # type: ignore[arg-type]


def test_a_handover_moves_the_roles_and_says_what_follows() -> None:
    events = staffed({ADA: "manager", BO: "manager"})
    events += grant(actor(BOARD, events), person=ADA, role="trainer")
    moved = handed(events)
    assert moved.roles == ("manager", "trainer")
    assert {"award", "investigate", "train"} <= set(moved.rights)
    assert (moved.giver, moved.taker, moved.at, moved.deputies) == (ADA, CAS, NOW, ())
    after = events + moved.events
    assert not may(ADA, after)
    assert may(CAS, after)
    assert actor(CAS, after).doing("train").by_name == "Cas Vos"
    ended = [event for event in moved.events if isinstance(event, RoleEnded)]
    assert {(event.person, event.successor) for event in ended} == {(ADA, CAS)}


def test_a_handover_leaves_history_as_it_was() -> None:
    """R12: old decisions keep the name and role held at the time."""
    events = staffed()
    decision = actor(ADA, events, now=NOW - DAY).doing("award", badge="facilitator")
    after = events + handed(events).events
    assert after[: len(events)] == events
    assert (decision.by, decision.by_name, decision.role) == (ADA, "Ada Jansen", "manager")
    for moment in (NOW - YEAR, NOW - DAY, NOW - HOUR / 3600):
        before, now = (
            [(one.person, one.role) for one in Staff.of(each).held if one.at(moment)]
            for each in (events, after)
        )
        assert before == now


def test_a_handover_keeps_limits_and_what_is_to_come() -> None:
    events = staffed({ADA: "manager"}, ends=NOW + 10 * DAY, badges=["cook"])
    events += grant(actor(BOARD, events), person=ADA, role="trainer", begins=NOW + 5 * DAY)
    after = events + handed(events, at=NOW + DAY).events
    assert actor(ADA, after).doing("award", badge="cook")
    later = NOW + DAY
    assert actor(CAS, after, now=later).doing("award", badge="cook")
    for when, right, badge in (
        (later, "award", None),
        (NOW + 10 * DAY, "award", "cook"),
        (later, "train", None),
    ):
        with pytest.raises(PolicyError):
            actor(CAS, after, now=when).doing(right, badge=badge)  # type: ignore[arg-type]  # a right
    assert actor(CAS, after, now=NOW + 5 * DAY).doing("train")
    with pytest.raises(PolicyError):
        actor(ADA, after, now=NOW + 5 * DAY).doing("train")


def test_one_role_of_several_can_be_handed_over() -> None:
    events = staffed()
    events += grant(actor(BOARD, events), person=ADA, role="trainer")
    moved = handed(events, roles=["trainer"])
    after = events + moved.events
    assert moved.roles == ("trainer",)
    assert may(ADA, after)
    assert not may(CAS, after)


def test_who_holds_it_already_is_granted_nothing_more() -> None:
    events = staffed()
    moved = hand_over(actor(BOARD, events), giver=ADA, taker=BO)
    assert [type(event) for event in moved.events] == [RoleEnded]
    assert moved.roles == ("manager",)


def test_a_handover_names_those_who_stood_in() -> None:
    events = staffed()
    board = actor(BOARD, events)
    events += grant(board, person=CAS, role="manager", person_name="Cas", deputy_of=ADA, ends=NOW + DAY)
    moved = hand_over(actor(BOARD, events), giver=ADA, taker=BO)
    assert moved.deputies == (CAS,)
    taken_over = hand_over(actor(BOARD, events), giver=CAS, taker=ADA)
    assert [type(event) for event in taken_over.events] == [RoleEnded]


def test_the_board_itself_can_be_handed_over() -> None:
    events = staffed()
    after = events + hand_over(actor(BOARD, events), giver=BOARD, taker=ADA).events
    assert granters(Staff.of(after), POLICY, NOW) == {ADA}


def test_a_role_taken_in_an_emergency_is_not_handed_over() -> None:
    events = staffed()
    events += take(actor(ADA, events), role="technician", reason="The signer is down.")
    moved = handed(events)
    assert moved.roles == ("manager",)
    after = events + moved.events
    for person in (ADA, CAS):
        with pytest.raises(PolicyError):
            actor(person, after).doing("keep-keys")


@pytest.mark.parametrize(
    ("code", "who", "options"),
    [
        ("POLICY-NO-RIGHT", ADA, {}),
        ("ROLE-HANDOVER-SELF", BOARD, {"taker": ADA}),
        ("ROLE-NOT-HELD", BOARD, {"giver": CAS}),
        ("ROLE-NOT-HELD", BOARD, {"roles": ["manager", "trainer"]}),
        ("ROLE-NAME", BOARD, {"taker": "p-new"}),
    ],
)
def test_a_handover_is_refused(code: str, who: str, options: dict[str, object]) -> None:
    with pytest.raises(PolicyError) as caught:
        hand_over(actor(who, staffed()), **{"giver": ADA, "taker": BO, **options})  # type: ignore[arg-type]  # one of several
    assert code_of(caught) == code


# --- an emergency -----------------------------------------------------------------------------------------


def test_a_role_can_be_taken_in_an_emergency_and_shows() -> None:
    events = staffed({ADA: "technician"})
    (event,) = take(actor(ADA, events), role="manager", reason="Bo is in hospital, the fair is today.")
    assert isinstance(event, RoleGranted)
    assert (event.taken, event.emergency, event.by, event.person) == (True, True, ADA, ADA)
    assert event.ends == NOW + timedelta(hours=24)
    act = actor(ADA, (*events, event)).doing("award", badge="facilitator")
    assert (act.role, act.emergency) == ("manager", True)
    assert not may(ADA, (*events, event), NOW + DAY)


def test_a_granted_role_is_used_before_a_taken_one() -> None:
    events = staffed({ADA: "technician"})
    events += take(actor(ADA, events), role="manager", reason="Nobody answers.")
    events += grant(actor(BOARD, events), person=ADA, role="manager")
    assert not actor(ADA, events).doing("award").emergency


@pytest.mark.parametrize(
    ("code", "who", "options"),
    [
        ("ROLE-EMERGENCY-OFF", ADA, {"policy": policy_of({"emergency.allowed": False})}),
        ("ROLE-UNKNOWN", ADA, {"role": "king"}),
        ("ROLE-STRANGER", CAS, {}),
        ("ROLE-STRANGER", None, {}),
        ("ROLE-EMERGENCY-REASON", ADA, {"reason": " \n"}),
        ("ROLE-HELD", ADA, {"role": "manager"}),
        ("ROLE-HELD", ADA, {"role": "manager", "badges": ["cook"]}),
    ],
)
def test_taking_a_role_is_refused(code: str, who: str | None, options: dict[str, object]) -> None:
    given = {"role": "technician", "reason": "Nobody answers.", **options}
    policy = given.pop("policy", POLICY)
    with pytest.raises(PolicyError) as caught:
        take(actor(who, staffed(), policy=policy), **given)  # type: ignore[arg-type]  # one of several
    assert code_of(caught) == code


def test_a_role_that_is_still_to_come_can_be_taken_until_then() -> None:
    events = staffed()
    events += grant(actor(BOARD, events), person=ADA, role="technician", begins=NOW + DAY)
    assert take(actor(ADA, events), role="technician", reason="The signer is down today.")


def test_one_emergency_does_not_lead_to_the_next() -> None:
    events = staffed({ADA: "manager", CAS: "technician"}, ends=NOW + HOUR)
    events += take(actor(CAS, events), role="manager", reason="Nobody answers.")
    with pytest.raises(PolicyError) as caught:
        take(actor(CAS, events, now=NOW + 2 * HOUR), role="board", reason="Still nobody.")
    assert code_of(caught) == "ROLE-STRANGER"


def test_who_left_yesterday_cannot_take_a_role() -> None:
    events = staffed()
    events += end(actor(BOARD, events, now=NOW - DAY), person=ADA, role="manager")
    with pytest.raises(PolicyError) as caught:
        take(actor(ADA, events), role="manager", reason="I was here once.")
    assert code_of(caught) == "ROLE-STRANGER"


def test_when_every_role_has_run_out_one_who_held_one_brings_the_organisation_back() -> None:
    founder = Actor(BOARD, NOW - YEAR, Staff(), POLICY)
    events = grant(founder, person=BOARD, role="board", person_name="Wil", ends=NOW - DAY)
    assert granters(Staff.of(events), POLICY, NOW) == frozenset()
    with pytest.raises(PolicyError) as caught:
        take(actor(CAS, events, name="Cas"), role="board", reason="I was never here.")
    assert code_of(caught) == "ROLE-STRANGER"
    events += take(actor(BOARD, events), role="board", reason="All our roles have run out.")
    events += grant(actor(BOARD, events), person=BO, role="board", person_name="Bo")
    assert isinstance(events[-1], RoleGranted)
    assert (events[-1].emergency, events[-1].provisional) == (True, False)
    assert granters(Staff.of(events), POLICY, NOW) == {BO}


def test_an_emergency_is_no_way_to_remove_those_who_could_undo_it() -> None:
    events = staffed()
    events += take(actor(ADA, events), role="board", reason="Nobody answers.")
    for step in (
        lambda: end(actor(ADA, events), person=BOARD, role="board"),
        lambda: hand_over(actor(ADA, events), giver=BOARD, taker=ADA),
    ):
        with pytest.raises(PolicyError) as caught:
            step()
        assert code_of(caught) == "ROLE-EMERGENCY-END"
    assert end(actor(ADA, events), person=BO, role="manager")[0].emergency


def test_what_is_granted_in_an_emergency_stays_provisional_until_it_is_confirmed() -> None:
    events = staffed()
    events += take(actor(ADA, events), role="board", reason="Nobody answers.")
    events += grant(actor(ADA, events), person=ADA, role="board")
    later = NOW + 2 * DAY
    assert actor(ADA, events, now=later).doing("grant-roles").emergency
    for _ in range(2):  # however often she passes it on to herself
        events += grant(actor(ADA, events, now=later), person=ADA, role="board")
    with pytest.raises(PolicyError) as caught:
        end(actor(ADA, events, now=later), person=BOARD, role="board")
    assert code_of(caught) == "ROLE-EMERGENCY-END"
    assert granters(Staff.of(events), POLICY, later) == {BOARD}
    events += grant(actor(BOARD, events, now=later), person=ADA, role="board")
    assert not actor(ADA, events, now=later).doing("grant-roles").emergency
    assert granters(Staff.of(events), POLICY, later) == {BOARD, ADA}


def test_the_record_of_an_actor_without_a_role_has_none() -> None:
    act = Actor(None, NOW, Staff(), POLICY).act()
    assert (act.by, act.by_name, act.role, act.emergency) == (None, None, None, False)
