"""The messages of a status entry: what each value of its bits means, and where that is explained."""

from __future__ import annotations

import re
from dataclasses import dataclass

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.errors import StatusError, UnsupportedError
from openbadge_issuer.status.url import is_absolute_url

MAX_SIZE = 16
"""Bits of one entry: 65,536 messages are more than any issuer can explain."""

_HEXADECIMAL = re.compile(r"0[xX]0*([0-9A-Fa-f]{1,4})", re.ASCII)
_BARE = ("unset", "set")


@dataclass(frozen=True, slots=True)
class StatusMessage:
    """What one value means: `text` is meant for developers, says W3C, and not for holders."""

    value: int
    text: str

    def to_json(self) -> JsonObject:
        """Write the message; its value is hexadecimal text."""
        return {"status": f"{self.value:#x}", "message": self.text}


def read_size(value: JsonValue, pointer: str) -> int:
    """Read `statusSize`, the bits of one entry.

    Raises:
        StatusError: it is no integer above 0.
        UnsupportedError: it is over `MAX_SIZE` (`STATUS-SIZE`).
    """
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise StatusError("STATUS-ENTRY-MEMBER", pointer, member="statusSize")
    if value > MAX_SIZE:
        raise UnsupportedError("STATUS-SIZE", pointer, size=min(value, 1_000_000), limit=MAX_SIZE)
    return value


def read_messages(value: JsonValue, pointer: str, *, size: int) -> tuple[StatusMessage, ...]:
    """Read `statusMessage`: one message for every value that `size` bits can have.

    Raises:
        StatusError: there is none although there are several bits (`STATUS-MESSAGE-MISSING`), there are
            too few or too many (`STATUS-MESSAGE-COUNT`), or one cannot be read (`STATUS-MESSAGE-VALUE`).
    """
    if value is None:
        if size > 1:
            raise StatusError("STATUS-MESSAGE-MISSING", pointer, size=size)
        return ()
    if not isinstance(value, list):
        raise StatusError("STATUS-ENTRY-MEMBER", pointer, member="statusMessage")
    if len(value) != 1 << size:
        raise StatusError("STATUS-MESSAGE-COUNT", pointer, count=len(value), size=size, wanted=1 << size)
    messages = [_read_message(item, f"{pointer}/{position}", size) for position, item in enumerate(value)]
    seen: set[int] = set()
    for position, message in enumerate(messages):
        if message.value in seen:
            raise StatusError("STATUS-MESSAGE-VALUE", f"{pointer}/{position}/status")
        seen.add(message.value)
    return tuple(messages)


def read_references(value: JsonValue, pointer: str) -> tuple[str, ...]:
    """Read `statusReference`: the URLs of what explains the status.

    Raises:
        StatusError: one is no URL (`STATUS-ENTRY-MEMBER`).
    """
    if value is None:
        return ()
    urls = value if isinstance(value, list) else [value]
    if not all(is_absolute_url(url) for url in urls):
        raise StatusError("STATUS-ENTRY-MEMBER", pointer, member="statusReference")
    return tuple(str(url) for url in urls)


def message_of(messages: tuple[StatusMessage, ...], value: int) -> str:
    """Return what a value means: its message, or for a bare bit "set" or "unset", as W3C names them."""
    if not messages:
        return _BARE[min(value, 1)]
    return next((message.text for message in messages if message.value == value), "")


def _read_message(item: JsonValue, pointer: str, size: int) -> StatusMessage:
    if not isinstance(item, dict):
        raise StatusError("STATUS-MESSAGE-VALUE", pointer)
    status, text = item.get("status"), item.get("message")
    found = _HEXADECIMAL.fullmatch(status) if isinstance(status, str) else None
    if found is None or int(found[1], 16) >= 1 << size:
        raise StatusError("STATUS-MESSAGE-VALUE", f"{pointer}/status")
    if not isinstance(text, str):
        raise StatusError("STATUS-MESSAGE-VALUE", f"{pointer}/message")
    return StatusMessage(int(found[1], 16), text)
