"""RDFC-1.0: one canonical labelling of the blank nodes of a dataset, whoever labelled them before.

Names and numbers follow RDF Dataset Canonicalization (W3C Recommendation, 21 May 2024), section 4.
Equal-looking blank nodes are told apart by trying orders, which is factorial at worst: the work is counted,
and a dataset that wants more than its size allows is refused. Why this is ours: docs/adr/0003-own-rdfc.md.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from operator import eq
from typing import Literal, Protocol, TypeAlias

from openbadge_issuer.errors import LimitError
from openbadge_issuer.jsonld.nquads import Term, is_blank

Digest = Literal["sha256", "sha384"]
Statement: TypeAlias = tuple[Term, Term, Term, Term]
"""Subject, predicate, object and graph of a quad; the graph is empty for the default graph."""


class _Hash(Protocol):
    def hexdigest(self) -> str: ...


_Algorithm: TypeAlias = Callable[[bytes], _Hash]
_ALGORITHMS: Mapping[Digest, _Algorithm] = {"sha256": hashlib.sha256, "sha384": hashlib.sha384}

BASE_WORK = 20_000
"""Units (a quad looked through, a place in an order tried) that every dataset may use: some 20 ms.

The hardest published vector that must pass takes under half of it."""

WORK_PER_QUAD = 16
"""Further units for each quad, so that a large dataset with many equal leaves stays within its means."""

MAX_DEPTH = 200
"""How far a chain of equal-looking blank nodes is followed; Python's own stack ends at 1,000 frames."""


@dataclass(frozen=True, slots=True)
class CanonicalDataset:
    """The canonical N-Quads of a dataset, and which label each of its blank nodes got (without `_:`)."""

    nquads: bytes
    labels: Mapping[str, str]


def canonicalize_dataset(
    quads: Iterable[Statement], *, digest: Digest = "sha256", max_work: int | None = None
) -> CanonicalDataset:
    """Label the blank nodes canonically and write the dataset as sorted N-Quads (section 4.4.3).

    Args:
        quads: the dataset; a quad given twice counts once.
        digest: the hash algorithm, part of the cryptosuite that asks (SHA-384 goes with P-384).
        max_work: the budget in units of work; by default it grows with the number of quads.

    Raises:
        LimitError: telling equal-looking blank nodes apart takes more work than allowed (`JSONLD-WORK`).
    """
    dataset = list(dict.fromkeys(quads))
    budget = BASE_WORK + WORK_PER_QUAD * len(dataset) if max_work is None else max_work
    labels = _Canonicalization(dataset, digest, budget).label()
    return CanonicalDataset(
        "".join(sorted(written(dataset, labels))).encode("utf-8"),
        {before[2:]: after[2:] for before, after in labels.items()},
    )


def labelled_lines(
    rests: Mapping[Term, list[str]], quads: Iterable[Statement], digest: Digest
) -> list[str] | None:
    """Write the statements of a dataset that have blank nodes, if no two of those look equal.

    That is nearly every dataset; steps 3 and 4 of section 4.4.3 are then enough.

    Args:
        rests: what is said of blank nodes in the default graph without mention of another one: by the node,
            the rest of each line; they are put in order.
        quads: all other statements with blank nodes.
        digest: the hash algorithm.

    Returns:
        The lines, in no order, or None if some nodes look equal.
    """
    seen: dict[Term, list[str]] = {}
    for node, own in rests.items():
        own.sort()
        if any(map(eq, own, islice(own, 1, None))):  # a statement made twice counts once
            own[:] = sorted({*own})
        seen[node] = [f"_:a{rest}" for rest in own]
    others = list(dict.fromkeys(quads))
    hashes = _first_degree_hashes(others, _ALGORITHMS[digest], seen)
    nodes = {found: node for node, found in hashes.items()}
    if len(nodes) < len(hashes):
        return None
    labels = {nodes[found]: f"_:c14n{number}" for number, found in enumerate(sorted(nodes))}
    lines = written(others, labels)
    for node, own in rests.items():
        label = labels[node]
        for rest in own:
            lines.append(label + rest)
    return lines


