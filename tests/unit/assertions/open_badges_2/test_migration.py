from __future__ import annotations

from datetime import UTC, datetime

import pytest

from open_badges_2_documents import ASSERTION, BADGE_CLASS, ISSUER, changed
from openbadge_issuer.assertions import AchievementCredential
from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.assertions.open_badges_2 import Assertion, BadgeClass, Issuer
from openbadge_issuer.assertions.open_badges_2.migration import Migration, to_open_badges_3
from openbadge_issuer.assertions.open_badges_2.upgrade import upgrade
from openbadge_issuer.errors import ModelError
from openbadge_issuer.jsonld.canonical import canonicalize

NEW = "urn:uuid:00000000-0000-4000-8000-000000000001"
CREDENTIAL = "urn:uuid:00000000-0000-4000-8000-000000000002"
DID = "did:web:badges.example.org"
APPLY: JsonObject = {
    "@context": "https://openbadgespec.org/extensions/applyLinkExtension/context.json",
    "type": ["Extension", "extensions:ApplyLink"],
    "url": "https://badges.example.org/apply",
}
ACCESSIBILITY: JsonObject = {
    "@context": "https://w3id.org/openbadges/extensions/accessibilityExtension/context.json",
    "type": ["Extension", "extensions:Accessibility"],
    "accessibilityFeature": "audioDescription",
}
LICENSE: JsonObject = {
    "@context": "https://openbadgespec.org/extensions/licenseExtension/context.json",
    "type": ["Extension", "extensions:LicenseExtension"],
    "id": "CC-BY-SA",
    "name": "Attribution, share alike",
    "legalCode": "https://creativecommons.org/licenses/by-sa/4.0/legalcode",
}
CREATOR: JsonObject = {
    "@context": "https://openbadgespec.org/extensions/originalCreatorExtension/context.json",
    "type": ["Extension", "extensions:OriginalCreator"],
    "url": "https://first.example/",
}
PLACE: JsonObject = {
    "@context": "https://w3id.org/openbadges/extensions/geoCoordinatesExtension/context.json",
    "type": ["Extension", "extensions:GeoCoordinates"],
    "name": "Our school",
    "description": "Where we are",
    "geo": {"latitude": 52, "longitude": 4.9},
}


def migrated(
    assertion: JsonObject = ASSERTION,
    badge: JsonObject = BADGE_CLASS,
    issuer: JsonObject = ISSUER,
    issuer_id: str | None = DID,
) -> Migration:
    return to_open_badges_3(
        Assertion.read(assertion),
        BadgeClass.read(badge),
        Issuer.read(issuer),
        achievement_id=NEW,
        issuer_id=issuer_id,
    )


def notes(migration: Migration) -> set[tuple[str, str, str]]:
    for note in migration.left_out:
        assert ModelError(note.code, note.pointer, **note.details).sentence("nl")
    return {(note.code, str(note.details["object"]), note.pointer) for note in migration.left_out}


def test_a_badge_is_carried_over_with_all_that_has_a_place() -> None:
    migration = migrated()
    credential = migration.credential(CREDENTIAL)
    document = credential.to_json()
    assert AchievementCredential.read(document) == credential
    assert canonicalize(document)
    assert document["name"] == "Builder of robots"
    assert document["validFrom"] == document["awardedDate"] == "2026-01-31T12:00:00Z"
    assert document["validUntil"] == "2030-01-31T11:00:00Z"
    assert document["issuer"] == {
        "id": DID,
        "type": ["Profile"],
        "name": "School of Breakthrough",
        "url": "https://badges.example.org/",
        "phone": "+31201234567",
        "description": "We recognise what people can do.",
        "image": {"id": "https://badges.example.org/logo.svg", "type": "Image"},
        "email": "badges@example.org",
        "otherIdentifier": [
            {
                "type": "IdentifierEntry",
                "identifier": "https://badges.example.org/issuer.json",
                "identifierType": "identifier",
            }
        ],
    }
    subject = document["credentialSubject"]
    assert isinstance(subject, dict)
    achievement = subject.pop("achievement")
    assert subject == {
        "type": ["AchievementSubject"],
        "identifier": [
            {
                "type": "IdentityObject",
                "hashed": True,
                "identityHash": "sha256$c8d32d06746899d78eefe21857f5f8327c15f5f4fe7999d42c5c65fcd71e050e",
                "identityType": "emailAddress",
                "salt": "deadsea",
            }
        ],
        "image": {"id": "https://badges.example.org/assertions/1.png", "type": "Image"},
        "narrative": "She built two.",
    }
    assert achievement == {
        "id": NEW,
        "type": ["Achievement"],
        "name": "Builder of robots",
        "description": "Built a robot that walks.",
        "criteria": {"id": "https://badges.example.org/robots.html", "narrative": "Build one."},
        "alignment": [{"type": ["Alignment"], **one} for one in _objects(BADGE_CLASS["alignment"])],
        "creator": document["issuer"],
        "image": {"id": "https://badges.example.org/robots.png", "type": "Image", "caption": "A robot"},
        "inLanguage": "en-GB",
        "related": [
            {
                "id": "https://badges.example.org/robots-nl.json",
                "type": ["Related"],
                "inLanguage": "nl",
                "version": "1",
            },
            {
                "id": "https://badges.example.org/robots.json",
                "type": ["Related", "https://w3id.org/openbadges#BadgeClass"],
                "version": "Open Badges v2p0",
            },
        ],
        "tag": ["robots", "building"],
        "version": "2",
    }
    *evidence, old = _objects(document["evidence"])
    assert evidence == [
        {"id": "https://badges.example.org/work.html", "type": ["Evidence"]},
        {"type": ["Evidence"], **_objects(ASSERTION["evidence"])[0]},
    ]
    assert old["id"] == "https://badges.example.org/assertions/1.json"
    assert old["type"] == ["Evidence", "https://w3id.org/openbadges#Assertion"]


