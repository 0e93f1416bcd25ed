"""The checks over one badge of Open Badges 2.0, in their order: model, genuineness, status, dates, people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.assertions.json_walk import object_of, strings_of
from openbadge_issuer.assertions.moments import write_date_time
from openbadge_issuer.errors import DocumentError, LimitError, ResolutionError
from openbadge_issuer.errors.rule import Verdict
from openbadge_issuer.resolution.controller_document import service_of
from openbadge_issuer.resolution.fetching import OK, shown
from openbadge_issuer.signing.did_document import ANNULMENTS_TYPE
from openbadge_issuer.verification.annulments import check_annulments
from openbadge_issuer.verification.issuers import check_issuer, identifier
from openbadge_issuer.verification.open_badges_2.chain import follow
from openbadge_issuer.verification.open_badges_2.dates import check_dates
from openbadge_issuer.verification.open_badges_2.endorsements import (
    MAX_ENDORSEMENTS,
    find_endorsements,
    weigh,
)
from openbadge_issuer.verification.open_badges_2.genuine import Genuine, open_status
from openbadge_issuer.verification.open_badges_2.hosted import check_hosted
from openbadge_issuer.verification.open_badges_2.reading import Read, check_whole, read
from openbadge_issuer.verification.open_badges_2.recipients import check_recipient
from openbadge_issuer.verification.open_badges_2.signed import check_signed
from openbadge_issuer.verification.open_badges_2.web import open_question
from openbadge_issuer.verification.report import (
    CredentialSummary,
    Finding,
    Outcome,
    VerificationReport,
    finding,
    verdict_of,
)
from openbadge_issuer.verification.settings import Settings
from openbadge_issuer.verification.subject import Subject, read_subject

_SIGNED = frozenset({"SignedBadge", "signed"})
_ADDRESS_ALONE = frozenset({"@context", "type", "id", "verification"})
_PLACES = {"/issuer": "/badge/issuer", "/credentialSubject/achievement": "/badge"}


def claims(subject: Subject) -> JsonObject:
    """Return the document: in a signed badge of 2.0 the whole payload is the assertion."""
    return subject.document if subject.jwt is None else subject.jwt.payload


def judge(
    subject: Subject, settings: Settings, require: tuple[Verdict, ...], name: str, *, inside: bool = False
) -> VerificationReport:
    """Run every check over one badge, endorsement or other object.

    Args:
        subject: the badge as it was received.
        settings: the arguments of the verification.
        require: the verdicts that must pass.
        name: what the report calls the badge.
        inside: whether it is an endorsement of another one; its own endorsements are not followed.
    """
    return _judged(subject, settings, require, name, inside=inside)[0]


def _judged(
    subject: Subject, settings: Settings, require: tuple[Verdict, ...], name: str, *, inside: bool
) -> tuple[VerificationReport, JsonObject]:
    """Return the report and the document that it is about."""
    given, genuine = _genuine(subject, settings)
    badge = genuine.badge
    # Where only the address of a badge is known and nothing stands there, there is no badge to look at.
    named = badge is given and subject.jwt is None and badge.document.keys() <= _ADDRESS_ALONE
    findings = genuine.findings if named else (*check_whole(badge), *genuine.findings)
    if not named and badge.document.get("revoked") is not True and given.kind != "other":
        findings += check_dates(badge.document, settings)
    if settings.at != settings.now:
        findings += (finding("DATE-OTHER-MOMENT", "passed", at=write_date_time(settings.at)),)
    if settings.recipient is not None:
        findings += (check_recipient(badge.document, settings.recipient),)
    findings += _annulled(genuine, settings)
    endorsements: tuple[VerificationReport, ...] = ()
    if not inside:
        endorsements, said = _endorsements(genuine, settings)
        findings += said
    findings += _trust(genuine, verdict_of(findings, "integrity"), settings)
    verdicts: Mapping[Verdict, Outcome | None] = {
        "integrity": verdict_of(findings, "integrity"),
        "status": verdict_of(findings, "status"),
        "trust": verdict_of(findings, "trust"),
        "recipient": verdict_of(findings, "recipient") if settings.recipient is not None else None,
    }
    report = VerificationReport(
        subject=name,
        format=subject.format,
        specification=badge.specification,
        at=settings.at,
        required=require,
        verdicts=verdicts,
        findings=findings,
        credential=_summary(genuine),
        key=genuine.key,
        endorsements=endorsements,
    )
    return report, badge.document


def _genuine(subject: Subject, settings: Settings) -> tuple[Read, Genuine]:
    """Find out whether it is genuine, in the way that the badge itself names."""
    if subject.address:
        try:
            subject = _fetched(subject, settings)
        except (ResolutionError, DocumentError, LimitError) as error:
            nothing = Read({}, None)
            return nothing, Genuine(nothing, (open_question(error, ""), open_status("")))
    given = read(claims(subject), url=subject.address or None)
    if given.kind == "other":
        return given, _other(given, settings)
    methods = set(strings_of(object_of(given.document, "verification").get("type")))
    if methods & _SIGNED:
        return given, check_signed(given, subject.jwt, settings)
    hosted = check_hosted(given, settings)
    if subject.jwt is not None:
        unused = finding("OB2-SIGNATURE-UNUSED", "failed", "/verification")
        hosted = replace(hosted, findings=(*hosted.findings, unused))
    return given, hosted


def _fetched(subject: Subject, settings: Settings) -> Subject:
    """Fetch the badge whose address is all that an old picture carries."""
    url = subject.address
    if settings.fetcher is None:
        raise ResolutionError("FETCH-NOT-GIVEN", url=shown(url))
    fetched = settings.fetcher.fetch(url, accept="application/ld+json, application/json")
    if fetched.status == OK:
        found = read_subject(fetched.body)
        if not found.address:
            return replace(found, format=subject.format, address=url)
    # A badge that is gone still has its address, and the hosted check says what that means.
    pointed: JsonObject = {"@context": "https://w3id.org/openbadges/v2", "type": "Assertion", "id": url}
    return replace(subject, document={**pointed, "verification": {"type": "hosted"}})


def _other(given: Read, settings: Settings) -> Genuine:
    """Look at an object that is no badge: a badge class has an issuer, who is looked at too."""
    kind = ", ".join(strings_of(given.document.get("type"))) or "-"
    formed = finding("OB2-NOT-BADGE", "undetermined", kind=shown(kind))
    said = (formed, replace(formed, verdict="status"))  # nobody can tell whether it was revoked, either
    if "BadgeClass" not in strings_of(given.document.get("type")):
        return Genuine(given, said)
    chain = follow(given.document, settings, signed=False, version=given.version)
    return Genuine(given, (*said, *chain.findings), chain)


def _annulled(genuine: Genuine, settings: Settings) -> tuple[Finding, ...]:
    """Look the badge up in the annulment register that its issuer's profile leads to, and in those given."""
    chain = genuine.chain
    address = service_of(chain.profile or {}, ANNULMENTS_TYPE) if chain is not None else None
    issuer = chain.issuer if chain is not None else ""
    return check_annulments(identifier(genuine.badge.document), issuer, address, settings)


