"""The canonical form of documents that differ in a few texts: what they share is interpreted once.

A document with marks in the places of those texts is walked through as any other. Where a mark comes out
in a statement, a value can be written instead; blank nodes that a mark touches are hashed anew for every
document, and all others once. The result is that of the compiled way as long as

- an IRI has the scheme of its mark, so that prefixes were seen to leave it alone;
- it is none of those that stand in the shared part, and all of them differ, so that no two nodes become one;
- no two statements and no two blank nodes become equal; that is seen at the end, and declined.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from operator import eq
from typing import Final

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.assertions.text_pattern import TextPattern
from openbadge_issuer.jsonld.compiled.form import statements
from openbadge_issuer.jsonld.contexts import ContextLoader
from openbadge_issuer.jsonld.iri import BASE
from openbadge_issuer.jsonld.limits import MAX_STRING
from openbadge_issuer.jsonld.rdfc import Digest, Statement, first_degree_lines, hash_lines, written

_SLOT_IRI = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*+:(?://)?+)[!#-;=?-\[\]_a-z~]++\Z")
_IRI = re.compile(r"<([^<>]*)>")


def scheme_of(iri: str) -> str | None:
    """Return the part of an IRI that its mark must share, such as `https://`; None if it may fill no slot.

    Only ASCII that needs no escape anywhere is taken.
    """
    found = None if iri.startswith(BASE) else _SLOT_IRI.match(iri)
    return None if found is None else found[1]


class CanonicalPattern:
    """The canonical N-Quads of one document with slots.

    Args:
        lines: the statements without blank nodes, as `form.statements` gives them.
        quads: the others.
        marks: what stands in the statements for which slot: `<…>` or `"…"`.
        digest: the hash algorithm with which blank nodes are labelled.
    """

    def __init__(
        self, lines: Sequence[str], quads: Sequence[Statement], marks: Mapping[str, int], digest: Digest
    ) -> None:
        self._lines: Final = lines
        self._quads: Final = quads
        self._marks: Final = marks
        self._digest: Final[Digest] = digest
        about = {
            node: TextPattern("".join(own)[:-1], marks) for node, own in first_degree_lines(quads).items()
        }
        fixed = [node for node, pattern in about.items() if not pattern.slots]
        varying = [node for node, pattern in about.items() if pattern.slots]
        self._nodes: Final = [*fixed, *varying]
        self._fixed_hashes: Final = [self._hash(about[node].filled(())) for node in fixed]
        self._hashed: Final = [about[node] for node in varying]
        self._by_order: Final[dict[tuple[int, ...], tuple[list[str], TextPattern]]] = {}
        self.iris: Final = frozenset(_IRI.findall(_written(lines, quads)))
        """The IRIs of the shared part; a value may be none of them."""

    @classmethod
    def of(
        cls, document: JsonObject, marks: Mapping[str, int], loader: ContextLoader, digest: Digest
    ) -> CanonicalPattern | None:
        """Interpret a document with marks; None if that is declined, or a mark does not come out."""
        found = statements(document, loader)
        if found is None:
            return None
        text = _written(*found)
        if not all(0 < text.count(mark) == text.count(mark[1:-1]) for mark in marks):
            return None
        return cls(*found, marks, digest)

    def nquads(self, values: Sequence[str]) -> bytes | None:
        """Write the canonical N-Quads with these terms (`<…>` or `"…"`) in the slots; None if unproven."""
        hashes = [*self._fixed_hashes, *(self._hash(pattern.filled(values)) for pattern in self._hashed)]
        if len(set(hashes)) < len(hashes):
            return None
        order = tuple(sorted(range(len(hashes)), key=hashes.__getitem__))
        fixed, varying = self._by_order.get(order) or self._labelled(order)
        lines = fixed + varying.filled(values).split("\n")
        lines.sort()
        if any(map(eq, lines, islice(lines, 1, None))):
            return None
        nquads = ("\n".join(lines) + "\n").encode("utf-8")
        return nquads if len(nquads) <= MAX_STRING else None

    def _hash(self, lines: str) -> str:
        return hash_lines("\n".join((*sorted(lines.split("\n")), "")), self._digest)

    def _labelled(self, order: tuple[int, ...]) -> tuple[list[str], TextPattern]:
        """Write all statements with the labels that follow from an order of the hashes."""
        labels = {self._nodes[place]: f"_:c14n{number}" for number, place in enumerate(order)}
        lines = [line[:-1] for line in (*self._lines, *written(self._quads, labels))]
        varies = {line: bool(TextPattern(line, self._marks).slots) for line in lines}
        fixed = sorted(line for line in lines if not varies[line])
        varying = TextPattern("\n".join(line for line in lines if varies[line]), self._marks)
        if len(self._by_order) >= _MAX_ORDERS:
            self._by_order.clear()
        self._by_order[order] = fixed, varying
        return fixed, varying


def _written(lines: Iterable[str], quads: Iterable[Statement]) -> str:
    return "".join((*lines, *(f"{' '.join(quad)}\n" for quad in quads)))


_MAX_ORDERS = 256  # two blank nodes that vary among four have twelve
