"""Reading a backup into an empty register. The file may come from anywhere, so nothing in it is believed."""

from __future__ import annotations

import hashlib
import io
import struct
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self, cast
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from sqlalchemy import Boolean, Column, Integer, Table, insert, select, text

from openbadge_issuer.assertions.json_text import MAX_JSON_BYTES, JsonValue, parse_json_object
from openbadge_issuer.errors import InputError, LimitError, RegisterError
from openbadge_issuer.register import tables
from openbadge_issuer.register.archive import (
    MANIFEST,
    MAX_MANIFEST_BYTES,
    TABLES,
    Manifest,
    RowsFile,
    evidence_digest,
)
from openbadge_issuer.register.database import Cells, Transaction
from openbadge_issuer.register.evidence_store import EvidenceStore
from openbadge_issuer.register.register import Register

MAX_RESTORED_BYTES = 64 * 1024 * 1024 * 1024
"""The most that is unpacked if nobody says otherwise."""

_MAX_LINE = 2 * MAX_JSON_BYTES + 1024 * 1024  # a content of the longest, with each character escaped
_BUFFER = 256 * 1024
_INSERTED_AT_ONCE = 500
_LARGEST = 2**63
_ENCRYPTED = 0x1

# What zipfile raises for files that are damaged, or that use what it does not know.
_ZIP_ERRORS = (
    BadZipFile,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
    struct.error,
    zlib.error,
)


def restore(register: Register, path: Path, *, max_bytes: int = MAX_RESTORED_BYTES) -> Manifest:
    """Read a backup into a register without any organisation: all of it, or nothing.

    What is in the backup is not judged: `verify` does that afterwards, best with a head from after it was
    made, which shows what has been lost since.

    Args:
        register: the register; its settings say where the evidence is to lie.
        path: the backup.
        max_bytes: the most that is unpacked.

    Raises:
        RegisterError: `REGISTER-NOT-EMPTY`, there are records already; `REGISTER-BACKUP-FORMAT`, it is no
            backup, or a damaged one; `REGISTER-BACKUP-DIGEST`, a file in it is not what it was;
            `REGISTER-BACKUP-VERSION`; `REGISTER-EVIDENCE-FOLDER`, it holds evidence and the settings do not
            say where to; or as `Register.ledger`.
        LimitError: `REGISTER-BACKUP-SIZE`, it would unpack to more.
        OutputError: `REGISTER-EVIDENCE-WRITE`.
    """
    with _Archive(path, max_bytes) as archive:
        manifest = Manifest.from_bytes(archive.read(MANIFEST, MAX_MANIFEST_BYTES))
        with register.transaction(writing=True) as transaction, _files_put(register) as put:
            if transaction.first(select(tables.organisation.c.number)) is not None:
                raise RegisterError("REGISTER-NOT-EMPTY")
            for name, table in TABLES.items():
                _restore_rows(archive, name, transaction, table, manifest.files[name])
            _restore_evidence(archive, transaction, register.settings.evidence, put)
            for table in TABLES.values():  # so that the planner knows at once what is there now
                transaction.run(text(f"ANALYZE {table.name}"))
    return manifest


