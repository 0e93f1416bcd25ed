"""What is overdue, and what is due soon."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from founded_homes import NOW, Staffed, staffed
from openbadge_issuer.errors.rules import rule_book
from openbadge_issuer.errors.rules.reminders import RULES
from openbadge_issuer.issuing.notices.carrier import FileCarrier
from openbadge_issuer.issuing.office.reminders import Reminder, Reminding
from openbadge_issuer.policy.badge_events import ReviewOutcome
from openbadge_issuer.policy.period import Period
from openbadge_issuer.policy.person_events import PersonDetails
from openbadge_issuer.signing.key_ring import KeyRing

DAY = timedelta(days=1)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Staffed]:
    """An organisation in which nothing waits."""
    with staffed(tmp_path) as made:
        yield made


def reminders(
    house: Staffed,
    after: timedelta = timedelta(),
    *,
    actor: str | None = None,
    ahead: str = "8 weeks",
    ring: KeyRing | None = None,
    published: datetime | None = None,
) -> tuple[Reminder, ...]:
    """What is to be done some time from now."""
    with house.records() as records:
        reminding = Reminding(
            records,
            house.office.policy,
            house.now + after,
            house.ring if ring is None else ring,
            published,
            actor,
            Period.parse(ahead),
        )
        return reminding.all()


def told(found: tuple[Reminder, ...], *prefixes: str) -> list[tuple[str, bool]]:
    """The codes that begin in one of these ways, each with whether it is overdue."""
    wanted = prefixes or ("REMINDER", "ROLE", "TRAINING")
    return [(one.remark.code, one.overdue) for one in found if one.remark.code.startswith(wanted)]


def test_where_nothing_waits_there_is_nothing_to_be_told(house: Staffed) -> None:
    assert reminders(house) == ()


def test_a_decision_is_waited_for_and_then_overdue(house: Staffed) -> None:
    house.define()
    with house.desk("marit") as desk:
        person = desk.people.register(PersonDetails(name="Ada", email="ada@example.org"))
    award = house.award(person, granted=False)
    code = "REMINDER-AWARD-DECISION"
    assert told(reminders(house)) == [(code, False)]
    assert told(reminders(house, ahead="1 week")) == []
    late = reminders(house, 43 * DAY)
    assert told(late, "REMINDER-AWARD") == [(code, True)]
    found = next(one for one in late if one.remark.code == code)
    assert (found.about, found.due) == (f"award:{award}", datetime(2026, 4, 13, 22, tzinfo=UTC))
    assert (
        found.remark.sentence("nl")
        == "Iemand wacht tot 2026-04-14 op een besluit over een toekenning van host."
    )
    assert "Ada" not in str([one.to_json() for one in late])


def test_a_decision_is_to_be_told_of_until_it_was(house: Staffed, tmp_path: Path) -> None:
    house.define()
    with house.desk("marit") as desk:
        ada = desk.people.register(PersonDetails(name="Ada", email="ada@example.org"))
        bo = desk.people.register(PersonDetails(name="Bo", email="bo@example.org"))
    house.award(ada)
    refused = house.award(bo, granted=False)
    with house.desk("jan") as desk:
        desk.awards.not_yet(refused, feedback="Lead it to its end.")
    both = [("REMINDER-AWARD-NOTICE", True)] * 2
    assert told(reminders(house, 9 * DAY)) == both
    house.office.tell_waiting(FileCarrier(tmp_path / "outbox"), "jan", now=house.now + DAY)
    house.now += 2 * DAY
    assert told(reminders(house, 9 * DAY)) == both[:1]  # the badge is still to be signed and published


def test_a_case_has_its_own_day_and_what_is_to_be_prevented_another(house: Staffed) -> None:
    house.define()
    with house.desk("marit") as desk:
        ada = desk.people.register(PersonDetails(name="Ada", email="ada@example.org"))
    award = house.award(ada)
    with house.desk(None) as desk:
        case = desk.cases.report("She was not there.", awards=[award]).cases[0]
    found = [one for one in reminders(house) if one.remark.code == "REMINDER-CASE"]
    assert [(one.about, one.overdue) for one in found] == [(f"case:{case}", False)]
    with house.desk("sam") as desk:
        receipt = desk.cases.get(case).first.receipt
        desk.cases.acknowledge(case, receipt)
        desk.cases.assign(case, "sam")
        desk.cases.record_finding(case, "She was there.")
        desk.cases.prevent(case, "observe", owner="jan", due=date(2026, 3, 20), what="Sign the list.")
    codes = ("REMINDER-CASE", "REMINDER-PREVENTION")
    assert sorted(told(reminders(house), *codes)) == [(code, False) for code in codes]
    late = reminders(house, 19 * DAY)
    assert sorted(told(late, *codes)) == [(codes[0], False), (codes[1], True)]
    prevention = next(one for one in late if one.remark.code == codes[1])
    assert "Jan Smit" in prevention.remark.sentence()
    with house.desk("sam") as desk:
        desk.cases.offer_hearing(case)
        desk.cases.answer(case, "I was.")
    with house.desk("marit") as desk:
        desk.cases.prevented(case, "observe")
    assert told(reminders(house, 19 * DAY), *codes) == [(codes[0], False)]


def test_misuse_is_shown_to_those_who_handle_it_and_have_no_part_in_it(house: Staffed) -> None:
    with house.desk("jan") as desk:
        matter = desk.misuse.report("Badges for money.", about="sam")
    code = "REMINDER-MISUSE"
    assert told(reminders(house, actor="marit"), code) == [(code, False)]
    assert told(reminders(house, 50 * DAY, actor="marit"), code) == [(code, True)]
    for actor in (None, "jan", "sam", "stranger"):
        found = reminders(house, actor=actor)
        assert told(found, code) == []
        assert matter not in str([one.to_json() for one in found])


def test_a_badge_is_to_be_looked_at_anew_and_then_changed_or_retired(house: Staffed) -> None:
    house.define()
    assert told(reminders(house), "REMINDER-BADGE") == []
    assert told(reminders(house, 340 * DAY), "REMINDER-BADGE") == [("REMINDER-BADGE-REVIEW", False)]
    assert told(reminders(house, 370 * DAY), "REMINDER-BADGE") == [("REMINDER-BADGE-REVIEW", True)]
    outcomes: tuple[tuple[ReviewOutcome, str], ...] = (
        ("change", "REMINDER-BADGE-CHANGE"),
        ("retire", "REMINDER-BADGE-RETIRE"),
    )
    for outcome, code in outcomes:
        with house.desk("jan") as desk:
            desk.badges.look_anew("host", outcome=outcome, note="Unclear.", act_by=house.now + 10 * DAY)
        assert told(reminders(house), "REMINDER-BADGE") == [(code, False)]
        assert told(reminders(house, 11 * DAY), "REMINDER-BADGE") == [(code, True)]
    with house.desk("jan") as desk:
        desk.badges.retire("host", reason="Unclear.")
    assert told(reminders(house, 370 * DAY), "REMINDER-BADGE") == []


def test_vacant_roles_trainings_and_emergencies_are_told(house: Staffed) -> None:
    with house.desk("marit") as desk:
        for person in ("jan", "sam"):
            desk.roles.end(person, "manager")
        desk.roles.grant("kim", "assessor", name="Kim Bos")
    with house.desk("kim") as desk:
        desk.roles.take("manager", reason="Marit cannot be reached.")
    assert told(reminders(house)) == [
        ("ROLE-VACANT", True), ("TRAINING-NEVER", True), ("ROLE-TAKEN", False),
    ]  # fmt: skip
    assert ("TRAINING-OVERDUE", True) in told(reminders(house, 370 * DAY))


def test_what_was_done_in_an_emergency_is_told_by_award_and_by_whom(house: Staffed) -> None:
    house.define()
    with house.desk("marit") as desk:
        person = desk.people.register(PersonDetails(name="Ada", email="ada@example.org"))
        desk.roles.grant("kim", "assessor", name="Kim Bos")
    regular = house.award(person)
    with house.desk("marit") as desk:
        other = desk.people.register(PersonDetails(name="Bo", email="bo@example.org"))
    award = house.award(other, granted=False)
    assert told(reminders(house), "REMINDER-EMERGENCY") == []
    with house.desk("kim") as desk:
        desk.roles.take("manager", reason="Marit cannot be reached.")
    with house.desk("kim") as desk:
        desk.awards.grant(award)
    found = [one for one in reminders(house) if one.remark.code == "REMINDER-EMERGENCY"]
    assert [(one.about, one.overdue) for one in found] == [(f"award:{award}", False)]
    assert "Kim Bos" in found[0].remark.sentence()
    assert "award-granted" in found[0].remark.sentence("nl")
    assert regular not in found[0].remark.sentence()
    assert told(reminders(house, 370 * DAY), "REMINDER-EMERGENCY") == []


def test_the_policy_is_to_be_looked_at_anew_and_a_changed_file_to_be_adopted(house: Staffed) -> None:
    assert told(reminders(house, 700 * DAY), "REMINDER-POLICY") == [("REMINDER-POLICY-REVIEW", False)]
    assert told(reminders(house, 740 * DAY), "REMINDER-POLICY") == [("REMINDER-POLICY-REVIEW", True)]
    changed = house.office.policy.model_copy(update={"version": "2"})
    with house.records() as records:
        found = Reminding(records, changed, house.now, house.ring).all()
    assert told(found) == [("REMINDER-POLICY-CHANGED", False)]


def test_keys_are_to_be_replaced_and_one_is_to_be_there(house: Staffed) -> None:
    assert told(reminders(house, 700 * DAY), "REMINDER-KEY") == [("REMINDER-KEY", False)]
    assert told(reminders(house, 740 * DAY), "REMINDER-KEY") == [("REMINDER-KEY", True)]
    retired = house.ring.retire("key-1", at=house.now, now=house.now)
    assert told(reminders(house, ring=retired)) == [("REMINDER-KEY-NONE", True)]


def test_what_was_published_counts_for_a_while_only(house: Staffed) -> None:
    published = NOW - 20 * DAY
    assert told(reminders(house, published=published)) == []
    assert told(reminders(house, published=published - 5 * DAY)) == [("REMINDER-PUBLISH", False)]
    assert told(reminders(house, published=published - 12 * DAY)) == [("REMINDER-PUBLISH", True)]


def test_records_whose_time_is_over_are_to_be_destroyed(house: Staffed) -> None:
    house.define()
    with house.desk("marit") as desk:
        ada = desk.people.register(PersonDetails(name="Ada"))
        award = desk.awards.open("host", ada).id
        desk.awards.withdraw(award, reason="She left.")
    assert told(reminders(house), "REMINDER-RETENTION") == []
    found = [one for one in reminders(house, 1900 * DAY) if one.remark.code == "REMINDER-RETENTION"]
    assert [one.overdue for one in found] == [True]


def test_what_is_overdue_comes_first_then_by_day(house: Staffed) -> None:
    house.define()
    found = reminders(house, 370 * DAY, ahead="50 weeks")
    assert len(found) > 3
    order = [(not one.overdue, one.due or house.now + 370 * DAY) for one in found]
    assert order == sorted(order)


def test_a_reminder_speaks_both_languages(house: Staffed) -> None:
    found = reminders(house, ring=house.ring.retire("key-1", at=house.now, now=house.now))[0].to_json()
    assert found == {
        "code": "REMINDER-KEY-NONE",
        "overdue": True,
        "due": None,
        "about": None,
        "message": {
            "en": "No signing key is in use, so nothing can be signed.",
            "nl": "Er is geen ondertekensleutel in gebruik; er kan dus niets worden ondertekend.",
        },
        "advice": {"en": "Make one with key new --ring.", "nl": "Maak er een met key new --ring."},
    }


def test_no_reminder_is_an_error_of_anybody() -> None:
    assert {rule_book()[rule.code].severity for rule in RULES} == {"warning"}
