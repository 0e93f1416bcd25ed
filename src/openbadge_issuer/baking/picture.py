"""What every picture has in common: its format, told from its first bytes, and the cap on its size."""

from __future__ import annotations

from contextlib import suppress
from typing import Literal
from xml.parsers import expat  # only the name of the first element is read, no entity is kept

from openbadge_issuer.errors import LimitError, PictureError

PictureFormat = Literal["png", "svg"]

MAX_PICTURE_BYTES = 32 * 1024 * 1024
"""A badge picture is some kilobytes; twice the largest credential leaves room for a print-size PNG."""

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
"""The first eight bytes of every PNG (W3C PNG, section 5.2)."""

_SNIFFED_BYTES = 1024 * 1024  # comments may stand before the root, and long attributes in it
_OTHERS = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"RIFF", "WebP"),
    (b"%PDF-", "PDF"),
    (b"BM", "BMP"),
    (b"\x1f\x8b", "SVGZ (gzip)"),
)


def picture_format(data: bytes) -> PictureFormat | None:
    """Tell a PNG or an SVG from its first bytes; None for anything else. Nothing is checked beyond that."""
    if data.startswith(PNG_SIGNATURE):
        return "png"
    return "svg" if _root_name(data[:_SNIFFED_BYTES]) == "svg" else None


def check_size(picture: bytes) -> None:
    """Refuse an empty or an oversized picture before any work is done on it.

    Raises:
        PictureError: there are no bytes (`PICTURE-EMPTY`).
        LimitError: there are more than `MAX_PICTURE_BYTES` (`PICTURE-SIZE`).
    """
    if not picture:
        raise PictureError("PICTURE-EMPTY")
    if len(picture) > MAX_PICTURE_BYTES:
        raise LimitError("PICTURE-SIZE", size=len(picture), limit=MAX_PICTURE_BYTES)


def not_a_picture(data: bytes) -> PictureError:
    """Return the error for bytes that are neither PNG nor SVG, naming the format where it is known."""
    for start, name in _OTHERS:
        if data.startswith(start):
            return PictureError("PICTURE-FORMAT", found=name)
    return PictureError("PICTURE-UNKNOWN")


class _Found(Exception):  # noqa: N818  # stops the parser, is no error
    """The first element (or the DOCTYPE that names it) was reached."""


def _root_name(head: bytes) -> str | None:
    """Return the root's name without prefix, None if what stands there is not XML."""
    parser = expat.ParserCreate()
    names: list[str] = []

    def reached(name: str, *_: object) -> None:
        names.append(name)
        raise _Found

    parser.StartElementHandler = reached
    parser.StartDoctypeDeclHandler = reached
    # ValueError and LookupError: the document names an encoding that Python lacks.
    with suppress(_Found, expat.ExpatError, ValueError, LookupError):
        parser.Parse(head, False)  # noqa: FBT003  # expat's own signature: more could follow
    return names[0].rpartition(":")[2] if names else None
