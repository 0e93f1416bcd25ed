"""A key of a ring as a signer: its public half is known at once, its private half is opened to sign."""

from __future__ import annotations

from collections.abc import Callable

from openbadge_issuer.errors import KeyMaterialError
from openbadge_issuer.signing.key_ring import RingKey
from openbadge_issuer.signing.public_key import Algorithm, PublicKey
from openbadge_issuer.signing.signer import Signer


class KeyInRing:
    """A `Signer` that asks for no password before there is something to sign.

    The private key is opened once, at the first signature. It travels to another process as its source does,
    and is opened there again.

    Args:
        key: the entry of the ring.
        source: opens the private half.
    """

    def __init__(self, key: RingKey, source: Callable[[], Signer]) -> None:
        self.key = key
        self._source = source
        self._signer: Signer | None = None

    @property
    def algorithm(self) -> Algorithm:
        """The JOSE name of the algorithm; only a key with several, which is RSA, is opened to tell."""
        algorithms = self.key.public_key.algorithms
        return algorithms[0] if len(algorithms) == 1 else self._opened().algorithm

    @property
    def public_key(self) -> PublicKey:
        """The key that verifies what this signer signs, as the ring has it."""
        return self.key.public_key

    def open(self) -> None:
        """Open the private half now: before a transaction, or a moving picture on the screen, is begun.

        Raises:
            KeyMaterialError: `RING-OTHER-KEY`, what was opened is not the key of the ring; or whatever the
                source finds wrong.
        """
        self._opened()

    def sign(self, message: bytes) -> bytes:
        """Sign the whole message, unhashed; raises as `open`."""
        return self._opened().sign(message)

    def _opened(self) -> Signer:
        if self._signer is None:
            signer = self._source()
            if signer.public_key != self.key.public_key:
                raise KeyMaterialError("RING-OTHER-KEY", fragment=self.key.fragment)
            self._signer = signer
        return self._signer

    def __reduce__(self) -> tuple[object, ...]:
        return KeyInRing, (self.key, self._source)

    def __repr__(self) -> str:
        return f"KeyInRing({self.key.fragment!r}, thumbprint={self.public_key.thumbprint!r})"
