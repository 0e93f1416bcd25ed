"""Awards, cases and misuse as JSON, for those who work with them; nothing of who reported a badge."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.assertions.moments import write_date_time
from openbadge_issuer.errors.rule import Language
from openbadge_issuer.policy.award_record import AwardRecord
from openbadge_issuer.policy.badge_policy import BadgePolicy
from openbadge_issuer.policy.case_telling import CaseTelling
from openbadge_issuer.policy.event import Event
from openbadge_issuer.policy.misuse import Misuse
from openbadge_issuer.policy.section import Words

if TYPE_CHECKING:  # it loads the database library
    from openbadge_issuer.issuing.office import Desk
    from openbadge_issuer.issuing.office.award_rows import RowResult

_SENTENCES: dict[Language, dict[str, str]] = {
    "en": {
        "rows": "{count} rows, {refused} refused.",
        "rows-tried": "{count} rows, {refused} refused. Nothing was recorded.",
        "publish": "Publish, for others to see it.",
        "publish-and-inform": "Publish, for others to see it, and inform the holder.",
        "inform": "Inform the holder.",
        "complete-first": "Wait for the new badge: first case correct, then award complete.",
    },
    "nl": {
        "rows": "{count} regels, {refused} geweigerd.",
        "rows-tried": "{count} regels, {refused} geweigerd. Er is niets vastgelegd.",
        "publish": "Publiceer, zodat anderen het zien.",
        "publish-and-inform": "Publiceer, zodat anderen het zien, en informeer de houder.",
        "inform": "Informeer de houder.",
        "complete-first": "Wacht op de nieuwe badge: eerst case correct, dan award complete.",
    },
}


def sentence(name: str, language: Language, **details: int) -> str:
    """Say what comes next or what came of it."""
    return _SENTENCES[language][name].format_map(details)


def told_award(desk: Desk, name: str) -> JsonObject:
    """Write where an award stands; raises as `Awards.get`."""
    award, policy, events = desk.awards.get(name), desk.policy, desk.ledger.events(f"award:{name}")
    granted, facts = award.granted, award.facts(policy)
    judged: JsonObject = {
        name: {"outcome": one.outcome, "form": one.form, "by": one.by, "at": write_date_time(one.at)}
        for name, one in award.counting.items()
    }
    return {
        "award": award.id,
        "badge": award.opened.badge,
        "version": award.opened.version,
        "candidate": award.candidate,
        "occasion": award.opened.occasion,
        "phase": facts.phase,
        "status": award.status,
        "due": _moment(facts.due),
        "criteria": judged,
        "awarded": _moment(granted.awarded) if granted else None,
        "validUntil": _moment(granted.valid_until) if granted else None,
        "credentials": [draft.id for draft in granted.drafts] if granted else [],
        "exceptions": _exceptions(granted, granted.exempt) if granted else [],
        "emergency": _in_emergency(events),
        "objectUntil": _moment(award.object_until),
        "objection": _objection(award),
        "replaces": award.opened.replaces,
        "replacedBy": award.successor,
    }


def told_case(desk: Desk, case: CaseTelling) -> JsonObject:
    """Write where a case stands."""
    policy, events = desk.policy, desk.ledger.events(f"case:{case.id}")
    facts = case.facts(policy)
    decisions: list[JsonValue] = [
        {
            "outcome": one.outcome,
            "ground": one.ground,
            "reason": _words(one.reason),
            "by": one.by,
            "at": write_date_time(one.at),
            "exceptions": _exceptions(one, one.exempt),
        }
        for one in case.decisions
    ]
    actions: list[JsonValue] = [
        {"action": one.name, "owner": one.owner, "due": one.due.isoformat(), "done": one.done}
        for one in case.actions.values()
    ]
    return {
        "case": case.id,
        "subjects": list[JsonValue](case.subjects),
        "holder": case.holder,
        "phase": facts.phase,
        "due": _moment(facts.due),
        "reports": len(case.reports),
        "acknowledged": len(case.acknowledged),
        "investigators": list[JsonValue](case.investigators),
        "decisions": decisions,
        "pending": [effect.model_dump(mode="json") for effect in case.pending],
        "objectUntil": _moment(case.object_until),
        "answerUntil": _moment(case.answer_until),
        "toTell": list[JsonValue](case.to_tell),
        "unsent": _unsent(case, policy),
        "prevention": actions,
        "emergency": _in_emergency(events),
    }


def _objection(award: AwardRecord) -> JsonObject | None:
    """Write how an objection to the last decision stands."""
    if not award.objected:
        return None
    verdict = None if award.verdict is None else "upheld" if award.verdict.upheld else "rejected"
    return {"case": award.objection_case, "verdict": verdict}


def _unsent(case: CaseTelling, policy: BadgePolicy) -> list[JsonValue]:
    """Write who is still to be told of what."""
    found: list[JsonValue] = [
        {"about": topic, "recipient": one}
        for topic, recipients in (*case.topics_to_tell.items(), ("decision", case.to_tell))
        for one in recipients
    ]
    return found + [{"about": "decision", "recipient": one} for one in case.platforms_to_tell(policy)]


def misuse_json(matter: Misuse, policy: BadgePolicy) -> JsonObject:
    """Write where a matter of misuse stands, for those who handle it."""
    measures: list[JsonValue] = [
        {"measure": one.measure, "decidedBy": one.decided_by, "text": one.text, "at": write_date_time(one.at)}
        for one in matter.measures
    ]
    return {
        "misuse": matter.id,
        "phase": matter.phase,
        "due": _moment(matter.facts(policy).due),
        "about": matter.first.about,
        "reported": write_date_time(matter.first.at),
        "text": matter.first.text,
        "handler": matter.handler,
        "measures": measures,
    }


def row_json(number: int, result: RowResult) -> JsonObject:
    """Write what became of a row of a list."""
    error = result.error
    return {
        "row": number,
        "status": result.status,
        "award": result.award,
        "criteria": dict[str, JsonValue](result.criteria),
        "credential": result.credential,
        "code": error.code if error else None,
        "message": str(error) if error else None,
    }


def _exceptions(decision: Event, exempt: Iterable[str]) -> list[JsonValue]:
    """Say what about a decision was done otherwise than the policy asks for first."""
    return [*exempt, *(["emergency"] if decision.emergency else [])]


def _in_emergency(events: Iterable[Event]) -> list[JsonValue]:
    """Write every step that was done under a role of the emergency rule (G8)."""
    return [
        {"step": one.kind, "by": one.by, "role": one.role, "at": write_date_time(one.at)}
        for one in events
        if one.emergency
    ]


def _words(words: Words | None) -> JsonObject:
    return {language: text for language, text in (words or {}).items()}  # noqa: C416  # keys of another type


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else write_date_time(moment)
