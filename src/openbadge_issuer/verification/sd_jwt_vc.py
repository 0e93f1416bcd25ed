"""SD-JWT VCs: credentials of the IETF, with a kind (`vct`) and claims instead of contexts and types.

Source: draft-ietf-oauth-sd-jwt-vc, section "Verification and Processing"; RFC 9901, section 7. What a kind
of credential prescribes (Type Metadata) is not looked up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from openbadge_issuer.assertions.json_text import JsonObject, pointer
from openbadge_issuer.assertions.moments import write_date_time
from openbadge_issuer.assertions.recipient import Recipient
from openbadge_issuer.errors import KeyMaterialError
from openbadge_issuer.errors.rule import Verdict
from openbadge_issuer.signing.vc_jwt import VcJwt
from openbadge_issuer.verification.bound_tokens import check_binding
from openbadge_issuer.verification.dates import check_dates, claimed_date
from openbadge_issuer.verification.issuers import check_issuer, identifier
from openbadge_issuer.verification.proofs import check_token_signature, signing_moment
from openbadge_issuer.verification.report import (
    CredentialSummary,
    Finding,
    Outcome,
    VerificationReport,
    finding,
    verdict_of,
)
from openbadge_issuer.verification.settings import Settings
from openbadge_issuer.verification.subject import Subject
from openbadge_issuer.verification.token_remarks import issued_later
from openbadge_issuer.verification.token_status import check_token_status

SPECIFICATION = "SD-JWT VC"


def judge_sd_jwt_vc(
    subject: Subject, settings: Settings, require: tuple[Verdict, ...], name: str
) -> VerificationReport:
    """Run every check over one SD-JWT VC; by `vct` and `iss` it is trusted, or not.

    Args:
        subject: the token as it was received; what is not disclosed is not looked at.
        settings: the arguments of the verification.
        require: the verdicts that must pass.
        name: what the report calls the credential.
    """
    token, claims = subject.jwt, subject.document
    if token is None or subject.sd_jwt is None:
        raise TypeError("this is no SD-JWT")
    issuer, kind = _issuer(token), str(claims["vct"])
    signed = check_token_signature(
        token, issuer=issuer, signed_at=signing_moment(token), settings=settings, metadata=True
    )
    findings: tuple[Finding, ...] = (
        *_claim_types(token),
        *signed.findings,
        *issued_later(token, settings),
        *check_token_status(claims, issuer=issuer, settings=settings),
        *check_dates({}, settings, token),
    )
    if settings.at != settings.now:
        findings += (finding("DATE-OTHER-MOMENT", "passed", at=write_date_time(settings.at)),)
    if settings.recipient is not None:
        findings += (_check_recipient(claims, settings.recipient),)
    if settings.asked is not None:
        findings += check_binding(subject.sd_jwt, settings.asked, settings, who=identifier(claims.get("sub")))
    # The kind of credential stands where a badge names its achievement, so that trust can be limited to it.
    named: JsonObject = {"issuer": issuer, "credentialSubject": {"achievement": {"id": kind}}}
    findings += check_issuer(named, signed.key, verdict_of(findings, "integrity"), settings)
    return VerificationReport(
        subject=name,
        format=subject.format,
        specification=SPECIFICATION,
        at=settings.at,
        required=require,
        verdicts=_verdicts(findings, settings),
        findings=findings,
        credential=_summary(token, issuer, kind),
        key=signed.key,
    )


def _issuer(token: VcJwt) -> str:
    """Return who issued it: whom `iss` names, or without that the certificate of the key."""
    if "iss" in token.payload or "x5c" not in token.header:
        return identifier(token.payload.get("iss"))
    # Local: few tokens carry certificates, and reading them takes a library of its own.
    from openbadge_issuer.resolution.certificate_chain import certified_issuer  # noqa: PLC0415

    try:
        return certified_issuer(token.header)
    except KeyMaterialError:
        return ""


def _claim_types(token: VcJwt) -> Iterator[Finding]:
    for name in ("iat", "nbf", "exp"):
        if name in token.payload and claimed_date(token, name) is None:
            yield finding("JWT-CLAIM-TYPE", "failed", pointer(name), name=name)
    for name in ("iss", "sub", "jti"):
        if not isinstance(token.payload.get(name, ""), str):
            yield finding("JWT-CLAIM-TYPE", "failed", pointer(name), name=name)


def _check_recipient(claims: JsonObject, recipient: Recipient) -> Finding:
    """Compare the subject with the recipient; of other claims it is not known whom they identify."""
    same = recipient.id is not None and claims.get("sub") == recipient.id
    return finding("RECIPIENT-MATCH" if same else "RECIPIENT-OTHER", "passed" if same else "failed", "/sub")


def _verdicts(findings: tuple[Finding, ...], settings: Settings) -> Mapping[Verdict, Outcome | None]:
    return {
        "integrity": verdict_of(findings, "integrity"),
        "status": verdict_of(findings, "status"),
        "trust": verdict_of(findings, "trust"),
        "recipient": verdict_of(findings, "recipient") if settings.person_asked else None,
    }


def _summary(token: VcJwt, issuer: str, kind: str) -> CredentialSummary:
    begin, end = claimed_date(token, "nbf"), claimed_date(token, "exp")
    return CredentialSummary(
        id=identifier(token.payload.get("jti")) or None,
        issuer=issuer or None,
        name=kind,
        valid_from=write_date_time(begin) if begin is not None else None,
        valid_until=write_date_time(end) if end is not None else None,
        achievement=kind,
    )
