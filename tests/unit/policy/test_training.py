"""Training is recorded, counts for a time, and can be a condition."""

from __future__ import annotations

import pytest

from openbadge_issuer.errors import PolicyError
from openbadge_issuer.policy.badge_policy import BadgePolicy
from openbadge_issuer.policy.event import Event
from openbadge_issuer.policy.roles import grant
from openbadge_issuer.policy.staff_events import TrainingRecorded
from openbadge_issuer.policy.standing import Staff
from openbadge_issuer.policy.training import due_trainings, record_training
from staffed_organisation import (
    ADA,
    BO,
    BOARD,
    CAS,
    DAY,
    NOW,
    POLICY,
    YEAR,
    actor,
    policy_of,
    refusal,
    staffed,
)

GATED = policy_of({"training": {"valid_for": "1 year", "required_for": ["award"]}})


def with_trainer() -> tuple[Event, ...]:
    events = staffed()
    return events + grant(
        actor(BOARD, events, now=NOW - YEAR), person=CAS, role="trainer", person_name="Cas Vos"
    )


def trained(events: tuple[Event, ...], person: str = ADA, days_ago: int = 0) -> tuple[Event, ...]:
    return events + record_training(
        actor(CAS, events), person=person, training="Awarding badges", held=NOW - days_ago * DAY, trainer=CAS
    )


def due(events: tuple[Event, ...], policy: BadgePolicy = POLICY) -> list[tuple[str, str]]:
    found = due_trainings(Staff.of(events), policy, NOW)
    assert all(remark.sentence("nl") and remark.advice("nl") for remark in found)
    return [(remark.code, str(remark.details["who"])) for remark in found]


def test_an_expired_training_closes_the_gate() -> None:
    """R30: expired training and the gate on: award refused."""
    for events, code in (
        (with_trainer(), "POLICY-TRAINING"),
        (trained(with_trainer(), days_ago=366), "POLICY-TRAINING"),
        (trained(with_trainer(), BO), "POLICY-TRAINING"),
    ):
        with pytest.raises(PolicyError) as caught:
            actor(ADA, events, policy=GATED).doing("award", badge="facilitator")
        assert refusal(caught.value)[0] == code
    for days in (0, 300):
        assert actor(ADA, trained(with_trainer(), days_ago=days), policy=GATED).doing("award")
    assert actor(ADA, with_trainer(), policy=GATED).doing("assess"), "not what the policy asks it for"


def test_a_training_counts_to_the_end_of_its_last_day() -> None:
    events = trained(with_trainer())
    assert actor(ADA, events, policy=GATED, now=NOW + 365 * DAY + DAY / 3).doing("award")
    with pytest.raises(PolicyError):
        actor(ADA, events, policy=GATED, now=NOW + 366 * DAY).doing("award")


def test_an_older_training_takes_nothing_away() -> None:
    events = trained(trained(with_trainer()), days_ago=300)
    assert actor(ADA, events, policy=GATED, now=NOW + 100 * DAY).doing("award")


def test_who_is_untrained_is_not_counted_among_those_who_may() -> None:
    events = trained(with_trainer())
    assert Staff.of(events).people_with("award", GATED, NOW) == {ADA}
    assert Staff.of(events).people_with("award", POLICY, NOW) == {ADA, BO}


def test_badge_managers_are_due_longest_overdue_first() -> None:
    """R63: the overdue list."""
    events = trained(trained(with_trainer(), ADA, 330), BO, 400)
    assert due(events) == [("TRAINING-OVERDUE", "Bo de Wit"), ("TRAINING-SOON", "Ada Jansen")]
    assert due(trained(with_trainer(), BO)) == [("TRAINING-NEVER", "Ada Jansen")]
    assert due(with_trainer(), policy_of({"training.required_for": ["keep-records"]}))[-1] == (
        "TRAINING-NEVER", "Wil Bestuur",
    )  # fmt: skip


def test_a_training_is_overdue_from_the_moment_it_ends() -> None:
    staff = Staff.of(trained(trained(with_trainer(), BO)))
    until = staff.trained[ADA]
    for moment, code in ((until - DAY, "TRAINING-SOON"), (until, "TRAINING-OVERDUE")):
        assert {remark.code for remark in due_trainings(staff, POLICY, moment)} == {code}


def test_what_is_recorded_says_until_when_it_counts() -> None:
    remark = due_trainings(Staff.of(trained(with_trainer(), ADA, 400)), POLICY, NOW)[-1]
    assert str(remark) == "The training of Ada Jansen counted until 2026-01-27."
    assert remark.sentence("nl") == "De training van Ada Jansen telde tot 2026-01-27."


@pytest.mark.parametrize(
    ("code", "who", "options"),
    [
        ("POLICY-NO-RIGHT", ADA, {}),
        ("TRAINING-SUBJECT", CAS, {"training": " "}),
        ("TRAINING-OWN", CAS, {"trainer": ADA}),
        ("TRAINING-SELF-REASON", CAS, {"person": CAS}),
        ("TRAINING-FUTURE", CAS, {"held": NOW + DAY}),
        ("ISSUE-TIME-ZONE", CAS, {"held": NOW.replace(tzinfo=None)}),
    ],
)
def test_a_training_is_not_recorded(code: str, who: str, options: dict[str, object]) -> None:
    with pytest.raises(PolicyError) as caught:
        record_training(actor(who, with_trainer()), **{"person": ADA, "training": "Awarding", **options})  # type: ignore[arg-type]  # one of several
    assert refusal(caught.value)[0] == code


def test_a_training_of_ones_own_is_recorded_only_where_nobody_else_could() -> None:
    alone = with_trainer()
    (event,) = record_training(actor(CAS, alone), person=CAS, training="Awarding", reason="I am alone.")
    assert isinstance(event, TrainingRecorded)
    assert (event.exempt, event.reason) == (("own-training",), "I am alone.")
    two = (*alone, *grant(actor(BOARD, alone), person=BO, role="trainer"))
    with pytest.raises(PolicyError) as caught:
        record_training(actor(CAS, two), person=CAS, training="Awarding", reason="I am alone.")
    assert refusal(caught.value)[0] == "TRAINING-SELF"
    (event,) = record_training(actor(BO, two), person=CAS, training="Awarding", reason="For my colleague.")
    assert isinstance(event, TrainingRecorded)
    assert (event.exempt, event.reason) == ((), None)


def test_no_policy_asks_for_training_where_nobody_could_begin() -> None:
    for right in ("grant-roles", "train"):
        with pytest.raises(ValueError, match=r"required_for"):
            policy_of({"training": {"required_for": [right]}})
