"""Which policy is in force: the last one that was adopted (R1)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from openbadge_issuer.errors import PolicyError
from openbadge_issuer.policy.badge_policy import BadgePolicy
from openbadge_issuer.policy.event import Event
from openbadge_issuer.policy.facts import Facts
from openbadge_issuer.policy.office_events import PolicyAdopted
from openbadge_issuer.policy.standing import Actor


@dataclass(frozen=True, slots=True)
class Adoption:
    """The policies that were adopted, folded from the stream `policy`.

    Attributes:
        adopted: what was adopted, the last one last.
    """

    adopted: tuple[PolicyAdopted, ...] = ()

    @classmethod
    def of(cls, events: Iterable[Event]) -> Adoption:
        """Fold the events of the stream."""
        return cls(tuple(event for event in events if isinstance(event, PolicyAdopted)))

    @property
    def digest(self) -> str | None:
        """The digest of the policy in force, or None."""
        return self.adopted[-1].adopted if self.adopted else None

    def facts(self, policy: BadgePolicy) -> Facts:
        """Say when the policy is to be looked at anew."""
        if not self.adopted:
            return Facts("none")
        zone = policy.organisation.zone
        return Facts("in-force", due=policy.reviews.policy_every.deadline(self.adopted[-1].at, zone))

    def adopt(self, actor: Actor) -> tuple[Event, ...]:
        """Put the actor's policy in force; nothing, if it is already.

        The first policy is adopted by whoever founds the organisation; every other one by somebody who may
        grant roles under it.

        Raises:
            PolicyError: `POLICY-NO-RIGHT`, `POLICY-TRAINING`.
        """
        act = actor.doing("grant-roles") if self.adopted else actor.act()
        policy = actor.policy
        if policy.digest == self.digest:
            return ()
        adopted = PolicyAdopted.done(
            act, version=policy.version, adopted=policy.digest, content=policy.to_json()
        )
        return (adopted,)

    def check_in_force(self, policy: BadgePolicy) -> None:
        """See that a policy is the one in force.

        Raises:
            PolicyError: `POLICY-NOT-ADOPTED`, the file says something else than what was adopted.
        """
        if policy.digest != self.digest:
            raise PolicyError(
                "POLICY-NOT-ADOPTED", digest=policy.digest[:12], known=(self.digest or "—")[:12]
            )
