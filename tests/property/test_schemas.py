"""Our schemas against the published ones on generated documents; strangers' schemas against jsonschema."""

from __future__ import annotations

import copy
import json
import re
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject

import strategies
from openbadge_issuer.assertions import EndorsementCredential
from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.assertions.schema.catalogue import schemas
from openbadge_issuer.jsonld.contexts import PINNED
from openbadge_issuer.resolution.documents import Documents
from openbadge_issuer.verification.json_schema.pattern import PatternError, compile_pattern
from openbadge_issuer.verification.schemas import check_schemas
from openbadge_issuer.verification.settings import Settings

thorough = settings(
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.function_scoped_fixture,
    ],
    max_examples=25,
)
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
MODELS = {
    "achievement-credential": (strategies.badges, "ob-v3p0/json/ob_v3p0_achievementcredential_schema.json"),
    "endorsement-credential": (
        strategies.endorsements.filter(lambda endorsement: type(endorsement) is EndorsementCredential),
        "ob-v3p0/json/ob_v3p0_endorsementcredential_schema.json",
    ),
    "profile": (strategies.profiles, "ob-v3p0/json/ob_v3p0_profile_schema.json"),
}
ODD: st.SearchStrategy[Any] = (
    st.sampled_from(
        [None, True, 0, 1.5, "", "x", "ext:x", "ext:", "Status", "name", "Image", "nl", "a.b.c", "2026-11-23"]
    )
    | st.sampled_from(["2026-11-23T12:00:00Z", "2026-11-23T12:00:00", "2026-02-30T12:00:00Z"])
    | strategies.texts.map(lambda text: text if isinstance(text, str | dict) else {"@value": "x"})
    | strategies.json_values
)


@cache
def _judges(root: Path, name: str) -> tuple[Any, Any]:
    ours = schemas()[name]
    theirs = json.loads((root / "schemas" / MODELS[name][1]).read_bytes())
    checker = jsonschema.FormatChecker()
    return (
        jsonschema.Draft201909Validator(ours, format_checker=checker),
        jsonschema.Draft201909Validator(theirs, format_checker=checker),
    )


@pytest.mark.parametrize("name", MODELS)
@thorough
@given(data=st.data())
def test_a_generated_document_gets_the_published_verdict(
    conformance: Path, name: str, data: DataObject
) -> None:
    ours, theirs = _judges(conformance, name)
    model = data.draw(MODELS[name][0])
    written = model.to_json()
    assert ours.is_valid(written) == theirs.is_valid(written)
    document: Any = _as_published(written)
    assert ours.is_valid(document)
    assert theirs.is_valid(document)
    for _ in range(8):
        damaged = copy.deepcopy(document)
        for _ in range(data.draw(st.integers(1, 2))):
            _damage(damaged, data)
        assert ours.is_valid(damaged) == theirs.is_valid(damaged)


def _as_published(value: Any, name: str = "") -> Any:  # noqa: ANN401  # JSON in and out
    """The document without what the models take from the VC Data Model and the published schemas do not."""
    if isinstance(value, list):
        parts = [_as_published(part, name) for part in value]
        kept = [part for part in parts if part is not None]
        return kept[0] if kept and (name in SINGLE or _is_language_value(value[0])) else kept
    if isinstance(value, str):
        return value.replace("ext:-", "ext:a")
    if not isinstance(value, dict):
        return value
    if "@value" in value:
        return value["@value"]
    if name == "endorsement" and "issuanceDate" in value:
        return None
    types = ("type",) if name in SERVICES else ()
    members = {
        inner: part[0] if inner in types and isinstance(part, list) else _as_published(part, inner)
        for inner, part in value.items()
        if not inner.startswith("x:")
    }
    return {inner: part for inner, part in members.items() if part != [] or inner not in SINGLE}


SINGLE = {"credentialStatus", "refreshService"}
SERVICES = {*SINGLE, "credentialSchema", "termsOfUse"}


def _is_language_value(value: JsonValue) -> bool:
    return isinstance(value, dict) and "@value" in value


def _places(value: JsonValue) -> list[tuple[Any, Any]]:
    """Every object or array with the place of each of its parts."""
    parts = list(value.items()) if isinstance(value, dict) else []
    parts = parts or (list(enumerate(value)) if isinstance(value, list) else [])  # type: ignore[arg-type]  # either
    return [(value, place) for place, _ in parts] + [found for _, part in parts for found in _places(part)]


def _damage(document: JsonObject, data: DataObject) -> None:
    """Delete, rename, retype, wrap or unwrap one part somewhere, or add another one."""
    places = _places(document)
    holder, place = places[data.draw(st.integers(0, len(places) - 1))]
    part = holder[place]
    match data.draw(st.sampled_from(["delete", "rename", "retype", "array", "single", "language", "add"])):
        case "delete":
            del holder[place]
        case "rename" if isinstance(holder, dict):
            holder[f"x:{place}"] = holder.pop(place)
        case "retype":
            holder[place] = data.draw(ODD)
        case "array":
            holder[place] = [part]
        case "single" if isinstance(part, list) and part:
            holder[place] = part[0]
        case "language":
            holder[place] = {data.draw(st.sampled_from(["nl", "en-GB", "nld", "@value"])): part}
        case "add" if isinstance(holder, dict):
            holder["x:more"] = data.draw(ODD)


