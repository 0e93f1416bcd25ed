"""An actor: what somebody may do at a moment, by whichever role."""

from __future__ import annotations

from datetime import timedelta

from openbadge_issuer.policy.staff_events import TrainingRecorded
from openbadge_issuer.policy.standing import Staff
from procedures import NOW, POLICY, STAFF, actor, policy, refused, staff


def test_one_of_several_rights_is_enough_and_the_first_is_used() -> None:
    assert actor("dee").doing_one_of("award", "assess").role == "assessor"
    assert actor("ada").doing_one_of("award", "assess").role == "manager"
    with refused("POLICY-NO-RIGHT"):
        actor("hal").doing_one_of("award", "assess")


def test_who_could_do_it_is_who_would_be_let() -> None:
    scoped = staff(badges={"ben": ("host",)})
    assert actor("ada", team=scoped).people_with("award", badge="host") == {"ada", "ben", "cor"}
    assert actor("ada", team=scoped).people_with("award", badge="facilitator") == {"ada", "cor"}
    assert actor("ada", team=scoped).people_with("award") == {"ada", "cor"}
    with refused("POLICY-NO-RIGHT"):
        actor("ben", team=scoped).doing("award")


def test_a_training_that_does_not_count_any_more_takes_the_right() -> None:
    rules = policy(training={"required_for": ("award",)})
    trained = TrainingRecorded(
        at=NOW, by="cor", policy=POLICY.digest, person="ada", training="Badges", held=NOW,
        valid_until=NOW + timedelta(days=365),
    )  # fmt: skip
    team = Staff(STAFF.held, Staff.of([trained]).trained, STAFF.names)
    assert actor("ada", team=team, rules=rules).doing("award").role == "manager"
    assert actor("ada", team=team, rules=rules).people_with("award") == {"ada"}
    with refused("POLICY-TRAINING"):
        actor("ada", team=team, rules=rules, days=366).doing("award")
    with refused("POLICY-TRAINING"):
        actor("ben", team=team, rules=rules).doing("award")
