"""What happens to an award: the events of the stream `award:<identifier>` (R36-R40)."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import AwareDatetime, Field, JsonValue, StringConstraints

from openbadge_issuer.assertions.values import Uri
from openbadge_issuer.errors.rule import Language
from openbadge_issuer.policy.badge import EvidenceForm
from openbadge_issuer.policy.badge_policy import Name, Section
from openbadge_issuer.policy.event import Event, Kept
from openbadge_issuer.policy.event_values import (
    Digest,
    EvidenceReference,
    Exempt,
    FreeText,
    Identifier,
    Pseudonym,
)

Outcome: TypeAlias = Literal["met", "not-met", "not-applicable"]
"""How a criterion was judged; only one that is not mandatory can be not applicable."""
Cause: TypeAlias = Literal["correction", "reinstatement", "claim", "renewal"]
"""Why an award follows another: what it said was wrong, or it should not have been revoked (both by a case);
the holder takes it over under another identity; it expires (G12)."""
Version: TypeAlias = Literal["3.0", "2.0"]
"""The version of Open Badges that a document is of."""


class AwardOpened(Event):
    """A badge was found to fit what somebody can (R36).

    Attributes:
        award: the identifier of the award.
        candidate: the pseudonym of the candidate.
        badge: the badge.
        version: its version.
        definition: the digest of that version's definition.
        mandatory: the criteria without which there is no badge.
        optional: the other criteria.
        occasion: on what occasion, where the badge can be earned on several.
        alternatives: the badges that were considered too.
        replaces: the award that this one follows.
        cause: why it does.
        case: the case that says so.
        awarded: the date of the first award in the line, which all that follow keep (R45, R60).
        kept_until: the end of validity that is kept along with it.
    """

    award: Identifier
    candidate: Pseudonym
    badge: Name
    version: Annotated[int, Field(ge=1)]
    definition: Digest
    mandatory: tuple[Name, ...]
    optional: tuple[Name, ...] = ()
    occasion: Name | None = None
    alternatives: tuple[Name, ...] = ()
    replaces: Identifier | None = None
    cause: Cause | None = None
    case: Identifier | None = None
    awarded: AwareDatetime | None = None
    kept_until: AwareDatetime | None = None


class CriterionAssessed(Event):
    """Somebody judged whether the candidate meets a criterion (R37).

    Attributes:
        candidate: the pseudonym of the candidate.
        criterion: the criterion.
        outcome: how it was judged.
        form: in which of the accepted forms it was shown.
        observed: what the assessor saw.
        evidence: what there is to look at.
    """

    candidate: Pseudonym
    criterion: Name
    outcome: Outcome
    form: EvidenceForm
    observed: Annotated[FreeText | None, Kept("dossier", of="candidate")] = None
    evidence: Annotated[
        tuple[EvidenceReference, ...] | None, Kept("dossier", of="candidate"), Field(max_length=100)
    ] = None


class AssessmentCarried(Event):
    """A judgement was taken over from the award that this one follows; its dossier stays there.

    Attributes:
        candidate: the pseudonym of the candidate.
        source: the award in which the criterion was assessed.
        criterion: the criterion.
        outcome: how it was judged.
        form: in which form it was shown.
        assessor: the pseudonym of who judged.
        assessed: when.
        assessed_as: the role under which.
    """

    candidate: Pseudonym
    source: Identifier
    criterion: Name
    outcome: Outcome
    form: EvidenceForm
    assessor: Pseudonym
    assessed: AwareDatetime
    assessed_as: str | None = None


class CredentialDraft(Section):
    """A document that is to be signed, or for a hosted badge of 2.0 to be served.

    Attributes:
        version: the version of Open Badges.
        id: the id of the credential.
        proof: how it is proven, such as `eddsa-rdfc-2022` or `hosted`.
        digest: the SHA-256 of the document in its JCS form.
    """

    version: Version
    id: Uri
    proof: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9+-]+$", max_length=40)]
    digest: Digest


class StatusPlace(Section):
    """The place of a credential in a status list."""

    purpose: Literal["revocation", "suspension"]
    list: Uri
    index: Annotated[int, Field(ge=0)]


class AwardGranted(Event):
    """The award was decided upon: the candidate gets the badge (R38).

    From here on nothing about the credential is open: who signs it, signs `documents`.

    Attributes:
        candidate: the pseudonym of the candidate.
        criteria: how each criterion was judged (R61).
        awarded: the date of the award (R60).
        valid_until: until when the badge counts.
        language: the language of the badge.
        drafts: what is to be signed, one document per version of Open Badges.
        status: its places in status lists.
        guardian: whether a guardian is to be told too.
        exempt: what was done otherwise than the policy asks for first.
        reason: why.
        documents: the unsigned documents, in the order of `drafts`.
        code: the claim code by which a holder without an address is named, for the letter that tells it.
    """

    candidate: Pseudonym
    criteria: dict[Name, Outcome]
    awarded: AwareDatetime
    valid_until: AwareDatetime | None = None
    language: Language
    drafts: Annotated[tuple[CredentialDraft, ...], Field(min_length=1)]
    status: tuple[StatusPlace, ...] = ()
    guardian: bool = False
    exempt: tuple[Exempt, ...] = ()
    reason: Annotated[FreeText | None, Kept("dossier", of="candidate")] = None
    documents: Annotated[tuple[dict[str, JsonValue], ...] | None, Kept("credential", of="candidate")] = None
    code: Annotated[str | None, Kept("notice", of="candidate")] = None


class AwardNotYet(Event):
    """The award was decided upon: the candidate does not get the badge yet (R37).

    Attributes:
        candidate: the pseudonym of the candidate.
        criteria: how each criterion that was assessed was judged.
        feedback: what the candidate is told.
    """

    candidate: Pseudonym
    criteria: dict[Name, Outcome]
    feedback: Annotated[FreeText | None, Kept("dossier", of="candidate")] = None


class AwardWithdrawn(Event):
    """The candidate wants it no longer."""

    candidate: Pseudonym
    reason: Annotated[FreeText | None, Kept("dossier", of="candidate")] = None


class AwardObjected(Event):
    """The candidate objects to the decision (G1).

    Attributes:
        candidate: the pseudonym of the candidate.
        case: the case about the badge, where it was awarded; there it is decided on.
        text: why.
    """

    candidate: Pseudonym
    case: Identifier | None = None
    text: Annotated[FreeText | None, Kept("dossier", of="candidate")] = None


class AwardObjectionDecided(Event):
    """It was decided on the objection; if it is upheld, the award is assessed anew.

    Attributes:
        candidate: the pseudonym of the candidate.
        upheld: what was decided.
        exempt: what was done otherwise than the policy asks for first.
        exempt_reason: why somebody decided who had decided before.
        reason: what the candidate is told.
    """

    candidate: Pseudonym
    upheld: bool
    exempt: tuple[Exempt, ...] = ()
    exempt_reason: Annotated[FreeText | None, Kept("dossier", of="candidate")] = None
    reason: Annotated[FreeText | None, Kept("dossier", of="candidate")] = None


class CredentialSigned(Event):
    """A credential was signed (R39).

    Attributes:
        candidate: the pseudonym of the holder.
        version: the version of Open Badges.
        digest: the SHA-256 of what was signed.
        key: the thumbprint of the key (RFC 7638); None for a hosted badge, which has no signature.
        signed: exactly what was signed: JSON with its proof, or a compact JWS.
    """

    candidate: Pseudonym
    version: Version
    digest: Digest
    key: Annotated[str, StringConstraints(min_length=1, max_length=100)] | None = None
    signed: Annotated[str | None, Kept("credential", of="candidate")] = None


class AwardPublished(Event):
    """What is public of an award was published.

    Attributes:
        candidate: the pseudonym of the holder.
        addresses: where documents of its own stand, such as a hosted badge.
    """

    candidate: Pseudonym
    addresses: Annotated[tuple[Uri, ...] | None, Kept("credential", of="candidate")] = None


class AwardSuspended(Event):
    """A case has suspended the badge."""

    case: Identifier


class SuspensionLifted(Event):
    """The suspension by these cases is over; `case` is the one that says so."""

    case: Identifier
    cases: tuple[Identifier, ...]


class AwardRevoked(Event):
    """A case has revoked the badge, for good.

    Attributes:
        case: the case.
        ground: the ground, as named in the policy.
    """

    case: Identifier
    ground: Name


class AwardReplaced(Event):
    """Another award has taken the place of this one.

    Attributes:
        successor: the award that follows.
        cause: why.
        case: the case that says so, if one does.
    """

    successor: Identifier
    cause: Cause
    case: Identifier | None = None
