"""Objecting to a decision on an award: against "not yet" here, about a badge that was awarded in a case (G1).

The steps are as those of `awarding`: each returns the events it consists of, or refuses with a `PolicyError`.
"""

from __future__ import annotations

from openbadge_issuer.errors import PolicyError
from openbadge_issuer.policy.assessing import check_not_own
from openbadge_issuer.policy.award_events import AwardObjected, AwardObjectionDecided
from openbadge_issuer.policy.award_record import AwardRecord
from openbadge_issuer.policy.badge_policy import Right
from openbadge_issuer.policy.conflict import check_other_decider
from openbadge_issuer.policy.event import Act, Event
from openbadge_issuer.policy.reporting import check_text
from openbadge_issuer.policy.standing import Actor


class AwardObjecting(AwardRecord):
    """An award, and the steps by which the candidate objects to a decision on it."""

    def record_objection(self, actor: Actor, text: str, *, case: str | None = None) -> tuple[Event, ...]:
        """Record that the candidate objects, once per decision.

        The candidate can do so, or somebody who assesses, awards or informs writes it down.

        Args:
            actor: one of these.
            text: why.
            case: the case about the badge, where it was awarded; there it is decided on.

        Raises:
            PolicyError: the actor may not (`POLICY-…`), nothing was written (`CASE-TEXT`), there is nothing
                to object to (`AWARD-NOT-DECIDED`, `AWARD-OBJECTED`, `AWARD-NOT-ACTIVE`,
                `AWARD-OBJECTION-CASE`), or it is too late (`AWARD-OBJECTION-LATE`).
        """
        actor.check_order(self.last)
        act = actor.act() if actor.person == self.candidate else self._act(actor, "assess", "award", "inform")
        check_text(text)
        if self.decision is None or self.withdrawn or (self.granted is None and self.undecided):
            raise PolicyError("AWARD-NOT-DECIDED", phase=self.phase)
        if self.status == "revoked" or self.replaced is not None:
            raise PolicyError("AWARD-NOT-ACTIVE", phase=self.phase)
        if self.objected:
            raise PolicyError("AWARD-OBJECTED")
        if self.object_until is not None and actor.now >= self.object_until:
            raise PolicyError("AWARD-OBJECTION-LATE", until=self.object_until.isoformat())
        if (self.granted is None) != (case is None):
            raise PolicyError("AWARD-OBJECTION-CASE", phase=self.phase)
        return (AwardObjected.done(act, candidate=self.candidate, case=case, text=text),)

    def decide_objection(
        self, actor: Actor, *, upheld: bool, reason: str, exception: str | None = None
    ) -> tuple[Event, ...]:
        """Decide on an objection to "not yet"; if it is upheld, the award is assessed anew.

        Args:
            actor: who may award, and did not take the decision, if there is anybody.
            upheld: what is decided.
            reason: what the candidate is told.
            exception: why who took the decision decides, where nobody else can.

        Raises:
            PolicyError: the actor may not (`POLICY-…`) or took the decision (`CASE-SAME-DECIDER…`), there is
                no objection to decide on here (`AWARD-NO-OBJECTION`), or the candidate is told nothing
                (`AWARD-FEEDBACK`).
        """
        act = self._act(actor, "award")
        check_not_own(actor, self.candidate)
        if self.objection is None or self.decision is None:
            raise PolicyError("AWARD-NO-OBJECTION")
        exempt = check_other_decider(
            actor.person or "",
            earlier=frozenset({self.decision.by or ""}),
            could_decide=actor.people_with("award", badge=self.opened.badge) - {self.candidate},
            reason=exception,
        )
        if not reason.strip():
            raise PolicyError("AWARD-FEEDBACK")
        decided = AwardObjectionDecided.done(
            act,
            candidate=self.candidate,
            upheld=upheld,
            exempt=exempt,
            exempt_reason=exception if exempt else None,
            reason=reason,
        )
        return (decided,)

    def _act(self, actor: Actor, *rights: Right) -> Act:
        actor.check_order(self.last)
        return actor.doing_one_of(*rights, badge=self.opened.badge)
