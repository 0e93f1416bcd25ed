"""The pictures and texts of the worked example are what they say they are."""

from __future__ import annotations

import re
import runpy
import struct
from pathlib import Path

import pytest

from openbadge_issuer.baking import bake, unbake

EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "breakthrough"
DRAWINGS = sorted(path.relative_to(EXAMPLE).as_posix() for path in EXAMPLE.rglob("*.svg"))


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_there_are_drawings() -> None:
    assert len(DRAWINGS) == 5
    copy = EXAMPLE / "badges" / "workshop-facilitator.svg"
    assert copy.read_bytes() == (EXAMPLE / "facilitator.svg").read_bytes()


@pytest.mark.parametrize("name", DRAWINGS)
def test_the_png_has_512_pixels_a_side(name: str) -> None:
    picture = (EXAMPLE / name).with_suffix(".png").read_bytes()
    assert struct.unpack_from(">II", picture, 16) == (512, 512)


@pytest.mark.parametrize("name", DRAWINGS)
def test_the_png_is_rendered_from_the_svg(name: str) -> None:
    resvg = pytest.importorskip("resvg_py")
    script = runpy.run_path(str(EXAMPLE / "render_pictures.py"))
    if resvg.__version__ != script["RENDERED_WITH"]:
        pytest.skip("another resvg_py than the one that made the picture")
    drawing = EXAMPLE / name
    assert script["render"](drawing) == drawing.with_suffix(".png").read_bytes()


@pytest.mark.parametrize("name", [*DRAWINGS, *(name.replace(".svg", ".png") for name in DRAWINGS)])
def test_the_pictures_carry_a_badge(name: str) -> None:
    assert unbake(bake((EXAMPLE / name).read_bytes(), '{"id":"urn:x"}')) == b'{"id":"urn:x"}'


@pytest.mark.parametrize("name", DRAWINGS)
def test_the_drawing_needs_no_font_and_is_described_in_both_languages(name: str) -> None:
    drawing = (EXAMPLE / name).read_text(encoding="utf-8")
    assert "<text" not in drawing
    assert 'role="img"' in drawing
    for element in ("title", "desc"):
        assert re.findall(rf'<{element} lang="(\w+)"', drawing) == ["en", "nl"]


@pytest.mark.parametrize("name", DRAWINGS)
def test_every_colour_stands_out_from_the_field_and_from_what_it_lies_on(name: str) -> None:
    drawing = (EXAMPLE / name).read_text(encoding="utf-8")
    field, rug, amber, white = "#0b1730", "#2a6f97", "#ffb703", "#ffffff"
    assert set(re.findall(r"#[0-9a-f]{6}", drawing)) == {field, rug, amber, white}
    for colour, ground in [(rug, field), (amber, field), (white, field), (amber, rug), (white, rug)]:
        assert contrast(colour, ground) >= 3
