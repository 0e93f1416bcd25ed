"""Claim codes: how somebody without an e-mail address or a DID shows that a badge is theirs (R7, G10).

A code is 128 bits that nobody can guess, printed for people: Crockford's base 32 (no I, L, O or U), in
groups, with his check symbol. Source: Douglas Crockford, "Base 32",
https://www.crockford.com/base32.html.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from dataclasses import dataclass, field
from typing import Final, Self

from openbadge_issuer.errors import InputError

CODE_BYTES: Final = 16
SALT_BYTES: Final = 16
MAX_CHARACTERS: Final = 100
"""More than any code with all its hyphens and spaces, less than work worth giving us."""

_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CHECK_ALPHABET: Final = f"{_ALPHABET}*~$=U"
_SYMBOLS: Final = 26
"""128 bits in symbols of 5 bits, with 2 bits to spare."""
_GROUP: Final = 4
_BETWEEN: Final = re.compile(r"[\s\-\u2010-\u2015\u2212]+")
_LOOKALIKES: Final = str.maketrans("OIL", "011")


@dataclass(frozen=True, slots=True)
class ClaimCode:
    """A claim code; its text is a secret of the holder, and in no repr.

    Attributes:
        text: the code as it is printed, such as `0123-4567-89AB-CDEF-GHJK-MNPQ-RST`; this is what is hashed.
    """

    text: str = field(repr=False)

    @classmethod
    def of(cls, randomness: bytes) -> Self:
        """Make a code of 16 random bytes.

        Raises:
            ValueError: they are not 16.
        """
        if len(randomness) != CODE_BYTES:
            raise ValueError(len(randomness))
        value = int.from_bytes(randomness)
        # The five check symbols that are no letters or digits are hard to read aloud and mean something in a
        # shell. The two spare bits move the check by 33 modulo 37, so at most two steps avoid all five.
        while value % 37 >= len(_ALPHABET):
            value += 1 << (8 * CODE_BYTES)
        return cls(_printed(value))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a code as people type it: in any case, with O for 0, I or L for 1, with or without hyphens.

        Raises:
            InputError: `CLAIM-CODE`, it is none; `CLAIM-CODE-CHECK`, a symbol is wrong or two are swapped.
        """
        if len(text) > MAX_CHARACTERS:
            raise InputError("CLAIM-CODE")
        plain = _BETWEEN.sub("", unicodedata.normalize("NFKC", text)).upper().translate(_LOOKALIKES)
        symbols, check = plain[:_SYMBOLS], plain[_SYMBOLS:]
        if len(check) != 1 or check not in _CHECK_ALPHABET or not set(symbols) <= set(_ALPHABET):
            raise InputError("CLAIM-CODE")
        value = 0
        for symbol in symbols:
            value = 32 * value + _ALPHABET.index(symbol)
        if _CHECK_ALPHABET[value % 37] != check:
            raise InputError("CLAIM-CODE-CHECK")
        return cls(_printed(value))

    def digest(self, salt: bytes) -> str:
        """Hash the code with a salt of 16 bytes or more, in hex: what is kept of it.

        The code holds 128 random bits, so a slow hash would protect it no better than SHA-256.
        """
        if len(salt) < SALT_BYTES:
            raise ValueError(len(salt))
        return hashlib.sha256(salt + self.text.encode()).hexdigest()

    def matches(self, salt: bytes, digest: str) -> bool:
        """Tell whether this code has a digest; compared in constant time."""
        return hmac.compare_digest(self.digest(salt), digest)


def _printed(value: int) -> str:
    symbols = "".join(_ALPHABET[value >> 5 * place & 31] for place in reversed(range(_SYMBOLS)))
    symbols += _CHECK_ALPHABET[value % 37]
    return "-".join(symbols[start : start + _GROUP] for start in range(0, len(symbols), _GROUP))
