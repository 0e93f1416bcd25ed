"""An issuer's home: where everything is, and what happens where it is not."""

from __future__ import annotations

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from openbadge_issuer.errors import DocumentError, IssuingError, KeyMaterialError, OutputError
from openbadge_issuer.issuing.home import (
    Home,
    Places,
    issuer_of,
    make_folders,
    profile_of,
    write_home_file,
)
from openbadge_issuer.issuing.notices.carrier import FileCarrier
from openbadge_issuer.issuing.notices.smtp import SmtpCarrier
from openbadge_issuer.signing.key_ring import KeyRing, RingKey
from openbadge_issuer.signing.key_ring_file import write_key_ring
from openbadge_issuer.signing.signing_key import SigningKey
from policy_texts import SMALLEST, sound

NOW = datetime(2026, 3, 2, 11, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a policy: nothing more makes a home."""
    made = tmp_path / "home"
    (made / "private").mkdir(parents=True)
    (made / "badge-policy.toml").write_text(SMALLEST)
    return made


def code_of(refused: pytest.ExceptionInfo[DocumentError]) -> tuple[str, str]:
    return refused.value.code, refused.value.pointer


def test_a_folder_with_a_policy_is_a_home_with_everything_in_its_usual_place(folder: Path) -> None:
    home = Home.open(folder)
    assert home.places == Places()
    assert home.policy_file.read_text() == SMALLEST
    assert (home.public, home.badges) == (folder / "public", folder / "badges")
    private = (home.keys, home.evidence, home.pictures, home.heads, home.published)
    names = ("keys.json", "evidence", "pictures", "heads", "published.json")
    assert private == tuple(folder / "private" / name for name in names)
    assert home.register_url == f"sqlite:///{folder.absolute()}/private/register.db"


def test_a_folder_without_a_policy_is_nobody_s_home(tmp_path: Path) -> None:
    with pytest.raises(DocumentError) as refused:
        Home.open(tmp_path)
    assert refused.value.code == "HOME-MISSING"
    assert str(tmp_path) in str(refused.value)


def test_a_home_file_says_where_things_are_instead(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "home.toml").write_text('register = "env:REGISTER"\nkeys = "ring.json"\npublic = "www"\n')
    home = Home.open(folder)
    assert (home.keys, home.public, home.badges) == (folder / "ring.json", folder / "www", folder / "badges")
    monkeypatch.setenv("REGISTER", "postgresql+psycopg://badges@db/badges")
    assert home.register_url == "postgresql+psycopg://badges@db/badges"


def test_a_register_may_be_an_address_or_a_path(folder: Path) -> None:
    (folder / "home.toml").write_text('register = "postgresql+psycopg://db/badges"\n')
    assert Home.open(folder).register_url == "postgresql+psycopg://db/badges"
    (folder / "home.toml").write_text('register = "/srv/badges.db"\n')
    assert Home.open(folder).register_url == "sqlite:////srv/badges.db"


@pytest.mark.parametrize("value", [None, ""])
def test_a_variable_that_is_not_set_is_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch, value: str | None
) -> None:
    (folder / "home.toml").write_text('register = "env:REGISTER"\n')
    if value is None:
        monkeypatch.delenv("REGISTER", raising=False)
    else:
        monkeypatch.setenv("REGISTER", value)
    with pytest.raises(DocumentError) as refused:
        _ = Home.open(folder).register_url
    assert refused.value.code == "HOME-VARIABLE"
    assert "REGISTER" in str(refused.value)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (b"register = ", ""),
        (b"\xff", ""),
        (b'registre = "x"', "/registre"),
        (b"keys = 3", "/keys"),
        (b'[smtp]\nhost = "mail.example"\nport = 0', "/smtp/port"),
        (b'[smtp]\nhost = "mail.example"\npassword = "x"', "/smtp/password"),
        (b"#" * (64 * 1024 + 1), ""),
    ],
)
def test_a_home_file_that_cannot_be_read_is_refused_with_the_place(
    folder: Path, text: bytes, place: str
) -> None:
    (folder / "home.toml").write_bytes(text)
    with pytest.raises(DocumentError) as refused:
        Home.open(folder)
    assert code_of(refused) == ("HOME-FILE", place)
    assert "home.toml" in str(refused.value)


def test_the_home_around_a_place_is_found_from_below(folder: Path) -> None:
    below = folder / "badges" / "drafts"
    below.mkdir(parents=True)
    found = Home.around(below)
    assert found is not None
    assert found.folder == folder
    assert Home.around(folder) == found
    assert Home.around(folder.parent) is None


def test_a_home_file_alone_is_a_home_that_lost_its_policy(folder: Path) -> None:
    (folder / "badge-policy.toml").unlink()
    (folder / "home.toml").write_text("")
    with pytest.raises(DocumentError) as refused:
        Home.around(folder / "private")
    assert refused.value.code == "HOME-MISSING"


def test_notices_go_into_the_outbox_or_to_the_mail_server_that_is_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert isinstance(Home.open(folder).carrier(), FileCarrier)
    monkeypatch.setenv("MAIL_PASSWORD", "secret")
    (folder / "home.toml").write_text(
        '[smtp]\nhost = "mail.example"\nport = 25\nuser = "badges"\npassword_env = "MAIL_PASSWORD"\n'
    )
    carrier = Home.open(folder).carrier()
    assert isinstance(carrier, SmtpCarrier)
    assert "secret" not in repr(carrier)


def ring_of(folder: Path, *ages: int) -> KeyRing:
    ring = KeyRing("did:web:badges.example")
    for days in ages:
        key = SigningKey.generate()
        uri, begun = "file:private/issuer.key", NOW - timedelta(days=days)
        ring = ring.add(key.public_key, uri=uri, now=begun)
    write_key_ring(folder / "private/keys.json", ring)
    return ring


def test_the_newest_active_key_signs(folder: Path) -> None:
    ring = ring_of(folder, 20, 10, 5).retire("key-3", at=NOW, now=NOW)
    write_key_ring(folder / "private/keys.json", ring)
    assert Home.open(folder).signing_key() == (ring, ring.key("key-2"))


def test_without_an_active_key_nothing_is_signed(folder: Path) -> None:
    write_key_ring(folder / "private/keys.json", ring_of(folder, 20).compromise("key-1", since=NOW))
    with pytest.raises(IssuingError) as refused:
        Home.open(folder).signing_key()
    assert refused.value.code == "HOME-NO-KEY"


def test_a_ring_that_is_not_there_is_named(folder: Path) -> None:
    with pytest.raises(KeyMaterialError) as refused:
        Home.open(folder).signing_key()
    assert refused.value.code == "RING-MISSING"


@pytest.mark.parametrize(
    ("uri", "found"),
    [
        ("file:private/issuer.key", "file:{home}/private/issuer.key"),
        ("file:/srv/issuer.key", "file:/srv/issuer.key"),
        ("pkcs11:token=badges;object=issuer", "pkcs11:token=badges;object=issuer"),
        ("env:ISSUER_KEY", "env:ISSUER_KEY"),
    ],
)
def test_the_path_of_a_key_is_counted_from_the_home(folder: Path, uri: str, found: str) -> None:
    key = RingKey("key-1", SigningKey.generate().public_key, uri, NOW)
    assert Home.open(folder).key_uri(key) == found.format(home=folder)


def test_the_path_of_a_key_stays_the_same_wherever_the_process_goes(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = RingKey("key-1", SigningKey.generate().public_key, "file:issuer.key", NOW)
    monkeypatch.chdir(folder.parent)
    assert Home.open(Path(folder.name)).key_uri(key) == f"file:{folder}/issuer.key"


def test_the_profile_says_what_the_policy_says_of_the_organisation() -> None:
    policy = sound({"organisation.description": {"nl": "Klein."}, "organisation.url": "https://b.example"})
    profile = profile_of(policy)
    assert profile.to_json() == {
        "id": "did:web:badges.example",
        "type": ["Profile"],
        "name": "Example",
        "url": "https://b.example",
        "email": "badges@example.org",
        "description": "Klein.",
    }
    assert "description" not in profile_of(sound()).to_json()


def test_the_issuer_signs_under_the_name_of_its_key_and_publishes_below_the_base() -> None:
    key = SigningKey.generate()
    issuer = issuer_of(sound(), key, verification_method="did:web:badges.example#key-1")
    assert issuer.verification_method == "did:web:badges.example#key-1"
    assert issuer.base_url == "https://badges.example/"
    assert issuer.signer is key


def test_folders_are_made_and_private_ones_are_for_the_owner_alone(tmp_path: Path) -> None:
    make_folders(tmp_path / "home", Places())
    assert {path.name for path in (tmp_path / "home").iterdir()} == {"badges", "private", "public"}
    assert stat.S_IMODE((tmp_path / "home/private").stat().st_mode) == 0o700
    make_folders(tmp_path / "home", Places())  # again, and nothing is amiss


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file")
    with pytest.raises(OutputError) as refused:
        make_folders(tmp_path / "home", Places())
    assert refused.value.code == "HOME-WRITE"
    with pytest.raises(OutputError) as refused:
        write_home_file(tmp_path / "missing/badge-policy.toml", SMALLEST)
    assert refused.value.code == "HOME-WRITE"


def test_a_file_of_a_home_is_never_overwritten(folder: Path) -> None:
    with pytest.raises(OutputError) as refused:
        write_home_file(folder / "badge-policy.toml", "")
    assert refused.value.code == "HOME-EXISTS"
    assert (folder / "badge-policy.toml").read_text() == SMALLEST
    write_home_file(folder / "home.toml", 'public = "www"\n')
    assert Home.open(folder).public == folder / "www"
