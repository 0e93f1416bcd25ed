# a script beside what it renders
"""Render every SVG of this folder and the one below to a PNG of 512 pixels beside it.

    python examples/breakthrough/render_pictures.py

The SVG is the original; the PNG is for places that show no SVG, and is never edited by hand. The pictures
use no text and no fonts, so they look the same on every machine.
"""

from __future__ import annotations

from pathlib import Path

import resvg_py  # of the extra `images`

PIXELS = 512
"""What profiles and certificates show; an SVG is there for anything larger."""

RENDERED_WITH = "0.5.0"
"""The resvg_py that made the pictures; another one may smooth edges a little differently."""


def render(drawing: Path) -> bytes:
    """Return the PNG of an SVG file."""
    svg = drawing.read_text(encoding="utf-8")
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, width=PIXELS, height=PIXELS, skip_system_fonts=True))


if __name__ == "__main__":
    for file in sorted(Path(__file__).parent.rglob("*.svg")):
        file.with_suffix(".png").write_bytes(render(file))
