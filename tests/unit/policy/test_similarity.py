from __future__ import annotations

from openbadge_issuer.policy.similarity import content_words, likeness, name_likeness, overlap


def test_words_without_meaning_endings_and_accents_do_not_count() -> None:
    assert content_words("The candidate leads the workshops", "en") == content_words("lead a WORKSHOP", "en")
    assert content_words("Je hebt één café bezocht", "nl") == content_words("een café bezocht", "nl") | {
        "een"
    } - {"een"}


def test_likeness_goes_from_nothing_to_everything() -> None:
    assert likeness("Bakes a loaf of bread", "Bakes one loaf of bread", "en") > 0.8
    assert likeness("Bakes a loaf of bread", "Repairs a bicycle tyre", "en") == 0
    assert likeness("Bakes a loaf of bread", "bakes the loaf of breads", "en") == 1
    assert likeness("the of a", "the of a", "en") == 0, "nothing is said"
    assert overlap({"a", "b"}, {"b", "c"}) == 0.5


def test_names_are_compared_by_their_letters() -> None:
    assert name_likeness("Workshop facilitator", "Workshop-Facilitator!") == 1
    assert name_likeness("Workshop facilitator", "Workshop facilitators") > 0.85
    assert name_likeness("Workshop facilitator", "Cook") < 0.1
