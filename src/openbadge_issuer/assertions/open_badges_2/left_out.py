"""What a badge says that another version of Open Badges has no place for."""

from __future__ import annotations

from typing import Literal

from openbadge_issuer.assertions.json_text import pointer
from openbadge_issuer.assertions.node import Node
from openbadge_issuer.assertions.problems import ModelProblem


class LeftOut:
    """Notes on members that were not carried over, each with its place in the document it stood in.

    Args:
        version: the version that has no place for them.
    """

    def __init__(self, version: Literal["2.0", "3.0"]) -> None:
        self._version = version
        self.notes: list[ModelProblem] = []

    def member(self, document: str, *place: str | int) -> None:
        """Note a member that has no place."""
        self._note("OB2-LEFT-OUT", document, place, version=self._version)

    def replaced(self, document: str, *place: str | int, by: str) -> None:
        """Note a member whose work is done otherwise."""
        self._note("OB2-REPLACED", document, place, by=by)

    def members(self, document: str, node: Node, names: str, *above: str | int) -> None:
        """Note those of the named members that have a value."""
        written = node.to_json()
        for name in names.split():
            if name in written:
                self.member(document, *above, name)

    def further(
        self, document: str, node: Node, *above: str | int, carried: frozenset[str] = frozenset()
    ) -> None:
        """Note every member that the class does not know, but for those that were carried over."""
        for name in node.model_extra or {}:
            if name not in carried:
                self.member(document, *above, name)

    def _note(self, code: str, document: str, place: tuple[str | int, ...], **details: str) -> None:
        name = next((step for step in reversed(place) if isinstance(step, str)), "")
        shown: dict[str, str | int] = {"object": document, "name": name, **details}
        self.notes.append(ModelProblem(code, pointer(*place), shown))
