"""The checks of single values, and of values of which there are several."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from math import inf
from types import MappingProxyType
from typing import Final, TypeAlias

from openbadge_issuer.assertions.context_urls import names_version_1
from openbadge_issuer.assertions.json_text import JsonValue
from openbadge_issuer.assertions.json_walk import strings_of
from openbadge_issuer.assertions.moments import parse_date_time
from openbadge_issuer.assertions.type_names import ENVELOPED

Check: TypeAlias = Callable[[JsonValue], bool]

_REMEMBERED_LENGTH: Final = 200
_MAX_REMEMBERED: Final = 4096  # for each pattern, some 500 KB

_LARGE: Final = 2.0**53  # beyond it, integers are no longer all different as doubles


def is_text(value: JsonValue) -> bool:
    """Accept text without half characters: no JSON text has any, and a document that was built may."""
    return type(value) is str and (value.isascii() or _is_whole(value))


@cache
def pattern_check(pattern: str, longest: float = inf) -> Check:
    """Make the check of a text in ASCII: of other signs, pydantic's matcher may think otherwise than ours."""
    match: Callable[[str], object] | None = None
    seen: set[str] = set()  # a stream of badges has few issuers, achievements and lists

    def fits(value: JsonValue) -> bool:
        nonlocal match
        if type(value) is not str:
            return False
        if value in seen:
            return True
        match = match or re.compile(pattern, re.ASCII).fullmatch
        if len(value) > longest or not value.isascii() or match(value) is None:
            return False
        if len(value) <= _REMEMBERED_LENGTH:
            if len(seen) >= _MAX_REMEMBERED:
                seen.clear()
            seen.add(value)
        return True

    return fits


def terms_check(terms: Sequence[str], further: str) -> Check:
    """Make the check of a term of an enumeration, which a pattern extends."""
    known, extension = frozenset(terms), pattern_check(further)
    return lambda value: (type(value) is str and value in known) or extension(value)


def map_check(pattern: str) -> Check:
    """Make the check of texts by their language."""
    name = pattern_check(pattern)
    return lambda value: type(value) is dict and all(name(key) and is_text(value[key]) for key in value)


def array_check(fits: Check, least: int) -> Check:
    """Make the check of an array."""

    def check(value: JsonValue) -> bool:
        if type(value) is not list:
            return False
        for item in value:
            if not fits(item):
                return False
        return len(value) >= least

    return check


def many_check(fits: Check, least: int) -> Check:
    """Make the check of an array, or of a single value in its place."""
    several = array_check(fits, least)
    return lambda value: several(value) if type(value) is list else fits(value)


def _is_whole(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _date_time(value: JsonValue) -> bool:
    try:
        return type(value) is str and parse_date_time(value) is not None
    except ValueError:
        return False


def _date_time_with_zone(value: JsonValue) -> bool:
    return _date_time(value) and type(value) is str and (value[-1] in "Zz" or value[-6] in "+-")


def _number(value: JsonValue) -> bool:
    return (type(value) is float or type(value) is int) and -_LARGE < value < _LARGE


def _text_form(value: JsonValue) -> str:
    if type(value) is dict:
        return "text:value" if "@value" in value else "text:map"
    return "text:values" if type(value) is list else "text:string"


def _contained_form(value: JsonValue) -> str:
    if type(value) is not dict or ENVELOPED in strings_of(value.get("type")):
        return "contained:enveloped"
    return "contained:v1" if names_version_1(value) else "contained:v2"


def _endorsement_form(value: JsonValue) -> str:
    return "endorsement:v1" if type(value) is dict and names_version_1(value) else "endorsement:v2"


CHECKS: Final[Mapping[str, Check]] = MappingProxyType(
    {
        "text": is_text,
        "number": _number,
        "boolean": lambda value: type(value) is bool,
        "object": lambda value: type(value) is dict,
        "date-time": _date_time,
        "date-time-with-zone": _date_time_with_zone,
        "declined": lambda _: False,
    }
)
"""The checks that need no more than a name."""

TAGS: Final[Mapping[str, Callable[[JsonValue], str]]] = MappingProxyType(
    {
        "text": _text_form,
        "context": lambda value: "context:url" if type(value) is str else "context:inline",
        "profile": lambda value: "profile:id" if type(value) is str else "profile:object",
        "endorsement": _endorsement_form,
        "contained": _contained_form,
    }
)
"""By what is chosen among several forms, which of them a value has, as the models tell them apart."""
