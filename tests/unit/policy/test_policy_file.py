"""A policy file: what it says, and every problem with code, place, line and advice at once."""

from __future__ import annotations

from datetime import date

import pytest

from openbadge_issuer.errors import DocumentError, LimitError
from openbadge_issuer.policy.badge_policy import BadgePolicy
from openbadge_issuer.policy.period import Period
from openbadge_issuer.policy.policy_file import check_policy_file, read_policy
from policy_texts import SMALLEST, SOUND

FAULTY = """\
version = 3
adopted = "in May"
[organisation]
id = "example"
name = "A\\nB"
contact = "the office"
time_zone = "Mars/Base"
languages = ["fr"]
nam = "x"
[roles."Badge Manager"]
name = { en = "x", de = "y" }
rights = ["awrd"]
holders_at_least = "2"
[awarding]
eyes = 5
inform_within = "soon"
eye = 3
[emergency]
allowed = "yes"
[publication]
list_size = 7
[platforms]
x = 3
[revocation.grounds]
[misuse]
sanctions = [1]
[evaluation]
smallest_cell = 1
[training]
required_for = "award"
[roles.trainer]
purpose = { en = "" }
"""


def test_the_smallest_policy_is_read_with_every_default() -> None:
    policy = read_policy(SMALLEST.encode())
    assert policy.organisation.name == "Example"
    assert policy.awarding.eyes == 2
    assert policy.revocation.objection_within == Period(6, "week")
    assert policy.revocation.grounds.keys() == {
        "criteria-not-met", "mistake", "false-evidence", "key-compromised",
    }  # fmt: skip
    assert policy.retention.of("reporter") == Period(1, "year")


def test_the_digest_is_of_what_is_said_not_of_how_it_is_written() -> None:
    spelled_out = (
        SMALLEST + '\n[awarding]\neyes = 2 # the default\n[revocation]\nobjection_within = "6 weeks"\n'
    )
    assert read_policy(spelled_out.encode()).digest == read_policy(SMALLEST.encode()).digest
    changed = SMALLEST + "\n[awarding]\neyes = 1\n"
    assert read_policy(changed.encode()).digest != read_policy(SMALLEST.encode()).digest


def test_a_policy_comes_back_from_its_json() -> None:
    text = SOUND.replace('version = "1"', 'version = "1"\nadopted = 2026-01-31')
    policy = read_policy(text.encode())
    assert policy.adopted == date(2026, 1, 31)
    again = BadgePolicy.model_validate(policy.to_json())
    assert again == policy
    assert again.digest == policy.digest


def test_every_problem_is_told_at_once_with_code_place_and_line() -> None:
    checked = check_policy_file(FAULTY.encode())
    assert checked.model is None
    assert [(one.line, one.remark.code, one.remark.pointer) for one in checked.problems] == [
        (1, "TOML-TEXT", "/version"),
        (2, "TOML-DATE", "/adopted"),
        (4, "TOML-ADDRESS", "/organisation/id"),
        (5, "TOML-CONTROL", "/organisation/name"),
        (6, "TOML-E-MAIL", "/organisation/contact"),
        (7, "POLICY-TIME-ZONE", "/organisation/time_zone"),
        (8, "TOML-CHOICE", "/organisation/languages/0"),
        (9, "TOML-UNKNOWN", "/organisation/nam"),
        (10, "TOML-NAME", "/roles/Badge Manager"),
        (11, "TOML-CHOICE", "/roles/Badge Manager/name/de"),
        (12, "TOML-CHOICE", "/roles/Badge Manager/rights/0"),
        (13, "TOML-NUMBER", "/roles/Badge Manager/holders_at_least"),
        (15, "TOML-HIGH", "/awarding/eyes"),
        (16, "POLICY-PERIOD", "/awarding/inform_within"),
        (17, "TOML-UNKNOWN", "/awarding/eye"),
        (19, "TOML-FLAG", "/emergency/allowed"),
        (20, "TOML-MISSING", "/publication/base"),
        (21, "TOML-STEP", "/publication/list_size"),
        (23, "TOML-TABLE", "/platforms/x"),
        (24, "TOML-EMPTY", "/revocation/grounds"),
        (26, "TOML-TABLE", "/misuse/sanctions"),
        (28, "TOML-LOW", "/evaluation/smallest_cell"),
        (30, "TOML-LIST", "/training/required_for"),
        (31, "TOML-MISSING", "/roles/trainer/name"),
        (32, "TOML-EMPTY", "/roles/trainer/purpose/en"),
    ]


def test_a_problem_says_what_to_do_in_both_languages() -> None:
    problems = check_policy_file(FAULTY.encode()).problems
    by_code = {one.remark.code: one for one in reversed(problems)}
    eye = by_code["TOML-UNKNOWN"].remark
    assert eye.sentence("en") == "“nam” is not known here (line 9); known are: name."
    assert eye.sentence("nl") == "“nam” is hier niet bekend (regel 9); bekend zijn: name."
    assert eye.advice("nl") == "Verbeter de naam, zet hem waar hij hoort, of haal hem weg."
    assert by_code["TOML-CHOICE"].sentence().endswith("choose among: en, nl.")
    assert by_code["POLICY-PERIOD"].sentence() == "“soon” at “inform_within” is no period (line 16)."
    assert by_code["TOML-HIGH"].sentence() == "“eyes” is 5, and must be at most 4 (line 15)."
    assert "sanctions = …" not in by_code["TOML-TABLE"].remark.advice()
    assert '{ en = "…", nl = "…" }' in by_code["TOML-TABLE"].remark.advice()
    assert by_code["TOML-STEP"].is_error


