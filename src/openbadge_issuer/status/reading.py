"""The verifier's view of a status list: what a published list credential says about an entry.

Nothing here checks a proof or compares a date with now: `verification` does both before it believes a list.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal, TypeAlias

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.assertions.moments import parse_date_time
from openbadge_issuer.errors import StatusError
from openbadge_issuer.status.bitstring import MAX_BITS, MIN_BITS, Bitstring, has_multibase_prefix
from openbadge_issuer.status.entry import ENTRY_TYPE, ENTRY_TYPE_2021, EntryType, StatusEntry
from openbadge_issuer.status.related_resource import RelatedResource, read_related_resources

ListCredentialType: TypeAlias = Literal["BitstringStatusListCredential", "StatusList2021Credential"]

LIST_CREDENTIAL_TYPE: Final = "BitstringStatusListCredential"
LIST_TYPE: Final = "BitstringStatusList"
LIST_CREDENTIAL_TYPE_2021: Final = "StatusList2021Credential"
LIST_TYPE_2021: Final = "StatusList2021"

_SUBJECT_TYPES: dict[ListCredentialType, str] = {
    LIST_CREDENTIAL_TYPE: LIST_TYPE,
    LIST_CREDENTIAL_TYPE_2021: LIST_TYPE_2021,
}
_TYPES_FOR: dict[EntryType, ListCredentialType] = {
    ENTRY_TYPE: LIST_CREDENTIAL_TYPE,
    ENTRY_TYPE_2021: LIST_CREDENTIAL_TYPE_2021,
}
_BASE64_TO_BASE64URL = str.maketrans("+/", "-_")
_MAX_TTL = 2**53  # the largest integer that every JSON reader takes alike; 285,000 years


@dataclass(frozen=True, slots=True)
class PublishedStatusList:
    """A status list credential as read: `ttl` is how long a copy may be kept, `related` what it vouches for.

    `has_prefix` is False where the encoded list lacks its multibase prefix, as before the Recommendation.
    `size` is the bits of one entry, if the list says so itself, as drafts asked; the entry decides.
    """

    id: str | None
    issuer: str
    purposes: tuple[str, ...]
    bits: Bitstring
    ttl: timedelta | None
    valid_from: datetime | None
    valid_until: datetime | None
    related: tuple[RelatedResource, ...]
    has_prefix: bool
    type: ListCredentialType = LIST_CREDENTIAL_TYPE
    size: int | None = None

    @property
    def reasons(self) -> RelatedResource | None:
        """The document with the public reasons, if the list names one (see `status.reasons`)."""
        return next((item for item in self.related if item.media_type == "application/json"), None)

    @property
    def kept_until(self) -> datetime | None:
        """Until when a copy may be kept that was fetched when it was made; None if the list does not say."""
        if self.ttl is None or self.valid_from is None:
            return None
        try:
            return self.valid_from + self.ttl
        except OverflowError:  # after the year 9999
            return None

    def status_of(self, entry: StatusEntry) -> bool:
        """Tell whether a bit of `entry` is set: revoked, suspended, or whatever its purpose says.

        Raises as `value_of` does.
        """
        return self.value_of(entry) != 0

    def value_of(self, entry: StatusEntry) -> int:
        """Return the value of `entry`, of as many bits as it says; 0 means that nothing is the matter.

        Follows the validate algorithm of Bitstring Status List, section 3.2. Beyond it, a list with another
        `id` than the entry names is not believed when it clears a badge: an issuer's other lists are as well
        signed as the right one. It is believed when it does not.

        Raises:
            StatusError: the list is of another type, purpose or size, is shorter than 131,072 entries, does
                not reach the index, or clears the entry under another `id` (`STATUS-LIST-ID`).
        """
        wanted = _TYPES_FOR[entry.type]
        if self.type != wanted:
            raise StatusError("STATUS-LIST-TYPE", "/type", type=wanted)
        if entry.purpose not in self.purposes:
            raise StatusError(
                "STATUS-PURPOSE-MISMATCH",
                "/credentialSubject/statusPurpose",
                found=_shown(", ".join(self.purposes)),
                wanted=_shown(entry.purpose),
            )
        if self.size not in (None, entry.size):
            raise StatusError(
                "STATUS-SIZE-MISMATCH",
                "/credentialSubject/statusSize",
                found=self.size or 0,
                wanted=entry.size,
            )
        count = len(self.bits) // entry.size
        if count < MIN_BITS:
            raise StatusError(
                "STATUS-LIST-LENGTH", "/credentialSubject/encodedList", size=count, minimum=MIN_BITS
            )
        value = self.bits.value(entry.index, size=entry.size)
        if not value and self.id is not None and self.id != entry.list_url:
            raise StatusError("STATUS-LIST-ID", "/id", found=_shown(self.id), wanted=_shown(entry.list_url))
        return value


def read_status_list(credential: JsonObject, *, max_bytes: int = MAX_BITS // 8) -> PublishedStatusList:
    """Read a status list credential: the embedded form, or the payload of its VC-JWT.

    A StatusList2021Credential of the draft is read too, with the dates of either version of the VC Data
    Model, and its encoded list in base64 or base64url.

    Args:
        credential: the credential, its proof already checked by the caller.
        max_bytes: the longest list that is unpacked.

    Raises:
        StatusError: a member is missing or malformed, or the encoded list is damaged.
        LimitError: the list is too long.
    """
    kind = _credential_type(credential.get("type"))
    subject = _subject(credential.get("credentialSubject"), _SUBJECT_TYPES[kind])
    purposes = _texts(subject.get("statusPurpose"))
    if not purposes:
        raise _unusable("/credentialSubject/statusPurpose")
    encoded = subject.get("encodedList")
    if not isinstance(encoded, str):
        raise _unusable("/credentialSubject/encodedList")
    name = credential.get("id")
    if name is not None and not isinstance(name, str):
        raise _unusable("/id")
    if kind == LIST_CREDENTIAL_TYPE_2021:
        encoded = encoded.translate(_BASE64_TO_BASE64URL).rstrip("=")
    return PublishedStatusList(
        id=name,
        issuer=_issuer(credential.get("issuer")),
        purposes=purposes,
        bits=Bitstring.decode(encoded, max_bytes=max_bytes),
        ttl=_ttl(subject.get("ttl")),
        valid_from=_instant(credential, "validFrom", "issuanceDate"),
        valid_until=_instant(credential, "validUntil", "expirationDate"),
        related=read_related_resources(credential.get("relatedResource")),
        has_prefix=has_multibase_prefix(encoded),
        type=kind,
        size=_size(subject.get("statusSize")),
    )


def _credential_type(value: JsonValue) -> ListCredentialType:
    named = _texts(value)
    kind = next((kind for kind in _SUBJECT_TYPES if kind in named), None)
    if kind is None:
        raise StatusError("STATUS-LIST-TYPE", "/type", type=LIST_CREDENTIAL_TYPE)
    return kind


def _subject(value: JsonValue, wanted: str) -> JsonObject:
    only = value[0] if isinstance(value, list) and len(value) == 1 else value
    if not isinstance(only, dict):
        raise _unusable("/credentialSubject")
    if wanted not in _texts(only.get("type")):
        raise StatusError("STATUS-LIST-TYPE", "/credentialSubject/type", type=wanted)
    return only


def _texts(value: JsonValue) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    return tuple(item for item in values if isinstance(item, str) and item)


def _issuer(value: JsonValue) -> str:
    name = value.get("id") if isinstance(value, dict) else value
    if not isinstance(name, str) or not name:
        raise _unusable("/issuer")
    return name


def _size(value: JsonValue) -> int | None:
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise _unusable("/credentialSubject/statusSize")
    return value


def _ttl(value: JsonValue) -> timedelta | None:
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _MAX_TTL:
        raise _unusable("/credentialSubject/ttl")
    return timedelta(milliseconds=value)


def _instant(credential: JsonObject, name: str, name_in_version_1: str) -> datetime | None:
    used = name if name in credential else name_in_version_1
    value = credential.get(used)
    if value is None:
        return None
    try:
        return parse_date_time(value if isinstance(value, str) else "")
    except ValueError as error:
        raise _unusable(f"/{used}") from error


def _unusable(pointer: str) -> StatusError:
    return StatusError("STATUS-LIST-MEMBER", pointer, member=pointer.rpartition("/")[2])


def _shown(text: str) -> str:
    return text if len(text) <= _MAX_SHOWN else f"{text[:_MAX_SHOWN]}…"


_MAX_SHOWN = 200  # a sentence stays a sentence
