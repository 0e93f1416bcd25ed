"""The procedure for a doubt about a badge, from the decision to the end (R44-R47, G1).

Each step is a method that returns the events it consists of, or refuses with a `PolicyError`. The steps up to
the decision are in `investigating`; the effects of a decision are carried out with `carrying_out`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from openbadge_issuer.errors import PolicyError
from openbadge_issuer.policy.award_record import AwardRecord
from openbadge_issuer.policy.badge_line import involved_in, line_of
from openbadge_issuer.policy.badge_policy import Right
from openbadge_issuer.policy.carrying_out import award_events, check_next
from openbadge_issuer.policy.case_events import (
    CaseClosed,
    CaseDecided,
    EffectCarriedOut,
    ObjectionDecided,
    ObjectionMade,
    PreventionDone,
    PreventionNotNeeded,
    PreventionPlanned,
    SuccessionGivenUp,
)
from openbadge_issuer.policy.case_telling import CaseTelling
from openbadge_issuer.policy.conflict import (
    check_decider,
    check_other_decider,
    check_owner,
    could,
    could_take_part,
)
from openbadge_issuer.policy.consequences import effects_of
from openbadge_issuer.policy.deciding import (
    Ruling,
    check_heard,
    check_investigated,
    check_ruling,
    earlier_deciders,
    subjects_of,
)
from openbadge_issuer.policy.effects import Effect, Supersede
from openbadge_issuer.policy.event import Event
from openbadge_issuer.policy.event_values import Exempt
from openbadge_issuer.policy.four_eyes import check_eyes
from openbadge_issuer.policy.reporting import check_text
from openbadge_issuer.policy.standing import Actor


class Case(CaseTelling):
    """A case and all the steps that can be taken in it."""

    def decide(
        self,
        actor: Actor,
        ruling: Ruling,
        *,
        awards: Mapping[str, AwardRecord],
        reason: str | None = None,
        unheard_reason: str | None = None,
    ) -> tuple[Event, ...]:
        """Decide about the status of badges in doubt (R44).

        Args:
            actor: who may decide on cases; after an objection somebody else than before, if there is anybody.
            ruling: what is decided.
            awards: the awards in doubt and those that followed them, by their identifiers.
            reason: why fewer people take part than the policy asks for, or who awarded the badge or decided
                before decides, where nobody else can.
            unheard_reason: why the holder was not heard, where that is so.

        Raises:
            PolicyError: the actor may not (`POLICY-…`, `check_decider`, `check_other_decider`), the case is
                closed (`CASE-CLOSED`), too little went before (`CASE-EFFECTS-OPEN`, `check_investigated`,
                `check_heard`, `check_eyes`), or it cannot be decided so (`subjects_of`, `check_ruling`,
                `effects_of`).
        """
        act = self._act(actor, "decide-case")
        self._check_open()
        subjects = subjects_of(self, ruling)
        self.check_carried_out()
        check_investigated(self)
        check_ruling(ruling, actor.policy, actor.staff.names.values())
        exempt = self._exempt(actor, subjects, awards=awards, reason=reason)
        unheard = check_heard(self, ruling, actor.now, unheard_reason)
        effects: list[Effect] = []
        for subject in subjects:
            effects += effects_of(self, ruling, subject, line_of(subject, awards))
        decided = CaseDecided.done(
            act,
            holder=self.holder,
            subjects=subjects,
            outcome=ruling.outcome,
            ground=ruling.ground if ruling.adverse else None,
            effects=tuple(effects),
            guardian=ruling.guardian,
            exempt=(*exempt, *unheard),
            exempt_reason=reason if exempt else None,
            unheard_reason=unheard_reason if unheard else None,
            reason=ruling.reason or None,
            grounds=ruling.grounds,
        )
        return (decided,)

    def carry_out(
        self, actor: Actor, effect: Effect, *, awards: Mapping[str, AwardRecord]
    ) -> dict[str, tuple[Event, ...]]:
        """Record that an effect was carried out, in one transaction with carrying it out (R41).

        An award that follows one of ours is no matter of this step: granting it is (`Award.grant_successor`).

        Args:
            actor: who may decide, investigate, or look after the keys.
            effect: the next effect on its badge.
            awards: the awards that it reaches, by their identifiers.

        Returns:
            The events by the names of the streams they belong to: that of the case, and those of awards.

        Raises:
            PolicyError: the actor may not (`POLICY-…`), the effect does not wait (`CASE-EFFECT`), or what it
                is about is missing (`CASE-AWARDS`, `CASE-SUCCESSION`).
        """
        act = self._act(actor, "decide-case", "investigate", "keep-keys")
        check_next(self, effect)
        for award in awards.values():
            actor.check_order(award.last)
        found = award_events(self, effect, act, awards)
        return {f"case:{self.id}": (EffectCarriedOut.done(act, effect=effect),), **found}

    def give_up(self, actor: Actor, effect: Supersede, *, reason: str) -> tuple[Event, ...]:
        """Record that the award that was to follow does not come about; the holder is told anew.

        Raises:
            PolicyError: the actor may not (`POLICY-…`), nobody says why (`CASE-TEXT`), or it is not one that
                is waited for (`CASE-EFFECT`).
        """
        act = self._act(actor, "decide-case")
        check_text(reason)
        if effect not in self.pending:
            raise PolicyError("CASE-EFFECT", subject=effect.subject)
        return (SuccessionGivenUp.done(act, holder=self.holder, effect=effect, reason=reason),)

    def record_objection(
        self, actor: Actor, text: str, *, subjects: Sequence[str] | None = None, guardian: bool = False
    ) -> tuple[Event, ...]:
        """Record that the holder objects (G1); a closed case is open again.

        The holder can do so, or somebody who investigates, decides or informs writes it down.

        Args:
            actor: one of these.
            text: why.
            subjects: the badges that this is about; all if None.
            guardian: whether a guardian is to be told too.

        Raises:
            PolicyError: the actor may not (`POLICY-…`), nothing was written (`CASE-TEXT`), there is nothing
                to object to (`CASE-NOT-DECIDED`, `CASE-SUBJECT`, `CASE-OBJECTED`), or it is too late
                (`CASE-OBJECTION-LATE`).
        """
        act = self._act_for_holder(actor)
        check_text(text)
        if self.undecided:
            raise PolicyError("CASE-NOT-DECIDED")
        if self.objected:
            raise PolicyError("CASE-OBJECTED")
        if self.object_until is not None and actor.now >= self.object_until:
            raise PolicyError("CASE-OBJECTION-LATE", until=self.object_until.isoformat())
        about = self.subjects if subjects is None else tuple(subjects)
        for one in about:
            if one not in self.subjects:
                raise PolicyError("CASE-SUBJECT", subject=one[:80])
        return (ObjectionMade.done(act, holder=self.holder, subjects=about, guardian=guardian, text=text),)

    def decide_objection(
        self, actor: Actor, *, upheld: bool, grounds: str, reason: str | None = None
    ) -> tuple[Event, ...]:
        """Decide on an objection; if it is upheld, the badges are decided upon anew.

        Args:
            actor: who may decide on cases, and did not take the decision, if there is anybody.
            upheld: what is decided.
            grounds: what that rests on; for the file.
            reason: why who took the decision decides, where nobody else can.

        Raises:
            PolicyError: the actor may not (`POLICY-…`) or took the decision (`CASE-SAME-DECIDER…`); there is
                no objection (`CASE-NO-OBJECTION`); the file is told nothing (`CASE-GROUNDS`).
        """
        act = self._act(actor, "decide-case")
        if self.objection is None:
            raise PolicyError("CASE-NO-OBJECTION")
        exempt = check_other_decider(
            actor.person or "",
            earlier=earlier_deciders(self, self.objection.subjects),
            could_decide=self._could(actor, "decide-case"),
            reason=reason,
        )
        if not grounds.strip():
            raise PolicyError("CASE-GROUNDS")
        decided = ObjectionDecided.done(
            act,
            holder=self.holder,
            upheld=upheld,
            exempt=exempt,
            exempt_reason=reason if exempt else None,
            grounds=grounds,
        )
        return (decided,)

    def prevent(self, actor: Actor, action: str, *, owner: str, due: date, what: str) -> tuple[Event, ...]:
        """Plan something against the same mistake (R47).

        Args:
            actor: who may investigate or decide.
            action: a name for it within the case.
            owner: the pseudonym of who does it, who holds a role.
            due: until when.
            what: what it is.

        Raises:
            PolicyError: the actor may not (`POLICY-…`), the case is closed (`CASE-CLOSED`), nothing was
                written (`CASE-TEXT`), the name is taken (`CASE-ACTION-TAKEN`), or the owner holds no role
                (`CASE-OWNER`).
        """
        act = self._act(actor, "investigate", "decide-case")
        self._check_open()
        check_text(what)
        if action in self.actions:
            raise PolicyError("CASE-ACTION-TAKEN", name=action[:60])
        check_owner(actor, owner)
        return (PreventionPlanned.done(act, action=action, owner=owner, due=due, what=what),)

    def prevented(self, actor: Actor, action: str, *, what: str | None = None) -> tuple[Event, ...]:
        """Record that something was done against the same mistake, also after the case was closed.

        Raises:
            PolicyError: the actor may not (`POLICY-…`), or nothing of this name is open (`CASE-ACTION`).
        """
        act = self._act(actor, "investigate", "decide-case")
        if action not in self.actions or self.actions[action].done:
            raise PolicyError("CASE-ACTION", name=action[:60])
        return (PreventionDone.done(act, action=action, what=what),)

    def nothing_to_prevent_because(self, actor: Actor, reason: str) -> tuple[Event, ...]:
        """Record why nothing needs to be done against the same mistake (R47).

        Raises:
            PolicyError: the actor may not (`POLICY-…`), the case is closed (`CASE-CLOSED`), or nobody says
                why (`CASE-TEXT`).
        """
        act = self._act(actor, "investigate", "decide-case")
        self._check_open()
        check_text(reason)
        return (PreventionNotNeeded.done(act, reason=reason),)

    def close(self, actor: Actor) -> tuple[Event, ...]:
        """Close the case.

        That the holder can still object is no obstacle: an objection opens it again.

        Raises:
            PolicyError: the actor may not (`POLICY-…`), it is closed (`CASE-CLOSED`), or something is still
                to be done (`CASE-NOT-DECIDED`, `CASE-OBJECTION-OPEN`, `CASE-EFFECTS-OPEN`,
                `CASE-NOT-INFORMED`, `CASE-NOT-PREVENTED`).
        """
        act = self._act(actor, "investigate", "decide-case")
        self._check_open()
        if self.objection is not None:
            raise PolicyError("CASE-OBJECTION-OPEN")
        if self.undecided:
            raise PolicyError("CASE-NOT-DECIDED")
        self.check_carried_out()
        if untold := (*self.to_tell, *self.platforms_to_tell(actor.policy)):
            raise PolicyError("CASE-NOT-INFORMED", who=", ".join(untold))
        if not self.actions and not self.nothing_to_prevent:
            raise PolicyError("CASE-NOT-PREVENTED")
        return (CaseClosed.done(act),)

    def _exempt(
        self,
        actor: Actor,
        subjects: Sequence[str],
        *,
        awards: Mapping[str, AwardRecord],
        reason: str | None,
    ) -> tuple[Exempt, ...]:
        """See that the right people, and enough of them, take part in a decision.

        First of all nobody decides twice; of the others nobody who awarded the badge, if that leaves anybody.
        """
        person, could_decide = actor.person or "", self._could(actor, "decide-case")
        earlier = earlier_deciders(self, [one for one in subjects if one in self.reopened])
        involved = involved_in(self.subjects, awards)
        again = check_other_decider(person, earlier=earlier, could_decide=could_decide, reason=reason)
        anew = could_decide - earlier
        exempt = again + check_decider(person, involved=involved, could_decide=anew, reason=reason)
        part = could_take_part(
            person,
            authors=self.authors,
            investigators=self._could(actor, "investigate") - earlier,
            deciders=anew - involved or anew,
        )
        eyes = actor.policy.awarding.eyes
        return exempt + check_eyes(self.authors | {person}, could=part, eyes=eyes, reason=reason)

    def _could(self, actor: Actor, right: Right) -> frozenset[str]:
        return could(actor, right, scopes=self.scopes, holder=self.holder)
