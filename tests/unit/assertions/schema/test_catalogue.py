"""The schemas that ship are those that the models give, and each can be used on its own."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from jsonschema import Draft201909Validator, FormatChecker

from openbadge_issuer.assertions import (
    Achievement,
    AchievementCredential,
    AchievementCredentialV1,
    ClrCredential,
    EndorsementCredential,
    Profile,
)
from openbadge_issuer.assertions.context_urls import CREDENTIALS_V1
from openbadge_issuer.assertions.json_text import parse_json_object
from openbadge_issuer.assertions.schema.catalogue import IDENTIFIER, schemas, write_schemas
from openbadge_issuer.assertions.schema.generator import DIALECT
from openbadge_issuer.assertions.schema.published import FOLDER, PUBLISHED, SUFFIX, bundled_schema

Document: TypeAlias = dict[str, Any]
SCHEMAS = schemas()
ASSESSMENT: Document = {
    "description": "A talk with two assessors.",
    "assessmentType": "Performance",
    "assessmentOutput": "A recording",
    "hasGroupParticipation": False,
    "hasGroupEvaluation": False,
    "evaluationMethod": "By the rubric",
}


def _validator(name: str) -> Any:  # noqa: ANN401  # jsonschema has no types
    return Draft201909Validator(SCHEMAS[name], format_checker=FormatChecker())


def test_the_shipped_schemas_are_the_generated_ones() -> None:
    shipped = files("openbadge_issuer").joinpath("schemas", FOLDER)
    found = {
        path.name: parse_json_object(path.read_bytes())
        for path in shipped.iterdir()
        if path.name.endswith(SUFFIX)
    }
    assert found == {f"{name}{SUFFIX}": schema for name, schema in SCHEMAS.items()}


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_names_its_dialect_and_itself_and_refers_to_nothing_outside(name: str) -> None:
    schema = SCHEMAS[name]
    assert schema["$schema"] == DIALECT
    assert schema["$id"] == f"{IDENTIFIER}{name}"
    Draft201909Validator.check_schema(schema)
    own = {f"{IDENTIFIER}{part}" for part in _definitions(schema)}
    for reference, names in _references(schema, frozenset()):
        assert reference in own or reference.removeprefix("#/$defs/") in names


def _definitions(schema: Document) -> set[str]:
    definitions = schema["$defs"]
    assert isinstance(definitions, dict)
    return set(definitions)


def _references(value: Any, names: frozenset[str]) -> list[tuple[str, frozenset[str]]]:  # noqa: ANN401  # JSON
    """Every reference with the definitions that it can see."""
    if isinstance(value, list):
        return [found for part in value for found in _references(part, names)]
    if not isinstance(value, dict):
        return []
    if "$id" in value:
        names = frozenset(value.get("$defs", ()))
    own = [(value["$ref"], names)] if isinstance(value.get("$ref"), str) else []
    return own + [found for part in value.values() for found in _references(part, names)]


@pytest.mark.parametrize("name", [name for name in SCHEMAS if not name.startswith("any-")])
def test_every_class_is_described_in_words(name: str) -> None:
    schema = SCHEMAS[name]
    definitions = schema["$defs"]
    assert isinstance(definitions, dict)
    described = [schema, *definitions.values()] if "$ref" not in schema else list(definitions.values())
    for part in described:
        assert isinstance(part, dict)
        assert part["description"]


def test_every_published_address_leads_to_a_schema_that_ships() -> None:
    assert {bundled_schema(url) == SCHEMAS[name] for url, name in PUBLISHED.items()} == {True}
    assert bundled_schema("https://schemas.example/other.json") is None


def test_writing_replaces_all_and_removes_what_is_no_longer_written(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "ob3"
    write_schemas(folder)
    (folder / f"old{SUFFIX}").write_bytes(b"{}")
    (folder / "README.md").write_bytes(b"kept")
    write_schemas(folder)
    assert {path.name for path in folder.iterdir()} == {"README.md", *(f"{name}{SUFFIX}" for name in SCHEMAS)}
    assert parse_json_object((folder / f"profile{SUFFIX}").read_bytes()) == SCHEMAS["profile"]


ACHIEVEMENT: Document = {
    "id": "urn:uuid:00000000-0000-4000-8000-000000000001",
    "type": ["Achievement"],
    "name": "A",
    "description": "B",
    "criteria": {"narrative": "C"},
}
BADGE: Document = {
    "@context": [
        "https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    ],
    "id": "urn:x:badge",
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "issuer": {"id": "did:example:issuer", "type": ["Profile"]},
    "validFrom": "2026-11-23T12:00:00Z",
    "credentialSubject": {"id": "did:x:y", "type": ["AchievementSubject"], "achievement": ACHIEVEMENT},
}
CLR: Document = {
    **BADGE,
    "@context": [
        "https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    ],
    "type": ["VerifiableCredential", "ClrCredential"],
    "name": "Record",
    "credentialSubject": {"id": "did:x:y", "type": ["ClrSubject"], "verifiableCredential": [BADGE]},
}
ENDORSEMENT: Document = {
    **BADGE,
    "type": ["VerifiableCredential", "EndorsementCredential"],
    "name": "Word",
    "credentialSubject": {"id": "urn:x:badge", "type": ["EndorsementSubject"]},
}


def _old(document: Document) -> Document:
    """The document in the form of version 1.1."""
    kept = {name: part for name, part in document.items() if name != "validFrom"}
    contexts = document["@context"]
    assert isinstance(contexts, list)
    return {
        **kept,
        "@context": [CREDENTIALS_V1, *contexts[1:]],
        "issuanceDate": "2026-11-23T12:00:00Z",
        "name": "Old",
    }


def _about(more: Document) -> Document:
    return {**BADGE, "credentialSubject": {**BADGE["credentialSubject"], **more}}


def _holding(credential: Document) -> Document:
    return {**CLR, "credentialSubject": {**CLR["credentialSubject"], "verifiableCredential": [credential]}}


ENVELOPE: Document = {
    "@context": "https://www.w3.org/ns/credentials/v2",
    "id": "data:application/vc+jwt,a.b.c",
    "type": "EnvelopedVerifiableCredential",
}


@pytest.mark.parametrize(
    ("name", "document"),
    [
        ("achievement-credential", AchievementCredential.read(BADGE).to_json()),
        ("any-achievement-credential", BADGE),
        ("any-achievement-credential", AchievementCredentialV1.read(_old(BADGE)).to_json()),
        ("achievement-credential-v1", _old(BADGE)),
        ("endorsement-credential", EndorsementCredential.read(ENDORSEMENT).to_json()),
        ("any-endorsement-credential", ENDORSEMENT),
        ("any-endorsement-credential", _old(ENDORSEMENT)),
        ("endorsement-credential-v1", _old(ENDORSEMENT)),
        ("clr-credential", ClrCredential.read(CLR).to_json()),
        ("profile", Profile(id="did:x:y", name="P").to_json()),
        ("achievement", Achievement.read(ACHIEVEMENT).to_json()),
    ],
)
def test_what_a_model_writes_meets_its_schema(name: str, document: Document) -> None:
    assert _validator(name).is_valid(document)


@pytest.mark.parametrize(
    ("name", "document"),
    [
        ("achievement-credential", _old(BADGE)),
        ("achievement-credential-v1", BADGE),
        ("achievement-credential-v1", {**_old(BADGE), "issuer": "did:example:issuer"}),
        ("achievement-credential-v1", {**_old(BADGE), "endorsement": [ENDORSEMENT]}),
        ("achievement-credential", {**BADGE, "endorsement": [_old(ENDORSEMENT)]}),
        ("any-achievement-credential", {**BADGE, "validFrom": "yesterday"}),
        ("any-achievement-credential", ENDORSEMENT),
        ("endorsement-credential", {**ENDORSEMENT, "evidence": {"id": "urn:x"}}),
        ("any-endorsement-credential", BADGE),
        ("clr-credential", {**CLR, "credentialSubject": {"type": "ClrSubject", "verifiableCredential": []}}),
        ("clr-credential", BADGE),
        ("profile", {"id": "did:x:y"}),
        ("achievement", {**ACHIEVEMENT, "achievementType": "Cup"}),
    ],
)
def test_what_breaks_the_published_form_does_not(name: str, document: Document) -> None:
    assert not _validator(name).is_valid(document)


@pytest.mark.parametrize(
    ("model", "name", "document"),
    [
        (Achievement, "achievement", {**ACHIEVEMENT, "criteria": {}}),
        (Achievement, "achievement", {**ACHIEVEMENT, "id": "relative"}),
        (Achievement, "achievement", {**ACHIEVEMENT, "id": {"nl": "urn:x"}}),
        (Achievement, "achievement", {**ACHIEVEMENT, "type": "Cup"}),
        (Achievement, "achievement", {**ACHIEVEMENT, "achievementType": "an ext:a b"}),
        (
            AchievementCredential,
            "achievement-credential",
            {**BADGE, "credentialSubject": {"type": "AchievementSubject", "achievement": ACHIEVEMENT}},
        ),
        (AchievementCredential, "achievement-credential", {**BADGE, "@context": "https://example.org/own"}),
    ],
)
def test_some_rules_stand_in_the_model_alone(model: Any, name: str, document: Document) -> None:  # noqa: ANN401  # a class
    assert model.check(document)[1]
    assert _validator(name).is_valid(document)


@pytest.mark.parametrize(
    ("model", "name", "document"),
    [
        (Achievement, "achievement", {**ACHIEVEMENT, "name": {"@value": "A", "@language": "en"}}),
        (Achievement, "achievement", {**ACHIEVEMENT, "name": [{"@value": "A"}, {"@value": "B"}]}),
        (Achievement, "achievement", {**ACHIEVEMENT, "achievementType": "ext:-own"}),
        (AchievementCredential, "achievement-credential", {**BADGE, "refreshService": []}),
        (AchievementCredential, "achievement-credential", {**BADGE, "endorsement": [_old(ENDORSEMENT)]}),
        (
            AchievementCredential,
            "achievement-credential",
            _about({"activityStartDate": "2026-11-23T12:00:00"}),
        ),
        (ClrCredential, "clr-credential", _holding(ENVELOPE)),
        (
            AchievementCredential,
            "achievement-credential",
            {**BADGE, "credentialStatus": [{"id": "urn:x", "type": "BitstringStatusListEntry"}]},
        ),
        (
            AchievementCredential,
            "achievement-credential",
            {**BADGE, "termsOfUse": [{"type": ["IssuerPolicy", "Other"]}]},
        ),
    ],
)
def test_some_liberties_of_the_vc_data_model_are_the_models_alone(
    model: Any,  # noqa: ANN401  # a class
    name: str,
    document: Document,
) -> None:
    assert not model.check(document)[1]
    assert not _validator(name).is_valid(document)


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("accessibility", {"accessibilityFeature": "captions", "url": "https://a.example/"}, {}),
        ("apply-link", {"url": "https://a.example/apply"}, {"url": 7}),
        ("geo-coordinates", {"place": {"name": "Town hall"}}, {"place": "Town hall"}),
        ("issuer-accreditation", {"accreditations": []}, {}),
        ("license", {"license": {"id": "CC-BY-4.0", "name": "CC BY 4.0"}}, {"license": {"id": 7}}),
        ("assessment", ASSESSMENT, {**ASSESSMENT, "assessmentType": "Essay"}),
    ],
)
def test_an_extension_s_schema_judges_the_object_of_its_type(
    name: str, good: Document, bad: Document
) -> None:
    validator = _validator(f"extension-{name}")
    assert validator.is_valid(good)
    assert validator.is_valid({**good, "name": "a member of what the object is anyway"})
    assert not validator.is_valid(bad)
