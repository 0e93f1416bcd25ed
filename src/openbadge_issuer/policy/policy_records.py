"""The sections of a policy on what is kept, what is shown, and with which keys and pictures."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from openbadge_issuer.assertions.values import Uri
from openbadge_issuer.policy.event import RecordClass
from openbadge_issuer.policy.period import Period, Span
from openbadge_issuer.policy.section import EMail, Flag, HttpsAddress, Label, Section

ProofName: TypeAlias = Literal[
    "eddsa-rdfc-2022",
    "eddsa-jcs-2022",
    "ecdsa-rdfc-2019",
    "ecdsa-jcs-2019",
    "ecdsa-sd-2023",
    "Ed25519Signature2020",
    "vc-jwt",
    "vc+jwt",
]
"""The proofs that can be asked for: those of `signing.sealing`, which loads all the cryptography."""


class Retention(Section):
    """How long personal records are kept after the last event of their procedure (R57, G4).

    Attributes:
        person: who somebody is: name, address, language.
        dossier: requests, assessments, evidence and decisions on awards.
        credential: the badges as they were issued.
        notice: what was sent to people.
        case: the dossiers of doubts about badges.
        reporter: who reported a doubt.
        misuse: the dossiers on misuse.
        feedback: what people said about badges and the system.
    """

    person: Span = Period(10, "year")
    dossier: Span = Period(5, "year")
    credential: Span = Period(10, "year")
    notice: Span = Period(2, "year")
    case: Span = Period(5, "year")
    reporter: Span = Period(1, "year")
    misuse: Span = Period(2, "year")
    feedback: Span = Period(2, "year")

    def of(self, record_class: RecordClass) -> Period:
        """Return the period of a class of records."""
        period: Period = getattr(self, record_class)
        return period


class Privacy(Section):
    """What people are told about their data, and how fast they are answered (G4; GDPR, articles 6, 12-21).

    Attributes:
        legal_basis: why the data may be kept (GDPR, article 6(1)).
        contact: where people ask for their data, if not at the contact of the organisation.
        answer_within: how soon a request about one's data is answered (GDPR, article 12(3): one month).
    """

    legal_basis: Literal["consent", "contract", "legal-obligation", "public-task", "legitimate-interests"] = (
        "legitimate-interests"
    )
    contact: EMail | None = None
    answer_within: Span = Period(1, "month")


class Publication(Section):
    """What becomes public, and how the holder is named in a badge (R38, R40, R41, R59, G5, G10).

    A holder with an identifier (a DID) is named by that, one with neither that nor an e-mail address by the
    hash of a claim code.

    Attributes:
        base: the https address under which everything public stands.
        recipient: how a holder with an e-mail address is named: by a salted hash, or in plain text.
        evidence: whether evidence is public: only with the holder's consent, or never.
        proof: how badges are signed; chosen by the key if not said.
        open_badges_2: whether the same award is issued in Open Badges 2.0 too, hosted or signed.
        suspension_list: whether there is a status list for suspension beside the one for revocation.
        list_valid_for: how long a published status list counts; an older one says nothing any more.
        list_size: how many badges one status list has room for.
    """

    base: HttpsAddress
    recipient: Literal["hashed-email", "plain-email"] = "hashed-email"
    evidence: Literal["with-consent", "never"] = "with-consent"
    proof: ProofName | None = None
    open_badges_2: Literal["none", "hosted", "signed"] = "none"
    suspension_list: Flag = False
    list_valid_for: Span = Period(30, "day")
    list_size: Annotated[int, Field(strict=True, ge=131_072, le=64 * 1024 * 1024, multiple_of=8)] = 131_072


class Keys(Section):
    """The keys that sign badges (G9).

    Attributes:
        rotate_every: how often the signing key is replaced.
    """

    rotate_every: Span = Period(2, "year")


class Platform(Section):
    """A platform of others on which badges of the organisation stand (R27, R28, R41, G7).

    Attributes:
        name: what it is called.
        prefixes: how the addresses of badges on it begin.
        contact: where its operators are reached, when a badge on it has lost its status.
    """

    name: Label
    prefixes: Annotated[tuple[Uri, ...], Field(min_length=1)]
    contact: EMail | None = None


class Design(Section):
    """The design guidelines that new badges are judged by (R64-R69).

    Attributes:
        guideline: their version.
    """

    guideline: Label = "1"
