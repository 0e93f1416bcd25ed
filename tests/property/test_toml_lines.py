"""Lines of TOML members, against tomllib: every value carries a mark by which its line is known."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from itertools import count

from hypothesis import given, settings
from hypothesis import strategies as st

from openbadge_issuer.policy.toml_lines import Lines, Path

_KEYS = st.sampled_from(
    ["a", "b", "c-1", '"a"', "'b'", '"a.b"', "'['", '"#"', '"\\""', '"\\u0061"', '""', '"="']
)
_DOTTED = st.lists(_KEYS, min_size=1, max_size=3).map(" . ".join)
_BREAKS = st.sampled_from(["", " ", "\n", ' # , ] } "\n', "\n\n  # '''\n"])
_REMARKS = st.sampled_from(["", "\n", "  \n\n", "# remark\n", '# """ open\n', "\t# [a]\n# '''\n"])
_TAILS = st.sampled_from(["", "[", "#", " = ", "]", "}", ",", "''"])
_SIMPLE = (
    lambda mark, tail: f'"{mark}{tail}\\" \\\\"',
    lambda mark, tail: f"'{mark}{tail.replace(chr(39), '')}'",
    lambda mark, tail: f'"""{mark}{tail}\n[a]\ny = "" \\""" 1 #\n"""',
    lambda mark, tail: f"'''{mark}{tail.replace(chr(39), '')}\n'' = 2\n[[b]]'''''",
)


@st.composite
def _values(draw: st.DrawFn, marks: Iterator[int], depth: int = 2) -> str:
    kind = draw(st.integers(0, 5 if depth else 3))
    if kind < len(_SIMPLE):
        return _SIMPLE[kind](f"m{next(marks)}m", draw(_TAILS))
    inner = [draw(_values(marks, depth - 1)) for _ in range(draw(st.integers(0, 3)))]
    if kind == len(_SIMPLE):
        begin, before, after, end = (draw(_BREAKS) for _ in range(4))
        comma = draw(st.sampled_from(["", ","])) if inner else ""
        return f"[{begin}{f'{before},{after}'.join(inner)}{comma}{end}]"
    return "{" + ", ".join(f" {draw(_DOTTED)} = {value}" for value in inner) + " }"


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Members and tables one below the other, as far as tomllib takes them."""
    marks, text = count(), ""
    for _ in range(draw(st.integers(0, 12))):
        kind = draw(st.sampled_from(["member", "member", "table", "array"]))
        keys = draw(_DOTTED)
        header = f"[{keys}]" if kind == "table" else f"[[ {keys} ]]"
        said = f"{keys} = {draw(_values(marks))}" if kind == "member" else header
        longer = f"{text}{draw(_REMARKS)}{said}{draw(st.sampled_from(['', ' # end']))}\n"
        try:
            tomllib.loads(longer)
        except tomllib.TOMLDecodeError:
            continue
        text = longer
    return text


def _leaves(value: object, path: Path = ()) -> Iterator[tuple[Path, str]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _leaves(inner, (*path, name))
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            yield from _leaves(inner, (*path, position))
    else:
        yield path, str(value)


@settings(max_examples=400, deadline=None)
@given(texts())
def test_every_value_is_on_the_line_where_it_was_written(text: str) -> None:
    lines = Lines(text)
    for path, value in _leaves(tomllib.loads(text)):
        assert path in lines.all()
        assert f"m{value.split('m')[1]}m" in text.split("\n")[lines.of(path) - 1]


@settings(max_examples=200, deadline=None)
@given(texts())
def test_everything_that_is_found_is_there_and_the_other_way_round(text: str) -> None:
    document = tomllib.loads(text)
    assert set(Lines(text).all()) == set(_everything(document, ()))


def _everything(value: object, path: Path) -> Iterator[Path]:
    yield path
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _everything(inner, (*path, name))
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            yield from _everything(inner, (*path, position))
