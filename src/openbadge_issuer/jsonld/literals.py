"""From JSON values to RDF literals (JSON-LD 1.1 Processing Algorithms and API, section 8.2.2, Object to RDF).

One rule book for every way from a document to N-Quads. Where processors in use write one value differently,
the value is refused: a signature over it would hold for some readers only.
"""

from __future__ import annotations

import math
import re

from openbadge_issuer.assertions.json_text import JsonValue
from openbadge_issuer.errors import CanonicalizationError
from openbadge_issuer.jsonld.iri import is_absolute_iri, is_language_tag
from openbadge_issuer.jsonld.jcs import canonicalize_jcs
from openbadge_issuer.jsonld.nquads import RDF, XSD, XSD_STRING, Term, literal
from openbadge_issuer.jsonld.shown import shown

RDF_JSON = RDF + "JSON"
XSD_BOOLEAN = XSD + "boolean"
XSD_DOUBLE = XSD + "double"
XSD_INTEGER = XSD + "integer"

MAX_INTEGER = 2**53 - 1
"""Beyond it JavaScript rounds, so a processor there signs another number."""

MIN_FRACTION = 1e-6
"""Below it JavaScript writes an exponent without a point, and jsonld.js then takes the number for 0."""

_EXPONENT = re.compile(r"(\d)0*E\+?(-)?0*(\d)")


def value_literal(value: JsonValue, *, datatype: str | None = None, language: str | None = None) -> Term:
    """Write the content of a value object as a literal.

    Args:
        value: what `@value` holds.
        datatype: the expanded `@type`: an absolute IRI, `@json`, or None if there is none.
        language: the `@language`, in any letter case; it is written small.

    Raises:
        CanonicalizationError: `JSONLD-NUMBER`, `JSONLD-LANGUAGE`, `JSONLD-DATATYPE`, `JSONLD-UNSIGNED-VALUE`,
            and for `@json` what `canonicalize_jcs` raises.
    """
    if datatype == "@json":
        return literal(canonicalize_jcs(value).decode("utf-8"), datatype=RDF_JSON)
    if datatype is not None and not is_absolute_iri(datatype):
        raise CanonicalizationError("JSONLD-DATATYPE", value=shown(datatype))
    if isinstance(value, str):
        return _text(value, datatype, language)
    if isinstance(value, bool):
        return literal("true" if value else "false", datatype=datatype or XSD_BOOLEAN)
    if isinstance(value, int | float):
        lexical, native = number_lexical(value, double=datatype == XSD_DOUBLE)
        return literal(lexical, datatype=datatype or native)
    raise CanonicalizationError("JSONLD-UNSIGNED-VALUE")


def number_lexical(number: float, *, double: bool = False) -> tuple[str, str]:
    """Write a JSON number as RDF does, with the datatype that it has unless a context says otherwise.

    A number without fraction is an integer (1.0 is `1`), unless `double` asks for `xsd:double`.

    Raises:
        CanonicalizationError: readers would take the number differently (`JSONLD-NUMBER`).
    """
    if abs(number) > MAX_INTEGER or not math.isfinite(number):
        raise CanonicalizationError("JSONLD-NUMBER", value=shown(number))
    if not double and number == int(number):
        return str(int(number)), XSD_INTEGER
    if 0 < abs(number) < MIN_FRACTION:
        raise CanonicalizationError("JSONLD-NUMBER", value=shown(number))
    lexical = _EXPONENT.sub(r"\1E\2\3", f"{number:1.15E}")
    if float(lexical) != number:  # sixteen digits do not tell it from its neighbour
        raise CanonicalizationError("JSONLD-NUMBER", value=shown(number))
    return lexical, XSD_DOUBLE


def _text(text: str, datatype: str | None, language: str | None) -> Term:
    if language is not None:
        if not is_language_tag(language):
            raise CanonicalizationError("JSONLD-LANGUAGE", tag=shown(language))
        return literal(text, language=language.lower())
    if datatype == XSD_DOUBLE and not _is_canonical_double(text):
        # The recommendation keeps the text; jsonld.js and pyld read a number and write that.
        raise CanonicalizationError("JSONLD-NUMBER", value=shown(text))
    return literal(text, datatype=datatype or XSD_STRING)


def _is_canonical_double(text: str) -> bool:
    try:
        return number_lexical(float(text), double=True)[0] == text
    except (ValueError, CanonicalizationError):
        return False
