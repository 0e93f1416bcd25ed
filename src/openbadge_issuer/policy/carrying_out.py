"""Carrying out what a case has decided: what it means for each award that is reached (R41, G7)."""

from __future__ import annotations

from collections.abc import Mapping

from openbadge_issuer.errors import PolicyError
from openbadge_issuer.policy.award_events import AwardRevoked, AwardSuspended, SuspensionLifted
from openbadge_issuer.policy.award_record import AwardRecord
from openbadge_issuer.policy.case_record import CaseRecord
from openbadge_issuer.policy.effects import (
    AnnulForeignBadge,
    Effect,
    LiftSuspension,
    SetRevocation,
    SetSuspension,
    Supersede,
    award_in,
    subject_of_award,
)
from openbadge_issuer.policy.event import Act, Event

_ISSUED_ANEW = frozenset({"claim", "renewal"})


def check_next(case: CaseRecord, effect: Effect) -> None:
    """See that an effect is the next to be carried out on its badge.

    Raises:
        PolicyError: `CASE-EFFECT`.
    """
    waiting = next((one for one in case.pending if one.subject == effect.subject), None)
    if waiting != effect:
        raise PolicyError("CASE-EFFECT", subject=effect.subject)


def award_events(
    case: CaseRecord, effect: Effect, act: Act, awards: Mapping[str, AwardRecord]
) -> dict[str, tuple[Event, ...]]:
    """Return what an effect means in the streams of awards, by the names of the streams.

    It reaches what was issued anew in place of the badge since the decision, by a claim or a renewal. An
    award that stands as it should already has no event.

    Raises:
        PolicyError: `CASE-AWARDS`, an award was not given along; `CASE-SUCCESSION`, the award that follows is
            not granted, or follows another one.
    """
    if isinstance(effect, Supersede):
        _check_follows_foreign(case, effect, awards)
        return {}
    found: dict[str, tuple[Event, ...]] = {}
    for award in _reached(effect.subject, awards):
        event = _event(case, effect, act, award)
        if event is not None:
            found[subject_of_award(award.id)] = (event,)
    return found


def _reached(subject: str, awards: Mapping[str, AwardRecord]) -> list[AwardRecord]:
    line: list[AwardRecord] = []
    name = award_in(subject)
    while name is not None:
        if name not in awards:
            raise PolicyError("CASE-AWARDS", award=name)
        line.append(awards[name])
        replaced = line[-1].replaced
        name = replaced.successor if replaced and replaced.cause in _ISSUED_ANEW else None
    return line


def _event(case: CaseRecord, effect: Effect, act: Act, award: AwardRecord) -> Event | None:
    if award.revoked is not None:
        return None
    match effect:
        case SetRevocation():
            return AwardRevoked.done(act, case=case.id, ground=effect.ground)
        case SetSuspension() if case.id not in award.suspended_by:
            return AwardSuspended.done(act, case=case.id)
        case LiftSuspension() if award.suspended_by & set(effect.cases):
            return SuspensionLifted.done(act, case=case.id, cases=effect.cases)
        case AnnulForeignBadge() | _:
            return None


def _check_follows_foreign(case: CaseRecord, effect: Supersede, awards: Mapping[str, AwardRecord]) -> None:
    """See that the award in place of a foreign badge is granted; of one of ours, that is the effect."""
    successor = awards.get(effect.successor)
    if successor is None:
        raise PolicyError("CASE-AWARDS", award=effect.successor)
    other = case.holder not in {None, successor.candidate}
    if award_in(effect.subject) is not None or successor.granted is None or other:
        raise PolicyError("CASE-SUCCESSION", award=effect.successor)
