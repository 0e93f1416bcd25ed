"""How a value from a document is shown in a sentence: short, and without anything that upsets a terminal."""

from __future__ import annotations

MAX_SHOWN = 80


def shown(value: str | float) -> str:
    """Write a value on one line of at most `MAX_SHOWN` characters and an ellipsis."""
    text = str(value)
    clean = "".join(sign if sign.isprintable() else "\ufffd" for sign in text[:MAX_SHOWN])
    return clean if len(text) <= MAX_SHOWN else f"{clean}…"
