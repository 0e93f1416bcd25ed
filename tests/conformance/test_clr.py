"""Learner records, extensions and links of results against the published schemas, contexts and examples."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft201909Validator, FormatChecker

from conformance_data import conformance_root
from openbadge_issuer.assertions import ClrCredential, ClrCredentialV1, Profile, credential_class
from openbadge_issuer.assertions.extensions import extension_problems
from openbadge_issuer.assertions.interop import interop_problems
from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, parse_json_object
from openbadge_issuer.assertions.learner_record import (
    association_problems,
    clr_of,
    contained_credentials,
)
from openbadge_issuer.assertions.moments import parse_date_time
from openbadge_issuer.assertions.results import result_problems
from openbadge_issuer.errors import CanonicalizationError
from openbadge_issuer.errors.rules import rule_book
from openbadge_issuer.jsonld.canonical import canonical_form
from openbadge_issuer.signing.cryptosuite import suite_of
from openbadge_issuer.signing.public_key import PublicKey

ROOT = conformance_root() or Path("conformance-data-is-missing")
SIMPLE = "corpus-1edtech/files/clr20/simple.json"
FOLDERS = ("corpus-1edtech/files/clr20", "examples/ob-v3p0/impl/linked-data-proof-clr")


def _documents(*folders: str) -> dict[str, JsonObject]:
    paths = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.json"))]
    return {path.relative_to(ROOT).as_posix(): parse_json_object(path.read_bytes()) for path in paths}


RECORDS = {
    name: document
    for name, document in _documents(*FOLDERS).items()
    if "ClrCredential" in str(document.get("type"))
}
BADGES = _documents("examples/ob-v3p0", "examples/ob-v3p0-extensions")


@cache
def _schema(path: str) -> Any:  # noqa: ANN401  # jsonschema's validators have no public type
    text = (ROOT / "schemas" / path).read_bytes()
    return Draft201909Validator(json.loads(text), format_checker=FormatChecker())


def _clr_schema() -> Any:  # noqa: ANN401  # the same
    return _schema("clr-v2p0/json/clr_v2p0_clrcredential_schema.json")


def test_there_are_records_to_judge(conformance: Path) -> None:
    assert conformance == ROOT
    assert len(RECORDS) >= 5


@pytest.mark.parametrize("name", RECORDS)
def test_a_record_gets_the_verdict_of_the_published_schema(name: str) -> None:
    kind = credential_class(RECORDS[name])
    assert kind in (ClrCredential, ClrCredentialV1)
    model, problems = kind.check(RECORDS[name])
    assert (model is not None) == _clr_schema().is_valid(RECORDS[name]), problems


@pytest.mark.parametrize("name", RECORDS)
def test_a_signed_record_is_written_back_as_it_was(name: str) -> None:
    model, _ = ClrCredential.check(RECORDS[name])
    if model is not None and "proof" in RECORDS[name]:
        assert model.to_json() == RECORDS[name]
        assert _clr_schema().is_valid(model.to_json())


def test_a_record_and_the_badge_inside_verify_under_the_pinned_contexts(conformance: Path) -> None:
    record = parse_json_object((conformance / SIMPLE).read_bytes())
    for document in (record, contained_credentials(record)[0].credential):
        assert isinstance(document, dict)
        proofs = document["proof"]
        assert isinstance(proofs, list)
        proof = proofs[0]
        assert isinstance(proof, dict)
        key = PublicKey.from_multibase(str(proof["verificationMethod"]).partition("#")[2])
        assert suite_of(proof).verify(document, proof, key) == ()


def _damaged(value: JsonValue, place: str = "") -> Iterator[tuple[str, JsonValue]]:
    """The document with each member left out, and with each value of another kind, one at a time."""
    if isinstance(value, dict):
        for name, part in value.items():
            inner = f"{place}/{name}"
            yield inner, {other: kept for other, kept in value.items() if other != name}
            yield inner, {**value, name: 7}
            for where, damaged in _damaged(part, inner):
                yield where, {**value, name: damaged}
    elif isinstance(value, list):
        for index, part in enumerate(value):
            for where, damaged in _damaged(part, f"{place}/{index}"):
                yield where, [*value[:index], damaged, *value[index + 1 :]]


def test_a_damaged_record_gets_the_verdict_of_the_published_schema(conformance: Path) -> None:
    record = parse_json_object((conformance / SIMPLE).read_bytes())
    damaged = [(place, document) for place, document in _damaged(record) if isinstance(document, dict)]
    assert len(damaged) > 150
    different = {
        place
        for place, document in damaged
        if (ClrCredential.check(document)[0] is not None) != _clr_schema().is_valid(document)
    }
    # For the schema the learner may have no id, criteria may say nothing, and the base class has no name.
    assert different == {
        "/credentialSubject/id",
        "/credentialSubject/achievement/0/criteria/id",
        "/credentialSubject/achievement/1/criteria/id",
        "/credentialSubject/verifiableCredential/0/name",
    }


def test_the_published_schema_refuses_an_envelope_and_we_remark_on_it(conformance: Path) -> None:
    record = parse_json_object((conformance / SIMPLE).read_bytes())
    badge = contained_credentials(record)[0].credential
    made = clr_of(
        [badge, "eyJhbGciOiJFUzI1NiJ9.e30.c2ln"],
        clr_id="urn:x:record",
        name="All",
        issuer=Profile(id="https://example.org/issuer"),
        valid_from=parse_date_time("2026-01-01T00:00:00Z"),
        subject_id="did:example:ada",
    ).to_json()
    assert not _clr_schema().is_valid(made)
    assert [problem.code for problem in interop_problems(made)] == ["CLR-ENVELOPED"]
    assert canonical_form(made).undefined == ()
    plain = copy.deepcopy(made)
    subject = plain["credentialSubject"]
    assert isinstance(subject, dict)
    subject["verifiableCredential"] = [badge]
    assert _clr_schema().is_valid(plain)
    assert interop_problems(plain) == ()


def test_json_ld_lets_only_badges_of_the_same_context_into_a_record(conformance: Path) -> None:
    badge = contained_credentials(parse_json_object((conformance / SIMPLE).read_bytes()))[0].credential
    assert isinstance(badge, dict)
    older = {**badge, "id": "urn:x:older"}
    older["@context"] = [
        "https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json",
    ]

    def record(*badges: JsonObject) -> JsonObject:
        return clr_of(
            badges,
            clr_id="urn:x:record",
            name="All",
            issuer=Profile(id="https://example.org/issuer"),
            valid_from=parse_date_time("2026-01-01T00:00:00Z"),
        ).to_json()

    assert canonical_form(record(older)).undefined == ()
    with pytest.raises(CanonicalizationError) as error:
        canonical_form(record(older, badge))
    assert error.value.code == "JSONLD-PROCESSING"


@pytest.mark.parametrize("name", BADGES)
def test_valid_examples_break_no_link_and_get_no_error(name: str) -> None:
    """An error would make a published example invalid; the broken places there are worth a warning."""
    document = BADGES[name]
    problems = (
        *result_problems(document),
        *interop_problems(document),
        *extension_problems(document),
        *association_problems(document),
    )
    assert [problem for problem in problems if rule_book()[problem.code].severity == "error"] == []


EXTENSIONS = (
    "accessibilityExtension/schema_achievement_credential_obv3p0.json",
    "accessibilityExtension/schema_achievement_obv3p0.json",
    "applyLinkExtension/schema_obv3p0.json",
    "geoCoordinatesExtension/schema_achievement_credential_obv3p0.json",
    "geoCoordinatesExtension/schema_achievement_obv3p0.json",
    "licenseExtension/schema_obv3p0.json",
)


def _extended() -> list[tuple[str, str]]:
    """Each example that claims an extension's schema, with that schema."""
    claims = []
    for name, document in BADGES.items():
        schemas = document.get("credentialSchema")
        for claimed in schemas if isinstance(schemas, list) else []:
            assert isinstance(claimed, dict)
            path = str(claimed["id"]).removeprefix("https://openbadgespec.org/extensions/")
            if path in EXTENSIONS:
                claims.append((name, path))
    return claims


def test_every_schema_of_an_extension_is_claimed_by_an_example(conformance: Path) -> None:
    assert conformance
    assert {path for _, path in _extended()} == set(EXTENSIONS)


@pytest.mark.parametrize(("name", "path"), _extended())
def test_an_example_of_an_extension_gets_the_verdict_of_its_schema(name: str, path: str) -> None:
    valid = _schema(f"ob3-extensions/{path}").is_valid(BADGES[name])
    place = "/credentialSubject/achievement/" if "credential_obv3p0" not in path else ""
    broken = [
        problem
        for problem in extension_problems(BADGES[name])
        if problem.pointer.startswith(place or ("/place", "/url", "/accessibility"))
    ]
    assert (broken == []) == valid
    assert valid == ("geoCoordinates" not in path)  # its own example leaves out the type of the point
