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
import secrets
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.jsonld.compiled.active_context import Declined
from openbadge_issuer.jsonld.compiled.form import statements
from openbadge_issuer.jsonld.compiled.ordered_blocks import OrderedBlocks
from openbadge_issuer.jsonld.contexts import ContextLoader
from openbadge_issuer.jsonld.iri import BASE
from openbadge_issuer.jsonld.limits import MAX_STRING
from openbadge_issuer.jsonld.rdfc import Digest, Statement, first_degree_lines, hash_lines, written

MAX_SHARED = MAX_STRING // 2
"""Characters of the marked statements; the rest of what a canonical form may hold is room for values."""

_SLOT_IRI = re.compile(rf"(?!{re.escape(BASE)})([A-Za-z][A-Za-z0-9+.\-]*+:(?://)?+)[!#-;=?-\[\]_a-z~]++\Z")
_IRI = re.compile(r"<([^<>]*)>")


def scheme_of(iri: str) -> str | None:
    """Return the part of an IRI that its mark must share, such as `https://`; None if it may fill no slot.

    Only ASCII that needs no escape anywhere is taken.
    """
    found = _SLOT_IRI.match(iri)
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
        self, lines: Iterable[str], quads: Sequence[Statement], marks: Mapping[str, int], digest: Digest
    ) -> None:
        self._digest: Final[Digest] = digest
        self.iris: Final = frozenset(_IRI.findall(_written(lines, quads)))
        """The IRIs of the shared part; a value may be none of them."""
        seen = {node: OrderedBlocks([own], marks) for node, own in first_degree_lines(quads).items()}
        nodes = sorted(seen, key=lambda node: bool(seen[node].slots))
        self._fixed_hashes: Final = [
            hash_lines(seen[node].filled(()), digest) for node in nodes if not seen[node].slots
        ]
        self._hashed: Final = [seen[node] for node in nodes if seen[node].slots]
        self._names: Final = [f"_:c14n{number}" for number in range(len(nodes))]
        self._by_name: Final = sorted(range(len(nodes)), key=self._names.__getitem__)
        # The labels fill slots too: it depends on the values which node has which.
        labels = {node: f"_:{secrets.token_hex(16)}" for node in nodes}
        every = {**marks, **{label: len(marks) + number for number, label in enumerate(labels.values())}}
        about: dict[str, list[str]] = {label: [] for label in labels.values()}
        named = [*lines]
        for line in written(quads, labels):
            about.get(line.partition(" ")[0], named).append(line)
        self._lines: Final = OrderedBlocks([*about.values(), named], every)

    @classmethod
    def of(
        cls, document: JsonObject, marks: Mapping[str, int], loader: ContextLoader, digest: Digest
    ) -> CanonicalPattern | None:
        """Interpret a document with marks; None if that is declined, or a mark does not come out."""
        found = statements(document, loader)
        if found is None:
            return None
        text = _written(*found)
        if len(text) > MAX_SHARED or not all(
            0 < text.count(mark) == text.count(mark[1:-1]) for mark in marks
        ):
            return None
        return cls(*found, marks, digest)

    def nquads(self, values: Sequence[str]) -> bytes | None:
        """Write the canonical N-Quads with these terms (`<…>` or `"…"`) in the slots; None if unproven."""
        try:
            order = self._order(values)
            labels = self._names.copy()
            for node, name in zip(order, self._names, strict=True):
                labels[node] = name
            # What is said of named nodes stands before what is said of others.
            blocks = (len(order), *[order[place] for place in self._by_name])
            nquads = self._lines.filled([*values, *labels], blocks).encode("utf-8")
        except Declined:
            return None
        return nquads if len(nquads) <= MAX_STRING else None

    def _order(self, values: Sequence[str]) -> list[int]:
        """Put the blank nodes in the order of their hashes (RDF Dataset Canonicalization, section 4.4.3)."""
        digest = self._digest
        hashes = [*self._fixed_hashes, *[hash_lines(own.filled(values), digest) for own in self._hashed]]
        if len(set(hashes)) < len(hashes):
            raise Declined
        return sorted(range(len(hashes)), key=hashes.__getitem__)


def _written(lines: Iterable[str], quads: Iterable[Statement]) -> str:
    return "".join((*lines, *(f"{' '.join(quad)}\n" for quad in quads)))
