"""Results refer to the achievement that is asserted: each rule kept and broken."""

from __future__ import annotations

import pytest

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.assertions.results import result_problems
from openbadge_issuer.errors.rules import rule_book

LETTERS: JsonObject = {"id": "urn:x:letters", "resultType": "LetterGrade", "allowedValue": ["C", "B", "A"]}
POINTS: JsonObject = {
    "id": "urn:x:points",
    "resultType": "RawScore",
    "valueMin": "1",
    "valueMax": "10",
    "requiredValue": "5.5",
}
RUBRIC: JsonObject = {
    "id": "urn:x:rubric",
    "resultType": "RubricCriterionLevel",
    "rubricCriterionLevel": [{"id": "urn:x:low"}, {"id": "urn:x:high"}],
    "requiredLevel": "urn:x:low",
}
STATUS: JsonObject = {"id": "urn:x:status", "resultType": "Status"}


def badge(result: JsonValue, *descriptions: JsonValue) -> JsonObject:
    achievement: JsonObject = {"resultDescription": [*(descriptions or (LETTERS, POINTS, RUBRIC, STATUS))]}
    return {"credentialSubject": {"result": result, "achievement": achievement}}


def found(document: JsonObject) -> list[tuple[str, str]]:
    return [(problem.code, problem.pointer) for problem in result_problems(document)]


@pytest.mark.parametrize(
    "result",
    [
        {},
        {"value": "whatever"},
        {"resultDescription": "urn:x:letters", "value": "A"},
        {"resultDescription": "urn:x:points", "value": "10"},
        {"resultDescription": "urn:x:points", "value": "8,5"},
        {"resultDescription": "urn:x:points", "value": "eight"},
        {"resultDescription": "urn:x:points", "value": "10,000"},
        {"resultDescription": "urn:x:rubric", "achievedLevel": "urn:x:high"},
        {"achievedLevel": "urn:x:high"},
        {"resultDescription": "urn:x:status", "status": "Failed"},
    ],
)
def test_a_result_that_fits_its_description_is_accepted(result: JsonObject) -> None:
    assert found(badge([result])) == []
    assert found(badge(result)) == []


@pytest.mark.parametrize(
    ("result", "code", "place"),
    [
        ({"resultDescription": "urn:x:other"}, "OB3-RESULT-DESCRIPTION", "/resultDescription"),
        ({"achievedLevel": "urn:x:other"}, "OB3-RESULT-LEVEL", "/achievedLevel"),
        (
            {"resultDescription": "urn:x:rubric", "achievedLevel": "urn:x:other"},
            "OB3-RESULT-LEVEL",
            "/achievedLevel",
        ),
        (
            {"resultDescription": "urn:x:letters", "achievedLevel": "urn:x:high"},
            "OB3-RESULT-OTHER-LEVEL",
            "/achievedLevel",
        ),
        ({"resultDescription": "urn:x:status"}, "OB3-RESULT-STATUS", ""),
        ({"resultDescription": "urn:x:letters", "value": "F"}, "OB3-RESULT-VALUE", "/value"),
        ({"resultDescription": "urn:x:points", "value": "0.9"}, "OB3-RESULT-VALUE", "/value"),
        ({"resultDescription": "urn:x:points", "value": "11"}, "OB3-RESULT-VALUE", "/value"),
    ],
)
def test_a_result_that_does_not_fit_is_found_at_its_place(result: JsonObject, code: str, place: str) -> None:
    assert found(badge([{}, result])) == [(code, f"/credentialSubject/result/1{place}")]


@pytest.mark.parametrize(
    ("description", "code", "member"),
    [
        ({**RUBRIC, "requiredLevel": "urn:x:other"}, "OB3-RESULT-REQUIRED-LEVEL", "requiredLevel"),
        ({**STATUS, "requiredLevel": "urn:x:low"}, "OB3-RESULT-REQUIRED-LEVEL", "requiredLevel"),
        ({**LETTERS, "requiredValue": "F"}, "OB3-RESULT-REQUIRED-VALUE", "requiredValue"),
        ({**POINTS, "requiredValue": "11"}, "OB3-RESULT-REQUIRED-VALUE", "requiredValue"),
    ],
)
def test_what_a_description_requires_must_be_possible(
    description: JsonObject, code: str, member: str
) -> None:
    place = f"/credentialSubject/achievement/resultDescription/0/{member}"
    assert found(badge([], description)) == [(code, place)]


@pytest.mark.parametrize(
    ("description", "value", "fits"),
    [
        ({"allowedValue": ["pass"], "valueMin": "1", "valueMax": "10"}, "pass", True),
        ({"allowedValue": ["pass"], "valueMin": "1", "valueMax": "10"}, "7", True),
        ({"allowedValue": ["pass"], "valueMin": "1", "valueMax": "10"}, "70", False),
        ({"allowedValue": ["pass"], "valueMin": "1", "valueMax": "10"}, "fail", False),
        ({"allowedValue": "pass"}, "pass", True),
        ({"allowedValue": ["pass", {"@value": "geslaagd", "@language": "nl"}]}, "geslaagd", True),
        ({"valueMin": "1"}, "0", False),
        ({"valueMax": "1"}, "-5", True),
        ({"valueMax": "high"}, "5", True),
    ],
)
def test_a_value_is_one_of_the_allowed_ones_or_lies_in_the_range(
    description: JsonObject, value: str, *, fits: bool
) -> None:
    result: JsonObject = {"resultDescription": "urn:x:d", "value": value}
    assert (found(badge(result, {"id": "urn:x:d", **description})) == []) == fits


def test_a_sentence_names_the_value_and_what_was_expected() -> None:
    problem = result_problems(badge({"resultDescription": "urn:x:points", "value": "11"}))[0]
    sentence = rule_book()[problem.code].en.format_map(problem.details)
    assert "“11”" in sentence
    assert "1…10" in sentence


def test_a_long_value_is_shortened() -> None:
    problem = result_problems(badge({"resultDescription": f"urn:x:{'y' * 500}"}))[0]
    assert len(str(problem.details["value"])) == 81


def test_the_links_that_the_text_requires_are_errors_and_the_values_warnings() -> None:
    book = rule_book()
    errors = {"DESCRIPTION", "LEVEL", "STATUS", "REQUIRED-LEVEL"}
    warnings = {"OTHER-LEVEL", "VALUE", "REQUIRED-VALUE"}
    assert {book[f"OB3-RESULT-{name}"].severity for name in errors} == {"error"}
    assert {book[f"OB3-RESULT-{name}"].severity for name in warnings} == {"warning"}


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"credentialSubject": None},
        {"credentialSubject": ["x", 1, {"result": [None, 2, []]}]},
        {"credentialSubject": {"result": {"resultDescription": {}, "achievedLevel": 4, "value": []}}},
        badge([{"resultDescription": "urn:x:d", "value": "1"}], {"id": "urn:x:d", "allowedValue": {}}),
        badge(7, None, [], {"id": [], "rubricCriterionLevel": [3, {"id": {}}], "valueMin": {}}),
    ],
)
def test_a_malformed_document_raises_nothing(document: JsonObject) -> None:
    assert isinstance(result_problems(document), tuple)
