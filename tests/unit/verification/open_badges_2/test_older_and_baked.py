"""Badges of before 2.0, and those in pictures."""

from __future__ import annotations

import struct
import zlib

import pytest

from hosted_badges import (
    BADGE_URL,
    HOST,
    ISSUER_URL,
    KEY_URL,
    SIGNED,
    answer,
    codes,
    copy_of,
    hosted,
    issuer_key,
    judged,
    jws,
)
from open_badges_2_documents import ASSERTION, ISSUER
from openbadge_issuer.assertions.json_text import JsonObject, dump_json
from openbadge_issuer.baking import png, svg
from openbadge_issuer.baking.svg_scan import BadgeElement
from openbadge_issuer.verification import validate
from openbadge_issuer.verification.subject import read_subject

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"></svg>'
V1 = "https://w3id.org/openbadges/v1"
OLD: JsonObject = {
    "@context": V1,
    "id": BADGE_URL,
    "type": "Assertion",
    "uid": "1",
    "recipient": ASSERTION["recipient"],
    "badge": ASSERTION["badge"],
    "verify": {"type": "hosted", "url": BADGE_URL},
    "issuedOn": 1_767_225_600,
}


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def picture(*texts: bytes) -> bytes:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress(b"\0\0"))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(texts) + pixels + chunk(b"IEND", b"")


def drawing(content: str, space: str = "http://openbadges.org") -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="{space}">{content}</svg>'.encode()


def test_a_badge_of_1_1_is_read_as_2_0_and_reported_as_what_it_is() -> None:
    report = judged(OLD, hosted(assertion=OLD))
    assert report.accepted, str(report)
    assert report.specification == "Open Badges 1.1 (read as 2.0)"
    assert "OB2-UPGRADED" in codes(report)


def test_a_badge_of_1_0_is_recognised_by_its_members() -> None:
    old = copy_of(OLD, **{"@context": None, "type": None, "id": None})
    report = judged(old, hosted(assertion=old))
    assert report.accepted, str(report)
    assert report.specification == "Open Badges 1.0 (read as 2.0)"


def test_a_badge_of_0_5_has_its_origin_for_issuer() -> None:
    old: JsonObject = {
        "recipient": "sha256$c8d32d06746899d78eefe21857f5f8327c15f5f4fe7999d42c5c65fcd71e050e",
        "salt": "deadsea",
        "issued_on": "2026-01-31",
        "badge": {
            "version": "0.5.0",
            "name": "Builder of robots",
            "image": "/robots.png",
            "description": "Built one",
            "criteria": "/robots.html",
            "issuer": {"origin": HOST, "name": "School", "org": "Robots", "contact": "badges@example.org"},
        },
    }
    baked = png.bake(picture(), dump_json(old), keyword=b"openbadges")
    assert read_subject(baked).is_badge
    report = judged(picture(chunk(b"tEXt", b"openbadges\0" + BADGE_URL.encode())), hosted(assertion=old))
    assert report.specification == "Open Badges 0.5 (read as 2.0)"
    assert report.accepted, str(report)
    assert report.credential.issuer == HOST
    elsewhere = "https://thief.example/1.json"
    stolen = judged(
        picture(chunk(b"tEXt", b"openbadges\0" + elsewhere.encode())), {elsewhere: dump_json(old)}
    )
    assert "OB2-SCOPE-ORIGIN" in codes(stolen)


@pytest.mark.parametrize("bare", [True, False])
def test_the_key_of_a_signed_badge_of_1_1_counts_if_it_stands_with_the_issuer(bare: bool) -> None:  # noqa: FBT001
    old = copy_of(OLD, id="urn:uuid:2f4b3b0e-0d53-4a46-9c0d-6d7f6d3b8a11")
    old["verify"] = {"type": "signed", "url": KEY_URL}
    documents = hosted(issuer=copy_of(ISSUER, publicKey=None))
    if bare:
        documents[KEY_URL] = issuer_key().public_key.pem
    report = judged(jws(old), documents)
    assert report.accepted, str(report)
    assert "OB2-KEY-ORIGIN" in codes(report)
    old["verify"] = {"type": "signed", "url": "https://thief.example/key.pem"}
    stolen = judged(jws(old), documents | {"https://thief.example/key.pem": issuer_key().public_key.pem})
    assert "OB2-KEY-NOT-LISTED" in codes(stolen)
    del documents[KEY_URL]
    old["verify"] = {"type": "signed", "url": KEY_URL}
    assert judged(jws(old), documents).verdicts["integrity"] == "undetermined"


