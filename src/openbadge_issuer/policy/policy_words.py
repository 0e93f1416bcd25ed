"""Everything in a file of the organisation that is said by language, and where it stands."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TypeAlias, get_args

from openbadge_issuer.errors.rule import Language
from openbadge_issuer.policy.section import Section

Path: TypeAlias = "tuple[str | int, ...]"


def words_of(section: Section, path: Path = ()) -> Iterator[tuple[Path, Collection[str]]]:
    """Go through all words of a section and those within it: the place, and the languages they are in."""
    for name, field in type(section).model_fields.items():
        value = getattr(section, name)
        if isinstance(value, dict) and get_args(field.annotation)[:1] == (Language,):
            yield (*path, name), value.keys()
        else:
            yield from _within(value, (*path, name))


def _within(value: object, path: Path) -> Iterator[tuple[Path, Collection[str]]]:
    if isinstance(value, Section):
        yield from words_of(value, path)
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _within(inner, (*path, name))
    elif isinstance(value, tuple):
        for position, inner in enumerate(value):
            yield from _within(inner, (*path, position))
