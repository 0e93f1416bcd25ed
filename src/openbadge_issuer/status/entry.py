"""The status entry of a credential: where in which list its bits stand, and what they mean."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.errors import StatusError, UnsupportedError
from openbadge_issuer.status.message import (
    StatusMessage,
    message_of,
    read_messages,
    read_references,
    read_size,
)
from openbadge_issuer.status.url import is_absolute_url

EntryType: TypeAlias = Literal["BitstringStatusListEntry", "StatusList2021Entry"]

ENTRY_TYPE: Final = "BitstringStatusListEntry"
ENTRY_TYPE_2021: Final = "StatusList2021Entry"
"""The entry of the draft that Bitstring Status List came from: read, never written for new badges."""

_INDEX = re.compile(r"[0-9]{1,20}\Z", re.ASCII)  # no list comes near 20 digits


@dataclass(frozen=True, slots=True)
class StatusEntry:
    """A BitstringStatusListEntry (Bitstring Status List, section 2.1), or the StatusList2021Entry before it.

    `index` counts entries from 0, `size` is how many bits each has; `list_url` is where the list credential
    is published; `id` names the entry and is never the URL of the list itself. Open Badges 3.0 requires an
    `id`, W3C does not. `messages` tells what each value means, `references` where that is explained.
    """

    list_url: str
    index: int
    purpose: str = "revocation"
    id: str | None = None
    size: int = 1
    messages: tuple[StatusMessage, ...] = ()
    references: tuple[str, ...] = ()
    type: EntryType = ENTRY_TYPE

    @classmethod
    def at(cls, list_url: str, *, index: int, purpose: str) -> StatusEntry:
        """Name the entry at `index` of our own list, as `<list URL>#<index>`."""
        return cls(list_url=list_url, index=index, purpose=purpose, id=f"{list_url}#{index}")

    @property
    def location(self) -> str:
        """Where the entry stands, as `<list URL>#<index>`: the key of a published reason."""
        return f"{self.list_url}#{self.index}"

    def message_of(self, value: int) -> str:
        """Return what a value of the entry means; for a bit without messages "set" or "unset"."""
        return message_of(self.messages, value)

    def to_json(self) -> JsonObject:
        """Write the entry as the value of `credentialStatus`; the index is text, as W3C asks."""
        entry: JsonObject = {
            "id": self.id or self.location,
            "type": self.type,
            "statusPurpose": self.purpose,
            "statusListIndex": str(self.index),
            "statusListCredential": self.list_url,
        }
        if self.size > 1:
            entry["statusSize"] = self.size
        if self.messages:
            entry["statusMessage"] = [message.to_json() for message in self.messages]
        if self.references:
            one, *more = self.references
            entry["statusReference"] = [one, *more] if more else one
        return entry


def read_entry(value: JsonValue, *, pointer: str = "/credentialStatus") -> StatusEntry:
    """Read one status entry; the index may be text or, as some issuers write it, a number.

    Args:
        value: one entry (of an array of entries, each is read on its own).
        pointer: where the entry stands in its document, for the error.

    Raises:
        StatusError: a member is missing or malformed (the MALFORMED_VALUE_ERROR of W3C).
        UnsupportedError: it is an entry of another type, or has too many bits (`STATUS-SIZE`).
    """
    if not isinstance(value, dict):
        raise StatusError("STATUS-ENTRY-MEMBER", pointer, member="credentialStatus")
    kind = _entry_type(value, pointer)
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
    size = read_size(value["statusSize"], f"{pointer}/statusSize") if "statusSize" in value else 1
    return StatusEntry(
        list_url=str(list_url),
        index=_read_index(value.get("statusListIndex"), f"{pointer}/statusListIndex"),
        purpose=purpose,
        id=None if name is None else str(name),
        size=size,
        messages=read_messages(value.get("statusMessage"), f"{pointer}/statusMessage", size=size),
        references=read_references(value.get("statusReference"), f"{pointer}/statusReference"),
        type=kind,
    )


def _entry_type(value: JsonObject, pointer: str) -> EntryType:
    kinds = value.get("type")
    listed = kinds if isinstance(kinds, list) else [kinds]
    if ENTRY_TYPE in listed:
        return ENTRY_TYPE
    if ENTRY_TYPE_2021 in listed:
        return ENTRY_TYPE_2021
    raise UnsupportedError("STATUS-ENTRY-TYPE", f"{pointer}/type", type=str(kinds)[:80])


def _read_index(value: JsonValue, pointer: str) -> int:
    if isinstance(value, str) and _INDEX.match(value):
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    raise StatusError("STATUS-ENTRY-INDEX", pointer)
