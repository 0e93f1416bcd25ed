"""What the tables of the organisation's own files are made of: names, words, addresses, and their limits.

Everything in them may be shown to people, put into a badge or written into an e-mail; so no text holds
control characters, and what stands on one line has no line break.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Self, TypeAlias
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    StrictBool,
    StringConstraints,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.errors.rule import Language

DATE_PATTERN = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
NAME_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
LABEL_PATTERN = r"^[^\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]+$"
SENTENCE_PATTERN = r"^[^\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]+$"
E_MAIL_PATTERN = (
    r"^[^\s\u0000-\u001f\u007f-\u009f@<>,;\"]+@[^\s\u0000-\u001f\u007f-\u009f@<>,;\"]+\.[A-Za-z0-9-]{2,}$"
)
HTTPS_PATTERN = r"^https://[^\s/?#@<>\"]+(/[^\s?#<>\"]*)?$"
FILE_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*$"

Name: TypeAlias = Annotated[str, StringConstraints(pattern=NAME_PATTERN, max_length=60)]
"""A short name in a file or a command: small letters, digits and hyphens."""
Label: TypeAlias = Annotated[
    str, StringConstraints(pattern=LABEL_PATTERN, min_length=1, max_length=200, strip_whitespace=True)
]
"""A name or title as people read it, on one line."""
Sentence: TypeAlias = Annotated[
    str, StringConstraints(pattern=SENTENCE_PATTERN, min_length=1, max_length=2000, strip_whitespace=True)
]
"""A text that people read, of one line or several."""
Labels: TypeAlias = dict[Language, Label]
"""The same name in English and Dutch, or in one of them."""
Words: TypeAlias = dict[Language, Sentence]
"""The same text in English and Dutch, or in one of them."""
EMail: TypeAlias = Annotated[str, StringConstraints(pattern=E_MAIL_PATTERN, max_length=254)]
HttpsAddress: TypeAlias = Annotated[str, StringConstraints(pattern=HTTPS_PATTERN, max_length=500)]
"""An https address without query and fragment, so that paths can be added."""
FileName: TypeAlias = Annotated[str, StringConstraints(pattern=FILE_PATTERN, max_length=200)]
"""A file beside the one that names it, or in a folder below; never one above."""
Flag: TypeAlias = StrictBool


def _day(value: object) -> object:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str) and len(value) == len("2026-01-31"):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise PydanticCustomError("TOML-DATE", "no date")


Day: TypeAlias = Annotated[
    date, BeforeValidator(_day), WithJsonSchema({"type": "string", "pattern": DATE_PATTERN})
]
"""A date, in TOML as it stands (`2026-01-31`), in JSON as text."""


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise PydanticCustomError("POLICY-TIME-ZONE", "no time zone") from error
    return name


TimeZone: TypeAlias = Annotated[str, StringConstraints(max_length=60), AfterValidator(_zone)]
"""The name of a time zone, such as Europe/Amsterdam."""


def in_language(words: Words, language: Language) -> str:
    """Return words in the language asked for, else in the other one; empty if there are none."""
    return words.get(language) or next(iter(words.values()), "")


class Section(BaseModel):
    """A table of the organisation's files, or a value of an event: frozen, without members not known."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def model_copy(self, *, update: Mapping[str, object] | None = None, deep: bool = False) -> Self:
        """Copy it without what was computed and kept of it, such as a digest."""
        copy = super().model_copy(update=update, deep=deep)
        for name in vars(copy).keys() - type(self).model_fields.keys():
            del vars(copy)[name]
        return copy

    def to_json(self) -> JsonObject:
        """Write the whole section, every default spelled out."""
        written: JsonObject = self.model_dump(mode="json", exclude_none=True)
        return written
