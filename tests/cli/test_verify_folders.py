from __future__ import annotations

import os
from pathlib import Path

import pytest

from cli.running import CommandLine, run_program


@pytest.fixture
def folder(badge: Path, home: Path) -> Path:
    """A folder with a badge two levels down."""
    (home / "folder/a/b").mkdir(parents=True)
    badge.rename(home / "folder/a/b/ada.json")
    return Path("folder")


def subjects(run: CommandLine, folder: Path) -> tuple[list[object], str]:
    ran = run("verify", folder, "--format", "json")
    return [item["subject"] for item in ran.items], ran.err


def test_folders_are_searched_to_the_bottom_and_the_rest_is_counted(run: CommandLine, folder: Path) -> None:
    for name in ("README.md", "a/list.json", "a/photo.png"):
        (folder / name).write_text("{}" if name.endswith("json") else "no badge")
    (folder / "a/blank.png").write_bytes(
        (Path(__file__).parents[2] / "examples/breakthrough/facilitator.png").read_bytes()
    )
    ran = run("verify", folder)
    assert (ran.code, ran.err) == (0, "4 file(s) without a badge were passed over.\n")
    assert ran.text.startswith("folder/a/b/ada.json: ACCEPTED")


def test_badges_come_in_the_order_of_their_names(run: CommandLine, folder: Path) -> None:
    badge = (folder / "a/b/ada.json").read_bytes()
    for name in ("z.json", "b.json", "a/c.json"):
        (folder / name).write_bytes(badge)
    found, told = subjects(run, folder)
    assert (found, told) == (
        ["folder/b.json", "folder/z.json", "folder/a/c.json", "folder/a/b/ada.json"],
        "",
    )


@pytest.mark.parametrize(
    ("name", "content"),
    [("cut.json", b'{"type": ["OpenBadgeCredential"'), ("cut.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")],
)
def test_a_broken_badge_in_a_folder_is_rejected_not_passed_over(
    run: CommandLine, folder: Path, name: str, content: bytes
) -> None:
    (folder / name).write_bytes(content)
    ran = run("verify", folder)
    assert (ran.code, ran.err) == (1, "")
    assert f"folder/{name}: REJECTED" in ran.text


def test_a_folder_without_badges_is_wrong_usage(run: CommandLine, home: Path) -> None:
    (home / "empty/folder").mkdir(parents=True)
    assert run("verify", "empty").refused(2, "CLI-NO-BADGE: There is no badge in empty.")
    (home / "empty/note.txt").write_text("Dear all")
    ran = run("verify", "empty")
    assert (ran.code, ran.out) == (2, b"")
    assert ran.err.startswith("1 file(s) without a badge were passed over.\nCLI-NO-BADGE: ")


def test_json_of_a_folder_without_badges_is_an_empty_array(run: CommandLine, home: Path) -> None:
    (home / "empty").mkdir()
    ran = run("verify", "empty", "--format", "json")
    assert (ran.code, ran.items) == (2, [])


def test_files_whose_names_begin_with_a_dot_are_not_looked_at(run: CommandLine, folder: Path) -> None:
    (folder / ".ada.json.part").write_text("{")
    assert subjects(run, folder) == (["folder/a/b/ada.json"], "")
    (folder / ".ada.json.part").unlink()  # the fixture tells half-written files by such names


def test_pipes_and_links_to_nowhere_are_passed_over(run: CommandLine, folder: Path) -> None:
    os.mkfifo(folder / "pipe.json")
    (folder / "dangling.json").symlink_to("nowhere")
    assert subjects(run, folder) == (["folder/a/b/ada.json"], "2 file(s) without a badge were passed over.\n")


def test_links_to_folders_are_not_followed(run: CommandLine, folder: Path) -> None:
    (folder / "a/circle").symlink_to("..")
    assert subjects(run, folder) == (["folder/a/b/ada.json"], "")


def test_a_file_too_large_for_a_badge_is_passed_over_in_a_folder_and_refused_by_name(
    run: CommandLine, folder: Path
) -> None:
    with (folder / "film.json").open("wb") as file:
        file.truncate(33_554_433)  # sparse: takes no room
    assert subjects(run, folder) == (["folder/a/b/ada.json"], "1 file(s) without a badge were passed over.\n")
    assert run("verify", "folder/film.json").refused(
        2, "CLI-SIZE: folder/film.json is larger than 33554432 bytes"
    )


@pytest.mark.parametrize("locale", ["utf-8", "ascii", "cp1252"])
def test_a_name_that_is_no_text_is_written_with_escapes(folder: Path, home: Path, locale: str) -> None:
    badge = home / os.fsdecode(b"\xff.json")
    (folder / "a/b/ada.json").rename(badge)
    environment = {"PYTHONIOENCODING": f"{locale}:strict"}
    ran = run_program("verify", os.fsencode(badge.name), cwd=home, environment=environment)
    assert (ran.code, ran.err) == (0, "")
    assert b"\\udcff.json: ACCEPTED" in ran.out
    ran = run_program(
        "verify", os.fsencode(badge.name), "--format", "json", cwd=home, environment=environment
    )
    assert (ran.code, ran.err) == (0, "")
    assert ran.data["subject"] == "\udcff.json"
