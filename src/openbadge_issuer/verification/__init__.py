"""May I believe it: the pipeline, its checks, and the report."""

from __future__ import annotations

from openbadge_issuer.verification.many import verify_many
from openbadge_issuer.verification.pipeline import validate, verify
from openbadge_issuer.verification.report import Finding, VerificationReport
from openbadge_issuer.verification.trust import TrustedIssuer, TrustPolicy

__all__ = [
    "Finding",
    "TrustPolicy",
    "TrustedIssuer",
    "VerificationReport",
    "validate",
    "verify",
    "verify_many",
]
