"""Our schemas give the verdict of the published ones: on every published document, and on damaged ones.

There is no difference to list. `docs/reference/schemas.md` says where the models judge otherwise than both.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft201909Validator, FormatChecker

from conformance_data import conformance_root
from openbadge_issuer.assertions.json_text import JsonValue
from openbadge_issuer.assertions.schema.catalogue import schemas
from openbadge_issuer.assertions.schema.published import PUBLISHED

ROOT = conformance_root() or Path("conformance-data-is-missing")
INDEX = ROOT / "schemas" / "index.json"
FULL = "examples/ob-v3p0/spec/fullOpenBadge/01-complete-openbadgecredential.json"
ENDORSEMENT = "examples/ob-v3p0/spec/endorsement/01-sample-endorsementcredential.json"
RECORD = "corpus-1edtech/files/clr20/simple.json"
ABSENT = "absent"


@cache
def _published() -> dict[str, Path]:
    """The published schemas of single classes that we stand for, by URL; the shape that takes more."""
    if not INDEX.is_file():
        return {}
    known = json.loads(INDEX.read_bytes())["schemas"]
    return {
        url: INDEX.parent / known[url]["file"] for url in PUBLISHED if url in known and "/json-ld/" not in url
    }


@cache
def _judges(url: str) -> tuple[Any, Any]:
    """Our schema and the published one, with formats asserted."""
    ours, theirs = schemas()[PUBLISHED[url]], json.loads(_published()[url].read_bytes())
    Draft201909Validator.check_schema(ours)
    checker = FormatChecker()
    return Draft201909Validator(ours, format_checker=checker), Draft201909Validator(
        theirs, format_checker=checker
    )


@cache
def _documents() -> dict[str, JsonValue]:
    found = {}
    for folder in ("examples", "corpus-1edtech"):
        for path in sorted((ROOT / folder).rglob("*")):
            try:
                found[path.relative_to(ROOT).as_posix()] = json.loads(path.read_bytes())
            except (ValueError, OSError):  # pictures, tokens, folders
                continue
    return found


def _same_verdict(url: str, document: JsonValue) -> bool:
    ours, theirs = _judges(url)
    verdict: bool = ours.is_valid(document)
    assert verdict == theirs.is_valid(document)
    return verdict


def test_there_are_published_schemas_and_documents(conformance: Path) -> None:
    assert conformance == ROOT
    assert len(_published()) == 7
    assert len(_documents()) >= 150


@pytest.mark.parametrize("url", _published())
def test_every_published_document_gets_the_published_verdict(url: str) -> None:
    verdicts = [_same_verdict(url, document) for document in _documents().values()]
    assert True in verdicts
    assert False in verdicts


DAMAGED = {
    "ob_v3p0_achievementcredential": FULL,
    "ob_v3p0_endorsementcredential": ENDORSEMENT,
    "ob_v3p0_profile": FULL,
    "clr_v2p0_clrcredential": RECORD,
}
NEW: list[JsonValue] = [None, 5, "x", "ext:a b", [], {}, {"nl": "x"}, {"nld": "x"}, ABSENT]


def _damaged_document(name: str) -> JsonValue:
    """A document of the class in which everything stands once."""
    document = _documents()[DAMAGED[name]]
    assert isinstance(document, dict)
    return _lean(document["issuer"] if name == "ob_v3p0_profile" else document)


@pytest.mark.parametrize("new", NEW, ids=str)
@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_document_gets_the_published_verdict(conformance: Path, name: str, new: JsonValue) -> None:
    assert conformance == ROOT
    url = next(url for url in _published() if f"/{name}_schema" in url)
    verdicts = [_same_verdict(url, damaged) for damaged in _damaged(_damaged_document(name), new)]
    assert False in verdicts


@pytest.mark.parametrize("name", DAMAGED)
def test_arrays_and_single_values_get_the_published_verdict(conformance: Path, name: str) -> None:
    assert conformance == ROOT
    url = next(url for url in _published() if f"/{name}_schema" in url)
    verdicts = [_same_verdict(url, other) for other in _wrapped(_damaged_document(name))]
    assert {True, False} == set(verdicts)


_PROFILES = {"issuer", "creator", "source", "parentOrg"}


def _lean(value: JsonValue) -> JsonValue:
    """The value with one item in each array of objects; what has a document of its own here is made small."""
    if isinstance(value, dict):
        return {
            name: {"id": "urn:x", "type": ["Profile"]} if name in _PROFILES else _lean(part)
            for name, part in value.items()
            if name != "endorsement"
        }
    if isinstance(value, list):
        return [_lean(part) for part in value[: 1 if isinstance(value[0], dict) else None]]
    return value


def _damaged(value: JsonValue, new: JsonValue) -> Iterator[Any]:
    """Every copy of the value in which one member of one object has another value, or is absent."""
    if isinstance(value, dict):
        for name, part in value.items():
            rest = {other: kept for other, kept in value.items() if other != name}
            yield rest if new == ABSENT else {**rest, name: new}
            for inner in _damaged(part, new):
                yield {**value, name: inner}
        yield {**value, "x:further": new}  # closed classes take none
    elif isinstance(value, list):
        for index, part in enumerate(value):
            for inner in _damaged(part, new):
                yield [*value[:index], inner, *value[index + 1 :]]


def _wrapped(value: JsonValue) -> Iterator[Any]:
    """Every copy in which one value stands in an array, or the first of an array stands alone."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield {**value, name: part[0] if isinstance(part, list) and part else [part]}
            for inner in _wrapped(part):
                yield {**value, name: inner}
    elif isinstance(value, list):
        for index, part in enumerate(value):
            for inner in ([part], *_wrapped(part)):
                yield [*value[:index], inner, *value[index + 1 :]]
