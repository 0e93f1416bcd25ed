"""Awards at a desk: nothing is signed without a sealed decision, and asking twice gives the same."""

from __future__ import annotations

from itertools import chain, combinations
from pathlib import Path

import pytest

from badge_offices import ADA, EMAIL, JAN, KIM, MARIT, SAM, Organisation, organisation
from openbadge_issuer.errors import PolicyError
from openbadge_issuer.policy.person_events import Contact, PersonDetails

CRITERIA = ("led", "plan")


def test_an_award_goes_its_way_to_a_badge_that_a_stranger_accepts(house: Organisation) -> None:
    award = house.awarded()
    report = house.verify(
        house.badge(award), recipient=f"email:{EMAIL}", expected_issuer="did:web:badges.example"
    )
    assert report.verdicts["integrity"] == report.verdicts["status"] == "passed", report
    assert report.verdicts["recipient"] == "passed"
    with house.desk(MARIT) as desk:
        assert desk.awards.get(award).phase == "done"


@pytest.mark.parametrize("met", list(chain.from_iterable(combinations(CRITERIA, n) for n in range(2))))
def test_for_every_lack_of_criteria_there_is_no_signature(house: Organisation, met: tuple[str, ...]) -> None:
    with house.desk(MARIT) as desk:
        award = desk.awards.open("facilitator", desk.people.register(ADA)).id
        for criterion in met:
            shown = [house.plan] if criterion == "plan" else []
            form = "document" if shown else "observation"
            desk.awards.assess(award, criterion, "met", form=form, observed="Seen.", evidence=shown)
    with pytest.raises(PolicyError) as refused, house.desk(JAN) as desk:
        desk.awards.grant(award)
    assert refused.value.code == "AWARD-CRITERIA-OPEN"
    assert house.office.sign_waiting(JAN, now=house.tick()) == ()


def test_asking_twice_gives_the_same_award_credential_and_place(house: Organisation) -> None:
    first = house.awarded()
    badge = house.badge(first)
    with house.desk(MARIT) as desk:
        again = desk.awards.open("facilitator", desk.people.register(ADA))
        assert again.id == first
        assert desk.awards.grant(first).granted == again.granted
        listed = desk.ledger.status
        assert listed.find("https://badges.example/status/revocation", f"award:{first}") is not None
    house.office.sign_waiting(JAN, now=house.tick())
    assert house.badge(first) == badge


def test_signing_again_what_a_killed_process_had_signed_gives_the_same_bytes(house: Organisation) -> None:
    award = house.granted()
    with house.desk(JAN) as desk:
        ((draft, document),) = desk.awards.get(award).to_sign()
        decided = desk.awards.get(award).granted.at
    signed = house.office.issuer.sign(document, draft.proof, now=decided)
    house.office.sign_waiting(JAN, now=house.tick())
    assert house.badge(award).encode() == signed


def test_another_occasion_is_another_award(house: Organisation) -> None:
    assert house.granted() != house.granted(occasion="autumn")


def test_not_yet_is_an_outcome_and_is_told_with_what_is_open(house: Organisation) -> None:
    with house.desk(MARIT) as desk:
        award = desk.awards.open("facilitator", desk.people.register(ADA)).id
        desk.awards.assess(award, "led", "met", observed="I was there.")
        desk.awards.assess(award, "plan", "not-met", observed="There was none.")
    with house.desk(JAN) as desk:
        desk.awards.not_yet(award, feedback="Send your plan next time.")
    (notice,) = house.tell()
    assert notice.kind == "not-yet"
    assert "Send your plan next time." in notice.text
    assert "plan" in notice.text.lower()
    assert house.tell() == ()


def test_a_notice_that_did_not_arrive_is_tried_again(house: Organisation) -> None:
    award = house.granted()
    house.office.sign_waiting(JAN, now=house.tick())
    house.publish()
    assert len(house.tell(taken=False)) == 1
    with house.desk(MARIT) as desk:
        assert desk.awards.get(award).phase == "to-inform"
    assert len(house.tell()) == 1
    with house.desk(MARIT) as desk:
        assert desk.awards.get(award).phase == "done"


def test_somebody_without_an_address_gets_a_letter_with_a_code_that_shows_whose_badge_it_is(
    house: Organisation,
) -> None:
    person = house.register_person(PersonDetails(name="Bo", language="en"))
    award = house.awarded(person)
    (letter,) = house.notices
    assert letter.kind == "claim"
    assert letter.to == ()
    assert letter.code is not None
    badge = house.badge(award)
    assert letter.code not in badge
    assert house.verify(badge, recipient=f"identifier={letter.code}").verdicts["recipient"] == "passed"
    assert house.verify(badge, recipient="identifier=0000").verdicts["recipient"] == "failed"