KEYWORDS = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from(["object", "array", "string", "number", "boolean", ["string", "null"]]),
        "required": st.lists(st.sampled_from(["a", "b", "id"]), max_size=2, unique=True),
        "enum": st.lists(strategies.json_scalars, min_size=1, max_size=3),
        "const": strategies.json_scalars,
        "minLength": st.integers(0, 3),
        "maximum": st.integers(-2, 2),
        "minItems": st.integers(0, 2),
        "uniqueItems": st.booleans(),
        "pattern": st.sampled_from(["^a", "b$", "[0-9]+", "^$", "a|b"]),
        "format": st.sampled_from(["date-time", "uri", "unknown"]),
    },
)


def _nested(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    listed = st.lists(inner, min_size=1, max_size=2)
    named = st.dictionaries(st.sampled_from(["a", "b", "id"]), inner, max_size=2)
    return st.builds(
        lambda plain, more: {**plain, **more},
        KEYWORDS,
        st.fixed_dictionaries(
            {},
            optional={
                "properties": named,
                "patternProperties": st.dictionaries(st.sampled_from(["^a", "d$"]), inner, max_size=1),
                "additionalProperties": inner,
                "items": inner,
                "contains": inner,
                "allOf": listed,
                "anyOf": listed,
                "oneOf": listed,
                "not": inner,
                "propertyNames": inner,
            },
        ),
    )


SCHEMAS = st.recursive(KEYWORDS | st.booleans(), _nested, max_leaves=5).filter(
    lambda schema: isinstance(schema, dict)
)
SMALL = st.dictionaries(st.sampled_from(["a", "b", "id", "x"]), strategies.json_values, max_size=4)


def _outcome(document: JsonObject, schema: JsonValue, kind: str = "JsonSchema") -> tuple[str, str]:
    url = "https://schemas.example/one"
    named: JsonObject = {**document, "credentialSchema": {"id": url, "type": kind}}
    given = Documents({url: json.dumps(schema).encode()})
    (found,) = check_schemas(named, Settings(now=NOW, at=NOW, loader=PINNED, fetcher=given))
    assert found.message()
    assert found.message("nl")
    return found.code, found.outcome


@settings(thorough, max_examples=100)
@given(document=SMALL, schema=SCHEMAS)
def test_a_strangers_schema_gives_the_verdict_of_plain_jsonschema(
    document: JsonObject, schema: JsonObject
) -> None:
    named = {**document, "credentialSchema": {"id": "https://schemas.example/one", "type": "JsonSchema"}}
    checker = jsonschema.FormatChecker(formats=["date-time", "uri"])
    plain = jsonschema.Draft202012Validator(schema, format_checker=checker).is_valid(named)
    assert _outcome(document, schema) == ("SCHEMA-MISMATCH", "passed" if plain else "failed")


WORDS = st.sampled_from(
    [
        *("$ref", "$id", "$schema", "$anchor", "$defs", "$dynamicRef", "$recursiveRef", "type", "properties"),
        *("items", "allOf", "anyOf", "not", "pattern", "patternProperties", "unevaluatedProperties"),
        *("additionalProperties", "multipleOf", "format", "contains", "x"),
    ]
)
VALUES = st.sampled_from(
    [
        *("#", "#/x", "#/$defs/x", "x", "https://schemas.example/one", "string", "(a+)+$", "(", "[", "\\1"),
        "https://json-schema.org/draft/2020-12/schema",
        *(0, -1, True, False, None),
    ]
)
SOUP = st.recursive(
    VALUES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=10,
)


@settings(thorough, max_examples=100)
@given(document=SMALL, schema=SOUP, kind=st.sampled_from(["JsonSchema", "1EdTechJsonSchemaValidator2019"]))
def test_whatever_a_schema_is_there_is_a_finding(document: JsonObject, schema: JsonValue, kind: str) -> None:
    code, outcome = _outcome(document, schema, kind)
    assert outcome in {"SCHEMA-MISMATCH": ("passed", "failed")}.get(code, ("undetermined",))


LETTERS = st.sampled_from(["a", "b", "c", ".", "[ab]", "[^a]", r"\d", r"\w", r"\.", "^", "$", r"\s"])
PATTERNS = st.recursive(
    LETTERS,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3).map("".join)
        | st.lists(inner, min_size=1, max_size=3).map(lambda parts: f"({'|'.join(parts)})")
        | st.builds(
            lambda part, times: f"(?:{part}){times}",
            inner,
            st.sampled_from(["*", "+", "?", "{2}", "{1,3}", "{2,}", "*?"]),
        )
    ),
    max_leaves=6,
)


@settings(thorough, max_examples=300)
@given(pattern=PATTERNS, text=st.text("abc1. _", max_size=8))
def test_a_pattern_matches_where_pythons_matcher_says_so(pattern: str, text: str) -> None:
    assert compile_pattern(pattern).found_in(text, lambda _: None) == (
        re.search(pattern.replace("$", r"\Z"), text, re.ASCII) is not None
    )


@given(st.text(st.sampled_from("()[]{}|*+?^$.\\-abdwsxu01,:"), max_size=12), st.text("ab01", max_size=6))
def test_any_text_is_a_pattern_or_refused(pattern: str, text: str) -> None:
    try:
        compiled = compile_pattern(pattern)
    except PatternError:
        return
    assert compiled.found_in(text, lambda _: None) in (True, False)
