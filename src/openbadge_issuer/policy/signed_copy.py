"""What comes back from the signer, held against what the decision carries (R39)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from openbadge_issuer.assertions.json_text import JsonObject, parse_json_object
from openbadge_issuer.errors import OpenBadgeError, PolicyError
from openbadge_issuer.policy.award_events import CredentialDraft, Version
from openbadge_issuer.policy.granting import document_digest
from openbadge_issuer.signing.base64url import decode_base64url
from openbadge_issuer.signing.vc_jwt_claims import REGISTERED_CLAIMS

_ADDED = REGISTERED_CLAIMS | {"proof"}
"""What signing adds to a document: its proof, or the claims of a token."""
_PARTS = 3  # of a compact JWS: header, payload, signature


@dataclass(frozen=True, slots=True)
class SignedCopy:
    """A document after signing.

    Attributes:
        version: the version of Open Badges.
        data: exactly what was signed: JSON with its proof, or a compact JWS; of a hosted badge, what is
            served.
        key: the thumbprint of the key; None for a hosted badge.
    """

    version: Version
    data: str
    key: str | None = None

    @property
    def digest(self) -> str:
        """The SHA-256 of the data in hex."""
        return hashlib.sha256(self.data.encode()).hexdigest()


def check_copy(copy: SignedCopy, draft: CredentialDraft, document: JsonObject) -> None:
    """See that what was signed is the document that the decision carries, and nothing besides.

    With which key is no part of the decision: a badge of 2.0 names it in `verification.creator`.

    Raises:
        PolicyError: `AWARD-SIGNED-OTHER`.
    """
    try:
        payload = _with_creator_of(document, _payload(copy.data))
        digest = document_digest({name: payload[name] for name in document if name in payload})
    except OpenBadgeError as error:
        raise PolicyError("AWARD-SIGNED-OTHER", version=copy.version) from error
    if digest != draft.digest or not payload.keys() - document.keys() <= _ADDED:
        raise PolicyError("AWARD-SIGNED-OTHER", version=copy.version)


def _with_creator_of(document: JsonObject, payload: JsonObject) -> JsonObject:
    decided, signed = document.get("verification"), payload.get("verification")
    if not isinstance(decided, dict) or not isinstance(signed, dict) or "creator" not in decided:
        return payload
    return {**payload, "verification": {**signed, "creator": decided["creator"]}}


def _payload(data: str) -> JsonObject:
    if data.lstrip().startswith("{"):
        return parse_json_object(data)
    parts = [decode_base64url(part) for part in data.split(".")]
    return parse_json_object(parts[1] if len(parts) == _PARTS else b"")
