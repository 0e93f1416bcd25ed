"""Lines of a canonical form that differ in a few texts, in their order whatever these are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from openbadge_issuer.assertions.text_pattern import TextPattern
from openbadge_issuer.jsonld.compiled.active_context import Declined

_KNOWN = re.compile(r'"|_:|<[A-Za-z][A-Za-z0-9+.\-]*+:(?://)?+')
"""How every value begins that may stand for a mark."""


class _Arrangement(NamedTuple):
    """The lines in one order, and those neighbours whose order depends on values."""

    whole: TextPattern
    unsettled: tuple[tuple[TextPattern, TextPattern], ...]


class OrderedLines:
    """Lines with slots, written in their order.

    They are kept in the order that they have with the first values. With others they nearly always have it
    too, which is seen from the neighbours that are not settled.

    Args:
        lines: the lines with marks in them; each ends with a line break.
        marks: what stands in them for which slot: `"…"`, `_:…`, or `<…>` with the scheme of all values.

    Attributes:
        slots: the slots that the lines have.
    """

    def __init__(self, lines: Iterable[str], marks: Mapping[str, int]) -> None:
        self._lines: Final = [*lines]
        self._marks: Final = marks
        self._different: Final = len({*self._lines})
        self._arrangement: _Arrangement | None = None
        self.slots: Final = TextPattern("".join(self._lines), marks).slots

    def filled(self, values: Sequence[str]) -> str:
        """Write the lines with these values.

        Raises:
            Declined: lines that differ become equal.
        """
        whole, unsettled = self._arrangement or self._arranged(values)
        text = whole.filled(values)
        for one, other in unsettled:
            if one.filled(values) >= other.filled(values):
                return self._in_order(text)
        return text

    def _arranged(self, values: Sequence[str]) -> _Arrangement:
        """Put the lines in the order that they have with some values."""
        filled = TextPattern("".join(self._lines), self._marks).filled(values).split("\n")
        places = sorted(range(len(self._lines)), key=filled.__getitem__)
        ordered = [self._lines[place] for place in places]
        unsettled = [pair for pair in pairwise(ordered) if not _is_settled(*pair, self._marks)]
        found = _Arrangement(
            TextPattern("".join(ordered), self._marks),
            tuple(
                (TextPattern(one, self._marks), TextPattern(other, self._marks)) for one, other in unsettled
            ),
        )
        self._arrangement = found
        return found

    def _in_order(self, text: str) -> str:
        lines = text.split("\n")
        if len({*lines}) <= self._different:  # with the nothing behind the last line break
            raise Declined
        lines.sort()
        return "\n".join((*lines[1:], ""))


def _is_settled(one: str, other: str, marks: Iterable[str]) -> bool:
    """Tell whether two lines are in this order, or the same, whatever the values are."""
    at = next((at for at, (sign, its) in enumerate(zip(one, other, strict=False)) if sign != its), None)
    return at is None or not any(_hides(mark, at, line) for mark in marks for line in (one, other))


def _hides(mark: str, at: int, line: str) -> bool:
    """Tell whether a sign of a line stands in a mark, where other values have other signs."""
    begin = line.find(mark, max(0, at + 1 - len(mark)), at + len(mark))
    known = _KNOWN.match(mark)
    return begin >= 0 and known is not None and begin + known.end() <= at
