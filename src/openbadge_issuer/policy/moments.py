"""Moments that people name in a step: on whose clock they are, and that nothing is dated back."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

from openbadge_issuer.errors import PolicyError
from openbadge_issuer.policy.standing import Actor


def aware(moment: datetime, name: str) -> datetime:
    """Return a moment that has a time zone.

    Raises:
        PolicyError: `ISSUE-TIME-ZONE`, it has none.
    """
    if moment.utcoffset() is None:
        raise PolicyError("ISSUE-TIME-ZONE", name=name)
    return moment


def from_now_on(actor: Actor, moment: datetime | None) -> datetime:
    """Return from when something counts: from now if nothing is said, or an earlier hour of the same day.

    Raises:
        PolicyError: `POLICY-PAST`, the moment lies on an earlier day; `ISSUE-TIME-ZONE`.
    """
    zone = actor.policy.organisation.zone
    if moment is None or aware(moment, "begins") >= actor.now:
        return moment or actor.now
    if moment.astimezone(zone).date() == actor.now.astimezone(zone).date():
        return actor.now
    raise PolicyError("POLICY-PAST", moment=shown_moment(moment, zone))


def shown_moment(moment: datetime, zone: ZoneInfo) -> str:
    """Write a moment as people of a time zone read it; midnight is left out."""
    local = moment.astimezone(zone)
    return f"{local:%Y-%m-%d}" if local.time() == time() else f"{local:%Y-%m-%d %H:%M}"
