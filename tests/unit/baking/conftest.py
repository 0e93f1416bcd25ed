"""Small pictures to bake into."""

from __future__ import annotations

import zlib
from collections.abc import Callable

import pytest

MakeChunk = Callable[[bytes, bytes], bytes]


def _chunk(kind: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")


@pytest.fixture(scope="session")
def chunk() -> MakeChunk:
    """Write one PNG chunk from its type and data."""
    return _chunk


@pytest.fixture(scope="session")
def png() -> bytes:
    """A PNG of one white pixel, with a comment."""
    header = b"\0\0\0\1\0\0\0\1\x08\0\0\0\0"
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (
            _chunk(b"IHDR", header),
            _chunk(b"tEXt", b"Comment\0drawn by hand"),
            _chunk(b"IDAT", zlib.compress(b"\0\xff")),
            _chunk(b"IEND", b""),
        )
    )


@pytest.fixture(scope="session")
def svg() -> bytes:
    """An SVG with a declaration, a comment and a drawing."""
    return (
        b'<?xml version="1.0" encoding="UTF-8"?>\n<!-- a circle -->\n'
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8">\n'
        b'  <circle cx="4" cy="4" r="3"/>\n</svg>\n'
    )
