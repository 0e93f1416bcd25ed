"""Making a home: all of it, or nothing at all."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from founded_homes import MARIT, NOW, PASSWORD, POLICY, founded
from openbadge_issuer.errors import (
    DocumentError,
    IssuingError,
    KeyMaterialError,
    OpenBadgeError,
    OutputError,
    PolicyError,
    RegisterError,
)
from openbadge_issuer.issuing import founding
from openbadge_issuer.issuing.founding import KEY_FILE, FoundedHome, found_home
from openbadge_issuer.issuing.home import Home
from openbadge_issuer.issuing.office.streams import facts_of, statuses_of
from openbadge_issuer.policy.adoption import Adoption
from openbadge_issuer.policy.people import Person
from openbadge_issuer.policy.person_events import PersonDetails
from openbadge_issuer.policy.standing import Staff
from openbadge_issuer.register import Register
from openbadge_issuer.register.verifying import verify
from openbadge_issuer.signing.key_ring_file import read_key_ring
from openbadge_issuer.signing.signing_key import SigningKey
from secret_hunt import holds


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> FoundedHome:
    """A home, only looked at."""
    return founded(tmp_path_factory.mktemp("organisations") / "breakthrough")


def test_the_policy_stands_in_it_as_it_was_given(made: FoundedHome) -> None:
    assert made.home.policy_file.read_bytes() == POLICY
    assert Home.open(made.home.folder) == made.home


def test_the_key_opens_with_the_password_and_is_the_one_of_the_ring(made: FoundedHome) -> None:
    ring, entry = made.home.signing_key()
    assert ring == read_key_ring(made.home.keys) == made.ring
    assert ring.controller == "did:web:badges.example"
    assert (entry.uri, entry.begins, entry.public_key.kind) == (f"file:{KEY_FILE}", NOW, "Ed25519")
    opened = SigningKey.load(made.home.key_uri(entry), secret=PASSWORD)
    assert opened.public_key == entry.public_key


def test_what_is_private_is_for_the_owner_alone_and_stays_out_of_version_control(made: FoundedHome) -> None:
    folder = made.home.folder
    assert stat.S_IMODE((folder / "private").stat().st_mode) == 0o700
    for name in (KEY_FILE, "private/register.db"):
        assert stat.S_IMODE((folder / name).stat().st_mode) == 0o600
    assert (folder / "private/.gitignore").read_text() == "*\n"
    public = {path.name for path in folder.iterdir()} - {"private"}
    assert public == {"badge-policy.toml", "badges", "public"}


def test_the_password_and_the_private_number_stand_nowhere(made: FoundedHome) -> None:
    key = SigningKey.load(made.home.folder / KEY_FILE, secret=PASSWORD)
    number = key._native.private_bytes_raw()  # type: ignore[union-attr]  # noqa: SLF001  # to be looked for
    files = [path for path in made.home.folder.rglob("*") if path.is_file()]
    assert len(files) >= 4
    assert [path for path in files if holds(path.read_bytes(), [PASSWORD.encode(), number])] == []
    assert not holds(repr(made), [PASSWORD.encode(), number])


def test_the_founder_has_the_role_the_policy_is_in_force_and_the_lists_are_open(made: FoundedHome) -> None:
    with Register.open(made.home.register_url) as register, register.records(made.ring.controller) as records:
        staff = Staff.of(records.events("staff"))
        assert [(one.person, one.role, one.begins) for one in staff.held] == [(made.founder, "manager", NOW)]
        assert staff.names == {made.founder: MARIT.name}
        assert Adoption.of(records.events("policy")).digest == made.policy.digest
        assert [facts.url for facts in records.status.lists()] == ["https://badges.example/status/revocation"]
        assert Person.of(records.events(f"person:{made.founder}")).details == MARIT
        assert records.find("person", "marit@badges.example") == f"person:{made.founder}"
        report = verify(records, facts=facts_of(made.policy), statuses=statuses_of)
        assert {finding.code for finding in report.findings} == {"REGISTER-TAIL-UNPROVEN"}


def test_a_founder_without_an_address_has_a_role_and_no_file(tmp_path: Path) -> None:
    made = founded(tmp_path / "home", founder=PersonDetails(name="Jan"))
    with Register.open(made.home.register_url) as register, register.records(made.ring.controller) as records:
        assert [row.name for row in records.streams("person")] == []
        assert Staff.of(records.events("staff")).names == {made.founder: "Jan"}


def test_a_folder_that_holds_other_things_keeps_them(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("Ours")
    founded(tmp_path)
    assert (tmp_path / "README.md").read_text() == "Ours"
    assert Home.open(tmp_path).signing_key()
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_folders_above_are_made_too(tmp_path: Path) -> None:
    assert founded(tmp_path / "a/b/c").home.folder == tmp_path / "a/b/c"


def everything_below(folder: Path) -> dict[str, bytes | None]:
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in folder.rglob("*")
    }


@pytest.mark.parametrize("taken", ["badge-policy.toml", "private/keys.json", "public/index.html", "badges/x"])
def test_a_home_or_what_looks_like_one_is_left_alone(tmp_path: Path, taken: str) -> None:
    folder = tmp_path / "home"
    (folder / taken).parent.mkdir(parents=True)
    (folder / taken).write_text("ours")
    before = everything_below(tmp_path)
    with pytest.raises(OutputError) as refused:
        founded(folder)
    assert refused.value.code == "HOME-EXISTS"
    assert everything_below(tmp_path) == before


def test_a_file_in_its_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file")
    with pytest.raises(OutputError) as refused:
        founded(tmp_path / "home")
    assert refused.value.code == "HOME-WRITE"
    assert everything_below(tmp_path) == {"home": b"a file"}


def refused_by(folder: Path, **changed: str) -> OpenBadgeError:
    """Found a home with a policy in which lines were changed, and return why it was refused."""
    text = POLICY.decode()
    for old, new in changed.items():
        assert old in text
        text = text.replace(old, new)
    with pytest.raises(OpenBadgeError) as refused:
        founded(folder, text.encode())
    return refused.value


def test_whatever_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "home"

    def failed(error: OpenBadgeError, kind: type[OpenBadgeError], code: str) -> None:
        assert (type(error), error.code) == (kind, code)
        assert everything_below(tmp_path) == {}

    failed(
        refused_by(folder, **{"did:web:badges.example": "https://badges.example/issuer"}),
        IssuingError,
        "HOME-DID",
    )
    failed(refused_by(folder, **{'"grant-roles",': ""}), IssuingError, "HOME-NO-FOUNDER")
    failed(refused_by(folder, **{"eyes = 2": "eyes = 9"}), DocumentError, "TOML-HIGH")
    with pytest.raises(KeyMaterialError) as refused:
        found_home(folder, POLICY, MARIT, secret="", now=NOW)
    failed(refused.value, KeyMaterialError, "KEY-PASSWORD-EMPTY")
    for role in ("assessor", "king"):
        with pytest.raises(PolicyError) as unfit:
            found_home(folder, POLICY, MARIT, secret=PASSWORD, now=NOW, role=role)
        failed(unfit.value, PolicyError, "ROLE-FOUNDING" if role == "assessor" else "ROLE-UNKNOWN")
    with pytest.raises(PolicyError) as no_address:
        founded(folder, founder=MARIT.model_copy(update={"email": "marit"}))
    failed(no_address.value, PolicyError, "PERSON-EMAIL")


@pytest.mark.parametrize("before", [{}, {"home": None}])
def test_a_process_that_is_stopped_in_the_middle_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: dict[str, None]
) -> None:
    folder = tmp_path / "home"
    if before:
        folder.mkdir()

    def stop(path: Path, text: str) -> None:
        if path.name == "badge-policy.toml":
            raise KeyboardInterrupt
        path.write_text(text)

    monkeypatch.setattr(founding, "write_home_file", stop)
    with pytest.raises(KeyboardInterrupt):
        founded(folder)
    assert everything_below(tmp_path) == before


def test_a_move_that_fails_is_taken_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, moved = tmp_path / "home", []
    rename = Path.rename

    def fail_at_the_policy(source: Path, target: Path) -> Path:
        moved.append(source.name)
        if source.name == "badge-policy.toml":
            raise OSError(28, "No space left on device")
        return rename(source, target)

    monkeypatch.setattr(Path, "rename", fail_at_the_policy)
    with pytest.raises(OutputError) as refused:
        founded(folder)
    assert refused.value.code == "HOME-WRITE"
    assert "No space left" in str(refused.value)
    assert moved[-4:] == ["badge-policy.toml", "badges", "private", "public"]
    assert everything_below(tmp_path) == {}


def test_two_organisations_share_a_register(
    new_database: Callable[[], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BADGES", new_database())
    policies = {name: POLICY.replace(b"badges.example", name.encode()) for name in ("a.example", "b.example")}
    for name, policy in policies.items():
        person = MARIT.model_copy(update={"email": f"marit@{name}"})
        found_home(tmp_path / name, policy, person, secret=PASSWORD, now=NOW, register="env:BADGES")
        assert not (tmp_path / name / "private/register.db").exists()
        home = Home.open(tmp_path / name)
        with Register.open(home.register_url) as register:
            assert f"did:web:{name}" in register.organisations()
            with register.records(f"did:web:{name}") as records:
                assert records.head.length > 3
    with pytest.raises(IssuingError) as refused:
        found_home(
            tmp_path / "again", policies["a.example"], MARIT, secret=PASSWORD, now=NOW, register="env:BADGES"
        )
    assert refused.value.code == "HOME-IN-REGISTER"
    assert not (tmp_path / "again").exists()


def test_what_is_refused_does_not_touch_the_register_of_others(
    new_database: Callable[[], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BADGES", new_database())
    nobody = MARIT.model_copy(update={"email": "marit"})
    with pytest.raises(PolicyError):
        found_home(tmp_path / "home", POLICY, nobody, secret=PASSWORD, now=NOW, register="env:BADGES")
    with pytest.raises(RegisterError) as refused:
        Register.open(os.environ["BADGES"])
    assert refused.value.code == "REGISTER-NONE"
