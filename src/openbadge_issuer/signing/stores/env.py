"""`env:`: a private key in an environment variable, as PEM or JWK."""

from __future__ import annotations

from openbadge_issuer.signing.key_file import read_key_variable
from openbadge_issuer.signing.signing_key import Secret, SigningKey
from openbadge_issuer.signing.stores.private_key import read_private_key


def open_signer(place: str, secret: Secret | None) -> SigningKey:
    """Open the key in a variable.

    Raises:
        KeyMaterialError: the variable is not set or holds no key that opens.
    """
    return read_private_key(read_key_variable(place), secret)
