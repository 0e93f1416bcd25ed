"""Opening whatever can sign by its URI: files and variables here, tokens and services by registration."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

from openbadge_issuer.errors import KeyMaterialError
from openbadge_issuer.signing.key_file import PEM_READERS, split_key_uri
from openbadge_issuer.signing.signer import Signer
from openbadge_issuer.signing.signing_key import Secret, SigningKey

KeyOpener: TypeAlias = "Callable[[str, Secret | None], Signer]"
"""Takes what follows the scheme in the URI, and the secret; raises KeyMaterialError."""


@dataclass(frozen=True)
class KeyStores:
    """The key stores that a program knows, by URI scheme; `with_scheme` gives a larger one.

    A back end for, say, `awskms:` is one function: `KEY_STORES.with_scheme("awskms", open_kms_signer)`.
    """

    openers: Mapping[str, KeyOpener]

    def with_scheme(self, scheme: str, opener: KeyOpener) -> KeyStores:
        """Return the same stores and one more, which replaces one of that name."""
        return KeyStores(MappingProxyType({**self.openers, scheme.lower(): opener}))

    def open(self, uri: str | os.PathLike[str], *, secret: Secret | None = None) -> Signer:
        """Open the signer that a URI names; a bare path is a `file:`.

        Raises:
            KeyMaterialError: `KEY-URI`, `KEY-SCHEME`, or whatever the store finds wrong.
        """
        scheme, place = split_key_uri(os.fspath(uri))
        opener = self.openers.get(scheme)
        if opener is None:
            raise KeyMaterialError("KEY-SCHEME", scheme=scheme, known=", ".join(sorted(self.openers)))
        return opener(place, secret)


def _pem_opener(reader: Callable[[str], bytes]) -> KeyOpener:
    return lambda place, secret: SigningKey.from_pem(reader(place), secret=secret)


KEY_STORES = KeyStores(
    MappingProxyType({scheme: _pem_opener(reader) for scheme, reader in PEM_READERS.items()})
)
