"""A desk: one actor at one moment in one transaction; what is done at it lasts together, or not at all."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property

from openbadge_issuer.assertions.recipient import RandomBytes
from openbadge_issuer.issuing.issuer import Issuer
from openbadge_issuer.issuing.office.awards import Awards
from openbadge_issuer.issuing.office.badges import Badges
from openbadge_issuer.issuing.office.cases import Cases
from openbadge_issuer.issuing.office.misuse_matters import MisuseMatters
from openbadge_issuer.issuing.office.people import People
from openbadge_issuer.issuing.office.roles import Roles
from openbadge_issuer.issuing.office.streams import facts_of
from openbadge_issuer.policy.badge_policy import BadgePolicy
from openbadge_issuer.policy.event import Event
from openbadge_issuer.policy.standing import Actor
from openbadge_issuer.register.ledger import Ledger


@dataclass
class Desk:
    """Where one actor does things; `BadgeOffice.desk` makes one.

    Attributes:
        ledger: the register, open for writing.
        actor: who does things, when, and under which policy.
        issuer: in whose name badges are made; nothing is signed here.
        rng: the source of randomness, for identifiers, salts and places in status lists.
    """

    ledger: Ledger
    actor: Actor
    issuer: Issuer
    rng: RandomBytes

    @property
    def policy(self) -> BadgePolicy:
        """The policy in force."""
        return self.actor.policy

    @cached_property
    def people(self) -> People:
        """Those who may hold badges."""
        return People(self)

    @cached_property
    def roles(self) -> Roles:
        """Those who do the work."""
        return Roles(self)

    @cached_property
    def badges(self) -> Badges:
        """The catalogue."""
        return Badges(self)

    @cached_property
    def awards(self) -> Awards:
        """The award procedure."""
        return Awards(self)

    @cached_property
    def cases(self) -> Cases:
        """The procedure for doubts about badges."""
        return Cases(self)

    @cached_property
    def misuse(self) -> MisuseMatters:
        """Misuse of the system."""
        return MisuseMatters(self)

    def acting_as(self, person: str) -> Desk:
        """Return the same desk with somebody else at it, who does things at the same moment."""
        return Desk(self.ledger, replace(self.actor, person=person, name=None), self.issuer, self.rng)

    @contextmanager
    def savepoint(self, *, keep: bool = True) -> Iterator[None]:
        """Undo what is done inside if it fails, and nothing else of the transaction.

        Args:
            keep: False undoes it in any case, so that something can be tried; then evidence that is referred
                to need not be stored.
        """
        with self.ledger.transaction.connection.begin_nested() as point:
            if keep:
                yield
                return
            settings = self.ledger.settings
            self.ledger.settings = replace(settings, evidence=None)
            try:
                yield
            finally:
                self.ledger.settings = settings
            point.rollback()

    def record(self, stream: str, new: Sequence[Event]) -> None:
        """Add events to a stream, with where its procedure stands after them."""
        if new:
            events = (*self.ledger.events(stream), *new)
            self.ledger.append(stream, new, facts_of(self.policy)(stream, events))

    def record_all(self, events: Mapping[str, Sequence[Event]]) -> None:
        """Add events to several streams at once."""
        for stream, new in events.items():
            self.record(stream, new)

    def fresh_name(self) -> str:
        """Make an identifier that nobody has yet, and that tells nothing."""
        return uuid.UUID(bytes=self.rng(16), version=4).hex

    def staff_changed(self, new: Sequence[Event]) -> None:
        """Let what follows at this desk know of new roles."""
        self.actor = replace(self.actor, staff=self.actor.staff.then(new))
