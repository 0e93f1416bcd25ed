"""The award procedure at a desk: identify, assess, decide, sign, publish, inform (R36-R40)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from openbadge_issuer.issuing.office.drafting import draft
from openbadge_issuer.policy.award_events import Cause, Outcome
from openbadge_issuer.policy.awarding import Award
from openbadge_issuer.policy.badge import EvidenceForm
from openbadge_issuer.policy.catalogue import Badge
from openbadge_issuer.policy.event import Event
from openbadge_issuer.policy.event_values import EvidenceReference
from openbadge_issuer.policy.informing import Delivery
from openbadge_issuer.policy.people import Person, needs_guardian
from openbadge_issuer.policy.revoking import Case
from openbadge_issuer.policy.signed_copy import SignedCopy
from openbadge_issuer.policy.succession import Predecessor, open_successor
from openbadge_issuer.policy.claim_code import ClaimCode

if TYPE_CHECKING:  # a desk loads this module
    from openbadge_issuer.issuing.office.desk import Desk


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
        """Decide that the candidate gets the badge: the decision is sealed with all that is to be signed (R38).

        An award that was granted already is returned as it is: there is one decision, one credential and one
        place in a status list.

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
        person = self.desk.people.get(found.candidate)
        terms = found.terms(self.desk.actor, version.definition)
        code = self._code(person)
        made = draft(
            self.desk, found, badge=badge, version=version, person=person, terms=terms, code=code
        )
        options = {
            "drafts": made.drafts,
            "language": made.language,
            "status": made.places,
            "guardian": person.details is not None and needs_guardian(person.details, self.desk.policy),
            "reason": reason,
            "code": code.text if code else None,
        }
        return found

    def not_yet(self, award: str, *, feedback: str) -> Award:
        """Decide that the candidate does not get the badge yet; raises as `Award.not_yet`."""
        return self._record(award, self.get(award).not_yet(self.desk.actor, feedback=feedback))

    def withdraw(self, award: str, *, reason: str | None = None) -> Award:
        """Stop, because the candidate wants the badge no longer; raises as `Award.withdraw`."""
        return self._record(award, self.get(award).withdraw(self.desk.actor, reason=reason))
