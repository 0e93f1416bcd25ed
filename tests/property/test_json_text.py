"""The JSON reader gives back what was written, and answers anything else with an error of ours."""

from __future__ import annotations

import json
from collections.abc import Callable

from hypothesis import example, given
from hypothesis import strategies as st

import strategies
from openbadge_issuer.assertions.json_text import (
    JsonValue,
    dump_json,
    dump_json_pretty,
    parse_json,
    parse_json_object,
    pointer,
)
from openbadge_issuer.errors import OpenBadgeError
from openbadge_issuer.errors.rules import rule_book

_PIECES = [
    "{",
    "}",
    "[",
    "]",
    '"',
    ":",
    ",",
    "\\",
    "\\u",
    "d800",
    "0",
    "-1",
    "1e999",
    ".5",
    "NaN",
    "true",
    " ",
    "é",
]
_LIKE_JSON = st.lists(st.sampled_from(_PIECES), max_size=25).map("".join)


def _same(one: object, other: object) -> bool:
    """Equal, and of the same type all the way down: 1 is not True and not 1.0."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(_same(one[name], other[name]) for name in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    return one == other


def _read(
    reader: Callable[[bytes | str], JsonValue], data: bytes | str
) -> tuple[JsonValue, OpenBadgeError | None]:
    try:
        return reader(data), None
    except OpenBadgeError as error:
        return None, error


@given(strategies.json_values)
def test_what_is_written_is_read_again(value: JsonValue) -> None:
    assert _same(parse_json(dump_json(value)), value)
    assert _same(parse_json(dump_json_pretty(value)), value)
    assert _same(parse_json(json.dumps(value)), value)


@given(st.binary(max_size=60) | st.text(max_size=60) | _LIKE_JSON | _LIKE_JSON.map(str.encode))
@example(b"\xef\xbb\xbf{}")
@example("[" * 10_000)
@example('{"a":' * 10_000)
@example("\ud800")
@example('"\\ud83c"')
@example("9" * 5000)
@example("-" * 5000)
def test_anything_is_read_or_refused_with_a_code(data: bytes | str) -> None:
    value, error = _read(parse_json, data)
    if error is None:
        assert _same(value, json.loads(data))
        return
    assert error.code in rule_book()
    for text in (error.sentence("en"), error.sentence("nl"), error.advice("nl"), str(error)):
        assert text.encode()


@given(strategies.json_values)
def test_an_object_is_what_an_object_is(value: JsonValue) -> None:
    read, error = _read(parse_json_object, dump_json(value))
    if isinstance(value, dict):
        assert _same(read, value)
    else:
        assert error
        assert error.code == "JSON-NOT-OBJECT"


@given(strategies.json_values, st.data())
def test_a_text_cut_short_is_never_read_as_something_else(value: JsonValue, data: st.DataObject) -> None:
    text = dump_json([value])
    cut = data.draw(st.integers(0, len(text) - 1))
    assert _read(parse_json, text[:cut])[1]


@given(st.lists(strategies.strings | st.integers(0, 99), max_size=5))
def test_a_pointer_can_be_taken_apart_again(steps: list[str | int]) -> None:
    written = pointer(*steps)
    apart = [part.replace("~1", "/").replace("~0", "~") for part in written.split("/")[1:]]
    assert apart == [str(step) for step in steps]
