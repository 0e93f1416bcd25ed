"""A page for people to read: headings, paragraphs, lists and tables of plain text, in one language.

All text is plain: a renderer escapes it as a whole, so no words of a policy can become markup.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from openbadge_issuer.errors.rule import Language


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 2 begins a part of the page, level 3 a part of that."""

    level: Literal[2, 3]
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list, perhaps with a label in front."""

    text: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Items:
    """A list; a numbered one where the order matters."""

    items: tuple[Item, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose first column names the rows."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block: TypeAlias = Heading | Paragraph | Items | Table


@dataclass(frozen=True, slots=True)
class Page:
    """A page.

    Attributes:
        language: in which language it is.
        title: what it is called.
        contents: the heading over the list of its parts.
        blocks: what stands on it.
    """

    language: Language
    title: str
    contents: str
    blocks: tuple[Block, ...]
