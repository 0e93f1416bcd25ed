"""The notation of the term tables: terms grouped by namespace and shape, not one per line.

A namespace is called with a string of names and gives their term definitions; definitions are merged
into a context. A further state of a context is written as a difference: `without`, `changed`, `plus`.

    OB = Namespace("https://purl.imsglobal.org/spec/vc/ob/vocab.html#", objects=True)
    OB("alignment related", container=SET)        two terms that hold sets
    SCHEMA("tag=keywords", container=SET)         the term tag, which is called keywords there
    OB.cls("Related", OB("version"))              a class with a type-scoped context
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue

ID: Final = "@id"
VOCAB: Final = "@vocab"
JSON: Final = "@json"
SET: Final = "@set"
LIST: Final = "@list"
GRAPH: Final = "@graph"

ALIASES: Final[JsonObject] = {"id": "@id", "type": "@type"}
PROTECTED: Final[JsonObject] = {"@protected": True, **ALIASES}
"""How most contexts and their type-scoped contexts begin."""

NO_SCOPE: Final[JsonObject] = {}
"""No scoped context; `None` would be the null context, which clears all terms."""


class Namespace:
    """A place where terms are defined, called with names to define them.

    Args:
        iri: what stands before each name; a compact prefix such as `cred:`, or nothing, will do too.
        objects: write `{"@id": …}` where a bare string would do, as some publishers do.
        head: how the type-scoped contexts of its classes begin.
    """

    def __init__(self, iri: str, *, objects: bool = False, head: JsonObject = PROTECTED) -> None:
        self._iri = iri
        self._objects = objects
        self._head = head

    def __getitem__(self, name: str) -> str:
        """Return the IRI of a name."""
        return self._iri + name

    def __call__(
        self, names: str, *, coerce: str = "", container: str = "", scope: JsonObject | None = NO_SCOPE
    ) -> JsonObject:
        """Define the terms in `names`, all of one shape.

        Args:
            names: names between spaces; `term=name` where the term is called otherwise in the namespace.
            coerce: the type that values are coerced to (`@type`).
            container: the container of the values (`@container`).
            scope: the scoped context (`@context`).
        """
        shape: JsonObject = {}
        if coerce:
            shape["@type"] = coerce
        if container:
            shape["@container"] = container
        if scope is None or scope:
            shape["@context"] = scope
        terms: JsonObject = {}
        for word in names.split():
            term, _, name = word.partition("=")
            iri = self[name or term]
            terms[term] = {"@id": iri, **shape} if shape or self._objects else iri
        return terms

    def cls(self, name: str, *terms: JsonObject) -> JsonObject:
        """Define a class whose members are defined in a type-scoped context."""
        return self(name, scope=merged(self._head, *terms))


def merged(*parts: JsonObject) -> JsonObject:
    """Put term definitions together; a term that is defined twice is a slip in a table.

    Raises:
        ValueError: a term is defined twice.
    """
    terms: JsonObject = {}
    for part in parts:
        if twice := terms.keys() & part.keys():
            message = f"defined twice: {sorted(twice)}"
            raise ValueError(message)
        terms |= part
    return terms


def without(terms: JsonObject, names: str) -> JsonObject:
    """Leave terms out; `Class/term` names a term of a class.

    Raises:
        ValueError: a name is not defined.
    """
    for word in names.split():
        scope, _, name = word.rpartition("/")
        terms = _edited(terms, scope, partial(_dropped, name=name))
    return terms


def changed(terms: JsonObject, definitions: JsonObject, *, at: str = "") -> JsonObject:
    """Define terms anew, at the top or in each of the classes `at`.

    Raises:
        ValueError: a term was not defined before.
    """
    for scope in at.split() or [""]:
        terms = _edited(terms, scope, partial(_replaced, definitions=definitions))
    return terms


def plus(terms: JsonObject, definitions: JsonObject, *, at: str = "") -> JsonObject:
    """Define further terms, at the top or in each of the classes `at`.

    Raises:
        ValueError: a term was defined before.
    """
    for scope in at.split() or [""]:
        terms = _edited(terms, scope, partial(merged, definitions))
    return terms


def scope_of(definition: JsonValue) -> JsonObject | None:
    """Return the scoped context of a term definition, or None if it has none that defines terms."""
    scope = definition.get("@context") if isinstance(definition, dict) else None
    return scope if isinstance(scope, dict) else None


def _edited(terms: JsonObject, cls: str, edit: Callable[[JsonObject], JsonObject]) -> JsonObject:
    if not cls:
        return edit(terms)
    definition = terms.get(cls)
    scope = scope_of(definition)
    if scope is None or not isinstance(definition, dict):
        message = f"no class of its own: {cls}"
        raise ValueError(message)
    return {**terms, cls: {**definition, "@context": edit(scope)}}


def _dropped(terms: JsonObject, name: str) -> JsonObject:
    if name not in terms:
        message = f"not defined: {name}"
        raise ValueError(message)
    return {term: definition for term, definition in terms.items() if term != name}


def _replaced(terms: JsonObject, definitions: JsonObject) -> JsonObject:
    if missing := definitions.keys() - terms.keys():
        message = f"not defined: {sorted(missing)}"
        raise ValueError(message)
    return {**terms, **definitions}
