"""Doubts about badges at a desk: reported by anybody, investigated, decided, carried out, told (R41-R47)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from openbadge_issuer.errors import PolicyError
from openbadge_issuer.errors.rule import Language
from openbadge_issuer.issuing.office.carrying_out import set_bits
from openbadge_issuer.policy.award_record import AwardRecord
from openbadge_issuer.policy.claim_code import CODE_BYTES, ClaimCode
from openbadge_issuer.policy.deciding import Ruling
from openbadge_issuer.policy.effects import (
    Supersede,
    award_in,
    subject_of_address,
    subject_of_award,
)
from openbadge_issuer.policy.event import Event
from openbadge_issuer.policy.event_values import EvidenceReference
from openbadge_issuer.policy.informing import Delivery
from openbadge_issuer.policy.people import needs_guardian
from openbadge_issuer.policy.reporting import Report, share_out
from openbadge_issuer.policy.revoking import Case

if TYPE_CHECKING:  # a desk loads this module
    from openbadge_issuer.issuing.office.desk import Desk


@dataclass(frozen=True, slots=True)
class Reported:
    """What became of a report.

    Attributes:
        cases: the cases that it began or joined.
        receipt: the code with which the reporter can ask how they stand; kept nowhere.
        joined: whether all of it joined cases that there were already.
    """

    cases: tuple[str, ...]
    receipt: ClaimCode
    joined: bool


@dataclass(frozen=True, slots=True)
class Cases:
    """The cases of an organisation, at one desk."""

    desk: Desk

    def get(self, case: str) -> Case:
        """Return a case; raises PolicyError `CASE-UNKNOWN`."""
        return Case.of(self.desk.ledger.events(f"case:{case}"))

    def all(self, *, open_only: bool = True) -> Iterator[Case]:
        """Go through the cases."""
        for row in list(self.desk.ledger.streams("case", open_only=open_only)):
            yield Case.of(self.desk.ledger.events(row.name))

    def about(self, subject: str) -> Iterator[Case]:
        """Go through the open cases about a badge: `award:<identifier>`, or a foreign one."""
        return (case for case in self.all() if subject in case.subjects)

    def report(
        self,
        text: str,
        *,
        awards: Sequence[str] = (),
        addresses: Sequence[str] = (),
        name: str | None = None,
        contact: str | None = None,
        earlier: Iterable[datetime] = (),
    ) -> Reported:
        """Take a report in; anybody may make one, and what is open about the same badge takes it up (R42).

        Args:
            text: what is wrong.
            awards: the awards in doubt.
            addresses: the addresses of badges on platforms of others.
            name: the reporter's name, if given.
            contact: where the reporter can be reached, if given.
            earlier: when the same source reported before.

        Raises:
            PolicyError: as `Case.report` and `Case.join`.
        """
        receipt = ClaimCode.of(self.desk.rng(CODE_BYTES))
        told = Report(
            text=text,
            receipt=receipt_digest(receipt),
            reporter=self.desk.actor.person,
            name=name,
            contact=contact,
        )
        addresses = tuple(address.strip() for address in addresses)
        subjects = [subject_of_award(award) for award in awards]
        subjects += [subject_of_address(address) for address in addresses]
        found: list[str] = []
        joined = bool(subjects)
        for case, share in share_out(subjects, self.all()) or ((None, ()),):
            if case is None:
                joined = False
                found.append(self._begin(told, share, awards, addresses, earlier))
            else:
                found_case = self.get(case.id)
                self._record(case.id, found_case.join(self.desk.actor, told, subjects=share, earlier=earlier))
                found.append(case.id)
        return Reported(tuple(found), receipt, joined)

    def with_receipt(self, receipt: ClaimCode) -> Case:
        """Return the case that a report belongs to, by the reporter's receipt.

        Raises:
            PolicyError: `CASE-RECEIPT`.
        """
        wanted = receipt_digest(receipt)
        for case in self.all(open_only=False):
            if any(one.receipt == wanted for one in case.reports):
                return case
        raise PolicyError("CASE-RECEIPT")

    def acknowledge(self, case: str, receipt: str) -> Case:
        """Record that a reporter was told that the report has arrived; raises as `Case.acknowledge`."""
        return self._record(case, self.get(case).acknowledge(self.desk.actor, receipt))

    def assign(
        self, case: str, investigator: str, *, replaces: str | None = None, reason: str | None = None
    ) -> Case:
        """Let somebody investigate; raises as `Case.assign`."""
        found = self.get(case)
        events = found.assign(
            self.desk.actor, investigator, awards=self._awards(found), replaces=replaces, reason=reason
        )
        return self._record(case, events)

    def hand_over(self, giver: str, taker: str, *, reason: str) -> tuple[str, ...]:
        """Move what somebody has in hand in all cases; return the streams of those that moved."""
        moved = []
        for case in self.all(open_only=False):
            events = case.hand_over(self.desk.actor, giver, taker, awards=self._awards(case), reason=reason)
            if events:
                self._record(case.id, events)
                moved.append(f"case:{case.id}")
        return tuple(moved)

    def suspend(self, case: str, *, reason: str) -> Case:
        """Suspend the badges while they are investigated, at once; raises as `Case.suspend`."""
        found = self.get(case)
        events = found.suspend(
            self.desk.actor, awards=self._awards(found), reason=reason, guardian=self._guardian(found)
        )
        self._record(case, events)
        return self.carry_out(case)

    def end_suspension(self, case: str, *, reason: str) -> Case:
        """Let the badges count again before the decision, at once; raises as `Case.end_suspension`."""
        found = self.get(case)
        events = found.end_suspension(self.desk.actor, awards=self._awards(found), reason=reason)
        self._record(case, events)
        return self.carry_out(case)

    def record_finding(self, case: str, text: str, *, evidence: Sequence[EvidenceReference] = ()) -> Case:
        """Record what an investigator found out; raises as `Case.record_finding`."""
        return self._record(case, self.get(case).record_finding(self.desk.actor, text, evidence=evidence))

    def offer_hearing(self, case: str, *, until: datetime | None = None, text: str | None = None) -> Case:
        """Record that the holder is to be asked for the other side of it; raises as `Case.offer_hearing`.

        The offer counts once the holder was told of it: `BadgeOffice.tell_waiting` does that.
        """
        found = self.get(case)
        events = found.offer_hearing(self.desk.actor, until=until, text=text, guardian=self._guardian(found))
        return self._record(case, events)

    def answer(self, case: str, text: str | None) -> Case:
        """Record what the holder answers; raises as `Case.answer`."""
        return self._record(case, self.get(case).answer(self.desk.actor, text))

    def decide(
        self, case: str, ruling: Ruling, *, reason: str | None = None, unheard_reason: str | None = None
    ) -> Case:
        """Decide about the status of badges, and carry that out at once (R41, R44).

        Where the ruling replaces a badge, the award that is to follow is waited for: `Awards.follow` begins
        it, and granting it carries the rest out.

        Args:
            case: the case.
            ruling: what is decided; names of successors are made where it needs them.
            reason: why fewer people take part than the policy asks for, or who awarded the badge, or decided
                before, decides.
            unheard_reason: why the holder was not heard.

        Raises:
            PolicyError: as `Case.decide`.
        """
        found = self.get(case)
        awards = self._awards(found)
        ruling = self._complete(found, ruling)
        events = found.decide(
            self.desk.actor, ruling, awards=awards, reason=reason, unheard_reason=unheard_reason
        )
        self._record(case, events)
        return self.carry_out(case)

    def carry_out(self, case: str) -> Case:
        """Carry out what a case has decided, on every form in which the badges are out, as far as possible.

        What waits for an award that is to follow, waits.

        Raises:
            PolicyError: as `Case.carry_out`.
            StatusError: a bit cannot be set.
        """
        found = self.get(case)
        blocked: set[str] = set()
        for effect in found.pending:
            if effect.subject in blocked:
                continue
            if isinstance(effect, Supersede):
                blocked.add(effect.subject)
                continue
            current = self.get(case)
            awards = self._awards(current)
            self.desk.record_all(current.carry_out(self.desk.actor, effect, awards=awards))
            set_bits(self.desk, current, effect)
        return self.get(case)

    def inform(self, case: str, delivery: Delivery) -> Case:
        """Record what became of a notice to the holder; raises as `Case.inform`."""
        return self._record(case, self.get(case).inform(self.desk.actor, delivery))

    def cannot_inform(self, case: str, reason: str) -> Case:
        """Record why those who wait cannot be told: the holder, a guardian, a platform of others.

        Raises:
            PolicyError: as `Case.inform`.
        """
        found = self.get(case)
        language = self._language(found)
        impossible = Delivery(outcome="impossible", language=language, reason=reason)
        for about, recipients in ((None, found.to_tell), *found.topics_to_tell.items()):
            for one in recipients:
                self.inform(case, replace(impossible, recipient=one, about=about))
        for platform in found.platforms_to_tell(self.desk.policy):
            self._record(case, self.get(case).inform_platform(self.desk.actor, platform, impossible))
        return self.get(case)

    def object(self, case: str, text: str, *, subjects: Sequence[str] | None = None) -> Case:
        """Record that the holder objects; raises as `Case.record_objection`."""
        found = self.get(case)
        events = found.record_objection(
            self.desk.actor, text, subjects=subjects, guardian=self._guardian(found)
        )
        return self._record(case, events)

    def decide_objection(self, case: str, *, upheld: bool, grounds: str, reason: str | None = None) -> Case:
        """Decide on an objection; raises as `Case.decide_objection`."""
        found = self.get(case)
        events = found.decide_objection(self.desk.actor, upheld=upheld, grounds=grounds, reason=reason)
        return self._record(case, events)

    def prevent(self, case: str, action: str, *, owner: str, due: date, what: str) -> Case:
        """Plan something against the same mistake; raises as `Case.prevent`."""
        events = self.get(case).prevent(self.desk.actor, action, owner=owner, due=due, what=what)
        return self._record(case, events)

    def prevented(self, case: str, action: str, *, what: str | None = None) -> Case:
        """Record that it was done; raises as `Case.prevented`."""
        return self._record(case, self.get(case).prevented(self.desk.actor, action, what=what))

    def nothing_to_prevent(self, case: str, *, reason: str) -> Case:
        """Record why nothing needs to be done; raises as `Case.nothing_to_prevent_because`."""
        events = self.get(case).nothing_to_prevent_because(self.desk.actor, reason)
        return self._record(case, events)

    def close(self, case: str) -> Case:
        """Close the case; raises as `Case.close`."""
        return self._record(case, self.get(case).close(self.desk.actor))

    def _begin(
        self,
        report: Report,
        share: Sequence[str],
        awards: Sequence[str],
        addresses: Sequence[str],
        earlier: Iterable[datetime],
    ) -> str:
        name = self.desk.fresh_name()
        events = Case.report(
            self.desk.actor,
            report,
            case=name,
            awards=[self.desk.awards.get(one) for one in awards if subject_of_award(one) in share],
            addresses=[one for one in addresses if subject_of_address(one) in share],
            earlier=earlier,
        )
        self._record(name, events)
        return name

    def _complete(self, case: Case, ruling: Ruling) -> Ruling:
        """Name the awards that are to follow, and the holder whose name must not be public."""
        holder = self.desk.people.get(case.holder).shown if case.holder else ""
        successors = dict(ruling.successors)
        if ruling.outcome in {"corrected", "reinstated"}:
            for subject in ruling.subjects or case.undecided:
                if award_in(subject) is not None:
                    successors.setdefault(subject, self.desk.fresh_name())
        return replace(
            ruling,
            successors=successors,
            names=(*ruling.names, holder) if holder else ruling.names,
            guardian=ruling.guardian or self._guardian(case),
        )

    def _language(self, case: Case) -> Language:
        details = self.desk.people.get(case.holder).details if case.holder else None
        return details.language if details else self.desk.policy.organisation.languages[0]

    def _guardian(self, case: Case) -> bool:
        """Tell whether a guardian of the holder is to be told too (G10)."""
        details = self.desk.people.get(case.holder).details if case.holder else None
        return details is not None and needs_guardian(details, self.desk.policy)

    def _awards(self, case: Case) -> Mapping[str, AwardRecord]:
        """Return the awards in doubt and those that followed them, by their identifiers."""
        found: dict[str, AwardRecord] = {}
        for subject in case.subjects:
            name = award_in(subject)
            if name is not None:
                found.update(self.desk.awards.line(name))
        return found

    def _record(self, case: str, events: Sequence[Event]) -> Case:
        self.desk.record(f"case:{case}", events)
        return self.get(case)


def receipt_digest(receipt: ClaimCode) -> str:
    """Return what is kept of a reporter's receipt: its SHA-256 in hex. It holds 128 random bits."""
    return hashlib.sha256(receipt.text.encode()).hexdigest()
