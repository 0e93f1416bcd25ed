"""A page as Markdown (CommonMark 0.31, with the tables of GitHub)."""

from __future__ import annotations

import re

from openbadge_issuer.policy.explanation.page import Block, Heading, Items, Page, Paragraph, Table

_MARKS = re.compile(r"[\\`*_{}\[\]<>#|!&~]")
_AT_THE_START = re.compile(r"^(?:([-+=])|(\d+)([.)]))")


def render_markdown(page: Page) -> str:
    """Write the page; nothing that a policy says becomes markup."""
    parts = [f"# {_text(page.title)}", *map(_block, page.blocks)]
    return "\n\n".join(parts) + "\n"


def _block(block: Block) -> str:
    if isinstance(block, Heading):
        return f"{'#' * block.level} {_text(block.text)}"
    if isinstance(block, Paragraph):
        return _text(block.text)
    if isinstance(block, Items):
        return _items(block)
    return _table(block)


def _items(items: Items) -> str:
    lines = []
    for position, item in enumerate(items.items, start=1):
        mark = f"{position}." if items.numbered else "-"
        label = f"**{_text(item.label)}.** " if item.label else ""
        lines.append(f"{mark} {label}{_text(item.text)}")
    return "\n".join(lines)


def _table(table: Table) -> str:
    rows = [table.head, ("---",) * len(table.head)]
    lines = [" | ".join(map(_text, table.head)), " | ".join(rows[1])]
    lines += [" | ".join(map(_text, row)) for row in table.rows]
    return f"{_text(table.caption)}\n\n" + "\n".join(f"| {line} |" for line in lines)


def _text(text: str) -> str:
    """Escape what would be a mark (CommonMark, section "Backslash escapes"), and keep it on one line."""
    escaped = _MARKS.sub(r"\\\g<0>", " ".join(text.split()))
    return _AT_THE_START.sub(lambda at: f"\\{at[1]}" if at[1] else f"{at[2]}\\{at[3]}", escaped)
