"""What an issuer publishes about its own keys, fetched document by document and only when wanted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from openbadge_issuer.errors import ResolutionError
from openbadge_issuer.resolution import did_web
from openbadge_issuer.resolution.controller_document import ControllerDocument
from openbadge_issuer.resolution.did_web import fetch_did_web
from openbadge_issuer.resolution.fetching import Fetcher
from openbadge_issuer.resolution.https_document import fetch_issuer_document
from openbadge_issuer.resolution.jwk_set import JwkSet, fetch_jwk_set
from openbadge_issuer.resolution.jwt_vc_issuer import fetch_issuer_keys
from openbadge_issuer.resolution.resolver import NO_RESOLVERS, Resolvers
from openbadge_issuer.resolution.verification_key import Purpose, VerificationMethod
from openbadge_issuer.signing.public_key import PublicKey


class IssuerDocuments:
    """The documents that only the issuer can have put where they are.

    For a did:web that is its DID document, and so for a DID of another method that the caller has a resolver
    for; for an https id the document at exactly that address, then the JWK set of its host; before both, if
    it issues SD-JWT VCs, its metadata. Other issuers publish none. A holder's documents are the same.

    Only the document at an https id can end a key, so the JWK set of the host counts beside it, or where the
    host answers that there is none: 404, 410, a web page, or a document about something else. If it cannot be
    had, nobody knows whether the key was revoked.

    Attributes:
        purpose: what the keys are looked for.
        failure: the first reason why one of the documents looked into so far could not be used.
    """

    def __init__(
        self,
        issuer: str,
        *,
        fetcher: Fetcher | None,
        resolvers: Resolvers = NO_RESOLVERS,
        purpose: Purpose = "assertionMethod",
        metadata: bool = False,
    ) -> None:
        self.purpose = purpose
        self.failure: ResolutionError | None = None
        self._loaded: list[ControllerDocument | JwkSet] = []
        self._sources: list[Callable[[], ControllerDocument | JwkSet]] = []
        self._profile: Callable[[], ControllerDocument] | None = None
        if issuer.startswith(did_web.PREFIX):
            self._sources = [partial(fetch_did_web, issuer, fetcher=fetcher, purpose=purpose)]
        elif resolvers.know(issuer):
            self._sources = [partial(resolvers.document, issuer, purpose=purpose)]
        elif issuer[:6].lower() == "https:":
            self._profile = partial(fetch_issuer_document, issuer, fetcher=fetcher, purpose=purpose)
            self._sources = [self._profile, partial(fetch_jwk_set, issuer, fetcher=fetcher)]
            if metadata:
                self._sources.insert(0, partial(fetch_issuer_keys, issuer, fetcher=fetcher))

    def find(self, method: str) -> VerificationMethod | None:
        """Return the key that the issuer lists under this absolute name, None if there is none.

        Raises:
            KeyMaterialError: it is listed, but not for the purpose, twice, or unreadably.
            UnsupportedError: it is listed, but of a type or kind that is not known here.
        """
        found = next((found for document in self._documents() if (found := document.find(method))), None)
        return found if found is None else self._limited(found)

    def find_kid(self, kid: str) -> VerificationMethod | None:
        """Return the key that a JOSE header means by a `kid` that is no URL; raises as `find` does."""
        found = next((found for document in self._documents() if (found := document.find_kid(kid))), None)
        return found if found is None else self._limited(found)

    def holding(self, key: PublicKey) -> VerificationMethod | None:
        """Return the issuer's description of this very key, None if there is none."""
        found = next((found for document in self._documents() if (found := document.holding(key))), None)
        return found if found is None else self._limited(found)

    def only(self) -> VerificationMethod | None:
        """Return the key of an issuer whose key set has just one, None if it has more or none."""
        sets = (document for document in self._documents() if isinstance(document, JwkSet))
        found = next((found for one in sets if (found := one.only())), None)
        return found if found is None else self._limited(found)

    def refers_to(self, method: str) -> bool:
        """Tell whether the issuer lists the key by its name, to be found elsewhere."""
        return any(document.refers_to(method) for document in self._documents())

    def _limited(self, found: VerificationMethod) -> VerificationMethod:
        """Hold a key to the ends that a document looked into before says of it; a key set knows of none."""
        for document in self._loaded[:-1]:
            same = document.ending(found.key)
            if same is not None:
                found = found.limited_by(same)
        return found

    def _documents(self) -> Iterator[ControllerDocument | JwkSet]:
        yield from self._loaded
        while self._sources:
            load = self._sources.pop(0)
            try:
                self._loaded.append(load())
            except ResolutionError as error:
                self.failure = self.failure or error
                if load is self._profile and not _is_none(error):
                    self._sources.clear()
            else:
                yield self._loaded[-1]


def _is_none(error: ResolutionError) -> bool:
    """Tell whether a host answered that no document of the issuer stands at an address."""
    if error.code == "FETCH-STATUS":
        return error.details["status"] in (_NOT_FOUND, _GONE)
    return error.code in ("FETCH-CONTENT-TYPE", "METHOD-DOCUMENT-ID")


_NOT_FOUND, _GONE = 404, 410
