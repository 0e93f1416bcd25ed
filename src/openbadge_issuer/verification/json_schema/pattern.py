r"""Regular expressions of schemas, matched in time that grows with the text and the pattern alone.

A schema comes from whoever wrote the badge, and a backtracking matcher such as Python's can be kept busy for
years by a pattern of ten characters. Here all alternatives are followed at once (Thompson's method). The
syntax is the part of ECMA-262 that JSON Schema recommends (2019-09, "Regular Expressions"), with `\d`, `\w`
and `\s`; references back, looking around and word boundaries, which need backtracking, are refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, TypeAlias

MAX_LENGTH: Final = 2000
MAX_STATES: Final = 2000
MAX_DEPTH: Final = 40
"""The longest published pattern has 80 characters and needs 100 states."""

_REMEMBERED: Final = 100_000
"""How many states are remembered in a search, so that a long text of few kinds of characters is quick."""


_MAX_BUILT: Final = 10 * MAX_STATES


class PatternError(ValueError):
    """The pattern is none, or needs what cannot be matched in bounded time."""


@dataclass(frozen=True, slots=True)
class _Characters:
    """A set of characters: ranges, or everything but them."""

    ranges: tuple[tuple[str, str], ...]
    negated: bool = False

    def __contains__(self, character: str) -> bool:
        return any(low <= character <= high for low, high in self.ranges) != self.negated


@dataclass(frozen=True, slots=True)
class _Edge:
    """The begin or the end of the text."""

    at_end: bool


@dataclass(frozen=True, slots=True)
class _Sequence:
    parts: tuple[_Node, ...]


@dataclass(frozen=True, slots=True)
class _Choice:
    parts: tuple[_Node, ...]


@dataclass(frozen=True, slots=True)
class _Repeat:
    part: _Node
    least: int
    most: int | None


_Node: TypeAlias = _Characters | _Edge | _Sequence | _Choice | _Repeat

_DIGITS = (("0", "9"),)
_WORD = (("0", "9"), ("A", "Z"), ("_", "_"), ("a", "z"))
_SPACE = (
    *((one, one) for one in "\t\n\v\f\r \u00a0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff"),
    ("\u2000", "\u200a"),
)
_LINE_ENDS = tuple((one, one) for one in "\n\r\u2028\u2029")
_CLASSES: Final = {"d": _DIGITS, "w": _WORD, "s": _SPACE}
_CONTROLS: Final = {"t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r", "0": "\0"}
_COUNT = re.compile(r"\{(\d{1,4})(?:(,)(\d{1,4})?)?\}", re.ASCII)
_CODE = re.compile(r"x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|u\{([0-9A-Fa-f]{1,6})\}")


class _Parser:
    """Reads a pattern from left to right."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._depth = 0

    def parse(self) -> _Node:
        node = self._choice()
        if self._at < len(self._text):
            raise PatternError("unbalanced )")
        return node

    def _next(self) -> str:
        return self._text[self._at : self._at + 1]

    def _take(self, expected: str) -> bool:
        found = self._text.startswith(expected, self._at)
        self._at += len(expected) * found
        return found

    def _choice(self) -> _Node:
        parts = [self._sequence()]
        while self._take("|"):
            parts.append(self._sequence())
        return _Choice(tuple(parts)) if len(parts) > 1 else parts[0]

    def _sequence(self) -> _Node:
        parts: list[_Node] = []
        while self._next() not in ("", "|", ")"):
            parts.append(self._repeated(self._atom()))
        return _Sequence(tuple(parts))

    def _repeated(self, part: _Node) -> _Node:
        count = _COUNT.match(self._text, self._at)
        if count is not None:
            self._at = count.end()
            least = int(count[1])
            most = int(count[3]) if count[3] else (None if count[2] else least)
            if most is not None and most < least:
                raise PatternError("a count from more to less")
        elif self._next() and self._next() in "*+?":
            least, most = {"*": (0, None), "+": (1, None), "?": (0, 1)}[self._next()]
            self._at += 1
        else:
            return part
        if isinstance(part, _Edge):
            raise PatternError("an anchor repeated")
        self._take("?")  # how much a lazy one takes makes no difference to whether anything matches
        return _Repeat(part, least, most)

    def _atom(self) -> _Node:
        for text, edge in (("^", _Edge(at_end=False)), ("$", _Edge(at_end=True))):
            if self._take(text):
                return edge
        if self._take("."):
            return _Characters(_LINE_ENDS, negated=True)
        if self._take("("):
            return self._group()
        if self._take("["):
            return self._class()
        if self._take("\\"):
            return self._escape(in_class=False)
        if self._next() in "*+?":
            raise PatternError("nothing to repeat")
        return self._literal()

    def _literal(self) -> _Characters:
        character = self._next()
        if not character:
            raise PatternError("it ends too early")
        self._at += 1
        return _Characters(((character, character),))

    def _group(self) -> _Node:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise PatternError("nested too deep")
        if self._take("?") and not self._take(":"):
            raise PatternError("a group that looks around or has a name")
        inner = self._choice()
        if not self._take(")"):
            raise PatternError("unbalanced (")
        self._depth -= 1
        return inner

    def _class(self) -> _Characters:
        negated = self._take("^")
        ranges: list[tuple[str, str]] = []
        while not self._take("]"):
            low = self._member()
            if self._next() != "-" or self._text[self._at + 1 : self._at + 2] in ("]", ""):
                ranges += self._plain(low)
                continue
            self._at += 1
            high = self._member()
            if _one(low) is None or _one(high) is None:
                ranges += [*self._plain(low), ("-", "-"), *self._plain(high)]
                continue
            if low.ranges[0][0] > high.ranges[0][0]:
                raise PatternError("a range from more to less")
            ranges.append((low.ranges[0][0], high.ranges[0][0]))
        return _Characters(tuple(ranges), negated)

    def _member(self) -> _Characters:
        return self._escape(in_class=True) if self._take("\\") else self._literal()

    @staticmethod
    def _plain(characters: _Characters) -> tuple[tuple[str, str], ...]:
        return _complement(characters.ranges) if characters.negated else characters.ranges

    def _escape(self, *, in_class: bool) -> _Characters:
        code = _CODE.match(self._text, self._at)
        if code is not None:
            self._at = code.end()
            point = int(code[1] or code[2] or code[3], 16)
            if point > _LAST:
                raise PatternError("a character that does not exist")
            return _Characters(((chr(point), chr(point)),))
        name = self._literal().ranges[0][0]
        if name.lower() in _CLASSES:
            return _Characters(_CLASSES[name.lower()], negated=name.isupper())
        if name == "b" and in_class:
            return _Characters((("\b", "\b"),))
        character = _CONTROLS.get(name, name)
        if (name.isalnum() and name.isascii() and name not in _CONTROLS) or (
            name == "0" and self._next().isdigit()
        ):
            raise PatternError(f"\\{name}")
        return _Characters(((character, character),))


