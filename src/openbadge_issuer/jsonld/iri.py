"""What may stand between `<` and `>`, and after `@`: absolute IRIs and language tags."""

from __future__ import annotations

import re
from functools import lru_cache

BASE = "https://relative.invalid/"
"""The base of every document: an IRI that begins with it was relative."""

_FORBIDDEN = r"\s\x00-\x20\x7f-\x9f<>\"{}|\\^`\ud800-\udfff"
ABSOLUTE_IRI = rf"[A-Za-z][A-Za-z0-9+.\-]*+:[^{_FORBIDDEN}]*+\Z"
"""The pattern of an IRI with a scheme; see `is_absolute_iri`."""

_ABSOLUTE_IRI = re.compile(ABSOLUTE_IRI)
_LANGUAGE_TAG = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*+\Z")
_MAX_REMEMBERED = 200  # vocabulary IRIs are short; an embedded picture is an IRI of megabytes
_SCRIPT_LENGTH = 4
_REGION_LENGTH = 2


def is_absolute_iri(text: str) -> bool:
    """Tell whether the text has a scheme and holds nothing that could break out of an N-Quads IRI.

    Stricter than RFC 3987: no Unicode white space at all, no control characters of C0 and C1.
    """
    return _ABSOLUTE_IRI.match(text) is not None if len(text) > _MAX_REMEMBERED else _is_absolute(text)


@lru_cache(maxsize=4096)  # the same few hundred vocabulary IRIs are asked for again and again
def _is_absolute(text: str) -> bool:
    return _ABSOLUTE_IRI.match(text) is not None


def is_language_tag(text: str) -> bool:
    """Tell whether the text is shaped as a language tag (RFC 5646, section 2.1)."""
    return _LANGUAGE_TAG.match(text) is not None


def conventional_case(tag: str) -> str:
    """Write a language tag in the letter case that RFC 5646, section 2.1.1, advises: `en-US`, `zh-Hant`."""
    first, *rest = tag.lower().split("-")
    written = [first]
    after_singleton = len(first) == 1
    for subtag in rest:
        if after_singleton:
            written.append(subtag)
        elif len(subtag) == _REGION_LENGTH:
            written.append(subtag.upper())
        elif len(subtag) == _SCRIPT_LENGTH:
            written.append(subtag.title())
        else:
            written.append(subtag)
            after_singleton = len(subtag) == 1
    return "-".join(written)
