"""Roles at a desk: granted, ended, handed over with everything that waits, and taken in an emergency."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from openbadge_issuer.policy import roles, training
from openbadge_issuer.policy.event import Event
from openbadge_issuer.policy.roles import Handover
from openbadge_issuer.policy.staff_events import STREAM

if TYPE_CHECKING:  # a desk loads this module
    from openbadge_issuer.issuing.office.desk import Desk


@dataclass(frozen=True, slots=True)
class Roles:
    """The roles of an organisation, at one desk."""

    desk: Desk

    def grant(
        self,
        person: str,
        role: str,
        *,
        name: str | None = None,
        begins: datetime | None = None,
        ends: datetime | None = None,
        badges: Sequence[str] = (),
        deputy_of: str | None = None,
        reason: str | None = None,
    ) -> None:
        """Grant a role; arguments and errors are those of `policy.roles.grant`."""
        self._record(
            roles.grant(
                self.desk.actor, person=person, role=role, person_name=name, begins=begins, ends=ends,
                badges=badges, deputy_of=deputy_of, reason=reason,
            )
        )  # fmt: skip

    def end(self, person: str, role: str, *, ends: datetime | None = None, reason: str | None = None) -> None:
        """End a role; raises as `policy.roles.end`."""
        self._record(roles.end(self.desk.actor, person=person, role=role, ends=ends, reason=reason))

    def take(self, role: str, *, reason: str) -> None:
        """Take a role in an emergency, for everybody to see; raises as `policy.roles.take`."""
        self._record(roles.take(self.desk.actor, role=role, reason=reason))

    def hand_over(
        self,
        giver: str,
        taker: str,
        *,
        taker_name: str | None = None,
        named: Sequence[str] = (),
        reason: str,
    ) -> tuple[Handover, tuple[str, ...]]:
        """Hand the roles of one person over to another, with the cases that are in that person's hands.

        Returns:
            What was handed over, and the streams of the cases that moved.

        Raises:
            PolicyError: as `policy.roles.hand_over` and `Case.hand_over`.
        """
        arranged = roles.hand_over(
            self.desk.actor, giver=giver, taker=taker, taker_name=taker_name, roles=named, reason=reason
        )
        self._record(arranged.events)
        return arranged, self.desk.cases.hand_over(giver, taker, reason=reason)

    def train(
        self,
        person: str,
        about: str,
        *,
        held: datetime | None = None,
        trainer: str | None = None,
        reason: str | None = None,
    ) -> None:
        """Record a training; raises as `policy.training.record_training`."""
        self._record(
            training.record_training(
                self.desk.actor, person=person, training=about, held=held, trainer=trainer, reason=reason
            )
        )

    def _record(self, events: Sequence[Event]) -> None:
        self.desk.record(STREAM, events)
        self.desk.staff_changed(events)
