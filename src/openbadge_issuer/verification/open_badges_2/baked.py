"""Taking a badge of Open Badges 2.0 out of a picture, in all the forms that were ever written.

Source: Open Badges 2.0, "Badge Baking": PNG `iTXt` under `openbadges`, before 2.0 `tEXt` with an address;
SVG `openbadges:assertion`, with the address or the JWS in `verify` and the JSON inside.
"""

from __future__ import annotations

import zlib
from typing import Literal

from openbadge_issuer.assertions.json_text import MAX_JSON_BYTES
from openbadge_issuer.baking import png
from openbadge_issuer.baking.svg_scan import BadgeElement, scan
from openbadge_issuer.errors import LimitError, PictureError

KEYWORD = b"openbadges"
ELEMENTS = (
    BadgeElement("http://openbadges.org", "assertion"),
    BadgeElement("http://openbadges.org/", "assertion"),
)
_OLDER_FORMS = frozenset({"PNG-TEXT-CHUNK", "PNG-COMPRESSED"})


def unbake(picture: bytes, picture_format: Literal["png", "svg"]) -> bytes:
    """Return what the picture carries: JSON, a compact JWS, or the address of the badge.

    Raises:
        PictureError: the picture is damaged or unsafe, or carries no badge or two.
        LimitError: the picture, or what is compressed in it, is too large.
    """
    return _from_png(picture) if picture_format == "png" else _from_svg(picture)


def _from_png(picture: bytes) -> bytes:
    try:
        return png.unbake(picture, keyword=KEYWORD)
    except PictureError as error:
        offset = error.details.get("offset")
        if error.code not in _OLDER_FORMS or not isinstance(offset, int):
            raise
    # The whole picture was read and this chunk's checksum holds, so its length can be relied on.
    length = int.from_bytes(picture[offset : offset + 4], "big")
    kind, data = picture[offset + 4 : offset + 8], picture[offset + 8 : offset + 8 + length]
    text = data[len(KEYWORD) + 1 :]
    if kind == b"iTXt":
        fields = text[2:].split(b"\0", 2)
        text = _inflated(fields[-1], offset)
    elif kind == b"zTXt":
        text = _inflated(text[1:], offset)
    if not text.strip():
        raise PictureError("PNG-NO-BADGE", keyword=KEYWORD.decode())
    return text.strip()


def _inflated(data: bytes, offset: int) -> bytes:
    reader = zlib.decompressobj()
    try:
        text = reader.decompress(data, MAX_JSON_BYTES + 1)
    except zlib.error as error:
        raise PictureError("PNG-TEXT", offset=offset) from error
    if len(text) > MAX_JSON_BYTES:
        raise LimitError("JSON-SIZE", size=len(text), limit=MAX_JSON_BYTES)
    return text


def _from_svg(picture: bytes) -> bytes:
    carriers = [one for element in ELEMENTS for one in scan(picture, element, strict=False).carriers]
    if not carriers:
        raise PictureError("SVG-NO-BADGE")
    if len(carriers) > 1:
        raise PictureError("SVG-TWO-BADGES", count=len(carriers), line=carriers[1].line)
    text = carriers[0].body.strip() or (carriers[0].verify or "").strip()
    if not text:
        raise PictureError("SVG-NO-BADGE")
    return text.encode()
