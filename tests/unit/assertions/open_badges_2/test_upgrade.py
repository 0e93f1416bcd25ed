from __future__ import annotations

from copy import deepcopy

import pytest

from open_badges_2_documents import ASSERTION, REVOCATION_LIST
from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.assertions.open_badges_2 import Assertion, BadgeClass, Issuer, RevocationList
from openbadge_issuer.assertions.open_badges_2.upgrade import upgrade, upgrade_revocation_list
from openbadge_issuer.assertions.problems import ModelProblem
from openbadge_issuer.errors import ModelError

HASH = f"sha256${'0' * 64}"
V1 = "https://w3id.org/openbadges/v1"
V2 = "https://w3id.org/openbadges/v2"

OF_0_5: JsonObject = {
    "recipient": HASH,
    "salt": "deadsea",
    "evidence": "/badges/evidence.html",
    "expires": "2013-06-01",
    "issued_on": "2011-06-01",
    "badge": {
        "version": "0.5.0",
        "name": "Html5",
        "image": "/html5.png",
        "description": "Knows HTML5",
        "criteria": "/html5.html",
        "issuer": {
            "origin": "https://p2pu.example",
            "name": "P2PU",
            "org": "School of Webcraft",
            "contact": "admin@p2pu.example",
        },
    },
}
OF_1_0: JsonObject = {
    "uid": "f2c20",
    "recipient": {"type": "email", "hashed": True, "salt": "deadsea", "identity": HASH},
    "image": "https://example.org/beths-robot-badge.png",
    "evidence": "https://example.org/beths-robot-work.html",
    "issuedOn": 1359217910,
    "badge": "https://example.org/robotics-badge.json",
    "verify": {"type": "hosted", "url": "https://example.org/beths-robotics-badge.json"},
}
OF_1_1: JsonObject = {
    "@context": V1,
    "id": "https://example.org/robotics-badge.json",
    "type": "BadgeClass",
    "name": "Awesome Robotics Badge",
    "description": "For doing awesome things",
    "image": "https://example.org/robotics-badge.png",
    "criteria": "https://example.org/robotics-badge.html",
    "tag": ["robots"],
    "alignment": [{"name": "Walking", "url": "https://example.org/walk", "description": "On legs"}],
    "issuer": {
        "id": "https://example.org/organization.json",
        "type": "IssuerOrg",
        "name": "An Example",
        "url": "https://example.org",
        "email": "steved@example.org",
    },
}


def codes(notes: tuple[ModelProblem, ...]) -> list[tuple[str, str]]:
    for note in notes:
        assert ModelError(note.code, note.pointer, **note.details).sentence("nl")
    return [(note.code, note.pointer) for note in notes]


def test_an_assertion_of_0_5_is_read_as_2_0() -> None:
    before = deepcopy(OF_0_5)
    document, notes = upgrade(OF_0_5, url="https://p2pu.example/1.json")
    assert before == OF_0_5
    assertion = Assertion.read(document)
    assert assertion.id == "https://p2pu.example/1.json"
    assert document["issuedOn"] == "2011-06-01T00:00:00Z"
    assert document["expires"] == "2013-06-01T00:00:00Z"
    assert document["evidence"] == "https://p2pu.example/badges/evidence.html"
    assert assertion.recipient.to_json() == {
        "type": "email",
        "identity": HASH,
        "hashed": True,
        "salt": "deadsea",
    }
    badge = assertion.badge
    assert isinstance(badge, BadgeClass)
    assert (badge.id, badge.image, badge.version) == ("_:badge", "https://p2pu.example/html5.png", None)
    issuer = badge.issuer
    assert isinstance(issuer, Issuer)
    assert (issuer.name, issuer.url) == ("P2PU: School of Webcraft", "https://p2pu.example")
    assert issuer.email == "admin@p2pu.example"
    found = codes(notes)
    assert found[0] == ("OB2-UPGRADED", "")
    assert {
        ("OB2-UPGRADE-ADDED", ""),
        ("OB2-UPGRADE-RENAMED", "/recipient"),
        ("OB2-UPGRADE-RENAMED", "/issued_on"),
        ("OB2-UPGRADE-VALUE", "/issued_on"),
        ("OB2-UPGRADE-VALUE", "/badge/image"),
        ("OB2-UPGRADE-REMOVED", "/badge/version"),
        ("OB2-UPGRADE-RENAMED", "/badge/issuer/origin"),
        ("OB2-UPGRADE-RENAMED", "/badge/issuer/org"),
    } <= set(found)


def test_a_plain_address_of_0_5_is_not_taken_for_a_hash() -> None:
    document, _ = upgrade({**OF_0_5, "recipient": "brian@example.org"})
    assert document["recipient"] == {
        "type": "email",
        "identity": "brian@example.org",
        "hashed": False,
        "salt": "deadsea",
    }


def test_a_salt_that_is_no_text_stays_where_it_is() -> None:
    document, _ = upgrade({**OF_0_5, "salt": 5})
    assert document["salt"] == 5


