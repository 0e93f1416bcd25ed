"""What a judgement on a criterion must hold before it is recorded (R5, R37, G5)."""

from __future__ import annotations

from collections.abc import Sequence

from openbadge_issuer.errors import PolicyError
from openbadge_issuer.policy.award_events import Outcome
from openbadge_issuer.policy.award_record import AwardRecord
from openbadge_issuer.policy.badge import BadgeDefinition, Criterion, EvidenceForm
from openbadge_issuer.policy.badge_policy import BadgePolicy
from openbadge_issuer.policy.event_values import EvidenceReference
from openbadge_issuer.policy.standing import Actor


def check_not_own(actor: Actor, person: str | None) -> None:
    """See that nobody judges or decides about a badge of their own.

    Raises:
        PolicyError: `POLICY-OWN`.
    """
    if actor.person is not None and actor.person == person:
        raise PolicyError("POLICY-OWN", who=actor.shown)


def check_undecided(award: AwardRecord) -> None:
    """See that the award can still be assessed.

    Raises:
        PolicyError: `AWARD-NOT-OPEN`, it was granted or withdrawn.
    """
    if award.granted is not None or award.withdrawn:
        raise PolicyError("AWARD-NOT-OPEN", phase=award.phase)


def check_definition(award: AwardRecord, definition: BadgeDefinition) -> None:
    """See that a definition is the one that the award was opened for.

    Raises:
        PolicyError: `AWARD-DEFINITION`.
    """
    if definition.digest != award.opened.definition:
        raise PolicyError("AWARD-DEFINITION", badge=award.opened.badge, version=award.opened.version)


def check_criterion(definition: BadgeDefinition, name: str, outcome: Outcome) -> Criterion:
    """Return the criterion of this name, if it can be judged so.

    Raises:
        PolicyError: `AWARD-CRITERION`, there is none; `AWARD-NOT-APPLICABLE`, it is mandatory.
    """
    criterion = definition.criterion(name)
    if criterion is None:
        raise PolicyError("AWARD-CRITERION", badge=definition.badge, name=name[:60])
    if outcome == "not-applicable" and criterion.mandatory:
        raise PolicyError("AWARD-NOT-APPLICABLE", name=name)
    return criterion


def check_shown(
    criterion: Criterion,
    outcome: Outcome,
    form: EvidenceForm,
    *,
    observed: str | None,
    evidence: Sequence[EvidenceReference],
) -> None:
    """See that a criterion was shown in a form that it accepts, and that there is something to show for it.

    That a criterion is not met can always be observed, also where only a test would show that it is.

    Raises:
        PolicyError: `AWARD-FORM`, the criterion does not accept it; `AWARD-OBSERVATION`, nobody wrote down
            what was seen; `AWARD-EVIDENCE`, there is nothing to look at.
    """
    accepted = criterion.evidence if outcome == "met" else (*criterion.evidence, "observation")
    if form not in accepted:
        known = ", ".join(criterion.evidence)
        raise PolicyError("AWARD-FORM", name=criterion.id, form=form, known=known)
    if form == "observation" and not (observed or "").strip():
        raise PolicyError("AWARD-OBSERVATION", name=criterion.id)
    if form != "observation" and not evidence:
        raise PolicyError("AWARD-EVIDENCE", name=criterion.id, form=form)


def check_private(policy: BadgePolicy, evidence: Sequence[EvidenceReference]) -> None:
    """See that no evidence is to become public where the policy keeps all of it private.

    Raises:
        PolicyError: `AWARD-EVIDENCE-PRIVATE`.
    """
    if policy.publication.evidence == "never" and any(one.public for one in evidence):
        raise PolicyError("AWARD-EVIDENCE-PRIVATE")
