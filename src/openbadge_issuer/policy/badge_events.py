"""What happens to a badge in the catalogue: the events of a stream `badge:<name>`.

The definition of a badge becomes public with it, so it stands in the body and stays for ever.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal, TypeAlias

from pydantic import AwareDatetime, StringConstraints

from openbadge_issuer.policy.badge import BadgeDefinition
from openbadge_issuer.policy.badge_policy import Name
from openbadge_issuer.policy.event import Event, Kept

STREAM: Final = "badge"
"""The kind of the streams, before the colon."""

Sha256: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""A SHA-256 in hex."""
ReviewOutcome: TypeAlias = Literal["keep", "change", "retire"]
"""What became of looking at a badge anew (R18)."""


class BadgeDefined(Event):
    """A badge is new in the catalogue, as the draft of its first version (R14, R25).

    Attributes:
        badge: its name.
        version: the number of the version.
        definition: what the version says.
        definition_digest: the digest of that.
        picture_digest: the SHA-256 of the picture, if it has one.
    """

    badge: Name
    version: int
    definition: BadgeDefinition
    definition_digest: Sha256
    picture_digest: Sha256 | None = None


class BadgeRevised(BadgeDefined):
    """A further version is drafted (R24).

    Attributes:
        reason: why.
        feedback: the feedback that led to it.
    """

    reason: Annotated[str | None, Kept("feedback")]
    feedback: str | None = None


class BadgeDraftEdited(BadgeDefined):
    """A version that is not in use yet says something else; a review that it had falls away."""


class BadgeReviewed(Event):
    """Somebody looked at a draft: its criteria, its words and its picture (R15, R65, R69).

    Attributes:
        badge: the badge.
        version: the version.
        approved: whether it is good; otherwise it stays a draft.
        definition_digest: what was looked at.
        picture_seen: whether a person looked at the picture.
        guideline: the version of the design guidelines that it was judged by.
        alone: whether the author reviewed it, because nobody else could.
        note: what is to change, or why the author reviewed it alone.
    """

    badge: Name
    version: int
    approved: bool
    definition_digest: Sha256
    picture_seen: bool
    guideline: str
    alone: bool = False
    note: Annotated[str | None, Kept("feedback")] = None


class BadgeActivated(Event):
    """A reviewed version can be awarded from now on (R15).

    Attributes:
        badge: the badge.
        version: the version.
        replaces: the version that is not awarded any more.
    """

    badge: Name
    version: int
    replaces: int | None = None


class BadgeRetired(Event):
    """A badge is not awarded any more; what was awarded keeps verifying (R26).

    Attributes:
        badge: the badge.
        reason: why.
    """

    badge: Name
    reason: Annotated[str | None, Kept("feedback")]


class BadgeLookedAtAnew(Event):
    """A badge was looked at as it is from time to time: does it still fit (R18).

    Attributes:
        badge: the badge.
        version: the version in use.
        outcome: what is to become of it.
        act_by: until when that is to be done, if anything is.
        note: why.
    """

    badge: Name
    version: int
    outcome: ReviewOutcome
    act_by: AwareDatetime | None = None
    note: Annotated[str | None, Kept("feedback")]
