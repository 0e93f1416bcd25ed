"""How one award follows another: a correction, a reinstatement, a claim or a renewal (R45, G12).

The one that follows is an award like any other, with its own decision and its own credential. It keeps the
date of the first, and may take over what was assessed. Old and new name each other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from openbadge_issuer.errors import PolicyError
from openbadge_issuer.policy.award_events import AssessmentCarried, AwardOpened, AwardReplaced, Cause
from openbadge_issuer.policy.award_record import AwardRecord
from openbadge_issuer.policy.badge import BadgeDefinition
from openbadge_issuer.policy.case_events import EffectCarriedOut
from openbadge_issuer.policy.case_record import CaseRecord
from openbadge_issuer.policy.effects import Supersede, subject_of_award
from openbadge_issuer.policy.event import Act, Event
from openbadge_issuer.policy.standing import Actor


@dataclass(frozen=True, slots=True)
class Predecessor:
    """The award that another one follows, and for a correction or a reinstatement the case that says so."""

    award: AwardRecord
    case: CaseRecord | None = None


def open_successor(
    actor: Actor,
    predecessor: Predecessor,
    *,
    award: str,
    cause: Cause,
    definition: BadgeDefinition,
    version: int,
    carry: bool = True,
) -> tuple[Event, ...]:
    """Begin the award that follows another.

    What was assessed is taken over if the definition is the same to the letter; under another one everything
    is assessed anew.

    Args:
        actor: who may award or assess.
        predecessor: the award that it follows.
        award: the identifier of the new award, which for a correction or a reinstatement the case has named.
        cause: why.
        definition: the version's definition.
        version: its number.
        carry: whether to take over what was assessed.

    Raises:
        PolicyError: the actor may not (`POLICY-…`), or the award cannot be followed so (`check_predecessor`).
    """
    old = predecessor.award
    actor.check_order(old.last)
    act = actor.doing_one_of("award", "assess", badge=definition.badge)
    check_predecessor(predecessor, successor=award, cause=cause)
    granted = old.granted
    opened = AwardOpened.done(
        act,
        award=award,
        candidate=old.candidate,
        badge=definition.badge,
        version=version,
        definition=definition.digest,
        mandatory=tuple(one.id for one in definition.criteria if one.mandatory),
        optional=tuple(one.id for one in definition.criteria if not one.mandatory),
        occasion=old.opened.occasion,
        replaces=old.id,
        cause=cause,
        case=predecessor.case.id if predecessor.case else None,
        awarded=granted.awarded if granted else None,
        kept_until=granted.valid_until if granted else None,
    )
    same = carry and definition.digest == old.opened.definition
    return (opened, *_carried(act, old)) if same else (opened,)


def check_predecessor(predecessor: Predecessor, *, successor: str, cause: Cause | None) -> None:
    """See that an award can be followed by another.

    Raises:
        PolicyError: `AWARD-NOT-GRANTED`, there is nothing to follow; `AWARD-REPLACED`, another follows
            already; `AWARD-NOT-ACTIVE`, a badge that does not count is not issued anew by a claim or a
            renewal; `AWARD-SUCCESSION`, no case waits for this correction or reinstatement.
    """
    old = predecessor.award
    if old.granted is None:
        raise PolicyError("AWARD-NOT-GRANTED", phase=old.phase)
    if old.replaced is not None:
        raise PolicyError("AWARD-REPLACED", successor=old.replaced.successor)
    if cause in {"claim", "renewal"}:
        if old.status != "active":
            raise PolicyError("AWARD-NOT-ACTIVE", phase=old.phase)
        return
    if predecessor.case is None or _awaited(old, predecessor.case, successor) is None:
        raise PolicyError("AWARD-SUCCESSION", award=successor)


def replacing(act: Act, predecessor: Predecessor, successor: AwardRecord) -> dict[str, tuple[Event, ...]]:
    """Return what it means for the others that the award that follows is granted, by streams.

    This belongs into one transaction with the decision to award (`Award.grant_successor`).
    """
    old, case = predecessor.award, predecessor.case
    replaced = AwardReplaced.done(
        act, successor=successor.id, cause=successor.opened.cause, case=successor.opened.case
    )
    found: dict[str, tuple[Event, ...]] = {subject_of_award(old.id): (replaced,)}
    awaited = _awaited(old, case, successor.id) if case else None
    if case is not None and awaited is not None:
        found[f"case:{case.id}"] = (EffectCarriedOut.done(act, effect=awaited),)
    return found


def _awaited(old: AwardRecord, case: CaseRecord, successor: str) -> Supersede | None:
    """The effect of a case that this award is to follow, if it is still to be carried out."""
    for effect in case.pending:
        if isinstance(effect, Supersede) and effect.successor == successor:
            return effect if effect.subject == subject_of_award(old.id) else None
    return None


def _carried(act: Act, old: AwardRecord) -> Iterator[AssessmentCarried]:
    for one in old.counting.values():
        yield AssessmentCarried.done(
            act,
            candidate=old.candidate,
            source=one.source or old.id,
            criterion=one.criterion,
            outcome=one.outcome,
            form=one.form,
            assessor=one.by,
            assessed=one.at,
            assessed_as=one.role,
        )
