"""The root of the command line: help, completion, streams, and what happens when everything fails."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from cli.running import PROGRAM, CommandLine, Ran, run_here, run_program
from openbadge_issuer import __version__
from openbadge_issuer.cli.reference import commands

COMMANDS = commands()
needs_full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")


def shell(line: str, home: Path) -> Ran:
    """Run a line of shell; `$P` is the program."""
    ended = subprocess.run(
        ["/bin/sh", "-c", line],  # lines of this file
        capture_output=True,
        check=False,
        cwd=home,
        env={**os.environ, "P": str(PROGRAM)},
    )
    return Ran(ended.returncode, ended.stdout, ended.stderr.decode())


def test_the_commands_are_known() -> None:
    groups = {
        "": "demo init publish issue bake unbake migrate verify",
        "policy": "check explain diff adopt",
        "role": "grant end handover take train list",
        "person": "add change consent withdraw-consent show list",
        "badge": "define lint review activate retire look-anew list show",
        "award": "open assess grant not-yet withdraw object decide-objection inform follow complete badge "
        "show list",
        "case": "report acknowledge assign suspend resume note hear decide correct inform object "
        "decide-objection prevent close show list",
        "misuse": "report assign note measure close show list",
        "review": "due",
        "records": "verify export erase retain backup restore",
        "key": "new add list show rotate retire compromise did-document",
        "status": "create set unset show publish",
    }
    leaves = {f"{group} {name}".strip() for group, names in groups.items() for name in names.split()}
    assert {" ".join(words) for words in COMMANDS} == {*groups, *leaves}


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("option", ["--help", "-h"])
def test_every_command_explains_every_option(run: CommandLine, words: tuple[str, ...], option: str) -> None:
    ran = run(*words, option)
    assert (ran.code, ran.err) == (0, "")
    for parameter in COMMANDS[words].parameters:
        assert parameter.kind == "argument" or all(name in ran.text for name in parameter.names)
        assert parameter.help, f"{words} {parameter.names} is not explained"


def test_every_command_says_in_one_sentence_what_it_does(run: CommandLine) -> None:
    listed = run("--help").text
    for words in COMMANDS:
        if len(words) == 1:
            assert f" {words[0]} " in listed
    assert "Exit codes: 0 accepted or done, 1 rejected, 2 wrong usage, 3 could not be determined." in listed


@pytest.mark.parametrize("words", [(), ("key",), ("status",), ("policy",)])
def test_a_group_without_a_command_shows_its_help(run: CommandLine, words: tuple[str, ...]) -> None:
    ran = run(*words)
    assert ran.code == 2
    assert "Usage: " in ran.text + ran.err


@pytest.mark.parametrize(
    "words", [("revoke",), ("key", "rotate"), ("status", "delete"), ("verify", "--nonsense")]
)
def test_what_does_not_exist_is_wrong_usage(run: CommandLine, words: tuple[str, ...]) -> None:
    ran = run(*words)
    assert (ran.code, ran.out) == (2, b"")
    assert f"'{words[-1]}'" in ran.err or words[-1] in ran.err


def test_the_version_is_told(run: CommandLine) -> None:
    assert run("--version") == Ran(0, f"openbadge-issuer {__version__}\n".encode(), "")


@pytest.mark.parametrize("name", ["bash", "zsh", "fish"])
def test_completion_is_offered_for_each_shell(home: Path, name: str) -> None:
    environment = {"_OPENBADGE_ISSUER_COMPLETE": f"source_{name}"}
    ran = run_program(cwd=home, environment=environment)
    assert (ran.code, ran.err) == (0, "")
    assert "openbadge-issuer" in ran.text


def test_completion_knows_commands_and_their_options(home: Path) -> None:
    def offered(line: str) -> str:
        environment = {
            "_OPENBADGE_ISSUER_COMPLETE": "complete_bash",
            "COMP_WORDS": line,
            "COMP_CWORD": str(len(line.split(" ")) - 1),
        }
        return run_program(cwd=home, environment=environment).text

    assert set(offered("openbadge-issuer ").split()) >= {"demo", "key", "issue", "status", "verify"}
    assert offered("openbadge-issuer ver").split() == ["verify"]
    assert "--expected-issuer" in offered("openbadge-issuer verify --exp")


def test_completion_is_an_option_of_the_root_alone(run: CommandLine) -> None:
    for option in ("--install-completion", "--show-completion"):
        assert option in run("--help").text
        assert option not in run("verify", "--help").text


class UnforeseenError(RuntimeError):
    """A fault of the program."""


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """Something inside fails in a way that nobody foresaw."""

    def fail(*arguments: object, **options: object) -> None:
        raise UnforeseenError("secret inside", arguments, options)

    monkeypatch.setattr("openbadge_issuer.cli.verify.verify", fail)


@pytest.mark.usefixtures("broken")
def test_a_fault_of_the_program_is_two_sentences_and_determines_nothing(
    run: CommandLine, badge: Path
) -> None:
    assert run("verify", badge) == Ran(
        3,
        b"",
        "This is a fault of openbadge-issuer itself (UnforeseenError); please report it.\n"
        "Set OPENBADGE_DEBUG=1 and run it again to see where it happened.\n",
    )


@pytest.mark.usefixtures("broken")
def test_a_fault_of_the_program_is_shown_to_who_looks_for_it(
    badge: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENBADGE_DEBUG", "1")
    with pytest.raises(UnforeseenError):
        run_here(("verify", str(badge)), b"")


@pytest.fixture
def many(badge: Path, home: Path) -> Path:
    """More badges than fit into a pipe."""
    (home / "many").mkdir()
    for number in range(60):
        (home / f"many/{number}.json").write_bytes(badge.read_bytes())
    return Path("many")


@pytest.mark.parametrize("options", ["", "--format json"])
@pytest.mark.usefixtures("many")
def test_a_reader_that_goes_early_is_no_reason_to_complain(home: Path, options: str) -> None:
    ran = shell(f'"$P" verify many {options} | head -1', home)
    assert (ran.code, ran.err) == (0, "")
    assert len(ran.out.splitlines()) == 1


def test_a_reader_that_never_came_is_no_reason_to_complain(home: Path, badge: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    ended = subprocess.run(
        [PROGRAM, "unbake", "-"], stdin=subprocess.DEVNULL, stdout=write, stderr=subprocess.PIPE, check=False
    )
    assert b"Traceback" not in ended.stderr
    ended = subprocess.run(
        [PROGRAM, "verify", badge], cwd=home, stdout=write, stderr=subprocess.PIPE, check=False
    )
    os.close(write)
    assert (ended.returncode, ended.stderr) == (1, b"")


@needs_full
@pytest.mark.parametrize(
    "command", ["verify ada.json", "verify --format json ada.json", "key show --key key.pem"]
)
@pytest.mark.usefixtures("badge")
def test_a_full_disk_behind_standard_output_is_one_sentence(home: Path, command: str) -> None:
    ran = shell(f'"$P" {command} > /dev/full', home)
    assert ran.refused(2, "CLI-WRITE: stdout cannot be written: No space left on device.")


@pytest.mark.usefixtures("badge")
def test_closed_streams_are_survived(home: Path) -> None:
    assert shell('"$P" verify ada.json >&-', home) == Ran(0, b"", "")
    assert shell('"$P" key show --key key.pem >&-', home).refused(2, "CLI-WRITE: stdout cannot be written")
    assert shell('"$P" verify - <&-', home).refused(2, "CLI-FILE: stdin cannot be read: it is closed")
    ran = shell('unset OPENBADGE_KEY_PASSWORD; "$P" key show --key key.pem <&-', home)
    assert ran.refused(2, "KEY-PASSWORD-NEEDED")
    assert shell('"$P" verify ada.json 2>&-', home).code == 0
    assert shell('"$P" verify missing.json 2>&-', home) == Ran(2, b"", "")


@pytest.mark.usefixtures("badge")
def test_standard_input_is_read_by_the_program(home: Path) -> None:
    ran = shell('"$P" verify - --format json < ada.json', home)
    assert (ran.code, ran.err, ran.data["subject"]) == (0, "", "-")


def test_an_interrupt_ends_quietly(run: CommandLine, badge: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*arguments: object, **options: object) -> None:
        del arguments, options
        raise KeyboardInterrupt

    monkeypatch.setattr("openbadge_issuer.cli.verify.verify", interrupted)
    assert run("verify", badge) == Ran(130, b"", "")
