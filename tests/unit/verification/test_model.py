"""The model of a badge is checked whole, and what it does not need is not loaded."""

from __future__ import annotations

from issued_badges import signed_with, small_document
from openbadge_issuer.assertions.extensions import EXTENSIONS
from openbadge_issuer.assertions.json_text import JsonObject, parse_json_object
from openbadge_issuer.assertions.type_names import EXTENSION_TYPES
from openbadge_issuer.verification import validate


def test_every_extension_is_known_by_its_types() -> None:
    assert set(EXTENSIONS) == EXTENSION_TYPES


def test_a_badge_that_says_everything_it_must_has_no_findings() -> None:
    assert validate(small_document()) == []


def test_an_extension_that_lacks_its_members_is_found() -> None:
    document = small_document()
    subject = document["credentialSubject"]
    assert isinstance(subject, dict)
    achievement = subject["achievement"]
    assert isinstance(achievement, dict)
    changed: JsonObject = {**achievement, "type": ["Achievement", "ApplyLinkAchievement"]}
    codes = {
        found.code
        for found in validate({**document, "credentialSubject": {**subject, "achievement": changed}})
    }
    assert codes == {"OB3-EXTENSION-MISSING"}


def test_a_signed_document_is_checked_like_any_other() -> None:
    document = parse_json_object(signed_with({"name": None, "issuer": "urn:uuid:5"}))
    assert {found.code for found in validate(document)} == {"OB3-ISSUER-URI"}
