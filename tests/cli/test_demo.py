from __future__ import annotations

import base64
import json
import os
import shlex
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest

from cli.running import CommandLine, Ran, run_here, run_program, secret_forms
from openbadge_issuer.assertions.json_text import JsonObject

LISTED = {"badges", "private", "public", "documents.json", "reports.json", "badge-policy.toml"}
FILES = {
    *(f"badges/{who}.{ending}" for who in ("ada", "bo") for ending in ("json", "png", "svg")),
    "private/issuer.key",
    "private/keys.json",
    "private/register.db",
    "public/.well-known/did.json",
    "public/achievements/workshop-facilitator/1-en",
    "public/achievements/workshop-facilitator/1-nl",
    "public/achievements/workshop-facilitator/1.svg",
    "public/annulments.jwt",
    "public/register-head.jwt",
    "public/revocations.json",
    "public/status/revocation",
    *(LISTED - {"badges", "private", "public"}),
}
TOLD = {
    "en": ("One badge of Breakthrough", "ACCEPTED", "REJECTED", "The workshop was not observed to its end."),
    "nl": ("Eén badge van Breakthrough", "GEACCEPTEERD", "AFGEWEZEN", "De workshop is niet tot het einde"),
}
PEOPLE = (b"ada@example.org", b"Ada", b"Joris", b"Samir", b"Noor")


@pytest.fixture(scope="module", params=["en", "nl"])
def language(request: pytest.FixtureRequest) -> str:
    """Each language in turn."""
    chosen: str = request.param
    return chosen


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, language: str) -> Path:
    return tmp_path_factory.mktemp("demo") / language


@pytest.fixture(scope="module")
def shown(folder: Path, language: str) -> Iterator[Ran]:
    """The demonstration, run once for each language."""
    kept = dict(os.environ)
    os.environ.pop("OPENBADGE_LANG", None)
    yield run_here(("demo", "--into", str(folder), "--lang", language), b"")
    os.environ.clear()
    os.environ.update(kept)


def found_in(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_it_goes_as_told(shown: Ran, language: str) -> None:
    assert (shown.code, shown.err) == (0, "")
    for words in TOLD[language]:
        assert words in shown.text
    assert shown.text.count(TOLD[language][1]) == 2
    assert shown.text.count(TOLD[language][2]) == 2


def test_it_lists_the_files_that_it_left(shown: Ran, folder: Path) -> None:
    assert found_in(folder) > FILES
    listed = {line.split()[0] for line in shown.text.splitlines() if line.startswith("  ") and line.split()}
    assert listed >= LISTED
    assert {path.name for path in folder.iterdir()} == {*LISTED, ".openbadge-demo"}


def test_it_leaves_four_reports(shown: Ran, folder: Path, language: str) -> None:
    assert shown.code == 0
    reports = cast("list[JsonObject]", json.loads((folder / "reports.json").read_bytes()))
    assert [report["accepted"] for report in reports] == [True, True, False, False]
    wrong = [failures(report) for report in reports]
    assert [set(codes) for codes in wrong] == [set(), set(), {"ANNULMENT-SUSPENDED"}, {"STATUS-REVOKED"}]
    message = cast("JsonObject", wrong[3]["STATUS-REVOKED"]["message"])
    assert TOLD[language][3] in str(message["en"])
    assert TOLD[language][3] in str(message["nl"])


def failures(report: JsonObject) -> dict[str, JsonObject]:
    findings = cast("list[JsonObject]", report["findings"])
    return {str(found["code"]): found for found in findings if found["outcome"] == "failed"}


def test_the_private_half_is_for_its_owner(shown: Ran, folder: Path) -> None:
    assert shown.code == 0
    assert stat.S_IMODE((folder / "private").stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "private/issuer.key").stat().st_mode) == 0o600
    assert stat.S_IMODE((folder / "private/password.txt").stat().st_mode) == 0o600
    password = (folder / "private/password.txt").read_text().strip()
    assert password not in shown.text
    forms = secret_forms((folder / "private/issuer.key").read_bytes(), password)
    written = {name: (folder / name).read_bytes() for name in found_in(folder) - {"private/password.txt"}}
    assert not [name for name, data in written.items() if password.encode() in data]
    assert not [name for name, data in written.items() if any(form in data for form in forms)]
    assert not any(form in shown.out for form in forms)


