"""How a badge travels: baked into a PNG or SVG picture, and taken out of it again.

Nothing of the picture is encoded anew: every byte outside the badge stays as it is. Whether the badge
is to be believed is another question, answered by `openbadge_issuer.verification`.
"""

from __future__ import annotations

from openbadge_issuer.baking import png, svg
from openbadge_issuer.baking.picture import PictureFormat, check_size, not_a_picture, picture_format

__all__ = ["PictureFormat", "bake", "picture_format", "unbake"]


def bake(picture: bytes, credential: bytes | str) -> bytes:
    """Return the picture with the credential in it; one that it carried already is replaced.

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
    return png.bake(picture, credential) if kind == "png" else svg.bake(picture, credential)


def unbake(picture: bytes) -> bytes:
    """Return the credential that a PNG or SVG carries: the bytes that were signed, JSON or a compact JWS.

    Raises:
        PictureError: the picture is damaged, unsafe or of another format, or carries no credential or two.
        LimitError: the picture is too large.
    """
    check_size(picture)
    if (kind := picture_format(picture)) is None:
        raise not_a_picture(picture)
    return png.unbake(picture) if kind == "png" else svg.unbake(picture)
