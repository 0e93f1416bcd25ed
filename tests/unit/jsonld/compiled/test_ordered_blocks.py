"""Lines with slots that come out in order."""

from __future__ import annotations

from itertools import permutations, product

import pytest

from openbadge_issuer.jsonld.compiled.active_context import Declined
from openbadge_issuer.jsonld.compiled.ordered_blocks import OrderedBlocks

MARKS = {"<urn:mark0>": 0, "<https://mark1>": 1, '"mark2"': 2, "_:mark3": 3}
LINES = [
    "<urn:mark0> <p> <https://mark1> .\n",
    "<urn:mark0> <p> <https://fixed> .\n",
    '<urn:mark0> <q> "mark2" .\n',
    '<urn:mark0> <q> "m" .\n',
    '<https://mark1> <q> "mark2" .\n',
    "<https://fixed> <q> _:mark3 .\n",
    "<https://fixed> <q> _:other .\n",
]
VALUES = [
    ["<urn:a>", "<urn:z>"],
    ["<https://a>", "<https://fixed/more>", "<https://z>"],
    ['"l"', '"ma"', '"z"'],
    ["_:c14n1", "_:z"],
]


def written(values: list[str]) -> list[str]:
    lines = []
    for line in LINES:
        for mark, slot in MARKS.items():
            line = line.replace(mark, values[slot])  # noqa: PLW2901  # step by step
        lines.append(line)
    return lines


@pytest.mark.parametrize("first", list(product(*VALUES))[::5])
def test_the_order_is_right_whatever_the_first_values_were(first: tuple[str, ...]) -> None:
    blocks = OrderedBlocks([LINES], MARKS)
    for values in (first, *product(*VALUES)):
        assert blocks.filled(values) == "".join(sorted(written([*values])))


def test_blocks_come_as_they_are_asked_for() -> None:
    blocks = OrderedBlocks([[line] for line in LINES], MARKS)
    values = ["<urn:a>", "<https://a>", '"l"', "_:b"]
    for order in list(permutations(range(len(LINES))))[::300]:
        assert blocks.filled(values, order) == "".join(written(values)[place] for place in order)


def test_lines_that_become_equal_are_declined() -> None:
    blocks = OrderedBlocks([LINES], MARKS)
    for values in (("<urn:a>", "<https://fixed>", '"l"', "_:b"), ("<urn:a>", "<https://b>", '"m"', "_:b")):
        with pytest.raises(Declined):
            blocks.filled(values)


def test_a_line_that_stands_there_twice_stays_so() -> None:
    twice = ["_:a <p> _:z .\n", "_:a <p> _:z .\n", '_:a <q> "mark2" .\n', '_:a <q> "m" .\n']
    blocks = OrderedBlocks([twice], MARKS)
    for text in ('"l"', '"n"'):
        lines = [line.replace('"mark2"', text) for line in twice]
        assert blocks.filled(["", "", text, ""]) == "".join(sorted(lines))


def test_nothing_is_nothing() -> None:
    assert not OrderedBlocks([[]], MARKS).filled(["", "", "", ""])
