"""Baking into SVG: one element is put in; every byte of the drawing stays as it is."""

from __future__ import annotations

import re

from openbadge_issuer.baking.credential_text import credential_text, is_json
from openbadge_issuer.baking.svg_scan import BadgeElement, Carrier, SvgScan, scan
from openbadge_issuer.errors import LimitError, PictureError

CREDENTIAL = BadgeElement("https://purl.imsglobal.org/ob/v3p0", "credential")
"""The element that carries an Open Badges 3.0 credential (section 5.3.2)."""
ASSERTION = BadgeElement("http://openbadges.org", "assertion")
"""The element that carries a badge of Open Badges 2.0 (Badge Baking, section "SVG")."""
ASSERTION_ALSO = BadgeElement("http://openbadges.org/", "assertion")
"""The same as some tools write its namespace."""

_PREFIX = "openbadges"
_WHITE_SPACE = " \t\r\n"
_NOT_IN_CDATA = re.compile(r"\r+")  # a reader would turn it into a line feed
_NOT_ASCII = re.compile(r"[^\x00-\x0c\x0e-\x7f]+")  # the carriage return, and all that ASCII lacks


def bake(
    picture: bytes,
    credential: bytes | str,
    *,
    element: BadgeElement = CREDENTIAL,
    address: str | None = None,
) -> bytes:
    """Put a credential into an SVG, in place of the one that it may carry already.

    The result is read back before it is returned, so what comes out is what was signed, to the byte.

    Args:
        picture: the SVG, in UTF-8 or ASCII.
        credential: JSON text or a compact JWS.
        element: in which element it is stored.
        address: where the badge is hosted, which stands beside the JSON of a hosted badge of 2.0.

    Raises:
        PictureError: the picture cannot be read, is unsafe (`SVG-SCRIPT`, `SVG-ENTITY`, `SVG-REMOTE`, …), or
            the credential cannot be kept in XML unchanged (`SVG-NOT-PRESERVED`).
        LimitError: the picture or the credential is too large.
    """
    text = credential_text(credential)
    found = scan(picture, element, strict=True)
    declared, tag = _names(found, element)
    inserted = _element(tag, text.decode(), address=address, ascii_only=found.is_ascii)
    behind_name = found.root_start + 1 + len(found.root_name.encode())
    parts = [picture[:behind_name], declared]
    position = found.content_start
    if found.root_is_empty:
        parts += [picture[behind_name : position - 2], b">", inserted, f"</{found.root_name}>".encode()]
    else:
        parts += [picture[behind_name:position], inserted]
    for old in found.carriers:
        parts.append(picture[position : old.start])
        position = old.end
    parts.append(picture[position:])
    baked = b"".join(parts)
    _check_preserved(baked, text, element)
    return baked


def unbake(picture: bytes, *, element: BadgeElement = CREDENTIAL) -> bytes:
    """Return the credential that an SVG carries: JSON exactly as it stands there, or a compact JWS.

    Raises:
        PictureError: the picture cannot be read or is unsafe, or it carries no credential (`SVG-NO-BADGE`),
            two (`SVG-TWO-BADGES`), or one in both forms at once (`SVG-TWO-FORMS`).
        LimitError: the picture is too large, too deep or has too many elements.
    """
    carriers = scan(picture, element, strict=False).carriers
    if not carriers:
        raise PictureError("SVG-NO-BADGE")
    if len(carriers) > 1:
        raise PictureError("SVG-TWO-BADGES", count=len(carriers), line=carriers[1].line)
    return _content(carriers[0], hosted_too=element != CREDENTIAL).encode()


def _content(carrier: Carrier, *, hosted_too: bool) -> str:
    body = carrier.body.strip(_WHITE_SPACE)
    if carrier.verify is None or (hosted_too and body):
        if not body:
            raise PictureError("SVG-NO-BADGE")
        return carrier.body if is_json(body.encode()) else body
    if body:
        raise PictureError("SVG-TWO-FORMS", line=carrier.line)
    if not (token := carrier.verify.strip(_WHITE_SPACE)):
        raise PictureError("SVG-NO-BADGE")
    return token


def _names(found: SvgScan, element: BadgeElement) -> tuple[bytes, str]:
    """Return what to add to the root's start tag, and the inner part of the element's own start tag.

    Where the prefix means something else already (the 2.0 namespace, say), only the element gets it anew.
    """
    declaration = f' xmlns:{_PREFIX}="{element.namespace}"'
    name = f"{_PREFIX}:{element.name}"
    bound = found.root_prefixes.get(_PREFIX)
    if bound is None:
        return declaration.encode(), name
    return b"", name if bound == element.namespace else name + declaration


def _element(tag: str, text: str, *, address: str | None, ascii_only: bool) -> bytes:
    name = tag.partition(" ")[0]
    if not is_json(text.encode()):
        return f'<{tag} verify="{text}"></{name}>'.encode()
    verify = "" if address is None else f' verify="{_attribute(address)}"'
    return f"<{tag}{verify}>{_cdata(text, ascii_only=ascii_only)}</{name}>".encode()


def _attribute(text: str) -> str:
    """Write text as the value of an attribute; by number what means something there, or is not ASCII."""
    return "".join(
        character if character.isascii() and character not in '<&"\t\r\n' else f"&#{ord(character)};"
        for character in text
    )


def _cdata(text: str, *, ascii_only: bool) -> str:
    """Write text as character data that every XML reader gives back unchanged.

    `]]>` is split over two sections; what a section cannot hold stands between two of them by number.
    """
    kept = text.replace("]]>", "]]]]><![CDATA[>")
    pattern = _NOT_ASCII if ascii_only else _NOT_IN_CDATA
    return f"<![CDATA[{pattern.sub(_numbered, kept)}]]>"


def _numbered(found: re.Match[str]) -> str:
    return f"]]>{''.join(f'&#{ord(character)};' for character in found[0])}<![CDATA["


def _check_preserved(baked: bytes, text: bytes, element: BadgeElement) -> None:
    try:
        kept = unbake(baked, element=element)
    except LimitError:
        raise
    except PictureError as error:
        raise PictureError("SVG-NOT-PRESERVED") from error
    if kept != text:
        raise PictureError("SVG-NOT-PRESERVED")
