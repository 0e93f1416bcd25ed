"""`openbadge-issuer policy`: checked, explained, compared."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft201909Validator

from cli.running import CommandLine, Ran
from openbadge_issuer.policy.policy_file import read_policy
from openbadge_issuer.policy.report_schemas import SCHEMAS
from policy_texts import SMALLEST, SOUND

CHECK, DIFF = (Draft201909Validator(SCHEMAS[name]) for name in ("policy-check", "policy-diff"))
EXAMPLE = Path(__file__).parents[2] / "examples" / "breakthrough" / "badge-policy.toml"
WEAKER = SOUND + "\n[awarding]\neyes = 1\n"
WARNED = SOUND.replace("badges@example.org", "ada.lovelace@example.org")
WRONG = "versoin = 1\n" + SOUND.replace('name = "Example"', "name = 3") + "\n[awarding]\neye = 1\n"


@pytest.fixture(autouse=True)
def policies(home: Path) -> None:
    """Policies in the home folder."""
    for name, text in {
        "sound.toml": SOUND,
        "smallest.toml": SMALLEST,
        "weaker.toml": WEAKER,
        "warned.toml": WARNED,
        "wrong.toml": WRONG,
        "syntax.toml": "[organisation\n",
    }.items():
        (home / name).write_text(text, encoding="utf-8")


def test_a_sound_policy_is_accepted_with_its_digest(run: CommandLine) -> None:
    digest = read_policy(SOUND.encode()).digest
    assert run("policy", "check", "sound.toml") == Ran(
        0, f"sound.toml: the policy can be used. Warnings: 0. Digest: {digest}\n".encode(), ""
    )
    assert run("policy", "check", "sound.toml", "--lang", "nl").text == (
        f"sound.toml: het beleid is bruikbaar. Waarschuwingen: 0. Kenmerk: {digest}\n"
    )
    assert run("policy", "check", "-", stdin=SOUND.encode()).text.startswith("-: the policy can be used.")
    assert run("policy", "check", EXAMPLE, "--strict").code == 0


def test_every_problem_is_told_with_line_and_advice(run: CommandLine) -> None:
    ran = run("policy", "check", "wrong.toml")
    assert (ran.code, ran.err) == (1, "")
    line_1, advice, line_7, _, line_22, _, summary = ran.text.splitlines()
    assert line_1.startswith(
        "wrong.toml:1: error: TOML-UNKNOWN: “versoin” is not known here (line 1); known are: "
    )
    assert "known are: version" in line_1
    assert advice == "  Correct the name, put it where it belongs, or remove it."
    assert line_7 == "wrong.toml:7: error: TOML-TEXT: “name” must be a text (line 7). [/organisation/name]"
    assert line_22.endswith("“eye” is not known here (line 22); known are: eyes. [/awarding/eye]")
    assert summary == "wrong.toml: the policy cannot be used. Errors: 3. Warnings: 0."
    dutch = run("policy", "check", "wrong.toml", "--lang", "nl").text
    assert "wrong.toml:7: fout: TOML-TEXT: “name” moet een tekst zijn (regel 7)." in dutch
    assert dutch.endswith("wrong.toml: het beleid is niet bruikbaar. Fouten: 3. Waarschuwingen: 0.\n")


def test_a_warning_rejects_only_where_it_is_asked_to(run: CommandLine) -> None:
    ran = run("policy", "check", "warned.toml")
    assert ran.code == 0
    assert "warned.toml:7: warning: POLICY-CONTACT-PERSON: ada.lovelace@example.org looks like" in ran.text
    strict = run("policy", "check", "warned.toml", "--strict")
    assert strict.code == 1
    assert strict.text.endswith("warned.toml: the policy cannot be used. Errors: 0. Warnings: 1.\n")


def test_a_policy_that_contradicts_itself_is_rejected(run: CommandLine) -> None:
    ran = run("policy", "check", "smallest.toml")
    assert ran.code == 1
    assert "smallest.toml:6: error: POLICY-RIGHT-NOBODY" in ran.text


def test_what_is_no_toml_is_rejected_with_its_line(run: CommandLine) -> None:
    ran = run("policy", "check", "syntax.toml")
    assert ran.code == 1
    assert ran.text.startswith("syntax.toml:1: error: TOML-SYNTAX: The text is not TOML: ")


def test_a_check_is_written_for_programs(run: CommandLine) -> None:
    ran = run("policy", "check", "warned.toml", "--format", "json")
    assert (ran.code, ran.err) == (0, "")
    assert ran.data["file"] == "warned.toml"
    assert ran.data["accepted"] is True
    assert ran.data["digest"] == read_policy(WARNED.encode()).digest
    assert [found["code"] for found in ran.data["problems"]] == ["POLICY-CONTACT-PERSON"]  # type: ignore[index,union-attr,call-overload]  # JSON
    unreadable = run("policy", "check", "syntax.toml", "--format", "json")
    assert (unreadable.code, unreadable.data["accepted"], unreadable.data["digest"]) == (1, False, None)
    for data in (ran.data, unreadable.data, run("policy", "check", "wrong.toml", "--format", "json").data):
        CHECK.validate(data)


@pytest.mark.parametrize("command", ["check", "explain"])
def test_a_file_that_is_not_there_is_wrong_usage(run: CommandLine, command: str) -> None:
    ran = run("policy", command, "nowhere.toml")
    assert ran.refused(2, "CLI-FILE: nowhere.toml cannot be read: No such file or directory.")


def test_a_policy_is_explained_as_markdown_in_both_languages(run: CommandLine) -> None:
    english, dutch = run("policy", "explain", "sound.toml"), run("policy", "explain", EXAMPLE, "--lang", "nl")
    assert (english.code, english.err, dutch.code, dutch.err) == (0, "", 0, "")
    assert english.text.startswith("# How Example awards badges\n\nThis page tells how Example awards")
    assert dutch.text.startswith("# Zo kent Breakthrough badges toe\n")
    for step in ("1. **De badge kiezen.**", "5. **Jou informeren.**", "1. **Melding.**", "7. **Afsluiten.**"):
        assert step in dutch.text


def test_a_policy_is_explained_as_a_page_in_a_file(run: CommandLine, home: Path) -> None:
    ran = run("policy", "explain", EXAMPLE, "--html", "--lang", "nl", "-o", "uitleg.html")
    assert ran == Ran(0, b"", "uitleg.html\n")
    page = (home / "uitleg.html").read_text("utf-8")
    assert page.startswith('<!DOCTYPE html>\n<html lang="nl">')
    assert "<strong>Melding.</strong>" in page


def test_what_cannot_be_read_is_not_explained(run: CommandLine) -> None:
    ran = run("policy", "explain", "wrong.toml", "-o", "page.md")
    assert (ran.code, ran.out) == (1, b"")
    assert ran.err.count("wrong.toml:") == 3
    assert not Path("page.md").exists()


def test_hostile_words_reach_neither_terminal_nor_page(run: CommandLine, home: Path) -> None:
    text = SOUND.replace('name = "Example"', 'name = "<script>x</script>"')
    (home / "hostile.toml").write_text(text + '\n["\\u001b[31m"]\n', encoding="utf-8")
    ran = run("policy", "check", "hostile.toml")
    assert "\x1b" not in ran.text
    assert "\\x1b[31m" in ran.text
    (home / "page.toml").write_text(text, encoding="utf-8")
    assert "<script>" not in run("policy", "explain", "page.toml", "--html").text


def test_a_difference_is_told_in_words(run: CommandLine) -> None:
    ran = run("policy", "diff", "sound.toml", "weaker.toml")
    assert ran == Ran(
        0,
        b"Awarding\n"
        b"  People who take part in an award, at least: from 2 to 1. Weaker: fewer checks.\n"
        b"Changes: 1. Weaker safeguards: 1.\n",
        "",
    )
    dutch = run("policy", "diff", "weaker.toml", "sound.toml", "--lang", "nl")
    assert dutch.text == (
        "Toekennen\n"
        "  Mensen die meedoen aan een toekenning, minstens: van 1 naar 2.\n"
        "Wijzigingen: 1. Zwakkere waarborgen: 0.\n"
    )
    assert run("policy", "diff", "sound.toml", "sound.toml").text == "Nothing changed.\n"
    assert run("policy", "diff", "-", "sound.toml", stdin=SOUND.encode()).text == "Nothing changed.\n"


def test_a_weaker_safeguard_rejects_where_it_is_asked_to(run: CommandLine) -> None:
    assert run("policy", "diff", "sound.toml", "weaker.toml", "--strict").code == 1
    assert run("policy", "diff", "weaker.toml", "sound.toml", "--strict").code == 0


def test_a_difference_is_written_for_programs(run: CommandLine) -> None:
    ran = run("policy", "diff", "sound.toml", "weaker.toml", "--format", "json")
    assert (ran.code, ran.err) == (0, "")
    assert ran.data["weaker"] == 1
    assert ran.data["old"] == {"file": "sound.toml", "digest": read_policy(SOUND.encode()).digest}
    assert json.dumps(ran.data["changes"]).count("/awarding/eyes") == 1
    DIFF.validate(ran.data)
    DIFF.validate(run("policy", "diff", EXAMPLE, "sound.toml", "--format", "json").data)


@pytest.mark.parametrize("files", [("sound.toml", "wrong.toml"), ("syntax.toml", "sound.toml")])
def test_a_policy_that_cannot_be_read_is_not_compared(run: CommandLine, files: tuple[str, str]) -> None:
    ran = run("policy", "diff", *files)
    assert (ran.code, ran.out) == (1, b"")
    assert "error: TOML-" in ran.err
