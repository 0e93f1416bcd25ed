"""Files are written as a whole or not at all."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from openbadge_issuer import whole_file
from openbadge_issuer.whole_file import PRIVATE, take_away_unfinished, write_whole, written_beside


def test_a_file_is_replaced_and_nothing_lies_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "list.json"
    write_whole(path, b"old")
    write_whole(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("mode", [whole_file.PUBLIC, PRIVATE])
def test_it_gets_the_mode_asked_for(tmp_path: Path, mode: int) -> None:
    write_whole(tmp_path / "file", b"", mode=mode)
    assert stat.S_IMODE((tmp_path / "file").stat().st_mode) == mode


def test_what_fails_half_way_leaves_the_old_one_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "list.json"
    write_whole(path, b"old")

    def full(handle: int) -> None:
        raise OSError(handle, "No space left on device")

    monkeypatch.setattr("openbadge_issuer.whole_file.os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_several_files_are_written_before_the_first_counts(tmp_path: Path) -> None:
    path, other = tmp_path / "a", tmp_path / "b"
    write_whole(path, b"old")
    with written_beside(path, b"new") as move, written_beside(other, b"never"):
        assert path.read_bytes() == b"old"
        move()
        assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]
    for place in (tmp_path, tmp_path / "none" / "c"):
        with pytest.raises(OSError), written_beside(place, b""):  # noqa: PT011  # a folder, or in none
            pass


@pytest.mark.parametrize("links", [True, False])
def test_a_name_that_is_taken_can_be_refused(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    links: bool,  # noqa: FBT001
) -> None:
    def refuse(self: Path, target: Path) -> None:
        raise PermissionError(f"no links from {self} to {target}")

    if not links:  # as on some network drives and memory cards
        monkeypatch.setattr(Path, "hardlink_to", refuse)
    path = tmp_path / "key"
    write_whole(path, b"first", mode=PRIVATE, overwrite=False)
    with pytest.raises(FileExistsError):
        write_whole(path, b"second", mode=PRIVATE, overwrite=False)
    assert path.read_bytes() == b"first"
    assert stat.S_IMODE(path.stat().st_mode) == PRIVATE
    assert list(tmp_path.iterdir()) == [path]


def test_what_a_killed_process_was_writing_is_taken_away_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "list.jwt"
    kept = [
        path,
        tmp_path / ".list.jwt",
        tmp_path / ".htaccess",
        tmp_path / ".list.jwt.bak",
        tmp_path / ".other.jwt.ab12cd34",
    ]
    for file in (*kept, tmp_path / ".list.jwt.ab12cd34"):
        file.write_bytes(b"...")
    take_away_unfinished([path])
    assert set(tmp_path.iterdir()) == set(kept)
