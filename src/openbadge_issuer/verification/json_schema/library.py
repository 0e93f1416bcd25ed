"""The schemas that one verification uses: bundled ones, and others through the fetcher, each read once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.assertions.schema.published import PUBLISHED, bundled_schema
from openbadge_issuer.errors import LimitError, OpenBadgeError
from openbadge_issuer.resolution.fetching import Fetcher, fetch_object, shown
from openbadge_issuer.verification.json_schema.bounded import (
    DIALECTS,
    MAX_WORK,
    SchemaProblem,
    UnusableSchemaError,
    Work,
    check_schema,
    validate,
)

if TYPE_CHECKING:
    from referencing import Resource

MAX_SCHEMA_BYTES: Final = 512 * 1024
"""Four times the largest schema that 1EdTech has published."""
MAX_FETCHED: Final = 8
"""Schemas that are fetched for one credential, those that others refer to among them."""

_ACCEPT = "application/schema+json, application/json"


class SchemaLibrary:
    """Finds schemas by URL: those that ship without any network, others through the fetcher.

    One library serves one credential; all its schemas share one budget of work.
    """

    def __init__(self, fetcher: Fetcher | None) -> None:
        self._fetcher = fetcher
        self._found: dict[str, JsonObject] = {}
        self._left = MAX_WORK

    def find(self, url: str) -> JsonObject:
        """Bring the schema at a URL.

        Raises:
            ResolutionError: it could not be had.
            LimitError: SCHEMA-TOO-MANY.
        """
        bundled = bundled_schema(url)
        if bundled is not None:
            return bundled
        if url not in self._found:
            if len(self._found) >= MAX_FETCHED:
                raise LimitError("SCHEMA-TOO-MANY", limit=MAX_FETCHED)
            self._found[url] = fetch_object(
                url, fetcher=self._fetcher, accept=_ACCEPT, max_bytes=MAX_SCHEMA_BYTES
            )
        return self._found[url]

    def validate(self, document: JsonObject, url: str, *, dialect: str) -> tuple[SchemaProblem, ...]:
        """Validate a document against the schema at a URL, and list the first problems.

        Args:
            document: what is validated.
            url: the schema's address.
            dialect: what the schema is written in unless it says so itself.

        Raises:
            ResolutionError: the schema, or one that it refers to, could not be had.
            UnusableSchemaError: it cannot be applied.
            LimitError: SCHEMA-TOO-MANY or SCHEMA-WORK.
        """
        work = Work(left=self._left)
        try:
            return _Validation(self, document, work).run(url, dialect)
        finally:
            self._left = work.left


class _Validation:
    """One document against one schema; keeps hold of all schemas that are measured."""

    def __init__(self, library: SchemaLibrary, document: JsonObject, work: Work) -> None:
        self._library = library
        self._document = document
        self._work = work
        self._ready: dict[str, JsonObject] = {}
        self._names: set[str] = set()
        self._dialect = ""
        self._failure: OpenBadgeError | UnusableSchemaError | None = None

    def run(self, url: str, dialect: str) -> tuple[SchemaProblem, ...]:
        from referencing import Registry  # noqa: PLC0415  # heavy, and most badges name no schema

        own = _dialect(self._library.find(url))
        self._dialect = own or dialect
        schema = self._schema(url)
        self._work.measure(self._document)
        try:
            return validate(
                self._document,
                {"$id": url, **schema},
                dialect=self._dialect,
                registry=Registry(retrieve=self._retrieve),  # type: ignore[call-arg]  # attrs, seen from afar
                work=self._work,
            )
        except UnusableSchemaError as error:
            # A reference can lead nowhere because what it leads to could not be had: then that is the news.
            raise self._failure or error from error

    def _retrieve(self, url: str) -> Resource[Any]:
        """Bring a schema that is referred to."""
        from referencing.exceptions import NoSuchResource  # noqa: PLC0415  # heavy
        from referencing.jsonschema import specification_with  # noqa: PLC0415  # heavy

        try:
            schema = self._schema(url)
        except (OpenBadgeError, UnusableSchemaError) as error:
            self._failure = error
            raise NoSuchResource(ref=url) from error  # type: ignore[call-arg]  # attrs, seen from afar
        return specification_with(self._dialect).create_resource(schema)

    def _schema(self, url: str) -> JsonObject:
        """Check a schema once, measure it, and take out what leads back to validators that do not count."""
        if url not in self._ready:
            found = self._library.find(url)
            if _dialect(found) not in (self._dialect, None):
                raise _several_dialects()
            ours = url in PUBLISHED  # known to be schemas, and without anything that is looked for here
            if not ours:
                check_schema(found, dialect=self._dialect, work=self._work)
                self._notice(found)
            schema = {
                name: part if ours else self._part(part) for name, part in found.items() if name != "$schema"
            }
            self._work.referred += self._work.measure(schema)
            self._ready[url] = schema
        return self._ready[url]

    def _part(self, value: JsonValue) -> JsonValue:
        """Give back the part without any `$schema`, and take note of what else makes a difference."""
        if isinstance(value, list):
            return [self._part(part) for part in value]
        if not isinstance(value, dict):
            return value
        if _dialect(value) not in (self._dialect, None):
            raise _several_dialects()
        self._notice(value)
        self._work.embedded |= "$id" in value
        return {
            name: self._part(part)
            for name, part in value.items()
            if name != "$schema" or not isinstance(part, str)
        }

    def _notice(self, names: Iterable[str]) -> None:
        self._names.update(names)
        if self._names >= {"unevaluatedProperties", "patternProperties"}:
            # jsonschema would match these with Python's own matcher.
            raise UnusableSchemaError("unevaluatedProperties with patternProperties")


def _dialect(schema: JsonObject) -> str | None:
    """Read the dialect that a schema names; None if it names none.

    Raises:
        UnusableSchemaError: it is not one of those that are known.
    """
    named = schema.get("$schema")
    if not isinstance(named, str):
        return None
    dialect = named.removesuffix("#")
    if dialect not in DIALECTS:
        raise UnusableSchemaError(f"$schema {shown(named)}")
    return dialect


def _several_dialects() -> UnusableSchemaError:
    return UnusableSchemaError("$schema of several dialects")
