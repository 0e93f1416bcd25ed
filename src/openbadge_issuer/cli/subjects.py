"""What the command line was pointed at: files, folders, URLs and standard input."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from openbadge_issuer.cli.edge import MAX_INPUT_BYTES, read_input
from openbadge_issuer.errors import DocumentError, OpenBadgeError, ResolutionError
from openbadge_issuer.resolution.fetching import OK, Fetcher
from openbadge_issuer.verification.subject import read_subject

_ACCEPT = "application/vc+ld+json, application/json, text/plain, image/png, image/svg+xml"
_BADGE_ENDINGS = frozenset({".json", ".jsonld", ".1ob", ".jwt", ".jws", ".png", ".svg"})
_NO_BADGE = frozenset({"BADGE-FORMAT", "PNG-NO-BADGE", "SVG-NO-BADGE", "PICTURE-UNKNOWN", "JSON-NOT-OBJECT"})


@dataclass(frozen=True, slots=True)
class Source:
    """A badge to verify, and the name under which the report speaks of it."""

    name: str
    data: bytes


@dataclass(slots=True)
class Collected:
    """What was found.

    Attributes:
        sources: the badges, in the order asked for.
        skipped: how many files in folders held no badge.
        single: whether exactly one file, URL or standard input was asked for.
    """

    sources: list[Source] = field(default_factory=list)
    skipped: int = 0
    single: bool = False


def collect(paths: list[str], fetcher: Fetcher | None) -> Collected:
    """Read everything that was asked for; folders are searched to the bottom.

    Raises:
        DocumentError: a path does not exist or cannot be read, or a URL was given without --online.
        ResolutionError: a URL could not be fetched.
    """
    found = Collected(single=len(paths) == 1)
    for path in paths:
        if path.startswith(("https://", "http://")):
            found.sources.append(Source(path, _fetch(path, fetcher)))
        elif path != "-" and Path(path).is_dir():
            found.single = False
            for file in _files(Path(path)):
                data = _candidate(file)
                if data is not None and _holds_badge(file, data):
                    found.sources.append(Source(str(file), data))
                else:
                    found.skipped += 1
        else:
            found.sources.append(Source(path, read_input(path)))
    return found


def _files(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):  # links to folders are not followed: they may go in circles
        folders.sort()
        yield from (Path(place, name) for name in sorted(names) if not name.startswith("."))


def _candidate(file: Path) -> bytes | None:
    """Read a file that may hold a badge; not a pipe, which may never end, nor a link that leads nowhere."""
    try:
        facts = file.stat()
    except OSError:
        return None
    if not stat.S_ISREG(facts.st_mode) or facts.st_size > MAX_INPUT_BYTES:
        return None
    return read_input(file)


def _holds_badge(file: Path, data: bytes) -> bool:
    """Tell a badge, or what should be one, from the other files that lie in a folder."""
    try:
        return read_subject(data, presentations=True).is_badge
    except OpenBadgeError as error:
        return file.suffix.lower() in _BADGE_ENDINGS and error.code not in _NO_BADGE


def _fetch(url: str, fetcher: Fetcher | None) -> bytes:
    if fetcher is None:
        raise DocumentError("CLI-ONLINE", url=url)
    fetched = fetcher.fetch(url, accept=_ACCEPT)
    if fetched.status != OK:
        raise ResolutionError("FETCH-STATUS", url=url, status=fetched.status)
    return fetched.body
