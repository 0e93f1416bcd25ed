"""The general way from a document to its canonical bytes: for all of JSON-LD that a badge may use, and slow.

Check the cost, expand with pyld under watch, write quads, label blank nodes.
"""

from __future__ import annotations

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.errors import CanonicalizationError
from openbadge_issuer.jsonld.contexts import ContextLoader
from openbadge_issuer.jsonld.dataset import expanded_dataset
from openbadge_issuer.jsonld.form import CanonicalForm
from openbadge_issuer.jsonld.iri import BASE
from openbadge_issuer.jsonld.limits import check_limits
from openbadge_issuer.jsonld.places import finder
from openbadge_issuer.jsonld.rdfc import Digest, canonicalize_dataset


def general_form(document: JsonObject, *, loader: ContextLoader, digest: Digest = "sha256") -> CanonicalForm:
    """Interpret any document; arguments, result and errors are those of `canonical.canonical_form`."""
    from openbadge_issuer.jsonld.expansion import expand  # noqa: PLC0415  # pyld takes 0.2 s to import

    check_limits(document)
    expansion = expand(document, loader=loader)
    quads = expanded_dataset(expansion.nodes, base=BASE, place=finder(document))
    if not quads and not expansion.undefined:
        raise CanonicalizationError("JSONLD-UNSIGNED-VALUE")
    return CanonicalForm(canonicalize_dataset(quads, digest=digest).nquads, expansion.undefined)
