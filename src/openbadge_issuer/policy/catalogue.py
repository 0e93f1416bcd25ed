"""The catalogue: the versions of each badge, from draft to retired (R14, R15, R18, R24, R26, R69).

A version that was ever in use never changes, and nothing that was awarded under it does. Only the version in
use can be awarded.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Literal

from openbadge_issuer.errors import PolicyError
from openbadge_issuer.policy.badge import BadgeDefinition
from openbadge_issuer.policy.badge_events import (
    BadgeActivated,
    BadgeDefined,
    BadgeDraftEdited,
    BadgeLookedAtAnew,
    BadgeRetired,
    BadgeReviewed,
    BadgeRevised,
    ReviewOutcome,
)
from openbadge_issuer.policy.badge_policy import BadgePolicy, Right
from openbadge_issuer.policy.badge_versions import BadgeVersion, versions_after
from openbadge_issuer.policy.criteria_lint import lint
from openbadge_issuer.policy.event import Event
from openbadge_issuer.policy.facts import Facts
from openbadge_issuer.policy.free_text import free_text, required_text
from openbadge_issuer.policy.moments import from_now_on
from openbadge_issuer.policy.standing import Actor

PICTURE_ENDINGS: Final = (".svg", ".png")
"""The kinds of pictures that a badge can be baked into."""

_REVIEWING: Final[tuple[Right, Right]] = ("approve", "design")


@dataclass(frozen=True, slots=True)
class Badge:
    """A badge of the catalogue, folded from its events.

    Attributes:
        name: its name; empty for a stream without events.
        versions: its versions, the first first.
        looked_at: when it was last judged to fit: taken into use, or looked at anew.
        intended: what is to become of it, after it was looked at anew.
        act_by: until when that is to be done.
    """

    name: str = ""
    versions: tuple[BadgeVersion, ...] = ()
    looked_at: datetime | None = None
    intended: Literal["change", "retire"] | None = None
    act_by: datetime | None = None

    @classmethod
    def of(cls, events: Iterable[Event]) -> Badge:
        """Fold the events of the stream."""
        badge = cls()
        for event in events:
            badge = _after(badge, event)
        return badge

    @property
    def active(self) -> BadgeVersion | None:
        """The version in use, if there is one."""
        return next((one for one in self.versions if one.state == "active"), None)

    @property
    def latest(self) -> BadgeVersion | None:
        """The last version that was made."""
        return self.versions[-1] if self.versions else None

    def version(self, number: int) -> BadgeVersion:
        """Return a version by its number.

        Raises:
            PolicyError: `CATALOGUE-VERSION`.
        """
        if not 1 <= number <= len(self.versions):
            raise PolicyError("CATALOGUE-VERSION", badge=self.name or "—", version=number)
        return self.versions[number - 1]

    def facts(self, policy: BadgePolicy) -> Facts:
        """Say where the badge stands, and when it is to be looked at anew."""
        latest = self.latest
        if self.active is None:
            phase = latest.state if latest is not None else "empty"
            return Facts(phase, closed=phase == "retired")
        if self.intended is not None:
            return Facts(f"to-{self.intended}", due=self.act_by)
        if self.looked_at is None:
            return Facts("active")
        zone = policy.organisation.zone
        return Facts("active", due=policy.reviews.badge_every.deadline(self.looked_at, zone))

    def awardable(
        self, version: int | None = None, *, now: datetime, begun: datetime | None = None
    ) -> BadgeVersion:
        """Return the version that can be awarded now, or refuse.

        Args:
            version: which one; the one in use if left out.
            now: the moment.
            begun: when the award was begun: a version that was in use then can still be awarded after
                another one took its place, but not after the badge was retired.

        Raises:
            PolicyError: `CATALOGUE-UNKNOWN`, `CATALOGUE-VERSION`, `CATALOGUE-DRAFT`, `CATALOGUE-UNAPPROVED`,
                `CATALOGUE-REPLACED` or `CATALOGUE-RETIRED`.
        """
        wanted = (self.active or self.latest) if version is None else self.version(version)
        if wanted is None:
            raise PolicyError("CATALOGUE-UNKNOWN", badge=self.name or "—")
        where: dict[str, str | int] = {"badge": self.name, "version": wanted.number}
        if wanted.activated is None or wanted.activated > now:
            code = "CATALOGUE-RETIRED" if wanted.state == "retired" else "CATALOGUE-UNAPPROVED"
            raise PolicyError("CATALOGUE-DRAFT" if wanted.state == "draft" else code, **where)
        if wanted.retired is None:
            return wanted
        newest = wanted
        while newest.replaced_by is not None:
            newest = self.version(newest.replaced_by)
        if newest.state != "active":
            raise PolicyError("CATALOGUE-RETIRED", **where)
        if begun is None or not wanted.activated <= begun < wanted.retired:
            raise PolicyError("CATALOGUE-REPLACED", **where, newer=newest.number)
        return wanted

    def define(
        self, actor: Actor, *, definition: BadgeDefinition, picture_digest: str | None = None
    ) -> tuple[Event, ...]:
        """Begin a badge, as the draft of its first version.

        Args:
            actor: a designer.
            definition: what it says.
            picture_digest: the SHA-256 of its picture in hex, if the definition names one.

        Raises:
            PolicyError: `POLICY-NO-RIGHT`, `CATALOGUE-EXISTS`, `CATALOGUE-PICTURE` (it names a picture
            that was
                not given, or the other way round).
        """
        act = actor.doing("design", badge=definition.badge)
        if self.name:
            raise PolicyError("CATALOGUE-EXISTS", badge=self.name)
        _check_picture(definition, picture_digest)
        event = BadgeDefined.done(
            act, badge=definition.badge, version=1, definition=definition,
            definition_digest=definition.digest, picture_digest=picture_digest,
        )  # fmt: skip
        return (event,)

    def edit(
        self, actor: Actor, *, definition: BadgeDefinition, picture_digest: str | None = None
    ) -> tuple[Event, ...]:
        """Change a version that is not in use yet; if it was reviewed, it must be again.

        Raises:
            PolicyError: `POLICY-NO-RIGHT`, `CATALOGUE-NOT-OPEN`, `CATALOGUE-OTHER`, `CATALOGUE-SAME`,
                `CATALOGUE-PICTURE`.
        """
        act = actor.doing("design", badge=definition.badge)
        version = self._open(definition)
        _check_new(version, definition, picture_digest)
        _check_picture(definition, picture_digest)
        event = BadgeDraftEdited.done(
            act, badge=self.name, version=version.number, definition=definition,
            definition_digest=definition.digest, picture_digest=picture_digest,
        )  # fmt: skip
        return (event,)

    def revise(
        self,
        actor: Actor,
        *,
        definition: BadgeDefinition,
        reason: str,
        picture_digest: str | None = None,
        feedback: str | None = None,
    ) -> tuple[Event, ...]:
        """Draft a further version; the one in use stays in use until the new one is activated.

        Args:
            actor: a designer.
            definition: what the new version says.
            reason: why it is needed.
            picture_digest: as for `define`.
            feedback: the feedback that led to it.

        Raises:
            PolicyError: `POLICY-NO-RIGHT`, `CATALOGUE-UNKNOWN`, `CATALOGUE-OTHER`, `CATALOGUE-OPEN` (the last
                version is a draft still), `CATALOGUE-REASON`, `CATALOGUE-SAME`, `CATALOGUE-PICTURE`.
        """
        act = actor.doing("design", badge=definition.badge)
        latest = self._latest(definition)
        if latest.is_open:
            raise PolicyError("CATALOGUE-OPEN", badge=self.name, version=latest.number)
        why = required_text(reason, "CATALOGUE-REASON", badge=self.name)
        if latest.state == "active":
            _check_new(latest, definition, picture_digest)
        _check_picture(definition, picture_digest)
        event = BadgeRevised.done(
            act, badge=self.name, version=latest.number + 1, definition=definition, reason=why,
            definition_digest=definition.digest, picture_digest=picture_digest, feedback=feedback,
        )  # fmt: skip
        return (event,)

    def review(
        self,
        actor: Actor,
        *,
        approved: bool,
        picture_seen: bool = False,
        note: str | None = None,
    ) -> tuple[Event, ...]:
        """Judge a draft: its criteria and words, and its picture with one's own eyes.

        Args:
            actor: somebody who may design or approve, and is no author of the draft. Where nobody else could
                do it, the author may with a reason, which is recorded.
            approved: whether it is good; otherwise it stays a draft.
            picture_seen: whether a person looked at the picture.
            note: what is to change, or why the author reviews it alone.

        Raises:
            PolicyError: `POLICY-NO-RIGHT`, `CATALOGUE-NOT-OPEN`, `CATALOGUE-OWN-REVIEW`, `CATALOGUE-ALONE`
                (no reason was given), `CATALOGUE-NOTE` (what is to change?), `CATALOGUE-PICTURE-UNSEEN`,
                `CATALOGUE-PICTURE-NEEDED`, or `CATALOGUE-LINT`, the criteria have errors.
        """
        act = actor.doing_one_of(*_REVIEWING, badge=self.name)
        version, said = self._open(), free_text(note)
        alone = act.by in version.authors
        if alone:
            _check_alone(actor, version, self.name, said)
        if not approved and said is None:
            raise PolicyError("CATALOGUE-NOTE", badge=self.name, version=version.number)
        if approved:
            self._check_good(version, actor.policy, picture_seen=picture_seen)
        event = BadgeReviewed.done(
            act, badge=self.name, version=version.number, approved=approved, picture_seen=picture_seen,
            definition_digest=version.definition_digest, guideline=actor.policy.design.guideline,
            alone=alone, note=said,
        )  # fmt: skip
        return (event,)

    def activate(self, actor: Actor) -> tuple[Event, ...]:
        """Take the reviewed version into use; the one in use until now is not awarded any more.

        Raises:
            PolicyError: `POLICY-NO-RIGHT`, `CATALOGUE-NOT-OPEN`, `CATALOGUE-NOT-REVIEWED`.
        """
        act = actor.doing("approve", badge=self.name)
        version, active = self._open(), self.active
        if version.state != "reviewed":
            raise PolicyError("CATALOGUE-NOT-REVIEWED", badge=self.name, version=version.number)
        event = BadgeActivated.done(
            act, badge=self.name, version=version.number, replaces=active and active.number
        )
        return (event,)

    def retire(self, actor: Actor, *, reason: str) -> tuple[Event, ...]:
        """Take the badge out of the offer, drafts too; what was awarded keeps verifying.

        Raises:
            PolicyError: `POLICY-NO-RIGHT`, `CATALOGUE-UNKNOWN`, `CATALOGUE-RETIRED`, `CATALOGUE-REASON`.
        """
        act = actor.doing("approve", badge=self.name)
        latest = self._latest()
        if all(version.state == "retired" for version in self.versions):
            raise PolicyError("CATALOGUE-RETIRED", badge=self.name, version=latest.number)
        why = required_text(reason, "CATALOGUE-REASON", badge=self.name)
        return (BadgeRetired.done(act, badge=self.name, reason=why),)

    def look_anew(
        self, actor: Actor, *, outcome: ReviewOutcome, note: str, act_by: datetime | None = None
    ) -> tuple[Event, ...]:
        """Record whether the badge in use still fits (R18); changing or retiring it are steps of their own.

        Args:
            actor: somebody who may evaluate.
            outcome: what is to become of it.
            note: why.
            act_by: until when it is to be changed or retired.

        Raises:
            PolicyError: `POLICY-NO-RIGHT`, `CATALOGUE-NOT-IN-USE`, `CATALOGUE-REASON`, `CATALOGUE-ACT-BY`,
                `POLICY-PAST`.
        """
        act, active = actor.doing("evaluate", badge=self.name), self.active
        if active is None:
            raise PolicyError("CATALOGUE-NOT-IN-USE", badge=self.name or "—")
        why = required_text(note, "CATALOGUE-REASON", badge=self.name)
        if outcome == "keep":
            act_by = None
        elif act_by is None:
            raise PolicyError("CATALOGUE-ACT-BY", badge=self.name, outcome=outcome)
        event = BadgeLookedAtAnew.done(
            act, badge=self.name, version=active.number, outcome=outcome, note=why,
            act_by=act_by and from_now_on(actor, act_by),
        )  # fmt: skip
        return (event,)

    def _latest(self, definition: BadgeDefinition | None = None) -> BadgeVersion:
        latest = self.latest
        if latest is None:
            raise PolicyError("CATALOGUE-UNKNOWN", badge=definition.badge if definition else "—")
        if definition is not None and definition.badge != self.name:
            raise PolicyError("CATALOGUE-OTHER", badge=self.name, other=definition.badge)
        return latest

    def _open(self, definition: BadgeDefinition | None = None) -> BadgeVersion:
        latest = self._latest(definition)
        if not latest.is_open:
            raise PolicyError("CATALOGUE-NOT-OPEN", badge=self.name, version=latest.number)
        return latest

    def _check_good(self, version: BadgeVersion, policy: BadgePolicy, *, picture_seen: bool) -> None:
        if version.picture_digest is None and policy.publication.open_badges_2 != "none":
            raise PolicyError("CATALOGUE-PICTURE-NEEDED", badge=self.name)
        if version.picture_digest is not None and not picture_seen:
            raise PolicyError("CATALOGUE-PICTURE-UNSEEN", badge=self.name)
        remarks = lint(version.definition, policy.organisation.languages)
        errors = [remark for remark in remarks if remark.severity == "error"]
        if errors:
            first = errors[0]
            raise PolicyError(
                "CATALOGUE-LINT", first.pointer, badge=self.name, count=len(errors), first=first.code
            )


def _check_alone(actor: Actor, version: BadgeVersion, badge: str, reason: str | None) -> None:
    """Let an author review only where nobody else can, and say why (G3)."""
    if actor.policy.awarding.eyes < 2:  # noqa: PLR2004  # two eyes of one person
        return
    staff = actor.staff
    others: frozenset[str] = frozenset().union(
        *(staff.people_with(right, actor.policy, actor.now, badge=badge) for right in _REVIEWING)
    )
    if others - version.authors:
        names = ", ".join(sorted(staff.shown(person) for person in others - version.authors))
        raise PolicyError("CATALOGUE-OWN-REVIEW", who=actor.shown, badge=badge, others=names)
    if reason is None:
        raise PolicyError("CATALOGUE-ALONE", who=actor.shown, badge=badge)


def _check_picture(definition: BadgeDefinition, digest: str | None) -> None:
    picture = definition.picture
    if (picture is None) != (digest is None):
        raise PolicyError("CATALOGUE-PICTURE", badge=definition.badge)
    if picture is not None and not picture.file.lower().endswith(PICTURE_ENDINGS):
        raise PolicyError("CATALOGUE-PICTURE-KIND", badge=definition.badge, file=picture.file[:80])


def _check_new(old: BadgeVersion, definition: BadgeDefinition, picture_digest: str | None) -> None:
    if (old.definition_digest, old.picture_digest) == (definition.digest, picture_digest):
        raise PolicyError("CATALOGUE-SAME", badge=definition.badge, version=old.number)


def _after(badge: Badge, event: Event) -> Badge:
    badge = replace(badge, versions=versions_after(badge.versions, event))
    match event:
        case BadgeDefined():
            return replace(badge, name=event.badge)
        case BadgeActivated():
            return replace(badge, looked_at=event.at, intended=None, act_by=None)
        case BadgeRetired():
            return replace(badge, intended=None, act_by=None)
        case BadgeLookedAtAnew():
            intended = None if event.outcome == "keep" else event.outcome
            return replace(badge, looked_at=event.at, intended=intended, act_by=event.act_by)
        case _:
            return badge
