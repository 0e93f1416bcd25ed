"""The JSON Schema of the verification report, for programs that read it (draft 2019-09)."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import get_args

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, dump_json_pretty
from openbadge_issuer.errors.rule import Repairer, Severity, Verdict
from openbadge_issuer.verification.report import LANGUAGES, SCHEMA_VERSION, Outcome, ShownBy
from openbadge_issuer.whole_file import write_whole

FILE_NAME = "verification-report.schema.json"
_TEXT: JsonObject = {"type": "string"}


def report_schema() -> JsonObject:
    """Build the schema from the types that the report is made of."""
    outcome: JsonObject = {"enum": list(get_args(Outcome))}
    verdicts: JsonObject = {"type": "array", "items": {"enum": list(get_args(Verdict))}, "minItems": 1}
    return {
        "$schema": "https://json-schema.org/draft/2019-09/schema",
        "title": "Verification report",
        "description": "What openbadge-issuer found out about one badge, or one presentation of some.",
        **_closed(
            schemaVersion={"const": SCHEMA_VERSION},
            subject=_TEXT,
            format={"enum": ["json", "jwt", "png", "svg", "unknown"]},
            specification=_TEXT,
            at={"type": "string", "format": "date-time"},
            accepted={"type": "boolean"},
            required=verdicts,
            verdicts=_closed(**{name: _optional(outcome) for name in get_args(Verdict)}),
            credential=_closed(
                **dict.fromkeys(
                    ("id", "issuer", "issuerName", "name", "validFrom", "validUntil", "achievement"),
                    _optional(_TEXT),
                )
            ),
            key=_optional(
                _closed(
                    id=_TEXT,
                    kind=_TEXT,
                    fingerprint=_TEXT,
                    shownBy={"enum": list(get_args(ShownBy))},
                )
            ),
            findings={"type": "array", "items": {"$ref": "#/$defs/finding"}},
            endorsements={"type": "array", "items": {"$ref": "#"}},
            contained={"type": "array", "items": {"$ref": "#"}},
            holder=_optional(_TEXT),
        ),
        "$defs": {"finding": _finding(outcome)},
    }


def _finding(outcome: JsonObject) -> JsonObject:
    sentences = _closed(**dict.fromkeys(LANGUAGES, _TEXT))
    return _closed(
        code={"type": "string", "pattern": "^[A-Z][A-Z0-9]*(-[A-Z0-9]+)+$"},
        verdict={"enum": list(get_args(Verdict))},
        outcome=outcome,
        severity={"enum": list(get_args(Severity))},
        pointer={"type": "string", "format": "json-pointer"},
        message=sentences,
        clause=_optional(_closed(title=_TEXT, url={"type": "string", "format": "uri"})),
        repair=_optional(
            _closed(who={"enum": list(get_args(Repairer))}, how=sentences, patch={"type": ["array", "null"]})
        ),
    )


def _closed(**properties: JsonValue) -> JsonObject:
    names: list[JsonValue] = [*properties]
    return {"type": "object", "properties": properties, "required": names, "additionalProperties": False}


def _optional(schema: JsonObject) -> JsonObject:
    return {"anyOf": [schema, {"type": "null"}]}


def write_schema(folder: Path) -> None:
    """Write the schema into the folder of schemas."""
    write_whole(folder / FILE_NAME, dump_json_pretty(report_schema()))


if __name__ == "__main__":
    write_schema(Path(sys.argv[1]))
