"""The schemas that ship are those that the models give, and judge as the models do."""

from __future__ import annotations

import runpy
import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft201909Validator

from open_badges_2_documents import (
    ABSENT,
    ASSERTION,
    BADGE_CLASS,
    ENDORSEMENT,
    ISSUER,
    KEY,
    REVOCATION_LIST,
    changed,
)
from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, parse_json_object
from openbadge_issuer.assertions.node import Node
from openbadge_issuer.assertions.open_badges_2 import (
    Assertion,
    BadgeClass,
    CryptographicKey,
    Endorsement,
    Issuer,
    Profile,
    RevocationList,
    RevokedAssertion,
    RevokedEndorsement,
)
from openbadge_issuer.assertions.open_badges_2.schema.catalogue import IDENTIFIER, schemas
from openbadge_issuer.assertions.schema.generator import DIALECT

SCHEMAS = schemas()
SUFFIX = ".schema.json"
WHOLE: JsonObject = {
    **ASSERTION,
    "badge": {**BADGE_CLASS, "issuer": ISSUER, "endorsement": [ENDORSEMENT]},
    "verification": {"type": "SignedBadge", "creator": KEY},
}
REVOKED: JsonObject = {
    "@context": ASSERTION["@context"],
    "id": "https://badges.example.org/assertions/1.json",
    "revoked": True,
    "revocationReason": "A mistake",
}
KINDS: dict[str, tuple[type[Node], JsonObject]] = {
    "assertion": (Assertion, WHOLE),
    "badge-class": (BadgeClass, BADGE_CLASS),
    "profile": (Profile, {**ISSUER, "type": "Profile"}),
    "issuer": (Issuer, {**ISSUER, "publicKey": [KEY]}),
    "cryptographic-key": (CryptographicKey, KEY),
    "revocation-list": (RevocationList, REVOCATION_LIST),
    "endorsement": (Endorsement, ENDORSEMENT),
}

REVOKED_KINDS: dict[str, type[Node]] = {"assertion": RevokedAssertion, "endorsement": RevokedEndorsement}


def _validator(name: str) -> Any:  # noqa: ANN401  # jsonschema has no types
    return Draft201909Validator(SCHEMAS[name])


def test_the_shipped_schemas_are_the_generated_ones() -> None:
    shipped = files("openbadge_issuer").joinpath("schemas", "ob2")
    found = {path.name: parse_json_object(path.read_bytes()) for path in shipped.iterdir()}
    assert found == {f"{name}{SUFFIX}": schema for name, schema in SCHEMAS.items()}, "run make schemas"


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_names_its_dialect_and_itself_and_refers_to_nothing_outside(name: str) -> None:
    schema = SCHEMAS[name]
    assert schema["$schema"] == DIALECT
    assert schema["$id"] == f"{IDENTIFIER}{name}"
    Draft201909Validator.check_schema(schema)
    definitions = schema["$defs"]
    assert isinstance(definitions, dict)
    assert {reference.removeprefix("#/$defs/") for reference in _references(schema)} <= definitions.keys()


def _references(part: JsonValue) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(found := part.get("$ref"), str):
            yield found
        part = [*part.values()]
    for inner in part if isinstance(part, list) else []:
        yield from _references(inner)


@pytest.mark.parametrize("name", KINDS)
def test_a_document_passes_and_needs_its_context(name: str) -> None:
    kind, document = KINDS[name]
    assert kind.check(document)[1] == ()
    assert _validator(name).is_valid(document)
    others: list[JsonValue] = [ABSENT, "https://schema.org/", []]
    for context in others:
        assert not _validator(name).is_valid(changed(document, "@context", context))
    assert _validator(name).is_valid({**document, "@context": [{"x": "https://own.example/"}]})


def test_what_is_revoked_passes() -> None:
    assert _validator("assertion").is_valid(REVOKED)
    endorsement = {**REVOKED, "issuer": "https://e.example/"}
    assert _validator("endorsement").is_valid(endorsement)
    assert not _validator("endorsement").is_valid(REVOKED)
    assert not _validator("assertion").is_valid({**REVOKED, "revoked": False})


VALUES: list[JsonValue] = [
    5,
    2.5,
    True,
    "x",
    "",
    "https://a.example/x",
    "_:b1",
    "urn:x:1",
    "data:image/png;base64,AA",
    "DATA:image/gif;base64,AA",
    "2017-10-01T00:00Z",
    "HostedBadge",
    {},
    {"id": "https://a.example/x"},
    {"@id": "x"},
    [],
    ["x"],
    ["https://a.example/x", {}],
    None,
    ABSENT,
]


@pytest.mark.parametrize("value", VALUES, ids=str)
@pytest.mark.parametrize("name", KINDS)
def test_a_damaged_member_is_judged_as_the_model_does(name: str, value: JsonValue) -> None:
    kind, document = KINDS[name]
    validator = _validator(name)
    differing = []
    for path in _paths(document):
        if path.startswith("@context"):
            continue
        damaged = changed(document, path, value)
        judged = REVOKED_KINDS.get(name, kind) if damaged.get("revoked") is True else kind
        if (judged.check(damaged)[0] is not None) != validator.is_valid(damaged):
            differing.append((path, judged.check(damaged)[1]))
    assert differing == []


def _paths(value: JsonValue, above: str = "") -> Iterator[str]:
    items: list[tuple[str, JsonValue]] = []
    if isinstance(value, dict):
        items = list(value.items())
    elif isinstance(value, list):
        items = [(str(index), part) for index, part in enumerate(value)]
    for step, part in items:
        if "/" not in step:
            yield f"{above}{step}"
            yield from _paths(part, f"{above}{step}/")


DIFFERENCES: list[tuple[str, str, JsonValue]] = [
    ("assertion", "issuedOn", "2016-02-30T00:00:00Z"),  # no such day
    ("assertion", "issuedOn", "2016-12-31T25:00:00Z"),  # no such hour
    ("assertion", "issuedOn", "0001-01-01T00:00:00+09:00"),  # before the first year of all
]


@pytest.mark.parametrize(("name", "path", "value"), DIFFERENCES)
def test_where_the_schema_is_looser_is_known(name: str, path: str, value: JsonValue) -> None:
    kind, document = KINDS[name]
    damaged = changed(document, path, value)
    assert kind.check(damaged)[0] is None
    assert _validator(name).is_valid(damaged)


def test_the_module_writes_into_the_folder_on_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["schema", str(tmp_path)])
    runpy.run_module("openbadge_issuer.assertions.open_badges_2.schema", run_name="__main__")
    assert {path.name for path in tmp_path.iterdir()} == {f"{name}{SUFFIX}" for name in SCHEMAS}