def _objects(value: JsonValue) -> list[JsonObject]:
    assert isinstance(value, list)
    return [item for item in value if isinstance(item, dict)]


def test_what_has_no_place_is_noted_where_it_stood() -> None:
    assert notes(migrated()) == {
        ("OB2-LEFT-OUT", "Profile", "/verification"),
        ("OB2-REPLACED", "Profile", "/publicKey"),
        ("OB2-REPLACED", "Profile", "/revocationList"),
        ("OB2-LEFT-OUT", "BadgeClass", "/endorsement"),
        ("OB2-LEFT-OUT", "BadgeClass", "/image/author"),
        ("OB2-REPLACED", "Assertion", "/verification"),
    }


@pytest.mark.parametrize(
    ("path", "value", "place"),
    [
        ("uid", "abc", "/uid"),
        ("version", 1, "/version"),
        ("schema:comment", "x", "/schema:comment"),
        ("type", ["Assertion", "obi:More"], "/type"),
        ("type", ["Assertion", "https://own.example/Type"], "/type"),
        ("evidence/1/type", ["Evidence", "schema:Movie"], "/evidence/1/type"),
        ("evidence/1/schema:url", "https://a.example/", "/evidence/1/schema:url"),
        ("recipient/schema:name", "M", "/recipient/schema:name"),
        ("@language", "nl", "/@language"),
        ("@language", "de-1996", "/@language"),
    ],
)
def test_members_of_an_assertion_that_have_no_place_are_noted(
    path: str, value: JsonValue, place: str
) -> None:
    found = notes(migrated(changed(ASSERTION, path, value)))
    assert ("OB2-LEFT-OUT", "Assertion", place) in found
    assert len(found) == len(notes(migrated())) + 1


@pytest.mark.parametrize(
    ("path", "value", "place"),
    [
        ("criteria/schema:x", "y", "/criteria/schema:x"),
        ("alignment/0/schema:x", "y", "/alignment/0/schema:x"),
        ("related/0/@language", "x-klingon", "/related/0/@language"),
        ("image/schema:x", "y", "/image/schema:x"),
        ("extensions:Place", PLACE, "/extensions:Place"),
        ("extensions:Broken", {**APPLY, "url": 5}, "/extensions:Broken"),
    ],
)
def test_members_of_a_badge_class_that_have_no_place_are_noted(
    path: str, value: JsonValue, place: str
) -> None:
    assert ("OB2-LEFT-OUT", "BadgeClass", place) in notes(migrated(badge=changed(BADGE_CLASS, path, value)))


def test_extensions_take_the_form_that_3_0_has_for_them() -> None:
    extended: JsonObject = {
        **BADGE_CLASS,
        "extensions:ApplyLink": APPLY,
        "extensions:Accessibility": ACCESSIBILITY,
        "schema:license": LICENSE,
        "extensions:OriginalCreator": CREATOR,
    }
    migration = migrated(badge=extended)
    document = migration.credential(CREDENTIAL).to_json()
    assert canonicalize(document)
    achievement = migration.achievement.to_json()
    assert achievement["type"] == ["Achievement", "ApplyLinkAchievement", "CCAchievement"]
    assert achievement["url"] == "https://badges.example.org/apply"
    assert achievement["accessibilityFeature"] == "audioDescription"
    assert achievement["license"] == {
        "id": "https://creativecommons.org/licenses/by-sa/4.0/",
        "name": "Attribution, share alike",
    }
    assert achievement["creator"] == {"id": "https://first.example/", "type": ["Profile"]}
    assert len(migration.contexts) == 3
    assert notes(migration) - notes(migrated()) == {
        ("OB2-LEFT-OUT", "BadgeClass", "/schema:license/legalCode")
    }


