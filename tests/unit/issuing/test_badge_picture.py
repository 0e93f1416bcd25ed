"""The picture that a badge is defined with."""

from __future__ import annotations

from pathlib import Path

import pytest

from openbadge_issuer.baking import bake
from openbadge_issuer.errors import LimitError, PictureError
from openbadge_issuer.issuing.badge_picture import check_badge_picture

EXAMPLES = Path(__file__).parents[3] / "examples/breakthrough"
PICTURES = {name: (EXAMPLES / name).read_bytes() for name in ("facilitator.png", "facilitator.svg")}


@pytest.mark.parametrize("name", [*PICTURES, "FACILITATOR.SVG"])
def test_a_png_and_an_svg_are_good(name: str) -> None:
    check_badge_picture(PICTURES[name.lower()], name)


@pytest.mark.parametrize(("file", "named"), [("facilitator.png", "a.svg"), ("facilitator.svg", "a.png")])
def test_a_name_that_ends_otherwise_is_refused(file: str, named: str) -> None:
    with pytest.raises(PictureError) as refused:
        check_badge_picture(PICTURES[file], named)
    assert refused.value.code == "BADGE-PICTURE-KIND"
    assert file[-3:].upper() in str(refused.value)


@pytest.mark.parametrize("name", PICTURES)
@pytest.mark.parametrize(
    "badge",
    [
        '{"type": ["OpenBadgeCredential"]}',
        '{"@context": "https://w3id.org/openbadges/v2", "type": "Assertion"}',
    ],
)
def test_a_picture_with_somebody_s_badge_in_it_is_refused(name: str, badge: str) -> None:
    with pytest.raises(PictureError) as refused:
        check_badge_picture(bake(PICTURES[name], badge), name)
    assert refused.value.code == "BADGE-PICTURE-BAKED"


@pytest.mark.parametrize(
    ("picture", "code"),
    [
        (b"", "PICTURE-EMPTY"),
        (b"GIF89a", "PICTURE-FORMAT"),
        (b"hello", "PICTURE-UNKNOWN"),
        (PICTURES["facilitator.png"][:100], "PNG-TRUNCATED"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', "SVG-SCRIPT"),
    ],
)
def test_what_is_no_picture_or_not_safe_is_refused(picture: bytes, code: str) -> None:
    with pytest.raises(PictureError) as refused:
        check_badge_picture(picture, "badge.png")
    assert refused.value.code == code


def test_an_oversized_picture_is_refused() -> None:
    with pytest.raises(LimitError) as refused:
        check_badge_picture(bytes(33 * 1024 * 1024), "badge.png")
    assert refused.value.code == "PICTURE-SIZE"
