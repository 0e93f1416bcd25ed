"""JSON Schemas of what `policy check` and `policy diff` print for programs (draft 2019-09)."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final, get_args

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, dump_json_pretty
from openbadge_issuer.errors.rule import Language
from openbadge_issuer.policy.member_words import SECTIONS, Guard
from openbadge_issuer.whole_file import write_whole

DIALECT: Final = "https://json-schema.org/draft/2019-09/schema"
SUFFIX: Final = ".schema.json"

_TEXT: Final[JsonObject] = {"type": "string"}
_DIGEST: Final[JsonObject] = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
_POINTER: Final[JsonObject] = {"type": "string", "format": "json-pointer"}
_COUNT: Final[JsonObject] = {"type": "integer", "minimum": 0}


def _closed(**properties: JsonValue) -> JsonObject:
    names: list[JsonValue] = [*properties]
    return {"type": "object", "properties": properties, "required": names, "additionalProperties": False}


_SENTENCES: Final = _closed(**dict.fromkeys(get_args(Language), _TEXT))
_PROBLEM: Final = _closed(
    code={"type": "string", "pattern": "^[A-Z][A-Z0-9]*(-[A-Z0-9]+)+$"},
    severity={"enum": ["error", "warning"]},
    pointer=_POINTER,
    line={"type": "integer", "minimum": 1},
    message=_SENTENCES,
    advice=_SENTENCES,
)
_CHANGE: Final = _closed(
    section={"enum": list(SECTIONS)},
    pointer=_POINTER,
    kind={"enum": ["added", "removed", "changed"]},
    old=True,
    new=True,
    weakens={"enum": [*get_args(Guard), None]},
    message=_SENTENCES,
)
_FILE: Final = _closed(file=_TEXT, digest=_DIGEST)

SCHEMAS: Final[Mapping[str, JsonObject]] = MappingProxyType(
    {
        "policy-check": {
            "$schema": DIALECT,
            "title": "Check of a badge policy",
            **_closed(
                file=_TEXT,
                accepted={"type": "boolean"},
                digest={"anyOf": [_DIGEST, {"type": "null"}]},
                problems={"type": "array", "items": _PROBLEM},
            ),
        },
        "policy-diff": {
            "$schema": DIALECT,
            "title": "Difference between two badge policies",
            **_closed(old=_FILE, new=_FILE, weaker=_COUNT, changes={"type": "array", "items": _CHANGE}),
        },
    }
)
"""The schemas by the names of their files."""


def write_schemas(folder: Path) -> None:
    """Write the schemas into a folder, each file in one step."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, schema in SCHEMAS.items():
        write_whole(folder / f"{name}{SUFFIX}", dump_json_pretty(schema))


if __name__ == "__main__":
    write_schemas(Path(sys.argv[1]))
