"""The base of every model: frozen, strict, and keeping what it does not know."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from functools import cache
from typing import ClassVar, Final, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    ModelWrapValidatorHandler,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic.alias_generators import to_camel
from pydantic_core import PydanticCustomError

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.assertions.moments import write_date_time
from openbadge_issuer.assertions.problems import ModelProblem, problems_of
from openbadge_issuer.assertions.values import LanguageValue, Many
from openbadge_issuer.errors import ModelError

_READING: Final = "reading"
_FIRST: Final = {"@context": 0, "id": 1, "type": 2}  # people look for these at the top


class Node(BaseModel):
    """An object of the data model.

    Members that the class does not name are kept in `model_extra` and written back. Names are
    snake_case in Python and the specification's own on the wire. Building one with wrong members
    raises `ModelError`.
    """

    model_config = ConfigDict(
        frozen=True,
        strict=True,
        extra="allow",
        alias_generator=to_camel,
        validate_by_name=True,
        validate_by_alias=True,
        defer_build=True,
        allow_inf_nan=False,
    )

    compacted: ClassVar[frozenset[str]] = frozenset()
    """The fields with several values that are written bare when there is only one."""

    @model_validator(mode="after")
    def _as_a_whole(self) -> Self:
        """Check what the members say together; overridden by name, so that the next one stays outermost."""
        return self

    @model_validator(mode="wrap")
    @classmethod
    def _as_written(
        cls, data: object, handler: ModelWrapValidatorHandler[Self], info: ValidationInfo
    ) -> Self:
        """Hold a document, not a builder, to what only the wire form can break; a builder gets our error."""
        if info.context is _READING:
            return handler(cls.as_document(data)).built_from(data)
        try:
            return handler(data).built_from(data)
        except ValidationError as error:
            names = wire_names(cls)
            given = data if isinstance(data, dict) else {}
            document: JsonObject = {names.get(str(name), str(name)): value for name, value in given.items()}
            problem = problems_of(error, document, wire_names=names)[0]
            raise ModelError(problem.code, problem.pointer, **problem.details) from error

    @classmethod
    def as_document(cls, data: object) -> object:
        """Hold a document to what only its wire form can break, and return what is to be read of it."""
        _check_wire_form(wire_names(cls).values(), data)
        return data

    def built_from(self, data: object) -> Self:
        """Take note of what the model was built from; most have no use for it."""
        del data
        return self

    @classmethod
    def read(cls, document: JsonObject) -> Self:
        """Build the model from parsed JSON.

        Raises:
            ModelError: the document breaks a rule; the first one found, with its place.
        """
        model, problems = cls.check(document)
        if model is None:
            raise ModelError(problems[0].code, problems[0].pointer, **problems[0].details)
        return model

    @classmethod
    def check(cls, document: JsonObject) -> tuple[Self | None, tuple[ModelProblem, ...]]:
        """Build the model from parsed JSON, or list everything that is wrong with the document."""
        try:
            return cls.model_validate(document, context=_READING, by_alias=True, by_name=False), ()
        except ValidationError as error:
            return None, problems_of(error, document)

    def to_json(self) -> JsonObject:
        """Write the object as it stands on the wire: without nulls and empty arrays (JSON serialization)."""
        members: JsonObject = {}
        fields, compacted = self.__dict__, self.compacted
        for name, wire_name in wire_names(type(self)).items():
            value = fields[name]
            if value is None or value == ():
                continue
            if type(value) is str:
                members[wire_name] = value
                continue
            single = name in compacted and len(value) == 1
            members[wire_name] = _to_json(value[0] if single else value)
        if self.model_extra:
            members.update(self.model_extra)
        return members


class TypedNode(Node):
    """An object whose `type` is a set that contains the name of its class, and may contain more."""

    type: Many[str] = ()

    @field_validator("type")
    @classmethod
    def _own_type(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for name in cls.model_fields["type"].get_default():
            if name not in value:
                raise PydanticCustomError("MODEL-TYPE", "type", {"name": name})
        return value


class ClosedNode(Node):
    """An object that allows no members but its own."""

    model_config = ConfigDict(extra="forbid")


def _check_wire_form(names: Collection[str], data: object) -> None:
    if not isinstance(data, dict):
        return
    if None in data.values():  # section "JSON serialization": a null is omitted, never written
        for name, value in data.items():
            if value is None and name in names:
                raise PydanticCustomError("MODEL-NULL", "null", {"at": name, "name": name})
    if "type" in names and "type" not in data:
        raise PydanticCustomError("MODEL-REQUIRED", "missing", {"at": "type", "name": "type"})


@cache
def wire_names(cls: type[Node]) -> dict[str, str]:
    """Return the names of a class's fields on the wire, in the order in which they are written."""
    # A field whose annotation looks forward has no alias until pydantic completes the class.
    names = {name: field.alias or to_camel(name) for name, field in cls.model_fields.items()}
    return dict(sorted(names.items(), key=lambda item: _FIRST.get(item[1], len(_FIRST))))


def _to_json(value: object) -> JsonValue:
    if isinstance(value, tuple | list):
        return [item if type(item) is str else _to_json(item) for item in value]
    if isinstance(value, Node | LanguageValue):
        return value.to_json()
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, date):
        return write_date_time(value) if isinstance(value, datetime) else value.isoformat()
    if isinstance(value, dict):
        return {str(name): _to_json(part) for name, part in value.items()}
    raise TypeError(type(value).__name__)
