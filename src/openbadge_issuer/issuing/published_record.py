"""What a home published last, and what it had published before: so that nothing stays public by oversight.

The files themselves may be copied to a web server and changed there; this record stays in the home. It names
addresses and digests, and nobody.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, dump_json_pretty, parse_json_object
from openbadge_issuer.assertions.moments import parse_date_time, write_date_time
from openbadge_issuer.errors import DocumentError, InputError, LimitError, OutputError
from openbadge_issuer.issuing.office.publication import Publication
from openbadge_issuer.whole_file import PRIVATE, write_whole

OK, GONE = 200, 410
_VERSION = 1
_MAX_BYTES = 256 * 1024 * 1024
"""A million hosted badges of 2.0 take about 200 MB."""


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """A file that is public.

    Attributes:
        path: where it stands below the root of the web server.
        sha256: the SHA-256 of what is in it, in hex.
        status: with which HTTP status it answers.
    """

    path: str
    sha256: str
    status: int = OK


@dataclass(frozen=True, slots=True)
class PublishedRecord:
    """What was published.

    Attributes:
        at: when; None for never.
        files: the files by their addresses.
        withdrawn: the paths, by their addresses, of what was public once and is not to be any more.
    """

    at: datetime | None = None
    files: Mapping[str, PublishedFile] = field(default_factory=dict)
    withdrawn: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> PublishedRecord:
        """Read the record of a home; an empty one if nothing was published yet.

        Raises:
            DocumentError: `HOME-FILE`, it cannot be read.
        """
        try:
            with path.open("rb") as file:
                return _record(parse_json_object(file.read(_MAX_BYTES + 1), max_bytes=_MAX_BYTES))
        except FileNotFoundError:
            return cls()
        except OSError as error:
            raise _unreadable(path, error.strerror or "unreadable") from error
        except (InputError, LimitError, ValueError, LookupError, TypeError) as error:
            raise _unreadable(path, "not as it was written") from error

    def then(self, made: Publication, now: datetime) -> PublishedRecord:
        """Return the record after a publication."""
        files = {
            url: PublishedFile(path, _digest(made.files[url]), GONE if url in made.gone else OK)
            for url, path in made.paths().items()
        }
        before = {**self.withdrawn, **{url: file.path for url, file in self.files.items()}}
        used = {file.path for file in files.values()}  # by another address too, where the domain has changed
        return PublishedRecord(now, files, {url: path for url, path in before.items() if path not in used})

    def write(self, path: Path) -> None:
        """Write the record of a home.

        Raises:
            OutputError: `HOME-WRITE`.
        """
        files: JsonObject = {
            url: {"path": file.path, "sha256": file.sha256, "status": file.status}
            for url, file in self.files.items()
        }
        document: JsonObject = {
            "version": _VERSION,
            "at": None if self.at is None else write_date_time(self.at),
            "files": files,
            "withdrawn": dict[str, JsonValue](self.withdrawn),
        }
        try:
            write_whole(path, dump_json_pretty(document), mode=PRIVATE)
        except OSError as error:
            raise OutputError("HOME-WRITE", path=str(path), problem=error.strerror or "") from error

    def take_down(self, folder: Path) -> tuple[Path, ...]:
        """Remove what is not to be public any more from a folder, and return what was there.

        Raises:
            OutputError: `PUBLISH-WRITE`.
        """
        removed = []
        for name in self.withdrawn.values():
            path = folder / name
            try:
                path.unlink()
            except (FileNotFoundError, NotADirectoryError):
                continue
            except OSError as error:
                raise OutputError("PUBLISH-WRITE", path=str(path), problem=error.strerror or "") from error
            removed.append(path)
        return tuple(removed)


def _record(document: JsonObject) -> PublishedRecord:
    files, withdrawn = document["files"], document["withdrawn"]
    if document["version"] != _VERSION or not isinstance(files, dict) or not isinstance(withdrawn, dict):
        raise TypeError
    at = document["at"]
    return PublishedRecord(
        None if at is None else parse_date_time(str(at)),
        {url: _file(value) for url, value in files.items()},
        {url: _path(value) for url, value in withdrawn.items()},
    )


def _file(value: JsonValue) -> PublishedFile:
    if not isinstance(value, dict):
        raise TypeError
    status = value["status"]
    return PublishedFile(
        _path(value["path"]), str(value["sha256"]), status if isinstance(status, int) else OK
    )


def _path(value: JsonValue) -> str:
    """Read a path below a folder: what is removed there is never something else."""
    if not isinstance(value, str) or Path(value).is_absolute() or ".." in Path(value).parts:
        raise TypeError
    return value


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _unreadable(path: Path, problem: str) -> DocumentError:
    return DocumentError("HOME-FILE", path=str(path), problem=problem)
