"""Badges of Open Badges 2.0 in pictures: under keywords of their own, and as older tools wrote them."""

from __future__ import annotations

import json
import struct
import zlib
from pathlib import Path

import pytest

from openbadge_issuer.assertions.json_text import MAX_JSON_BYTES
from openbadge_issuer.baking import bake, unbake
from openbadge_issuer.baking.credential_text import open_badges_2
from openbadge_issuer.baking.png import unbake_old
from openbadge_issuer.errors import LimitError, OpenBadgeError, PictureError
from openbadge_issuer.signing.jws import sign_jws
from openbadge_issuer.signing.signing_key import SigningKey

PNG = (Path(__file__).parents[3] / "examples" / "breakthrough" / "facilitator.png").read_bytes()
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"><path d="M0 0"/></svg>'
URL = "https://badges.example/1.json?a=1&b=2"
ASSERTION = {"@context": "https://w3id.org/openbadges/v2", "id": URL, "type": "Assertion", "name": "é < ]]>"}
HOSTED = json.dumps(ASSERTION, ensure_ascii=False).encode()
SIGNED = sign_jws(dict(ASSERTION), SigningKey.generate("Ed25519")).encode()
NEW = b'{"@context": ["https://www.w3.org/ns/credentials/v2"]}'


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def with_chunks(*chunks: bytes) -> bytes:
    behind_header = 8 + 25
    return PNG[:behind_header] + b"".join(chunks) + PNG[behind_header:]


@pytest.mark.parametrize("picture", [PNG, SVG], ids=["png", "svg"])
@pytest.mark.parametrize("badge", [HOSTED, SIGNED], ids=["hosted", "signed"])
def test_what_was_baked_comes_out_again(picture: bytes, badge: bytes) -> None:
    assert unbake(bake(picture, badge)) == badge
    assert unbake(bake(bake(picture, HOSTED), badge)) == badge


def test_a_png_has_the_keyword_of_2_0() -> None:
    assert b"iTXtopenbadges\0\0\0\0\0" + SIGNED in bake(PNG, SIGNED)
    assert b"openbadgecredential" in bake(PNG, NEW)


def test_an_svg_has_the_element_of_2_0() -> None:
    hosted, signed = bake(SVG, HOSTED).decode(), bake(SVG, SIGNED).decode()
    assert hosted.startswith('<svg xmlns:openbadges="http://openbadges.org" ')
    assert '<openbadges:assertion verify="https://badges.example/1.json?a=1&#38;b=2"><![CDATA[{' in hosted
    assert f'<openbadges:assertion verify="{SIGNED.decode()}"></openbadges:assertion>' in signed


@pytest.mark.parametrize("picture", [PNG, SVG], ids=["png", "svg"])
def test_a_badge_of_3_0_beside_it_comes_first(picture: bytes) -> None:
    both = bake(bake(picture, NEW), HOSTED)
    assert unbake(both) == NEW
    assert HOSTED[:40] in both


OLD_FORMS = {
    "tEXt with a URL": chunk(b"tEXt", b"openbadges\0" + URL.encode()),
    "zTXt": chunk(b"zTXt", b"openbadges\0\0" + zlib.compress(URL.encode())),
    "compressed iTXt": chunk(b"iTXt", b"openbadges\0\1\0\0\0" + zlib.compress(URL.encode())),
}


@pytest.mark.parametrize("form", OLD_FORMS)
def test_the_forms_of_older_tools_are_read(form: str) -> None:
    picture = with_chunks(OLD_FORMS[form])
    assert unbake_old(picture) == URL.encode()
    with pytest.raises(PictureError) as caught:
        unbake(picture)  # an address is no badge
    assert caught.value.code == "PNG-NO-BADGE"


def test_itxt_counts_before_text() -> None:
    both = with_chunks(OLD_FORMS["tEXt with a URL"], chunk(b"iTXt", b"openbadges\0\0\0\0\0" + HOSTED))
    assert unbake(both) == HOSTED


def test_an_element_with_a_slash_behind_its_namespace_is_read() -> None:
    baked = bake(SVG, HOSTED).replace(b'"http://openbadges.org"', b'"http://openbadges.org/"')
    assert unbake(baked) == HOSTED


def damaged(kind: bytes, rest: bytes) -> bytes:
    return with_chunks(chunk(kind, b"openbadges\0" + rest))


BROKEN: dict[str, tuple[bytes, type[OpenBadgeError], str]] = {
    "no badge": (PNG, PictureError, "PNG-NO-BADGE"),
    "an empty badge": (damaged(b"tEXt", b" "), PictureError, "PNG-NO-BADGE"),
    "two badges": (with_chunks(*[OLD_FORMS["tEXt with a URL"]] * 2), PictureError, "PNG-TWO-BADGES"),
    "damaged compression": (damaged(b"zTXt", b"\0nonsense"), PictureError, "PNG-TEXT"),
    "fields that are missing": (damaged(b"iTXt", b"\1\0nothing"), PictureError, "PNG-TEXT"),
    "a bomb": (damaged(b"zTXt", b"\0" + zlib.compress(bytes(MAX_JSON_BYTES + 2))), LimitError, "JSON-SIZE"),
    "an SVG without": (SVG, PictureError, "SVG-NO-BADGE"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_what_cannot_be_read_is_refused(case: str) -> None:
    picture, kind, code = BROKEN[case]
    with pytest.raises(kind) as caught:
        unbake(picture)
    assert caught.value.code == code


@pytest.mark.parametrize("text", ["{}", "a.b.c", '{"@context": []}', NEW.decode(), "e30.e30.e30"])
def test_anything_else_is_no_badge_of_2_0(text: str) -> None:
    assert open_badges_2(text.encode()) is None


V2 = '"https://www.w3.org/ns/credentials/v2"'
OLD_CONTEXT = '"https://w3id.org/openbadges/v2"'


@pytest.mark.parametrize(
    "text",
    [
        f'{{"@context": [{V2}, {OLD_CONTEXT}]}}',
        f'{{"@context":{V2},"verification":{{}}}}',
        f'{{"@context":[{V2}],"@context":{OLD_CONTEXT}}}',
        f'{{"@context":[{V2}] nonsense}}',
    ],
)
def test_a_text_that_begins_as_3_0_is_none_of_2_0_whatever_follows(text: str) -> None:
    assert open_badges_2(text.encode()) is None
    moved = text.replace("{", "{ ", 1)  # and is parsed
    assert open_badges_2(moved.encode()) is None
    assert open_badges_2(f'{{"@context":{OLD_CONTEXT}}}'.encode()) is not None
