"""The checks in their order, over one credential and over those inside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.assertions.moments import write_date_time
from openbadge_issuer.assertions.reading import outline_of
from openbadge_issuer.errors import OpenBadgeError
from openbadge_issuer.errors.rule import Verdict
from openbadge_issuer.verification.contained import CONTAINED, MAX_CONTAINED, read_contained, weigh_contained
from openbadge_issuer.verification.dates import check_dates
from openbadge_issuer.verification.endorsements import (
    ENDORSED,
    MAX_ENDORSEMENTS,
    check_endorsed,
    find_endorsements,
    unreadable_endorsement,
    weigh_endorsement,
)
from openbadge_issuer.verification.issuers import check_issuer, identifier
from openbadge_issuer.verification.model import check_model, specification_of
from openbadge_issuer.verification.proofs import ProofResult, check_proofs
from openbadge_issuer.verification.recipients import check_recipient
from openbadge_issuer.verification.refresh import refresh
from openbadge_issuer.verification.report import (
    Finding,
    Outcome,
    VerificationReport,
    finding,
    verdict_of,
)
from openbadge_issuer.verification.schemas import check_schemas
from openbadge_issuer.verification.settings import Settings
from openbadge_issuer.verification.status import check_status
from openbadge_issuer.verification.subject import Subject
from openbadge_issuer.verification.summary import summarize


def judge(
    subject: Subject, settings: Settings, require: tuple[Verdict, ...], name: str, *, inside: bool = False
) -> VerificationReport:
    """Run every check over one credential.

    Args:
        subject: the credential as it was received.
        settings: the arguments of the verification.
        require: the verdicts that must pass.
        name: what the report calls the credential.
        inside: whether it stands inside another one; then what it contains is not followed further.
    """
    issuer = identifier(subject.document.get("issuer"))
    proven = check_proofs(subject, issuer=issuer, settings=settings)
    refreshed = refresh(proven.signed, settings)
    current = refreshed.proven or proven
    seen = subject.outline if refreshed.proven is None else outline_of(current.signed)
    contained, held = ((), ()) if inside or seen.lacks(CONTAINED) else _contained(current.signed, settings)
    unendorsed = inside or seen.lacks(ENDORSED)
    endorsements, endorsed = ((), ()) if unendorsed else _endorsements(current.signed, settings)
    findings = (
        *_model(subject),
        *check_schemas(proven.signed, settings),
        *proven.findings,
        *refreshed.findings,
        *check_status(current.signed, settings),
        *_annulled(current, issuer, settings),
        *check_dates(current.signed, settings, current.token),
        *_asked(current.signed, settings),
        *_shown(subject, settings),
        *held,
        *endorsed,
    )
    integrity = verdict_of(findings, "integrity")
    findings += check_issuer(current.signed, current.key, integrity, settings)
    return VerificationReport(
        subject=name,
        format=subject.format,
        specification=specification_of(current.signed),
        at=settings.at,
        required=require,
        verdicts=_verdicts(findings, settings),
        findings=findings,
        credential=summarize(current.signed),
        key=current.key,
        endorsements=endorsements,
        contained=contained,
    )


def _model(subject: Subject) -> tuple[Finding, ...]:
    """Check the data model; of a badge like one that is valid, only where it differs in what matters."""
    likeness = subject.likeness
    if likeness is None or not likeness.reads_alike:
        return check_model(subject.document, subject.outline)
    found = likeness.kind.valid
    if found is None:
        found = check_model(subject.document, subject.outline)
        if [one.code for one in found] == ["MODEL-VALID"]:
            likeness.kind.valid = found
    return found


def _annulled(proven: ProofResult, issuer: str, settings: Settings) -> tuple[Finding, ...]:
    """Look the badge up in the annulment registers, if there are any."""
    if proven.annulments is None and not settings.annulments:
        return ()
    from openbadge_issuer.verification.annulments import check_annulments  # noqa: PLC0415  # few have registers

    return check_annulments(identifier(proven.signed), issuer, proven.annulments, settings)


def _asked(document: JsonObject, settings: Settings) -> tuple[Finding, ...]:
    """Say what was found only because the caller asked: for another moment, for a recipient."""
    findings: tuple[Finding, ...] = ()
    if settings.at != settings.now:
        findings += (finding("DATE-OTHER-MOMENT", "passed", at=write_date_time(settings.at)),)
    if settings.recipient is not None:
        findings += (check_recipient(document, settings.recipient),)
    return findings


def _shown(subject: Subject, settings: Settings) -> tuple[Finding, ...]:
    """Check that a badge is shown by whom it was bound to, if that was asked for."""
    if settings.asked is None or subject.sd_jwt is None:
        return ()
    from openbadge_issuer.verification.bound_tokens import check_binding  # noqa: PLC0415  # for such tokens

    subjects = subject.document.get("credentialSubject")
    first = subjects[0] if isinstance(subjects, list) and subjects else subjects
    who = identifier(first) if not isinstance(first, list) else ""
    return check_binding(subject.sd_jwt, settings.asked, settings, who=who)


def _verdicts(findings: tuple[Finding, ...], settings: Settings) -> Mapping[Verdict, Outcome | None]:
    return {
        "integrity": verdict_of(findings, "integrity"),
        "status": verdict_of(findings, "status"),
        "trust": verdict_of(findings, "trust"),
        "recipient": verdict_of(findings, "recipient") if settings.person_asked else None,
    }


def _contained(
    document: JsonObject, settings: Settings
) -> tuple[tuple[VerificationReport, ...], tuple[Finding, ...]]:
    """Verify the credentials inside a learner record (CLR 2.0, "Verification")."""
    # Local: only learner records contain credentials, and their models take time to load.
    from openbadge_issuer.assertions.learner_record import contained_credentials  # noqa: PLC0415

    found = contained_credentials(document)
    if len(found) > MAX_CONTAINED:
        place = found[MAX_CONTAINED].place
        return (), (finding("CLR-TOO-MANY", "undetermined", place, limit=MAX_CONTAINED),)
    # Each has an issuer of its own; that it is about the same person, the record's issuer vouches for.
    plain = replace(settings, expected_issuer=None, recipient=None, asked=None)
    reports: list[VerificationReport] = []
    findings: list[Finding] = []
    for one in found:
        try:
            subject = read_contained(one)
        except OpenBadgeError as error:
            findings.append(finding("CLR-CONTAINED-BROKEN", "failed", one.place, name="", problem=error.code))
            continue
        report = judge(subject, plain, ("integrity", "status"), one.place, inside=True)
        reports.append(report)
        findings.append(weigh_contained(report, one.place))
    return tuple(reports), tuple(findings)


def _endorsements(
    document: JsonObject, settings: Settings
) -> tuple[tuple[VerificationReport, ...], tuple[Finding, ...]]:
    """Verify what others vouch inside a credential (Open Badges 3.0, "Verification", step endorsements)."""
    found = find_endorsements(document)
    if len(found) > MAX_ENDORSEMENTS:
        place = found[MAX_ENDORSEMENTS].place
        return (), (finding("ENDORSEMENT-TOO-MANY", "undetermined", place, limit=MAX_ENDORSEMENTS),)
    # The badge's issuer and recipient are not those of an endorsement.
    plain = replace(settings, expected_issuer=None, recipient=None, asked=None)
    reports: list[VerificationReport] = []
    findings: list[Finding] = []
    for endorsement in found:
        try:
            subject = endorsement.read()
        except OpenBadgeError as error:
            findings.append(unreadable_endorsement(error, endorsement.place))
            continue
        report = judge(subject, plain, ("integrity", "status"), endorsement.place, inside=True)
        reports.append(report)
        findings.append(weigh_endorsement(report, endorsement.place))
        other = check_endorsed(endorsement, subject.document)
        if other is not None:
            findings.append(other)
    return tuple(reports), tuple(findings)
