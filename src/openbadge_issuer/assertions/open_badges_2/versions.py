"""Which version of Open Badges a document is.

Source: Open Badges 2.0, section "History", and the contexts and schemas of the versions before it. This
module is light: whoever reads badges of any version asks it first.
"""

from __future__ import annotations

import re
from typing import Final, Literal, TypeAlias

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.assertions.json_walk import object_of, strings_of

Version: TypeAlias = Literal["0.5", "1.0", "1.1", "2.0", "2.1", "3.0"]
"""`2.1` are the objects of the Badge Connect API; badges of 2.1 are badges of 2.0."""

CONTEXT: Final = "https://w3id.org/openbadges/v2"
"""The context of Open Badges 2.0."""
CONTEXTS: Final = frozenset({CONTEXT, "https://openbadgespec.org/v2/context.json"})
"""All the addresses of that context."""

_FORMS: tuple[tuple[Version, re.Pattern[str]], ...] = (
    ("3.0", re.compile(r"https://www\.w3\.org/(2018|ns)/credentials/v[12]")),
    ("2.1", re.compile(r"https://purl\.imsglobal\.org/spec/ob/v2p1/(context/)?ob_v2p1\.jsonld")),
    ("2.0", re.compile("|".join(map(re.escape, sorted(CONTEXTS))))),
    ("1.1", re.compile(r"https?://(w3id\.org/openbadges|(www\.)?openbadgespec\.org)/v1(/.*)?")),
    ("0.5", re.compile(r"https?://(www\.)?openbadgespec\.org/v0(/.*)?")),
)
"""The contexts of each version; of several, the first that is named counts."""
_ONLY_IN_2 = frozenset({"verification", "claim", "revokedAssertions", "publicKeyPem"})
_OF_1_0 = frozenset({"recipient", "uid", "badge", "criteria", "origin", "org"})


def detect(document: JsonObject) -> Version | None:
    """Tell the version of a document by its contexts, or by its members where it has none.

    None means that it is no document of Open Badges, as far as can be seen. A context that is written out
    counts as 2.0, which alone has that.
    """
    contexts = document.get("@context")
    if contexts is None:
        return _without_context(document)
    for version, form in _FORMS:
        if any(form.fullmatch(url) for url in strings_of(contexts)):
            return version
    items = contexts if isinstance(contexts, list) else [contexts]
    return "2.0" if any(isinstance(item, dict) for item in items) else None


def _without_context(document: JsonObject) -> Version | None:
    version: Version | None = None
    if isinstance(document.get("badgeConnectAPI"), list) or "statusCode" in object_of(document, "status"):
        version = "2.1"
    elif isinstance(document.get("recipient"), str):
        version = "0.5"
    elif document.keys() & _ONLY_IN_2:
        version = "2.0"
    elif document.keys() & _OF_1_0 or all(isinstance(document.get(name), str) for name in ("name", "url")):
        version = "1.0"
    return version
