"""The base of the models of Open Badges 2.0, whose documents may say the same in several ways."""

from __future__ import annotations

from typing import ClassVar, Final

from pydantic import AliasChoices, AliasGenerator, ConfigDict
from pydantic.alias_generators import to_camel
from pydantic_core import PydanticCustomError

from openbadge_issuer.assertions.node import Node, wire_names

OTHER_NAMES: Final = {"id": "@id", "type": "@type", "verification": "verify"}
"""Members that the context of 2.0 knows by a second name."""


def _names_read(name: str) -> str | AliasChoices:
    other = OTHER_NAMES.get(name)
    return AliasChoices(name, other) if other else to_camel(name)


class BadgeNode(Node):
    """An object of Open Badges 2.0.

    Documents are read as they are written, without JSON-LD processing: a member under its term or under the
    context's alias for it, null as absent, `{"id": …}` as a reference. What says the same under other names
    (full IRIs, a context of its own) must be compacted with the 2.0 context before it is read.
    """

    model_config = ConfigDict(alias_generator=AliasGenerator(alias=to_camel, validation_alias=_names_read))

    compacted: ClassVar[frozenset[str]] = frozenset(
        {"context", "type", "public_key", "starts_with", "allowed_origins"}
    )

    @classmethod
    def as_document(cls, data: object) -> object:
        """Leave out what is null, as JSON-LD does; insist on `type` where the class has a name of its own."""
        if not isinstance(data, dict):
            return data
        known = {*wire_names(cls).values(), *OTHER_NAMES.values()}
        present = {name: value for name, value in data.items() if value is not None or name not in known}
        field = cls.model_fields.get("type")
        if field is not None and field.get_default() and not present.keys() & {"type", "@type"}:
            raise PydanticCustomError("MODEL-REQUIRED", "missing", {"at": "type", "name": "type"})
        return present
