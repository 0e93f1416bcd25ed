"""The badge policy of an organisation as typed models; `policy_file` reads it from a file.

Every section has defaults, so that a policy says only where it differs. The defaults take a stand where a
policy in prose is silent: deadlines, objection, four eyes, retention, people without an e-mail address.
"""

from __future__ import annotations

import hashlib
from functools import cached_property
from typing import Annotated

from pydantic import Field

from openbadge_issuer.jsonld.jcs import canonicalize_jcs
from openbadge_issuer.policy.policy_people import (
    Emergency,
    Minors,
    Organisation,
    Right,
    Role,
    TrainedRight,
    Training,
)
from openbadge_issuer.policy.policy_procedures import (
    Awarding,
    Evaluation,
    Ground,
    Misuse,
    Reviews,
    Revocation,
    Sanction,
)
from openbadge_issuer.policy.policy_records import (
    Design,
    Keys,
    Platform,
    Privacy,
    ProofName,
    Publication,
    Retention,
)
from openbadge_issuer.policy.section import Day, Label, Name, Section, Sentence, Words, in_language

__all__ = [
    "Awarding",
    "BadgePolicy",
    "Design",
    "Emergency",
    "Evaluation",
    "Ground",
    "Keys",
    "Minors",
    "Misuse",
    "Name",
    "Organisation",
    "Platform",
    "Privacy",
    "ProofName",
    "Publication",
    "Retention",
    "Reviews",
    "Revocation",
    "Right",
    "Role",
    "Sanction",
    "Section",
    "Sentence",
    "TrainedRight",
    "Training",
    "Words",
    "in_language",
]


class BadgePolicy(Section):
    """The whole policy (R1, R2).

    Every decision is taken under a policy that is named by its `digest`.

    Attributes:
        format: the format of the file.
        version: the version of the policy, as the organisation counts.
        adopted: when it was adopted.
        purpose: what badges are for.
        organisation: who issues.
        roles: the roles by their short names.
        awarding: how a badge is awarded.
        emergency: what happens when nobody who holds a role can be reached.
        revocation: how a doubt about a badge is handled.
        training: how long a training counts, and what needs one.
        retention: how long personal records are kept.
        privacy: what people are told about their data.
        publication: what becomes public.
        minors: what is different for young people.
        reviews: how often badges and the policy are reviewed.
        evaluation: how the system is evaluated.
        misuse: what follows from misuse of the system.
        keys: how the signing keys are looked after.
        design: the design guidelines.
        platforms: platforms of others, by their short names.
    """

    format: Annotated[int, Field(strict=True, ge=1, le=1)] = 1
    version: Label = "1"
    adopted: Day | None = None
    purpose: Words = Field(default_factory=dict)
    organisation: Organisation
    roles: Annotated[dict[Name, Role], Field(min_length=1)]
    awarding: Awarding = Awarding()
    emergency: Emergency = Emergency()
    revocation: Revocation = Field(default_factory=Revocation)
    training: Training = Training()
    retention: Retention = Retention()
    privacy: Privacy = Privacy()
    publication: Publication
    minors: Minors = Minors()
    reviews: Reviews = Reviews()
    evaluation: Evaluation = Evaluation()
    misuse: Misuse = Field(default_factory=Misuse)
    keys: Keys = Keys()
    design: Design = Design()
    platforms: dict[Name, Platform] = Field(default_factory=dict)

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of the policy in hex: of what it says with all defaults, not of how it is written."""
        return hashlib.sha256(canonicalize_jcs(self.to_json())).hexdigest()

    def roles_with(self, right: Right) -> tuple[str, ...]:
        """Return the names of the roles that have a right."""
        return tuple(name for name, role in self.roles.items() if right in role.rights)

    def guaranteed(self, *rights: Right) -> int:
        """Return how many people at least hold one of these rights, if no role is vacant."""
        return sum(role.holders_at_least for role in self.roles.values() if {*rights} & {*role.rights})
