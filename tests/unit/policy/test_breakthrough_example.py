"""The worked example: a policy without a remark, badges in both languages, people who fit."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from openbadge_issuer.errors import DocumentError
from openbadge_issuer.policy.badge import BadgeDefinition
from openbadge_issuer.policy.badge_file import read_badge
from openbadge_issuer.policy.badge_policy import BadgePolicy
from openbadge_issuer.policy.people_file import check_people_file, read_people
from openbadge_issuer.policy.policy_file import check_policy_file, read_policy
from openbadge_issuer.policy.policy_words import words_of

EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "breakthrough"
FILES = sorted((EXAMPLE / "badges").glob("*.toml"))
PEOPLE = (EXAMPLE / "people.toml").read_bytes()


def policy() -> BadgePolicy:
    return read_policy((EXAMPLE / "badge-policy.toml").read_bytes())


def badges() -> dict[str, BadgeDefinition]:
    return {path.stem: read_badge(path.read_bytes()) for path in FILES}


def test_nothing_is_wrong_with_the_policy() -> None:
    assert check_policy_file((EXAMPLE / "badge-policy.toml").read_bytes()).problems == ()


def test_the_policy_has_the_roles_of_the_written_one() -> None:
    names = [role.name["nl"] for role in policy().roles.values()]
    assert names == ["Badge-beheerder", "Technisch beheerder", "Trainer", "Badge-ambassadeur"]


def test_the_policy_names_the_requirements_that_its_lines_serve() -> None:
    text = (EXAMPLE / "badge-policy.toml").read_text("utf-8")
    named = set(re.findall(r"\bG\d+\b", text))
    assert named >= {f"G{number}" for number in range(1, 12)}
    assert {"R1", "R8", "R12", "R13", "R40", "R46", "R56", "R59", "R64"} <= set(re.findall(r"\bR\d+\b", text))


def test_there_are_badges_of_each_level_and_of_different_themes() -> None:
    found = badges()
    assert Counter(badge.level for badge in found.values()) == {"1": 1, "2": 1, "3": 2}
    assert len({badge.theme for badge in found.values()}) == len(found)
    assert len({badge.learning_form for badge in found.values()}) == 3


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_badge_is_said_in_both_languages_and_shown_by_a_picture(path: Path) -> None:
    badge = read_badge(path.read_bytes())
    assert badge.badge == path.stem
    for place, words in words_of(badge):
        assert (place, set(words)) == (place, {"en", "nl"})
    assert badge.picture is not None
    drawing = (path.parent / badge.picture.file).read_text("utf-8")
    for language, text in badge.text.items():
        assert f'<title lang="{language}" xml:lang="{language}">{text.name}</title>' in drawing
        assert badge.picture.caption[language] != text.name


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_criteria_are_several_and_say_how_they_can_be_shown(path: Path) -> None:
    badge = read_badge(path.read_bytes())
    assert len(badge.mandatory) >= 4
    for criterion in badge.criteria:
        assert criterion.evidence
        assert len(criterion.statement["en"].split()) <= 30
        assert criterion.statement["en"].startswith(("You ", "In ", "Every ", "At least ", "Within ", "For "))


def test_every_picture_is_another_one() -> None:
    pictures = [badge.picture.file for badge in badges().values() if badge.picture]
    contents = {(EXAMPLE / "badges" / name).read_bytes() for name in pictures}
    assert len(contents) == len(FILES)


def test_the_people_fit_the_policy_and_leave_no_role_too_empty() -> None:
    rules = policy()
    people = read_people(PEOPLE, rules)
    steady = Counter(held.role for one in people.people for held in one.roles if held.ends is None)
    for name, role in rules.roles.items():
        assert steady[name] >= role.holders_at_least
    assert "grant-roles" in rules.roles[people.people[0].roles[0].role].rights
    assert all(one.email and one.email.endswith("@breakthrough.example") for one in people.people)


@pytest.mark.parametrize(
    ("found", "instead", "code", "pointer", "line"),
    [
        ('role = "trainer"', 'role = "coach"', "PEOPLE-ROLE", "/people/4/roles/0/role", 43),
        ('deputy_of = "noor"', 'deputy_of = "nora"', "PEOPLE-COLLEAGUE", "/people/5/roles/0/deputy_of", 52),
        ('deputy_of = "noor"', 'deputy_of = "ama"', "PEOPLE-COLLEAGUE", "/people/5/roles/0/deputy_of", 52),
        ('trainer = "joris"', 'trainer = "jan"', "PEOPLE-COLLEAGUE", "/people/0/trainings/0/trainer", 11),
        ('id = "wei"', 'id = "noor"', "PEOPLE-TWICE", "/people/2", 21),
        ('email = "wei@', 'email = "wei', "TOML-E-MAIL", "/people/2/email", 24),
        ("begins = 2026-01-15", 'begins = "soon"', "TOML-DATE", "/people/0/roles/0/begins", 10),
    ],
)
def test_people_who_do_not_fit_are_told_with_their_line(
    found: str, instead: str, code: str, pointer: str, line: int
) -> None:
    data = PEOPLE.decode().replace(found, instead, 1).encode()
    assert data != PEOPLE
    checked = check_people_file(data, policy())
    assert checked.model is None
    assert [(one.remark.code, one.remark.pointer, one.line) for one in checked.problems] == [
        (code, pointer, line)
    ]
    assert f"(line {line})" in checked.problems[0].sentence()
    with pytest.raises(DocumentError) as caught:
        read_people(data, policy())
    assert caught.value.code == code
