"""The versions of a badge, from draft to retired, as they follow from its events."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, TypeAlias

from openbadge_issuer.policy.badge import BadgeDefinition
from openbadge_issuer.policy.badge_events import (
    BadgeActivated,
    BadgeDefined,
    BadgeDraftEdited,
    BadgeRetired,
    BadgeReviewed,
    BadgeRevised,
)
from openbadge_issuer.policy.event import Event

State: TypeAlias = Literal["draft", "reviewed", "active", "retired"]


@dataclass(frozen=True, slots=True)
class BadgeVersion:
    """A version of a badge.

    Attributes:
        number: 1 for the first.
        definition: what it says.
        definition_digest: the digest of that, as it was recorded.
        picture_digest: the SHA-256 of its picture, if it has one.
        state: how far it is.
        authors: the pseudonyms of those who wrote it.
        reviewed_by: the pseudonym of who reviewed it.
        guideline: the version of the design guidelines that it was judged by.
        reason: why it was made, if it is not the first; None if that was erased.
        feedback: the feedback that led to it.
        activated: from when it could be awarded.
        retired: from when it could not be awarded any more.
        replaced_by: the version that took its place, if one did.
    """

    number: int
    definition: BadgeDefinition
    definition_digest: str
    picture_digest: str | None = None
    state: State = "draft"
    authors: frozenset[str] = frozenset()
    reviewed_by: str | None = None
    guideline: str | None = None
    reason: str | None = None
    feedback: str | None = None
    activated: datetime | None = None
    retired: datetime | None = None
    replaced_by: int | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is on its way to being used."""
        return self.state in ("draft", "reviewed")


Versions: TypeAlias = tuple[BadgeVersion, ...]
"""The versions of a badge, the first first."""


def versions_after(versions: Versions, event: Event) -> Versions:
    """Fold one event of the badge."""
    match event:
        case BadgeDraftEdited():
            return _changed(versions, event.version, _edited(versions[event.version - 1], event))
        case BadgeDefined():
            return (*versions, _drafted(event))
        case BadgeReviewed():
            return _changed(versions, event.version, _reviewed(versions[event.version - 1], event))
        case BadgeActivated():
            return tuple(_activated(one, event) for one in versions)
        case BadgeRetired():
            return tuple(_retired(one, event.at) for one in versions)
        case _:
            return versions


def _drafted(event: BadgeDefined) -> BadgeVersion:
    version = BadgeVersion(
        event.version, event.definition, event.definition_digest, event.picture_digest,
        authors=frozenset({event.by or ""}),
    )  # fmt: skip
    if isinstance(event, BadgeRevised):
        return replace(version, reason=event.reason, feedback=event.feedback)
    return version


def _edited(version: BadgeVersion, event: BadgeDraftEdited) -> BadgeVersion:
    return replace(
        version, definition=event.definition, definition_digest=event.definition_digest,
        picture_digest=event.picture_digest, state="draft", authors=version.authors | {event.by or ""},
        reviewed_by=None, guideline=None,
    )  # fmt: skip


def _reviewed(version: BadgeVersion, event: BadgeReviewed) -> BadgeVersion:
    if event.approved:
        return replace(version, state="reviewed", reviewed_by=event.by, guideline=event.guideline)
    return replace(version, state="draft", reviewed_by=None, guideline=None)


def _activated(version: BadgeVersion, event: BadgeActivated) -> BadgeVersion:
    if version.number == event.version:
        return replace(version, state="active", activated=event.at)
    if version.number == event.replaces:
        return replace(version, state="retired", retired=event.at, replaced_by=event.version)
    return version


def _retired(version: BadgeVersion, at: datetime) -> BadgeVersion:
    return version if version.state == "retired" else replace(version, state="retired", retired=at)


def _changed(versions: Versions, number: int, new: BadgeVersion) -> Versions:
    return (*versions[: number - 1], new, *versions[number:])
