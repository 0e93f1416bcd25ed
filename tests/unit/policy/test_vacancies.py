"""What about the staff needs looking after."""

from __future__ import annotations

from openbadge_issuer.policy.event import Event
from openbadge_issuer.policy.period import Period
from openbadge_issuer.policy.roles import end, grant, take
from openbadge_issuer.policy.standing import Staff
from openbadge_issuer.policy.vacancies import vacancies
from staffed_organisation import ADA, BO, BOARD, CAS, DAY, NOW, POLICY, YEAR, actor, founded, staffed


def full() -> tuple[Event, ...]:
    """An organisation in which nothing is amiss."""
    events = staffed()
    return events + grant(actor(BOARD, events), person=CAS, role="technician", person_name="Cas Vos")


def watch(events: tuple[Event, ...], days: int = 0) -> dict[str, str]:
    """The sentences of the remarks by code; both languages can say them, with advice."""
    found = vacancies(Staff.of(events), POLICY, NOW + days * DAY)
    for remark in found:
        assert remark.severity == "warning"
        assert remark.sentence("nl") != remark.sentence()
        assert remark.advice("nl") != remark.advice()
    return {remark.code: str(remark) for remark in found}


def test_nothing_is_said_when_nothing_is_amiss() -> None:
    assert watch(full()) == {}


def test_a_role_with_too_few_holders_is_vacant() -> None:
    events = full()
    events += end(actor(BOARD, events), person=ADA, role="manager")
    assert watch(events) == {
        "ROLE-VACANT": "The role manager is held by 1 of at least 2; standing in for now: 0."
    }


def test_deputies_and_emergencies_do_not_fill_a_role() -> None:
    events = full()
    board = actor(BOARD, events)
    events += grant(board, person=CAS, role="manager", deputy_of=ADA)
    events += end(actor(BOARD, events), person=ADA, role="manager")
    events += end(actor(BOARD, events), person=BO, role="manager")
    events += take(actor(CAS, events), role="trainer", reason="Nobody else is there.")
    assert "held by 0 of at least 2; standing in for now: 1" in watch(events)["ROLE-VACANT"]


def test_a_role_that_will_have_too_few_holders_is_noticed_in_time() -> None:
    events = full()
    events += end(actor(BOARD, events), person=ADA, role="manager", ends=NOW + 60 * DAY)
    assert watch(events) == {}
    assert watch(events, 10) == {
        "ROLE-VACANT-SOON": "From 2026-05-01 13:00 on the role manager is held by 1 of at least 2."
    }


def test_a_successor_fills_the_gap() -> None:
    events = full()
    events += end(actor(BOARD, events), person=ADA, role="manager", ends=NOW + 9 * DAY)
    events += grant(actor(BOARD, events), person=CAS, role="manager", begins=NOW + 9 * DAY)
    assert watch(events) == {}


def test_the_last_holder_who_leaves_is_named() -> None:
    events = full()
    events += grant(actor(BOARD, events), person=CAS, role="trainer", ends=NOW + 9 * DAY)
    assert watch(events) == {
        "ROLE-LAST-LEAVES": "On 2026-03-11 12:00 nobody holds the role trainer any more; now it is Cas Vos."
    }
    assert watch(events, 9) == {}, "the policy asks for no trainer"


def test_the_last_who_keeps_the_keys_is_not_let_go_unnoticed() -> None:
    events = full()
    events += end(actor(BOARD, events), person=CAS, role="technician", ends=NOW + 9 * DAY)
    found = watch(events)
    assert found.keys() == {"ROLE-LAST-LEAVES", "ROLE-KEYS-LEAVING"}
    assert found["ROLE-KEYS-LEAVING"].endswith("nobody looks after the keys; now it is Cas Vos.")
    assert watch(events, 9).keys() == {"ROLE-VACANT", "ROLE-KEYS-UNHELD"}


def test_keys_are_not_kept_badge_by_badge() -> None:
    events = staffed()
    events += grant(actor(BOARD, events), person=CAS, role="technician", person_name="Cas", badges=["cook"])
    assert watch(events).keys() == {"ROLE-KEYS-UNHELD"}


def test_a_deputy_keeps_the_keys_safe() -> None:
    events = full()
    events += grant(actor(BOARD, events), person=BO, role="technician", deputy_of=CAS)
    events += end(actor(BOARD, events), person=CAS, role="technician", ends=NOW + 9 * DAY)
    assert watch(events).keys() == {"ROLE-LAST-LEAVES"}


def test_the_last_who_may_grant_roles_is_not_let_go_unnoticed() -> None:
    events = founded()
    events += grant(actor(BOARD, events), person=ADA, role="board", person_name="Ada", ends=NOW + 9 * DAY)
    events += end(actor(BOARD, events), person=BOARD, role="board")
    assert "ROLE-GRANTERS-LEAVING" in watch(events)
    assert "ROLE-GRANTERS-UNHELD" in watch(events, 9)
    assert "ROLE-GRANTERS-UNHELD" in watch(())


def test_an_emergency_shows_while_it_lasts_and_for_weeks_after() -> None:
    events = full()
    events += take(actor(ADA, events), role="technician", reason="The signer is down.")
    assert watch(events) == {
        "ROLE-TAKEN": (
            "Ada Jansen took the role technician in an emergency on 2026-03-02 12:00: “The signer is down.”."
        )
    }
    assert watch(events, 55).keys() == {"ROLE-TAKEN"}
    assert watch(events, 56) == {}
    assert vacancies(Staff.of(events), POLICY, NOW + 9 * DAY, ahead=Period(1, "week")) == ()


def test_what_was_granted_in_an_emergency_shows_until_it_is_confirmed() -> None:
    events = full()
    events += take(actor(ADA, events), role="board", reason="Nobody answers.")
    events += grant(actor(ADA, events), person=BO, role="technician")
    later = 100
    found = watch(events, later)
    assert found.keys() == {"ROLE-PROVISIONAL"}
    assert found["ROLE-PROVISIONAL"].startswith(
        "Bo de Wit has the role technician since 2026-03-02 12:00 from"
    )
    events += grant(actor(BOARD, events, now=NOW + YEAR), person=BO, role="technician")
    assert watch(events, 366) == {}
