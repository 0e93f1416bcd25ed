"""Which period is longer."""

from __future__ import annotations

import pytest

from openbadge_issuer.policy.period import Period


@pytest.mark.parametrize(
    ("longer", "shorter"),
    [
        ("1 week", "6 days"),
        ("25 hours", "1 day"),
        ("1 month", "30 days"),
        ("32 days", "1 month"),
        ("1 year", "11 months"),
        ("366 days", "1 year"),
        ("3 months", "12 weeks"),
    ],
)
def test_one_period_is_longer_than_another(longer: str, shorter: str) -> None:
    assert Period.parse(longer).is_longer_than(Period.parse(shorter))
    assert Period.parse(shorter).is_shorter_than(Period.parse(longer))
    assert not Period.parse(shorter).is_longer_than(Period.parse(longer))
    assert not Period.parse(longer).is_shorter_than(Period.parse(shorter))


@pytest.mark.parametrize(
    ("one", "other"), [("12 months", "1 year"), ("24 hours", "1 day"), ("2 weeks", "14 days")]
)
def test_periods_may_be_the_same_in_other_words(one: str, other: str) -> None:
    for first, second in ((one, other), (other, one)):
        assert not Period.parse(first).is_longer_than(Period.parse(second))
        assert not Period.parse(first).is_shorter_than(Period.parse(second))


def test_a_period_is_compared_with_several_one_after_the_other() -> None:
    weeks = Period(6, "week")
    assert Period(11, "week").is_shorter_than(weeks, weeks)
    assert not Period(12, "week").is_shorter_than(weeks, weeks)
    assert Period(13, "week").is_longer_than(weeks, weeks)


def test_the_longest_periods_can_be_compared_and_counted_from_any_date() -> None:
    century, months = Period.parse("100 years"), Period.parse("9999 months")
    assert months.is_longer_than(century, century)
    with pytest.raises(ValueError, match="101 years"):
        Period.parse("101 years")
