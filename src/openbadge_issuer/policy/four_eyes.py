"""How many different people take part in a decision, and what few people do instead (G3)."""

from __future__ import annotations

from openbadge_issuer.errors import PolicyError
from openbadge_issuer.policy.event_values import Exempt


def check_eyes(
    took_part: frozenset[str], *, could: frozenset[str], eyes: int, reason: str | None
) -> tuple[Exempt, ...]:
    """See that as many people took part as the policy asks for, or as many as there are, with a reason.

    Args:
        took_part: who prepared the decision, and who takes it.
        could: who has a right to take part now.
        eyes: how many the policy asks for.
        reason: why fewer did.

    Returns:
        What is to be recorded as an exception, if anything.

    Raises:
        PolicyError: `POLICY-EYES`, more people could have; `POLICY-EYES-REASON`, they could not, and nobody
            says why it could not wait.
    """
    if len(took_part) >= eyes:
        return ()
    if len(took_part) < min(eyes, len(could)):
        raise PolicyError("POLICY-EYES", count=len(took_part), wanted=min(eyes, len(could)))
    if not (reason or "").strip():
        raise PolicyError("POLICY-EYES-REASON", count=len(took_part), wanted=eyes)
    return ("fewer-eyes",)
