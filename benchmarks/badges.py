"""The badge that is issued and verified in all measurements, and what a job of a measurement is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TypeAlias

from openbadge_issuer import (
    Achievement,
    Alignment,
    Award,
    Criteria,
    Evidence,
    Issuer,
    Recipient,
    SigningKey,
    StatusList,
)
from openbadge_issuer.signing.sealing import ProofFormat

WarmJob: TypeAlias = "tuple[str, Callable[[], object], Sequence[str]]"
"""Name, what to run, and the names of the jobs to compare with."""

NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)
LIST_URL = "https://badges.example/status/1"
STATUS_BITS = 131_072
POOL = 200
"""How many different badges are verified in turn, so that no cache of whole badges could help."""

ACHIEVEMENT = Achievement(
    id="https://badges.example/facilitator",
    name="Workshop facilitator",
    description="Plans a workshop for a group, leads it so that everyone takes part, and learns from it.",
    criteria=Criteria(narrative="Led one workshop of an hour for five people.\n\nAn observer confirmed it."),
    alignment=(Alignment(target_name="Leading groups", target_url="https://skills.example/leading"),),
    tag=("facilitation", "workshop"),
)
_EVIDENCE = (Evidence(id="https://badges.example/evidence/1", name="Feedback", narrative="Of five people."),)


def issuer_with(key: SigningKey) -> Issuer:
    """Make an issuer that is its own key."""
    return Issuer(id=key.did_key, name="Breakthrough", signer=key)


def award(status: StatusList, number: int, proof: ProofFormat) -> Award:
    """Award the badge to person `number`, with a place in a status list."""
    return Award(
        achievement=ACHIEVEMENT,
        recipient=Recipient(email=f"person{number}@example.org"),
        evidence=_EVIDENCE,
        status=status.entry(number % STATUS_BITS),
        proof=proof,
    )


def issuing(issuer: Issuer, status: StatusList, proof: ProofFormat) -> Callable[[int], bytes]:
    """Return what issues the badge to person `number`, as bytes."""
    return lambda number: issuer.issue_award(award(status, number, proof), now=NOW).data
