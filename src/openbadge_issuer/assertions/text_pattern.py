"""Text that is the same each time but for a few places: written once, and filled in."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Final


class TextPattern:
    """A text with slots.

    Args:
        text: the text, with a mark in the place of every slot; a mark may stand in several places.
        marks: what stands for which slot, such as `"8f3c…"` with its quotation marks for slot 0. No mark is
            part of another one, or of anything else in the text.
    """

    __slots__ = ("_chosen", "_format", "slots")

    def __init__(self, text: str, marks: Mapping[str, int]) -> None:
        any_mark = re.compile("|".join(map(re.escape, marks)) or r"(?!)")
        self.slots: Final = tuple(marks[mark] for mark in any_mark.findall(text))
        """The slots in the order in which they stand in the text."""
        self._chosen: Final = _chooser(self.slots)
        self._format: Final = "%s".join(piece.replace("%", "%%") for piece in any_mark.split(text))

    def filled(self, values: Sequence[object]) -> str:
        """Write the text with these values in its slots."""
        return self._format % self._chosen(values)


def _chooser(slots: Sequence[int]) -> Callable[[Sequence[object]], tuple[object, ...]]:
    if len(slots) > 1:
        return itemgetter(*slots)
    return lambda values: tuple(values[slot] for slot in slots)
