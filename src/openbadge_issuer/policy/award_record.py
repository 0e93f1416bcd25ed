"""An award as its events tell it: what was assessed, decided, signed, and how the badge stands.

The steps that lead there are in `awarding`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, Self, TypeAlias, TypeVar

from openbadge_issuer.errors import PolicyError
from openbadge_issuer.policy.award_events import (
    AssessmentCarried,
    AwardGranted,
    AwardNotYet,
    AwardObjected,
    AwardObjectionDecided,
    AwardOpened,
    AwardPublished,
    AwardReplaced,
    AwardRevoked,
    AwardSuspended,
    AwardWithdrawn,
    CredentialSigned,
    CriterionAssessed,
    Outcome,
    SuspensionLifted,
)
from openbadge_issuer.policy.badge import EvidenceForm
from openbadge_issuer.policy.badge_policy import BadgePolicy
from openbadge_issuer.policy.event import Event
from openbadge_issuer.policy.facts import Facts
from openbadge_issuer.policy.informing import to_be_told
from openbadge_issuer.policy.notice_events import HolderInformed

Status: TypeAlias = Literal["active", "suspended", "revoked"]
Phase: TypeAlias = Literal[
    "open",
    "assessed",
    "not-yet",
    "objection",
    "withdrawn",
    "to-sign",
    "to-publish",
    "to-inform",
    "done",
    "suspended",
    "revoked",
    "superseded",
]
"""Where an award stands. `suspended`, `revoked` and `superseded` go before the steps of awarding."""
Record = TypeVar("Record", bound="AwardRecord")
_CLOSED = frozenset({"not-yet", "withdrawn", "done", "revoked", "superseded"})


@dataclass(frozen=True, slots=True)
class Assessment:
    """A judgement on a criterion.

    Attributes:
        criterion: the criterion.
        outcome: how it was judged.
        form: in which form it was shown.
        by: the pseudonym of the assessor.
        at: when.
        role: the role under which.
        source: the award from which it was carried over; None if it was made for this one.
    """

    criterion: str
    outcome: Outcome
    form: EvidenceForm
    by: str
    at: datetime
    role: str | None
    source: str | None = None


@dataclass(frozen=True)
class AwardRecord:
    """An award, folded from its events.

    Attributes:
        opened: what it is about.
        last: when the last event was.
        assessments: all judgements in their order; the last on a criterion counts.
        decision: the last decision.
        undecided: whether something was assessed since then.
        objection: the objection to the last decision that is to be decided on here.
        objected: whether the candidate has objected to the last decision.
        objection_case: the case in which that is decided on, where the badge was awarded.
        verdict: what was decided on that objection.
        received: what became of the notices that it has arrived.
        withdrawn: whether the candidate wants it no longer.
        signed: what was signed.
        published: whether that is public.
        notices: what became of the notices about the last decision, or the last on an objection.
        carried: how many notices were carried, or tried, in all.
        suspended_by: the cases that suspend the badge.
        revoked: the revocation.
        replaced: what took the place of this award.
    """

    opened: AwardOpened
    last: datetime
    assessments: tuple[Assessment, ...] = ()
    decision: AwardGranted | AwardNotYet | None = None
    undecided: bool = True
    objection: AwardObjected | None = None
    objected: bool = False
    objection_case: str | None = None
    verdict: AwardObjectionDecided | None = None
    received: tuple[HolderInformed, ...] = ()
    withdrawn: bool = False
    signed: tuple[CredentialSigned, ...] = ()
    published: bool = False
    notices: tuple[HolderInformed, ...] = ()
    carried: int = 0
    suspended_by: frozenset[str] = frozenset()
    revoked: AwardRevoked | None = None
    replaced: AwardReplaced | None = None

    @classmethod
    def of(cls, events: Iterable[Event]) -> Self:
        """Fold the events of the stream.

        Raises:
            PolicyError: `AWARD-UNKNOWN`, there is no award.
        """
        award: Self | None = None
        for event in events:
            if award is not None:
                award = award.after(event)
            elif isinstance(event, AwardOpened):
                award = cls(event, event.at)
        if award is None:
            raise PolicyError("AWARD-UNKNOWN")
        return award

    def after(self, event: Event) -> Self:
        """Return the award after one more event."""
        award = replace(self, last=event.at)
        match event:
            case CriterionAssessed() | AssessmentCarried():
                award = replace(award, assessments=(*self.assessments, _assessment(event)), undecided=True)
            case AwardGranted() | AwardNotYet():
                award = _without_objection(replace(award, decision=event, undecided=False, notices=()))
            case AwardObjected() | AwardObjectionDecided():
                award = _with_objection(award, event)
            case AwardWithdrawn():
                award = replace(award, withdrawn=True)
            case CredentialSigned():
                award = replace(award, signed=(*self.signed, event))
            case AwardPublished():
                award = replace(award, published=True)
            case HolderInformed(about="objection"):
                award = replace(award, received=(*self.received, event), carried=self.carried + 1)
            case HolderInformed():
                award = replace(award, notices=(*self.notices, event), carried=self.carried + 1)
        return _with_status(award, event)

    @property
    def id(self) -> str:
        """The identifier of the award."""
        return self.opened.award

    @property
    def candidate(self) -> str:
        """The pseudonym of the candidate or holder."""
        return self.opened.candidate

    @property
    def granted(self) -> AwardGranted | None:
        """The decision to award, once there is one."""
        return self.decision if isinstance(self.decision, AwardGranted) else None

    @property
    def counting(self) -> dict[str, Assessment]:
        """The judgements that count, by criterion: the last on each."""
        return {one.criterion: one for one in self.assessments}

    @property
    def outcomes(self) -> dict[str, Outcome]:
        """How each criterion was judged in the end."""
        return {name: one.outcome for name, one in self.counting.items()}

    @property
    def agreeing(self) -> frozenset[str]:
        """Who judged a criterion as it counts now, by pseudonym."""
        outcomes = self.outcomes
        return frozenset(one.by for one in self.assessments if outcomes[one.criterion] == one.outcome)

    @property
    def involved(self) -> frozenset[str]:
        """Who assessed or decided, by pseudonym, whatever came of it."""
        decider = {self.decision.by} if self.decision and self.decision.by else set()
        return frozenset(decider | {one.by for one in self.assessments})

    @property
    def status(self) -> Status:
        """How the badge stands; a revocation is for good."""
        if self.revoked is not None:
            return "revoked"
        return "suspended" if self.suspended_by else "active"

    @property
    def successor(self) -> str | None:
        """The award that took the place of this one."""
        return self.replaced.successor if self.replaced else None

    def is_expired(self, moment: datetime) -> bool:
        """Tell whether the badge counts no longer because its time is over."""
        until = self.granted.valid_until if self.granted else None
        return until is not None and moment >= until

    @property
    def key(self) -> str | None:
        """What is the same when the same award is asked for again: badge, candidate and occasion.

        The version is no part of it, so that asking after a revision gives the award that there is. A
        revoked or withdrawn award keeps its key: repeating a list must not bring it back. Of a line of
        awards the last that was granted has the key.
        """
        waits = self.opened.replaces is not None and self.granted is None
        if waits or self.replaced is not None:
            return None
        return "/".join((self.opened.badge, self.candidate, self.opened.occasion or ""))

    @property
    def phase(self) -> Phase:
        """Where the award stands."""
        if self.withdrawn:
            return "withdrawn"
        if self.granted is None:
            return self._phase_before_decision
        if self.revoked is not None:
            return "revoked"
        if self.replaced is not None:
            return "superseded"
        return "suspended" if self.suspended_by else self._phase_after_decision

    @property
    def object_until(self) -> datetime | None:
        """Until when the candidate can object; None while the candidate was not told."""
        ends = [one.object_until for one in self.notices if one.outcome != "failed" and one.object_until]
        return max(ends, default=None)

    @property
    def _phase_before_decision(self) -> Phase:
        if self.objection is not None:
            return "objection"
        if not self.undecided:
            return "not-yet"
        judged = self.outcomes.keys()
        return "assessed" if judged and judged >= set(self.opened.mandatory) else "open"

    @property
    def _phase_after_decision(self) -> Phase:
        if self.unsigned:
            return "to-sign"
        if not self.published:
            return "to-publish"
        guardian = self.granted is not None and self.granted.guardian
        return "to-inform" if to_be_told(self.notices, guardian=guardian) else "done"

    @property
    def unsigned(self) -> tuple[int, ...]:
        """The positions of the drafts that were not signed yet; none before the decision."""
        signed = {one.version for one in self.signed}
        drafts = self.granted.drafts if self.granted else ()
        return tuple(place for place, draft in enumerate(drafts) if draft.version not in signed)

    def facts(self, policy: BadgePolicy) -> Facts:
        """Say what lists and look-ups need to know."""
        phase, due = self.phase, None
        zone = policy.organisation.zone
        if phase in {"open", "assessed"}:
            begun = (self.verdict or self.decision or self.opened).at
            due = policy.awarding.decide_within.deadline(begun, zone)
        elif self.objection is not None and phase == "objection":
            due = policy.revocation.decide_objection_within.deadline(self.objection.at, zone)
        elif phase in {"to-sign", "to-publish", "to-inform"} and self.granted is not None:
            due = policy.awarding.inform_within.deadline(self.granted.at, zone)
        return Facts(phase, due, self.candidate, self.key, closed=phase in _CLOSED)


def _with_status(award: Record, event: Event) -> Record:
    match event:
        case AwardSuspended():
            return replace(award, suspended_by=award.suspended_by | {event.case})
        case SuspensionLifted():
            return replace(award, suspended_by=award.suspended_by - set(event.cases))
        case AwardRevoked():
            return replace(award, revoked=award.revoked or event)
        case AwardReplaced():
            return replace(award, replaced=event)
    return award


def _with_objection(award: Record, event: AwardObjected | AwardObjectionDecided) -> Record:
    if isinstance(event, AwardObjected):
        here = event if event.case is None else None
        return replace(award, objection=here, objected=True, objection_case=event.case, received=())
    undecided = award.undecided or event.upheld
    return replace(award, objection=None, verdict=event, undecided=undecided, notices=())


def _without_objection(award: Record) -> Record:
    return replace(award, objection=None, objected=False, objection_case=None, verdict=None, received=())


def _assessment(event: CriterionAssessed | AssessmentCarried) -> Assessment:
    if isinstance(event, AssessmentCarried):
        by, at, role, source = event.assessor, event.assessed, event.assessed_as, event.source
    else:
        by, at, role, source = event.by or "", event.at, event.role, None
    return Assessment(event.criterion, event.outcome, event.form, by, at, role, source)
