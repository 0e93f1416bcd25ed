"""What a decision to award must rest on, and what it must carry (R5, R37, R38, R60)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.assertions.moments import parse_date_time
from openbadge_issuer.errors import PolicyError
from openbadge_issuer.jsonld.jcs import canonicalize_jcs
from openbadge_issuer.policy.award_events import StatusPlace, Version
from openbadge_issuer.policy.award_record import AwardRecord
from openbadge_issuer.policy.badge import BadgeDefinition
from openbadge_issuer.policy.standing import Actor, Staff

_KEEPS_PERIOD = frozenset({"correction", "reinstatement", "claim"})
_DATES = {"3.0": ("awardedDate", "validUntil"), "2.0": ("issuedOn", "expires")}
_PLACE = ("statusPurpose", "statusListCredential", "statusListIndex")


@dataclass(frozen=True, slots=True)
class Terms:
    """The dates of an award: since when, and until when the badge counts (None: without end)."""

    awarded: datetime
    valid_until: datetime | None


@dataclass(frozen=True, slots=True)
class Draft:
    """An unsigned document, and how it is to be proven, such as `eddsa-rdfc-2022` or `hosted`."""

    version: Version
    proof: str
    document: JsonObject


def terms_of(award: AwardRecord, definition: BadgeDefinition, actor: Actor) -> Terms:
    """Return the dates of an award if it is granted now, in whole seconds of UTC.

    An award that follows another keeps its date; after a correction or a claim the end of validity too,
    while a renewal counts anew.
    """
    now = actor.now.astimezone(UTC).replace(microsecond=0)
    awarded = award.opened.awarded or now
    if award.opened.cause in _KEEPS_PERIOD:
        return Terms(awarded, award.opened.kept_until)
    if definition.valid_for is None:
        return Terms(awarded, None)
    there = now.astimezone(actor.policy.organisation.zone)
    return Terms(awarded, definition.valid_for.after(there).astimezone(UTC))


def check_criteria_met(award: AwardRecord) -> None:
    """See that every mandatory criterion is met, and at least one criterion.

    Raises:
        PolicyError: `AWARD-CRITERIA-OPEN` with those that are not; `AWARD-NOTHING-MET`.
    """
    outcomes = award.outcomes
    lacking = [name for name in award.opened.mandatory if outcomes.get(name) != "met"]
    if lacking:
        raise PolicyError("AWARD-CRITERIA-OPEN", names=", ".join(lacking))
    if "met" not in outcomes.values():
        raise PolicyError("AWARD-NOTHING-MET", badge=award.opened.badge)


def check_assessors(award: AwardRecord, staff: Staff) -> None:
    """See that each who judged a criterion as met held the role then, as far as is known today.

    The right itself was checked when they judged; a role may have been ended since, as of an earlier day.

    Raises:
        PolicyError: `AWARD-ASSESSOR`.
    """
    badge = award.opened.badge
    for one in award.counting.values():
        held = staff.holding(one.role or "", one.at, badge=badge, person=one.by)
        if one.outcome == "met" and next(held, None) is None:
            who = staff.names.get(one.by, one.by)
            raise PolicyError("AWARD-ASSESSOR", who=who, name=one.criterion)


def check_new(award: AwardRecord) -> None:
    """See that something was assessed since the last decision.

    Raises:
        PolicyError: `AWARD-NOTHING-NEW`.
    """
    if award.decision is not None and not award.undecided:
        raise PolicyError("AWARD-NOTHING-NEW")


def check_drafts(
    drafts: Sequence[Draft], terms: Terms, status: Sequence[StatusPlace]
) -> tuple[JsonObject, ...]:
    """Describe the documents that a decision carries, each as a `CredentialDraft`.

    Raises:
        PolicyError: `AWARD-DRAFTS`, there are none, or two of one version; `AWARD-STATUS-PLACE`, a badge of
            3.0 could not be revoked; and what `check_draft` finds.
    """
    versions = [draft.version for draft in drafts]
    if not versions or len(set(versions)) < len(versions):
        raise PolicyError("AWARD-DRAFTS")
    purposes = [place.purpose for place in status]
    if len(set(purposes)) < len(purposes) or ("3.0" in versions and "revocation" not in purposes):
        raise PolicyError("AWARD-STATUS-PLACE")
    return tuple(check_draft(draft, terms, status) for draft in drafts)


def check_draft(draft: Draft, terms: Terms, status: Sequence[StatusPlace]) -> JsonObject:
    """Describe one document as a `CredentialDraft`, if it says what the decision says.

    Raises:
        PolicyError: `AWARD-DRAFT-FORM`, it has no id, or a proof already; `AWARD-DRAFT-DATE`, it names other
            dates; `AWARD-DRAFT-STATUS`, it names other places in status lists.
        CanonicalizationError, LimitError: it has no canonical form.
    """
    document = draft.document
    name = document.get("id")
    if not isinstance(name, str) or "proof" in document:
        raise PolicyError("AWARD-DRAFT-FORM", version=draft.version)
    for member, moment in zip(_DATES[draft.version], (terms.awarded, terms.valid_until), strict=True):
        if _moment(document.get(member)) != moment:
            raise PolicyError("AWARD-DRAFT-DATE", f"/{member}", version=draft.version, name=member)
    wanted = [(place.purpose, place.list, str(place.index)) for place in status]
    found = list(_places(document.get("credentialStatus")))
    if draft.version == "3.0" and sorted(found, key=str) != sorted(wanted, key=str):
        raise PolicyError("AWARD-DRAFT-STATUS", "/credentialStatus")
    return {
        "version": draft.version,
        "id": name,
        "proof": draft.proof,
        "digest": document_digest(document),
    }


def document_digest(document: JsonObject) -> str:
    """Return the SHA-256 of a document in its JCS form, in hex."""
    return hashlib.sha256(canonicalize_jcs(document)).hexdigest()


def _moment(value: JsonValue) -> datetime | JsonValue:
    try:
        return parse_date_time(value) if isinstance(value, str) else value
    except ValueError:
        return value


def _places(value: JsonValue) -> Iterable[tuple[JsonValue, ...]]:
    for entry in value if isinstance(value, list) else [value]:
        if isinstance(entry, dict):
            yield tuple(entry.get(name) for name in _PLACE)
