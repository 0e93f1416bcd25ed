"""What an effect of a case does to status lists; under a policy no bit is set anywhere else (R41, R44)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openbadge_issuer.policy.award_events import StatusPlace
from openbadge_issuer.policy.award_record import AwardRecord
from openbadge_issuer.policy.badge_policy import in_language
from openbadge_issuer.policy.effects import Effect, award_in
from openbadge_issuer.policy.office_events import StatusBitSet
from openbadge_issuer.policy.revoking import Case
from openbadge_issuer.status.reasons import MAX_REASON

if TYPE_CHECKING:  # a desk loads this module
    from openbadge_issuer.issuing.office.desk import Desk


def set_bits(desk: Desk, case: Case, effect: Effect) -> None:
    """Bring the status lists in line with how the awards stand that an effect has reached.

    What no list covers (a badge on a platform of others, a suspension without a list for it, a badge of 2.0)
    follows from the records when they are published.
    """
    name = award_in(effect.subject)
    if name is None:
        return
    for award in desk.awards.line(name).values():
        for place in award.granted.status if award.granted else ():
            _bring_in_line(desk, case, award, place)


def public_reason(desk: Desk, case: Case) -> str | None:
    """Return what the public reads about a decision, in the organisation's languages, its first one first.

    A list has room for one text, so the languages stand in it behind each other, if they fit.
    """
    words = case.decisions[-1].reason if case.decisions else None
    if not words:
        return None
    languages = desk.policy.organisation.languages
    texts = dict.fromkeys(words[language] for language in languages if language in words)
    joined = " / ".join(texts)
    return joined if texts and len(joined) <= MAX_REASON else in_language(words, languages[0])[:MAX_REASON]


def dated_reason(desk: Desk, case: Case) -> str | None:
    """Return the same behind the day of the decision, for lists that have no place for a date."""
    reason = public_reason(desk, case)
    if reason is None:
        return None
    day = f"{case.decisions[-1].at:%Y-%m-%d}: "
    return day + reason[: MAX_REASON - len(day)]


def _bring_in_line(desk: Desk, case: Case, award: AwardRecord, place: StatusPlace) -> None:
    lost = award.revoked is not None
    wanted = lost if place.purpose == "revocation" else bool(award.suspended_by) and not lost
    status = desk.ledger.status
    if status.get(place.list, place.index).value == wanted:
        return
    now, reason = desk.actor.now, dated_reason(desk, case) if wanted else None
    status.set(place.list, place.index, wanted, now=now, reason=reason)
    changed = StatusBitSet.done(
        desk.actor.act(), case=case.id, list=place.list, index=place.index, value=wanted, reason=reason
    )
    desk.record(f"award:{award.id}", (changed,))
