"""No side door: nothing is signed or revoked with the key of a home but by its procedures."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from cli.conftest import ACHIEVEMENT
from cli.running import CommandLine

KEY = "org/private/issuer.key"
ISSUE = ("issue", "achievement.json", "--issuer", "issuer.json", "--to", "email:ada@example.org", "--key")
MIGRATE = ("migrate", "old.json", "--documents", "index.json", "--issuer", "issuer.json", "--key")
CREATE = ("--url", "https://badges.example/status/revocation", "--issuer", "did:web:badges.example")
COMPROMISE = ("key", "compromise", "key-1", "--since", "2026-01-31", "--issued", ".", "--yes", "--ring")


@pytest.fixture
def outside(org: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder beside the home, as the working directory."""
    monkeypatch.chdir(org.parent)
    Path("index.json").write_text("{}")
    Path("old.json").write_text("{}")
    return org.parent


@pytest.mark.parametrize(
    "words",
    [
        (*ISSUE, "key.pem"),
        (*MIGRATE, "key.pem"),
        ("status", "create", "x.db", *CREATE),
        ("status", "set", "x.db", "--index", "1", "--reason", "No."),
        ("status", "unset", "x.db", "--index", "1"),
        ("status", "publish", "x.db", "-o", "x.json", "--key", "key.pem"),
        (*COMPROMISE, "private/keys.json", "--status-list", "x.db"),
        (*COMPROMISE, "private/keys.json", "--revocation-list", "public/revoked"),
    ],
    ids=lambda words: "-".join(words[:2]),
)
@pytest.mark.usefixtures("org")
def test_in_a_home_nothing_goes_past_the_policy(run: CommandLine, words: tuple[str, ...]) -> None:
    assert run(*words).refused(1, "POLICY-IN-FORCE")


@pytest.mark.parametrize(
    "words",
    [
        (*ISSUE, KEY),
        (*ISSUE, "file:org/private/../private/issuer.key"),
        (*ISSUE, f"FILE:{KEY}"),
        (*MIGRATE, KEY),
        ("status", "create", "org/private/x.db", *CREATE),
        ("status", "publish", "revocation.db", "-o", "x.json", "--key", KEY),
        (*COMPROMISE, "org/private/keys.json", "--status-list", "revocation.db"),
    ],
    ids=range(7),
)
@pytest.mark.usefixtures("status_list", "outside")
def test_nor_does_anything_with_the_files_of_a_home(run: CommandLine, words: tuple[str, ...]) -> None:
    assert run(*words).refused(1, "POLICY-IN-FORCE")


@pytest.mark.parametrize("command", [ISSUE, MIGRATE, ("status", "publish", "x.db", "-o", "x.json", "--key")])
def test_nor_with_a_link_to_its_key(run: CommandLine, outside: Path, command: tuple[str, ...]) -> None:
    (outside / "link.key").symlink_to(outside / KEY)
    (outside / "folder").symlink_to(outside / "org/private")
    for key in ("link.key", "folder/issuer.key", f"file://{outside}/lin%6B.key"):
        assert run(*command, key).refused(1, "POLICY-IN-FORCE")


def test_nor_with_a_copy_of_its_key_where_the_home_is_known(
    run: CommandLine, outside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the variable that names the home, or by what is read and written in it."""
    shutil.copy(KEY, "copy.key")
    (outside / "hard.key").hardlink_to(outside / KEY)
    monkeypatch.setenv("A_KEY", Path(KEY).read_text())
    for key in ("copy.key", "hard.key", "env:A_KEY"):
        assert run(*ISSUE, key, "-o", "org/public/ada.json").refused(1, "POLICY-IN-FORCE")
        with monkeypatch.context() as here:
            here.setenv("OPENBADGE_HOME", "org")
            assert run(*ISSUE, key).refused(1, "POLICY-IN-FORCE")
            assert run(*MIGRATE, key).refused(1, "POLICY-IN-FORCE")
    assert not (outside / "org/public/ada.json").exists()
    for name in ("copy.key", "hard.key"):
        (outside / name).unlink()


def test_a_key_of_nobodys_home_signs_beside_one(
    run: CommandLine, outside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENBADGE_HOME", str(outside / "org"))
    assert json.loads(Path("achievement.json").read_bytes()) == ACHIEVEMENT
    assert run(*ISSUE, "key.pem").code == 0
