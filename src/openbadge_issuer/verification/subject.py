"""From bytes to a credential: what was handed in, and in which form it came."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from openbadge_issuer.assertions.json_text import JsonObject, parse_json_object
from openbadge_issuer.assertions.open_badges_2.versions import detect
from openbadge_issuer.assertions.outline import Outline
from openbadge_issuer.assertions.reading import outline_of
from openbadge_issuer.errors import DocumentError, LimitError, PictureError
from openbadge_issuer.signing.base64url import ALPHABET
from openbadge_issuer.signing.vc_jose_cose import PRESENTATION_TYPES, holds_presentation, presentation_of
from openbadge_issuer.signing.vc_jwt import CREDENTIAL_TYPES, VcJwt, parse_jwt
from openbadge_issuer.verification.likeness import Likeness, likeness_of, remember
from openbadge_issuer.verification.parsed import MAX_VALUES, as_if_read, check_size
from openbadge_issuer.verification.signatures import Signatures

if TYPE_CHECKING:
    from openbadge_issuer.signing.sd_jwt import SdJwt

Format = Literal["json", "jwt", "png", "svg"]

_PICTURES = ("png", "svg")  # in which texts can be compressed
_BEFORE_JSON = b" \t\r\n\xef\xbb\xbf"  # with a byte order mark, which the parser then names
_ADDRESS = re.compile(rb"https?://[!-~]{1,2048}", re.IGNORECASE)
_MAX_COMMAS = 20 * MAX_VALUES
"""A vector drawing in a data URL has many commas too; but a text with so many is not even parsed."""
BADGE_TYPES = frozenset(
    {"OpenBadgeCredential", "AchievementCredential", "EndorsementCredential", "ClrCredential"}
)
"""The types of badges, endorsements and learner records."""
_PRESENTATION_TYPES = frozenset({"VerifiablePresentation", "EnvelopedVerifiablePresentation"})
_OPEN_BADGES_2 = frozenset({"0.5", "1.0", "1.1", "2.0"})
_NO_BADGE = frozenset({"PNG-NO-BADGE", "SVG-NO-BADGE"})


@dataclass(frozen=True)
class Subject:
    """A credential as it was received.

    Attributes:
        format: the outermost form: a picture that holds JSON is still a picture.
        document: the credential; in a JWT, without the claims that the JWT adds.
        jwt: the token, if the credential is secured by one.
        address: where the badge stands, if a picture of before 2.0 carries no more than that.
        sd_jwt: the token with its disclosures, if it has any.
    """

    format: Format
    document: JsonObject
    jwt: VcJwt | None = None
    address: str = ""
    sd_jwt: SdJwt | None = None

    @cached_property
    def outline(self) -> Outline:
        """What stands in the document at all."""
        if self.likeness is not None:
            return self.likeness.outline
        found = outline_of(self.document)
        remember(self.document, found)
        return found

    @cached_property
    def likeness(self) -> Likeness | None:
        """What the document has in common with one that was seen before."""
        return likeness_of(self.document)

    @cached_property
    def signatures(self) -> Signatures:
        """What is found out about the signatures over the document."""
        return Signatures(self.document, self.likeness)

    @property
    def is_presentation(self) -> bool:
        """Whether it is a presentation, or an envelope around one."""
        if self.jwt is not None:
            return holds_presentation(self.jwt)
        return not _PRESENTATION_TYPES.isdisjoint(string_items(self.document.get("type")))

    @property
    def is_sd_jwt_vc(self) -> bool:
        """Whether it is an SD-JWT VC, which is a credential of another data model."""
        if self.sd_jwt is None:
            return False
        from openbadge_issuer.signing.sd_jwt_vc import is_sd_jwt_vc  # noqa: PLC0415  # for such tokens

        return is_sd_jwt_vc(self.sd_jwt)

    @property
    def is_open_badges_2(self) -> bool:
        """Whether it is a document of Open Badges 2.0 or before."""
        return bool(self.address) or is_open_badges_2(self.document if self.jwt is None else self.jwt.payload)

    @property
    def is_badge(self) -> bool:
        """Whether it calls itself a badge or shows some; anything else in a folder is passed over."""
        if self.is_presentation or self.is_sd_jwt_vc:
            return True
        if not self.is_open_badges_2:
            return is_badge(self.document)
        types = string_items(self.document.get("type"))
        return bool(self.address) or "Assertion" in types or {"recipient", "badge"} <= self.document.keys()


def read_subject(data: bytes | str | JsonObject, *, presentations: bool = False) -> Subject:
    """Read JSON, a compact JWS, an SD-JWT of what is disclosed, a PNG or an SVG.

    Args:
        data: what was handed in.
        presentations: whether a token may hold a presentation.

    Raises:
        InputError: the data has none of these forms, or is broken; the error says where.
        LimitError: it is larger or deeper than any badge.
    """
    if isinstance(data, bytes | bytearray | memoryview | str):
        raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else bytes(data)
        subject = _read(raw, CREDENTIAL_TYPES | PRESENTATION_TYPES if presentations else CREDENTIAL_TYPES)
        check_size(subject.document, chars=None if subject.format in _PICTURES else len(raw))
        return subject
    return Subject("json", as_if_read(data))


def _read(raw: bytes, types: frozenset[str]) -> Subject:
    if raw.lstrip(_BEFORE_JSON)[:1] in (b"{", b"["):
        return Subject("json", _parsed(raw))
    stripped = raw.strip()
    if _is_compact_jws(stripped.partition(b"~")[0]):
        return _secured("jwt", stripped, types)
    # Local: most badges are not in pictures, and XML takes time to import.
    from openbadge_issuer.baking import picture_format, unbake  # noqa: PLC0415

    picture = picture_format(raw)
    if picture is not None:
        try:
            return _secured(picture, unbake(raw).strip())
        except PictureError as error:
            if error.code not in _NO_BADGE:
                raise
            return _older(picture, raw, error)
    if not stripped:
        raise DocumentError("JSON-EMPTY")
    raise DocumentError("BADGE-FORMAT")


def _is_compact_jws(text: bytes) -> bool:
    """Tell three parts in base64url, of which only the first must hold something."""
    return text[:1] != b"." and text.translate(None, ALPHABET) == b".."


def _older(picture: Literal["png", "svg"], raw: bytes, none: PictureError) -> Subject:
    """Take a badge of 2.0 or before out of a picture that has none of 3.0."""
    from openbadge_issuer.verification.open_badges_2.baked import unbake  # noqa: PLC0415  # as above

    try:
        found = unbake(raw, picture)
    except PictureError as error:
        raise (none if error.code in _NO_BADGE else error) from error
    if _ADDRESS.fullmatch(found):
        return Subject(picture, {}, address=found.decode("ascii"))
    return _secured(picture, found)


def _parsed(raw: bytes) -> JsonObject:
    if raw.count(b",") > _MAX_COMMAS:
        raise LimitError("JSONLD-NODES", limit=MAX_VALUES)
    return parse_json_object(raw)


def is_badge(document: JsonObject) -> bool:
    """Tell whether a document calls itself a badge, an endorsement or a learner record."""
    return not BADGE_TYPES.isdisjoint(string_items(document.get("type")))


def is_open_badges_2(document: JsonObject) -> bool:
    """Tell whether a document is of Open Badges 2.0 or before, by its contexts and members."""
    return not is_badge(document) and detect(document) in _OPEN_BADGES_2


def string_items(value: object) -> tuple[str, ...]:
    """Read a string, or the strings of an array."""
    if isinstance(value, list):
        return tuple([item for item in value if isinstance(item, str)])
    return (value,) if isinstance(value, str) else ()


def _secured(outer: Format, raw: bytes, types: frozenset[str] = CREDENTIAL_TYPES) -> Subject:
    if raw.startswith(b"{"):
        return Subject(outer, _parsed(raw))
    if b"~" in raw:
        from openbadge_issuer.signing.sd_jwt_vc import (  # noqa: PLC0415  # for such tokens
            as_token,
            is_sd_jwt_vc,
            parse_sd_jwt_vc,
        )

        parsed = parse_sd_jwt_vc(raw)
        token = as_token(parsed)
        document = token.payload if is_sd_jwt_vc(parsed) else token.credential
        return Subject(outer, document, token, sd_jwt=parsed)
    token = parse_jwt(raw, types=types)
    if holds_presentation(token) and types >= PRESENTATION_TYPES:
        token = presentation_of(token)
    return Subject(outer, token.credential, token)
