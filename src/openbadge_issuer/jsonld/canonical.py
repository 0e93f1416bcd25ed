"""The canonical form of a document: the bytes over which a proof of an `…-rdfc-…` suite is made.

There are two ways, and one result: by compiled contexts, which is fast and knows what badges use, and the
general way, which takes over wherever the other is not proven. See docs/adr/0020-compiled-contexts.md.
"""

from __future__ import annotations

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.errors import CanonicalizationError
from openbadge_issuer.jsonld.compiled.form import compiled_form
from openbadge_issuer.jsonld.contexts import PINNED, ContextLoader
from openbadge_issuer.jsonld.form import CanonicalForm
from openbadge_issuer.jsonld.general import general_form
from openbadge_issuer.jsonld.rdfc import Digest
from openbadge_issuer.jsonld.shown import shown
from openbadge_issuer.jsonld.undefined_member import UndefinedMember

__all__ = ["CanonicalForm", "Digest", "UndefinedMember", "canonical_form", "canonicalize"]


def canonical_form(
    document: JsonObject, *, loader: ContextLoader = PINNED, digest: Digest = "sha256"
) -> CanonicalForm:
    """Interpret a document through its contexts and write what it says as canonical N-Quads.

    A member that no context defines is left out and listed. Everything else that would not be signed as it
    reads is an error: relative IRIs, unmapped types, names that stand for another term, text that is lost.

    Args:
        document: a JSON object, as parsed.
        loader: where contexts come from; they are never fetched.
        digest: the hash algorithm with which blank nodes are labelled.

    Raises:
        ContextError: a context is not known.
        CanonicalizationError: the document has no safe canonical form; codes `JSONLD-…` with the place.
        LimitError: interpreting it would cost more than any badge needs.
    """
    form = compiled_form(document, loader=loader, digest=digest)
    return form or general_form(document, loader=loader, digest=digest)


def canonicalize(document: JsonObject, *, loader: ContextLoader = PINNED, digest: Digest = "sha256") -> bytes:
    """Write the canonical N-Quads of a document of which every member reaches them, as issuing requires.

    Raises:
        CanonicalizationError: as `canonical_form`, and for a member that would be unsigned, nearly always
            `JSONLD-UNDEFINED-TERM`.
        ContextError: a context is not known.
        LimitError: interpreting it would cost more than any badge needs.
    """
    form = canonical_form(document, loader=loader, digest=digest)
    for member in form.undefined:
        raise CanonicalizationError(member.code, member.pointer, name=shown(member.name))
    return form.nquads
