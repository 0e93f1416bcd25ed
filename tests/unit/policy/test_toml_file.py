"""A TOML file is bounded before it is parsed, and what is wrong with it has a line."""

from __future__ import annotations

import pytest

from openbadge_issuer.errors import DocumentError, LimitError
from openbadge_issuer.policy.toml_file import MAX_DEPTH, MAX_TOML_BYTES, parse_toml


def test_text_is_parsed_with_the_lines_of_its_members() -> None:
    file = parse_toml(b"a = 1\r\n[t]\r\nb = '''x\r\ny'''\r\nc = 2")
    assert file.document == {"a": 1, "t": {"b": "x\ny", "c": 2}}
    assert file.lines.of(("t", "c")) == 5


def test_a_byte_order_mark_is_passed_over() -> None:
    assert parse_toml("\ufeffa = 'é'".encode()).document == {"a": "é"}


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"a = 1\nb 2\n", 2),
        (b"a = 1\na = 2\n", 2),
        (b"a = [1,\n2\n", 3),
        (b'a = "open\n', 1),
        (b"a = " + b"9" * 5000, 1),
        (b"a = 2026-02-30\n", 1),
        (b'a = "\\ud800"\n', 1),
        (b"a = 1\rb = 2", 1),
    ],
)
def test_what_is_no_toml_is_told_with_the_line(data: bytes, line: int) -> None:
    with pytest.raises(DocumentError) as caught:
        parse_toml(data)
    assert (caught.value.code, caught.value.details["line"]) == ("TOML-SYNTAX", line)
    assert f"(line {line})" in str(caught.value)
    assert "(at " not in str(caught.value)


def test_what_is_no_text_is_told_with_the_line() -> None:
    with pytest.raises(DocumentError, match=r"The file is not UTF-8 \(line 2\)") as caught:
        parse_toml(b"a = 1\nb = '\xe9'\n")
    assert caught.value.code == "TOML-ENCODING"


def test_a_file_that_is_too_long_is_not_parsed() -> None:
    assert parse_toml(b"#" * MAX_TOML_BYTES).document == {}
    with pytest.raises(LimitError) as caught:
        parse_toml(b"#" * (MAX_TOML_BYTES + 1))
    assert caught.value.code == "TOML-SIZE"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("\na = " + "[" * 40 + "]" * 40, 2),
        ("a = " + "[" * 100_000, 1),
        ("a = " + "{ a = " * 40, 1),
        ("\n\n" + ".".join("a" * 40) + " = 1", 3),
        ("[" + ".".join("a" * 100_000) + "]", 1),
        ("x = '''\n'''\n" + " . ".join(["'a.b'"] * 40) + " = 1", 3),
    ],
)
def test_deep_nesting_is_refused_before_it_is_parsed(text: str, line: int) -> None:
    with pytest.raises(LimitError) as caught:
        parse_toml(text.encode())
    assert (caught.value.code, caught.value.details["line"]) == ("TOML-DEPTH", line)


def test_brackets_and_dots_in_texts_and_remarks_nest_nothing() -> None:
    marks = "[{." * 100
    text = (
        f'# {marks}\na = \'{marks}\'\nb = "\\"{marks}"\nc = \'\'\'\n{marks}\n\'\'\'\nd = """{marks}\\""""\n'
    )
    assert set(parse_toml(text.encode()).document) == set("abcd")
    wide = "a = [\n" + "[0.5],\n" * 200 + "]\n" + "".join(f"[t{number}]\n" for number in range(200))
    assert len(parse_toml(wide.encode()).document) == 201
    deepest = "a = " + "[" * (MAX_DEPTH) + "]" * (MAX_DEPTH)
    assert parse_toml(deepest.encode()).document


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("[[a]]\n" * 30_000, None),
        ("".join(f"[a.b{number}]\n" for number in range(20_000)), None),
        ("a = [" + "1," * 100_000 + "]", None),
        ("".join(f"'k{number}'=1\n" for number in range(20_000)), None),
        ("'" * 240_000, "TOML-SYNTAX"),
        ('"' * 200_000, "TOML-SYNTAX"),
        ('\\"' * 100_000, "TOML-SYNTAX"),
        (("a" * 25 + ".") * 30 + "b=" + "0x" + "f" * 200_000, None),
    ],
    ids=lambda value: str(value)[:12],
)
def test_a_hostile_file_is_dealt_with_in_one_pass(text: str, outcome: str | None) -> None:
    """What looks again at all that went before would be at it for minutes."""
    found = None
    try:
        parse_toml(text.encode())
    except DocumentError as error:
        found = error.code
    assert found == outcome
