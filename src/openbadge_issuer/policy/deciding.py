"""What a decision about the status of a badge must say, and what must go before it (R44, G1)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from openbadge_issuer.errors import PolicyError
from openbadge_issuer.policy.badge_policy import BadgePolicy, Words
from openbadge_issuer.policy.case_events import CaseOutcome
from openbadge_issuer.policy.event_values import Exempt
from openbadge_issuer.policy.investigating import Investigation

ADVERSE = frozenset({"corrected", "suspended", "revoked"})
"""What takes something from the holder: it needs a ground, a public reason, and that the holder was heard."""
_ADDRESS = re.compile(r"\S@\S")
_SHORTEST_NAME = 3  # what is shorter is an initial, or a word as well


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What is decided about badges in doubt.

    Attributes:
        outcome: what is decided.
        grounds: what the decision rests on; for the file.
        ground: the ground as named in the policy, where the badge loses something.
        reason: what the public reads; it names nobody.
        subjects: the badges that this is about; all that are undecided if None.
        successors: the identifiers of the awards that are to follow, by the badges that they follow.
        guardian: whether a guardian is to be told too.
        names: names that must not stand in the public reason, such as the holder's.
    """

    outcome: CaseOutcome
    grounds: str
    ground: str | None = None
    reason: Words = field(default_factory=dict)
    subjects: Sequence[str] | None = None
    successors: Mapping[str, str] = field(default_factory=dict)
    guardian: bool = False
    names: Sequence[str] = ()

    @property
    def adverse(self) -> bool:
        """Whether it takes something from the holder."""
        return self.outcome in ADVERSE


def check_ruling(ruling: Ruling, policy: BadgePolicy, names: Iterable[str]) -> None:
    """See that a ruling says what it must, and no name in public.

    Raises:
        PolicyError: `CASE-GROUNDS`, the file is told nothing; `CASE-GROUND`, the policy knows no such ground;
            `CASE-REASON`, the public is told nothing; `CASE-REASON-NAMES`, somebody is named.
    """
    if not ruling.grounds.strip():
        raise PolicyError("CASE-GROUNDS")
    if ruling.adverse and ruling.ground not in policy.revocation.grounds:
        known = ", ".join(policy.revocation.grounds)
        raise PolicyError("CASE-GROUND", ground=(ruling.ground or "—")[:60], known=known)
    if ruling.adverse and not ruling.reason:
        raise PolicyError("CASE-REASON", outcome=ruling.outcome)
    for language, text in ruling.reason.items():
        check_names_nobody(text, (*names, *ruling.names), language)


def check_names_nobody(text: str, names: Iterable[str], language: str) -> None:
    """See that a public text holds no e-mail address and none of some names, nor the larger part of one.

    A part of a name counts where it is spelt alike, with a capital: “mark” is no name.

    Raises:
        PolicyError: `CASE-REASON-NAMES`.
    """
    for name in names:
        parts = [part for part in name.split() if len(part) >= _SHORTEST_NAME and part[0].isupper()]
        whole = re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE)
        if name.strip() and (whole or any(re.search(rf"\b{re.escape(part)}\b", text) for part in parts)):
            raise PolicyError("CASE-REASON-NAMES", language=language)
    if _ADDRESS.search(text):
        raise PolicyError("CASE-REASON-NAMES", language=language)


def subjects_of(case: Investigation, ruling: Ruling) -> tuple[str, ...]:
    """Return the badges that a ruling is about.

    Raises:
        PolicyError: `CASE-SUBJECT`, the case is not about one of them; `CASE-DECIDED`, there is a decision
            about one, or about all. After a suspension a further decision follows.
    """
    open_ones = [one for one in case.subjects if one in case.undecided or is_interim(case, one)]
    asked = tuple(case.undecided or open_ones) if ruling.subjects is None else tuple(ruling.subjects)
    for one in asked:
        if one not in case.subjects:
            raise PolicyError("CASE-SUBJECT", subject=one[:80])
    if not asked or not set(asked) <= set(open_ones):
        raise PolicyError("CASE-DECIDED")
    return asked


def check_investigated(case: Investigation) -> None:
    """See that somebody who was assigned has found out something.

    Raises:
        PolicyError: `CASE-NOT-INVESTIGATED`.
    """
    if not case.authors:
        raise PolicyError("CASE-NOT-INVESTIGATED")


def check_heard(
    case: Investigation, ruling: Ruling, now: datetime, unheard_reason: str | None
) -> tuple[Exempt, ...]:
    """See that who may lose something was heard, or was told of it and had the time to answer (G1).

    An offer of which nobody told the holder does not count; that there is no way to tell must be recorded.

    Returns:
        What is to be recorded as an exception, if anything.

    Raises:
        PolicyError: `CASE-HEARING`, neither is so, and nobody says why it could not wait.
    """
    if not ruling.adverse or case.heard or case.holder is None:
        return ()
    if case.answer_until is not None and case.answer_until <= now:
        return ()
    if not (unheard_reason or "").strip():
        raise PolicyError("CASE-HEARING", outcome=ruling.outcome)
    return ("no-hearing",)


def earlier_deciders(case: Investigation, subjects: Iterable[str]) -> frozenset[str]:
    """Return who has decided about badges before, by pseudonym."""
    about = set(subjects)
    return frozenset(one.by for one in case.decisions if one.by and about & set(one.subjects))


def is_interim(case: Investigation, subject: str) -> bool:
    """Tell whether a badge was suspended by a decision, after which a further one follows."""
    decision = case.decided.get(subject)
    return decision is not None and decision.outcome == "suspended"
