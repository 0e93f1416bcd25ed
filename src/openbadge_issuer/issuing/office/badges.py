"""The catalogue at a desk: badges defined, reviewed, taken into use, revised and retired."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from openbadge_issuer.policy.badge import BadgeDefinition
from openbadge_issuer.policy.badge_events import ReviewOutcome
from openbadge_issuer.policy.badge_versions import BadgeVersion
from openbadge_issuer.policy.catalogue import Badge

if TYPE_CHECKING:  # a desk loads this module
    from openbadge_issuer.issuing.office.desk import Desk


@dataclass(frozen=True, slots=True)
class Badges:
    """The catalogue of an organisation, at one desk."""

    desk: Desk

    def get(self, badge: str) -> Badge:
        """Return a badge by its name; one that was never defined is empty."""
        return Badge.of(self.desk.ledger.events(f"badge:{badge}"))

    def all(self) -> Iterator[Badge]:
        """Go through the catalogue, by name."""
        for row in list(self.desk.ledger.streams("badge")):
            yield Badge.of(self.desk.ledger.events(row.name))

    def define(
        self,
        definition: BadgeDefinition,
        *,
        picture_digest: str | None = None,
        reason: str | None = None,
        feedback: str | None = None,
    ) -> BadgeVersion:
        """Take a definition into the catalogue, as whatever it is: a new badge, a draft anew, a new version.

        Args:
            definition: what it says.
            picture_digest: the SHA-256 of its picture in hex, if it names one.
            reason: why a further version is needed.
            feedback: the feedback that led to it.

        Raises:
            PolicyError: as `Badge.define`, `Badge.edit` and `Badge.revise`.
        """
        badge, actor = self.get(definition.badge), self.desk.actor
        latest = badge.latest
        if latest is None:
            events = badge.define(actor, definition=definition, picture_digest=picture_digest)
        elif latest.is_open:
            events = badge.edit(actor, definition=definition, picture_digest=picture_digest)
        else:
            events = badge.revise(
                actor, definition=definition, picture_digest=picture_digest, reason=reason or "",
                feedback=feedback,
            )  # fmt: skip
        self.desk.record(f"badge:{definition.badge}", events)
        made = self.get(definition.badge)
        return made.version(len(made.versions))

    def review(
        self, badge: str, *, approved: bool = True, picture_seen: bool = False, note: str | None = None
    ) -> None:
        """Judge a draft; raises as `Badge.review`."""
        events = self.get(badge).review(
            self.desk.actor, approved=approved, picture_seen=picture_seen, note=note
        )
        self.desk.record(f"badge:{badge}", events)

    def activate(self, badge: str) -> None:
        """Take the reviewed version into use; raises as `Badge.activate`."""
        self.desk.record(f"badge:{badge}", self.get(badge).activate(self.desk.actor))

    def retire(self, badge: str, *, reason: str) -> None:
        """Take a badge out of the offer; raises as `Badge.retire`."""
        self.desk.record(f"badge:{badge}", self.get(badge).retire(self.desk.actor, reason=reason))

    def look_anew(
        self, badge: str, *, outcome: ReviewOutcome, note: str, act_by: datetime | None = None
    ) -> None:
        """Record whether a badge in use still fits; raises as `Badge.look_anew`."""
        events = self.get(badge).look_anew(self.desk.actor, outcome=outcome, note=note, act_by=act_by)
        self.desk.record(f"badge:{badge}", events)
