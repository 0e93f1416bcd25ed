from __future__ import annotations

import pytest

from openbadge_issuer.assertions import (
    Achievement,
    Alignment,
    Criteria,
    Evidence,
    Image,
    LanguageValue,
    Profile,
    Related,
)
from openbadge_issuer.assertions.open_badges_2 import BadgeClass, Issuer
from openbadge_issuer.assertions.open_badges_2 import Evidence as EvidenceOf2
from openbadge_issuer.assertions.open_badges_2.twin import (
    evidence_to_open_badges_2,
    profile_to_open_badges_2,
    to_open_badges_2,
)
from openbadge_issuer.errors import ModelError

ID = "https://badges.example.org/robots.json"
ISSUER = "https://badges.example.org/issuer.json"
ROBOTS = Achievement(
    id="urn:uuid:00000000-0000-4000-8000-000000000001",
    type=("Achievement", "https://own.example/Type"),
    name=(LanguageValue(value="Builder", language="en"), LanguageValue(value="Bouwer", language="nl")),
    description="Built a robot that walks.",
    criteria=Criteria(id="https://badges.example.org/robots.html", narrative="Build one."),
    image=Image(id="https://badges.example.org/robots.png", caption="A robot"),
    achievement_type="Badge",
    alignment=(
        Alignment(
            target_name="Locomotion",
            target_url="https://frameworks.example.org/1",
            target_code="R1",
            target_type="CFItem",
        ),
    ),
    in_language="en",
    related=(Related(id="urn:uuid:00000000-0000-4000-8000-000000000003", in_language="nl", version="1"),),
    tag=("robots",),
    version="2",
)


def test_an_achievement_has_a_twin_that_says_the_same() -> None:
    twin = to_open_badges_2(ROBOTS, id=ID, issuer=ISSUER, language="nl")
    document = twin.badge_class.to_json()
    assert BadgeClass.read(document) == twin.badge_class
    assert document == {
        "@context": "https://w3id.org/openbadges/v2",
        "id": ID,
        "type": "BadgeClass",
        "@language": "en",
        "version": "2",
        "related": [
            {"id": "urn:uuid:00000000-0000-4000-8000-000000000003", "@language": "nl", "version": "1"},
            {
                "id": "urn:uuid:00000000-0000-4000-8000-000000000001",
                "type": "https://purl.imsglobal.org/spec/vc/ob/vocab.html#Achievement",
                "version": "Open Badges v3p0",
            },
        ],
        "name": "Bouwer",
        "description": "Built a robot that walks.",
        "image": {"id": "https://badges.example.org/robots.png", "caption": "A robot"},
        "criteria": {"id": "https://badges.example.org/robots.html", "narrative": "Build one."},
        "issuer": ISSUER,
        "alignment": [
            {
                "targetName": "Locomotion",
                "targetUrl": "https://frameworks.example.org/1",
                "targetCode": "R1",
            }
        ],
        "tags": ["robots"],
    }
    assert {(note.code, note.pointer) for note in twin.left_out} == {
        ("OB2-LEFT-OUT", "/achievementType"),
        ("OB2-LEFT-OUT", "/type"),
        ("OB2-LEFT-OUT", "/alignment/0/targetType"),
    }
    assert twin.left_out[0].details["version"] == "2.0"


def test_a_picture_is_needed_and_can_be_given() -> None:
    plain = ROBOTS.model_copy(update={"image": None})
    with pytest.raises(ModelError) as error:
        to_open_badges_2(plain, id=ID, issuer=ISSUER)
    assert (error.value.code, error.value.pointer) == ("MODEL-REQUIRED", "/image")
    twin = to_open_badges_2(plain, id=ID, issuer=ISSUER, image="https://badges.example.org/r.svg")
    assert twin.badge_class.image == "https://badges.example.org/r.svg"
    assert (
        to_open_badges_2(
            ROBOTS.model_copy(update={"image": Image(id="https://a.example/r.png")}), id=ID, issuer=ISSUER
        ).badge_class.image
        == "https://a.example/r.png"
    )


def test_a_profile_has_a_twin_that_is_hosted() -> None:
    profile = Profile(
        id="did:web:badges.example.org",
        name="School of Breakthrough",
        url="https://badges.example.org/",
        phone="+31201234567",
        official="A. Person",
    )
    issuer, left_out = profile_to_open_badges_2(
        profile, id=ISSUER, email="badges@example.org", public_key=["https://badges.example.org/key.json"]
    )
    assert Issuer.read(issuer.to_json()) == issuer
    assert issuer.to_json() == {
        "@context": "https://w3id.org/openbadges/v2",
        "id": ISSUER,
        "type": "Issuer",
        "related": [
            {
                "id": "did:web:badges.example.org",
                "type": "https://purl.imsglobal.org/spec/vc/ob/vocab.html#Profile",
                "version": "Open Badges v3p0",
            }
        ],
        "name": "School of Breakthrough",
        "url": "https://badges.example.org/",
        "email": "badges@example.org",
        "telephone": "+31201234567",
        "publicKey": "https://badges.example.org/key.json",
    }
    assert [note.pointer for note in left_out] == ["/official"]
    with pytest.raises(ModelError):
        profile_to_open_badges_2(profile, id=ISSUER)
    twin = to_open_badges_2(ROBOTS, id=ID, issuer=issuer)
    assert twin.badge_class.issuer == issuer


def test_evidence_says_the_same_in_both_versions() -> None:
    evidence = Evidence(id="https://a.example/", name="The film", genre="Film", narrative="It walks.")
    twin = evidence_to_open_badges_2(evidence)
    assert EvidenceOf2.read(twin.to_json()) == twin
    assert twin.to_json() == {**evidence.to_json(), "type": "Evidence"}
