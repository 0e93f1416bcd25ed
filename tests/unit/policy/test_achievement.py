"""From a version of a badge to the achievement that is signed."""

from __future__ import annotations

import json

import pytest

from openbadge_issuer import Issuer, Recipient, SigningKey, validate, verify
from openbadge_issuer.assertions import Achievement, Image
from openbadge_issuer.errors import PolicyError
from openbadge_issuer.errors.rule import Language
from openbadge_issuer.policy.achievement import achievement_of, issuer_profile, narrative
from openbadge_issuer.policy.badge import BadgeDefinition
from openbadge_issuer.policy.catalogue import Badge
from openbadge_issuer.policy.event import Event
from openbadge_issuer.policy.event_kinds import restore
from staffed_organisation import ADA, BO, NOW, PICTURE, POLICY, actor, badge_of, policy_of, refusal, staffed

ENGLISH = badge_of(
    {
        "text": {"en": {"name": "Workshop facilitator", "description": "Leads a workshop."}},
        "alignments": [
            {"name": "Facilitating", "url": "https://skills.example/1", "framework": "Skills", "code": "S1"}
        ],
    }
)


def in_use(*definitions: BadgeDefinition) -> tuple[Event, ...]:
    """The events of a badge of which each definition was in use, one after the other."""
    english_first = policy_of({"organisation.languages": ["en"]})
    ada, bo = (actor(who, staffed(), policy=english_first) for who in (ADA, BO))
    events: tuple[Event, ...] = ()
    for definition in definitions:
        badge = Badge.of(events)
        if events:
            events += badge.revise(ada, definition=definition, picture_digest=PICTURE, reason="better")
        else:
            events += badge.define(ada, definition=definition, picture_digest=PICTURE)
        events += Badge.of(events).review(bo, approved=True, picture_seen=True)
        events += Badge.of(events).activate(ada)
    return events


def made(events: tuple[Event, ...], number: int = 1, language: Language = "en") -> Achievement:
    return achievement_of(Badge.of(events), number, language, POLICY)


BOTH = in_use(badge_of())


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("proof", ["eddsa-rdfc-2022", "vc-jwt"])
def test_a_badge_of_the_catalogue_is_issued_and_verified(language: Language, proof: str) -> None:
    """R9: valid under the data model and the schemas, and signed with all its members."""
    key = SigningKey.generate()
    policy = policy_of({"organisation.id": key.did_key})
    achievement = achievement_of(Badge.of(BOTH), 1, language, policy)
    issuer = Issuer.of(issuer_profile(policy.organisation, language), key)
    signed = issuer.issue(achievement, Recipient(email="ada@example.org"), proof=proof, now=NOW)  # type: ignore[arg-type]  # one of the two
    report = verify(signed.data, now=NOW)
    assert report.accepted
    failed = [found for found in report.findings if found.outcome == "failed"]
    assert [found.code for found in failed if found.severity == "error"] == []
    if proof == "eddsa-rdfc-2022":
        document = json.loads(signed.data)
        assert [found for found in validate(document) if found.severity == "error"] == []
        assert document["credentialSubject"]["achievement"] == achievement.to_json()
        assert document["credentialSubject"]["achievement"]["creator"]["id"] == document["issuer"]["id"], "R3"


def test_the_achievement_says_what_the_version_says() -> None:
    achievement = made(BOTH)
    assert achievement.id == "https://badges.example/b/achievements/facilitator/1-en"
    assert (achievement.name, achievement.version, achievement.in_language) == (
        "Workshop facilitator",
        "1",
        "en",
    )
    assert (achievement.tag, achievement.field_of_study, achievement.achievement_type) == (
        ("workshop",), "facilitation", "Badge",
    )  # fmt: skip
    assert achievement.image == Image(
        id="https://badges.example/b/achievements/facilitator/1.svg", caption="A person stands in a circle."
    )
    assert achievement.creator == issuer_profile(POLICY.organisation, "en")
    assert [one.id for one in achievement.related] == [
        "https://badges.example/b/achievements/facilitator/1-nl"
    ]


