"""The schemas of what the commands print: those that ship are those of the code, and outputs meet them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft201909Validator, FormatChecker

from openbadge_issuer.policy.report_schemas import SCHEMAS, SUFFIX, write_schemas

SHIPPED = Path(__file__).resolve().parents[3] / "schemas"


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_shipped_schema_is_fresh(name: str) -> None:
    assert json.loads((SHIPPED / f"{name}{SUFFIX}").read_bytes()) == SCHEMAS[name]


def test_schemas_are_written_into_a_folder(tmp_path: Path) -> None:
    write_schemas(tmp_path / "new")
    assert {path.name for path in (tmp_path / "new").iterdir()} == {f"{name}{SUFFIX}" for name in SCHEMAS}


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_a_schema_that_closes_its_objects(name: str) -> None:
    Draft201909Validator.check_schema(SCHEMAS[name])
    validator = Draft201909Validator(SCHEMAS[name], format_checker=FormatChecker())
    assert not validator.is_valid({})
