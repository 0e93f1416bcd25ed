from __future__ import annotations

import pytest

from openbadge_issuer.assertions.json_text import JsonValue
from openbadge_issuer.errors import CanonicalizationError, LimitError
from openbadge_issuer.jsonld.jcs import canonicalize_jcs


def test_members_are_sorted_by_utf_16_and_spaces_left_out() -> None:
    assert canonicalize_jcs({"b": [1, 1.0, 1e21], "a": None, "\ufb33": 1, "😀": 2}) == (
        '{"a":null,"b":[1,1,1e+21],"😀":2,"\ufb33":1}'.encode()
    )


def test_the_largest_safe_integers_are_written() -> None:
    assert canonicalize_jcs([2**53 - 1, -(2**53) + 1]) == b"[9007199254740991,-9007199254740991]"


@pytest.mark.parametrize("number", [2**53, -(2**53), float("nan"), float("inf")])
def test_a_number_that_readers_take_differently_is_refused(number: float) -> None:
    with pytest.raises(CanonicalizationError) as error:
        canonicalize_jcs({"n": number})
    assert error.value.code == "JCS-NUMBER"
    assert str(error.value)


@pytest.mark.parametrize("value", ["\ud800", {"\udc00": 1}, b"bytes", {1: 2}])
def test_what_is_no_json_is_refused(value: JsonValue) -> None:
    with pytest.raises(CanonicalizationError) as error:
        canonicalize_jcs(value)
    assert error.value.code == "JCS-VALUE"
    assert error.value.sentence("nl")


def test_a_bottomless_value_is_refused() -> None:
    value: list[JsonValue] = []
    for _ in range(5000):
        value = [value]
    with pytest.raises(LimitError) as error:
        canonicalize_jcs(value)
    assert error.value.code == "JCS-DEPTH"
    assert error.value.advice("nl")
