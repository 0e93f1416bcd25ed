"""What a case does to badges: effects as values, which whoever keeps the lists carries out (R41, R44, G7).

One effect acts on every form in which a badge is out: the status lists of 3.0, the revocation list and the
hosted documents of 2.0, and for what no list covers the register of annulled badges.
"""

from __future__ import annotations

import hashlib
from typing import Annotated, Literal, TypeAlias

from pydantic import Field, StringConstraints

from openbadge_issuer.policy.badge_policy import Name, Section
from openbadge_issuer.policy.event_values import Identifier

Subject: TypeAlias = Annotated[
    str, StringConstraints(pattern=r"^(award:[A-Za-z0-9-]{1,64}|foreign:[0-9a-f]{64})$")
]
"""The badge that a case is about: `award:<identifier>`, or `foreign:` and the SHA-256 of its address."""


class SetRevocation(Section):
    """The badge is revoked, for good."""

    kind: Literal["set-revocation"] = "set-revocation"
    subject: Subject
    ground: Name


class SetSuspension(Section):
    """The badge does not count until this is lifted; a foreign one is said to be suspended."""

    kind: Literal["set-suspension"] = "set-suspension"
    subject: Subject


class LiftSuspension(Section):
    """The suspension by these cases is over; the badge counts if no other case suspends it."""

    kind: Literal["lift-suspension"] = "lift-suspension"
    subject: Subject
    cases: tuple[Identifier, ...]


class AnnulForeignBadge(Section):
    """A badge on a platform of others is annulled, for good: the organisation says that it does not count."""

    kind: Literal["annul-foreign-badge"] = "annul-foreign-badge"
    subject: Subject
    ground: Name


class Supersede(Section):
    """Another award takes the place of this one, with the date kept."""

    kind: Literal["supersede"] = "supersede"
    subject: Subject
    successor: Identifier
    cause: Literal["correction", "reinstatement"]


Effect: TypeAlias = Annotated[
    SetRevocation | SetSuspension | LiftSuspension | AnnulForeignBadge | Supersede,
    Field(discriminator="kind"),
]


def subject_of_award(award: str) -> str:
    """Name an award as the subject of a case; it is the name of its stream too."""
    return f"award:{award}"


def subject_of_address(address: str) -> str:
    """Name a foreign badge as the subject of a case, by the digest of its address."""
    return f"foreign:{hashlib.sha256(address.encode()).hexdigest()}"


def award_in(subject: str) -> str | None:
    """Return the identifier of the award that a subject names; None for a foreign badge."""
    kind, _, name = subject.partition(":")
    return name if kind == "award" else None
