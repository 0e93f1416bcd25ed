"""Contexts in force as tables: for each member name, how its values are written as N-Quads.

A table is filled as its names come up, and leads on to the tables for the values of its terms, for types,
and for contexts inside a document. So after a few badges of one kind nothing is left to interpret.
Tables are shared between threads without a lock: whoever comes second writes an equal entry.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, Literal

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.jsonld.compiled.active_context import (
    ActiveContext,
    Declined,
    Definition,
    is_name,
)
from openbadge_issuer.jsonld.compiled.writers import Write, iri_writer, text_writer
from openbadge_issuer.jsonld.contexts import ContextLoader
from openbadge_issuer.jsonld.dataset import RDF_TYPE
from openbadge_issuer.jsonld.iri import BASE, is_absolute_iri
from openbadge_issuer.jsonld.nquads import iri
from openbadge_issuer.jsonld.watch import disguised_term

MAX_TABLES = 512
"""Tables that are kept. A badge needs some ten; each takes about 20 KB."""

MAX_KINDS = 64
"""Combinations of types that one table remembers."""

MAX_TYPES = 16
"""Types of one node."""

MAX_LISTS = 256
"""Lists of contexts that one table remembers."""

MAX_CONTEXTS = 10
"""URLs in one `@context`; processors stop after a few more."""

_MAX_KIND_LENGTH = 500  # characters of all types together
_MAX_NESTING = 4  # of contexts that point at contexts
_How = Literal["local", "scope", "type"]


class Suspect(Exception):  # noqa: N818  # no error yet: somebody has to look closely
    """Something that may be refused was met; `refusal` finds out what, in the order of the general way."""


class Term:
    """How the values of one member are written.

    Attributes:
        predicate: the property as a term of N-Quads.
        middle: the same between spaces, as it stands in a line.
        write: writes a text as a term of N-Quads; raises `CanonicalizationError` if that is not safe.
        refers: whether a text names a node.
        datatype: the datatype of its literals, if it is coerced to one.
        container: `list`, `graph`, or `json` for values that are no linked data; empty for a plain one.
        inner: the table for nodes among the values, before any context or types of their own.
        bare: the table for references and value objects, in which nothing is reverted.
        undefined: whether no context defines the name, which is an IRI itself.
    """

    __slots__ = (
        "bare",
        "container",
        "datatype",
        "inner",
        "middle",
        "predicate",
        "refers",
        "undefined",
        "write",
    )

    def __init__(
        self, name: str, definition: Definition | None, *, inner: Table, bare: Table, words: Table
    ) -> None:
        coercion = definition.coercion if definition else None
        self.predicate: Final = iri(name)
        self.middle: Final = f" {self.predicate} "
        self.inner: Final = inner
        self.bare: Final = bare
        self.undefined: Final = definition is None
        self.refers: Final = coercion in ("@id", "@vocab")
        self.datatype: Final = None if self.refers or coercion == "@json" else coercion
        self.container: Final = _container(definition)
        self.write: Final = words.writer(coercion)


class Kinds:
    """What the types of a node bring.

    Attributes:
        iris: the types as terms of N-Quads.
        endings: the lines that say so of a node of the default graph, without that node.
        table: the table for its members.
    """

    __slots__ = ("endings", "iris", "table")

    def __init__(self, names: Sequence[str], table: Table) -> None:
        self.iris: Final = tuple(iri(name) for name in names)
        self.endings: Final = tuple(f" {RDF_TYPE} {written} .\n" for written in self.iris)
        self.table: Final = table


class Tables:
    """The tables that grew from one empty context.

    Args:
        inline: the names that contexts inside a document define, for which the tables are then made.

    Attributes:
        count: how many they are.
        start: the table under the contexts of that document.
    """

    def __init__(self, inline: frozenset[str] = frozenset()) -> None:
        self.count = 0
        self.inline: Final = inline
        self.start: Table | None = None
        self.root: Final = Table(self, ActiveContext({}))
        self.cleared: Final = Table(self, ActiveContext({}, based=True))

    @property
    def full(self) -> bool:
        """Whether no table can be added."""
        return self.count >= MAX_TABLES


class Table:
    """One context in force.

    Attributes:
        terms: how members are written, as far as they came up; None for what is no property.
        kinds: what types bring, as far as they came up.
        lists: the tables under contexts inside a document, as far as they came up.
        id_key: the name under which the identifier of a node stands.
        type_key: the name under which its types stand.
        write_iri: writes a text that names a node.
    """

    def __init__(self, tables: Tables, context: ActiveContext, *, source: JsonObject | None = None) -> None:
        if tables.full:
            raise Declined
        tables.count += 1
        self._tables = tables
        self._context = context
        self._source = source  # kept alive, since `_derived` of its parent knows it by its identity
        self._definitions = context.definitions
        self._inverse: dict[str, list[str]] = {}
        for term, definition in self._definitions.items():
            self._inverse.setdefault(definition.iri, []).append(term)
        self._derived: dict[tuple[int, _How], Table] = {}
        self.reverted: Table = self
        self.id_key: Final = self._alias("@id")
        self.type_key: Final = self._alias("@type")
        self.terms: dict[str, Term | None] = {self.id_key: None, self.type_key: None, "@context": None}
        self.kinds: dict[str | tuple[str, ...], Kinds] = {}
        self.lists: dict[tuple[ContextLoader, str | tuple[str, ...]], Table] = {}
        prefixes = {
            term: definition.iri for term, definition in self._definitions.items() if definition.prefix
        }
        self.write_iri: Final = iri_writer(prefixes, based=context.based)

    # Words, as the watch asks

    def expanded(self, written: str) -> str | None:
        """Expand a name relative to the vocabulary."""
        return self._context.expanded(written)

    def name(self, written: str) -> str | None:
        """Expand a member name; None where it is dropped."""
        name = self._context.expanded(written)
        return name if is_name(name) else None

    def is_term(self, written: str) -> bool:
        """Tell whether the context defines this very name."""
        return written in self._definitions

    def is_coerced(self, written: str) -> bool:
        """Tell whether the context says of which type the values of a term are."""
        return self._definitions[written].coercion is not None

    def terms_of(self, iri: str) -> Sequence[str]:
        """List the terms for an IRI or keyword, in the order of their definition."""
        return self._inverse.get(iri, ())

    # Where it leads

    def term(self, written: str) -> Term | None:
        """Say how a member is written that did not come up before; None if no context defines it.

        Raises:
            Suspect: the member may have to be refused.
            Declined: it is not proven how it is written.
        """
        name = self.name(written)
        if name is None:
            return None
        if name[0] == "@" or not is_absolute_iri(name) or self._disguised(written, name):
            raise Suspect
        if name.startswith(BASE):
            raise Declined
        definition = self._definitions.get(written)
        if definition is None:  # an IRI, of which there are more than could be remembered
            return Term(name, None, inner=self.reverted, bare=self, words=self)
        term = self.terms[written] = self._defined(written, name, definition)
        return term

    def new_kinds(self, written: JsonValue) -> Kinds:
        """Say what types bring that did not come up before; raises as `term` does."""
        listed = tuple(_texts(written))
        names = [self._type_name(item) for item in listed]
        table = self.among(listed)
        if not 0 < len(listed) <= MAX_TYPES or table.type_key != self.type_key:
            raise Declined
        kinds = Kinds(names, table)
        if len(self.kinds) < MAX_KINDS and sum(map(len, listed)) <= _MAX_KIND_LENGTH:
            self.kinds[listed if isinstance(written, list) else listed[0]] = kinds
        return kinds

    def among(self, types: Iterable[str]) -> Table:
        """Return the table that types bring, in the order of their names (section 5.1.2, step 11)."""
        table = self
        for item in sorted(types):
            definition = self._definitions.get(item)
            if definition is not None and definition.scope is not None:
                table = table.derived(definition.scope, "type")
        return table

    def under(self, contexts: JsonValue, loader: ContextLoader) -> Table:
        """Return the table under contexts that a document names, which did not come up before.

        Raises:
            ContextError: a context is not known.
            Declined: as `term`; a document's own context is always declined.
        """
        urls = tuple(_texts(contexts))
        table = self.below(list(urls), loader)
        if len(self.lists) >= MAX_LISTS:
            self.lists.clear()
        self.lists[loader, urls if isinstance(contexts, list) else urls[0]] = table
        return table

    def below(self, contexts: Sequence[JsonValue], loader: ContextLoader) -> Table:
        """Return the table under contexts, each given by its URL or as it is; raises as `under` does."""
        if not 0 < len(contexts) <= MAX_CONTEXTS:
            raise Declined
        table = self
        for local in [part for entry in contexts for part in _parts(entry, loader, _MAX_NESTING)]:
            table = table.derived(local, "local")
        return table

    def derived(self, local: JsonObject, how: _How) -> Table:
        """Return the table under a context on top of this one."""
        key = id(local), how
        table = self._derived.get(key)
        if table is None:
            context = self._context.plus(local, override_protected=how == "scope", propagate=how != "type")
            table = Table(self._tables, context, source=local)
            if context.previous is not None:
                table.reverted = self.reverted
            self._derived[key] = table
        return table

    def writer(self, coercion: str | None) -> Write:
        """Return the function that writes a text as a value of this type."""
        if coercion == "@id":
            return self.write_iri
        if coercion == "@vocab":
            return self._vocabulary_writer()
        return text_writer(None if coercion == "@json" else coercion)

    def _vocabulary_writer(self) -> Write:
        written = {
            term: iri(definition.iri)
            for term, definition in self._definitions.items()
            if definition.iri[0] != "@"
        }
        vocabulary, write_iri, is_term = self._context.vocabulary, self.write_iri, self.is_term

        def write(text: str) -> str:
            known = written.get(text)
            if known is not None:
                return known
            if is_term(text) or (vocabulary is not None and not is_absolute_iri(text)):
                raise Declined
            return write_iri(text)

        return write

    def _defined(self, written: str, name: str, definition: Definition) -> Term:
        """Find the tables for the values of a term (JSON-LD 1.1 API, section 5.1.2, steps 3, 7, 8 and 13)."""
        if definition.clears:
            # A text is then no longer under the definition: it becomes a plain literal.
            cleared = self._tables.cleared
            if definition.coercion == "@json" or "@list" in definition.container:
                raise Declined
            plain = definition._replace(coercion=None)
            return Term(name, plain, inner=cleared, bare=cleared, words=cleared)
        if definition.scope is None or definition.coercion == "@json":
            return Term(name, definition, inner=self.reverted, bare=self, words=self)
        # The scope comes into force for the value as it is, and once more after a node has reverted.
        scoped = self.derived(definition.scope, "scope")
        if scoped.definition(written) != definition:
            raise Declined
        return Term(
            name,
            definition,
            inner=scoped.reverted.derived(definition.scope, "scope"),
            bare=scoped.derived(definition.scope, "scope"),
            words=scoped,
        )

    def definition(self, term: str) -> Definition | None:
        """Return what the context in force says of a term."""
        return self._definitions.get(term)

    def _type_name(self, written: str) -> str:
        name = self.expanded(written)
        if name is None or not is_absolute_iri(name) or self._disguised(written, name, is_type=True):
            raise Suspect
        if name.startswith(BASE):
            raise Declined
        return name

    def _disguised(self, written: str, name: str, *, is_type: bool = False) -> bool:
        inline = self._tables.inline
        return disguised_term(self, written, name, is_type=is_type, inline=inline) is not None

    def _alias(self, keyword: str) -> str:
        aliases = self._inverse.get(keyword, [keyword])
        if len(aliases) > 1:
            raise Declined
        return aliases[0]


def _container(definition: Definition | None) -> Literal["", "list", "graph", "json"]:
    if definition is None:
        return ""
    if definition.coercion == "@json":
        return "json"
    if "@list" in definition.container:
        return "list"
    return "graph" if "@graph" in definition.container else ""


def _texts(value: JsonValue) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        if not isinstance(item, str):
            raise Declined
        yield item


def _parts(context: JsonValue, loader: ContextLoader, nesting: int) -> list[JsonObject]:
    """Load a context, and those that it points at in its place."""
    if isinstance(context, dict):
        return [context]
    if not isinstance(context, str) or not _is_plain_url(context) or not nesting:
        raise Declined
    loaded = loader.load(context).get("@context")
    entries = loaded if isinstance(loaded, list) else [loaded]
    return [part for entry in entries for part in _parts(entry, loader, nesting - 1)]


def _is_plain_url(url: str) -> bool:
    """Tell a URL that processors leave as it is."""
    return url.startswith(("https://", "http://")) and is_absolute_iri(url) and "/." not in url
