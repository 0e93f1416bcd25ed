"""A badge as it is defined under a policy: what people read, its criteria, and what each accepts as evidence.

A definition is a file of the organisation. It becomes public with the badge, so it holds nothing personal.
"""

from __future__ import annotations

import hashlib
from functools import cached_property
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.assertions.values import AchievementType, Uri
from openbadge_issuer.errors.rule import Language
from openbadge_issuer.jsonld.jcs import canonicalize_jcs
from openbadge_issuer.policy.badge_policy import Name, Section, Sentence, Words
from openbadge_issuer.policy.period import Span

EvidenceForm: TypeAlias = Literal["observation", "document", "link", "product", "recording", "test"]
"""How a criterion can be shown to be met: an assessor saw it, or there is something to look at."""


class Criterion(Section):
    """One thing that must be shown (R11): a statement that can be tested, and how it may be shown.

    A criterion that is not `mandatory` is assessed too, and does not stand in the way.
    """

    id: Name
    statement: Words
    mandatory: bool = True
    evidence: Annotated[tuple[EvidenceForm, ...], Field(min_length=1)] = ("observation", "document")


class BadgeText(Section):
    """What people read about a badge, in one language."""

    name: Sentence
    description: Sentence
    meaning: Sentence | None = None


class Picture(Section):
    """The picture: a file beside the definition, and what it shows, in words."""

    file: Sentence
    caption: Words


class BadgeAlignment(Section):
    """A link to a framework or a competence that others keep."""

    name: Sentence
    url: Uri
    framework: Sentence | None = None
    code: Sentence | None = None


class BadgeDefinition(Section):
    """What a version of a badge says (R3, R6, R11).

    `level`, `theme`, `learning_form` and `workload` are for finding badges and seeing gaps in the offer.
    `valid_for` is how long a badge counts once awarded; without end if None.
    """

    badge: Name
    text: Annotated[dict[Language, BadgeText], Field(min_length=1)]
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1)]
    picture: Picture | None = None
    achievement_type: AchievementType = "Badge"
    tags: dict[Language, tuple[Sentence, ...]] = Field(default_factory=dict)
    level: Sentence | None = None
    theme: Sentence | None = None
    learning_form: Sentence | None = None
    workload: Sentence | None = None
    alignments: tuple[BadgeAlignment, ...] = ()
    valid_for: Span | None = None

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of the definition in hex: of what it says with all defaults."""
        return hashlib.sha256(canonicalize_jcs(self.to_json())).hexdigest()

    def to_json(self) -> JsonObject:
        """Write the whole definition, every default spelled out."""
        written: JsonObject = self.model_dump(mode="json", exclude_none=True)
        return written

    def criterion(self, name: str) -> Criterion | None:
        """Return the criterion of this name, or None."""
        return next((one for one in self.criteria if one.id == name), None)

    @property
    def mandatory(self) -> frozenset[str]:
        """The names of the criteria without which there is no badge."""
        return frozenset(one.id for one in self.criteria if one.mandatory)
