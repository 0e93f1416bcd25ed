"""From the models to the tables: every rule that pydantic applies on reading, as data.

What is not known here stops it: no validator can be added to a model and be forgotten in the tables.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from inspect import getclosurevars
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, TypeAlias, cast

from openbadge_issuer.assertions.acceptance.accepting import FILE_NAME, ClassTable, Tables
from openbadge_issuer.assertions.clr import (
    _CONTEXTS,
    _ENVELOPE,
    ClrCredential,
    ClrCredentialV1,
    EnvelopedVerifiableCredential,
    VerifiableCredentialV1,
)
from openbadge_issuer.assertions.context_urls import OPEN_BADGES_FORM
from openbadge_issuer.assertions.credential import AchievementCredential, AchievementCredentialV1
from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, dump_json_pretty
from openbadge_issuer.assertions.node import Node, TypedNode
from openbadge_issuer.assertions.type_names import BADGE_TYPES
from openbadge_issuer.assertions.values import _EXTENSION
from openbadge_issuer.assertions.verifiable_credential import (
    EndorsementCredential,
    EndorsementCredentialV1,
    VerifiableCredential,
)
from openbadge_issuer.whole_file import write_whole

Schema: TypeAlias = "dict[str, Any]"
"""A core schema of pydantic's."""

_CREDENTIALS: Final = (
    AchievementCredential,
    AchievementCredentialV1,
    EndorsementCredential,
    EndorsementCredentialV1,
    ClrCredential,
    ClrCredentialV1,
)
_CONTAINED: Final[Mapping[str, type[Node]]] = MappingProxyType(
    {
        "contained:v2": VerifiableCredential,
        "contained:v1": VerifiableCredentialV1,
        "contained:enveloped": EnvelopedVerifiableCredential,
    }
)
_MOMENTS: Final = MappingProxyType(
    {
        "_date_time": "date-time",
        "_date_time_with_zone": "date-time-with-zone",
        "_date": "declined",
    }
)
"""What is read from text before pydantic sees it, and the form that this takes."""
_SOME_OF: Final[Mapping[str, Sequence[str]]] = MappingProxyType(
    {
        "Node._as_a_whole": (),
        "Criteria._as_a_whole": ("id", "narrative"),
        "AchievementSubject._as_a_whole": ("id", "identifier"),
        "ClrSubject._as_a_whole": ("id", "identifier"),
    }
)
"""What the check of a whole object asks for: one of these members."""
_NOTHING: Final = "(?!)"  # a pattern that no text has


def model_tables() -> Tables:
    """Make the tables of the credentials, and of every class that stands in them.

    Raises:
        KeyError: a model uses a validator or a kind of value that has no form here yet.
    """
    writer = _Writer()
    for model in _CREDENTIALS:
        writer.add(model)
    return Tables(classes=dict(sorted(writer.classes.items())), choices=dict(sorted(writer.choices.items())))


def write_tables(folder: Path) -> None:
    """Write the tables into the folder of schemas."""
    write_whole(folder / FILE_NAME, dump_json_pretty(cast("JsonObject", model_tables())))


