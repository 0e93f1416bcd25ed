"""Roles change hands: granting, ending, handing over, and taking one in an emergency (R10, R12, G8).

These are the steps of the stream `staff`; the state is the actor's own `Staff`, folded from the same stream.
Nothing is changed back in time: a role begins and ends now or later, so that every decision keeps the role it
was taken under.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from openbadge_issuer.errors import PolicyError
from openbadge_issuer.policy.badge_policy import BadgePolicy, Right
from openbadge_issuer.policy.event import Act, Event
from openbadge_issuer.policy.free_text import free_text, required_text
from openbadge_issuer.policy.moments import from_now_on, shown_moment
from openbadge_issuer.policy.staff_events import RoleEnded, RoleGranted
from openbadge_issuer.policy.standing import Actor, Held, Staff


def grant(
    actor: Actor,
    *,
    person: str,
    role: str,
    person_name: str | None = None,
    begins: datetime | None = None,
    ends: datetime | None = None,
    badges: Sequence[str] = (),
    deputy_of: str | None = None,
    reason: str | None = None,
) -> tuple[Event, ...]:
    """Grant a role.

    The very first grant founds the organisation: it needs no right, and must be of a role that may grant
    roles, at once and for all badges.

    Args:
        actor: who grants it.
        person: the pseudonym of the holder.
        role: the role.
        person_name: the holder's name; the known one if left out.
        begins: from when, at once if left out; an earlier hour of the same day means at once.
        ends: until when; without end if left out.
        badges: the badges it is limited to; all if empty.
        deputy_of: the pseudonym of the colleague whom the holder stands in for.
        reason: why.

    Raises:
        PolicyError: `POLICY-NO-RIGHT`, `POLICY-PAST`, `ROLE-UNKNOWN`, `ROLE-PERIOD`, `ROLE-NAME`,
            `ROLE-HELD`, `ROLE-DEPUTY` (the colleague does not hold it), or `ROLE-FOUNDING`.
    """
    staff, start = actor.staff, from_now_on(actor, begins)
    _check_known(actor.policy, role)
    new = Held(person, role, start, ends, tuple(dict.fromkeys(badges)), deputy_of, reason=free_text(reason))
    if ends is not None and from_now_on(actor, ends) <= start:
        zone = actor.policy.organisation.zone
        raise PolicyError("ROLE-PERIOD", begins=shown_moment(start, zone), ends=shown_moment(ends, zone))
    act = actor.doing("grant-roles") if staff.held else _founding(actor, new)
    name = _name_for(staff, person, person_name)
    if deputy_of is not None and (deputy_of == person or not any(_of(staff, deputy_of, start, role))):
        raise PolicyError("ROLE-DEPUTY", who=staff.shown(deputy_of), role=role)
    if any(_includes(one, new) for one in staff.held):
        raise PolicyError("ROLE-HELD", who=name, role=role)
    return (_granted(act, _as_granted(actor, act, new), name),)


def end(
    actor: Actor, *, person: str, role: str, ends: datetime | None = None, reason: str | None = None
) -> tuple[Event, ...]:
    """End a role that somebody holds or was to hold, at once or from a moment to come.

    Everybody may lay down a role of their own.

    Raises:
        PolicyError: `POLICY-NO-RIGHT`, `POLICY-PAST`, `ROLE-NOT-HELD`, `ROLE-LAST-GRANTER` (nobody would be
            left who may grant roles), or `ROLE-EMERGENCY-END` (who took a role in an emergency may not remove
            somebody who may grant roles).
    """
    act = actor.act() if actor.person == person else actor.doing("grant-roles")
    moment = from_now_on(actor, ends)
    if not any(_of(actor.staff, person, moment, role)):
        raise PolicyError("ROLE-NOT-HELD", who=actor.staff.shown(person), role=role)
    _check_no_coup(actor, act, person)
    events = (RoleEnded.done(act, person=person, ended=role, ends=moment, reason=free_text(reason)),)
    _check_granter_stays(actor, events, moment)
    return events


@dataclass(frozen=True, slots=True)
class Handover:
    """What a handover consists of, and what is to follow it.

    Attributes:
        giver: the pseudonym of who gives the roles up.
        taker: the pseudonym of who takes them over.
        at: from when.
        events: the events of the stream `staff`.
        roles: the roles that go over.
        rights: what may be done with them: open awards, cases and reminders that wait for the giver on the
            ground of one of these are to be moved to the taker by their own events.
        deputies: the pseudonyms of those who stood in for the giver, and still hold their roles.
    """

    giver: str
    taker: str
    at: datetime
    events: tuple[Event, ...]
    roles: tuple[str, ...]
    rights: tuple[Right, ...]
    deputies: tuple[str, ...]


def hand_over(
    actor: Actor,
    *,
    giver: str,
    taker: str,
    taker_name: str | None = None,
    roles: Sequence[str] = (),
    at: datetime | None = None,
    reason: str | None = None,
) -> Handover:
    """Hand the roles of one person over to another (R12): with their badges, their end, and those to come.

    A role that was taken in an emergency ends, and does not go over.

    Args:
        actor: who arranges it.
        giver: the pseudonym of who gives the roles up.
        taker: the pseudonym of who takes them over.
        taker_name: the name of the latter; the known one if left out.
        roles: which roles; all if empty.
        at: from when; at once if left out.
        reason: why.

    Raises:
        PolicyError: `POLICY-NO-RIGHT`, `POLICY-PAST`, `ROLE-HANDOVER-SELF`, `ROLE-NOT-HELD`, `ROLE-NAME`,
            `ROLE-LAST-GRANTER`, `ROLE-EMERGENCY-END`.
    """
    staff, moment = actor.staff, from_now_on(actor, at)
    act = actor.doing("grant-roles")
    given = _given(staff, giver, taker, moment, roles)
    _check_no_coup(actor, act, giver)
    name, why = _name_for(staff, taker, taker_name), free_text(reason)
    new = _taken_over(actor, given, taker, moment, why)
    events = (
        *(_granted(act, _as_granted(actor, act, one), name) for one in new),
        *(
            RoleEnded.done(act, person=giver, ended=role, ends=moment, successor=taker, reason=why)
            for role in dict.fromkeys(one.role for one in given)
        ),
    )
    _check_granter_stays(actor, events, moment)
    known = actor.policy.roles
    moved = tuple(dict.fromkeys(one.role for one in given if not one.taken and one.role in known))
    rights = tuple(dict.fromkeys(right for role in moved for right in known[role].rights))
    deputies = {
        one.person for one in staff.held
        if one.deputy_of == giver and one.person != taker and not one.over_by(moment)
    }  # fmt: skip
    return Handover(giver, taker, moment, events, moved, rights, tuple(sorted(deputies)))


def take(actor: Actor, *, role: str, reason: str, badges: Sequence[str] = ()) -> tuple[Event, ...]:
    """Take a role in an emergency, because nobody who holds it can be reached (G8).

    It lasts as long as the policy says, and everything done with it is marked. Whoever holds a role may do
    this; where nobody does any more, whoever held one before.

    Raises:
        PolicyError: `ROLE-EMERGENCY-OFF`, `ROLE-UNKNOWN`, `ROLE-STRANGER`, `ROLE-HELD`, or
            `ROLE-EMERGENCY-REASON`, no reason is given.
    """
    policy, staff, person = actor.policy, actor.staff, actor.person
    if not policy.emergency.allowed:
        raise PolicyError("ROLE-EMERGENCY-OFF")
    _check_known(policy, role)
    known = staff.with_role_at(actor.now) or {one.person for one in staff.held if one.begins <= actor.now}
    if person is None or person not in known:
        raise PolicyError("ROLE-STRANGER", who=actor.shown)
    why = required_text(reason, "ROLE-EMERGENCY-REASON", role=role)
    until = policy.emergency.lasts.deadline(actor.now, policy.organisation.zone)
    new = Held(person, role, actor.now, until, tuple(dict.fromkeys(badges)), taken=True, reason=why)
    if any(one.at(actor.now) and one.reaches(new.badges) for one in _of(staff, person, actor.now, role)):
        raise PolicyError("ROLE-HELD", who=actor.shown, role=role)
    act = actor.act().model_copy(update={"emergency": True})
    return (_granted(act, new, _name_for(staff, person, actor.name)),)


def granters(staff: Staff, policy: BadgePolicy, moment: datetime) -> frozenset[str]:
    """Return who may grant roles at a moment by a regular role, by pseudonym."""
    return frozenset(
        one.person
        for role in policy.roles_with("grant-roles")
        for one in staff.holding(role, moment)
        if not one.badges and one.regular
    )


def _of(staff: Staff, person: str, moment: datetime, role: str | None = None) -> Iterator[Held]:
    """Go through what somebody holds or will hold at a moment or later, of one role if it is named."""
    for one in staff.held:
        if one.person == person and role in (None, one.role) and not one.over_by(moment):
            yield one


def _given(staff: Staff, giver: str, taker: str, moment: datetime, roles: Sequence[str]) -> tuple[Held, ...]:
    """Say what is handed over: the roles named, or all there are."""
    if giver == taker:
        raise PolicyError("ROLE-HANDOVER-SELF", who=staff.shown(giver))
    given = tuple(one for one in _of(staff, giver, moment) if not roles or one.role in roles)
    there = {one.role for one in given}
    for role in roles or ("—",):
        if not given or (roles and role not in there):
            raise PolicyError("ROLE-NOT-HELD", who=staff.shown(giver), role=role)
    return given


def _granted(act: Act, new: Held, name: str) -> RoleGranted:
    return RoleGranted.done(
        act, person=new.person, person_name=name, holds=new.role, begins=new.begins, ends=new.ends,
        badges=new.badges, deputy_of=new.deputy_of, taken=new.taken, provisional=new.provisional,
        reason=new.reason,
    )  # fmt: skip


def _as_granted(actor: Actor, act: Act, new: Held) -> Held:
    """Say whether a grant is to be confirmed: otherwise an emergency would be a way to stay in power."""
    others = granters(actor.staff, actor.policy, actor.now)
    return replace(new, provisional=act.emergency and bool(others))


def _taken_over(
    actor: Actor, given: Iterable[Held], taker: str, moment: datetime, why: str | None
) -> Iterator[Held]:
    """Say what the taker of a handover is granted, leaving out what is held already."""
    for one in given:
        new = replace(
            one, person=taker, begins=max(one.begins, moment), reason=why,
            deputy_of=None if one.deputy_of == taker else one.deputy_of,
        )  # fmt: skip
        known = one.role in actor.policy.roles
        if known and not one.taken and not any(_includes(held, new) for held in actor.staff.held):
            yield new


def _includes(old: Held, new: Held) -> bool:
    """Tell whether a grant leaves nothing for another one to add."""
    same = (old.person, old.role) == (new.person, new.role) and old.regular and old.reaches(new.badges)
    ends_later = old.ends is None or (new.ends is not None and new.ends <= old.ends)
    return same and old.begins <= new.begins and ends_later


def _founding(actor: Actor, new: Held) -> Act:
    """Check the very first grant: without it nobody could grant the next one."""
    roles = actor.policy.roles_with("grant-roles")
    if actor.person is None:
        raise PolicyError("POLICY-NO-RIGHT", who=actor.shown, right="grant-roles", badge="—")
    if new.role not in roles or new.badges or new.deputy_of or new.begins > actor.now:
        raise PolicyError("ROLE-FOUNDING", role=new.role, roles=", ".join(roles) or "—")
    return actor.act()


def _check_known(policy: BadgePolicy, role: str) -> None:
    if role not in policy.roles:
        raise PolicyError("ROLE-UNKNOWN", role=role[:60], roles=", ".join(policy.roles))


def _check_granter_stays(actor: Actor, events: Sequence[Event], moment: datetime) -> None:
    """Refuse to lock the organisation out of its own roles."""
    before = granters(actor.staff, actor.policy, moment)
    if before and not granters(actor.staff.then(events), actor.policy, moment):
        who = ", ".join(sorted(actor.staff.shown(person) for person in before))
        raise PolicyError("ROLE-LAST-GRANTER", who=who)


def _check_no_coup(actor: Actor, act: Act, person: str) -> None:
    """Refuse that an emergency is used to remove those who could undo it."""
    if act.emergency and person in granters(actor.staff, actor.policy, actor.now):
        raise PolicyError("ROLE-EMERGENCY-END", who=actor.staff.shown(person))


def _name_for(staff: Staff, person: str, given: str | None) -> str:
    name = free_text(given, one_line=True) or staff.names.get(person)
    if name is None:
        raise PolicyError("ROLE-NAME", person=person)
    return name
