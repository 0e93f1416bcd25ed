"""Criteria are specific, clear and assessable: a corpus of known good and bad ones, and badges as a whole."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from criteria_corpus import BAD, GOOD
from openbadge_issuer.errors.rule import Language
from openbadge_issuer.policy.badge import BadgeDefinition
from openbadge_issuer.policy.criteria_lint import lint
from openbadge_issuer.policy.criteria_words import is_placeholder
from openbadge_issuer.policy.remark import Remark
from staffed_organisation import badge_of

OTHER = {"id": "other", "statement": {"en": "Repairs a bicycle tyre.", "nl": "Plakt een lekke fietsband."}}


def found(definition: BadgeDefinition, languages: Sequence[Language] = ("en",)) -> dict[str, Remark]:
    """The remarks by code; every one can be said in both languages."""
    remarks = lint(definition, languages)
    for remark in remarks:
        assert remark.sentence("nl") != remark.sentence()
        assert remark.advice("nl") != remark.advice()
    return {remark.code: remark for remark in remarks}


def with_statement(language: Language, statement: str, **members: object) -> BadgeDefinition:
    text = {language: {"name": "A name", "description": "A description."}}
    criterion = {"id": "one", "statement": {language: statement}, **members}
    other = {**OTHER, "statement": {language: OTHER["statement"][language]}}  # type: ignore[index]  # a table
    return BadgeDefinition.model_validate({"badge": "b", "text": text, "criteria": [criterion, other]})


ANY = ["observation", "document", "product", "recording", "test", "link"]


@pytest.mark.parametrize(("language", "statement"), GOOD)
def test_nothing_is_said_of_a_good_criterion(language: Language, statement: str) -> None:
    assert found(with_statement(language, statement, evidence=ANY), (language,)) == {}


@pytest.mark.parametrize(("language", "statement", "code"), BAD)
def test_what_is_wrong_is_said_at_its_place(language: Language, statement: str, code: str) -> None:
    remarks = found(with_statement(language, statement, evidence=ANY), (language,))
    assert code in remarks
    assert remarks[code].pointer == f"/criteria/0/statement/{language}"
    errors = {"CRITERIA-EMPTY", "CRITERIA-VAGUE"}
    assert {one for one, remark in remarks.items() if remark.severity == "error"} == errors & {code}


def test_a_good_badge_is_passed_in_silence() -> None:
    assert lint(badge_of(), ("nl", "en")) == ()


# --- the badge as a whole ---------------------------------------------------------------------------------


def test_a_missing_language_is_an_error_only_for_the_main_one() -> None:
    badge = badge_of()
    only_english = badge_of(
        {
            "text": {"en": badge.text["en"].model_dump()},
            "criteria": [
                {**one.model_dump(mode="json"), "statement": {"en": one.statement["en"]}}
                for one in badge.criteria
            ],
            "picture.caption": {"en": "A circle."},
        }
    )
    assert lint(only_english, ("en",)) == ()
    for languages, code, severity in (
        (("en", "nl"), "CRITERIA-LANGUAGE", "warning"),
        (("nl", "en"), "CRITERIA-MAIN-LANGUAGE", "error"),
    ):
        remarks = lint(only_english, languages)  # type: ignore[arg-type]  # two languages
        assert {(one.code, one.severity) for one in remarks} == {(code, severity)}
        assert [one.pointer for one in remarks] == [
            "/text", "/picture/caption", "/criteria/0/statement", "/criteria/1/statement",
        ]  # fmt: skip


def test_a_caption_that_repeats_the_name_describes_nothing() -> None:
    remarks = found(badge_of({"picture.caption": {"en": "workshop FACILITATOR"}}))
    assert remarks["CRITERIA-CAPTION"].pointer == "/picture/caption/en"
    assert remarks["CRITERIA-CAPTION"].severity == "error"


def test_a_single_criterion_is_noticed() -> None:
    remarks = found(badge_of({"criteria": [OTHER]}))
    assert (remarks["CRITERIA-SINGLE"].pointer, remarks["CRITERIA-SINGLE"].severity) == (
        "/criteria",
        "warning",
    )
    assert "CRITERIA-SINGLE" not in found(badge_of())


def test_a_badge_of_which_nothing_is_mandatory_would_be_anybodys() -> None:
    optional = [{**one.model_dump(mode="json"), "mandatory": False} for one in badge_of().criteria]
    assert found(badge_of({"criteria": optional}))["CRITERIA-NONE-MANDATORY"].severity == "error"
    optional[0]["mandatory"] = True
    assert found(badge_of({"criteria": optional})) == {}


@pytest.mark.parametrize(
    ("code", "language", "one", "other"),
    [
        ("CRITERIA-DUPLICATE", "en", "Bakes a loaf of bread.", "The candidate bakes loafs of bread"),
        ("CRITERIA-DUPLICATE", "nl", "Bakt een brood in de oven.", "De deelnemer bakt brood in een oven"),
        (
            "CRITERIA-ALIKE",
            "en",
            "Bakes one loaf of rye bread at home.",
            "Bakes one loaf of wheat bread at home.",
        ),
        (
            "CRITERIA-ALIKE",
            "nl",
            "Bakt thuis één wit brood met rozijnen.",
            "Bakt thuis één bruin brood met rozijnen.",
        ),
        (None, "en", "Led one workshop.", "Led five workshops."),
        (None, "en", "Repairs a flat tyre.", "Bakes a loaf of bread."),
    ],
)
def test_criteria_that_ask_for_the_same_are_noticed(
    code: str | None, language: Language, one: str, other: str
) -> None:
    text = {language: {"name": "A name", "description": "A description."}}
    criteria = [{"id": name, "statement": {language: words}} for name, words in (("a", one), ("b", other))]
    badge = BadgeDefinition.model_validate({"badge": "b", "text": text, "criteria": criteria})
    remarks = found(badge, (language,))
    assert list(remarks) == ([code] if code else [])
    if code:
        assert remarks[code].pointer == f"/criteria/1/statement/{language}"


@pytest.mark.parametrize(
    ("statement", "evidence", "fits"),
    [
        ("Leads one workshop of an hour.", ["test"], False),
        ("Leads one workshop of an hour.", ["document", "recording"], True),
        ("Wrote a report of two pages.", ["observation"], False),
        ("Wrote a report of two pages.", ["product"], True),
        ("Scores 80 percent in the safety test.", ["observation", "recording"], False),
        ("Scores 80 percent in the safety test.", ["test"], True),
        ("Cooks a meal for four people.", ["test"], True),
    ],
)
def test_forms_of_evidence_that_fit_nothing_are_noticed(
    statement: str, evidence: list[str], *, fits: bool
) -> None:
    remarks = found(with_statement("en", statement, evidence=evidence))
    assert list(remarks) == ([] if fits else ["CRITERIA-FORMS"])
    if not fits:
        assert remarks["CRITERIA-FORMS"].pointer == "/criteria/0/evidence"


def test_forms_are_judged_in_dutch_too() -> None:
    remarks = found(with_statement("nl", "Begeleidt één workshop van een uur.", evidence=["test"]), ("nl",))
    assert list(remarks) == ["CRITERIA-FORMS"]
    assert "observation" in remarks["CRITERIA-FORMS"].sentence("nl")


def test_what_keeps_a_place_is_told_from_words() -> None:
    assert is_placeholder("To do")
    assert not is_placeholder("Has nothing to donate.")


def test_a_hostile_text_does_not_hold_up_the_lint() -> None:
    for hostile in (
        "is " * 650,
        "and " * 480,
        "a" * 1_999,
        "is a" + " x" * 900,
        ". " * 990 + "x",
        "kent " * 390,
    ):
        assert lint(with_statement("en", hostile), ("en",))
        assert lint(with_statement("nl", hostile), ("nl",))
