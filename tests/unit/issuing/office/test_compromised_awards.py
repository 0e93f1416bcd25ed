"""A key that others may have: the register tells what the office signed, and cases what becomes of that."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from badge_offices import ADA, JAN, MARIT, NOW, Organisation, organisation
from openbadge_issuer.errors import PolicyError
from openbadge_issuer.issuing.home import issuer_of
from openbadge_issuer.issuing.office.compromised_awards import (
    SignedAward,
    affected_awards,
    report_affected,
    signed_awards,
    vouched_awards,
)
from openbadge_issuer.issuing.office.keeping_records import erase_person
from openbadge_issuer.policy.person_events import PersonDetails
from openbadge_issuer.signing.key_ring import LIST_NAME
from openbadge_issuer.signing.signer import Signer

METHOD = "did:web:badges.example#key-1"
GRACE = PersonDetails(name="Grace Hopper", email="grace@example.org", language="en")


def stolen(house: Organisation, since: datetime) -> Signer:
    """A new key is taken into use, and the old one, which is returned, may be in other hands."""
    old = house.office.issuer.signer
    house.rotate()
    house.ring = house.ring.compromise("key-1", since=since)
    return old


def affected(house: Organisation, since: datetime) -> tuple[SignedAward, ...]:
    with house.desk(MARIT) as desk:
        return affected_awards(signed_awards(desk, house.ring, "key-1"), since)


def report(house: Organisation, since: datetime, by: str | None = MARIT) -> tuple[str, ...]:
    found = affected(house, since)
    with house.desk(by) as desk:
        return report_affected(desk, found, key=METHOD, since=since)


def forged(house: Organisation, key: Signer, data: str) -> str:
    """A badge that the thief makes of one that the office signed, dated back."""
    from openbadge_issuer.assertions.json_text import parse_json_object  # noqa: PLC0415

    document = {name: value for name, value in parse_json_object(data).items() if name != "proof"}
    thief = issuer_of(house.office.policy, key, verification_method=METHOD)
    return thief.sign({**document, "id": "urn:uuid:f"}, "eddsa-rdfc-2022", now=NOW).decode()


def test_every_publication_vouches_for_what_the_office_signed_and_for_nothing_else(
    house: Organisation,
) -> None:
    first, middle, second = house.awarded(), house.tick(), house.awarded(house.register_person(GRACE))
    old = stolen(house, middle)
    made = house.publish()
    assert f"https://badges.example/.well-known/{LIST_NAME}" in made.files
    for award in (first, second):
        report = house.verify(house.badge(award))
        assert report.accepted, report.findings
    report = house.verify(forged(house, old, house.badge(first)))
    assert (report.accepted, report.first_error) == (False, "PROOF-KEY-COMPROMISED")
    after = house.awarded(house.register_person(PersonDetails(name="Mary", email="m@example.org")))
    assert house.verify(house.badge(after)).accepted
    assert house.verify(house.badge(first)).accepted


def test_without_a_compromised_key_there_is_no_list(house: Organisation) -> None:
    house.awarded()
    house.rotate()
    assert not [url for url in house.publish().files if "compromised" in url]
    with house.desk(MARIT) as desk:
        assert vouched_awards(desk, house.ring).keys == ()


@pytest.fixture
def signed_2(tmp_path: Path) -> Organisation:
    return organisation(tmp_path, {"publication.open_badges_2": "signed"})


def test_signed_badges_of_2_are_vouched_for_by_the_profile(signed_2: Organisation) -> None:
    award = signed_2.awarded()
    stolen(signed_2, NOW)
    made = signed_2.publish()
    assert "https://badges.example/compromised-keys-2.0.jwt" in made.files
    for version in ("3.0", "2.0"):
        report = signed_2.verify(signed_2.badge(award, version))
        assert report.accepted, report.findings
    assert [one.version for one in affected(signed_2, NOW)] == ["3.0", "2.0"]


def test_hosted_badges_of_2_carry_no_signature(both: Organisation) -> None:
    award = both.awarded()
    stolen(both, NOW)
    both.publish()
    assert [one.version for one in affected(both, NOW)] == ["3.0"]
    assert both.verify(both.badge(award, "2.0")).accepted


def test_what_was_signed_since_then_and_still_counts_is_affected(house: Organisation) -> None:
    waiting = house.granted()  # decided before, and signed after
    middle = house.tick()
    house.office.sign_waiting(JAN, now=house.tick())
    house.publish()
    house.tell()
    revoked = house.awarded(house.register_person(GRACE))
    house.decided(revoked)
    stolen(house, middle)
    assert [one.award.id for one in affected(house, NOW)] == [waiting]
    (found,) = affected(house, middle)
    assert found.signatures[0].signed_at is not None
    assert found.signatures[0].signed_at < middle < found.recorded
    assert affected(house, house.tick()) == ()


def test_what_was_erased_cannot_be_vouched_for_and_is_told(house: Organisation) -> None:
    person = house.register_person()
    award = house.awarded(person)
    erase_person(house.office, MARIT, person, ground="objection", now=house.tick())
    stolen(house, NOW)
    with house.desk(MARIT) as desk:
        (one,) = signed_awards(desk, house.ring, "key-1")
    assert (one.award.id, one.signatures, one.since(NOW)) == (award, (), True)
    assert affected(house, NOW) == ()


def test_the_affected_awards_go_into_a_case_for_each_holder_once(house: Organisation) -> None:
    ada = house.register_person(ADA)
    awards = [house.awarded(ada), house.awarded(house.register_person(GRACE))]
    house.now += timedelta(minutes=1)
    stolen(house, NOW)
    cases = report(house, NOW)
    assert len(cases) == 2
    with house.desk(MARIT) as desk:
        found = [desk.cases.get(case) for case in cases]
        assert {case.subjects for case in found} == {(f"award:{award}",) for award in awards}
        text = found[0].first.text or ""
    assert METHOD in text
    assert "key-compromised" in text
    assert report(house, NOW - timedelta(days=1)) == cases
    with house.desk(MARIT) as desk:
        assert [len(desk.cases.get(case).reports) for case in cases] == [1, 1]
    assert house.check_records(house.head).verdict == "passed"


def test_only_who_looks_after_the_keys_reports_them(house: Organisation) -> None:
    house.awarded()
    stolen(house, NOW)
    with pytest.raises(PolicyError) as error:
        report(house, NOW, by=None)
    assert error.value.code == "POLICY-NO-RIGHT"
