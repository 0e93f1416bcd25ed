from __future__ import annotations

import random
import shutil
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest

from openbadge_issuer.assertions.json_text import parse_json_object
from openbadge_issuer.errors import OpenBadgeError, OutputError, StatusError
from openbadge_issuer.signing.signing_key import SigningKey
from openbadge_issuer.status.list_file import PublishedFiles, StatusListFile
from openbadge_issuer.status.reading import PublishedStatusList, read_status_list
from openbadge_issuer.status.reasons import read_reasons
from openbadge_issuer.status.status_list import Purpose

URL = "https://badges.example/status/1"
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@cache
def key() -> SigningKey:
    return SigningKey.generate("Ed25519")


def rng(size: int) -> bytes:
    return random.Random(7).randbytes(size)  # noqa: S311  # a test repeats itself


def new(folder: Path, purpose: Purpose = "revocation") -> StatusListFile:
    return StatusListFile.create(folder / "private.sqlite3", url=URL, issuer=key().did_key, purpose=purpose)


def publish(status: StatusListFile, folder: Path) -> PublishedFiles:
    return status.publish(folder / "1", key(), now=NOW, valid_for=timedelta(days=7), ttl=timedelta(hours=1))


def published(folder: Path) -> PublishedStatusList:
    return read_status_list(parse_json_object((folder / "1").read_bytes()))


def test_from_award_to_a_revocation_with_its_reason(tmp_path: Path) -> None:
    status = new(tmp_path)
    entry = status.allocate(rng=rng, key="urn:uuid:1")
    files = publish(status, tmp_path)
    assert files == PublishedFiles(tmp_path / "1", None)
    assert not published(tmp_path).status_of(entry)
    assert published(tmp_path).reasons is None

    status.set(entry.index, now=NOW, reason="The evidence proved to belong to another workshop.")
    files = publish(StatusListFile.open(tmp_path / "private.sqlite3"), tmp_path)

    revoked = published(tmp_path)
    assert revoked.status_of(entry)
    assert revoked.reasons is not None
    assert files.reasons == tmp_path / "1.reasons.json"
    reasons = read_reasons(files.reasons.read_bytes(), resource=revoked.reasons)
    assert reasons[entry.location] == "The evidence proved to belong to another workshop."


def test_nothing_public_names_a_credential_and_public_files_can_be_read_by_all(tmp_path: Path) -> None:
    status = new(tmp_path)
    entry = status.allocate(rng=rng, key="urn:uuid:secret")
    status.set(entry.index, now=NOW, reason="Awarded twice.")
    publish(status, tmp_path)
    for name in ("1", "1.reasons.json"):
        assert b"secret" not in (tmp_path / name).read_bytes()
        assert (tmp_path / name).stat().st_mode & 0o777 == 0o644
    assert sorted(file.name for file in tmp_path.iterdir()) == ["1", "1.reasons.json", "private.sqlite3"]


def test_entries_are_given_out_one_by_one_or_together_and_found_by_key(tmp_path: Path) -> None:
    status = new(tmp_path)
    source = random.Random(1).randbytes  # noqa: S311  # a test repeats itself
    a, b = status.allocate_for(["a", "b"], rng=source)
    more = status.allocate_many(3, rng=source)
    assert len({entry.index for entry in (a, b, *more)}) == 5
    assert status.find("b") == b
    assert status.find("c") is None
    assert a.id == f"{URL}#{a.index}"
    assert status.allocation.count() == 5


def test_setting_again_keeps_the_first_moment_and_takes_the_new_reason(tmp_path: Path) -> None:
    status = new(tmp_path)
    index = status.allocate(rng=rng).index
    assert not status.get(index).value
    status.set(index, now=NOW, reason="First.")
    status.set(index, now=NOW + timedelta(days=1))
    assert (status.get(index).at, status.get(index).reason) == (NOW, "First.")
    status.set(index, now=NOW + timedelta(days=1), reason="Second.")
    assert (status.get(index).at, status.get(index).reason) == (NOW, "Second.")


def test_a_reason_can_be_withdrawn_and_then_is_no_longer_published(tmp_path: Path) -> None:
    status = new(tmp_path)
    index = status.allocate(rng=rng).index
    status.set(index, now=NOW, reason="Says too much.")
    publish(status, tmp_path)
    status.withdraw_reason(index)
    assert publish(status, tmp_path).reasons is None
    assert not (tmp_path / "1.reasons.json").exists()
    assert published(tmp_path).bits.get(index)


def test_a_revocation_is_final_and_a_suspension_is_lifted(tmp_path: Path) -> None:
    status = new(tmp_path)
    index = status.allocate(rng=rng).index
    status.set(index, value=False, now=NOW)
    status.set(index, now=NOW)
    with pytest.raises(StatusError) as caught:
        status.set(index, value=False, now=NOW)
    assert caught.value.code == "STATUS-REVOCATION-FINAL"

    (tmp_path / "s").mkdir()
    suspension = new(tmp_path / "s", purpose="suspension")
    index = suspension.allocate(rng=rng).index
    suspension.set(index, now=NOW, reason="Under investigation.")
    publish(suspension, tmp_path / "s")
    suspension.set(index, value=False, now=NOW)
    assert publish(suspension, tmp_path / "s").reasons is None
    assert published(tmp_path / "s").bits.count() == 0


