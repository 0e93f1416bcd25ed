"""How a value from a document is shown in a sentence: short, and without anything that upsets a terminal."""

from __future__ import annotations

MAX_SHOWN = 80
_MAX_DECIMAL_BITS = 4096  # Python writes no longer number in decimal digits


def shown(value: str | float) -> str:
    """Write a value on one line of at most `MAX_SHOWN` characters and an ellipsis."""
    is_huge = isinstance(value, int) and value.bit_length() > _MAX_DECIMAL_BITS
    text = f"{value:#x}" if is_huge else str(value)
    if len(text) <= MAX_SHOWN and text.isprintable():
        return text
    clean = "".join(sign if sign.isprintable() else "\ufffd" for sign in text[:MAX_SHOWN])
    return clean if len(text) <= MAX_SHOWN else f"{clean}…"
