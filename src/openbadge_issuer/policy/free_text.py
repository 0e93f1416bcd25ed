"""Text that people type into a step: trimmed, bounded, and required where the policy wants to know why."""

from __future__ import annotations

from openbadge_issuer.errors import PolicyError

MAX_CHARACTERS = 4_000
"""A page of text; what is longer is a document, and belongs with the evidence."""


def free_text(text: str | None) -> str | None:
    """Trim a text that may be left out; what is empty is left out.

    Raises:
        PolicyError: `POLICY-TEXT-LONG`.
    """
    trimmed = (text or "").strip()
    if len(trimmed) > MAX_CHARACTERS:
        raise PolicyError("POLICY-TEXT-LONG", length=len(trimmed), limit=MAX_CHARACTERS)
    return trimmed or None


def required_text(text: str | None, code: str, **details: str | int) -> str:
    """Trim a text that may not be left out.

    Raises:
        PolicyError: the given code, it is empty; `POLICY-TEXT-LONG`.
    """
    trimmed = free_text(text)
    if trimmed is None:
        raise PolicyError(code, **details)
    return trimmed
