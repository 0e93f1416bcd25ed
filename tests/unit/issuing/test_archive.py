"""Every signature in a file of the archive is found, and what cannot be read is named."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from issued_badges import achievement, fixed_bytes
from key_rings import DID, NOW, ONE
from openbadge_issuer.assertions.json_text import JsonObject, parse_json_object
from openbadge_issuer.baking import bake
from openbadge_issuer.issuing import Issuer, Recipient
from openbadge_issuer.issuing.archive import MAX_FILE_BYTES, Unread, read_archive, signatures_in
from openbadge_issuer.signing.sd_jwt_vc import sign_vc_sd_jwt
from openbadge_issuer.signing.sealing import ProofFormat

METHOD = f"{DID}#key-1"
ISSUER = Issuer(id=DID, name="B", signer=ONE, verification_method=METHOD)
ADA = Recipient(id="did:example:ada")


def issue(proof: ProofFormat | None = None, *, endorsed: bool = False) -> bytes:
    own = "urn:uuid:00000000-0000-4000-8000-000000000001"
    endorsements = [ISSUER.endorse(own, "Well done", now=NOW).inside] if endorsed else []
    return ISSUER.issue(
        achievement(), ADA, id=own, endorsements=endorsements, proof=proof, now=NOW, rng=fixed_bytes
    ).data


def token_endorsement() -> str:
    return ISSUER.endorse("urn:uuid:1", "Well done", proof="vc-jwt", now=NOW).data.decode()


JSON, TOKEN = issue(), issue("vc+jwt")
ENVELOPE: JsonObject = {
    "@context": ["https://www.w3.org/ns/credentials/v2"],
    "type": "EnvelopedVerifiableCredential",
    "id": f"data:application/vc+jwt,{TOKEN.decode()}",
}
RECORD = ISSUER.issue_clr([JSON, TOKEN], name="Record", now=NOW).data
INSIDE = "#/credentialSubject/verifiableCredential"


def presentation(*shown: object) -> bytes:
    return json.dumps({"type": ["VerifiablePresentation"], "verifiableCredential": [*shown]}).encode()


def plain(document: bytes) -> JsonObject:
    return {name: value for name, value in parse_json_object(document).items() if name != "proof"}


DISCLOSING = sign_vc_sd_jwt(
    plain(issue(endorsed=True)), ONE, kid=METHOD, disclosable=["/endorsement/0"]
).encode()


def envelope(id_: object) -> bytes:
    return json.dumps({**ENVELOPE, "id": id_}).encode()


def places(data: bytes) -> list[str]:
    """The places of signatures, and with a `!` those of what cannot be read."""
    return [("!" if isinstance(one, Unread) else "") + one.place for one in signatures_in(data)]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (JSON, [""]),
        (b"\xef\xbb\xbf" + JSON, [""]),
        (TOKEN, [""]),
        (bake(b'<svg xmlns="http://www.w3.org/2000/svg"></svg>', JSON), [""]),
        (issue(endorsed=True), ["", "#/endorsement/0"]),
        (issue("vc-jwt", endorsed=True), ["", "#/endorsement/0"]),
        (RECORD, ["", f"{INSIDE}/0", f"{INSIDE}/1/id"]),
        (envelope(ENVELOPE["id"]), ["#/id"]),
        (presentation(json.loads(JSON), TOKEN.decode(), ENVELOPE),
         ["#/verifiableCredential/1", "#/verifiableCredential/0", "#/verifiableCredential/2/id"]),
        (presentation(json.loads(RECORD)),
         [f"#/verifiableCredential/0{one}" for one in ("", f"{INSIDE[1:]}/0", f"{INSIDE[1:]}/1/id")]),
        (json.dumps({"a": {"endorsementJwt": token_endorsement()}}).encode(), ["#/a/endorsementJwt"]),
        (b"[" + JSON + b"," + RECORD + b"]", ["#/0", "#/1", f"#/1{INSIDE[1:]}/0", f"#/1{INSIDE[1:]}/1/id"]),
        (JSON + b"\n\n" + TOKEN + b"\n", [":1", ":3"]),
        (DISCLOSING, ["", "#/endorsement/0"]),
        (b"{}", []),
        (b"[]", []),
    ],
)  # fmt: skip
def test_every_signature_is_found_with_its_place(data: bytes, expected: list[str]) -> None:
    assert places(data) == expected


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", ["!"]),
        (b"{", ["!"]),
        (b"Dear reader,\nthis is no badge.", ["!"]),
        (TOKEN[:-42], [""]),  # with a signature that is too short, which holds under no key
        (TOKEN[: len(TOKEN) // 2], ["!"]),
        (JSON[:-9], ["!"]),
        (JSON + b"\n" + JSON[:-9], [":1", "!:2"]),
        (TOKEN + b"~WyJhIiwiYiIsMV0~", ["!", ""]),
        (b'<svg xmlns="http://www.w3.org/2000/svg"></svg>', ["!"]),
        (b"\x89PNG\r\n\x1a\n", ["!"]),
        (envelope("data:application/vc+cose;base64,0oRDoQEm"), ["!#/id"]),
        (envelope(7), ["!#/id"]),
        (presentation("a.b.c", json.loads(JSON)), ["!#/verifiableCredential/0", "#/verifiableCredential/1"]),
    ],
)
def test_what_cannot_be_read_is_named_and_the_rest_is_found(data: bytes, expected: list[str]) -> None:
    assert places(data) == expected


def test_every_file_of_a_folder_is_read_or_named(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / ".hidden").write_bytes(b"2")
    (tmp_path / "a.txt").write_bytes(b"1")
    (tmp_path / "nowhere").symlink_to(tmp_path / "none")
    os.mkfifo(tmp_path / "pipe")
    with (tmp_path / "vast").open("wb") as file:
        file.truncate(MAX_FILE_BYTES + 1)
    found = {Path(place).name: data for place, data in read_archive(tmp_path)}
    assert found == {"a.txt": b"1", ".hidden": b"2", "nowhere": None, "pipe": None, "vast": None}
    assert list(read_archive(tmp_path / "a.txt")) == [(str(tmp_path / "a.txt"), b"1")]
