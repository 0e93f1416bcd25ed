"""The data types of Open Badges 2.0 where they are not those of 3.0.

Source: Open Badges 2.0, sections "Data Types" and "Badge Baking"; texts are plain strings here, since the
language of an object stands in its `@language`.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated, TypeAlias, TypeVar

from pydantic import AfterValidator, BeforeValidator, Discriminator, StringConstraints, Tag, WithJsonSchema
from pydantic_core import PydanticCustomError

from openbadge_issuer.assertions.moments import in_utc_range
from openbadge_issuer.assertions.node import Node
from openbadge_issuer.assertions.values import DateTimeZ

Item = TypeVar("Item")

_DATE_TIME_FORM = r"[0-9W-]{7,10}T[0-9:.,]{2,18}(Z|[+-][0-9]{2}(:?[0-9]{2})?)?"
_DATE_TIME = re.compile(_DATE_TIME_FORM, re.ASCII)
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^\s<>\"{}|\\^`]+")
_LANGUAGE_CODE = re.compile(r"[a-z]{2,4}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")
_SCRIPT_LENGTH = 4
_IDENTITY_HASH = re.compile(r"md5\$[0-9A-Fa-f]{32}|sha256\$[0-9A-Fa-f]{64}", re.ASCII)

Iri: TypeAlias = Annotated[
    str, StringConstraints(pattern=r"^(_|[A-Za-z][A-Za-z0-9+.\-]*):[^\s<>\"{}|\\^`]+$")
]
"""An absolute or compact IRI, or a blank node; a relative one would mean something else elsewhere."""
Url: TypeAlias = Annotated[
    str, StringConstraints(pattern=r"^[Hh][Tt][Tt][Pp][Ss]?://[^\s/<>\"{}|\\^`][^\s<>\"{}|\\^`]*$")
]
"""An address on the web."""
Language: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$")]
"""A language tag in the form of BCP 47."""
TextOrNumber: TypeAlias = str | int | float


def parse_iso_date_time(text: str) -> datetime:
    """Read an ISO 8601 date and time with its zone, in the extended or the basic form, seconds or not.

    Raises:
        ValueError: the text is no such thing, or names a moment that does not exist, or not in UTC.
    """
    match = _DATE_TIME.fullmatch(text)
    if match is None or match[1] is None:
        raise ValueError(text)
    return in_utc_range(datetime.fromisoformat(text))


def _iso_date_time(value: object) -> object:
    if not isinstance(value, str):
        return value
    match = _DATE_TIME.fullmatch(value)
    if match is not None and match[1] is None:
        raise PydanticCustomError("MODEL-TIME-ZONE", "no time zone")
    try:
        return parse_iso_date_time(value)
    except ValueError:
        raise PydanticCustomError("MODEL-DATE-TIME", "not a date-time") from None


IsoDateTime: TypeAlias = Annotated[
    DateTimeZ,
    BeforeValidator(_iso_date_time),
    WithJsonSchema({"type": "string", "pattern": f"^{_DATE_TIME_FORM.removesuffix('?')}$"}),
]
"""A moment: ISO 8601 with time and zone. Unix time belongs to 1.x."""


def is_identity_hash(text: str) -> bool:
    """Tell whether a text has the form of an IdentityHash: `md5$` or `sha256$` and the digest in hex."""
    return _IDENTITY_HASH.fullmatch(text) is not None


def is_uri(text: str) -> bool:
    """Tell whether a text can be an identifier in Open Badges 3.0."""
    return _URI.fullmatch(text) is not None


def language_code(tag: str | None) -> str | None:
    """Write a language tag as Open Badges 3.0 has it (`en-gb` as `en-GB`); None if that cannot be."""
    language, *rest = (tag or "").split("-")
    parts = [part.title() if len(part) == _SCRIPT_LENGTH else part.upper() for part in rest]
    code = "-".join([language.lower(), *parts])
    return code if _LANGUAGE_CODE.fullmatch(code) else None


def _host(value: str) -> str:
    if not _HOST.fullmatch(value):
        raise PydanticCustomError("OB2-ORIGIN", "origin")
    return value


_HOST = re.compile(r"[^\s/:?#@\[\]\\]+")
HostName: TypeAlias = Annotated[
    str, AfterValidator(_host), WithJsonSchema({"type": "string", "pattern": f"^{_HOST.pattern}$"})
]
"""The name of a host, without scheme, port and path."""


def _reference(value: object) -> object:
    """Read an object that is nothing but its identifier as that identifier: JSON-LD makes no difference."""
    if isinstance(value, Node):
        members = value.to_json()
        return members["id"] if members.keys() == {"id"} else value
    if isinstance(value, dict) and len(value) == 1:
        (name, found), *_ = value.items()
        if name in {"id", "@id"} and isinstance(found, str):
            return found
    return value


def _form(value: object) -> str:
    return "link:iri" if isinstance(value, str) else "link:object"


Link: TypeAlias = Annotated[
    Annotated[Iri, Tag("link:iri")] | Annotated[Item, Tag("link:object")],
    Discriminator(_form),
    BeforeValidator(_reference),
]
"""Another object, embedded or by its IRI."""


def link_id(value: object) -> str | None:
    """Return the identifier of what a member links to, whether it is embedded or not."""
    found = value if isinstance(value, str) else getattr(value, "id", None)
    return found if isinstance(found, str) else None
