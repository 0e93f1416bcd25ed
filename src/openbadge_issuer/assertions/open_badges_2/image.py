"""Pictures of badges and of those who issue them."""

from __future__ import annotations

import re

from pydantic_core import PydanticCustomError

from openbadge_issuer.assertions.open_badges_2.node import BadgeNode
from openbadge_issuer.assertions.open_badges_2.values import Iri
from openbadge_issuer.assertions.values import Many

_DATA_PICTURE = re.compile(r"data:image/(png|svg\+xml)[;,]", re.IGNORECASE)


class Image(BadgeNode):
    """A picture by its address, with what is to be said of it (Open Badges 2.0, Image)."""

    id: Iri
    type: Many[str] = ()
    caption: str | None = None
    author: Iri | None = None


def checked_picture(image: str | Image) -> str | Image:
    """Refuse data that is neither PNG nor SVG."""
    address = _address(image)
    if _is_data(address) and not _DATA_PICTURE.match(address):
        raise _problem("OB2-IMAGE-FORMAT", image)
    return image


def checked_address(image: str | Image) -> str | Image:
    """Refuse a picture that is written into the document: a baked picture holds the assertion itself."""
    if _is_data(_address(image)):
        raise _problem("OB2-IMAGE-DATA", image)
    return image


def _address(image: str | Image) -> str:
    return image if isinstance(image, str) else image.id


def _is_data(address: str) -> bool:
    return address[:5].lower() == "data:"


def _problem(code: str, image: str | Image) -> PydanticCustomError:
    place = {} if isinstance(image, str) else {"at": "id"}
    return PydanticCustomError(code, "image", {**place, "name": "image"})
