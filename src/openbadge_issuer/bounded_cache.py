"""A memory of what takes long to make: bounded in entries and bytes, and safe between threads."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

_Key = TypeVar("_Key", bound=Hashable)
_Value = TypeVar("_Value")


class BoundedCache(Generic[_Key, _Value]):
    """Remembers values by key; what was used longest ago is forgotten when there is too much.

    A key is best the very bytes that a value is made of: then nothing that was replaced is ever found, and
    there is nothing that could expire. The same bytes object is found without being hashed again.

    Args:
        max_entries: how many values are kept.
        max_bytes: how large they may be together, as far as their sizes are told.
    """

    def __init__(self, *, max_entries: int, max_bytes: int) -> None:
        self._max_entries = max_entries
        self._max_bytes = max_bytes
        self._bytes = 0
        self._entries: OrderedDict[_Key, tuple[_Value, int]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: _Key) -> _Value | None:
        """Return the value of a key, None if there is none."""
        with self._lock:
            found = self._entries.get(key)
            if found is None:
                return None
            self._entries.move_to_end(key)
            return found[0]

    def put(self, key: _Key, value: _Value, *, size: int) -> None:
        """Remember a value of `size` bytes, in the place of an earlier one; one beyond all bounds is not."""
        with self._lock:
            _, before = self._entries.pop(key, (None, 0))
            self._bytes += size - before
            self._entries[key] = value, size
            while self._entries and (len(self._entries) > self._max_entries or self._bytes > self._max_bytes):
                _, (_, forgotten) = self._entries.popitem(last=False)
                self._bytes -= forgotten
