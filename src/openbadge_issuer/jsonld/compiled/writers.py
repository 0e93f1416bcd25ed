"""Functions that write the texts of a document as terms of N-Quads, made once for each kind of member."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TypeAlias

from openbadge_issuer.errors import CanonicalizationError
from openbadge_issuer.jsonld.compiled.active_context import Declined
from openbadge_issuer.jsonld.iri import BASE, is_absolute_iri
from openbadge_issuer.jsonld.literals import XSD_DOUBLE, value_literal
from openbadge_issuer.jsonld.nquads import XSD_STRING, Term, quoted
from openbadge_issuer.jsonld.shown import shown

Write: TypeAlias = Callable[[str], Term]

MAX_REMEMBERED_IRIS = 4096
_MAX_REMEMBERED_LENGTH = 200

# Most IRIs are ASCII, for which this is half the work of the whole pattern.
_ASCII_IRI = re.compile(rf"(?!{re.escape(BASE)})[A-Za-z][A-Za-z0-9+.\-]*+:[!#-;=?-\[\]_a-z~]*+\Z")

_written_iris: dict[str, Term] = {}


def write_iri(text: str) -> Term:
    """Write an absolute IRI.

    Raises:
        CanonicalizationError: `JSONLD-IRI` or `JSONLD-RELATIVE-IRI`.
        Declined: it begins with the IRI that stands for no base.
    """
    known = _written_iris.get(text)
    if known is not None:
        return known
    if not _ASCII_IRI.match(text):
        if text.startswith(BASE):
            raise Declined
        if not is_absolute_iri(text):
            code = "JSONLD-IRI" if ":" in text else "JSONLD-RELATIVE-IRI"
            raise CanonicalizationError(code, value=shown(text))
    written = f"<{text}>"
    if len(text) <= _MAX_REMEMBERED_LENGTH:
        if len(_written_iris) >= MAX_REMEMBERED_IRIS:
            _written_iris.clear()
        _written_iris[text] = written
    return written


def iri_writer(prefixes: Mapping[str, str], *, based: bool) -> Write:
    """Make the function that writes a text which names a node.

    Args:
        prefixes: what stands before a colon, and for what.
        based: whether relative IRIs are resolved, for which the function declines.
    """
    if not prefixes and not based:
        return write_iri

    def write(text: str) -> Term:
        prefix, colon, suffix = text.partition(":")
        stem = prefixes.get(prefix) if colon and not suffix.startswith("//") else None
        try:
            return write_iri(text if stem is None else stem + suffix)
        except CanonicalizationError as error:
            if based or stem is not None:
                raise Declined from error
            raise

    return write


def text_writer(datatype: str | None) -> Write:
    """Make the function that writes a text as a literal of a datatype, which is known to be an IRI."""
    if datatype is None or datatype == XSD_STRING:
        return quoted
    if datatype == XSD_DOUBLE:
        return lambda text: value_literal(text, datatype=XSD_DOUBLE)
    suffix = f"^^<{datatype}>"
    return lambda text: quoted(text) + suffix
