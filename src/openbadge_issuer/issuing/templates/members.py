"""The members of models in a filling: texts fill slots, and whatever else there is belongs to the shape."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from functools import cache
from typing import Final, Literal, TypeAlias

from openbadge_issuer.assertions import (
    Achievement,
    Alignment,
    Criteria,
    Evidence,
    IdentifierEntry,
    Image,
    LanguageValue,
    Related,
    Result,
    ResultDescription,
    RubricCriterionLevel,
)
from openbadge_issuer.assertions.node import Node, wire_names
from openbadge_issuer.issuing.templates.filling import Filling, NotFixed

Kinds: TypeAlias = AbstractSet[type[Node]]

OF_ACHIEVEMENTS: Final[Kinds] = {
    Achievement,
    Alignment,
    Criteria,
    IdentifierEntry,
    Image,
    Related,
    ResultDescription,
    RubricCriterionLevel,
}
"""What may be in an achievement."""
OF_EVIDENCE: Final[Kinds] = {Evidence}
OF_RESULTS: Final[Kinds] = {Result}

_NAMED: Final[Kinds] = {Achievement, Image, Related, ResultDescription, RubricCriterionLevel}
"""Those that have an identifier. Only they hold others, so nodes without one are never hard to tell apart."""
_PLAIN = (bool, int, float, LanguageValue)

_Role: TypeAlias = Literal["text", "id", "type", "reference"]
_ROLES: dict[str, _Role] = {
    "id": "id",
    "type": "type",
    # These name what is described elsewhere in the badge.
    "achievedLevel": "reference",
    "requiredLevel": "reference",
    "resultDescription": "reference",
}


def add_members(filling: Filling, node: Node, place: str, kinds: Kinds) -> None:
    """Add what a model says.

    Args:
        filling: the filling.
        node: the model.
        place: where it stands in the credential, as JSON Pointer.
        kinds: the classes of models that are allowed here.

    Raises:
        NotFixed: it holds something that a template is not proven for, or that could be changed in place.
    """
    kind, members = type(node), node.__dict__
    if kind not in kinds or node.model_extra or (kind in _NAMED and type(members["id"]) is not str):
        raise NotFixed
    for name, step, role in _steps(kind):
        value = members[name]
        if value is None or value == ():
            continue
        if type(value) is not str:
            _add(filling, value, place + step, kinds)
        elif role == "text":
            filling.text(value, place + step)
        elif role == "id":
            filling.iri(value, place + step)
        else:
            filling.shape.append((place + step, value))


def _add(filling: Filling, value: object, place: str, kinds: Kinds) -> None:
    """Add a value that is more than a text, or one of several."""
    if type(value) is str:
        filling.text(value, place)
    elif type(value) in _PLAIN or place.endswith("/type"):
        filling.shape.append((place, repr(value)))  # as text: 1, 1.0 and True are equal, and written apart
    elif type(value) is tuple:
        for position, item in enumerate(value):
            _add(filling, item, f"{place}/{position}", kinds)
    elif isinstance(value, Node):
        add_members(filling, value, place, kinds)
    else:
        raise NotFixed


@cache
def _steps(kind: type[Node]) -> tuple[tuple[str, str, _Role], ...]:
    """List the fields of a class: each with the last step to its place, and with what its text is."""
    return tuple((name, f"/{wire}", _ROLES.get(wire, "text")) for name, wire in wire_names(kind).items())
