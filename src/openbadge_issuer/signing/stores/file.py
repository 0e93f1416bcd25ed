"""`file:`: a private key in a file, as PEM, PKCS#12 or JWK."""

from __future__ import annotations

from openbadge_issuer.signing.key_file import read_key_file
from openbadge_issuer.signing.signing_key import Secret, SigningKey
from openbadge_issuer.signing.stores.private_key import read_private_key


def open_signer(place: str, secret: Secret | None) -> SigningKey:
    """Open the key in a file; one that is not encrypted must be readable by its owner alone.

    Raises:
        KeyMaterialError: the file is not there, does not open, or others may read it
            (`STORE-PERMISSIONS`).
    """
    return read_private_key(read_key_file(place), secret)
