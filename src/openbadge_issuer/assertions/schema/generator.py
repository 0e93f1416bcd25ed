"""From a model to the JSON Schema of the published class that it stands for (draft 2019-09).

Such a schema takes the place of a published one where there is no network, so it gives the published
verdict and not the model's own. The two differ where the model insists on more (a URI is absolute, criteria
say something, a single type is the right one) and where it follows the VC Data Model (text by language
value, several statuses); `docs/reference/schemas.md` lists it all.
"""

from __future__ import annotations

from inspect import cleandoc, getclosurevars
from re import Pattern
from typing import Any, ClassVar, Final, cast, get_args

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode, JsonSchemaValue
from pydantic_core import core_schema as core

from openbadge_issuer.assertions.clr import _CONTEXTS, ClrCredential, ClrSubject, VerifiableCredentialV1
from openbadge_issuer.assertions.context_urls import OPEN_BADGES_FORM
from openbadge_issuer.assertions.credential import Evidence
from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.assertions.node import ClosedNode, Node, TypedNode
from openbadge_issuer.assertions.type_names import BADGE_TYPES
from openbadge_issuer.assertions.values import Uri
from openbadge_issuer.assertions.verifiable_credential import (
    OpenBadgesContext,
    OpenlyTyped,
    VerifiableCredential,
)

DIALECT: Final = "https://json-schema.org/draft/2019-09/schema"

_SINGLE = ("credentialStatus", "refreshService")  # arrays in the VC Data Model, single objects in Open Badges
_URI_PATTERN: str = get_args(Uri)[1].pattern
_EXTENSION_TERM = "ext:[A-Za-z0-9._|]"  # not anchored, and so satisfied anywhere in the text (sic)
_LANGUAGE_CODE = "^[a-z]{2}(-[A-Z]{2})?$"


def _by_language(text: JsonObject) -> JsonObject:
    """A text, or an object that gives it by language (published schemas take this for nearly any)."""
    texts: JsonObject = {
        "type": "object",
        "additionalProperties": text,
        "propertyNames": {"pattern": _LANGUAGE_CODE},
    }
    return {"anyOf": [text, texts]}


def _one_or_array(item: JsonObject, *, at_least: int = 0) -> JsonObject:
    array: JsonObject = {"type": "array", "items": item, **({"minItems": at_least} if at_least else {})}
    return {"anyOf": [item, array]}


_TEXT: Final = _by_language({"type": "string"})
_CONTEXT: Final[JsonObject] = {"anyOf": [_TEXT, {"type": "object"}]}
_SHARED: Final = {
    "Context": ("A context by its URL, or written out.", _CONTEXT),
    "Text": ("A text, alone or by language.", _TEXT),
}
"""What stands in many places: by name, a description and the schema."""


