"""The types by which a document says what it is, as far as more than its own class must know them."""

from __future__ import annotations

from typing import Final

BADGE_TYPES: Final = frozenset({"AchievementCredential", "OpenBadgeCredential"})
"""The two names of a badge: the class, and the same class to whom it is shown."""

ENVELOPED: Final = "EnvelopedVerifiableCredential"

EXTENSION_TYPES: Final = frozenset(
    {
        "Accessibility",
        "AccreditationProfile",
        "ApplyLinkAchievement",
        "AssessmentResultDescription",
        "CCAchievement",
        "IssuerAccreditationProfile",
        "Place",
    }
)
"""The types that the extensions of 1EdTech add; a badge with one of them is held to the extension too."""
