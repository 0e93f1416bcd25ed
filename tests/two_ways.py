"""The two ways from a document to canonical bytes, side by side: what they find, in a form to be compared."""

from __future__ import annotations

import copy
from typing import TypeAlias

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.errors import OpenBadgeError
from openbadge_issuer.jsonld.compiled.form import compiled_form
from openbadge_issuer.jsonld.contexts import PINNED, ContextLoader
from openbadge_issuer.jsonld.form import CanonicalForm
from openbadge_issuer.jsonld.general import general_form
from openbadge_issuer.jsonld.rdfc import Digest

Refusal: TypeAlias = tuple[str, str, str, dict[str, str | int]]
Outcome: TypeAlias = "CanonicalForm | Refusal"
"""The bytes and what is unsigned, or the error: its class, code, place and details."""


def general(document: JsonObject, loader: ContextLoader = PINNED, digest: Digest = "sha256") -> Outcome:
    """What the general way finds."""
    try:
        return general_form(document, loader=loader, digest=digest)
    except OpenBadgeError as error:
        return _refusal(error)


def compiled(
    document: JsonObject, loader: ContextLoader = PINNED, digest: Digest = "sha256"
) -> Outcome | None:
    """What the compiled way finds; None if it declines."""
    try:
        return compiled_form(document, loader=loader, digest=digest)
    except OpenBadgeError as error:
        return _refusal(error)


def agreed(document: JsonObject, loader: ContextLoader = PINNED, digest: Digest = "sha256") -> Outcome | None:
    """What both ways find; None if the compiled way declines. It must not change the document either."""
    before = copy.deepcopy(document)
    found = compiled(document, loader, digest)
    assert document == before
    if found is not None:
        assert found == general(document, loader, digest)
    return found


def _refusal(error: OpenBadgeError) -> Refusal:
    return type(error).__name__, error.code, error.pointer, error.details
