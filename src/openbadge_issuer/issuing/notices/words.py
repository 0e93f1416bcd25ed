"""The words of every notice, read from `words.en.txt` and `words.nl.txt` beside this module.

A section begins with `== kind`; its first paragraph is the subject line. A line `@name` stands for the
shared paragraph of that name. A line break within a paragraph is a space, except before `{criteria}`, which
is a list.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal, TypeAlias
from zoneinfo import ZoneInfo

from openbadge_issuer.errors.rule import Language

NoticeKind: TypeAlias = Literal[
    "awarded",
    "not-yet",
    "claim",
    "acknowledged",
    "reporter-told",
    "suspended",
    "suspended-meanwhile",
    "heard",
    "unfounded",
    "revoked",
    "corrected",
    "reinstated",
    "objection-received",
    "objection-upheld",
    "assessed-anew",
    "objection-rejected",
    "platform",
]
"""What is told: of an award, of a report to who made it, of a case to the holder and a platform of others."""

_SECTION = "== "
_LIST = "\n{criteria}"
_MONTHS: Mapping[Language, str] = MappingProxyType(
    {
        "en": "January February March April May June July August September October November December",
        "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    }
)


def words_of(kind: NoticeKind, language: Language) -> tuple[str, tuple[str, ...]]:
    """Return the subject and the paragraphs of a notice, with their placeholders."""
    subject, *paragraphs = _sections(language)[kind]
    return subject, tuple(paragraphs)


def phrase(name: str, language: Language) -> str:
    """Return a shared paragraph by its name."""
    return _sections(language)[f"@{name}"][0]


def date_in_words(moment: datetime, zone: ZoneInfo, language: Language) -> str:
    """Write a date as people read it, on the clock of a time zone: 3 November 2026."""
    local = moment.astimezone(zone)
    return f"{local.day} {_MONTHS[language].split()[local.month - 1]} {local.year}"


@cache
def _sections(language: Language) -> Mapping[str, tuple[str, ...]]:
    text = files(__package__).joinpath(f"words.{language}.txt").read_text(encoding="utf-8")
    found: dict[str, tuple[str, ...]] = {}
    for section in f"\n{text}".split(f"\n{_SECTION}")[1:]:
        name, _, body = section.partition("\n")
        paragraphs = (one for one in body.strip().split("\n\n") if one)
        found[name.strip()] = tuple(_paragraph(one, found) for one in paragraphs)
    return MappingProxyType(found)


def _paragraph(text: str, known: Mapping[str, tuple[str, ...]]) -> str:
    if text.startswith("@"):
        return known[text][0]
    whole, listed, _ = text.partition(_LIST)
    return " ".join(whole.split("\n")) + listed
