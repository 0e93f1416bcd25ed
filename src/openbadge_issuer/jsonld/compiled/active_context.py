"""Context processing for the compiled way: the part of JSON-LD that the contexts of badges use, and no more.

Names and order follow JSON-LD 1.1 Processing Algorithms and API, sections 4.1 and 4.2, and where pyld goes
its own way, pyld, since both ways must agree. Whatever is not named here is declined.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.jsonld.iri import is_absolute_iri
from openbadge_issuer.jsonld.watch import KEYWORDS

_KEYWORD_FORM = re.compile(r"@[A-Za-z]+$")  # with `$`, as processors write it: a line break may follow
_LOOSELY_ABSOLUTE = re.compile(r"(?:[A-Za-z][A-Za-z0-9+-.]*|_):[^\s]*$")
_MEMBERS = frozenset({"@id", "@type", "@container", "@context", "@protected"})
_CONTAINERS = (("@set",), ("@list",), ("@graph",), ("@graph", "@set"), ("@set", "@graph"))
_ALIASES = ("@id", "@type")
_VERSION = 1.1


class Declined(Exception):  # noqa: N818  # no error: the general way takes over
    """The compiled way is not proven for what stands in a document or its contexts."""


class Definition(NamedTuple):
    """What a context says of a term.

    Attributes:
        iri: what it stands for: an absolute IRI, `@id` or `@type`.
        coercion: the type of its values: `@id`, `@vocab`, `@json`, a datatype, or None.
        container: the containers of its values.
        scope: the context in force in its values, if it has one of its own.
        clears: whether the scope is null, so that no context is in force there.
        protected: whether later contexts may not change it.
        prefix: whether it may stand before a colon.
    """

    iri: str
    coercion: str | None
    container: tuple[str, ...]
    scope: JsonObject | None
    clears: bool
    protected: bool
    prefix: bool


class ActiveContext:
    """The context in force at some place of a document. Never changed once it is made.

    Attributes:
        definitions: the terms, in the order in which they were defined last.
        vocabulary: what names that are no terms are appended to, if anything.
        previous: the context to which a node inside reverts, if the context came with a type.
        based: whether relative IRIs are resolved, as they are once a null context took our base away.
    """

    __slots__ = ("based", "definitions", "previous", "vocabulary")

    def __init__(
        self,
        definitions: Mapping[str, Definition],
        vocabulary: str | None = None,
        previous: ActiveContext | None = None,
        *,
        based: bool = False,
    ) -> None:
        self.definitions = definitions
        self.vocabulary = vocabulary
        self.previous = previous
        self.based = based

    def plus(
        self, local: JsonObject, *, override_protected: bool = False, propagate: bool = True
    ) -> ActiveContext:
        """Return the context that is in force when another comes on top of this one (section 4.1.2).

        Args:
            local: the context that comes on top.
            override_protected: whether it may change protected terms, as the scope of a property may.
            propagate: False if nodes inside revert to this context, as with the scope of a type.

        Raises:
            Declined: it holds something else than badges' contexts do, or an error.
        """
        previous = self.previous if propagate else self.previous or self
        processing = _Processing(self, local, previous, override_protected=override_protected)
        processing.run()
        return processing.so_far()

    def expanded(self, written: str) -> str | None:
        """Expand a name relative to the vocabulary (section 5.2.2); None if it only looks like a keyword."""
        definition = self.definitions.get(written)
        if definition is not None:
            return definition.iri
        if written[:1] == "@" and (written in KEYWORDS or _KEYWORD_FORM.match(written)):
            return written if written in KEYWORDS else None
        prefix, colon, suffix = written.partition(":")
        if colon and prefix:
            if prefix == "_" or suffix.startswith("//"):
                return written
            definition = self.definitions.get(prefix)
            if definition is not None and definition.prefix:
                return definition.iri + suffix
            if _LOOSELY_ABSOLUTE.match(written):
                return written
        return written if self.vocabulary is None else self.vocabulary + written


def is_name(expanded: str | None) -> bool:
    """Tell whether a processor keeps a member whose name expands to this."""
    return expanded is not None and (expanded in KEYWORDS or bool(_LOOSELY_ABSOLUTE.match(expanded)))


class _Processing:
    """One context on its way on top of another."""

    def __init__(
        self,
        active: ActiveContext,
        local: JsonObject,
        previous: ActiveContext | None,
        *,
        override_protected: bool,
    ) -> None:
        self._definitions = dict(active.definitions)
        self._vocabulary = active.vocabulary
        self._local = local
        self._previous = previous
        self._based = active.based
        self._override = override_protected
        self._defined: dict[str, bool] = {}
        self._protected = local.get("@protected", False)
        if not isinstance(self._protected, bool):
            raise Declined

    def run(self) -> None:
        """Put it there."""
        if "@vocab" in self._local:
            self._vocabulary = self._checked_vocabulary(self._local["@vocab"])
        for term, value in self._local.items():
            if term[:1] == "@":
                if term not in ("@protected", "@vocab") and not (term == "@version" and value == _VERSION):
                    raise Declined
                continue
            self._define(term, override_protected=self._override)
            scope = self._definitions[term].scope
            if scope is not None:  # processors look at once whether it makes sense, among the terms so far
                self.so_far().plus(scope, override_protected=True)

    def so_far(self) -> ActiveContext:
        """Return the context with the terms that are defined up to now."""
        return ActiveContext(self._definitions, self._vocabulary, self._previous, based=self._based)

    def _checked_vocabulary(self, written: JsonValue) -> str | None:
        if written is None:
            return None
        if not isinstance(written, str) or not is_absolute_iri(written):
            raise Declined
        if self.so_far().expanded(written) != written:
            raise Declined
        return written

    def _define(self, term: str, *, override_protected: bool) -> None:
        """Create a term definition (section 4.2.2)."""
        if term in self._defined:
            if not self._defined[term]:
                raise Declined  # it is defined by itself
            return
        self._defined[term] = False
        if not term or term[0] == "@" or term == "_uuid" or ":" in term or "/" in term:
            raise Declined
        earlier = self._definitions.pop(term, None)
        definition = self._definition(term, self._local[term])
        if earlier is not None and earlier.protected and not override_protected:
            definition = definition._replace(protected=True)
            if definition != earlier:
                raise Declined
        self._definitions[term] = definition
        self._defined[term] = True

    def _definition(self, term: str, value: JsonValue) -> Definition:
        members: JsonObject = {"@id": value} if isinstance(value, str) else _object(value)
        written, scope = members.get("@id"), members.get("@context")
        if not members.keys() <= _MEMBERS or not isinstance(written, str) or written == term:
            raise Declined
        protected = members.get("@protected", self._protected)
        if not isinstance(protected, bool):
            raise Declined
        if written in _ALIASES:
            if len(members) != 1:
                raise Declined
            return Definition(written, None, (), None, clears=False, protected=protected, prefix=False)
        iri = self._absolute(written)
        return Definition(
            iri,
            self._coercion(members),
            _container(members),
            None if scope is None else _object(scope),
            clears="@context" in members and scope is None,
            protected=protected,
            prefix=isinstance(value, str) and iri[-1] in ":/?#[]@",
        )

    def _coercion(self, members: JsonObject) -> str | None:
        if "@type" not in members:
            return None
        written = members["@type"]
        if written in ("@id", "@vocab", "@json"):
            return str(written)
        return self._absolute(written)

    def _absolute(self, written: JsonValue) -> str:
        """Expand an IRI in a context, which may need other terms of the same context first."""
        if not isinstance(written, str) or written[:1] == "@":
            raise Declined
        prefix, _, suffix = written.partition(":")
        if not suffix.startswith("//") and prefix in self._local and not self._defined.get(prefix):
            self._define(prefix, override_protected=False)
        expanded = self.so_far().expanded(written)
        if expanded is None or not is_absolute_iri(expanded):
            raise Declined
        return expanded


def _container(members: JsonObject) -> tuple[str, ...]:
    if "@container" not in members:
        return ()
    written = members["@container"]
    container = tuple(written) if isinstance(written, list) else (written,)
    if container not in _CONTAINERS:
        raise Declined
    return container


def _object(value: JsonValue) -> JsonObject:
    if not isinstance(value, dict):
        raise Declined
    return value
