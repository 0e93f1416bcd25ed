"""A key that others may have, from the command line: what it signed, what is revoked, what is vouched for."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cli.running import CommandLine, Ran, codes
from openbadge_issuer.issuing.compromised_badges import SignedByKey, revoke_affected
from openbadge_issuer.signing.compromise import read_compromise_list
from openbadge_issuer.signing.key_ring import KeyRing
from openbadge_issuer.signing.key_ring_file import read_key_ring
from openbadge_issuer.status.list_file import StatusListFile

DID = "did:web:badges.example"
RING = ("--ring", "keys.json")
LIST = "https://badges.example/status/1"


@pytest.fixture
def ring(run: CommandLine) -> Path:
    """A ring with the key of the fixtures as key-1."""
    assert run("key", "add", "--key", "key.pem", *RING, "--did", DID).code == 0
    return Path("keys.json")


@pytest.fixture
def issued(run: CommandLine, ring: Path) -> Path:
    """A folder with two badges by key-1, one of which can be revoked, and one by another key."""
    del ring
    Path("issuer.json").write_text(json.dumps({"id": DID, "name": "Breakthrough"}))
    Path("issued").mkdir()
    assert run("status", "create", "list.db", "--url", LIST, "--issuer", DID).code == 0
    for name, key, more in (
        ("ada", "key.pem", ("--status-list", "list.db")),
        ("grace", "key.pem", ()),
        ("mary", "other.pem", ()),
    ):
        method = f"{DID}#key-{1 if key == 'key.pem' else 2}"
        to = ("--to", "did:example:someone", "--issuer", "issuer.json", "-o", f"issued/{name}.json")
        assert (
            run("issue", "achievement.json", "--key", key, "--verification-method", method, *to, *more).code
            == 0
        )
    return Path("issued")


def read() -> KeyRing:
    return read_key_ring(Path("keys.json"))


def states() -> list[str]:
    return [f"{key.fragment} {key.status}" for key in read().keys]


COMPROMISE = ("key", "compromise", "key-1", *RING, "--since", "2026-01-31", "--issued", "issued")


def test_without_a_yes_the_affected_badges_are_listed_and_nothing_changes(
    run: CommandLine, issued: Path
) -> None:
    before = {path: path.read_bytes() for path in (Path("keys.json"), Path("list.db"))}
    ran = run(*COMPROMISE, "--status-list", "list.db")
    assert ran.code == 2
    assert "RING-NOT-CONFIRMED" in ran.err
    assert ran.data["changed"] is False
    affected = ran.data["affected"]
    assert isinstance(affected, list)
    assert [one["file"] for one in affected if isinstance(one, dict)] == [
        str(issued / "ada.json"), str(issued / "grace.json"),
    ]  # fmt: skip
    assert "Badges signed with key-1 since then, which will be revoked: 2\n" in ran.err
    assert {path: path.read_bytes() for path in before} == before


def test_a_stolen_key_takes_its_badges_with_it(run: CommandLine, issued: Path) -> None:
    assert run("key", "add", "--key", "other.pem", *RING).code == 0
    ran = run(
        *COMPROMISE, "--status-list", "list.db", "--reason", "The key was stolen.",
        "--signed-list", "compromised-keys.jwt", "--key", "other.pem", "--yes",
    )  # fmt: skip
    assert ran.code == 0
    affected = ran.data["affected"]
    assert isinstance(affected, list)
    assert [one["revoked"] for one in affected if isinstance(one, dict)] == [True, False]
    assert states() == ["key-1 compromised", "key-2 active"]
    assert (
        run("status", "show", "list.db", "--badge", issued / "ada.json").data["reason"]
        == "The key was stolen."
    )
    received = read_compromise_list(Path("compromised-keys.jwt").read_bytes())
    assert (received.issuer, received.kid) == (DID, f"{DID}#key-2")
    ring = read()
    listed = received.verify(ring.key("key-2").public_key)
    assert [entry.key for entry in listed.keys] == [ring.key("key-1").public_key]
    assert [line.split(": ")[0] for line in ran.err.splitlines()[-3:]] == [
        "keys.json", "list.db", "compromised-keys.jwt",
    ]  # fmt: skip
    judge(run, issued)


def judge(run: CommandLine, issued: Path) -> None:
    """Publish everything anew: no badge that the stolen key signed since is accepted, the other one is."""
    assert run("key", "did-document", *RING, "-o", "did.json").code == 0
    method = ("--verification-method", f"{DID}#key-2")
    assert run("status", "publish", "list.db", "-o", "list.json", "--key", "other.pem", *method).code == 0
    places = {"https://badges.example/.well-known/did.json": "did.json", LIST: "list.json"}
    places[f"{LIST}.reasons.json"] = "list.json.reasons.json"
    places["https://badges.example/.well-known/compromised-keys.jwt"] = "compromised-keys.jwt"
    Path("documents.json").write_text(json.dumps(places))
    told: list[Ran] = [
        run("verify", "--documents", "documents.json", "--format", "json", issued / f"{name}.json")
        for name in ("ada", "grace", "mary")
    ]
    assert [ran.code for ran in told] == [1, 1, 0]
    assert "STATUS-REVOKED" in codes(told[0].data)
    assert "PROOF-KEY-COMPROMISED" in codes(told[1].data)


def test_badges_from_before_the_theft_are_vouched_for(run: CommandLine, issued: Path) -> None:
    del issued
    assert run("key", "add", "--key", "other.pem", *RING).code == 0
    words = [word if word != "2026-01-31" else "2999-01-31" for word in COMPROMISE]
    ran = run(*words, "--signed-list", "compromised-keys.jwt", "--key", "other.pem", "--yes")
    assert (ran.code, ran.data["affected"], ran.data["signedBefore"]) == (0, [], 2)
    listed = read_compromise_list(Path("compromised-keys.jwt").read_bytes())
    assert len(listed.verify(read().key("key-2").public_key).keys[0].signed) == 2
    assert run("key", "did-document", *RING, "-o", "did.json").code == 0
    base = "https://badges.example/.well-known/"
    places = {f"{base}did.json": "did.json", f"{base}compromised-keys.jwt": "compromised-keys.jwt"}
    Path("documents.json").write_text(json.dumps(places))
    verify = ("verify", "--documents", "documents.json", "issued/grace.json")
    ran = run(*verify)
    assert ran.code == 0
    assert b"PROOF-KEY-COMPROMISED: Others may have the key did:web:badges.example#key-1 since" in ran.out
    del places[f"{base}compromised-keys.jwt"]
    Path("documents.json").write_text(json.dumps(places))
    ran = run(*verify)
    assert (ran.code, b"COMPROMISE-LIST" in ran.out) == (3, True)


@pytest.fixture
def issued_2(run: CommandLine, issued: Path) -> Path:
    """The folder with a signed badge of 2.0 by the same key too."""
    profile = {"url": "https://badges.example/", "email": "badges@badges.example", "name": "Breakthrough"}
    Path("issuer2.json").write_text(json.dumps({**profile, "id": "https://badges.example/2/issuer.json"}))
    achievement = json.loads(Path("achievement.json").read_bytes())
    picture = {"id": "https://badges.example/a.png", "type": "Image"}
    Path("achievement2.json").write_text(json.dumps({**achievement, "image": picture}))
    ran = run(
        "issue", "achievement2.json", "--issuer", "issuer2.json", "--key", "key.pem", "--open-badges", "2.0",
        "--base-url", "https://badges.example/2/", "--to", "email:ada@example.org", "--proof", "jws",
        "-o", issued / "old.jws",
    )  # fmt: skip
    assert ran.code == 0
    return issued


LISTED = "https://badges.example/2/revocations.json"


def test_signed_badges_of_2_are_revoked_in_the_list_of_their_issuer(run: CommandLine, issued_2: Path) -> None:
    begun = ("--revocation-list", "revocations.json", "--revocation-list-url", LISTED)
    ran = run(*COMPROMISE, "--status-list", "list.db", *begun, "--reason", "Stolen.", "--yes")
    assert ran.code == 0
    affected = ran.data["affected"]
    assert isinstance(affected, list)
    found = {str(one["file"]): one["revoked"] for one in affected if isinstance(one, dict)}
    assert found == {
        str(issued_2 / "ada.json"): True,
        str(issued_2 / "grace.json"): False,
        str(issued_2 / "old.jws"): True,
    }
    listed = json.loads(Path("revocations.json").read_bytes())
    lines = listed.pop("revokedAssertions")
    assert listed == {
        "@context": "https://w3id.org/openbadges/v2",
        "type": "RevocationList",
        "id": LISTED,
        "issuer": "https://badges.example/2/issuer.json",
    }
    assert [(line["revoked"], line["revocationReason"]) for line in lines] == [(True, "Stolen.")]
    assert (
        "revocations.json: publish it where the issuer's profile of 2.0 names its revocationList." in ran.err
    )
    earlier = ("--since", "2026-01-30", "--revocation-list", "revocations.json", "--yes")
    assert run(*COMPROMISE, *earlier).code == 0
    assert json.loads(Path("revocations.json").read_bytes())["revokedAssertions"] == lines


def test_what_names_the_key_without_its_signature_is_told_apart(run: CommandLine, issued: Path) -> None:
    other = (issued / "grace.json").read_bytes().replace(b"Facilitator", b"Professor")
    (issued / "forged.json").write_bytes(other)
    ran = run(*COMPROMISE, "--yes")
    assert ran.data["doubtful"] == [str(issued / "forged.json")]
    assert "Files that name the key, but whose signature is not known to be by it: 1\n" in ran.err


@pytest.mark.parametrize("content", [None, "{}", "[]", '{"revokedAssertions": 7}'])
def test_a_list_that_is_none_changes_nothing(run: CommandLine, issued: Path, content: str | None) -> None:
    del issued
    if content is not None:
        Path("revocations.json").write_text(content)
    ran = run(*COMPROMISE, "--revocation-list", "revocations.json", "--yes")
    assert (ran.code, ran.out) == (2, b"")
    assert states() == ["key-1 active"]
    assert Path("revocations.json").exists() is (content is not None)


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--status-list", "none.db"), "STATUS-STATE-MISSING"),
        (("--status-list", "pause.db"), "STATUS-STATE-PURPOSE"),
        (("--reason", "Ask ada@example.org."), "STATUS-REASON-PERSONAL"),
        (("--signed-list", "x.jwt", "--key", "key.pem"), "RING-NOT-ACTIVE"),
        (("--signed-list", "x.jwt", "--key", "p256.pem"), "RING-NOT-IN-RING"),
        (("--signed-list", "nowhere/c.jwt", "--key", "other.pem"), "CLI-WRITE"),
        (("--signed-list", "issued", "--key", "other.pem"), "CLI-WRITE"),
        (("--revocation-list", "nowhere/r.json", "--revocation-list-url", LIST), "CLI-WRITE"),
    ],
)
def test_what_cannot_be_done_whole_is_not_begun(
    run: CommandLine, issued: Path, options: tuple[str, ...], code: str
) -> None:
    purpose = ("--purpose", "suspension")
    if code == "CLI-WRITE":
        assert run("key", "add", "--key", "other.pem", *RING).code == 0
        options = ("--status-list", "list.db", *options)
    assert run("status", "create", "pause.db", "--url", f"{LIST}0", "--issuer", DID, *purpose).code == 0
    ran = run(*COMPROMISE, *options, "--yes")
    assert ran.code in {1, 2}
    assert code in ran.err
    assert ran.out == b""
    assert states()[0] == "key-1 active"
    assert not Path("x.jwt").exists()
    assert run("status", "show", "list.db").data["set"] == 0
    assert sorted(path.name for path in issued.iterdir()) == ["ada.json", "grace.json", "mary.json"]


SIGNED_LIST = ("--signed-list", "compromised-keys.jwt", "--key", "other.pem")


def test_a_list_that_would_be_too_large_changes_nothing(
    run: CommandLine, issued: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del issued
    assert run("key", "add", "--key", "other.pem", *RING).code == 0
    monkeypatch.setattr("openbadge_issuer.signing.compromise.MAX_SIGNED", 1)
    later = [word if word != "2026-01-31" else "2999-01-31" for word in COMPROMISE]
    ran = run(*later, "--status-list", "list.db", *SIGNED_LIST, "--yes")
    assert (ran.code, ran.out) == (1, b"")
    assert "COMPROMISE-SIZE" in ran.err
    assert states() == ["key-1 active", "key-2 active"]


@pytest.mark.parametrize("after", ["revoked", "moved"])
def test_a_second_run_does_what_a_first_one_left(
    run: CommandLine, issued: Path, monkeypatch: pytest.MonkeyPatch, after: str
) -> None:
    """Killed after the status list was written, or after the signed list too: the ring comes last."""
    assert run("key", "add", "--key", "other.pem", *RING).code == 0
    reason = ("--reason", "The key was stolen.")
    whole = (*COMPROMISE, "--status-list", "list.db", *reason, *SIGNED_LIST, "--yes")

    def revoked_and_killed(affected: Iterable[SignedByKey], listed: StatusListFile, **more: object) -> None:
        assert more["reason"] == "The key was stolen."
        revoke_affected(affected, listed, now=datetime.now(UTC), reason="The key was stolen.")
        raise KeyboardInterrupt

    def killed(path: Path, ring: KeyRing) -> None:
        raise KeyboardInterrupt(path, ring)

    with monkeypatch.context() as patched:
        if after == "revoked":
            patched.setattr("openbadge_issuer.cli.key_compromise.revoke_affected", revoked_and_killed)
        else:
            patched.setattr("openbadge_issuer.signing.key_ring_file.write_key_ring", killed)
        assert run(*whole).code != 0
    assert states()[0] == "key-1 active"
    assert Path("compromised-keys.jwt").exists() is (after == "moved")
    assert run("status", "show", "list.db").data["set"] == 1
    assert run(*whole).code == 0
    assert states()[0] == "key-1 compromised"
    assert not [path for path in Path().iterdir() if path.name.startswith(".")]
    judge(run, issued)


def test_a_place_that_the_list_never_gave_out_revokes_nothing_and_stops_nothing(
    run: CommandLine, issued: Path
) -> None:
    """Whoever has the key can name any place in a badge; so can a state that was put back from a copy."""
    Path("list.db").unlink()
    assert run("status", "create", "list.db", "--url", LIST, "--issuer", DID).code == 0
    ran = run(*COMPROMISE, "--status-list", "list.db", "--yes")
    assert ran.code == 0
    assert run("status", "show", "list.db").data["set"] == 0
    assert states() == ["key-1 compromised"]
    assert issued.is_dir()


def test_a_file_that_cannot_be_read_is_named(run: CommandLine, issued: Path) -> None:
    (issued / "broken.json").write_text("{")
    (issued / "cut.jwt").write_text("eyJhbGciOiJFZERTQSJ9.eyJ")
    (issued / "README").write_text("Dear reader,")
    badge = (issued / "ada.json").read_text()
    (issued / "lines.ndjson").write_text(f"{badge}\n{badge[:-9]}\n")
    (issued / "shown.json").write_text(f'{{"verifiableCredential": [{badge}]}}')
    ran = run(*COMPROMISE, "--yes")
    assert ran.data["unreadable"] == [
        str(issued / name) for name in ("README", "broken.json", "cut.jwt", "lines.ndjson:2")
    ]
    assert "Files that could not be read, and may be affected too: 4\n" in ran.err
    affected = ran.data["affected"]
    assert isinstance(affected, list)
    assert [one["file"] for one in affected if isinstance(one, dict)] == [
        str(issued / name)
        for name in ("ada.json", "grace.json", "lines.ndjson:1", "shown.json#/verifiableCredential/0")
    ]


def test_an_archive_that_is_not_there_changes_nothing(run: CommandLine, ring: Path) -> None:
    before = ring.read_bytes()
    assert run(*COMPROMISE, "--yes").refused(2, "CLI-FILE", "issued")
    assert ring.read_bytes() == before


@pytest.mark.parametrize(("answer", "state"), [("y", "compromised"), ("n", "active"), ("", "active")])
def test_at_a_terminal_one_is_asked(
    run: CommandLine, issued: Path, monkeypatch: pytest.MonkeyPatch, answer: str, state: str
) -> None:
    del issued
    asked: list[str] = []

    def confirm(text: str, **options: object) -> bool:
        assert options == {"err": True}
        asked.append(text)
        return answer == "y"

    monkeypatch.setattr("openbadge_issuer.cli.key_compromise.somebody_types", lambda: True)
    monkeypatch.setattr("typer.confirm", confirm)
    assert run(*COMPROMISE).code == (0 if answer == "y" else 2)
    assert asked == ["Do it?"]
    assert states() == [f"key-1 {state}"]
