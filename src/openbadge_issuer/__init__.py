"""Issue, sign, revoke and verify Open Badges, offline first.

    >>> from openbadge_issuer import Achievement, Criteria, Issuer, Recipient, SigningKey, verify
    >>> key = SigningKey.generate("Ed25519")
    >>> issuer = Issuer(id=key.did_key, name="Breakthrough", signer=key)
    >>> badge = Achievement(id="https://badges.example/facilitator", name="Facilitator",
    ...                     description="Leads a workshop.",
    ...                     criteria=Criteria(narrative="Led one workshop, observed."))
    >>> signed = issuer.issue(badge, Recipient(email="ada@example.org"))
    >>> report = verify(signed.data)
    >>> report.accepted
    True

Names are loaded when they are used, so that importing the package costs next to nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from openbadge_issuer.on_demand import on_demand

if TYPE_CHECKING:
    from openbadge_issuer.assertions import (
        Achievement,
        AchievementCredential,
        Alignment,
        Criteria,
        Evidence,
        Image,
        Profile,
        Result,
    )
    from openbadge_issuer.assertions.recipient import Recipient
    from openbadge_issuer.baking import bake, unbake
    from openbadge_issuer.errors import OpenBadgeError
    from openbadge_issuer.issuing import Award, IssueFailure, Issuer, SignedBadge
    from openbadge_issuer.resolution.documents import Documents
    from openbadge_issuer.resolution.guarded_fetcher import GuardedFetcher
    from openbadge_issuer.resolution.resolver import Resolver
    from openbadge_issuer.signing.signing_key import SigningKey
    from openbadge_issuer.status import StatusList
    from openbadge_issuer.status.list_file import StatusListFile
    from openbadge_issuer.verification import (
        Finding,
        TrustPolicy,
        VerificationReport,
        validate,
        verify,
        verify_many,
    )

__version__ = "0.1.0"

__all__ = [
    "Achievement",
    "AchievementCredential",
    "Alignment",
    "Award",
    "Criteria",
    "Documents",
    "Evidence",
    "Finding",
    "GuardedFetcher",
    "Image",
    "IssueFailure",
    "Issuer",
    "OpenBadgeError",
    "Profile",
    "Recipient",
    "Resolver",
    "Result",
    "SignedBadge",
    "SigningKey",
    "StatusList",
    "StatusListFile",
    "TrustPolicy",
    "VerificationReport",
    "bake",
    "unbake",
    "validate",
    "verify",
    "verify_many",
]

__getattr__ = on_demand(
    __name__,
    {
        "assertions": "Achievement AchievementCredential Alignment Criteria Evidence Image Profile Result",
        "assertions.recipient": "Recipient",
        "baking": "bake unbake",
        "errors": "OpenBadgeError",
        "issuing": "Award IssueFailure Issuer SignedBadge",
        "resolution.documents": "Documents",
        "resolution.guarded_fetcher": "GuardedFetcher",
        "resolution.resolver": "Resolver",
        "signing.signing_key": "SigningKey",
        "status": "StatusList",
        "status.list_file": "StatusListFile",
        "verification": "Finding TrustPolicy VerificationReport validate verify verify_many",
    },
)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
