"""The scalar types of the data model: URIs, date-times, enumerations, and text in several languages.

Source: Open Badges 3.0, sections "Derived types", "Primitive types" and "Enumerations".
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated, Literal, TypeAlias, TypeVar

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    StrictStr,
    StringConstraints,
    Tag,
)
from pydantic.dataclasses import dataclass
from pydantic_core import PydanticCustomError

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.assertions.moments import DATE_TIME, in_utc_range, parse_date_time

Item = TypeVar("Item")

_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def _date_time(value: object) -> object:
    try:
        if isinstance(value, datetime):
            return in_utc_range(value)
        if isinstance(value, str):
            return parse_date_time(value)
    except ValueError:
        pass
    raise PydanticCustomError("MODEL-DATE-TIME", "not a date-time")


def _date_time_with_zone(value: object) -> object:
    if isinstance(value, datetime) and value.utcoffset() is None:
        raise PydanticCustomError("MODEL-TIME-ZONE", "no time zone")
    if isinstance(value, str):
        match = DATE_TIME.fullmatch(value)
        if match is not None and not match["zone"]:
            raise PydanticCustomError("MODEL-TIME-ZONE", "no time zone")
    return _date_time(value)


def _date(value: object) -> object:
    if not isinstance(value, str):
        return value
    if _DATE.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise PydanticCustomError("MODEL-DATE", "not a date")


def _sequence(value: object) -> object:
    """Read a single value as a sequence of one: JSON-LD makes no difference between the two."""
    if isinstance(value, list):
        return tuple(value)
    return value if isinstance(value, tuple) else (value,)


Many: TypeAlias = Annotated[tuple[Item, ...], Field(strict=False), BeforeValidator(_sequence)]
"""Zero or more values; a single value is read as a sequence of one, and an array is written."""
OneOrMore: TypeAlias = Annotated[
    tuple[Item, ...], Field(strict=False, min_length=1), BeforeValidator(_sequence)
]
"""The same, but never none."""

DateTime: TypeAlias = Annotated[datetime, BeforeValidator(_date_time)]
DateTimeZ: TypeAlias = Annotated[datetime, BeforeValidator(_date_time_with_zone)]
"""A date-time whose time zone must be written."""
Date: TypeAlias = Annotated[date, BeforeValidator(_date)]

Uri: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9+.\-]*:[^\s<>\"{}|\\^`]+$")]
"""An absolute URI or IRI (https, did, urn, data); a relative one would mean something else elsewhere."""
LanguageCode: TypeAlias = Annotated[
    str, StringConstraints(pattern=r"^[a-z]{2,4}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$")
]
CompactJws: TypeAlias = Annotated[
    str, StringConstraints(pattern=r"^[a-zA-Z0-9_-]+\.[a-zA-Z0-9_-]*\.[a-zA-Z0-9_-]+$")
]


@dataclass(frozen=True, config=ConfigDict(extra="forbid", validate_by_name=True, defer_build=True))
class LanguageValue:
    """Text in a named language and direction (VC Data Model 2.0, section "Language and Base Direction")."""

    # A strict dataclass would refuse the objects of a document, so its fields are strict one by one.
    value: StrictStr = Field(validation_alias="@value")
    language: StrictStr | None = Field(
        default=None, validation_alias="@language", pattern=r"^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$"
    )
    direction: Literal["ltr", "rtl"] | None = Field(default=None, validation_alias="@direction")

    def to_json(self) -> JsonObject:
        """Write the value object of JSON-LD."""
        parts = {"@value": self.value, "@language": self.language, "@direction": self.direction}
        return {name: part for name, part in parts.items() if part is not None}


LanguageMap: TypeAlias = dict[Annotated[str, StringConstraints(pattern=r"^[a-z]{2}(-[A-Z]{2})?$")], str]
"""Text by language, as the published JSON Schemas allow; no context defines it, so it is read, not issued."""


def _text_form(value: object) -> str:
    if isinstance(value, LanguageValue):
        return "text:value"
    if isinstance(value, dict):
        return "text:value" if "@value" in value else "text:map"
    return "text:values" if isinstance(value, list | tuple) else "text:string"


Text: TypeAlias = Annotated[
    Annotated[str, Tag("text:string")]
    | Annotated[LanguageValue, Tag("text:value")]
    | Annotated[OneOrMore[LanguageValue], Tag("text:values")]
    | Annotated[LanguageMap, Tag("text:map")],
    Discriminator(_text_form),
]
"""A string, or the same text in one or more languages."""


def localized(text: Text | None, language: str) -> str:
    """Return a text in the language asked for, else in English, else in the first one given."""
    if text is None or isinstance(text, str):
        return text or ""
    if isinstance(text, dict):
        choices = list(text.items())
    else:
        values = (text,) if isinstance(text, LanguageValue) else text
        choices = [(value.language or "", value.value) for value in values]
    wanted = language.lower()

    def distance(choice: tuple[str, str]) -> tuple[bool, ...]:
        tag = choice[0].lower()
        own = tag.partition("-")[0]
        return tag != wanted, own != wanted.partition("-")[0], own != "en", tag != ""

    return min(choices, key=distance, default=("", ""))[1]


def _extensible(terms: str) -> AfterValidator:
    """Accept the terms of an extensible enumeration, and `ext:` with a name (section "Enumerations")."""
    known = frozenset(terms.split())

    def check(value: str) -> str:
        if value not in known and not _EXTENSION.fullmatch(value):
            raise PydanticCustomError("MODEL-ENUM", "enum", {"expected": ", ".join(sorted(known))})
        return value

    return AfterValidator(check)


_EXTENSION = re.compile(r"ext:[A-Za-z0-9.\-_|]+")

AchievementType: TypeAlias = Annotated[
    str,
    _extensible(
        "Achievement ApprenticeshipCertificate Assessment Assignment AssociateDegree Award Badge "
        "BachelorDegree Certificate CertificateOfCompletion Certification CommunityService Competency "
        "Course CoCurricular Degree Diploma DoctoralDegree Fieldwork GeneralEducationDevelopment "
        "JourneymanCertificate LearningProgram License Membership ProfessionalDoctorate "
        "QualityAssuranceCredential MasterCertificate MasterDegree MicroCredential ResearchDoctorate "
        "SecondarySchoolDiploma"
    ),
]
AlignmentTargetType: TypeAlias = Annotated[
    str,
    _extensible(
        "ceasn:Competency ceterms:Credential CFItem CFRubric CFRubricCriterion CFRubricCriterionLevel CTDL"
    ),
]
IdentifierType: TypeAlias = Annotated[
    str,
    _extensible(
        "name sourcedId systemId productId userName accountId emailAddress nationalIdentityNumber isbn "
        "issn lisSourcedId oneRosterSourcedId sisSourcedId ltiContextId ltiDeploymentId ltiToolId "
        "ltiPlatformId ltiUserId identifier"
    ),
]
ResultType: TypeAlias = Annotated[
    str,
    _extensible(
        "GradePointAverage LetterGrade Percent PerformanceLevel PredictedScore RawScore Result "
        "RubricCriterion RubricCriterionLevel RubricScore ScaledScore Status"
    ),
]
ResultStatusType: TypeAlias = Literal[
    "Completed", "Enrolled", "Failed", "InProgress", "OnHold", "Provisional", "Withdrew"
]
