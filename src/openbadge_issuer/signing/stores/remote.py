"""`https:`: a key behind a signing service that speaks four lines of JSON (docs/guide/keys.md).

    GET  URL                                → the public key as JWK
    POST URL {"payload": "<base64url>"}     → {"signature": "<base64url>"}

The payload is the whole message; ECDSA comes back as r||s. A bearer token goes along if one is given.
"""

from __future__ import annotations

from typing import Final

from openbadge_issuer.errors import DocumentError, KeyMaterialError, UnsupportedError
from openbadge_issuer.signing.base64url import decode_base64url, encode_base64url
from openbadge_issuer.signing.public_key import PublicKey
from openbadge_issuer.signing.signing_key import Secret
from openbadge_issuer.signing.stores.https_exchange import HttpsExchange
from openbadge_issuer.signing.stores.store_signer import StoreSigner, reveal

STORE: Final = "https"


def open_signer(place: str, secret: Secret | None) -> StoreSigner:
    """Open a key behind a service; its public half is fetched once, here.

    Args:
        place: `//host/path`, what follows `https:`.
        secret: the bearer token; without one the service is asked without.

    Raises:
        KeyMaterialError: `STORE-URI`, `STORE-SECRET-IN-URI`, `STORE-NO-KEY`, `STORE-DENIED`,
            `STORE-UNAVAILABLE`, `STORE-ANSWER`, `STORE-KEY-KIND`, or what is wrong with the key.
    """
    return _open(f"https:{place}", secret)


def open_loopback_signer(place: str, secret: Secret | None) -> StoreSigner:
    """Open a key behind a service on this machine itself, without TLS (`remote+http:`); see `open_signer`."""
    return _open(f"http:{place}", secret)


def _open(url: str, secret: Secret | None) -> StoreSigner:
    headers = {} if secret is None else {"Authorization": f"Bearer {bearer(secret)}"}
    exchange = HttpsExchange(url, store=STORE, headers=headers)
    try:
        public_key = PublicKey.from_jwk(exchange.get())
    except UnsupportedError as error:
        raise KeyMaterialError("STORE-KEY-KIND", store=STORE, **error.details) from error

    def sign(message: bytes) -> bytes:
        signature = exchange.post({"payload": encode_base64url(message)}).get("signature")
        try:
            return decode_base64url(signature if isinstance(signature, str) else "=")
        except DocumentError as error:
            raise KeyMaterialError("STORE-ANSWER", store=STORE) from error

    return StoreSigner(public_key, store=STORE, sign=sign)


def bearer(secret: Secret) -> str:
    """Return a token that can stand in a header.

    Raises:
        KeyMaterialError: `KEY-PASSWORD-WRONG` if it cannot, `KEY-PASSWORD-EMPTY`.
    """
    token = reveal(secret)
    if not (token.isascii() and token.isprintable()) or " " in token:
        raise KeyMaterialError("KEY-PASSWORD-WRONG")
    return token