def test_the_guardian_of_a_minor_is_told_too(house: Organisation) -> None:
    guardian = Contact(name="Ouder", email="ouder@example.org")
    details = PersonDetails(name="Kit", email="kit@example.org", minor=True, guardian=guardian)
    house.awarded(house.register_person(details))
    texts = {notice.to: notice.text for notice in house.notices}
    assert texts.keys() == {("kit@example.org",), ("ouder@example.org",)}
    assert texts["kit@example.org",].startswith("Hello Kit,")
    assert texts["ouder@example.org",].startswith("Hello Ouder,\n\nYou get this message because you are")


def test_a_claim_gives_the_badge_in_ones_own_name_with_the_same_date(house: Organisation) -> None:
    person = house.register_person(PersonDetails(name="Bo", language="en"))
    old = house.awarded(person)
    with house.desk(MARIT) as desk:
        desk.people.change(person, PersonDetails(name="Bo", email="bo@example.org", language="en"))
        new = desk.awards.follow(old, cause="claim").id
    with house.desk(JAN) as desk:
        desk.awards.grant(new)
        former, latter = desk.awards.get(old), desk.awards.get(new)
    assert former.successor == new
    assert former.granted.awarded == latter.granted.awarded
    house.office.sign_waiting(JAN, now=house.tick())
    house.publish()
    assert house.verify(house.badge(new), recipient="email:bo@example.org").verdicts["recipient"] == "passed"


def test_evidence_is_public_only_with_consent(house: Organisation) -> None:
    public = {"media_type": "image/jpeg", "name": "Photo", "url": "https://photos.example/1", "public": True}
    shown = house.plan.model_copy(update=public)
    for agreed in (False, True):
        with house.desk(MARIT) as desk:
            person = desk.people.register(ADA)
            award = desk.awards.open("facilitator", person, occasion=f"agreed-{agreed}".lower()).id
            desk.awards.assess(award, "led", "met", observed="Seen.", evidence=[shown])
            desk.awards.assess(award, "plan", "met", form="document", evidence=[house.plan])
            if agreed:
                desk.people.consent(person, award=award, how="signed form")
        with house.desk(JAN) as desk:
            desk.awards.grant(award)
        house.office.sign_waiting(JAN, now=house.tick())
        assert ("https://photos.example/1" in house.badge(award)) == agreed


def test_a_role_taken_in_an_emergency_is_recorded_with_what_is_done_under_it(house: Organisation) -> None:
    with house.desk(KIM) as desk:
        desk.roles.end(KIM, "manager", reason="moves on")
    award = house.assessed()
    with pytest.raises(PolicyError) as refused, house.desk(KIM) as desk:
        desk.awards.grant(award)
    assert refused.value.code == "POLICY-NO-RIGHT"


def test_what_happens_in_a_transaction_that_fails_did_not_happen(house: Organisation) -> None:
    award, before = house.assessed(), house.head

    def both() -> None:
        with house.desk(JAN) as desk:
            desk.awards.grant(award)
            desk.awards.not_yet(award, feedback="and then not")

    with pytest.raises(PolicyError):
        both()
    assert house.head == before
    assert house.check_records(before).verdict == "passed"
    with house.desk(SAM) as desk:
        assert desk.awards.grant(award).granted is not None


@pytest.mark.parametrize("old", ["hosted", "signed"])
def test_a_key_that_changes_between_decision_and_signature_does_no_harm(tmp_path: Path, old: str) -> None:
    house = organisation(tmp_path, {"publication.open_badges_2": old})
    award = house.granted()
    house.rotate()
    house.office.sign_waiting(JAN, now=house.tick())
    house.publish()
    assert house.verify(house.badge(award))
    assert house.verify(house.badge(award, "2.0"))


def test_who_may_not_tell_tells_nobody(house: Organisation) -> None:
    house.granted()
    house.office.sign_waiting(JAN, now=house.tick())
    house.publish()
    before = house.head
    with pytest.raises(PolicyError) as refused:
        house.tell(by="p-eve")
    assert refused.value.code == "POLICY-NO-RIGHT"
    assert house.notices == []
    assert house.head == before
