"""Private keys that this process holds: made, opened, saved, and used for nothing but signing."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn, TypeAlias

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from openbadge_issuer.errors import KeyMaterialError, UnsupportedError
from openbadge_issuer.signing._ecdsa import CURVES, P256Key, P384Key
from openbadge_issuer.signing._rsa import PADDINGS, check_rsa_bits
from openbadge_issuer.signing.key_file import PEM_READERS, check_key_path, split_key_uri, write_key_file
from openbadge_issuer.signing.pkcs8 import encrypted_pkcs8
from openbadge_issuer.signing.public_key import MAX_PEM_BYTES, Algorithm, KeyKind, PublicKey

Secret: TypeAlias = str | bytes | Callable[[], str]
"""A password, or a function that gives it when it is needed; the library never prompts."""

_NativeKey: TypeAlias = "Ed25519PrivateKey | ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey"

_PEM_LABEL = re.compile(rb"-----BEGIN ([A-Z0-9 ]+)-----")
_PRIVATE_LABELS = frozenset({b"PRIVATE KEY", b"ENCRYPTED PRIVATE KEY", b"RSA PRIVATE KEY", b"EC PRIVATE KEY"})
_RSA_BITS = 3072  # what NIST SP 800-57 asks of signatures that must hold beyond 2030
_EXPONENT = 65537


class SigningKey:
    """A private key in memory: a `Signer` that shows nothing of itself but its public half.

    It cannot be pickled or copied; another process opens the key again by its URI.
    """

    __slots__ = ("_algorithm", "_native", "_public_key", "_sign")

    def __init__(self, native: _NativeKey, *, algorithm: Algorithm | None = None) -> None:
        try:
            self._public_key = PublicKey.from_native(native.public_key())
        except UnsupportedError as error:
            raise KeyMaterialError("KEY-KIND", **error.details) from error
        self._algorithm = algorithm or self._public_key.algorithm
        if self._algorithm not in self._public_key.algorithms:
            raise KeyMaterialError("KEY-SIGNER", algorithm=self._algorithm, kind=self._public_key.kind)
        self._native = native
        self._sign = _signing_function(native, self._algorithm)

    @classmethod
    def generate(cls, kind: KeyKind = "Ed25519", *, rsa_bits: int = _RSA_BITS) -> SigningKey:
        """Make a new key from the machine's own randomness.

        Raises:
            KeyMaterialError: `KEY-TOO-SHORT` or `KEY-TOO-LONG`, for RSA; `KEY-KIND`.
        """
        if kind == "Ed25519":
            return cls(Ed25519PrivateKey.generate())
        if kind == "P-256":
            return cls(ec.generate_private_key(P256Key.curve))
        if kind == "P-384":
            return cls(ec.generate_private_key(P384Key.curve))
        if kind == "RSA":
            check_rsa_bits(rsa_bits)
            return cls(rsa.generate_private_key(_EXPONENT, rsa_bits))
        raise KeyMaterialError("KEY-KIND", found=kind)

    @classmethod
    def load(cls, uri: str | os.PathLike[str], *, secret: Secret | None = None) -> SigningKey:
        """Open the key at `file:PATH`, a bare path, or `env:NAME`; keep the object, RSA takes 40 ms to open.

        Raises:
            KeyMaterialError: the key is not there, does not open, or is not fit to sign with.
        """
        scheme, place = split_key_uri(os.fspath(uri))
        reader = PEM_READERS.get(scheme)
        if reader is None:
            raise KeyMaterialError("KEY-SCHEME", scheme=scheme, known=", ".join(PEM_READERS))
        return cls.from_pem(reader(place), secret=secret)

    @classmethod
    def from_pem(cls, pem: bytes, *, secret: Secret | None = None) -> SigningKey:
        """Open one PEM private key (PKCS#8, or the older RSA and EC forms); `secret` is asked only if needed.

        Raises:
            KeyMaterialError: `KEY-FORMAT`, `KEY-KIND`, `KEY-PASSWORD-NEEDED`, `KEY-PASSWORD-EMPTY`,
                `KEY-PASSWORD-WRONG`, or the key is unsafe.
        """
        labels = _PEM_LABEL.findall(pem) if len(pem) <= MAX_PEM_BYTES else []
        if len(labels) != 1 or labels[0] not in _PRIVATE_LABELS:
            raise KeyMaterialError("KEY-FORMAT", expected="PKCS#8 PEM")
        encrypted = b"ENCRYPTED" in pem
        if encrypted and secret is None:
            raise KeyMaterialError("KEY-PASSWORD-NEEDED")
        password = _password(secret) if encrypted and secret is not None else None
        try:
            native = load_pem_private_key(pem, password)
        except UnsupportedAlgorithm as error:
            raise KeyMaterialError("KEY-KIND", found="PEM") from error
        except (ValueError, TypeError) as error:
            if encrypted:
                raise KeyMaterialError("KEY-PASSWORD-WRONG") from error
            raise KeyMaterialError("KEY-FORMAT", expected="PKCS#8 PEM") from error
        if isinstance(native, Ed25519PrivateKey | ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
            return cls(native)
        raise KeyMaterialError("KEY-KIND", found=type(native).__name__.removesuffix("PrivateKey"))

    def save(self, path: str | os.PathLike[str], *, secret: Secret, overwrite: bool = False) -> None:
        """Write the key as encrypted PKCS#8 PEM that only its owner can read (mode 0600).

        Raises:
            KeyMaterialError: `KEY-PASSWORD-EMPTY`.
            OutputError: `KEY-EXISTS`, unless `overwrite`; `KEY-NOT-SAVED`; `KEY-FILE-NAME`, it could not be
                opened again. Nothing half-written stays behind.
        """
        check_key_path(Path(path))  # before anybody is asked for a password
        password = _password(secret)
        der = self._native.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        write_key_file(Path(path), encrypted_pkcs8(der, password, rng=os.urandom), overwrite=overwrite)

    def using(self, algorithm: Algorithm) -> SigningKey:
        """Return the same key as a signer with another of its algorithms; only RSA has two.

        Raises:
            KeyMaterialError: `KEY-SIGNER`, the key is not for this algorithm.
        """
        return SigningKey(self._native, algorithm=algorithm)

    @property
    def public_key(self) -> PublicKey:
        """The public half."""
        return self._public_key

    @property
    def algorithm(self) -> Algorithm:
        """The JOSE name of the algorithm."""
        return self._algorithm

    @property
    def did_key(self) -> str:
        """The public half as `did:key`."""
        return self._public_key.did_key

    def sign(self, message: bytes) -> bytes:
        """Sign the whole message; ECDSA comes back as r||s."""
        return self._sign(message)

    def __repr__(self) -> str:
        return f"SigningKey(kind={self._public_key.kind!r}, thumbprint={self._public_key.thumbprint!r})"

    def __reduce__(self) -> NoReturn:
        raise KeyMaterialError("KEY-NOT-PICKLABLE")


def secret_from_environment(name: str) -> Callable[[], str]:
    """Return a secret that is read from an environment variable when it is needed; unset counts as empty."""
    return lambda: os.environ.get(name, "")


def _password(secret: Secret) -> bytes:
    given = secret() if callable(secret) else secret
    password = given.encode("utf-8") if isinstance(given, str) else given
    if not password:
        raise KeyMaterialError("KEY-PASSWORD-EMPTY")
    return password


def _signing_function(native: _NativeKey, algorithm: Algorithm) -> Callable[[bytes], bytes]:
    if isinstance(native, Ed25519PrivateKey):
        return native.sign
    if isinstance(native, rsa.RSAPrivateKey):
        padding, digest = PADDINGS[algorithm], SHA256()
        return lambda message: native.sign(message, padding, digest)
    curve = CURVES[native.curve.name]
    return lambda message: curve.raw_signature(native.sign(message, curve.scheme))
