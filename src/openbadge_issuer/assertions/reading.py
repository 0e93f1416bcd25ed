"""Which model a document is read by: the types say which credential, the contexts say which version."""

from __future__ import annotations

from openbadge_issuer.assertions.clr import ClrCredential, ClrCredentialV1
from openbadge_issuer.assertions.context_urls import names_version_1
from openbadge_issuer.assertions.credential import (
    BADGE_TYPES,
    AchievementCredential,
    AchievementCredentialV1,
)
from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.assertions.verifiable_credential import VerifiableCredential, endorsement_class


def credential_class(document: JsonObject) -> type[VerifiableCredential]:
    """Choose the model of a credential by its types, and by the version that its contexts name.

    A document that names none of the types of Open Badges and CLR is held to be a badge, whose model
    then says that its type is missing.
    """
    types = document.get("type")
    named = {one for one in (types if isinstance(types, list) else [types]) if isinstance(one, str)}
    old = names_version_1(document)
    if not named & BADGE_TYPES:
        if "ClrCredential" in named:
            return ClrCredentialV1 if old else ClrCredential
        if "EndorsementCredential" in named:
            return endorsement_class(document)
    return AchievementCredentialV1 if old else AchievementCredential