def test_a_badge_in_one_language_needs_no_language_in_its_address() -> None:
    achievement = made(in_use(ENGLISH))
    assert achievement.id == "https://badges.example/b/achievements/facilitator/1"
    assert achievement.related == ()
    (aligned,) = achievement.alignment
    assert (aligned.target_name, aligned.target_url, aligned.target_framework, aligned.target_code) == (
        "Facilitating", "https://skills.example/1", "Skills", "S1",
    )  # fmt: skip


def test_a_version_names_the_one_before_it_in_its_own_language() -> None:
    events = in_use(badge_of(), badge_of({"level": "3"}), ENGLISH)
    base = "https://badges.example/b/achievements/facilitator"
    second, third = made(events, 2, "nl"), made(events, 3)
    assert [(one.id, one.in_language, one.version) for one in second.related] == [
        (f"{base}/2-en", "en", "2"), (f"{base}/1-nl", "nl", "1"),
    ]  # fmt: skip
    assert [(one.id, one.version) for one in third.related] == [(f"{base}/2-en", "2")]
    fourth = in_use(ENGLISH, badge_of())
    assert [one.id for one in made(fourth, 2, "nl").related] == [f"{base}/2-en", f"{base}/1"]


def test_a_version_that_was_never_in_use_is_not_the_one_before() -> None:
    ada = actor(ADA, staffed())
    events = Badge().define(ada, definition=badge_of(), picture_digest=PICTURE)
    events += Badge.of(events).retire(ada, reason="Not needed.")
    events += Badge.of(events).revise(ada, definition=ENGLISH, picture_digest=PICTURE, reason="After all.")
    assert made(events, 2).related == ()


def test_it_is_made_again_from_the_record_and_stays_the_same() -> None:
    """R3: what is awarded later does not change what was awarded before."""
    before = made(BOTH).to_json()
    later = BOTH + in_use(badge_of(), ENGLISH)[len(BOTH) :]
    assert made(later).to_json() == before
    restored = tuple(restore(event.sealed()) for event in later)
    assert made(restored).to_json() == before
    backwards = badge_of({"text": dict(reversed(badge_of().to_json()["text"].items()))})  # type: ignore[union-attr]  # a table
    assert made(in_use(backwards)).to_json() == before


def test_the_criteria_are_a_numbered_list() -> None:
    assert narrative(badge_of(), "en").splitlines() == [
        "To earn this badge, all of these were shown:",
        "",
        "1. You led one workshop of at least 60 minutes for five or more participants.",
        "2. You sent your plan to a badge manager at least two days before.",
    ]
    optional = [{**one.model_dump(mode="json"), "mandatory": one.id == "led"} for one in badge_of().criteria]
    optional[0]["statement"]["nl"] = "Leidt één\n\n workshop."
    assert narrative(badge_of({"criteria": optional}), "nl").splitlines() == [
        "Voor deze badge is dit aangetoond; wat facultatief heet, kan ontbreken:",
        "",
        "1. Leidt één workshop.",
        "2. Je hebt je plan minstens twee dagen van tevoren naar een badge-beheerder gestuurd. (facultatief)",
    ]


def test_a_language_without_words_is_refused() -> None:
    with pytest.raises(PolicyError) as caught:
        made(in_use(ENGLISH), language="nl")
    assert refusal(caught.value)[0] == "CATALOGUE-LANGUAGE"
    with pytest.raises(PolicyError) as caught:
        made(BOTH, 2)
    assert refusal(caught.value)[0] == "CATALOGUE-VERSION"


def test_a_badge_without_a_picture_and_without_tags() -> None:
    plain = badge_of({"picture": None, "tags": {}, "theme": None})
    events = Badge().define(actor(ADA, staffed()), definition=plain)
    achievement = made(events)
    assert (achievement.image, achievement.tag, achievement.field_of_study) == (None, (), None)


def test_the_issuer_is_the_organisation_with_an_address_of_the_role() -> None:
    """R13."""
    described = policy_of({"organisation.description": {"nl": "Een kleine organisatie."}})
    profile = issuer_profile(described.organisation, "en")
    assert (profile.id, profile.email, profile.description) == (
        "did:web:badges.example", "badges@breakthrough.example", "Een kleine organisatie.",
    )  # fmt: skip
