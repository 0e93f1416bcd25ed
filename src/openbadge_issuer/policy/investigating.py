"""A doubt about a badge up to the decision: report, assign, suspend, find out, hear (R42, R43)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from openbadge_issuer.errors import PolicyError
from openbadge_issuer.policy.assessing import check_not_own
from openbadge_issuer.policy.award_record import AwardRecord
from openbadge_issuer.policy.badge_line import involved_in, line_of
from openbadge_issuer.policy.badge_policy import Right
from openbadge_issuer.policy.case_events import (
    CaseReported,
    FindingRecorded,
    HearingAnswered,
    HearingOffered,
    InvestigatorAssigned,
    PreventionHandedOver,
    ReportAcknowledged,
    SuspensionAsked,
    SuspensionEnded,
)
from openbadge_issuer.policy.case_record import CaseRecord
from openbadge_issuer.policy.conflict import check_independent, check_investigator, check_owner
from openbadge_issuer.policy.effects import (
    Effect,
    LiftSuspension,
    SetSuspension,
    subject_of_address,
    subject_of_award,
)
from openbadge_issuer.policy.event import Act, Event
from openbadge_issuer.policy.event_values import EvidenceReference
from openbadge_issuer.policy.reporting import (
    Report,
    check_holder,
    check_platform,
    check_rate,
    check_report,
    check_reporter_unnamed,
    check_text,
)
from openbadge_issuer.policy.standing import Actor


class Investigation(CaseRecord):
    """A case, and the steps up to the decision."""

    @staticmethod
    def report(
        actor: Actor,
        report: Report,
        *,
        case: str,
        awards: Sequence[AwardRecord] = (),
        addresses: Sequence[str] = (),
        holder: str | None = None,
        earlier: Iterable[datetime] = (),
    ) -> tuple[Event, ...]:
        """Begin a case with a report (R42); anybody may, and the actor is not recorded.

        Badges in a report that other cases are about go there first: see `share_out`.

        Args:
            actor: the moment and the policy.
            report: what is reported.
            case: the identifier of the new case.
            awards: the awards in doubt.
            addresses: the addresses of foreign badges in doubt.
            holder: the pseudonym of who holds the foreign badges, if known.
            earlier: when the same source reported before.

        Raises:
            PolicyError: `CASE-RATE`, `CASE-TEXT`, `CASE-NO-SUBJECT`, `CASE-NO-BADGE`, `CASE-ONE-HOLDER`,
                `CASE-PLATFORM`.
        """
        check_rate(earlier, actor.now)
        check_report(report)
        for address in addresses:
            check_platform(actor.policy, address)
        subjects = [subject_of_award(award.id) for award in awards]
        subjects += [subject_of_address(address) for address in addresses]
        if not subjects:
            raise PolicyError("CASE-NO-SUBJECT")
        badges = tuple(dict.fromkeys(award.opened.badge for award in awards))
        reported = _reported(
            actor,
            report,
            case=case,
            holder=check_holder(awards, holder),
            subjects=tuple(dict.fromkeys(subjects)),
            badges=badges,
            addresses=tuple(addresses) or None,
        )
        return (reported,)

    def join(
        self, actor: Actor, report: Report, *, subjects: Sequence[str], earlier: Iterable[datetime] = ()
    ) -> tuple[Event, ...]:
        """Take in a further report on badges that the case is about; the actor is not recorded.

        Raises:
            PolicyError: `CASE-RATE`, `CASE-TEXT`; `CASE-RECEIPT-TAKEN`; `CASE-JOIN`, it is about other
                badges, or about some on which there is a decision.
        """
        actor.check_order(self.last)
        check_rate(earlier, actor.now)
        check_report(report)
        if any(one.receipt == report.receipt for one in self.reports):
            raise PolicyError("CASE-RECEIPT-TAKEN")
        if self.closed or not subjects or not set(subjects) <= set(self.undecided):
            raise PolicyError("CASE-JOIN")
        reported = _reported(
            actor,
            report,
            case=self.id,
            holder=self.holder,
            subjects=tuple(subjects),
            badges=self.first.badges,
            addresses=None,
        )
        return (reported,)

    def acknowledge(self, actor: Actor, receipt: str) -> tuple[Event, ...]:
        """Record that the reporter was told that the report has arrived; once is enough.

        Raises:
            PolicyError: the actor may not (`POLICY-…`); `CASE-RECEIPT`, no report has this receipt.
        """
        act = self._act(actor, "investigate", "decide-case", "inform")
        if all(one.receipt != receipt for one in self.reports):
            raise PolicyError("CASE-RECEIPT")
        return () if receipt in self.acknowledged else (ReportAcknowledged.done(act, receipt=receipt),)

    def assign(
        self,
        actor: Actor,
        investigator: str,
        *,
        awards: Mapping[str, AwardRecord],
        replaces: str | None = None,
        reason: str | None = None,
    ) -> tuple[Event, ...]:
        """Let somebody investigate, beside those who do or instead of one of them (R43).

        Args:
            actor: who may investigate or decide.
            investigator: the pseudonym of who investigates.
            awards: the awards in doubt and those that followed them, by their identifiers.
            replaces: the pseudonym of who does so no longer.
            reason: why somebody who assessed or awarded the badge does it alone, where that is so.

        Raises:
            PolicyError: the actor may not (`POLICY-…`), the case is closed (`CASE-CLOSED`), or the
                investigator may not (`CASE-INVESTIGATOR`, `CASE-AWARDER-…`, `CASE-NOT-ASSIGNED`).
        """
        act = self._act(actor, "investigate", "decide-case")
        self._check_open()
        if replaces is not None and replaces not in self.investigators:
            raise PolicyError("CASE-NOT-ASSIGNED", who=actor.staff.names.get(replaces, replaces))
        return (self._assigned(actor, act, investigator, replaces=replaces, awards=awards, reason=reason),)

    def hand_over(
        self, actor: Actor, leaver: str, successor: str, *, awards: Mapping[str, AwardRecord], reason: str
    ) -> tuple[Event, ...]:
        """Move what somebody has in hand to somebody else: the investigation, and what is to be done (R12).

        Where there is nothing to move, there is no event.

        Raises:
            PolicyError: as `assign`; `CASE-OWNER`, the successor holds no role.
        """
        actor.check_order(self.last)
        act = actor.doing_one_of("grant-roles", "investigate", "decide-case")
        check_not_own(actor, self.holder)
        check_owner(actor, successor)
        events: list[Event] = [
            PreventionHandedOver.done(act, action=action.name, owner=successor)
            for action in self.actions.values()
            if action.owner == leaver and not action.done
        ]
        if leaver in self.investigators and not self.closed:
            events.append(
                self._assigned(
                    actor, act, successor, replaces=leaver, awards=awards, reason=reason, handover=True
                )
            )
        return tuple(events)

    def suspend(
        self, actor: Actor, *, awards: Mapping[str, AwardRecord], reason: str, guardian: bool = False
    ) -> tuple[Event, ...]:
        """Ask that the badges do not count while they are investigated (R43); the holder is told why.

        Args:
            actor: who may investigate or decide.
            awards: the awards in doubt and those that followed them, by their identifiers.
            reason: why, as the holder reads it.
            guardian: whether a guardian is to be told too.

        Raises:
            PolicyError: the actor may not (`POLICY-…`); `CASE-SUSPEND-POLICY`, the policy does not want it;
                `CASE-TEXT`, nobody says why; `CASE-REPORTER-NAMED`; `CASE-EFFECTS-OPEN`; `CASE-STATUS`, there
                is no badge that counts.
        """
        act = self._act(actor, "investigate", "decide-case")
        if not actor.policy.revocation.suspend_meanwhile:
            raise PolicyError("CASE-SUSPEND-POLICY")
        check_text(reason)
        check_reporter_unnamed(reason, self.reports)
        self.check_carried_out()
        effects = [SetSuspension(subject=one) for one in self._counting(awards)]
        if not effects:
            raise PolicyError("CASE-STATUS", outcome="suspended")
        asked = SuspensionAsked.done(
            act, holder=self.holder, effects=tuple(effects), guardian=guardian, reason=reason
        )
        return (asked,)

    def end_suspension(
        self, actor: Actor, *, awards: Mapping[str, AwardRecord], reason: str
    ) -> tuple[Event, ...]:
        """Ask that the badges count again before the decision.

        Raises:
            PolicyError: the actor may not (`POLICY-…`); `CASE-TEXT`, `CASE-EFFECTS-OPEN`; `CASE-STATUS`, the
                case suspends none of them.
        """
        act = self._act(actor, "investigate", "decide-case")
        check_text(reason)
        self.check_carried_out()
        effects: list[Effect] = [
            LiftSuspension(subject=one, cases=(self.id,))
            for subject in self.undecided
            for one in self.suspends(subject, line_of(subject, awards))
        ]
        if not effects:
            raise PolicyError("CASE-STATUS", outcome="reinstated")
        return (SuspensionEnded.done(act, holder=self.holder, effects=tuple(effects), reason=reason),)

    def record_finding(
        self, actor: Actor, text: str, *, evidence: Sequence[EvidenceReference] = ()
    ) -> tuple[Event, ...]:
        """Record what an investigator found out (R43).

        Raises:
            PolicyError: the actor may not (`POLICY-…`) or does not investigate (`CASE-NOT-ASSIGNED`), nothing
                was written (`CASE-TEXT`), or the case is closed (`CASE-CLOSED`).
        """
        act = self._act(actor, "investigate")
        self._check_open()
        if actor.person not in self.investigators:
            raise PolicyError("CASE-NOT-ASSIGNED", who=actor.shown)
        check_text(text)
        found = FindingRecorded.done(act, holder=self.holder, text=text, evidence=tuple(evidence) or None)
        return (found,)

    def offer_hearing(
        self,
        actor: Actor,
        *,
        until: datetime | None = None,
        text: str | None = None,
        guardian: bool = False,
    ) -> tuple[Event, ...]:
        """Record that the holder is to be asked for the other side of it, and until when there is time (G1).

        Args:
            actor: who investigates, decides or informs.
            until: the end of the time, no sooner than the policy gives; just what it gives if None.
            text: what the holder is asked about, as the holder reads it.
            guardian: whether a guardian is to be told too.

        Raises:
            PolicyError: the actor may not (`POLICY-…`), the case is closed (`CASE-CLOSED`), the time is
                shorter (`CASE-HEARING-TIME`), or the text names the reporter (`CASE-REPORTER-NAMED`).
        """
        act = self._act(actor, "investigate", "decide-case", "inform")
        self._check_open()
        given = actor.policy.revocation.hear_within
        least = given.deadline(actor.now, actor.policy.organisation.zone)
        if until is not None and until < least:
            raise PolicyError("CASE-HEARING-TIME", within=str(given))
        check_reporter_unnamed(text or "", self.reports)
        offered = HearingOffered.done(
            act, holder=self.holder, until=until or least, guardian=guardian, text=text or None
        )
        return (offered,)

    def answer(self, actor: Actor, text: str | None) -> tuple[Event, ...]:
        """Record what the holder answers; None if the holder does not want to say anything.

        The holder can do so, or somebody who investigates, decides or informs writes it down.

        Raises:
            PolicyError: the actor may not (`POLICY-…`), or the case is closed (`CASE-CLOSED`).
        """
        act = self._act_for_holder(actor)
        self._check_open()
        return (HearingAnswered.done(act, holder=self.holder, text=text or None),)

    def suspends(self, subject: str, line: Sequence[AwardRecord]) -> tuple[str, ...]:
        """Return which badges of a line, or the foreign one, this case suspends."""
        if not line:
            return (subject,) if subject in self.suspended else ()
        return tuple(
            subject_of_award(award.id)
            for award in line
            if self.id in award.suspended_by and award.revoked is None
        )

    def check_carried_out(self) -> None:
        """See that no effect waits for being carried out.

        Raises:
            PolicyError: `CASE-EFFECTS-OPEN`.
        """
        if self.pending:
            raise PolicyError("CASE-EFFECTS-OPEN", count=len(self.pending))

    def _counting(self, awards: Mapping[str, AwardRecord]) -> tuple[str, ...]:
        """The undecided badges that this case can suspend: neither lost for good nor suspended by it."""
        found: list[str] = []
        for subject in self.undecided:
            line = line_of(subject, awards)
            lost = {subject_of_award(award.id) for award in line if award.revoked is not None}
            whole = [subject_of_award(award.id) for award in line] or [subject]
            already = {*lost, *self.annulled, *self.suspends(subject, line)}
            found += [one for one in whole if one not in already]
        return tuple(found)

    def _assigned(
        self,
        actor: Actor,
        act: Act,
        investigator: str,
        *,
        replaces: str | None,
        awards: Mapping[str, AwardRecord],
        reason: str | None,
        handover: bool = False,
    ) -> InvestigatorAssigned:
        check_investigator(actor, investigator, scopes=self.scopes, holder=self.holder)
        exempt = check_independent(
            {one for one in self.investigators if one != replaces} | {investigator},
            involved=involved_in(self.subjects, awards),
            policy=actor.policy,
            reason=reason,
        )
        return InvestigatorAssigned.done(
            act,
            holder=self.holder,
            investigator=investigator,
            replaces=replaces,
            handover=handover,
            exempt=exempt,
            reason=reason if exempt or handover else None,
        )

    def _act(self, actor: Actor, *rights: Right) -> Act:
        """Let somebody do a step who has one of some rights, for every badge; never the holder."""
        actor.check_order(self.last)
        check_not_own(actor, self.holder)
        acts = [actor.doing_one_of(*rights, badge=badge) for badge in self.scopes]
        return acts[0]

    def _act_for_holder(self, actor: Actor) -> Act:
        if actor.person is None or actor.person != self.holder:
            return self._act(actor, "investigate", "decide-case", "inform")
        actor.check_order(self.last)
        return actor.act()

    def _check_open(self) -> None:
        if self.closed:
            raise PolicyError("CASE-CLOSED")


def _reported(actor: Actor, report: Report, **about: object) -> CaseReported:
    """Record a report without its maker as the actor."""
    return CaseReported.done(
        Act(at=actor.now, policy=actor.policy.digest),
        receipt=report.receipt,
        text=report.text,
        reporter=report.reporter,
        reporter_name=report.name,
        reporter_contact=report.contact,
        **about,
    )
