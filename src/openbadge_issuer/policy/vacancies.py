"""What about the staff needs looking after: vacant roles, people about to leave, roles taken in an emergency.

R12 and G8: in a small organisation the last one who could do something leaves without anybody noticing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final

from openbadge_issuer.policy.badge_policy import BadgePolicy, Right
from openbadge_issuer.policy.moments import shown_moment
from openbadge_issuer.policy.period import Period
from openbadge_issuer.policy.remark import Remark
from openbadge_issuer.policy.standing import Held, Staff

AHEAD = Period(8, "week")
"""How far ahead to look: long enough to find somebody and hand over."""

_MUST_NOT_BE_LOST: Final[Mapping[Right, str]] = MappingProxyType(
    {"keep-keys": "KEYS", "grant-roles": "GRANTERS"}
)
"""The rights that cannot be had back by granting them, with the name of their rules."""


def vacancies(
    staff: Staff, policy: BadgePolicy, now: datetime, *, ahead: Period = AHEAD
) -> tuple[Remark, ...]:
    """Say which roles have too few holders now or soon, and who holds one by the emergency rule.

    Deputies, and roles taken in an emergency, keep the work going but do not fill a role. The keys, and the
    right to grant roles, are safe with a deputy too.

    Args:
        staff: everybody's roles.
        policy: the policy in force.
        now: the moment.
        ahead: how far to look ahead, and how far back for emergencies.
    """
    watch = _Watch(staff, policy, now, ahead)
    roles = (remark for role in policy.roles for remark in watch.of_role(role))
    rights = (remark for right, name in _MUST_NOT_BE_LOST.items() for remark in watch.of_right(right, name))
    return (*roles, *rights, *watch.of_emergencies())


@dataclass(frozen=True, slots=True)
class _Watch:
    """What `vacancies` was asked."""

    staff: Staff
    policy: BadgePolicy
    now: datetime
    ahead: Period

    def of_role(self, role: str) -> Iterator[Remark]:
        least, holders = self.policy.roles[role].holders_at_least, self._filling(role, self.now)
        if len(holders) < least:
            standing_in = {one.person for one in self.staff.holding(role, self.now)} - holders
            yield Remark.of(
                "ROLE-VACANT", role=role, count=len(holders), least=least, others=len(standing_in)
            )
            return
        for moment in self._endings((role,)):
            date, left = self._shown(moment), self._filling(role, moment)
            if holders and not left:
                yield Remark.of("ROLE-LAST-LEAVES", role=role, who=self._named(holders), date=date)
                return
            if len(left) < least:
                yield Remark.of("ROLE-VACANT-SOON", role=role, count=len(left), least=least, date=date)
                return

    def of_right(self, right: Right, name: str) -> Iterator[Remark]:
        roles = self.policy.roles_with(right)
        holders = self._with_any(roles, self.now)
        if not holders:
            yield Remark.of(f"ROLE-{name}-UNHELD")
            return
        for moment in self._endings(roles):
            if not self._with_any(roles, moment):
                yield Remark.of(f"ROLE-{name}-LEAVING", who=self._named(holders), date=self._shown(moment))
                return

    def of_emergencies(self) -> Iterator[Remark]:
        for one in self.staff.held:
            who, date = self.staff.shown(one.person), self._shown(one.begins)
            recent = one.begins <= self.now < self.ahead.after(one.begins)
            if one.taken and (recent or one.at(self.now)):
                yield Remark.of("ROLE-TAKEN", who=who, role=one.role, date=date, reason=one.reason or "—")
            elif one.provisional and one.at(self.now) and not self._confirmed(one):
                yield Remark.of("ROLE-PROVISIONAL", who=who, role=one.role, date=date)

    def _confirmed(self, provisional: Held) -> bool:
        others = self.staff.holding(provisional.role, self.now, person=provisional.person)
        return any(one.regular and one.reaches(provisional.badges) for one in others)

    def _filling(self, role: str, moment: datetime) -> frozenset[str]:
        """Return who fills a role at a moment."""
        held = self.staff.holding(role, moment)
        return frozenset(one.person for one in held if one.regular and one.deputy_of is None)

    def _with_any(self, roles: tuple[str, ...], moment: datetime) -> frozenset[str]:
        """Return who holds one of the roles at a moment by a regular role for all badges."""
        held = (one for role in roles for one in self.staff.holding(role, moment))
        return frozenset(one.person for one in held if one.regular and not one.badges)

    def _endings(self, roles: tuple[str, ...]) -> list[datetime]:
        """List when somebody stops holding one of the roles, as far as we look ahead."""
        ends = {one.ends for one in self.staff.held if one.role in roles}
        until = self.ahead.after(self.now)
        return sorted(moment for moment in ends if moment is not None and self.now < moment <= until)

    def _named(self, people: frozenset[str]) -> str:
        return ", ".join(sorted(self.staff.shown(person) for person in people))

    def _shown(self, moment: datetime) -> str:
        return shown_moment(moment, self.policy.organisation.zone)
