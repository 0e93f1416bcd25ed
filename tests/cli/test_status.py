from __future__ import annotations

import json
import stat
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from cli.running import CommandLine, Issue, codes

URL = "https://badges.example/status/revocation"
DOCUMENTS = ("--documents", "documents.json")
REASON = "The workshop was not observed to its end."


@pytest.fixture
def revocable(issue: Issue, status_list: Path) -> Path:
    return issue("ada.json", "--status-list", status_list)


def test_create_makes_a_private_list(run: CommandLine, did: str) -> None:
    ran = run("status", "create", "list.db", "--url", URL, "--issuer", did)
    assert (ran.code, ran.out) == (0, b"")
    assert ran.err == "list.db: room for 131072 badges. Publish it before the first badge names it.\n"
    assert stat.S_IMODE(Path("list.db").stat().st_mode) == 0o600
    ran = run("status", "show", "list.db")
    assert (ran.code, ran.err) == (0, "")
    assert ran.data == {"url": URL, "purpose": "revocation", "size": 131_072, "given": 0, "set": 0}


def test_create_takes_size_and_purpose(run: CommandLine, did: str) -> None:
    asked = ("--url", URL, "--issuer", did, "--size", "262144", "--purpose", "suspension")
    assert run("status", "create", "list.db", *asked).code == 0
    shown = run("status", "show", "list.db").data
    assert (shown["size"], shown["purpose"]) == (262_144, "suspension")


def test_create_never_overwrites(run: CommandLine, status_list: Path, did: str) -> None:
    before = status_list.read_bytes()
    ran = run("status", "create", status_list, "--url", URL, "--issuer", did)
    assert ran.refused(2, "STATUS-STATE-EXISTS")
    assert status_list.read_bytes() == before


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--url", "http://badges.example/list", "--issuer", "did:key:z6Mk"), "STATUS-LIST-URL"),
        (("--url", URL, "--issuer", "did:key:z6Mk", "--size", "131073"), "STATUS-LIST-SIZE"),
        (("--url", URL, "--issuer", "did:key:z6Mk", "--size", "8"), "--size"),
        (("--url", URL, "--issuer", "did:key:z6Mk", "--size", "1000000000000"), "--size"),
        (("--url", URL, "--issuer", "did:key:z6Mk", "--purpose", "joy"), "--purpose"),
        (("--url", URL), "--issuer"),
        (("--issuer", "did:key:z6Mk"), "--url"),
    ],
)
def test_create_refuses_what_makes_no_list(run: CommandLine, options: tuple[str, ...], words: str) -> None:
    ran = run("status", "create", "list.db", *options)
    assert (ran.code, ran.out) == (2, b"")
    assert words in ran.err
    assert not Path("list.db").exists()


def test_a_revocation_counts_once_it_is_published(
    run: CommandLine, publish: Callable[[], None], status_list: Path, revocable: Path
) -> None:
    publish()
    assert run("verify", *DOCUMENTS, revocable).code == 0
    ran = run("status", "set", status_list, "--badge", revocable, "--reason", REASON)
    assert (ran.code, ran.err) == (0, "Publish the list for others to see it.\n")
    assert (ran.data["set"], ran.data["reason"]) == (True, REASON)
    assert datetime.fromisoformat(str(ran.data["at"])).tzinfo is not None
    assert run("verify", *DOCUMENTS, revocable).code == 0
    publish()
    ran = run("verify", *DOCUMENTS, revocable)
    assert (ran.code, ran.err) == (1, "")
    assert f"✗ STATUS-REVOKED: The issuer has revoked this badge: “{REASON}”" in ran.text


def test_a_revocation_cannot_be_undone(run: CommandLine, status_list: Path, revocable: Path) -> None:
    run("status", "set", status_list, "--badge", revocable)
    assert run("status", "unset", status_list, "--badge", revocable).refused(1, "STATUS-REVOCATION-FINAL")
    assert run("status", "show", status_list, "--badge", revocable).data["set"] is True


def test_a_suspension_can_be_lifted(run: CommandLine, issue: Issue, did: str) -> None:
    asked = ("--url", URL, "--issuer", did, "--purpose", "suspension")
    run("status", "create", "suspension.db", *asked)
    badge = issue("ada.json", "--status-list", "suspension.db")
    Path("documents.json").write_text(json.dumps({URL: "list.json"}))
    publishing = ("status", "publish", "suspension.db", "-o", "list.json", "--key", "key.pem")
    assert run("status", "set", "suspension.db", "--badge", badge).code == 0
    assert run(*publishing).code == 0
    ran = run("verify", *DOCUMENTS, badge, "--format", "json")
    assert (ran.code, codes(ran.data)) == (1, {"STATUS-SUSPENDED"})
    ran = run("status", "unset", "suspension.db", "--badge", badge)
    assert (ran.code, ran.data["set"]) == (0, False)
    assert run(*publishing).code == 0
    assert run("verify", *DOCUMENTS, badge).code == 0


@pytest.mark.parametrize("form", ["json", "jwt", "png"])
def test_a_badge_is_found_in_any_form(run: CommandLine, issue: Issue, status_list: Path, form: str) -> None:
    picture = Path(__file__).parents[2] / "examples" / "breakthrough" / "facilitator.png"
    options = {"json": (), "jwt": ("--proof", "vc-jwt"), "png": ("--picture", picture)}
    badge = issue(f"ada.{form}", "--status-list", status_list, *options[form])
    ran = run("status", "show", status_list, "--badge", badge)
    assert ran.code == 0
    assert run("status", "show", status_list, "--index", str(ran.data["index"])).data == ran.data


