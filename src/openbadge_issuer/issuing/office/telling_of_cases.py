"""From where a doubt about a badge stands to the notices that its people are to get (R42, R46, G1, G6)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from openbadge_issuer.errors.rule import Language
from openbadge_issuer.issuing.notices.notice import Attachment, Notice, compose
from openbadge_issuer.issuing.notices.words import NoticeKind, date_in_words, phrase
from openbadge_issuer.issuing.office.annulling import annulments_address
from openbadge_issuer.issuing.office.carrying_out import public_reason
from openbadge_issuer.issuing.office.telling import (
    ToTell,
    about_award,
    addresses_of,
    attachments_of,
    compose_for,
    language_for,
    last_day,
    named,
    reference,
)
from openbadge_issuer.policy.awarding import Award
from openbadge_issuer.policy.badge_policy import in_language
from openbadge_issuer.policy.effects import Supersede, award_in
from openbadge_issuer.policy.notice_events import Recipient, ReporterTopic, Topic
from openbadge_issuer.policy.people import is_email
from openbadge_issuer.policy.revoking import Case

if TYPE_CHECKING:  # a desk loads this module
    from openbadge_issuer.issuing.office.desk import Desk

_KINDS: dict[Topic, NoticeKind] = {
    "hearing": "heard",
    "suspension": "suspended-meanwhile",
    "objection": "objection-received",
}
_TO_REPORTERS: dict[ReporterTopic, NoticeKind] = {"report": "acknowledged", "outcome": "reporter-told"}


def case_notices(
    desk: Desk, case: Case, picture_of: Callable[[Desk, Award], bytes | None]
) -> Iterator[ToTell]:
    """Go through the notices about a case of which somebody was not told yet.

    Args:
        desk: where they are made.
        case: the case.
        picture_of: finds the picture into which a badge is baked.
    """
    for topic, recipients in case.topics_to_tell.items():
        yield from _of_topic(desk, case, topic, recipients)
    yield from _of_decision(desk, case, picture_of)
    yield from _to_reporters(desk, case)
    yield from _to_platforms(desk, case)


def _of_topic(desk: Desk, case: Case, topic: Topic, recipients: tuple[Recipient, ...]) -> Iterator[ToTell]:
    """Tell the holder of what goes before a decision."""
    language = language_for(desk.people.get(case.holder or ""), desk.policy)
    until, reason = _dates(desk, case)[topic], ""
    if topic == "hearing" and case.offered is not None:
        reason = case.offered.text or ""
    elif topic == "suspension":
        reason = case.suspension.reason or "" if case.suspension else ""
    details = _details(desk, case, language)
    details |= {"reason": reason, "decide_by": last_day(until, desk.policy, language)}
    for recipient in recipients:
        yield _Letter(_KINDS[topic], language, details, topic).to(recipient, desk, case)


def _of_decision(
    desk: Desk, case: Case, picture_of: Callable[[Desk, Award], bytes | None]
) -> Iterator[ToTell]:
    """Tell the holder of what was decided (R46); where a new badge goes along, once it is signed."""
    if case.holder is None or not case.to_tell or case.objection is not None:
        return  # of an objection it is told that it has arrived; what was decided may be decided anew
    language = language_for(desk.people.get(case.holder), desk.policy)
    outcome: NoticeKind = case.decisions[-1].outcome
    details = _details(desk, case, language) | _of_ruling(desk, case, language)
    attachments: tuple[Attachment, ...] = ()
    if case.verdict is not None:
        outcome = "objection-upheld" if case.verdict.upheld else "objection-rejected"
    else:
        replaced = [one for one in case.decisions[-1].effects if isinstance(one, Supersede)]
        new = _successors(desk, replaced)
        if case.waits_for_successor or any(not award.signed or award.unsigned for award in new):
            return
        if outcome == "corrected" and replaced and not new:
            outcome = "revoked"  # what was to follow was given up
        attachments = tuple(file for award in new for file in attachments_of(award, picture_of(desk, award)))
        zone = desk.policy.organisation.zone
        kept = [award.granted.awarded for award in new if award.granted]
        details["kept"] = date_in_words(kept[0], zone, language) if kept else ""
    for recipient in case.to_tell:
        yield _Letter(outcome, language, details, None, attachments).to(recipient, desk, case)


def _successors(desk: Desk, effects: Iterable[Supersede]) -> list[Award]:
    """Return the awards of ours that took the place of badges."""
    found = []
    for effect in effects:
        old = award_in(effect.subject)
        if old is not None and effect.successor in desk.awards.line(old):
            found.append(desk.awards.get(effect.successor))
    return found


def _to_reporters(desk: Desk, case: Case) -> Iterator[ToTell]:
    """Tell those who reported the doubt and can be reached by e-mail; the notice names nobody."""
    organisation = desk.policy.organisation
    language = organisation.languages[0]
    details = _details(desk, case, language)
    within = desk.policy.revocation.investigate_within.deadline(case.first.at, organisation.zone)
    details |= {"name": "", "decide_by": last_day(within, desk.policy, language)}
    if case.decisions:
        decision = case.decisions[-1]
        details["effect"] = phrase(f"effect-{decision.outcome}", language)
        details["reason"] = in_language(decision.reason or {}, language)
    for report, about in case.reporters_to_tell():
        contact = (report.reporter_contact or "").strip()
        if not is_email(contact):
            continue
        kind = _TO_REPORTERS[about]
        subject, paragraphs = compose(kind, language, details)
        whom = f"reporter:{case.reports.index(report) + 1}"
        notice = Notice(
            reference(f"case:{case.id}", case.carried, whom), kind, language, (contact,),
            organisation.contact, organisation.name, subject, paragraphs,
        )  # fmt: skip
        yield ToTell(f"case:{case.id}", "reporter", notice, report=(report.receipt, about))


def _to_platforms(desk: Desk, case: Case) -> Iterator[ToTell]:
    """Tell the platforms on which badges stand what was decided about them (R41, G7)."""
    organisation = desk.policy.organisation
    language = organisation.languages[0]
    for name, addresses in case.platforms_to_tell(desk.policy).items():
        platform, decision = desk.policy.platforms[name], case.decisions[-1]
        details = {
            **named(desk, None, language),
            **_of_ruling(desk, case, language),
            "name": platform.name,
            "address": ", ".join(addresses),
            "effect": phrase(f"effect-{decision.outcome}", language),
            "register": annulments_address(desk.policy),
        }
        subject, paragraphs = compose("platform", language, details)
        notice = Notice(
            reference(f"case:{case.id}", case.carried, f"platform:{name}"), "platform", language,
            (platform.contact or "",), organisation.contact, organisation.name, subject, paragraphs,
        )  # fmt: skip
        yield ToTell(f"case:{case.id}", "platform", notice, platform=name)


@dataclass(frozen=True, slots=True)
class _Letter:
    """What the holder of a badge in doubt, or a guardian, is told."""

    kind: NoticeKind
    language: Language
    details: dict[str, str]
    topic: Topic | None
    attachments: tuple[Attachment, ...] = ()

    def to(self, recipient: Recipient, desk: Desk, case: Case) -> ToTell:
        organisation, person = desk.policy.organisation, desk.people.get(case.holder or "")
        subject, paragraphs = compose_for(recipient, person, self.kind, self.language, self.details)
        notice = Notice(
            reference(f"case:{case.id}", case.carried, recipient),
            self.kind, self.language, addresses_of(person, recipient), organisation.contact,
            organisation.name, subject, paragraphs, self.attachments,
        )  # fmt: skip
        return ToTell(f"case:{case.id}", recipient, notice, self.topic)


def _details(desk: Desk, case: Case, language: Language) -> dict[str, str]:
    """Fill what a notice says of the badge and its holder."""
    person, award = desk.people.get(case.holder or ""), _award_in(desk, case)
    if award is not None:
        return about_award(desk, award, person, language)
    return {**named(desk, person, language), "badge": (case.first.addresses or ("…",))[0]}


def _dates(desk: Desk, case: Case) -> dict[Topic, datetime]:
    """Say until when the holder can answer, and until when there is to be a decision."""
    terms, zone = desk.policy.revocation, desk.policy.organisation.zone
    answer = terms.hear_within.deadline(desk.actor.now, zone)
    objected = case.objection.at if case.objection else desk.actor.now
    return {
        "hearing": max(answer, case.offered.until) if case.offered else answer,
        "suspension": terms.investigate_within.deadline(case.first.at, zone),
        "objection": terms.decide_objection_within.deadline(objected, zone),
    }


def _of_ruling(desk: Desk, case: Case, language: Language) -> dict[str, str]:
    """Fill what a notice says of a decision."""
    policy, zone = desk.policy, desk.policy.organisation.zone
    decision = case.decisions[-1]
    ground = policy.revocation.grounds.get(decision.ground or "")
    reason = in_language(decision.reason or {}, language) or (public_reason(desk, case) or "")
    object_by = policy.revocation.objection_within.deadline(desk.actor.now, zone)
    anew = policy.revocation.decide_objection_within.deadline(case.told_since or desk.actor.now, zone)
    return {
        "reason": reason or (in_language(ground.name, language) if ground else ""),
        "decided": date_in_words(decision.at, zone, language),
        "decide_by": last_day(anew, policy, language),
        "object_by": "" if case.objected else last_day(object_by, policy, language),
    }


def _award_in(desk: Desk, case: Case) -> Award | None:
    """Return the award that a case is about, or what took its place."""
    name = next((award_in(one) for one in case.subjects if award_in(one)), None)
    return list(desk.awards.line(name).values())[-1] if name else None
