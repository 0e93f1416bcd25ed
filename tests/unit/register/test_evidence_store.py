"""Evidence files: whole or not there, named by what is in them, and nobody else's."""

from __future__ import annotations

import hashlib
import io
import os
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO, cast

import pytest

from openbadge_issuer.errors import DocumentError, LimitError, OpenBadgeError, OutputError, RegisterError
from openbadge_issuer.register.evidence_store import EvidenceStore, StoredFile, measure
from openbadge_issuer.register.private_file import INCOMING
from openbadge_issuer.register.settings import evidence_in

SCAN = b"%PDF-1.7 a scan"
DIGEST = hashlib.sha256(SCAN).hexdigest()


@pytest.fixture
def store(tmp_path: Path) -> EvidenceStore:
    return EvidenceStore.create(tmp_path / "evidence")


def files(store: EvidenceStore) -> list[Path]:
    return [path for path in store.folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("source", [SCAN, io.BytesIO(SCAN)], ids=["bytes", "file"])
def test_what_is_put_is_read_back(store: EvidenceStore, source: bytes | BinaryIO) -> None:
    assert store.put(source) == StoredFile(DIGEST, len(SCAN))
    assert store.read(DIGEST) == SCAN
    assert store.holds(DIGEST)
    assert store.check(DIGEST) == len(SCAN)
    assert list(store.digests()) == [DIGEST]
    assert EvidenceStore.open(store.folder).read(DIGEST) == SCAN


def test_the_same_file_twice_is_one_and_heals_a_damaged_one(store: EvidenceStore) -> None:
    store.put(SCAN)
    store.path(DIGEST).write_bytes(b"damaged")
    store.put(SCAN)
    assert store.read(DIGEST) == SCAN
    assert len(files(store)) == 1


def test_an_empty_file_is_a_file(store: EvidenceStore) -> None:
    assert store.read(store.put(b"").digest) == b""


@pytest.mark.skipif(os.name != "posix", reason="other systems keep rights otherwise")
def test_files_and_folders_are_their_owners_only(store: EvidenceStore) -> None:
    before = os.umask(0)
    try:
        store.put(SCAN)
    finally:
        os.umask(before)
    path = store.path(DIGEST)
    modes = [stat.S_IMODE(one.stat().st_mode) for one in (path, path.parent, store.folder)]
    assert modes == [0o600, 0o700, 0o700]


def test_too_much_is_refused_and_leaves_nothing(store: EvidenceStore) -> None:
    class Endless(io.RawIOBase):
        def read(self, size: int = -1) -> bytes:
            return bytes(size)

    for source in (SCAN, io.BytesIO(SCAN), cast("BinaryIO", Endless())):
        with pytest.raises(LimitError) as error:
            store.put(source, max_bytes=len(SCAN) - 1)
        assert error.value.code == "REGISTER-EVIDENCE-SIZE"
    assert store.put(SCAN, max_bytes=len(SCAN)).size == len(SCAN)
    assert len(files(store)) == 1


def test_a_file_that_is_not_the_expected_one_is_not_kept(store: EvidenceStore) -> None:
    with pytest.raises(RegisterError) as error:
        store.put(b"something else", expected=DIGEST)
    assert error.value.code == "REGISTER-EVIDENCE-CHANGED"
    assert files(store) == []
    assert store.put(SCAN, expected=DIGEST).digest == DIGEST


def test_a_source_that_breaks_off_leaves_nothing(store: EvidenceStore) -> None:
    class Broken(io.RawIOBase):
        def read(self, _: int = -1) -> bytes:
            raise ConnectionResetError

    with pytest.raises(DocumentError) as refused:
        store.put(cast("BinaryIO", Broken()))
    assert refused.value.code == "REGISTER-EVIDENCE-READ"
    assert files(store) == []


@pytest.mark.parametrize(
    "digest",
    [
        "",
        "../../etc/passwd",
        f"../{DIGEST[3:]}",
        DIGEST.upper(),
        DIGEST[:-1],
        f"{DIGEST}\n",
        f"/{DIGEST[1:]}",
        "ab/" + DIGEST[3:],
    ],
)
def test_what_is_no_digest_reaches_no_file(store: EvidenceStore, digest: str) -> None:
    store.put(SCAN)
    (store.folder.parent / "passwd").write_bytes(b"")
    for way in (store.path, store.holds, store.read, store.check, store.remove):
        with pytest.raises(RegisterError) as error:
            way(digest)
        assert error.value.code == "REGISTER-EVIDENCE-DIGEST"


def test_a_missing_and_a_changed_file(store: EvidenceStore) -> None:
    def code(digest: str) -> str:
        with pytest.raises(OpenBadgeError) as error:
            store.read(digest)
        return error.value.code

    assert code(DIGEST) == "REGISTER-EVIDENCE-MISSING"
    store.put(SCAN)
    store.path(DIGEST).write_bytes(SCAN + b"!")
    assert code(DIGEST) == "REGISTER-EVIDENCE-CHANGED"


def test_a_link_is_no_file(store: EvidenceStore, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_bytes(SCAN)
    path = store.path(DIGEST)
    path.parent.mkdir()
    path.symlink_to(tmp_path / "elsewhere")
    assert not store.holds(DIGEST)
    with pytest.raises(RegisterError, match="missing"):
        store.read(DIGEST)


def test_removing(store: EvidenceStore) -> None:
    store.put(SCAN)
    assert store.remove(DIGEST)
    assert not store.remove(DIGEST)
    assert not store.holds(DIGEST)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(RegisterError) as error:
        EvidenceStore.open(tmp_path / "nowhere")
    assert error.value.code == "REGISTER-EVIDENCE-FOLDER"
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OutputError) as failed:
        EvidenceStore.create(tmp_path / "file")
    assert failed.value.code == "REGISTER-EVIDENCE-WRITE"


def test_what_a_killed_process_left_is_cleared_away(store: EvidenceStore) -> None:
    left = store.folder / f"{INCOMING}1"
    left.write_bytes(SCAN)
    now = datetime.fromtimestamp(left.stat().st_mtime, UTC)
    assert store.clear_incoming(before=now - timedelta(hours=1)) == 0
    assert store.clear_incoming(before=now + timedelta(hours=1)) == 1
    assert files(store) == []


def test_other_files_in_the_folder_are_no_evidence(store: EvidenceStore) -> None:
    store.put(SCAN)
    (store.folder / "README").write_bytes(b"")
    (store.folder / "ab").mkdir(exist_ok=True)
    (store.folder / "ab" / "notes").write_bytes(b"")
    assert list(store.digests()) == [DIGEST]


def test_digests_are_found_wherever_they_stand_in_a_part() -> None:
    other = "b" * 64
    content = {
        "evidence": [{"sha256": DIGEST, "name": "x"}, {"files": {"sha256": other}}],
        "digest": "c" * 64,
        "sha256": "no digest",
        "note": DIGEST,
    }
    assert set(evidence_in(content)) == {DIGEST, other}  # type: ignore[arg-type]  # of JSON


def test_what_cannot_be_read_is_not_said_to_be_unwritable(tmp_path: Path) -> None:
    class Broken(io.BytesIO):
        name = "scan.pdf"

        def read(self, size: int | None = -1, /) -> bytes:
            del size
            raise OSError(5, "Input/output error")

    store = EvidenceStore.create(tmp_path)
    for take in (store.put, measure):
        with pytest.raises(DocumentError) as refused:
            take(Broken())
        assert refused.value.code == "REGISTER-EVIDENCE-READ"
        assert "scan.pdf cannot be read: Input/output error" in str(refused.value)
    assert list(store.digests()) == []


def test_measuring_tells_the_same_as_storing_and_stores_nothing(tmp_path: Path) -> None:
    store = EvidenceStore.create(tmp_path)
    measured = measure(io.BytesIO(b"a plan"))
    assert not store.holds(measured.digest)
    assert store.put(b"a plan") == measured
    with pytest.raises(LimitError):
        measure(io.BytesIO(b"a plan"), max_bytes=5)
