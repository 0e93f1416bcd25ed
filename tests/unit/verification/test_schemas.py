"""The schemas that a badge names are honoured: those that ship offline, others within bounds."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from typing import Any, TypeAlias

import pytest

from openbadge_issuer.assertions.json_text import JsonValue
from openbadge_issuer.jsonld.contexts import PINNED
from openbadge_issuer.resolution.documents import Documents
from openbadge_issuer.resolution.fetching import Fetched
from openbadge_issuer.verification.json_schema.bounded import FORMATS, MAX_WORK
from openbadge_issuer.verification.json_schema.library import MAX_FETCHED, MAX_SCHEMA_BYTES
from openbadge_issuer.verification.report import Finding
from openbadge_issuer.verification.schemas import MAX_ENTRIES, check_schemas
from openbadge_issuer.verification.settings import Settings

Document: TypeAlias = dict[str, Any]
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
CANONICAL = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"
URL = "https://schemas.example/badge.json"
DRAFT_7 = "http://json-schema.org/draft-07/schema#"
DRAFT_2019 = "https://json-schema.org/draft/2019-09/schema#"
DRAFT_2020 = "https://json-schema.org/draft/2020-12/schema"
BADGE: Document = {
    "@context": [
        "https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    ],
    "id": "urn:x:badge",
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "issuer": {"id": "did:example:issuer", "type": ["Profile"]},
    "validFrom": "2026-11-23T12:00:00Z",
    "credentialSubject": {
        "id": "did:example:holder",
        "type": ["AchievementSubject"],
        "achievement": {
            "id": "urn:x:achievement",
            "type": ["Achievement"],
            "name": "A",
            "description": "B",
            "criteria": {"narrative": "C"},
        },
    },
}


def _entry(url: str = URL, kind: JsonValue = "JsonSchema") -> Document:
    return {"id": url, "type": kind}


def _check(
    entries: JsonValue, badge: Document = BADGE, documents: dict[str, Any] | None = None
) -> tuple[Finding, ...]:
    given = None
    if documents is not None:
        given = Documents(
            {
                url: body if isinstance(body, bytes | Fetched) else json.dumps(body).encode()
                for url, body in documents.items()
            }
        )
    settings = Settings(now=NOW, at=NOW, loader=PINNED, fetcher=given)
    return check_schemas({**badge, "credentialSchema": entries}, settings)


def _one(schema: Any, badge: Document = BADGE, kind: str = "JsonSchema", **more: Any) -> Finding:  # noqa: ANN401  # JSON
    (found,) = _check(
        _entry(kind=kind),
        badge,
        {URL: schema, **{f"https://schemas.example/{name}.json": part for name, part in more.items()}},
    )
    return found


def _what(findings: tuple[Finding, ...]) -> list[tuple[str, str, str]]:
    return [(found.code, found.outcome, found.pointer) for found in findings]


def test_a_badge_that_names_no_schema_has_no_finding() -> None:
    settings = Settings(now=NOW, at=NOW, loader=PINNED)
    assert check_schemas(BADGE, settings) == ()


@pytest.mark.parametrize("shape", ["json", "json-ld"])
def test_a_published_schema_is_applied_without_any_network(shape: str) -> None:
    findings = _check([_entry(CANONICAL.replace("/json/", f"/{shape}/"), "1EdTechJsonSchemaValidator2019")])
    assert _what(findings) == [
        ("SCHEMA-BUNDLED", "passed", "/credentialSchema/0"),
        ("SCHEMA-MISMATCH", "passed", "/credentialSchema/0"),
    ]
    assert "nothing was fetched" in findings[0].message()


def test_a_badge_that_breaks_a_published_schema_is_told_where() -> None:
    badge = {**BADGE, "issuer": {"id": "did:example:issuer", "name": "B"}, "validFrom": "yesterday"}
    findings = _check(_entry(CANONICAL, "1EdTechJsonSchemaValidator2019"), badge)
    assert _what(findings)[1] == ("SCHEMA-MISMATCH", "failed", "/issuer")
    assert "/issuer: required type; /validFrom: format date-time" in findings[1].message()


def test_an_alternative_is_told_by_its_innermost_place() -> None:
    badge = {**BADGE, "issuer": {**_entry(), "type": ["Profile"], "address": {"type": "Address", "geo": {}}}}
    findings = _check(_entry(CANONICAL, "1EdTechJsonSchemaValidator2019"), badge)
    assert findings[1].pointer == "/issuer/address/geo"


def test_further_schemas_come_from_the_fetcher() -> None:
    assert _what((_one({"required": ["issuer"]}),)) == [("SCHEMA-MISMATCH", "passed", "/credentialSchema")]
    found = _one({"required": ["evidence"], "properties": {"id": {"const": 1}, "type": {"maxItems": 1}}})
    assert (found.code, found.outcome, found.pointer) == ("SCHEMA-MISMATCH", "failed", "")
    assert found.message("nl")


def test_many_problems_are_cut_short() -> None:
    found = _one({"required": [f"m{number}" for number in range(50)]})
    assert found.message().endswith(": /: required m0; /: required m1; /: required m2; ….")


@pytest.mark.parametrize(
    ("named", "kind", "array_of_schemas_counts"),
    [
        (None, "JsonSchema", False),
        (None, "1EdTechJsonSchemaValidator2019", True),
        (DRAFT_7, "JsonSchema", True),
        (DRAFT_2019, "JsonSchema", True),
        (DRAFT_2020, "1EdTechJsonSchemaValidator2019", False),
    ],
)
def test_the_type_gives_the_dialect_unless_the_schema_names_it(
    named: str | None, kind: str, *, array_of_schemas_counts: bool
) -> None:
    """An array of schemas under `items` is a rule by place up to 2019-09, and later `prefixItems` is."""
    by_place: list[Any] = [{"const": "VerifiableCredential"}, {"const": "Other"}]
    schema: Document = {"properties": {"type": {"prefixItems": by_place, "items": by_place}}}
    if not array_of_schemas_counts:
        schema = {"properties": {"type": {"prefixItems": by_place}}}
    found = _one(schema if named is None else {"$schema": named, **schema}, kind=kind)
    assert (found.code, found.outcome, found.pointer) == ("SCHEMA-MISMATCH", "failed", "/type/1")


def test_formats_are_asserted() -> None:
    schema = {"properties": {"validFrom": {"format": "date-time"}, "id": {"format": "uri"}}}
    assert _one(schema).outcome == "passed"
    assert _one(schema, {**BADGE, "validFrom": "soon"}).pointer == "/validFrom"
    assert _one({"properties": {"id": {"format": "of its own"}}}).outcome == "passed"
    assert len(FORMATS) == 8


@pytest.mark.parametrize(
    ("documents", "problem"),
    [
        (None, "FETCH-NOT-GIVEN"),
        ({}, "DOCUMENTS-MISSING"),
        ({URL: Fetched(URL, URL, 404, None, b"")}, "FETCH-STATUS"),
        ({URL: b" " * (MAX_SCHEMA_BYTES + 1)}, "FETCH-TOO-LARGE"),
    ],
)
def test_a_schema_that_cannot_be_had_leaves_it_open(documents: dict[str, Any] | None, problem: str) -> None:
    (found,) = _check([_entry()], documents=documents)
    assert (found.code, found.outcome, found.pointer) == (
        "SCHEMA-UNREACHABLE",
        "undetermined",
        "/credentialSchema/0",
    )
    assert found.details["problem"] == problem


def test_only_https_is_asked() -> None:
    (found,) = _check(_entry("http://schemas.example/badge.json"), documents={})
    assert (found.code, found.details["problem"]) == ("SCHEMA-UNREACHABLE", "FETCH-SCHEME")


@pytest.mark.parametrize(
    ("schema", "problem"),
    [
        (b"<html>", "JSON-SYNTAX"),
        ([], "JSON-NOT-OBJECT"),
        ({"type": "badge"}, "/type: "),
        ({"$schema": "http://json-schema.org/draft-04/schema#"}, "$schema http://json-schema.org/draft-04"),
        ({"$schema": DRAFT_2020, "allOf": [{"$schema": DRAFT_7}]}, "$schema of several dialects"),
        ({"$ref": "#/$defs/none"}, "$ref /$defs/none"),
        ({"$ref": "#none"}, "$ref "),
        ({"$ref": "#"}, "recursion without end"),
        ({"$ref": "#/x", "x": "text"}, "a reference to what is no schema"),
        ({"$ref": "#/x", "x": {"type": "badge"}}, "a reference to what is no schema"),
        ({"properties": {"id": {"pattern": "^(?=a)"}}}, "pattern: a group"),
        ({"properties": {"id": {"pattern": "("}}}, "pattern: unbalanced"),
        (
            {"unevaluatedProperties": False, "patternProperties": {"a": {}}},
            "unevaluatedProperties with patternProperties",
        ),
    ],
)
def test_a_schema_that_cannot_be_applied_leaves_it_open(schema: Any, problem: str) -> None:  # noqa: ANN401  # JSON
    found = _one(schema)
    assert (found.code, found.outcome) == ("SCHEMA-INVALID", "undetermined")
    assert str(found.details["problem"]).startswith(problem)


def test_a_schema_nested_deeper_than_any_is_applied_or_refused() -> None:
    schema: Document = {}
    for _ in range(60):
        schema = {"properties": {"x": schema}}
    assert _one(schema).outcome in ("passed", "undetermined")


def test_references_lead_to_other_schemas_through_the_same_fetcher() -> None:
    assert _one({"$ref": "more.json"}, more={"required": ["id"]}).outcome == "passed"
    assert _one({"$ref": "more.json"}, more={"required": ["evidence"]}).code == "SCHEMA-MISMATCH"
    assert _one({"$ref": "more.json#/$defs/a"}, more={"$defs": {"a": False}}).outcome == "failed"
    assert _one({"$ref": "none.json"}).code == "SCHEMA-UNREACHABLE"
    assert _one({"$ref": "more.json"}, more={"type": 5}).code == "SCHEMA-INVALID"
    assert _one({"$ref": "more.json"}, more={"$schema": DRAFT_7}).code == "SCHEMA-INVALID"


def test_an_extension_can_refer_to_a_published_schema() -> None:
    schema = {"$schema": DRAFT_2019, "allOf": [{"$ref": CANONICAL}], "required": ["name"]}
    assert _one(schema, {**BADGE, "name": "A"}).outcome == "passed"
    assert _one(schema, {**BADGE, "name": 5}).pointer == "/name"


def test_a_chain_of_references_ends() -> None:
    chain: Document = {f"s{number}": {"$ref": f"s{number + 1}.json"} for number in range(2 * MAX_FETCHED)}
    found = _one({"$ref": "s0.json"}, **chain)
    assert (found.code, found.outcome) == ("SCHEMA-TOO-MANY", "undetermined")


def test_a_badge_that_names_too_many_schemas_is_not_followed() -> None:
    assert _what(_check([_entry()] * (MAX_ENTRIES + 1), documents={})) == [
        ("SCHEMA-TOO-MANY", "undetermined", "/credentialSchema")
    ]
    assert len(_check([_entry()] * MAX_ENTRIES, documents={URL: {}})) == MAX_ENTRIES


DOUBLING = {
    "$ref": "#/$defs/a0",
    "$defs": {
        **{f"a{step}": {"allOf": [{"$ref": f"#/$defs/a{step + 1}"}] * 2} for step in range(40)},
        "a40": {},
    },
}
ROWS: Document = {**BADGE, "x": [{"a": number} for number in range(20_000)]}


@pytest.mark.parametrize(
    ("schema", "badge"),
    [
        (DOUBLING, BADGE),
        ({"properties": {"x": {"uniqueItems": True}}}, ROWS),
        ({"anyOf": [{"type": "string"}] * 20_000}, ROWS),
        ({"allOf": [{"properties": {"x": {"items": {"type": "object"}}}}] * 200}, ROWS),
    ],
)
def test_endless_work_is_cut_short(schema: Document, badge: Document) -> None:
    found = _one(schema, badge)
    assert (found.code, found.outcome, found.pointer) == ("SCHEMA-WORK", "undetermined", "/credentialSchema")
    assert found.details["limit"] == MAX_WORK


def test_all_schemas_of_a_badge_share_one_budget() -> None:
    entries = [_entry(), _entry(CANONICAL)]
    findings = _check([*entries], documents={URL: DOUBLING})
    assert [found.code for found in findings] == ["SCHEMA-WORK", "SCHEMA-WORK"]


def test_looking_up_names_counts_as_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("openbadge_issuer.verification.json_schema.library.MAX_WORK", 200_000)
    schema: Document = {
        "properties": {"x": {"items": {"$ref": "#far"}}},
        "$defs": {"a": {"$anchor": "far"}, **{f"b{number}": {} for number in range(300)}},
    }
    assert _one(schema, {**BADGE, "x": [1] * 20}).outcome == "passed"
    assert _one(schema, {**BADGE, "x": [1] * 1000}).code == "SCHEMA-WORK"
    schema["properties"]["x"]["items"] = {
        "$id": "https://x.example/",
        "$ref": "#/$defs/a",
        "$defs": {"a": {}},
    }
    assert _one(schema, {**BADGE, "x": [1] * 20}).outcome == "passed"
    assert _one(schema, {**BADGE, "x": [1] * 1000}).code == "SCHEMA-WORK"


def test_a_pattern_cannot_keep_the_verifier_busy() -> None:
    badge: Document = {**BADGE, "x": "a" * 100_000}
    for schema in (
        {"properties": {"x": {"pattern": "^(a|a)*b$"}}},
        {"patternProperties": {"^(.+)+!$": False}, "properties": {"x": {"pattern": "^(a+)+b$"}}},
        # A $schema inside would bring back validators that match in another way.
        {"properties": {"x": {"$schema": DRAFT_2020, "pattern": "^(a+)+b$"}}},
    ):
        assert _one(schema, badge).pointer == "/x"


def test_properties_by_pattern_are_told_from_further_ones() -> None:
    schema = {
        "properties": dict.fromkeys([*BADGE, "credentialSchema"], True),
        "patternProperties": {"^x": {"type": "number"}},
        "additionalProperties": False,
    }
    assert _one(schema, {**BADGE, "x1": 1}).outcome == "passed"
    assert _one(schema, {**BADGE, "x1": "a"}).pointer == "/x1"
    assert _one(schema, {**BADGE, "y1": 1}).pointer == "/y1"
    assert _one({**schema, "additionalProperties": {"type": "string"}}, {**BADGE, "y1": 1}).pointer == "/y1"


@pytest.mark.parametrize("kind", ["JsonSchemaValidator2018", [], "JsonSchemaCredential", ["A", "B"]])
def test_an_unknown_type_of_schema_is_a_warning(kind: JsonValue) -> None:
    (found,) = _check([_entry(kind=kind)], documents={})
    assert (found.code, found.severity, found.pointer) == ("SCHEMA-TYPE", "warning", "/credentialSchema/0")


def test_the_known_one_of_several_types_counts() -> None:
    (found,) = _check(_entry(kind=["Other", "JsonSchema"]), documents={URL: {}})
    assert found.outcome == "passed"


@pytest.mark.parametrize(
    "entry", ["https://schemas.example/badge.json", 5, {}, {"id": 5, "type": "JsonSchema"}]
)
def test_an_entry_that_is_none_is_left_to_the_data_model(entry: JsonValue) -> None:
    assert _check([entry], documents={}) == ()


def test_the_document_is_not_changed() -> None:
    before = json.dumps(BADGE)
    _check(_entry(CANONICAL, "1EdTechJsonSchemaValidator2019"))
    assert json.dumps(BADGE) == before


def test_jsonschema_is_imported_only_where_a_badge_names_a_schema() -> None:
    program = (
        "import sys; from openbadge_issuer.verification.schemas import check_schemas; "
        "print('jsonschema' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["False"]
