"""Moments as badges write them: date-times of RFC 3339."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache

DATE_TIME = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?(?P<zone>[Zz]|[+-]\d\d:\d\d)?", re.ASCII)

_USUAL_LENGTH = 40  # the rest of a longer one are digits of a fraction


def parse_date_time(text: str) -> datetime:
    """Read an RFC 3339 date-time; without a zone it is taken as UTC.

    Raises:
        ValueError: the text is not a date-time, or names a moment that does not exist.
    """
    return _remembered(text) if len(text) <= _USUAL_LENGTH else _parsed(text)


def in_utc_range(moment: datetime) -> datetime:
    """Take a moment without a zone as UTC, and refuse one that has no UTC form (in the years 1 and 9999)."""
    if moment.utcoffset() is None:
        return moment.replace(tzinfo=UTC)
    try:
        moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError(str(moment)) from error
    return moment


def write_date_time(moment: datetime) -> str:
    """Write a moment in UTC, in whole seconds where it has no fraction (RFC 3339)."""
    # In other zones two moments that are written differently can be equal.
    return _written_in_utc(moment) if moment.tzinfo is UTC else _written(moment)


def _parsed(text: str) -> datetime:
    match = DATE_TIME.fullmatch(text)
    if match is None:
        raise ValueError(text)
    return in_utc_range(datetime.fromisoformat(text.upper()))


def _written(moment: datetime) -> str:
    text = moment.astimezone(UTC).isoformat(timespec="microseconds" if moment.microsecond else "seconds")
    return text.replace("+00:00", "Z")


_written_in_utc = lru_cache(maxsize=256)(_written)
_remembered = lru_cache(maxsize=1024)(_parsed)  # the model, the proof and the period ask for the same few
