"""The extensions of Open Badges 3.0 that 1EdTech publishes, as members that are added to a class.

An extension adds a context (`context_url`), a type and members. Its rules hold for a document that names
the type; no extension is ever required. The published contexts leave some members undefined, so these
cannot be signed with a Data Integrity proof, only as a JWT: each class says which.

Source: https://openbadgespec.org/extensions/ with its JSON Schemas. Where text and schema differ, what
either of them requires is required here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Annotated, ClassVar, Literal, TypeAlias

from pydantic import Field, StringConstraints

from openbadge_issuer.assertions.achievement import Achievement, ResultDescription
from openbadge_issuer.assertions.credential import AchievementCredential
from openbadge_issuer.assertions.json_text import JsonObject, pointer
from openbadge_issuer.assertions.json_walk import parts, strings_of
from openbadge_issuer.assertions.node import Node, TypedNode
from openbadge_issuer.assertions.problems import ModelProblem
from openbadge_issuer.assertions.values import Many, Text, Uri
from openbadge_issuer.assertions.verifiable_credential import GeoCoordinates, Profile

_EXTENSIONS = "https://openbadgespec.org/extensions"

Profile.model_rebuild()  # it refers forward, and a class derived from it could not look up those names here


class Accessibility(Node):
    """How people with a disability can use what is at `url` (extension Accessibility).

    A document marks it by the type `Accessibility`, which no context defines: leave the type out where the
    badge gets a Data Integrity proof.
    """

    context_url: ClassVar[str] = f"{_EXTENSIONS}/accessibilityExtension/context-3.0.0.json"

    accessibility_api: str | None = Field(default=None, alias="accessibilityAPI")
    accessibility_control: Many[str] = ()
    accessibility_feature: str
    accessibility_hazard: str | None = None
    url: Uri


class AccessibleAchievement(Accessibility, Achievement):
    """An achievement with the members of Accessibility."""


class AccessibleProfile(Accessibility, Profile):
    """A profile with the members of Accessibility."""

    url: Uri


class AccessibleCredential(Accessibility, AchievementCredential):
    """A badge with the members of Accessibility."""


class ApplyLink(Node):
    """Where one can apply for the badge (extension Apply Link)."""

    context_url: ClassVar[str] = f"{_EXTENSIONS}/applyLinkExtension/context-3.0.0.json"

    url: Uri


class ApplyLinkAchievement(ApplyLink, Achievement):
    """An achievement that says where one can apply for it."""

    type: Many[str] = ("Achievement", "ApplyLinkAchievement")


class Place(Node):
    """A place by name and by its point on the map (extension Geo Coordinates)."""

    name: Text | None = None
    description: Text | None = None
    geo: GeoCoordinates | None = None


class Placed(Node):
    """Where something happened (extension Geo Coordinates).

    Its context defines the type `Place` and no more: `place` needs a context of the issuer's own where the
    badge gets a Data Integrity proof. The place of an issuer is `address.geo` of its profile.
    """

    context_url: ClassVar[str] = f"{_EXTENSIONS}/geoCoordinatesExtension/context-3.0.0.json"

    place: Place


class PlaceAchievement(Placed, Achievement):
    """An achievement that belongs to a place."""

    type: Many[str] = ("Achievement", "Place")


class PlaceCredential(Placed, AchievementCredential):
    """A badge that was awarded at a place."""

    type: Many[str] = ("VerifiableCredential", "OpenBadgeCredential", "Place")


class License(Node):
    """The licence of a badge's design (extension License).

    `id` is the URL of the licence; the short names of the extension (such as `CC-BY`) are read, but as a
    JSON-LD identifier they mean nothing. `legalCode` is defined only under a type that the context does not
    let one write, so with a Data Integrity proof it is left out.
    """

    id: str
    name: Text
    legal_code: Uri | None = None


class Licensed(Node):
    """Under which licence the design can be used (extension License)."""

    context_url: ClassVar[str] = f"{_EXTENSIONS}/licenseExtension/context-3.0.0.json"

    license: License | None = None


class CCAchievement(Licensed, Achievement):
    """An achievement whose design has a licence."""

    type: Many[str] = ("Achievement", "CCAchievement")


class Question(Node):
    """One question of an assessment (extension Assessment 2.0)."""

    type: Many[str] = ("extensions:assessmentQuestions",)
    question_type: Literal["ExternalQuestion", "FileQuestion", "TextQuestion"]
    text: Text
    required: bool | None = None
    url: Uri | None = None
    word_limit: float | None = None
    character_limit: float | None = None
    rubric_criterion_level_id: Uri | None = None


class Section(Node):
    """Questions that belong together (extension Assessment 2.0)."""

    type: Many[str] = ("extensions:assessmentSections",)
    title: Text
    description: Text
    questions: Many[Question] = ()
    required: bool | None = None
    url: Uri | None = None
    rubric_criterion_level_id: Uri | None = None


class Assessed(Node):
    """How a result comes about (extension Assessment 2.0).

    Its context defines the members of the description itself and nothing within `sections`, so sections
    cannot stand under a Data Integrity proof.
    """

    context_url: ClassVar[str] = f"{_EXTENSIONS}/assessmentExtension/v2p0/context.json"

    description: Text
    assessment_type: Literal["Exam", "Performance", "Artifact"]
    assessment_output: Text
    has_group_participation: bool
    has_group_evaluation: bool
    evaluation_method: Text
    assessment_example: Uri | None = None
    scoring_method_example_description: Text | None = None
    assessment_evaluation: Uri | None = None
    sections: Many[Section] = ()


class AssessmentResultDescription(Assessed, ResultDescription):
    """A description of a result that tells how it comes about."""

    type: Many[str] = ("ResultDescription", "AssessmentResultDescription")


IsoDate: TypeAlias = Annotated[
    str,
    StringConstraints(
        pattern=r"^[0-9]{4}(-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])|(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01]))$"
    ),
]
"""A day with or without hyphens."""


class AccreditationProfile(TypedNode):
    """A body that has accredited the issuer (extension Issuer Accreditation 2.0)."""

    type: Many[str] = ("AccreditationProfile",)
    contact_instructions: Text
    logo: Uri | None = None
    area_served: Text | None = None
    accreditation_date: IsoDate | None = None
    educational_sector: Text | None = None


class Accredited(Node):
    """Who has accredited an issuer (extension Issuer Accreditation 2.0)."""

    context_url: ClassVar[str] = f"{_EXTENSIONS}/issuerAccreditationExtension/v2p0/context.json"

    accreditations: Many[AccreditationProfile]


class IssuerAccreditationProfile(Accredited, Profile):
    """An issuer that names who has accredited it."""

    type: Many[str] = ("Profile", "IssuerAccreditationProfile")


EXTENSIONS: Mapping[str, tuple[str, type[Node]]] = MappingProxyType(
    {
        "Accessibility": ("Accessibility", Accessibility),
        "ApplyLinkAchievement": ("Apply Link", ApplyLink),
        "Place": ("Geo Coordinates", Placed),
        "CCAchievement": ("License", Licensed),
        "AssessmentResultDescription": ("Assessment", Assessed),
        "IssuerAccreditationProfile": ("Issuer Accreditation", Accredited),
        "AccreditationProfile": ("Issuer Accreditation", AccreditationProfile),
    }
)
"""By the type that marks it: the name of an extension, and the members that it asks for."""


def extension_problems(document: JsonObject) -> tuple[ModelProblem, ...]:
    """Hold every object whose type names an extension to what that extension says.

    It works on any JSON and raises nothing.
    """
    found = {(problem.code, problem.pointer): problem for problem in _problems(document)}
    return tuple(found.values())


def _problems(document: JsonObject) -> Iterator[ModelProblem]:
    for place, part in parts(document):
        for name in strings_of(part.get("type")):
            if name not in EXTENSIONS:
                continue
            extension, members = EXTENSIONS[name]
            for problem in members.check(part)[1]:
                missing = problem.code == "MODEL-REQUIRED"
                yield ModelProblem(
                    "OB3-EXTENSION-MISSING" if missing else "OB3-EXTENSION-FORM",
                    pointer(*place) + problem.pointer,
                    {**problem.details, "extension": extension},
                )