def _one(characters: _Characters) -> str | None:
    """The only character of a set; None if it has more."""
    single = len(characters.ranges) == 1 and characters.ranges[0][0] == characters.ranges[0][1]
    return characters.ranges[0][0] if single and not characters.negated else None


_LAST: Final = 0x10FFFF


def _complement(ranges: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    outside: list[tuple[str, str]] = []
    begin = 0
    for low, high in sorted(ranges):
        if ord(low) > begin:
            outside.append((chr(begin), chr(ord(low) - 1)))
        begin = max(begin, ord(high) + 1)
    return (*outside, (chr(begin), chr(_LAST))) if begin <= _LAST else tuple(outside)


class Pattern:
    """A pattern that can be searched for; `compile_pattern` makes it.

    A state either reads a character and goes on, or is an edge of the text, or only leads to others.
    """

    def __init__(self, node: _Node) -> None:
        self._reads: list[_Characters | _Edge | None] = []
        self._next: list[tuple[int, ...]] = []
        self._built = 0
        self._end = self._state(None)
        self._start = self._build(node, self._end)

    def _state(self, reads: _Characters | _Edge | None, *following: int) -> int:
        if len(self._reads) >= MAX_STATES:
            raise PatternError("too large")
        self._reads.append(reads)
        self._next.append(following)
        return len(self._reads) - 1

    def _build(self, node: _Node, following: int) -> int:
        """Add the states of a node, of which the last one leads to `following`; return the first."""
        self._built += 1  # a part without states can be repeated for ever too
        if self._built > _MAX_BUILT:
            raise PatternError("too large")
        match node:
            case _Sequence(parts):
                for part in reversed(parts):
                    following = self._build(part, following)
                return following
            case _Choice(parts):
                return self._state(None, *(self._build(part, following) for part in parts))
            case _Repeat(part, least, most):
                if most is None:
                    loop = self._state(None)
                    self._next[loop] = (self._build(part, loop), following)
                    following = loop
                else:
                    end = following
                    for _ in range(most - least):
                        following = self._state(None, self._build(part, following), end)
                for _ in range(least):
                    following = self._build(part, following)
                return following
            case _:
                return self._state(node, following)

    def found_in(self, text: str, spend: Callable[[int], None]) -> bool:
        """Tell whether the pattern matches anywhere in the text.

        Args:
            text: where to look.
            spend: is told how much work is about to be done, in states looked at; it may raise.
        """
        last, remembered = len(text), 0
        seen: dict[tuple[frozenset[int], str], frozenset[int]] = {}
        here = self._closed((self._start,), begin=True, end=not text)
        for place, character in enumerate(text, start=1):
            if self._end in here:
                return True
            known = seen.get((here, character)) if place < last else None
            spend(1)
            if known is None:
                spend(len(here) + len(self._reads) // 8)
                known = self._step(here, character, end=place == last)
                remembered += len(known)
                if remembered <= _REMEMBERED:
                    seen[here, character] = known
            here = known
        return self._end in here

    def _step(self, here: frozenset[int], character: str, *, end: bool) -> frozenset[int]:
        reached = [self._start]  # a match can begin anywhere
        for state in here:
            reads = self._reads[state]
            if isinstance(reads, _Characters) and character in reads:
                reached += self._next[state]
        return self._closed(reached, begin=False, end=end)

    def _closed(self, states: Iterable[int], *, begin: bool, end: bool) -> frozenset[int]:
        """Add the states that are reached without reading a character."""
        reached: set[int] = set()
        waiting = list(states)
        while waiting:
            state = waiting.pop()
            if state in reached:
                continue
            reached.add(state)
            reads = self._reads[state]
            if reads is None or (isinstance(reads, _Edge) and (end if reads.at_end else begin)):
                waiting += self._next[state]
        return frozenset(reached)


@lru_cache(maxsize=256)
def compile_pattern(text: str) -> Pattern:
    """Read a pattern.

    Raises:
        PatternError: it is none, is too large, or needs backtracking.
    """
    if len(text) > MAX_LENGTH:
        raise PatternError("too long")
    return Pattern(_Parser(text).parse())
