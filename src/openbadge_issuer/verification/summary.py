"""What a credential says of itself, in a few lines."""

from __future__ import annotations

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.verification.issuers import identifier
from openbadge_issuer.verification.report import CredentialSummary


def summarize(document: JsonObject) -> CredentialSummary:
    """Read what people recognise a credential by; it may be malformed, so nothing is taken for granted."""
    subject = document.get("credentialSubject")
    achievement = subject.get("achievement") if isinstance(subject, dict) else None
    issuer = document.get("issuer")
    named = achievement if isinstance(achievement, dict) else {}
    return CredentialSummary(
        id=_string(document.get("id")),
        issuer=identifier(issuer) or None,
        issuer_name=_text(issuer.get("name")) if isinstance(issuer, dict) else None,
        name=_text(document.get("name")) or _text(named.get("name")),
        valid_from=_string(document.get("validFrom", document.get("issuanceDate"))),
        valid_until=_string(document.get("validUntil", document.get("expirationDate"))),
        achievement=_string(named.get("id")),
    )


def _string(value: JsonValue) -> str | None:
    return value if isinstance(value, str) else None


def _text(value: JsonValue) -> str | None:
    """Read a text that may be an object or array of language values; None if it is not text at all."""
    if isinstance(value, str):
        return value
    values = value if isinstance(value, list) else [value]
    first = next((item for item in values if isinstance(item, str | dict)), None)
    return _string(first.get("@value")) if isinstance(first, dict) else _string(first)
