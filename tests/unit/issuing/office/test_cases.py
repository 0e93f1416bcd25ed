"""Cases at a desk: one decision acts on every form in which a badge is out."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from badge_offices import JAN, KIM, MARIT, REASON, REVOKED, ROLES, SAM, Organisation, organisation
from openbadge_issuer import VerificationReport
from openbadge_issuer.errors import PolicyError
from openbadge_issuer.issuing.office.keeping_records import erase_person
from openbadge_issuer.policy.deciding import Ruling
from openbadge_issuer.policy.person_events import PersonDetails

PLATFORM = "https://platform.example/"
FOREIGN = {"platforms": {"col": {"name": "Cities of Learning", "prefixes": [PLATFORM]}}}


def _failed(report: VerificationReport) -> set[str]:
    return {
        found.code for found in report.findings if found.outcome == "failed" and found.severity == "error"
    }


def test_a_decision_revokes_the_badge_in_both_versions(both: Organisation) -> None:
    award = both.awarded()
    new, old = both.badge(award), both.badge(award, "2.0")
    assert both.verify(new)
    assert both.verify(old)
    both.decided(award)
    both.publish()
    for badge in (new, old):
        report = both.verify(badge)
        assert "STATUS-REVOKED" in _failed(report)
        assert REASON["nl"] in str(report.to_json())


@pytest.mark.parametrize("with_list", [False, True], ids=["register", "list"])
def test_a_suspension_shows_and_is_lifted_in_both_versions(tmp_path: Path, with_list: bool) -> None:  # noqa: FBT001
    house = organisation(
        tmp_path, {"publication.open_badges_2": "hosted", "publication.suspension_list": with_list}
    )
    award = house.awarded()
    badges = house.badge(award), house.badge(award, "2.0")
    case = house.reported(award)
    with house.desk(SAM) as desk:
        desk.cases.suspend(case, reason="A serious doubt.")
    house.publish()
    wanted = "STATUS-SUSPENDED" if with_list else "ANNULMENT-SUSPENDED"
    assert _failed(house.verify(badges[0])) == {wanted}
    assert _failed(house.verify(badges[1])) == {"ANNULMENT-SUSPENDED"}
    house.heard(case)
    with house.desk(KIM) as desk:
        desk.cases.decide(case, Ruling(outcome="unfounded", grounds="She was there."))
    house.publish()
    assert all(house.verify(badge) for badge in badges)


def test_a_badge_on_a_platform_of_others_is_annulled_for_who_listens(tmp_path: Path) -> None:
    house = organisation(tmp_path, FOREIGN)
    address = f"{PLATFORM}assertions/7"
    with house.desk(None) as desk:
        case = desk.cases.report("Not earned.", addresses=[address]).cases[0]
    with house.desk(SAM) as desk:
        desk.cases.assign(case, SAM)
        desk.cases.record_finding(case, "Nobody saw it.")
    with house.desk(KIM) as desk:
        desk.cases.decide(case, REVOKED, unheard_reason="Nobody knows who holds it.")
    made = house.publish()
    register = made.files["https://badges.example/annulments.jwt"]
    badge = {
        "@context": "https://w3id.org/openbadges/v2",
        "type": "Assertion",
        "id": address,
        "recipient": {"type": "email", "hashed": False, "identity": "x@example.org"},
        "badge": f"{PLATFORM}badge",
        "verification": {"type": "hosted"},
        "issuedOn": "2026-01-01T00:00:00Z",
    }
    text = json.dumps(badge)
    assert "ANNULMENT-ANNULLED" in _failed(house.verify(text, annulments=[register]))
    assert "ANNULMENT-ANNULLED" not in _failed(house.verify(text))
    other = json.dumps({**badge, "id": f"{PLATFORM}assertions/8"})
    assert "ANNULMENT-ANNULLED" not in _failed(house.verify(other, annulments=[register]))


def test_a_correction_replaces_the_badge_with_the_date_kept(house: Organisation) -> None:
    award = house.awarded()
    old = house.badge(award)
    case = house.decided(
        award,
        Ruling(outcome="corrected", grounds="The name was wrong.", ground="mistake", reason=REASON),
    )
    with house.desk(MARIT) as desk:
        waiting = desk.cases.get(case).pending
        new = waiting[0].successor
        desk.awards.follow(award, cause="correction", successor=new)
    with house.desk(JAN) as desk:
        desk.awards.grant(new)  # which carries out what waited for it
        assert desk.cases.get(case).pending == ()
        former, latter = desk.awards.get(award), desk.awards.get(new)
    assert former.granted.awarded == latter.granted.awarded
    assert (former.successor, former.status, latter.status) == (new, "revoked", "active")
    house.office.sign_waiting(JAN, now=house.tick())
    house.publish()
    assert "STATUS-REVOKED" in _failed(house.verify(old))
    assert house.verify(house.badge(new))


def test_a_correction_is_corrected_after_an_objection(house: Organisation) -> None:
    ruling = Ruling(outcome="corrected", grounds="The name was wrong.", ground="mistake", reason=REASON)
    with house.desk(MARIT) as desk:
        for person in ("p-ria", "p-bob"):
            desk.roles.grant(person, "manager", name=person)
    award = house.awarded()
    case = house.decided(award, ruling)
    new = _corrected(house, case, award)
    house.office.sign_waiting(JAN, now=house.tick())
    house.publish()
    house.tell()
    with house.desk(SAM) as desk:
        desk.cases.object(case, "It is wrong again.")
    with house.desk("p-ria") as desk:
        desk.cases.decide_objection(case, upheld=True, grounds="It is.")
    with house.desk("p-bob") as desk:
        desk.cases.decide(case, ruling)
    newer = _corrected(house, case, new)
    with house.desk(MARIT) as desk:
        found = [desk.awards.get(one) for one in (award, new, newer)]
    assert [one.status for one in found] == ["revoked", "revoked", "active"]
    assert [one.successor for one in found] == [new, newer, None]


def _corrected(house: Organisation, case: str, award: str) -> str:
    with house.desk(MARIT) as desk:
        new: str = desk.cases.get(case).pending[0].successor
        desk.awards.follow(award, cause="correction", successor=new)
    with house.desk(JAN) as desk:
        desk.awards.grant(new)
    return new


def test_a_case_closes_only_when_all_were_told_and_something_is_done_about_it(
    house: Organisation,
) -> None:
    case = house.decided(house.awarded())
    told = house.notices[:]
    with pytest.raises(PolicyError) as refused, house.desk(SAM) as desk:
        desk.cases.close(case)
    assert refused.value.code == "CASE-NOT-INFORMED"
    house.tell()
    (notice,) = [one for one in house.notices if one not in told]
    assert notice.kind == "revoked"
    assert REASON["nl"] in notice.text
    with pytest.raises(PolicyError) as refused, house.desk(SAM) as desk:
        desk.cases.close(case)
    assert refused.value.code == "CASE-NOT-PREVENTED"
    with house.desk(SAM) as desk:
        desk.cases.prevent(
            case, "sign-times", owner=SAM, due=date(2026, 6, 1), what="Observers sign the times."
        )
        assert desk.cases.close(case).phase == "closed"


def test_the_one_who_awarded_does_not_decide_while_others_can(house: Organisation) -> None:
    case = house.reported(house.awarded())
    house.heard(case)
    with pytest.raises(PolicyError) as refused, house.desk(JAN) as desk:
        desk.cases.decide(case, REVOKED)
    assert refused.value.code == "CASE-AWARDER-DECIDES"


def test_further_reports_join_the_open_case_and_each_has_a_receipt(house: Organisation) -> None:
    award = house.awarded()
    case = house.reported(award)
    with house.desk(None) as desk:
        again = desk.cases.report("I saw it too.", awards=[award], name="Eve", contact="eve@example.org")
    assert again.joined
    assert again.cases == (case,)
    with house.desk(SAM) as desk:
        assert desk.cases.with_receipt(again.receipt).id == case


def test_an_objection_is_decided_by_somebody_else_and_gives_the_badge_back(house: Organisation) -> None:
    award = house.awarded()
    case = house.decided(award)
    house.tell()
    with house.desk(SAM) as desk:
        desk.cases.object(case, "I was there until the end.")
    with pytest.raises(PolicyError) as refused, house.desk(KIM) as desk:
        desk.cases.decide_objection(case, upheld=True, grounds="Video shows it.")
    assert refused.value.code == "CASE-SAME-DECIDER"
    with house.desk(SAM) as desk:
        desk.cases.decide_objection(case, upheld=True, grounds="Video shows it.")


def test_a_handover_moves_what_somebody_has_in_hand(house: Organisation) -> None:
    case = house.reported(house.awarded())
    with house.desk(MARIT) as desk:
        arranged, moved = desk.roles.hand_over(SAM, KIM, reason="Sam moves on.")
    assert arranged.roles == ("manager",)
    assert moved == (f"case:{case}",)
    with house.desk(KIM) as desk:
        assert desk.cases.get(case).investigators == (KIM,)
    house.tick(timedelta(days=1))


def test_misuse_is_seen_only_by_those_who_handle_it(house: Organisation) -> None:
    with house.desk(JAN) as desk:
        matter = desk.misuse.report("Badges were given to friends.", about=SAM)
    with pytest.raises(PolicyError) as refused, house.desk(JAN) as desk:
        desk.misuse.see(matter)
    assert refused.value.code == "POLICY-NO-RIGHT"
    with house.desk(MARIT) as desk:
        desk.roles.grant(KIM, "confidant")
    with house.desk(KIM) as desk:
        desk.misuse.assign(matter, KIM)
        desk.misuse.note(matter, "Talked with everybody.")
        desk.misuse.measure(matter, "warning", decided_by="the board", text="A warning.")
        desk.misuse.close(matter, "Settled.")
        assert desk.misuse.see(matter).phase == "closed"
    assert b"friends" not in b"".join(house.publish().files.values())


def test_a_suspended_badge_that_another_follows_stays_suspended(both: Organisation) -> None:
    award = both.awarded()
    badges = both.badge(award), both.badge(award, "2.0")
    with both.desk(JAN) as desk:
        new = desk.awards.follow(award, cause="renewal").id
        desk.awards.grant(new)
    case = both.reported(award)
    with both.desk(SAM) as desk:
        desk.cases.suspend(case, reason="A serious doubt.")
    both.publish()
    assert [_failed(both.verify(badge)) for badge in badges] == [{"ANNULMENT-SUSPENDED"}] * 2


def test_who_may_award_and_nothing_else_grants_what_a_case_waits_for(tmp_path: Path) -> None:
    awarder = {"name": {"en": "Awarder", "nl": "Toekenner"}, "rights": ["award"]}
    house = organisation(tmp_path, {"roles": {**ROLES, "awarder": awarder}})
    with house.desk(MARIT) as desk:
        desk.roles.grant("p-ria", "awarder", name="Ria Blom")
    award = house.awarded()
    ruling = Ruling(outcome="corrected", grounds="The name was wrong.", ground="mistake", reason=REASON)
    case = house.decided(award, ruling)
    with house.desk(MARIT) as desk:
        new = desk.cases.get(case).pending[0].successor
        desk.awards.follow(award, cause="correction", successor=new)
    with house.desk("p-ria") as desk:
        desk.awards.grant(new)
        assert desk.cases.get(case).pending != ()
    with house.desk(KIM) as desk:
        assert desk.cases.carry_out(case).pending == ()


@pytest.mark.parametrize("old", ["hosted", "signed"])
def test_what_was_revoked_stays_revoked_when_its_holder_is_erased(tmp_path: Path, old: str) -> None:
    house = organisation(tmp_path, {"publication.open_badges_2": old})
    award = house.awarded()
    badges = house.badge(award), house.badge(award, "2.0")
    house.decided(award)
    with house.desk(MARIT) as desk:
        holder = desk.awards.get(award).candidate
    erase_person(house.office, MARIT, holder, ground="objection", now=house.tick())
    house.publish()
    for badge in badges:
        assert not house.verify(badge)
    assert "STATUS-REVOKED" in _failed(house.verify(badges[0]))
    if old == "signed":
        assert "STATUS-REVOKED" in _failed(house.verify(badges[1]))


@pytest.mark.parametrize("stage", ["granted", "signed", "published", "decided"])
def test_the_work_goes_on_when_somebody_was_erased_half_way(house: Organisation, stage: str) -> None:
    award = house.granted()
    if stage != "granted":
        house.office.sign_waiting(JAN, now=house.tick())
    if stage in {"published", "decided"}:
        house.publish()
    if stage == "decided":
        house.decided(award)
    with house.desk(MARIT) as desk:
        holder = desk.awards.get(award).candidate
    erase_person(house.office, MARIT, holder, ground="objection", now=house.tick())
    other = house.granted(house.register_person(PersonDetails(name="Bo", email="bo@example.org")))
    house.office.sign_waiting(JAN, now=house.tick())
    house.publish()
    house.tell()
    with house.desk(MARIT) as desk:
        assert desk.awards.get(other).phase == "done"
    assert house.tell() == ()
    assert house.verify(house.badge(other))
