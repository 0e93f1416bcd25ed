"""Baking into PNG: one `iTXt` chunk is added, every other byte of the picture stays as it is."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from struct import Struct
from typing import NamedTuple

from openbadge_issuer.assertions.json_text import MAX_JSON_BYTES
from openbadge_issuer.baking.credential_text import credential_text
from openbadge_issuer.baking.picture import PNG_SIGNATURE, check_size, not_a_picture
from openbadge_issuer.errors import LimitError, PictureError

KEYWORD = b"openbadgecredential"
"""The keyword of the chunk that carries an Open Badges 3.0 credential (section 5.3.1)."""

OLD_KEYWORD = b"openbadges"
"""The keyword of Open Badges 2.0 and before (Badge Baking, section "PNG")."""

MAX_CHUNKS = 20_000
"""Encoders write pixels in pieces of 8 KB: the largest picture taken has about 4,000 chunks."""

_HEAD = Struct(">I4s")
_NUMBER = Struct(">I")
_FRAME = _HEAD.size + _NUMBER.size  # what a chunk takes beside its data: length, type, CRC
_TEXT_TYPES = frozenset((b"iTXt", b"tEXt", b"zTXt"))
_PLAIN = b"\0\0\0\0\0"  # end of keyword, flag 0, method 0, no language, no translated keyword
_COMPRESSED = b"\1"
_HEADER_LENGTH = 13
_FIELDS = 3


class _Chunk(NamedTuple):
    type: bytes
    start: int  # of the length field
    data: memoryview

    @property
    def end(self) -> int:
        return self.start + _FRAME + len(self.data)


def bake(picture: bytes, credential: bytes | str, *, keyword: bytes = KEYWORD) -> bytes:
    """Put a credential into a PNG, in place of the one that it may carry already.

    The chunk goes right behind the header, so a reader finds it first. Bytes behind the end of the picture
    are refused: they would travel along unseen, under the issuer's name.

    Args:
        picture: the PNG.
        credential: JSON text or a compact JWS; it is stored byte for byte.
        keyword: under which name it is stored.

    Raises:
        PictureError: the picture is damaged, or the credential is neither JSON nor a compact JWS.
        LimitError: the picture or the credential is too large.
    """
    return bake_text(picture, credential_text(credential), keyword=keyword)


def bake_text(picture: bytes, text: bytes, *, keyword: bytes) -> bytes:
    """Do what `bake` does with what `credential_text` gave."""
    chunks = _chunks(picture)
    if (end := chunks[-1].end) != len(picture):
        raise PictureError("PNG-TRAILING", offset=end, count=len(picture) - end)
    behind_header = chunks[0].end
    parts = [picture[:behind_header], _text_chunk(keyword, text)]
    position = behind_header
    for old in _carriers(chunks, keyword):
        parts.append(picture[position : old.start])
        position = old.end
    parts.append(picture[position:])
    baked = b"".join(parts)
    check_size(baked)
    return baked


def unbake(picture: bytes, *, keyword: bytes = KEYWORD) -> bytes:
    """Return the credential that a PNG carries, exactly as it was baked.

    Bytes behind the end of the picture are not looked at.

    Raises:
        PictureError: the picture is damaged (`PNG-CRC`, `PNG-TRUNCATED`, …), carries none (`PNG-NO-BADGE`) or
            two (`PNG-TWO-BADGES`), or carries it in a form that Open Badges 3.0, section 5.3.1, forbids.
        LimitError: the picture is too large or has too many chunks.
    """
    found = list(_carriers(_chunks(picture), keyword))
    if not found:
        raise PictureError("PNG-NO-BADGE", keyword=keyword.decode())
    if len(found) > 1:
        raise PictureError("PNG-TWO-BADGES", count=len(found), offset=found[1].start)
    return _text(found[0], keyword)


def unbake_old(picture: bytes) -> bytes:
    """Return what a PNG carries under the keyword of Open Badges 2.0: JSON, a compact JWS, or a URL.

    Tools of that time wrote it in any kind of text chunk, compressed or not. An `iTXt` chunk, which 2.0 asks
    for, counts before the others; in a `tEXt` chunk of 1.0 stands the URL of the hosted badge.

    Raises:
        PictureError: as `unbake` does.
        LimitError: the picture or what it carries is too large, or it has too many chunks.
    """
    carriers = list(_carriers(_chunks(picture), OLD_KEYWORD))
    found = [chunk for chunk in carriers if chunk.type == b"iTXt"] or carriers
    if not found:
        raise PictureError("PNG-NO-BADGE", keyword=OLD_KEYWORD.decode())
    if len(found) > 1:
        raise PictureError("PNG-TWO-BADGES", count=len(found), offset=found[1].start)
    text = _old_text(found[0]).strip(b" \t\r\n\0")
    if not text:
        raise PictureError("PNG-NO-BADGE", keyword=OLD_KEYWORD.decode())
    return text


def _old_text(chunk: _Chunk) -> bytes:
    _, _, rest = bytes(chunk.data).partition(b"\0")
    if chunk.type == b"tEXt":
        return rest.decode("latin-1").encode()
    if chunk.type == b"zTXt":
        return _inflated(rest[1:], chunk).decode("latin-1").encode()
    if not rest.startswith(_COMPRESSED):
        return _text(chunk, OLD_KEYWORD)
    fields = rest[2:].split(b"\0", 2)
    if len(fields) != _FIELDS:
        raise PictureError("PNG-TEXT", offset=chunk.start)
    return _inflated(fields[-1], chunk)


def _inflated(data: bytes, chunk: _Chunk) -> bytes:
    """Decompress up to the cap and not a byte more."""
    inflater = zlib.decompressobj()
    try:
        text = inflater.decompress(data, MAX_JSON_BYTES + 1)
    except zlib.error as error:
        raise PictureError("PNG-TEXT", offset=chunk.start) from error
    if len(text) > MAX_JSON_BYTES:
        raise LimitError("JSON-SIZE", size=len(text), limit=MAX_JSON_BYTES)
    return text


def _chunks(picture: bytes) -> list[_Chunk]:
    """Read the chunks up to `IEND`, with every length, type and CRC checked (W3C PNG, section 5.3)."""
    check_size(picture)
    if not picture.startswith(PNG_SIGNATURE):
        raise not_a_picture(picture)
    view = memoryview(picture)
    chunks: list[_Chunk] = []
    position = len(PNG_SIGNATURE)
    while not chunks or chunks[-1].type != b"IEND":
        if len(chunks) == MAX_CHUNKS:
            raise LimitError("PNG-CHUNKS", limit=MAX_CHUNKS)
        chunk = _chunk_at(view, position)
        if (chunk.type == b"IHDR") != (not chunks):
            raise PictureError("PNG-HEADER", offset=position)
        chunks.append(chunk)
        position = chunk.end
    if len(chunks[0].data) != _HEADER_LENGTH:
        raise PictureError("PNG-HEADER", offset=chunks[0].start)
    return chunks


def _chunk_at(view: memoryview, start: int) -> _Chunk:
    if len(view) - start < _FRAME:
        raise PictureError("PNG-TRUNCATED", offset=start)
    length, kind = _HEAD.unpack_from(view, start)
    if not (kind.isalpha() and kind.isascii()):
        raise PictureError("PNG-CHUNK-TYPE", offset=start)
    if length > len(view) - start - _FRAME:
        raise PictureError("PNG-TRUNCATED", offset=start)
    data_start = start + _HEAD.size
    end = data_start + length
    if zlib.crc32(view[start + 4 : end]) != _NUMBER.unpack_from(view, end)[0]:
        raise PictureError("PNG-CRC", chunk=kind.decode(), offset=start)
    return _Chunk(kind, start, view[data_start:end])


def _carriers(chunks: list[_Chunk], keyword: bytes) -> Iterator[_Chunk]:
    """Find the text chunks with this keyword, of whatever kind, so that none stays behind on re-baking."""
    start = keyword + b"\0"
    for chunk in chunks:
        if chunk.type in _TEXT_TYPES and chunk.data[: len(start)] == start:
            yield chunk


def _text(chunk: _Chunk, keyword: bytes) -> bytes:
    if chunk.type != b"iTXt":
        raise PictureError("PNG-TEXT-CHUNK", chunk=chunk.type.decode(), offset=chunk.start)
    _, _, rest = bytes(chunk.data).partition(b"\0")
    if rest.startswith(_COMPRESSED):
        raise PictureError("PNG-COMPRESSED", offset=chunk.start)
    fields = rest[2:].split(
        b"\0", 2
    )  # language, translated keyword, text; the first two are not ours to judge
    if not rest.startswith(b"\0\0") or len(fields) != _FIELDS:
        raise PictureError("PNG-TEXT", offset=chunk.start)
    text = fields[-1]
    if not text:
        raise PictureError("PNG-NO-BADGE", keyword=keyword.decode())
    try:
        text.decode()
    except UnicodeDecodeError as error:
        raise PictureError("PNG-ENCODING", offset=chunk.start, position=error.start) from error
    return text


def _text_chunk(keyword: bytes, text: bytes) -> bytes:
    typed = b"iTXt" + keyword + _PLAIN + text
    return _NUMBER.pack(len(typed) - 4) + typed + _NUMBER.pack(zlib.crc32(typed))
