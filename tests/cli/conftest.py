from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
)

from cli.running import EMAIL, PASSWORD, CommandLine, Issue, Ran, run_here, secret_forms
from founded_homes import NOW, founded
from openbadge_issuer.cli.home_options import open_office
from openbadge_issuer.policy.badge_file import read_badge
from openbadge_issuer.policy.person_events import PersonDetails

ACHIEVEMENT = {
    "id": "https://badges.example/achievements/facilitator",
    "type": ["Achievement"],
    "name": "Facilitator",
    "description": "Leads a workshop.",
    "criteria": {"narrative": "Led one workshop, observed."},
}
LIST_URL = "https://badges.example/status/revocation"


@pytest.fixture(scope="session")
def key_files() -> dict[str, bytes]:
    """Key files of each kind, made once, with few rounds of hashing: ours open slowly on purpose."""
    keys: dict[str, ed25519.Ed25519PrivateKey | ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey] = {
        "key.pem": ed25519.Ed25519PrivateKey.generate(),
        "other.pem": ed25519.Ed25519PrivateKey.generate(),
        "p256.pem": ec.generate_private_key(ec.SECP256R1()),
        "rsa.pem": rsa.generate_private_key(65537, 2048),
    }
    lock = BestAvailableEncryption(PASSWORD.encode())
    return {name: key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, lock) for name, key in keys.items()}


@pytest.fixture(scope="session")
def secrets(key_files: dict[str, bytes]) -> tuple[bytes, ...]:
    """The private numbers of the keys in every form in which they might slip out, and the password."""
    return (PASSWORD.encode(), *(form for pem in key_files.values() for form in secret_forms(pem, PASSWORD)))


