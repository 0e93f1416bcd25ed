"""JSON Schemas of the files that an organisation writes, for editors: they complete, explain and check.

Draft 7, which editors of TOML know best. A schema passes what only the program can tell: whether a time zone
exists, a text is nothing but spaces, or the rules of a policy agree.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from inspect import getclosurevars, isfunction
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, cast, get_args

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode, JsonSchemaValue
from pydantic_core import core_schema as core

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, dump_json_pretty
from openbadge_issuer.errors.rule import Language
from openbadge_issuer.policy.badge import BadgeDefinition
from openbadge_issuer.policy.badge_policy import BadgePolicy
from openbadge_issuer.policy.documented import members_of, summary_of
from openbadge_issuer.policy.people_file import PeopleFile
from openbadge_issuer.policy.period import Period
from openbadge_issuer.policy.section import Section
from openbadge_issuer.whole_file import write_whole

DIALECT: Final = "http://json-schema.org/draft-07/schema#"
IDENTIFIER: Final = "urn:openbadge-issuer:schema:policy:"
SUFFIX: Final = ".schema.json"
FILES: Final[Mapping[str, type[Section]]] = MappingProxyType(
    {"badge-policy": BadgePolicy, "badge": BadgeDefinition, "people": PeopleFile}
)

_LANGUAGES = get_args(Language)


class FileSchema(GenerateJsonSchema):
    """Writes the schema of a file, with the words of the docstrings."""

    schema_dialect = DIALECT

    def generate(self, schema: core.CoreSchema, mode: JsonSchemaMode = "validation") -> JsonSchemaValue:
        """Write the schema; what stands beside a reference counts too."""
        return cast("JsonSchemaValue", _beside_references(super().generate(schema, mode)))

    def field_title_should_be_set(self, schema: object) -> bool:
        """Leave the names of members alone; a title would only repeat them."""
        del schema
        return False

    def encode_default(self, dft: object) -> JsonValue:
        """Write a default as it would stand in the file."""
        if isinstance(dft, Period):
            return str(dft)
        return dft.to_json() if isinstance(dft, Section) else cast("JsonValue", super().encode_default(dft))

    def nullable_schema(self, schema: core.NullableSchema) -> JsonSchemaValue:
        """A file has no null: what may be left out is left out."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core.WithDefaultSchema) -> JsonSchemaValue:
        """Leave out that something is left out."""
        written = super().default_schema(schema)
        if written.get("default", ...) in (None, [], {}):
            written.pop("default")
        return written

    def function_after_schema(self, schema: core.AfterValidatorFunctionSchema) -> JsonSchemaValue:
        """Take what is checked in code for what it is before, but for terms that can be extended."""
        check = schema["function"]["function"]
        known = getclosurevars(check).nonlocals.get("known") if isfunction(check) else None
        if known is None:
            return self.generate_inner(schema["schema"])
        return {"anyOf": [{"enum": sorted(known)}, {"type": "string", "pattern": "^ext:[A-Za-z0-9._|-]+$"}]}

    def literal_schema(self, schema: core.LiteralSchema) -> JsonSchemaValue:
        """Write a choice as one, even among one value."""
        return {"enum": list(schema["expected"])}

    def dict_schema(self, schema: core.DictSchema) -> JsonSchemaValue:
        """Name the languages one by one, so that they can be completed; other names by their form."""
        written: JsonSchemaValue = {"type": "object"}
        if at_least := schema.get("min_length"):
            written["minProperties"] = at_least
        values = self.generate_inner(schema["values_schema"])
        keys = self.generate_inner(schema["keys_schema"])
        if keys.get("enum") == list(_LANGUAGES):
            written |= {"properties": dict.fromkeys(_LANGUAGES, values), "additionalProperties": False}
        else:
            written |= {"propertyNames": keys, "additionalProperties": values}
        return written

    def model_schema(self, schema: core.ModelSchema) -> JsonSchemaValue:
        """Describe a section and its members."""
        section = cast("type[Section]", schema["cls"])
        written = super().model_schema(schema)
        written["description"] = summary_of(section)
        for name, text in members_of(section).items():
            written["properties"][name]["description"] = text
        return written


def _beside_references(part: Any) -> Any:  # noqa: ANN401  # a schema of pydantic's, or any part of one
    """Put a reference into `allOf` where something stands beside it: draft 7 reads nothing there."""
    if isinstance(part, list):
        return [_beside_references(inner) for inner in part]
    if not isinstance(part, dict):
        return part
    written = {
        "definitions" if name == "$defs" else name: _beside_references(inner) for name, inner in part.items()
    }
    if "$ref" in written and len(written) > 1:
        written = {"allOf": [{"$ref": written.pop("$ref")}], **written}
    return written


def file_schema(name: str) -> JsonObject:
    """Write the schema of a kind of file."""
    model = FILES[name]
    generated = model.model_json_schema(
        schema_generator=FileSchema, ref_template="#/definitions/{model}", by_alias=True
    )
    return {"$schema": DIALECT, "$id": IDENTIFIER + name, **cast("JsonObject", generated)}


def write_schemas(folder: Path) -> None:
    """Write all schemas into a folder, each file in one step."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        write_whole(folder / f"{name}{SUFFIX}", dump_json_pretty(file_schema(name)))


if __name__ == "__main__":
    write_schemas(Path(sys.argv[1]))
