"""The catalogue as a whole: what is on offer, too much alike, or missing."""

from __future__ import annotations

from typing import Any

import pytest

from openbadge_issuer.errors import PolicyError
from openbadge_issuer.policy.badge import BadgeDefinition
from openbadge_issuer.policy.catalogue import Badge
from openbadge_issuer.policy.event import Event
from openbadge_issuer.policy.offer import Catalogue, alike, coverage, gaps
from staffed_organisation import ADA, BO, NOW, PICTURE, actor, badge_of, refusal, staffed


def stream(definition: BadgeDefinition, *, active: bool = True, retired: bool = False) -> tuple[Event, ...]:
    ada, bo = actor(ADA, staffed()), actor(BO, staffed())
    events = Badge().define(ada, definition=definition, picture_digest=PICTURE)
    if active:
        events += Badge.of(events).review(bo, approved=True, picture_seen=True)
        events += Badge.of(events).activate(ada)
    if retired:
        events += Badge.of(events).retire(ada, reason="Nobody asks for it.")
    return events


COOK = badge_of(
    {
        "badge": "cook",
        "text": {
            "en": {"name": "Cook", "description": "Cooks."},
            "nl": {"name": "Kok", "description": "Kookt."},
        },
        "criteria": [
            {
                "id": "a",
                "statement": {"en": "Cooks soup for twelve people.", "nl": "Kookt soep voor twaalf mensen."},
            },
            {
                "id": "b",
                "statement": {"en": "Cleans the stove after use.", "nl": "Maakt het fornuis daarna schoon."},
            },
        ],
        "level": "1",
        "theme": "kitchen",
        "learning_form": "course",
    }
)


LIKE_COOK = COOK.model_dump(mode="json")


def catalogue(**cook: Any) -> Catalogue:  # noqa: ANN401  # options of `stream`
    return Catalogue.of([stream(badge_of()), stream(COOK, **cook), ()])


def test_badges_are_found_by_name() -> None:
    assert list(catalogue().badges) == ["facilitator", "cook"]
    assert catalogue().awardable("cook", now=NOW).definition == COOK
    assert [version.definition.badge for version in catalogue().offered()] == ["cook", "facilitator"]
    with pytest.raises(PolicyError) as caught:
        catalogue().awardable("king", now=NOW)
    assert refusal(caught.value)[:2] == ("CATALOGUE-UNKNOWN", "The catalogue has no badge “king”.")
    with pytest.raises(PolicyError) as caught:
        catalogue(active=False).awardable("cook", now=NOW)
    assert caught.value.code == "CATALOGUE-DRAFT"


# --- overlap ----------------------------------------------------------------------------------------------


def codes(definition: BadgeDefinition, among: Catalogue) -> dict[str, object]:
    remarks = alike(definition, among)
    assert all(remark.sentence("nl") and remark.severity == "warning" for remark in remarks)
    return {remark.code: remark.details["other"] for remark in remarks}


def test_a_badge_of_the_same_content_is_noticed() -> None:
    """R25: a new badge too similar to an existing one."""
    twin = badge_of({"badge": "leader", "text.en.name": "Leader", "text.nl.name": "Leider"})
    assert codes(twin, catalogue()) == {"CATALOGUE-ALIKE": "facilitator"}


def test_a_badge_of_nearly_the_same_name_is_noticed() -> None:
    other = badge_of({**LIKE_COOK, "badge": "cook-2", "text": badge_of().to_json()["text"]})
    assert codes(other, catalogue(active=False)) == {
        "CATALOGUE-NAMES-ALIKE": "facilitator", "CATALOGUE-ALIKE": "cook",
    }  # fmt: skip


def test_a_retired_badge_still_confuses() -> None:
    twin = badge_of({**LIKE_COOK, "badge": "chef"})
    assert codes(twin, catalogue(retired=True)) == {
        "CATALOGUE-NAMES-ALIKE": "cook",
        "CATALOGUE-ALIKE": "cook",
    }


def test_a_badge_is_not_like_itself_or_like_another_one() -> None:
    assert alike(badge_of(), catalogue()) == ()
    assert alike(COOK, catalogue()) == ()
    dutch = badge_of(
        {
            "badge": "x",
            "text": {"nl": {"name": "Kok", "description": "Kookt."}},
            "criteria": [{"id": "a", "statement": {"nl": "Zwemt 200 meter."}}],
        }
    )
    assert list(codes(dutch, catalogue())) == ["CATALOGUE-NAMES-ALIKE"]


# --- coverage ---------------------------------------------------------------------------------------------


def missing(among: Catalogue, **wanted: list[str]) -> list[tuple[str, object]]:
    remarks = gaps(among, wanted=wanted or None)  # type: ignore[arg-type]  # names of aspects
    assert all(remark.sentence("nl") and remark.advice() for remark in remarks)
    return [(remark.code, next(iter(remark.details.values()))) for remark in remarks]


def test_a_level_without_badges_is_named() -> None:
    """R6: a catalogue with nothing at one level."""
    assert missing(catalogue()) == []
    assert missing(catalogue(retired=True)) == [
        ("CATALOGUE-GAP-LEVEL", "1"), ("CATALOGUE-GAP-THEME", "kitchen"), ("CATALOGUE-GAP-FORM", "course"),
    ]  # fmt: skip
    assert missing(catalogue(active=False))[0] == ("CATALOGUE-GAP-LEVEL", "1"), "a draft is no offer"


def test_what_is_wanted_can_be_said() -> None:
    assert missing(catalogue(), level=["1", "2", "3"], theme=["garden"]) == [
        ("CATALOGUE-GAP-LEVEL", "3"), ("CATALOGUE-GAP-THEME", "garden"),
    ]  # fmt: skip


def test_a_badge_without_level_or_theme_is_named() -> None:
    lost = badge_of({**LIKE_COOK, "badge": "lost", "level": None})
    assert missing(Catalogue.of([stream(lost)])) == [("CATALOGUE-UNPLACED", "lost")]


def test_the_offer_is_counted_by_theme_and_level() -> None:
    assert coverage(catalogue()) == {("facilitation", "2"): 1, ("kitchen", "1"): 1}
    assert coverage(catalogue(retired=True)) == {("facilitation", "2"): 1}
