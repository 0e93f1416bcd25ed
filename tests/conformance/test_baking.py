"""The baked badges of the reference validator's corpus are read, and carry another badge as well."""

from __future__ import annotations

from pathlib import Path

import pytest

from openbadge_issuer.assertions.json_text import parse_json_object
from openbadge_issuer.baking import bake, picture_format, unbake
from openbadge_issuer.errors import PictureError

TOKEN = b"eyJhbGciOiJFZERTQSJ9.eyJpZCI6IjEifQ.c2lnbmF0dXJl"
BADGES = ["simple-json.png", "simple-jwt_v1.png", "simple-jwt.svg"]


def read(conformance: Path, name: str) -> bytes:
    return (conformance / "corpus-1edtech" / "files" / name).read_bytes()


def test_the_json_of_a_png_is_a_credential(conformance: Path) -> None:
    credential = parse_json_object(unbake(read(conformance, "ob30/simple-json.png")))
    assert "VerifiableCredential" in str(credential["type"])
    assert "proof" in credential


@pytest.mark.parametrize("name", BADGES[1:])
def test_the_token_of_a_picture_is_a_compact_jws(conformance: Path, name: str) -> None:
    token = unbake(read(conformance, f"ob30/{name}"))
    assert token.startswith(b"eyJ")
    assert token.count(b".") == 2


@pytest.mark.parametrize("name", BADGES)
@pytest.mark.parametrize("credential", [b'{"id":"urn:uuid:1"}', TOKEN], ids=["json", "jws"])
def test_another_badge_takes_its_place(conformance: Path, name: str, credential: bytes) -> None:
    picture = read(conformance, f"ob30/{name}")
    old = unbake(picture)
    baked = bake(picture, credential)
    assert picture_format(baked) == picture_format(picture)
    assert unbake(baked) == credential
    assert old not in baked
    assert unbake(bake(baked, old)) == old


def test_a_plain_picture_has_no_badge_and_takes_one(conformance: Path) -> None:
    picture = read(conformance, "ob20/assets/robotics-badge.png")
    with pytest.raises(PictureError) as caught:
        unbake(picture)
    assert caught.value.code == "PNG-NO-BADGE"
    assert unbake(bake(picture, TOKEN)) == TOKEN


def test_every_signed_example_survives_a_picture(conformance: Path) -> None:
    png = read(conformance, "ob20/assets/robotics-badge.png")
    svg = read(conformance, "ob30/simple-jwt.svg")
    examples = sorted((conformance / "examples" / "ob-v3p0").rglob("*.json"))
    documents = [file.read_bytes() for file in examples if file.name != "sources.json"]
    assert documents
    for document in documents:
        if document.lstrip().startswith(b"{"):
            assert unbake(bake(png, document)) == document
            assert unbake(bake(svg, document)) == document
