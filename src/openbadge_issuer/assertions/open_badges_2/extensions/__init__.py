"""The published extensions of Open Badges 2.0, found in a document and checked wherever they stand."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType

from openbadge_issuer.assertions.json_text import JsonObject, pointer
from openbadge_issuer.assertions.json_walk import Place, parts, strings_of
from openbadge_issuer.assertions.open_badges_2.extensions.assessment import Assessment
from openbadge_issuer.assertions.open_badges_2.extensions.extension import EXTENSION, Extension, short_type
from openbadge_issuer.assertions.open_badges_2.extensions.published import (
    Accessibility,
    ApplyLink,
    EndorsementExtension,
    ExampleExtension,
    ExtraDescription,
    GeoCoordinates,
    IssuerAccreditation,
    License,
    OriginalCreator,
    RecipientProfile,
)
from openbadge_issuer.assertions.problems import ModelProblem

_CLASSES: tuple[type[Extension], ...] = (
    Accessibility,
    ApplyLink,
    Assessment,
    EndorsementExtension,
    ExampleExtension,
    ExtraDescription,
    GeoCoordinates,
    IssuerAccreditation,
    License,
    OriginalCreator,
    RecipientProfile,
)
EXTENSIONS = MappingProxyType({cls.model_fields["type"].get_default()[-1]: cls for cls in _CLASSES})
"""The classes of the published extensions, by their type."""

__all__ = [
    "EXTENSIONS",
    "Accessibility",
    "ApplyLink",
    "Assessment",
    "EndorsementExtension",
    "ExampleExtension",
    "Extension",
    "ExtraDescription",
    "GeoCoordinates",
    "IssuerAccreditation",
    "License",
    "OriginalCreator",
    "RecipientProfile",
    "extension_class",
    "extension_problems",
    "extensions_of",
]


def extension_class(node: JsonObject) -> type[Extension] | None:
    """Choose the class of an extension by its types; None if it is none of the published ones."""
    named = (short_type(name) for name in strings_of(node.get("type", node.get("@type"))))
    return next((EXTENSIONS[name] for name in named if name in EXTENSIONS), None)


def extensions_of(document: JsonObject) -> Iterator[tuple[Place, JsonObject]]:
    """Give every object in a document that calls itself an extension, with its place."""
    for place, part in parts(document, passing_over=_NO_OBJECTS):
        if EXTENSION in strings_of(part.get("type", part.get("@type"))):
            yield place, part


def extension_problems(document: JsonObject) -> tuple[ModelProblem, ...]:
    """List what is wrong with the extensions in a document (Open Badges 2.0, "Extensions").

    It works on any JSON and raises nothing. An extension of which no schema is known is a warning, since
    nothing can be said of it.
    """
    return tuple(_problems(document))


def _problems(document: JsonObject) -> Iterator[ModelProblem]:
    for place, part in parts(document, passing_over=_NO_OBJECTS):
        types = strings_of(part.get("type", part.get("@type")))
        if EXTENSION not in types:
            name = str(place[-1]) if place else ""
            if name.startswith("extensions:"):
                yield ModelProblem("OB2-EXTENSION-TYPE", pointer(*place), {"name": name})
            continue
        cls = extension_class(part)
        if cls is None:
            named = ", ".join(name for name in types if name != EXTENSION)
            yield ModelProblem("OB2-EXTENSION-UNKNOWN", pointer(*place), {"value": named[:80]})
        for problem in (cls or Extension).check(part)[1]:
            yield ModelProblem(problem.code, pointer(*place) + problem.pointer, problem.details)


_NO_OBJECTS = frozenset({"@context"})
