"""What every model does: frozen, exact on the wire, and keeping what it does not know."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from pydantic import ValidationError

from openbadge_issuer.assertions import (
    Address,
    Alignment,
    CredentialStatus,
    CredentialSubject,
    Criteria,
    Evidence,
    GeoCoordinates,
    IdentifierEntry,
    IdentityObject,
    Image,
    LanguageValue,
    Profile,
    VerifiableCredential,
)
from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, dump_json
from openbadge_issuer.assertions.node import Node
from openbadge_issuer.errors import ModelError

PROFILE: JsonObject = {"id": "https://example.org/issuer", "type": ["Profile"]}
CLOSED: list[tuple[type[Node], JsonObject]] = [
    (Image, {"id": "https://example.org/a.png", "type": "Image"}),
    (
        IdentityObject,
        {"type": "IdentityObject", "hashed": False, "identityHash": "a", "identityType": "name"},
    ),
    (IdentifierEntry, {"type": "IdentifierEntry", "identifier": "a", "identifierType": "name"}),
]


def code(kind: type[Node], document: JsonObject) -> tuple[str, str]:
    with pytest.raises(ModelError) as raised:
        kind.read(document)
    return raised.value.code, raised.value.pointer


def test_unknown_members_are_kept_and_written_back() -> None:
    unknown: JsonObject = {
        "x:shoe": {"size": [43, None], "colour": {"@value": "rood"}},
        "nothing": None,
        "empty": [],
        "model_config": "a name that Python uses",
        "to_json": 1,
        "target_name": "not targetName",
    }
    document: JsonObject = {**PROFILE, **unknown, "parentOrg": {**PROFILE, **unknown}}
    assert Profile.read(document).to_json() == document


def test_a_member_in_snake_case_is_unknown_in_a_document() -> None:
    document: JsonObject = {"type": ["Alignment"], "target_name": "a", "targetUrl": "urn:x:a"}
    assert code(Alignment, document) == ("MODEL-REQUIRED", "/targetName")
    closed: JsonObject = {"type": "IdentifierEntry", "identifier": "a", "identifier_type": "name"}
    codes = {problem.code for problem in IdentifierEntry.check(closed)[1]}
    assert codes == {"MODEL-REQUIRED", "MODEL-CLOSED"}


def test_a_builder_may_use_either_name() -> None:
    built = Alignment(target_name="a", target_url="urn:x:a")
    assert Alignment.read(built.to_json()) == built
    assert built == Alignment.model_validate({"targetName": "a", "targetUrl": "urn:x:a"})


@pytest.mark.parametrize(("kind", "document"), CLOSED)
def test_a_closed_class_refuses_other_members(kind: type[Node], document: JsonObject) -> None:
    assert kind.read(document).to_json() == document
    assert code(kind, {**document, "x:more": 1}) == ("MODEL-CLOSED", "/x:more")


@pytest.mark.parametrize("name", ["name", "endorsement", "type", "id"])
def test_null_is_refused_in_a_known_member_of_a_document(name: str) -> None:
    assert code(Profile, {**PROFILE, name: None}) == ("MODEL-NULL", f"/{name}")


def test_none_is_how_a_builder_leaves_a_member_out() -> None:
    assert Profile(id="urn:x:a", name=None).to_json() == {"id": "urn:x:a", "type": ["Profile"]}


def test_a_type_is_required_in_a_document_and_given_by_a_builder() -> None:
    assert code(Evidence, {"id": "urn:x:a"}) == ("MODEL-REQUIRED", "/type")
    assert code(Image, {"id": "urn:x:a"}) == ("MODEL-REQUIRED", "/type")
    assert Evidence().to_json() == {"type": ["Evidence"]}
    assert Image(id="urn:x:a").to_json() == {"id": "urn:x:a", "type": "Image"}


def test_criteria_need_no_type() -> None:
    assert Criteria.read({"id": "https://example.org/how"}).to_json() == {"id": "https://example.org/how"}


def test_a_type_may_say_more_than_the_class() -> None:
    document: JsonObject = {"type": ["https://example.org/Office", "Address"]}
    assert Address.read(document).to_json() == document
    assert code(Address, {"type": ["https://example.org/Office"]}) == ("MODEL-TYPE", "/type")
    assert code(Address, {"type": []}) == ("MODEL-TYPE", "/type")
    with pytest.raises(ModelError):
        Address(type=("Office",))


@pytest.mark.parametrize("kind", [GeoCoordinates, Image, IdentityObject, IdentifierEntry])
def test_a_plain_type_is_the_one_name(kind: type[Node]) -> None:
    values: list[JsonValue] = ["Other", [kind.__name__], 5]
    for value in values:
        problems = kind.check({"type": value})[1]
        assert ("MODEL-ENUM", "/type") in {(problem.code, problem.pointer) for problem in problems}


def test_a_single_value_is_read_as_an_array_and_written_as_one() -> None:
    document: JsonObject = {**PROFILE, "type": "Profile", "endorsementJwt": "a.b.c"}
    assert Profile.read(document).to_json() == {**PROFILE, "endorsementJwt": ["a.b.c"]}


def test_what_the_specification_writes_bare_is_written_bare() -> None:
    single: JsonObject = {"id": "https://example.org/1", "type": "BitstringStatusListEntry"}
    assert CredentialStatus.read({**single, "type": ["BitstringStatusListEntry"]}).to_json() == single
    several: JsonObject = {**single, "type": ["BitstringStatusListEntry", "x:Other"]}
    assert CredentialStatus.read(several).to_json() == several
    assert code(CredentialStatus, {**single, "type": []}) == ("MODEL-EMPTY", "/type")


def test_empty_arrays_are_read_and_not_written() -> None:
    assert Profile.read({**PROFILE, "otherIdentifier": [], "endorsement": []}).to_json() == PROFILE


def test_context_id_and_type_come_first_on_the_wire() -> None:
    badge = VerifiableCredential(
        name="a",
        valid_from=datetime(2026, 1, 1, tzinfo=UTC),
        credential_subject=CredentialSubject(id="urn:x:b"),
        issuer="https://example.org",
        id="urn:x:a",
        context=("https://www.w3.org/ns/credentials/v2",),
    )
    assert list(badge.to_json())[:3] == ["@context", "id", "type"]


def test_models_are_frozen_and_compare_by_value() -> None:
    profile = Profile.read(PROFILE)
    with pytest.raises(ValidationError):
        profile.name = "other"  # type: ignore[misc]  # that it is refused is the point
    assert profile == Profile.read(PROFILE)
    assert hash(Evidence(name="a")) == hash(Evidence(name="a"))
    assert Evidence(name="a") != Evidence(name="b")


def test_what_is_written_is_json() -> None:
    profile = Profile(
        id="urn:x:a",
        name=(LanguageValue("one", "en"), LanguageValue("een", "nl")),
        address=Address(geo=GeoCoordinates(latitude=52.08, longitude=4)),
        date_of_birth=date(1815, 12, 10),
    )
    assert dump_json(profile.to_json()).startswith(
        b'{"id":"urn:x:a","type":["Profile"],"name":[{"@value":"one"'
    )
    assert Profile.read(profile.to_json()) == profile


def test_a_builder_gets_the_errors_of_the_library() -> None:
    with pytest.raises(ModelError, match=r"“no uri” does not have the form .* \(at /targetUrl\)"):
        Alignment(target_name="a", target_url="no uri")
    with pytest.raises(ModelError, match=r"“targetUrl” is missing\. \(at /targetUrl\)"):
        Alignment.model_validate({"target_name": "a"})
    with pytest.raises(ModelError) as raised:
        Profile(id="urn:x:a", endorsement_jwt=("a.b.c", "no token"))
    assert (raised.value.code, raised.value.pointer) == ("MODEL-FORMAT", "/endorsementJwt/1")
    with pytest.raises(ModelError) as raised:
        Criteria()
    assert raised.value.code == "OB3-CRITERIA"


def test_a_string_is_not_a_number_and_a_number_not_a_string() -> None:
    assert code(Profile, {**PROFILE, "phone": 31701234567}) == ("MODEL-KIND", "/phone")
    assert code(GeoCoordinates, {"type": "GeoCoordinates", "latitude": "52", "longitude": 4}) == (
        "MODEL-KIND",
        "/latitude",
    )


def test_reading_raises_the_first_problem_with_its_sentence_in_both_languages() -> None:
    with pytest.raises(ModelError, match=r"“targetUrl” is missing\. \(at /targetUrl\)") as raised:
        Alignment.read({"type": ["Alignment"], "targetName": "a"})
    assert raised.value.sentence("nl") == "Het verplichte lid “targetUrl” ontbreekt."
