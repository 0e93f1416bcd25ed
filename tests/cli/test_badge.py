"""The catalogue at the command line."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from pathlib import Path

import pytest

from cli.conftest import HOST as HOST_TOML
from cli.conftest import Clock
from cli.running import CommandLine
from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.baking import bake

SVG = (Path(__file__).parents[2] / "examples/breakthrough/facilitator.svg").read_bytes()
PNG = (Path(__file__).parents[2] / "examples/breakthrough/facilitator.png").read_bytes()
AS_JAN, AS_MARIT = ("--as", "Jan"), ("--as", "Marit de Vries")

PICTURE = """\
[picture]
file = "host.svg"
caption = { en = "A circle of people.", nl = "Een kring van mensen." }
"""
HOST = HOST_TOML.replace("\n[[criteria]]", f"\n{PICTURE}\n[[criteria]]", 1)


@pytest.fixture
def host(org: Path) -> Path:
    """The definition of a badge, with its picture beside it."""
    (org / "badges/host.svg").write_bytes(SVG)
    file = org / "badges/host.toml"
    file.write_text(HOST)
    return file


def rewrite(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


def in_use(run: CommandLine, file: Path) -> None:
    """Take a definition into use."""
    for command in (
        ("define", file, *AS_MARIT),
        ("review", "host", "--picture-seen", *AS_JAN),
        ("activate", "host", *AS_JAN),
    ):
        ran = run("badge", *command)
        assert ran.code == 0, ran.err


def pictures(org: Path) -> list[str]:
    folder = org / "private/pictures"
    return sorted(path.parent.name + path.name for path in folder.rglob("*") if path.is_file())


def test_a_badge_goes_from_a_file_into_use(run: CommandLine, org: Path, host: Path) -> None:
    ran = run("badge", "define", host, *AS_MARIT)
    assert (ran.code, ran.err) == (0, "")
    digest = ran.data["digest"]
    assert ran.data == {"badge": "host", "version": 1, "state": "draft", "digest": digest}
    assert pictures(org) == [hashlib.sha256(SVG).hexdigest()]
    host.unlink()
    (org / "badges/host.svg").unlink()
    ran = run("badge", "review", "host", "--picture-seen", *AS_JAN)
    assert ran.data == {"badge": "host", "version": 1, "state": "reviewed", "digest": digest}
    ran = run("badge", "activate", "host", *AS_JAN)
    assert (ran.data["state"], ran.err) == ("active", "Publish for others to see it.\n")
    listed = run("badge", "list").items
    assert listed == [
        {
            "badge": "host",
            "name": "Gastheer",
            "phase": "active",
            "due": "2027-03-02T23:00:00Z",
            "active": 1,
            "latest": 1,
        }
    ]
    assert run("publish", *AS_JAN).code == 0
    assert (org / "public/achievements/host/1.svg").read_bytes() == SVG


def test_a_badge_is_shown_with_its_versions_and_people(run: CommandLine, host: Path) -> None:
    in_use(run, host)
    rewrite(host, "Welcomes people to a workshop.", "Welcomes everybody to a workshop.")
    assert run("badge", "define", host, *AS_MARIT).refused(1, "CATALOGUE-REASON")
    ran = run("badge", "define", host, "--reason", "Said better.", "--feedback", "f1", *AS_MARIT)
    assert (ran.data["version"], ran.data["state"]) == (2, "draft")
    shown = run("badge", "show", "host").data
    assert list(shown) == ["badge", "lookedAt", "intended", "actBy", "versions"]
    versions = shown["versions"]
    assert isinstance(versions, list)
    first, second = (one for one in versions if isinstance(one, dict))
    assert (first["state"], first["authors"], first["reviewedBy"]) == ("active", ["Marit de Vries"], "Jan")
    assert (second["state"], second["reason"], second["feedback"]) == ("draft", "Said better.", "f1")
    assert run("badge", "show", "host", "--version", "2").data == second
    assert run("badge", "show", "host", "--version", "3").refused(1, "CATALOGUE-VERSION")
    assert run("badge", "list").items[0]["latest"] == 2


def test_a_draft_is_written_anew_and_rejected_with_a_note(run: CommandLine, host: Path) -> None:
    run("badge", "define", host, *AS_MARIT)
    assert run("badge", "define", host, *AS_MARIT).refused(1, "CATALOGUE-SAME")
    assert run("badge", "review", "host", "--reject", *AS_JAN).refused(1, "CATALOGUE-NOTE")
    ran = run("badge", "review", "host", "--reject", "--note", "Say for how long.", *AS_JAN)
    assert ran.data["state"] == "draft"
    rewrite(host, "60 minutes", "90 minutes")
    ran = run("badge", "define", host, *AS_MARIT)
    assert (ran.data["version"], ran.data["state"]) == (1, "draft")


def test_safeguards_of_the_policy_hold(run: CommandLine, host: Path) -> None:
    assert run("badge", "define", host, "--as", "Kim").refused(1, "POLICY-NO-RIGHT", "Kim")
    run("badge", "define", host, *AS_MARIT)
    assert run("badge", "review", "host", "--picture-seen", *AS_MARIT).refused(
        1, "CATALOGUE-OWN-REVIEW", "Jan"
    )
    assert run("badge", "review", "host", *AS_JAN).refused(1, "CATALOGUE-PICTURE-UNSEEN")
    assert run("badge", "activate", "host", *AS_JAN).refused(1, "CATALOGUE-NOT-REVIEWED")
    assert run("badge", "look-anew", "host", "--outcome", "keep", "--note", "x", *AS_JAN).refused(
        1, "CATALOGUE-NOT-IN-USE"
    )


@pytest.mark.usefixtures("org")
@pytest.mark.parametrize(
    "command",
    [
        ("review", "host"),
        ("activate", "host"),
        ("retire", "host", "--reason", "x"),
        ("look-anew", "host", "--outcome", "keep", "--note", "x"),
        ("show", "host"),
    ],
)
def test_a_badge_that_there_is_not_is_named(run: CommandLine, command: tuple[str, ...]) -> None:
    who = () if command[0] == "show" else AS_JAN
    assert run("badge", *command, *who).refused(1, "CATALOGUE-UNKNOWN", "host")


def test_a_badge_is_looked_at_anew_and_retired(run: CommandLine, host: Path, clock: Clock) -> None:
    in_use(run, host)
    clock.now += timedelta(days=30)
    ran = run("badge", "look-anew", "host", "--outcome", "keep", "--note", "It fits.", *AS_JAN)
    assert "intended" not in ran.data
    look = ("badge", "look-anew", "host", "--outcome", "retire", "--note", "Nobody wants it.")
    assert run(*look, *AS_JAN).refused(1, "CATALOGUE-ACT-BY")
    ran = run(*look, "--act-by", "2026-06-01", *AS_JAN)
    assert (ran.data["intended"], ran.data["actBy"]) == ("retire", "2026-05-31T22:00:00Z")
    assert run("badge", "list").items[0]["phase"] == "to-retire"
    assert run("badge", "retire", "host", "--reason", " ", *AS_JAN).refused(1, "CATALOGUE-REASON")
    assert run("badge", "retire", "host", "--reason", "Nobody wants it.", *AS_JAN).data["state"] == "retired"
    assert run("badge", "list").items[0]["phase"] == "retired"
    assert run("badge", "retire", "host", "--reason", "Again.", *AS_JAN).refused(1, "CATALOGUE-RETIRED")
    ran = run("badge", "look-anew", "host", "--outcome", "burn", "--note", "x", *AS_JAN)
    assert (ran.code, ran.out) == (2, b"")


def test_a_definition_that_cannot_be_read_is_told_with_every_line(
    run: CommandLine, org: Path, host: Path
) -> None:
    rewrite(host, 'badge = "host"', 'badge = "The Host"\ncolour = "red"')
    ran = run("badge", "define", host, *AS_MARIT)
    assert (ran.code, ran.out) == (1, b"")
    assert [line.split(": ")[2] for line in ran.err.splitlines()[::2]] == ["TOML-NAME", "TOML-UNKNOWN"]
    assert ":1: error:" in ran.err
    assert run("badge", "define", "badges/none.toml", *AS_MARIT).refused(2, "CLI-FILE", "none.toml")
    assert run("badge", "list").items == []
    assert pictures(org) == []


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (None, "CLI-FILE"),
        (PNG, "BADGE-PICTURE-KIND"),
        (bake(SVG, '{"type": ["OpenBadgeCredential"]}'), "BADGE-PICTURE-BAKED"),
        (b"<svg", "PICTURE-UNKNOWN"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', "SVG-SCRIPT"),
        (b"GIF89a", "PICTURE-FORMAT"),
    ],
)
def test_a_picture_that_cannot_be_used_stops_it(
    run: CommandLine, org: Path, host: Path, content: bytes | None, code: str
) -> None:
    (org / "badges/host.svg").unlink()
    if content is not None:
        (org / "badges/host.svg").write_bytes(content)
    assert run("badge", "define", host, *AS_MARIT).refused(2, code, "host.svg")
    assert run("badge", "list").items == []
    assert pictures(org) == []


def test_a_picture_is_never_taken_from_elsewhere(run: CommandLine, host: Path) -> None:
    rewrite(host, "host.svg", "../host.svg")
    ran = run("badge", "define", host, *AS_MARIT)
    assert (ran.code, ran.out) == (1, b"")
    assert "TOML-FILE" in ran.err


def test_who_may_not_design_leaves_no_picture_behind(run: CommandLine, org: Path, host: Path) -> None:
    assert run("badge", "define", host, "--as", "Kim").code == 1
    assert pictures(org) == []


def test_what_criteria_lack_is_told_and_does_not_stop_a_draft(run: CommandLine, host: Path) -> None:
    rewrite(host, "You led one workshop of 60 minutes for five people.", "TODO")
    ran = run("badge", "define", host, *AS_MARIT)
    assert (ran.code, ran.data["state"]) == (0, "draft")
    assert f"{host}:17: error: CRITERIA-EMPTY" in ran.err
    ran = run("badge", "review", "host", "--picture-seen", *AS_JAN)
    assert ran.refused(1, "CATALOGUE-LINT", "CRITERIA-EMPTY")


def test_lint_tells_every_remark_with_its_line(run: CommandLine, host: Path) -> None:
    ran = run("badge", "lint", host)
    assert (ran.code, ran.text, ran.err) == (0, f"{host}: errors: 0, warnings: 0.\n", "")
    rewrite(host, "You sent your plan", "You sent a good plan")
    ran = run("badge", "lint", host)
    assert ran.code == 0
    lines = ran.text.splitlines()
    assert lines[0].startswith(f"{host}:23: warning: CRITERIA-UNMEASURABLE: ")
    assert lines[0].endswith("[/criteria/1/statement/en]")
    assert lines[-1] == f"{host}: errors: 0, warnings: 1."
    assert run("badge", "lint", host, "--strict").code == 1
    ran = run("badge", "lint", host, "--lang", "nl")
    assert ran.text.splitlines()[-1] == f"{host}: fouten: 0, waarschuwingen: 1."
    assert "waarschuwing: CRITERIA-UNMEASURABLE: " in ran.text
    rewrite(host, "You sent a good plan to a badge manager two days before.", "You understand planning.")
    ran = run("badge", "lint", host)
    assert (ran.code, "error: CRITERIA-VAGUE: " in ran.text) == (1, True)


def test_lint_writes_json_and_looks_at_several(run: CommandLine, org: Path, host: Path) -> None:
    (org / "badges/broken.toml").write_text("badge = ")
    ran = run("badge", "lint", "badges/host.toml", "badges/broken.toml", "--format", "json")
    assert (ran.code, ran.err) == (1, "")
    good, broken = ran.items
    assert list(good) == ["file", "accepted", "badge", "digest", "problems"]
    assert (good["file"], good["accepted"], good["badge"]) == ("badges/host.toml", True, "host")
    assert (broken["accepted"], broken["badge"], broken["digest"]) == (False, None, None)
    problems = broken["problems"]
    assert isinstance(problems, list)
    assert isinstance(problems[0], dict)
    assert (problems[0]["code"], problems[0]["line"]) == ("TOML-SYNTAX", 1)
    assert host.exists()


def test_lint_compares_with_the_catalogue_and_knows_the_languages_of_the_home(
    run: CommandLine, host: Path
) -> None:
    in_use(run, host)
    copy = host.with_name("hosts.toml")
    copy.write_text(host.read_text().replace('badge = "host"', 'badge = "hosts"'))
    assert "CATALOGUE-ALIKE" in run("badge", "lint", copy).text
    rewrite(copy, "[text.nl]", "[text.fr]")
    assert "TOML-" in run("badge", "lint", copy).text


def test_lint_needs_no_home(
    run: CommandLine, host: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(home)
    host.rename(home / "host.toml")
    assert run("badge", "lint", "host.toml").code == 0
    assert run("badge", "lint", "host.toml", "--home", "nowhere").refused(2, "HOME-MISSING", "nowhere")
    assert run("badge", "lint", "none.toml").refused(2, "CLI-FILE", "none.toml")


def test_the_words_of_json_are_those_of_the_definition(run: CommandLine, host: Path) -> None:
    in_use(run, host)
    version = run("badge", "show", "host", "--version", "1").data
    definition = version["definition"]
    assert isinstance(definition, dict)
    text: JsonObject = {"name": "Host", "description": "Welcomes people to a workshop."}
    assert isinstance(definition["text"], dict)
    assert definition["text"]["en"] == text
    assert version["pictureDigest"] == hashlib.sha256(SVG).hexdigest()
