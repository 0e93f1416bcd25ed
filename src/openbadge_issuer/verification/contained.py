"""The credentials inside a learner record: each has a report of its own, and weighs on the record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openbadge_issuer.verification.report import Finding, VerificationReport, finding
from openbadge_issuer.verification.subject import Subject, read_subject

if TYPE_CHECKING:
    from openbadge_issuer.assertions.learner_record import Contained

CONTAINED = frozenset({"verifiableCredential"})
"""The member in which credentials stand inside a record."""

MAX_CONTAINED = 256
"""A long school career; each credential costs a signature check and perhaps a fetch."""


def read_contained(contained: Contained) -> Subject:
    """Read one as a credential; raises InputError or LimitError if it is none."""
    if isinstance(contained.credential, dict):
        return Subject("json", contained.credential)
    return read_subject(contained.credential)


def weigh_contained(report: VerificationReport, place: str) -> Finding:
    """Say what the report of a credential means for the record around it.

    A broken proof inside breaks the record; a credential that no longer holds, or cannot be judged here,
    is its own affair, and the record says so.
    """
    name = report.credential.name or report.credential.id or ""
    integrity = report.verdicts["integrity"]
    if integrity == "failed":
        return finding("CLR-CONTAINED-BROKEN", "failed", place, name=name, problem=report.first_error)
    if integrity == "undetermined":
        return finding("CLR-CONTAINED-OPEN", "undetermined", place, name=name)
    if report.verdicts["status"] != "passed":
        return finding("CLR-CONTAINED-NOT-HELD", "failed", place, name=name)
    return finding("CLR-CONTAINED-VALID", "passed", place, name=name)
