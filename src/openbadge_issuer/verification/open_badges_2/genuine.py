"""What either way of verification finds out: the badge to judge on, who stands behind it, and its status."""

from __future__ import annotations

from dataclasses import dataclass

from openbadge_issuer.assertions.json_text import JsonValue
from openbadge_issuer.verification.open_badges_2.chain import Chain
from openbadge_issuer.verification.open_badges_2.reading import Read
from openbadge_issuer.verification.report import Finding, KeyUsed, finding


@dataclass(frozen=True, slots=True)
class Genuine:
    """A badge after its verification, however that went.

    Attributes:
        badge: what is judged: the hosted copy, or what was signed; what was given if there is neither.
        findings: on integrity and status.
        chain: the badge class and issuer, if they were looked for.
        key: the key that signed.
    """

    badge: Read
    findings: tuple[Finding, ...]
    chain: Chain | None = None
    key: KeyUsed | None = None


def revoked(place: str, reason: JsonValue = None) -> Finding:
    """Report a badge that its issuer has revoked."""
    because = f": “{reason}”" if isinstance(reason, str) and reason else ""
    return finding("STATUS-REVOKED", "failed", place, because=because)


def standing(place: str) -> Finding:
    """Report a badge that was looked up and is not revoked."""
    return finding("STATUS-REVOKED", "passed", place, because="")


def open_status(place: str) -> Finding:
    """Report that nobody could be asked whether the badge is revoked."""
    return finding("OB2-STATUS-OPEN", "undetermined", place)
