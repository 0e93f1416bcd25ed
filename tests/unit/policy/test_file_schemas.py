"""The JSON Schemas of the files: those that ship are those that the models give, and editors can use them."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from openbadge_issuer.policy.badge import BadgeDefinition
from openbadge_issuer.policy.badge_policy import BadgePolicy
from openbadge_issuer.policy.documented import members_of, summary_of
from openbadge_issuer.policy.file_problems import section_at
from openbadge_issuer.policy.file_schemas import FILES, IDENTIFIER, SUFFIX, file_schema, write_schemas
from openbadge_issuer.policy.people_file import PeopleFile
from openbadge_issuer.policy.section import Section

ROOT = Path(__file__).resolve().parents[3]
EXAMPLE = ROOT / "examples" / "breakthrough"
SHIPPED = ROOT / "schemas" / "policy"
KINDS = [("badge-policy", "badge-policy.toml"), ("people", "people.toml")] + [
    ("badge", f"badges/{path.name}") for path in sorted((EXAMPLE / "badges").glob("*.toml"))
]


def sections(model: type[Section]) -> dict[str, type[Section]]:
    """A model and all sections within it, by their names."""
    found = {model.__name__: model}
    for name in model.model_fields:
        for path in ((name,), (name, "x"), (name, 0)):
            try:
                inner = section_at(model, path)
            except IndexError:
                continue
            if inner.__name__ not in found:
                found |= sections(inner) if inner is not model else {}
    return found


ALL = {name: section for model in FILES.values() for name, section in sections(model).items()}


def validator(name: str) -> Draft7Validator:
    return Draft7Validator(file_schema(name))


@pytest.mark.parametrize("name", FILES)
def test_the_shipped_schema_is_fresh(name: str) -> None:
    assert json.loads((SHIPPED / f"{name}{SUFFIX}").read_bytes()) == file_schema(name)


def test_no_other_schema_lies_there() -> None:
    assert {path.name for path in SHIPPED.iterdir()} == {f"{name}{SUFFIX}" for name in FILES}


def test_schemas_are_written_into_a_folder(tmp_path: Path) -> None:
    write_schemas(tmp_path / "new")
    assert {path.name for path in (tmp_path / "new").iterdir()} == {f"{name}{SUFFIX}" for name in FILES}


@pytest.mark.parametrize("name", FILES)
def test_a_schema_is_one_of_draft_7_and_names_itself(name: str) -> None:
    schema = file_schema(name)
    Draft7Validator.check_schema(schema)
    assert schema["$id"] == IDENTIFIER + name
    assert "$defs" not in json.dumps(schema)


def _plain(value: Any) -> Any:  # noqa: ANN401  # TOML values
    """Write dates as editors hand them to a schema: as text."""
    return json.loads(json.dumps(value, default=str))


@pytest.mark.parametrize(("name", "file"), KINDS, ids=str)
def test_the_example_meets_its_schema_and_names_it(name: str, file: str) -> None:
    path = EXAMPLE / file
    assert list(validator(name).iter_errors(_plain(tomllib.loads(path.read_text("utf-8"))))) == []
    directive = path.read_text("utf-8").partition("\n")[0]
    named = path.parent / directive.removeprefix("#:schema ")
    assert named.resolve() == SHIPPED / f"{name}{SUFFIX}"


def test_every_section_is_known() -> None:
    assert {BadgePolicy, BadgeDefinition, PeopleFile} <= set(ALL.values())
    assert len(ALL) > 25


@pytest.mark.parametrize("name", ALL)
def test_every_member_is_described(name: str) -> None:
    section = ALL[name]
    assert summary_of(section).endswith(".")
    assert list(members_of(section)) == list(section.model_fields)
    assert all(text.endswith(".") for text in members_of(section).values())


def test_editors_are_told_what_a_member_is_and_its_default() -> None:
    eyes = file_schema("badge-policy")["definitions"]["Awarding"]["properties"]["eyes"]  # type: ignore[index,call-overload]  # JSON
    assert eyes["default"] == 2  # type: ignore[index,call-overload]  # JSON
    assert eyes["description"].startswith("How many different people")  # type: ignore[index,call-overload,union-attr]  # JSON
