from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from cli.running import PASSWORD, CommandLine, secret_forms

MEMBERS = ["kind", "algorithm", "did", "publicKeyMultibase", "publicKeyJwk", "thumbprint"]


@pytest.mark.parametrize(("options", "kind"), [((), "Ed25519"), (("--kind", "P-384"), "P-384")])
def test_new_saves_a_key_for_its_owner_alone_and_prints_the_public_half(
    run: CommandLine, home: Path, options: tuple[str, ...], kind: str
) -> None:
    ran = run("key", "new", "new.pem", *options)
    assert ran.code == 0
    assert list(ran.data) == MEMBERS
    assert ran.data["kind"] == kind
    assert ran.err == "new.pem: keep this file and its password apart, and make a copy of both.\n"
    assert stat.S_IMODE((home / "new.pem").stat().st_mode) == 0o600
    assert b"ENCRYPTED PRIVATE KEY" in (home / "new.pem").read_bytes()
    assert run("key", "show", "--key", "new.pem").data == ran.data


def test_new_makes_rsa_keys_too(run: CommandLine) -> None:
    ran = run("key", "new", "new.pem", "--kind", "RSA")
    assert (ran.code, ran.data["algorithm"]) == (0, "RS256")


def test_new_never_overwrites(run: CommandLine, key_files: dict[str, bytes]) -> None:
    ran = run("key", "new", "key.pem")
    assert ran.refused(2, "KEY-EXISTS: There is already a file at key.pem")
    assert Path("key.pem").read_bytes() == key_files["key.pem"]


def test_new_asks_for_another_folder_if_there_is_none(run: CommandLine) -> None:
    assert run("key", "new", "key.pem/new.pem").refused(2, "KEY-NOT-SAVED", "key.pem/new.pem")
    assert run("key", "new", "missing/new.pem").refused(2, "KEY-NOT-SAVED", "missing/new.pem")


def test_new_knows_four_kinds(run: CommandLine) -> None:
    ran = run("key", "new", "new.pem", "--kind", "DSA")
    assert (ran.code, ran.out) == (2, b"")
    assert "'DSA' is not one of" in ran.err


