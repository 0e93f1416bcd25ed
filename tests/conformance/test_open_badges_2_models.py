"""Open Badges 2.0 as published: its examples are read, and its documents judged as the validators do."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from datetime import UTC
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator, FormatChecker

from conformance_data import conformance_root
from open_badges_2_documents import ASSERTION, BADGE_CLASS
from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, parse_json_object
from openbadge_issuer.assertions.node import Node
from openbadge_issuer.assertions.open_badges_2 import (
    Assertion,
    BadgeClass,
    CryptographicKey,
    Endorsement,
    Issuer,
    RevocationList,
    detect,
)
from openbadge_issuer.assertions.open_badges_2.badge_connect import (
    AssertionPayload,
    Manifest,
    ProfileResults,
    StatusResponse,
)
from openbadge_issuer.assertions.open_badges_2.extensions import EXTENSIONS, extension_problems, extensions_of
from openbadge_issuer.assertions.open_badges_2.reading import check_document, object_class
from openbadge_issuer.assertions.open_badges_2.upgrade import upgrade
from openbadge_issuer.assertions.open_badges_2.values import parse_iso_date_time
from openbadge_issuer.errors import ModelError
from openbadge_issuer.errors.rules import rule_book

ROOT = conformance_root() or Path("conformance-data-is-missing")
EXAMPLES = ROOT / "examples" / "ob-v2p0"
CORPUS = ROOT / "corpus-1edtech"

NOT_WHOLE = {
    "examples/05-signed-badges-example.json": "the header of a JWS",
    "examples/10-criteria-example.json": "one member of a badge class",
    "examples/13-evidence-example.json": "one member of an assertion",
    "examples/14-evidence-example.json": "one member of an assertion",
    "examples/17-image-example.json": "one member of an assertion",
    "examples/18-image-example.json": "one member of an assertion",
    "examples/19-badgeclass-versioning.json": "some members of a badge class",
    "examples/20-internationalization-examples.json": "some members of a badge class",
    "examples/21-internationalization-examples.json": "some members of a badge class",
    "extensions/04-accessibility.json": "a badge class without context, type and id",
    "extensions/05-creative-commons-content-license.json": "a badge class with most of it left out",
}
"""Examples that show a part: they are read inside a document that has the rest."""
BREAKING = {
    "community/open_badges_2.0_example.json": "/recipient/hashed",
    "specification/01-introduction.json": "/recipient/hashed",
}
"""Examples that leave out what the specification requires, and where."""
OLDER = {
    "extension-endorsement/01-endorsement.json",
    "extension-endorsement/02-endorsement.json",
}
"""Examples that are documents of 1.1."""


def _examples() -> dict[str, JsonObject]:
    paths = sorted(EXAMPLES.rglob("*.json"))
    found = {path.relative_to(EXAMPLES).as_posix(): path for path in paths if path.name != "sources.json"}
    return {name: parse_json_object(path.read_bytes()) for name, path in found.items()}


ALL = _examples()
ONLY_EXTENSIONS = {name for name in ALL if name.startswith(("extensions/", "extension-license/"))}
WHOLE = {
    name: document
    for name, document in ALL.items()
    if name not in {*NOT_WHOLE, *BREAKING, *OLDER, *ONLY_EXTENSIONS}
}


def test_the_examples_are_there(conformance: Path) -> None:
    assert conformance == ROOT
    assert len(WHOLE) == 10
    assert ALL.keys() >= {*NOT_WHOLE, *BREAKING, *OLDER}


@pytest.mark.parametrize("name", WHOLE)
def test_a_whole_example_is_read_and_written_back(name: str) -> None:
    model, problems = check_document(WHOLE[name])
    assert problems == ()
    assert model is not None
    assert _plain(model.to_json()) == _plain(WHOLE[name])
    assert type(model).read(model.to_json()) == model


@pytest.mark.parametrize("name", NOT_WHOLE)
def test_an_example_of_a_part_is_read_inside_a_whole(conformance: Path, name: str) -> None:
    assert conformance == ROOT
    if "header" in NOT_WHOLE[name]:
        assert detect(ALL[name]) is None
        return
    around = ASSERTION if "assertion" in NOT_WHOLE[name] else BADGE_CLASS
    document = {**around, **ALL[name]}
    model, problems = check_document(document)
    assert problems == ()
    assert model is not None
    written = model.to_json()
    assert {key: _plain(written[key]) for key in ALL[name]} == {
        key: _plain(part) for key, part in ALL[name].items()
    }


@pytest.mark.parametrize("name", BREAKING)
def test_an_example_that_breaks_a_rule_is_known(conformance: Path, name: str) -> None:
    assert conformance == ROOT
    _, problems = check_document(ALL[name])
    assert [(problem.code, problem.pointer) for problem in problems] == [("MODEL-REQUIRED", BREAKING[name])]
    recipient = ALL[name]["recipient"]
    assert isinstance(recipient, dict)
    assert check_document({**ALL[name], "recipient": {**recipient, "hashed": False}})[1] == ()


@pytest.mark.parametrize("name", sorted(OLDER))
def test_an_example_of_1_1_is_read_as_2_0(conformance: Path, name: str) -> None:
    assert conformance == ROOT
    assert detect(ALL[name]) == "1.1"
    document, notes = upgrade(ALL[name])
    assert notes
    if "verify" not in ALL[name] and object_class(document) is Assertion:
        document["verification"] = {"type": "hosted"}  # the example leaves out how it is verified
    assert check_document(document)[1] == ()


@pytest.mark.parametrize("name", sorted(name for name in ALL if any(extensions_of(ALL[name]))))
def test_an_example_of_an_extension_keeps_its_rules(name: str) -> None:
    assert extension_problems(ALL[name]) == ()


def _plain(value: JsonValue) -> object:
    """What a document says, however it is written: one or an array of one, this or that time zone."""
    if isinstance(value, dict):
        names = {"@id": "id", "@type": "type", "verify": "verification"}
        return {names.get(name, name): _plain(part) for name, part in value.items() if part is not None}
    if isinstance(value, list):
        return [_plain(part) for part in value] if len(value) != 1 else _plain(value[0])
    if isinstance(value, str):
        try:
            return parse_iso_date_time(value).astimezone(UTC)
        except ValueError:
            return value
    return value


# The corpus of the reference validator


def _cases() -> list[JsonObject]:
    path = CORPUS / "expected.json"
    cases: list[JsonObject] = json.loads(path.read_bytes())["cases"] if path.is_file() else []
    return [case for case in cases if str(case["file"]).startswith("files/ob20/")]


@cache
def _hosted() -> dict[str, JsonObject]:
    documents = json.loads((CORPUS / "expected.json").read_bytes())["ob20HostedDocuments"]["documents"]
    return {
        url: parse_json_object((CORPUS / file).read_bytes())
        for file, urls in documents.items()
        if file.endswith(".json")
        for url in urls
    }


def _read(file: str) -> JsonObject:
    content = (CORPUS / file).read_bytes()
    if file.endswith(".jwt"):
        payload = content.split(b".")[1]
        content = base64.urlsafe_b64decode(payload + b"=" * (-len(payload) % 4))
    return parse_json_object(content)


LINKS: dict[str, type[Node]] = {
    "badge": BadgeClass,
    "issuer": Issuer,
    "publicKey": CryptographicKey,
    "creator": CryptographicKey,
    "revocationList": RevocationList,
    "endorsement": Endorsement,
}


def _linked(document: JsonObject, seen: set[str]) -> Iterator[tuple[str, str]]:
    """The problems of what a document names, each judged as what it should be."""
    for name, kind in LINKS.items():
        values = document.get(name)
        for value in values if isinstance(values, list) else [values]:
            if isinstance(value, dict):
                yield from _linked(value, seen)
            elif isinstance(value, str) and value not in seen and value in _hosted():
                seen.add(value)
                found = _hosted()[value]
                yield from ((problem.code, f"{name}{problem.pointer}") for problem in kind.check(found)[1])
                yield from _linked(found, seen)


def _problems(document: JsonObject) -> set[tuple[str, str]]:
    own = {(problem.code, problem.pointer) for problem in check_document(document)[1]}
    return own | set(_linked(document, set()))


NOT_THE_MODEL = {
    "files/ob20/simple-revoked.jwt": "it is revoked",
    "files/ob20/basic-assertion-with-allowed-origins-invalid-starts-with.json": "it stands elsewhere",
    "files/ob20/basic-assertion-expired.json": "it has expired",
    "files/ob20/basic-assertion-in-future.json": "it is issued in the future",
}
"""Cases that are invalid and keep the data model: verification finds them out."""
PICTURE_IS_REQUIRED = {
    "files/ob20/rdf-validation/valid-badge-class.json",
    "files/ob20/rdf-validation/valid-badge-class-empty-criteria-type.json",
    "files/ob20/badge-class-with-language.json",
}
"""The Java validator does not ask for the picture of a badge class; the text and the Python one do."""
BROKEN = {
    "files/ob20/basic-assertion-invalid-type.json": {("OB2-TYPE", "/type")},
    "files/ob20/assertion-with-data-image.json": {("OB2-IMAGE-DATA", "/image")},
    "files/ob20/rdf-validation/invalid-class.json": {("OB2-TYPE", "/type")},
    "files/ob20/rdf-validation/badge-class-invalid-issuer-type.json": {
        ("MODEL-REQUIRED", "/image"),
        ("MODEL-TYPE", "issuer/type"),
        ("MODEL-REQUIRED", "issuer/name"),
        ("MODEL-REQUIRED", "issuer/url"),
        ("MODEL-REQUIRED", "issuer/email"),
    },
}
"""Cases that break the data model, and everything that we say of them."""


@pytest.mark.parametrize("case", _cases(), ids=lambda case: Path(case["file"]).name)
def test_the_model_gives_the_verdict_of_the_reference_validator(case: JsonObject) -> None:
    file = str(case["file"])
    found = _problems(_read(file))
    if file in PICTURE_IS_REQUIRED:
        assert case["verdict"] != "invalid"
        assert found == {("MODEL-REQUIRED", "/image")}
        return
    assert found == BROKEN.get(file, set())
    assert (case["verdict"] == "invalid") == (bool(found) or file in NOT_THE_MODEL)


def test_there_are_cases_to_judge(conformance: Path) -> None:
    assert conformance == ROOT
    assert len(_cases()) >= 20
    files = {str(case["file"]) for case in _cases()}
    assert files >= NOT_THE_MODEL.keys() | PICTURE_IS_REQUIRED | BROKEN.keys()


@pytest.mark.parametrize(
    "name", sorted({str(case["file"]) for case in _cases()} - BROKEN.keys() - PICTURE_IS_REQUIRED)
)
def test_a_document_of_the_corpus_is_written_back_whole(name: str) -> None:
    document = _read(name)
    model, _ = check_document(document)
    assert model is not None
    assert _plain(model.to_json()) == _plain(document)


# The schemas of the extensions and of the Badge Connect API

ABSENT = "absent"
FOLDERS = {
    "extensions:ApplyLink": "applyLinkExtension",
    "extensions:AssessmentExtension": "assessmentExtension",
    "extensions:Endorsement": "endorsement",
    "extensions:ExampleExtension": "exampleExtension",
    "extensions:ExtraDescriptionExtension": "extraDescription",
    "extensions:GeoCoordinates": "geoCoordinatesExtension",
    "extensions:IssuerAccreditation": "issuerAccreditationExtension",
    "extensions:LicenseExtension": "licenseExtension",
    "extensions:OriginalCreator": "originalCreatorExtension",
    "extensions:RecipientProfile": "recipientProfile",
}
"""By type, where the schema is; that of Accessibility is no schema, since what it requires stands wrongly."""
UUID = "00000000-0000-4000-8000-000000000000"
ADDRESS: JsonObject = {"streetAddress": "1 Street", "postalCode": "1"}
MEMBERS: dict[str, JsonObject] = {
    "extensions:ApplyLink": {"url": "https://a.example/"},
    "extensions:AssessmentExtension": {
        "description": "All of it",
        "assessments": [
            {
                "type": "Exam",
                "description": "A test",
                "assessmentOutput": "A robot",
                "hasGroupParticipation": False,
                "hasGroupEvaluation": True,
                "evaluationMethod": "Points",
                "assessmentExample": "https://a.example/",
                "rubrics": [
                    {
                        "identifier": UUID,
                        "title": "Walking",
                        "lastChangeDateTime": "2026-01-01T00:00:00Z",
                        "caseUri": "https://a.example/",
                        "rubricCriteria": [
                            {
                                "identifier": UUID,
                                "weight": 1,
                                "criterionLevels": [
                                    {"identifier": UUID, "description": "It walks", "score": 1.5}
                                ],
                            }
                        ],
                    }
                ],
                "sections": [
                    {
                        "title": "One",
                        "required": True,
                        "questions": [{"type": "TextQuestion", "text": "Why?", "wordLimit": 5}],
                    }
                ],
            }
        ],
    },
    "extensions:Endorsement": {"description": "Good", "endorsedObject": {"id": "https://a.example/"}},
    "extensions:ExampleExtension": {"exampleProperty": "short"},
    "extensions:ExtraDescriptionExtension": {"name": "More", "narrative": "There is more."},
    "extensions:GeoCoordinates": {
        "name": "x",
        "description": "Here",
        "geo": {"latitude": 52, "longitude": 4.9},
    },
    "extensions:IssuerAccreditation": {
        "name": "The body",
        "contactInstructions": "Write",
        "url": "https://a.example/",
        "address": ADDRESS,
        "accreditationDate": "20260131",
        "parentOrganization": {"name": "Its parent", "address": ADDRESS},
    },
    "extensions:LicenseExtension": {"id": "CC-BY", "name": "By", "legalCode": "https://a.example/"},
    "extensions:OriginalCreator": {"url": "https://a.example/"},
    "extensions:RecipientProfile": {"id": "x", "name": "M", "publicKey": "ecdsa-koblitz-pubkey:14R"},
}
DATE_ONLY = "2026-01-31"
LOOSER = {
    ("extensions:LicenseExtension", "/legalCode"): "its format is `url`, which no validator knows",
}
"""Members that the published schema lets have any value, and why."""


def _damaged(value: JsonValue, new: JsonValue, place: str = "") -> Iterator[tuple[str, Any]]:
    """Every copy of the value in which one member of one object has another value, or is absent."""
    if isinstance(value, dict):
        for name, part in value.items():
            rest = {other: kept for other, kept in value.items() if other != name}
            yield f"{place}/{name}", rest if new == ABSENT else {**rest, name: new}
            for inner_place, inner in _damaged(part, new, f"{place}/{name}"):
                yield inner_place, {**value, name: inner}
    elif isinstance(value, list):
        for index, part in enumerate(value):
            for inner_place, inner in _damaged(part, new, f"{place}/{index}"):
                yield inner_place, [*value[:index], inner, *value[index + 1 :]]


def _schema(folder: str, name: str) -> Any:  # noqa: ANN401  # jsonschema's validators have no public type
    schema = json.loads((ROOT / "schemas" / folder / name).read_bytes())
    return Draft7Validator(schema, format_checker=FormatChecker())


@pytest.mark.parametrize("name", FOLDERS)
def test_an_extension_is_judged_as_its_published_schema_does(conformance: Path, name: str) -> None:
    assert conformance == ROOT
    validator = _schema("ob2-extensions", f"{FOLDERS[name]}/schema.json")
    cls, members = EXTENSIONS[name], MEMBERS[name]
    around: JsonObject = {"@context": "https://a.example/c.json", "type": ["Extension", name]}
    assert validator.is_valid(members)
    assert cls.check({**around, **members})[0] is not None
    values: list[JsonValue] = [5, True, "x y", DATE_ONLY, {}, ["x"], ABSENT]
    differing = {
        (place, str(new))
        for new in values
        for place, damaged in _damaged(members, new)
        if (cls.check({**around, **damaged})[0] is not None) != validator.is_valid(damaged)
        and (name, place) not in LOOSER
    }
    assert differing == set()


PREFIX = "imsob_v2p1v2p1-"
API: JsonObject = {
    "apiBase": "https://p.example/ims/ob/v2p1",
    "authorizationUrl": "https://p.example/authorize",
    "name": "The platform",
    "privacyPolicyUrl": "https://p.example/privacy",
    "registrationUrl": "https://p.example/register",
    "scopesOffered": ["https://purl.imsglobal.org/spec/ob/v2p1/scope/assertion.readonly"],
    "termsOfServiceUrl": "https://p.example/terms",
    "tokenUrl": "https://p.example/token",
    "version": "v2p1",
}
STATUS: JsonObject = {"statusCode": 200, "statusText": "OK", "error": "none"}
PROFILE: JsonObject = {"id": "https://p.example/1", "type": "Profile", "email": "a@b.example"}
PAYLOADS: list[tuple[type[Node], str, JsonObject]] = [
    (Manifest, "getmanifest-200-response", {"id": "https://p.example/m", "badgeConnectAPI": [API]}),
    (StatusResponse, "postassertion-200-400-401-404-405-500-response", {"status": STATUS}),
    (ProfileResults, "getprofile-200-response", {"status": STATUS, "profile": PROFILE}),
    (AssertionPayload, "postassertion-request", {"signedAssertion": "eyJhbGciOiJSUzI1NiJ9.e30.c2ln"}),
]


@pytest.mark.parametrize(("kind", "name", "payload"), PAYLOADS)
def test_an_object_of_the_api_that_its_schema_refuses_is_refused(
    conformance: Path, kind: type[Node], name: str, payload: JsonObject
) -> None:
    assert conformance == ROOT
    validator = _schema("ob-v2p1", f"{PREFIX}{name}payload-schemav1p0.json")
    assert validator.is_valid(payload)
    assert kind.check(payload)[1] == ()
    values: list[JsonValue] = [5, True, {}, ABSENT]
    for new in values:
        for place, damaged in _damaged(payload, new):
            if not validator.is_valid(damaged):
                assert kind.check(damaged)[0] is None, place


# What the versions before 2.0 look like, by their published schemas


@pytest.mark.parametrize(
    ("schema", "version", "document"),
    [
        (
            "ob-v0p5/assertion.json",
            "0.5",
            {
                "recipient": f"sha256${'0' * 64}",
                "salt": "x",
                "issued_on": "2011-06-01",
                "badge": {
                    "version": "0.5.0",
                    "name": "Html5",
                    "image": "https://p2pu.example/html5.png",
                    "description": "Knows HTML5",
                    "criteria": "https://p2pu.example/html5.html",
                    "issuer": {"origin": "https://p2pu.example", "name": "P2PU", "contact": "a@p2pu.example"},
                },
            },
        ),
        (
            "ob-v1p1/assertion.json",
            "1.1",
            {
                "@context": "https://w3id.org/openbadges/v1",
                "type": "Assertion",
                "id": "https://e.example/1",
                "uid": "1",
                "recipient": {"type": "email", "hashed": False, "identity": "a@b.example"},
                "badge": "https://e.example/badge",
                "verify": {"type": "hosted", "url": "https://e.example/1"},
                "issuedOn": 1359217910,
            },
        ),
        (
            "ob-v1p1/badgeclass.json",
            "1.1",
            {
                "@context": "https://w3id.org/openbadges/v1",
                "type": "BadgeClass",
                "id": "https://e.example/badge",
                "name": "Badge",
                "description": "A badge",
                "image": "data:image/png;base64,AA",
                "criteria": "https://e.example/c",
                "issuer": "https://e.example/i",
                "alignment": [{"name": "x", "url": "https://e.example/x", "description": "y"}],
                "tags": ["x"],
            },
        ),
    ],
)
def test_a_document_of_an_older_schema_is_read_as_2_0(
    conformance: Path, schema: str, version: str, document: JsonObject
) -> None:
    assert _schema("", schema).is_valid(document)
    assert conformance == ROOT
    assert detect(document) == version
    upgraded, _ = upgrade(document, url="https://e.example/1")
    assert check_document(upgraded)[1] == ()


def test_every_problem_of_the_corpus_can_be_said(conformance: Path) -> None:
    assert conformance == ROOT
    book = rule_book()
    for case in _cases():
        for problem in check_document(_read(str(case["file"])))[1]:
            assert ModelError(problem.code, problem.pointer, **problem.details).sentence("nl")
            assert problem.code in book
