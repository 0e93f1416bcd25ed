"""The award procedure at a desk: identify, assess, decide, sign, publish, inform (R36-R40)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from openbadge_issuer.errors import PolicyError
from openbadge_issuer.issuing.office.drafting import draft
from openbadge_issuer.policy.award_events import Cause, Outcome
from openbadge_issuer.policy.awarding import Award
from openbadge_issuer.policy.badge import EvidenceForm
from openbadge_issuer.policy.badge_versions import BadgeVersion
from openbadge_issuer.policy.claim_code import ClaimCode
from openbadge_issuer.policy.effects import Supersede
from openbadge_issuer.policy.event import Event
from openbadge_issuer.policy.event_values import EvidenceReference
from openbadge_issuer.policy.informing import Delivery, to_be_told
from openbadge_issuer.policy.people import Person, needs_guardian
from openbadge_issuer.policy.revoking import Case
from openbadge_issuer.policy.signed_copy import SignedCopy
from openbadge_issuer.policy.succession import Predecessor, open_successor

if TYPE_CHECKING:  # a desk loads this module
    from openbadge_issuer.issuing.office.desk import Desk


_BY_CASE: frozenset[Cause] = frozenset({"correction", "reinstatement"})
_MAY_NOT = frozenset({"POLICY-NO-RIGHT", "POLICY-TRAINING", "POLICY-OWN"})


@dataclass(frozen=True, slots=True)
class Awards:
    """The awards of an organisation, at one desk."""

    desk: Desk

    def get(self, award: str) -> Award:
        """Return an award; raises PolicyError `AWARD-UNKNOWN`."""
        return Award.of(self.desk.ledger.events(f"award:{award}"))

    def find(self, badge: str, candidate: str, *, occasion: str | None = None) -> Award | None:
        """Return the award of a badge to a candidate on an occasion, or None."""
        stream = self.desk.ledger.find("award", "/".join((badge, candidate, occasion or "")))
        return self.get(stream.partition(":")[2]) if stream else None

    def in_phase(self, phase: str) -> Iterator[str]:
        """Go through the identifiers of the awards that stand in a phase, such as `to-sign`."""
        for row in list(self.desk.ledger.streams("award", phase=phase)):
            yield row.name.partition(":")[2]

    def open(
        self, badge: str, candidate: str, *, occasion: str | None = None, alternatives: Sequence[str] = ()
    ) -> Award:
        """Begin an award, or return the one that there is: asking twice gives the same (R36).

        Raises:
            PolicyError: as `Badge.awardable` and `Award.open`; `PERSON-UNKNOWN`, `PERSON-ERASED`.
        """
        known = self.find(badge, candidate, occasion=occasion)
        if known is not None:
            return known
        self.desk.people.get(candidate).check_there()
        version = self.desk.badges.get(badge).awardable(now=self.desk.actor.now)
        name = self.desk.fresh_name()
        events = Award.open(
            self.desk.actor, award=name, candidate=candidate, definition=version.definition,
            version=version.number, occasion=occasion, alternatives=alternatives,
        )  # fmt: skip
        return self._record(name, events)

    def assess(
        self,
        award: str,
        criterion: str,
        outcome: Outcome,
        *,
        form: EvidenceForm = "observation",
        observed: str | None = None,
        evidence: Sequence[EvidenceReference] = (),
    ) -> Award:
        """Judge one criterion; raises as `Award.assess`."""
        found = self.get(award)
        definition = self._version(found).definition
        events = found.assess(
            self.desk.actor, definition, criterion, outcome, form=form, observed=observed, evidence=evidence
        )
        return self._record(award, events)

    def grant(self, award: str, *, reason: str | None = None) -> Award:
        """Decide that the candidate gets the badge, and seal with it all that is to be signed (R38).

        An award that was granted already is returned as it is: there is one decision, one credential and one
        place in a status list. If a case has waited for this award, what it decided besides is carried out.

        Args:
            award: the award.
            reason: why fewer people took part than the policy asks for, where they did.

        Raises:
            PolicyError: as `Award.grant`, `Badge.awardable` and `drafting.draft`.
        """
        found = self.get(award)
        if found.granted is not None:
            return found
        badge = self.desk.badges.get(found.opened.badge)
        predecessor = self._predecessor(found)
        if predecessor is None:
            now, begun = self.desk.actor.now, found.opened.at
            version = badge.awardable(found.opened.version, now=now, begun=begun)
        else:
            version = badge.version(found.opened.version)
        code = self._code(self.desk.people.get(found.candidate))
        person = self.desk.people.get(found.candidate)
        terms = found.terms(self.desk.actor, version.definition)
        made = draft(self.desk, found, badge=badge, version=version, person=person, terms=terms, code=code)
        guardian = person.details is not None and needs_guardian(person.details, self.desk.policy)
        if predecessor is None:
            events = found.grant(
                self.desk.actor, version.definition, drafts=made.drafts, language=made.language,
                status=made.places, guardian=guardian, reason=reason, code=code.text if code else None,
            )  # fmt: skip
            return self._record(award, events)
        successor = found.grant_successor(
            self.desk.actor, version.definition, predecessor=predecessor, drafts=made.drafts,
            language=made.language, status=made.places, guardian=guardian, reason=reason,
            code=code.text if code else None,
        )  # fmt: skip
        own = successor.pop(f"award:{award}")
        self.desk.record_all(successor)  # first: until then the other award is found under the same key
        granted = self._record(award, own)
        if predecessor.case is not None:
            self._go_on_with(predecessor.case.id)
        return granted

    def not_yet(self, award: str, *, feedback: str) -> Award:
        """Decide that the candidate does not get the badge yet; raises as `Award.not_yet`."""
        return self._record(award, self.get(award).not_yet(self.desk.actor, feedback=feedback))

    def withdraw(self, award: str, *, reason: str | None = None) -> Award:
        """Stop, because the candidate wants the badge no longer; raises as `Award.withdraw`."""
        return self._record(award, self.get(award).withdraw(self.desk.actor, reason=reason))

    def follow(self, award: str, *, cause: Cause, successor: str | None = None, carry: bool = True) -> Award:
        """Begin the award that follows another, with its date kept: a correction, a claim or a renewal (R45).

        Args:
            award: the award that it follows.
            cause: why.
            successor: the identifier of the new award, where a case has named it.
            carry: whether to take over what was assessed.

        Raises:
            PolicyError: as `open_successor`; `CATALOGUE-…`, the badge cannot be awarded.
        """
        old = self.get(award)
        badge = self.desk.badges.get(old.opened.badge)
        keeps = cause != "renewal" or badge.active is None
        version = badge.version(old.opened.version) if keeps else badge.awardable(now=self.desk.actor.now)
        name = successor or self.desk.fresh_name()
        predecessor = Predecessor(old, self._case_naming(name) if cause in _BY_CASE else None)
        events = open_successor(
            self.desk.actor, predecessor, award=name, cause=cause, definition=version.definition,
            version=version.number, carry=carry,
        )  # fmt: skip
        return self._record(name, events)

    def sign(self, award: str, copies: Iterable[SignedCopy]) -> Award:
        """Record what was signed; raises as `Award.sign`."""
        return self._record(award, self.get(award).sign(self.desk.actor, copies))

    def publish(self, award: str, *, addresses: Sequence[str] = ()) -> Award:
        """Record that what is public was published; raises as `Award.publish`."""
        return self._record(award, self.get(award).publish(self.desk.actor, addresses=addresses))

    def inform(self, award: str, delivery: Delivery) -> Award:
        """Record what became of a notice; raises as `Award.inform`."""
        return self._record(award, self.get(award).inform(self.desk.actor, delivery))

    def cannot_inform(self, award: str, reason: str) -> Award:
        """Record why the candidate, or a guardian, cannot be told; raises as `Award.inform`."""
        found = self.get(award)
        details = self.desk.people.get(found.candidate).details
        language = details.language if details else self.desk.policy.organisation.languages[0]
        guardian = found.granted is not None and found.granted.guardian
        for one in to_be_told(found.notices, guardian=guardian):
            impossible = Delivery(outcome="impossible", language=language, recipient=one, reason=reason)
            self.inform(award, impossible)
        return self.get(award)

    def object(self, award: str, text: str) -> Award:
        """Record that the candidate objects; about a badge that was awarded, a case begins or goes on.

        In that case the candidate is who reported the doubt, and is told as such.

        Raises:
            PolicyError: as `Award.record_objection` and `Cases.report`.
        """
        found, case = self.get(award), None
        if found.granted is not None:
            details = self.desk.people.get(found.candidate).details
            contact = details.email if details else None
            reporting = self.desk.acting_as(found.candidate).cases
            case = reporting.report(text, awards=[award], contact=contact).cases[0]
        return self._record(award, found.record_objection(self.desk.actor, text, case=case))

    def decide_objection(
        self, award: str, *, upheld: bool, reason: str, exception: str | None = None
    ) -> Award:
        """Decide on an objection to "not yet"; raises as `Award.decide_objection`."""
        events = self.get(award).decide_objection(
            self.desk.actor, upheld=upheld, reason=reason, exception=exception
        )
        return self._record(award, events)

    def line(self, award: str) -> dict[str, Award]:
        """Return an award and those that followed it, by their identifiers."""
        found: dict[str, Award] = {}
        name: str | None = award
        while name is not None and name not in found:
            found[name] = self.get(name)
            name = found[name].successor
        return found

    def _record(self, award: str, events: Sequence[Event]) -> Award:
        self.desk.record(f"award:{award}", events)
        return self.get(award)

    def _go_on_with(self, case: str) -> None:
        """Carry out what has waited for an award; it goes on waiting if who grants that may not do so."""
        try:
            with self.desk.savepoint():
                self.desk.cases.carry_out(case)
        except PolicyError as error:
            if error.code not in _MAY_NOT:
                raise

    def _version(self, award: Award) -> BadgeVersion:
        return self.desk.badges.get(award.opened.badge).version(award.opened.version)

    def _code(self, person: Person) -> ClaimCode | None:
        """Make a claim code for a person who can be named by nothing else."""
        details = person.details
        if details is None or details.email or details.identifier:
            return None
        return self.desk.people.give_code(person.id)

    def _predecessor(self, award: Award) -> Predecessor | None:
        opened = award.opened
        if opened.replaces is None:
            return None
        case = self.desk.cases.get(opened.case) if opened.case else None
        return Predecessor(self.get(opened.replaces), case)

    def _case_naming(self, successor: str) -> Case | None:
        """Find the open case that has named the award which is to follow.

        It may be about an award before the one that is followed, where that was corrected before.
        """
        for case in self.desk.cases.all():
            if any(isinstance(one, Supersede) and one.successor == successor for one in case.pending):
                return case
        return None
