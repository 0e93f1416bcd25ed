"""The rule book is complete, used, and says the same in both languages."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from pathlib import Path
from string import Formatter

import pytest

from openbadge_issuer import errors
from openbadge_issuer.errors import rules
from openbadge_issuer.errors.rule import Rule
from openbadge_issuer.errors.rules import rule_book
from source_code import modules, strings

_CODE = re.compile(r"[A-Z0-9]+(-[A-Z0-9]+)+")
_NO_CODES = frozenset({"JSON-LD"})
"""Words of the same shape that mean something else."""


def _tables() -> dict[str, tuple[Rule, ...]]:
    names = [found.name for found in pkgutil.iter_modules(rules.__path__) if found.name != "__main__"]
    return {name: importlib.import_module(f"{rules.__name__}.{name}").RULES for name in names}


TABLES = _tables()
BOOK = rule_book()
PREFIXES = {code.partition("-")[0] for code in BOOK}


def _codes_in_source() -> dict[str, str]:
    """Every string in the source that has the shape of a code of ours, with the place it stands."""
    return {
        text: f"{path}:{line}"
        for path, tree in modules().items()
        if not path.startswith("errors/rules/")
        for text, line in strings(tree)
        if _CODE.fullmatch(text) and text.partition("-")[0] in PREFIXES and text not in _NO_CODES
    }


def _codes_put_together() -> list[re.Pattern[str]]:
    """The shapes of codes that the source puts together, such as `f"JWT-{claim}"`."""
    shapes = []
    for tree in modules().values():
        for node in ast.walk(tree):
            if not isinstance(node, ast.JoinedStr) or not isinstance(node.values[0], ast.Constant):
                continue
            pieces = [
                str(piece.value) if isinstance(piece, ast.Constant) else "[A-Z0-9-]+" for piece in node.values
            ]
            if pieces[0].partition("-")[0] in PREFIXES and "-" in pieces[0]:
                shapes.append(re.compile("".join(pieces)))
    return shapes


USED = _codes_in_source()
SHAPES = _codes_put_together()


def _raised() -> list[tuple[str, str, set[str]]]:
    """Every `SomeError("CODE", …, name=value)` in the source: its place, its code, the names it gives."""
    found = []
    for path, tree in modules().items():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            given = {keyword.arg for keyword in node.keywords}
            if name in errors.__all__ and None not in given:
                code = str(node.args[0].value)
                found.append((f"{path}:{node.lineno}", code, {str(one) for one in given}))
    return found


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_every_table_is_in_the_book() -> None:
    assert {rule.code for table in TABLES.values() for rule in table} == set(BOOK)


def test_no_code_stands_twice() -> None:
    codes = [rule.code for table in TABLES.values() for rule in table]
    assert sorted(codes) == sorted(set(codes))


def test_every_code_in_the_source_has_a_row() -> None:
    assert {code: place for code, place in USED.items() if code not in BOOK} == {}


def test_every_error_raised_with_a_code_has_a_row() -> None:
    assert [(place, code) for place, code, _ in _raised() if code not in BOOK] == []


def test_every_row_is_used() -> None:
    unused = set(BOOK) - set(USED)
    assert sorted(code for code in unused if not any(shape.fullmatch(code) for shape in SHAPES)) == []


def test_every_code_is_named_in_a_test() -> None:
    """A new rule comes with a case that breaks it."""
    here = Path(__file__)
    tests = (path for path in here.parents[2].rglob("*.py") if path != here)
    named = {
        word for path in tests for word in re.findall(r"[A-Z0-9]+(?:-[A-Z0-9]+)+", path.read_text("utf-8"))
    }
    assert sorted(set(BOOK) - named) == []


def test_every_error_fills_the_placeholders_of_its_sentence() -> None:
    missing = []
    for place, code, given in _raised():
        rule = BOOK.get(code)
        if rule and not _placeholders(rule.en + rule.how_en) <= given:
            missing.append((place, code, _placeholders(rule.en + rule.how_en) - given))
    assert missing == []


@pytest.mark.parametrize("code", BOOK)
def test_a_code_has_the_shape_of_a_code(code: str) -> None:
    assert _CODE.fullmatch(code)


@pytest.mark.parametrize("rule", BOOK.values(), ids=BOOK)
def test_both_languages_say_the_same_in_full_sentences(rule: Rule) -> None:
    for english, dutch in ((rule.en, rule.nl), (rule.how_en, rule.how_nl), (rule.holds_en, rule.holds_nl)):
        assert bool(english) == bool(dutch)
        if not english:
            continue
        assert english != dutch
        assert _placeholders(english) == _placeholders(dutch)
        for sentence in (english, dutch):
            assert sentence.endswith((".", ".”"))
            assert sentence == " ".join(sentence.split())
            assert sentence[0].isupper() or not sentence[0].isalpha()
    assert rule.en


@pytest.mark.parametrize("rule", BOOK.values(), ids=BOOK)
def test_advice_needs_no_more_than_the_sentence(rule: Rule) -> None:
    """A report that can say what is wrong can also say what to do."""
    assert _placeholders(rule.how_en) <= _placeholders(rule.en)


@pytest.mark.parametrize("rule", [rule for rule in BOOK.values() if rule.clause], ids=lambda rule: rule.code)
def test_a_clause_has_a_title_and_an_address(rule: Rule) -> None:
    assert rule.clause
    assert rule.clause.title
    assert re.fullmatch(r"https?://[^\s/]+/\S*", rule.clause.url)