def written(quads: Iterable[Statement], labels: Mapping[Term, Term]) -> list[str]:
    """Write quads as lines, with other labels for their blank nodes."""
    lines = []
    for subject, predicate, target, graph in quads:
        one = labels[subject] if subject[0] == "_" else subject
        two = labels[target] if target[0] == "_" else target
        if graph:
            three = labels[graph] if graph[0] == "_" else graph
            lines.append(f"{one} {predicate} {two} {three} .\n")
        else:
            lines.append(f"{one} {predicate} {two} .\n")
    return lines


def _by_node(quads: Iterable[Statement]) -> dict[Term, list[Statement]]:
    """Give the quads of each blank node; where it stands twice in a quad, that is still one."""
    nodes: dict[Term, list[Statement]] = {}
    for quad in quads:
        subject, _, target, graph = quad
        if subject[0] == "_":
            nodes.setdefault(subject, []).append(quad)
        if target[0] == "_" and target != subject:
            nodes.setdefault(target, []).append(quad)
        if graph and graph[0] == "_" and graph not in (subject, target):
            nodes.setdefault(graph, []).append(quad)
    return nodes


def first_degree_lines(
    quads: Iterable[Statement], seen: Mapping[Term, list[str]] | None = None
) -> dict[Term, list[str]]:
    """Write the quads of each blank node, itself as `_:a`, any other as `_:z` (section 4.6, step 3).

    Args:
        quads: the quads.
        seen: lines of the nodes so written from further quads.
    """
    nodes: defaultdict[Term, list[str]] = defaultdict(list, seen or {})
    for subject, predicate, target, graph in quads:
        if graph:
            for node in dict.fromkeys((subject, target, graph)):
                if node[0] == "_":
                    one, two, three = (_seen_from(node, term) for term in (subject, target, graph))
                    nodes[node].append(f"{one} {predicate} {two} {three} .\n")
        elif subject[0] != "_":
            if target[0] == "_":
                nodes[target].append(f"{subject} {predicate} _:a .\n")
        elif target[0] != "_":
            nodes[subject].append(f"_:a {predicate} {target} .\n")
        elif target != subject:
            nodes[subject].append(f"_:a {predicate} _:z .\n")
            nodes[target].append(f"_:z {predicate} _:a .\n")
        else:
            nodes[subject].append(f"_:a {predicate} _:a .\n")
    return nodes


def hash_lines(lines: str, digest: Digest) -> str:
    """Hash the sorted lines of a blank node (section 4.6, steps 4 and 5)."""
    return _ALGORITHMS[digest](lines.encode("utf-8")).hexdigest()


def _first_degree_hashes(
    quads: Iterable[Statement], algorithm: _Algorithm, seen: Mapping[Term, list[str]] | None = None
) -> dict[Term, str]:
    return {
        node: algorithm("".join(sorted(lines)).encode("utf-8")).hexdigest()
        for node, lines in first_degree_lines(quads, seen).items()
    }


def _seen_from(node: Term, term: Term) -> Term:
    if term[0] != "_":
        return term
    return "_:a" if term == node else "_:z"


class _Issuer:
    """Identifiers in the order in which they were issued (section 4.5)."""

    __slots__ = ("issued", "prefix")

    def __init__(self, prefix: str, issued: dict[Term, Term] | None = None) -> None:
        self.prefix = prefix
        self.issued: dict[Term, Term] = {} if issued is None else issued

    def issue(self, node: Term) -> Term:
        known = self.issued.get(node)
        if known is None:
            known = self.issued[node] = f"{self.prefix}{len(self.issued)}"
        return known

    def copy(self) -> _Issuer:
        return _Issuer(self.prefix, self.issued.copy())


