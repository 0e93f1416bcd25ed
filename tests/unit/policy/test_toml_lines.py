"""Where a member stands in a TOML text."""

from __future__ import annotations

import tomllib

import pytest

from openbadge_issuer.policy.toml_lines import Lines, Path

TEXT = '''\
# a remark with = and [brackets]
first = 1
dotted.key."with.dot" = 2

[table]
text = """
[no.table]
no = 'member'
"""
after = 'x'   # and = here

[table.below] # a header
list = [
    "one", # remark, with comma
    ["two", 'in # here'],

    { three = 3, four.five = [ 5 ] },
]
last = true

["quoted table".'and another']
moment = 1979-05-27 07:32:00

[[many]]
a = 1

[[many.inside]]
b = 2
[[many.inside]]
b = 3

[[many]]
a = 4
[many.table]
c = 5
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ((), 1),
        (("first",), 2),
        (("dotted",), 3),
        (("dotted", "key", "with.dot"), 3),
        (("table",), 5),
        (("table", "text"), 6),
        (("table", "after"), 10),
        (("table", "below"), 12),
        (("table", "below", "list"), 13),
        (("table", "below", "list", 0), 14),
        (("table", "below", "list", 1), 15),
        (("table", "below", "list", 1, 1), 15),
        (("table", "below", "list", 2, "three"), 17),
        (("table", "below", "list", 2, "four", "five", 0), 17),
        (("table", "below", "last"), 19),
        (("quoted table", "and another"), 21),
        (("quoted table", "and another", "moment"), 22),
        (("many",), 24),
        (("many", 0), 24),
        (("many", 0, "a"), 25),
        (("many", 0, "inside", 0, "b"), 28),
        (("many", 0, "inside", 1), 29),
        (("many", 0, "inside", 1, "b"), 30),
        (("many", 1), 32),
        (("many", 1, "table", "c"), 35),
    ],
)
def test_every_member_has_its_line(path: Path, line: int) -> None:
    assert tomllib.loads(TEXT)
    lines = Lines(TEXT)
    assert path in lines.all()
    assert lines.of(path) == line


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("unknown",), 1),
        (("table", "unknown"), 5),
        (("table", "below", "list", 9), 13),
        (("table", "below", "list", 2, "unknown"), 17),
        (("many", 1, "table", "unknown", 3), 34),
    ],
)
def test_what_is_missing_is_where_the_table_around_it_begins(path: Path, line: int) -> None:
    assert Lines(TEXT).of(path) == line


def test_a_table_that_is_named_first_by_one_below_it_is_where_its_own_header_is() -> None:
    lines = Lines("[a.b]\nx = 1\n\n[a]\ny = 2\n")
    assert (lines.of(("a",)), lines.of(("a", "b")), lines.of(("a", "y"))) == (4, 1, 5)
    assert Lines("[a.b]\nx = 1\n").of(("a",)) == 1


def test_quotes_at_the_end_of_a_text_belong_to_it() -> None:
    text = 'a = """x"""""\nb = \'\'\'y\'\'\'\'\'\nc = ""\nd = \'\'\ne = """"""\nf = 1'
    assert tomllib.loads(text) == {"a": 'x""', "b": "y''", "c": "", "d": "", "e": "", "f": 1}
    assert [Lines(text).of((name,)) for name in "abcdef"] == [1, 2, 3, 4, 5, 6]


def test_an_empty_text_has_one_line() -> None:
    assert Lines("").of(("anything", 0)) == 1
