"""The schemas that ship: which objects each is about, and what it is called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, cast

from pydantic import TypeAdapter

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.assertions.node import Node
from openbadge_issuer.assertions.open_badges_2 import (
    Assertion,
    BadgeClass,
    CryptographicKey,
    Endorsement,
    Issuer,
    Profile,
    RevocationList,
    RevokedAssertion,
    RevokedEndorsement,
)
from openbadge_issuer.assertions.open_badges_2.schema.generator import ModelSchema
from openbadge_issuer.assertions.open_badges_2.values import Iri, IsoDateTime
from openbadge_issuer.assertions.open_badges_2.versions import CONTEXTS
from openbadge_issuer.assertions.schema.generator import DIALECT
from openbadge_issuer.assertions.values import Many
from openbadge_issuer.assertions.verifiable_credential import ContextItem

IDENTIFIER: Final = "urn:openbadge-issuer:schema:ob2:"
"""How the `$id` of each schema begins: it names the schema and is no address."""

_SOURCES: Final[Mapping[str, tuple[type[Node], ...]]] = {
    "assertion": (Assertion, RevokedAssertion),
    "badge-class": (BadgeClass,),
    "profile": (Profile,),
    "issuer": (Issuer,),
    "cryptographic-key": (CryptographicKey,),
    "revocation-list": (RevocationList,),
    "endorsement": (Endorsement, RevokedEndorsement),
}
"""The classes of each; one that is revoked has a class of its own."""

_V2: Final[JsonObject] = {"enum": [*sorted(CONTEXTS)]}
_WRITTEN_OUT: Final[JsonObject] = {"type": "object"}
_ANY_V2: Final[JsonObject] = {"anyOf": [_V2, _WRITTEN_OUT]}
_SHARED: Final[Mapping[str, JsonObject]] = {
    name: cast("JsonObject", TypeAdapter(kind).json_schema(schema_generator=ModelSchema))
    for name, kind in (("Iri", Iri), ("DateTime", IsoDateTime), ("Contexts", Many[ContextItem]))
}
"""What stands in many places."""


def schemas() -> Mapping[str, JsonObject]:
    """Write every schema from the models, by its name."""
    return {name: _schema(name, sources) for name, sources in _SOURCES.items()}


def _schema(name: str, sources: tuple[type[Node], ...]) -> JsonObject:
    """A schema of whole documents: they name their context, which an object inside another need not."""
    definitions: JsonObject = {}
    for source in sources:
        written = TypeAdapter(tuple[source, ...]).json_schema(schema_generator=ModelSchema)  # type: ignore[valid-type]  # a class by its value
        definitions |= cast("JsonObject", written["$defs"])
    shared: JsonObject = {title: _shared(part) for title, part in definitions.items()}
    objects: list[JsonValue] = [{"$ref": f"#/$defs/{source.__name__}"} for source in sources]
    context: JsonObject = {"anyOf": [_ANY_V2, {"type": "array", "contains": _ANY_V2}]}
    return {
        "$schema": DIALECT,
        "$id": IDENTIFIER + name,
        "description": f"A document of Open Badges 2.0: {sources[0].__name__}.",
        "required": ["@context"],
        "properties": {"@context": context},
        "anyOf": objects,
        "$defs": dict(sorted({**shared, **_SHARED}.items())),
    }


def _shared(part: JsonValue) -> JsonValue:
    """Refer to a shared definition wherever it is written out."""
    for name, schema in _SHARED.items():
        if part == schema:
            return {"$ref": f"#/$defs/{name}"}
    if isinstance(part, dict):
        return {name: _shared(inner) for name, inner in part.items()}
    return [_shared(inner) for inner in part] if isinstance(part, list) else part