class _Canonicalization:
    """The canonicalization state of one dataset (section 4.2)."""

    def __init__(self, quads: Sequence[Statement], digest: Digest, work: int) -> None:
        self._algorithm = _ALGORITHMS[digest]
        self._limit = self._left = work
        self._canonical = _Issuer("_:c14n")
        self._first_degree = _first_degree_hashes(quads, self._algorithm)
        self._quads = _by_node(quads)

    def label(self) -> dict[Term, Term]:
        """Issue every canonical identifier (section 4.4.3, steps 3 to 5)."""
        groups: dict[str, list[Term]] = {}
        for node, found in self._first_degree.items():
            groups.setdefault(found, []).append(node)
        ordered = [groups[found] for found in sorted(groups)]
        for nodes in ordered:
            if len(nodes) == 1:
                self._canonical.issue(nodes[0])
        for nodes in ordered:
            if len(nodes) > 1:
                self._label_tied(nodes)
        return self._canonical.issued

    def _label_tied(self, nodes: Sequence[Term]) -> None:
        results: list[tuple[str, _Issuer]] = []
        for node in nodes:
            if node not in self._canonical.issued:
                issuer = _Issuer("_:b")
                issuer.issue(node)
                results.append(self._hash_n_degree(node, issuer, 0))
        for _, issuer in sorted(results, key=lambda result: result[0]):
            for node in issuer.issued:
                self._canonical.issue(node)

    def _hash(self, text: str) -> str:
        return self._algorithm(text.encode("utf-8")).hexdigest()

    def _related(self, node: Term, issuer: _Issuer) -> dict[str, list[Term]]:
        """Group the blank nodes that share a quad with this one by their hash (sections 4.7 and 4.8, step 3).

        A list, not a set: a node related by two quads counts twice.
        """
        related: dict[str, list[Term]] = {}
        quads = self._quads[node]
        self._spend(len(quads))
        for subject, term, target, graph in quads:
            for position, other in (("s", subject), ("o", target), ("g", graph)):
                if other != node and is_blank(other):
                    name = self._canonical.issued.get(other) or issuer.issued.get(other)
                    predicate = "" if position == "g" else term
                    found = self._hash(f"{position}{predicate}{name or self._first_degree[other]}")
                    related.setdefault(found, []).append(other)
        return related

    def _hash_n_degree(self, node: Term, issuer: _Issuer, depth: int) -> tuple[str, _Issuer]:
        """Hash a node by the shape of the graph around it (section 4.8)."""
        if depth > MAX_DEPTH:
            raise LimitError("JSONLD-WORK", limit=self._limit)
        data: list[str] = []
        for found, nodes in sorted(self._related(node, issuer).items()):
            chosen: tuple[str, _Issuer] | None = None
            for order in _distinct_orders(nodes):
                tried = self._path(order, issuer, chosen[0] if chosen else "", depth)
                if tried is not None and (chosen is None or tried[0] < chosen[0]):
                    chosen = tried
            if chosen is not None:
                data += (found, chosen[0])
                issuer = chosen[1]
        return self._hash("".join(data)), issuer

    def _path(
        self, order: Sequence[Term], issuer: _Issuer, best: str, depth: int
    ) -> tuple[str, _Issuer] | None:
        """Walk the related nodes in one order; None as soon as a better path is known (step 5.4)."""
        self._spend(1 + len(order) + len(issuer.issued) // 8)
        issuer = issuer.copy()
        path = ""
        new: list[Term] = []
        for node in order:
            known = self._canonical.issued.get(node)
            if known is None:
                if node not in issuer.issued:
                    new.append(node)
                known = issuer.issue(node)
            path += known
            if best and len(path) >= len(best) and path > best:
                return None
        for node in new:
            found, result = self._hash_n_degree(node, issuer, depth + 1)
            path += f"{issuer.issue(node)}<{found}>"
            issuer = result
            if best and len(path) >= len(best) and path > best:
                return None
        return path, issuer

    def _spend(self, units: int) -> None:
        self._left -= units
        if self._left < 0:
            raise LimitError("JSONLD-WORK", limit=self._limit)


def _distinct_orders(nodes: Sequence[Term]) -> Iterator[Sequence[Term]]:
    """Yield each order once, from the least to the greatest, where equal nodes have no order among them."""
    order = sorted(nodes)
    while True:
        yield order
        tail = len(order) - 2
        while tail >= 0 and order[tail] >= order[tail + 1]:
            tail -= 1
        if tail < 0:
            return
        order = order.copy()
        swap = len(order) - 1
        while order[swap] <= order[tail]:
            swap -= 1
        order[tail], order[swap] = order[swap], order[tail]
        order[tail + 1 :] = reversed(order[tail + 1 :])
