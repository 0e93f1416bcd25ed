"""How results refer to the achievement: no schema can state these rules (Open Badges 3.0, Result)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, pointer
from openbadge_issuer.assertions.json_walk import Place, object_of, objects_of, strings_of
from openbadge_issuer.assertions.problems import ModelProblem, _shown

_NUMBER = re.compile(r"[+-]?\d{1,30}(\.\d{1,30}|,\d{1,2})?", re.ASCII)
"""A number as people write one. Three digits after a comma may be thousands, so they are not judged."""


def result_problems(document: JsonObject) -> tuple[ModelProblem, ...]:
    """Find results, and descriptions of results, that do not fit together.

    It works on any JSON and raises nothing; what has the wrong kind is left to the model, which names it.
    """
    subject = document.get("credentialSubject")
    if type(subject) is dict and not _names_results(subject):
        return ()
    return tuple(_problems(document))


def _names_results(subject: JsonObject) -> bool:
    return "result" in subject or "resultDescription" in object_of(subject, "achievement")


def _problems(document: JsonObject) -> Iterator[ModelProblem]:
    for above, subject in objects_of(document, "credentialSubject"):
        inside = (*above, "achievement")
        descriptions = list(objects_of(object_of(subject, "achievement"), "resultDescription", inside))
        for place, description in descriptions:
            yield from _of_description(place, description)
        for place, result in objects_of(subject, "result", above):
            yield from _of_result(place, result, [description for _, description in descriptions])


def _of_description(place: Place, description: JsonObject) -> Iterator[ModelProblem]:
    level = description.get("requiredLevel")
    if isinstance(level, str) and level not in _levels(description):
        yield _problem("OB3-RESULT-REQUIRED-LEVEL", place, "requiredLevel", value=level)
    value = description.get("requiredValue")
    if isinstance(value, str) and (expected := _missed(value, description)):
        yield _problem("OB3-RESULT-REQUIRED-VALUE", place, "requiredValue", value=value, expected=expected)


def _of_result(place: Place, result: JsonObject, descriptions: list[JsonObject]) -> Iterator[ModelProblem]:
    link = result.get("resultDescription")
    linked = [one for one in descriptions if isinstance(link, str) and one.get("id") == link]
    level = result.get("achievedLevel")
    if isinstance(link, str) and not linked:
        yield _problem("OB3-RESULT-DESCRIPTION", place, "resultDescription", value=link)
    if isinstance(level, str) and not any(level in _levels(one) for one in linked or descriptions):
        elsewhere = any(level in _levels(one) for one in descriptions)
        code = "OB3-RESULT-OTHER-LEVEL" if elsewhere else "OB3-RESULT-LEVEL"
        yield _problem(code, place, "achievedLevel", value=level)
    for description in linked[:1]:
        if description.get("resultType") == "Status" and "status" not in result:
            yield _problem("OB3-RESULT-STATUS", place)
        value = result.get("value")
        if isinstance(value, str) and (expected := _missed(value, description)):
            yield _problem("OB3-RESULT-VALUE", place, "value", value=value, expected=expected)


def _levels(description: JsonObject) -> set[str]:
    levels = objects_of(description, "rubricCriterionLevel")
    return {found for _, level in levels if isinstance(found := level.get("id"), str)}


def _missed(value: str, description: JsonObject) -> str:
    """Say which values a description takes, if this is surely none of them; empty otherwise."""
    allowed = description.get("allowedValue", [])
    named = strings_of(allowed)
    if value in named or (isinstance(allowed, list) and len(named) < len(allowed)):
        return ""  # texts in several languages are not compared
    low, high, number = (
        _number(one) for one in (description.get("valueMin"), description.get("valueMax"), value)
    )
    ranged = low is not None or high is not None
    if ranged and number is not None:
        if (low is None or number >= low) and (high is None or number <= high):
            return ""
        named = (*named, f"{'' if low is None else low}…{'' if high is None else high}")
    return ", ".join(named)


def _number(value: JsonValue) -> Decimal | None:
    if not isinstance(value, str) or not _NUMBER.fullmatch(value.strip()):
        return None
    return Decimal(value.strip().replace(",", "."))


def _problem(code: str, place: Place, *name: str, **details: str) -> ModelProblem:
    return ModelProblem(code, pointer(*place, *name), {key: _shown(text) for key, text in details.items()})
