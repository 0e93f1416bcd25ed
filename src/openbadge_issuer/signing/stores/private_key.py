"""Private keys in whichever form they lie: PEM, PKCS#12 or JWK, told apart by how they begin."""

from __future__ import annotations

from openbadge_issuer.signing.signing_key import Secret, SigningKey

_DER_SEQUENCE = b"\x30"


def read_private_key(data: bytes, secret: Secret | None) -> SigningKey:
    """Open a private key; `secret` is asked for only if the form needs one.

    Raises:
        KeyMaterialError: `KEY-FORMAT`, or what the form's own reader finds wrong.
    """
    if data.lstrip().startswith(b"{"):
        from openbadge_issuer.signing.stores.private_jwk import (  # noqa: PLC0415  # most keys are PEM
            read_private_jwk,
        )

        return read_private_jwk(data)
    if data.startswith(_DER_SEQUENCE):
        from openbadge_issuer.signing.stores.pkcs12 import read_pkcs12  # noqa: PLC0415  # most keys are PEM

        return read_pkcs12(data, secret)
    return SigningKey.from_pem(data, secret=secret)


def is_plain(data: bytes) -> bool:
    """Tell whether whoever reads these bytes has the key: a JWK, or a PEM without encryption."""
    return data.lstrip().startswith(b"{") or (b"PRIVATE KEY" in data and b"ENCRYPTED" not in data)
