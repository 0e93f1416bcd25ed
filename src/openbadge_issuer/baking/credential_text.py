"""What may be baked: the text of one credential, JSON or a compact JWS."""

from __future__ import annotations

import base64
import binascii
import re

from openbadge_issuer.assertions.json_text import MAX_JSON_BYTES, JsonObject, parse_json_object
from openbadge_issuer.assertions.open_badges_2.versions import detect
from openbadge_issuer.errors import LimitError, OpenBadgeError, PictureError

_COMPACT_JWS = re.compile(rb"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")
_WHITE_SPACE = b" \t\r\n"


def credential_text(credential: bytes | str) -> bytes:
    """Return the bytes to bake: JSON exactly as given, a compact JWS without white space around it.

    Only the outline is looked at: what is baked was signed before, and is judged by whoever verifies it.

    Raises:
        PictureError: it is neither a JSON object nor a compact JWS (`PICTURE-CREDENTIAL`).
        LimitError: it is longer than any reader takes (`JSON-SIZE`).
    """
    try:
        text = credential.encode() if isinstance(credential, str) else bytes(credential)
        text.decode()
    except UnicodeError as error:
        raise PictureError("PICTURE-CREDENTIAL") from error
    if len(text) > MAX_JSON_BYTES:
        raise LimitError("JSON-SIZE", size=len(text), limit=MAX_JSON_BYTES)
    if is_json(text):
        if not text.rstrip(_WHITE_SPACE).endswith(b"}") or b"\0" in text:
            raise PictureError("PICTURE-CREDENTIAL")
        return text
    token = text.strip(_WHITE_SPACE)
    if not _COMPACT_JWS.fullmatch(token):
        raise PictureError("PICTURE-CREDENTIAL")
    return token


def is_json(text: bytes) -> bool:
    """Tell a JSON object from a compact JWS by its first character (Open Badges 3.0, section 5.3)."""
    return text.lstrip(_WHITE_SPACE).startswith(b"{")


def open_badges_2(text: bytes) -> JsonObject | None:
    """Return the badge if it is one of Open Badges 2.0 or before, which are baked otherwise; else None.

    A text that cannot be read is none.

    Args:
        text: what `credential_text` gave.
    """
    try:
        if not is_json(text):
            payload = text.split(b".")[1]
            text = base64.urlsafe_b64decode(payload + b"=" * (-len(payload) % 4))
        if _BEGINS_AS_3.match(text):
            return None
        document = parse_json_object(text)
    except (OpenBadgeError, binascii.Error):
        return None
    return document if detect(document) in _OLD else None


_BEGINS_AS_3 = re.compile(
    rb'\{"@context": ?\[?"(?:https://www\.w3\.org/ns/credentials/v2|https://www\.w3\.org/2018/credentials/v1)"[],]'
)
"""How nearly every badge of 3.0 is written.

A text that begins so is none of 2.0: either it names the contexts of 3.0, which count first, or it says
`@context` twice and cannot be read. So it need not be parsed.
"""
_OLD = frozenset({"0.5", "1.0", "1.1", "2.0"})
