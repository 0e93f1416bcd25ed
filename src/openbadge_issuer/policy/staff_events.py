"""What happens to roles: the events of the stream `staff`."""

from __future__ import annotations

from typing import Annotated

from pydantic import AwareDatetime

from openbadge_issuer.policy.badge_policy import Name
from openbadge_issuer.policy.event import Event, Kept
from openbadge_issuer.policy.event_values import Exempt, FreeText

STREAM = "staff"


class RoleGranted(Event):
    """Somebody holds a role from `begins` on (R10, R12, G8).

    Attributes:
        person: the pseudonym of the holder.
        person_name: the name by which colleagues know the holder.
        holds: the role.
        begins: from when.
        ends: until when; without end if None.
        badges: the badges it is limited to; all if empty.
        deputy_of: the pseudonym of the colleague whom the holder stands in for.
        taken: whether the holder took it under the emergency rule.
        provisional: whether it was granted by somebody with a role taken under the emergency rule, or with a
            provisional one, though there were others who may grant roles; one of those is to confirm it.
        reason: why.
    """

    person: str
    person_name: Annotated[str | None, Kept("person", of="person")]
    holds: Name
    begins: AwareDatetime
    ends: AwareDatetime | None = None
    badges: tuple[str, ...] = ()
    deputy_of: str | None = None
    taken: bool = False
    provisional: bool = False
    reason: Annotated[str | None, Kept("person", of="person")] = None


class RoleEnded(Event):
    """Somebody holds a role no longer (R12).

    Attributes:
        person: the pseudonym of the holder.
        ended: the role.
        ends: from when.
        successor: the pseudonym of who takes over what is open, after a handover.
        reason: why.
    """

    person: str
    ended: Name
    ends: AwareDatetime
    successor: str | None = None
    reason: Annotated[str | None, Kept("person", of="person")] = None


class TrainingRecorded(Event):
    """Somebody was trained (R30, R63).

    Attributes:
        person: the pseudonym of who was trained.
        training: what it was about.
        held: when it was.
        valid_until: until when it counts.
        trainer: the pseudonym of who gave it, if somebody of the organisation did.
        exempt: what was done otherwise than the policy asks for first.
        reason: why.
    """

    person: str
    training: str
    held: AwareDatetime
    valid_until: AwareDatetime
    trainer: str | None = None
    exempt: tuple[Exempt, ...] = ()
    reason: Annotated[FreeText | None, Kept("person", of="person")] = None
