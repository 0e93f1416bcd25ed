"""Every class of the data model has every property of its table, under its name, and no other."""

from __future__ import annotations

import typing
from pathlib import Path
from types import UnionType

import pytest

from openbadge_issuer import assertions
from openbadge_issuer.assertions.node import ClosedNode, Node

# `!` required, `*` zero or more values, `+` one or more; nothing: at most one.
_CREDENTIAL = (
    "@context+ type+ issuer! validFrom! validUntil proof* credentialSchema* refreshService* termsOfUse* "
    "credentialStatus* credentialSubject! name description"
)
_PERSON = (
    "familyName givenName additionalName patronymicName honorificPrefix honorificSuffix familyNamePrefix"
)
_ENDORSED = "endorsement* endorsementJwt*"
_ACHIEVEMENT_CREDENTIAL = f"{_CREDENTIAL} id! image awardedDate {_ENDORSED} evidence*"
_CLR_CREDENTIAL = f"{_ACHIEVEMENT_CREDENTIAL} partial".replace(" name", " name!")


def _in_version_1(table: str) -> str:
    """The same class under the VC Data Model 1.1 (section 1.3)."""
    return table.replace("validFrom!", "issuanceDate!").replace("validUntil", "expirationDate")


TABLES = {
    "AchievementCredential": _ACHIEVEMENT_CREDENTIAL,
    "AchievementCredentialV1": _in_version_1(_ACHIEVEMENT_CREDENTIAL).replace(" name", " name!"),
    "VerifiableCredential": f"{_CREDENTIAL} id",
    "CredentialSubject": "id",
    "AchievementSubject": (
        "id type+ achievement! activityStartDate activityEndDate creditsEarned identifier* image "
        "licenseNumber "
        "narrative result* role source term"
    ),
    "Achievement": (
        "id! type+ name! description! criteria! achievementType alignment* creator creditsAvailable "
        "fieldOfStudy "
        f"humanCode image inLanguage otherIdentifier* related* resultDescription* specialization tag* "
        f"version {_ENDORSED}"
    ),
    "Profile": (
        f"id! type+ name url phone description {_ENDORSED} image email address otherIdentifier* official "
        f"parentOrg "
        f"{_PERSON} dateOfBirth"
    ),
    "Address": (
        "type+ addressCountry addressCountryCode addressRegion addressLocality streetAddress "
        "postOfficeBoxNumber "
        "postalCode geo"
    ),
    "GeoCoordinates": "type! latitude! longitude!",
    "Alignment": "type+ targetName! targetUrl! targetCode targetDescription targetFramework targetType",
    "Criteria": "id narrative",
    "Evidence": "type+ id narrative name description genre audience",
    "Image": "id! type! caption",
    "IdentityObject": "type! hashed! identityHash! identityType! salt",
    "IdentifierEntry": "type! identifier! identifierType!",
    "Related": "id! type+ inLanguage version",
    "Result": "type+ achievedLevel alignment* resultDescription status value",
    "ResultDescription": (
        "id! type+ name! resultType! alignment* allowedValue* requiredLevel requiredValue "
        "rubricCriterionLevel* "
        "valueMax valueMin"
    ),
    "RubricCriterionLevel": "id! type+ name! alignment* description level points",
    "EndorsementCredential": f"{_CREDENTIAL} id! awardedDate".replace(" name", " name!"),
    "EndorsementCredentialV1": _in_version_1(f"{_CREDENTIAL} id! awardedDate").replace(" name", " name!"),
    "EndorsementSubject": "id! type+ endorsementComment",
    "CredentialSchema": "id! type+",
    "CredentialStatus": "id type+",  # only the Open Badges text requires the id, no schema does
    "RefreshService": "id! type+",
    "TermsOfUse": "id type+",
    "VerifiableCredentialV1": _in_version_1(f"{_CREDENTIAL} id"),
    "EnvelopedVerifiableCredential": "@context+ id! type+",
    "ClrCredential": _CLR_CREDENTIAL,
    "ClrCredentialV1": _in_version_1(_CLR_CREDENTIAL),
    "ClrSubject": "id type+ identifier* achievement* verifiableCredential+ association*",
    "Association": "type! associationType! sourceId! targetId!",
    "Proof": "type! cryptosuite created proofPurpose proofValue verificationMethod challenge domain nonce",
}
CLOSED = {"Association", "Image", "IdentityObject", "IdentifierEntry"}


