"""Who is told what of a doubt about a badge, and what is recorded of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

import pytest

from badge_offices import ADA, JAN, KIM, MARIT, REASON, REVOKED, SAM, Organisation, organisation
from openbadge_issuer.errors import PolicyError
from openbadge_issuer.issuing.notices.carrier import FileCarrier
from openbadge_issuer.issuing.notices.notice import Notice
from openbadge_issuer.issuing.office.keeping_records import export_person
from openbadge_issuer.policy.award_events import Cause
from openbadge_issuer.policy.deciding import Ruling
from openbadge_issuer.policy.notice_events import HolderInformed, PlatformInformed, ReporterInformed
from openbadge_issuer.policy.person_events import Contact, PersonDetails

REPORTER = "zed@tips.example"


def _kinds(notices: Iterable[Notice]) -> list[str]:
    return [one.kind for one in notices]


def test_the_holder_is_told_of_the_hearing_and_of_the_suspension_once(house: Organisation) -> None:
    case = house.reported(house.awarded())
    with house.desk(SAM) as desk:
        desk.cases.suspend(case, reason="The observation is in doubt.")
        desk.cases.offer_hearing(case, text="Were you there to the end?")
    told = house.tell()
    assert sorted(_kinds(told)) == ["heard", "suspended-meanwhile"]
    texts = {one.kind: one.text for one in told}
    assert "The observation is in doubt." in texts["suspended-meanwhile"]
    assert "Were you there to the end?" in texts["heard"]
    assert "vóór het einde van 16 maart 2026" in texts["heard"]  # two weeks from 2 March
    assert house.tell() == ()
    with house.desk(SAM) as desk:
        events = desk.ledger.events(f"case:{case}")
    recorded = [(one.about, one.outcome) for one in events if isinstance(one, HolderInformed)]
    assert sorted(recorded) == [("hearing", "delivered"), ("suspension", "delivered")]


def test_only_a_hearing_that_the_holder_was_told_of_counts(house: Organisation) -> None:
    case = house.reported(house.awarded())
    with house.desk(SAM) as desk:
        desk.cases.record_finding(case, "Participants confirm it.")
        desk.cases.offer_hearing(case)
    house.tick(timedelta(days=20))
    with pytest.raises(PolicyError) as refused, house.desk(KIM) as desk:
        desk.cases.decide(case, REVOKED)
    assert refused.value.code == "CASE-HEARING"
    house.tell(taken=False)
    (notice,) = house.tell()  # which failed the first time
    assert "vóór het einde van 5 april 2026" in notice.text  # two weeks from the day of the notice
    house.tick(timedelta(days=13))
    with pytest.raises(PolicyError) as refused, house.desk(KIM) as desk:
        desk.cases.decide(case, REVOKED)
    assert refused.value.code == "CASE-HEARING"
    house.tick(timedelta(days=2))
    with house.desk(KIM) as desk:
        decided = desk.cases.decide(case, REVOKED).decisions[-1]
    assert decided.exempt == ()


def test_the_guardian_of_a_minor_is_told_too(house: Organisation) -> None:
    guardian = Contact(name="Ouder", email="ouder@example.org")
    person = house.register_person(
        PersonDetails(name="Kit", email="kit@example.org", language="nl", minor=True, guardian=guardian)
    )
    case = house.reported(house.awarded(person))
    with house.desk(SAM) as desk:
        desk.cases.offer_hearing(case)
    assert sorted(one.to for one in house.tell()) == [("kit@example.org",), ("ouder@example.org",)]
    house.heard(case)
    with house.desk(KIM) as desk:
        desk.cases.decide(case, REVOKED)
    assert sorted(one.to for one in house.tell()) == [("kit@example.org",), ("ouder@example.org",)]


def test_that_an_objection_has_arrived_is_told(house: Organisation) -> None:
    case = house.decided(house.awarded())
    house.tell()
    with house.desk(SAM) as desk:
        desk.cases.object(case, "I was there.")
    (notice,) = house.tell()
    assert notice.kind == "objection-received"
    assert "13 april 2026" in notice.text  # six weeks
    assert house.tell() == ()


@pytest.mark.parametrize("upheld", [True, False], ids=["upheld", "rejected"])
def test_what_became_of_an_objection_is_told_and_overwrites_nothing(
    house: Organisation, tmp_path: Path, *, upheld: bool
) -> None:
    outbox = FileCarrier(tmp_path / "outbox")

    def tell() -> list[tuple[str, bytes]]:
        house.office.tell_waiting(outbox, JAN, now=house.tick())
        return sorted((path.name, path.read_bytes()) for path in outbox.folder.glob(f"case-{case}*"))

    case = house.decided(house.awarded())
    first = tell()
    with house.desk(SAM) as desk:
        desk.cases.object(case, "I was there.")
    second = tell()
    with house.desk(MARIT) as desk:
        desk.cases.decide_objection(case, upheld=upheld, grounds="The video.")
    third = tell()
    assert [name for name, _ in third] == [
        f"case-{case}-2-objection-received.eml",
        f"case-{case}-3-objection-{'upheld' if upheld else 'rejected'}.eml",
        f"case-{case}-revoked.eml",
    ]
    assert set(first) < set(second) < set(third)


def test_a_reporter_who_can_be_reached_is_told_and_never_shown(house: Organisation) -> None:
    award = house.awarded()
    with house.desk(None) as desk:
        case = desk.cases.report("I saw it.", awards=[award], name="Zed", contact=REPORTER).cases[0]
        desk.cases.report("I saw it too.", awards=[award], contact="06 12345678")
    (first,) = house.tell()
    assert (first.kind, first.to) == ("acknowledged", (REPORTER,))
    with house.desk(SAM) as desk:
        assert len(desk.cases.get(case).acknowledged) == 1
        desk.cases.assign(case, SAM)
    house.heard(case)
    with house.desk(KIM) as desk:
        desk.cases.decide(case, REVOKED)
    told = {one.kind: one for one in house.tell()}
    assert told.keys() == {"revoked", "reporter-told"}
    assert "ingetrokken" in told["reporter-told"].text
    assert ADA.name not in told["reporter-told"].text
    assert "Zed" not in told["revoked"].text
    assert house.tell() == ()
    with house.desk(MARIT) as desk:
        holder = desk.awards.get(award).candidate
        events = desk.ledger.events(f"case:{case}")
    told_reporter = [one for one in events if isinstance(one, ReporterInformed)]
    assert [(one.about, one.address) for one in told_reporter] == [
        ("report", REPORTER),
        ("outcome", REPORTER),
    ]
    with house.office.register.records(house.office.organisation) as records, house.desk(MARIT) as desk:
        export = str(export_person(records, desk.actor, holder))
    assert "tips.example" not in export
    assert REPORTER not in str([event.sealed().body for event in events])


def test_what_the_holder_reads_does_not_name_the_reporter(house: Organisation) -> None:
    award = house.awarded()
    with house.desk(None) as desk:
        case = desk.cases.report("I saw it.", awards=[award], name="Zed Tip").cases[0]
    with house.desk(JAN) as desk:
        with pytest.raises(PolicyError) as refused:
            desk.cases.suspend(case, reason="As zed tip told us.")
        assert refused.value.code == "CASE-REPORTER-NAMED"
        with pytest.raises(PolicyError) as refused:
            desk.cases.offer_hearing(case, text="Zed Tip says that you left.")
        assert refused.value.code == "CASE-REPORTER-NAMED"
        desk.cases.offer_hearing(case, text="Somebody says that you left.")


def _foreign(tmp_path: Path, *, contact: str | None = "help@platform.example") -> tuple[Organisation, str]:
    """A case about a badge on a platform of others that nobody knows the holder of, decided."""
    address = "https://platform.example/assertions/7"
    platform = {"name": "Cities of Learning", "prefixes": ["https://platform.example/"], "contact": contact}
    house = organisation(tmp_path, {"platforms": {"col": platform}})
    with house.desk(None) as desk:
        case = desk.cases.report("Not earned.", addresses=[address]).cases[0]
    with house.desk(SAM) as desk:
        desk.cases.assign(case, SAM)
        desk.cases.record_finding(case, "Nobody saw it.")
    with house.desk(KIM) as desk:
        desk.cases.decide(case, REVOKED)
        desk.cases.nothing_to_prevent(case, reason="It is not ours.")
    return house, case


def test_a_platform_of_others_is_told_what_was_decided(tmp_path: Path) -> None:
    house, case = _foreign(tmp_path)
    with pytest.raises(PolicyError) as refused, house.desk(KIM) as desk:
        desk.cases.close(case)
    assert refused.value.code == "CASE-NOT-INFORMED"
    (notice,) = house.tell()
    assert (notice.kind, notice.to) == ("platform", ("help@platform.example",))
    for told in ("https://platform.example/assertions/7", REASON["nl"], "ingetrokken", "annulments.jwt"):
        assert told in notice.text
    assert house.tell() == ()
    with house.desk(KIM) as desk:
        assert desk.cases.close(case).phase == "closed"
        (told_it,) = [one for one in desk.ledger.events(f"case:{case}") if isinstance(one, PlatformInformed)]
    assert (told_it.platform, told_it.outcome) == ("col", "delivered")


def test_what_cannot_be_told_is_recorded_and_the_case_closes(tmp_path: Path) -> None:
    house, case = _foreign(tmp_path)
    house.tell(taken=False)
    with house.desk(KIM) as desk:
        desk.cases.cannot_inform(case, "The platform is gone.")
        assert desk.cases.close(case).phase == "closed"


def test_a_case_closes_where_there_is_nobody_to_tell(tmp_path: Path) -> None:
    house, case = _foreign(tmp_path, contact=None)
    assert house.tell() == ()
    with house.desk(KIM) as desk:
        assert desk.cases.close(case).phase == "closed"


def test_that_the_holder_cannot_be_told_is_recorded_for_each_notice(house: Organisation) -> None:
    case = house.reported(house.awarded())
    with house.desk(SAM) as desk:
        desk.cases.suspend(case, reason="In doubt.")
        desk.cases.offer_hearing(case)
        desk.cases.cannot_inform(case, "She moved, and nobody knows where.")
        events = desk.ledger.events(f"case:{case}")
    recorded = [one for one in events if isinstance(one, HolderInformed)]
    assert {(one.about, one.outcome) for one in recorded} == {
        ("hearing", "impossible"),
        ("suspension", "impossible"),
    }
    assert house.tell() == ()


def _replaced(house: Organisation, case: str, award: str, cause: Cause) -> None:
    with house.desk(MARIT) as desk:
        new = desk.cases.get(case).pending[0].successor
        desk.awards.follow(award, cause=cause, successor=new)
    with house.desk(JAN) as desk:
        desk.awards.grant(new)


def test_a_correction_is_told_once_the_new_badge_can_go_along(house: Organisation) -> None:
    award = house.awarded()
    ruling = Ruling(outcome="corrected", grounds="The name was wrong.", ground="mistake", reason=REASON)
    case = house.decided(award, ruling)
    assert house.tell() == ()
    _replaced(house, case, award, "correction")
    assert house.tell() == ()
    house.office.sign_waiting(JAN, now=house.tick())
    house.publish()
    told = {one.kind: one for one in house.tell()}
    assert told.keys() == {"corrected", "awarded"}
    assert [one.name for one in told["corrected"].attachments] == ["facilitator.svg"]
    assert "De datum van toekenning blijft dezelfde: 2 maart 2026." in told["corrected"].text


def test_a_badge_that_is_given_back_goes_along(house: Organisation) -> None:
    award = house.awarded()
    case = house.decided(award)
    house.tell()
    with house.desk(SAM) as desk:
        desk.cases.object(case, "I was there.")
    house.tell()
    with house.desk(MARIT) as desk:
        desk.cases.decide_objection(case, upheld=True, grounds="The video.")
    assert [one.kind for one in house.tell()] == ["objection-upheld"]
    with house.desk(SAM) as desk:
        desk.cases.decide(case, Ruling(outcome="reinstated", grounds="The video."))
    assert house.tell() == ()
    _replaced(house, case, award, "reinstatement")
    house.office.sign_waiting(JAN, now=house.tick())
    house.publish()
    (notice,) = [one for one in house.tell() if one.kind == "reinstated"]
    assert len(notice.attachments) == 1
    assert "die bij dit bericht zit" in notice.text


def test_a_decided_suspension_says_how_to_object(house: Organisation) -> None:
    ruling = Ruling(outcome="suspended", grounds="Unclear.", ground="mistake", reason=REASON)
    case = house.decided(house.awarded(), ruling)
    (notice,) = house.tell()
    assert notice.kind == "suspended"
    assert "Ben je het er niet mee eens? Schrijf vóór het einde van 13 april 2026" in notice.text
    with house.desk(SAM) as desk:
        assert desk.cases.get(case).object_until is not None
