"""Verifiable presentations: a holder shows credentials, to one verifier, once.

Source: VC Data Model 2.0, section "Verifiable Presentations"; Data Integrity 1.0, section "Proofs"
(`challenge`, `domain`); VC-JOSE-COSE, section "Securing JSON-LD Verifiable Presentations with JOSE".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from openbadge_issuer.assertions.clr import enveloped_token
from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, pointer
from openbadge_issuer.assertions.type_names import ENVELOPED
from openbadge_issuer.errors import DocumentError, OpenBadgeError
from openbadge_issuer.errors.rule import Verdict
from openbadge_issuer.signing.data_integrity import proofs_of
from openbadge_issuer.signing.vc_jose_cose import parse_vp_jwt
from openbadge_issuer.signing.vc_jwt import VcJwt
from openbadge_issuer.verification.contained import MAX_CONTAINED
from openbadge_issuer.verification.dates import claimed_date
from openbadge_issuer.verification.issuers import identifier
from openbadge_issuer.verification.judging import judge
from openbadge_issuer.verification.parsed import check_size
from openbadge_issuer.verification.proofs import ProofResult, check_proofs, check_token_signature
from openbadge_issuer.verification.report import (
    CredentialSummary,
    Finding,
    Outcome,
    VerificationReport,
    finding,
    verdict_of,
)
from openbadge_issuer.verification.settings import Asked, Settings
from openbadge_issuer.verification.subject import Subject, read_subject, string_items
from openbadge_issuer.verification.token_dates import token_dates

PURPOSE: Final = "authentication"
SPECIFICATION = "Verifiable Presentation"
_ENVELOPE = "data:application/vp+jwt,"
_SD_JWT_ENVELOPES = ("data:application/vc+sd-jwt,", "data:application/dc+sd-jwt,")
_WEIGHED: tuple[Verdict, ...] = ("integrity", "status", "trust", "recipient")


def opened(subject: Subject) -> Subject:
    """Take a presentation out of its envelope, if it has one.

    Raises:
        DocumentError: `PRESENTATION-TYPE`, the envelope holds no presentation; or as `parse_vp_jwt`.
        OpenBadgeError: as `parse_vp_jwt`.
    """
    if "EnvelopedVerifiablePresentation" not in string_items(subject.document.get("type")):
        return subject
    place = subject.document.get("id")
    if not isinstance(place, str) or not place.startswith(_ENVELOPE):
        raise DocumentError("PRESENTATION-TYPE", "/id")
    token = parse_vp_jwt(place.removeprefix(_ENVELOPE))
    check_size(token.credential)
    return Subject("jwt", token.credential, token)


def judge_presentation(
    read: Subject, settings: Settings, require: tuple[Verdict, ...], name: str
) -> VerificationReport:
    """Judge whether a holder presents credentials now, for this verifier, and judge each of them.

    Args:
        read: the presentation, out of its envelope.
        settings: the arguments of the verification; without `asked` it stays open for whom it was made.
        require: the verdicts that must pass for each credential; `recipient` is required of the whole.
        name: what the report calls the presentation.
    """
    holder = _holder(read)
    if read.jwt is None:
        proven = check_proofs(read, issuer=holder, settings=settings, purpose=PURPOSE)
    else:
        proven = _check_token(read.jwt, holder=holder, settings=settings)
    findings = [*_form(proven.signed), *proven.findings, *_made_for(read, settings.asked)]
    if settings.asked is not None and settings.asked.holder not in (None, holder):
        findings.append(finding("PRESENTATION-OTHER-HOLDER", "failed", "/holder", found=holder))
    reports, shown = _credentials(proven.signed, settings, require, holder)
    found = (*findings, *shown)
    own = proven.signed.get("id")
    verdicts: dict[Verdict, Outcome | None] = {verdict: verdict_of(found, verdict) for verdict in _WEIGHED}
    if not reports:  # then nothing is known of any credential
        verdicts |= {"status": "undetermined", "trust": "undetermined"}
    return VerificationReport(
        subject=name,
        format=read.format,
        specification=SPECIFICATION,
        at=settings.at,
        required=tuple(dict.fromkeys((*require, "recipient"))),
        verdicts=verdicts,
        findings=found,
        credential=CredentialSummary(id=own if isinstance(own, str) else None),
        key=proven.key,
        contained=reports,
        holder=holder or None,
    )


def _holder(read: Subject) -> str:
    """Return who presents: as the presentation says, or else whose key the proof names."""
    named = identifier(read.document.get("holder"))
    if named:
        return named
    if read.jwt is not None:
        issuer = read.jwt.payload.get("iss")
        return issuer if isinstance(issuer, str) else (read.jwt.kid or "").partition("#")[0]
    first = next(iter(proofs_of(read.document)), None)
    method = first.get("verificationMethod") if isinstance(first, dict) else None
    return method.partition("#")[0] if isinstance(method, str) else ""


def _check_token(token: VcJwt, *, holder: str, settings: Settings) -> ProofResult:
    issued = claimed_date(token, "iat")
    signed = check_token_signature(
        token, issuer=holder, signed_at=settings.at, settings=settings, purpose=PURPOSE
    )
    findings = [*signed.findings, *token_dates(token, settings)]
    if issued is not None and issued - settings.at > settings.clock_skew:
        findings.append(finding("PROOF-NOT-YET", "failed", "/iat", date=issued.isoformat()))
    findings += [
        finding("JWT-CLAIM-TYPE", "failed", pointer(name), name=name)
        for name in ("iat", "nbf", "exp")
        if name in token.payload and claimed_date(token, name) is None
    ]
    if token.payload.get("iss", holder) != holder:
        findings.append(finding("PRESENTATION-ISS", "failed", "/iss", holder=holder))
    return ProofResult(tuple(findings), signed.signed, signed.key, token)


def _form(document: JsonObject) -> Iterator[Finding]:
    if "VerifiablePresentation" not in string_items(document.get("type")):
        yield finding("PRESENTATION-TYPE", "failed", "/type")


def _made_for(read: Subject, asked: Asked | None) -> Iterator[Finding]:
    """See that every proof repeats what was asked: one that does not was made for another occasion."""
    if asked is None:
        yield finding("PRESENTATION-NOT-ASKED", "undetermined")
        return
    if read.jwt is not None:
        yield _same("PRESENTATION-CHALLENGE", "/nonce", read.jwt.payload.get("nonce") == asked.challenge)
        yield _same("PRESENTATION-DOMAIN", "/aud", asked.domain in string_items(read.jwt.payload.get("aud")))
        return
    proofs = proofs_of(read.document)
    for position, proof in enumerate(proofs):
        place = pointer("proof", position) if isinstance(read.document["proof"], list) else "/proof"
        members = proof if isinstance(proof, dict) else {}
        same = members.get("challenge") == asked.challenge
        yield _same("PRESENTATION-CHALLENGE", f"{place}/challenge", same)
        same = asked.domain in string_items(members.get("domain"))
        yield _same("PRESENTATION-DOMAIN", f"{place}/domain", same)


def _same(code: str, place: str, same: bool) -> Finding:  # noqa: FBT001  # the one thing it is about
    return finding(code, "passed" if same else "failed", place)


def _credentials(
    document: JsonObject, settings: Settings, required: tuple[Verdict, ...], holder: str
) -> tuple[tuple[VerificationReport, ...], list[Finding]]:
    value = document.get("verifiableCredential")
    listed = value if isinstance(value, list) else [] if value is None else [value]
    if not listed:
        return (), [finding("PRESENTATION-EMPTY", "failed", "/verifiableCredential")]
    if len(listed) > MAX_CONTAINED:
        limit = finding("PRESENTATION-TOO-MANY", "undetermined", "/verifiableCredential", limit=MAX_CONTAINED)
        return (), [limit]
    plain = replace(settings, asked=None)  # the presentation itself is the answer to what was asked
    reports: list[VerificationReport] = []
    findings: list[Finding] = []
    for position, item in enumerate(listed):
        place = (
            pointer("verifiableCredential", position) if isinstance(value, list) else "/verifiableCredential"
        )
        try:
            subject = _credential(item)
            known = plain.knowing(subject.document)
        except OpenBadgeError as error:
            findings.append(finding("PRESENTATION-UNREADABLE", "failed", place, problem=error.code))
            continue
        report = _judge_of(subject)(subject, known, required, place)
        reports.append(report)
        findings += [*_weigh(report, place), _about(subject, holder, place)]
    return tuple(reports), findings


def _judge_of(subject: Subject) -> Callable[..., VerificationReport]:
    if not subject.is_sd_jwt_vc:
        return judge
    from openbadge_issuer.verification.sd_jwt_vc import judge_sd_jwt_vc  # noqa: PLC0415  # for such tokens

    return judge_sd_jwt_vc


def _weigh(report: VerificationReport, place: str) -> Iterator[Finding]:
    """Say what the report of a credential means for the presentation: whatever it lacks, that lacks too."""
    name = report.credential.name or report.credential.id or ""
    if report.accepted:
        yield finding("PRESENTATION-CREDENTIAL", "passed", place, name=name)
    for verdict in _WEIGHED:
        outcome, problem = report.verdicts[verdict], report.problem(verdict)
        if outcome is None or outcome == "passed":
            continue
        if problem == "TRUST-NOT-ASKED":
            yield finding(problem, outcome, place, issuer=report.credential.issuer or "")
            continue
        found = finding("PRESENTATION-CREDENTIAL", outcome, place, name=name, problem=problem)
        yield replace(found, verdict=verdict)


def _credential(item: JsonValue) -> Subject:
    """Read one credential: an object, an envelope, or in older presentations a token as it is."""
    if isinstance(item, dict) and ENVELOPED not in string_items(item.get("type")):
        return Subject("json", item)
    token = enveloped_token(item) or _enveloped_sd_jwt(item) if isinstance(item, dict) else item
    if not isinstance(token, str):
        raise DocumentError("BADGE-FORMAT")
    subject = read_subject(token)
    if subject.jwt is None:
        raise DocumentError("BADGE-FORMAT")
    return subject


def _enveloped_sd_jwt(item: JsonObject) -> str | None:
    place = item.get("id")
    if not isinstance(place, str):
        return None
    return next((place.removeprefix(one) for one in _SD_JWT_ENVELOPES if place.startswith(one)), None)


def _about(subject: Subject, holder: str, place: str) -> Finding:
    """Judge whether a credential is about the one who shows it."""
    name = "sub" if subject.is_sd_jwt_vc else "credentialSubject"
    subjects = subject.document.get(name)
    ids = [identifier(one) for one in (subjects if isinstance(subjects, list) else [subjects])]
    pointed = f"{place}/{name}"
    if holder and holder in ids:
        return finding("PRESENTATION-HOLDER", "passed", pointed, holder=holder)
    if not any(ids):
        return finding("PRESENTATION-HOLDER-OPEN", "undetermined", pointed)
    return finding("PRESENTATION-HOLDER", "failed", pointed, holder=holder)
