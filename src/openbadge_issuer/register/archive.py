"""The form of a backup: one ZIP file with the rows of each table as JSON lines, and the evidence files.

    manifest.json            what there is, with the SHA-256 of each file of rows
    organisation.jsonl …     a row a line, the columns by their names
    evidence/<sha256>        a file, named by what is in it

It is the same whatever database it came from. Nothing in it is extracted by its name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Table

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, dump_json_pretty, parse_json_object
from openbadge_issuer.assertions.moments import write_date_time
from openbadge_issuer.errors import InputError, LimitError, RegisterError
from openbadge_issuer.register import tables

FORMAT: Final = "openbadge-register-backup"
VERSION: Final = 1
MANIFEST: Final = "manifest.json"
EVIDENCE: Final = "evidence/"

MAX_MANIFEST_BYTES = 1024 * 1024

TABLES: Mapping[str, Table] = {
    f"{table.name.removeprefix('openbadge_')}.jsonl": table
    for table in (
        tables.organisation,
        tables.event,
        tables.part,
        tables.stream,
        tables.status_list,
        tables.status_allocation,
        tables.status_bit,
        tables.evidence,
    )
}
"""The tables by the names of their files, each after those that its rows refer to."""

_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class RowsFile:
    """What the manifest says of a file of rows: how many there are, and the SHA-256 of the file."""

    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What there is in a backup.

    Attributes:
        at: when it was made, as text.
        files: the files of rows.
        missing: the digests of evidence files that were missing or damaged when it was made.
    """

    at: str
    files: Mapping[str, RowsFile]
    missing: tuple[str, ...] = ()

    def to_bytes(self) -> bytes:
        """Write it."""
        files: JsonObject = {
            name: {"rows": file.rows, "sha256": file.sha256} for name, file in self.files.items()
        }
        missing: list[JsonValue] = [*self.missing]
        return dump_json_pretty(
            {
                "format": FORMAT,
                "version": VERSION,
                "schema": tables.REVISIONS[-1],
                "at": self.at,
                "files": files,
                "missing": missing,
            }
        )

    @classmethod
    def from_bytes(cls, data: bytes) -> Manifest:
        """Read it.

        Raises:
            RegisterError: `REGISTER-BACKUP-FORMAT`, it is none; `REGISTER-BACKUP-VERSION`, another version
                of this software made it.
        """
        try:
            value = parse_json_object(data, max_bytes=MAX_MANIFEST_BYTES)
        except (InputError, LimitError) as error:
            raise RegisterError("REGISTER-BACKUP-FORMAT", name=MANIFEST) from error
        if value.get("format") != FORMAT:
            raise RegisterError("REGISTER-BACKUP-FORMAT", name=MANIFEST)
        if (value.get("version"), value.get("schema")) != (VERSION, tables.REVISIONS[-1]):
            raise RegisterError("REGISTER-BACKUP-VERSION")
        files, missing = value.get("files"), value.get("missing")
        if not isinstance(files, dict) or files.keys() != TABLES.keys() or not isinstance(missing, list):
            raise RegisterError("REGISTER-BACKUP-FORMAT", name=MANIFEST)
        return cls(
            str(value.get("at")),
            {name: _rows_file(file) for name, file in files.items()},
            tuple(str(digest) for digest in missing),
        )


def evidence_digest(name: str) -> str | None:
    """Return the digest that the name of an evidence file in a backup says, or None if it is no such name."""
    digest = name.removeprefix(EVIDENCE)
    return digest if digest != name and _DIGEST.fullmatch(digest) else None


def manifest_of(files: Mapping[str, RowsFile], missing: tuple[str, ...], now: datetime) -> Manifest:
    """Make the manifest of a backup that was written now."""
    return Manifest(write_date_time(now), files, missing)


def _rows_file(value: JsonValue) -> RowsFile:
    if isinstance(value, dict):
        rows, digest = value.get("rows"), value.get("sha256")
        if isinstance(rows, int) and isinstance(digest, str):
            return RowsFile(rows, digest)
    raise RegisterError("REGISTER-BACKUP-FORMAT", name=MANIFEST)
