"""Files that only their owner reads, written beside their place and moved there when they are whole."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

INCOMING = ".incoming-"
"""How the name begins of a file that is not whole yet."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file that is being written.

    Attributes:
        path: where it stands meanwhile.
        file: what to write to.
    """

    path: Path
    file: BinaryIO

    def move(self, target: Path) -> None:
        """Make it last, and let it take the place of `target`."""
        self._finish()
        self.path.replace(target)
        sync_folder(target.parent)

    def move_new(self, target: Path) -> None:
        """Make it last, and move it to `target`; raises FileExistsError if something is there."""
        self._finish()
        os.link(self.path, target)
        self.path.unlink()
        sync_folder(target.parent)

    def _finish(self) -> None:
        self.file.flush()
        os.fsync(self.file.fileno())
        self.file.close()


@contextmanager
def incoming_file(folder: Path) -> Iterator[Incoming]:
    """Begin a file in a folder; unless it was moved, nothing of it stays. Raises OSError."""
    handle, name = tempfile.mkstemp(prefix=INCOMING, dir=folder)  # for its owner only
    path = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            yield Incoming(path, file)
    finally:
        path.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder last through a power cut."""
    if os.name != "posix":  # elsewhere a folder cannot be opened, and renaming needs no such help
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
