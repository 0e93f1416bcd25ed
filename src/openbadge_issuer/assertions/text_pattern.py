"""Text that is the same each time but for a few places: written once, and filled in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Final


class TextPattern:
    """A text with slots.

    Args:
        text: the text, with a mark in the place of every slot; a mark may stand in several places.
        marks: what stands for which slot, such as `"8f3c…"` with its quotation marks for slot 0. No mark is
            part of another one, or of anything else in the text.
    """

    __slots__ = ("_chosen", "_pieces", "slots")

    def __init__(self, text: str, marks: Mapping[str, int]) -> None:
        mark = any_of(marks)
        self.slots: Final = tuple(marks[found] for found in mark.findall(text))
        """The slots in the order in which they stand in the text."""
        self._pieces: Final = mark.split(text)
        self._chosen: Final = _chooser(len(self._pieces), self.slots)

    def filled(self, values: Sequence[str]) -> str:
        """Write the text with these values in its slots."""
        return "".join(self._chosen([*self._pieces, *values]))


def any_of(marks: Iterable[str]) -> re.Pattern[str]:
    """Make the pattern of these marks."""
    return re.compile("|".join(map(re.escape, marks)) or r"(?!)")


def _chooser(pieces: int, slots: Sequence[int]) -> Callable[[Sequence[str]], Sequence[str]]:
    """Make the function that puts the slots between the pieces, which the values stand behind."""
    if not slots:
        return lambda given: given[:1]
    between = [place for number, slot in enumerate(slots) for place in (number, pieces + slot)]
    return itemgetter(*between, pieces - 1)
