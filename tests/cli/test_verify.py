"""Which badges are verified, how that is told, and with which exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.running import EMAIL, CommandLine, Issue, Ran, codes, member
from openbadge_issuer.errors import ResolutionError
from openbadge_issuer.resolution.documents import Documents
from openbadge_issuer.resolution.fetching import Fetched

URL = "https://badges.example/ada.json"


@pytest.fixture
def rejected(badge: Path) -> Path:
    document = json.loads(badge.read_bytes())
    document["name"] = "Somebody else's"
    Path("rejected.json").write_text(json.dumps(document))
    return Path("rejected.json")


@pytest.fixture
def undetermined(issue: Issue, status_list: Path) -> Path:
    """A badge whose status list cannot be had."""
    return issue("open.json", "--status-list", status_list)


def test_an_accepted_badge_is_told_with_issuer_key_and_verdicts(
    run: CommandLine, badge: Path, did: str
) -> None:
    ran = run("verify", badge)
    assert (ran.code, ran.err) == (0, "")
    first, second, *rest = ran.text.splitlines()
    assert first.startswith("ada.json: ACCEPTED — issued by ")
    assert "Breakthrough" in first
    assert f" <{did}>; key z6Mk" in first
    assert first.endswith("which the issuer's id itself is; nobody vouched for this issuer")
    assert second.startswith("  badge: ")
    assert "Facilitator" in second
    assert "  ✓ integrity (required): passed" in rest
    assert "  ✓ status (required): passed" in rest
    assert "  ? trust: undetermined" in rest


def test_a_rejected_badge_is_told_with_the_reason_and_what_to_do(run: CommandLine, rejected: Path) -> None:
    ran = run("verify", rejected)
    assert (ran.code, ran.err) == (1, "")
    assert ran.text.startswith("rejected.json: REJECTED — ")
    assert "\n  ✗ PROOF-SIGNATURE: " in ran.text
    assert "\n      Repair (" in ran.text


def test_an_undetermined_badge_has_an_exit_code_of_its_own(run: CommandLine, undetermined: Path) -> None:
    ran = run("verify", undetermined)
    assert (ran.code, ran.err) == (3, "")
    assert ran.text.startswith("open.json: NOT DETERMINED — ")
    assert "https://badges.example/status/revocation" in ran.text


@pytest.mark.parametrize("how", ["option", "variable"])
def test_reports_speak_dutch(
    run: CommandLine, rejected: Path, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if how == "variable":
        monkeypatch.setenv("OPENBADGE_LANG", "nl")
        ran = run("verify", rejected)
    else:
        ran = run("verify", rejected, "--lang", "nl")
    assert (ran.code, ran.err) == (1, "")
    assert ran.text.startswith("rejected.json: AFGEWEZEN — uitgegeven door ")
    assert "  ✗ echtheid (vereist): niet in orde" in ran.text
    assert "      Herstel (" in ran.text


def test_complaints_speak_dutch_too(run: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("verify", "weg.json", "--lang", "nl").refused(2, "CLI-FILE: weg.json kan niet worden gelezen")
    monkeypatch.setenv("OPENBADGE_LANG", "nl")
    assert run("unbake", "weg.png").refused(2, "CLI-FILE: weg.png kan niet", "Controleer het pad")
    assert run("verify", "weg.json", "--lang", "en").refused(2, "weg.json cannot be read")


def test_another_language_is_wrong_usage(run: CommandLine, badge: Path) -> None:
    ran = run("verify", badge, "--lang", "fr")
    assert (ran.code, ran.out) == (2, b"")
    assert "Invalid value for --lang: choose en or nl" in ran.err


def test_json_of_one_file_is_an_object_with_both_languages(run: CommandLine, rejected: Path) -> None:
    ran = run("verify", rejected, "--format", "json")
    assert (ran.code, ran.err) == (1, "")
    assert (ran.data["subject"], ran.data["accepted"]) == ("rejected.json", False)
    assert member(ran.data, "verdicts", "integrity") == "failed"
    assert codes(ran.data) == {"PROOF-SIGNATURE"}
    findings = ran.data["findings"]
    assert isinstance(findings, list)
    for found in findings:
        assert isinstance(found, dict)
        message = found["message"]
        assert isinstance(message, dict)
        assert set(message) == {"en", "nl"}


def test_json_of_standard_input_is_an_object(run: CommandLine, badge: Path) -> None:
    ran = run("verify", "-", "--format", "json", stdin=badge.read_bytes())
    assert (ran.code, ran.err, ran.data["subject"]) == (0, "", "-")


def test_json_of_several_files_or_a_folder_is_an_array(run: CommandLine, badge: Path, rejected: Path) -> None:
    ran = run("verify", badge, rejected, "--format", "json")
    assert (ran.code, ran.err) == (1, "")
    assert [item["accepted"] for item in ran.items] == [True, False]
    Path("folder").mkdir()
    badge.rename("folder/ada.json")
    ran = run("verify", "folder", "--format", "json")
    assert (ran.code, ran.err) == (0, "")
    assert [item["subject"] for item in ran.items] == ["folder/ada.json"]


def test_every_form_of_a_badge_is_read(run: CommandLine, issue: Issue) -> None:
    pictures = Path(__file__).parents[2] / "examples" / "breakthrough"
    issue("a.jwt", "--proof", "vc-jwt")
    issue("b.png", "--picture", pictures / "facilitator.png")
    issue("c.svg", "--picture", pictures / "facilitator.svg", "--proof", "vc-jwt")
    ran = run("verify", "a.jwt", "b.png", "c.svg", "--format", "json")
    assert ran.code == 0
    assert [item["format"] for item in ran.items] == ["jwt", "png", "svg"]


def test_rejected_wins_over_undetermined_and_that_over_accepted(
    run: CommandLine, badge: Path, rejected: Path, undetermined: Path
) -> None:
    assert run("verify", badge, undetermined).code == 3
    assert run("verify", undetermined, rejected, badge).code == 1
    assert run("verify", badge, badge).code == 0


def test_reports_of_several_badges_are_set_apart(run: CommandLine, badge: Path, rejected: Path) -> None:
    ran = run("verify", badge, rejected)
    assert "\n\nrejected.json: REJECTED" in ran.text
    assert not ran.text.startswith("\n")


def test_a_file_that_is_no_badge_is_rejected(run: CommandLine, badge: Path) -> None:
    Path("note.txt").write_text("Dear all")
    ran = run("verify", "note.txt")
    assert (ran.code, ran.err) == (1, "")
    assert "✗ BADGE-FORMAT: This is no badge" in ran.text
    assert run("verify", badge, "note.txt").code == 1


def test_a_path_that_does_not_exist_is_wrong_usage(run: CommandLine, badge: Path) -> None:
    assert run("verify", "missing.json").refused(2, "CLI-FILE: missing.json cannot be read: No such file")
    assert run("verify", badge, "missing.json").refused(2, "missing.json")
    assert run("verify", "ada.json/inside").refused(2, "ada.json/inside cannot be read: Not a directory")


def test_nothing_to_verify_is_wrong_usage(run: CommandLine) -> None:
    ran = run("verify")
    assert (ran.code, ran.out) == (2, b"")
    assert "Missing argument" in ran.err


def test_standard_input_that_is_empty_is_rejected(run: CommandLine) -> None:
    ran = run("verify", "-")
    assert (ran.code, ran.err) == (1, "")
    assert "✗ JSON-EMPTY" in ran.text


@pytest.mark.parametrize("form", ["xml", "", "JSONL"])
def test_a_format_that_is_not_offered_is_wrong_usage(run: CommandLine, badge: Path, form: str) -> None:
    ran = run("verify", badge, "--format", form)
    assert (ran.code, ran.out) == (2, b"")
    assert "--format" in ran.err


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch, badge: Path) -> None:
    pages: dict[str, bytes | Fetched] = {
        URL: badge.read_bytes(),
        f"{URL}.gone": Fetched(f"{URL}.gone", f"{URL}.gone", 410, "text/html", b""),
    }
    monkeypatch.setattr("openbadge_issuer.cli.verify.guarded_fetcher", lambda: Documents(pages))


@pytest.mark.usefixtures("web")
def test_an_address_is_refused_unless_online_is_said(run: CommandLine) -> None:
    assert run("verify", URL).refused(2, f"CLI-ONLINE: {URL} is an address on the web", "Add --online")


@pytest.mark.usefixtures("web")
def test_online_fetches_the_badge(run: CommandLine) -> None:
    ran = run("verify", URL, "--online", "--format", "json")
    assert (ran.code, ran.err, ran.data["subject"]) == (0, "", URL)


@pytest.mark.usefixtures("web")
def test_a_badge_that_cannot_be_had_is_undetermined(run: CommandLine) -> None:
    assert run("verify", f"{URL}.gone", "--online").refused(3, "FETCH-STATUS", f"{URL}.gone", "410")


def test_plain_http_is_not_fetched(run: CommandLine) -> None:
    assert run("verify", "http://badges.example/ada.json", "--online").refused(3, "FETCH-SCHEME", "http:")


@pytest.mark.usefixtures("web")
def test_online_finds_the_status_list_too(run: CommandLine, undetermined: Path) -> None:
    ran = run("verify", undetermined, "--online", "--format", "json")
    assert ran.code == 3
    assert any(code.startswith(("FETCH-", "DOCUMENTS-")) for code in codes(ran.data, "undetermined"))


def test_control_characters_in_a_badge_are_written_as_escapes(run: CommandLine, issue: Issue) -> None:
    document = json.loads(Path("achievement.json").read_bytes())
    document["name"] = "Ada\x1b[2J\n  ✓ trust: passed\u202e\u200d\u00a0\x9b"
    Path("achievement.json").write_text(json.dumps(document))
    ran = run("verify", issue("ada.json"))
    assert ran.code == 0
    assert not any(character in ran.text for character in "\x1b\u202e\x9b")
    assert "\n  ✓ trust" not in ran.text
    assert sum("Ada" in line for line in ran.text.splitlines()) == 1


def test_letters_of_every_language_are_left_as_they_are(run: CommandLine, issue: Issue) -> None:
    document = json.loads(Path("achievement.json").read_bytes())
    document["name"] = "Ångström · 工作坊 · Ünïcödé"
    Path("achievement.json").write_text(json.dumps(document))
    assert "Ångström · 工作坊 · Ünïcödé" in run("verify", issue("ada.json")).text


def test_control_characters_in_a_file_name_are_written_as_escapes(run: CommandLine) -> None:
    assert run("verify", "a\x1b[2Jb").refused(2, "CLI-FILE: a\\x1b[2Jb cannot be read")


def test_a_fetcher_that_fails_is_one_sentence(run: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    class Failing:
        def fetch(self, url: str, *, accept: str = "", max_bytes: int = 0) -> Fetched:
            del accept, max_bytes
            raise ResolutionError("FETCH-STATUS", url=url, status=503)

    monkeypatch.setattr("openbadge_issuer.cli.verify.guarded_fetcher", Failing)
    assert run("verify", URL, "--online") == Ran(3, b"", run("verify", URL, "--online").err)
    assert EMAIL not in run("verify", URL, "--online").err
