"""Verifiable presentations: a holder shows credentials, to one verifier, once.

Source: VC Data Model 2.0, section "Verifiable Presentations"; Data Integrity 1.0, section "Proofs"
(`challenge`, `domain`); VC-JOSE-COSE, section "Securing JSON-LD Verifiable Presentations with JOSE".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

from openbadge_issuer.assertions.clr import ENVELOPED, enveloped_token
from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, pointer
from openbadge_issuer.errors import DocumentError, OpenBadgeError
from openbadge_issuer.errors.rule import Verdict
from openbadge_issuer.resolution.documents import Documents
from openbadge_issuer.resolution.fetching import Fetched, Fetcher
from openbadge_issuer.signing.data_integrity import proofs_of
from openbadge_issuer.signing.sd_jwt import SdJwt
from openbadge_issuer.signing.sd_jwt_vc import as_token, parse_sd_jwt_vc
from openbadge_issuer.signing.vc_jose_cose import parse_vp_jwt
from openbadge_issuer.signing.vc_jwt import VcJwt
from openbadge_issuer.verification.arguments import required_verdicts, settings_of
from openbadge_issuer.verification.bound_tokens import Asked, judge_bound
from openbadge_issuer.verification.contained import MAX_CONTAINED
from openbadge_issuer.verification.dates import claimed_date
from openbadge_issuer.verification.issuers import identifier
from openbadge_issuer.verification.judging import judge
from openbadge_issuer.verification.parsed import check_size
from openbadge_issuer.verification.pipeline import DEFAULT_REQUIRE
from openbadge_issuer.verification.presentation_report import PresentationReport
from openbadge_issuer.verification.proofs import ProofResult, check_proofs, check_token_signature
from openbadge_issuer.verification.report import (
    Finding,
    VerificationReport,
    finding,
    finding_of,
    verdict_of,
)
from openbadge_issuer.verification.settings import CLOCK_SKEW, Settings
from openbadge_issuer.verification.subject import Subject, read_subject, string_items
from openbadge_issuer.verification.token_dates import token_dates
from openbadge_issuer.verification.trust import TrustPolicy

__all__ = ["PresentationReport", "verify_presentation"]

PURPOSE: Final = "authentication"
_ENVELOPE = "data:application/vp+jwt,"
_SD_JWT_ENVELOPE = "data:application/vc+sd-jwt,"
_TOKEN = re.compile(rb"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]*")


def verify_presentation(
    data: bytes | str | JsonObject,
    *,
    challenge: str,
    domain: str,
    holder: str | None = None,
    now: datetime | None = None,
    at: datetime | None = None,
    fetcher: Fetcher | None = None,
    documents: Documents | Mapping[str, bytes | Fetched] | None = None,
    contexts: Mapping[str, JsonObject] | None = None,
    trust: TrustPolicy | None = None,
    expected_issuer: str | None = None,
    require: Iterable[Verdict] = DEFAULT_REQUIRE,
    max_status_age: timedelta | None = None,
    clock_skew: timedelta = CLOCK_SKEW,
    subject: str = "",
) -> PresentationReport:
    """Verify that a holder presents credentials now, for this verifier, and verify each of them.

    Args:
        data: JSON with a Data Integrity proof, a `vp+jwt`, a JWT with the claim `vp`, a badge as `vc+sd-jwt`
            with a key binding, or a parsed document.
        challenge: what was given to the holder to sign: fresh, random, and accepted once only. That it
            was not used before is for the caller to see to.
        domain: who asks, as the holder was told (`domain` of a proof, `aud` of a token).
        holder: the identifier that the holder must have, if it is known.
        now: as for `verify`, as are all that follow; they hold for every credential too.
        at: the moment for which dates and keys are judged.
        fetcher: where documents come from.
        documents: an offline stand-in for the web.
        contexts: further contexts by URL.
        trust: whom the caller trusts as issuers; pins hold for the holder's keys too.
        expected_issuer: the issuer that every credential must have.
        require: the verdicts that every credential must pass.
        max_status_age: how old a status list may be.
        clock_skew: how far apart clocks may be.
        subject: a name for the presentation in the report.

    Raises:
        ContextError: a context given contradicts a pinned one.
        ValueError: challenge or domain is empty, a moment has no time zone, or there is no such verdict.
    """
    if not challenge or not domain:
        raise ValueError("without a challenge and a domain, a presentation could be anybody's copy")
    settings = settings_of(
        now=now or datetime.now(UTC),
        at=at,
        fetcher=fetcher,
        documents=documents,
        contexts=contexts,
        trust=trust,
        expected_issuer=expected_issuer,
        max_status_age=max_status_age,
        clock_skew=clock_skew,
    )
    required = required_verdicts(require, settings)
    try:
        read, bound = _read(data)
        settings = settings.knowing(read.document)
    except OpenBadgeError as error:
        return _unreadable(error, settings, subject)
    asked = Asked(challenge, domain, holder)
    return _judge(read, bound, asked, settings=settings, required=required, name=subject)


def _unreadable(error: OpenBadgeError, settings: Settings, name: str) -> PresentationReport:
    return PresentationReport(
        subject=name,
        format="unknown",
        at=settings.at,
        holder=None,
        verdicts={"integrity": "failed", "recipient": "undetermined"},
        findings=(finding_of(error, "failed", verdict="integrity", severity="error"),),
    )


def _read(data: bytes | str | JsonObject) -> tuple[Subject, SdJwt | None]:
    """Read a presentation; raises InputError, LimitError, SignatureError or UnsupportedError."""
    if isinstance(data, dict):
        return _opened(read_subject(data)), None
    raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else bytes(data)
    signed, tilde, _ = raw.strip().partition(b"~")
    if not _TOKEN.fullmatch(signed):
        return _opened(read_subject(raw)), None
    if not tilde:
        return _token(signed), None
    bound = parse_sd_jwt_vc(raw.strip())
    token = as_token(bound)
    check_size(token.credential)
    return Subject("jwt", token.credential, token), bound


def _opened(subject: Subject) -> Subject:
    """Take a presentation out of its envelope, if it has one."""
    if "EnvelopedVerifiablePresentation" in string_items(subject.document.get("type")):
        place = subject.document.get("id")
        if not isinstance(place, str) or not place.startswith(_ENVELOPE):
            raise DocumentError("PRESENTATION-TYPE", "/id")
        return _token(place.removeprefix(_ENVELOPE))
    if subject.format != "json":
        raise DocumentError("PRESENTATION-TYPE")
    return subject


def _token(raw: bytes | str) -> Subject:
    token = parse_vp_jwt(raw)
    check_size(token.credential)
    return Subject("jwt", token.credential, token)


def _judge(
    read: Subject,
    bound: SdJwt | None,
    asked: Asked,
    *,
    settings: Settings,
    required: tuple[Verdict, ...],
    name: str,
) -> PresentationReport:
    if bound is not None:
        return judge_bound(bound, read, asked, settings=settings, required=required, name=name)
    holder = _holder(read)
    if read.jwt is None:
        proven = check_proofs(read, issuer=holder, settings=settings, purpose=PURPOSE)
    else:
        proven = _check_token(read.jwt, holder=holder, settings=settings)
    findings = [*_form(proven.signed), *proven.findings, *_made_for(read, asked)]
    if asked.holder is not None and asked.holder != holder:
        findings.append(finding("PRESENTATION-OTHER-HOLDER", "failed", "/holder", found=holder))
    reports, shown = _credentials(proven.signed, settings, required, holder)
    found = (*findings, *shown)
    return PresentationReport(
        subject=name,
        format="json" if read.jwt is None else "jwt",
        at=settings.at,
        holder=holder or None,
        verdicts={verdict: verdict_of(found, verdict) for verdict in ("integrity", "recipient")},
        findings=found,
        credentials=reports,
        key=proven.key,
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


def _made_for(read: Subject, asked: Asked) -> Iterator[Finding]:
    """See that every proof repeats what was asked: one that does not was made for another occasion."""
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
    reports: list[VerificationReport] = []
    findings: list[Finding] = []
    for position, item in enumerate(listed):
        place = (
            pointer("verifiableCredential", position) if isinstance(value, list) else "/verifiableCredential"
        )
        try:
            subject = _credential(item)
            known = settings.knowing(subject.document)
        except OpenBadgeError as error:
            findings.append(finding("PRESENTATION-UNREADABLE", "failed", place, problem=error.code))
            continue
        reports.append(judge(subject, known, required, place))
        findings.append(_about(subject.document, holder, place))
    return tuple(reports), findings


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
    if not isinstance(place, str) or not place.startswith(_SD_JWT_ENVELOPE):
        return None
    return place.removeprefix(_SD_JWT_ENVELOPE)


def _about(document: JsonObject, holder: str, place: str) -> Finding:
    """Judge whether a credential is about the one who shows it."""
    subjects = document.get("credentialSubject")
    ids = [identifier(one) for one in (subjects if isinstance(subjects, list) else [subjects])]
    pointed = f"{place}/credentialSubject"
    if holder and holder in ids:
        return finding("PRESENTATION-HOLDER", "passed", pointed, holder=holder)
    if not any(ids):
        return finding("PRESENTATION-HOLDER-OPEN", "undetermined", pointed)
    return finding("PRESENTATION-HOLDER", "failed", pointed, holder=holder)
