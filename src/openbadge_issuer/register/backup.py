"""Writing a backup: everything as it is at one moment, while others may go on writing."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, cast
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from sqlalchemy import Table, select

from openbadge_issuer.assertions.json_text import dump_json
from openbadge_issuer.errors import OutputError, RegisterError
from openbadge_issuer.register import tables
from openbadge_issuer.register.archive import EVIDENCE, MANIFEST, TABLES, Manifest, RowsFile, manifest_of
from openbadge_issuer.register.database import Transaction
from openbadge_issuer.register.evidence_store import EvidenceStore
from openbadge_issuer.register.private_file import incoming_file
from openbadge_issuer.register.register import Register

_PRIVATE = 0o100600 << 16  # a plain file that only its owner reads, where programs that unpack ZIP look


def backup(register: Register, path: Path, *, now: datetime) -> Manifest:
    """Write a backup of all organisations in a register, with the evidence that their records refer to.

    The file is its owner's only. It holds everything about everybody: keep it as safe as the register
    itself, and remember that whoever is erased from the register is not erased from it.

    Args:
        register: the register; its settings say where the evidence lies.
        path: the file to write; it must not be there yet.
        now: when it is written.

    Returns:
        What is in it. Evidence that is missing or damaged is named there, and does not stop it.

    Raises:
        OutputError: `REGISTER-WRITE`, the file cannot be written or is there already.
        RegisterError: as `Register.records`; `REGISTER-EVIDENCE-FOLDER`, the records refer to evidence and
            the settings do not say where it lies.
    """
    try:
        with incoming_file(path.parent) as incoming:
            with ZipFile(incoming.file, "w") as archive, register.transaction() as transaction:
                files = {
                    name: _write_rows(archive, name, transaction, table) for name, table in TABLES.items()
                }
                missing = _write_evidence(archive, transaction, register.settings.evidence)
                manifest = manifest_of(files, missing, now)
                archive.writestr(_info(MANIFEST), manifest.to_bytes())
            incoming.move_new(path)
    except OSError as error:
        raise OutputError("REGISTER-WRITE", path=str(path), problem=error.strerror or "") from error
    return manifest


def _write_rows(archive: ZipFile, name: str, transaction: Transaction, table: Table) -> RowsFile:
    digest, rows = hashlib.sha256(), 0
    with archive.open(_info(name), "w", force_zip64=True) as file:
        for row in transaction.walk(select(table).order_by(*table.primary_key.columns)):
            line = dump_json(dict(row._mapping)) + b"\n"  # noqa: SLF001  # public in SQLAlchemy
            digest.update(line)
            file.write(line)
            rows += 1
    return RowsFile(rows, digest.hexdigest())


def _write_evidence(
    archive: ZipFile, transaction: Transaction, store: EvidenceStore | None
) -> tuple[str, ...]:
    column = tables.evidence.c.digest
    missing = []
    for row in transaction.rows(select(column).distinct().order_by(column)):
        if store is None:
            raise RegisterError("REGISTER-EVIDENCE-FOLDER", path="—")
        try:
            store.check(row.digest)
        except RegisterError:
            missing.append(row.digest)
            continue
        with archive.open(_info(EVIDENCE + row.digest, ZIP_STORED), "w", force_zip64=True) as file:
            store.copy(row.digest, cast("BinaryIO", file))
    return tuple(missing)


def _info(name: str, compression: int = ZIP_DEFLATED) -> ZipInfo:
    info = ZipInfo(name)
    info.compress_type = compression
    info.external_attr = _PRIVATE
    return info
