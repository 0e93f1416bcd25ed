"""A key that is named by its URI, and opened where it is used: what travels to workers instead of a key."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from openbadge_issuer.errors import KeyMaterialError
from openbadge_issuer.signing.key_store import KEY_STORES, shown_key_uri
from openbadge_issuer.signing.public_key import Algorithm, PublicKey
from openbadge_issuer.signing.signer import Signer
from openbadge_issuer.signing.signing_key import secret_from_environment

_KEPT_OPEN = 64


@dataclass(frozen=True, slots=True)
class KeyByUri:
    """A `Signer` that holds no key, only where one is: it can be pickled, printed and sent to a worker.

    The key is opened once per process, when it is first needed, with what the environment of that process
    says.

    Attributes:
        uri: where the key is, as `KEY_STORES.open` takes it; it carries no secret.
        secret_env: the environment variable with the key's password or token; None if it needs none.

    Raises:
        KeyMaterialError: `RING-SECRET-IN-URI`.
    """

    uri: str
    secret_env: str | None = None

    def __post_init__(self) -> None:
        if shown_key_uri(self.uri) != self.uri:
            raise KeyMaterialError("RING-SECRET-IN-URI")

    @property
    def algorithm(self) -> Algorithm:
        """The JOSE name of the algorithm; opens the key, as the other two members do."""
        return _opened(self).algorithm

    @property
    def public_key(self) -> PublicKey:
        """The key that verifies what this signer signs."""
        return _opened(self).public_key

    def sign(self, message: bytes) -> bytes:
        """Sign the whole message, unhashed."""
        return _opened(self).sign(message)


@lru_cache(maxsize=_KEPT_OPEN)
def _opened(key: KeyByUri) -> Signer:
    name = key.secret_env
    return KEY_STORES.open(key.uri, secret=None if name is None else secret_from_environment(name))
