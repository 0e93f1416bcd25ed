"""Patterns are matched as ECMA-262 says, in bounded time, or refused."""

from __future__ import annotations

import pytest

from openbadge_issuer.errors import LimitError
from openbadge_issuer.verification.json_schema.pattern import MAX_LENGTH, PatternError, compile_pattern


def _found(pattern: str, text: str) -> bool:
    return compile_pattern(pattern).found_in(text, lambda _: None)


@pytest.mark.parametrize(
    ("pattern", "matching", "other"),
    [
        ("", "", None),
        ("^$", "", "a"),
        ("b", "abc", "ac"),
        ("^ab|cd$", "xcd", "xab"),
        ("^(ab){2,3}$", "ababab", "ab"),
        ("^a{0}$", "", "a"),
        ("^a{2,}?$", "aaa", "a"),
        ("^[^a-c]$", "d", "b"),
        ("^[a-]$", "-", "b"),
        ("^[]$", None, "a"),
        ("^[^]$", "a", ""),
        (r"^[\d-x]$", "-", "y"),
        (r"^[\D]$", "a", "1"),
        (r"^\w\W\s\S$", "a- b", "ab b"),
        (r"^\d$", "1", "\u0661"),
        (r"^\x41B\u{1F600}$", "AB\U0001f600", "AB"),
        (r"^\.\t\/$", ".\t/", "x\t/"),
        (r"^[\b]$", "\b", "b"),
        ("^a.c$", "abc", "a\nc"),
        ("^a$", "a", "a\n"),
        ("a{,3}", "a{,3}", "aa"),
        ("^(a*)*$", "aaa", "b"),
        ("(^a|b$)", "xb", "xa"),
    ],
)
def test_a_pattern_matches_as_the_standard_says(
    pattern: str, matching: str | None, other: str | None
) -> None:
    assert matching is None or _found(pattern, matching)
    assert other is None or not _found(pattern, other)


@pytest.mark.parametrize(
    "pattern",
    [
        *("(", ")", "(a", "[a", "*", "a**", "a{3,2}", "^*", "[z-a]", "\\", "x\\"),
        *("(?=a)", "(?!a)", "(?<=a)", "(?<name>a)", "(a)\\1", "\\k<a>", "a\\b", "\\B", "\\p{L}", "\\01"),
        *("\\u{110000}", "a{9999}", "(a{100}){100}", "((((){9999}){9999}){9999}){9999}", "a" * 9999),
        "(" * 99 + ")" * 99,
    ],
)
def test_what_is_no_pattern_or_needs_backtracking_is_refused(pattern: str) -> None:
    with pytest.raises(PatternError):
        compile_pattern(pattern)


@pytest.mark.parametrize(
    "pattern", ["^(a+)+$", "^(a|a)*$", "^(a|aa)+$", "^(.*a){12}$", "^a?" * 30 + "a{30}$"]
)
def test_a_pattern_that_keeps_others_busy_for_years_costs_little(pattern: str) -> None:
    work = 0

    def spend(amount: int) -> None:
        nonlocal work
        work += amount

    text = "a" * 5000 + "b"
    assert not compile_pattern(pattern).found_in(text, spend)
    assert work < 100 * len(text)


def test_the_work_can_be_bounded() -> None:
    def refuse(amount: int) -> None:
        raise LimitError("SCHEMA-WORK", limit=amount)

    with pytest.raises(LimitError):
        compile_pattern("^a+$").found_in("aaa", refuse)


def test_a_pattern_of_the_largest_size_is_read() -> None:
    assert not _found("a" * (MAX_LENGTH - 1), "b")
