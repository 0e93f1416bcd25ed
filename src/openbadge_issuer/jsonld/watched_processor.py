"""pyld's processor, watched: what it would drop, or what hides behind another name, is found as it happens.

pyld tells its drop handler a name but no place, and says nothing of much else that it leaves out. So its
step for one object is wrapped, where the object and the context in force are both at hand.
This module imports pyld, which takes 0.2 s: import it where it is used.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping, Sequence
from typing import TypeAlias

from pyld.jsonld import KEYWORDS, JsonLdProcessor, _is_absolute_iri

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, pointer
from openbadge_issuer.errors import CanonicalizationError
from openbadge_issuer.jsonld.iri import conventional_case, is_absolute_iri, is_language_tag
from openbadge_issuer.jsonld.shown import shown
from openbadge_issuer.jsonld.undefined_member import UndefinedMember

ActiveContext: TypeAlias = (
    "Mapping[str, Mapping[str, Mapping[str, str] | None]]"  # of it only `mappings` is read
)
Processed: TypeAlias = "MutableMapping[tuple[object, ...], tuple[object, ActiveContext]]"
Inverses: TypeAlias = "MutableMapping[str, dict[str, list[str]]]"

_PLAIN_KEYWORDS = frozenset({"@graph", "@id", "@list", "@set", "@type", "@value", "@language", "@direction"})

_NAMED_OR_NO_NODE = frozenset({"@id", "@value", "@list", "@set"})


class _Forgiving(dict[str, Mapping[str, Mapping[str, str] | None]]):
    def __delitem__(self, key: str) -> None:
        self.pop(key, None)


class WatchedProcessor(JsonLdProcessor):  # type: ignore[misc]  # pyld is untyped
    """Expands one document and notes what of it would not be signed.

    Args:
        processed: contexts that were processed before, by what they were put on; shared between documents.
        inverses: the terms of each such context by IRI; shared likewise.
        inline: the names that contexts inside the document define.
    """

    def __init__(self, processed: Processed, inverses: Inverses, inline: frozenset[str]) -> None:
        super().__init__(self._count_drop)
        self._processed = processed
        self._inverses = inverses
        self._inline = inline
        self._root: JsonObject | None = None  # pyld's own copy; keeps the objects that are noted alive
        self._noted: list[tuple[JsonObject, str, str]] = []
        self._unnamed: list[tuple[JsonObject, str]] = []
        self._drops = 0
        self._undefined = 0

    def undefined(self) -> tuple[UndefinedMember, ...]:
        """Return what was noted, in document order of objects."""
        if self._drops != self._undefined:  # pyld has changed: better no bytes than unwatched ones
            raise CanonicalizationError("JSONLD-PROCESSING", problem="unknown version of pyld")
        places = self._places() if self._noted else {}
        return tuple(
            UndefinedMember(places[id(element)] + pointer(key), key, code)
            for element, key, code in self._noted
        )

    def unnamed(self) -> tuple[str, ...]:
        """Return where the identifiers of the nodes that have none would stand, inner nodes first."""
        places = self._places()
        return tuple(
            places[id(element)] + pointer(key) for element, key in self._unnamed if id(element) in places
        )

    def _count_drop(self, _name: str | None) -> None:
        self._drops += 1

    def _process_context(
        self, active_ctx: ActiveContext, local_ctx: JsonValue, options: object, **flags: object
    ) -> ActiveContext:
        """Remember what a context makes of another: pyld looks scoped ones up under an ever new identity."""
        identity = active_ctx.get("_uuid")
        if identity is None or flags.get("cycles") is not None or not isinstance(local_ctx, dict):
            return self._untyped_process(active_ctx, local_ctx, options, **flags)
        key = (identity, id(local_ctx), flags.get("propagate"), flags.get("override_protected"))
        known = self._processed.get(key)
        if known is None or known[0] is not local_ctx:
            known = local_ctx, self._untyped_process(active_ctx, local_ctx, options, **flags)
            self._processed[key] = known
        return known[1]

    def _clone_active_context(self, active_ctx: ActiveContext) -> ActiveContext:
        """Let a context say `"@vocab": null` where there is none, as the recommendation does."""
        return _Forgiving(super()._clone_active_context(active_ctx))

    def _untyped_process(
        self, active_ctx: ActiveContext, local_ctx: JsonValue, options: object, **flags: object
    ) -> ActiveContext:
        result: ActiveContext = super()._process_context(active_ctx, local_ctx, options, **flags)
        return result

    def _expand_object(  # noqa: PLR0917  # pyld's signature
        self,
        active_ctx: ActiveContext,
        active_property: str | None,
        expanded_active_property: str | None,
        element: JsonObject,
        expanded_parent: JsonObject,
        options: object,
        inside_list: bool = False,  # noqa: FBT001, FBT002  # pyld's signature
        type_key: str | None = None,
        type_scoped_ctx: ActiveContext | None = None,
    ) -> None:
        if self._root is None:
            self._root = element
        names = {key: self._name(active_ctx, key) for key in element if key != "@context"}
        self._watch(active_ctx, element, names)
        if "@value" not in names.values():
            for key, name in names.items():
                if name == "@type":
                    self._watch_types(type_scoped_ctx or active_ctx, element, key)
        super()._expand_object(
            active_ctx,
            active_property,
            expanded_active_property,
            element,
            expanded_parent,
            options,
            inside_list,
            type_key,
            type_scoped_ctx,
        )
        if _NAMED_OR_NO_NODE.isdisjoint(expanded_parent):
            alias = self._terms_by_iri(active_ctx).get("@id", ("@id",))
            self._unnamed.append((element, alias[0]))

    def _expand_language_map(
        self, active_ctx: ActiveContext, language_map: JsonObject, direction: str | None
    ) -> list[JsonValue]:
        for key in language_map:
            if is_language_tag(key) and conventional_case(key) != key:
                self._noted.append((language_map, key, "JSONLD-LANGUAGE-CASE"))
        result: list[JsonValue] = super()._expand_language_map(active_ctx, language_map, direction)
        return result

    def _name(self, context: ActiveContext, key: str) -> str | None:
        """Expand a key; None where pyld is going to drop it."""
        name = self._expand_iri(context, key, vocab=True)
        if isinstance(name, str) and (name in KEYWORDS or _is_absolute_iri(name)):
            return name
        return None

    def _watch(self, context: ActiveContext, element: JsonObject, names: Mapping[str, str | None]) -> None:
        is_value = "@value" in names.values()
        for key, name in names.items():
            if name is None:
                self._undefined += 1
                self._noted.append((element, key, "JSONLD-UNDEFINED-TERM"))
            elif name.startswith("@"):
                self._watch_keyword(context, element, key, name, is_value=is_value)
            elif not is_absolute_iri(name):  # also a blank node as property, which RDF does not know
                raise self._error("JSONLD-IRI", element, key, value=shown(name))
            else:
                self._watch_disguise(context, element, (key,), key, name)
                if key not in context["mappings"] and _is_empty(element[key]):
                    self._noted.append((element, key, "JSONLD-UNDEFINED-TERM"))

    def _watch_keyword(
        self, context: ActiveContext, element: JsonObject, key: str, name: str, *, is_value: bool
    ) -> None:
        value = element[key]
        if name not in _PLAIN_KEYWORDS:
            raise self._error("JSONLD-KEYWORD", element, key, name=shown(key))
        if name == "@direction":
            self._noted.append((element, key, "JSONLD-DIRECTION"))
        elif name == "@language":
            self._watch_language(element, key, is_value=is_value)
        elif name == "@graph":
            for place, item in enumerate(value if isinstance(value, list) else [value]):
                if not isinstance(item, dict):
                    raise self._error("JSONLD-UNSIGNED-VALUE", element, key, place)
        elif name == "@value" and value is None:
            raise self._error("JSONLD-UNSIGNED-VALUE", element, key)
        elif name == "@id" and isinstance(value, str):
            self._watch_identifier(element, key, value)
        if not is_value:
            self._watch_disguise(context, element, (key,), key, name)

    def _watch_language(self, element: JsonObject, key: str, *, is_value: bool) -> None:
        tag = element[key]
        if not is_value:  # pyld takes it along, and leaves it out of RDF
            self._noted.append((element, key, "JSONLD-UNDEFINED-TERM"))
        elif isinstance(tag, str) and is_language_tag(tag) and conventional_case(tag) != tag:
            self._noted.append((element, key, "JSONLD-LANGUAGE-CASE"))

    def _watch_identifier(self, element: JsonObject, key: str, value: str) -> None:
        if value.startswith("_:"):
            self._noted.append((element, key, "JSONLD-BLANK-LABEL"))
        elif ":" not in value:
            raise self._error("JSONLD-RELATIVE-IRI", element, key, value=shown(value))

    def _watch_types(self, context: ActiveContext, element: JsonObject, key: str) -> None:
        value = element[key]
        for place, item in enumerate(value if isinstance(value, list) else [value]):
            if not isinstance(item, str):
                continue  # pyld refuses it
            steps = (key, place) if isinstance(value, list) else (key,)
            name = self._expand_iri(context, item, vocab=True)
            if not isinstance(name, str) or name.startswith(("@", "_:")) or ":" not in name:
                raise self._error("JSONLD-UNMAPPED-TYPE", element, *steps, name=shown(item))
            if not is_absolute_iri(name):
                raise self._error("JSONLD-IRI", element, *steps, value=shown(name))
            self._watch_disguise(context, element, steps, item, name, is_type=True)

    def _watch_disguise(
        self,
        context: ActiveContext,
        element: JsonObject,
        steps: tuple[str | int, ...],
        written: str,
        name: str,
        *,
        is_type: bool = False,
    ) -> None:
        """Refuse a name for which the contexts have another term: whoever reads the JSON looks for that one.

        Otherwise `credentialStatus` could be spelled as its IRI, or as an alias in a context added later, and
        `criteria` as the class `Criteria`, which has its IRI: signed as before, and no longer found.
        """
        mappings = context["mappings"]
        for term in self._terms_by_iri(context).get(name, ()):
            if term == written or term in self._inline:
                continue
            if written not in mappings or written in self._inline:
                disguised = _is_class(term) or not is_type
            elif is_type:
                disguised = _is_class(term) and bool((mappings[written] or {}).get("@type"))
            else:
                disguised = _is_class(written) and not _is_class(term)
            if disguised:
                raise self._error("JSONLD-DISGUISED-TERM", element, *steps, name=shown(written), term=term)

    def _terms_by_iri(self, context: ActiveContext) -> Mapping[str, Sequence[str]]:
        """Turn a context round; most IRIs have one term."""
        identity = str(context.get("_uuid", ""))
        terms = self._inverses.get(identity)
        if terms is None:
            terms = {}
            for term, mapping in context["mappings"].items():
                if mapping:
                    terms.setdefault(mapping["@id"], []).append(term)
            if identity:
                self._inverses[identity] = terms
        return terms

    def _error(
        self, code: str, element: JsonObject, /, *steps: str | int, **details: str | int
    ) -> CanonicalizationError:
        return CanonicalizationError(code, self._places().get(id(element), "") + pointer(*steps), **details)

    def _places(self) -> dict[int, str]:
        """Give the JSON Pointer of every object in the document, by its identity."""
        places: dict[int, str] = {}
        stack: list[tuple[JsonValue, str]] = [(self._root, "")]
        while stack:
            value, place = stack.pop()
            if isinstance(value, dict):
                places[id(value)] = place
                stack.extend((member, place + pointer(key)) for key, member in value.items())
            elif isinstance(value, list):
                stack.extend((item, f"{place}/{number}") for number, item in enumerate(value))
        return places


def _is_empty(value: JsonValue) -> bool:
    """Tell a value of which no quad speaks: its member is not signed, only known by its name."""
    return value is None or (isinstance(value, list) and all(_is_empty(item) for item in value))


def _is_class(term: str) -> bool:
    """Tell a term for a class from one for a property, by the custom that all contexts at hand keep."""
    return term[:1].isupper()
