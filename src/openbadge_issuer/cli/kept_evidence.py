"""Files that a command is given as evidence: kept if a record comes to refer to them."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from openbadge_issuer.errors import DocumentError, InputError
from openbadge_issuer.issuing.home import Home
from openbadge_issuer.policy.event_values import EvidenceReference
from openbadge_issuer.register.destroying import remove_files
from openbadge_issuer.register.evidence_store import EvidenceStore, measure
from openbadge_issuer.register.register import Register
from openbadge_issuer.signing.key_file import is_private_key

_HEAD_BYTES = 64 * 1024
"""A key is found in them: a larger file is no key."""


@dataclass(frozen=True, slots=True)
class KeptEvidence:
    """Takes files as evidence; `keeping_evidence` makes one.

    Attributes:
        home: the home, none of whose own files is evidence.
        store: where the files are kept; None for an attempt that keeps nothing.
        new: the digests of those that were not there before.
    """

    home: Home
    store: EvidenceStore | None
    new: list[str] = field(default_factory=list)

    def keep(self, path: Path) -> EvidenceReference:
        """Keep a file as evidence, private to the register.

        Raises:
            InputError: `HOME-EVIDENCE`, it is a key, or lies in the private part of the home.
            DocumentError: `CLI-FILE`, it cannot be read.
            LimitError, OutputError: it cannot be kept; see `EvidenceStore.put`.
        """
        place = path.resolve()
        if self.home.is_private(place):
            raise InputError("HOME-EVIDENCE", path=str(path))
        try:
            with place.open("rb") as file:
                if is_private_key(file.read(_HEAD_BYTES)):
                    raise InputError("HOME-EVIDENCE", path=str(path))
                file.seek(0)
                digest = self._take(file)
        except OSError as error:
            raise DocumentError("CLI-FILE", path=str(path), problem=error.strerror or "unreadable") from error
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return EvidenceReference(sha256=digest, media_type=kind, name=path.name)

    def _take(self, file: BinaryIO) -> str:
        digest = measure(file).digest
        if self.store is not None:
            if not self.store.holds(digest):
                self.new.append(digest)
            file.seek(0)
            self.store.put(file, expected=digest)
        return digest


@contextmanager
def keeping_evidence(register: Register, home: Home, *, dry_run: bool = False) -> Iterator[KeptEvidence]:
    """Keep files as evidence; in the end those go again that no record has come to refer to.

    Args:
        register: the register.
        home: the home.
        dry_run: whether nothing is to be kept at all.

    Raises:
        OutputError, RegisterError: as `remove_files`.
    """
    store = EvidenceStore.create(home.evidence)
    kept = KeptEvidence(home, None if dry_run else store)
    try:
        yield kept
    finally:
        if kept.new:
            remove_files(register, store, kept.new)
