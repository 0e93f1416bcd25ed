"""Is the badge about the person whom the caller asks for?"""

from __future__ import annotations

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.assertions.recipient import Recipient
from openbadge_issuer.verification.report import Finding, finding


def check_recipient(document: JsonObject, recipient: Recipient) -> Finding:
    """Compare the subject with the recipient asked for (Open Badges 3.0, "Recipient verification").

    Any identity that matches is enough; a name alone identifies nobody.
    """
    from openbadge_issuer.assertions.identity import IdentityObject  # noqa: PLC0415  # loads the models

    subject = document.get("credentialSubject")
    if not isinstance(subject, dict):
        return finding("RECIPIENT-OTHER", "failed", "/credentialSubject")
    if recipient.id is not None and subject.get("id") == recipient.id:
        return finding("RECIPIENT-MATCH", "passed", "/credentialSubject/id")
    listed = subject.get("identifier")
    entries = listed if isinstance(listed, list) else [listed]
    for position, entry in enumerate(entries):
        if not isinstance(entry, dict):
            continue
        identity, _ = IdentityObject.check(entry)
        if identity is not None and any(
            identity.matches(value, kind) for kind, value in recipient.identities()
        ):
            return finding("RECIPIENT-MATCH", "passed", f"/credentialSubject/identifier/{position}")
    return finding("RECIPIENT-OTHER", "failed", "/credentialSubject")
