"""Giving out indexes at random and never twice.

The order of indexes would tell the order of awards, so each is drawn at random. It is committed before it is
returned: whoever is killed between the two loses an index at worst, and with a key not even that.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from openbadge_issuer.errors import StatusError
from openbadge_issuer.status.private_state import PrivateState

Rng: TypeAlias = Callable[[int], bytes]
"""A source of random bytes: `os.urandom`, or in a test something that repeats itself."""

MAX_LOAD_PERCENT = 99
"""When so many are taken the list is full: the next index could soon be guessed, and drawing gets slow."""

MAX_DRAWS = 10_000
"""Draws for one index; at the greatest load an honest source needs more once in 10^21 times."""


class Allocation:
    """The indexes of one list, as kept in its private state; safe between threads and processes."""

    def __init__(self, state: PrivateState) -> None:
        self._state = state

    def take(self, *, rng: Rng, key: str | None = None) -> int:
        """Give out one index.

        Args:
            rng: the source of randomness.
            key: a name for the credential, such as its `id`: the same key always gets the same index. Only
                its SHA-256 is kept.

        Raises:
            StatusError: the list is full (`STATUS-LIST-FULL`), or `rng` is not random (`STATUS-RANDOM`).
        """
        return self._take([None if key is None else key], rng)[0]

    def take_many(self, count: int, *, rng: Rng) -> list[int]:
        """Give out `count` indexes, or none if there are not so many left; raises as `take` does."""
        size = self._state.facts.size
        if count > size:  # before so long a list of keys is made
            raise StatusError("STATUS-LIST-FULL", taken=self.count(), size=size)
        return self._take([None] * count, rng)

    def take_for(self, keys: Sequence[str], *, rng: Rng) -> list[int]:
        """Give out an index for each key, or none if there are not so many left; raises as `take` does."""
        return self._take(keys, rng)

    def find(self, key: str) -> int | None:
        """Return the index that was given out for a key, or None."""
        with self._state.transaction() as connection:
            return _find(connection, key_digest(key))

    def is_taken(self, index: int) -> bool:
        """Tell whether an index was given out."""
        if not 0 <= index < self._state.facts.size:
            return False
        with self._state.transaction() as connection:
            return is_taken(connection, index)

    def count(self) -> int:
        """Return how many indexes were given out."""
        with self._state.transaction() as connection:
            return _count(connection)

    def _take(self, keys: Sequence[str | None], rng: Rng) -> list[int]:
        size = self._state.facts.size
        with self._state.transaction() as connection:
            before = _count(connection)
            room = size * MAX_LOAD_PERCENT // 100 - before
            taken: list[int] = []
            fresh = 0
            for key in keys:
                digest = None if key is None else key_digest(key)
                index = None if digest is None else _find(connection, digest)
                if index is None:
                    fresh += 1
                    if fresh > room:
                        raise StatusError("STATUS-LIST-FULL", taken=before, size=size)
                    index = _draw(connection, digest, draws(size, rng))
                taken.append(index)
            connection.execute("UPDATE list SET taken = taken + ?", (fresh,))
        return taken


def is_taken(connection: sqlite3.Connection, index: int) -> bool:
    """Tell inside a transaction whether an index was given out."""
    return connection.execute("SELECT 1 FROM allocation WHERE position = ?", (index,)).fetchone() is not None


def _count(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT taken FROM list").fetchone()[0])


def _find(connection: sqlite3.Connection, digest: bytes) -> int | None:
    row = connection.execute("SELECT position FROM allocation WHERE key = ?", (digest,)).fetchone()
    return None if row is None else int(row[0])


def key_digest(key: str) -> bytes:
    """Return what is kept of a key: its SHA-256."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).digest()


def _draw(connection: sqlite3.Connection, digest: bytes | None, draws: Iterator[int]) -> int:
    for index in draws:
        added = connection.execute("INSERT OR IGNORE INTO allocation VALUES (?, ?)", (index, digest))
        if added.rowcount:
            return index
    raise StatusError("STATUS-RANDOM", draws=MAX_DRAWS)


def draws(size: int, rng: Rng) -> Iterator[int]:
    """Draw indexes of a list at random, each equally likely, until `MAX_DRAWS`."""
    bits = (size - 1).bit_length()
    width, mask = (bits + 7) // 8, (1 << bits) - 1
    for _ in range(MAX_DRAWS):
        index = int.from_bytes(rng(width)) & mask
        if index < size:  # dropping the rest keeps every index equally likely
            yield index
