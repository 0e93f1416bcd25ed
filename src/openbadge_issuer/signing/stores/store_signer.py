"""The signer of a key that stays where it is: in a token, or behind a service."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import NoReturn

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import load_der_public_key

from openbadge_issuer.errors import KeyMaterialError, SignatureError, UnsupportedError
from openbadge_issuer.signing._ecdsa import CURVES
from openbadge_issuer.signing.public_key import Algorithm, KeyKind, PublicKey
from openbadge_issuer.signing.signing_key import Secret

_DIGESTS = {"ES256": "sha256", "ES384": "sha384", "RS256": "sha256", "PS256": "sha256"}


class StoreSigner:
    """A `Signer` whose key another machine or device holds; it checks every signature that it is given.

    Checking costs a fraction of what asking does, and shows at once that the store signed with another
    key than the one it published. It cannot be pickled; another process opens the key again by its URI.
    """

    __slots__ = ("__weakref__", "_algorithm", "_public_key", "_sign", "_store")

    def __init__(
        self,
        public_key: PublicKey,
        *,
        store: str,
        sign: Callable[[bytes], bytes],
        algorithm: Algorithm | None = None,
    ) -> None:
        self._public_key = public_key
        self._algorithm = algorithm or public_key.algorithm
        self._store = store
        self._sign = sign

    @property
    def algorithm(self) -> Algorithm:
        """The JOSE name of the algorithm."""
        return self._algorithm

    @property
    def public_key(self) -> PublicKey:
        """The public half, as the store gave it when the key was opened."""
        return self._public_key

    def sign(self, message: bytes) -> bytes:
        """Have the whole message signed; ECDSA comes back as r||s.

        Raises:
            KeyMaterialError: the store did not sign, or with another key (`STORE-SIGNATURE`).
        """
        signature = self._sign(message)
        try:
            self._public_key.verify(message, signature, algorithm=self._algorithm)
        except SignatureError as error:
            raise KeyMaterialError("STORE-SIGNATURE", store=self._store) from error
        return signature

    def __repr__(self) -> str:
        key = self._public_key
        return f"StoreSigner(store={self._store!r}, kind={key.kind!r}, thumbprint={key.thumbprint!r})"

    def __reduce__(self) -> NoReturn:
        raise KeyMaterialError("KEY-NOT-PICKLABLE")


def chosen_algorithm(asked: str | None, key: PublicKey, *, store: str) -> Algorithm:
    """Choose what a key signs with: what its URI asks for (`alg=PS256`), or its usual algorithm.

    Raises:
        KeyMaterialError: `STORE-URI`, the key is not for this algorithm.
    """
    if asked is None:
        return key.algorithm
    found = next((name for name in key.algorithms if name == asked), None)
    if found is None:
        raise KeyMaterialError("STORE-URI", store=store, name="alg")
    return found


def reveal(secret: Secret | None) -> str:
    """Return a PIN, password or token, which is asked for only now.

    Raises:
        KeyMaterialError: `KEY-PASSWORD-NEEDED`, `KEY-PASSWORD-EMPTY`; `KEY-PASSWORD-WRONG`, it is no text.
    """
    if secret is None:
        raise KeyMaterialError("KEY-PASSWORD-NEEDED")
    given = secret() if callable(secret) else secret
    data = given.encode("utf-8", "replace") if isinstance(given, str) else given
    text = data.decode("utf-8", "replace")  # no error, which would hold the secret
    if "\N{REPLACEMENT CHARACTER}" in text:
        raise KeyMaterialError("KEY-PASSWORD-WRONG")
    if not text:
        raise KeyMaterialError("KEY-PASSWORD-EMPTY")
    return text


def prehashed(message: bytes, algorithm: Algorithm) -> bytes:
    """Return the digest that a store signs where it takes digests: not for EdDSA."""
    return hashlib.new(_DIGESTS[algorithm], message).digest()


def raw_ecdsa(der: bytes, kind: KeyKind, *, store: str) -> bytes:
    """Turn an ECDSA signature from DER into r||s.

    Raises:
        KeyMaterialError: `STORE-ANSWER`, it is none of this curve.
    """
    curve = next(curve for curve in CURVES.values() if curve.kind == kind)
    try:
        return curve.raw_signature(der)
    except (ValueError, OverflowError) as error:
        raise KeyMaterialError("STORE-ANSWER", store=store) from error


def public_key_from_der(der: object, *, store: str) -> PublicKey:
    """Read the SubjectPublicKeyInfo that a store gave.

    Raises:
        KeyMaterialError: `STORE-ANSWER`, it is none; `STORE-KEY-KIND`, of a kind that is not known here;
            or the key is unsafe.
    """
    try:
        return PublicKey.from_native(load_der_public_key(der if isinstance(der, bytes) else b""))
    except UnsupportedError as error:
        raise KeyMaterialError("STORE-KEY-KIND", store=store, **error.details) from error
    except (ValueError, UnsupportedAlgorithm) as error:
        raise KeyMaterialError("STORE-ANSWER", store=store) from error
