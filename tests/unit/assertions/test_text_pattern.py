"""Text with slots."""

from __future__ import annotations

from openbadge_issuer.assertions.text_pattern import TextPattern


def test_a_mark_may_stand_in_several_places_and_slots_in_any_order() -> None:
    pattern = TextPattern("a<2>b<1>c<2>", {"<1>": 0, "<2>": 1})
    assert pattern.slots == (1, 0, 1)
    assert pattern.filled(["one", "two"]) == "atwobonectwo"


def test_percent_signs_and_braces_mean_nothing() -> None:
    assert TextPattern("100 % %s {x} <1>", {"<1>": 0}).filled(["%s {}"]) == "100 % %s {x} %s {}"


def test_a_text_without_slots_stays_as_it_is() -> None:
    assert TextPattern("50 %", {}).filled(()) == "50 %"
    assert TextPattern("50 %", {"<1>": 0}).slots == ()
