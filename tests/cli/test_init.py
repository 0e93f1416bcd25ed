"""Making a home at the command line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cli.running import CommandLine, run_program
from founded_homes import POLICY
from openbadge_issuer.policy.policy_file import read_policy

GIVEN = (
    "--domain", "badges.example", "--name", "Breakthrough", "--contact", "badges@breakthrough.example",
    "--founder", "Marit",
)  # fmt: skip


def test_init_makes_a_home_and_says_what_comes_next(run: CommandLine, home: Path) -> None:
    ran = run("init", "org", *GIVEN, "--email", "marit@breakthrough.example")
    assert ran.code == 0
    founder = ran.data["founder"]
    assert isinstance(founder, dict)
    assert ran.data == {
        "home": "org",
        "organisation": {"id": "did:web:badges.example", "name": "Breakthrough"},
        "policy": {
            "file": "org/badge-policy.toml",
            "digest": read_policy((home / "org/badge-policy.toml").read_bytes()).digest,
        },
        "founder": {"person": founder["person"], "name": "Marit", "role": "manager"},
        "key": {"name": "key-1", "verificationMethod": "did:web:badges.example#key-1"},
    }
    told = ran.err.splitlines()
    assert told[0].startswith("org/private/issuer.key: keep this file and its password apart")
    assert len(told) == 4
    assert run("policy", "check", "org/badge-policy.toml", "--strict").code == 0
    ran = run("person", "show", "marit@breakthrough.example", "--home", "org")
    assert (ran.data["person"], ran.data["name"]) == (founder["person"], "Marit")
    assert run("publish", "--home", "org").code == 0
    assert run("publish", "--check", "--home", "org").items == []


def test_a_dutch_home_speaks_dutch(run: CommandLine, home: Path) -> None:
    ran = run("init", "org", *GIVEN, "--language", "nl", "--language", "en", "--lang", "nl")
    assert ran.code == 0
    assert "bewaar dit bestand en het wachtwoord apart" in ran.err
    text = (home / "org/badge-policy.toml").read_text()
    assert "Wie doet wat" in text
    assert read_policy(text.encode()).organisation.languages == ("nl", "en")


def test_a_policy_that_is_there_already_is_taken_as_it_is(run: CommandLine, home: Path) -> None:
    (home / "ours.toml").write_bytes(POLICY)
    ran = run("init", "org", "--policy", "ours.toml", "--founder", "Marit", "--role", "manager")
    assert ran.code == 0
    assert (home / "org/badge-policy.toml").read_bytes() == POLICY


def test_a_policy_says_already_who_the_organisation_is(run: CommandLine, home: Path) -> None:
    (home / "ours.toml").write_bytes(POLICY)
    for option in (("--name", "Other"), ("--language", "nl")):
        ran = run("init", "org", "--policy", "ours.toml", "--founder", "Marit", *option)
        assert (ran.code, ran.out) == (2, b"")
    assert not (home / "org").exists()


def test_an_unsound_policy_is_refused_with_every_error(run: CommandLine, home: Path) -> None:
    text = POLICY.decode().replace('"design",', "").replace('"grant-roles",', "")
    (home / "ours.toml").write_text(text)
    ran = run("init", "org", "--policy", "ours.toml", "--founder", "Marit")
    assert (ran.code, ran.out) == (1, b"")
    assert "ours.toml:" in ran.err
    assert "POLICY-RIGHT-NOBODY" in ran.err
    (home / "ours.toml").write_text("eyes = ")
    assert run("init", "org", "--policy", "ours.toml", "--founder", "Marit").code == 1
    assert run("init", "org", "--policy", "none.toml", "--founder", "Marit").refused(
        2, "CLI-FILE", "none.toml"
    )
    assert not (home / "org").exists()


@pytest.mark.parametrize(
    ("options", "missing"),
    [
        ((), "--domain, --name, --contact, --founder"),
        (GIVEN[:2], "--name, --contact, --founder"),
        ((*GIVEN[:6], "--founder", " "), "--founder"),
    ],
)
def test_what_is_missing_is_named_where_nobody_can_be_asked(
    run: CommandLine, home: Path, options: tuple[str, ...], missing: str
) -> None:
    assert run("init", "org", *options).refused(
        2, f"HOME-INCOMPLETE: Something is missing to begin with: {missing}."
    )
    assert not (home / "org").exists()


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"badges.example": "badges"}, "HOME-DOMAIN"),
        ({"badges@breakthrough.example": "badges"}, "TOML-E-MAIL"),
        ({"Breakthrough": "a\x1bb"}, "TOML-CONTROL"),
    ],
)
def test_what_cannot_stand_in_a_policy_is_refused(
    run: CommandLine, home: Path, changed: dict[str, str], code: str
) -> None:
    ran = run("init", "org", *(changed.get(one, one) for one in GIVEN))
    assert ran.refused(2, code)
    assert "\x1b" not in ran.err
    assert not (home / "org").exists()


def test_a_home_is_never_made_anew(run: CommandLine, home: Path, home_template: Path) -> None:
    shutil.copytree(home_template, home / "org")
    before = {path: path.read_bytes() for path in (home / "org").rglob("*") if path.is_file()}
    assert run("init", "org", *GIVEN).refused(2, "HOME-EXISTS", "org/badge-policy.toml")
    (home / "org/badge-policy.toml").rename(home / "moved.toml")
    assert run("init", "org", *GIVEN).refused(2, "HOME-EXISTS", "org/")
    (home / "moved.toml").rename(home / "org/badge-policy.toml")
    assert {path: path.read_bytes() for path in (home / "org").rglob("*") if path.is_file()} == before


def test_a_founder_who_cannot_be_is_refused(run: CommandLine, home: Path) -> None:
    assert run("init", "org", *GIVEN, "--role", "king").refused(1, "ROLE-UNKNOWN", "king")
    assert run("init", "org", *GIVEN, "--role", "assessor").refused(1, "ROLE-FOUNDING")
    assert run("init", "org", *GIVEN, "--email", "marit").refused(1, "PERSON-EMAIL")
    assert not (home / "org").exists()


def test_a_key_without_a_password_is_not_made(
    run: CommandLine, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENBADGE_KEY_PASSWORD", "")
    assert run("init", "org", *GIVEN).refused(2, "KEY-PASSWORD-EMPTY")
    assert not (home / "org").exists()


def test_without_the_database_library_nothing_is_begun(
    run: CommandLine, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("openbadge_issuer.cli.home_options.find_spec", lambda _name: None)
    assert run("init", "org", *GIVEN).refused(2, "HOME-EXTRA")
    assert not (home / "org").exists()


def test_what_is_missing_is_asked_for_at_a_terminal(
    run: CommandLine, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("openbadge_issuer.cli.init.somebody_types", lambda: True)
    answers = b"badges.example\nBreakthrough\nbadges@breakthrough.example\nMarit\n"
    ran = run("init", "org", "--lang", "nl", stdin=answers)
    assert ran.code == 0
    for question in ("Het domein van uw badges", "De naam van uw organisatie", "Uw eigen naam"):
        assert question in ran.err
    policy = read_policy((home / "org/badge-policy.toml").read_bytes())
    assert (policy.organisation.name, policy.organisation.languages) == ("Breakthrough", ("nl",))


def test_a_place_that_cannot_be_written_is_refused(run: CommandLine, home: Path) -> None:
    (home / "file").write_text("x")
    assert run("init", "file", *GIVEN).refused(2, "HOME-WRITE", "file")
    assert run("init", "file/org", *GIVEN).refused(2, "HOME-WRITE", "file/org")
    assert (home / "file").read_text() == "x"


def test_the_installed_program_makes_a_home(home: Path) -> None:
    ran = run_program("init", "org", *GIVEN)
    assert (ran.code, ran.data["home"]) == (0, "org")
    assert "Traceback" not in ran.err
    assert {path.name for path in (home / "org").iterdir()} == {
        "badge-policy.toml",
        "badges",
        "private",
        "public",
    }


def test_the_register_may_be_one_of_several_organisations(
    run: CommandLine, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BADGES", f"sqlite:///{home}/shared.db")
    assert run("init", "org", *GIVEN, "--register", "env:BADGES").code == 0
    assert (home / "org/home.toml").read_text() == 'register = "env:BADGES"\n'
    assert run("records", "verify", "--home", "org").code == 3  # nothing is published yet
    other = ("--domain", "other.example", *GIVEN[2:])
    assert run("init", "other", *other, "--register", "env:BADGES").code == 0
    assert run("init", "third", *GIVEN, "--register", "env:BADGES").refused(2, "HOME-IN-REGISTER")
    assert not (home / "third").exists()


def test_an_address_of_a_register_does_not_stand_in_a_command(run: CommandLine, home: Path) -> None:
    ran = run("init", "org", *GIVEN, "--register", "postgresql+psycopg://badges:secret@db/badges")
    assert ran.code == 2
    assert "env:NAME" in ran.err
    assert not (home / "org").exists()
