"""Training: recording it, and who is due for one (R30, R63)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from openbadge_issuer.errors import PolicyError
from openbadge_issuer.policy.badge_policy import BadgePolicy, Right
from openbadge_issuer.policy.event import Event
from openbadge_issuer.policy.event_values import Exempt
from openbadge_issuer.policy.free_text import required_text
from openbadge_issuer.policy.moments import aware, shown_moment
from openbadge_issuer.policy.period import Period
from openbadge_issuer.policy.remark import Remark
from openbadge_issuer.policy.staff_events import TrainingRecorded
from openbadge_issuer.policy.standing import Actor, Staff
from openbadge_issuer.policy.vacancies import AHEAD

MANAGING_BADGES: Final = frozenset[Right](
    {"design", "approve", "assess", "award", "investigate", "decide-case"}
)
"""The rights that make somebody a badge manager, who is to be trained regularly (R63)."""


def record_training(
    actor: Actor,
    *,
    person: str,
    training: str,
    held: datetime | None = None,
    trainer: str | None = None,
    reason: str | None = None,
) -> tuple[Event, ...]:
    """Record that somebody was trained; it counts for as long as the policy says.

    Nobody records a training of their own, unless nobody else may: that is an exception with a reason.

    Args:
        actor: who records it, with the right `train`.
        person: the pseudonym of who was trained.
        training: what it was about.
        held: when it was; now if left out.
        trainer: the pseudonym of who gave it, if it was somebody of the organisation.
        reason: why it is the actor's own, where nobody else may record it.

    Raises:
        PolicyError: `POLICY-NO-RIGHT`, `TRAINING-SUBJECT`, `TRAINING-OWN` (nobody trains themselves),
            `TRAINING-SELF` or `TRAINING-SELF-REASON` (nobody records their own), or `TRAINING-FUTURE`, it is
            still to come.
    """
    act, zone = actor.doing("train"), actor.policy.organisation.zone
    when = actor.now if held is None else aware(held, "held")
    about = required_text(training, "TRAINING-SUBJECT", one_line=True)
    if when > actor.now:
        raise PolicyError("TRAINING-FUTURE", date=shown_moment(when, zone))
    if trainer == person:
        raise PolicyError("TRAINING-OWN", who=actor.staff.shown(person))
    exempt = _check_not_own(actor, person, reason)
    until = actor.policy.training.valid_for.deadline(when, zone)
    event = TrainingRecorded.done(
        act, person=person, training=about, held=when, valid_until=until, trainer=trainer,
        exempt=exempt, reason=reason if exempt else None,
    )  # fmt: skip
    return (event,)


def _check_not_own(actor: Actor, person: str, reason: str | None) -> tuple[Exempt, ...]:
    """See that nobody records a training of their own while somebody else can."""
    if actor.person != person:
        return ()
    others = actor.people_with("train") - {person}
    if others:
        raise PolicyError("TRAINING-SELF", who=actor.shown, count=len(others))
    if not (reason or "").strip():
        raise PolicyError("TRAINING-SELF-REASON", who=actor.shown)
    return ("own-training",)


def due_trainings(
    staff: Staff, policy: BadgePolicy, now: datetime, *, ahead: Period = AHEAD
) -> tuple[Remark, ...]:
    """Say who is to be trained: badge managers never trained, overdue, or due soon, longest overdue first.

    Whoever holds a role with a right of `MANAGING_BADGES`, or with one for which the policy asks for a
    training, is to be trained.
    """
    wanted = MANAGING_BADGES | frozenset(policy.training.required_for)
    roles = {name for name, role in policy.roles.items() if wanted & frozenset(role.rights)}
    people = {one.person for one in staff.held if one.role in roles and one.at(now)}
    order = sorted(people, key=lambda person: (person in staff.trained, staff.trained.get(person), person))
    return tuple(remark for person in order for remark in _of_person(staff, policy, person, now, ahead))


def _of_person(
    staff: Staff, policy: BadgePolicy, person: str, now: datetime, ahead: Period
) -> Iterator[Remark]:
    until, who = staff.trained.get(person), staff.shown(person)
    if until is None:
        yield Remark.of("TRAINING-NEVER", who=who)
        return
    date = shown_moment(until, policy.organisation.zone)
    if until <= now:
        yield Remark.of("TRAINING-OVERDUE", who=who, date=date)
    elif until <= ahead.after(now):
        yield Remark.of("TRAINING-SOON", who=who, date=date)
