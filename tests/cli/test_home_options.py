"""How a command finds its home, and who acts in it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from cli.conftest import Clock
from cli.running import PASSWORD, CommandLine
from openbadge_issuer.cli.edge import REJECTED, USAGE, exit_code_of
from openbadge_issuer.cli.home_options import open_office
from openbadge_issuer.errors import DocumentError, InputError, IssuingError, PolicyError, RegisterError
from openbadge_issuer.signing.key_ring_file import change_key_ring
from openbadge_issuer.signing.signing_key import SigningKey


def test_the_home_is_found_from_a_folder_in_it(
    run: CommandLine, org: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(org / "badges")
    assert len(run("role", "list").items) == 3


def test_the_home_can_be_named_by_an_option_or_in_the_environment(
    run: CommandLine, org: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(org.parent)
    assert run("role", "list").refused(2, "HOME-MISSING", str(org.parent), "--home")
    assert len(run("role", "list", "--home", org).items) == 3
    monkeypatch.setenv("OPENBADGE_HOME", str(org))
    assert len(run("role", "list").items) == 3
    assert run("role", "list", "--home", "elsewhere").refused(2, "HOME-MISSING", "elsewhere")


@pytest.mark.parametrize(
    "who", ["marit@badges.example", "MARIT@badges.example", "Marit de Vries", " marit de vries "]
)
def test_somebody_is_known_by_address_or_name(run: CommandLine, org: Path, who: str) -> None:
    del org
    ran = run("role", "train", "Jan", "Badges", "--as", who)
    assert (ran.code, ran.data["name"]) == (0, "Jan")


def test_somebody_is_known_by_pseudonym_or_by_a_role_that_one_person_holds(
    run: CommandLine, org: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del org
    people = {str(one["name"]): str(one["person"]) for one in run("role", "list").items}
    assert run("person", "show", people["Kim"], "--as", people["Jan"]).data["name"] == "Kim"
    assert run("person", "show", "assessor", "--as", "assessor").data["name"] == "Kim"
    monkeypatch.setenv("OPENBADGE_ACTOR", "Kim")
    assert run("person", "show", "assessor").data["name"] == "Kim"


def test_who_acts_must_be_said_where_several_hold_a_role(run: CommandLine, org: Path) -> None:
    del org
    assert run("person", "list").refused(2, "HOME-WHO-MISSING", "3 people", "--as")


def test_who_acts_need_not_be_said_where_one_holds_a_role(
    run: CommandLine, home: Path, home_template: Path, clock: Clock
) -> None:
    del clock
    shutil.copytree(home_template, home / "alone")
    ran = run("person", "list", "--home", "alone")
    assert [one["name"] for one in ran.items] == ["Marit de Vries"]


@pytest.mark.parametrize("who", ["nobody", "nobody@badges.example", "king", "", "person:x", "'; drop table"])
def test_a_stranger_is_refused(run: CommandLine, org: Path, who: str) -> None:
    del org
    assert run("person", "list", "--as", who).refused(2, "HOME-WHO-UNKNOWN", who)


@pytest.mark.parametrize(
    "command",
    [
        ("person", "show", "Ada\udcff", "--as", "Jan"),
        ("badge", "show", "host\udcff"),
        ("person", "add", "--name", "Ada\udcff", "--as", "Jan"),
    ],
)
def test_bytes_that_are_no_characters_are_refused(
    run: CommandLine, org: Path, command: tuple[str, ...]
) -> None:
    before = (org / "private/register.db").read_bytes()
    assert run(*command).refused(2, "CLI-CHARACTERS")
    assert (org / "private/register.db").read_bytes() == before


def test_a_name_or_role_of_several_people_is_refused(run: CommandLine, org: Path) -> None:
    del org
    assert run("person", "list", "--as", "manager").refused(2, "HOME-WHO-SEVERAL", "manager")
    run("person", "add", "--name", "Jan", "--email", "jan2@badges.example", "--as", "Kim")
    run("role", "grant", "jan2@badges.example", "assessor", "--as", "Marit de Vries")
    assert run("person", "list", "--as", "Jan").refused(2, "HOME-WHO-SEVERAL", "Jan")
    assert run("person", "list", "--as", "jan@badges.example").code == 0


def test_a_refusal_is_said_in_the_language_of_the_environment(
    run: CommandLine, org: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del org
    monkeypatch.setenv("OPENBADGE_LANG", "nl")
    ran = run("role", "take", "manager", "--reason", "x", "--as", "Jan")
    assert ran.refused(1, "ROLE-HELD: Jan heeft de rol manager al.")


def test_a_policy_that_cannot_be_read_is_told_with_its_place(run: CommandLine, org: Path) -> None:
    text = (org / "badge-policy.toml").read_text()
    (org / "badge-policy.toml").write_text(text.replace("eyes = 2", "eyes = 20"))
    ran = run("role", "list")
    assert ran.refused(2, "badge-policy.toml: TOML-HIGH", "[/awarding/eyes]")


def test_a_policy_that_is_not_in_force_is_refused(run: CommandLine, org: Path) -> None:
    text = (org / "badge-policy.toml").read_text()
    (org / "badge-policy.toml").write_text(text.replace("eyes = 2", "eyes = 3"))
    assert run("role", "end", "Kim", "assessor", "--as", "Jan").refused(1, "POLICY-NOT-ADOPTED")
    assert len(run("role", "list").items) == 3


def test_a_register_that_is_gone_or_no_register_is_refused(run: CommandLine, org: Path) -> None:
    (org / "private/register.db").write_bytes(b"not a database, and longer than a header" * 100)
    assert run("role", "list").refused(2, "REGISTER-DAMAGED")
    (org / "private/register.db").unlink()
    assert run("role", "list").refused(2, "REGISTER-NONE")
    assert not (org / "private/register.db").exists()


def test_a_home_file_that_cannot_be_read_is_refused(run: CommandLine, org: Path) -> None:
    (org / "home.toml").write_text("keys = 3")
    assert run("role", "list").refused(2, "HOME-FILE", "[/keys]")
    (org / "home.toml").write_text('register = "env:REGISTER"')
    assert run("role", "list").refused(2, "HOME-VARIABLE", "REGISTER")


def test_without_its_database_library_a_home_says_what_to_install(
    run: CommandLine, org: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del org
    monkeypatch.setattr("openbadge_issuer.cli.home_options.find_spec", lambda _name: None)
    for command in (("role", "list"), ("role", "end", "Kim", "assessor"), ("records", "restore", "x.zip")):
        assert run(*command).refused(2, "HOME-EXTRA", "openbadge-issuer[register]")


def test_no_password_is_needed_before_something_is_signed(
    run: CommandLine, org: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del org
    monkeypatch.setenv("OPENBADGE_KEY_PASSWORD", "wrong")
    assert run("role", "end", "Kim", "assessor", "--as", "Jan").code == 0
    assert run("publish", "--as", "Jan").refused(2, "KEY-PASSWORD-WRONG")
    monkeypatch.delenv("OPENBADGE_KEY_PASSWORD")
    assert run("publish", "--as", "Jan").refused(2, "KEY-PASSWORD-NEEDED")
    monkeypatch.setenv("OTHER", PASSWORD)
    assert run("publish", "--as", "Jan", "--password-env", "OTHER").code == 0


def test_another_key_in_the_place_of_the_issuer_s_signs_nothing(run: CommandLine, org: Path) -> None:
    (org / "private/issuer.key").unlink()
    SigningKey.generate().save(org / "private/issuer.key", secret=PASSWORD)
    assert run("publish", "--as", "Jan").refused(2, "RING-OTHER-KEY", "key-1")
    assert list((org / "public").iterdir()) == []


def test_the_keys_of_another_issuer_are_refused(run: CommandLine, org: Path) -> None:
    policy = org / "badge-policy.toml"
    policy.write_text(policy.read_text().replace("did:web:badges.example", "did:web:other.example"))
    ran = run("role", "end", "Kim", "assessor", "--as", "Jan")
    assert ran.refused(2, "RING-CONTROLLER", "did:web:badges.example")


def test_without_an_active_key_everything_goes_on_but_signing(
    run: CommandLine, org: Path, clock: Clock
) -> None:
    change_key_ring(org / "private/keys.json", lambda ring: ring.retire("key-1", at=clock(), now=clock()))
    assert run("role", "end", "Kim", "assessor", "--as", "Jan").code == 0
    assert run("publish", "--as", "Jan").refused(2, "HOME-NO-KEY", "keys.json")
    ring = json.loads((org / "private/keys.json").read_text())
    (org / "private/keys.json").write_text(json.dumps({**ring, "keys": []}))
    assert run("role", "end", "Jan", "manager", "--as", "Jan").refused(2, "HOME-NO-KEY")


def test_who_names_nobody_can_be_nobody(org: Path) -> None:
    with open_office(org) as here:
        with here.desk(None, anonymous=True) as desk:
            assert desk.actor.person is None
        with here.desk("Kim", anonymous=True) as desk:
            assert desk.actor.shown == "Kim"


def test_who_has_a_file_and_no_role_acts_under_the_name_in_it(run: CommandLine, org: Path) -> None:
    run("person", "add", "--name", "Ada", "--email", "ada@example.org", "--as", "Jan")
    with open_office(org) as here, here.desk("ada@example.org") as desk:
        assert desk.actor.shown == "Ada"


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (PolicyError("POLICY-NOT-ADOPTED"), REJECTED),
        (RegisterError("REGISTER-NONE"), USAGE),
        (RegisterError("REGISTER-KEY-TAKEN"), REJECTED),
        (RegisterError("REGISTER-BACKUP-FORMAT"), REJECTED),
        (InputError("HOME-WHO-UNKNOWN"), USAGE),
        (DocumentError("HOME-MISSING"), USAGE),
        (IssuingError("HOME-NO-KEY"), USAGE),
    ],
)
def test_what_the_policy_refuses_is_no_wrong_usage(error: PolicyError, code: int) -> None:
    assert exit_code_of(error) == code
