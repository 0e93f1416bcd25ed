"""On which line of a TOML text a member stands.

The standard library reads TOML and tells no places. This finds them again in a text that it has read without
complaint, so nothing is checked here a second time (TOML 1.0, https://toml.io/en/v1.0.0).
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import TypeAlias

Path: TypeAlias = "tuple[str | int, ...]"
"""Names of members and positions in arrays, from the outermost inwards."""

_SPACE = re.compile(r"(?:[ \t\n]|#[^\n]*+)*+")
_DOT = re.compile(r"[ \t]*+\.[ \t]*+")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]++")
_SCALAR = re.compile(r"[^,\]}#\n]++")
_STRING = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*+"{3,5}' r"|'''(?:[^']|'(?!''))*+'{3,5}" r'|"(?:[^"\\]|\\.)*+"' r"|'[^']*+'",
    re.DOTALL,
)


class Lines:
    """The lines of the members of a TOML text, counted from 1.

    Args:
        text: a text that `tomllib` reads, with single line feeds at the ends of its lines, and nested no
            deeper than a recursive reader can follow.
    """

    def __init__(self, text: str) -> None:
        self._found = _Scan(text).found

    def of(self, path: Sequence[str | int]) -> int:
        """Return the line of a member, or of the nearest table around it that is written in the text."""
        steps = tuple(path)
        while steps not in self._found:
            steps = steps[:-1]
        return self._found[steps]

    def all(self) -> Mapping[Path, int]:
        """Return the lines of everything that is written in the text."""
        return self._found


class _Scan:
    """One walk through a text.

    Attributes:
        found: the line of each path; a table is where its own header is, if it has one.
    """

    def __init__(self, text: str) -> None:
        self.found: dict[Path, int] = {(): 1}
        self._text = text
        self._at = 0
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self._tables: dict[Path, int] = {}  # how many tables each array of tables has so far
        self._walk()

    def _walk(self) -> None:
        table: Path = ()
        while self._skip():
            if self._take("[["):
                table = self._header(one_of_many=True)
            elif self._take("["):
                table = self._header(one_of_many=False)
            else:
                self._member(table)

    def _header(self, *, one_of_many: bool) -> Path:
        line = self._line()
        self._spaces()
        *around, last = self._keys()
        path = (*self._inside(around), last)
        self._spaces()
        self._at += 2 if one_of_many else 1
        if not one_of_many:
            self.found[path] = line
            return path
        position = self._tables.get(path, 0)
        self._tables[path] = position + 1
        self.found.setdefault(path, line)
        self.found[*path, position] = line
        return (*path, position)

    def _inside(self, keys: Sequence[str]) -> Path:
        """Go down tables by their names; in an array of tables, into the latest."""
        path: Path = ()
        for key in keys:
            path = (*path, key)
            self.found.setdefault(path, self._line())
            if path in self._tables:
                path = (*path, self._tables[path] - 1)
        return path

    def _member(self, table: Path) -> None:
        line = self._line()
        path = table
        for key in self._keys():
            path = (*path, key)
            self.found.setdefault(path, line)
        self._spaces()
        self._at += 1  # the sign of equality
        self._spaces()
        self._value(path)

    def _value(self, path: Path) -> None:
        if self._take("["):
            position = 0
            while self._skip() and not self._take("]"):
                self.found[*path, position] = self._line()
                self._value((*path, position))
                position += 1
                self._skip()
                self._take(",")
        elif self._take("{"):
            while self._skip() and not self._take("}"):
                self._member(path)
                self._skip()
                self._take(",")
        else:
            match = _STRING.match(self._text, self._at) or _SCALAR.match(self._text, self._at)
            self._at = match.end() if match else self._at + 1

    def _keys(self) -> list[str]:
        keys = [self._key()]
        while match := _DOT.match(self._text, self._at):
            self._at = match.end()
            keys.append(self._key())
        return keys

    def _key(self) -> str:
        bare = _BARE_KEY.match(self._text, self._at)
        match = bare or _STRING.match(self._text, self._at)
        if match is None:
            self._at += 1
            return ""
        self._at = match.end()
        return match[0] if bare else str(tomllib.loads(f"key = {match[0]}")["key"])

    def _skip(self) -> bool:
        """Go over white space, line breaks and remarks; tell whether anything is left."""
        match = _SPACE.match(self._text, self._at)
        self._at = match.end() if match else self._at
        return self._at < len(self._text)

    def _spaces(self) -> None:
        while self._text[self._at : self._at + 1] in (" ", "\t"):
            self._at += 1

    def _take(self, mark: str) -> bool:
        if not self._text.startswith(mark, self._at):
            return False
        self._at += len(mark)
        return True

    def _line(self) -> int:
        return bisect_right(self._starts, self._at)
