"""Whatever is built is read again as the same, and whatever is read is judged without a crash."""

from __future__ import annotations

import copy
from typing import cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject, SearchStrategy

import strategies
from openbadge_issuer.assertions import AchievementCredential, AchievementCredentialV1, credential_class
from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, dump_json, parse_json_object, pointer
from openbadge_issuer.assertions.node import Node
from openbadge_issuer.errors.rules import rule_book

NAMES = (
    "images identities identifier_entries places addresses plain_profiles profiles proofs endorsements "
    "alignments rubric_levels result_descriptions results criteria achievements subjects evidence "
    "badges old_badges"
)
thorough = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], max_examples=25)
BOOK = rule_book()


@pytest.mark.parametrize("name", NAMES.split())
@thorough
@given(data=st.data())
def test_a_model_is_read_back_as_it_was_written(name: str, data: DataObject) -> None:
    model = data.draw(cast("SearchStrategy[Node]", getattr(strategies, name)))
    document = model.to_json()
    assert parse_json_object(dump_json(document)) == document
    again = type(model).read(document)
    assert again == model
    assert again.to_json() == document


@thorough
@given(strategies.badges | strategies.old_badges)
def test_the_contexts_of_a_badge_lead_to_its_class(badge: AchievementCredential) -> None:
    assert credential_class(badge.to_json()) is type(badge)


@thorough
@given(data=st.data())
def test_a_damaged_badge_is_judged_with_places_that_exist(data: DataObject) -> None:
    document = data.draw(strategies.badges).to_json()
    for _ in range(data.draw(st.integers(1, 3))):
        _damage(document, data)
    _check_every_problem(AchievementCredential, document)
    _check_every_problem(AchievementCredentialV1, document)


@given(strategies.json_objects)
def test_any_object_is_judged_with_places_that_exist(document: JsonObject) -> None:
    _check_every_problem(credential_class(document), document)


def _check_every_problem(kind: type[Node], document: JsonObject) -> None:
    before = copy.deepcopy(document)
    model, problems = kind.check(document)
    assert document == before
    assert (model is None) == bool(problems)
    places = set(_pointers(document))
    for problem in problems:
        parent, _, member = problem.pointer.rpartition("/")
        missing = problem.code == "MODEL-REQUIRED"
        assert (parent if missing else problem.pointer) in places, (problem, member)
        rule = BOOK[problem.code]
        assert rule.en.format_map(problem.details)
        assert rule.how_nl.format_map(problem.details)
    assert len({(problem.code, problem.pointer) for problem in problems}) == len(problems)


def _pointers(value: JsonValue, *steps: str | int) -> list[str]:
    inner: list[tuple[str | int, JsonValue]] = []
    if isinstance(value, dict):
        inner = list(value.items())
    elif isinstance(value, list):
        inner = list(enumerate(value))
    return [pointer(*steps), *(found for step, part in inner for found in _pointers(part, *steps, step))]


def _containers(value: JsonValue) -> list[JsonObject | list[JsonValue]]:
    if isinstance(value, dict):
        return [value, *(found for part in value.values() for found in _containers(part))]
    if isinstance(value, list):
        return [value, *(found for part in value for found in _containers(part))]
    return []


def _damage(document: JsonObject, data: DataObject) -> None:
    """Remove, replace, wrap or rename one member somewhere in the document."""
    filled = [container for container in _containers(document) if container]
    if not filled:
        return
    container = data.draw(st.sampled_from(range(len(filled))).map(filled.__getitem__))
    how = data.draw(st.sampled_from(["remove", "replace", "wrap", "rename"]))
    if isinstance(container, dict):
        name = data.draw(st.sampled_from(sorted(container)))
        value = container.pop(name)
        if how == "replace":
            container[name] = data.draw(strategies.json_values)
        elif how == "wrap":
            container[name] = [value]
        elif how == "rename":
            container[data.draw(strategies.strings)] = value
    else:
        position = data.draw(st.integers(0, len(container) - 1))
        value = container.pop(position)
        if how != "remove":
            container.insert(position, [value] if how == "wrap" else data.draw(strategies.json_values))
