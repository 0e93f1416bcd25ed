"""Lines of a canonical form that differ in a few texts, in their order whatever these are."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from operator import itemgetter
from typing import Final, TypeAlias

from openbadge_issuer.assertions.text_pattern import any_of
from openbadge_issuer.jsonld.compiled.active_context import Declined

_KNOWN = re.compile(r'"|_:|<[A-Za-z][A-Za-z0-9+.\-]*+:(?://)?+')
"""How a mark begins, and with it every value that may stand there."""
_MAX_ORDERS = 256

_Part: TypeAlias = "str | int"
"""A text, or the number of a slot."""


class OrderedBlocks:
    """Blocks of lines with slots: in each the lines are in order, and blocks come as they are asked for.

    The lines are kept in the order that they have with the first values. With others they nearly always have
    it too, which is seen from those neighbours whose order depends on values.

    Args:
        blocks: the lines with marks in them; each ends with a line break.
        marks: what stands in them for which slot: `"…"`, `_:…`, or `<…>` with the scheme of all values.

    Attributes:
        slots: the slots that the lines have.
    """

    def __init__(self, blocks: Sequence[Sequence[str]], marks: Mapping[str, int]) -> None:
        self._blocks: Final = blocks
        self._marks: Final = marks
        self._mark: Final = any_of(marks)
        self._arranged: _Arranged | None = None
        self.slots: Final = {part for part in self._parts("".join(map("".join, blocks))) if type(part) is int}

    def filled(self, values: Sequence[str], order: tuple[int, ...] = (0,)) -> str:
        """Write the lines with these values, the blocks in this order.

        Raises:
            Declined: lines of a block that differ become equal.
        """
        arranged = self._arranged
        if arranged is None:
            arranged = self._arranged = self._arrange(values)
        return arranged.filled(values, order)

    def _arrange(self, values: Sequence[str]) -> _Arranged:
        """Put the lines of each block in the order that they have with some values."""
        blocks = [sorted(block, key=lambda line: self._with(values, line)) for block in self._blocks]
        deciding = [self._deciding(*pair) for block in blocks for pair in pairwise(block)]
        return _Arranged(
            [self._parts("".join(block)) for block in blocks],
            [len({*block}) for block in blocks],
            [pair for pair in deciding if pair is not None],
        )

    def _with(self, values: Sequence[str], line: str) -> str:
        return self._mark.sub(lambda found: values[self._marks[found[0]]], line)

    def _parts(self, text: str) -> list[_Part]:
        """Take a text apart at its marks."""
        parts: list[_Part] = []
        begin = 0
        for found in self._mark.finditer(text):
            parts += (text[begin : found.start()], self._marks[found[0]])
            begin = found.end()
        return [*parts, text[begin:]]

    def _deciding(self, one: str, other: str) -> tuple[_Part, _Part] | None:
        """Find what decides on the order of two lines; None if it is the same whatever the values are."""
        at = next((at for at, (sign, its) in enumerate(zip(one, other, strict=False)) if sign != its), None)
        if at is None:
            return None  # the same line twice
        found = [mark for line in (one, other) for mark in self._mark.finditer(line)]
        there = [mark for mark in found if mark.start() <= at < mark.end()]
        if all(at < mark.start() + _known(mark[0]) for mark in there):
            return None
        begin = min(mark.start() for mark in there)  # up to here they are the same
        return self._part_at(one, begin), self._part_at(other, begin)

    def _part_at(self, line: str, begin: int) -> _Part:
        text, *rest = self._parts(line[begin:])
        return text or rest[0]


class _Arranged:
    """Blocks of lines in one order.

    Args:
        blocks: their parts.
        different: how many different lines each has.
        deciding: the parts of neighbours that decide on their order.
    """

    def __init__(
        self,
        blocks: Sequence[Sequence[_Part]],
        different: Sequence[int],
        deciding: Sequence[tuple[_Part, _Part]],
    ) -> None:
        parts = [part for group in (*blocks, *deciding) for part in group]
        self._texts: Final = list(dict.fromkeys(part for part in ("", *parts) if isinstance(part, str)))
        places = {text: place for place, text in enumerate(self._texts)}

        def place(part: _Part) -> int:
            return places[part] if isinstance(part, str) else len(places) + part

        self._blocks: Final = [[place(part) for part in block] for block in blocks]
        self._different: Final = different
        self._deciding: Final = [(place(one), place(other)) for one, other in deciding]
        self._by_order: Final[dict[tuple[int, ...], Callable[[Sequence[str]], Sequence[str]]]] = {}

    def filled(self, values: Sequence[str], order: tuple[int, ...]) -> str:
        """Write the lines; see `OrderedBlocks.filled`."""
        given = [*self._texts, *values]
        for one, other in self._deciding:
            first, second = given[one], given[other]
            if first >= second or second.startswith(first):
                return "".join([self._in_order(block, given) for block in order])
        choose = self._by_order.get(order) or self._chooser(order)
        return "".join(choose(given))

    def _chooser(self, order: tuple[int, ...]) -> Callable[[Sequence[str]], Sequence[str]]:
        """Make the function that puts texts and values one after the other."""
        places = [place for block in order for place in self._blocks[block]]
        choose = itemgetter(0, 0, *places)  # of two nothings and the rest: one alone would come as it is
        if len(self._by_order) >= _MAX_ORDERS:
            self._by_order.clear()
        self._by_order[order] = choose
        return choose

    def _in_order(self, block: int, given: Sequence[str]) -> str:
        """Write the lines of a block that are not in order."""
        lines = "".join([given[place] for place in self._blocks[block]]).split("\n")
        if len({*lines}) <= self._different[block]:  # with the nothing behind the last line break
            raise Declined
        return "\n".join((*sorted(lines)[1:], ""))


def _known(mark: str) -> int:
    found = _KNOWN.match(mark)
    return found.end() if found else 0
