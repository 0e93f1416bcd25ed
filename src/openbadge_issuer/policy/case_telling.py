"""Who is told what of a doubt about a badge: the holder, a guardian, reporters, platforms of others.

See R41, R42, R46, G1, G6 and G7 of the policy.
"""

from __future__ import annotations

from collections.abc import Iterator

from openbadge_issuer.errors import PolicyError
from openbadge_issuer.policy.badge_policy import BadgePolicy
from openbadge_issuer.policy.case_events import CaseReported
from openbadge_issuer.policy.effects import Supersede, award_in, subject_of_address
from openbadge_issuer.policy.event import Event
from openbadge_issuer.policy.informing import Delivery, platform_told, reporter_told, to_be_told, told
from openbadge_issuer.policy.investigating import Investigation
from openbadge_issuer.policy.notice_events import Recipient, ReporterTopic, Topic
from openbadge_issuer.policy.reporting import platform_of
from openbadge_issuer.policy.standing import Actor


class CaseTelling(Investigation):
    """A case, and the steps by which people are told of it."""

    @property
    def topics_to_tell(self) -> dict[Topic, tuple[Recipient, ...]]:
        """Who is still to be told of what else than a decision, and what that is."""
        if self.holder is None or self.closed:
            return {}
        tells: dict[Topic, bool] = {
            "hearing": bool(self.undecided) and not self.heard,
            "suspension": bool(self.undecided) and not self.reopened,
            "objection": self.objection is not None,
        }
        waiting = {
            topic: to_be_told(notices, guardian=self.guardian)
            for topic, notices in self.topics.items()
            if tells[topic]
        }
        return {topic: recipients for topic, recipients in waiting.items() if recipients}

    def reporters_to_tell(self) -> Iterator[tuple[CaseReported, ReporterTopic]]:
        """Go through the reporters who said where they can be reached, and what they are still to be told."""
        settled = not (self.undecided or self.pending or self.objection)
        for one in self.reports:
            if one.reporter_contact is None:
                continue
            if one.receipt not in self.acknowledged and (one.receipt, "report") not in self.reporters_told:
                yield one, "report"
            if settled and (one.receipt, "outcome") not in self.reporters_told:
                yield one, "outcome"

    def platforms_to_tell(self, policy: BadgePolicy) -> dict[str, tuple[str, ...]]:
        """Which platforms are still to be told of the last decision, and the badges there that it is about.

        A platform without a contact in the policy cannot be told.
        """
        found: dict[str, tuple[str, ...]] = {}
        if not self.decisions or self.reopened or self.pending:
            return found
        touched = {effect.subject for effect in self.decisions[-1].effects}
        for address in self.first.addresses or ():
            name = platform_of(policy, address)
            if name is None or name in self.platforms_told or policy.platforms[name].contact is None:
                continue
            if subject_of_address(address) in touched:
                found[name] = (*found.get(name, ()), address)
        return found

    @property
    def waits_for_successor(self) -> bool:
        """Whether an award that is to follow one of ours was not granted, nor given up."""
        return any(isinstance(one, Supersede) and award_in(one.subject) for one in self.pending)

    def inform(self, actor: Actor, delivery: Delivery) -> tuple[Event, ...]:
        """Record what became of a notice to the holder (R46), and until when to answer or to object.

        The time to answer is what the policy gives, from the day on which the notice went out.

        Raises:
            PolicyError: the actor may not (`POLICY-…`), the case is closed (`CASE-CLOSED`), or it is not told
                how it went (`NOTICE-…`).
        """
        act = self._act(actor, "inform", "investigate", "decide-case")
        self._check_open()
        terms, zone = actor.policy.revocation, actor.policy.organisation.zone
        object_until = answer_until = None
        if delivery.about is None and self.decisions and not self.objected:
            object_until = terms.objection_within.deadline(actor.now, zone)
        if delivery.about == "hearing" and self.offered is not None and delivery.outcome != "impossible":
            answer_until = max(self.offered.until, terms.hear_within.deadline(actor.now, zone))
        return (
            told(act, delivery, person=self.holder, object_until=object_until, answer_until=answer_until),
        )

    def inform_reporter(
        self, actor: Actor, receipt: str, about: ReporterTopic, delivery: Delivery
    ) -> tuple[Event, ...]:
        """Record what became of a notice to who reported the doubt (R42).

        Raises:
            PolicyError: the actor may not (`POLICY-…`); `CASE-RECEIPT`, no report has this receipt; or it is
                not told how it went (`NOTICE-…`).
        """
        act = self._act(actor, "inform", "investigate", "decide-case")
        report = next((one for one in self.reports if one.receipt == receipt), None)
        if report is None:
            raise PolicyError("CASE-RECEIPT")
        return (reporter_told(act, delivery, receipt=receipt, about=about, reporter=report.reporter),)

    def inform_platform(self, actor: Actor, platform: str, delivery: Delivery) -> tuple[Event, ...]:
        """Record what became of a notice to a platform of others (R41, G7).

        Raises:
            PolicyError: the actor may not (`POLICY-…`), or it is not told how it went (`NOTICE-…`).
        """
        act = self._act(actor, "inform", "investigate", "decide-case")
        return (platform_told(act, delivery, platform=platform),)
