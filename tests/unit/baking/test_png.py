"""Baking into PNG: chunk by chunk, and each way in which a PNG can be wrong."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable

import pytest

from openbadge_issuer.baking import png as png_baking
from openbadge_issuer.errors import InputError, LimitError, OpenBadgeError, PictureError

JSON = '{"name":"Workshopbegeleider","mark":"★ 😀"}'.encode()
TOKEN = b"eyJhbGciOiJFZERTQSJ9.eyJpZCI6IjEifQ.c2lnbmF0dXJl"
KEYWORD = b"openbadgecredential"
PLAIN = KEYWORD + b"\0\0\0\0\0"

MakeChunk = Callable[[bytes, bytes], bytes]


def chunks_of(picture: bytes) -> list[bytes]:
    found, position = [], 8
    while position < len(picture):
        length = struct.unpack_from(">I", picture, position)[0]
        found.append(picture[position : position + length + 12])
        position += length + 12
    return found


def with_chunks(picture: bytes, *added: bytes) -> bytes:
    """Put chunks right behind the header."""
    return picture[:33] + b"".join(added) + picture[33:]


def code_of(picture: bytes) -> str:
    with pytest.raises(OpenBadgeError) as caught:
        png_baking.unbake(picture)
    assert caught.value.sentence("en")
    assert caught.value.sentence("nl")
    assert caught.value.advice("nl")
    return caught.value.code


@pytest.mark.parametrize("credential", [JSON, TOKEN], ids=["json", "jws"])
def test_what_is_baked_comes_out_again(png: bytes, credential: bytes) -> None:
    assert png_baking.unbake(png_baking.bake(png, credential)) == credential


def test_text_is_baked_as_utf_8(png: bytes) -> None:
    assert png_baking.bake(png, JSON.decode()) == png_baking.bake(png, JSON)


def test_one_plain_chunk_behind_the_header_is_all_that_is_added(png: bytes, chunk: MakeChunk) -> None:
    assert png_baking.bake(png, JSON) == with_chunks(png, chunk(b"iTXt", PLAIN + JSON))


def test_baking_again_replaces_the_badge(png: bytes) -> None:
    assert png_baking.bake(png_baking.bake(png, TOKEN), JSON) == png_baking.bake(png, JSON)


def test_baking_again_replaces_badges_of_every_shape(png: bytes, chunk: MakeChunk) -> None:
    odd = with_chunks(
        png,
        chunk(b"iTXt", KEYWORD + b"\0\1\0\0\0" + zlib.compress(JSON)),
        chunk(b"tEXt", KEYWORD + b"\0" + TOKEN),
        chunk(b"iTXt", PLAIN + TOKEN),
    )
    assert png_baking.bake(odd, JSON) == png_baking.bake(png, JSON)


def test_a_badge_of_version_2_stays_beside_it(png: bytes, chunk: MakeChunk) -> None:
    older = chunk(b"iTXt", b"openbadges\0\0\0\0\0{}")
    baked = png_baking.bake(with_chunks(png, older), JSON)
    assert older in chunks_of(baked)
    assert png_baking.unbake(baked, keyword=b"openbadges") == b"{}"
    assert png_baking.unbake(baked) == JSON


def test_a_language_beside_the_badge_is_read_over(png: bytes, chunk: MakeChunk) -> None:
    assert png_baking.unbake(with_chunks(png, chunk(b"iTXt", KEYWORD + b"\0\0\0nl\0badge\0" + JSON))) == JSON


def test_bytes_behind_the_end_are_read_over_but_not_published(png: bytes) -> None:
    assert png_baking.unbake(png_baking.bake(png, JSON) + b"PK\3\4") == JSON
    with pytest.raises(PictureError) as caught:
        png_baking.bake(png + b"PK\3\4", JSON)
    assert caught.value.code == "PNG-TRAILING"
    assert caught.value.details == {"offset": len(png), "count": 4}
    assert caught.value.sentence("nl")


def test_every_cut_is_noticed(png: bytes) -> None:
    baked = png_baking.bake(png, TOKEN)
    for length in range(8, len(baked)):
        assert code_of(baked[:length]) == "PNG-TRUNCATED"
    for length in range(8):
        assert code_of(baked[:length]) == ("PICTURE-UNKNOWN" if length else "PICTURE-EMPTY")


def test_every_changed_byte_is_noticed(png: bytes) -> None:
    baked = png_baking.bake(png, TOKEN)
    for position in range(len(baked)):
        changed = bytearray(baked)
        changed[position] ^= 0x20
        with pytest.raises(InputError):
            png_baking.unbake(bytes(changed))


def test_a_wrong_checksum_is_named_with_its_chunk(png: bytes) -> None:
    position = png.index(b"IDAT") - 4
    damaged = png.replace(b"IDAT\x78", b"IDAT\x79")
    with pytest.raises(PictureError) as caught:
        png_baking.bake(damaged, JSON)
    assert caught.value.code == "PNG-CRC"
    assert caught.value.details == {"chunk": "IDAT", "offset": position}


def test_a_picture_without_badge_is_told_apart(png: bytes) -> None:
    assert code_of(png) == "PNG-NO-BADGE"


def test_an_empty_badge_is_none(png: bytes, chunk: MakeChunk) -> None:
    assert code_of(with_chunks(png, chunk(b"iTXt", PLAIN))) == "PNG-NO-BADGE"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (KEYWORD + b"\0\1\0\0\0" + zlib.compress(b"{}" + b" " * 100_000), "PNG-COMPRESSED"),
        (KEYWORD + b"\0\2\0\0\0{}", "PNG-TEXT"),
        (KEYWORD + b"\0\0\1\0\0{}", "PNG-TEXT"),
        (KEYWORD + b"\0\0\0\0{}", "PNG-TEXT"),
        (KEYWORD + b"\0", "PNG-TEXT"),
        (PLAIN + b'{"name":"\xff"}', "PNG-ENCODING"),
        (PLAIN + b'{"name":"\xed\xa0\x80"}', "PNG-ENCODING"),
    ],
    ids=["compressed", "flag", "method", "one-nul-short", "bare", "not-utf-8", "surrogate"],
)
def test_a_badge_in_a_forbidden_form_is_refused(png: bytes, chunk: MakeChunk, text: bytes, code: str) -> None:
    assert code_of(with_chunks(png, chunk(b"iTXt", text))) == code


@pytest.mark.parametrize("kind", [b"tEXt", b"zTXt"])
def test_a_badge_in_another_text_chunk_is_refused(png: bytes, chunk: MakeChunk, kind: bytes) -> None:
    assert code_of(with_chunks(png, chunk(kind, KEYWORD + b"\0" + TOKEN))) == "PNG-TEXT-CHUNK"


def test_two_badges_are_refused(png: bytes, chunk: MakeChunk) -> None:
    one = chunk(b"iTXt", PLAIN + JSON)
    assert code_of(with_chunks(png, one, one)) == "PNG-TWO-BADGES"


def test_the_header_stands_first_once_and_whole(png: bytes, chunk: MakeChunk) -> None:
    header, *rest = chunks_of(png)
    start = png[:8]
    for wrong in ([*rest], [header, header, *rest], [chunk(b"IHDR", b""), *rest]):
        assert code_of(start + b"".join(wrong)) == "PNG-HEADER"


def test_bytes_that_are_no_chunk_are_named(png: bytes) -> None:
    assert code_of(png[:33] + b"\0\0\0\0I TX" + png[33:]) == "PNG-CHUNK-TYPE"


def test_a_length_beyond_the_file_is_not_followed(png: bytes) -> None:
    assert code_of(png[:33] + b"\xff\xff\xff\xffiTXt" + png[33:]) == "PNG-TRUNCATED"


def test_too_many_chunks_are_a_limit(png: bytes, chunk: MakeChunk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(png_baking, "MAX_CHUNKS", 5)
    assert png_baking.bake(with_chunks(png, chunk(b"teXt", b"")), JSON)
    with pytest.raises(LimitError) as caught:
        png_baking.bake(with_chunks(png, *[chunk(b"teXt", b"")] * 2), JSON)
    assert caught.value.code == "PNG-CHUNKS"
    assert caught.value.sentence("nl")


def test_a_jpeg_called_png_is_named() -> None:
    assert code_of(b"\xff\xd8\xff\xe0\0\x10JFIF") == "PICTURE-FORMAT"
