"""Spans of time as a policy states them, and the deadlines that follow from them."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import cached_property
from typing import Annotated, Self, TypeAlias
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError

PATTERN = r"[1-9][0-9]{0,3} (hour|day|week|month)s?|([1-9][0-9]?|100) years?"
_TEXT = re.compile(PATTERN)
_MONTHS = {"month": 1, "year": 12}
_DUTCH = {"hour": "uur", "day": "dag", "week": "week", "month": "maand", "year": "jaar"}
_DUTCH_MANY = {"hour": "uur", "day": "dagen", "week": "weken", "month": "maanden", "year": "jaar"}


@dataclass(frozen=True)
class Period:
    """A number of hours, days, weeks, months or years, such as `30 days`.

    Months and years are those of the calendar: a month after 31 January is the last day of February.
    """

    count: int
    unit: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `30 days`, `6 weeks`, `12 months`, `1 year` or `24 hours`; a century is the longest in years.

        Raises:
            ValueError: it is none of these.
        """
        if _TEXT.fullmatch(text) is None:
            raise ValueError(text)
        count, unit = text.split()
        return cls(int(count), unit.removesuffix("s"))

    def __str__(self) -> str:
        return f"{self.count} {self.unit}" + ("s" if self.count > 1 else "")

    def in_words(self, language: str) -> str:
        """Say it in English or Dutch."""
        if language != "nl":
            return str(self)
        return f"{self.count} {(_DUTCH if self.count == 1 else _DUTCH_MANY)[self.unit]}"

    def after(self, moment: datetime) -> datetime:
        """Return the moment that lies this long after an aware one, on the same clock."""
        if self.unit in _MONTHS:
            months = moment.year * 12 + moment.month - 1 + self.count * _MONTHS[self.unit]
            year, month = divmod(months, 12)
            return moment.replace(
                year=year, month=month + 1, day=min(moment.day, monthrange(year, month + 1)[1])
            )
        return moment + self._span

    def deadline(self, moment: datetime, zone: ZoneInfo) -> datetime:
        """Return when something that has this long is overdue, in UTC.

        Hours are counted exactly. A period of days or more ends with its last day, as people there count
        it: who has a week from Monday noon has until the end of the next Monday, on the clock of `zone`.
        """
        if self.unit == "hour":
            return (moment + self._span).astimezone(UTC)
        last_day = self.after(moment.astimezone(zone).replace(tzinfo=None)).date()
        return datetime.combine(last_day + timedelta(days=1), time(), zone).astimezone(UTC)

    def is_longer_than(self, *others: Period) -> bool:
        """Tell whether it is longer than others one after the other, from the first of a January on."""
        return self.after(_JANUARY) > _end_of(others)

    def is_shorter_than(self, *others: Period) -> bool:
        """Tell whether it is shorter than others one after the other, from the first of a January on."""
        return self.after(_JANUARY) < _end_of(others)

    @cached_property
    def _span(self) -> timedelta:
        return timedelta(**{f"{self.unit}s": self.count})


_JANUARY = datetime(2001, 1, 1, tzinfo=UTC)
"""From here on a year has 365 days and two months have 59, as in most years."""


def _end_of(periods: tuple[Period, ...]) -> datetime:
    end = _JANUARY
    for period in periods:
        end = period.after(end)
    return end


def _read(value: object) -> object:
    if isinstance(value, str):
        try:
            return Period.parse(value)
        except ValueError:
            pass
    if isinstance(value, Period):
        return value
    raise PydanticCustomError("POLICY-PERIOD", "no period")


Span: TypeAlias = Annotated[
    Period,
    BeforeValidator(_read),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": "string", "pattern": f"^({PATTERN})$"}),
]
"""A period as a member of a model, written as text."""
