"""Which picture is it, and what may be put into it."""

from __future__ import annotations

from functools import partial

import pytest

from openbadge_issuer import baking
from openbadge_issuer.baking import bake, picture, picture_format, unbake
from openbadge_issuer.errors import LimitError, OpenBadgeError, PictureError

TOKEN = "eyJhbGciOiJFZERTQSJ9.eyJpZCI6IjEifQ.c2lnbmF0dXJl"


def test_png_and_svg_are_told_from_their_first_bytes(png: bytes, svg: bytes) -> None:
    assert picture_format(png) == "png"
    assert picture_format(svg) == "svg"
    assert picture_format(b"\xef\xbb\xbf<!-- c --><s:svg xmlns:s='http://www.w3.org/2000/svg'>") == "svg"
    assert picture_format('<?xml version="1.0" encoding="UTF-16"?><svg/>'.encode("utf-16")) == "svg"
    assert picture_format(b'<?xml version="1.0" encoding="windows-1252"?><svg/>') == "svg"
    assert picture_format(b"<!-- " + b"licence " * 20_000 + b" --><svg/>") == "svg"
    assert picture_format(b"<!DOCTYPE svg [<!ENTITY a 'b'>]><svg/>") == "svg"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        TOKEN.encode(),
        b"<html><svg/></html>",
        b"<sv",
        b"\x89PNG\r\n",
        b"\0" * 100,
        b'<?xml version="1.0" encoding="no-such-encoding"?><svg/>',
        b'<?xml version="1.0" encoding="utf-7"?><svg/>',
    ],
)
def test_anything_else_is_no_picture(data: bytes) -> None:
    assert picture_format(data) is None


@pytest.mark.parametrize(
    ("data", "code", "shown"),
    [
        (b"", "PICTURE-EMPTY", "empty"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF\0", "PICTURE-FORMAT", "JPEG"),
        (b"GIF89a", "PICTURE-FORMAT", "GIF"),
        (b"RIFF\0\0\0\0WEBP", "PICTURE-FORMAT", "WebP"),
        (b"%PDF-1.7", "PICTURE-FORMAT", "PDF"),
        (b"\x1f\x8b\x08", "PICTURE-FORMAT", "SVGZ"),
        (b"hello", "PICTURE-UNKNOWN", "neither"),
    ],
)
def test_another_file_gets_a_clear_sentence(data: bytes, code: str, shown: str) -> None:
    for attempt in (partial(unbake, data), partial(bake, data, TOKEN)):
        with pytest.raises(PictureError) as caught:
            attempt()
        assert caught.value.code == code
        assert shown in str(caught.value)
        assert caught.value.sentence("nl")


@pytest.mark.parametrize("credential", ['{"id":"é"}', ' {"id":1}\n', TOKEN])
def test_both_formats_give_back_what_was_baked(png: bytes, svg: bytes, credential: str) -> None:
    for drawing in (png, svg):
        assert unbake(bake(drawing, credential)) == credential.encode()
        assert bake(drawing, credential) == bake(drawing, credential.encode())


def test_white_space_around_a_token_is_dropped(png: bytes, svg: bytes) -> None:
    for drawing in (png, svg):
        assert unbake(bake(drawing, f" {TOKEN}\r\n")) == TOKEN.encode()


@pytest.mark.parametrize(
    "credential",
    [
        "",
        "hello",
        "[]",
        '{"cut":',
        "a.b",
        "a.b.",
        "a..c",
        "a.b.c.d",
        'a.b."c',
        "https://example.org/badge",
        "\ufeff{}",
        '{"a":"\0"}',
        '{"a":"\ud800"}',
        b'{"a":"\xff"}',
        b"\xff",
    ],
)
def test_what_is_no_credential_is_not_baked(png: bytes, svg: bytes, credential: str | bytes) -> None:
    for drawing in (png, svg):
        with pytest.raises(PictureError) as caught:
            bake(drawing, credential)
        assert caught.value.code == "PICTURE-CREDENTIAL"
        assert "{" in caught.value.advice("nl")


def test_a_huge_picture_is_refused_before_it_is_read(
    png: bytes, svg: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    for drawing in (png, svg):
        baked = bake(drawing, TOKEN)
        monkeypatch.setattr(picture, "MAX_PICTURE_BYTES", len(drawing))
        for attempt in (partial(unbake, baked), partial(bake, drawing, TOKEN)):
            with pytest.raises(LimitError) as caught:
                attempt()
            assert caught.value.code == "PICTURE-SIZE"
            assert caught.value.sentence("nl")
        monkeypatch.undo()


def test_a_huge_credential_is_refused(png: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("openbadge_issuer.baking.credential_text.MAX_JSON_BYTES", 10)
    with pytest.raises(LimitError) as caught:
        bake(png, '{"id":"1234567890"}')
    assert caught.value.code == "JSON-SIZE"


def test_the_surface_is_as_agreed() -> None:
    assert baking.__all__ == ["PictureFormat", "bake", "picture_format", "unbake"]
    assert issubclass(PictureError, OpenBadgeError)