def test_of_two_extensions_with_the_same_member_the_second_is_left_out() -> None:
    both: JsonObject = {
        **BADGE_CLASS,
        "extensions:ApplyLink": APPLY,
        "extensions:Accessibility": {**ACCESSIBILITY, "url": "https://a.example/"},
        "extensions:A": {**LICENSE, "id": "CC-0"},
        "extensions:B": LICENSE,
        "extensions:C": CREATOR,
        "extensions:D": CREATOR,
    }
    migration = migrated(badge=both)
    left_out = {note.pointer for note in migration.left_out}
    assert {"/extensions:Accessibility", "/extensions:B", "/extensions:D"} <= left_out
    extra = migration.achievement.model_extra
    assert extra is not None
    assert extra["license"]["id"] == "https://creativecommons.org/publicdomain/zero/1.0/"


def test_the_place_of_an_issuer_becomes_its_address() -> None:
    migration = migrated(issuer={**ISSUER, "schema:location": PLACE})
    assert migration.issuer.to_json()["address"] == {
        "type": ["Address"],
        "geo": {"type": "GeoCoordinates", "latitude": 52.0, "longitude": 4.9},
    }
    assert {
        ("OB2-LEFT-OUT", "Profile", "/schema:location/name"),
        ("OB2-LEFT-OUT", "Profile", "/schema:location/description"),
    } <= notes(migration)


def test_an_issuer_keeps_its_id_unless_it_has_a_new_one() -> None:
    migration = migrated(issuer_id=None)
    assert migration.issuer.id == "https://badges.example.org/issuer.json"
    assert migration.issuer.other_identifier == ()


@pytest.mark.parametrize(
    ("recipient", "subject_id", "identifiers"),
    [
        ({"type": "id", "identity": "did:example:1", "hashed": False}, "did:example:1", []),
        ({"type": "id", "identity": "number 5", "hashed": False}, None, ["identifier"]),
        ({"type": "url", "identity": "https://m.example/", "hashed": False}, None, ["ext:url"]),
        ({"type": "id", "identity": f"sha256${'0' * 64}", "hashed": True}, None, ["identifier"]),
    ],
)
def test_the_recipient_is_named_as_before(
    recipient: JsonObject, subject_id: str | None, identifiers: list[str]
) -> None:
    subject = migrated({**ASSERTION, "recipient": recipient}).subject
    assert subject.id == subject_id
    assert [one.identity_type for one in subject.identifier] == identifiers


def test_a_new_copy_counts_from_when_it_is_issued_and_says_when_it_was_awarded() -> None:
    moment = datetime(2027, 1, 1, tzinfo=UTC)
    credential = migrated().credential(CREDENTIAL, valid_from=moment)
    assert credential.valid_from == moment
    assert credential.awarded_date == datetime(2026, 1, 31, 12, tzinfo=UTC)


def test_a_revoked_badge_is_not_carried_over() -> None:
    with pytest.raises(ModelError) as error:
        migrated({**ASSERTION, "revoked": True})
    assert error.value.code == "OB2-CARRY-REVOKED"


@pytest.mark.parametrize(
    ("badge", "issuer", "place"),
    [
        ({**BADGE_CLASS, "id": "https://badges.example.org/other.json"}, ISSUER, "/badge"),
        (BADGE_CLASS, {**ISSUER, "id": "https://badges.example.org/other.json"}, "/issuer"),
    ],
)
def test_objects_that_do_not_belong_together_are_refused(
    badge: JsonObject, issuer: JsonObject, place: str
) -> None:
    with pytest.raises(ModelError) as error:
        migrated(badge=badge, issuer=issuer)
    assert (error.value.code, error.value.pointer) == ("OB2-CARRY-OTHER", place)


def test_a_badge_of_0_5_is_carried_over_too() -> None:
    old: JsonObject = {
        "recipient": "brian@example.org",
        "issued_on": "2011-06-01",
        "badge": {
            "name": "Html5",
            "image": "/html5.png",
            "description": "Knows HTML5",
            "criteria": "/html5.html",
            "issuer": {"origin": "https://p2pu.example", "name": "P2PU", "contact": "a@p2pu.example"},
        },
    }
    assertion = Assertion.read(upgrade(old, url="https://p2pu.example/1.json")[0])
    badge = assertion.badge
    assert isinstance(badge, BadgeClass)
    assert isinstance(badge.issuer, Issuer)
    migration = to_open_badges_3(assertion, badge, badge.issuer, achievement_id=NEW, issuer_id=DID)
    assert migration.achievement.related == ()
    assert migration.issuer.other_identifier == ()
    assert AchievementCredential.read(migration.credential(CREDENTIAL).to_json())
