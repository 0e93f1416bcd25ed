"""Damaged files: schemas and models give the same verdict, and what is read can be worked with."""

from __future__ import annotations

import copy
import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from pydantic import ValidationError

from openbadge_issuer.policy.badge_policy import BadgePolicy
from openbadge_issuer.policy.difference import differences
from openbadge_issuer.policy.explanation.explain import explain
from openbadge_issuer.policy.explanation.page_html import render_html
from openbadge_issuer.policy.explanation.page_markdown import render_markdown
from openbadge_issuer.policy.file_schemas import FILES, file_schema
from openbadge_issuer.policy.policy_check import findings

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "breakthrough"
SOUND = {
    "badge-policy": EXAMPLE / "badge-policy.toml",
    "badge": EXAMPLE / "badges" / "safe-online.toml",
    "people": EXAMPLE / "people.toml",
}
DOCUMENTS = {
    name: json.loads(json.dumps(tomllib.loads(path.read_text("utf-8")), default=str))
    for name, path in SOUND.items()
}
VALIDATORS = {name: Draft7Validator(file_schema(name)) for name in FILES}
ONLY_IN_CODE = {"POLICY-TIME-ZONE", "BADGE-CRITERION-TWICE", "PEOPLE-TWICE", "TOML-DATE"}
"""What no schema can tell: existing zones and dates, names that stand twice."""

TEXTS = """
x|X Y|en|fr|never|2 weeks|0 days|101 years|a@b.example|a b@c.example|https://a.example|https://a.example?q|
did:web:a.example|no-date|2026-01-31|award|Badge|ext:Medal|Medal|../x.svg|x.svg|hosted|with-consent
"""
VALUES = st.one_of(
    st.sampled_from(TEXTS.strip().replace("\n", "").split("|")),
    st.sampled_from([True, False, 2.5, 131_072, 131_073, 65 * 1024 * 1024]),
    st.sampled_from(["", "a\nb", "a\u0007b", "x" * 61, "x" * 201, "x" * 2001]),
    st.sampled_from([[], {}, ["award"], ["en"], ["en", "en"], ["fr"], [{}]]),
    st.sampled_from([{"en": "x"}, {"fr": "x"}, {"en": ""}, {"en": 1}, {"x": {}}]),
    st.integers(-5, 200),
    st.text(max_size=5).filter(lambda text: text == text.strip()),
)
NAMES = st.sampled_from(
    ["x", "en", "fr", "name", "eyes", "rights", "contact", "ends", "level", "X Y", "key", "url"]
)


@st.composite
def damaged(draw: st.DrawFn, name: str) -> Any:  # noqa: ANN401  # a JSON document
    """A document with a few members changed, taken out or put in, at any depth."""
    document = copy.deepcopy(DOCUMENTS[name])
    for _ in range(draw(st.integers(0, 3))):
        here: Any = document
        while True:
            inner = list(here.values()) if isinstance(here, dict) else here
            deeper = [one for one in inner if isinstance(one, dict | list) and one]
            if not deeper or draw(st.integers(0, 3)) == 0:
                break
            here = draw(st.sampled_from(deeper))
        keys = list(here) if isinstance(here, dict) else list(range(len(here)))
        what = draw(st.sampled_from(["change", "change", "drop", "add"]))
        if what == "add" and isinstance(here, dict):
            here[draw(NAMES)] = copy.deepcopy(draw(VALUES))
        elif what == "drop" and keys:
            del here[draw(st.sampled_from(keys))]
        elif keys:
            here[draw(st.sampled_from(keys))] = copy.deepcopy(draw(VALUES))
    return document


@pytest.mark.parametrize("name", FILES)
@settings(max_examples=120, deadline=None)
@given(data=st.data())
def test_schema_and_model_agree(name: str, data: st.DataObject) -> None:
    document = data.draw(damaged(name))
    try:
        FILES[name].model_validate(document)
        refused: set[str] = set()
    except ValidationError as error:
        refused = {detail["type"] for detail in error.errors(include_url=False)}
    if refused and refused <= ONLY_IN_CODE:
        return
    assert VALIDATORS[name].is_valid(document) == (not refused), refused


@settings(max_examples=120, deadline=None)
@given(data=st.data())
def test_every_policy_that_is_read_can_be_checked_explained_and_compared(data: st.DataObject) -> None:
    try:
        policy = BadgePolicy.model_validate(data.draw(damaged("badge-policy")))
    except ValidationError:
        return
    for found in findings(policy):
        assert found.remark.sentence("en") != found.remark.sentence("nl")
    for page in (explain(policy, "en"), explain(policy, "nl")):
        assert render_html(page).endswith("</html>\n")
        assert render_markdown(page).startswith("# ")
    sound = BadgePolicy.model_validate(DOCUMENTS["badge-policy"])
    assert bool(differences(sound, policy)) == (sound.digest != policy.digest)
