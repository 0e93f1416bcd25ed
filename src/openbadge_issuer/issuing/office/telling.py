"""From where a procedure stands to the notices that its people are to get (R40, R42, R46)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from openbadge_issuer.errors import PictureError
from openbadge_issuer.errors.rule import Language
from openbadge_issuer.issuing.notices.carrier import Delivery as Carried
from openbadge_issuer.issuing.notices.notice import Attachment, Notice, compose
from openbadge_issuer.issuing.notices.words import NoticeKind, date_in_words
from openbadge_issuer.issuing.office.carrying_out import public_reason
from openbadge_issuer.policy.award_events import AwardNotYet
from openbadge_issuer.policy.awarding import Award
from openbadge_issuer.policy.badge_policy import BadgePolicy, in_language
from openbadge_issuer.policy.effects import award_in
from openbadge_issuer.policy.informing import Delivery, to_be_told
from openbadge_issuer.policy.notice_events import Channel, Recipient
from openbadge_issuer.policy.people import Person
from openbadge_issuer.policy.revoking import Case

if TYPE_CHECKING:  # a desk loads this module
    from openbadge_issuer.issuing.office.desk import Desk

_CHANNELS: dict[str, Channel] = {"smtp": "email", "file": "file"}
_AT_MOST = 500


@dataclass(frozen=True, slots=True)
class ToTell:
    """A notice that waits to be carried.

    Attributes:
        stream: the procedure that it belongs to, such as `award:…`.
        recipient: who gets it.
        notice: what they are told.
    """

    stream: str
    recipient: Recipient
    notice: Notice

    def delivered(self, carried: Carried) -> Delivery:
        """Say for the record what became of it."""
        failed = carried.outcome != "delivered"
        return Delivery(
            outcome=carried.outcome,
            language=self.notice.language,
            recipient=self.recipient,
            channel=_CHANNELS.get(carried.channel, "callback"),
            notice=self.notice.digest,
            address=", ".join(self.notice.to) or None,
            reason=(carried.detail or carried.channel)[:_AT_MOST] if failed else None,
        )


def check_may_tell(desk: Desk, waiting: ToTell) -> None:
    """See that who is at the desk may carry a notice; raises as `Award.inform` and `Case.inform`."""
    tried = waiting.delivered(Carried("program", "delivered"))
    kind, _, name = waiting.stream.partition(":")
    if kind == "award":
        desk.awards.get(name).inform(desk.actor, tried)
    else:
        desk.cases.get(name).inform(desk.actor, tried)


def award_notices(desk: Desk, award: Award, picture: bytes | None) -> Iterator[ToTell]:
    """Go through the notices about an award that nobody was told of yet.

    Args:
        desk: where they are made.
        award: an award to be told of: published, or decided as "not yet".
        picture: the badge's picture, into which the badge is baked.
    """
    granted = award.granted
    guardian = granted is not None and granted.guardian
    waiting = to_be_told(award.notices, guardian=guardian)
    if not waiting or (award.phase not in {"to-inform", "not-yet"}):
        return
    person = desk.people.get(award.candidate)
    language = granted.language if granted else _language(person, desk.policy)
    code = granted.code if granted else None
    kind: NoticeKind = "not-yet" if granted is None else "claim" if code else "awarded"
    details = {**_about(desk, award, person, language), "code": code or ""}
    attachments = tuple(_attachments(award, picture)) if granted else ()
    for recipient in waiting:
        subject, paragraphs = compose(kind, language, details)
        notice = Notice(
            f"award:{award.id}" + ("" if recipient == "holder" else f":{recipient}"),
            kind, language, _addresses(person, recipient), desk.policy.organisation.contact,
            desk.policy.organisation.name, subject, paragraphs, attachments, code,
        )  # fmt: skip
        yield ToTell(f"award:{award.id}", recipient, notice)


def case_notices(desk: Desk, case: Case, picture: bytes | None) -> Iterator[ToTell]:
    """Go through the notices about a case that its holder was not told of yet (R46)."""
    if case.holder is None or not case.to_tell or not case.decisions:
        return
    person = desk.people.get(case.holder)
    language = _language(person, desk.policy)
    award = _award_in(desk, case)
    outcome: NoticeKind = case.decisions[-1].outcome
    if case.objected and not case.reopened and case.objection is None:
        outcome = "objection-rejected"
    details = _about(desk, award, person, language) if award else _named(desk, person, language)
    details |= _of_case(desk, case, language)
    replaced = outcome == "corrected" and award is not None and bool(award.signed)
    attachments = tuple(_attachments(award, picture)) if replaced and award else ()
    for recipient in case.to_tell:
        subject, paragraphs = compose(outcome, language, details)
        notice = Notice(
            f"case:{case.id}" + ("" if recipient == "holder" else f":{recipient}"),
            outcome, language, _addresses(person, recipient), desk.policy.organisation.contact,
            desk.policy.organisation.name, subject, paragraphs, attachments,
        )  # fmt: skip
        yield ToTell(f"case:{case.id}", recipient, notice)


def _about(desk: Desk, award: Award, person: Person, language: Language) -> dict[str, str]:
    """Fill what a notice says of an award."""
    policy, zone = desk.policy, desk.policy.organisation.zone
    badge = desk.badges.get(award.opened.badge)
    definition = badge.version(award.opened.version).definition
    text = definition.text.get(language) or next(iter(definition.text.values()))
    granted, decision = award.granted, award.decision
    outcomes = award.outcomes
    shown = [
        f"- {in_language(one.statement, language)}"
        for one in definition.criteria
        if (outcomes.get(one.id) == "met") == (granted is not None)
    ]
    object_by = policy.awarding.objection_within.deadline(desk.actor.now, zone)
    until = granted.valid_until if granted else None
    return {
        **_named(desk, person, language),
        "badge": text.name,
        "meaning": text.meaning or text.description,
        "criteria": "\n".join(shown),
        "awarded": date_in_words(granted.awarded, zone, language) if granted else "",
        "until": date_in_words(until, zone, language) if until else "",
        "object_by": _last_day(object_by, policy, language),
        "reason": (decision.feedback or "") if isinstance(decision, AwardNotYet) else "",
    }


def _named(desk: Desk, person: Person, language: Language) -> dict[str, str]:
    organisation = desk.policy.organisation
    somebody = "reader" if language == "en" else "lezer"
    return {
        "name": person.details.name if person.details else somebody,
        "badge": "…",
        "issuer": organisation.name,
        "contact": organisation.contact,
    }


def _of_case(desk: Desk, case: Case, language: Language) -> dict[str, str]:
    policy, zone = desk.policy, desk.policy.organisation.zone
    decision = case.decisions[-1]
    ground = policy.revocation.grounds.get(decision.ground or "")
    reason = in_language(decision.reason or {}, language) or (public_reason(desk, case) or "")
    object_by = policy.revocation.objection_within.deadline(desk.actor.now, zone)
    return {
        "reason": reason or (in_language(ground.name, language) if ground else ""),
        "decided": date_in_words(decision.at, zone, language),
        "object_by": "" if case.objected else _last_day(object_by, policy, language),
    }


def _last_day(deadline: datetime, policy: BadgePolicy, language: Language) -> str:
    """Name the last day before a deadline, which lies at its midnight."""
    return date_in_words(deadline - timedelta(seconds=1), policy.organisation.zone, language)


def _award_in(desk: Desk, case: Case) -> Award | None:
    """Return the award that a case is about, or what took its place."""
    name = next((award_in(one) for one in case.subjects if award_in(one)), None)
    return list(desk.awards.line(name).values())[-1] if name else None


def _language(person: Person, policy: BadgePolicy) -> Language:
    return person.details.language if person.details else policy.organisation.languages[0]


def _addresses(person: Person, recipient: Recipient) -> tuple[str, ...]:
    details = person.details
    if details is None:
        return ()
    address = details.email if recipient == "holder" else details.guardian and details.guardian.email
    return (address,) if address else ()


def _attachments(award: Award, picture: bytes | None) -> Iterator[Attachment]:
    """Go through the files of a badge: baked into its picture where there is one, else as it was signed."""
    # Local: pictures and XML are needed by those who tell, not by all who decide.
    from openbadge_issuer.baking import bake, picture_format  # noqa: PLC0415

    name = award.opened.badge
    for signed in award.signed:
        if signed.signed is None:
            continue
        data, suffix = signed.signed.encode(), "" if signed.version == "3.0" else "-ob2"
        kind = picture_format(picture) if picture else None
        if picture is not None and kind is not None:
            try:
                media = "image/svg+xml" if kind == "svg" else "image/png"
                yield Attachment(f"{name}{suffix}.{kind}", media, bake(picture, data))
                continue
            except PictureError:  # a picture that cannot carry it: the badge itself is what counts
                pass
        json = data.startswith(b"{")
        yield Attachment(
            f"{name}{suffix}.{'json' if json else 'jwt'}", "application/json" if json else "text/plain", data
        )
