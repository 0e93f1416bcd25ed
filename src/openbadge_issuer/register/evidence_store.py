"""Evidence files, stored by what is in them: the name of a file is the SHA-256 of its bytes.

The same file kept twice is one file. Nothing here knows whom a file is about: that stands in the register,
in the parts that name its digest, and so does who may see it. Files and folders are their owner's only.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from openbadge_issuer.errors import DocumentError, LimitError, OutputError, RegisterError
from openbadge_issuer.register.private_file import INCOMING, incoming_file, sync_folder

MAX_EVIDENCE_BYTES = 256 * 1024 * 1024
"""The largest file that is taken if nobody says otherwise: a scan, a photo, a short recording."""

_CHUNK = 1024 * 1024
_DIGEST = re.compile(r"[0-9a-f]{64}")
_FOLDER = re.compile(r"[0-9a-f]{2}")


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file in the store: its SHA-256 in hex, and how many bytes it has."""

    digest: str
    size: int


class EvidenceStore:
    """A folder of evidence files. Make one with `create` or `open`; safe between threads and processes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    def create(cls, folder: Path) -> EvidenceStore:
        """Make the folder, for its owner only, or use the one that is there.

        Raises:
            OutputError: `REGISTER-EVIDENCE-WRITE`, it cannot be made.
        """
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise _cannot_write(folder, error) from error
        return cls(folder)

    @classmethod
    def open(cls, folder: Path) -> EvidenceStore:
        """Open a folder that is there.

        Raises:
            RegisterError: `REGISTER-EVIDENCE-FOLDER`, it is not.
        """
        if not folder.is_dir():
            raise RegisterError("REGISTER-EVIDENCE-FOLDER", path=str(folder))
        return cls(folder)

    def put(
        self, source: bytes | BinaryIO, *, max_bytes: int = MAX_EVIDENCE_BYTES, expected: str | None = None
    ) -> StoredFile:
        """Store a file; it is whole and lasting when this returns, or not there at all.

        Args:
            source: the bytes, or something to read them from.
            max_bytes: the most that is taken.
            expected: the digest that it must have, if it is known.

        Raises:
            RegisterError: `REGISTER-EVIDENCE-CHANGED`, it has another.
            LimitError: `REGISTER-EVIDENCE-SIZE`, there is more.
            DocumentError: `REGISTER-EVIDENCE-READ`, the source cannot be read.
            OutputError: `REGISTER-EVIDENCE-WRITE`, it cannot be written.
        """
        stream = io.BytesIO(source) if isinstance(source, bytes) else source
        try:
            with incoming_file(self.folder) as incoming:
                stored = _copy(stream, incoming.file, max_bytes)
                if expected not in (None, stored.digest):
                    raise RegisterError("REGISTER-EVIDENCE-CHANGED", digest=expected)
                path = self.path(stored.digest)
                path.parent.mkdir(mode=0o700, exist_ok=True)
                incoming.move(path)  # also over the same file, which heals a damaged one
            sync_folder(self.folder)
        except OSError as error:
            raise _cannot_write(self.folder, error) from error
        return stored

    def path(self, digest: str) -> Path:
        """Return where the file of a digest stands, or would stand.

        Raises:
            RegisterError: `REGISTER-EVIDENCE-DIGEST`, it is no digest.
        """
        if not _DIGEST.fullmatch(digest):
            raise RegisterError("REGISTER-EVIDENCE-DIGEST")
        return self.folder / digest[:2] / digest[2:]

    def holds(self, digest: str) -> bool:
        """Tell whether there is a file of this digest, without reading it; raises as `path` does."""
        path = self.path(digest)
        return path.is_file() and not path.is_symlink()

    def read(self, digest: str) -> bytes:
        """Return a file, after comparing it with its digest; raises as `check` does."""
        target = io.BytesIO()
        self.copy(digest, target)
        return target.getvalue()

    def copy(self, digest: str, target: BinaryIO) -> int:
        """Write a file to `target` while comparing it with its digest, and return its size.

        What was written counts only once this has returned. Raises as `check` does.
        """
        return self._compare(digest, target)

    def check(self, digest: str) -> int:
        """Compare a file with its digest, and return its size.

        Raises:
            RegisterError: `REGISTER-EVIDENCE-DIGEST`; `REGISTER-EVIDENCE-MISSING`, there is no such file;
                `REGISTER-EVIDENCE-CHANGED`, it is not what was stored.
        """
        return self._compare(digest, None)

    def _compare(self, digest: str, target: BinaryIO | None) -> int:
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        try:
            with os.fdopen(os.open(self.path(digest), flags), "rb") as source:
                found = _copy(source, target, os.fstat(source.fileno()).st_size)
        except LimitError as error:  # it grows while it is read
            raise RegisterError("REGISTER-EVIDENCE-CHANGED", digest=digest) from error
        except (DocumentError, OSError) as error:
            raise RegisterError("REGISTER-EVIDENCE-MISSING", digest=digest) from error
        if found.digest != digest:
            raise RegisterError("REGISTER-EVIDENCE-CHANGED", digest=digest)
        return found.size

    def remove(self, digest: str) -> bool:
        """Remove a file, and tell whether it was there.

        Raises:
            RegisterError: `REGISTER-EVIDENCE-DIGEST`.
            OutputError: `REGISTER-EVIDENCE-WRITE`, it cannot be removed.
        """
        path = self.path(digest)
        try:
            path.unlink()
            sync_folder(path.parent)
        except FileNotFoundError:
            return False
        except OSError as error:
            raise _cannot_write(path, error) from error
        return True

    def digests(self) -> Iterator[str]:
        """Go through the digests of all files, in order."""
        for folder in sorted(self.folder.iterdir()):
            if _FOLDER.fullmatch(folder.name) and folder.is_dir():
                yield from sorted(
                    folder.name + file.name
                    for file in folder.iterdir()
                    if _DIGEST.fullmatch(folder.name + file.name)
                )

    def stored_before(self, digest: str, moment: datetime) -> bool:
        """Tell whether a file was stored, or stored anew, before a moment; no if there is none."""
        try:
            return self.path(digest).stat().st_mtime < moment.timestamp()
        except OSError:
            return False

    def clear_incoming(self, *, before: datetime) -> int:
        """Remove what a process left that was killed while it stored a file; return how many there were."""
        left = [
            path for path in self.folder.glob(f"{INCOMING}*") if path.stat().st_mtime < before.timestamp()
        ]
        for path in left:
            path.unlink(missing_ok=True)
        return len(left)


def measure(source: BinaryIO, *, max_bytes: int = MAX_EVIDENCE_BYTES) -> StoredFile:
    """Return what `EvidenceStore.put` would return, and store nothing.

    Raises:
        LimitError: `REGISTER-EVIDENCE-SIZE`.
        DocumentError: `REGISTER-EVIDENCE-READ`.
    """
    return _copy(source, None, max_bytes)


def _copy(source: BinaryIO, target: BinaryIO | None, max_bytes: int) -> StoredFile:
    digest, size = hashlib.sha256(), 0
    while chunk := _read(source):
        size += len(chunk)
        if size > max_bytes:
            raise LimitError("REGISTER-EVIDENCE-SIZE", limit=max_bytes)
        digest.update(chunk)
        if target is not None:
            target.write(chunk)
    return StoredFile(digest.hexdigest(), size)


def _read(source: BinaryIO) -> bytes:
    try:
        return source.read(_CHUNK)
    except OSError as error:  # else it would look as if the store could not be written
        name, problem = str(getattr(source, "name", "—")), error.strerror or "unreadable"
        raise DocumentError("REGISTER-EVIDENCE-READ", name=name, problem=problem) from error


def _cannot_write(path: Path, error: OSError) -> OutputError:
    return OutputError("REGISTER-EVIDENCE-WRITE", path=str(path), problem=error.strerror or "")