def test_nothing_that_is_published_names_anybody(shown: Ran, folder: Path) -> None:
    assert shown.code == 0
    public = {path: path.read_bytes() for path in (folder / "public").rglob("*") if path.is_file()}
    assert len(public) >= 12
    for path, data in public.items():
        parts = data.split(b".") if path.suffix == ".jwt" else []
        read = b"".join((data, *map(decoded, parts)))
        assert not [name for name in PEOPLE if name in read], path


def decoded(part: bytes) -> bytes:
    return base64.urlsafe_b64decode(part.strip() + b"=" * (-len(part.strip()) % 4))


def test_afterwards_one_badge_is_revoked_and_the_other_counts(shown: Ran, folder: Path) -> None:
    assert shown.code == 0
    documents, badges = str(folder / "documents.json"), str(folder / "badges")
    ran = run_here(("verify", "--documents", documents, badges, "--format", "json"), b"")
    assert (ran.code, ran.err) == (1, "")
    assert {Path(str(item["subject"])).name: item["accepted"] for item in ran.items} == {
        f"{who}.{ending}": who == "bo" for who in ("ada", "bo") for ending in ("json", "png", "svg")
    }


def test_the_commands_that_it_names_at_the_end_work(run: CommandLine) -> None:
    ran = run("demo")
    assert ran.code == 0
    named = [line for line in ran.text.splitlines() if line.startswith("  openbadge-issuer ")]
    lines = [shlex.split(line)[1:] for line in named]
    assert [words[:2] for words in lines] == [
        ["verify", "--documents"],
        ["case", "list"],
        ["records", "verify"],
        ["policy", "explain"],
    ]
    assert [run(*words).code for words in lines] == [1, 0, 0, 0]


def test_it_may_be_run_again_into_the_same_folder(run: CommandLine, home: Path) -> None:
    assert run("demo", "--into", "again").code == 0
    first = (home / "again/public/.well-known/did.json").read_bytes()
    ran = run("demo", "--into", "again", "--lang", "nl")
    assert (ran.code, ran.err) == (0, "")
    assert (home / "again/public/.well-known/did.json").read_bytes() != first
    assert found_in(home / "again") > FILES


def test_an_empty_folder_is_taken(run: CommandLine, home: Path) -> None:
    (home / "empty").mkdir()
    assert run("demo", "--into", "empty").code == 0


def test_a_folder_of_somebody_else_is_left_alone(run: CommandLine, home: Path) -> None:
    (home / "foreign").mkdir()
    (home / "foreign/thesis.txt").write_text("years of work")
    assert run("demo", "--into", "foreign").refused(2, "CLI-DEMO-FOLDER: foreign is not empty")
    assert run("demo", "--into", "foreign", "--lang", "nl").refused(
        2, "CLI-DEMO-FOLDER: foreign is niet leeg"
    )
    assert found_in(home / "foreign") == {"thesis.txt"}


@pytest.mark.parametrize("place", ["issuer.json", "issuer.json/inside"])
def test_a_place_that_cannot_be_a_folder_is_wrong_usage(run: CommandLine, place: str) -> None:
    assert run("demo", "--into", place).refused(2, f"CLI-WRITE: {place} cannot be written")


def test_another_language_is_wrong_usage(run: CommandLine, home: Path) -> None:
    ran = run("demo", "--into", "folder", "--lang", "fr")
    assert (ran.code, ran.out) == (2, b"")
    assert "choose en or nl" in ran.err
    assert not (home / "folder").exists()


def test_the_program_runs_it_in_the_language_of_the_environment(home: Path) -> None:
    ran = run_program("demo", cwd=home, environment={"OPENBADGE_LANG": "nl"})
    assert (ran.code, ran.err) == (0, "")
    assert ran.text.startswith("Eén badge van Breakthrough")
