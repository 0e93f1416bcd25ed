"""`file:`: a private key in a file, as PEM, PKCS#12 or JWK."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote

from openbadge_issuer.errors import KeyMaterialError
from openbadge_issuer.signing.key_file import read_key_file
from openbadge_issuer.signing.signing_key import Secret, SigningKey
from openbadge_issuer.signing.stores.private_key import is_plain, read_private_key

_OTHERS = 0o077  # what group and others may do


def open_signer(place: str, secret: Secret | None) -> SigningKey:
    """Open the key in a file; one that is not encrypted must be readable by its owner alone.

    Raises:
        KeyMaterialError: the file is not there, does not open, or others may read it
            (`STORE-PERMISSIONS`).
    """
    data = read_key_file(place)
    key = read_private_key(data, secret)
    path = Path(unquote(place[2:]) if place.startswith("///") else place)
    if os.name == "posix" and is_plain(data) and path.stat().st_mode & _OTHERS:
        raise KeyMaterialError("STORE-PERMISSIONS", place=str(path))
    return key
