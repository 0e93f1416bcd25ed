"""Is the issuer one that the caller accepts for this achievement?"""

from __future__ import annotations

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.signing.public_key import PublicKey
from openbadge_issuer.verification.report import Finding, KeyUsed, Outcome, finding
from openbadge_issuer.verification.settings import Settings


def identifier(value: JsonValue) -> str:
    """Read the identifier of an object or of a reference to it; empty if there is none."""
    found = value.get("id") if isinstance(value, dict) else value
    return found if isinstance(found, str) else ""


def check_issuer(
    document: JsonObject, key: KeyUsed | None, integrity: Outcome, settings: Settings
) -> tuple[Finding, ...]:
    """Judge trust: who issued, whether the caller accepts them, and whether that is proven.

    Without integrity nothing in the document is the issuer's word, so trust is not reached either.
    """
    issuer = identifier(document.get("issuer"))
    findings = list(_creator(document, issuer))
    if settings.trust is None and settings.expected_issuer is None:
        return (*findings, finding("TRUST-NOT-ASKED", "undetermined", "/issuer", issuer=issuer))
    if settings.expected_issuer is not None and issuer != settings.expected_issuer:
        expected = settings.expected_issuer
        findings.append(finding("TRUST-ISSUER-OTHER", "failed", "/issuer", issuer=issuer, expected=expected))
    if settings.trust is not None:
        findings += _listed(document, issuer, key, settings)
    if integrity != "passed":
        findings.append(finding("TRUST-UNPROVEN", "undetermined", "/issuer", issuer=issuer))
    if not any(found.severity == "error" for found in findings):
        findings.append(finding("TRUST-ISSUER", "passed", "/issuer", issuer=issuer))
    return tuple(findings)


def _listed(
    document: JsonObject, issuer: str, key: KeyUsed | None, settings: Settings
) -> tuple[Finding, ...]:
    entry = settings.trust.entry(issuer) if settings.trust else None
    if entry is None:
        return (finding("TRUST-ISSUER-UNKNOWN", "failed", "/issuer", issuer=issuer),)
    findings = []
    if entry.keys and (key is None or PublicKey.from_multibase(key.fingerprint) not in entry.keys):
        findings.append(finding("TRUST-KEY", "failed", "/issuer", issuer=issuer))
    subject = document.get("credentialSubject")
    achievement = identifier(subject.get("achievement")) if isinstance(subject, dict) else ""
    if not entry.covers(achievement):
        findings.append(
            finding(
                "TRUST-ACHIEVEMENT",
                "failed",
                "/credentialSubject/achievement",
                issuer=issuer,
                achievement=achievement,
            )
        )
    return tuple(findings)


def _creator(document: JsonObject, issuer: str) -> tuple[Finding, ...]:
    subject = document.get("credentialSubject")
    achievement = subject.get("achievement") if isinstance(subject, dict) else None
    creator = identifier(achievement.get("creator")) if isinstance(achievement, dict) else ""
    if not creator or creator == issuer:
        return ()
    pointer = "/credentialSubject/achievement/creator"
    return (finding("TRUST-CREATOR", "failed", pointer, creator=creator, issuer=issuer),)
