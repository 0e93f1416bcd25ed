"""What changed between two policies, in words, and what is weaker now."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openbadge_issuer.policy.badge_policy import BadgePolicy
from openbadge_issuer.policy.difference import Change, differences
from openbadge_issuer.policy.member_words import GUARDS, MEMBERS, SECTIONS
from openbadge_issuer.policy.section import Section
from policy_texts import sound

CHAIR = {"name": {"en": "Chair"}, "rights": ["decide-case"], "holders_at_least": 1}
CITY = {"name": "City", "prefixes": ["https://city.example/"]}


def one(before: dict[str, Any], after: dict[str, Any]) -> Change:
    [change] = differences(sound(before), sound(after))
    return change


def section_in(annotation: object) -> type[Section] | None:
    for found in (annotation, *get_args(annotation)):
        if isinstance(found, type) and issubclass(found, Section):
            return found
    return None


def patterns(model: type[Section], path: str = "") -> Iterator[str]:
    """The paths of all members of a model, with `*` for names that are free."""
    for name, found in model.model_fields.items():
        section = section_in(found.annotation)
        single = found.annotation is section
        here = f"{path}{name}"
        if section is None:
            yield here
        elif single:
            yield from patterns(section, f"{here}.")
        else:
            yield f"{here}.*"
            yield from patterns(section, f"{here}.*.")


def test_every_member_of_a_policy_has_words_and_nothing_else_has() -> None:
    assert set(MEMBERS) == set(patterns(BadgePolicy))
    assert list(SECTIONS) == list(BadgePolicy.model_fields)
    for member in MEMBERS.values():
        assert member.en
        assert member.nl
        assert ("toward" in member.weakens) == bool(member.order)


def test_no_change_is_no_difference() -> None:
    assert differences(sound(), sound()) == ()
    assert differences(sound(), sound({"awarding.eyes": 2})) == ()


@pytest.mark.parametrize(
    ("path", "safe", "weak", "guard"),
    [
        ("awarding.eyes", 2, 1, "checks"),
        ("roles.manager.holders_at_least", 2, 1, "checks"),
        ("awarding.inform_within", "1 week", "8 days", "speed"),
        ("awarding.objection_within", "6 weeks", "5 weeks", "objection"),
        ("emergency.allowed", False, True, "checks"),
        ("emergency.lasts", "1 day", "25 hours", "checks"),
        ("revocation.acknowledge_within", "5 days", "1 week", "speed"),
        ("revocation.hear_within", "2 weeks", "1 week", "objection"),
        ("revocation.awarder_investigates", "never", "with-reason", "checks"),
        ("revocation.suspend_meanwhile", True, False, "checks"),
        ("training.valid_for", "1 year", "13 months", "checks"),
        ("training.required_for", ["award", "assess"], ["assess"], "checks"),
        ("publication.recipient", "hashed-email", "plain-email", "privacy"),
        ("publication.evidence", "never", "with-consent", "privacy"),
        ("publication.suspension_list", True, False, "checks"),
        ("publication.list_valid_for", "30 days", "2 months", "security"),
        ("publication.list_size", 262_144, 131_072, "privacy"),
        ("minors.guardian_below", 16, 0, "checks"),
        ("evaluation.smallest_cell", 5, 4, "privacy"),
        ("keys.rotate_every", "2 years", "3 years", "security"),
        ("organisation.languages", ["en", "nl"], ["en"], "access"),
    ],
)
def test_a_weaker_safeguard_is_marked_and_a_stronger_one_is_not(
    path: str, safe: object, weak: object, guard: str
) -> None:
    weaker, stronger = one({path: safe}, {path: weak}), one({path: weak}, {path: safe})
    assert (weaker.weakens, stronger.weakens) == (guard, None)
    assert (weaker.old, weaker.new, weaker.kind) == (safe, weak, "changed")
    assert weaker.sentence("en").endswith(f". Weaker: {GUARDS[weaker.weakens]['en']}.")  # type: ignore[index]  # is set
    assert weaker.sentence("nl").endswith(f". Zwakker: {GUARDS[weaker.weakens]['nl']}.")  # type: ignore[index]  # is set
    assert "Weaker" not in stronger.sentence()


def test_records_kept_longer_are_weaker_for_privacy_and_shorter_for_what_can_be_shown() -> None:
    assert one({"retention.person": "5 years"}, {"retention.person": "6 years"}).weakens == "privacy"
    assert one({"retention.case": "5 years"}, {"retention.case": "4 years"}).weakens == "records"
    assert one({"retention.case": "5 years"}, {"retention.case": "60 months"}).weakens is None


@pytest.mark.parametrize(
    ("before", "after", "english", "dutch"),
    [
        (
            {},
            {"awarding.inform_within": "2 days"},
            "Telling the candidate: from 1 week to 2 days.",
            "De kandidaat informeren: van 1 week naar 2 dagen.",
        ),
        (
            {},
            {"awarding.eyes": 3},
            "People who take part in an award, at least: from 2 to 3.",
            "Mensen die meedoen aan een toekenning, minstens: van 2 naar 3.",
        ),
        (
            {"emergency.allowed": True},
            {"emergency.allowed": False},
            "Taking a role in an emergency: from yes to no.",
            "Een rol nemen in nood: van ja naar nee.",
        ),
        (
            {},
            {"organisation.url": "https://x.example"},
            "Website: new: “https://x.example”.",
            "Website: nieuw: “https://x.example”.",
        ),
        (
            {"adopted": "2026-01-31"},
            {},
            "Adopted on: gone; it was “2026-01-31”.",
            "Vastgesteld op: weg; het was “2026-01-31”.",
        ),
        (
            {"purpose": {"en": "Old."}},
            {"purpose": {"en": "New."}},
            "Purpose in English: from “Old.” to “New.”.",
            "Doel in het Engels: van “Old.” naar “New.”.",
        ),
        (
            {},
            {"roles.manager.purpose": {"nl": "Alles."}},
            "Purpose of the role “manager” in Dutch: new: “Alles.”.",
            "Doel van de rol “manager” in het Nederlands: nieuw: “Alles.”.",
        ),
        (
            {"roles.chair": {**CHAIR, "rights": ["design", "decide-case"]}},
            {"roles.chair": {**CHAIR, "rights": ["decide-case", "train"]}},
            "Rights of the role “chair”: added “record trainings”, removed “design badges”.",
            "Rechten van de rol “chair”: erbij “trainingen vastleggen”, eraf “badges ontwerpen”.",
        ),
        (
            {},
            {"roles.chair": CHAIR},
            "Role “chair” is new, with the right to: “decide on reports and objections”.",
            "Rol “chair” is nieuw, met het recht op: “beslissen over meldingen en bezwaren”.",
        ),
        ({"platforms.city": CITY}, {}, "Platform “city” is gone.", "Platform “city” is weg."),
        (
            {"organisation.languages": ["en", "nl"]},
            {"organisation.languages": ["nl", "en"]},
            "Languages: from “en”, “nl” to “nl”, “en”.",
            "Talen: van “en”, “nl” naar “nl”, “en”.",
        ),
        (
            {"platforms.city": CITY},
            {"platforms.city": {**CITY, "prefixes": ["https://new.example/"]}},
            "Addresses on the platform “city”: added “https://new.example/”, removed “https://city.example/”.",
            "Adressen op het platform “city”: erbij “https://new.example/”, eraf “https://city.example/”.",
        ),
    ],
)
def test_a_change_is_told_in_words(
    before: dict[str, Any], after: dict[str, Any], english: str, dutch: str
) -> None:
    change = one(before, after)
    assert change.sentence("en") == english
    assert change.sentence("nl") == dutch


def test_changes_stand_in_the_order_of_the_policy_with_their_sections() -> None:
    found = differences(
        sound({"platforms.city": CITY}),
        sound(
            {
                "keys.rotate_every": "1 year",
                "version": "2",
                "misuse.sanctions": {"talk": {"name": {"en": "Talk"}}},
            }
        ),
    )
    assert [(change.section("nl"), change.kind) for change in found] == [
        ("Versie", "changed"),
        ("Misbruik", "added"),
        ("Misbruik", "removed"),
        ("Misbruik", "removed"),
        ("Misbruik", "removed"),
        ("Misbruik", "removed"),
        ("Sleutels", "changed"),
        ("Andere platforms", "removed"),
    ]


def test_a_change_is_written_for_programs() -> None:
    assert one({}, {"awarding.eyes": 1}).to_json() == {
        "section": "awarding",
        "pointer": "/awarding/eyes",
        "kind": "changed",
        "old": 2,
        "new": 1,
        "weakens": "checks",
        "message": {
            "en": "People who take part in an award, at least: from 2 to 1. Weaker: fewer checks.",
            "nl": "Mensen die meedoen aan een toekenning, minstens: van 2 naar 1. Zwakker: minder controle.",
        },
    }


POLICIES = st.fixed_dictionaries(
    {},
    optional={
        "awarding.eyes": st.integers(1, 4),
        "awarding.inform_within": st.sampled_from(["1 day", "2 days", "1 year", "12 months"]),
        "emergency.allowed": st.booleans(),
        "training.required_for": st.lists(st.sampled_from(["award", "assess"]), unique=True),
        "purpose": st.dictionaries(st.sampled_from(["en", "nl"]), st.sampled_from(["a", "b"])),
        "roles.chair": st.sampled_from([CHAIR, {**CHAIR, "rights": []}, {**CHAIR, "name": {"nl": "x"}}]),
        "platforms": st.sampled_from(
            [{}, {"city": CITY}, {"town": CITY}, {"city": {**CITY, "contact": "a@b.example"}}]
        ),
        "organisation.url": st.sampled_from(["https://a.example", "https://b.example"]),
    },
)


@settings(max_examples=200, deadline=None)
@given(POLICIES, POLICIES)
def test_there_is_a_difference_exactly_where_the_digests_differ(
    before: dict[str, Any], after: dict[str, Any]
) -> None:
    old, new = sound(before), sound(after)
    forth, back = differences(old, new), differences(new, old)
    assert (forth == ()) == (old.digest == new.digest)
    assert {(one.path, repr(one.old), repr(one.new)) for one in forth} == {
        (one.path, repr(one.new), repr(one.old)) for one in back
    }
    for change in (*forth, *back):
        assert change.sentence("en").endswith(".")
        assert change.sentence("nl").endswith(".")
