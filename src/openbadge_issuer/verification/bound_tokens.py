"""A badge that is shown by itself, as SD-JWT, by whoever has the key that the issuer bound it to."""

from __future__ import annotations

from dataclasses import dataclass

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.errors import KeyMaterialError, SignatureError, UnsupportedError
from openbadge_issuer.errors.rule import Verdict
from openbadge_issuer.signing.sd_jwt import SdJwt
from openbadge_issuer.signing.sd_jwt_vc import verify_key_binding
from openbadge_issuer.verification.issuers import identifier
from openbadge_issuer.verification.judging import judge
from openbadge_issuer.verification.presentation_report import PresentationReport
from openbadge_issuer.verification.report import Finding, finding, finding_of, verdict_of
from openbadge_issuer.verification.settings import Settings
from openbadge_issuer.verification.subject import Subject


@dataclass(frozen=True, slots=True)
class Asked:
    """What the verifier asked for, which only a presentation made for it can repeat."""

    challenge: str
    domain: str
    holder: str | None


def judge_bound(
    bound: SdJwt,
    read: Subject,
    asked: Asked,
    *,
    settings: Settings,
    required: tuple[Verdict, ...],
    name: str,
) -> PresentationReport:
    """Judge the key binding (RFC 9901, section 7.3), and the badge that it shows.

    The binding is worth nothing without the badge: its key counts because the issuer signed it.
    """
    holder = _subject_id(read.document)
    findings = [_binding(bound, asked, settings)]
    if asked.holder is not None and asked.holder != holder:
        findings.append(finding("PRESENTATION-OTHER-HOLDER", "failed", "/credentialSubject", found=holder))
    found = tuple(findings)
    return PresentationReport(
        subject=name,
        format="sd-jwt",
        at=settings.at,
        holder=holder or None,
        verdicts={verdict: verdict_of(found, verdict) for verdict in ("integrity", "recipient")},
        findings=found,
        credentials=(judge(read, settings, required, name),),
    )


def _binding(bound: SdJwt, asked: Asked, settings: Settings) -> Finding:
    try:
        verify_key_binding(
            bound,
            nonce=asked.challenge,
            audience=asked.domain,
            at=settings.at,
            clock_skew=settings.clock_skew,
        )
    except (SignatureError, KeyMaterialError) as error:
        return finding_of(error, "failed", verdict="integrity", severity="error")
    except UnsupportedError as error:
        return finding_of(error, "undetermined", verdict="integrity", severity="error")
    return finding("SD-JWT-KB-MISSING", "passed")


def _subject_id(document: JsonObject) -> str:
    subjects = document.get("credentialSubject")
    first = subjects[0] if isinstance(subjects, list) and subjects else subjects
    return identifier(first) if not isinstance(first, list) else ""
