"""What happens to a doubt about a badge: the events of the stream `case:<identifier>` (R42-R47, G1).

A case is about one holder, and about one or several badges that are held. What was reported, and by whom, is
confidential: no report names its maker outside the parts of the class `reporter`, not even as the actor.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, TypeAlias

from pydantic import AwareDatetime, Field

from openbadge_issuer.assertions.values import Uri
from openbadge_issuer.policy.badge_policy import Name, Words
from openbadge_issuer.policy.effects import Effect, Subject, Supersede
from openbadge_issuer.policy.event import Event, Kept
from openbadge_issuer.policy.event_values import (
    Digest,
    EvidenceReference,
    Exempt,
    FreeText,
    Identifier,
    Pseudonym,
)

CaseOutcome: TypeAlias = Literal["unfounded", "corrected", "suspended", "revoked", "reinstated"]
"""What is decided about the status of a badge (R44)."""


class CaseReported(Event):
    """Somebody doubts a badge (R42): the first report begins the case, further ones join it.

    Attributes:
        case: the identifier of the case.
        holder: the pseudonym of the holder; None if nobody knows who holds a foreign badge.
        subjects: the badges in doubt; of a further report those that it is about.
        badges: the badges in the catalogue that they are.
        receipt: the digest of the code with which the reporter can ask how it stands.
        addresses: the addresses of foreign badges.
        text: what was reported.
        reporter: the pseudonym of the reporter, if known.
        reporter_name: the name, if given.
        reporter_contact: where the reporter can be reached, if given.
    """

    case: Identifier
    holder: Pseudonym | None = None
    subjects: Annotated[tuple[Subject, ...], Field(min_length=1, max_length=100)]
    badges: tuple[Name, ...] = ()
    receipt: Digest
    addresses: Annotated[tuple[Uri, ...] | None, Kept("case", of="holder")] = None
    text: Annotated[FreeText | None, Kept("reporter", of="reporter")] = None
    reporter: Annotated[Pseudonym | None, Kept("reporter", of="reporter")] = None
    reporter_name: Annotated[FreeText | None, Kept("reporter", of="reporter")] = None
    reporter_contact: Annotated[FreeText | None, Kept("reporter", of="reporter")] = None


class ReportAcknowledged(Event):
    """The reporter was told that the report has arrived; `receipt` says which."""

    receipt: Digest


class InvestigatorAssigned(Event):
    """Somebody investigates (R43).

    Attributes:
        holder: the pseudonym of the holder.
        investigator: the pseudonym of who investigates.
        replaces: the pseudonym of who does so no longer.
        handover: whether this moved with everything that was in the hands of that person (R12).
        exempt: what was done otherwise than the policy asks for first.
        reason: why.
    """

    holder: Pseudonym | None = None
    investigator: Pseudonym
    replaces: Pseudonym | None = None
    handover: bool = False
    exempt: tuple[Exempt, ...] = ()
    reason: Annotated[FreeText | None, Kept("case", of="holder")] = None


class SuspensionAsked(Event):
    """While it is investigated, the badge is not to count; `reason` says why, and the holder reads it.

    Attributes:
        holder: the pseudonym of the holder.
        effects: what is to be done to badges.
        guardian: whether a guardian is to be told too.
        reason: why.
    """

    holder: Pseudonym | None = None
    effects: tuple[Effect, ...]
    guardian: bool = False
    reason: Annotated[FreeText | None, Kept("case", of="holder")] = None


class SuspensionEnded(Event):
    """The badge is to count again before the decision."""

    holder: Pseudonym | None = None
    effects: tuple[Effect, ...]
    reason: Annotated[FreeText | None, Kept("case", of="holder")] = None


class FindingRecorded(Event):
    """Something was found out.

    Attributes:
        holder: the pseudonym of the holder.
        text: what.
        evidence: what shows it.
    """

    holder: Pseudonym | None = None
    text: Annotated[FreeText | None, Kept("case", of="holder")] = None
    evidence: Annotated[
        tuple[EvidenceReference, ...] | None, Kept("case", of="holder"), Field(max_length=100)
    ] = None


class HearingOffered(Event):
    """The holder is to be asked for the other side of it (G1).

    Attributes:
        holder: the pseudonym of the holder.
        until: until when the holder can answer, or longer, if the notice is late.
        guardian: whether a guardian is to be told too.
        text: what the holder is asked.
    """

    holder: Pseudonym | None = None
    until: AwareDatetime
    guardian: bool = False
    text: Annotated[FreeText | None, Kept("case", of="holder")] = None


class HearingAnswered(Event):
    """The holder told the other side; `text` is empty for who does not want to say anything."""

    holder: Pseudonym | None = None
    text: Annotated[FreeText | None, Kept("case", of="holder")] = None


class CaseDecided(Event):
    """It was decided about the status of badges (R44).

    Attributes:
        holder: the pseudonym of the holder.
        subjects: the badges that this is about.
        outcome: what was decided.
        ground: the ground, as named in the policy; None where the badge keeps its status.
        effects: what is to be done to badges.
        guardian: whether a guardian is to be told too.
        exempt: what was done otherwise than the policy asks for first.
        exempt_reason: why fewer people, or those who awarded the badge, took part.
        unheard_reason: why the holder was not heard.
        reason: what the public reads; it names nobody.
        grounds: what the decision rests on; for the file.
    """

    holder: Pseudonym | None = None
    subjects: Annotated[tuple[Subject, ...], Field(min_length=1)]
    outcome: CaseOutcome
    ground: Name | None = None
    effects: tuple[Effect, ...] = ()
    guardian: bool = False
    exempt: tuple[Exempt, ...] = ()
    exempt_reason: Annotated[FreeText | None, Kept("case", of="holder")] = None
    unheard_reason: Annotated[FreeText | None, Kept("case", of="holder")] = None
    reason: Annotated[Words | None, Kept("credential", of="holder")] = None
    grounds: Annotated[FreeText | None, Kept("case", of="holder")] = None


class EffectCarriedOut(Event):
    """An effect was carried out, on every form in which the badge is out."""

    effect: Effect


class SuccessionGivenUp(Event):
    """The award that was to follow does not come about; `reason` says why."""

    holder: Pseudonym | None = None
    effect: Supersede
    reason: Annotated[FreeText | None, Kept("case", of="holder")] = None


class ObjectionMade(Event):
    """The holder objects (G1).

    Attributes:
        holder: the pseudonym of the holder.
        subjects: the badges that this is about.
        guardian: whether a guardian is to be told too.
        text: why.
    """

    holder: Pseudonym | None = None
    subjects: Annotated[tuple[Subject, ...], Field(min_length=1)]
    guardian: bool = False
    text: Annotated[FreeText | None, Kept("case", of="holder")] = None


class ObjectionDecided(Event):
    """It was decided on the objection; if it is upheld, the badges are decided upon anew.

    Attributes:
        holder: the pseudonym of the holder.
        upheld: what was decided.
        exempt: what was done otherwise than the policy asks for first.
        exempt_reason: why somebody decided who had decided before.
        grounds: what that rests on; for the file.
    """

    holder: Pseudonym | None = None
    upheld: bool
    exempt: tuple[Exempt, ...] = ()
    exempt_reason: Annotated[FreeText | None, Kept("case", of="holder")] = None
    grounds: Annotated[FreeText | None, Kept("case", of="holder")] = None


class PreventionPlanned(Event):
    """Something is to be done against the same mistake (R47).

    Attributes:
        action: a name for it within the case.
        owner: the pseudonym of who does it.
        due: until when.
        what: what it is.
    """

    action: Name
    owner: Pseudonym
    due: date
    what: Annotated[FreeText | None, Kept("case")] = None


class PreventionHandedOver(Event):
    """Somebody else does it now; `owner` is the pseudonym."""

    action: Name
    owner: Pseudonym


class PreventionDone(Event):
    """It was done; `what` says what came of it."""

    action: Name
    what: Annotated[FreeText | None, Kept("case")] = None


class PreventionNotNeeded(Event):
    """Nothing needs to be done against the same mistake; `reason` says why."""

    reason: Annotated[FreeText | None, Kept("case")] = None


class CaseClosed(Event):
    """Everything was done; an objection within its time opens the case again."""
