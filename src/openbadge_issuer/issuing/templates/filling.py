"""The values of one badge, and the slots of a template that they fill."""

from __future__ import annotations

from collections.abc import Collection, Hashable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from json.encoder import encode_basestring
from typing import TypeAlias

from openbadge_issuer.assertions.json_text import JsonValue
from openbadge_issuer.jsonld.compiled.pattern import scheme_of
from openbadge_issuer.jsonld.nquads import quoted

Slot: TypeAlias = "str | tuple[str, str]"
"""The place of a text, as JSON Pointer; or that of an IRI, and its scheme."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)


class NotFixed(Exception):  # noqa: N818  # no error: the plain way takes over
    """A template is not proven for what an award holds."""


class Filling:
    """The values of one badge.

    Attributes:
        slots: the slots that they fill; equal ones belong to equal templates.
        values: a text for each slot.
        shape: whatever else decides on the part that badges share.
        begin: from when the badge counts, in UTC.
        end: until when, if that has an end, in UTC too.
    """

    __slots__ = ("_iris", "begin", "end", "shape", "slots", "values")

    def __init__(self) -> None:
        self.slots: list[Slot] = []
        self.values: list[str] = []
        self.shape: list[Hashable] = []
        self.begin = EPOCH
        self.end: datetime | None = None
        self._iris: dict[int, str] = {}

    def iri(self, value: str, place: str) -> None:
        """Add an IRI, if it may fill a slot."""
        scheme = scheme_of(value)
        if scheme is None:
            raise NotFixed
        self._iris[len(self.values)] = value
        self.slots.append((place, scheme))
        self.values.append(value)

    def text(self, value: JsonValue, place: str) -> None:
        """Add a text, if it is one."""
        if type(value) is not str or not value:
            raise NotFixed
        self.slots.append(place)
        self.values.append(value)

    @property
    def iris(self) -> Collection[str]:
        """Those of the values that name nodes."""
        return self._iris.values()

    @property
    def strings(self) -> list[str]:
        """The values as strings of JSON; JCS has the same escapes."""
        return list(map(encode_basestring, self.values))

    def terms(self, strings: list[str]) -> list[str]:
        """The values as terms of statements, given as `strings`, of which a few rare escapes differ."""
        together = "".join(strings)
        if "\\u" in together or "\x7f" in together:
            strings = list(map(quoted, self.values))
        terms = strings.copy()
        for slot, iri in self._iris.items():
            terms[slot] = f"<{iri}>"
        return terms

    @property
    def numeric_dates(self) -> tuple[str, str]:
        """The dates as `nbf` and `exp`, which must be whole seconds (RFC 7519, section 2)."""
        return _seconds(self.begin), "" if self.end is None else _seconds(self.end)


@lru_cache(maxsize=256)
def _seconds(moment: datetime) -> str:
    """Write a moment that is in UTC; elsewhere two that differ can be equal."""
    since = moment - EPOCH
    if since % _SECOND:
        raise NotFixed
    return str(since // _SECOND)
