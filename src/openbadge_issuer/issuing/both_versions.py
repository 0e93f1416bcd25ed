"""One award, two badges: Open Badges 2.0 for those who read that, and 3.0, each naming the other."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from openbadge_issuer.assertions import Achievement, Evidence, Related
from openbadge_issuer.assertions.open_badges_2.migration import ASSERTION_TYPE, BADGE_CLASS_TYPE, VERSION_2
from openbadge_issuer.assertions.recipient import RandomBytes
from openbadge_issuer.errors import IssuingError
from openbadge_issuer.issuing.award import Award, ProofOf2
from openbadge_issuer.issuing.open_badges_2 import unsigned_open_badges_2
from openbadge_issuer.issuing.period import fresh_id
from openbadge_issuer.issuing.signed_badge import SignedBadge, UnsignedBadge

if TYPE_CHECKING:  # the issuer loads this module's neighbours
    from openbadge_issuer.issuing.issuer import Issuer


@dataclass(frozen=True, slots=True)
class BothVersions:
    """The same award in both versions."""

    open_badges_2: SignedBadge
    open_badges_3: SignedBadge


def issue_both(
    issuer: Issuer,
    award: Award,
    *,
    proof_of_2: ProofOf2 | None = None,
    id_of_2: str | None = None,
    now: datetime,
    rng: RandomBytes = os.urandom,
) -> BothVersions:
    """Issue one award as a badge of 2.0 and one of 3.0.

    That of 3.0 names the other as evidence and its badge class as related; that of 2.0, its badge class and
    its profile name what they are in 3.0 as related. What only 3.0 has (results, endorsements, a place in a
    status list, `valid_from`, contexts) stays out of the badge of 2.0, so revoke both.

    Args:
        issuer: who issues, with an https id or a base URL.
        award: what is issued; `id` and `proof` are those of 3.0.
        proof_of_2: how the badge of 2.0 is verified; by default as for `Issuer.issue`.
        id_of_2: what the badge of 2.0 is called.
        now: the moment of issuing.
        rng: the source of randomness.

    Raises:
        IssuingError: as `Issuer.issue` does.
        ModelError: likewise.
        CanonicalizationError: likewise.
    """
    moment = now.astimezone(UTC).replace(microsecond=0)
    new, old = prepare_both(issuer, award, proof_of_2=proof_of_2, id_of_2=id_of_2, now=moment, rng=rng)
    return BothVersions(
        issuer.signed(old, now=moment), issuer.signed(new, now=moment, contexts=award.contexts)
    )


def prepare_both(
    issuer: Issuer,
    award: Award,
    *,
    proof_of_2: ProofOf2 | None = None,
    id_of_2: str | None = None,
    now: datetime,
    rng: RandomBytes,
) -> tuple[UnsignedBadge, UnsignedBadge]:
    """Build the badges of 3.0 and 2.0, in this order, without signing them; see `issue_both`."""
    if award.version != "3.0":
        raise IssuingError("ISSUE-BOTH")
    moment = now.astimezone(UTC).replace(microsecond=0)
    award = replace(award, id=award.id or fresh_id(rng), awarded_date=award.awarded_date or moment)
    old = unsigned_open_badges_2(
        issuer.profile, issuer.signer, issuer.addresses, _award_of_2(award, proof_of_2, id_of_2),
        moment=moment, rng=rng, twin=award.id,
    )  # fmt: skip
    new = replace(
        award,
        achievement=_naming_badge_class(award.achievement, old),
        evidence=(*award.evidence, Evidence(id=old.credential.id, type=("Evidence", ASSERTION_TYPE))),
    )
    return issuer.prepare(new, now=moment, rng=rng), old


def _award_of_2(award: Award, proof: ProofOf2 | None, badge_id: str | None) -> Award:
    return Award(
        achievement=award.achievement,
        recipient=award.recipient,
        id=badge_id,
        awarded_date=award.awarded_date,
        evidence=award.evidence,
        valid_until=award.valid_until,
        proof=proof,
        version="2.0",
    )


def _naming_badge_class(achievement: Achievement, old: UnsignedBadge) -> Achievement:
    if old.badge_class is None or any(other.id == old.badge_class.id for other in achievement.related):
        return achievement
    link = Related(id=old.badge_class.id, type=("Related", BADGE_CLASS_TYPE), version=VERSION_2)
    return achievement.model_copy(update={"related": (*achievement.related, link)})
