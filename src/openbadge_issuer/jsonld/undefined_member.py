"""A member of a document that its canonical form says nothing about."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class UndefinedMember:
    """A member outside the canonical form, so outside a signature over it.

    Attributes:
        pointer: where it stands (RFC 6901).
        name: its name as written.
        code: the rule that says why; nearly always that no context defines it.
    """

    pointer: str
    name: str
    code: str = "JSONLD-UNDEFINED-TERM"