@pytest.fixture
def home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key_files: dict[str, bytes], secrets: tuple[bytes, ...]
) -> Iterator[Path]:
    """A working directory with keys, an issuer and an achievement; afterwards it is searched.

    No file beside the keys may hold a private number or the password, and no half-written file may lie there.
    """
    for name, pem in key_files.items():
        (tmp_path / name).write_bytes(pem)
        (tmp_path / name).chmod(0o600)
    (tmp_path / "achievement.json").write_text(json.dumps(ACHIEVEMENT))
    (tmp_path / "issuer.json").write_text(json.dumps({"name": "Breakthrough"}))
    monkeypatch.chdir(tmp_path)
    for name in ("FORCE_COLOR", "GITHUB_ACTIONS", "PY_COLORS", "OPENBADGE_LANG", "OPENBADGE_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    for name in ("OPENBADGE_HOME", "OPENBADGE_ACTOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("OPENBADGE_KEY_PASSWORD", PASSWORD)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("TERM", "dumb")
    yield tmp_path
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    hidden = {path.name for path in files if path.name.startswith(".")}
    assert hidden <= {".openbadge-demo", ".gitignore"}
    assert [path for path in files if any(secret in path.read_bytes() for secret in secrets)] == []


@pytest.fixture
def run(home: Path, secrets: tuple[bytes, ...]) -> CommandLine:
    """Run a command in the home folder; no output of any command may hold a secret or a traceback."""
    del home

    def command_line(*arguments: str | Path, stdin: bytes = b"") -> Ran:
        ran = run_here(tuple(map(str, arguments)), stdin)
        assert not any(secret in ran.out or secret in ran.err.encode() for secret in secrets)
        assert "Traceback" not in ran.err
        return ran

    return command_line


@pytest.fixture
def issue(run: CommandLine) -> Issue:
    """Issue a badge into a file, with further options."""

    def issued(name: str, *options: str | Path, key: str = "key.pem") -> Path:
        asked = ("--issuer", "issuer.json", "--key", key, "--to", f"email:{EMAIL}", "-o", name)
        ran = run("issue", "achievement.json", *asked, *options)
        assert ran == Ran(0, b"", f"{name}\n"), ran.err
        return Path(name)

    return issued


@pytest.fixture
def badge(issue: Issue) -> Path:
    """A badge that cannot be revoked."""
    return issue("ada.json")


@pytest.fixture
def did(run: CommandLine) -> str:
    """The did:key of `key.pem`."""
    return str(run("key", "show", "--key", "key.pem").data["did"])


@pytest.fixture
def status_list(run: CommandLine, did: str) -> Path:
    """The private state of a revocation list."""
    ran = run("status", "create", "revocation.db", "--url", LIST_URL, "--issuer", did)
    assert (ran.code, ran.out) == (0, b"")
    return Path("revocation.db")


@pytest.fixture
def publish(run: CommandLine, status_list: Path) -> Callable[[], None]:
    """Publish the status list anew; `documents.json` then says where it is."""

    def published() -> None:
        ran = run("status", "publish", status_list, "-o", "revocation.json", "--key", "key.pem")
        assert (ran.code, ran.out) == (0, b"")
        assert "revocation.json\n" in ran.err
        there = {LIST_URL: "revocation.json", f"{LIST_URL}.reasons.json": "revocation.json.reasons.json"}
        there = {url: name for url, name in there.items() if Path(name).exists()}
        Path("documents.json").write_text(json.dumps(there))

    return published


@dataclass
class Clock:
    """A clock that goes on by a second each time somebody looks at it."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        """Look at it."""
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock of the commands that work in a home."""
    made = Clock()
    monkeypatch.setattr("openbadge_issuer.cli.opened_office.now", made)
    return made


@pytest.fixture(scope="session")
def home_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that was founded by Marit, to be copied: making its key takes long on purpose."""
    return founded(tmp_path_factory.mktemp("homes") / "org").home.folder


@pytest.fixture(scope="session")
def secrets_of_home(home_template: Path) -> tuple[bytes, ...]:
    """The private number of the home's key in every form in which it might slip out."""
    return secret_forms((home_template / "private/issuer.key").read_bytes(), PASSWORD)


@pytest.fixture(scope="session")
def org_template(home_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same home, in which Jan is a manager too, and Kim assessor."""
    folder = tmp_path_factory.mktemp("homes") / "org"
    shutil.copytree(home_template, folder)
    with open_office(folder) as here, here.office.desk(here.actor("Marit de Vries"), now=NOW) as desk:
        for name, role in (("Jan", "manager"), ("Kim", "assessor")):
            details = PersonDetails(name=name, email=f"{name.lower()}@badges.example", language="nl")
            desk.roles.grant(desk.people.register(details), role, name=name)
    return folder


@pytest.fixture
def org(
    home: Path,
    org_template: Path,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
    secrets_of_home: tuple[bytes, ...],
) -> Iterator[Path]:
    """A home in which Marit and Jan are managers and Kim is assessor, as the working directory.

    Afterwards no file in it may hold the private number of its key.
    """
    del clock
    folder = home / "org"
    shutil.copytree(org_template, folder)
    monkeypatch.chdir(folder)
    yield folder
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert [path for path in files if any(form in path.read_bytes() for form in secrets_of_home)] == []


HOST = """\
badge = "host"

[text.en]
name = "Host"
description = "Welcomes people to a workshop."

[text.nl]
name = "Gastheer"
description = "Verwelkomt mensen bij een workshop."

[[criteria]]
id = "led"
statement.en = "You led one workshop of 60 minutes for five people."
statement.nl = "Je leidde één workshop van 60 minuten voor vijf mensen."

[[criteria]]
id = "plan"
evidence = ["document"]
statement.en = "You sent your plan to a badge manager two days before."
statement.nl = "Je stuurde je plan twee dagen vooraf naar een badge-beheerder."
"""


@pytest.fixture
def offered(org: Path) -> Path:
    """The same home, with the badge `host` in use, and a plan as evidence."""
    (org / "plan.txt").write_bytes(b"Opening 10, practice 35, closing 15 minutes.\n")
    with open_office(org) as here:
        for trainer, who in (("Marit de Vries", "Jan"), ("Jan", "Marit de Vries")):
            with here.desk(trainer) as desk:
                desk.roles.train(here.person(who), "Badges")
        with here.desk("Marit de Vries") as desk:
            desk.badges.define(read_badge(HOST.encode()))
        with here.desk("Jan") as desk:
            desk.badges.review("host")
            desk.badges.activate("host")
    return org
