"""Badges like one that was seen before: what they share is checked and canonicalized once.

A stream has many badges of one achievement, which differ in a few texts. One of them is kept, a plain one
(`acceptance.plain`). Another that differs from it in nothing but the members named in `SLOTS`, each of a
form that the model accepts there, is plain too; and its canonical form is that of a pattern with slots. Why
that finds the same as a look at the whole badge stands in docs/adr/0021.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, NamedTuple, TypeAlias

from openbadge_issuer.assertions.acceptance.values import CHECKS, Check
from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.assertions.json_walk import object_of
from openbadge_issuer.assertions.outline import Outline
from openbadge_issuer.jsonld.canonical import canonical_form
from openbadge_issuer.jsonld.compiled.pattern import CanonicalPattern, scheme_of
from openbadge_issuer.jsonld.contexts import PINNED
from openbadge_issuer.jsonld.nquads import quoted
from openbadge_issuer.jsonld.rdfc import Digest
from openbadge_issuer.verification.report import Finding

MAX_KINDS: Final = 128
MAX_PATTERNS: Final = 8
"""Patterns of one kind; each takes some tens of kilobytes, less than a hundredth of that for each slot."""
MAX_CHARS: Final = 16 * 1024
"""Characters of a badge that is kept, and of a text in a slot."""
MAX_MISSES: Final = 8
"""Badges in a row that are not like the one that is kept, after which another is kept."""

_Place: TypeAlias = tuple[str | int, ...]
_Differences: TypeAlias = dict[_Place, str]
_Key: TypeAlias = tuple[str, ...]


def _is_iri(value: JsonValue) -> bool:
    return type(value) is str and scheme_of(value) is not None


SLOTS: Final[Mapping[str, Check]] = MappingProxyType(
    {
        "id": _is_iri,
        "validFrom": CHECKS["date-time-with-zone"],
        "validUntil": CHECKS["date-time-with-zone"],
        "awardedDate": CHECKS["date-time-with-zone"],
        "identityHash": CHECKS["text"],
        "salt": CHECKS["text"],
        "statusListIndex": CHECKS["text"],
        "narrative": CHECKS["text"],
        "name": CHECKS["text"],
        "created": CHECKS["date-time"],
        "proofValue": CHECKS["text"],
    }
)
"""The members in which badges of one kind may differ, and what is accepted there, wherever they stand."""

_UNREAD: Final = frozenset({"id", "name", "proof", "credentialStatus", "evidence", "awardedDate"})
_UNREAD_OF_SUBJECT: Final = frozenset({("credentialSubject", "id"), ("credentialSubject", "identifier")})
_DATES: Final = frozenset({"validFrom", "validUntil"})
_WHOLE_SECONDS: Final = len("2026-01-15T12:00:00Z")


@dataclass(frozen=True, slots=True)
class Likeness:
    """That a document differs from the one of its kind in some slots only.

    Attributes:
        kind: the kind.
        differences: the texts of the document in those slots.
    """

    kind: Kind
    differences: _Differences

    @property
    def outline(self) -> Outline:
        """The outline of the document."""
        return self.kind.outline

    @property
    def reads_alike(self) -> bool:
        """Whether no check of the data model beyond the outline reads what differs.

        Of dates they read whether there is a fraction of a second, for which the usual length has no room.
        """
        return self.kind.of_whole_seconds and all(
            place[0] in _UNREAD
            or place[:2] in _UNREAD_OF_SUBJECT
            or (place[0] in _DATES and _is_of_whole_seconds(text))
            for place, text in self.differences.items()
        )

    def nquads(self, document: JsonObject, digest: Digest) -> bytes | None:
        """Return the canonical form of the document without its proof under the pinned contexts.

        None where that is not proven to be the general result, with every member signed.
        """
        said = {place: text for place, text in self.differences.items() if place[0] != "proof"}
        pattern = self.kind.pattern(document, said, digest)
        return None if pattern is None else pattern.nquads([*said.values()])


class Kind:
    """What is known of the badges that are like one.

    Args:
        document: that badge, which is copied.
        outline: its outline; it is plain.

    Attributes:
        outline: the outline of all of them.
        of_whole_seconds: whether the dates of the one that is kept surely have no fractions.
        valid: what a check of the data model found in one of them, if that was nothing but that it is valid.
        misses: how many badges in a row were not like the one that is kept.
    """

    def __init__(self, document: JsonObject, outline: Outline) -> None:
        self.outline: Final = outline
        self.of_whole_seconds: Final = all(_is_of_whole_seconds(document.get(name)) for name in _DATES)
        self.valid: tuple[Finding, ...] | None = None
        self.misses = 0
        self._parts: Final = _parts_of(_copy(document), ())
        self._patterns: dict[tuple[Digest, tuple[_Place, ...]], _Pattern | None] = {}

    def compare(self, document: JsonObject) -> Likeness | None:
        """Find the slots in which a document differs; None if it differs in anything else."""
        found: _Differences = {}
        try:
            if not _are_alike(self._parts, document, found):
                return None
        except KeyError:  # as many members, and others
            return None
        self.misses = 0
        return Likeness(self, found)

    def pattern(self, document: JsonObject, said: _Differences, digest: Digest) -> _Pattern | None:
        """Return the pattern with these slots, made from a document when it is first asked for."""
        key = digest, tuple(said)
        if key not in self._patterns:
            if len(self._patterns) >= MAX_PATTERNS:
                self._patterns.clear()
            self._patterns[key] = _pattern_of(document, said, digest)
        return self._patterns.get(key)


class _Part(NamedTuple):
    """A member of an object of a kept badge, or an item of an array.

    Attributes:
        step: its name or position.
        place: where it stands in the badge.
        value: what it holds.
        of_text: whether that is made of text alone: then what Python calls equal is equal as JSON. Else it
            need not be, since true, 1 and 1.0 are equal.
        slot: what may stand there instead, if anything may.
        parts: those of an object or array.
    """

    step: str | int
    place: _Place
    value: JsonValue
    of_text: bool
    slot: Check | None
    parts: tuple[_Part, ...]


def _parts_of(value: JsonObject | list[JsonValue], place: _Place) -> tuple[_Part, ...]:
    steps: Iterable[tuple[str | int, JsonValue]] = value.items() if type(value) is dict else enumerate(value)
    return tuple(_part_of(step, part, (*place, step)) for step, part in steps)


def _part_of(step: str | int, value: JsonValue, place: _Place) -> _Part:
    if type(value) is dict or type(value) is list:
        parts = _parts_of(value, place)
        return _Part(step, place, value, all(part.of_text for part in parts), None, parts)
    is_text = type(value) is str
    slot = SLOTS.get(str(step)) if is_text and type(step) is str else None
    return _Part(step, place, value, is_text, slot, ())


def _are_alike(parts: tuple[_Part, ...], other: JsonObject | list[JsonValue], found: _Differences) -> bool:
    """Compare an object or array with one that is kept, and collect the slots in which they differ."""
    if len(parts) != len(other):
        return False
    for step, place, value, of_text, slot, inside in parts:
        part = other[step]  # type: ignore[index]  # both are objects, or arrays
        if of_text and part == value:
            continue
        if type(part) is not type(value):
            return False
        if slot is not None and type(part) is str:
            if not 0 < len(part) <= MAX_CHARS or not slot(part):
                return False
            found[place] = part
        elif inside and (type(part) is dict or type(part) is list):
            if not _are_alike(inside, part, found):
                return False
        elif repr(part) != repr(value):  # to !=, -0.0 is 0.0
            return False
    return True


def _is_of_whole_seconds(date: JsonValue) -> bool:
    return date is None or (type(date) is str and len(date) == _WHOLE_SECONDS)


class _Pattern:
    """The canonical form of the badges of a kind that have certain slots."""

    def __init__(self, pattern: CanonicalPattern, schemes: Sequence[str | None]) -> None:
        self._pattern: Final = pattern
        self._schemes: Final = schemes

    def nquads(self, values: Sequence[str]) -> bytes | None:
        """Write the canonical form with these values in the slots; None if it is not proven to be that."""
        iris: set[str] = set()
        terms: list[str] = []
        for scheme, value in zip(self._schemes, values, strict=True):
            if scheme is None:
                terms.append(quoted(value))
            elif scheme_of(value) != scheme or value in iris:
                return None
            else:
                iris.add(value)
                terms.append(f"<{value}>")
        return self._pattern.nquads(terms) if self._pattern.iris.isdisjoint(iris) else None


def likeness_of(document: JsonObject) -> Likeness | None:
    """Compare a document with the one of its kind that was seen before; None if it is not like it."""
    kind = _kinds.get(_key_of(document))
    return None if kind is None else kind.compare(document)


def remember(document: JsonObject, outline: Outline) -> None:
    """Note a document that is like none; of the second one of a kind, a copy is kept."""
    key = _key_of(document)
    if key is None or not outline.plain:
        return
    if key not in _kinds:
        if len(_kinds) >= MAX_KINDS:
            _kinds.clear()
        _kinds[key] = None
        return
    kind = _kinds[key]
    if kind is not None:
        kind.misses += 1
    if (kind is None or kind.misses > MAX_MISSES) and len(str(document)) <= MAX_CHARS:
        _kinds[key] = Kind(document, outline)


def forget_kinds() -> None:
    """Forget every badge that was kept."""
    _kinds.clear()


def kept() -> int:
    """Count the kinds of which something is kept."""
    return len(_kinds)


def _key_of(document: JsonObject) -> _Key | None:
    """Tell kinds apart by whose badge it is, for what, and by its members (a plain badge has few)."""
    issuer = object_of(document, "issuer").get("id")
    achievement = object_of(object_of(document, "credentialSubject"), "achievement").get("id")
    if type(issuer) is not str or type(achievement) is not str:
        return None
    return (issuer, achievement, *document) if len(issuer) + len(achievement) <= MAX_CHARS else None


def _pattern_of(document: JsonObject, said: _Differences, digest: Digest) -> _Pattern | None:
    """Interpret a document with marks in its slots, and hold the result against the plain way."""
    schemes = [scheme_of(text) if place[-1] == "id" else None for place, text in said.items()]
    marks = [f"{scheme or ''}{secrets.token_hex(16)}" for scheme in schemes]
    plain = {name: part for name, part in document.items() if name != "proof"}
    marked = _copy(plain)
    for place, mark in zip(said, marks, strict=True):
        _put(marked, place, mark)
    written = [f"<{mark}>" if scheme else f'"{mark}"' for scheme, mark in zip(schemes, marks, strict=True)]
    found = CanonicalPattern.of(marked, {mark: at for at, mark in enumerate(written)}, PINNED, digest)
    if found is None:
        return None
    pattern = _Pattern(found, schemes)
    form = canonical_form(plain, digest=digest)
    return pattern if not form.undefined and pattern.nquads([*said.values()]) == form.nquads else None


def _put(value: JsonValue, place: _Place, text: str) -> None:
    for step in place[:-1]:
        value = value[step]  # type: ignore[index]  # the place was found on this way
    value[place[-1]] = text  # type: ignore[index]  # as above


def _copy(value: JsonObject) -> JsonObject:
    return {name: _copied(part) for name, part in value.items()}


def _copied(value: JsonValue) -> JsonValue:
    if type(value) is dict:
        return _copy(value)
    return [_copied(item) for item in value] if type(value) is list else value


_kinds: dict[_Key | None, Kind | None] = {}