def test_an_index_that_was_never_given_out_cannot_be_revoked(tmp_path: Path) -> None:
    status = new(tmp_path)
    with pytest.raises(StatusError) as caught:
        status.set(5, now=NOW)
    assert caught.value.code == "STATUS-INDEX-FREE"
    assert caught.value.sentence("nl")
    assert status.status_list().count() == 0


@pytest.mark.parametrize("index", [-1, 131_072, 2**80])
def test_an_index_outside_the_list_is_refused_everywhere(tmp_path: Path, index: int) -> None:
    status = new(tmp_path)
    for operation in (
        lambda: status.set(index, now=NOW),
        lambda: status.get(index),
        lambda: status.withdraw_reason(index),
    ):
        with pytest.raises(StatusError, match="outside"):
            operation()


def test_a_bad_reason_or_a_moment_without_offset_changes_nothing(tmp_path: Path) -> None:
    status = new(tmp_path)
    index = status.allocate(rng=rng).index
    with pytest.raises(StatusError):
        status.set(index, now=NOW, reason="Ask ada@example.org.")
    with pytest.raises(ValueError, match="offset"):
        status.set(index, now=NOW.replace(tzinfo=None))
    assert not status.get(index).value


def test_an_old_copy_of_the_state_cannot_revive_a_revoked_badge(tmp_path: Path) -> None:
    status = new(tmp_path)
    index = status.allocate(rng=rng).index
    shutil.copy(tmp_path / "private.sqlite3", tmp_path / "backup.sqlite3")
    status.set(index, now=NOW)
    publish(status, tmp_path)
    before = (tmp_path / "1").read_bytes()
    with pytest.raises(StatusError) as caught:
        publish(StatusListFile.open(tmp_path / "backup.sqlite3"), tmp_path)
    assert caught.value.code == "STATUS-STATE-OLD"
    assert (tmp_path / "1").read_bytes() == before


def test_one_list_is_not_published_over_another(tmp_path: Path) -> None:
    publish(new(tmp_path), tmp_path)
    other = StatusListFile.create(tmp_path / "2.sqlite3", url=f"{URL}2", issuer=key().did_key)
    with pytest.raises(StatusError, match="another one"):
        publish(other, tmp_path)


def test_a_file_of_another_kind_is_not_overwritten_not_even_the_private_one(tmp_path: Path) -> None:
    status = new(tmp_path)
    for name in ("private.sqlite3", "notes.txt"):
        (tmp_path / "notes.txt").write_text("{")
        before = (tmp_path / name).read_bytes()
        with pytest.raises(StatusError) as caught:
            status.publish(tmp_path / name, key(), now=NOW)
        assert caught.value.code == "STATUS-STATE-OLD"
        assert (tmp_path / name).read_bytes() == before


def test_a_failing_signer_leaves_the_published_files_as_they_were(tmp_path: Path) -> None:
    status = new(tmp_path)
    index = status.allocate(rng=rng).index
    publish(status, tmp_path)
    before = (tmp_path / "1").read_bytes()
    status.set(index, now=NOW, reason="Awarded twice.")
    with pytest.raises(OpenBadgeError):
        status.publish(tmp_path / "1", SigningKey.generate("Ed25519"), now=NOW)
    assert (tmp_path / "1").read_bytes() == before
    assert not (tmp_path / "1.reasons.json").exists()
    assert status.get(index).value


def test_a_write_that_fails_leaves_the_old_file_and_nothing_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    status = new(tmp_path)
    publish(status, tmp_path)
    before = (tmp_path / "1").read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OutputError) as caught:
        publish(status, tmp_path)
    assert caught.value.code == "STATUS-WRITE"
    assert "No space left" in caught.value.sentence("nl")
    assert (tmp_path / "1").read_bytes() == before
    assert sorted(file.name for file in tmp_path.iterdir()) == ["1", "private.sqlite3"]


def test_a_folder_that_does_not_exist_is_reported(tmp_path: Path) -> None:
    with pytest.raises(OutputError):
        publish(new(tmp_path), tmp_path / "nowhere")


def test_a_list_that_cannot_be_is_not_begun(tmp_path: Path) -> None:
    with pytest.raises(StatusError):
        StatusListFile.create(tmp_path / "x", url="http://badges.example/1", issuer="did:web:x")
    assert not (tmp_path / "x").exists()


def test_the_list_carries_the_issuer_as_it_was_given(tmp_path: Path) -> None:
    issuer = {"id": key().did_key, "name": "Breakthrough"}
    status = StatusListFile.create(tmp_path / "x", url=URL, issuer=issuer)  # type: ignore[arg-type]  # JSON
    index = status.allocate(rng=rng).index
    status.set(index, now=NOW, reason="Awarded twice.")
    files = publish(status, tmp_path)
    assert parse_json_object(files.status_list.read_bytes())["issuer"] == issuer
    assert files.reasons is not None
    assert parse_json_object(files.reasons.read_bytes())["issuer"] == key().did_key
