from __future__ import annotations

import base64
import gzip
import struct
import zlib

import pytest

from openbadge_issuer.errors import LimitError, StatusError
from openbadge_issuer.status.bitstring import MAX_BITS, MIN_BITS, Bitstring, has_multibase_prefix


def encoded(packed: bytes) -> str:
    return "u" + base64.urlsafe_b64encode(packed).decode().rstrip("=")


def code_of(text: str) -> str:
    with pytest.raises((StatusError, LimitError)) as caught:
        Bitstring.decode(text)
    assert caught.value.sentence("nl")
    return caught.value.code


def test_index_0_is_the_most_significant_bit_of_the_first_byte() -> None:
    bits = Bitstring(16)
    bits.set(0)
    bits.set(15)
    assert bytes(bits) == b"\x80\x01"
    assert bits.get(0)
    assert not bits.get(1)
    assert list(bits.set_indexes()) == [0, 15]
    assert bits.count() == 2


def test_a_bit_can_be_cleared() -> None:
    bits = Bitstring.from_bytes(b"\xff")
    bits.set(3, value=False)
    assert bytes(bits) == b"\xef"


@pytest.mark.parametrize("index", [-1, 8, 2**70])
def test_an_index_outside_is_refused_by_every_operation(index: int) -> None:
    bits = Bitstring(8)
    for operation in (bits.get, bits.set):
        with pytest.raises(StatusError, match="outside") as caught:
            operation(index)
        assert caught.value.code == "STATUS-INDEX-RANGE"
    with pytest.raises(StatusError):
        bits.set_all([0, index])
    assert bits.count() == 0, "none is changed"


@pytest.mark.parametrize("length", [0, -8, 7])
def test_a_length_that_is_no_whole_number_of_bytes_is_refused(length: int) -> None:
    with pytest.raises(StatusError) as caught:
        Bitstring(length)
    assert caught.value.code == "STATUS-LIST-SIZE"


def test_a_length_over_the_cap_is_refused_before_memory_is_taken() -> None:
    with pytest.raises(LimitError) as caught:
        Bitstring(MAX_BITS * 1024)
    assert caught.value.code == "STATUS-LIST-TOO-LARGE"


def test_encoding_is_deterministic_and_any_gzip_reader_reads_it() -> None:
    bits = Bitstring(MIN_BITS)
    bits.set_all(range(0, MIN_BITS, 7))
    text = bits.encode()
    assert text == Bitstring.from_bytes(bytes(bits)).encode()
    packed = base64.urlsafe_b64decode(text[1:] + "=" * (-len(text[1:]) % 4))
    assert packed[4:8] == bytes(4), "no time"
    assert packed[9] == 255, "no operating system"
    assert gzip.decompress(packed) == bytes(bits)


def test_a_list_without_the_multibase_prefix_is_read_and_recognised() -> None:
    bits = Bitstring(MIN_BITS)
    bits.set(42)
    text = bits.encode()
    assert has_multibase_prefix(text)
    assert not has_multibase_prefix(text[1:])
    assert Bitstring.decode(text[1:]) == bits


def test_a_gzip_header_with_name_and_time_is_read() -> None:
    packed = b"\x1f\x8b\x08\x08" + struct.pack("<I", 1) + b"\x00\x03list\x00" + gzip.compress(bytes(16))[10:]
    assert Bitstring.decode(encoded(packed)).count() == 0


def test_a_gigabyte_of_zeros_is_not_unpacked() -> None:
    pump = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    sixteen_megabytes = pump.compress(bytes(1 << 24)) + pump.flush(zlib.Z_FULL_FLUSH)
    bomb = gzip.compress(b"")[:10] + sixteen_megabytes * 64
    assert code_of(encoded(bomb)) == "STATUS-LIST-TOO-LARGE"


def test_text_that_is_too_long_is_refused_before_it_is_decoded() -> None:
    assert code_of("u" + "!" * (MAX_BITS // 8 * 2)) == "STATUS-LIST-TOO-LARGE"


def test_a_caller_can_lower_the_cap_and_the_longest_list_still_fits() -> None:
    text = Bitstring(MIN_BITS).encode()
    assert len(Bitstring.decode(text, max_bytes=MIN_BITS // 8)) == MIN_BITS
    with pytest.raises(LimitError):
        Bitstring.decode(text, max_bytes=MIN_BITS // 8 - 1)


def test_a_list_of_noise_passes_its_own_cap() -> None:
    noise = zlib.compress(bytes(range(256)) * 64, 0, 31)
    assert len(Bitstring.decode(encoded(noise), max_bytes=16_384)) == MIN_BITS


@pytest.mark.parametrize("text", ["", "u", "u====", "uH4sI+/", "uH4sI ", "u\u0661", "z4sI", "uA", "u\x00"])
def test_what_is_no_base64url_is_refused(text: str) -> None:
    assert code_of(text) in {"STATUS-LIST-BASE64", "STATUS-LIST-GZIP"}


PACKED = gzip.compress(bytes(16_384), mtime=0)


@pytest.mark.parametrize(
    "packed",
    [
        PACKED + b"\x00",
        PACKED + PACKED,
        PACKED[:-1],
        PACKED[:-9],
        PACKED[:10],
        PACKED[:-8] + bytes(4) + PACKED[-4:],
        PACKED[:-4] + struct.pack("<I", 1),
        zlib.compress(bytes(16_384)),
        gzip.compress(b""),
        b"\x1f\x8b\x08",
    ],
    ids=[
        "trailing-byte", "two-members", "cut-in-the-length", "cut-before-the-trailer", "header-only",
        "wrong-checksum", "wrong-length", "zlib-header", "empty", "short-header",
    ],
)  # fmt: skip
def test_gzip_that_is_not_one_whole_member_is_refused(packed: bytes) -> None:
    assert code_of(encoded(packed)) == "STATUS-LIST-GZIP"


def test_containing_compares_bit_by_bit_and_needs_equal_lengths() -> None:
    more, less = Bitstring.from_bytes(b"\xf0"), Bitstring.from_bytes(b"\x90")
    assert more.contains(less)
    assert not less.contains(more)
    assert not more.contains(Bitstring(16))


def test_nothing_set_at_once_changes_nothing() -> None:
    bits = Bitstring(8)
    bits.set_all([])
    assert bits == Bitstring(8)
    assert bits != "00"
    assert "count=0" in repr(bits)


@pytest.mark.parametrize(
    ("index", "size", "value"),
    [(0, 1, 1), (1, 1, 0), (0, 4, 0b1011), (3, 2, 0b01), (1, 3, 0b100), (2, 5, 0b01101), (0, 16, 0xB19A)],
)
def test_the_bits_of_an_entry_are_a_number_with_the_left_most_bit_first(
    index: int, size: int, value: int
) -> None:
    assert Bitstring.from_bytes(b"\xb1\x9a").value(index, size=size) == value


@pytest.mark.parametrize(("index", "size"), [(16, 1), (8, 2), (5, 3), (-1, 2), (0, 17), (2**70, 4)])
def test_an_entry_that_is_not_wholly_inside_is_refused(index: int, size: int) -> None:
    with pytest.raises(StatusError) as caught:
        Bitstring(16).value(index, size=size)
    assert caught.value.code == "STATUS-INDEX-RANGE"
