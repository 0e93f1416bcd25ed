"""The contexts by which a credential says which data model it follows.

This module is light: whoever reads a credential asks it first.
"""

from __future__ import annotations

import re
from typing import Final

from openbadge_issuer.assertions.json_text import JsonObject

CREDENTIALS_V2: Final = "https://www.w3.org/ns/credentials/v2"
CREDENTIALS_V1: Final = "https://www.w3.org/2018/credentials/v1"

OPEN_BADGES_CONTEXT: Final = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
"""The context under which badges are issued."""

OPEN_BADGES_FORM: Final = re.compile(
    r"https://purl\.imsglobal\.org/spec/ob/v3p0/context(-3\.\d\.\d)*\.json", re.ASCII
)
"""Every context of Open Badges 3.0."""


def names_version_1(document: JsonObject) -> bool:
    """Tell whether the document's contexts name version 1.1 of the VC Data Model and not version 2.0."""
    contexts = document.get("@context")
    named = contexts if isinstance(contexts, list) else [contexts]
    return CREDENTIALS_V1 in named and CREDENTIALS_V2 not in named
