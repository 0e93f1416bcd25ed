"""The models judge the published documents as the published JSON Schemas and the reference validator do."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft201909Validator, FormatChecker

from conformance_data import conformance_root
from openbadge_issuer.assertions import (
    AchievementCredential,
    AchievementCredentialV1,
    EndorsementCredential,
    Profile,
    credential_class,
    endorsement_class,
)
from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, parse_json_object
from openbadge_issuer.assertions.moments import parse_date_time
from openbadge_issuer.assertions.node import Node

ROOT = conformance_root() or Path("conformance-data-is-missing")
FOLDERS = ("examples/ob-v3p0", "corpus-1edtech/files/ob30")
BADGE_TYPES = {"AchievementCredential", "OpenBadgeCredential"}

STRICTER_THAN_THE_SCHEMA = {
    "corpus-1edtech/files/ob30/simple-err-credential-subject-profile-type.json": (
        "the source has another type than Profile; the schema lets any single string through as a type, "
        "the reference validator refuses it as we do"
    ),
}
"""Documents that the schema passes and we refuse, with the reason."""

DATA_MODEL_PROBES = {
    "TypePropertyProbe",
    "ContextPropertyProbe",
    "JsonSchemaProbe",
    "CredentialSubjectProbe",
    "EvidenceProbe",
    "IssuerProbe",
}
REMARKS_ONLY = {
    "files/ob30/simple-context-version.json": "an older context is worth a remark and is no breach",
}
"""Cases in which such a probe reports, and the data model is kept all the same."""


def _documents() -> dict[str, JsonObject]:
    paths = [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.json"))]
    return {path.relative_to(ROOT).as_posix(): parse_json_object(path.read_bytes()) for path in paths}


def _types(document: JsonObject) -> set[str]:
    value = document.get("type")
    return {str(one) for one in (value if isinstance(value, list) else [value])}


DOCUMENTS = _documents()
BADGES = {
    name: document
    for name, document in DOCUMENTS.items()
    if "VerifiableCredential" in _types(document)
    and credential_class(document) is AchievementCredential
    and not _types(document) & {"ClrCredential", "EndorsementCredential"}
}
"""Achievement credentials in the form of version 2.0, broken ones included."""


@cache
def _schema(name: str) -> Any:  # noqa: ANN401  # jsonschema's validators have no public type
    path = ROOT / "schemas" / "ob-v3p0" / "json" / f"ob_v3p0_{name}_schema.json"
    return Draft201909Validator(json.loads(path.read_bytes()), format_checker=FormatChecker())


def _cases() -> list[JsonObject]:
    path = ROOT / "corpus-1edtech" / "expected.json"
    if not path.is_file():
        return []
    return [
        case
        for case in json.loads(path.read_bytes())["cases"]
        if case["file"].startswith("files/ob30/") and f"corpus-1edtech/{case['file']}" in DOCUMENTS
    ]


def test_there_are_documents_to_judge(conformance: Path) -> None:
    assert conformance == ROOT
    assert len(BADGES) >= 30
    assert len(_cases()) >= 15


@pytest.mark.parametrize("name", BADGES)
def test_the_model_gives_the_verdict_of_the_published_schema(name: str) -> None:
    model, problems = AchievementCredential.check(BADGES[name])
    passes = _schema("achievementcredential").is_valid(BADGES[name])
    if name in STRICTER_THAN_THE_SCHEMA:
        assert passes
        assert model is None
    else:
        assert (model is not None) == passes, problems


@pytest.mark.parametrize("case", _cases(), ids=lambda case: Path(case["file"]).name)
def test_the_model_gives_the_verdict_of_the_reference_validator(case: JsonObject) -> None:
    document = DOCUMENTS[f"corpus-1edtech/{case['file']}"]
    kind: type[Node] = credential_class(document)
    if "EndorsementCredential" in _types(document):
        kind = endorsement_class(document)
    model, problems = kind.check(document)
    checks = case.get("failingChecks", [])
    assert isinstance(checks, list)
    broken = bool(DATA_MODEL_PROBES & set(map(str, checks))) and case["file"] not in REMARKS_ONLY
    assert (model is None) == broken, problems


@pytest.mark.parametrize(
    ("file", "code", "pointer"),
    [
        ("simple-err-type.json", "MODEL-TYPE", "/type"),
        ("simple-err-issuer.json", "MODEL-REQUIRED", "/issuer"),
        ("simple-err-credential-subject-type.json", "MODEL-TYPE", "/credentialSubject/type"),
        ("simple-err-credential-subject-result-type.json", "MODEL-TYPE", "/credentialSubject/result/1/type"),
        ("simple-err-credential-subject-profile-type.json", "MODEL-TYPE", "/credentialSubject/source/type"),
        ("simple-err-issuer-type.json", "MODEL-TYPE", "/issuer/type"),
        ("simple-err-issuer-otheridentifier-type.json", "MODEL-ENUM", "/issuer/otherIdentifier/1/type"),
    ],
)
def test_the_broken_place_is_found(conformance: Path, file: str, code: str, pointer: str) -> None:
    document = parse_json_object((conformance / "corpus-1edtech" / "files" / "ob30" / file).read_bytes())
    _, problems = credential_class(document).check(document)
    assert (code, pointer) in {(problem.code, problem.pointer) for problem in problems}


VALID = {
    name: model
    for name, document in DOCUMENTS.items()
    if (model := credential_class(document).check(document)[0]) is not None
}


@pytest.mark.parametrize("name", VALID)
def test_a_valid_document_is_written_back_whole(name: str) -> None:
    written = VALID[name].to_json()
    assert _plain(written) == _plain(DOCUMENTS[name])
    assert type(VALID[name]).read(written) == VALID[name]
    if type(VALID[name]) is AchievementCredential:
        assert _schema("achievementcredential").is_valid(written)


def _plain(value: JsonValue) -> object:
    """What a document says, however it is written: one or an array of one, this or that time zone."""
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items() if part != []}
    if isinstance(value, list):
        return [_plain(part) for part in value] if len(value) != 1 else _plain(value[0])
    if isinstance(value, str):
        try:
            return parse_date_time(value).astimezone(UTC)
        except ValueError:
            return value
    return value


def test_documents_of_version_1_are_read(conformance: Path) -> None:
    old = [
        name for name, document in DOCUMENTS.items() if isinstance(VALID.get(name), AchievementCredentialV1)
    ]
    assert conformance
    assert len(old) >= 2


def test_endorsements_and_profiles_are_judged_as_their_schemas_do(conformance: Path) -> None:
    spec = (
        conformance / "examples" / "ob-v3p0" / "spec" / "endorsement" / "01-sample-endorsementcredential.json"
    )
    endorsement = parse_json_object(spec.read_bytes())
    assert _schema("endorsementcredential").is_valid(endorsement)
    assert _plain(EndorsementCredential.read(endorsement).to_json()) == _plain(endorsement)
    for document in BADGES.values():
        issuer = document.get("issuer")
        if isinstance(issuer, dict):
            assert (Profile.check(issuer)[0] is not None) == _schema("profile").is_valid(issuer)


_FULL = "examples/ob-v3p0/spec/fullOpenBadge/01-complete-openbadgecredential.json"
_ABSENT = "absent"

DIFFERENCES: list[tuple[JsonValue, str, str, str]] = [
    ("x", "stricter", "MODEL-FORMAT", "an identifier that is no absolute URI means something else elsewhere"),
    ("x", "stricter", "MODEL-TYPE", "the schema looks for the class only where type is an array"),
    ("ext:a b", "stricter", "MODEL-FORMAT", "an identifier with a space is no URI"),
    ("ext:a b", "stricter", "MODEL-TYPE", "the schema looks for the class only where type is an array"),
    ("ext:a b", "stricter", "MODEL-ENUM", "the schema's pattern is satisfied by ext: anywhere in the text"),
    (
        {},
        "stricter",
        "MODEL-KIND",
        "the schema allows identifiers, types and hashes by language",
    ),
    ({}, "stricter", "MODEL-ENUM", "the same, where the class fixes its type"),
    ({}, "stricter", "MODEL-REQUIRED", "the schema takes an empty issuer for an identifier by language"),
    ({}, "stricter", "OB3-CRITERIA", "criteria say something; the reference validator insists as well"),
    ({}, "stricter", "OB3-CONTEXT-FIRST", "the schema takes a context without an array, whichever it is"),
    ([], "looser", "", "the VC Data Model allows several statuses and refresh services, and so none"),
    ({"@value": "x"}, "looser", "", "the VC Data Model gives a text its language in this way"),
    ({"@value": "x"}, "stricter", "OB3-CRITERIA", "as for an empty object"),
    ({"@value": "x"}, "stricter", "OB3-CONTEXT-FIRST", "as for an empty object"),
]
"""What we put in place of a member, how our verdict differs from the schema's, our code, and the reason."""


