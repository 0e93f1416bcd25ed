"""Selective disclosure of JSON-LD: parts of a document by JSON Pointer, and the statements that they make.

A part does not say which blank node of the whole it speaks of. So every node without an identifier is given
one before the document is taken apart, and loses it again in the statements ("skolemization"). The
identifier is put where the node stands, without compacting the document anew as the specification does, so
pointers always mean the document as it is written.
Source: Data Integrity ECDSA Cryptosuites 1.0, section 3.4 "Selective Disclosure Functions".
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.errors import CanonicalizationError, IssuingError, LimitError
from openbadge_issuer.jsonld.contexts import ContextLoader
from openbadge_issuer.jsonld.dataset import expanded_dataset
from openbadge_issuer.jsonld.iri import BASE
from openbadge_issuer.jsonld.limits import check_limits
from openbadge_issuer.jsonld.nquads import Quad, Term, is_blank
from openbadge_issuer.jsonld.rdfc import canonicalize_dataset
from openbadge_issuer.signing.data_integrity import shown, without_proof

MAX_POINTERS = 1000
"""Pointers in one selection; a badge has a few dozen members."""

Labels: TypeAlias = "Mapping[Term, Term]"

_ALONG = ("id", "@id", "type", "@type")
_NAME = "urn:openbadge-issuer:node:"
_NAMED = "_:n"  # blank nodes that were given a name
_UNKNOWN = "_:?"  # blank nodes of a part that have none: named graphs and the cells of ordered lists


def select(document: JsonObject, pointers: Iterable[str]) -> JsonObject:
    """Return the part of a document that JSON Pointers select, with the `id` and `type` of what is around it.

    Raises:
        IssuingError: `SD-POINTER`, a pointer leads nowhere, or to the contexts or the proof.
        LimitError: `SD-POINTERS`.
    """
    wanted = _Wanted()
    for count, text in enumerate(pointers, start=1):
        if count > MAX_POINTERS:
            raise LimitError("SD-POINTERS", limit=MAX_POINTERS)
        wanted.add(text)
    plain = without_proof(document)
    context = {"@context": plain["@context"]} if "@context" in plain else {}
    selected = _selected(plain, wanted, "")
    return context | selected if isinstance(selected, dict) else context


def relabel(quads: Iterable[Quad], labels: Labels) -> list[Quad]:
    """Give blank nodes other labels; those without another one keep theirs."""
    return [
        Quad(
            labels.get(quad.subject, quad.subject),
            quad.predicate,
            labels.get(quad.object, quad.object),
            labels.get(quad.graph, quad.graph),
        )
        for quad in quads
    ]


def sorted_lines(quads: Iterable[Quad]) -> list[str]:
    """Write statements as sorted lines, each once."""
    return sorted({quad.line() for quad in quads})


@dataclass(frozen=True, slots=True)
class Part:
    """Some statements of a document: their numbers among its lines, and themselves."""

    numbers: frozenset[int] = frozenset()
    quads: tuple[Quad, ...] = ()


@dataclass(frozen=True, slots=True)
class Disclosure:
    """A document prepared for being disclosed in part.

    Attributes:
        lines: every statement of the document, sorted, under the labels that were asked for.
    """

    lines: tuple[str, ...]
    _document: JsonObject
    _quads: frozenset[Quad]
    _labels: Labels
    _loader: ContextLoader

    @classmethod
    def of(
        cls, document: JsonObject, *, nquads: bytes, label: Callable[[str], str], loader: ContextLoader
    ) -> Disclosure:
        """Prepare a document.

        Args:
            document: the document without its proofs.
            nquads: its canonical form.
            label: gives the label for a canonical label such as `c14n0`, both without `_:`.
            loader: the contexts to read the document under.

        Raises:
            CanonicalizationError: `SD-DOCUMENT`, the document cannot be taken apart.
        """
        named = _with_names(document, loader)
        quads, _ = _said_by(named, loader)
        canonical = canonicalize_dataset(quads)
        if canonical.nquads != nquads:  # giving nodes names must change nothing
            raise CanonicalizationError("SD-DOCUMENT")
        labels = {f"_:{before}": f"_:{label(after)}" for before, after in canonical.labels.items()}
        lines = tuple(sorted_lines(relabel(quads, labels)))
        return cls(lines, named, frozenset(quads), labels, loader)

    def part(self, pointers: Sequence[str]) -> Part:
        """Find the statements that a selection makes; no pointers select nothing.

        Raises:
            IssuingError: `SD-POINTER`, a pointer leads nowhere, or to something that says nothing by itself.
        """
        if not pointers:
            return Part()
        selected, silent = _said_by(select(self._document, pointers), self._loader)
        quads = _matched(selected, self._quads)
        if silent or not self._quads.issuperset(quads):  # a language without its text, an item of a list
            raise IssuingError("SD-POINTER", pointer=shown(" ".join(pointers)))
        lines = {quad.line() for quad in relabel(quads, self._labels)}
        numbers = frozenset(number for number, line in enumerate(self.lines) if line in lines)
        return Part(numbers, tuple(quads))

    def labels_in(self, part: Part) -> dict[str, str]:
        """Return, by the canonical label that a reader of the part will give a node, its label here."""
        canonical = canonicalize_dataset(part.quads).labels
        return {after: self._labels[f"_:{before}"][2:] for before, after in canonical.items()}


@dataclass(slots=True)
class _Wanted:
    """What is wanted of a value: the whole of it, or what is wanted below each of its members or items."""

    whole: bool = False
    below: dict[str, _Wanted] = field(default_factory=dict)

    def add(self, text: str) -> None:
        root, *steps = text.split("/")
        if root or steps[:1] in (["@context"], ["proof"]):
            raise IssuingError("SD-POINTER", pointer=shown(text))
        wanted = self
        for step in steps:
            wanted = wanted.below.setdefault(step.replace("~1", "/").replace("~0", "~"), _Wanted())
        wanted.whole = True


def _selected(value: JsonValue, wanted: _Wanted, place: str) -> JsonValue:
    if wanted.whole:
        return copy.deepcopy(value)
    steps: dict[str, JsonValue] = {}
    if isinstance(value, dict):
        steps = value
    elif isinstance(value, list):
        steps = {str(number): item for number, item in enumerate(value)}
    for step in wanted.below:
        if step not in steps:
            raise IssuingError("SD-POINTER", pointer=shown(f"{place}/{step}"))
    parts = {
        step: _selected(item, wanted.below[step], f"{place}/{step}")
        for step, item in steps.items()
        if step in wanted.below
    }
    if isinstance(value, list):
        return [*parts.values()]
    along = {
        name: copy.deepcopy(steps[name]) for name in _ALONG if name in steps and not _is_label(steps[name])
    }
    return along | {name: part for name, part in parts.items() if name not in along}


def _is_label(value: JsonValue) -> bool:
    return isinstance(value, str) and value.startswith("_:")


def _with_names(document: JsonObject, loader: ContextLoader) -> JsonObject:
    """Give every node of a document that has no identifier one, where it stands."""
    from openbadge_issuer.jsonld.expansion import expand  # noqa: PLC0415  # pyld takes 0.2 s to import

    named = copy.deepcopy(document)
    for number, place in enumerate(expand(document, loader=loader, find_unnamed=True).unnamed):
        *steps, member = place.split("/")[1:]
        node: JsonValue = named
        for step in steps:
            if isinstance(node, dict):
                node = node[step.replace("~1", "/").replace("~0", "~")]
            elif isinstance(node, list):
                node = node[int(step)]
        if isinstance(node, dict):
            node[member] = f"{_NAME}{number}"
    return named


def _said_by(document: JsonObject, loader: ContextLoader) -> tuple[list[Quad], bool]:
    """Write what a document says as statements, without the names; tell whether some of it says nothing."""
    from openbadge_issuer.jsonld.expansion import expand  # noqa: PLC0415  # as above

    check_limits(document)
    expansion = expand(document, loader=loader)
    quads = expanded_dataset(expansion.nodes, base=BASE)
    names = {
        term: _NAMED + term[len(_NAME) + 1 : -1]
        for quad in quads
        for term in (quad.subject, quad.object)
        if term.startswith(f"<{_NAME}")
    }
    return list(dict.fromkeys(relabel(quads, names))), bool(expansion.undefined)


def _matched(part: Sequence[Quad], whole: Collection[Quad]) -> list[Quad]:
    """Find the nodes without a name of a part in the whole, by statements that speak of just one of them."""
    unknown = {
        term: _UNKNOWN + term[2:]
        for quad in part
        for term in (quad.subject, quad.object, quad.graph)
        if is_blank(term) and not term.startswith(_NAMED)
    }
    quads = relabel(part, unknown)
    if not unknown:
        return quads
    candidates: dict[tuple[Term | None, ...], set[Term]] = {}
    for quad in whole:
        for term in {quad.subject, quad.object, quad.graph}:
            if is_blank(term) and not term.startswith(_NAMED):
                candidates.setdefault(_pattern(quad, term), set()).add(term)
    found: dict[Term, Term] = {}
    before = -1
    while before < len(found):
        before = len(found)
        for quad in quads:
            [known] = relabel([quad], found)
            open_terms = {term for term in known if term.startswith(_UNKNOWN)}
            if len(open_terms) == 1:
                term = open_terms.pop()
                fitting = candidates.get(_pattern(known, term), set())
                if len(fitting) == 1:
                    [found[term]] = fitting
    return relabel(quads, found)


def _pattern(quad: Quad, term: Term) -> tuple[Term | None, ...]:
    return tuple(None if part == term else part for part in quad)
