"""Drafting: from an award about to be granted to the documents that its decision carries.

Everything about a badge is settled here, its identifier, salts and places in status lists included, so that
whoever signs adds nothing but the signature, and can do so again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from openbadge_issuer.assertions import Evidence
from openbadge_issuer.errors import PolicyError
from openbadge_issuer.errors.rule import Language
from openbadge_issuer.issuing.award import Award as AwardOptions
from openbadge_issuer.issuing.award import Proof
from openbadge_issuer.issuing.period import fresh_id
from openbadge_issuer.policy.achievement import achievement_of
from openbadge_issuer.policy.award_events import CriterionAssessed, StatusPlace
from openbadge_issuer.policy.awarding import Award
from openbadge_issuer.policy.badge_policy import BadgePolicy
from openbadge_issuer.policy.badge_versions import BadgeVersion
from openbadge_issuer.policy.catalogue import Badge
from openbadge_issuer.policy.claim_code import ClaimCode
from openbadge_issuer.policy.granting import Draft, Terms
from openbadge_issuer.policy.people import Person
from openbadge_issuer.status import StatusEntry

if TYPE_CHECKING:  # a desk loads this module
    from openbadge_issuer.issuing.office.desk import Desk

REVOCATION, SUSPENSION = "revocation", "suspension"
"""The purposes of status lists, and what they are called below `<base>/status/`."""


@dataclass(frozen=True, slots=True)
class Drafted:
    """What a decision to award carries.

    Attributes:
        drafts: the documents.
        places: their places in status lists.
        language: the language of the badge.
    """

    drafts: tuple[Draft, ...]
    places: tuple[StatusPlace, ...]
    language: Language


def list_url(policy: BadgePolicy, purpose: str) -> str:
    """Return where the status list for a purpose is published."""
    return f"{policy.publication.base.rstrip('/')}/status/{purpose}"


def draft(
    desk: Desk,
    award: Award,
    *,
    badge: Badge,
    version: BadgeVersion,
    person: Person,
    terms: Terms,
    code: ClaimCode | None,
) -> Drafted:
    """Make the documents of an award.

    Args:
        desk: where it is granted.
        award: the award.
        badge: what it is for.
        version: which version of that.
        person: the candidate.
        terms: the dates.
        code: the claim code of somebody without an e-mail address or identifier.

    Raises:
        PolicyError: the candidate cannot be named (`Person.recipient`), or the badge has no words in a
            language of the policy (`CATALOGUE-LANGUAGE`).
        StatusError: `STATUS-LIST-FULL`.
        IssuingError, ModelError, CanonicalizationError: the badge cannot be made.
    """
    policy = desk.policy
    entries = tuple(_entries(desk, award))
    language = language_of(person, version, policy)
    options = AwardOptions(
        achievement=achievement_of(badge, version.number, language, policy),
        recipient=person.recipient(policy, code=code),
        id=fresh_id(desk.rng),
        awarded_date=terms.awarded,
        valid_until=terms.valid_until,
        evidence=tuple(_public_evidence(desk, award, person)),
        status=entries,
        proof=cast("Proof | None", policy.publication.proof),  # `prepare` refuses what is none
    )
    drafts = tuple(_drafts(desk, options))
    places = tuple(
        StatusPlace(purpose=entry.purpose, list=entry.list_url, index=entry.index) for entry in entries
    )
    return Drafted(drafts, places, language)


def language_of(person: Person, version: BadgeVersion, policy: BadgePolicy) -> Language:
    """Choose the language of a badge: the person's, if it has words in that, else the policy's first."""
    own: tuple[Language, ...] = (person.details.language,) if person.details else ()
    wanted = (*own, *policy.organisation.languages)
    for language in wanted:
        if language in version.definition.text:
            return language
    raise PolicyError(
        "CATALOGUE-LANGUAGE", badge=version.definition.badge, version=version.number, language=wanted[0]
    )


def _drafts(desk: Desk, options: AwardOptions) -> Iterator[Draft]:
    old = desk.policy.publication.open_badges_2
    now, rng = desk.actor.now, desk.rng
    if old == "none":
        made = desk.issuer.prepare(options, now=now, rng=rng)
        yield Draft("3.0", made.proof, made.credential.to_json())
        return
    # Local: most organisations issue one version only.
    from openbadge_issuer.issuing.both_versions import prepare_both  # noqa: PLC0415

    new, former = prepare_both(
        desk.issuer, options, proof_of_2="hosted" if old == "hosted" else "jws", now=now, rng=rng
    )
    yield Draft("3.0", new.proof, new.credential.to_json())
    yield Draft("2.0", former.proof, former.credential.to_json())


def _entries(desk: Desk, award: Award) -> Iterator[StatusEntry]:
    purposes = (REVOCATION, SUSPENSION) if desk.policy.publication.suspension_list else (REVOCATION,)
    for purpose in purposes:
        url = list_url(desk.policy, purpose)
        yield desk.ledger.status.allocate(url, key=f"award:{award.id}", rng=desk.rng)


def _public_evidence(desk: Desk, award: Award, person: Person) -> Iterator[Evidence]:
    """Go through what the candidate agreed to show: the policy must allow it, and the consent stand (G5)."""
    if desk.policy.publication.evidence == "never" or award.id not in person.consents:
        return
    for event in desk.ledger.events(f"award:{award.id}"):
        if isinstance(event, CriterionAssessed):
            for one in event.evidence or ():
                if one.public and one.url is not None:
                    yield Evidence(id=one.url, name=one.name)
