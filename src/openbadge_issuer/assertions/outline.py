"""What stands in a document: one look through it, which settles for most checks that they find nothing.

A check that looks for certain members or types, wherever they stand, need not go through a document whose
outline does not have them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.assertions.json_walk import strings_of


@dataclass(frozen=True, slots=True)
class Outline:
    """The objects of a document and the words in them, contexts and credentials inside included.

    Attributes:
        objects: the objects in which a check may have something to find, each before those inside it.
        names: the names of all members.
        types: all texts that stand as a `type`.
        contexts: how many objects have a context of their own, without proofs where these are known.
        plain: whether it is a plain credential (`acceptance.plain`), which goes nowhere beyond this.
    """

    objects: Sequence[JsonObject]
    names: frozenset[str]
    types: frozenset[str]
    contexts: int
    plain: bool = False

    def lacks(self, names: frozenset[str]) -> bool:
        """Tell whether no member has one of these names."""
        return names.isdisjoint(self.names)


def outline(document: JsonObject) -> Outline:
    """Look through a document."""
    objects: list[JsonObject] = []
    types: list[str] = []
    waiting: list[JsonValue] = [document]
    for value in waiting:  # which grows meanwhile
        if type(value) is dict:
            objects.append(value)
            if "type" in value:
                types += strings_of(value["type"])
            waiting += [part for part in value.values() if type(part) is dict or type(part) is list]
        elif type(value) is list:
            waiting += [part for part in value if type(part) is dict or type(part) is list]
    contexts = sum("@context" in one for one in objects)
    return Outline(objects, frozenset().union(*objects), frozenset(types), contexts)
