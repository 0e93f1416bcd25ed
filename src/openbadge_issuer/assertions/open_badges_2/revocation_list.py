"""The list of signed badges that were revoked."""

from __future__ import annotations

from typing import Annotated, Self, TypeAlias

from pydantic import Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.assertions.node import TypedNode
from openbadge_issuer.assertions.open_badges_2.node import BadgeNode
from openbadge_issuer.assertions.open_badges_2.values import Iri
from openbadge_issuer.assertions.values import Many
from openbadge_issuer.assertions.verifiable_credential import ContextItem


class RevocationEntry(BadgeNode):
    """A revoked assertion or endorsement; listed is revoked, unless `revoked` says that it is not."""

    id: Iri | None = None
    uid: str | None = None
    type: Many[str] = ()
    revoked: bool | None = None
    revocation_reason: str | None = None

    @model_validator(mode="after")
    def _as_a_whole(self) -> Self:
        if self.id is None and self.uid is None:
            raise PydanticCustomError("OB2-REVOCATION-ENTRY", "entry")
        return self


def _form(value: object) -> str:
    return "entry:id" if isinstance(value, str) else "entry:object"


Entry: TypeAlias = Annotated[
    Annotated[Iri, Tag("entry:id")] | Annotated[RevocationEntry, Tag("entry:object")], Discriminator(_form)
]


class RevocationList(TypedNode, BadgeNode):
    """Signed badges of an issuer that were revoked (Open Badges 2.0, RevocationList).

    `status.RevocationList` reads the same document, and that of 3.0, for what it says of one credential.
    """

    context: Many[ContextItem] = Field(default=(), alias="@context")
    id: Iri | None = None
    type: Many[str] = ("RevocationList",)
    issuer: Iri | None = None
    revoked_assertions: Many[Entry]

    def to_json(self) -> JsonObject:
        """Write the list; an empty one says that nothing is revoked, so it stays there."""
        document = super().to_json()
        document.setdefault("revokedAssertions", [])
        return document
