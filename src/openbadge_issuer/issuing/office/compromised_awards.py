"""A key that others may have: what the office really signed with it, and the cases that come of it (R41, G9).

The register holds every signature that the office made, so it tells them from a thief's whatever their dates.
The office therefore vouches for all of them, also for those since the theft, and what becomes of these badges
is decided in cases: nothing is revoked without one while a policy is in force.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from openbadge_issuer.assertions.moments import write_date_time
from openbadge_issuer.issuing.compromised_badges import SignedByKey, search_archive
from openbadge_issuer.policy.award_record import AwardRecord
from openbadge_issuer.policy.effects import award_in
from openbadge_issuer.signing.compromise import CompromisedKey, CompromiseList
from openbadge_issuer.signing.key_ring import KeyRing

if TYPE_CHECKING:  # a desk loads this module's neighbours
    from openbadge_issuer.issuing.office.desk import Desk

GROUND = "key-compromised"
"""The ground on which a badge by such a key can lose its status, where the policy has it."""

_MOST = 100  # badges in one report
_WORDS = {
    "en": (
        "Others may have the key {key}",
        "since {since}, and the badge was signed with it after that.",
        "Suggested ground: {ground}.",
    ),
    "nl": (
        "Anderen hebben mogelijk de sleutel {key}",
        "sinds {since}, en de badge is daarna ermee ondertekend.",
        "Voorgestelde grond: {ground}.",
    ),
}


@dataclass(frozen=True, slots=True)
class SignedAward:
    """What the office signed of an award with a key, in one version of Open Badges.

    Attributes:
        award: the award.
        version: the version of Open Badges.
        recorded: when the signature was recorded.
        signatures: what is found in it; empty if it was erased, and then nobody can vouch for it any more.
    """

    award: AwardRecord
    version: str
    recorded: datetime
    signatures: tuple[SignedByKey, ...]

    def since(self, moment: datetime) -> bool:
        """Tell whether it was signed at a moment or after, by the record or by its own date."""
        return self.recorded >= moment or any(one.since(moment) for one in self.signatures)


def signed_awards(desk: Desk, ring: KeyRing, fragment: str) -> Iterator[SignedAward]:
    """Go through everything that the office signed with a key of its ring.

    Raises:
        KeyMaterialError: `RING-NO-KEY`.
    """
    key = ring.key(fragment)
    for row in list(desk.ledger.streams("award")):
        award = desk.awards.get(row.name.partition(":")[2])
        for copy in award.signed:
            if copy.key == key.public_key.thumbprint:
                data = () if copy.signed is None else ((row.name, copy.signed.encode()),)
                yield SignedAward(award, copy.version, copy.at, search_archive(ring, key, data).signed)


def affected_awards(signed: Iterable[SignedAward], since: datetime) -> tuple[SignedAward, ...]:
    """Return what was signed at a moment or after and still counts: not revoked, replaced or erased."""
    return tuple(
        one
        for one in signed
        if one.since(since) and one.signatures and one.award.revoked is None and one.award.replaced is None
    )


def vouched_awards(desk: Desk, ring: KeyRing, *, issuer: str | None = None) -> CompromiseList:
    """Write down what the office signed with the compromised keys of its ring, as of now.

    Args:
        desk: where the register is read.
        ring: the issuer's keys.
        issuer: whose list it is; the ring's DID by default. Badges of 2.0 are those of a profile's address.
    """
    keys = tuple(
        CompromisedKey(
            key.public_key,
            key.compromised,
            frozenset(
                found.digest for one in signed_awards(desk, ring, key.fragment) for found in one.signatures
            ),
        )
        for key in ring.keys
        if key.compromised is not None
    )
    moment = desk.actor.now.astimezone(UTC).replace(microsecond=0)
    return CompromiseList(issuer or ring.controller, moment, keys)


def report_affected(
    desk: Desk, affected: Iterable[SignedAward], *, key: str, since: datetime
) -> tuple[str, ...]:
    """Put awards into cases, one for each holder; what was reported of the same key before is not again.

    Args:
        desk: where; the actor must look after the keys.
        affected: the awards.
        key: the name of the key in the issuer's document.
        since: since when others may have it.

    Returns:
        The cases, also those that were there already.

    Raises:
        PolicyError: `POLICY-NO-RIGHT`; or as `Cases.report`.
    """
    desk.actor.doing("keep-keys")
    beginning, text = _text(desk, key, since)
    holders: dict[str, dict[str, None]] = {}  # in order, and each once
    for one in affected:
        holders.setdefault(one.award.candidate, {})[one.award.id] = None
    known = _reported(desk, beginning)
    cases: dict[str, None] = {}
    for awards in holders.values():
        cases |= dict.fromkeys(known[award] for award in awards if award in known)
        new = [award for award in awards if award not in known]
        for start in range(0, len(new), _MOST):
            cases |= dict.fromkeys(desk.cases.report(text, awards=new[start : start + _MOST]).cases)
    return tuple(cases)


def _text(desk: Desk, key: str, since: datetime) -> tuple[str, str]:
    """Return how a report about the key begins, and the whole of it, in the organisation's first language."""
    language = desk.policy.organisation.languages[0]
    who, when, ground = _WORDS["nl" if language == "nl" else "en"]
    beginning = who.format(key=key)
    said = [beginning, when.format(since=write_date_time(since))]
    if GROUND in desk.policy.revocation.grounds:
        said.append(ground.format(ground=GROUND))
    return beginning, " ".join(said)


def _reported(desk: Desk, beginning: str) -> dict[str, str]:
    """Return the cases in which a badge was reported for the same key, by award."""
    return {
        award: case.id
        for case in desk.cases.all(open_only=False)
        for one in case.reports
        if (one.text or "").startswith(f"{beginning} ")
        for subject in one.subjects
        if (award := award_in(subject)) is not None
    }
