"""Private keys in PKCS#12 files (RFC 7292), as browsers, Java and certificate authorities give them out."""

from __future__ import annotations

import warnings

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization.pkcs12 import load_pkcs12

from openbadge_issuer.errors import KeyMaterialError
from openbadge_issuer.signing.signing_key import Secret, SigningKey
from openbadge_issuer.signing.stores.store_signer import reveal

_EXPECTED = "PKCS#12 with a private key"


def read_pkcs12(data: bytes, secret: Secret | None) -> SigningKey:
    """Open the one private key of a PKCS#12 file; certificates beside it are not looked at.

    Raises:
        KeyMaterialError: `KEY-FORMAT`, `KEY-KIND`, `KEY-PASSWORD-NEEDED`, `KEY-PASSWORD-EMPTY`,
            `KEY-PASSWORD-WRONG`, or the key is unsafe.
    """
    password = reveal(secret).encode("utf-8")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # that it is BER, as some programs write it
            native = load_pkcs12(data, password).key
    except UnsupportedAlgorithm as error:
        raise KeyMaterialError("KEY-FORMAT", expected=_EXPECTED) from error
    except ValueError as error:
        raise KeyMaterialError("KEY-PASSWORD-WRONG") from error
    if native is None:
        raise KeyMaterialError("KEY-FORMAT", expected=_EXPECTED)
    if isinstance(native, Ed25519PrivateKey | ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
        return SigningKey(native)
    raise KeyMaterialError("KEY-KIND", found=type(native).__name__.removesuffix("PrivateKey"))
