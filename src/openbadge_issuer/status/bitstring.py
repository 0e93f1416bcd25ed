"""The bitstring of a status list: bits in memory, and its encoded form in a credential."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterable, Iterator

from openbadge_issuer.errors import DocumentError, LimitError, StatusError
from openbadge_issuer.signing.base64url import decode_base64url, encode_base64url

MIN_BITS = 131_072
"""The least length of a published list: with fewer entries a bit would point at a person."""

MAX_BITS = 64 * 1024 * 1024
"""The longest list written or read: its worst case, encoded, still fits the cap on JSON text."""

_BYTE = 8
_TOP_BIT = 0x80

# Deflate that looks for runs only. In a bitstring that is sparse or random nothing but runs repeats, so
# this is both the fastest and among the smallest: 131,072 bits with 10,000 set take 0.06 ms and 6,897
# bytes, against 0.22 ms and 8,385 bytes at level 1, and 5.7 ms and 7,944 bytes at level 9.
_LEVEL = 1
_STRATEGY = zlib.Z_RLE

# A fixed header makes the same bits the same text on every machine: no name, no time, system unknown.
_GZIP_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
_GZIP = 16 + zlib.MAX_WBITS

BLOCK_BYTES = 65_536
"""Bytes that are packed by themselves and remembered: after one change only one of them is packed anew."""
_LAST_BLOCK = b"\x03\x00"  # an empty one (RFC 1951, section 3.2.3); those before it end on a whole byte


class Bitstring:
    """A mutable string of bits of fixed length; index 0 is the left-most bit of the first byte.

    Args:
        length: how many bits it has, a multiple of 8; all are 0.

    Raises:
        StatusError: the length is not a positive multiple of 8.
        LimitError: the length is over `MAX_BITS`.
    """

    __slots__ = ("_bytes", "_packed")

    def __init__(self, length: int) -> None:
        if length <= 0 or length % _BYTE:
            raise StatusError("STATUS-LIST-SIZE", size=length, minimum=MIN_BITS, maximum=MAX_BITS)
        if length > MAX_BITS:
            raise LimitError("STATUS-LIST-TOO-LARGE", limit=MAX_BITS)
        self._bytes = bytearray(length // _BYTE)
        self._packed: dict[int, bytes] = {}  # by the number of the block

    @classmethod
    def from_bytes(cls, data: bytes) -> Bitstring:
        """Take the bits of `data`, left-most first; raises as the constructor does."""
        bits = cls(len(data) * _BYTE)
        bits._bytes[:] = data
        return bits

    def __len__(self) -> int:
        return len(self._bytes) * _BYTE

    def __bytes__(self) -> bytes:
        return bytes(self._bytes)

    def __eq__(self, other: object) -> bool:
        return self._bytes == other._bytes if isinstance(other, Bitstring) else NotImplemented

    __hash__ = None  # type: ignore[assignment]  # what can change has no hash

    def __repr__(self) -> str:
        return f"Bitstring(length={len(self)}, count={self.count()})"

    def get(self, index: int) -> bool:
        """Tell whether the bit at `index` is 1.

        Raises:
            StatusError: the index lies outside (`STATUS-INDEX-RANGE`, the RANGE_ERROR of W3C).
        """
        self._check(index)
        return bool(self._bytes[index >> 3] & (_TOP_BIT >> (index & 7)))

    def value(self, index: int, *, size: int) -> int:
        """Return the number that the `size` bits of entry `index` write, the left-most bit first.

        Raises:
            StatusError: a bit of it lies outside (`STATUS-INDEX-RANGE`).
        """
        if not 0 <= index < len(self) // size:
            raise StatusError("STATUS-INDEX-RANGE", index=index, size=len(self) // size)
        first = index * size
        last = first + size
        whole = int.from_bytes(self._bytes[first >> 3 : (last + 7) >> 3])
        return whole >> (-last % _BYTE) & (1 << size) - 1

    def set(self, index: int, value: bool = True) -> None:  # noqa: FBT001, FBT002  # a bit is a boolean
        """Make the bit at `index` 1 or 0; raises as `get` does."""
        self._check(index)
        mask = _TOP_BIT >> (index & 7)
        self._packed.pop((index >> 3) // BLOCK_BYTES, None)
        if value:
            self._bytes[index >> 3] |= mask
        else:
            self._bytes[index >> 3] &= ~mask

    def set_all(self, indexes: Iterable[int]) -> None:
        """Make the bits at all `indexes` 1; raises as `get` does, and then none is changed."""
        chosen = list(indexes)
        if not chosen:
            return
        self._check(min(chosen))
        self._check(max(chosen))
        data = self._bytes
        for index in chosen:
            data[index >> 3] |= _TOP_BIT >> (index & 7)
        self._packed.clear()

    def count(self) -> int:
        """Return how many bits are 1."""
        return int.from_bytes(self._bytes).bit_count()

    def set_indexes(self) -> Iterator[int]:
        """Go through the indexes of the bits that are 1, in order."""
        for match in re.finditer(rb"[^\0]", self._bytes):  # skips empty stretches at the speed of C
            start = match.start() * _BYTE
            byte = match[0][0]
            yield from (start + offset for offset in range(_BYTE) if byte & (_TOP_BIT >> offset))

    def contains(self, other: Bitstring) -> bool:
        """Tell whether every bit that is 1 in `other` is 1 here too, the lengths being equal."""
        if len(self) != len(other):
            return False
        mine, theirs = int.from_bytes(self._bytes), int.from_bytes(other._bytes)
        return mine & theirs == theirs

    def encode(self) -> str:
        """Return the encoded list: multibase base64url of the GZIP of the bits.

        Equal bits give equal text wherever the same zlib is used (Bitstring Status List, section 3.3).
        """
        for block in range(-(-len(self._bytes) // BLOCK_BYTES)):
            if block not in self._packed:
                self._packed[block] = _deflated(self._bytes[block * BLOCK_BYTES : (block + 1) * BLOCK_BYTES])
        blocks = (self._packed[block] for block in sorted(self._packed))
        trailer = struct.pack("<II", zlib.crc32(self._bytes), len(self._bytes))
        return "u" + encode_base64url(b"".join((_GZIP_HEADER, *blocks, _LAST_BLOCK, trailer)))

    @classmethod
    def decode(cls, text: str, *, max_bytes: int = MAX_BITS // 8) -> Bitstring:
        """Read an encoded list, with or without its multibase prefix (see `has_multibase_prefix`).

        The text is capped before it is decoded, and no more is unpacked than `max_bytes` of bits.

        Raises:
            StatusError: it is not base64url, or not exactly one whole, unharmed GZIP member.
            LimitError: it is, or would become, longer than that (`STATUS-LIST-TOO-LARGE`).
        """
        cap = min(max_bytes, MAX_BITS // _BYTE)
        if len(text) > _longest_text(cap):
            raise LimitError("STATUS-LIST-TOO-LARGE", limit=cap * _BYTE)
        try:
            packed = decode_base64url(text[has_multibase_prefix(text) :])
        except DocumentError as error:
            raise StatusError("STATUS-LIST-BASE64") from error
        return cls.from_bytes(_gunzip(packed, cap))

    def _check(self, index: int) -> None:
        if not 0 <= index < len(self):
            raise StatusError("STATUS-INDEX-RANGE", index=index, size=len(self))


def has_multibase_prefix(text: str) -> bool:
    """Tell whether an encoded list begins with the `u` that the Recommendation asks for.

    Lists from before it lack the prefix; as GZIP in base64url begins with `H4sI`, the two cannot be confused.
    """
    return text.startswith("u")


def _deflated(block: bytes | bytearray) -> bytes:
    deflate = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS, 9, _STRATEGY)
    return deflate.compress(block) + deflate.flush(zlib.Z_FULL_FLUSH)


def _longest_text(size: int) -> int:
    # Deflate stores what it cannot pack at five bytes per 16 KiB block; names in the header get some room.
    packed = size + (size // 16_384 + 1) * 5 + 1024
    return packed * 4 // 3 + 4


def _gunzip(packed: bytes, cap: int) -> bytes:
    inflate = zlib.decompressobj(_GZIP)
    try:
        data = inflate.decompress(packed, cap + 1)
    except zlib.error as error:  # header, stream, checksum or length is wrong
        raise StatusError("STATUS-LIST-GZIP") from error
    if len(data) > cap:
        raise LimitError("STATUS-LIST-TOO-LARGE", limit=cap * _BYTE)
    if not inflate.eof or inflate.unused_data or not data:  # cut off, followed by more, or empty
        raise StatusError("STATUS-LIST-GZIP")
    return data
