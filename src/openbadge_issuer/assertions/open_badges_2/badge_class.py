"""What is recognised: the badge class, its criteria, and how it is aligned."""

from __future__ import annotations

from typing import Self

from pydantic import field_validator, model_validator
from pydantic_core import PydanticCustomError

from openbadge_issuer.assertions.node import TypedNode
from openbadge_issuer.assertions.open_badges_2.image import Image, checked_picture
from openbadge_issuer.assertions.open_badges_2.node import BadgeNode
from openbadge_issuer.assertions.open_badges_2.profile import BadgeObject, Issuer
from openbadge_issuer.assertions.open_badges_2.values import Iri, Link, Url
from openbadge_issuer.assertions.values import Many


class Criteria(BadgeNode):
    """How the badge is earned: a page, a text, or both (Open Badges 2.0, Criteria)."""

    id: Iri | None = None
    type: Many[str] = ()
    narrative: str | None = None

    @model_validator(mode="after")
    def _as_a_whole(self) -> Self:
        if self.narrative is None and (self.id is None or self.id.startswith("_:")):
            raise PydanticCustomError("OB2-CRITERIA", "criteria")
        return self


class AlignmentObject(BadgeNode):
    """A link to a framework, standard or competence (Open Badges 2.0, AlignmentObject)."""

    type: Many[str] = ()
    target_name: str
    target_url: Url
    target_description: str | None = None
    target_framework: str | None = None
    target_code: str | None = None


class BadgeClass(TypedNode, BadgeObject):
    """The accomplishment that a badge recognises (Open Badges 2.0, BadgeClass)."""

    type: Many[str] = ("BadgeClass",)
    name: str
    description: str
    image: Link[Image]
    criteria: Link[Criteria]
    issuer: Link[Issuer]
    alignment: Many[AlignmentObject] = ()
    tags: Many[str] = ()

    @field_validator("image")
    @classmethod
    def _picture(cls, value: str | Image) -> str | Image:
        return checked_picture(value)
