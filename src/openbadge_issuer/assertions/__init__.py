"""What a badge says: typed models of Open Badges, and the JSON text they travel in."""

from __future__ import annotations

from openbadge_issuer.assertions.achievement import (
    Achievement,
    Alignment,
    Criteria,
    Related,
    Result,
    ResultDescription,
    RubricCriterionLevel,
)
from openbadge_issuer.assertions.credential import (
    OPEN_BADGES_CONTEXT,
    AchievementCredential,
    AchievementCredentialV1,
    AchievementSubject,
    Evidence,
    credential_class,
)
from openbadge_issuer.assertions.identity import IdentifierEntry, IdentityObject, identity_hash
from openbadge_issuer.assertions.problems import ModelProblem
from openbadge_issuer.assertions.values import LanguageValue, localized
from openbadge_issuer.assertions.verifiable_credential import (
    CREDENTIALS_V1,
    CREDENTIALS_V2,
    Address,
    CredentialSchema,
    CredentialStatus,
    CredentialSubject,
    EndorsementCredential,
    EndorsementCredentialV1,
    EndorsementSubject,
    GeoCoordinates,
    Image,
    Profile,
    Proof,
    RefreshService,
    TermsOfUse,
    VerifiableCredential,
    endorsement_class,
)

__all__ = [
    "CREDENTIALS_V1",
    "CREDENTIALS_V2",
    "OPEN_BADGES_CONTEXT",
    "Achievement",
    "AchievementCredential",
    "AchievementCredentialV1",
    "AchievementSubject",
    "Address",
    "Alignment",
    "CredentialSchema",
    "CredentialStatus",
    "CredentialSubject",
    "Criteria",
    "EndorsementCredential",
    "EndorsementCredentialV1",
    "EndorsementSubject",
    "Evidence",
    "GeoCoordinates",
    "IdentifierEntry",
    "IdentityObject",
    "Image",
    "LanguageValue",
    "ModelProblem",
    "Profile",
    "Proof",
    "RefreshService",
    "Related",
    "Result",
    "ResultDescription",
    "RubricCriterionLevel",
    "TermsOfUse",
    "VerifiableCredential",
    "credential_class",
    "endorsement_class",
    "identity_hash",
    "localized",
]