def test_an_assertion_of_1_0_is_read_as_2_0() -> None:
    document, notes = upgrade(OF_1_0)
    assertion = Assertion.read(document)
    assert assertion.id == "https://example.org/beths-robotics-badge.json"
    assert document["issuedOn"] == "2013-01-26T16:31:50Z"
    assert document["@context"] == V2
    assert assertion.uid == "f2c20"
    assert codes(notes) == [
        ("OB2-UPGRADED", ""),
        ("OB2-UPGRADE-ADDED", ""),
        ("OB2-UPGRADE-RENAMED", "/verify"),
        ("OB2-UPGRADE-ADDED", ""),
        ("OB2-UPGRADE-VALUE", "/issuedOn"),
    ]


def test_the_address_that_was_fetched_goes_before_the_one_that_is_claimed() -> None:
    document, _ = upgrade(OF_1_0, url="https://example.org/really.json")
    assert document["id"] == "https://example.org/really.json"


def test_a_signed_assertion_of_1_0_is_known_by_its_uid_and_names_its_key() -> None:
    old: JsonObject = {
        **OF_1_0,
        "uid": "a b/1",
        "verify": {"type": "signed", "url": "https://example.org/key.pem"},
    }
    document, _ = upgrade(old, url="https://example.org/1.json")
    assertion = Assertion.read(document)
    assert assertion.id == "uid:a%20b%2F1"
    assert assertion.verification.method == "signed"
    assert assertion.verification.creator == "https://example.org/key.pem"


def test_a_badge_class_of_1_1_is_read_as_2_0() -> None:
    document, notes = upgrade(OF_1_1)
    badge = BadgeClass.read(document)
    assert badge.tags == ("robots",)
    assert badge.alignment[0].to_json() == {
        "targetName": "Walking",
        "targetUrl": "https://example.org/walk",
        "targetDescription": "On legs",
    }
    assert isinstance(badge.issuer, Issuer)
    assert badge.issuer.type == ("Issuer",)
    assert ("OB2-UPGRADE-RENAMED", "/alignment/0/name") in codes(notes)
    alone, _ = upgrade({**OF_1_1, "alignment": {"name": "Walking", "url": "https://example.org/walk"}})
    assert len(BadgeClass.read(alone).alignment) == 1
    odd, _ = upgrade({**OF_1_1, "alignment": ["https://example.org/walk"]})
    assert odd["alignment"] == ["https://example.org/walk"]


def test_an_issuer_of_1_0_is_read_as_2_0() -> None:
    old: JsonObject = {"name": "An Example", "url": "https://example.org", "email": "a@example.org"}
    document, _ = upgrade(old, url="https://example.org/organization.json")
    assert Issuer.read(document).id == "https://example.org/organization.json"


def test_contexts_beside_that_of_1_1_stay() -> None:
    further: JsonObject = {"x": "https://own.example/x"}
    document, _ = upgrade({**OF_1_1, "@context": [V1, "https://own.example/", further]})
    assert document["@context"] == [V2, "https://own.example/", further]


def test_a_document_of_another_version_is_left_alone() -> None:
    others: list[JsonObject] = [ASSERTION, {"@context": "https://www.w3.org/ns/credentials/v2"}, {}]
    for document in others:
        assert upgrade(document) == (document, ())


@pytest.mark.parametrize(
    ("value", "meaning"),
    [
        (1359217910, "2013-01-26T16:31:50Z"),
        ("1359217910", "2013-01-26T16:31:50Z"),
        (0, "1970-01-01T00:00:00Z"),
        ("2013-01-26", "2013-01-26T00:00:00Z"),
        ("2013-01-26T16:31", "2013-01-26T16:31:00Z"),
        ("2013-01-26T16:31:50.25", "2013-01-26T16:31:50.250000Z"),
        ("2013-01-26T16:31:50+02:00", "2013-01-26T16:31:50+02:00"),
        ("2013-02-30", "2013-02-30"),
        (10**12, 10**12),
        (-1, -1),
        (True, True),
        ("soon", "soon"),
        (None, None),
    ],
)
def test_dates_are_read_as_1_x_wrote_them(value: JsonValue, meaning: JsonValue) -> None:
    document, _ = upgrade({**OF_1_0, "issuedOn": value})
    assert document["issuedOn"] == meaning


def test_a_revocation_list_of_1_x_is_read_as_2_0() -> None:
    old: JsonObject = {"qp8g1s": "Issued in error", "https://a.example/1": None, "@context": V1}
    document = upgrade_revocation_list(old, url="https://a.example/list.json", issuer="https://a.example/")
    revoked = RevocationList.read(document)
    assert revoked.id == "https://a.example/list.json"
    assert document["revokedAssertions"] == [
        {"uid": "qp8g1s", "revocationReason": "Issued in error"},
        {"id": "https://a.example/1"},
    ]
    assert upgrade_revocation_list(REVOCATION_LIST) is REVOCATION_LIST
    assert RevocationList.read(upgrade_revocation_list({})).revoked_assertions == ()
