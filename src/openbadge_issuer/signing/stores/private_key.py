"""Private keys in whichever form they lie: PEM, PKCS#12 or JWK, told apart by how they begin."""

from __future__ import annotations

import re

from openbadge_issuer.errors import KeyMaterialError
from openbadge_issuer.signing.signing_key import Secret, SigningKey

_DER_SEQUENCE = b"\x30"
_COMPACT_JWE = re.compile(rb"(?:[A-Za-z0-9_-]+\.){4}[A-Za-z0-9_-]+")


def read_private_key(data: bytes, secret: Secret | None) -> SigningKey:
    """Open a private key; `secret` is asked for only if the form needs one.

    Raises:
        KeyMaterialError: `KEY-FORMAT`; `STORE-JWK-ENCRYPTED`, a form that is not read; or what the form's own
            reader finds wrong.
    """
    if _COMPACT_JWE.fullmatch(data.strip()) or (data.lstrip().startswith(b"{") and b'"ciphertext"' in data):
        raise KeyMaterialError("STORE-JWK-ENCRYPTED")
    if data.lstrip().startswith(b"{"):
        from openbadge_issuer.signing.stores.private_jwk import (  # noqa: PLC0415  # most keys are PEM
            read_private_jwk,
        )

        return read_private_jwk(data)
    if data.startswith(_DER_SEQUENCE):
        from openbadge_issuer.signing.stores.pkcs12 import read_pkcs12  # noqa: PLC0415  # most keys are PEM

        return read_pkcs12(data, secret)
    return SigningKey.from_pem(data, secret=secret)
