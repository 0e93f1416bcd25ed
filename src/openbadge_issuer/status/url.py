"""What counts as the URL of a list, an entry or a reference."""

from __future__ import annotations

import re

from openbadge_issuer.assertions.json_text import JsonValue

_ABSOLUTE_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x20]+")


def is_absolute_url(value: JsonValue) -> bool:
    """Tell whether a JSON value is text with a scheme and without white space or characters no URL has."""
    return isinstance(value, str) and _ABSOLUTE_URL.fullmatch(value) is not None
