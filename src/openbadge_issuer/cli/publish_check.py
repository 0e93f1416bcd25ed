"""Looking at what was published as a stranger has it: is it all there, and is a badge judged as it stands?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from openbadge_issuer.assertions.moments import write_date_time
from openbadge_issuer.cli.opened_office import OpenedRegister
from openbadge_issuer.errors import ResolutionError
from openbadge_issuer.issuing.published_record import GONE, OK, PublishedRecord
from openbadge_issuer.policy.awarding import Award
from openbadge_issuer.policy.remark import Remark
from openbadge_issuer.register.records import Records
from openbadge_issuer.register.stream_row import StreamRow
from openbadge_issuer.resolution.documents import Documents
from openbadge_issuer.resolution.fetching import Fetched, Fetcher
from openbadge_issuer.verification import verify
from openbadge_issuer.verification.pipeline import DEFAULT_REQUIRE

_JUDGED = frozenset({"to-inform", "done", "revoked"})
"""The phases of awards whose badges are public, and of which a stranger can tell whether they hold."""


def check_publication(here: OpenedRegister, fetcher: Fetcher | None, folder: Path) -> tuple[Remark, ...]:
    """Look at everything that was published last, and let badges be verified with nothing but that.

    Args:
        here: the home.
        fetcher: the web; None for the files in the folder.
        folder: the root of the web server.

    Raises:
        DocumentError: the home's record of what it published cannot be read.
        RegisterError: the register cannot be read.
    """
    record, now = PublishedRecord.read(here.home.published), here.now()
    if record.at is None:
        return (Remark.of("PUBLISH-NEVER"),)
    web = _standing_in(record, folder) if fetcher is None else fetcher
    files = (*_fresh(record, here, now), *_files(record, web))
    with here.records() as records:
        return (*files, *_badges(records, web, now))


def _standing_in(record: PublishedRecord, folder: Path) -> Documents:
    """Let the files of a folder stand in for the web, also those that should be gone from it."""
    paths = {**{url: file.path for url, file in record.files.items()}, **record.withdrawn}
    gone = {url for url, file in record.files.items() if file.status == GONE}
    return Documents(
        {
            url: Fetched(url, url, GONE if url in gone else OK, None, (folder / path).read_bytes())
            for url, path in paths.items()
            if (folder / path).is_file()
        }
    )


def _fresh(record: PublishedRecord, here: OpenedRegister, now: datetime) -> Iterator[Remark]:
    if record.at is not None:
        until = here.policy.publication.list_valid_for.after(record.at)
        if until <= now:
            yield Remark.of("PUBLISH-STALE", date=write_date_time(until))


def _files(record: PublishedRecord, web: Fetcher) -> Iterator[Remark]:
    for url, file in record.files.items():
        found = _fetched(web, url)
        if found is None or found.status not in (OK, GONE):
            yield Remark.of("PUBLISH-MISSING", url=url)
        elif hashlib.sha256(found.body).hexdigest() != file.sha256:
            yield Remark.of("PUBLISH-CHANGED", url=url)
    for url in record.withdrawn:
        found = _fetched(web, url)
        if found is not None and found.status == OK:
            yield Remark.of("PUBLISH-WITHDRAWN", url=url)


def _fetched(web: Fetcher, url: str) -> Fetched | None:
    try:
        return web.fetch(url, accept="*/*")
    except ResolutionError:
        return None


def _badges(records: Records, web: Fetcher, now: datetime) -> Iterator[Remark]:
    """Verify the newest badge of each kind, in each state that its awards are in."""
    newest: dict[tuple[str, str], StreamRow] = {}
    for row in records.streams("award"):
        kind = ((row.facts.key or "").partition("/")[0], row.facts.phase)
        if row.facts.phase in _JUDGED and (kind not in newest or newest[kind].last < row.last):
            newest[kind] = row
    for row in newest.values():
        award = Award.of(records.events(row.name))
        holds = award.status == "active" and not award.is_expired(now)
        for copy in award.signed:
            if copy.signed is None:  # it was erased
                continue
            report = verify(copy.signed, fetcher=web, now=now)
            wrong = [
                one
                for one in report.findings
                if one.outcome != "passed" and one.severity == "error" and one.verdict in DEFAULT_REQUIRE
            ]
            if report.accepted != holds or any(one.outcome == "undetermined" for one in wrong):
                found = wrong[0].code if wrong else "—"
                yield Remark.of("PUBLISH-BADGE", award=award.id, version=copy.version, finding=found)
