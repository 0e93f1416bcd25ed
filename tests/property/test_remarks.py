"""What looks at raw JSON takes any JSON: no exception, no change, and places that exist."""

from __future__ import annotations

import copy
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject, SearchStrategy

import strategies
from openbadge_issuer.assertions import AchievementCredential
from openbadge_issuer.assertions.extensions import EXTENSIONS, extension_problems
from openbadge_issuer.assertions.interop import interop_problems
from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.assertions.learner_record import association_problems, contained_credentials
from openbadge_issuer.assertions.problems import ModelProblem
from openbadge_issuer.assertions.results import result_problems
from openbadge_issuer.errors.rules import rule_book

CHECKS = (association_problems, extension_problems, interop_problems, result_problems)

_NAMES = [
    *("@context", "achievedLevel", "achievement", "allowedValue", "association", "credentialStatus"),
    *("credentialSubject", "evidence", "id", "identityType", "issuer", "requiredLevel", "requiredValue"),
    *("result", "resultDescription", "resultType", "rubricCriterionLevel", "sourceId", "status", "tags"),
    *("type", "validFrom", "value", "valueMax", "valueMin", "verifiableCredential", "place", "sections"),
]
_WORDS = [*EXTENSIONS, "Achievement", "Profile", "Result", "Status", "Evidence", "ClrSubject", "5", "urn:x:y"]
_words = st.sampled_from([*_WORDS, "EnvelopedVerifiableCredential", "data:application/vc+jwt,a.b.c"])
_objects = cast(
    "SearchStrategy[JsonObject]",
    st.dictionaries(
        st.sampled_from(_NAMES),
        st.recursive(
            strategies.json_scalars | _words,
            lambda inner: (
                st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(_NAMES), inner, max_size=5)
            ),
            max_leaves=20,
        ),
        max_size=6,
    ),
)
"""Objects that are built of the names that the checks look for."""


def _exists(document: JsonObject, problem: ModelProblem) -> bool:
    here: JsonValue = document
    steps = problem.pointer.split("/")[1:]
    for position, step in enumerate(steps):
        name = step.replace("~1", "/").replace("~0", "~")
        if isinstance(here, dict) and name in here:
            here = here[name]
        elif isinstance(here, list) and name.isdigit() and int(name) < len(here):
            here = here[int(name)]
        else:  # what is missing has its place all the same
            return problem.code == "OB3-EXTENSION-MISSING" and position == len(steps) - 1
    return True


def _check(document: JsonObject) -> None:
    before = copy.deepcopy(document)
    contained_credentials(document)
    for check in CHECKS:
        for problem in check(document):
            rule = rule_book()[problem.code]
            assert rule.en.format_map(problem.details)
            assert rule.how_nl.format_map(problem.details)
            assert _exists(document, problem), problem
    assert document == before


@settings(max_examples=300)
@given(_objects | strategies.json_objects)
def test_any_object_is_looked_at(document: JsonObject) -> None:
    _check(document)


@pytest.mark.parametrize("name", ["badges", "endorsements", "subjects"])
@settings(max_examples=40)
@given(data=st.data())
def test_any_model_is_looked_at(name: str, data: DataObject) -> None:
    _check(data.draw(getattr(strategies, name)).to_json())


@settings(max_examples=40)
@given(strategies.badges)
def test_what_we_write_is_in_plain_form(badge: AchievementCredential) -> None:
    codes = {problem.code for problem in interop_problems(badge.to_json())}
    assert "OB3-NOT-ARRAY" not in codes
