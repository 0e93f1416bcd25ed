"""Broken and hostile input: one clear sentence, the right exit code, nothing half-written."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.running import PASSWORD, CommandLine, Issue, codes
from openbadge_issuer.assertions.json_text import JsonObject, dump_json, parse_json_object
from openbadge_issuer.signing.cryptosuite import add_proof
from openbadge_issuer.signing.data_integrity import ProofOptions
from openbadge_issuer.signing.signing_key import SigningKey
from openbadge_issuer.signing.vc_jwt import parse_jwt, sign_jwt

PNG = (Path(__file__).parents[2] / "examples/breakthrough/facilitator.png").read_bytes()
BOMB = b"""<?xml version="1.0"?>
<!DOCTYPE svg [
<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">
]>
<svg xmlns="http://www.w3.org/2000/svg"><text>&c;</text></svg>"""
FILES = {
    "empty.json": (b"", "JSON-EMPTY"),
    "spaces.json": (b" \n ", "JSON-EMPTY"),
    "cut.json": (b'{"type": ["OpenBadgeCredential"', "JSON-SYNTAX"),
    "deep.json": (b'{"a":' * 1000 + b"1" + b"}" * 1000, "JSON-DEPTH"),
    "twice.json": (b'{"type": "OpenBadgeCredential", "name": "a", "name": "b"}', "JSON-DUPLICATE-KEY"),
    "array.json": (b"[]", "JSON-NOT-OBJECT"),
    "latin.json": (b'{"name": "\xe9"}', "JSON-"),
    "cut.png": (PNG[: len(PNG) // 2], "PNG-"),
    "header.png": (PNG[:8], "PNG-"),
    "blank.png": (PNG, "PNG-NO-BADGE"),
    "bomb.svg": (BOMB, "SVG-"),
    "blank.svg": (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "SVG-NO-BADGE"),
    "cut.svg": (b'<svg xmlns="http://www.w3.org/2000/svg"><g>', "SVG-"),
    "note.txt": (b"Dear all", "BADGE-FORMAT"),
    "two-parts.jwt": (b"eyJhbGciOiJFZERTQSJ9.e30", "BADGE-FORMAT"),
    "zeros.bin": (b"\0" * 4096, "BADGE-FORMAT"),
}
PICTURES = [name for name in FILES if name.endswith(("png", "svg"))]


def base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def key(name: str) -> SigningKey:
    return SigningKey.load(f"file:{name}", secret=PASSWORD)


@pytest.mark.parametrize("name", FILES)
def test_verify_rejects_it_with_one_finding(run: CommandLine, name: str) -> None:
    content, code = FILES[name]
    Path(name).write_bytes(content)
    ran = run("verify", name, "--format", "json")
    assert (ran.code, ran.err) == (1, "")
    found = codes(ran.data)
    assert len(found) == 1
    assert found.pop().startswith(code)
    told = run("verify", name).text
    assert told.startswith(f"{name}: REJECTED\n")
    assert f"\n  ✗ {code}" in told


@pytest.mark.parametrize("name", PICTURES)
def test_unbake_refuses_it_and_writes_nothing(run: CommandLine, name: str) -> None:
    content, code = FILES[name]
    Path(name).write_bytes(content)
    assert run("unbake", name, "-o", "out.json").refused(1, f"{name}: {code}")
    assert not Path("out.json").exists()


@pytest.mark.parametrize("name", [name for name in PICTURES if not name.startswith("blank")])
def test_bake_refuses_the_picture_and_writes_nothing(run: CommandLine, badge: Path, name: str) -> None:
    content, code = FILES[name]
    Path(name).write_bytes(content)
    assert run("bake", name, badge, "-o", "out").refused(1, f"ada.json → {name}: {code}")
    assert not Path("out").exists()
    assert Path(name).read_bytes() == content
    assert run("bake", name, badge, "-o", name).code == 1
    assert Path(name).read_bytes() == content


@pytest.mark.parametrize("name", ["empty.json", "cut.json", "deep.json", "twice.json", "array.json"])
@pytest.mark.parametrize("place", ["achievement", "issuer"])
def test_issue_refuses_it_and_writes_nothing(run: CommandLine, name: str, place: str) -> None:
    content, code = FILES[name]
    Path(name).write_bytes(content)
    achievement, issuer = (name, "issuer.json") if place == "achievement" else ("achievement.json", name)
    asked = ("--issuer", issuer, "--key", "key.pem", "--to", "did:example:ada", "-o", "ada.json")
    assert run("issue", achievement, *asked).refused(1, f"{name}: {code}")
    assert not Path("ada.json").exists()


def test_a_place_in_json_is_named_by_line_and_column(run: CommandLine) -> None:
    Path("cut.json").write_text('{\n  "type": [}')
    assert "line 2, column 12" in run("verify", "cut.json").text


@pytest.mark.parametrize(("signature", "code"), [("", "JWT-"), (base64url(bytes(64)), "JWT-ALGORITHM")])
def test_a_token_without_an_algorithm_is_rejected(
    run: CommandLine, issue: Issue, signature: str, code: str
) -> None:
    token = parse_jwt(issue("ada.jwt", "--proof", "vc-jwt").read_bytes())
    header = base64url(b'{"alg":"none","typ":"vc+jwt"}')
    Path("none.jwt").write_text(f"{header}.{base64url(dump_json(token.payload))}.{signature}")
    ran = run("verify", "none.jwt")
    assert (ran.code, ran.err) == (1, "")
    assert f"✗ {code}" in ran.text


def test_a_token_signed_with_another_key_is_rejected(run: CommandLine, issue: Issue) -> None:
    token = parse_jwt(issue("ada.jwt", "--proof", "vc-jwt").read_bytes())
    forged = sign_jwt(token.credential, key("other.pem"), kid=str(token.header["kid"]))
    Path("forged.jwt").write_text(forged)
    ran = run("verify", "forged.jwt", "--format", "json")
    assert (ran.code, ran.err) == (1, "")
    assert codes(ran.data) == {"PROOF-SIGNATURE", "JWT-ALGORITHM-OTHER"}


def test_a_token_that_brings_its_own_key_is_not_believed(run: CommandLine, issue: Issue) -> None:
    token = parse_jwt(issue("ada.jwt", "--proof", "vc-jwt").read_bytes())
    Path("forged.jwt").write_text(sign_jwt(token.credential, key("other.pem"), kid=None))
    ran = run("verify", "forged.jwt")
    assert ran.code in (1, 3)
    assert "ACCEPTED" not in ran.text


def gigabyte_of_zeros() -> bytes:
    """A gzip stream of 1 GiB: the same compressed mebibyte again and again."""
    squeeze = zlib.compressobj(9, zlib.DEFLATED, 31)
    mebibyte = bytes(1024 * 1024)
    first = squeeze.compress(mebibyte) + squeeze.flush(zlib.Z_FULL_FLUSH)
    again = squeeze.compress(mebibyte) + squeeze.flush(zlib.Z_FULL_FLUSH)
    return first + again * 1023 + squeeze.flush()


def test_a_status_list_of_a_gigabyte_is_not_unpacked(
    run: CommandLine, issue: Issue, status_list: Path, publish: Callable[[], None]
) -> None:
    badge = issue("ada.json", "--status-list", status_list)
    publish()
    listed: JsonObject = parse_json_object(Path("revocation.json").read_bytes())
    proof = listed.pop("proof")
    assert isinstance(proof, dict)
    subject = listed["credentialSubject"]
    assert isinstance(subject, dict)
    bomb: JsonObject = {
        **listed,
        "credentialSubject": {**subject, "encodedList": f"u{base64url(gigabyte_of_zeros())}"},
    }
    options = ProofOptions(verification_method=str(proof["verificationMethod"]))
    signed = add_proof(bomb, key("key.pem"), options)
    Path("revocation.json").write_bytes(dump_json(signed))
    ran = run("verify", badge, "--documents", "documents.json", "--format", "json")
    assert (ran.code, ran.err) == (3, "")
    assert len(ran.out) < 20_000
    found = codes(ran.data, "undetermined") - {"TRUST-NOT-ASKED"}
    assert len(found) == 1
    assert found.pop().startswith(("STATUS-", "FETCH-", "DOCUMENTS-"))


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"not json", b"\xff" * 100])
def test_a_status_list_that_is_none_determines_nothing(
    run: CommandLine, issue: Issue, status_list: Path, publish: Callable[[], None], content: bytes
) -> None:
    badge = issue("ada.json", "--status-list", status_list)
    publish()
    Path("revocation.json").write_bytes(content)
    ran = run("verify", badge, "--documents", "documents.json")
    assert (ran.code, ran.err) == (3, "")


@pytest.mark.parametrize("place", ["missing/out", "issuer.json/out", "folder"])
def test_an_output_that_cannot_be_written_leaves_nothing(run: CommandLine, badge: Path, place: str) -> None:
    Path("folder").mkdir()
    Path("baked.svg").write_bytes(b'<svg xmlns="http://www.w3.org/2000/svg"/>')
    before = sorted(Path().rglob("*"))
    for asked in (
        ("bake", "baked.svg", badge),
        ("issue", "achievement.json", "--issuer", "issuer.json", "--key", "key.pem", "--to", "did:example:a"),
        ("key", "did-document", "--key", "key.pem", "--did", "did:web:badges.example"),
    ):
        assert run(*asked, "-o", place).refused(2, f"CLI-WRITE: {place} cannot be written: ")
    assert sorted(Path().rglob("*")) == before


def test_a_wrong_password_signs_nothing(run: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENBADGE_KEY_PASSWORD", "wrong")
    asked = ("--issuer", "issuer.json", "--key", "key.pem", "--to", "did:example:ada", "-o", "ada.json")
    assert run("issue", "achievement.json", *asked).refused(2, "key.pem: KEY-PASSWORD-WRONG")
    assert not Path("ada.json").exists()


def test_a_folder_of_everything_wrong_is_told_badge_by_badge(run: CommandLine, badge: Path) -> None:
    Path("folder").mkdir()
    for name, (content, _) in FILES.items():
        (Path("folder") / name).write_bytes(content)
    badge.rename("folder/ada.json")
    ran = run("verify", "folder", "--format", "json")
    told = {Path(str(item["subject"])).name: item["accepted"] for item in ran.items}
    assert ran.code == 1
    assert told.pop("ada.json") is True
    assert set(told.values()) == {False}
    assert {"cut.json", "deep.json", "twice.json", "cut.png", "bomb.svg", "cut.svg"} <= set(told)
    assert "blank.png" not in told
    assert ran.err == f"{len(FILES) - len(told)} file(s) without a badge were passed over.\n"


def test_output_into_a_device_is_written_there_and_the_device_stays(run: CommandLine, badge: Path) -> None:
    """A link to it is as good as itself, and can be lost without harm if this ever fails."""
    Path("device").symlink_to("/dev/null")
    Path("blank.svg").write_bytes(FILES["blank.svg"][0])
    ran = run("bake", "blank.svg", badge, "-o", "device")
    assert (ran.code, ran.out, ran.err) == (0, b"", "device\n")
    assert Path("device").is_symlink()
