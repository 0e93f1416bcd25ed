"""How a badge travels: baked into a PNG or SVG picture, and taken out of it again.

Nothing of the picture is encoded anew: every byte outside the badge stays as it is. Whether the badge
is to be believed is another question, answered by `openbadge_issuer.verification`.
"""

from __future__ import annotations

from functools import partial

from openbadge_issuer.baking import png, svg
from openbadge_issuer.baking.credential_text import credential_text as checked_text
from openbadge_issuer.baking.credential_text import open_badges_2
from openbadge_issuer.baking.picture import PictureFormat, check_size, not_a_picture, picture_format
from openbadge_issuer.errors import PictureError

__all__ = ["PictureFormat", "bake", "picture_format", "unbake"]


def bake(picture: bytes, credential: bytes | str) -> bytes:
    """Return the picture with the credential in it; one of the same version that it carried is replaced.

    A badge of Open Badges 2.0 stands under another keyword than one of 3.0: both fit into one picture.

    Args:
        picture: a PNG, or an SVG in UTF-8.
        credential: JSON text (it starts with `{`) or a compact JWS.

    Raises:
        PictureError: the picture is damaged, unsafe or of another format, or the credential is neither.
        LimitError: the picture or the credential is too large.

    Open Badges 3.0, section 5.3: https://www.imsglobal.org/spec/ob/v3p0/#baked-badge
    """
    check_size(picture)
    if (kind := picture_format(picture)) is None:
        raise not_a_picture(picture)
    text = checked_text(credential)
    old = open_badges_2(text)
    if old is None:
        return png.bake_text(picture, text, keyword=png.KEYWORD) if kind == "png" else svg.bake(picture, text)
    if kind == "png":
        return png.bake_text(picture, text, keyword=png.OLD_KEYWORD)
    address = old.get("id")
    return svg.bake(
        picture, text, element=svg.ASSERTION, address=address if isinstance(address, str) else None
    )


def unbake(picture: bytes) -> bytes:
    """Return the credential that a PNG or SVG carries: the bytes that were signed, JSON or a compact JWS.

    A badge of Open Badges 3.0 comes first; where there is none, one of 2.0 is looked for. A picture of 1.0
    may hold no more than the URL of its badge, which is no badge: `png.unbake_old` gives that too.

    Raises:
        PictureError: the picture is damaged, unsafe or of another format, or carries no credential or two.
        LimitError: the picture is too large.
    """
    check_size(picture)
    if (kind := picture_format(picture)) is None:
        raise not_a_picture(picture)
    reader = png.unbake if kind == "png" else svg.unbake
    try:
        return reader(picture)
    except PictureError as error:
        if error.code not in _NO_BADGE or (old := _unbaked_old(picture, kind)) is None:
            raise
        return old


def _unbaked_old(picture: bytes, kind: PictureFormat) -> bytes | None:
    """Return the badge of Open Badges 2.0 that a picture carries, if it carries more than an address."""
    readers = (
        (png.unbake_old,)
        if kind == "png"
        else (partial(svg.unbake, element=svg.ASSERTION), partial(svg.unbake, element=svg.ASSERTION_ALSO))
    )
    for reader in readers:
        try:
            found = reader(picture)
        except PictureError as error:
            if error.code not in _NO_BADGE:
                raise
        else:
            return None if found[:4].lower() == b"http" else found
    return None


_NO_BADGE = frozenset({"PNG-NO-BADGE", "SVG-NO-BADGE"})
