"""How a badge is assessed: the extension Assessment 1.0."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field, StringConstraints

from openbadge_issuer.assertions.open_badges_2.extensions.extension import EXTENSION, Extension
from openbadge_issuer.assertions.open_badges_2.extensions.published import Number
from openbadge_issuer.assertions.open_badges_2.node import BadgeNode
from openbadge_issuer.assertions.open_badges_2.values import IsoDateTime
from openbadge_issuer.assertions.values import Many, OneOrMore, Uri
from openbadge_issuer.assertions.verifiable_credential import ContextItem

_Uuid: TypeAlias = Annotated[
    str, StringConstraints(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$")
]


class RubricCriterionLevel(BadgeNode):
    """A level that can be reached on one criterion."""

    identifier: _Uuid
    last_change_date_time: IsoDateTime | None = None
    case_uri: Uri | None = None
    quality: str | None = None
    score: Number | None = None
    description: str
    position: Number | None = None
    feedback: str | None = None


class RubricCriterion(BadgeNode):
    """One thing that a rubric looks at."""

    identifier: _Uuid
    last_change_date_time: IsoDateTime | None = None
    case_uri: Uri | None = None
    category: str | None = None
    description: str | None = None
    weight: Number | None = None
    position: Number | None = None
    criterion_levels: Many[RubricCriterionLevel] = ()


class Rubric(BadgeNode):
    """What work is assessed by."""

    identifier: _Uuid
    title: str
    last_change_date_time: IsoDateTime | None = None
    case_uri: Uri | None = None
    rubric_criteria: Many[RubricCriterion]


class Question(BadgeNode):
    """One question of an assessment."""

    type: Literal["ExternalQuestion", "FileQuestion", "TextQuestion"]
    text: str
    rubric_id: str | None = None
    url: Uri | None = None
    required: bool | None = None
    word_limit: Number | None = None
    character_limit: Number | None = None


class Section(BadgeNode):
    """Questions that belong together."""

    questions: Many[Question] = ()
    title: str | None = None
    description: str | None = None
    rubric_id: str | None = None
    url: Uri | None = None
    required: bool | None = None


class AssessmentObject(BadgeNode):
    """One assessment, and how it is scored."""

    type: Literal["Exam", "Performance", "Artifact"]
    description: str
    assessment_output: str
    has_group_participation: bool
    has_group_evaluation: bool
    evaluation_method: str
    assessment_example: Uri | None = None
    scoring_method_example_description: str | None = None
    assessment_evaluation: Uri | None = None
    rubrics: Many[Rubric] = ()
    sections: Many[Section] = ()


class Assessment(Extension):
    """What the recipient completes for the badge."""

    context: OneOrMore[ContextItem] = Field(
        default=("https://openbadgespec.org/extensions/assessmentExtension/context.json",), alias="@context"
    )
    type: Many[str] = (EXTENSION, "extensions:AssessmentExtension")
    description: str
    assessments: Many[AssessmentObject]
