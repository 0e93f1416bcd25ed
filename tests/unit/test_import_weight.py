"""Importing the package costs next to nothing: what is heavy is loaded when it is first used."""

from __future__ import annotations

import json
import subprocess
import sys

HEAVY = {
    "PIL",
    "alembic",
    "boto3",
    "cryptography",
    "defusedxml",
    "httpx",
    "joserfc",
    "jsonschema",
    "pydantic",
    "pyld",
    "resvg_py",
    "rfc8785",
    "rich",
    "sqlalchemy",
    "starlette",
    "typer",
}


def loaded_by(statement: str) -> set[str]:
    """The top-level modules that a fresh interpreter holds after the statement."""
    report = "import sys, json; print(json.dumps([name.partition('.')[0] for name in sys.modules]))"
    run = subprocess.run(
        [sys.executable, "-c", f"{statement}\n{report}"], capture_output=True, text=True, check=True
    )
    return set(json.loads(run.stdout))


def test_importing_the_package_loads_nothing_heavy() -> None:
    assert loaded_by("import openbadge_issuer") & HEAVY == set()


def test_importing_the_errors_loads_nothing_heavy() -> None:
    assert loaded_by("import openbadge_issuer.errors") & HEAVY == set()


def test_reading_json_loads_no_more_than_the_models_need() -> None:
    loaded = loaded_by("from openbadge_issuer.assertions import AchievementCredential")
    assert loaded & HEAVY == {"pydantic"}


def test_listing_the_rules_loads_nothing_heavy() -> None:
    assert loaded_by("from openbadge_issuer.errors.rules import rule_book; rule_book()") & HEAVY == set()
