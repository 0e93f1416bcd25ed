"""The definition of a badge as a file."""

from __future__ import annotations

import pytest

from openbadge_issuer.errors import DocumentError
from openbadge_issuer.policy.badge import BadgeDefinition
from openbadge_issuer.policy.badge_file import check_badge_file, read_badge
from openbadge_issuer.policy.period import Period

BADGE = """\
badge = "facilitator"
valid_for = "3 years"

[text.en]
name = "Facilitator"
description = "Leads a workshop."

[picture]
file = "facilitator.svg"
caption = { en = "A person in a circle." }

[[criteria]]
id = "led"
statement = { en = "You led one workshop of at least 60 minutes." }

[[criteria]]
id = "feedback"
statement = { en = "You collected feedback in writing." }
mandatory = false
evidence = ["document"]

[[outcomes]]
id = "more-workshops"
question = { en = "How many workshops did you lead since?" }
"""


def test_a_definition_is_read_with_its_defaults() -> None:
    badge = read_badge(BADGE.encode())
    assert badge.text["en"].name == "Facilitator"
    assert badge.mandatory == {"led"}
    led = badge.criterion("led")
    assert led is not None
    assert led.evidence == ("observation", "document")
    assert badge.criterion("sang") is None
    assert badge.valid_for == Period(3, "year")
    assert badge.outcomes[0].asked_after == Period(6, "month")
    assert badge.achievement_type == "Badge"


def test_a_definition_comes_back_from_its_json_with_the_same_digest() -> None:
    badge = read_badge(BADGE.encode())
    assert BadgeDefinition.model_validate(badge.to_json()).digest == badge.digest


@pytest.mark.parametrize(
    ("found", "instead", "code", "pointer", "line"),
    [
        ('id = "feedback"', 'id = "led"', "BADGE-CRITERION-TWICE", "/criteria/1", 16),
        ('"facilitator.svg"', '"../secret.svg"', "TOML-FILE-NAME", "/picture/file", 9),
        ('"facilitator.svg"', '"/etc/passwd"', "TOML-FILE-NAME", "/picture/file", 9),
        ('"facilitator.svg"', '"a\\\\b.svg"', "TOML-FILE-NAME", "/picture/file", 9),
        ('"facilitator.svg"', '".hidden"', "TOML-FILE-NAME", "/picture/file", 9),
        ('evidence = ["document"]', 'evidence = ["say-so"]', "TOML-CHOICE", "/criteria/1/evidence/0", 20),
        ('evidence = ["document"]', "evidence = []", "TOML-EMPTY", "/criteria/1/evidence", 20),
        ('evidence = ["document"]', "wanted = true", "TOML-UNKNOWN", "/criteria/1/wanted", 20),
        ('statement = { en = "You collected', 'statemnt = { en = "You collected', "TOML-MISSING",
         "/criteria/1/statement", 16),
        ('badge = "facilitator"', "", "TOML-MISSING", "/badge", 1),
        ('description = "Leads a workshop."', "", "TOML-MISSING", "/text/en/description", 4),
        ('badge = "facilitator"', 'badge = "facilitator"\nachievement_type = "Medal"', "TOML-CHOICE",
         "/achievement_type", 2),
        ('valid_for = "3 years"', 'valid_for = "long"', "POLICY-PERIOD", "/valid_for", 2),
    ],
)  # fmt: skip
def test_a_problem_has_its_place(found: str, instead: str, code: str, pointer: str, line: int) -> None:
    assert found in BADGE
    data = BADGE.replace(found, instead, 1).encode()
    problems = check_badge_file(data).problems
    assert (code, pointer, line) in {(one.remark.code, one.remark.pointer, one.line) for one in problems}
    with pytest.raises(DocumentError):
        read_badge(data)


def test_a_kind_of_achievement_of_ones_own_begins_with_ext() -> None:
    assert read_badge(f'achievement_type = "ext:Medal"\n{BADGE}'.encode()).achievement_type == "ext:Medal"


def test_a_criterion_that_stands_twice_is_named() -> None:
    data = BADGE.replace('id = "feedback"', 'id = "led"').encode()
    [problem] = check_badge_file(data).problems
    assert problem.sentence() == "Two criteria are called “led” (line 16)."
