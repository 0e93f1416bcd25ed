"""What a decision in a case does to badges (R44, R45, G7).

A revocation is for good. Who should not have lost a badge gets a new one, with the date kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from openbadge_issuer.errors import PolicyError
from openbadge_issuer.policy.award_record import AwardRecord
from openbadge_issuer.policy.deciding import Ruling, is_interim
from openbadge_issuer.policy.effects import (
    AnnulForeignBadge,
    Effect,
    LiftSuspension,
    SetRevocation,
    SetSuspension,
    Supersede,
    subject_of_award,
)
from openbadge_issuer.policy.investigating import Investigation


def effects_of(
    case: Investigation, ruling: Ruling, subject: str, line: Sequence[AwardRecord]
) -> tuple[Effect, ...]:
    """Return what a ruling does to a badge, and to what has taken its place.

    Args:
        case: the case before the decision; nothing is pending in it.
        ruling: what is decided.
        subject: the badge.
        line: the award and those that followed it; empty for a foreign badge.

    Raises:
        PolicyError: `CASE-STATUS`, the badge does not stand so that this could be decided; `CASE-SUCCESSOR`,
            nobody says which award is to follow.
    """
    if ruling.outcome == "suspended":
        _check_status(ruling, possible=not is_interim(case, subject))
    if ruling.outcome == "unfounded":
        lost = line[-1].revoked is not None if line else subject in case.annulled
        _check_status(ruling, possible=not (lost and subject in case.reopened))
        return tuple(_lift(one, (case.id,)) for one in case.suspends(subject, line))
    return _on_award(case, ruling, subject, line) if line else _on_foreign(case, ruling, subject)


def _on_award(
    case: Investigation, ruling: Ruling, subject: str, line: Sequence[AwardRecord]
) -> tuple[Effect, ...]:
    last, whole = line[-1], [award for award in line if award.revoked is None]
    if ruling.outcome == "reinstated":
        if last.revoked is not None:
            return (_supersede(ruling, subject, subject_of_award(last.id), "reinstatement"),)
        suspended = [award for award in whole if award.suspended_by]
        _check_status(ruling, possible=bool(suspended))
        return tuple(_lift(subject_of_award(award.id), sorted(award.suspended_by)) for award in suspended)
    _check_status(ruling, possible=last.revoked is None)
    if ruling.outcome == "suspended":
        return tuple(
            SetSuspension(subject=subject_of_award(award.id))
            for award in whole
            if case.id not in award.suspended_by
        )
    revoked = [
        SetRevocation(subject=subject_of_award(award.id), ground=ruling.ground or "") for award in whole
    ]
    if ruling.outcome == "revoked":
        return tuple(revoked)
    return (_supersede(ruling, subject, subject_of_award(last.id), "correction"), *revoked)


def _on_foreign(case: Investigation, ruling: Ruling, subject: str) -> tuple[Effect, ...]:
    annulled, suspended = subject in case.annulled, subject in case.suspended
    if ruling.outcome == "reinstated":
        if annulled:
            return (_supersede(ruling, subject, subject, "reinstatement"),)
        _check_status(ruling, possible=suspended)
        return (_lift(subject, (case.id,)),)
    _check_status(ruling, possible=not annulled)
    if ruling.outcome == "suspended":
        return () if suspended else (SetSuspension(subject=subject),)
    annul = AnnulForeignBadge(subject=subject, ground=ruling.ground or "")
    if ruling.outcome == "corrected" and subject in ruling.successors:
        return (_supersede(ruling, subject, subject, "correction"), annul)
    return (annul,)


def _supersede(
    ruling: Ruling, subject: str, last: str, cause: Literal["correction", "reinstatement"]
) -> Supersede:
    successor = ruling.successors.get(subject)
    if successor is None:
        raise PolicyError("CASE-SUCCESSOR", subject=subject)
    return Supersede(subject=last, successor=successor, cause=cause)


def _lift(subject: str, cases: Iterable[str]) -> LiftSuspension:
    return LiftSuspension(subject=subject, cases=tuple(cases))


def _check_status(ruling: Ruling, *, possible: bool) -> None:
    if not possible:
        raise PolicyError("CASE-STATUS", outcome=ruling.outcome)
