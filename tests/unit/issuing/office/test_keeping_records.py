"""Records of people: shown to them, destroyed by those who keep records, and the chain holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from founded_homes import Staffed, staffed
from openbadge_issuer.assertions.json_text import dump_json
from openbadge_issuer.errors import PolicyError
from openbadge_issuer.issuing.notices.carrier import FileCarrier
from openbadge_issuer.issuing.office.keeping_records import (
    due_records,
    erase_person,
    expire_records,
    export_person,
)
from openbadge_issuer.issuing.office.streams import facts_as_recorded, facts_of, statuses_of
from openbadge_issuer.policy.people import Person
from openbadge_issuer.policy.person_events import PersonDetails
from openbadge_issuer.policy.standing import Actor, Staff
from openbadge_issuer.register.report import RecordsReport
from openbadge_issuer.register.verifying import verify

DAY = timedelta(days=1)
ADA = PersonDetails(name="Ada Lovelace", email="ada@example.org")


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Staffed]:
    """An organisation with an assessor, who keeps no records."""
    with staffed(tmp_path) as made:
        with made.desk("marit") as desk:
            desk.roles.grant("kim", "assessor", name="Kim Bos")
        made.define()
        yield made


@pytest.fixture
def ada(house: Staffed) -> str:
    """Ada, who holds a badge."""
    with house.desk("marit") as desk:
        person = desk.people.register(ADA)
    house.award(person)
    return person


def actor(house: Staffed, person: str) -> Actor:
    with house.records() as records:
        return Actor(person, house.now, Staff.of(records.events("staff")), house.office.policy)


def checked(house: Staffed) -> RecordsReport:
    with house.records() as records:
        return verify(records, facts=facts_as_recorded(records, house.office.policy), statuses=statuses_of)


def wrong(report: RecordsReport) -> set[str]:
    return {finding.code for finding in report.findings} - {"REGISTER-TAIL-UNPROVEN"}


def test_a_person_sees_what_is_recorded_of_them_and_so_does_who_keeps_records(
    house: Staffed, ada: str
) -> None:
    for who in (ada, "marit"):
        with house.records() as records:
            document = export_person(records, actor(house, who), ada)
        assert document["person"] == ada
        assert b"Ada Lovelace" in dump_json(document)
        assert b"Marit" not in dump_json(document)


def test_nobody_else_sees_it(house: Staffed, ada: str) -> None:
    for who in ("kim", "stranger"):
        with house.records() as records, pytest.raises(PolicyError) as refused:
            export_person(records, actor(house, who), ada)
        assert refused.value.code == "POLICY-NO-RIGHT"


def test_an_erased_person_is_gone_and_the_records_are_sound(house: Staffed, ada: str, tmp_path: Path) -> None:
    done = erase_person(house.office, "jan", ada, ground="objection", now=house.now + DAY)
    assert done.is_clean
    assert {part.record_class for part in done.destroyed.parts} == {"person", "dossier", "credential"}
    assert wrong(checked(house)) == set()
    with house.records() as records:
        assert Person.of(records.events(f"person:{ada}")).erased
        assert records.find("person", "ada@example.org") is None
    database = b"".join(path.read_bytes() for path in tmp_path.glob("register.db*"))
    assert b"Lovelace" not in database
    assert b"ada@example.org" not in database


def test_erasing_again_destroys_what_came_since(house: Staffed, ada: str) -> None:
    erase_person(house.office, "jan", ada, ground="objection", now=house.now + DAY)
    again = erase_person(house.office, "jan", ada, ground="objection", now=house.now + 2 * DAY)
    assert again.destroyed.parts == ()
    assert wrong(checked(house)) == set()


def _done(house: Staffed, award: str, folder: Path) -> None:
    """Sign, publish and tell."""
    house.office.sign_waiting("jan", now=house.now)
    house.office.publish(folder / "public", "jan", now=house.now)
    house.office.tell_waiting(FileCarrier(folder / "outbox"), "jan", now=house.now)
    with house.desk("jan") as desk:
        assert desk.awards.get(award).phase == "done"


def test_what_an_erased_person_was_told_is_not_kept_either(house: Staffed, ada: str, tmp_path: Path) -> None:
    with house.records() as records:
        (award,) = [row.name.partition(":")[2] for row in records.streams("award", person=ada)]
    with house.desk("marit") as desk:
        bo = desk.people.register(PersonDetails(name="Bo", email="bo@example.org"))
    house.award(bo)
    _done(house, award, tmp_path)
    outbox = FileCarrier(tmp_path / "outbox")
    assert len(list(outbox.folder.iterdir())) == 2
    done = erase_person(house.office, "jan", ada, ground="objection", now=house.now + DAY, kept=outbox)
    assert done.notices == 1
    (left,) = outbox.folder.iterdir()
    assert b"To: bo@example.org" in left.read_bytes()
    again = erase_person(house.office, "jan", ada, ground="objection", now=house.now + 2 * DAY, kept=outbox)
    assert again.notices == 0


def test_nobody_is_told_who_was_erased(house: Staffed, ada: str, tmp_path: Path) -> None:
    """A page to print would go to nobody: it is recorded that it is impossible, and nobody tries again."""
    house.office.sign_waiting("jan", now=house.now)
    house.office.publish(tmp_path / "public", "jan", now=house.now)
    erase_person(house.office, "jan", ada, ground="objection", now=house.now + DAY)
    house.now += 2 * DAY
    told = house.office.tell_waiting(FileCarrier(tmp_path / "outbox"), "jan", now=house.now)
    assert [outcome for _, outcome in told] == ["impossible"]
    assert not (tmp_path / "outbox").exists()
    assert house.office.tell_waiting(FileCarrier(tmp_path / "outbox"), "jan", now=house.now) == ()
    with house.desk("jan") as desk:
        (notice,) = desk.awards.get(told[0][0].stream.partition(":")[2]).notices
    assert (notice.outcome, notice.channel, notice.notice) == ("impossible", None, None)
    assert wrong(checked(house)) == set()


def test_notices_go_when_the_time_of_what_they_tell_is_over(house: Staffed, tmp_path: Path) -> None:
    with house.desk("marit") as desk:
        person = desk.people.register(PersonDetails(name="Bo", email="bo@example.org"))
        award = desk.awards.open("host", person).id
        desk.awards.assess(award, "c0", "not-met", observed="Not seen.")
    with house.desk("jan") as desk:
        desk.awards.not_yet(award, feedback="Come again.")
    outbox = FileCarrier(tmp_path / "outbox")
    house.office.tell_waiting(outbox, "jan", now=house.now)
    assert len(list(outbox.folder.iterdir())) == 1
    house.now += 8 * 366 * DAY
    with house.records() as records:
        found = due_records(records, actor(house, "marit"))
    done = expire_records(house.office, "marit", found, now=house.now, kept=outbox)
    assert done.notices == 1
    assert list(outbox.folder.iterdir()) == []


def test_somebody_without_a_file_can_be_erased_too(house: Staffed) -> None:
    with house.desk("marit") as desk:
        desk.roles.end("kim", "assessor")
    done = erase_person(house.office, "jan", "kim", ground="no-longer-needed", now=house.now + DAY)
    assert done.destroyed.parts != ()
    with house.records() as records:
        assert "kim" not in Staff.of(records.events("staff")).names
    assert wrong(checked(house)) == set()


@pytest.mark.parametrize("person", ["kim", "jan"])
def test_who_works_here_is_not_erased(house: Staffed, person: str) -> None:
    with house.records() as records:
        before = records.head
    with pytest.raises(PolicyError) as refused:
        erase_person(house.office, "marit", person, ground="objection", now=house.now + DAY)
    assert refused.value.code == "PERSON-HOLDS-ROLE"
    with house.records() as records:
        assert records.head == before


def test_who_keeps_no_records_erases_nobody(house: Staffed, ada: str) -> None:
    for who in ("kim", ada):
        with pytest.raises(PolicyError) as refused:
            erase_person(house.office, who, ada, ground="objection", now=house.now + DAY)
        assert refused.value.code == "POLICY-NO-RIGHT"


def test_what_is_due_is_destroyed_once(house: Staffed) -> None:
    with house.desk("marit") as desk:
        person = desk.people.register(PersonDetails(name="Bo"))
        award = desk.awards.open("host", person).id
        desk.awards.withdraw(award, reason="Bo left.")
    house.now += 6 * 366 * DAY
    with house.records() as records:
        found = due_records(records, actor(house, "marit"))
    assert {one.stream for one in found} == {f"award:{award}"}
    done = expire_records(house.office, "marit", found, now=house.now)
    assert (len(done.destroyed.parts), done.is_clean) == (sum(one.parts for one in found), True)
    with house.records() as records:
        assert due_records(records, actor(house, "marit")) == ()
    assert wrong(checked(house)) == set()


def test_who_keeps_no_records_neither_sees_nor_destroys_what_is_due(house: Staffed) -> None:
    with house.records() as records, pytest.raises(PolicyError) as refused:
        due_records(records, actor(house, "kim"))
    assert refused.value.code == "POLICY-NO-RIGHT"
    with pytest.raises(PolicyError) as refused:
        expire_records(house.office, "kim", (), now=house.now + DAY)
    assert refused.value.code == "POLICY-NO-RIGHT"


def adopt_other_periods(house: Staffed) -> None:
    old = house.office.policy
    awarding = old.awarding.model_copy(update={"decide_within": old.awarding.inform_within})
    house.office = type(house.office)(
        old.model_copy(update={"version": "2", "awarding": awarding}),
        house.office.register,
        house.office.issuer,
    )
    house.now += timedelta(minutes=1)
    assert house.office.adopt("marit", now=house.now)


def test_records_of_an_earlier_policy_are_sound_under_a_later_one(house: Staffed) -> None:
    with house.desk("marit") as desk:
        person = desk.people.register(ADA)
    house.award(person, granted=False)
    adopt_other_periods(house)
    assert wrong(checked(house)) == set()
    with house.records() as records:
        report = verify(records, facts=facts_of(house.office.policy), statuses=statuses_of)
    assert wrong(report) == {"REGISTER-FACTS"}  # so this would have been no tampering


def test_records_are_destroyed_under_a_later_policy_and_stay_sound(house: Staffed) -> None:
    with house.desk("marit") as desk:
        person = desk.people.register(ADA)
    house.award(person, granted=False)
    adopt_other_periods(house)
    erase_person(house.office, "jan", person, ground="objection", now=house.now + DAY)
    assert wrong(checked(house)) == set()
