"""What a fetcher is: the one door through which a document from elsewhere comes in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from openbadge_issuer.assertions.json_text import JsonObject, parse_json_object
from openbadge_issuer.errors import DocumentError, LimitError, ResolutionError
from openbadge_issuer.resolution.address import parse_https, shown

__all__ = [
    "JSON_TYPES",
    "MAX_DOCUMENT_BYTES",
    "MAX_KEY_DOCUMENT_BYTES",
    "MAX_REDIRECTS",
    "OK",
    "TIMEOUT_SECONDS",
    "Fetched",
    "Fetcher",
    "fetch_object",
    "shown",
]

MAX_DOCUMENT_BYTES = 8 * 1024 * 1024
"""A status list of a hundred million badges, compressed, still fits; a badge is far smaller."""

MAX_KEY_DOCUMENT_BYTES = 256 * 1024
"""A controller document or key set with hundreds of keys."""

MAX_REDIRECTS = 5
"""Published badges move house once or twice; more than this is a loop."""

TIMEOUT_SECONDS = 10.0
"""For one document as a whole: look-up, connection, redirects and body together."""

JSON_TYPES = frozenset(
    {
        "application/json",
        "application/ld+json",
        "application/vc",
        "application/vc+ld+json",
        "application/vc+jwt",
        "application/jwt",
        "application/did",
        "application/did+json",
        "application/did+ld+json",
        "application/jwk+json",
        "application/jwk-set+json",
        "text/plain",  # static hosts send files without an extension under these two
        "application/octet-stream",
    }
)
"""Media types under which the documents of a badge are served."""

OK = 200


@dataclass(frozen=True, slots=True)
class Fetched:
    """A document as it came in.

    Attributes:
        url: the address that was asked for.
        final_url: the address that answered, after redirects.
        status: the HTTP status; 4xx and 5xx are answers too, so 410 can mean "revoked".
        content_type: the media type in lower case without parameters, None if the host named none.
        body: the bytes, never cut off: what is longer than the cap is an error.
    """

    url: str
    final_url: str
    status: int
    content_type: str | None
    body: bytes


class Fetcher(Protocol):
    """Whatever brings a document: the guarded fetcher, documents given along, or a caller's own."""

    def fetch(
        self, url: str, *, accept: str = "application/json", max_bytes: int = MAX_DOCUMENT_BYTES
    ) -> Fetched:
        """Bring the document at `url`.

        Args:
            url: an absolute https URL; a fragment is not sent.
            accept: the media types wanted, separated by commas. A JSON type stands for all of them.
            max_bytes: the cap on the body.

        Raises:
            ResolutionError: the document could not be had. A 4xx or 5xx answer is no error.
        """
        ...


def fetch_object(
    url: str,
    *,
    fetcher: Fetcher | None,
    accept: str = "application/json",
    max_bytes: int = MAX_KEY_DOCUMENT_BYTES,
) -> JsonObject:
    """Bring the JSON object at an https URL that was named by somebody else.

    Raises:
        ResolutionError: the URL is not a plain https URL, there is no fetcher, the document could not be
            had, or it is no JSON object.
    """
    url = parse_https(url).url  # whatever the fetcher is, it is not asked for anything else
    if fetcher is None:
        raise ResolutionError("FETCH-NOT-GIVEN", url=shown(url))
    fetched = fetcher.fetch(url, accept=accept, max_bytes=max_bytes)
    if fetched.status != OK:
        raise ResolutionError("FETCH-STATUS", url=shown(url), status=fetched.status)
    try:
        return parse_json_object(fetched.body, max_bytes=max_bytes)
    except (DocumentError, LimitError) as error:
        raise ResolutionError("FETCH-NOT-JSON", url=shown(url), problem=error.code) from error
