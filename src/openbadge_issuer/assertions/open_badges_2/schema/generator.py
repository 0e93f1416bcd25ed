"""From a model of Open Badges 2.0 to a JSON Schema with the model's own verdict (draft 2019-09).

A schema cannot say everything: that a day is in the calendar, and whatever a member says under its second
name while the first is there too. `docs/reference/open-badges-2.md` lists the differences.
"""

from __future__ import annotations

from inspect import cleandoc
from typing import Final, cast

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema as core

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.assertions.node import Node, TypedNode
from openbadge_issuer.assertions.open_badges_2 import (
    Assertion,
    BadgeClass,
    Criteria,
    IdentityObject,
    Profile,
    RevocationEntry,
    VerificationObject,
)
from openbadge_issuer.assertions.open_badges_2.node import OTHER_NAMES
from openbadge_issuer.assertions.open_badges_2.profile import PROFILE_TYPES
from openbadge_issuer.assertions.schema.generator import DIALECT

_NULL: Final[JsonObject] = {"type": "null"}
_HASH: Final = r"^(md5\$[0-9A-Fa-f]{32}|sha256\$[0-9A-Fa-f]{64})$"
_NO_BLANK_NODE: Final = "^(?!_:)"


def _any_case(text: str) -> str:
    return "".join(f"[{sign.upper()}{sign}]" if sign.isalpha() else sign for sign in text)


_NO_DATA: Final = f"^(?!{_any_case('data:')})"
_PNG_OR_SVG: Final = rf"{_any_case('image/')}({_any_case('png')}|{_any_case('svg')}\+{_any_case('xml')})[;,]"
_PICTURE: Final = rf"^(?!{_any_case('data:')}(?!{_PNG_OR_SVG}))"


class ModelSchema(GenerateJsonSchema):
    """Writes the schema of a model, with what its validators check."""

    schema_dialect = DIALECT

    def field_title_should_be_set(self, schema: object) -> bool:
        """Leave the names of members alone; a title would only repeat them."""
        del schema
        return False

    def nullable_schema(self, schema: core.NullableSchema) -> JsonSchemaValue:
        """Null stands for an absent member wherever it may be absent, so it is added there once."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core.WithDefaultSchema) -> JsonSchemaValue:
        """A default is for builders; a reader supplies nothing."""
        return self.generate_inner(schema["schema"])

    def tuple_schema(self, schema: core.TupleSchema) -> JsonSchemaValue:
        """Several values can be written bare if there is only one."""
        item = self.generate_inner(schema["items_schema"][0])
        array: JsonObject = {"type": "array", "items": cast("JsonValue", item)}
        if schema.get("min_length"):
            array["minItems"] = schema["min_length"]
        return {"anyOf": [item, array]}

    def tagged_union_schema(self, schema: core.TaggedUnionSchema) -> JsonSchemaValue:
        """Any of the forms; that of a link also takes an object that is nothing but its identifier."""
        forms = [self.generate_inner(form) for form in schema["choices"].values()]
        if str(next(iter(schema["choices"]))).startswith("link:"):
            forms += [_reference(name, forms[0]) for name in ("id", "@id")]
        return {"anyOf": forms}

    def model_schema(self, schema: core.ModelSchema) -> JsonSchemaValue:
        """Add what the validators of the class check and its fields do not tell."""
        cls = cast("type[Node]", schema["cls"])
        written = super().model_schema(schema)
        members: dict[str, JsonObject] = written["properties"]
        _refine(cls, members)
        required = {*written.get("required", ())}
        if issubclass(cls, TypedNode):
            required.add("type")
        members = {name: part if name in required else _or_null(part) for name, part in members.items()}
        rules = [*_rules(cls)]
        for name, other in OTHER_NAMES.items():
            if name in members:
                members[other] = members[name]
            if name in required:
                rules.append({"anyOf": [{"required": [name]}, {"required": [other]}]})
        return {
            "title": cls.__name__,
            "description": cleandoc(cls.__doc__ or ""),
            "type": "object",
            "properties": members,
            "required": sorted(required - OTHER_NAMES.keys()),
            **({"allOf": rules} if rules else {}),
        }


def _or_null(schema: JsonObject) -> JsonObject:
    forms = schema.get("anyOf")
    if isinstance(forms, list) and len(schema) == 1:
        return {"anyOf": [*forms, _NULL]}
    kind = schema.get("type")
    return {**schema, "type": [kind, "null"]} if isinstance(kind, str) else {"anyOf": [schema, _NULL]}


def _reference(name: str, iri: JsonSchemaValue) -> JsonObject:
    return {"type": "object", "properties": {name: iri}, "required": [name], "maxProperties": 1}


def _refine(cls: type[Node], members: dict[str, JsonObject]) -> None:
    """Write into the members what validators of single fields check."""
    if issubclass(cls, TypedNode):
        members["type"] = _types(cls)
    if issubclass(cls, VerificationObject):
        members["type"] = _method()
    if issubclass(cls, Assertion | BadgeClass | Profile):
        pattern = _NO_DATA if issubclass(cls, Assertion) else _PICTURE
        address: JsonObject = {"type": "string", "pattern": pattern}
        picture: JsonObject = {
            "anyOf": [address, {"type": "object", "properties": {"id": address, "@id": address}}]
        }
        members["image"] = {"allOf": [members["image"], picture]}


def _types(cls: type[TypedNode]) -> JsonObject:
    """One of the types is the name of the class."""
    own: tuple[str, ...] = cls.model_fields["type"].get_default()
    listed: list[JsonValue] = [*(sorted(PROFILE_TYPES) if issubclass(cls, Profile) else own)]
    names: JsonObject = {"enum": listed}
    return {"anyOf": [names, {"type": "array", "items": {"type": "string"}, "contains": names}]}


def _method() -> JsonObject:
    """The types name one of the two methods and not the other."""
    hosted: JsonObject = {"enum": ["HostedBadge", "hosted"]}
    signed: JsonObject = {"enum": ["SignedBadge", "signed"]}
    arrays: list[JsonValue] = [
        {
            "type": "array",
            "items": {"type": "string"},
            "contains": one,
            "not": {"contains": other},
        }
        for one, other in ((hosted, signed), (signed, hosted))
    ]
    return {"anyOf": [hosted, signed, *arrays]}


def _rules(cls: type[Node]) -> list[JsonObject]:
    """What the members of a class must say together."""
    if issubclass(cls, IdentityObject):
        return [{"if": _has("hashed", {"const": True}), "then": _has("identity", {"pattern": _HASH})}]
    if issubclass(cls, Criteria):
        named: JsonObject = {"type": "string", "pattern": _NO_BLANK_NODE}
        return [_any_of(_has("narrative", {"type": "string"}), _has("id", named), _has("@id", named))]
    if issubclass(cls, RevocationEntry):
        return [_any_of(*(_has(name, {"type": "string"}) for name in ("id", "@id", "uid")))]
    return []


def _has(name: str, schema: JsonObject) -> JsonObject:
    return {"required": [name], "properties": {name: schema}}


def _any_of(*schemas: JsonObject) -> JsonObject:
    return {"anyOf": [*schemas]}
