"""What stands in the annulment register: decisions about badges that no status list covers (R41, G7)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from openbadge_issuer.issuing.office.carrying_out import public_reason
from openbadge_issuer.policy.award_events import AwardSuspended
from openbadge_issuer.policy.badge_policy import BadgePolicy
from openbadge_issuer.policy.case_events import EffectCarriedOut
from openbadge_issuer.policy.effects import AnnulForeignBadge, LiftSuspension, SetSuspension
from openbadge_issuer.policy.revoking import Case
from openbadge_issuer.signing.base64url import encode_base64url
from openbadge_issuer.status.annulment import FILE_NAME, Annulment, badge_digest

if TYPE_CHECKING:  # a desk loads this module's neighbours
    from openbadge_issuer.issuing.office.desk import Desk

_FOREIGN = "foreign:"


def annulments_address(policy: BadgePolicy) -> str:
    """Return where the annulment register is published."""
    return f"{policy.publication.base.rstrip('/')}/{FILE_NAME}"


def annulments(desk: Desk) -> tuple[Annulment, ...]:
    """Return the entries of the register as they stand now, each badge once.

    A badge of our own is here while it is suspended, unless a list for suspension says so; one on a platform
    of others while a case suspends it, and for good once it is annulled.
    """
    found: dict[str, Annulment] = {}
    for entry in (*_suspended(desk), *_foreign(desk)):
        if entry.digest not in found or entry.status == "annulled":
            found[entry.digest] = entry
    return tuple(found.values())


def _suspended(desk: Desk) -> Iterator[Annulment]:
    # One that another has taken the place of, by a correction or a renewal, can be suspended too.
    for name in (*desk.awards.in_phase("suspended"), *desk.awards.in_phase("superseded")):
        award = desk.awards.get(name)
        if award.granted is None or award.status != "suspended":
            continue
        listed = {place.purpose for place in award.granted.status}
        since = max(
            event.at for event in desk.ledger.events(f"award:{name}") if isinstance(event, AwardSuspended)
        )
        for draft in award.granted.drafts:
            if draft.version == "2.0" or "suspension" not in listed:
                yield Annulment(badge_digest(draft.id), "suspended", _second(since))


def _foreign(desk: Desk) -> Iterator[Annulment]:
    for case in desk.cases.all(open_only=False):
        if any(subject.startswith(_FOREIGN) for subject in case.subjects):
            yield from _of_case(desk, case)


def _of_case(desk: Desk, case: Case) -> Iterator[Annulment]:
    standing: dict[str, Annulment] = {}
    for event in desk.ledger.events(f"case:{case.id}"):
        if not isinstance(event, EffectCarriedOut) or not event.effect.subject.startswith(_FOREIGN):
            continue
        digest = encode_base64url(bytes.fromhex(event.effect.subject.removeprefix(_FOREIGN)))
        match event.effect:
            case AnnulForeignBadge():
                standing[digest] = Annulment(digest, "annulled", _second(event.at), public_reason(desk, case))
            case SetSuspension():
                standing.setdefault(digest, Annulment(digest, "suspended", _second(event.at)))
            case LiftSuspension() if standing.get(digest) is not None:
                if standing[digest].status == "suspended":
                    del standing[digest]
    yield from standing.values()


def _second(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)  # what is public need not tell more
