"""An issuer's keys from the command line: begun, rotated, retired, stolen, and what was stolen with them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from cli.running import PASSWORD as SECRET
from cli.running import CommandLine, secret_forms
from openbadge_issuer.signing.key_ring import KeyRing
from openbadge_issuer.signing.key_ring_file import read_key_ring

DID = "did:web:badges.example"
RING = ("--ring", "keys.json")


@pytest.fixture
def ring(run: CommandLine) -> Path:
    """A ring with the key of the fixtures as key-1."""
    assert run("key", "add", "--key", "key.pem", *RING, "--did", DID).code == 0
    return Path("keys.json")


def read() -> KeyRing:
    return read_key_ring(Path("keys.json"))


def states() -> list[str]:
    return [f"{key.fragment} {key.status}" for key in read().keys]


def test_a_ring_begins_with_a_new_key_and_the_did(run: CommandLine) -> None:
    ran = run("key", "new", "one.pem", *RING, "--did", DID)
    assert (ran.code, ran.data["kind"]) == (0, "Ed25519")
    assert "keys.json: publish did:web:badges.example anew" in ran.err
    assert [(key.fragment, key.uri) for key in read().keys] == [("key-1", "file:one.pem")]
    assert run("key", "new", "two.pem", *RING, "--kind", "P-384", "--fragment", "second").code == 0
    assert states() == ["key-1 active", "second active"]


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ((*RING,), "RING-MISSING"),
        ((*RING, "--did", "did:web:127.0.0.1"), "DID-WEB-HOST"),
        ((*RING, "--did", DID, "--fragment", "two words"), "DID-DOCUMENT-FRAGMENT"),
    ],
)
def test_a_key_that_does_not_fit_the_ring_is_not_even_saved(
    run: CommandLine, options: tuple[str, ...], code: str
) -> None:
    assert run("key", "new", "one.pem", *options).refused(2, code)
    assert not Path("one.pem").exists()
    assert not Path("keys.json").exists()


def test_a_ring_belongs_to_one_did(run: CommandLine, ring: Path) -> None:
    del ring
    other = ("--did", "did:web:other.example")
    assert run("key", "add", "--key", "other.pem", *RING, *other).refused(2, "RING-CONTROLLER")
    assert run("key", "did-document", *RING, *other).refused(2, "RING-CONTROLLER")
    assert run("key", "add", "--key", "key.pem", *RING).refused(2, "RING-TAKEN")


def test_a_key_in_another_place_is_added_by_its_uri(
    run: CommandLine, key_files: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ISSUER_KEY", key_files["p256.pem"].decode())
    ran = run("key", "add", "--key", "env:ISSUER_KEY", *RING, "--did", DID)
    assert (ran.code, ran.data["kind"]) == (0, "P-256")
    assert read().keys[0].uri == "env:ISSUER_KEY"


def test_the_keys_are_listed_and_shown(run: CommandLine, ring: Path) -> None:
    del ring
    (listed,) = run("key", "list", *RING).items
    assert {name: listed[name] for name in ("fragment", "status", "uri", "kind")} == {
        "fragment": "key-1", "status": "active", "uri": "key.pem", "kind": "Ed25519",
    }  # fmt: skip
    shown = run("key", "show", "key-1", *RING).data
    assert shown["did"] == listed["did"] == run("key", "show", "--key", "key.pem").data["did"]
    assert run("key", "show", "key-9", *RING).refused(2, "RING-NO-KEY")


@pytest.mark.parametrize(
    "words",
    [
        ("show",),
        ("show", "key-1"),
        ("show", "--ring", "keys.json"),
        ("show", "key-1", "--ring", "keys.json", "--key", "key.pem"),
        ("rotate", "--ring", "keys.json"),
        ("rotate", "new.pem", "--key", "other.pem", "--ring", "keys.json"),
        ("did-document",),
        ("did-document", "--key", "key.pem"),
        ("did-document", "--key", "key.pem", "--did", DID, "--ring", "keys.json"),
        ("retire", "key-1", "--ring", "keys.json", "--at", "soon"),
        ("compromise", "key-1", "--ring", "keys.json", "--since", "2026-01-31"),
        (
            "compromise",
            "key-1",
            "--ring",
            "keys.json",
            "--since",
            "2026-01-31",
            "--issued",
            ".",
            "--key",
            "key.pem",
        ),
    ],
)
def test_what_does_not_go_together_is_refused(run: CommandLine, ring: Path, words: tuple[str, ...]) -> None:
    before = ring.read_bytes()
    ran = run("key", *words)
    assert (ran.code, ran.out) == (2, b"")
    assert ring.read_bytes() == before


def test_a_rotated_key_is_published_with_its_end(run: CommandLine, ring: Path) -> None:
    del ring
    ran = run("key", "rotate", "new.pem", *RING, "--kind", "P-256", "--fragment", "second")
    assert (ran.code, ran.data["fragment"], ran.data["algorithm"]) == (0, "second", "ES256")
    assert ran.err.endswith(f"Sign with --verification-method {DID}#second from now on.\n")
    assert states() == ["key-1 retired", "second active"]
    published = run("key", "did-document", *RING)
    assert published.data == read().document()
    assert published.err == (
        "Publish it at https://badges.example/.well-known/did.json"
        f" and sign with --verification-method {DID}#second\n"
    )
    assert b'"expires"' in published.out


@pytest.mark.parametrize("kind", ["Ed25519", "P-256", "RSA"])
def test_the_name_to_sign_with_is_one_that_the_document_lists(run: CommandLine, kind: str) -> None:
    assert run("key", "new", "one.pem", "--kind", kind).code == 0
    ran = run("key", "did-document", "--key", "one.pem", "--did", DID)
    named = ran.err.split("--verification-method ")[1].strip()
    methods = ran.data["assertionMethod"]
    assert isinstance(methods, list)
    assert named in methods


def test_rotating_to_a_key_that_is_there_names_the_old_one_if_there_are_two(
    run: CommandLine, ring: Path
) -> None:
    del ring
    assert run("key", "add", "--key", "p256.pem", *RING).code == 0
    assert run("key", "rotate", "--key", "other.pem", *RING).refused(2, "RING-CHOOSE", "key-1, key-2")
    assert run("key", "rotate", "--key", "other.pem", *RING, "--retiring", "key-2").code == 0
    assert states() == ["key-1 active", "key-2 retired", "key-3 active"]


def test_a_new_key_that_cannot_be_saved_retires_nothing(run: CommandLine, ring: Path) -> None:
    before = ring.read_bytes()
    assert run("key", "rotate", "key.pem", *RING).refused(2, "KEY-EXISTS")
    assert ring.read_bytes() == before


def test_a_retired_key_can_be_retired_once(run: CommandLine, ring: Path) -> None:
    del ring
    assert run("key", "retire", "key-1", *RING).data["status"] == "retired"
    assert run("key", "retire", "key-1", *RING).refused(2, "RING-NOT-ACTIVE")
    assert "(no active key)" in run("key", "did-document", *RING).err


def test_a_key_is_not_retired_in_advance(run: CommandLine, ring: Path) -> None:
    before = ring.read_bytes()
    assert run("key", "retire", "key-1", *RING, "--at", "2999-01-31").refused(
        2, "RING-IN-ADVANCE", "2999-01-31T00:00:00Z"
    )
    assert ring.read_bytes() == before


def test_after_the_only_key_was_retired_another_is_taken_into_use(run: CommandLine, ring: Path) -> None:
    del ring
    assert run("key", "retire", "key-1", *RING).code == 0
    assert run("key", "rotate", "new.pem", *RING).code == 0
    assert states() == ["key-1 retired", "key-2 active"]


@pytest.mark.parametrize("name", ["b{x}.pem", "tab\tname.pem", "new\nline.pem", "a-----BEGIN.pem"])
@pytest.mark.parametrize("ring", [(), (*RING, "--did", DID)])
def test_a_key_is_not_saved_where_it_cannot_be_opened(
    run: CommandLine, name: str, ring: tuple[str, ...]
) -> None:
    assert run("key", "new", name, *ring).refused(2, "KEY-FILE-NAME")
    assert not Path(name).exists()
    assert not Path("keys.json").exists()


def test_a_did_that_is_a_key_has_no_other(run: CommandLine) -> None:
    did = str(run("key", "show", "--key", "key.pem").data["did"])
    assert run("key", "new", "one.pem", *RING, "--did", did).refused(2, "RING-DID-KEY", did)
    assert not Path("one.pem").exists()
    assert not Path("keys.json").exists()
    assert run("key", "add", "--key", "key.pem", *RING, "--did", did).code == 0
    ring = read()
    assert ring.verification_method(ring.keys[0]) == ring.keys[0].public_key.verification_method


def test_a_pin_in_a_uri_is_never_repeated(run: CommandLine) -> None:
    for uri in ("pkcs11:object=a?pin-value=47114711", "https://me:47114711@signer.example/"):
        ran = run("key", "show", "--key", uri)
        assert ran.code == 2
        assert "47114711" not in ran.err
    assert "pkcs11" not in sys.modules or ran.refused(2, "STORE-SECRET-IN-URI")


def test_no_step_of_its_life_gives_a_private_number_away(run: CommandLine, home: Path) -> None:
    """Here keys that the program made itself; every other test looks for those of its fixtures."""
    told = [
        run("key", "new", "one.pem", *RING, "--did", DID),
        run("key", "rotate", "two.pem", *RING, "--kind", "P-256"),
        run("key", "list", *RING),
        run("key", "show", "key-2", *RING),
        run("key", "compromise", "key-1", *RING, "--since", "2026-01-31", "--issued", ".",
            "--signed-list", "compromised-keys.jwt", "--key", "two.pem", "--yes"),
        run("key", "retire", "key-2", *RING),
        run("key", "did-document", *RING, "-o", "did.json"),
    ]  # fmt: skip
    assert [ran.code for ran in told] == [0] * 7
    pems = ("one.pem", "two.pem")
    written = [path.read_bytes() for path in home.iterdir() if path.name not in pems]
    written += [part for ran in told for part in (ran.out, ran.err.encode())]
    forms = [form for name in pems for form in secret_forms((home / name).read_bytes(), SECRET)]
    assert not any(form in text for form in forms for text in written)
