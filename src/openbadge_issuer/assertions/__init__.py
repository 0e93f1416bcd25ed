"""What a badge says: typed models of Open Badges, and the JSON text they travel in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openbadge_issuer.on_demand import on_demand

if TYPE_CHECKING:
    from openbadge_issuer.assertions.achievement import (
        Achievement,
        Alignment,
        Criteria,
        Related,
        Result,
        ResultDescription,
        RubricCriterionLevel,
    )
    from openbadge_issuer.assertions.clr import (
        CLR_CONTEXT,
        Association,
        ClrCredential,
        ClrCredentialV1,
        ClrSubject,
        EnvelopedVerifiableCredential,
        VerifiableCredentialV1,
    )
    from openbadge_issuer.assertions.context_urls import CREDENTIALS_V1, CREDENTIALS_V2, OPEN_BADGES_CONTEXT
    from openbadge_issuer.assertions.credential import (
        AchievementCredential,
        AchievementCredentialV1,
        AchievementSubject,
        Evidence,
    )
    from openbadge_issuer.assertions.identity import IdentifierEntry, IdentityObject, identity_hash
    from openbadge_issuer.assertions.problems import ModelProblem
    from openbadge_issuer.assertions.reading import credential_class
    from openbadge_issuer.assertions.values import LanguageValue, localized
    from openbadge_issuer.assertions.verifiable_credential import (
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
    "CLR_CONTEXT",
    "CREDENTIALS_V1",
    "CREDENTIALS_V2",
    "OPEN_BADGES_CONTEXT",
    "Achievement",
    "AchievementCredential",
    "AchievementCredentialV1",
    "AchievementSubject",
    "Address",
    "Alignment",
    "Association",
    "ClrCredential",
    "ClrCredentialV1",
    "ClrSubject",
    "CredentialSchema",
    "CredentialStatus",
    "CredentialSubject",
    "Criteria",
    "EndorsementCredential",
    "EndorsementCredentialV1",
    "EndorsementSubject",
    "EnvelopedVerifiableCredential",
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
    "VerifiableCredentialV1",
    "credential_class",
    "endorsement_class",
    "identity_hash",
    "localized",
]

__getattr__ = on_demand(
    __name__,
    {
        "achievement": "Achievement Alignment Criteria Related Result ResultDescription RubricCriterionLevel",
        "clr": "CLR_CONTEXT Association ClrCredential ClrCredentialV1 ClrSubject "
        "EnvelopedVerifiableCredential VerifiableCredentialV1",
        "context_urls": "CREDENTIALS_V1 CREDENTIALS_V2 OPEN_BADGES_CONTEXT",
        "credential": "AchievementCredential AchievementCredentialV1 AchievementSubject Evidence",
        "identity": "IdentifierEntry IdentityObject identity_hash",
        "problems": "ModelProblem",
        "reading": "credential_class",
        "values": "LanguageValue localized",
        "verifiable_credential": "Address CredentialSchema CredentialStatus CredentialSubject "
        "EndorsementCredential EndorsementCredentialV1 EndorsementSubject GeoCoordinates Image Profile Proof "
        "RefreshService TermsOfUse VerifiableCredential endorsement_class",
    },
)