class _Writer:
    """Goes through core schemas and collects a table for each class."""

    def __init__(self) -> None:
        self.classes: dict[str, ClassTable] = {}
        self.choices: dict[str, dict[str, JsonValue]] = {}
        self._definitions: dict[str, Schema] = {}
        self._forms: Mapping[str, Callable[[Schema], JsonValue]] = {
            "bool": lambda _: "boolean",
            "dataclass": self._dataclass,
            "default": lambda schema: self._form(schema["schema"]),
            "definition-ref": lambda schema: self._form(self._definitions[schema["schema_ref"]]),
            "dict": _dict,
            "float": lambda _: "number",
            "function-after": self._after,
            "function-before": self._before,
            "function-wrap": self._wrap,
            "literal": lambda schema: ["terms", list(schema["expected"]), _NOTHING],
            "model": self._model,
            "nullable": lambda schema: self._form(schema["schema"]),  # on the wire nothing is null
            "str": lambda schema: _pattern(schema["pattern"]) if "pattern" in schema else "text",
            "tagged-union": self._union,
            "tuple": lambda schema: [
                "many",
                self._form(*schema["items_schema"]),
                schema.get("min_length", 0),
            ],
        }

    def add(self, model: type[Node]) -> JsonValue:
        """Make the table of a model, and return the form of its objects."""
        model.model_rebuild()
        return self._form(cast("Schema", model.__pydantic_core_schema__))

    def _form(self, schema: Schema) -> JsonValue:
        while schema["type"] == "definitions":
            self._definitions |= {one["ref"]: one for one in schema["definitions"]}
            schema = schema["schema"]
        if "ref" in schema:
            self._definitions[schema["ref"]] = schema
        return self._forms[schema["type"]](schema)

    def _model(self, schema: Schema) -> JsonValue:
        fields = {field["validation_alias"]: field["schema"] for field in schema["schema"]["fields"].values()}
        closed = schema["config"]["extra_fields_behavior"] == "forbid"
        return self._class(schema["cls"].__name__, fields, closed=closed)

    def _dataclass(self, schema: Schema) -> JsonValue:
        fields = {field["validation_alias"]: field["schema"] for field in schema["schema"]["fields"]}
        return self._class(schema["cls"].__name__, fields, closed=True)

    def _class(self, name: str, fields: Mapping[str, Schema], *, closed: bool) -> JsonValue:
        if name not in self.classes:
            needed = {member for member, schema in fields.items() if schema["type"] != "default"}
            required = sorted(needed | ({"type"} & fields.keys()))
            members: dict[str, JsonValue] = {}
            self.classes[name] = ClassTable(
                closed=closed, required=required, members=members, types=[], contexts=[], some=[]
            )
            members |= {member: self._form(schema) for member, schema in sorted(fields.items())}
        return ["class", name]

    def _before(self, schema: Schema) -> JsonValue:
        name = schema["function"]["function"].__name__
        return self._form(schema["schema"]) if name == "_sequence" else _MOMENTS[name]

    def _wrap(self, schema: Schema) -> JsonValue:
        name = schema["function"]["function"].__qualname__
        if name == "_as_received":
            return self._choice("contained", {tag: self.add(model) for tag, model in _CONTAINED.items()})
        if name == "Node._as_written":
            return self._form(schema["schema"])
        raise KeyError(name)

    def _union(self, schema: Schema) -> JsonValue:
        subject = next(iter(schema["choices"])).partition(":")[0]
        if schema["discriminator"].__name__ != f"_{subject}_form":
            raise KeyError(schema["discriminator"])
        return self._choice(subject, {tag: self._form(form) for tag, form in schema["choices"].items()})

    def _choice(self, subject: str, forms: dict[str, JsonValue]) -> JsonValue:
        if self.choices.setdefault(subject, forms) != forms:
            raise KeyError(subject)
        return ["choice", subject]

    def _after(self, schema: Schema) -> JsonValue:
        """Take in a check that follows the value: of one member, or of a whole object."""
        form = self._form(schema["schema"])
        function = schema["function"]["function"]
        name = function.__qualname__
        if name == "_extensible.<locals>.check":
            return ["terms", sorted(getclosurevars(function).nonlocals["known"]), _EXTENSION.pattern]
        if name == "EnvelopedVerifiableCredential._holds_a_credential":
            return ["pattern", _ENVELOPE.pattern]
        if name == "ClrSubject._not_empty" and isinstance(form, list):
            return [*form[:2], 1]
        if name in _SOME_OF and isinstance(form, list):
            self.classes[str(form[1])]["some"] = [*_SOME_OF[name]]
            return form
        cls = cast("type[TypedNode]", function.__self__)
        self._of_class(name, cls, self.classes[cls.__name__])
        return form

    def _of_class(self, name: str, cls: type[TypedNode], table: ClassTable) -> None:
        """Take in what a class says of its types and contexts."""
        if name == "TypedNode._own_type":
            table["types"] = [[own] for own in cls.model_fields["type"].get_default()]
        elif name == "AchievementCredential._own_type":
            table["types"] = [["VerifiableCredential"], sorted(BADGE_TYPES)]
        elif name == "VerifiableCredential._base_context_first" and issubclass(cls, VerifiableCredential):
            table["contexts"] = [re.escape(cls.base_context)]
        elif name == "OpenBadgesContext._open_badges_context_second":
            table["contexts"].append(OPEN_BADGES_FORM.pattern)
        elif name == "ClrCredential._clr_then_open_badges":
            table["contexts"] += [form.pattern for _, form in _CONTEXTS]
        else:
            raise KeyError(name)


def _pattern(written: str) -> JsonValue:
    """Take a pattern as the whole of a text, as which all of them are meant."""
    if not (written.startswith("^") and written.endswith("$")):
        raise KeyError(written)
    return ["pattern", written[1:-1]]


def _dict(schema: Schema) -> JsonValue:
    """A context that is written out, or a text by its language."""
    if schema["values_schema"]["type"] == "any":
        return "object"
    form = _pattern(schema["keys_schema"]["pattern"])
    return (
        ["map", form[1]]
        if isinstance(form, list) and schema["values_schema"]["type"] == "str"
        else "declined"
    )
