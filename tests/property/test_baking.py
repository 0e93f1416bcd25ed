"""Whatever is baked comes out again, and whatever is given gets an answer."""

from __future__ import annotations

import json
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openbadge_issuer.baking import bake, unbake
from openbadge_issuer.errors import LimitError, PictureError

TOKEN = b"eyJhbGciOiJFZERTQSJ9.eyJpZCI6IjEifQ.c2lnbmF0dXJl"

ANY_TEXT = st.text(st.characters(codec="utf-8"))
XML_TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\ufffe\uffff"))
TRICKY = st.sampled_from(["]]>", "]]", ">", "&amp;", "<", "\\u0000", "é", "😀", "\u2028", "\x85", "]]]]>>"])


def json_texts(strings: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """JSON objects, compact and with white space of every kind, raw and escaped."""
    parts = st.lists(strings | TRICKY).map("".join)
    values = st.recursive(
        parts | st.integers() | st.booleans() | st.none(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(parts, inner, max_size=3),
        max_leaves=8,
    )
    return st.builds(
        lambda value, ascii_only, space: (
            space + json.dumps(value, ensure_ascii=ascii_only).replace(" ", " " + space) + space
        ),
        st.dictionaries(parts, values, max_size=4),
        st.booleans(),
        st.text(" \t\r\n", max_size=3),
    )


def chunk(kind: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")


HEADER = chunk(b"IHDR", b"\0\0\0\1\0\0\0\1\x08\0\0\0\0")
PNG = b"\x89PNG\r\n\x1a\n" + HEADER + chunk(b"IDAT", zlib.compress(b"\0\xff")) + chunk(b"IEND", b"")
SVG = b"""<?xml version="1.0"?><!-- one --><!DOCTYPE svg><svg xmlns="http://www.w3.org/2000/svg" width="8"
 xmlns:x='http://www.w3.org/1999/xlink'><style>a{fill:url(#b)}</style><?pi b?><use x:href="#c"/>&#169;
</svg>"""
PICTURES = {"png": PNG, "svg": SVG}


@given(json_texts(ANY_TEXT))
def test_any_json_comes_out_of_a_png_unchanged(text: str) -> None:
    assert unbake(bake(PNG, text)) == text.encode()


@given(json_texts(XML_TEXT))
def test_any_json_that_xml_can_hold_comes_out_of_an_svg_unchanged(text: str) -> None:
    assert unbake(bake(SVG, text)) == text.encode()


@given(json_texts(ANY_TEXT))
def test_an_svg_gives_back_what_was_signed_or_refuses_it(text: str) -> None:
    try:
        baked = bake(SVG, text)
    except PictureError as error:
        assert error.code == "SVG-NOT-PRESERVED"  # noqa: PT017  # the other outcome is checked as well
        assert not {"\ufffe", "\uffff"}.isdisjoint(text)
    else:
        assert unbake(baked) == text.encode()


@pytest.mark.parametrize("kind", ["png", "svg"])
@given(first=json_texts(XML_TEXT), second=json_texts(XML_TEXT))
def test_baking_again_is_baking_once(kind: str, first: str, second: str) -> None:
    picture = PICTURES[kind]
    assert bake(bake(picture, first), second) == bake(picture, second)
    assert bake(bake(picture, TOKEN), second) == bake(picture, second)


@given(st.lists(st.tuples(st.sampled_from([b"tEXt", b"teSt", b"IDAT"]), st.binary(max_size=40)), max_size=6))
def test_every_other_chunk_stays_as_it_is(others: list[tuple[bytes, bytes]]) -> None:
    picture = PNG[:33] + b"".join(chunk(*other) for other in others) + PNG[33:]
    baked = bake(picture, TOKEN)
    added = chunk(b"iTXt", b"openbadgecredential\0\0\0\0\0" + TOKEN)
    assert baked == picture[:33] + added + picture[33:]


@pytest.mark.parametrize("kind", ["png", "svg"])
@given(data=st.data())
def test_a_damaged_picture_is_read_or_refused(kind: str, data: st.DataObject) -> None:
    picture = bytearray(
        bake(PICTURES[kind], '{"id":"urn:x","a":"]]>"}' if data.draw(st.booleans()) else TOKEN)
    )
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(picture)))
        end = min(len(picture), start + data.draw(st.integers(0, 6)))
        marks = st.sampled_from(
            [b"<", b">", b"/>", b"&", b"&x;", b'"', b"]]>", b"<!--", b"\0", b"\xff\xfe", b"xmlns"]
        )
        picture[start:end] = data.draw(st.binary(max_size=6) | marks)
    damaged = bytes(picture)
    for attempt in (unbake, lambda given: bake(given, TOKEN)):
        try:
            result = attempt(damaged)
        except (PictureError, LimitError) as error:
            assert error.sentence("en")  # noqa: PT017  # the other outcome is checked as well
            assert error.sentence("nl")  # noqa: PT017  # the same
        else:
            result.decode() if attempt is unbake else unbake(result)


@given(st.binary(max_size=200))
def test_any_bytes_get_an_answer(data: bytes) -> None:
    for picture in (data, PNG[:8] + data, PNG[:33] + data, b"<svg" + data, b"<svg>" + data):
        with pytest.raises(PictureError) as caught:
            unbake(picture)
        assert caught.value.sentence("en")
