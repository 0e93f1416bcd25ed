"""Claim codes: random, readable, forgiving, and kept only as a hash."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openbadge_issuer.errors import InputError
from openbadge_issuer.policy.claim_code import ClaimCode

CODE = ClaimCode.of(bytes(range(16)))
SALT = b"s" * 16


def test_a_code_is_printed_in_groups() -> None:
    assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{3}", CODE.text)


def test_the_check_is_that_of_crockford() -> None:
    """His own example: the number modulo 37, where 32 to 36 are written with five further symbols."""
    symbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    for seed in range(50):
        text = ClaimCode.of(bytes([seed]) * 16).text.replace("-", "")
        value = 0
        for symbol in text[:-1]:
            value = value * 32 + symbols.index(symbol)
        assert symbols[value % 37] == text[-1]
        assert value % 2**128 == int.from_bytes(bytes([seed]) * 16), "all 128 bits are there"


@given(st.integers(0, 36), st.integers(0, 2**120))
def test_no_code_ends_in_a_sign_that_is_hard_to_type(remainder: int, number: int) -> None:
    code = ClaimCode.of((37 * number + remainder).to_bytes(16))
    assert code.text[-1] not in "*~$=U"
    assert ClaimCode.parse(code.text) == code


@given(st.binary(min_size=16, max_size=16), st.data())
def test_a_code_is_read_as_people_type_it(randomness: bytes, data: st.DataObject) -> None:
    code = ClaimCode.of(randomness)
    text = code.text.replace("-", data.draw(st.sampled_from(["", " ", "-", " - ", "\u2013", "\u00a0"])))
    swapped = "".join(
        data.draw(st.sampled_from({"0": "0oO", "1": "1iIlL"}.get(sign, sign + sign.lower()))) for sign in text
    )
    assert ClaimCode.parse(f"  {swapped}\n") == code


def test_full_width_signs_are_read_too() -> None:
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in CODE.text)
    assert ClaimCode.parse(wide) == CODE


@given(st.binary(min_size=16, max_size=16), st.data())
def test_every_slip_of_one_sign_or_two_swapped_is_noticed(randomness: bytes, data: st.DataObject) -> None:
    plain = ClaimCode.of(randomness).text.replace("-", "")
    place = data.draw(st.integers(0, 26))
    other = data.draw(
        st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ").filter(lambda sign: sign != plain[place])
    )
    slips = [plain[:place] + other + plain[place + 1 :]]
    if place < 26 and plain[place] != plain[place + 1]:
        slips.append(plain[:place] + plain[place + 1] + plain[place] + plain[place + 2 :])
    for slip in slips:
        with pytest.raises(InputError) as caught:
            ClaimCode.parse(slip)
        assert caught.value.code == "CLAIM-CODE-CHECK"


@pytest.mark.parametrize(
    "text",
    ["", "-", CODE.text[:-1], CODE.text + "0", "U" + CODE.text[1:], "é" * 27, "0" * 101, "0" * 10_000_000],
    ids=["empty", "hyphen", "short", "long", "u", "letters", "too-long", "huge"],
)
def test_what_is_no_code_is_refused(text: str) -> None:
    with pytest.raises(InputError) as caught:
        ClaimCode.parse(text)
    assert caught.value.code == "CLAIM-CODE"
    assert caught.value.advice("nl").startswith("Een claimcode heeft 27")
    assert len(str(caught.value)) < 100


def test_only_the_right_code_matches_its_digest() -> None:
    digest = CODE.digest(SALT)
    assert CODE.matches(SALT, digest)
    assert not CODE.matches(b"t" * 16, digest)
    assert not ClaimCode.of(b"x" * 16).matches(SALT, digest)


def test_a_code_is_in_no_repr_and_no_error() -> None:
    assert CODE.text not in f"{CODE!r} {CODE}"
    with pytest.raises(InputError) as caught:
        ClaimCode.parse(CODE.text[:-1] + ("0" if CODE.text[-1] != "0" else "1"))
    assert CODE.text[:8] not in f"{caught.value} {caught.value.details} {caught.value!r}"


def test_weak_randomness_is_a_mistake_of_the_program() -> None:
    for wrong in (b"", b"x" * 15, b"x" * 17):
        with pytest.raises(ValueError, match="1"):
            ClaimCode.of(wrong) if wrong else ClaimCode.of(b"x" * 1)
    with pytest.raises(ValueError, match="15"):
        CODE.digest(b"x" * 15)
