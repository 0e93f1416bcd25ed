"""Errors: one tree, one sentence in two languages, a place, and a way back from another process."""

from __future__ import annotations

import pickle

import pytest

from openbadge_issuer import errors
from openbadge_issuer.errors import DocumentError, LimitError, ModelError, OpenBadgeError

CLASSES = [getattr(errors, name) for name in errors.__all__]
DUPLICATE = DocumentError("JSON-DUPLICATE-KEY", "/a/b~1c", name="type")


def _tree(kind: type[OpenBadgeError], drawn: list[str], depth: int = 0) -> list[tuple[int, str]]:
    children = sorted(kind.__subclasses__(), key=lambda child: drawn.index(child.__name__))
    below = [row for child in children for row in _tree(child, drawn, depth + 1)]
    return [(depth, kind.__name__), *below]


def test_the_tree_in_the_docstring_is_the_tree() -> None:
    lines = [line for line in (errors.__doc__ or "").splitlines() if "Error" in line]
    drawn = [next(word for word in line.split() if word.endswith("Error")) for line in lines]
    margin = lines[0].index("OpenBadgeError")
    depths = [(line.index(name) - margin) // 4 for line, name in zip(lines, drawn, strict=True)]
    assert list(zip(depths, drawn, strict=True)) == _tree(OpenBadgeError, drawn)
    assert set(drawn) == set(errors.__all__)
    assert max(depths) <= 2


@pytest.mark.parametrize("kind", CLASSES)
def test_every_error_ends_in_error_and_says_what_it_is(kind: type[OpenBadgeError]) -> None:
    assert kind.__name__.endswith("Error")
    assert issubclass(kind, OpenBadgeError)
    assert (kind.__doc__ or "").splitlines()[0].endswith(".")


def test_an_error_says_what_is_wrong_in_both_languages() -> None:
    assert DUPLICATE.code == "JSON-DUPLICATE-KEY"
    assert DUPLICATE.sentence() == DUPLICATE.sentence("en")
    assert DUPLICATE.sentence("en") == (
        "The member “type” occurs twice in one object, so readers can disagree on its value."
    )
    assert DUPLICATE.sentence("nl").startswith("Het lid “type” komt twee keer voor")


def test_an_error_says_what_to_do() -> None:
    assert DUPLICATE.advice() == "Remove one of the two and sign again."
    assert DUPLICATE.advice("nl") == "Verwijder een van de twee en onderteken opnieuw."
    assert ModelError("MODEL-VALID").advice() == ""
    assert ModelError("MODEL-REQUIRED", name="id").advice() == "Add “id” and sign the badge again."


def test_an_error_shows_its_place() -> None:
    assert str(DUPLICATE).endswith("value. (at /a/b~1c)")
    assert str(DocumentError("JSON-EMPTY")) == "The file is empty."


def test_an_error_knows_its_rule() -> None:
    assert DUPLICATE.rule.code == "JSON-DUPLICATE-KEY"
    assert DUPLICATE.rule.who == "issuer"
    assert DUPLICATE.rule.clause
    assert DUPLICATE.rule.clause.url.startswith("https://")


@pytest.mark.parametrize("kind", CLASSES)
def test_an_error_comes_back_whole_from_another_process(kind: type[OpenBadgeError]) -> None:
    error = kind("JSON-SIZE", "/a", size=11, limit=10)
    back = pickle.loads(pickle.dumps(error))  # noqa: S301  # what we pickled ourselves
    assert type(back) is kind
    assert (back.code, back.pointer, back.details) == (error.code, error.pointer, error.details)
    assert str(back) == str(error) == "The text is 11 bytes long; at most 10 are read. (at /a)"


def test_a_detail_may_have_any_name() -> None:
    assert LimitError("JSON-SIZE", code=1, pointer=2).details == {"code": 1, "pointer": 2}