class PublishedSchema(GenerateJsonSchema):
    """Writes a model's schema with the verdict of the published schema of its class."""

    schema_dialect = DIALECT
    endorsement: ClassVar[str] = "endorsement:v2"
    contained: ClassVar[type[VerifiableCredential]] = VerifiableCredential
    """Which form of the VC Data Model the credentials inside have."""

    def generate(self, schema: core.CoreSchema, mode: JsonSchemaMode = "validation") -> JsonSchemaValue:
        """Write the schema, with the definitions that all classes share."""
        written = super().generate(schema, mode)
        definitions = _shared({**written.pop("$defs", {})})
        for name, (description, shared) in _SHARED.items():
            parts = {member: _shared(part) for member, part in shared.items()}
            definitions[name] = {"description": description, **parts}
        return {**_shared(written), "$defs": dict(sorted(definitions.items()))}

    def field_title_should_be_set(self, schema: object) -> bool:
        """Leave the names of members alone; a title would only repeat them."""
        del schema
        return False

    def nullable_schema(self, schema: core.NullableSchema) -> JsonSchemaValue:
        """On the wire an absent member is left out, never null."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core.WithDefaultSchema) -> JsonSchemaValue:
        """A default is for builders; a reader supplies nothing."""
        return self.generate_inner(schema["schema"])

    def str_schema(self, schema: core.StringSchema) -> JsonSchemaValue:
        """Any string can be given by language, one with a pattern too; identifiers are any string."""
        pattern = schema.get("pattern")
        if pattern is None or pattern == _URI_PATTERN:
            return _TEXT
        return _by_language({"type": "string", "pattern": str(pattern)})

    def literal_schema(self, schema: core.LiteralSchema) -> JsonSchemaValue:
        """A class name that stands alone is a string like others; a closed enumeration is not."""
        terms = cast("list[JsonValue]", list(schema["expected"]))
        return _by_language({"const": terms[0]}) if len(terms) == 1 else {"enum": terms}

    def function_after_schema(self, schema: core.AfterValidatorFunctionSchema) -> JsonSchemaValue:
        """An extensible enumeration has its terms in the check that follows the string."""
        known = getclosurevars(schema["function"]["function"]).nonlocals.get("known")
        if known is None:
            return self.generate_inner(schema["schema"])
        return {"anyOf": [{"enum": sorted(known)}, {"type": "string", "pattern": _EXTENSION_TERM}]}

    def tuple_schema(self, schema: core.TupleSchema) -> JsonSchemaValue:
        """Several values can be written bare if there is only one; any number of them, even none."""
        return _one_or_array(self.generate_inner(schema["items_schema"][0]))

    def tagged_union_schema(self, schema: core.TaggedUnionSchema) -> JsonSchemaValue:
        """Choose among the forms that a model takes those that the published schemas take."""
        forms = schema["choices"]
        subject = str(next(iter(forms))).partition(":")[0]
        if subject == "text":
            return _TEXT
        if subject == "context":
            return _CONTEXT
        if subject == "endorsement":
            return self.generate_inner(forms[self.endorsement])
        return {"anyOf": [self.generate_inner(form) for form in forms.values()]}

    def model_schema(self, schema: core.ModelSchema) -> JsonSchemaValue:
        """Add what the validators of the class check and its fields do not tell."""
        cls = cast("type[Node]", schema["cls"])
        written = super().model_schema(schema)
        members: dict[str, JsonObject] = written["properties"]
        if issubclass(cls, OpenlyTyped):
            members["type"] = _TEXT
        elif issubclass(cls, TypedNode):
            members["type"] = _types(cls)
        if issubclass(cls, VerifiableCredential):
            members["@context"] = _contexts(cls)
            for name in _SINGLE:
                members[name] = _first(members[name])
            members.setdefault("evidence", _one_or_array(self._of(Evidence)))
        if cls is self.contained:  # its published class has neither
            members.pop("name")
            members.pop("description")
        if issubclass(cls, ClrSubject):
            members["verifiableCredential"] = _one_or_array(self._of(self.contained), at_least=1)
        required = {*written.get("required", ()), *({"type"} & members.keys())}
        return {
            "title": cls.__name__,
            "description": cleandoc(cls.__doc__ or ""),
            "type": "object",
            "properties": members,
            "required": sorted(required),
            "additionalProperties": not issubclass(cls, ClosedNode),
        }

    def _of(self, model: type[Node]) -> JsonObject:
        """Define a class that the fields of the model do not lead to."""
        model.model_rebuild()
        return self.generate_inner(model.__pydantic_core_schema__)


class PublishedSchemaV1(PublishedSchema):
    """The same for the form of the VC Data Model 1.1, in which the credentials inside have that form too."""

    endorsement = "endorsement:v1"
    contained = VerifiableCredentialV1


def _shared(part: Any) -> Any:  # noqa: ANN401  # a schema of pydantic's, or any part of one
    """Refer to a shared definition wherever it is written out."""
    for name, (_, schema) in _SHARED.items():
        if part == schema:
            return {"$ref": f"#/$defs/{name}"}
    if isinstance(part, dict):
        return {name: _shared(inner) for name, inner in part.items()}
    return [_shared(inner) for inner in part] if isinstance(part, list) else part


def _types(cls: type[TypedNode]) -> JsonObject:
    """An array of types contains those of the class; a single one is taken as it is (sic)."""
    own: tuple[str, ...] = cls.model_fields["type"].get_default()
    alternatives = [sorted(BADGE_TYPES) if name in BADGE_TYPES else [name] for name in own]
    rules: list[JsonValue] = [{"contains": {"enum": [*names]}} for names in alternatives]
    return {"anyOf": [_TEXT, {"type": "array", "items": _TEXT, "allOf": rules}]}


def _contexts(cls: type[VerifiableCredential]) -> JsonObject:
    """The first contexts have their order; a single one is taken as it is (sic)."""
    order: list[JsonValue] = [{"const": cls.base_context}]
    further: list[Pattern[str]] = []
    if issubclass(cls, OpenBadgesContext):
        further = [OPEN_BADGES_FORM]
    elif issubclass(cls, ClrCredential):
        further = [form for _, form in _CONTEXTS]
    order += [{"type": "string", "pattern": f"^{form.pattern}$"} for form in further]
    array: JsonObject = {
        "type": "array",
        "minItems": len(order),
        "items": order,
        "additionalItems": _CONTEXT,
    }
    return {"anyOf": [_CONTEXT, array]}


def _first(schema: JsonObject) -> JsonObject:
    """What one of several values must be."""
    return cast("list[JsonObject]", schema["anyOf"])[0]
