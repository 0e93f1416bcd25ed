"""What a table file says of the contexts that it holds: where they are published, and in which states."""

from __future__ import annotations

from dataclasses import dataclass, field

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue


@dataclass(frozen=True, slots=True)
class PublishedState:
    """One content that a context has had.

    Attributes:
        file: the name of the generated file, without suffix.
        digest: SHA-256 of the published bytes, in hex.
        seen: the day on which the publisher gave it this content, or on which the URL was seen to serve
            it (ISO 8601), empty if unknown.
        terms: the content of `@context`, an array where it begins with the URL of another context.
        beside: what the document has beside `@context`.
    """

    file: str
    digest: str
    seen: str
    terms: JsonObject | list[JsonValue]
    beside: JsonObject = field(default_factory=dict)

    @property
    def document(self) -> JsonObject:
        """The whole document as it is published."""
        return {"@context": self.terms, **self.beside}


@dataclass(frozen=True, slots=True)
class PublishedContext:
    """A context with its URL, other URLs of the same document, and its known states, the served one first."""

    url: str
    states: tuple[PublishedState, ...]
    aliases: tuple[str, ...] = ()
