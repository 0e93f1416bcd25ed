"""Value objects: a value with its type, its language, or its direction."""

from __future__ import annotations

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.jsonld.compiled.active_context import Declined
from openbadge_issuer.jsonld.compiled.tables import Suspect, Table, Term
from openbadge_issuer.jsonld.watch import Note, has_unusual_case

SCALARS = (str, bool, int, float)
"""The types of values that literals are written of."""

_VALUE_AND_TYPE = 2
_MEMBERS = frozenset({"@value", "@type", "@language", "@direction"})


def value_table(element: JsonObject, term: Term) -> Table:
    """Return the context in force in a value object: processors revert in one of more than two members."""
    return term.bare if len(element) <= _VALUE_AND_TYPE else term.inner


def parts_of_value(
    element: JsonObject, table: Table, noted: list[Note]
) -> tuple[JsonValue, str | None, str | None]:
    """Take a value object apart (JSON-LD 1.1 API, section 5.1.2, step 14).

    Args:
        element: the object; it has a `@value`.
        table: the context in force.
        noted: what of it is not signed is noted here.

    Returns:
        The value, its datatype and its language in small letters.

    Raises:
        Suspect: it may have to be refused.
        Declined: it is not proven what it means.
    """
    value = element["@value"]
    if value is None or not element.keys() <= _MEMBERS:
        raise Suspect
    if type(value) not in SCALARS:
        raise Declined
    datatype = _datatype(element, table) if "@type" in element else None
    language = _language(element, noted) if "@language" in element else None
    if "@direction" in element:
        if element["@direction"] not in ("ltr", "rtl"):
            raise Declined
        noted.append((element, "@direction", "JSONLD-DIRECTION"))
    return value, datatype, language


def _datatype(element: JsonObject, table: Table) -> str:
    """Expand the type of a value object, which must stand alone beside the value."""
    written = element["@type"]
    if len(element) != _VALUE_AND_TYPE or type(written) is not str or table.is_term(written):
        raise Declined
    name = table.name(written)
    if name is None or name[0] in "@_":
        raise Declined
    return name


def _language(element: JsonObject, noted: list[Note]) -> str:
    language = element["@language"]
    if type(language) is not str or type(element["@value"]) is not str:
        raise Declined
    if has_unusual_case(language):
        noted.append((element, "@language", "JSONLD-LANGUAGE-CASE"))
    return language.lower()
