"""URIs, moments, enumerations and text in several languages: what is taken, what is refused, and why."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from openbadge_issuer.assertions import (
    Achievement,
    Alignment,
    Criteria,
    EndorsementSubject,
    IdentifierEntry,
    Image,
    LanguageValue,
    Profile,
    Proof,
    Related,
    Result,
    ResultDescription,
    localized,
)
from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.assertions.moments import parse_date_time, write_date_time
from openbadge_issuer.assertions.node import Node
from openbadge_issuer.assertions.values import DateTimeZ, Text
from openbadge_issuer.errors import ModelError


class Moment(Node):
    """A model with nothing but a date-time whose zone is required."""

    at: DateTimeZ


def reading(text: JsonValue) -> str:
    """The code of the problem with this value of a DateTimeZ, or the moment as it is written again."""
    model, problems = Moment.check({"at": text})
    return problems[0].code if model is None else str(model.to_json()["at"])


def profile(**members: JsonValue) -> JsonObject:
    return {"id": "https://example.org/issuer", "type": ["Profile"], **members}


def code(kind: type[Node], document: JsonObject) -> str:
    with pytest.raises(ModelError) as raised:
        kind.read(document)
    return raised.value.code


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("2026-01-31T12:00:00Z", "2026-01-31T12:00:00Z"),
        ("2026-01-31t12:00:00z", "2026-01-31T12:00:00Z"),
        ("2026-01-31T12:00:00+02:00", "2026-01-31T10:00:00Z"),
        ("2026-01-31T12:00:00-00:00", "2026-01-31T12:00:00Z"),
        ("2026-01-01T00:30:00+01:00", "2025-12-31T23:30:00Z"),
        ("2024-02-29T00:00:00Z", "2024-02-29T00:00:00Z"),
        ("2000-02-29T23:59:59-23:59", "2000-03-01T23:58:59Z"),
        ("2026-01-31T12:00:00.5Z", "2026-01-31T12:00:00.500000Z"),
        ("2026-01-31T12:00:00.000Z", "2026-01-31T12:00:00Z"),
        ("2026-01-31T12:00:00.123456789Z", "2026-01-31T12:00:00.123456Z"),
        ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
    ],
)
def test_a_date_time_with_a_zone_is_read_and_written_in_utc(text: str, written: str) -> None:
    assert reading(text) == written


@pytest.mark.parametrize(
    "text",
    [
        "2023-02-29T00:00:00Z",
        "1900-02-29T00:00:00Z",
        "2026-13-01T00:00:00Z",
        "2026-01-31T24:00:00Z",
        "2026-01-31T12:00:61Z",
        "2026-01-31T12:00:00+24:00",
        "2026-01-31 12:00:00Z",
        "2026-01-31T12:00Z",
        "2026-01-31",
        "20260131T120000Z",
        "2026-W05-6T12:00:00Z",
        "2026-01-31T12:00:00Z\n",
        "\uff12026-01-31T12:00:00Z",
        "0001-01-01T00:00:00+01:00",
        "9999-12-31T23:59:59-01:00",
        "tomorrow",
        "",
        20260131,
        True,
        [],
    ],
)
def test_what_is_no_date_time_is_refused(text: JsonValue) -> None:
    assert reading(text) == "MODEL-DATE-TIME"


@pytest.mark.parametrize("text", ["2026-01-31T12:00:00", "2026-01-31t12:00:00.5"])
def test_a_missing_time_zone_is_a_problem_of_its_own(text: str) -> None:
    assert reading(text) == "MODEL-TIME-ZONE"


def test_where_no_zone_is_required_its_absence_means_utc() -> None:
    proof = Proof.read({"type": "DataIntegrityProof", "created": "2026-01-31T12:00:00"})
    assert proof.created == datetime(2026, 1, 31, 12, tzinfo=UTC)


def test_a_builder_gives_a_moment_that_means_the_same_on_every_machine() -> None:
    naive = datetime(2026, 1, 31, 12)  # noqa: DTZ001  # what this test is about
    assert Proof(type="DataIntegrityProof", created=naive).created == naive.replace(tzinfo=UTC)
    with pytest.raises(ModelError, match="has no time zone"):
        Moment(at=naive)
    with pytest.raises(ModelError, match="is not a date and time"):
        Moment(at=datetime.min.replace(tzinfo=timezone(timedelta(hours=1))))


def test_moments_are_parsed_and_written_alone() -> None:
    moment = parse_date_time("2026-01-31T12:00:00+01:00")
    assert moment == datetime(2026, 1, 31, 11, tzinfo=UTC)
    assert write_date_time(moment) == "2026-01-31T11:00:00Z"
    with pytest.raises(ValueError, match="never"):
        parse_date_time("never")


@pytest.mark.parametrize("text", ["2024-02-29", "0001-01-01"])
def test_a_date_is_read_and_written(text: str) -> None:
    document = profile(dateOfBirth=text)
    assert Profile.read(document).date_of_birth == date.fromisoformat(text)
    assert Profile.read(document).to_json() == document


@pytest.mark.parametrize(
    "text", ["2023-02-29", "20240229", "2024-2-9", "2024-02-29T00:00:00Z", "2024-W09-4", ""]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    assert code(Profile, profile(dateOfBirth=text)) == "MODEL-DATE"


@pytest.mark.parametrize(
    "uri",
    [
        "https://example.org/a?b=c#d",
        "did:key:z6Mk",
        "urn:uuid:a7467ef6-56cb-11ec-bf63-0242ac130002",
        "data:image/png;base64,iVBORw0KGgo=",
        "https://voorbeeld.nl/één",
        "a+b-c.1:x",
    ],
)
def test_absolute_uris_and_iris_are_taken(uri: str) -> None:
    assert Image(id=uri).id == uri


@pytest.mark.parametrize(
    "uri",
    [
        "",
        "badge",
        "/badge",
        "//example.org",
        "https:",
        "1a:b",
        "https://a b",
        "https://a\n",
        "https://a\t",
        "https://<a>",
    ],
)
def test_what_is_no_absolute_uri_is_refused(uri: str) -> None:
    assert code(Image, {"id": uri, "type": "Image"}) == "MODEL-FORMAT"


@pytest.mark.parametrize("tag", ["nl", "nl-NL", "zh-Hant-TW", "es-419", "frr"])
def test_language_codes_are_taken(tag: str) -> None:
    assert Related(id="urn:x:a", in_language=tag).in_language == tag


@pytest.mark.parametrize("tag", ["NL", "nl_NL", "nl-nl", "dutch", "nl\n", ""])
def test_what_is_no_language_code_is_refused(tag: str) -> None:
    document: JsonObject = {"id": "urn:x:a", "type": ["Related"], "inLanguage": tag}
    assert code(Related, document) == "MODEL-FORMAT"


@pytest.mark.parametrize("token", ["aa.bb.cc", "a-_..c"])
def test_compact_jws_are_taken(token: str) -> None:
    assert Profile.read(profile(endorsementJwt=[token])).endorsement_jwt == (token,)


@pytest.mark.parametrize("token", ["aa.bb", "aa.bb.", "aa.b=.cc", "aa.bb.cc\n", ".bb.cc"])
def test_what_is_no_compact_jws_is_refused(token: str) -> None:
    assert code(Profile, profile(endorsementJwt=[token])) == "MODEL-FORMAT"


ENUMERATIONS = {
    "achievementType": (
        "Achievement ApprenticeshipCertificate Assessment Assignment AssociateDegree Award Badge "
        "BachelorDegree Certificate CertificateOfCompletion Certification CommunityService Competency "
        "Course CoCurricular Degree Diploma DoctoralDegree Fieldwork GeneralEducationDevelopment "
        "JourneymanCertificate LearningProgram License Membership ProfessionalDoctorate "
        "QualityAssuranceCredential MasterCertificate MasterDegree MicroCredential ResearchDoctorate "
        "SecondarySchoolDiploma"
    ),
    "targetType": (
        "ceasn:Competency ceterms:Credential CFItem CFRubric CFRubricCriterion CFRubricCriterionLevel CTDL"
    ),
    "identifierType": (
        "name sourcedId systemId productId userName accountId emailAddress nationalIdentityNumber isbn "
        "issn lisSourcedId oneRosterSourcedId sisSourcedId ltiContextId ltiDeploymentId ltiToolId "
        "ltiPlatformId ltiUserId identifier"
    ),
    "resultType": (
        "GradePointAverage LetterGrade Percent PerformanceLevel PredictedScore RawScore Result "
        "RubricCriterion RubricCriterionLevel RubricScore ScaledScore Status"
    ),
    "status": "Completed Enrolled Failed InProgress OnHold Provisional Withdrew",
}
"""The terms of section "Enumerations"."""

HOLDERS: dict[str, tuple[type[Node], JsonObject]] = {
    "achievementType": (
        Achievement,
        {
            "id": "urn:x:a",
            "type": ["Achievement"],
            "name": "a",
            "description": "a",
            "criteria": {"narrative": "a"},
        },
    ),
    "targetType": (Alignment, {"type": ["Alignment"], "targetName": "a", "targetUrl": "urn:x:a"}),
    "identifierType": (IdentifierEntry, {"type": "IdentifierEntry", "identifier": "a"}),
    "resultType": (ResultDescription, {"id": "urn:x:a", "type": ["ResultDescription"], "name": "a"}),
    "status": (Result, {"type": ["Result"]}),
}


@pytest.mark.parametrize("name", ENUMERATIONS)
def test_every_term_of_an_enumeration_is_taken_and_no_other(name: str) -> None:
    kind, document = HOLDERS[name]
    for term in ENUMERATIONS[name].split():
        assert kind.read({**document, name: term}).to_json()[name] == term
        assert code(kind, {**document, name: term.swapcase()}) == "MODEL-ENUM"
    assert code(kind, {**document, name: ""}) == "MODEL-ENUM"
    assert code(kind, {**document, name: 1}) in {"MODEL-KIND", "MODEL-ENUM"}


@pytest.mark.parametrize("name", sorted(set(ENUMERATIONS) - {"status"}))
def test_extensible_enumerations_take_ext_terms(name: str) -> None:
    kind, document = HOLDERS[name]
    for term in ("ext:MyTerm", "ext:a.b-c_d.9"):
        assert kind.read({**document, name: term}).to_json()[name] == term
    for term in ("ext:", "ext:a b", "Ext:a", "myext:a", "ext:é", "ext:a\n"):
        assert code(kind, {**document, name: term}) == "MODEL-ENUM"


def test_the_status_of_a_result_cannot_be_extended() -> None:
    kind, document = HOLDERS["status"]
    assert code(kind, {**document, "status": "ext:Almost"}) == "MODEL-ENUM"


def test_an_enumeration_says_what_it_expects() -> None:
    kind, document = HOLDERS["identifierType"]
    _, problems = kind.check({**document, "identifierType": "email"})
    assert problems[0].details["value"] == "email"
    assert "emailAddress" in str(problems[0].details["expected"])


TEXTS: list[JsonValue] = [
    "plain",
    "",
    {"@value": "een", "@language": "nl"},
    {"@value": "یک", "@language": "ur", "@direction": "rtl"},
    {"@value": "no language"},
    [{"@value": "one", "@language": "en"}, {"@value": "een", "@language": "nl-NL"}],
    {"en": "one", "nl-NL": "een"},
]


@pytest.mark.parametrize("text", TEXTS)
def test_every_form_of_text_is_read_and_written_back(text: JsonValue) -> None:
    document: JsonObject = {"narrative": text}
    assert Criteria.read(document).to_json() == document


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (5, "MODEL-KIND"),
        ([], "MODEL-EMPTY"),
        (["bare string in a list"], "MODEL-KIND"),
        ({"@value": 5}, "MODEL-KIND"),
        ({"@value": "a", "@language": "not a tag"}, "MODEL-FORMAT"),
        ({"@value": "a", "@language": "nl\n"}, "MODEL-FORMAT"),
        ({"@value": "a", "@direction": "up"}, "MODEL-ENUM"),
        ({"@value": "a", "@type": "b"}, "MODEL-CLOSED"),
        ({"@value": "a", "language": "nl"}, "MODEL-CLOSED"),
        ([{"@language": "nl"}], "MODEL-REQUIRED"),
        ({"Dutch": "een"}, "MODEL-FORMAT"),
        ({"nl\n": "een"}, "MODEL-FORMAT"),
        ({"nl": 1}, "MODEL-KIND"),
    ],
)
def test_text_of_no_form_is_refused(text: JsonValue, expected: str) -> None:
    assert code(
        EndorsementSubject, {"id": "urn:x:a", "type": ["EndorsementSubject"], "endorsementComment": text}
    ) == (expected)


ONE_AND_EEN = (LanguageValue("one", "en"), LanguageValue("een", "nl"))


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        (None, "nl", ""),
        ("plain", "nl", "plain"),
        (LanguageValue("een", "nl"), "en", "een"),
        (ONE_AND_EEN, "nl", "een"),
        (ONE_AND_EEN, "nl-BE", "een"),
        (ONE_AND_EEN, "fr", "one"),
        ((LanguageValue("een", "nl"), LanguageValue("un", "fr")), "de", "een"),
        ((LanguageValue("eerst", "nl"), LanguageValue("dan", "nl")), "nl", "eerst"),
        ((LanguageValue("een", "nl"), LanguageValue("?")), "de", "?"),
        ({"en": "one", "nl": "een"}, "nl", "een"),
        ({"fr": "un"}, "nl", "un"),
        ({"en": "one", "nl-NL": "een"}, "nl", "een"),
        (LanguageValue("een", "NL"), "nl", "een"),
        ({}, "nl", ""),
    ],
)
def test_text_is_shown_in_the_nearest_language(text: Text | None, language: str, expected: str) -> None:
    assert localized(text, language) == expected


@pytest.mark.parametrize("number", [1, 1.5, -0.0, 2**53])
def test_numbers_are_numbers(number: float) -> None:
    kind, document = HOLDERS["achievementType"]
    assert kind.read({**document, "creditsAvailable": number}).to_json()["creditsAvailable"] == number


@pytest.mark.parametrize("value", ["1", True, [], float("nan"), float("inf"), 10**400])
def test_what_is_no_finite_number_is_refused(value: JsonValue) -> None:
    kind, document = HOLDERS["achievementType"]
    assert code(kind, {**document, "creditsAvailable": value}) == "MODEL-KIND"
