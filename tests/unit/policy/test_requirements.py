"""Every requirement of the written policy has a row, and every name in it is really there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from openbadge_issuer.cli.reference import commands
from openbadge_issuer.errors.rules import rule_book
from openbadge_issuer.policy.badge import BadgeDefinition
from openbadge_issuer.policy.badge_policy import BadgePolicy, Right
from openbadge_issuer.policy.event_kinds import kinds
from openbadge_issuer.policy.people_file import PeopleFile
from openbadge_issuer.policy.section import Section

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs" / "badge-policy-requirements.md").read_text("utf-8")
ROWS: dict[str, tuple[str, str]] = {
    number: (asks, served)
    for number, asks, served in re.findall(r"^\| ([RG]\d+) \| (.+?) \| (.+) \|$", PAGE, re.MULTILINE)
}
NUMBERS = [f"R{number}" for number in range(1, 70)] + [f"G{number}" for number in range(1, 13)]
SAID = ("people do", "people decide", "comes with the design rules")

NOT_YET = frozenset({"openbadge-issuer evaluate"})
"""What the page names and is still to come; a name that has come must leave."""

PROGRAM = "openbadge-issuer "
EVENTS = {event.__name__: event for event in kinds().values()}
RIGHTS = frozenset(get_args(Right))


def names(served: str) -> list[str]:
    return re.findall(r"`([^`]+)`", served)


def members(model: type[Section], path: str = "") -> set[str]:
    """All paths of a file, written as its reference writes them."""
    found: set[str] = set()
    for name, field in model.model_fields.items():
        here = f"{path}{name}"
        found.add(here)
        for annotation in (field.annotation, *get_args(field.annotation)):
            if isinstance(annotation, type) and issubclass(annotation, Section):
                below = {dict: ".LANGUAGE" if name == "text" else ".NAME", tuple: "[]"}
                kind = getattr(field.annotation, "__origin__", None)
                found |= members(annotation, f"{here}{below.get(kind, '') if kind else ''}.")
    return found


MEMBERS = members(BadgePolicy) | members(BadgeDefinition) | members(PeopleFile)


def exists(name: str) -> bool:
    """Tell whether a name of the page is really there."""
    if name.startswith(PROGRAM):
        return tuple(name.removeprefix(PROGRAM).split()) in commands()
    if re.fullmatch(r"[A-Z0-9]+(-[A-Z0-9]+)+", name):
        return name in rule_book()
    if re.fullmatch(r"[A-Z][a-z]+([A-Z][a-z]+)+(\.\w+)?", name):
        event, _, field = name.partition(".")
        return event in EVENTS and (not field or field in EVENTS[event].model_fields)
    if "/" in name:
        return (ROOT / name).exists()
    return name in MEMBERS or name in RIGHTS


def test_every_requirement_and_gap_has_one_row_in_order() -> None:
    numbers = re.findall(r"^\| ([RG]\d+) \|", PAGE, re.MULTILINE)
    assert numbers == NUMBERS
    assert list(ROWS) == NUMBERS


@pytest.mark.parametrize("number", NUMBERS)
def test_every_row_names_what_serves_it_or_says_that_people_do(number: str) -> None:
    asks, served = ROWS[number]
    assert asks
    assert names(served) or any(said in served for said in SAID)


@pytest.mark.parametrize("number", NUMBERS)
def test_every_name_is_there(number: str) -> None:
    missing = [name for name in names(ROWS[number][1]) if not exists(name)]
    assert set(missing) - NOT_YET == set()


def test_what_is_still_to_come_is_named_and_has_not_come() -> None:
    named = {name for _, served in ROWS.values() for name in names(served)}
    assert named >= NOT_YET
    assert {name for name in NOT_YET if exists(name)} == set()


@pytest.mark.parametrize("gap", [number for number in NUMBERS if number.startswith("G")])
def test_every_gap_can_be_decided_otherwise_in_a_file(gap: str) -> None:
    assert any(name in MEMBERS for name in names(ROWS[gap][1]))


def test_every_member_of_the_policy_that_is_a_rule_serves_a_requirement() -> None:
    """What no requirement needs should not be in the policy."""
    named = {name for _, served in ROWS.values() for name in names(served)}
    frame = {
        "format", "version", "adopted", "purpose", "organisation.id", "organisation.name", "organisation.url",
        "organisation.description", "roles.NAME.name", "roles.NAME.purpose", "publication.base",
        "publication.proof", "publication.list_size", "platforms.NAME.name",
    }  # fmt: skip
    rules = {
        name for name in members(BadgePolicy) if not any(other.startswith(f"{name}.") for other in MEMBERS)
    }
    assert sorted(rules - named - frame) == []


@pytest.mark.parametrize(
    ("name", "there"),
    [
        ("awarding.eyes", True),
        ("awarding.ears", False),
        ("criteria[].mandatory", True),
        ("text.LANGUAGE.meaning", True),
        ("people[].roles[].deputy_of", True),
        ("RoleGranted.deputy_of", True),
        ("RoleGranted.nothing", False),
        ("RoleForgotten", False),
        ("POLICY-EYES-FEW", True),
        ("POLICY-EARS", False),
        ("openbadge-issuer policy check", True),
        ("openbadge-issuer policy guess", False),
        ("examples/breakthrough", True),
        ("examples/nowhere", False),
        ("decide-case", True),
    ],
)
def test_a_name_that_is_not_there_is_noticed(name: str, *, there: bool) -> None:
    assert exists(name) is there