def test_new_wants_a_password(run: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENBADGE_KEY_PASSWORD", "")
    assert run("key", "new", "new.pem").refused(2, "KEY-PASSWORD-EMPTY: The password is empty.")
    monkeypatch.delenv("OPENBADGE_KEY_PASSWORD")
    assert run("key", "new", "new.pem").refused(2, "KEY-PASSWORD-EMPTY: The password is empty.")
    assert not Path("new.pem").exists()


def test_show_takes_the_password_from_the_variable_that_is_named(
    run: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPENBADGE_KEY_PASSWORD")
    monkeypatch.setenv("MINE", PASSWORD)
    assert run("key", "show", "--key", "key.pem", "--password-env", "MINE").code == 0
    assert run("key", "show", "--key", "key.pem").refused(2, "key.pem: KEY-PASSWORD-NEEDED")


@pytest.mark.parametrize("key", ["key.pem", "file:key.pem", "env:THE_KEY"])
def test_show_takes_each_kind_of_uri(
    run: CommandLine, key: str, key_files: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("THE_KEY", key_files["key.pem"].decode())
    ran = run("key", "show", "--key", key)
    assert (ran.code, ran.err) == (0, "")
    assert ran.data["did"] == f"did:key:{ran.data['publicKeyMultibase']}"


def test_show_refuses_a_wrong_password(run: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENBADGE_KEY_PASSWORD", "wrong")
    ran = run("key", "show", "--key", "key.pem")
    assert ran.refused(2, "key.pem: KEY-PASSWORD-WRONG: The key does not open with this password")


def test_show_refuses_an_empty_password(run: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENBADGE_KEY_PASSWORD", "")
    assert run("key", "show", "--key", "key.pem").refused(2, "KEY-PASSWORD-EMPTY")


@pytest.mark.parametrize(
    ("key", "code"),
    [
        ("missing.pem", "KEY-NOT-FOUND"),
        ("issuer.json", "issuer.json: KEY-FORMAT"),
        ("env:MISSING_KEY", "KEY-NOT-FOUND"),
        ("safe:alias", "KEY-SCHEME"),
        ("", "KEY-URI"),
    ],
)
def test_show_says_what_is_wrong_with_the_key(run: CommandLine, key: str, code: str) -> None:
    assert run("key", "show", "--key", key).refused(2, code)


def test_a_key_given_in_place_of_its_uri_is_not_repeated(
    run: CommandLine, key_files: dict[str, bytes]
) -> None:
    pem = key_files["key.pem"].decode()
    ran = run("key", "show", "--key", pem)
    assert ran.refused(2, "KEY-URI")
    assert not any(line in ran.err for line in pem.splitlines())


def test_did_document_publishes_the_key_under_the_did(run: CommandLine) -> None:
    ran = run("key", "did-document", "--key", "key.pem", "--did", "did:web:badges.example")
    assert ran.code == 0
    assert ran.data["id"] == "did:web:badges.example"
    methods = ran.data["verificationMethod"]
    assert isinstance(methods, list)
    assert isinstance(methods[0], dict)
    assert methods[0]["id"] == "did:web:badges.example#key-1"
    assert ran.err == (
        "Publish it at https://badges.example/.well-known/did.json"
        " and sign with --verification-method did:web:badges.example#key-1\n"
    )


def test_did_document_goes_into_a_file(run: CommandLine) -> None:
    ran = run(
        "key", "did-document", "--key", "key.pem", "--did", "did:web:badges.example:ob",
        "--fragment", "key-2027", "--output", "did.json",
    )  # fmt: skip
    assert (ran.code, ran.out) == (0, b"")
    assert ran.err.startswith("did.json\nPublish it at https://badges.example/ob/did.json ")
    document = json.loads(Path("did.json").read_bytes())
    assert document["assertionMethod"][0] == "did:web:badges.example:ob#key-2027"


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--did", "did:key:z6Mk"), "DID-WEB-FORMAT"),
        (("--did", "did:web:127.0.0.1"), "DID-WEB-HOST"),
        (("--did", "did:web:badges.example", "--fragment", "key 1"), "DID-DOCUMENT-FRAGMENT"),
    ],
)
def test_did_document_refuses_what_cannot_be_published(
    run: CommandLine, options: tuple[str, ...], code: str
) -> None:
    assert run("key", "did-document", "--key", "key.pem", "-o", "did.json", *options).refused(2, code)
    assert not Path("did.json").exists()


@pytest.mark.parametrize("kind", ["Ed25519", "P-256", "P-384", "RSA"])
def test_no_command_gives_a_private_number_away(run: CommandLine, home: Path, kind: str) -> None:
    """Here a key that the program made itself; every other test looks for those of its fixtures."""
    key, did = ("--key", "new.pem"), "did:web:badges.example"
    method = ("--verification-method", f"{did}#key-1")
    (home / "issuer.json").write_text(json.dumps({"id": did, "name": "Breakthrough"}))
    to = ("--issuer", "issuer.json", "--to", "did:example:ada", "--status-list", "list.db")
    told = [
        run("key", "new", "new.pem", "--kind", kind),
        run("key", "show", *key),
        run("key", "did-document", *key, "--did", did, "-o", "did.json"),
        run("status", "create", "list.db", "--url", "https://badges.example/list", "--issuer", did),
        run("issue", "achievement.json", *key, *method, *to, "-o", "ada.json"),
        run("status", "set", "list.db", "--badge", "ada.json"),
        run("status", "publish", "list.db", *key, *method, "-o", "list.json"),
        run("verify", "--format", "json", "ada.json"),
    ]
    assert [ran.code for ran in told] == [0] * 7 + [3]
    written = [path.read_bytes() for path in home.iterdir() if path.name != "new.pem"]
    written += [part for ran in told for part in (ran.out, ran.err.encode())]
    forms = secret_forms((home / "new.pem").read_bytes(), PASSWORD)
    assert not any(form in text for form in forms for text in written)
