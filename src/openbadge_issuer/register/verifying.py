"""Checking the records of an organisation against themselves, and against a signed head."""

from __future__ import annotations

from openbadge_issuer.errors import RegisterError
from openbadge_issuer.policy.record_keeping import RecordKeeping
from openbadge_issuer.policy.register_events import STREAM
from openbadge_issuer.register.chain import Head
from openbadge_issuer.register.checks.chain import ChainCheck
from openbadge_issuer.register.checks.evidence import check_evidence_files, check_evidence_rows
from openbadge_issuer.register.checks.status import StatusCheck
from openbadge_issuer.register.checks.streams import StreamCheck
from openbadge_issuer.register.evidence_store import EvidenceStore
from openbadge_issuer.register.records import Records
from openbadge_issuer.register.report import Findings, RecordsReport
from openbadge_issuer.register.settings import FactsOf
from openbadge_issuer.register.status_said import StatusesOf


def verify(
    records: Records,
    *,
    facts: FactsOf,
    statuses: StatusesOf | None = None,
    head: Head | None = None,
    evidence: EvidenceStore | None = None,
) -> RecordsReport:
    """Check everything that is recorded of an organisation, as one transaction sees it.

    1. The chain: each entry follows from the one before it, each part is what was committed to, and no part
       is missing that was not destroyed by record. The head, if there is one, stands in the chain: then
       nothing up to it was changed, removed, reordered or invented. What came after it is not proven.
    2. The facts of each procedure are those that follow from its events.
    3. The status lists say what the events say.
    4. The evidence files are there, and what they were.

    Args:
        records: the records, read in one transaction.
        facts: folds the events of a stream to its facts.
        statuses: tells what the events of a stream say about status lists; without it they are not
            compared, and the verdict is undetermined if there are any.
        head: a head from outside the database, its signature verified.
        evidence: where the evidence files lie; by default where the settings of the records say.
    """
    findings = Findings()
    keeping = _keeping(records)
    chain = ChainCheck(records, keeping, head, findings)
    found = chain.run()
    streams = StreamCheck(records, facts=facts, statuses=statuses, tampered=chain.tampered, findings=findings)
    streams.run()
    if statuses is None and records.status.lists():
        findings.undetermined("REGISTER-STATUS-UNCHECKED")
    comparable = statuses is not None and not streams.unread
    StatusCheck(records, keeping, streams.said if comparable else None, findings).run()
    check_evidence_rows(records, streams.files, streams.unread, findings)
    check_evidence_files(records, streams.files, evidence or records.settings.evidence, findings)
    return findings.report(found, head)


def _keeping(records: Records) -> RecordKeeping:
    try:
        return RecordKeeping.of(records.events(STREAM))
    except RegisterError:  # an entry that cannot be read is found when its stream is
        return RecordKeeping()
