"""The Status List of IETF tokens: a status of 1, 2, 4 or 8 bits for each, packed and compressed.

Source: Token Status List (draft-ietf-oauth-status-list), sections "Status List" and "Status Types". Other
than in a Bitstring Status List of W3C, the lowest bit of a byte comes first, and the whole value counts.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import Final

from openbadge_issuer.assertions.json_text import JsonValue
from openbadge_issuer.errors import DocumentError, LimitError, StatusError
from openbadge_issuer.signing.base64url import decode_base64url

MAX_LIST_BYTES: Final = 16 * 1024 * 1024
"""A hundred million tokens at one bit each, unpacked."""

VALID, INVALID, SUSPENDED = 0, 1, 2
"""The statuses that are registered; 3 and 12 to 15 are for applications, the others for later."""

_BITS = (1, 2, 4, 8)


@dataclass(frozen=True, slots=True)
class TokenStatusList:
    """A list as it was published.

    Attributes:
        bits: how many bits each status has.
        data: the statuses, packed.
    """

    bits: int
    data: bytes

    @classmethod
    def read(cls, value: JsonValue) -> TokenStatusList:
        """Read the claim `status_list` of a Status List Token.

        Raises:
            StatusError: `STATUS-TOKEN-LIST`, with the member that is wrong.
            LimitError: `STATUS-LIST-TOO-LARGE`.
        """
        bits, packed = (value.get("bits"), value.get("lst")) if isinstance(value, dict) else (None, None)
        if not isinstance(bits, int) or isinstance(bits, bool) or bits not in _BITS:
            raise StatusError("STATUS-TOKEN-LIST", "/status_list/bits", problem="bits")
        try:
            data = _inflated(decode_base64url(packed if isinstance(packed, str) else "="))
        except (DocumentError, zlib.error) as error:
            raise StatusError("STATUS-TOKEN-LIST", "/status_list/lst", problem="lst") from error
        return cls(bits, data)

    def status(self, index: int) -> int:
        """Return the status at an index; raises StatusError `STATUS-INDEX-RANGE`."""
        size = len(self.data) * 8 // self.bits
        if not 0 <= index < size:
            raise StatusError("STATUS-INDEX-RANGE", index=index, size=size)
        byte, place = divmod(index * self.bits, 8)
        return self.data[byte] >> place & (1 << self.bits) - 1


def _inflated(packed: bytes) -> bytes:
    inflate = zlib.decompressobj()
    data = inflate.decompress(packed, MAX_LIST_BYTES + 1)
    if len(data) > MAX_LIST_BYTES:
        raise LimitError("STATUS-LIST-TOO-LARGE", limit=MAX_LIST_BYTES * 8)
    if not inflate.eof or inflate.unused_data or not data:  # cut off, followed by more, or empty
        raise zlib.error
    return data
