"""The canonical form of a document by the compiled way, where it has one."""

from __future__ import annotations

from itertools import islice
from operator import eq

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.errors import CanonicalizationError
from openbadge_issuer.jsonld.compiled.active_context import Declined
from openbadge_issuer.jsonld.compiled.ordered import QuadWalk, in_order
from openbadge_issuer.jsonld.compiled.refusal import refuse
from openbadge_issuer.jsonld.compiled.store import has_inline, tables_for
from openbadge_issuer.jsonld.compiled.tables import Suspect, Tables
from openbadge_issuer.jsonld.compiled.walk import Walk
from openbadge_issuer.jsonld.contexts import ContextLoader
from openbadge_issuer.jsonld.form import CanonicalForm
from openbadge_issuer.jsonld.inline import inline_contexts
from openbadge_issuer.jsonld.limits import MAX_STRING, check_limits
from openbadge_issuer.jsonld.nquads import is_blank
from openbadge_issuer.jsonld.rdfc import Digest, Statement, canonicalize_dataset, labelled_lines, written
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
        walk = QuadWalk(document, tables_for(document, loader), loader)
        walk.run()
    except (Declined, RecursionError, Suspect, CanonicalizationError, UnicodeEncodeError):
        return None
    if walk.noted or walk.unusual:
        return None
    all_of_them = dict.fromkeys(walk.quads)
    with_blanks = [quad for quad in all_of_them if any(map(is_blank, quad))]
    return written(all_of_them.keys() - {*with_blanks}, {}), with_blanks


def _check(document: JsonObject) -> None:
    """Hold a document against the limits, and decline contexts in parts of it that were not looked at."""
    if has_inline(document):
        return  # it was done when its tables were chosen
    check_limits(document)
    if next(inline_contexts(document), None) is not None:
        raise Declined


def _nquads(walk: Walk, document: JsonObject, in_use: Tables, loader: ContextLoader, digest: Digest) -> bytes:
    """Label the blank nodes, and write all statements in order."""
    lines = labelled_lines(walk.rests, walk.quads, digest) if walk.rests or walk.quads else []
    if lines is None:
        # Equal-looking nodes: the work of telling them apart depends on the order in which they come, and
        # must not depend on which way the document took.
        ordered = QuadWalk(in_order(document), in_use, loader)
        ordered.run()
        return canonicalize_dataset(ordered.quads, digest=digest).nquads
    lines += walk.lines
    lines.sort()
    if any(map(eq, lines, islice(lines, 1, None))):  # a statement made twice counts once
        lines = sorted(set(lines))
    return "".join(lines).encode("utf-8")
