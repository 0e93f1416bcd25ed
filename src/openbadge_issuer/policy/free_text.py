"""Text that people type into a step: trimmed, bounded, and required where the policy wants to know why."""

from __future__ import annotations

import re
from typing import Final

from openbadge_issuer.errors import PolicyError

MAX_CHARACTERS: Final = 4_000
"""A page of text; what is longer is a document, and belongs with the evidence."""

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
"""What moves the cursor of a terminal, adds a line to a header, or turns the reading direction."""
_LINE_BREAK: Final = re.compile(r"[\t\n]")


def free_text(text: str | None, *, one_line: bool = False) -> str | None:
    """Trim a text that may be left out; what is empty is left out.

    Args:
        text: what was typed.
        one_line: whether it is a name or an address, which has no line breaks.

    Raises:
        PolicyError: `POLICY-TEXT-LONG`, `POLICY-TEXT-CONTROL`.
    """
    trimmed = (text or "").strip().replace("\r\n", "\n")
    if len(trimmed) > MAX_CHARACTERS:
        raise PolicyError("POLICY-TEXT-LONG", length=len(trimmed), limit=MAX_CHARACTERS)
    if found := _CONTROL.search(trimmed) or (one_line and _LINE_BREAK.search(trimmed)):
        raise PolicyError("POLICY-TEXT-CONTROL", character=f"U+{ord(found[0]):04X}", place=found.start() + 1)
    return trimmed or None


def required_text(text: str | None, code: str, *, one_line: bool = False, **details: str | int) -> str:
    """Trim a text that may not be left out.

    Raises:
        PolicyError: the given code, it is empty; or as `free_text`.
    """
    trimmed = free_text(text, one_line=one_line)
    if trimmed is None:
        raise PolicyError(code, **details)
    return trimmed
