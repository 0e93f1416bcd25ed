"""Which schema that ships stands for which published one; read without the models, and without a network."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

from openbadge_issuer.assertions.json_text import JsonObject, parse_json_object

FOLDER: Final = "ob3"
SUFFIX: Final = ".schema.json"

_BASE = "https://purl.imsglobal.org/spec"
_OPEN_BADGES = {
    "achievementcredential": "achievement-credential",
    "anyachievementcredential": "any-achievement-credential",
    "endorsementcredential": "endorsement-credential",
    "anyendorsementcredential": "any-endorsement-credential",
    "profile": "profile",
}
_CLR = {
    "clrcredential": "clr-credential",
    "achievementcredential": "achievement-credential",
    "endorsementcredential": "endorsement-credential",
    "profile": "profile",
}
# Each is published in two shapes, `json` and `json-ld`, which is to say arrays only and single values too.
# Copies of both are in circulation under either name, so the shape that takes more stands for both.
PUBLISHED: Final = MappingProxyType(
    {
        f"{_BASE}/{place}/schema/{shape}/{place.replace('/', '_')}_{name}_schema.json": ours
        for place, names in (("ob/v3p0", _OPEN_BADGES), ("clr/v2p0", _CLR))
        for shape in ("json", "json-ld")
        for name, ours in names.items()
    }
)
"""By the URL of a published schema, the name of ours that gives the same verdict."""


def bundled_schema(url: str) -> JsonObject | None:
    """Return our schema for a published one; None if its URL is none of those."""
    name = PUBLISHED.get(url)
    return _read(name) if name else None


@cache
def _read(name: str) -> JsonObject:
    path = files("openbadge_issuer").joinpath("schemas", FOLDER, name + SUFFIX)
    return parse_json_object(path.read_bytes())