def model(name: str) -> type[Node]:
    found = getattr(assertions, name)
    assert issubclass(found, Node)
    found.model_rebuild()  # a class that refers forward has its annotations only then
    return typing.cast("type[Node]", found)


def table_of(kind: type[Node]) -> dict[str, str]:
    """The wire names of a model with the mark of their cardinality."""
    marks = {}
    for name, field in kind.model_fields.items():
        wire_name = field.alias or name
        # A document must have a type, a builder need not give it; the context is checked by its own rule.
        required = field.is_required() or name == "type"
        many = typing.get_origin(field.annotation) is tuple
        marks[wire_name] = ("+" if required else "*") if many else ("!" if required else "")
    return marks


def table(text: str) -> dict[str, str]:
    return {word.rstrip("!*+"): word[len(word.rstrip("!*+")) :] for word in text.split()}


def test_the_tables_cover_every_model() -> None:
    models = {
        name
        for name in assertions.__all__
        if isinstance(kind := getattr(assertions, name), type) and issubclass(kind, Node)
    }
    assert models == set(TABLES)


@pytest.mark.parametrize("name", TABLES)
def test_a_model_has_exactly_the_properties_of_its_table(name: str) -> None:
    assert table_of(model(name)) == table(TABLES[name])


@pytest.mark.parametrize("name", TABLES)
def test_only_the_closed_classes_refuse_other_members(name: str) -> None:
    assert issubclass(model(name), ClosedNode) == (name in CLOSED)
    assert (model(name).model_config["extra"] == "forbid") == (name in CLOSED)


@pytest.mark.parametrize("name", TABLES)
def test_a_python_name_is_the_wire_name_in_snake_case(name: str) -> None:
    for attribute, field in model(name).model_fields.items():
        first, *rest = attribute.split("_")
        usual = first + "".join(word.capitalize() for word in rest)
        assert field.alias in {usual, "@context", "issuanceDate", "expirationDate"}


@pytest.mark.parametrize("name", TABLES)
def test_the_default_type_is_the_name_of_the_class(name: str) -> None:
    field = model(name).model_fields.get("type")
    if field is None or field.is_required():
        assert name in {
            "CredentialSubject",
            "Criteria",
            "CredentialSchema",
            "CredentialStatus",
            "RefreshService",
            "TermsOfUse",
            "Proof",
        }
        return
    default = field.get_default()
    names = default if isinstance(default, tuple) else (default,)
    expected = "OpenBadgeCredential" if name.startswith("AchievementCredential") else name.removesuffix("V1")
    assert names[-1] == expected
    assert names[:-1] == (("VerifiableCredential",) if "Credential" in name and len(names) > 1 else ())


def test_optional_properties_are_absent_by_default() -> None:
    for name in TABLES:
        for attribute, field in model(name).model_fields.items():
            if field.is_required() or attribute == "type":
                continue
            optional = (
                isinstance(field.annotation, UnionType) or typing.get_origin(field.annotation) is typing.Union
            )
            assert field.get_default() == (None if optional else ())


REFERENCE = Path(__file__).parents[3] / "docs" / "reference" / "data-model.md"


@pytest.mark.parametrize("name", TABLES)
def test_the_reference_names_every_class_and_property(name: str) -> None:
    _, _, after = REFERENCE.read_text("utf-8").partition(f"\n## {name}\n")
    section = after.partition("\n## ")[0]
    listed = {line.split("`")[1]: line for line in section.splitlines() if line.startswith("| `")}
    if name.endswith("V1"):
        assert listed.keys() <= table(TABLES[name]).keys()
        return
    own = table(TABLES[name])
    if name != "VerifiableCredential" and "validFrom" in own:
        inherited = table(TABLES["VerifiableCredential"])
        own = {
            name: mark
            for name, mark in own.items()
            if inherited.get(name) != mark or name in {"type", "credentialSubject"}
        }
    assert listed.keys() == own.keys()
    for wire_name, line in listed.items():
        words = {"!": "one", "+": "one or more", "*": "any number", "": "at most one"}
        assert line.split("|")[2].strip() == words[own[wire_name]]
