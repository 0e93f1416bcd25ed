"""The verifier's view of a status list: what a published list credential says about an entry.

Nothing here checks a proof or compares a date with now: `verification` does both before it believes a list.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.assertions.values import parse_date_time
from openbadge_issuer.errors import StatusError
from openbadge_issuer.status.bitstring import MAX_BITS, MIN_BITS, Bitstring, has_multibase_prefix
from openbadge_issuer.status.entry import StatusEntry
from openbadge_issuer.status.related_resource import RelatedResource, read_related_resources

LIST_CREDENTIAL_TYPE = "BitstringStatusListCredential"
LIST_TYPE = "BitstringStatusList"

_MAX_TTL = 2**53  # the largest integer that every JSON reader takes alike; 285,000 years


@dataclass(frozen=True, slots=True)
class PublishedStatusList:
    """A status list credential as read: `ttl` is how long a copy may be kept, `related` what it vouches for.

    `has_prefix` is False where the encoded list lacks its multibase prefix, as before the Recommendation.
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

    @property
    def reasons(self) -> RelatedResource | None:
        """The document with the public reasons, if the list names one (see `status.reasons`)."""
        return next((item for item in self.related if item.media_type == "application/json"), None)

    def status_of(self, entry: StatusEntry) -> bool:
        """Tell whether the bit of `entry` is set: revoked, suspended, or whatever its purpose says.

        Follows the validate algorithm of Bitstring Status List, section 3.2. Beyond it, a list with another
        `id` than the entry names is not believed when it clears a badge: an issuer's other lists are as well
        signed as the right one. It is believed when it does not.

        Raises:
            StatusError: the list has another purpose, is shorter than 131,072 entries, does not reach the
                index, or clears the entry under another `id` (`STATUS-LIST-ID`).
        """
        if entry.purpose not in self.purposes:
            raise StatusError(
                "STATUS-PURPOSE-MISMATCH",
                "/credentialSubject/statusPurpose",
                found=_shown(", ".join(self.purposes)),
                wanted=_shown(entry.purpose),
            )
        if len(self.bits) < MIN_BITS:
            raise StatusError(
                "STATUS-LIST-LENGTH", "/credentialSubject/encodedList", size=len(self.bits), minimum=MIN_BITS
            )
        value = self.bits.get(entry.index)
        if not value and self.id is not None and self.id != entry.list_url:
            raise StatusError("STATUS-LIST-ID", "/id", found=_shown(self.id), wanted=_shown(entry.list_url))
        return value


def read_status_list(credential: JsonObject, *, max_bytes: int = MAX_BITS // 8) -> PublishedStatusList:
    """Read a status list credential: the embedded form, or the payload of its VC-JWT.

    Args:
        credential: the credential, its proof already checked by the caller.
        max_bytes: the longest list that is unpacked.

    Raises:
        StatusError: a member is missing or malformed, or the encoded list is damaged.
        LimitError: the list is too long.
    """
    if LIST_CREDENTIAL_TYPE not in _texts(credential.get("type")):
        raise StatusError("STATUS-LIST-TYPE", "/type", type=LIST_CREDENTIAL_TYPE)
    subject = _subject(credential.get("credentialSubject"))
    purposes = _texts(subject.get("statusPurpose"))
    if not purposes:
        raise _unusable("/credentialSubject/statusPurpose")
    encoded = subject.get("encodedList")
    if not isinstance(encoded, str):
        raise _unusable("/credentialSubject/encodedList")
    name = credential.get("id")
    if name is not None and not isinstance(name, str):
        raise _unusable("/id")
    return PublishedStatusList(
        id=name,
        issuer=_issuer(credential.get("issuer")),
        purposes=purposes,
        bits=Bitstring.decode(encoded, max_bytes=max_bytes),
        ttl=_ttl(subject.get("ttl")),
        valid_from=_instant(credential.get("validFrom"), "/validFrom"),
        valid_until=_instant(credential.get("validUntil"), "/validUntil"),
        related=read_related_resources(credential.get("relatedResource")),
        has_prefix=has_multibase_prefix(encoded),
    )


def _subject(value: JsonValue) -> JsonObject:
    only = value[0] if isinstance(value, list) and len(value) == 1 else value
    if not isinstance(only, dict):
        raise _unusable("/credentialSubject")
    if LIST_TYPE not in _texts(only.get("type")):
        raise StatusError("STATUS-LIST-TYPE", "/credentialSubject/type", type=LIST_TYPE)
    return only


def _texts(value: JsonValue) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    return tuple(item for item in values if isinstance(item, str) and item)


def _issuer(value: JsonValue) -> str:
    name = value.get("id") if isinstance(value, dict) else value
    if not isinstance(name, str) or not name:
        raise _unusable("/issuer")
    return name


def _ttl(value: JsonValue) -> timedelta | None:
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _MAX_TTL:
        raise _unusable("/credentialSubject/ttl")
    return timedelta(milliseconds=value)


def _instant(value: JsonValue, pointer: str) -> datetime | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise _unusable(pointer)
    try:
        return parse_date_time(value)
    except ValueError as error:
        raise _unusable(pointer) from error


def _unusable(pointer: str) -> StatusError:
    return StatusError("STATUS-LIST-MEMBER", pointer, member=pointer.rpartition("/")[2])


def _shown(text: str) -> str:
    return text if len(text) <= _MAX_SHOWN else f"{text[:_MAX_SHOWN]}…"


_MAX_SHOWN = 200  # a sentence stays a sentence
