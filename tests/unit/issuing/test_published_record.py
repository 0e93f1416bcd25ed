"""What a home remembers of what it published."""

from __future__ import annotations

import hashlib
import json
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from openbadge_issuer.errors import DocumentError, OutputError
from openbadge_issuer.issuing.office.publication import Publication
from openbadge_issuer.issuing.published_record import PublishedFile, PublishedRecord

NOW = datetime(2026, 3, 2, 11, tzinfo=UTC)
BASE = "https://badges.example"


def publication(*names: str, gone: tuple[str, ...] = ()) -> Publication:
    urls = {f"{BASE}/{name}": name.encode() for name in (*names, *gone)}
    return Publication(urls, frozenset(f"{BASE}/{name}" for name in gone))


def record(*turns: Publication) -> PublishedRecord:
    made = PublishedRecord()
    for turn, one in enumerate(turns):
        made = made.then(one, NOW + timedelta(days=turn))
    return made


def test_nothing_was_published_at_first(tmp_path: Path) -> None:
    assert PublishedRecord.read(tmp_path / "published.json") == PublishedRecord()


def test_it_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "published.json"
    made = record(publication("a", "b/c"), publication("a", gone=("d",)))
    made.write(path)
    assert PublishedRecord.read(path) == made
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert made.at == NOW + timedelta(days=1)
    assert made.files[f"{BASE}/a"] == PublishedFile("a", hashlib.sha256(b"a").hexdigest())
    assert made.files[f"{BASE}/d"].status == 410
    assert made.withdrawn == {f"{BASE}/b/c": "b/c"}


def test_what_was_withdrawn_stays_so_until_it_is_published_again() -> None:
    made = record(publication("a", "b"), publication("a"), publication("a"))
    assert list(made.withdrawn.values()) == ["b"]
    assert made.then(publication("a", "b"), NOW).withdrawn == {}


def test_what_stands_at_another_address_now_is_not_taken_down(tmp_path: Path) -> None:
    moved = Publication({"https://other.example/a": b"a"})
    for turn in (publication("a", "b"), moved):
        turn.write(tmp_path)
    made = record(publication("a", "b"), moved)
    assert made.withdrawn == {f"{BASE}/b": "b"}
    assert made.take_down(tmp_path) == (tmp_path / "b",)
    assert (tmp_path / "a").read_bytes() == b"a"


def test_what_was_withdrawn_is_taken_down_and_nothing_else(tmp_path: Path) -> None:
    for turn in (publication("a", "b/c"), publication("a")):
        turn.write(tmp_path)
    (tmp_path / "index.html").write_text("ours")
    made = record(publication("a", "b/c"), publication("a"))
    assert made.take_down(tmp_path) == (tmp_path / "b/c",)
    assert {path.name for path in tmp_path.rglob("*") if path.is_file()} == {"a", "index.html"}
    assert made.take_down(tmp_path) == ()


def test_what_cannot_be_taken_down_is_named(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b/c").mkdir()
    with pytest.raises(OutputError) as refused:
        record(publication("b/c"), publication("a")).take_down(tmp_path)
    assert refused.value.code == "PUBLISH-WRITE"
    assert "b/c" in str(refused.value)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(OutputError) as refused:
        PublishedRecord().write(tmp_path / "missing" / "published.json")
    assert refused.value.code == "HOME-WRITE"


@pytest.mark.parametrize(
    "change",
    [
        {"version": 2},
        {"files": []},
        {"withdrawn": None},
        {"at": "yesterday"},
        {"files": {f"{BASE}/a": "a"}},
        {"files": {f"{BASE}/a": {"path": "a"}}},
        {"withdrawn": {f"{BASE}/a": "../../etc/passwd"}},
        {"withdrawn": {f"{BASE}/a": "/etc/passwd"}},
        {"withdrawn": {f"{BASE}/a": 3}},
    ],
)
def test_a_record_that_was_changed_by_hand_is_refused(tmp_path: Path, change: dict[str, Any]) -> None:
    path = tmp_path / "published.json"
    record(publication("a"), publication("b")).write(path)
    path.write_text(json.dumps({**json.loads(path.read_text()), **change}))
    with pytest.raises(DocumentError) as refused:
        PublishedRecord.read(path)
    assert refused.value.code == "HOME-FILE"


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"version": 1}'])
def test_what_is_no_record_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "published.json"
    path.write_bytes(content)
    with pytest.raises(DocumentError) as refused:
        PublishedRecord.read(path)
    assert refused.value.code == "HOME-FILE"


def test_a_record_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentError) as refused:
        PublishedRecord.read(tmp_path)
    assert refused.value.code == "HOME-FILE"
