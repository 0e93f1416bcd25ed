"""The JSON reader takes what every reader takes alike, and refuses the rest with a code."""

from __future__ import annotations

import pytest

from openbadge_issuer.assertions.json_text import (
    MAX_JSON_DEPTH,
    JsonValue,
    dump_json,
    dump_json_pretty,
    parse_json,
    parse_json_object,
    pointer,
)
from openbadge_issuer.errors import DocumentError, LimitError, OpenBadgeError


def refusal(data: bytes | str) -> OpenBadgeError:
    with pytest.raises(OpenBadgeError) as raised:
        parse_json(data)
    return raised.value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"a":[1,-0.5,"é",true,false,null]}', {"a": [1, -0.5, "é", True, False, None]}),
        (" \t\r\n[] ", []),
        ('"x"', "x"),
        ("0", 0),
        ("1E2", 100.0),
        (r'"\ud83c\udf93\n\u00e9"', "🎓\né"),
        (r'{"\\\"[[[{{{": "]}"}', {'\\"[[[{{{': "]}"}),
        ('{"a":{"b":1},"c":{"b":1}}', {"a": {"b": 1}, "c": {"b": 1}}),
    ],
)
def test_json_is_read(text: str, value: JsonValue) -> None:
    assert parse_json(text) == parse_json(text.encode()) == value


@pytest.mark.parametrize(
    "text",
    [
        "{",
        '{"a":1,}',
        "{'a':1}",
        "[1] [2]",
        "nul",
        '"a\nb"',
        "01",
        "+1",
        "[1",
        '"open',
        "\ufeff{}",
        '"\\',
        "]",
    ],
)
def test_what_is_not_json_is_a_syntax_error_with_its_place(text: str) -> None:
    error = refusal(text)
    assert isinstance(error, DocumentError)
    assert error.code == "JSON-SYNTAX"
    assert error.details["line"]
    assert error.details["column"]


def test_a_syntax_error_names_line_and_column() -> None:
    error = refusal('{"a": 1,\n "b" 2}')
    assert (error.details["line"], error.details["column"]) == (2, 6)


@pytest.mark.parametrize("text", ["", " \r\n\t"])
def test_an_empty_file_is_called_empty(text: str) -> None:
    assert refusal(text).code == "JSON-EMPTY"


def test_a_byte_order_mark_is_refused() -> None:
    assert refusal(b"\xef\xbb\xbf{}").code == "JSON-SYNTAX"


@pytest.mark.parametrize("data", [b'"\xff"', b'"\xc3"', b'"\xed\xa0\x80"', '{"a":1}'.encode("utf-16")])
def test_bytes_that_are_not_utf_8_are_refused(data: bytes) -> None:
    assert refusal(data).code == "JSON-ENCODING"


@pytest.mark.parametrize("text", [r'"\ud800"', r'{"\udc00":1}', r'["a",{"b":"\ud800\ud800"}]', '"\ud800"'])
def test_lone_surrogates_are_refused(text: str) -> None:
    assert refusal(text).code == "JSON-ENCODING"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('{"a":1,"a":1}', "a"),
        ('[{"x":{"b":1,"c":2,"b":3}}]', "b"),
        (r'{"a":1,"\u0061":2}', "a"),
        (r'{"\ud800":1,"\ud800":2}', "?"),
    ],
)
def test_a_member_that_occurs_twice_is_refused_by_name(text: str, name: str) -> None:
    error = refusal(text)
    assert (error.code, error.details) == ("JSON-DUPLICATE-KEY", {"name": name})


def test_a_duplicate_among_very_many_members_is_found_in_linear_time() -> None:
    names = ",".join(f'"{number}":0' for number in range(200_000))
    assert refusal(f'{{{names},"199999":0}}').details == {"name": "199999"}


@pytest.mark.parametrize(
    "text", ["NaN", "[Infinity]", '{"a":-Infinity}', "1e309", "-1e999", "1" * 310, "9" * 100_000]
)
def test_numbers_that_readers_take_differently_are_refused(text: str) -> None:
    assert refusal(text).code == "JSON-NUMBER"


def test_the_largest_numbers_of_a_double_are_read() -> None:
    assert parse_json("1" + "0" * 308) == 10**308
    assert parse_json("-1.7976931348623157e308") == -1.7976931348623157e308


def test_a_long_name_is_cut_in_the_message() -> None:
    long = "n" * 500
    assert refusal(f'{{"{long}":1,"{long}":2}}').details == {"name": "n" * 60 + "…"}


def test_nesting_up_to_the_limit_is_read() -> None:
    parse_json("[" * MAX_JSON_DEPTH + "]" * MAX_JSON_DEPTH)
    parse_json("[" + ",".join(["{}"] * 1000) + "]")
    parse_json('["' + "[{" * 1000 + '"]')


@pytest.mark.parametrize("text", ["[" * 101 + "]" * 101, "[" * 1_000_000, '{"a":' * 1000 + "1" + "}" * 1000])
def test_deeper_nesting_is_refused_before_it_is_parsed(text: str) -> None:
    error = refusal(text)
    assert isinstance(error, LimitError)
    assert (error.code, error.details) == ("JSON-DEPTH", {"limit": 100})


def test_an_unclosed_string_full_of_quotes_costs_linear_time() -> None:
    assert refusal("[" + "[]," * 100 + '"' + r"\"" * 1_000_000).code == "JSON-SYNTAX"


def test_the_size_is_capped_before_anything_is_read() -> None:
    with pytest.raises(LimitError) as raised:
        parse_json(b"\xff" * 11, max_bytes=10)
    assert (raised.value.code, raised.value.details) == ("JSON-SIZE", {"size": 11, "limit": 10})
    assert parse_json('"é"', max_bytes=4) == "é"
    with pytest.raises(LimitError):
        parse_json('"é"', max_bytes=3)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[]", "array"),
        ('"a"', "string"),
        ("1", "number"),
        ("1.5", "number"),
        ("true", "boolean"),
        ("null", "null"),
    ],
)
def test_a_document_must_be_an_object(text: str, found: str) -> None:
    with pytest.raises(DocumentError) as raised:
        parse_json_object(text)
    assert (raised.value.code, raised.value.details) == ("JSON-NOT-OBJECT", {"found": found})


def test_an_object_is_read_as_a_document() -> None:
    assert parse_json_object('{"a":1}') == {"a": 1}
    with pytest.raises(LimitError):
        parse_json_object("[[1]]", max_depth=1)


def test_json_is_written_compact_in_utf_8() -> None:
    assert dump_json({"b": [1, 2.5], "a": "é\n"}) == '{"b":[1,2.5],"a":"é\\n"}'.encode()


def test_json_for_people_is_indented_and_ends_its_line() -> None:
    assert dump_json_pretty({"a": ["é"]}) == '{\n  "a": [\n    "é"\n  ]\n}\n'.encode()


def test_pointers_escape_tilde_and_slash() -> None:
    assert pointer() == ""
    assert pointer("a/b", 0, "m~n", "") == "/a~1b/0/m~0n/"


def test_a_syntax_error_reads_as_a_sentence() -> None:
    assert str(refusal('["a')) == "The text is not JSON: Unterminated string starting at line 1, column 2."