def _trust(genuine: Genuine, integrity: Outcome, settings: Settings) -> tuple[Finding, ...]:
    """Judge trust as for a badge of 3.0, by the issuer and the badge class."""
    chain = genuine.chain
    issuer = chain.issuer if chain is not None else ""
    achievement = identifier(chain.badge) if chain is not None else ""
    view: JsonObject = {"issuer": issuer, "credentialSubject": {"achievement": {"id": achievement}}}
    found = check_issuer(view, genuine.key, integrity, settings)
    return tuple(replace(one, pointer=_PLACES.get(one.pointer, one.pointer)) for one in found)


def _endorsements(
    genuine: Genuine, settings: Settings
) -> tuple[tuple[VerificationReport, ...], tuple[Finding, ...]]:
    """Verify what others vouch for the badge, its badge class and its issuer; the badge stands without."""
    chain = genuine.chain
    badge = chain.badge if chain is not None else {}
    profile = (chain.profile or {}) if chain is not None else {}
    found = find_endorsements(genuine.badge.document, badge, profile)
    if len(found) > MAX_ENDORSEMENTS:
        place = found[MAX_ENDORSEMENTS].place
        return (), (finding("ENDORSEMENT-TOO-MANY", "undetermined", place, limit=MAX_ENDORSEMENTS),)
    plain = replace(settings, expected_issuer=None, recipient=None)
    reports: list[VerificationReport] = []
    findings: list[Finding] = []
    for one in found:
        report, document = _judged(one.subject, plain, ("integrity", "status"), one.place, inside=True)
        reports.append(report)
        findings += weigh(one, report, document)
    return tuple(reports), tuple(findings)


def _summary(genuine: Genuine) -> CredentialSummary:
    """Say what people recognise the badge by."""
    document, chain = genuine.badge.document, genuine.chain
    badge = chain.badge if chain is not None else object_of(document, "badge")
    profile = (chain.profile or chain.claimed) if chain is not None else object_of(badge, "issuer")
    return CredentialSummary(
        id=identifier(document) or None,
        issuer=(chain.issuer if chain is not None else identifier(badge.get("issuer"))) or None,
        issuer_name=_text(profile, "name"),
        name=_text(badge, "name") or _text(document, "name"),
        valid_from=_text(document, "issuedOn"),
        valid_until=_text(document, "expires"),
        achievement=identifier(badge) or identifier(document.get("badge")) or None,
    )


def _text(document: JsonObject, name: str) -> str | None:
    value = document.get(name)
    return value if isinstance(value, str) else None
