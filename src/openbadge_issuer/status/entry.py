"""The status entry of a credential: where in which list its bit stands."""

from __future__ import annotations

import re
from dataclasses import dataclass

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.errors import StatusError, UnsupportedError

ENTRY_TYPE = "BitstringStatusListEntry"

_INDEX = re.compile(r"[0-9]{1,20}\Z", re.ASCII)  # no list comes near 20 digits
_ABSOLUTE_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x20]+\Z")


@dataclass(frozen=True, slots=True)
class StatusEntry:
    """A BitstringStatusListEntry (Bitstring Status List, section 2.1).

    `index` counts from 0; `list_url` is where the list credential is published; `id` names the entry and
    is never the URL of the list itself. Open Badges 3.0 requires an `id`, W3C does not.
    """

    list_url: str
    index: int
    purpose: str = "revocation"
    id: str | None = None

    @classmethod
    def at(cls, list_url: str, *, index: int, purpose: str) -> StatusEntry:
        """Name the entry at `index` of our own list, as `<list URL>#<index>`."""
        return cls(list_url=list_url, index=index, purpose=purpose, id=f"{list_url}#{index}")

    @property
    def location(self) -> str:
        """Where the bit stands, as `<list URL>#<index>`: the key of a published reason."""
        return f"{self.list_url}#{self.index}"

    def to_json(self) -> JsonObject:
        """Write the entry as the value of `credentialStatus`; the index is text, as W3C asks."""
        return {
            "id": self.id or self.location,
            "type": ENTRY_TYPE,
            "statusPurpose": self.purpose,
            "statusListIndex": str(self.index),
            "statusListCredential": self.list_url,
        }


def read_entry(value: JsonValue, *, pointer: str = "/credentialStatus") -> StatusEntry:
    """Read one status entry; the index may be text or, as some issuers write it, a number.

    Args:
        value: one entry (of an array of entries, each is read on its own).
        pointer: where the entry stands in its document, for the error.

    Raises:
        StatusError: a member is missing or malformed (the MALFORMED_VALUE_ERROR of W3C).
        UnsupportedError: it is an entry of another type, or has more than one bit (`STATUS-SIZE`).
    """
    if not isinstance(value, dict):
        raise StatusError("STATUS-ENTRY-MEMBER", pointer, member="credentialStatus")
    kinds = value.get("type")
    if ENTRY_TYPE not in (kinds if isinstance(kinds, list) else [kinds]):
        raise UnsupportedError("STATUS-ENTRY-TYPE", f"{pointer}/type", type=str(kinds)[:80])
    purpose = value.get("statusPurpose")
    if not isinstance(purpose, str) or not purpose:
        raise StatusError("STATUS-ENTRY-MEMBER", f"{pointer}/statusPurpose", member="statusPurpose")
    list_url = value.get("statusListCredential")
    if not is_absolute_url(list_url):
        raise StatusError(
            "STATUS-ENTRY-MEMBER", f"{pointer}/statusListCredential", member="statusListCredential"
        )
    name = value.get("id")
    if name is not None and (not is_absolute_url(name) or name == list_url):
        raise StatusError("STATUS-ENTRY-ID", f"{pointer}/id")
    _check_size(value.get("statusSize", 1), f"{pointer}/statusSize")
    index = _read_index(value.get("statusListIndex"), f"{pointer}/statusListIndex")
    return StatusEntry(
        list_url=str(list_url), index=index, purpose=purpose, id=None if name is None else str(name)
    )


def is_absolute_url(value: JsonValue) -> bool:
    """Tell whether a JSON value is text with a scheme and without white space or characters no URL has."""
    return isinstance(value, str) and _ABSOLUTE_URL.match(value) is not None


def _read_index(value: JsonValue, pointer: str) -> int:
    if isinstance(value, str) and _INDEX.match(value):
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    raise StatusError("STATUS-ENTRY-INDEX", pointer)


def _check_size(value: JsonValue, pointer: str) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise StatusError("STATUS-ENTRY-MEMBER", pointer, member="statusSize")
    if value > 1:
        raise UnsupportedError("STATUS-SIZE", pointer, size=min(value, 1_000_000))
