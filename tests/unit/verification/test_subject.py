"""What can be handed in, and what a report says where it cannot be read."""

from __future__ import annotations

import zlib

import pytest

from issued_badges import (
    KEY,
    LATER,
    large,
    outcomes,
    small,
    small_document,
)
from openbadge_issuer.assertions.json_text import JsonValue, dump_json
from openbadge_issuer.verification import verify


def _chunk(kind: bytes, data: bytes = b"") -> bytes:
    return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)


PNG = b"".join(
    (
        b"\x89PNG\r\n\x1a\n",
        _chunk(b"IHDR", bytes.fromhex("00000001000000010800000000")),
        _chunk(b"IDAT", zlib.compress(bytes(2))),
        _chunk(b"IEND"),
    )
)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (small().data, "json"),
        (small().data.decode(), "json"),
        (bytearray(small().data), "json"),
        (b" \n" + small().data + b"\n", "json"),
        (small_document(), "json"),
        (small(proof="vc-jwt").data, "jwt"),
        (small(proof="vc-jwt").data + b"\n", "jwt"),
        (small().bake(PNG), "png"),
        (small(proof="vc-jwt").bake(PNG), "png"),
        (small().bake(SVG), "svg"),
        (small(proof="vc-jwt").bake(SVG), "svg"),
        (large().data, "json"),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 5 else "data",
)
def test_every_form_of_a_badge_is_read(data: bytes, form: str) -> None:
    report = verify(data, now=LATER, require=("integrity",))
    assert report, report
    assert report.format == form
    assert report.key is not None
    assert report.key.fingerprint == KEY.public_key.multibase


CYCLE: dict[str, JsonValue] = {**small_document()}
CYCLE["more"] = CYCLE
SHARED: list[JsonValue] = ["x"]
for _ in range(40):
    SHARED = [SHARED, SHARED]
DEEP: list[JsonValue] = []
for _ in range(1000):
    DEEP = [DEEP]

UNREADABLE: dict[str, tuple[object, str]] = {
    "empty": (b"", "JSON-EMPTY"),
    "white space": (b" \n", "JSON-EMPTY"),
    "a web page": (b"<html><body>Sign in</body></html>", "BADGE-FORMAT"),
    "UTF-16": ("{}".encode("utf-16"), "BADGE-FORMAT"),
    "a byte order mark": (b"\xef\xbb\xbf" + small().data, "JSON-SYNTAX"),
    "a truncated badge": (small().data[:-10], "JSON-SYNTAX"),
    "a truncated PNG": (PNG[:40], "PNG-TRUNCATED"),
    "a PNG without a badge": (PNG, "PNG-NO-BADGE"),
    "an SVG without a badge": (SVG, "SVG-NO-BADGE"),
    "an entity bomb": (
        b'<!DOCTYPE svg [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><svg xmlns="http://www.w3.org/2000/svg">&b;</svg>',
        "SVG-ENTITY",
    ),
    "a thousand levels": (b'{"a":' + b"[" * 1000 + b"]" * 1000 + b"}", "JSON-DEPTH"),
    "a member twice": (b'{"id":"a","id":"b"}', "JSON-DUPLICATE-KEY"),
    "an array": (b"[]", "JSON-NOT-OBJECT"),
    "a lone surrogate": ('{"a":"\ud800"}', "JSON-ENCODING"),
    "a million values": (dump_json({"a": [1] * 1_000_000}), "JSONLD-NODES"),
    "thirty thousand values": (dump_json({"a": [1] * 30_000}), "JSONLD-NODES"),
    "no token": (b"a.b.c", "BASE64URL-ENCODING"),
    "a token of alg none": (b"eyJhbGciOiJub25lIn0.e30.AA", "JWT-ALGORITHM"),
    "parsed, cyclic": (CYCLE, "JSON-DEPTH"),
    "parsed, deep": ({"a": DEEP}, "JSON-DEPTH"),
    "parsed, shared a billion times": ({"a": SHARED}, "JSONLD-NODES"),
    "parsed, long strings shared": ({"a": ["x" * 1_000_000] * 100}, "JSON-SIZE"),
    "parsed, not a number": ({"a": float("nan")}, "JSON-NUMBER"),
    "parsed, infinite": ({"a": [float("-inf")]}, "JSON-NUMBER"),
    "parsed, endless integer": ({"a": 10**5000}, "JSON-NUMBER"),
    "parsed, a number for a name": ({1: 2}, "BADGE-PARSED"),
    "parsed, bytes inside": ({"a": b"x"}, "BADGE-PARSED"),
    "parsed, an object inside": ({"a": object()}, "BADGE-PARSED"),
    "parsed, a lone surrogate": ({"a": "\ud800"}, "JSON-ENCODING"),
    "parsed, an array": ([], "JSON-NOT-OBJECT"),
    "nothing": (None, "JSON-NOT-OBJECT"),
    "a number": (10**12, "JSON-NOT-OBJECT"),
}


@pytest.mark.parametrize(("data", "code"), UNREADABLE.values(), ids=UNREADABLE)
def test_what_cannot_be_read_gives_a_report_with_one_clear_sentence(data: object, code: str) -> None:
    report = verify(data, now=LATER, subject="ada.png")  # type: ignore[arg-type]  # that is the point
    assert outcomes(report) == {code: "failed"}
    assert report.verdicts["integrity"] == "failed"
    assert report.format == "unknown"
    assert not report
    assert str(report).startswith("ada.png: REJECTED")
    assert len(str(report)) < 400


def test_a_parsed_document_is_judged_as_its_text_is_and_left_as_it_was() -> None:
    document = small_document(unknown=1)
    before = dump_json(document)
    parsed, text = verify(document, now=LATER), verify(before, now=LATER)
    assert parsed.findings == text.findings
    assert dump_json(document) == before


def test_every_sentence_of_a_report_can_be_said_in_both_languages() -> None:
    for data in (*(data for data, _ in UNREADABLE.values()), small_document(proof=[]), large().data):
        for found in verify(data, now=LATER).findings:  # type: ignore[arg-type]  # some of it is no badge
            assert found.message("en")
            assert found.message("nl")
            assert found.message("en") != found.message("nl")
