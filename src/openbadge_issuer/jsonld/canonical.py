"""The canonical form of a document: the bytes over which a proof of an `…-rdfc-…` suite is made.

The general, strict way: check the cost, expand with pyld under watch, write quads, label blank nodes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, pointer
from openbadge_issuer.errors import CanonicalizationError
from openbadge_issuer.jsonld.contexts import PINNED, ContextLoader
from openbadge_issuer.jsonld.dataset import expanded_dataset
from openbadge_issuer.jsonld.limits import check_limits
from openbadge_issuer.jsonld.rdfc import Digest, canonicalize_dataset
from openbadge_issuer.jsonld.shown import shown
from openbadge_issuer.jsonld.undefined_member import UndefinedMember

__all__ = ["CanonicalForm", "Digest", "UndefinedMember", "canonical_form", "canonicalize"]


@dataclass(frozen=True, slots=True)
class CanonicalForm:
    """The canonical N-Quads of a document, and the members that they say nothing about.

    Attributes:
        nquads: canonical N-Quads in UTF-8 (RDFC-1.0).
        undefined: the members that a signature over `nquads` does not cover.
    """

    nquads: bytes
    undefined: tuple[UndefinedMember, ...]


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
    from openbadge_issuer.jsonld.expansion import BASE, expand  # noqa: PLC0415  # pyld takes 0.2 s to import

    check_limits(document)
    expansion = expand(document, loader=loader)
    quads = expanded_dataset(expansion.nodes, base=BASE, place=_finder(document))
    if not quads and not expansion.undefined:
        raise CanonicalizationError("JSONLD-UNSIGNED-VALUE")
    return CanonicalForm(canonicalize_dataset(quads, digest=digest).nquads, expansion.undefined)


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


def _finder(document: JsonObject) -> Callable[[JsonValue], str]:
    """Give the function that finds where a value first stands in a document, outside its contexts."""

    def place(wanted: JsonValue) -> str:
        if wanted is None:
            return ""
        stack: list[tuple[JsonValue, str]] = [(document, "")]
        while stack:
            value, where = stack.pop()
            if type(value) is type(wanted) and value == wanted:
                return where
            if isinstance(value, dict):
                members = [
                    (member, where + pointer(key)) for key, member in value.items() if key != "@context"
                ]
                stack.extend(reversed(members))
            elif isinstance(value, list):
                stack.extend(reversed([(item, f"{where}/{number}") for number, item in enumerate(value)]))
        return ""

    return place
