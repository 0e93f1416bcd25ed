"""The policy in plain words: everything that it says, in both languages, and only that."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import Any, get_args

import pytest

from openbadge_issuer.errors.rule import Language
from openbadge_issuer.policy.badge_policy import BadgePolicy, Right
from openbadge_issuer.policy.explanation.explain import explain
from openbadge_issuer.policy.explanation.page import Heading, Items, Page, Paragraph, Table
from openbadge_issuer.policy.explanation.page_markdown import render_markdown
from openbadge_issuer.policy.terms import LEGAL_BASES, RIGHTS
from policy_texts import sound

LANGUAGES: tuple[Language, ...] = ("en", "nl")
PERIODS = {
    "emergency.lasts": "41 hours",
    "training.valid_for": "42 months",
    "awarding.decide_within": "43 days",
    "awarding.inform_within": "44 days",
    "awarding.objection_within": "45 days",
    "revocation.acknowledge_within": "46 days",
    "revocation.hear_within": "47 days",
    "revocation.investigate_within": "48 days",
    "revocation.inform_within": "49 days",
    "revocation.objection_within": "50 days",
    "revocation.decide_objection_within": "51 days",
    "privacy.answer_within": "52 days",
    "misuse.handle_within": "53 days",
    "publication.list_valid_for": "54 days",
    "reviews.badge_every": "55 months",
    "reviews.policy_every": "56 months",
    "evaluation.every": "57 months",
    "evaluation.surveys_every": "58 months",
    "evaluation.interviews_every": "59 months",
    "evaluation.focus_groups_every": "60 months",
    "keys.rotate_every": "61 months",
    "retention.person": "62 years",
    "retention.dossier": "63 years",
    "retention.credential": "64 years",
    "retention.notice": "65 years",
    "retention.case": "66 years",
    "retention.reporter": "67 years",
    "retention.misuse": "68 years",
    "retention.feedback": "69 years",
}


def text_of(page: Page) -> str:
    """All text of a page, one block a line."""
    lines = [page.title]
    for block in page.blocks:
        if isinstance(block, Items):
            lines += [f"{item.label} {item.text}" for item in block.items]
        elif isinstance(block, Table):
            lines += [block.caption, *(" ".join(row) for row in (block.head, *block.rows))]
        else:
            lines.append(block.text)
    return "\n".join(lines)


def steps(page: Page, position: int) -> list[str]:
    numbered = [block for block in page.blocks if isinstance(block, Items) and block.numbered]
    return [item.label for item in numbered[position].items]


def test_the_five_steps_of_an_award_and_the_seven_of_a_doubt_stand_in_their_order() -> None:
    english, dutch = (explain(sound(), language) for language in LANGUAGES)
    assert steps(english, 0) == [
        "Choosing the badge",
        "Checking the criteria",
        "Writing down the decision",
        "Awarding the badge",
        "Telling you",
    ]
    assert steps(dutch, 0) == [
        "De badge kiezen",
        "De criteria nagaan",
        "De beslissing opschrijven",
        "De badge toekennen",
        "Jou informeren",
    ]
    assert steps(english, 1) == [
        "Report",
        "Investigation",
        "Decision",
        "Correction",
        "Telling the holder",
        "Prevention",
        "Closing",
    ]
    assert steps(dutch, 1) == [
        "Melding",
        "Onderzoek",
        "Beslissing",
        "Correctie",
        "De houder informeren",
        "Preventie",
        "Afsluiten",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PERIODS)
def test_every_period_of_the_policy_is_told(path: str, language: Language) -> None:
    period = PERIODS[path]
    dutch = {"hours": "uur", "days": "dagen", "months": "maanden", "years": "jaar"}
    count, unit = period.split()
    shown = f"{count} {dutch[unit]}" if language == "nl" else period
    assert shown in text_of(explain(sound({path: period}), language))
    assert shown not in text_of(explain(sound(), language))


def test_no_period_of_the_policy_is_left_out() -> None:
    def periods(value: object, path: str = "") -> set[str]:
        if isinstance(value, dict):
            return {found for name, inner in value.items() for found in periods(inner, f"{path}.{name}")}
        is_period = isinstance(value, str) and re.fullmatch(r"\d+ (hour|day|week|month|year)s?", value)
        return {path.removeprefix(".")} if is_period else set()

    assert periods(sound().to_json()) == PERIODS.keys()


@pytest.mark.parametrize(
    ("changes", "english", "dutch"),
    [
        ({"awarding.eyes": 3}, "At least 3 people take part", "Minstens 3 mensen doen mee"),
        ({"awarding.eyes": 1}, "One person may check and decide alone", "Eén persoon mag alleen"),
        ({"emergency.allowed": False}, "not even in an emergency", "Ook niet in nood"),
        ({"minors.guardian_below": 18}, "younger than 18?", "jonger dan 18?"),
        (
            {"revocation.awarder_investigates": "never"},
            "never investigates it alone",
            "onderzoekt die nooit alleen",
        ),
        (
            {"publication.recipient": "plain-email"},
            "sees the badge can read it",
            "de badge ziet, kan het lezen",
        ),
        ({"publication.evidence": "never"}, "Evidence is never public", "Bewijs is nooit openbaar"),
        ({"training.required_for": ["award"]}, "may not: award badges", "niet: badges toekennen"),
        ({"evaluation.smallest_cell": 9}, "fewer than 9 people", "minder dan 9 mensen"),
        ({"design.guideline": "7.3"}, "version 7.3", "versie 7.3"),
        ({"version": "2026-b"}, "policy, version 2026-b", "badgebeleid, versie 2026-b"),
        ({"adopted": "2026-03-01"}, "on 1 March 2026", "op 1 maart 2026"),
        (
            {"privacy.contact": "privacy@example.org"},
            "Write to privacy@example.org",
            "naar privacy@example.org",
        ),
        ({"organisation.contact": "help@example.org"}, "Write to help@example.org", "naar help@example.org"),
        ({"organisation.url": "https://us.example"}, "https://us.example", "https://us.example"),
        ({"organisation.description": {"en": "We dance.", "nl": "Wij dansen."}}, "We dance.", "Wij dansen."),
        ({"purpose": {"en": "For all.", "nl": "Voor allen."}}, "For all.", "Voor allen."),
        ({"revocation.grounds": {"x": {"name": {"en": "Fraud.", "nl": "Bedrog."}}}}, "Fraud.", "Bedrog."),
        (
            {"misuse.sanctions": {"x": {"name": {"en": "A talk", "nl": "Een gesprek"}}}},
            "A talk",
            "Een gesprek",
        ),
        (
            {"platforms": {"x": {"name": "City Hall", "prefixes": ["https://x.example/"]}}},
            "City Hall",
            "City Hall",
        ),
        ({"roles.manager.holders_at_least": 1}, "At least one person holds", "Minstens één persoon heeft"),
    ],
)
def test_what_the_policy_says_otherwise_is_told(changes: dict[str, Any], english: str, dutch: str) -> None:
    for language, words in (("en", english), ("nl", dutch)):
        assert words in text_of(explain(sound(changes), language))  # type: ignore[arg-type]  # literals of a tuple
        assert words not in text_of(explain(sound(), language))  # type: ignore[arg-type]  # the same


@pytest.mark.parametrize(
    ("changes", "gone"),
    [
        ({"revocation.suspend_meanwhile": False}, "suspended meanwhile"),
        ({"minors.guardian_below": 0}, "guardian"),
        ({"emergency.allowed": False}, "Can nobody with a role be reached"),
        ({"purpose": {}}, "What badges are for"),
        ({"roles.manager.holders_at_least": 0}, "At least 2 people hold"),
    ],
)
def test_what_the_policy_does_not_say_is_not_told(changes: dict[str, Any], gone: str) -> None:
    assert gone in text_of(explain(sound(), "en"))
    assert gone not in text_of(explain(sound(changes), "en"))


@pytest.mark.parametrize("right", get_args(Right))
def test_who_may_do_what_is_told_under_the_role(right: Right) -> None:
    roles = {"roles.chair": {"name": {"en": "Chair"}, "purpose": {"en": "Leads."}, "rights": [right]}}
    blocks = explain(sound(roles), "en").blocks
    at = blocks.index(Heading(3, "Chair"))
    assert blocks[at + 1] == Paragraph("Leads.")
    listed = blocks[at + 4]
    assert isinstance(listed, Items)
    assert [item.text for item in listed.items] == [RIGHTS[right]["en"]]


def test_the_steps_name_the_roles_that_take_them() -> None:
    roles = {
        "roles.chair": {"name": {"en": "Chair", "nl": "Voorzitter"}, "rights": ["decide-case", "assess"]}
    }
    text = text_of(explain(sound(roles), "nl"))
    assert text.count("Dit doet: Manager, Voorzitter.") == 2
    nobody = {"roles.manager.rights": ["assess"]}
    assert "This is done by: nobody yet." in text_of(explain(sound(nobody), "en"))


def test_every_fixed_value_has_words_in_both_languages() -> None:
    assert set(RIGHTS) == set(get_args(Right))
    assert set(LEGAL_BASES) == {
        "consent",
        "contract",
        "legal-obligation",
        "public-task",
        "legitimate-interests",
    }
    for basis in LEGAL_BASES:
        for language in LANGUAGES:
            assert LEGAL_BASES[basis][language] in text_of(
                explain(sound({"privacy.legal_basis": basis}), language)
            )


def test_both_languages_say_the_same_things_in_the_same_order() -> None:
    folder = files("openbadge_issuer.policy.explanation")
    english, dutch = (folder.joinpath(f"words.{one}.txt").read_text("utf-8") for one in LANGUAGES)
    for marks in (r"^(?:\d\.|-|##|@\w+)(?: |$)", r"\[!?\w+\]|@\w+"):
        found = [re.findall(marks, text, re.MULTILINE) for text in (english, dutch)]
        assert found[0] == found[1]
    places = [
        [set(re.findall(r"\{(\w+)\}", part)) for part in text.split("\n\n")] for text in (english, dutch)
    ]
    assert places[0] == places[1]
    shapes = [[type(block) for block in explain(sound(), language).blocks] for language in LANGUAGES]
    assert shapes[0] == shapes[1]


def test_words_are_shown_as_they_are_even_if_they_look_like_places_or_flags() -> None:
    tricky = "- one {contact}\n- [emergency] two\n\n## three {x\n@roles"
    text = text_of(explain(sound({"purpose": {"en": tricky}, "organisation.name": "{eyes} | x"}), "en"))
    assert "one {contact}" in text
    assert "[emergency] two" in text
    assert "## three {x @roles" in text
    assert "How {eyes} | x awards badges" in text


def _policies() -> list[BadgePolicy]:
    return [sound(), sound({"awarding.eyes": 1, "emergency.allowed": False, "publication.evidence": "never"})]


@pytest.mark.parametrize("policy", _policies(), ids=["one", "another"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_plain_language(language: Language, policy: BadgePolicy) -> None:
    """B1: sentences of few words, and few syllables in a word (Flesch; Douma's figures for Dutch)."""
    blocks = [block for block in explain(policy, language).blocks if isinstance(block, Paragraph | Items)]
    texts = [item.text for block in blocks for item in (block.items if isinstance(block, Items) else [block])]
    sentences = [one for text in texts for one in re.split(r"(?<=[.?!:]) ", text) if " " in one]
    words = [re.findall(r"[^\W\d_]+", one) for one in sentences]
    assert max(map(len, words)) <= 20
    count = sum(map(len, words))
    length = count / len(words)
    syllables = (
        sum(len(re.findall(r"[aeiouyéëïö]+", word.lower())) or 1 for one in words for word in one) / count
    )
    ease = (
        206.835 - 1.015 * length - 84.6 * syllables
        if language == "en"
        else 206.84 - 0.93 * length - 77 * syllables
    )
    assert length < 10
    assert ease > 65


def test_markdown_has_one_title_and_the_parts_below_it() -> None:
    lines = render_markdown(explain(sound(), "en")).split("\n")
    assert [line for line in lines if line.startswith("# ")] == ["# How Example awards badges"]
    assert "## How you get a badge" in lines
    assert "### Manager" in lines
    assert "| who you are: name, address, language | 10 years |" in lines
    assert lines[-1] == ""
