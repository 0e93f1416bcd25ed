"""The watch over what a document's names mean: what would not be signed as it reads is noted or refused.

Both ways to canonical bytes keep it: `watched_processor` for every object, `compiled` where something is
amiss. What can only be seen in the finished statements is for `dataset`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol, TypeAlias

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, pointer
from openbadge_issuer.errors import CanonicalizationError
from openbadge_issuer.jsonld.iri import conventional_case, is_absolute_iri, is_language_tag
from openbadge_issuer.jsonld.limits import KEYWORDS as JSON_LD_KEYWORDS
from openbadge_issuer.jsonld.places import places
from openbadge_issuer.jsonld.shown import shown
from openbadge_issuer.jsonld.undefined_member import UndefinedMember

KEYWORDS = JSON_LD_KEYWORDS | {
    "@default", "@embed", "@explicit", "@first", "@omitDefault", "@preserve", "@requireAll"
}  # fmt: skip
"""What a processor takes for a keyword, those of JSON-LD Framing included."""

_PLAIN_KEYWORDS = frozenset({"@graph", "@id", "@list", "@set", "@type", "@value", "@language", "@direction"})


Note: TypeAlias = tuple[JsonObject, str, str]
"""A member that is not signed: the object, the name in it, and the rule that says why."""


class Words(Protocol):
    """What names mean under one context in force."""

    def expanded(self, written: str) -> str | None:
        """Expand a name relative to the vocabulary (JSON-LD 1.1 API, section 5.2)."""

    def is_term(self, written: str) -> bool:
        """Tell whether the context defines this very name."""

    def is_coerced(self, written: str) -> bool:
        """Tell whether the context says of which type the values of a term are."""

    def terms_of(self, iri: str) -> Sequence[str]:
        """List the terms for an IRI or keyword, in the order of their definition."""


class Watch:
    """Notes what of one document would be unsigned, and refuses what would mislead.

    Args:
        inline: the names that contexts inside the document define.
    """

    def __init__(self, inline: frozenset[str] = frozenset()) -> None:
        self.root: JsonObject = {}
        self.noted: list[Note] = []
        self._inline = inline

    def members(self, words: Words, element: JsonObject, names: Mapping[str, str | None]) -> int:
        """Watch the members of one object, and return how many of them are going to be dropped.

        Args:
            words: the context in force inside the object.
            element: the object.
            names: what each member name, but `@context`, expands to; None where it is going to be dropped.

        Raises:
            CanonicalizationError: a member would be signed otherwise than it reads.
        """
        dropped = 0
        is_value = "@value" in names.values()
        for key, name in sorted(names.items()):
            if name is None:
                dropped += 1
                self.noted.append((element, key, "JSONLD-UNDEFINED-TERM"))
            elif name.startswith("@"):
                self._keyword(words, element, key, name, is_value=is_value)
            elif not is_absolute_iri(name):  # also a blank node as property, which RDF does not know
                raise self.error("JSONLD-IRI", element, key, value=shown(name))
            else:
                self._disguise(words, element, (key,), key, name)
                if not words.is_term(key) and is_empty(element[key]):
                    self.noted.append((element, key, "JSONLD-UNDEFINED-TERM"))
        return dropped

    def types(self, words: Words, element: JsonObject, key: str) -> None:
        """Watch the types of one object, under the context before any that they bring.

        Raises:
            CanonicalizationError: a type is unmapped, no IRI, or another name for a term.
        """
        value = element[key]
        for place, item in enumerate(value if isinstance(value, list) else [value]):
            if not isinstance(item, str):
                continue  # processors refuse it
            steps = (key, place) if isinstance(value, list) else (key,)
            name = words.expanded(item)
            if name is None or name.startswith(("@", "_:")) or ":" not in name:
                raise self.error("JSONLD-UNMAPPED-TYPE", element, *steps, name=shown(item))
            if not is_absolute_iri(name):
                raise self.error("JSONLD-IRI", element, *steps, value=shown(name))
            self._disguise(words, element, steps, item, name, is_type=True)

    def error(
        self, code: str, element: JsonObject, /, *steps: str | int, **details: str | int
    ) -> CanonicalizationError:
        """Make the error for a place in an object of the document."""
        place = places(self.root).get(id(element), "")
        return CanonicalizationError(code, place + pointer(*steps), **details)

    def _keyword(self, words: Words, element: JsonObject, key: str, name: str, *, is_value: bool) -> None:
        value = element[key]
        if name not in _PLAIN_KEYWORDS:
            raise self.error("JSONLD-KEYWORD", element, key, name=shown(key))
        if name == "@direction":
            self.noted.append((element, key, "JSONLD-DIRECTION"))
        elif name == "@language":
            self._language(element, key, is_value=is_value)
        elif name == "@graph":
            for place, item in enumerate(value if isinstance(value, list) else [value]):
                if not isinstance(item, dict):
                    raise self.error("JSONLD-UNSIGNED-VALUE", element, key, place)
        elif name == "@value" and value is None:
            raise self.error("JSONLD-UNSIGNED-VALUE", element, key)
        elif name == "@id" and isinstance(value, str):
            self._identifier(element, key, value)
        if not is_value:
            self._disguise(words, element, (key,), key, name)

    def _language(self, element: JsonObject, key: str, *, is_value: bool) -> None:
        tag = element[key]
        if not is_value:  # processors take it along, and leave it out of RDF
            self.noted.append((element, key, "JSONLD-UNDEFINED-TERM"))
        elif isinstance(tag, str) and has_unusual_case(tag):
            self.noted.append((element, key, "JSONLD-LANGUAGE-CASE"))

    def _identifier(self, element: JsonObject, key: str, value: str) -> None:
        if value.startswith("_:"):
            self.noted.append((element, key, "JSONLD-BLANK-LABEL"))
        elif ":" not in value:
            raise self.error("JSONLD-RELATIVE-IRI", element, key, value=shown(value))

    def _disguise(
        self,
        words: Words,
        element: JsonObject,
        steps: tuple[str | int, ...],
        written: str,
        name: str,
        *,
        is_type: bool = False,
    ) -> None:
        term = disguised_term(words, written, name, is_type=is_type, inline=self._inline)
        if term is not None:
            raise self.error("JSONLD-DISGUISED-TERM", element, *steps, name=shown(written), term=term)


def undefined_members(root: JsonObject, noted: Sequence[Note]) -> tuple[UndefinedMember, ...]:
    """Say where the noted members stand: in document order of objects, within one in order of its members."""
    found = places(root)
    rank = {identity: number for number, identity in enumerate(found)}
    objects = {id(element): element for element, _, _ in noted}
    order = {
        identity: {name: number for number, name in enumerate(element)}
        for identity, element in objects.items()
    }
    ordered = sorted(noted, key=lambda note: (rank[id(note[0])], order[id(note[0])][note[1]]))
    return tuple(
        UndefinedMember(found[id(element)] + pointer(key), key, code) for element, key, code in ordered
    )


def disguised_term(
    words: Words, written: str, name: str, *, is_type: bool = False, inline: frozenset[str] = frozenset()
) -> str | None:
    """Find another term that a name stands for: whoever reads the JSON looks for that one.

    Otherwise `credentialStatus` could be spelled as its IRI, or as an alias in a context added later, and
    `criteria` as the class `Criteria`, which has its IRI: signed as before, and no longer found.

    Args:
        words: the context in force.
        written: a member name or type, as written.
        name: the IRI or keyword that it expands to.
        is_type: whether it is a type.
        inline: the names that contexts inside the document define.
    """
    for term in words.terms_of(name):
        if term == written or term in inline:
            continue
        if not words.is_term(written) or written in inline:
            disguised = _is_class(term) or not is_type
        elif is_type:
            disguised = _is_class(term) and words.is_coerced(written)
        else:
            disguised = _is_class(written) and not _is_class(term)
        if disguised:
            return term
    return None


def has_unusual_case(tag: str) -> bool:
    """Tell a language tag that is not in its conventional letter case, which is not signed."""
    return is_language_tag(tag) and conventional_case(tag) != tag


def is_empty(value: JsonValue) -> bool:
    """Tell a value of which no quad speaks: its member is not signed, only known by its name."""
    return value is None or (isinstance(value, list) and all(is_empty(item) for item in value))


def _is_class(term: str) -> bool:
    """Tell a term for a class from one for a property, by the custom that all contexts at hand keep."""
    return term[:1].isupper()
