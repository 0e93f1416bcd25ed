"""Opening whatever can sign by its URI: a file, a variable, a token or a service."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType
from typing import TypeAlias

from openbadge_issuer.errors import KeyMaterialError
from openbadge_issuer.signing.key_file import split_key_uri
from openbadge_issuer.signing.signer import Signer
from openbadge_issuer.signing.signing_key import Secret

KeyOpener: TypeAlias = "Callable[[str, Secret | None], Signer]"
"""Takes what follows the scheme in the URI, and the secret; raises KeyMaterialError."""


@dataclass(frozen=True)
class KeyStores:
    """The key stores that a program knows, by URI scheme; `with_scheme` gives a larger one.

    A back end for, say, `safe:` is one function: `KEY_STORES.with_scheme("safe", open_safe_signer)`.
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


def _later(module: str, function: str = "open_signer") -> KeyOpener:
    """Return the opener of a back end, which is imported when a key of it is first opened."""

    def open_signer(place: str, secret: Secret | None) -> Signer:
        opener: KeyOpener = getattr(import_module(f"openbadge_issuer.signing.stores.{module}"), function)
        return opener(place, secret)

    return open_signer


KEY_STORES = KeyStores(
    MappingProxyType(
        {
            "file": _later("file"),
            "env": _later("env"),
            "pkcs11": _later("pkcs11"),
            "awskms": _later("awskms"),
            "vault": _later("vault"),
            "https": _later("remote"),
            "remote+https": _later("remote"),
            "remote+http": _later("remote", "open_loopback_signer"),
        }
    )
)
"""The stores that come with the library; `pkcs11` and `awskms` need the extras `pkcs11` and `kms`."""


def shown_key_uri(uri: str) -> str:
    """Return a key URI as it may be shown and kept: what should not stand in it is left out.

    A PIN in a PKCS #11 URI or a password before a host is refused when the key is opened; this is for
    what is said about that.
    """
    return _PASSWORD.sub("//…@", _PIN.sub(r"\1=…", uri))


_PIN = re.compile(r"(pin-(?:value|source))=[^;&?]*", re.IGNORECASE)
_PASSWORD = re.compile(r"//[^/?#]*@")
