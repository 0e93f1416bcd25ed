"""A doubt about a badge as its events tell it: reports, investigation, decisions, and what is still to do.

The steps that lead there are in `investigating` and `revoking`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal, Self, TypeAlias, TypeVar
from zoneinfo import ZoneInfo

from openbadge_issuer.errors import PolicyError
from openbadge_issuer.policy.badge_policy import BadgePolicy
from openbadge_issuer.policy.case_events import (
    CaseClosed,
    CaseDecided,
    CaseReported,
    EffectCarriedOut,
    FindingRecorded,
    HearingAnswered,
    HearingOffered,
    InvestigatorAssigned,
    ObjectionDecided,
    ObjectionMade,
    PreventionDone,
    PreventionHandedOver,
    PreventionNotNeeded,
    PreventionPlanned,
    ReportAcknowledged,
    SuccessionGivenUp,
    SuspensionAsked,
    SuspensionEnded,
)
from openbadge_issuer.policy.effects import AnnulForeignBadge, Effect, LiftSuspension, SetSuspension, award_in
from openbadge_issuer.policy.event import Event
from openbadge_issuer.policy.facts import Facts
from openbadge_issuer.policy.informing import to_be_told
from openbadge_issuer.policy.notice_events import (
    HolderInformed,
    PlatformInformed,
    Recipient,
    ReporterInformed,
    ReporterTopic,
    Topic,
)

CasePhase: TypeAlias = Literal[
    "reported",
    "to-assign",
    "investigating",
    "to-decide",
    "objection",
    "to-carry-out",
    "to-inform",
    "to-prevent",
    "to-close",
    "closed",
]
"""Where a case stands; `to-decide` is after an objection that was upheld."""
Record = TypeVar("Record", bound="CaseRecord")


@dataclass(frozen=True, slots=True)
class Action:
    """Something that is to be done against the same mistake."""

    name: str
    owner: str
    due: date
    done: bool = False


@dataclass(frozen=True)
class CaseRecord:
    """A case, folded from its events.

    Attributes:
        first: the report that it began with.
        last: when the last event was.
        reports: all reports.
        acknowledged: the receipts of those that were acknowledged.
        investigators: who investigates, by pseudonym.
        authors: who investigated and recorded a finding, or decided on an objection.
        offered: the last offer of a hearing.
        suspension: what last asked that the badge does not count meanwhile.
        heard: whether the holder answered, or objected.
        pending: the effects that are still to be carried out, in their order.
        suspended: the foreign badges that the case suspends.
        annulled: the foreign badges that the case has annulled.
        decisions: all decisions.
        reopened: the badges to decide upon anew, after an objection that was upheld.
        objection: the objection that nobody has decided upon.
        objected: whether the holder has objected to the last decision.
        verdict: what was decided on that objection.
        told_since: when what the holder is to be told was decided.
        notices: what became of the notices about it since then.
        carried: how many notices were carried, or tried.
        topics: what became of the notices about what else the holder is to be told.
        guardian: whether a guardian is to be told too.
        platforms_told: the platforms that were told of the last decision.
        reporters_told: the receipts of reporters who were told, each with what.
        actions: what is to be done against the same mistake, by name.
        nothing_to_prevent: whether somebody found that nothing needs to be done.
        closed: whether the case is closed.
    """

    first: CaseReported
    last: datetime
    reports: tuple[CaseReported, ...]
    acknowledged: frozenset[str] = frozenset()
    investigators: tuple[str, ...] = ()
    authors: frozenset[str] = frozenset()
    offered: HearingOffered | None = None
    suspension: SuspensionAsked | None = None
    heard: bool = False
    pending: tuple[Effect, ...] = ()
    suspended: frozenset[str] = frozenset()
    annulled: frozenset[str] = frozenset()
    decisions: tuple[CaseDecided, ...] = ()
    reopened: frozenset[str] = frozenset()
    objection: ObjectionMade | None = None
    objected: bool = False
    verdict: ObjectionDecided | None = None
    told_since: datetime | None = None
    notices: tuple[HolderInformed, ...] = ()
    carried: int = 0
    topics: dict[Topic, tuple[HolderInformed, ...]] = field(default_factory=dict)
    guardian: bool = False
    platforms_told: frozenset[str] = frozenset()
    reporters_told: frozenset[tuple[str, ReporterTopic]] = frozenset()
    actions: dict[str, Action] = field(default_factory=dict)
    nothing_to_prevent: bool = False
    closed: bool = False

    @classmethod
    def of(cls, events: Iterable[Event]) -> Self:
        """Fold the events of the stream.

        Raises:
            PolicyError: `CASE-UNKNOWN`, there is no case.
        """
        case: Self | None = None
        for event in events:
            if case is not None:
                case = case.after(event)
            elif isinstance(event, CaseReported):
                case = cls(event, event.at, (event,))
        if case is None:
            raise PolicyError("CASE-UNKNOWN")
        return case

    def after(self, event: Event) -> Self:
        """Return the case after one more event."""
        case = replace(self, last=event.at)
        match event:
            case CaseReported():
                case = replace(case, reports=(*self.reports, event))
            case ReportAcknowledged():
                case = replace(case, acknowledged=self.acknowledged | {event.receipt})
            case InvestigatorAssigned():
                left = {event.investigator, event.replaces}
                others = [one for one in self.investigators if one not in left]
                case = replace(case, investigators=(*others, event.investigator))
            case FindingRecorded():
                case = replace(case, authors=self.authors | ({event.by} if event.by else set()))
            case HearingOffered():
                case = _with_topic(replace(case, offered=event), "hearing", guardian=event.guardian)
            case HearingAnswered():
                case = replace(case, heard=True)
            case HolderInformed() | ReporterInformed() | PlatformInformed():
                case = _told(replace(case, carried=self.carried + 1), event)
            case _:
                case = _decided(case, event)
        return case

    @property
    def id(self) -> str:
        """The identifier of the case."""
        return self.first.case

    @property
    def holder(self) -> str | None:
        """The pseudonym of the holder."""
        return self.first.holder

    @property
    def subjects(self) -> tuple[str, ...]:
        """The badges in doubt."""
        return self.first.subjects

    @property
    def scopes(self) -> tuple[str | None, ...]:
        """The badges for which a role must be held; None where it must be held without limits."""
        foreign = any(subject.startswith("foreign:") for subject in self.subjects)
        return (*self.first.badges, None) if foreign else self.first.badges

    @property
    def decided(self) -> dict[str, CaseDecided]:
        """The decisions that count, by badge: the last about each."""
        return {subject: decision for decision in self.decisions for subject in decision.subjects}

    @property
    def undecided(self) -> tuple[str, ...]:
        """The badges about which there is no decision, or none any more."""
        decided = self.decided
        return tuple(one for one in self.subjects if one not in decided or one in self.reopened)

    @property
    def to_tell(self) -> tuple[Recipient, ...]:
        """Who is still to be told of what was decided last; nobody where nobody knows the holder."""
        if not self.decisions or self.holder is None:
            return ()
        return to_be_told(self.notices, guardian=self.guardian)

    @property
    def answer_until(self) -> datetime | None:
        """Until when the holder can tell the other side of it; None while the holder was not asked."""
        notices = self.topics.get("hearing", ())
        if self.offered is None or to_be_told(notices, guardian=self.guardian):
            return None
        return max([self.offered.until, *(one.answer_until for one in notices if one.answer_until)])

    @property
    def object_until(self) -> datetime | None:
        """Until when the holder can object; None while the holder was not told."""
        ends = [one.object_until for one in self.notices if one.outcome != "failed" and one.object_until]
        return max(ends, default=None)

    @property
    def phase(self) -> CasePhase:
        """Where the case stands."""
        if self.closed:
            return "closed"
        if self.objection is not None:
            return "objection"
        if self.reopened:
            return "to-decide"
        if self.undecided:
            unanswered = {one.receipt for one in self.reports} - self.acknowledged
            waiting: CasePhase = "reported" if unanswered else "to-assign"
            return "investigating" if self.investigators else waiting
        return self._phase_after_decision

    @property
    def _phase_after_decision(self) -> CasePhase:
        if self.pending:
            return "to-carry-out"
        if self.to_tell:
            return "to-inform"
        return "to-close" if self.actions or self.nothing_to_prevent else "to-prevent"

    def facts(self, policy: BadgePolicy) -> Facts:
        """Say what lists and look-ups need to know.

        The key is the receipt of the first report. A closed case can have something due: what is to be
        done against the same mistake.
        """
        dues = [*self._dues(policy), *self._dues_of_actions(policy.organisation.zone)]
        return Facts(self.phase, min(dues, default=None), self.holder, self.first.receipt, closed=self.closed)

    def _dues(self, policy: BadgePolicy) -> Iterator[datetime]:
        zone, terms = policy.organisation.zone, policy.revocation
        if self.closed:
            return
        for one in self.reports:
            if one.receipt not in self.acknowledged:
                yield terms.acknowledge_within.deadline(one.at, zone)
        if self.objection is not None:
            yield terms.decide_objection_within.deadline(self.objection.at, zone)
        elif self.undecided:
            begun = self.told_since if self.reopened and self.told_since else self.first.at
            within = terms.decide_objection_within if self.reopened else terms.investigate_within
            yield within.deadline(begun, zone)
        elif self.told_since is not None:
            yield terms.inform_within.deadline(self.told_since, zone)

    def _dues_of_actions(self, zone: ZoneInfo) -> Iterator[datetime]:
        for action in self.actions.values():
            if not action.done:
                yield datetime.combine(action.due + timedelta(days=1), time(), zone).astimezone(UTC)


def _decided(case: Record, event: Event) -> Record:
    match event:
        case SuspensionAsked():
            case = replace(_with_effects(case, event.effects), suspension=event)
            case = _with_topic(case, "suspension", guardian=event.guardian)
        case SuspensionEnded():
            case = _without_topic(_with_effects(case, event.effects), "suspension")
        case CaseDecided():
            case = replace(
                _to_be_told(_with_effects(case, event.effects), event.at),
                decisions=(*case.decisions, event),
                reopened=case.reopened - set(event.subjects),
                objected=False,
                verdict=None,
                platforms_told=frozenset(),
                guardian=case.guardian or event.guardian,
            )
        case EffectCarriedOut():
            case = replace(case, pending=_without(case.pending, event.effect))
        case SuccessionGivenUp():
            case = replace(
                _to_be_told(case, event.at), pending=_without(case.pending, event.effect), verdict=None
            )
        case ObjectionMade():
            case = replace(case, objection=event, objected=True, heard=True, closed=False)
            case = _with_topic(case, "objection", guardian=event.guardian)
        case ObjectionDecided():
            subjects = case.objection.subjects if case.objection and event.upheld else ()
            reopened = case.reopened | set(subjects)
            authors = case.authors | ({event.by} if event.by else set())
            case = replace(_to_be_told(case, event.at), objection=None, reopened=reopened, authors=authors)
            case = replace(case, verdict=event)
        case _:
            case = _settled(case, event)
    return case


def _settled(case: Record, event: Event) -> Record:
    match event:
        case PreventionPlanned():
            return _with_action(case, Action(event.action, event.owner, event.due))
        case PreventionHandedOver():
            return _with_action(case, replace(case.actions[event.action], owner=event.owner))
        case PreventionDone():
            return _with_action(case, replace(case.actions[event.action], done=True))
        case PreventionNotNeeded():
            return replace(case, nothing_to_prevent=True)
        case CaseClosed():
            return replace(case, closed=True)
    return case


def _told(case: Record, event: HolderInformed | ReporterInformed | PlatformInformed) -> Record:
    if isinstance(event, PlatformInformed):
        reached = {event.platform} if event.outcome != "failed" else set()
        return replace(case, platforms_told=case.platforms_told | reached)
    if isinstance(event, ReporterInformed):
        if event.outcome == "failed":
            return case
        arrived = {event.receipt} if (event.about, event.outcome) == ("report", "delivered") else set()
        return replace(
            case,
            acknowledged=case.acknowledged | arrived,
            reporters_told=case.reporters_told | {(event.receipt, event.about)},
        )
    if event.about is None:
        return replace(case, notices=(*case.notices, event))
    known = case.topics.get(event.about, ())
    return replace(case, topics={**case.topics, event.about: (*known, event)})


def _with_topic(case: Record, topic: Topic, *, guardian: bool) -> Record:
    """Let the holder be told of something, anew if it was told of before."""
    return replace(case, topics={**case.topics, topic: ()}, guardian=case.guardian or guardian)


def _without_topic(case: Record, topic: Topic) -> Record:
    return replace(case, topics={name: told for name, told in case.topics.items() if name != topic})


def _to_be_told(case: Record, since: datetime) -> Record:
    return replace(case, told_since=since, notices=())


def _with_action(case: Record, action: Action) -> Record:
    return replace(case, actions={**case.actions, action.name: action})


def _with_effects(case: Record, effects: tuple[Effect, ...]) -> Record:
    """Let effects wait, and remember how foreign badges stand: no award tells it."""
    suspended, annulled = set(case.suspended), set(case.annulled)
    for effect in effects:
        if award_in(effect.subject) is not None:
            continue
        if isinstance(effect, SetSuspension):
            suspended.add(effect.subject)
        elif isinstance(effect, LiftSuspension):
            suspended.discard(effect.subject)
        elif isinstance(effect, AnnulForeignBadge):
            annulled.add(effect.subject)
    return replace(
        case,
        pending=(*case.pending, *effects),
        suspended=frozenset(suspended),
        annulled=frozenset(annulled),
    )


def _without(effects: tuple[Effect, ...], done: Effect) -> tuple[Effect, ...]:
    place = effects.index(done)
    return (*effects[:place], *effects[place + 1 :])
