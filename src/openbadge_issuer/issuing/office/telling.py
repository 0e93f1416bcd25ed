"""A notice that waits, and those about awards (R40); `telling_of_cases` makes those about cases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal

from openbadge_issuer.errors import PictureError
from openbadge_issuer.errors.rule import Language
from openbadge_issuer.issuing.notices.carrier import Delivery as Carried
from openbadge_issuer.issuing.notices.notice import Attachment, Notice, compose
from openbadge_issuer.issuing.notices.words import NoticeKind, date_in_words, phrase
from openbadge_issuer.policy.award_events import AwardNotYet
from openbadge_issuer.policy.awarding import Award
from openbadge_issuer.policy.badge_policy import BadgePolicy, in_language
from openbadge_issuer.policy.event import Event
from openbadge_issuer.policy.informing import Delivery, to_be_told
from openbadge_issuer.policy.notice_events import Channel, Recipient, ReporterTopic, Topic
from openbadge_issuer.policy.people import Person

if TYPE_CHECKING:  # a desk loads this module
    from openbadge_issuer.issuing.office.desk import Desk

_CHANNELS: dict[str, Channel] = {"smtp": "email", "file": "file"}
_AT_MOST = 500
_SOMEBODY: dict[Language, str] = {"en": "reader", "nl": "lezer"}


@dataclass(frozen=True, slots=True)
class ToTell:
    """A notice that waits to be carried.

    Attributes:
        stream: the procedure that it belongs to, such as `award:…`.
        recipient: who gets it.
        notice: what they are told.
        about: what the holder of a badge in doubt is told of; None for what was decided.
        report: the receipt of the reporter who gets it, and what it tells.
        platform: the platform of others that gets it.
    """

    stream: str
    recipient: Recipient | Literal["reporter", "platform"]
    notice: Notice
    about: Topic | None = None
    report: tuple[str, ReporterTopic] | None = None
    platform: str | None = None

    def delivered(self, carried: Carried) -> Delivery:
        """Say for the record what became of it."""
        failed = carried.outcome != "delivered"
        return Delivery(
            outcome=carried.outcome,
            language=self.notice.language,
            recipient="guardian" if self.recipient == "guardian" else "holder",
            channel=_CHANNELS.get(carried.channel, "callback"),
            notice=self.notice.digest,
            address=", ".join(self.notice.to) or None,
            reason=(carried.detail or carried.channel)[:_AT_MOST] if failed else None,
            about=self.about,
        )

    def events(self, desk: Desk, delivery: Delivery) -> tuple[Event, ...]:
        """Return what is to be recorded; raises as `Award.inform`, and the like of `Case`."""
        kind, _, name = self.stream.partition(":")
        if kind == "award":
            return desk.awards.get(name).inform(desk.actor, delivery)
        case = desk.cases.get(name)
        if self.report is not None:
            return case.inform_reporter(desk.actor, *self.report, delivery)
        if self.platform is not None:
            return case.inform_platform(desk.actor, self.platform, delivery)
        return case.inform(desk.actor, delivery)


def check_may_tell(desk: Desk, waiting: ToTell) -> None:
    """See that who is at the desk may carry a notice; raises as `ToTell.events`."""
    waiting.events(desk, waiting.delivered(Carried("program", "delivered")))


def award_notices(desk: Desk, award: Award, picture: bytes | None) -> Iterator[ToTell]:
    """Go through the notices about an award that nobody was told of yet.

    Args:
        desk: where they are made.
        award: an award to be told of: published, or decided as "not yet".
        picture: the badge's picture, into which the badge is baked.
    """
    granted, verdict = award.granted, award.verdict
    if award.objection is not None:
        yield from _arrived(desk, award)
        return
    waiting = to_be_told(award.notices, guardian=granted is not None and granted.guardian)
    if not waiting or (award.phase not in {"to-inform", "not-yet"} and verdict is None):
        return
    person = desk.people.get(award.candidate)
    language = granted.language if granted else language_for(person, desk.policy)
    code = granted.code if granted else None
    kind: NoticeKind = "not-yet" if granted is None else "claim" if code else "awarded"
    details = {**about_award(desk, award, person, language), "code": code or ""}
    if verdict is not None:
        kind = "assessed-anew" if verdict.upheld else "objection-rejected"
        details["reason"] = verdict.reason or ""
    attachments = tuple(attachments_of(award, picture)) if granted else ()
    for recipient in waiting:
        subject, paragraphs = compose_for(recipient, person, kind, language, details)
        notice = Notice(
            reference(f"award:{award.id}", award.carried, recipient),
            kind, language, addresses_of(person, recipient), desk.policy.organisation.contact,
            desk.policy.organisation.name, subject, paragraphs, attachments, code,
        )  # fmt: skip
        yield ToTell(f"award:{award.id}", recipient, notice)


def _arrived(desk: Desk, award: Award) -> Iterator[ToTell]:
    """Tell the candidate that the objection has arrived."""
    policy, person = desk.policy, desk.people.get(award.candidate)
    if award.objection is None or not to_be_told(award.received, guardian=False):
        return
    language = language_for(person, policy)
    within = policy.revocation.decide_objection_within
    until = within.deadline(award.objection.at, policy.organisation.zone)
    details = about_award(desk, award, person, language) | {"decide_by": last_day(until, policy, language)}
    subject, paragraphs = compose("objection-received", language, details)
    notice = Notice(
        reference(f"award:{award.id}", award.carried, "holder"), "objection-received", language,
        addresses_of(person, "holder"), policy.organisation.contact, policy.organisation.name,
        subject, paragraphs,
    )  # fmt: skip
    yield ToTell(f"award:{award.id}", "holder", notice, about="objection")


def compose_for(
    recipient: Recipient, person: Person, kind: NoticeKind, language: Language, details: Mapping[str, str]
) -> tuple[str, tuple[str, ...]]:
    """Fill the words of a notice as `compose` does; to a guardian it says first why they get it (G10)."""
    subject, paragraphs = compose(kind, language, details)
    if recipient == "holder":
        return subject, paragraphs
    guardian = person.details.guardian if person.details else None
    known = {**details, "guardian": guardian.name if guardian else _SOMEBODY[language]}
    opening = (phrase(name, language).format_map(known) for name in ("guardian-hello", "guardian"))
    return subject, (*opening, *paragraphs)


def reference(stream: str, carried: int, recipient: str) -> str:
    """Name a notice so that no other of the stream has the same name; trying again gives the same."""
    number = "" if carried == 0 else f":{carried + 1}"
    return stream + ("" if recipient == "holder" else f":{recipient}") + number


def about_award(desk: Desk, award: Award, person: Person, language: Language) -> dict[str, str]:
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
        **named(desk, person, language),
        "badge": text.name,
        "meaning": text.meaning or text.description,
        "criteria": "\n".join(shown),
        "awarded": date_in_words(granted.awarded, zone, language) if granted else "",
        "until": date_in_words(until, zone, language) if until else "",
        "object_by": last_day(object_by, policy, language),
        "reason": (decision.feedback or "") if isinstance(decision, AwardNotYet) else "",
    }


def named(desk: Desk, person: Person | None, language: Language) -> dict[str, str]:
    """Fill what every notice says; the badge is not named."""
    organisation = desk.policy.organisation
    return {
        "name": person.details.name if person and person.details else _SOMEBODY[language],
        "badge": "…",
        "issuer": organisation.name,
        "contact": organisation.contact,
    }


def last_day(deadline: datetime, policy: BadgePolicy, language: Language) -> str:
    """Name the last day before a deadline, which lies at its midnight."""
    return date_in_words(deadline - timedelta(seconds=1), policy.organisation.zone, language)


def language_for(person: Person, policy: BadgePolicy) -> Language:
    """Return the language in which a person is told."""
    return person.details.language if person.details else policy.organisation.languages[0]


def addresses_of(person: Person, recipient: Recipient) -> tuple[str, ...]:
    """Return the e-mail address of a person or of the guardian, if there is one."""
    details = person.details
    if details is None:
        return ()
    address = details.email if recipient == "holder" else details.guardian and details.guardian.email
    return (address,) if address else ()


def attachments_of(award: Award, picture: bytes | None) -> Iterator[Attachment]:
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
