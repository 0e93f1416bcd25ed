"""The canonical form of a document by the compiled way, where it has one."""

from __future__ import annotations

from itertools import islice
from operator import eq

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.errors import CanonicalizationError
from openbadge_issuer.jsonld.compiled.active_context import Declined
from openbadge_issuer.jsonld.compiled.refusal import in_order, refuse
from openbadge_issuer.jsonld.compiled.store import has_inline, tables_for
from openbadge_issuer.jsonld.compiled.tables import Suspect, Tables
from openbadge_issuer.jsonld.compiled.walk import Walk
from openbadge_issuer.jsonld.contexts import ContextLoader
from openbadge_issuer.jsonld.form import CanonicalForm
from openbadge_issuer.jsonld.inline import inline_contexts
from openbadge_issuer.jsonld.limits import MAX_STRING, check_limits
from openbadge_issuer.jsonld.rdfc import (
    Digest,
    Statement,
    canonical_labels,
    first_degree_labels,
    work_allowed,
    written,
)
from openbadge_issuer.jsonld.watch import undefined_members


def compiled_form(
    document: JsonObject, *, loader: ContextLoader, digest: Digest = "sha256"
) -> CanonicalForm | None:
    """Interpret a document by compiled contexts; None where that is not proven to give the general result.

    Arguments, result and errors are otherwise those of `canonical.canonical_form`.
    """
    try:
        return _form(document, tables_for(document, loader), loader, digest)
    except (Declined, RecursionError):
        return None
    except UnicodeEncodeError:
        check_limits(document)  # it knows where half a character stands
        return None


def _form(
    document: JsonObject, in_use: Tables, loader: ContextLoader, digest: Digest
) -> CanonicalForm | None:
    walk = Walk(document, in_use, loader)
    try:
        walk.run()
    except (Suspect, CanonicalizationError):
        _check(document)
        refuse(document, in_use, loader)
        return None
    if walk.noted or walk.unusual:
        _check(document)
    nquads = _nquads(walk, document, in_use, loader, digest)
    if len(nquads) > MAX_STRING:
        _check(document)
    return CanonicalForm(nquads, undefined_members(document, walk.noted) if walk.noted else ())


def statements(document: JsonObject, loader: ContextLoader) -> tuple[list[str], list[Statement]] | None:
    """Interpret a document of which every member is signed, by compiled contexts.

    Returns:
        The statements without blank nodes as lines, and the others; None if the compiled way declines, or
        anything about the document is out of the ordinary.
    """
    try:
        walk = Walk(document, tables_for(document, loader), loader)
        walk.run()
    except (Declined, RecursionError, Suspect, CanonicalizationError, UnicodeEncodeError):
        return None
    if walk.noted or walk.unusual:
        return None
    return list(dict.fromkeys(walk.lines)), list(dict.fromkeys(walk.quads))


def _check(document: JsonObject) -> None:
    """Hold a document against the limits, and decline contexts in parts of it that were not looked at."""
    if has_inline(document):
        return  # it was done when its tables were chosen
    check_limits(document)
    if next(inline_contexts(document), None) is not None:
        raise Declined


def _nquads(walk: Walk, document: JsonObject, in_use: Tables, loader: ContextLoader, digest: Digest) -> bytes:
    """Label the blank nodes, and write all statements in order."""
    lines = walk.lines
    if walk.quads:
        quads = list(dict.fromkeys(walk.quads))
        labels = first_degree_labels(quads, digest)
        if labels is None:
            # Equal-looking nodes: the work of telling them apart depends on the order in which they come,
            # and must not depend on which way the document took.
            ordered = Walk(in_order(document), in_use, loader)
            ordered.run()
            quads = list(dict.fromkeys(ordered.quads))
            labels = canonical_labels(quads, digest, work_allowed(len(set(lines)) + len(quads)))
        lines = lines + written(quads, labels)
    lines.sort()
    if any(map(eq, lines, islice(lines, 1, None))):
        lines = sorted(set(lines))
    return "".join(lines).encode("utf-8")
