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
from openbadge_issuer.jsonld.places import finder, places
from openbadge_issuer.jsonld.shown import shown
from openbadge_issuer.jsonld.undefined_member import UndefinedMember
from openbadge_issuer.jsonld.watch import Watch, has_unusual_case, undefined_members

ActiveContext: TypeAlias = (
    "Mapping[str, Mapping[str, Mapping[str, str] | None]]"  # of it only `mappings` is read
)
Processed: TypeAlias = "MutableMapping[tuple[object, ...], tuple[object, ActiveContext]]"
Inverses: TypeAlias = "MutableMapping[str, dict[str, list[str]]]"

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
        self._watch = Watch(inline)  # its root is pyld's own copy, which keeps the noted objects alive
        self._unnamed: list[tuple[JsonObject, str]] = []
        self._drops = 0
        self._undefined = 0

    def undefined(self) -> tuple[UndefinedMember, ...]:
        """Return what was noted, in document order of objects."""
        if self._drops != self._undefined:  # pyld has changed: better no bytes than unwatched ones
            raise CanonicalizationError("JSONLD-PROCESSING", problem="unknown version of pyld")
        return undefined_members(self._watch.root, self._watch.noted)

    def unnamed(self) -> tuple[str, ...]:
        """Return where the identifiers of the nodes that have none would stand, inner nodes first."""
        found = places(self._watch.root)
        return tuple(
            found[id(element)] + pointer(key) for element, key in self._unnamed if id(element) in found
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
        if not self._watch.root:
            self._watch.root = element
        words = self._words(active_ctx)
        names = {key: words.name(key) for key in element if key != "@context"}
        self._undefined += self._watch.members(words, element, names)
        if "@value" not in names.values():
            for key, name in names.items():
                if name == "@type":
                    self._watch.types(self._words(type_scoped_ctx or active_ctx), element, key)
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
            alias = words.terms_of("@id") or ("@id",)
            self._unnamed.append((element, alias[0]))

    def _expand_value(
        self, active_ctx: ActiveContext, active_property: str | None, value: JsonValue, options: object
    ) -> JsonObject | None:
        """Refuse a text that names a node only seemingly, and what is no number for anybody else."""
        place = finder(self._watch.root)
        try:
            result: JsonObject | None = super()._expand_value(active_ctx, active_property, value, options)
        except OverflowError as error:  # pyld tries whether a number is one
            number = value if isinstance(value, int) else ""
            raise CanonicalizationError("JSONLD-NUMBER", place(value), value=shown(number)) from error
        if isinstance(value, str) and isinstance(result, dict) and "@id" in result:
            identifier = result["@id"]
            if identifier is None:  # it looks like a keyword, and pyld takes it for a node without a name
                raise CanonicalizationError("JSONLD-RELATIVE-IRI", place(value), value=shown(value))
            if isinstance(identifier, str) and identifier.startswith("_:"):
                raise CanonicalizationError(
                    "JSONLD-BLANK-LABEL", place(value), name=shown(str(active_property))
                )
        return result

    def _expand_language_map(
        self, active_ctx: ActiveContext, language_map: JsonObject, direction: str | None
    ) -> list[JsonValue]:
        self._watch.noted += [
            (language_map, key, "JSONLD-LANGUAGE-CASE") for key in language_map if has_unusual_case(key)
        ]
        result: list[JsonValue] = super()._expand_language_map(active_ctx, language_map, direction)
        return result

    def _words(self, context: ActiveContext) -> _Words:
        return _Words(self, context, self._inverses)


class _Words:
    """What names mean under one of pyld's contexts, as the watch asks."""

    def __init__(self, processor: WatchedProcessor, context: ActiveContext, inverses: Inverses) -> None:
        self._processor = processor
        self._context = context
        self._mappings = context["mappings"]
        self._inverses = inverses

    def expanded(self, written: str) -> str | None:
        name = self._processor._expand_iri(self._context, written, vocab=True)  # noqa: SLF001  # pyld's own
        return name if isinstance(name, str) else None

    def name(self, key: str) -> str | None:
        """Expand a member name; None where pyld is going to drop it."""
        name = self.expanded(key)
        return name if name is not None and (name in KEYWORDS or _is_absolute_iri(name)) else None

    def is_term(self, written: str) -> bool:
        return written in self._mappings

    def is_coerced(self, written: str) -> bool:
        return bool((self._mappings[written] or {}).get("@type"))

    def terms_of(self, iri: str) -> Sequence[str]:
        return self._by_iri().get(iri, ())

    def _by_iri(self) -> Mapping[str, Sequence[str]]:
        """Turn the context round; most IRIs have one term."""
        identity = str(self._context.get("_uuid", ""))
        terms = self._inverses.get(identity)
        if terms is None:
            terms = {}
            for term, mapping in self._mappings.items():
                if mapping:
                    terms.setdefault(mapping["@id"], []).append(term)
            if identity:
                self._inverses[identity] = terms
        return terms
