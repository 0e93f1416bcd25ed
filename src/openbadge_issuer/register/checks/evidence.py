"""Evidence: that each file that a record refers to is there, and is what it was."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from openbadge_issuer.errors import RegisterError
from openbadge_issuer.register import tables
from openbadge_issuer.register.evidence_store import EvidenceStore
from openbadge_issuer.register.records import Records
from openbadge_issuer.register.report import Findings

_EVIDENCE = tables.evidence.c


def check_evidence_rows(
    records: Records, expected: Collection[tuple[int, int, str]], unread: Collection[int], findings: Findings
) -> None:
    """Compare the rows that say which part refers to which file with the parts.

    Args:
        records: the records.
        expected: what the parts say: sequence, position, digest.
        unread: entries that could not be read, of which nothing is expected.
        findings: where to note what is found.
    """
    query = select(_EVIDENCE.sequence, _EVIDENCE.position, _EVIDENCE.digest)
    rows = records.transaction.walk(query.where(_EVIDENCE.organisation == records.number))
    found = {tuple(row) for row in rows}
    differing = {sequence for sequence, *_ in found ^ set(expected)} - set(unread)
    for sequence in sorted(differing, key=str):
        findings.failed("REGISTER-EVIDENCE-ROW", sequence=sequence)


def check_evidence_files(
    records: Records,
    expected: Collection[tuple[int, int, str]],
    store: EvidenceStore | None,
    findings: Findings,
) -> None:
    """Compare the files with their digests, and find files that nothing refers to."""
    wanted = {digest for _, _, digest in expected}
    if store is None:
        if wanted:
            findings.undetermined("REGISTER-EVIDENCE-UNCHECKED", count=len(wanted))
        return
    for digest in sorted(wanted):
        try:
            store.check(digest)
        except RegisterError as error:
            findings.refused(error)
    used = {row.digest for row in records.transaction.walk(select(_EVIDENCE.digest).distinct())}
    for digest in store.digests():
        if digest not in used and digest not in wanted:
            findings.failed("REGISTER-EVIDENCE-UNUSED", digest=digest)
