"""Documents given along: an offline stand-in for the web."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from openbadge_issuer.assertions.json_text import JsonValue, parse_json_object, pointer
from openbadge_issuer.errors import DocumentError, ResolutionError
from openbadge_issuer.resolution.address import shown
from openbadge_issuer.resolution.fetching import MAX_DOCUMENT_BYTES, OK, Fetched

MAX_INDEX_BYTES = 4 * 1024 * 1024
MAX_INDEX_ENTRIES = 20_000
"""More documents than this belong on a web server."""


@dataclass(frozen=True, slots=True)
class _File:
    """A document in a folder, read when it is asked for."""

    path: Path
    status: int
    content_type: str | None


class Documents:
    """A fetcher that knows only the documents it was given, by their URL.

    Args:
        documents: by URL, the bytes of a document (as if served with status 200) or a whole answer.

    Raises:
        DocumentError: DOCUMENTS-URL or DOCUMENTS-TWICE.
    """

    def __init__(self, documents: Mapping[str, bytes | Fetched]) -> None:
        self._documents: dict[str, bytes | Fetched | _File] = {}
        for url, document in documents.items():
            self._add(url, document)

    @classmethod
    def from_index(cls, path: Path | str) -> Documents:
        """Read an index file: `{"https://…": "relative/file", …}`.

        A value may also be `{"file": …, "status": 410, "contentType": "…"}`; without `file` the body is
        empty. Files lie in the folder of the index or below it. They are looked up now and read when asked.

        Raises:
            DocumentError: the index cannot be read (JSON-…, DOCUMENTS-INDEX) or one of its entries is wrong
                (DOCUMENTS-FORM, -URL, -TWICE, -OUTSIDE, -FILE), with a JSON Pointer to it.
            LimitError: the index is too long or nested too deep.
        """
        index = Path(path)
        try:
            with index.open("rb") as file:
                raw = file.read(MAX_INDEX_BYTES + 1)
            folder = index.resolve(strict=True).parent
        except (OSError, ValueError) as error:
            raise DocumentError("DOCUMENTS-INDEX", file=shown(str(path)), problem=_reason(error)) from error
        entries = parse_json_object(raw, max_bytes=MAX_INDEX_BYTES)
        if len(entries) > MAX_INDEX_ENTRIES:
            raise DocumentError("DOCUMENTS-TOO-MANY", count=len(entries), limit=MAX_INDEX_ENTRIES)
        documents = cls({})
        for url, entry in entries.items():
            documents._add(url, _entry(url, entry, folder))
        return documents

    def fetch(
        self,
        url: str,
        *,
        accept: str = "application/json",  # noqa: ARG002  # whoever gave the document vouches for its type
        max_bytes: int = MAX_DOCUMENT_BYTES,
    ) -> Fetched:
        """Give the document for `url`.

        Raises:
            ResolutionError: DOCUMENTS-MISSING, FETCH-TOO-LARGE or DOCUMENTS-UNREADABLE.
        """
        document = self._documents.get(_key(url))
        if document is None:
            raise ResolutionError("DOCUMENTS-MISSING", url=shown(url))
        if isinstance(document, bytes):
            document = Fetched(url, url, OK, None, document)
        elif isinstance(document, _File):
            body = _read(document.path, url=url, max_bytes=max_bytes)
            document = Fetched(url, url, document.status, document.content_type, body)
        if len(document.body) > max_bytes:
            raise ResolutionError("FETCH-TOO-LARGE", url=shown(url), limit=max_bytes)
        return document

    def get(self, url: str, *, max_bytes: int = MAX_DOCUMENT_BYTES) -> bytes | None:
        """Return the body for `url`, or None where none was given with status 200.

        Raises:
            ResolutionError: FETCH-TOO-LARGE or DOCUMENTS-UNREADABLE.
        """
        if url not in self:
            return None
        fetched = self.fetch(url, max_bytes=max_bytes)
        return fetched.body if fetched.status == OK else None

    def __contains__(self, url: str) -> bool:
        return _key(url) in self._documents

    def __iter__(self) -> Iterator[str]:
        return iter(self._documents)

    def __len__(self) -> int:
        return len(self._documents)

    def _add(self, url: str, document: bytes | Fetched | _File) -> None:
        if not _ABSOLUTE.fullmatch(url):
            raise DocumentError("DOCUMENTS-URL", pointer(url), url=shown(url))
        key = _key(url)
        if key in self._documents:
            raise DocumentError("DOCUMENTS-TWICE", pointer(url), url=shown(url))
        self._documents[key] = document


def _key(url: str) -> str:
    """Return the form of a URL under which equal addresses meet: no fragment, host in lower case, a path."""
    found = _ABSOLUTE.match(url)
    if found is None:
        return url
    target = found["target"]
    return f"{found['origin'].lower()}{target if target.startswith('/') else '/' + target}"


def _entry(url: str, entry: JsonValue, folder: Path) -> Fetched | _File:
    place = pointer(url)
    if isinstance(entry, str):
        return _File(_checked_path(entry, folder, place), OK, None)
    if not isinstance(entry, dict) or not entry.keys() <= _MEMBERS or entry.keys() == {"contentType"}:
        raise DocumentError("DOCUMENTS-FORM", place, url=shown(url))
    name, status, content_type = entry.get("file"), entry.get("status", OK), entry.get("contentType")
    if (
        not isinstance(status, int)
        or isinstance(status, bool)
        or not _LOWEST_STATUS <= status <= _HIGHEST_STATUS
        or not isinstance(content_type, str | None)
        or not isinstance(name, str | None)
        or (name is None and status == OK)
    ):
        raise DocumentError("DOCUMENTS-FORM", place, url=shown(url))
    media_type = content_type.partition(";")[0].strip().lower() or None if content_type else None
    if name is None:
        return Fetched(url, url, status, media_type, b"")
    return _File(_checked_path(name, folder, f"{place}/file"), status, media_type)


def _checked_path(name: str, folder: Path, place: str) -> Path:
    relative = Path(name)
    if not name or relative.is_absolute() or ".." in relative.parts or "\\" in name:
        raise DocumentError("DOCUMENTS-OUTSIDE", place, file=shown(name))
    try:
        path = (folder / relative).resolve(strict=True)
    except (OSError, ValueError, RuntimeError) as error:  # a loop of links is a RuntimeError in some releases
        raise DocumentError("DOCUMENTS-FILE", place, file=shown(name), problem=_reason(error)) from error
    if not path.is_relative_to(folder):  # a symbolic link may lead out
        raise DocumentError("DOCUMENTS-OUTSIDE", place, file=shown(name))
    if not path.is_file():
        raise DocumentError("DOCUMENTS-FILE", place, file=shown(name), problem="it is not a file")
    return path


def _read(path: Path, *, url: str, max_bytes: int) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(max_bytes + 1)
    except OSError as error:
        raise ResolutionError("DOCUMENTS-UNREADABLE", url=shown(url), problem=_reason(error)) from error


def _reason(error: Exception) -> str:
    return error.strerror if isinstance(error, OSError) and error.strerror else type(error).__name__


_ABSOLUTE = re.compile(r"(?P<origin>[Hh][Tt][Tt][Pp][Ss]?://[^\s/?#]+)(?P<target>[^\s#]*)(?:#\S*)?")
_MEMBERS = frozenset({"file", "status", "contentType"})
_LOWEST_STATUS, _HIGHEST_STATUS = 200, 599
