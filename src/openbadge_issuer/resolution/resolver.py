"""DID methods of the caller's own: who can turn such a DID into its document, and how that is bounded.

`did:key`, `did:jwk` and `did:web` are known here. For any other method the caller gives a resolver (DID Core
1.0, section 7.1), and what it brings counts as the document that only the DID's controller can publish.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Final, Protocol

from openbadge_issuer.assertions.json_text import JsonObject, parse_json_object
from openbadge_issuer.errors import DocumentError, LimitError, ResolutionError
from openbadge_issuer.resolution.address import shown
from openbadge_issuer.resolution.controller_document import ControllerDocument
from openbadge_issuer.resolution.fetching import MAX_KEY_DOCUMENT_BYTES
from openbadge_issuer.resolution.verification_key import Purpose

MAX_RESOLUTIONS: Final = 32
"""DIDs that are resolved for one badge with all that stands in it: issuers, holders and endorsers."""

KNOWN_METHODS: Final = frozenset({"key", "jwk", "web"})
"""The DID methods that need no resolver, and are not left to one."""


class Resolver(Protocol):
    """Whatever knows the documents of some DID methods."""

    @property
    def methods(self) -> Collection[str]:
        """The names of the methods, such as `ion`."""
        ...

    def resolve(self, did: str) -> bytes:
        """Return the current document of a DID, as JSON; it is believed to be its controller's.

        Args:
            did: a DID of one of the methods, without path, query or fragment. A stranger has written it.

        Raises:
            ResolutionError: it could not be had, such as `DID-RESOLVER`.
            OSError: the same.
        """
        ...


class Resolvers:
    """The resolvers of one verification, each asked once for each DID.

    Raises:
        ValueError: a method has a name that no method can have, is known here, or is there twice.
    """

    def __init__(self, resolvers: Iterable[Resolver] = ()) -> None:
        self._by_method: dict[str, Resolver] = {}
        self._answers: dict[str, JsonObject | ResolutionError] = {}
        for resolver in resolvers:
            for method in resolver.methods:
                if not _METHOD.fullmatch(method) or method in KNOWN_METHODS or method in self._by_method:
                    raise ValueError(
                        f"there can be no resolver for the DID method “{shown(method)}”, or no other"
                    )
                self._by_method[method] = resolver

    def __len__(self) -> int:
        return len(self._by_method)

    def afresh(self) -> Resolvers:
        """Return the same resolvers, with nothing asked of them yet."""
        if not self._answers:
            return self
        fresh = Resolvers()
        fresh._by_method = self._by_method
        return fresh

    def know(self, name: str) -> bool:
        """Tell whether one of them answers for the method of a DID or DID URL."""
        scheme, _, rest = name.partition(":")
        return scheme == "did" and rest.partition(":")[0] in self._by_method

    def document(self, did: str, *, purpose: Purpose = "assertionMethod") -> ControllerDocument:
        """Resolve a DID whose method is known; its keys must be listed for their purpose.

        Raises:
            ResolutionError: it is no DID (DID-SYNTAX), or its document could not be had (DID-RESOLVER, or
                what the resolver raises), is too long or no JSON object (FETCH-TOO-LARGE, FETCH-NOT-JSON),
                is about somebody else (METHOD-DOCUMENT-ID), or too many were asked for (FETCH-BUDGET).
        """
        if not _DID.fullmatch(did):
            raise ResolutionError("DID-SYNTAX", did=shown(did))
        if did not in self._answers:
            if len(self._answers) >= MAX_RESOLUTIONS:
                raise ResolutionError("FETCH-BUDGET", limit=MAX_RESOLUTIONS)
            try:
                self._answers[did] = self._ask(did)
            except ResolutionError as error:
                self._answers[did] = error
        answer = self._answers[did]
        if isinstance(answer, ResolutionError):  # a fresh one, because a raised error carries its traceback
            raise ResolutionError(answer.code, answer.pointer, **answer.details) from answer
        return ControllerDocument(answer, controller=did, strict=True, purpose=purpose)

    def _ask(self, did: str) -> JsonObject:
        try:
            body = self._by_method[did.split(":")[1]].resolve(did)
        except OSError as error:
            problem = error.strerror or type(error).__name__
            raise ResolutionError("DID-RESOLVER", did=shown(did), problem=problem) from error
        if len(body) > MAX_KEY_DOCUMENT_BYTES:
            raise ResolutionError("FETCH-TOO-LARGE", url=shown(did), limit=MAX_KEY_DOCUMENT_BYTES)
        try:
            return parse_json_object(body, max_bytes=MAX_KEY_DOCUMENT_BYTES)
        except (DocumentError, LimitError) as error:
            raise ResolutionError("FETCH-NOT-JSON", url=shown(did), problem=error.code) from error


NO_RESOLVERS: Final = Resolvers()
"""For whoever knows no further methods; it never has anything to remember."""

_METHOD = re.compile(r"[a-z0-9]+", re.ASCII)
_DID = re.compile(
    r"did:[a-z0-9]+:(?:[A-Za-z0-9._-]|%[0-9A-Fa-f]{2}|:)*(?:[A-Za-z0-9._-]|%[0-9A-Fa-f]{2})", re.ASCII
)
"""DID Core 1.0, section 3.1: no path, no query, and something behind the last colon."""
