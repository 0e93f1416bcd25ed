"""What every extension of Open Badges 2.0 has: a type of its own, and a context of its own."""

from __future__ import annotations

from pydantic import Field, field_validator
from pydantic_core import PydanticCustomError

from openbadge_issuer.assertions.node import TypedNode
from openbadge_issuer.assertions.open_badges_2.node import BadgeNode
from openbadge_issuer.assertions.values import Many, OneOrMore
from openbadge_issuer.assertions.verifiable_credential import ContextItem

EXTENSION = "Extension"
_NAMESPACE = "https://w3id.org/openbadges/extensions#"
_PREFIX = "extensions:"


class Extension(TypedNode, BadgeNode):
    """An object that adds to a badge what Open Badges 2.0 does not know (section "Extensions").

    Its types are `Extension` and one of its own; `@context` says what its members mean.
    """

    context: OneOrMore[ContextItem] = Field(alias="@context")
    type: Many[str] = (EXTENSION,)

    @classmethod
    def as_document(cls, data: object) -> object:
        """Insist on the context too, which a builder may leave out."""
        present = super().as_document(data)
        if isinstance(present, dict) and present.get("@context") is None:
            raise PydanticCustomError("MODEL-REQUIRED", "missing", {"at": "@context", "name": "@context"})
        return present

    @field_validator("type")
    @classmethod
    def _own_type(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        named = {short_type(name) for name in value}
        for name in cls.model_fields["type"].get_default():
            if short_type(name) not in named:
                raise PydanticCustomError("MODEL-TYPE", "type", {"name": name})
        return value


def short_type(name: str) -> str:
    """Write a type of the extensions' namespace with its prefix, whichever way it is written.

    The context of Original Creator begins it with a small letter, which badges do not.
    """
    if name.startswith(_NAMESPACE):
        name = _PREFIX + name.removeprefix(_NAMESPACE)
    return f"{_PREFIX}OriginalCreator" if name == f"{_PREFIX}originalCreator" else name
