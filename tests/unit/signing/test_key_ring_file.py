"""A key ring on disk: read back as it was written, and refused when a hand has changed it."""

from __future__ import annotations

import json
import subprocess
import sys
import types
from pathlib import Path
from typing import Any

import pytest

from key_rings import DID, FIRST, NOW, ROTATED, STOLEN, THREE
from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.errors import KeyMaterialError, OutputError
from openbadge_issuer.signing import key_ring_file
from openbadge_issuer.signing.key_ring import KeyRing
from openbadge_issuer.signing.key_ring_file import (
    MAX_RING_BYTES,
    change_key_ring,
    key_ring_json,
    parse_key_ring,
    read_key_ring,
    write_key_ring,
)


def refused(path: Path) -> tuple[str, str]:
    with pytest.raises(KeyMaterialError) as error:
        read_key_ring(path)
    assert str(error.value)
    return error.value.code, error.value.pointer


@pytest.mark.parametrize("ring", [KeyRing(DID), FIRST, ROTATED, STOLEN])
def test_a_ring_is_read_as_it_was_written(ring: KeyRing, tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    write_key_ring(path, ring)
    assert read_key_ring(path) == ring
    assert [file.name for file in tmp_path.iterdir()] == ["keys.json"]


WORKER = Path(__file__).with_name("key_ring_worker.py")
EACH = 30


def test_two_processes_that_change_a_ring_lose_nothing_of_each_other(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    write_key_ring(path, KeyRing(DID))
    workers = [
        subprocess.Popen(
            [sys.executable, str(WORKER), str(path), name, str(EACH)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        for name in ("one", "two")
    ]
    for worker in workers:  # both are there, so they meet all the time
        assert worker.stdout is not None
        assert worker.stdout.readline() == b"ready\n"
    for worker in workers:
        assert worker.stdin is not None
        worker.stdin.write(b"go\n")
        worker.stdin.flush()
    for worker in workers:
        worker.communicate(timeout=60)
    assert [worker.returncode for worker in workers] == [0, 0]
    found = [key.fragment for key in read_key_ring(path).keys]
    assert sorted(found) == sorted(f"{name}-{number}" for name in ("one", "two") for number in range(EACH))
    assert [file.name for file in tmp_path.iterdir()] == ["keys.json"], "nothing is left of the lock"


def test_who_waits_too_long_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "keys.json"
    write_key_ring(path, FIRST)
    monkeypatch.setattr(key_ring_file, "LOCK_SECONDS", 0)

    def meanwhile(ring: KeyRing) -> KeyRing:
        with pytest.raises(KeyMaterialError) as error:
            change_key_ring(path, lambda inner: inner)
        assert error.value.code == "RING-BUSY"
        assert error.value.sentence("nl")
        return ring

    change_key_ring(path, meanwhile)
    with pytest.raises(ZeroDivisionError):
        change_key_ring(path, lambda ring: ring.retire(str(1 // 0), at=NOW, now=NOW))
    assert change_key_ring(path, lambda ring: ring) == FIRST, "a failure lifts the lock"


def test_where_no_folder_can_be_locked_a_file_beside_the_ring_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows; its module is played here by the locks of this system."""
    fcntl = pytest.importorskip("fcntl")
    module = types.ModuleType("msvcrt")
    module.LK_NBLCK = 2  # type: ignore[attr-defined]  # as the real one has

    def locking(handle: int, mode: int, count: int) -> None:
        assert (mode, count) == (2, 1)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise PermissionError(13, "Permission denied") from error

    module.locking = locking  # type: ignore[attr-defined]  # the same
    monkeypatch.setitem(sys.modules, "msvcrt", module)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(key_ring_file, "LOCK_SECONDS", 0)
    path = tmp_path / "keys.json"

    def within(begun: KeyRing) -> KeyRing:
        with pytest.raises(KeyMaterialError) as error:
            change_key_ring(path, lambda ring: ring)
        assert error.value.code == "RING-BUSY"
        return begun

    assert change_key_ring(path, within, begin=FIRST) == FIRST
    assert change_key_ring(path, lambda ring: ring) == FIRST
    assert sorted(one.name for one in tmp_path.iterdir()) == [".keys.json.lock", "keys.json"]


def test_a_ring_begins_where_none_is(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    with pytest.raises(KeyMaterialError) as error:
        change_key_ring(path, lambda ring: ring)
    assert error.value.code == "RING-MISSING"
    begun = change_key_ring(path, lambda ring: ring, begin=KeyRing(DID))
    assert read_key_ring(path) == begun == KeyRing(DID)
    assert change_key_ring(path, lambda _: FIRST, begin=KeyRing("did:web:other.example")) == FIRST
    with pytest.raises(OutputError):
        change_key_ring(tmp_path / "none" / "keys.json", lambda ring: ring, begin=FIRST)


def test_the_file_says_what_people_want_to_know(tmp_path: Path) -> None:
    write_key_ring(tmp_path / "keys.json", STOLEN)
    old = json.loads((tmp_path / "keys.json").read_text())["keys"][0]
    assert {name: value for name, value in old.items() if name != "publicKeyJwk"} == {
        "fragment": "key-1",
        "status": "compromised",
        "from": "2026-03-01T12:00:00Z",
        "until": "2027-03-01T12:00:00Z",
        "compromisedSince": "2026-08-31T00:00:00Z",
        "uri": "file:one.pem",
    }


def test_a_change_is_written_at_once_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    write_key_ring(path, FIRST)
    changed = change_key_ring(path, lambda ring: ring.add(THREE.public_key, uri="three.pem", now=NOW))
    assert read_key_ring(path) == changed
    with pytest.raises(KeyMaterialError):
        change_key_ring(path, lambda ring: ring.add(THREE.public_key, uri="three.pem", now=NOW))
    assert read_key_ring(path) == changed


def changed(*steps: str | int, to: object) -> JsonObject:
    document: Any = json.loads(json.dumps(key_ring_json(STOLEN)))
    place = document
    for step in steps[:-1]:
        place = place[step]
    place[steps[-1]] = to
    return document  # type: ignore[no-any-return]  # JSON


@pytest.mark.parametrize(
    ("document", "pointer"),
    [
        (changed("version", to=2), ""),
        (changed("controller", to=7), ""),
        (changed("controller", to="https://badges.example/"), "/controller"),
        (changed("keys", to={}), "/keys"),
        (changed("keys", to=[{}] * 81), "/keys"),
        (changed("keys", 0, to=[]), "/keys/0"),
        (changed("keys", 0, "publicKeyJwk", to={}), "/keys/0/publicKeyJwk"),
        (changed("keys", 0, "publicKeyJwk", "d", to="AA"), "/keys/0/publicKeyJwk"),
        (changed("keys", 0, "fragment", to=None), "/keys/0/fragment"),
        (changed("keys", 0, "fragment", to="key-2"), "/keys/1"),
        (changed("keys", 0, "fragment", to="two words"), "/controller"),
        (changed("keys", 0, "uri", to=None), "/keys/0/uri"),
        (changed("keys", 0, "from", to=None), "/keys/0/from"),
        (changed("keys", 0, "until", to="yesterday"), "/keys/0/until"),
        (changed("keys", 0, "compromisedSince", to=0), "/keys/0/compromisedSince"),
        (changed("keys", 0, "compromisedSince", to=None), "/keys/0/status"),
        (changed("keys", 1, "status", to="retired"), "/keys/1/status"),
        (changed("keys", 1, "publicKeyJwk", to=FIRST.keys[0].public_key.jwk), "/keys/1"),
    ],
)
def test_a_ring_that_a_hand_has_changed_is_refused(
    document: JsonObject, pointer: str, tmp_path: Path
) -> None:
    path = tmp_path / "keys.json"
    path.write_text(json.dumps(document))
    assert refused(path) == ("RING-FORMAT", pointer)


@pytest.mark.parametrize("text", ["", "[]", "{", '{"a": 1, "a": 1}', " " * (MAX_RING_BYTES + 1)])
def test_what_is_no_ring_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    path.write_text(text)
    assert refused(path)[0] == "RING-FORMAT"


def test_a_file_that_is_not_there_or_cannot_be_read_is_named(tmp_path: Path) -> None:
    assert refused(tmp_path / "keys.json")[0] == "RING-MISSING"
    assert refused(tmp_path)[0] == "RING-UNREADABLE"


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(OutputError) as error:
        write_key_ring(tmp_path / "none" / "keys.json", FIRST)
    assert error.value.code == "RING-NOT-SAVED"


def test_a_ring_of_the_file_can_be_parsed_from_its_json() -> None:
    assert parse_key_ring(key_ring_json(STOLEN)) == STOLEN
