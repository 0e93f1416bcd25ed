"""The award procedure: identify, assess, decide, sign and publish, inform (R36-R40).

Each step is a method that returns the events it consists of, or refuses with a `PolicyError`; after a
refusal nothing has changed. "No dossier, no signature": what is signed is what `Award.to_sign` gives, and it
gives only what a decision to award carries.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.errors import PolicyError
from openbadge_issuer.errors.rule import Language
from openbadge_issuer.policy.assessing import (
    check_criterion,
    check_definition,
    check_not_own,
    check_private,
    check_shown,
    check_undecided,
)
from openbadge_issuer.policy.award_events import (
    AwardGranted,
    AwardNotYet,
    AwardOpened,
    AwardPublished,
    AwardWithdrawn,
    CredentialDraft,
    CredentialSigned,
    CriterionAssessed,
    Outcome,
    StatusPlace,
)
from openbadge_issuer.policy.award_objecting import AwardObjecting
from openbadge_issuer.policy.badge import BadgeDefinition, EvidenceForm
from openbadge_issuer.policy.badge_policy import Right
from openbadge_issuer.policy.event import Act, Event
from openbadge_issuer.policy.event_values import EvidenceReference, Exempt
from openbadge_issuer.policy.four_eyes import check_eyes
from openbadge_issuer.policy.granting import (
    Draft,
    Terms,
    check_assessors,
    check_criteria_met,
    check_drafts,
    check_new,
    terms_of,
)
from openbadge_issuer.policy.informing import Delivery, told
from openbadge_issuer.policy.signed_copy import SignedCopy, check_copy
from openbadge_issuer.policy.standing import Actor
from openbadge_issuer.policy.succession import Predecessor, check_predecessor, replacing


class Award(AwardObjecting):
    """An award and the steps that can be taken with it."""

    @staticmethod
    def open(
        actor: Actor,
        *,
        award: str,
        candidate: str,
        definition: BadgeDefinition,
        version: int,
        occasion: str | None = None,
        alternatives: Sequence[str] = (),
    ) -> tuple[Event, ...]:
        """Begin an award: this badge fits what the candidate can (R36).

        An award is looked up first by its key (`AwardRecord.key`): asking twice must give the same one.

        Args:
            actor: who may assess or award.
            award: the identifier of the new award.
            candidate: the pseudonym of the candidate.
            definition: the version's definition.
            version: its number.
            occasion: where the badge can be earned on several.
            alternatives: the badges that were considered too.

        Raises:
            PolicyError: `POLICY-NO-RIGHT`, `POLICY-TRAINING`, `POLICY-VALUE`.
        """
        mandatory = [one.id for one in definition.criteria if one.mandatory]
        opened = AwardOpened.done(
            actor.doing_one_of("assess", "award", badge=definition.badge),
            award=award,
            candidate=candidate,
            badge=definition.badge,
            version=version,
            definition=definition.digest,
            mandatory=mandatory,
            optional=[one.id for one in definition.criteria if not one.mandatory],
            occasion=occasion,
            alternatives=tuple(alternatives),
        )
        return (opened,)

    def assess(
        self,
        actor: Actor,
        definition: BadgeDefinition,
        criterion: str,
        outcome: Outcome,
        *,
        form: EvidenceForm,
        observed: str | None = None,
        evidence: Sequence[EvidenceReference] = (),
    ) -> tuple[Event, ...]:
        """Judge one criterion (R37); until the decision a later judgement counts instead of an earlier one.

        Raises:
            PolicyError: the actor may not (`POLICY-…`), the award is decided (`AWARD-NOT-OPEN`), or the
                judgement is not as the definition asks (`check_criterion`, `check_shown`, `check_private`).
        """
        act = self._act(actor, "assess")
        check_not_own(actor, self.candidate)
        check_undecided(self)
        check_definition(self, definition)
        found = check_criterion(definition, criterion, outcome)
        check_shown(found, outcome, form, observed=observed, evidence=evidence)
        check_private(actor.policy, evidence)
        assessed = CriterionAssessed.done(
            act,
            candidate=self.candidate,
            criterion=criterion,
            outcome=outcome,
            form=form,
            observed=observed,
            evidence=tuple(evidence) or None,
        )
        return (assessed,)

    def terms(self, actor: Actor, definition: BadgeDefinition) -> Terms:
        """Return the dates that the documents must name if the award is granted now."""
        return terms_of(self, definition, actor)

    def grant(
        self,
        actor: Actor,
        definition: BadgeDefinition,
        *,
        drafts: Sequence[Draft],
        language: Language,
        status: Sequence[StatusPlace] = (),
        guardian: bool = False,
        reason: str | None = None,
        code: str | None = None,
        predecessor: Predecessor | None = None,
    ) -> tuple[Event, ...]:
        """Decide that the candidate gets the badge (R38).

        Of an award that follows another, `replacing` belongs to it: take `grant_successor`.

        Args:
            actor: who may award.
            definition: the definition that the award was opened for.
            drafts: the unsigned documents, one per version of Open Badges; their dates are `terms`.
            language: the language of the badge.
            status: its places in status lists.
            guardian: whether a guardian is to be told too.
            reason: why fewer people took part than the policy asks for, where they did.
            code: the claim code by which the documents name the candidate, if they do.
            predecessor: the award that this one follows, as it stands now.

        Raises:
            PolicyError: the actor may not (`POLICY-…`), the award is decided (`AWARD-NOT-OPEN`,
                `AWARD-NOTHING-NEW`), a criterion is not met (`check_criteria_met`, `check_assessors`), too
                few took part (`check_eyes`), a document is not as it must be (`check_drafts`), or the award
                that it follows cannot be followed (`AWARD-PREDECESSOR`, `check_predecessor`).
        """
        act = self._deciding(actor)
        self._check_predecessor(actor, predecessor)
        check_definition(self, definition)
        check_criteria_met(self)
        check_assessors(self, actor.staff)
        exempt = self._check_eyes(actor, act, reason)
        terms = terms_of(self, definition, actor)
        granted = AwardGranted.done(
            act,
            candidate=self.candidate,
            criteria=self.outcomes,
            awarded=terms.awarded,
            valid_until=terms.valid_until,
            language=language,
            drafts=check_drafts(drafts, terms, status),
            status=tuple(status),
            guardian=guardian,
            exempt=exempt,
            reason=reason if exempt else None,
            documents=tuple(draft.document for draft in drafts),
            code=code,
        )
        return (granted,)

    def _check_eyes(self, actor: Actor, act: Act, reason: str | None) -> tuple[Exempt, ...]:
        could, eyes = self._could_take_part(actor), actor.policy.awarding.eyes
        return check_eyes(self.agreeing | {act.by or ""}, could=could, eyes=eyes, reason=reason)

    def grant_successor(
        self,
        actor: Actor,
        definition: BadgeDefinition,
        *,
        predecessor: Predecessor,
        drafts: Sequence[Draft],
        language: Language,
        status: Sequence[StatusPlace] = (),
        guardian: bool = False,
        reason: str | None = None,
        code: str | None = None,
    ) -> dict[str, tuple[Event, ...]]:
        """Decide on an award that follows another, and put it in the other's place; arguments as `grant`.

        Returns:
            The events by the names of the streams they belong to: those of both awards, and of the case.

        Raises:
            PolicyError: as `grant`.
        """
        granted = self.grant(
            actor,
            definition,
            drafts=drafts,
            language=language,
            status=status,
            guardian=guardian,
            reason=reason,
            code=code,
            predecessor=predecessor,
        )
        act = self._act(actor, "award")
        return {f"award:{self.id}": granted, **replacing(act, predecessor, self)}

    def not_yet(self, actor: Actor, *, feedback: str) -> tuple[Event, ...]:
        """Decide that the candidate does not get the badge yet, and say why; assessing can go on (R37).

        Raises:
            PolicyError: the actor may not (`POLICY-…`), the award is decided (`AWARD-NOT-OPEN`,
                `AWARD-NOTHING-NEW`), or the candidate is told nothing (`AWARD-FEEDBACK`).
        """
        act = self._deciding(actor)
        if not feedback.strip():
            raise PolicyError("AWARD-FEEDBACK")
        return (AwardNotYet.done(act, candidate=self.candidate, criteria=self.outcomes, feedback=feedback),)

    def withdraw(self, actor: Actor, *, reason: str | None = None) -> tuple[Event, ...]:
        """Stop, because the candidate wants the badge no longer; the candidate or who may award records it.

        Raises:
            PolicyError: the actor may not (`POLICY-…`), or the award is decided (`AWARD-NOT-OPEN`).
        """
        actor.check_order(self.last)
        act = actor.act() if actor.person == self.candidate else self._act(actor, "assess", "award")
        check_undecided(self)
        return (AwardWithdrawn.done(act, candidate=self.candidate, reason=reason),)

    def to_sign(self) -> tuple[tuple[CredentialDraft, JsonObject], ...]:
        """Return what is to be signed: the documents that the decision carries and that are not signed yet.

        Raises:
            PolicyError: `AWARD-NOT-GRANTED`, there is no decision to award; `AWARD-NOT-ACTIVE`, the badge was
                revoked or replaced; `AWARD-ERASED`, the documents were destroyed.
        """
        granted = self._standing()
        if granted.documents is None and self.unsigned:
            raise PolicyError("AWARD-ERASED")
        documents = granted.documents or ()
        return tuple((granted.drafts[place], documents[place]) for place in self.unsigned)

    def sign(self, actor: Actor, copies: Iterable[SignedCopy]) -> tuple[Event, ...]:
        """Record what was signed (R39); what was recorded already gives no further event.

        Raises:
            PolicyError: the actor may not (`POLICY-…`), nothing is to be signed (`to_sign`), or it is not
                what the decision carries (`AWARD-SIGNED-OTHER`), or was signed already and comes out
                otherwise (`AWARD-SIGNED-TWICE`).
        """
        act = self._act(actor, "award", "keep-keys")
        wanted = {draft.version: (draft, document) for draft, document in self.to_sign()}
        known = {one.version: one.digest for one in self.signed}
        events: list[Event] = []
        for copy in copies:
            if copy.version in known:
                if known[copy.version] != copy.digest:
                    raise PolicyError("AWARD-SIGNED-TWICE", version=copy.version)
                continue
            if copy.version not in wanted:
                raise PolicyError("AWARD-SIGNED-OTHER", version=copy.version)
            check_copy(copy, *wanted[copy.version])
            known[copy.version] = copy.digest
            events.append(_signed(act, self.candidate, copy))
        return tuple(events)

    def publish(self, actor: Actor, *, addresses: Sequence[str] = ()) -> tuple[Event, ...]:
        """Record that what is public was published; once it was, there is no further event.

        Raises:
            PolicyError: the actor may not (`POLICY-…`), or the badge is not signed (`AWARD-NOT-SIGNED`) or
                holds no longer (`AWARD-NOT-GRANTED`, `AWARD-NOT-ACTIVE`).
        """
        act = self._act(actor, "award", "keep-keys", "inform")
        self._standing()
        if self.unsigned:
            raise PolicyError("AWARD-NOT-SIGNED")
        if self.published:
            return ()
        return (AwardPublished.done(act, candidate=self.candidate, addresses=tuple(addresses) or None),)

    def inform(self, actor: Actor, delivery: Delivery) -> tuple[Event, ...]:
        """Record what became of a notice to the candidate (R40), and until when an objection can be made.

        It is about the badge, about "not yet", or about an objection to that.

        Raises:
            PolicyError: the actor may not (`POLICY-…`), there is nothing to tell yet (`AWARD-NOT-PUBLISHED`),
                or it is not told how it went (`NOTICE-…`).
        """
        act = self._act(actor, "inform")
        decided = self.phase in {"not-yet", "objection"} or self.verdict is not None
        if not decided and not self.published:
            raise PolicyError("AWARD-NOT-PUBLISHED", phase=self.phase)
        object_until = None
        if delivery.about is None and not self.objected:
            zone = actor.policy.organisation.zone
            object_until = actor.policy.awarding.objection_within.deadline(actor.now, zone)
        return (told(act, delivery, person=self.candidate, object_until=object_until),)

    def _deciding(self, actor: Actor) -> Act:
        act = self._act(actor, "award")
        check_not_own(actor, self.candidate)
        check_undecided(self)
        check_new(self)
        return act

    def _check_predecessor(self, actor: Actor, predecessor: Predecessor | None) -> None:
        given = predecessor.award.id if predecessor else None
        if given != self.opened.replaces:
            raise PolicyError("AWARD-PREDECESSOR", award=self.opened.replaces or given or "")
        if predecessor is not None:
            actor.check_order(predecessor.award.last)
            check_predecessor(predecessor, successor=self.id, cause=self.opened.cause)

    def _could_take_part(self, actor: Actor) -> frozenset[str]:
        rights: tuple[Right, ...] = ("assess", "award")
        found = (actor.people_with(right, badge=self.opened.badge) for right in rights)
        return frozenset().union(*found) - {self.candidate}

    def _standing(self) -> AwardGranted:
        if self.granted is None:
            raise PolicyError("AWARD-NOT-GRANTED", phase=self.phase)
        if self.status == "revoked" or self.replaced is not None:
            raise PolicyError("AWARD-NOT-ACTIVE", phase=self.phase)
        return self.granted


def _signed(act: Act, candidate: str, copy: SignedCopy) -> CredentialSigned:
    return CredentialSigned.done(
        act,
        candidate=candidate,
        version=copy.version,
        digest=copy.digest,
        key=copy.key,
        signed=copy.data,
    )
