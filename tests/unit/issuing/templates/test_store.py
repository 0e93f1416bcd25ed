"""When a badge takes a template, and what a template must not overlook."""

from __future__ import annotations

import pickle
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from random import Random
from zoneinfo import ZoneInfo

import pytest

from openbadge_issuer import (
    Achievement,
    Award,
    Evidence,
    Issuer,
    OpenBadgeError,
    Recipient,
    SignedBadge,
    SigningKey,
)
from openbadge_issuer.assertions import Criteria
from openbadge_issuer.assertions.recipient import RandomBytes
from openbadge_issuer.issuing.templates.store import MAX_TEMPLATES, OFTEN, Randomness, forget_templates
from openbadge_issuer.status import StatusEntry

NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)
KEY = SigningKey.generate()
ACHIEVEMENT = Achievement(
    id="https://badges.example/b", name="B", description="Does.", criteria=Criteria(narrative="Do it.")
)
ENTRY = StatusEntry.at("https://s.example/1", index=1, purpose="revocation")
USUAL = Award(
    achievement=ACHIEVEMENT,
    recipient=Recipient(id="did:web:person.example", email="a@example.org"),
    id="urn:badge:1",
    evidence=["urn:evidence:1", Evidence(name="one"), Evidence(name="two")],
    status=ENTRY,
)


class Counting(Issuer):
    """Counts the badges that take the plain way."""

    plainly = 0

    def issue_plainly(self, award: Award, *, now: datetime, rng: RandomBytes) -> SignedBadge:
        """Count and issue."""
        self.plainly += 1
        return super().issue_plainly(award, now=now, rng=rng)


@pytest.fixture(params=["of its shape", "of its achievement"])
def issuer(request: pytest.FixtureRequest) -> Counting:
    """An issuer with a template for the usual award."""
    often = request.param == "of its achievement"
    forget_templates()
    issuer = Counting(id=KEY.did_key, name="Breakthrough", signer=KEY)
    for number in range(OFTEN + 2 if often else 4):
        outcome(issuer, replace(USUAL, id=f"urn:badge:x{number}"))
    assert issuer.plainly == (3 if often else 2)
    issuer.plainly = 0
    return issuer


def outcome(issuer: Issuer, award: Award, *, plain: bool = False, now: datetime = NOW) -> object:
    rng = Random(1).randbytes  # noqa: S311  # nothing is secret here
    try:
        issue = issuer.issue_plainly if plain else issuer.issue_award
        badge = issue(award, now=now, rng=rng)
    except OpenBadgeError as error:
        return error.code, error.pointer, error.details
    return badge.data


COINCIDING = {
    "recipient with the achievement": replace(
        USUAL, recipient=Recipient(id=ACHIEVEMENT.id, email="a@example.org")
    ),
    "evidence with the credential": replace(USUAL, id="urn:evidence:1"),
    "recipient with the credential": replace(USUAL, id="did:web:person.example"),
    "recipient with the issuer": replace(USUAL, recipient=Recipient(id=KEY.did_key, email="a@example.org")),
    "evidence of equal names": replace(
        USUAL, evidence=["urn:evidence:1", Evidence(name="one"), Evidence(name="one")]
    ),
}


@pytest.mark.parametrize("case", COINCIDING)
def test_values_that_coincide_take_the_plain_way(issuer: Counting, case: str) -> None:
    assert outcome(issuer, COINCIDING[case]) == outcome(issuer, COINCIDING[case], plain=True)
    assert issuer.plainly == 2


def test_moments_of_any_zone_are_written_alike(issuer: Counting) -> None:
    twice = datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Amsterdam"))
    for moment in (NOW.astimezone(timezone(timedelta(hours=5))), twice, twice.replace(fold=1), twice):
        assert outcome(issuer, USUAL, now=moment) == outcome(issuer, USUAL, now=moment, plain=True)


def test_another_profile_or_method_is_another_kind(issuer: Counting) -> None:
    issuer.profile = issuer.profile.model_copy(update={"name": "Renamed"})
    assert b"Renamed" in issuer.issue_award(USUAL, now=NOW).data
    issuer.verification_method = "https://keys.example/1"
    assert b"https://keys.example/1" in issuer.issue_award(USUAL, now=NOW).data


def test_what_can_be_changed_in_place_has_no_template(issuer: Counting) -> None:
    extended = Achievement.read(
        {**ACHIEVEMENT.to_json(), "related": [], "@context": {"own": "urn:own"}, "own": ["x"]}
    )
    for _ in range(OFTEN + 2):
        outcome(issuer, replace(USUAL, achievement=extended))
    assert issuer.plainly == OFTEN + 2


LIKE_A_TEMPLATE = {
    "hashed written as a number": (
        replace(USUAL, recipient=Recipient(email="a@example.org", hashed=True)),
        replace(USUAL, recipient=Recipient(email="a@example.org", hashed=1)),  # type: ignore[arg-type]  # it is
    ),
    "a size with a fraction": (
        replace(USUAL, status=replace(ENTRY, size=2)),
        replace(USUAL, status=replace(ENTRY, size=2.0)),  # type: ignore[arg-type]  # the same
    ),
}


@pytest.mark.parametrize("case", LIKE_A_TEMPLATE)
def test_what_only_compares_as_equal_takes_the_plain_way(issuer: Counting, case: str) -> None:
    right, odd = LIKE_A_TEMPLATE[case]
    for _ in range(4):
        outcome(issuer, right)
    assert outcome(issuer, odd) == outcome(issuer, odd, plain=True)


def test_equal_copies_share_a_template_as_they_do_on_workers(issuer: Counting) -> None:
    travelled = pickle.loads(pickle.dumps(USUAL))  # noqa: S301  # ours
    for _ in range(2 * OFTEN):
        assert outcome(issuer, travelled) == outcome(issuer, USUAL)
    assert issuer.plainly <= 1


def test_what_was_changed_in_place_is_seen(issuer: Counting) -> None:
    tags = ["one"]
    award = replace(USUAL, achievement=ACHIEVEMENT.model_copy(update={"tag": tags}))
    for _ in range(OFTEN + 3):
        outcome(issuer, award)
    tags.append("two")
    assert b'"tag":["one","two"]' in issuer.issue_award(award, now=NOW).data


def test_achievements_of_one_shape_share_a_template_and_push_none_out(issuer: Counting) -> None:
    for number in range(2 * MAX_TEMPLATES):
        changed = {"id": f"https://badges.example/{number}", "name": f"B{number}"}
        award = replace(USUAL, achievement=ACHIEVEMENT.model_copy(update=changed))
        assert f'"name":"B{number}"'.encode() in issuer.issue_award(award, now=NOW).data
    assert issuer.plainly == 0
    for _ in range(3):
        outcome(issuer, USUAL)
    assert issuer.plainly <= 1


def test_randomness_is_given_again() -> None:
    source = Randomness(Random(1).randbytes)  # noqa: S311  # nothing is secret here
    first = [source(4), source(4)]
    source.rewind()
    assert source(4) == first[0]
    source.rewind()
    assert [source(4), source(4)] == first
    assert source(4) not in first


def test_a_badge_travels_light_and_is_the_same(issuer: Counting) -> None:
    badge = issuer.issue_award(USUAL, now=NOW)
    plain = issuer.issue_plainly(USUAL, now=NOW, rng=bytes)
    for one in (badge, plain):
        text = pickle.dumps(one)
        assert len(text) < len(one.data) + 400
        travelled = pickle.loads(text)  # noqa: S301  # ours
        assert travelled == one
        assert hash(travelled) == hash(one)
        assert travelled.credential == one.credential
    assert badge != plain