def test_a_problem_is_written_for_programs() -> None:
    text = SMALLEST + "[awarding]\neyes = 0\n"
    [problem] = check_policy_file(text.encode()).problems
    assert problem.to_json() == {
        "code": "TOML-LOW",
        "severity": "error",
        "pointer": "/awarding/eyes",
        "line": 12,
        "message": {
            "en": "“eyes” is 0, and must be at least 1 (line 12).",
            "nl": "“eyes” is 0, en moet ten minste 1 zijn (regel 12).",
        },
        "advice": {"en": "Write a larger number.", "nl": "Schrijf een groter getal."},
    }


def test_a_name_of_any_length_is_told_in_a_short_sentence() -> None:
    text = SMALLEST + "[keys]\n" + "k" * 100_000 + " = 1\n"
    [problem] = check_policy_file(text.encode()).problems
    assert problem.sentence().startswith("“" + "k" * 60 + "…” is not known here")
    assert len(problem.sentence()) < 150


def test_a_member_that_resembles_none_is_told_all_that_are_known() -> None:
    text = SMALLEST + "[keys]\nzzz = 1\n"
    [problem] = check_policy_file(text.encode()).problems
    assert problem.sentence() == "“zzz” is not known here (line 12); known are: rotate_every."


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        (b"[organisation\n", "TOML-SYNTAX", 1),
        (b"\n\xff", "TOML-ENCODING", 2),
        (b"a = " + b"[" * 50, "TOML-DEPTH", 1),
        (b"#" * 300_000, "TOML-SIZE", 1),
    ],
)
def test_what_cannot_be_parsed_is_one_problem(data: bytes, code: str, line: int) -> None:
    checked = check_policy_file(data)
    assert (checked.model, checked.file) == (None, None)
    assert [(one.remark.code, one.line) for one in checked.problems] == [(code, line)]


def test_reading_raises_the_first_problem() -> None:
    with pytest.raises(DocumentError) as caught:
        read_policy(FAULTY.encode())
    assert str(caught.value) == "“version” must be a text (line 1). (at /version)"
    assert caught.value.sentence("nl") == "“version” moet een tekst zijn (regel 1)."
    with pytest.raises(LimitError):
        read_policy(b"#" * 300_000)


@pytest.mark.parametrize(
    ("member", "code"),
    [
        ("[awarding]\neyes = true", "TOML-NUMBER"),
        ("[awarding]\neyes = 2.0", "TOML-NUMBER"),
        ("[awarding]\neyes = 99999999999999999999999999", "TOML-HIGH"),
        ("[awarding]\neyes = 0x" + "f" * 10_000, "TOML-HIGH"),
        ("[awarding]\neyes = nan", "TOML-NUMBER"),
        ('[awarding]\ninform_within = "0 days"', "POLICY-PERIOD"),
        ('[awarding]\ninform_within = "101 years"', "POLICY-PERIOD"),
        ("[awarding]\ninform_within = 7", "POLICY-PERIOD"),
        ("[emergency]\nallowed = 1", "TOML-FLAG"),
        ('[design]\nguideline = "\\u202eevil"', "TOML-CONTROL"),
        ('[design]\nguideline = "   "', "TOML-EMPTY"),
        ('[design]\nguideline = "' + "x" * 201 + '"', "TOML-LONG"),
        ('[privacy]\ncontact = "a@b.example\\u0000"', "TOML-E-MAIL"),
        ('[privacy]\ncontact = "a@b.example, c@d.example"', "TOML-E-MAIL"),
        ("[platforms." + "x" * 61 + ']\nname = "x"\nprefixes = ["https://x.example"]', "TOML-NAME"),
        ('[platforms.x]\nname = "x"\nprefixes = []', "TOML-EMPTY"),
        ('[platforms.x]\nname = "x"\nprefixes = ["//x.example"]', "TOML-ADDRESS"),
    ],
)  # fmt: skip
def test_a_value_is_taken_as_it_is_written_or_not_at_all(member: str, code: str) -> None:
    [problem] = check_policy_file(f"{SMALLEST}{member}\n".encode()).problems
    assert (problem.remark.code, problem.line) == (code, 12 if "prefixes" not in member else problem.line)
    assert len(problem.sentence()) < 250


@pytest.mark.parametrize(
    "base", ["http://x.example", "https://", "https://x.example?y", "https://u:p@x.example"]
)
def test_the_public_base_is_an_https_address(base: str) -> None:
    text = SMALLEST.replace('base = "https://badges.example"', f'base = "{base}"')
    [problem] = check_policy_file(text.encode()).problems
    assert problem.remark.code == "TOML-HTTPS"


@pytest.mark.parametrize("day", ["5", "2026-01-31T00:00:00Z", "07:32:00", '"2026-02-30"', "true"])
def test_a_day_is_a_date_and_nothing_else(day: str) -> None:
    [problem] = check_policy_file(f"adopted = {day}\n{SMALLEST}".encode()).problems
    assert problem.remark.code == "TOML-DATE"
