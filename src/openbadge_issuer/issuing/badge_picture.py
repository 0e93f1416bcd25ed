"""The picture of a badge as a designer gives it: can badges be baked into it, and may it be published."""

from __future__ import annotations

from pathlib import PurePath

from openbadge_issuer.baking import bake, picture_format, unbake
from openbadge_issuer.errors import PictureError

_SMALLEST = "{}"
"""Something to bake for a trial."""

_WITHOUT_BADGE = frozenset({"PNG-NO-BADGE", "SVG-NO-BADGE"})


def check_badge_picture(picture: bytes, file: str) -> None:
    """See that a picture is what its name says, safe to show, and free of badges.

    Args:
        picture: the file.
        file: its name.

    Raises:
        PictureError: `BADGE-PICTURE-KIND`, its name ends like that of another kind; `BADGE-PICTURE-BAKED`, a
            badge is in it, which would be published with it; or what stands in the way of baking.
        LimitError: it is too large.
    """
    bake(picture, _SMALLEST)
    kind = picture_format(picture) or ""
    if PurePath(file).suffix.lower() != f".{kind}":
        raise PictureError("BADGE-PICTURE-KIND", file=file[:80], kind=kind.upper())
    try:
        unbake(picture)
    except PictureError as error:
        if error.code not in _WITHOUT_BADGE:
            raise
    else:
        raise PictureError("BADGE-PICTURE-BAKED", file=file[:80])
