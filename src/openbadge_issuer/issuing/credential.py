"""Building the credential of an award, finished but for its signature."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache

from openbadge_issuer.assertions import (
    AchievementCredential,
    AchievementSubject,
    CredentialStatus,
    Evidence,
    Profile,
)
from openbadge_issuer.assertions.context_urls import CREDENTIALS_V2, OPEN_BADGES_CONTEXT
from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.assertions.recipient import RandomBytes
from openbadge_issuer.errors import IssuingError
from openbadge_issuer.issuing.award import Award, Contexts
from openbadge_issuer.issuing.period import fresh_id, validity_period
from openbadge_issuer.jsonld.contexts import PINNED
from openbadge_issuer.signing.sealing import ProofFormat, contexts_for
from openbadge_issuer.status import StatusEntry


def unsigned_credential(
    profile: Profile, award: Award, proof: ProofFormat, *, moment: datetime, rng: RandomBytes
) -> AchievementCredential:
    """Build the credential of an award.

    Args:
        profile: the issuer.
        award: what is to be issued.
        proof: how it will be secured.
        moment: now, in whole seconds.
        rng: the source of randomness, for the id and the salts.

    Raises:
        IssuingError: the options contradict each other.
        ModelError: a value is not as the specification asks.
    """
    if award.awarded_date is not None and award.awarded_date.tzinfo is None:
        raise IssuingError("ISSUE-TIME-ZONE", name="awarded_date")
    begin = validity_period(moment, valid_from=award.valid_from, valid_until=award.valid_until)
    endorsements = award.endorsements
    return AchievementCredential(
        context=(
            CREDENTIALS_V2,
            OPEN_BADGES_CONTEXT,
            *_context_items(award.contexts),
            *contexts_for(proof),
        ),
        id=award.id or fresh_id(rng),
        name=award.achievement.name,
        issuer=profile,
        valid_from=begin,
        valid_until=award.valid_until,
        awarded_date=award.awarded_date,
        credential_subject=AchievementSubject(
            id=award.recipient.id,
            identifier=award.recipient.identity_objects(rng),
            achievement=award.achievement,
            result=tuple(award.results),
        ),
        credential_status=status_entries(award.status),
        endorsement=tuple(item for item in endorsements if not isinstance(item, str)),
        endorsement_jwt=tuple(item for item in endorsements if isinstance(item, str)),
        evidence=tuple(Evidence(id=item) if isinstance(item, str) else item for item in award.evidence),
    )


def status_entries(entries: StatusEntry | Sequence[StatusEntry] | None) -> tuple[CredentialStatus, ...]:
    """Write the places in status lists as a credential carries them."""
    listed = (entries,) if isinstance(entries, StatusEntry) else entries or ()
    return tuple(CredentialStatus.model_validate(entry.to_json()) for entry in listed)


def unstable_members(document: JsonObject, proof: ProofFormat) -> tuple[str, ...]:
    """Name the members that older copies of the Open Badges context would leave unsigned."""
    if proof in ("vc-jwt", "vc+jwt"):
        return ()
    unstable = _unstable_terms() & _member_names(document)
    return tuple(str(IssuingError("ISSUE-UNSTABLE-TERM", name=name)) for name in sorted(unstable))


@cache
def _unstable_terms() -> frozenset[str]:
    return PINNED.unstable_terms(OPEN_BADGES_CONTEXT)


def _member_names(document: JsonObject) -> set[str]:
    names: set[str] = set()
    waiting: list[JsonValue] = [document]
    while waiting:
        value = waiting.pop()
        if type(value) is dict:
            names.update(value)
            waiting += value.values()
        elif type(value) is list:
            waiting += value
    return names


def _context_items(contexts: Contexts) -> tuple[str | dict[str, object], ...]:
    return tuple(item if isinstance(item, str) else {**item} for item in contexts)
