"""What is recognised: the achievement, its criteria, how it is aligned, and how results are described."""

from __future__ import annotations

from typing import Self

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from openbadge_issuer.assertions.identity import IdentifierEntry
from openbadge_issuer.assertions.node import Node, TypedNode
from openbadge_issuer.assertions.values import (
    AchievementType,
    AlignmentTargetType,
    CompactJws,
    LanguageCode,
    Many,
    ResultStatusType,
    ResultType,
    Text,
    Uri,
)
from openbadge_issuer.assertions.verifiable_credential import Endorsement, Image, Profile


class Criteria(Node):
    """How the achievement is earned: a page, a text, or both (Open Badges 3.0, Criteria)."""

    id: Uri | None = None
    narrative: Text | None = None

    @model_validator(mode="after")
    def _as_a_whole(self) -> Self:
        if self.id is None and self.narrative is None:
            raise PydanticCustomError("OB3-CRITERIA", "criteria")
        return self


class Alignment(TypedNode):
    """A link to a framework, standard or competence (Open Badges 3.0, Alignment)."""

    type: Many[str] = ("Alignment",)
    target_name: Text
    target_url: Uri
    target_code: Text | None = None
    target_description: Text | None = None
    target_framework: Text | None = None
    target_type: AlignmentTargetType | None = None


class Related(TypedNode):
    """Another achievement that this one is related to (Open Badges 3.0, Related)."""

    id: Uri
    type: Many[str] = ("Related",)
    in_language: LanguageCode | None = None
    version: Text | None = None


class RubricCriterionLevel(TypedNode):
    """One level of a rubric (Open Badges 3.0, RubricCriterionLevel)."""

    id: Uri
    type: Many[str] = ("RubricCriterionLevel",)
    name: Text
    alignment: Many[Alignment] = ()
    description: Text | None = None
    level: Text | None = None
    points: Text | None = None


class ResultDescription(TypedNode):
    """What a result can be (Open Badges 3.0, ResultDescription)."""

    id: Uri
    type: Many[str] = ("ResultDescription",)
    name: Text
    result_type: ResultType
    alignment: Many[Alignment] = ()
    allowed_value: Many[Text] = ()
    required_level: Uri | None = None
    required_value: Text | None = None
    rubric_criterion_level: Many[RubricCriterionLevel] = ()
    value_max: Text | None = None
    value_min: Text | None = None


class Result(TypedNode):
    """What a person reached (Open Badges 3.0, Result)."""

    type: Many[str] = ("Result",)
    achieved_level: Uri | None = None
    alignment: Many[Alignment] = ()
    result_description: Uri | None = None
    status: ResultStatusType | None = None
    value: Text | None = None


class Achievement(TypedNode):
    """The accomplishment that a badge recognises (Open Badges 3.0, Achievement)."""

    id: Uri
    type: Many[str] = ("Achievement",)
    name: Text
    description: Text
    criteria: Criteria
    achievement_type: AchievementType | None = None
    alignment: Many[Alignment] = ()
    creator: Profile | None = None
    credits_available: float | None = None
    endorsement: Many[Endorsement] = ()
    endorsement_jwt: Many[CompactJws] = ()
    field_of_study: Text | None = None
    human_code: Text | None = None
    image: Image | None = None
    in_language: LanguageCode | None = None
    other_identifier: Many[IdentifierEntry] = ()
    related: Many[Related] = ()
    result_description: Many[ResultDescription] = ()
    specialization: Text | None = None
    tag: Many[Text] = ()
    version: Text | None = None