class _Archive:
    """A ZIP file that may be anything; whatever is wrong with it comes out as an error of ours."""

    def __init__(self, path: Path, max_bytes: int) -> None:
        self._name = path.name
        with self._errors():
            self._zip = ZipFile(path)
        try:
            self.members = self._checked(self._zip.infolist(), max_bytes)
        except BaseException:
            self._zip.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    def _checked(self, infos: Sequence[ZipInfo], max_bytes: int) -> Mapping[str, ZipInfo]:
        members: dict[str, ZipInfo] = {}
        for info in infos:
            name = info.filename
            is_known = name in TABLES or name == MANIFEST or evidence_digest(name) is not None
            is_plain = info.compress_type in (ZIP_STORED, ZIP_DEFLATED) and not info.flag_bits & _ENCRYPTED
            if not is_known or not is_plain or name in members:
                raise RegisterError("REGISTER-BACKUP-FORMAT", name=name[:80])
            members[name] = info
        if not members.keys() >= {MANIFEST, *TABLES}:
            raise RegisterError("REGISTER-BACKUP-FORMAT", name=self._name)
        if sum(info.file_size for info in members.values()) > max_bytes:
            raise LimitError("REGISTER-BACKUP-SIZE", limit=max_bytes)
        return members

    def read(self, name: str, max_bytes: int) -> bytes:
        """Return a small member as a whole."""
        with self._errors(), self._zip.open(self.members[name]) as file:
            data = file.read(max_bytes + 1)
        if len(data) > max_bytes:
            raise RegisterError("REGISTER-BACKUP-FORMAT", name=name)
        return data

    def lines(self, name: str) -> Iterator[bytes]:
        """Go through the lines of a member; none is longer than a row can be."""
        with self._errors(), self._zip.open(self.members[name]) as member:
            file = io.BufferedReader(cast("io.RawIOBase", member), _BUFFER)
            while line := file.readline(_MAX_LINE + 1):
                if len(line) > _MAX_LINE:
                    raise RegisterError("REGISTER-BACKUP-FORMAT", name=name)
                yield line

    def store(self, name: str, digest: str, store: EvidenceStore) -> None:
        """Put a member that must have a digest into the store."""
        info = self.members[name]
        try:
            with self._errors(), self._zip.open(info) as file:
                # No more comes out than it says, and that was counted.
                store.put(cast("BinaryIO", file), max_bytes=info.file_size, expected=digest)
        except RegisterError as error:
            if error.code == "REGISTER-EVIDENCE-CHANGED":
                raise RegisterError("REGISTER-BACKUP-DIGEST", name=name) from error
            raise

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except _ZIP_ERRORS as error:
            raise RegisterError("REGISTER-BACKUP-FORMAT", name=self._name) from error


@contextmanager
def _files_put(register: Register) -> Iterator[list[str]]:
    """Gather the digests of files that are stored; if that is all in vain, they are removed again."""
    put: list[str] = []
    try:
        yield put
    except BaseException:
        for digest in put:
            if register.settings.evidence is not None:
                register.settings.evidence.remove(digest)
        raise


def _restore_rows(
    archive: _Archive, name: str, transaction: Transaction, table: Table, described: RowsFile
) -> None:
    digest, count, waiting = hashlib.sha256(), 0, list[Cells]()
    for line in archive.lines(name):
        digest.update(line)
        count += 1
        waiting.append(_row(line, table, name))
        if len(waiting) == _INSERTED_AT_ONCE:
            _insert(transaction, table, waiting, name)
            waiting = []
    if waiting:
        _insert(transaction, table, waiting, name)
    if digest.hexdigest() != described.sha256 or count != described.rows:
        raise RegisterError("REGISTER-BACKUP-DIGEST", name=name)


def _insert(transaction: Transaction, table: Table, rows: Sequence[Cells], name: str) -> None:
    try:
        transaction.run(insert(table), rows)
    except RegisterError as error:
        if error.code != "REGISTER-DATABASE":
            raise
        # Two rows of the same key, or one that refers to none.
        raise RegisterError("REGISTER-BACKUP-FORMAT", name=name) from error


def _row(line: bytes, table: Table, name: str) -> Cells:
    try:
        row = parse_json_object(line, max_bytes=_MAX_LINE)
    except (InputError, LimitError) as error:
        raise RegisterError("REGISTER-BACKUP-FORMAT", name=name) from error
    columns = table.columns
    if row.keys() != set(columns.keys()) or not all(_fits(row[column.name], column) for column in columns):
        raise RegisterError("REGISTER-BACKUP-FORMAT", name=name)
    return row


def _fits(value: JsonValue, column: Column[Any]) -> bool:
    if value is None:
        return column.nullable is True
    if isinstance(column.type, Boolean):
        return isinstance(value, bool)
    if isinstance(column.type, Integer):
        return isinstance(value, int) and not isinstance(value, bool) and -_LARGEST <= value < _LARGEST
    return isinstance(value, str) and "\0" not in value  # which PostgreSQL does not take


def _restore_evidence(
    archive: _Archive, transaction: Transaction, store: EvidenceStore | None, put: list[str]
) -> None:
    used = {row.digest for row in transaction.rows(select(tables.evidence.c.digest).distinct())}
    for name in archive.members:
        digest = evidence_digest(name)
        if digest is None:
            continue
        if digest not in used:
            raise RegisterError("REGISTER-BACKUP-FORMAT", name=name)
        if store is None:
            raise RegisterError("REGISTER-EVIDENCE-FOLDER", path="—")
        if not store.holds(digest):
            put.append(digest)
        archive.store(name, digest, store)
