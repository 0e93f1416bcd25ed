"""All schemas that ship: which model each is written from, and what it is called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

from openbadge_issuer.assertions import (
    Achievement,
    AchievementCredential,
    AchievementCredentialV1,
    ClrCredential,
    EndorsementCredential,
    EndorsementCredentialV1,
    Profile,
)
from openbadge_issuer.assertions.extensions import (
    Accessibility,
    Accredited,
    ApplyLink,
    Assessed,
    Licensed,
    Placed,
)
from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, dump_json_pretty
from openbadge_issuer.assertions.node import Node
from openbadge_issuer.assertions.schema.generator import DIALECT, PublishedSchema, PublishedSchemaV1
from openbadge_issuer.assertions.schema.published import SUFFIX

IDENTIFIER: Final = "urn:openbadge-issuer:schema:ob3:"
"""How the `$id` of each schema begins: it names the schema and is no address."""


@dataclass(frozen=True, slots=True)
class _Source:
    """A model, and the version of the VC Data Model in which its schema is written."""

    model: type[Node]
    generator: type[PublishedSchema] = PublishedSchema


_SOURCES: Final = {
    "achievement-credential": _Source(AchievementCredential),
    "achievement-credential-v1": _Source(AchievementCredentialV1, PublishedSchemaV1),
    "endorsement-credential": _Source(EndorsementCredential),
    "endorsement-credential-v1": _Source(EndorsementCredentialV1, PublishedSchemaV1),
    "clr-credential": _Source(ClrCredential),
    "profile": _Source(Profile),
    "achievement": _Source(Achievement),
    # What each extension asks of the object that names its type, beside what that object is anyway.
    "extension-accessibility": _Source(Accessibility),
    "extension-apply-link": _Source(ApplyLink),
    "extension-geo-coordinates": _Source(Placed),
    "extension-license": _Source(Licensed),
    "extension-assessment": _Source(Assessed),
    "extension-issuer-accreditation": _Source(Accredited),
}
_EITHER_VERSION: Final = {
    "any-achievement-credential": ("achievement-credential", "achievement-credential-v1"),
    "any-endorsement-credential": ("endorsement-credential", "endorsement-credential-v1"),
}


def schemas() -> Mapping[str, JsonObject]:
    """Write every schema from the models, by its name."""
    written = {name: _schema(name, source) for name, source in _SOURCES.items()}
    return written | {
        name: _either(name, [written[part] for part in parts]) for name, parts in _EITHER_VERSION.items()
    }


def _schema(name: str, source: _Source) -> JsonObject:
    generated = source.model.model_json_schema(schema_generator=source.generator)
    return {"$schema": DIALECT, "$id": IDENTIFIER + name, **cast("JsonObject", generated)}


def _either(name: str, parts: list[JsonObject]) -> JsonObject:
    """A schema that holds two others whole, so that one file is enough."""
    references: list[JsonValue] = [{"$ref": part["$id"]} for part in parts]
    definitions: JsonObject = {
        str(part["$id"]).removeprefix(IDENTIFIER): {
            member: value for member, value in part.items() if member != "$schema"
        }
        for part in parts
    }
    return {
        "$schema": DIALECT,
        "$id": IDENTIFIER + name,
        "description": "A credential in the form of version 2.0 or 1.1 of the VC Data Model.",
        "anyOf": references,
        "$defs": definitions,
    }


def write_schemas(folder: Path, named: Mapping[str, JsonObject] | None = None) -> None:
    """Write schemas into a folder; one that is no longer written is removed.

    Each file is replaced in one step, since it may be read meanwhile.

    Args:
        folder: where they are written.
        named: the schemas by their names; those of this catalogue by default.
    """
    folder.mkdir(parents=True, exist_ok=True)
    wanted = {f"{name}{SUFFIX}": schema for name, schema in (named or schemas()).items()}
    for file, schema in wanted.items():
        beside = folder / f"{file}.new"
        beside.write_bytes(dump_json_pretty(schema))
        beside.replace(folder / file)
    for path in folder.glob(f"*{SUFFIX}"):
        if path.name not in wanted:
            path.unlink()