def _lean(value: JsonValue, *, top: bool = True) -> JsonValue:
    """The value with one item in each array of objects, and endorsements only at its top."""
    if isinstance(value, dict):
        kept = {name: part for name, part in value.items() if top or name != "endorsement"}
        return {name: _lean(part, top=False) for name, part in kept.items()}
    if isinstance(value, list):
        return [_lean(part, top=False) for part in value[: 1 if isinstance(value[0], dict) else None]]
    return value


@pytest.mark.parametrize("new", [5, "x", "ext:a b", {}, [], {"@value": "x"}, _ABSENT], ids=str)
def test_a_damaged_member_is_judged_as_the_schema_does(conformance: Path, new: JsonValue) -> None:
    assert conformance == ROOT
    found = set()
    for damaged in _damaged(_lean(DOCUMENTS[_FULL]), new):
        model, problems = AchievementCredential.check(damaged)
        passes = _schema("achievementcredential").is_valid(damaged)
        if (model is not None) != passes:
            found.add(("stricter", problems[0].code) if passes else ("looser", ""))
    assert found == {(how, code) for value, how, code, _ in DIFFERENCES if value == new}


def _damaged(value: JsonValue, new: JsonValue) -> Iterator[Any]:
    """Every copy of the value in which one member of one object has another value, or is absent."""
    if isinstance(value, dict):
        for name, part in value.items():
            rest = {other: kept for other, kept in value.items() if other != name}
            yield rest if new == _ABSENT else {**rest, name: new}
            for inner in _damaged(part, new):
                yield {**value, name: inner}
    elif isinstance(value, list):
        for index, part in enumerate(value):
            for inner in _damaged(part, new):
                yield [*value[:index], inner, *value[index + 1 :]]
