"""Is the badge about the person whom the caller asks for?"""

from __future__ import annotations

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.assertions.recipient import Recipient
from openbadge_issuer.verification.report import Finding, finding

PLACE = "/recipient"


def check_recipient(document: JsonObject, recipient: Recipient) -> Finding:
    """Compare the recipient of a badge with the one asked for (Open Badges 2.0, IdentityObject).

    The comparison is that of 3.0: the value as given, then in lower case, with the salt behind it. An `id`
    of the person counts where the badge names its recipient by `id` or `url`.
    """
    from openbadge_issuer.assertions.open_badges_2.identity import (  # noqa: PLC0415  # loads the models
        IdentityObject,
    )

    value = document.get("recipient")
    named, _ = IdentityObject.check(value) if isinstance(value, dict) else (None, ())
    if named is None:
        return finding("RECIPIENT-OTHER", "failed", PLACE)
    known = named.to_open_badges_3()
    asked = list(recipient.identities())
    if recipient.id is not None and named.type in ("id", "url"):
        asked.append((known.identity_type, recipient.id))
    if any(known.matches(identity, kind) for kind, identity in asked):
        return finding("RECIPIENT-MATCH", "passed", PLACE)
    return finding("RECIPIENT-OTHER", "failed", PLACE)
