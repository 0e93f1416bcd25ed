"""Writing a file as a whole: beside its place, then renamed, so that nothing half-written is ever seen."""

from __future__ import annotations

import errno
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

PUBLIC, PRIVATE = 0o644, 0o600
"""Modes: for everybody to read, and for the owner alone."""
_BESIDE = re.compile(r"\.(.+)\.[a-z0-9_]{8}")  # as `mkstemp` names what `write_whole` asks for


def write_whole(path: Path, data: bytes, *, mode: int = PUBLIC, overwrite: bool = True) -> None:
    """Replace a file so that readers see the old or the new one, and a power cut leaves one of them.

    Raises:
        FileExistsError: it is there already, and `overwrite` is not set.
        OSError: it cannot be written; then the old one stays, and nothing lies beside it.
    """
    with _beside(path, data, mode) as beside:
        if overwrite:
            beside.replace(path)
        else:
            _take(path, beside)
    _sync_folder(path.parent)


@contextmanager
def written_beside(path: Path, data: bytes, *, mode: int = PUBLIC) -> Iterator[Callable[[], None]]:
    """Write a file as `write_whole` does, but move it to its place only when the call that is given is made.

    So several files can be written before the first of them counts; what was not moved is taken away.

    Raises:
        OSError: it cannot be written.
    """
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    with _beside(path, data, mode) as beside:

        def move() -> None:
            beside.replace(path)
            _sync_folder(path.parent)

        yield move


@contextmanager
def _beside(path: Path, data: bytes, mode: int) -> Iterator[Path]:
    """Give a file beside the place; it is gone afterwards, moved or not."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.chmod(mode)  # mkstemp makes private files
        yield beside
    finally:
        beside.unlink(missing_ok=True)


def _take(path: Path, beside: Path) -> None:
    """Put a file in a place that must be free."""
    try:
        path.hardlink_to(beside)  # unlike a rename, refuses a name that is taken
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links: take the name first
        path.touch(exist_ok=False)
        beside.replace(path)
    else:
        beside.unlink()


def take_away_unfinished(paths: Iterable[Path]) -> None:
    """Remove what a killed process left beside files that it was writing; nobody else may be writing them.

    Raises:
        OSError: something cannot be removed.
    """
    names: dict[Path, set[str]] = {}
    for path in paths:
        names.setdefault(path.parent, set()).add(path.name)
    for folder, known in names.items():
        for beside in folder.glob(".*"):
            match = _BESIDE.fullmatch(beside.name)
            if match and match[1] in known:
                beside.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":  # elsewhere a folder cannot be opened, and renaming needs no such help
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
