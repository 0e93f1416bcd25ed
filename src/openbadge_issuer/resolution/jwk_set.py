"""JWK sets at a well-known address (RFC 7517, section 5).

That an issuer's keys stand there is a recommendation of the Open Badges 3.0 implementation guide.
"""

from __future__ import annotations

from collections.abc import Iterator

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.errors import KeyMaterialError, ResolutionError, UnsupportedError
from openbadge_issuer.resolution.address import parse_https, shown
from openbadge_issuer.resolution.controller_document import MAX_METHODS
from openbadge_issuer.resolution.fetching import Fetcher, fetch_object
from openbadge_issuer.resolution.verification_key import VerificationMethod
from openbadge_issuer.signing.public_key import PublicKey

THUMBPRINT_URN = "urn:ietf:params:oauth:jwk-thumbprint:sha-256:"
"""RFC 9278: a name for a key that is made from the key."""


class JwkSet:
    """The keys in a JWK set that are for this issuer.

    A key with a member `iss` that names another issuer is left out.

    Raises:
        ResolutionError: METHOD-TOO-MANY.
    """

    def __init__(self, document: JsonObject, *, issuer: str) -> None:
        keys = document.get("keys")
        listed = keys if isinstance(keys, list) else []
        if len(listed) > MAX_METHODS:
            raise ResolutionError(
                "METHOD-TOO-MANY", controller=shown(issuer), count=len(listed), limit=MAX_METHODS
            )
        self._issuer = issuer
        self._keys = [jwk for jwk in listed if isinstance(jwk, dict) and jwk.get("iss", issuer) == issuer]

    def find(self, method: str) -> VerificationMethod | None:
        """Return the key whose `kid` is this name, or whose thumbprint it is; None if there is none.

        Raises:
            KeyMaterialError: METHOD-AMBIGUOUS, or METHOD-KEY if the key cannot be read.
            UnsupportedError: KEY-KIND.
        """
        named = [jwk for jwk in self._keys if jwk.get("kid") == method]
        if not named:
            return next((found for found in self._readable() if _is_thumbprint(method, found.key)), None)
        if any(jwk != named[0] for jwk in named):
            raise KeyMaterialError("METHOD-AMBIGUOUS", controller=shown(self._issuer), method=shown(method))
        try:
            return self._method(named[0])
        except KeyMaterialError as error:
            raise KeyMaterialError("METHOD-KEY", method=shown(method), problem=error.code) from error

    def find_kid(self, kid: str) -> VerificationMethod | None:
        """Return the key that a JOSE header means by `kid`; raises as `find` does."""
        return self.find(kid) or (self.find(kid.removeprefix("#")) if kid.startswith("#") else None)

    def only(self) -> VerificationMethod | None:
        """Return the key if there is just one, so that it needs no name."""
        return self._method(self._keys[0]) if len(self._keys) == 1 else None

    def holding(self, key: PublicKey) -> VerificationMethod | None:
        """Return the entry with an equal key, None if there is none."""
        return next((found for found in self._readable() if found.key == key), None)

    def ending(self, key: PublicKey) -> None:
        """Say nothing of the end of a key: a JWK has none."""

    def refers_to(self, method: str) -> bool:  # noqa: ARG002  # as a controller document does
        """Tell whether a key is listed by its name alone; a JWK set holds the keys themselves."""
        return False

    def _method(self, jwk: JsonObject) -> VerificationMethod:
        kid = jwk.get("kid")
        return VerificationMethod(
            kid if isinstance(kid, str) else "", PublicKey.from_jwk(jwk), controller=self._issuer
        )

    def _readable(self) -> Iterator[VerificationMethod]:
        for jwk in self._keys:
            try:
                yield self._method(jwk)
            except (KeyMaterialError, UnsupportedError):  # a key of a kind that cannot be the one wanted
                continue


def fetch_jwk_set(issuer: str, *, fetcher: Fetcher | None) -> JwkSet:
    """Fetch the JWK set of the host of an https issuer id.

    Raises:
        ResolutionError: it could not be had, or METHOD-TOO-MANY.
    """
    url = f"https://{parse_https(issuer).authority}/.well-known/jwks.json"
    document = fetch_object(url, fetcher=fetcher, accept="application/jwk-set+json, application/json")
    return JwkSet(document, issuer=issuer)


def _is_thumbprint(name: str, key: PublicKey) -> bool:
    return name.removeprefix(THUMBPRINT_URN) == key.thumbprint
