"""What a document becomes before it is hashed."""

from __future__ import annotations

from dataclasses import dataclass

from openbadge_issuer.jsonld.undefined_member import UndefinedMember


@dataclass(frozen=True, slots=True)
class CanonicalForm:
    """The canonical N-Quads of a document, and the members that they say nothing about.

    Attributes:
        nquads: canonical N-Quads in UTF-8 (RDFC-1.0).
        undefined: the members that a signature over `nquads` does not cover.
    """

    nquads: bytes
    undefined: tuple[UndefinedMember, ...]