def test_an_index_serves_where_the_badge_is_gone(
    run: CommandLine, status_list: Path, revocable: Path
) -> None:
    index = str(run("status", "show", status_list, "--badge", revocable).data["index"])
    assert run("status", "set", status_list, "--index", index).data["set"] is True


@pytest.mark.parametrize("command", ["set", "unset", "show"])
def test_badges_and_indexes_that_are_not_in_the_list_are_wrong_usage(
    run: CommandLine, status_list: Path, badge: Path, command: str
) -> None:
    asked = ("status", command, status_list)
    assert run(*asked, "--index", "131072").refused(2, "STATUS-INDEX-RANGE")
    assert run(*asked, "--badge", badge).refused(2, "CLI-STATUS-ENTRY", "ada.json")
    assert run(*asked, "--badge", "issuer.json").refused(2, "CLI-STATUS-ENTRY", "issuer.json")
    assert run(*asked, "--badge", "missing.json").refused(2, "CLI-FILE", "missing.json")
    assert run(*asked, "--badge", "key.pem").refused(1, "key.pem: BADGE-FORMAT")
    both = run(*asked, "--badge", badge, "--index", "5")
    assert (both.code, both.out) == (2, b"")
    assert "give either --badge or --index" in both.err


def test_an_index_that_was_never_given_out_cannot_be_set(run: CommandLine, status_list: Path) -> None:
    assert run("status", "set", status_list, "--index", "5").refused(2, "STATUS-INDEX-FREE")
    assert run("status", "show", status_list).data["set"] == 0


def test_set_wants_a_badge_or_an_index(run: CommandLine, status_list: Path) -> None:
    ran = run("status", "set", status_list)
    assert (ran.code, ran.out) == (2, b"")
    assert "give either --badge or --index" in ran.err


def test_a_reason_that_names_somebody_is_refused(
    run: CommandLine, status_list: Path, revocable: Path
) -> None:
    asked = ("status", "set", status_list, "--badge", revocable, "--reason", "Ask ada@example.org")
    assert run(*asked).refused(1, "STATUS-REASON-PERSONAL")
    assert run("status", "show", status_list, "--badge", revocable).data["set"] is False


def test_publish_names_the_files_that_it_wrote(run: CommandLine, status_list: Path, revocable: Path) -> None:
    asked = ("status", "publish", status_list, "-o", "list.json", "--key", "key.pem", "--valid-for", "30d")
    assert (ran := run(*asked)).err == "list.json\n"
    assert (ran.code, ran.out) == (0, b"")
    run("status", "set", status_list, "--badge", revocable, "--reason", REASON)
    assert run(*asked).err == "list.json\nlist.json.reasons.json\n"
    listed = json.loads(Path("list.json").read_bytes())
    assert listed["credentialSubject"]["statusPurpose"] == "revocation"
    assert "validUntil" in listed


def test_publish_uses_the_verification_method_that_is_named(run: CommandLine) -> None:
    run("status", "create", "list.db", "--url", URL, "--issuer", "did:web:badges.example")
    asked = ("status", "publish", "list.db", "-o", "list.json", "--key", "key.pem")
    assert run(*asked, "--verification-method", "did:web:badges.example#key-1").code == 0
    proof = json.loads(Path("list.json").read_bytes())["proof"]
    assert proof["verificationMethod"] == "did:web:badges.example#key-1"


@pytest.mark.parametrize("duration", ["30", "d", "0d", "-1d", "30 days", "999999w"])
def test_publish_refuses_what_is_no_duration(run: CommandLine, status_list: Path, duration: str) -> None:
    ran = run(
        "status", "publish", status_list, "-o", "list.json", "--key", "key.pem", f"--valid-for={duration}"
    )
    assert (ran.code, ran.out) == (2, b"")
    assert "STATUS-DURATION" in ran.err or f"“{duration}” is no duration (30d, 12h, 90m, 45s, 2w)" in ran.err
    assert not Path("list.json").exists()


def test_publish_never_revives_a_badge(
    run: CommandLine, publish: Callable[[], None], status_list: Path, revocable: Path
) -> None:
    old = status_list.read_bytes()
    run("status", "set", status_list, "--badge", revocable)
    publish()
    status_list.write_bytes(old)
    published = Path("revocation.json").read_bytes()
    ran = run("status", "publish", status_list, "-o", "revocation.json", "--key", "key.pem")
    assert ran.refused(2, "STATUS-STATE-OLD")
    assert Path("revocation.json").read_bytes() == published


def test_publish_says_where_it_cannot_write(run: CommandLine, status_list: Path) -> None:
    for place in ("missing/list.json", "issuer.json/list.json"):
        ran = run("status", "publish", status_list, "-o", place, "--key", "key.pem")
        assert ran.refused(2, "STATUS-WRITE", place)


def test_a_state_that_is_none_is_wrong_usage(run: CommandLine) -> None:
    for command in ("set", "unset", "show"):
        assert run("status", command, "missing.db", "--index", "1").refused(2, "STATUS-STATE-MISSING")
        assert run("status", command, "issuer.json", "--index", "1").refused(2, "STATUS-STATE-FORMAT")
    assert not Path("missing.db").exists()
