"""docs/conformance.md is fresh, and says nothing that is not there."""

from __future__ import annotations

import pytest

from conformance_table import JUDGES, PAGE, PROBES, ROOT, modules_by_code, page
from openbadge_issuer.errors.rules import rule_book


def test_the_page_is_fresh() -> None:
    assert PAGE.read_text("utf-8") == page(), "run: make docs"


@pytest.mark.parametrize(("place", "codes"), [(place, codes) for place, _, codes in PROBES])
def test_every_code_beside_a_probe_exists_and_is_tested(place: str, codes: str) -> None:
    tests = modules_by_code()
    for code in codes.split():
        assert code in rule_book(), place
        assert tests[code], place


def test_every_rule_with_a_clause_is_named_in_a_test() -> None:
    tests = modules_by_code()
    assert [code for code, rule in rule_book().items() if rule.clause is not None and not tests[code]] == []


@pytest.mark.parametrize("module", sorted({module for _, module, _ in JUDGES}))
def test_every_module_beside_another_implementation_exists(module: str) -> None:
    assert (ROOT / "tests" / "integration" / f"test_independent_{module}.py").is_file()
