"""A TOML file of the organisation: bounded before it is parsed, and with the lines of its members."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TypeAlias

from openbadge_issuer.errors import DocumentError, LimitError
from openbadge_issuer.policy.toml_lines import Lines

TomlValue: TypeAlias = (
    "bool | int | float | str | date | datetime | time | list[TomlValue] | dict[str, TomlValue]"
)

MAX_TOML_BYTES = 256 * 1024
"""A policy in two languages takes some 15 KiB, the largest definition of a badge less."""

MAX_DEPTH = 32
"""Tables within tables, by brackets or by dots; a policy needs four."""

_TOKEN = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*+(?:"{3,5})?'
    r"|'''(?:[^']|'(?!''))*+(?:'{3,5})?"
    r'|"(?:[^"\\\n]|\\.)*+"?'
    r"|'[^'\n]*+'?"
    r"|#[^\n]*+"
    r"|[\[{\]}.\n]",
    re.DOTALL,
)
"""A string, closed or not, a remark, or a mark that deepens the nesting."""

_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


@dataclass(frozen=True)
class TomlFile:
    """A file that was read.

    Attributes:
        document: what it says.
        lines: where each member stands.
    """

    document: dict[str, TomlValue]
    lines: Lines


def parse_toml(data: bytes) -> TomlFile:
    """Parse TOML text; its size and depth are looked at first.

    A byte order mark, which some editors write, is passed over.

    Raises:
        DocumentError: `TOML-ENCODING` or `TOML-SYNTAX`, with the line.
        LimitError: `TOML-SIZE` or `TOML-DEPTH`.
    """
    if len(data) > MAX_TOML_BYTES:
        raise LimitError("TOML-SIZE", size=len(data), limit=MAX_TOML_BYTES)
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise DocumentError("TOML-ENCODING", line=data.count(b"\n", 0, error.start) + 1) from error
    _check_depth(text)
    try:
        document: dict[str, TomlValue] = tomllib.loads(text)
    except ValueError as error:  # besides its own errors, numbers with more digits than Python converts
        problem, line = str(error), text.count("\n") + 1
        if place := _PLACE.search(problem):
            problem, line = problem[: place.start()], int(place[1] or line)
        raise DocumentError("TOML-SYNTAX", line=line, problem=problem.removesuffix(".")) from error
    return TomlFile(document, Lines(text))


def _check_depth(text: str) -> None:
    depth = dots = 0
    for token in _TOKEN.finditer(text):
        mark = token[0]
        if mark in ("[", "{"):
            depth += 1
        elif mark in ("]", "}"):
            depth = max(0, depth - 1)
        elif mark == ".":
            dots += 1
        elif mark == "\n":
            dots = 0
        if depth > MAX_DEPTH or dots > MAX_DEPTH:
            raise LimitError("TOML-DEPTH", line=text.count("\n", 0, token.start()) + 1, limit=MAX_DEPTH)
