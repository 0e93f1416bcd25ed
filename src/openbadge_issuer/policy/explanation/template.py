"""Pages from words: a text with places to fill, lines that count only sometimes, and parts to put in.

A text is a Markdown of a few marks only. A blank line ends a block; `## ` and `### ` begin a heading, `- `
and `1. ` an item, with a label before ` | ` if it has one; `@name` stands for blocks that are given along.
What a line says counts only if it is so where `[flag]` stands before it, and only if it is not where
`[!flag]` does. Lines are joined. `{name}` is filled with plain text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from openbadge_issuer.policy.explanation.page import Block, Heading, Item, Items, Paragraph

_FLAG = re.compile(r"\[(!?)([a-z_]+)\] ")
_ITEM = re.compile(r"(- |\d+\. )")


def fill(
    text: str, *, details: Mapping[str, str], flags: Collection[str], parts: Mapping[str, tuple[Block, ...]]
) -> Iterator[Block]:
    """Make the blocks of a text.

    Args:
        text: the words, with their marks.
        details: what fills the places.
        flags: what is so.
        parts: the blocks that stand for `@name`.
    """
    for chunk in text.strip().split("\n\n"):
        lines = (_counted(line.strip(), flags) for line in chunk.split("\n"))
        counted = [line for line in lines if line]
        if not counted:
            continue
        if counted[0].startswith("@"):
            yield from parts[counted[0][1:]]
        else:
            yield from _blocks(counted, details)


def prose(text: str) -> Iterator[Block]:
    """Make blocks of words that people wrote freely: paragraphs and lists, and nothing is filled in."""
    for chunk in text.split("\n\n"):
        lines = [line.strip() for line in chunk.split("\n") if line.strip()]
        plain = [line for line in lines if not line.startswith("- ")]
        items = tuple(Item(line.removeprefix("- ")) for line in lines if line.startswith("- "))
        if plain:
            yield Paragraph(" ".join(plain))
        if items:
            yield Items(items)


def _counted(line: str, flags: Collection[str]) -> str:
    """Return what counts of a line; the mark of an item does in any case, for the lines after it."""
    mark = _ITEM.match(line)
    start = mark[0] if mark else ""
    said = line.removeprefix(start)
    match = _FLAG.match(said)
    if match is None:
        return line
    return start + said[match.end() :] if (match[2] in flags) is (match[1] == "") else start


def _blocks(lines: list[str], details: Mapping[str, str]) -> Iterator[Block]:
    first = lines[0]
    if first.startswith("## "):
        yield Heading(2, first.removeprefix("## ").format_map(details))
    elif first.startswith("### "):
        yield Heading(3, first.removeprefix("### ").format_map(details))
    elif _ITEM.match(first):
        yield Items(tuple(_items(lines, details)), numbered=not first.startswith("- "))
    else:
        yield Paragraph(" ".join(lines).format_map(details))


def _items(lines: list[str], details: Mapping[str, str]) -> Iterator[Item]:
    written: list[list[str]] = []
    for line in lines:
        if _ITEM.match(line):
            said = _ITEM.sub("", line, count=1)
            written.append([said] if said else [])
        else:
            written[-1].append(line)
    for one in written:
        label, mark, text = " ".join(one).rpartition(" | ")
        yield Item(text.format_map(details), label.format_map(details) if mark else "")
