"""A badge as it is defined under a policy: what people read, its criteria, and what each accepts as evidence.

A definition is a file of the organisation. It becomes public with the badge, so it holds nothing personal.
"""

from __future__ import annotations

import hashlib
from functools import cached_property
from typing import Annotated, Literal, TypeAlias

from pydantic import Field, field_validator
from pydantic_core import PydanticCustomError

from openbadge_issuer.assertions.values import AchievementType, Uri
from openbadge_issuer.errors.rule import Language
from openbadge_issuer.jsonld.jcs import canonicalize_jcs
from openbadge_issuer.policy.period import Period, Span
from openbadge_issuer.policy.section import FileName, Flag, Label, Name, Section, Sentence, Words

EvidenceForm: TypeAlias = Literal["observation", "document", "link", "product", "recording", "test"]
"""How a criterion can be shown to be met: an assessor saw it, or there is something to look at."""


class Criterion(Section):
    """One thing that must be shown (R5, R7, R11, R37).

    Attributes:
        id: its short name, unique in the badge; assessments name it.
        statement: what must be shown, so that it can be tested.
        mandatory: whether there is no badge without it; the others are assessed too, and do not stand in
            the way.
        evidence: how it may be shown.
    """

    id: Name
    statement: Annotated[Words, Field(min_length=1)]
    mandatory: Flag = True
    evidence: Annotated[tuple[EvidenceForm, ...], Field(min_length=1)] = ("observation", "document")


class BadgeText(Section):
    """What people read about a badge, in one language (R4, R40).

    Attributes:
        name: what it is called.
        description: what somebody with this badge can do.
        meaning: what it is good for, told to who receives it.
    """

    name: Label
    description: Sentence
    meaning: Sentence | None = None


class Picture(Section):
    """The picture of a badge (R64-R68).

    Attributes:
        file: the file, beside the definition.
        caption: what it shows, for those who do not see it.
    """

    file: FileName
    caption: Annotated[Words, Field(min_length=1)]


class BadgeAlignment(Section):
    """A link to a framework or a competence that others keep (R6, R51).

    Attributes:
        name: what it is called there.
        url: where it stands.
        framework: the framework it belongs to.
        code: its code there.
    """

    name: Label
    url: Uri
    framework: Label | None = None
    code: Label | None = None


class Outcome(Section):
    """Something that the badge is to bring about, to be looked at later (R20, R54).

    Attributes:
        id: its short name, unique in the badge.
        question: what holders are asked about it.
        asked_after: how long after the award.
    """

    id: Name
    question: Annotated[Words, Field(min_length=1)]
    asked_after: Span = Period(6, "month")


class BadgeDefinition(Section):
    """What a version of a badge says (R3, R6, R9, R11, R14, R20, G12).

    Attributes:
        badge: its short name, the same in all versions.
        text: what people read, by language.
        criteria: what must be shown.
        picture: the picture.
        achievement_type: what kind of achievement it is, in the words of Open Badges 3.0.
        tags: words by which it is found, by language.
        level: its level, in a framework or on a scale of the organisation.
        theme: what it is about, in a word.
        learning_form: how people learn for it, such as practice or a course.
        workload: how much time it takes.
        alignments: links to frameworks of others.
        outcomes: what it is to bring about.
        valid_for: how long it counts once awarded; without end if not said.
    """

    badge: Name
    text: Annotated[dict[Language, BadgeText], Field(min_length=1)]
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1)]
    picture: Picture | None = None
    achievement_type: AchievementType = "Badge"
    tags: dict[Language, tuple[Label, ...]] = Field(default_factory=dict)
    level: Label | None = None
    theme: Label | None = None
    learning_form: Label | None = None
    workload: Label | None = None
    alignments: tuple[BadgeAlignment, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    valid_for: Span | None = None

    @field_validator("criteria")
    @classmethod
    def _named_once(cls, criteria: tuple[Criterion, ...]) -> tuple[Criterion, ...]:
        """Assessments name criteria, so two of one name would be mixed up."""
        known: set[str] = set()
        for position, one in enumerate(criteria):
            if one.id in known:
                raise PydanticCustomError("BADGE-CRITERION-TWICE", "twice", {"at": position, "name": one.id})
            known.add(one.id)
        return criteria

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of the definition in hex: of what it says with all defaults."""
        return hashlib.sha256(canonicalize_jcs(self.to_json())).hexdigest()

    def criterion(self, name: str) -> Criterion | None:
        """Return the criterion of this name, or None."""
        return next((one for one in self.criteria if one.id == name), None)

    @property
    def mandatory(self) -> frozenset[str]:
        """The names of the criteria without which there is no badge."""
        return frozenset(one.id for one in self.criteria if one.mandatory)