def test_a_badge_is_taken_out_of_a_png() -> None:
    for text in (dump_json(ASSERTION), jws(SIGNED).encode()):
        report = judged(png.bake(picture(), text, keyword=b"openbadges"))
        assert report.accepted, str(report)
        assert report.format == "png"


@pytest.mark.parametrize(
    "carrier",
    [
        chunk(b"tEXt", b"openbadges\0" + BADGE_URL.encode()),
        chunk(b"tEXt", b"openbadges\0" + dump_json(ASSERTION)),
        chunk(b"zTXt", b"openbadges\0\0" + zlib.compress(dump_json(ASSERTION))),
        chunk(b"iTXt", b"openbadges\0\1\0\0\0" + zlib.compress(dump_json(ASSERTION))),
        chunk(b"iTXt", b"openbadges\0\0\0\0\0" + BADGE_URL.encode()),
    ],
)
def test_older_forms_in_a_png_are_read(carrier: bytes) -> None:
    assert judged(picture(carrier)).accepted


@pytest.mark.parametrize(
    ("carrier", "code"),
    [
        (chunk(b"zTXt", b"openbadges\0\0no zlib"), "PNG-TEXT"),
        (chunk(b"zTXt", b"openbadges\0\0" + zlib.compress(b" " * 17_000_000)), "JSON-SIZE"),
        (chunk(b"tEXt", b"openbadges\0"), "PNG-NO-BADGE"),
        (chunk(b"tEXt", b"other\0text"), "PNG-NO-BADGE"),
    ],
)
def test_what_is_no_badge_in_a_png_is_refused(carrier: bytes, code: str) -> None:
    report = judged(picture(carrier))
    assert report.outcome == "failed"
    assert code in codes(report)


def test_a_badge_is_taken_out_of_an_svg() -> None:
    element = BadgeElement("http://openbadges.org", "assertion")
    json_inside = f"<![CDATA[{dump_json(ASSERTION).decode()}]]>"
    for baked in (
        svg.bake(SVG, dump_json(ASSERTION), element=element),
        svg.bake(SVG, jws(SIGNED), element=element),
        drawing(f'<openbadges:assertion verify="{BADGE_URL}">{json_inside}</openbadges:assertion>'),
        drawing(f'<openbadges:assertion verify="{BADGE_URL}"/>', "http://openbadges.org/"),
    ):
        report = judged(baked)
        assert report.accepted, str(report)
        assert report.format == "svg"


@pytest.mark.parametrize("content", ["", "<openbadges:assertion/>", '<openbadges:assertion verify=" "/>'])
def test_an_svg_without_a_badge_is_refused(content: str) -> None:
    assert "SVG-NO-BADGE" in codes(judged(drawing(content)))


def test_an_svg_with_two_badges_is_refused() -> None:
    twice = f'<openbadges:assertion verify="{BADGE_URL}"/>' * 2
    assert "SVG-TWO-BADGES" in codes(judged(drawing(twice)))


def test_an_address_in_a_picture_is_fetched_only_if_somebody_may() -> None:
    baked = picture(chunk(b"tEXt", b"openbadges\0" + BADGE_URL.encode()))
    assert judged(baked, {}).outcome == "undetermined"
    report = judged(baked, hosted(assertion=answer(BADGE_URL, 410)))
    assert "STATUS-REVOKED" in codes(report)
    assert judged(baked, hosted(assertion=b"<html>")).outcome == "undetermined"


def test_the_form_alone_can_be_checked() -> None:
    assert validate(ASSERTION) == []
    assert [found.code for found in validate(copy_of(ASSERTION, recipient=None))] == ["MODEL-REQUIRED"]


def test_badges_are_told_from_the_other_files_of_an_issuer() -> None:
    assert read_subject(ASSERTION).is_badge
    assert not read_subject(copy_of(ISSUER, id=ISSUER_URL)).is_badge
