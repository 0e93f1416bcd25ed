"""What is overdue in an organisation, or due soon, so that nothing is forgotten (R18, R19).

Only codes, dates and pseudonyms are read, besides the names of colleagues.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.assertions.moments import write_date_time
from openbadge_issuer.policy.adoption import Adoption
from openbadge_issuer.policy.awarding import Award
from openbadge_issuer.policy.badge_policy import BadgePolicy
from openbadge_issuer.policy.informing import to_be_told
from openbadge_issuer.policy.misuse import Misuse
from openbadge_issuer.policy.moments import shown_moment
from openbadge_issuer.policy.office_events import POLICY_STREAM
from openbadge_issuer.policy.period import Period
from openbadge_issuer.policy.remark import Remark
from openbadge_issuer.policy.revoking import Case
from openbadge_issuer.policy.staff_events import STREAM as STAFF_STREAM
from openbadge_issuer.policy.standing import Staff
from openbadge_issuer.policy.training import due_trainings
from openbadge_issuer.policy.vacancies import AHEAD, vacancies
from openbadge_issuer.register.records import Records
from openbadge_issuer.register.retention import due as due_to_be_destroyed
from openbadge_issuer.register.stream_row import StreamRow
from openbadge_issuer.signing.key_ring import KeyRing

_LATE = frozenset({
    "ROLE-VACANT", "ROLE-KEYS-UNHELD", "ROLE-GRANTERS-UNHELD", "TRAINING-NEVER", "TRAINING-OVERDUE",
})  # fmt: skip
"""What the remarks on the staff say is wrong already, and not only soon."""

_BADGES = {
    "active": "REMINDER-BADGE-REVIEW",
    "to-change": "REMINDER-BADGE-CHANGE",
    "to-retire": "REMINDER-BADGE-RETIRE",
}
_SHOWN = ("award", "case", "badge")
"""The procedures of which it is told to everybody what was done in an emergency."""
_PUBLISHING = Period(1, "week")
_AWARDS = {
    "open": "REMINDER-AWARD-DECISION",
    "assessed": "REMINDER-AWARD-DECISION",
    "objection": "REMINDER-AWARD-OBJECTION",
}


@dataclass(frozen=True, slots=True)
class Reminder:
    """Something that is to be done.

    Attributes:
        remark: what, in both languages.
        overdue: whether it should have been done already.
        due: until when, if there is a day.
        about: the procedure it is about, such as `award:…`, if it is about one.
    """

    remark: Remark
    overdue: bool
    due: datetime | None = None
    about: str | None = None

    def to_json(self) -> JsonObject:
        """Write it for a program, in both languages."""
        remark = self.remark
        return {
            "code": remark.code,
            "overdue": self.overdue,
            "due": None if self.due is None else write_date_time(self.due),
            "about": self.about,
            "message": {"en": remark.sentence("en"), "nl": remark.sentence("nl")},
            "advice": {"en": remark.advice("en"), "nl": remark.advice("nl")},
        }


@dataclass(frozen=True)
class Reminding:
    """Looks through the records of an organisation for what is to be done.

    Attributes:
        records: the records.
        policy: the policy, as its file says.
        now: the moment.
        ring: the issuer's keys.
        published: when everything public was written last; None for never.
        actor: who asks; matters of misuse are shown to those who may handle them and have no part in them.
        ahead: how far to look ahead.
    """

    records: Records
    policy: BadgePolicy
    now: datetime
    ring: KeyRing
    published: datetime | None = None
    actor: str | None = None
    ahead: Period = AHEAD

    @cached_property
    def staff(self) -> Staff:
        """Everybody's roles."""
        return Staff.of(self.records.events(STAFF_STREAM))

    def all(self) -> tuple[Reminder, ...]:
        """Return everything that is to be done: what is overdue first, then by day."""
        found = (
            *self._staff(),
            *self._emergencies(),
            *self._awards(),
            *self._cases(),
            *self._misuse(),
            *self._badges(),
            *self._policy(),
            *self._keys(),
            *self._publication(),
            *self._retention(),
        )
        return tuple(sorted(found, key=lambda one: (not one.overdue, one.due or self.now)))

    def _staff(self) -> Iterator[Reminder]:
        for remark in (
            *vacancies(self.staff, self.policy, self.now, ahead=self.ahead),
            *due_trainings(self.staff, self.policy, self.now, ahead=self.ahead),
        ):
            yield Reminder(remark, remark.code in _LATE, about=STAFF_STREAM)

    def _emergencies(self) -> Iterator[Reminder]:
        """Tell what was done with roles that were taken, as long as it is told that they were (G8)."""
        beginnings = [
            one.begins
            for one in self.staff.held
            if not one.regular and (one.at(self.now) or self.now < self.ahead.after(one.begins))
        ]
        if not beginnings:
            return
        since = min(beginnings)
        for row in [row for kind in _SHOWN for row in self.records.streams(kind) if row.last >= since]:
            steps = [one for one in self.records.events(row.name) if one.emergency and one.at >= since]
            for who in dict.fromkeys(one.by or "" for one in steps):
                own = [one for one in steps if (one.by or "") == who]
                remark = Remark.of(
                    "REMINDER-EMERGENCY",
                    who=self.staff.shown(who),
                    procedure=row.name,
                    steps=", ".join(dict.fromkeys(one.kind for one in own)),
                    date=shown_moment(own[-1].at, self.policy.organisation.zone),
                )
                yield Reminder(remark, overdue=False, about=row.name)

    def _awards(self) -> Iterator[Reminder]:
        for row in list(self.records.streams("award", open_only=True, due_before=self._horizon)):
            code = _AWARDS.get(row.facts.phase, "REMINDER-AWARD-NOTICE")
            badge = (row.facts.key or "—").partition("/")[0]
            yield from self._by(code, row.facts.due, row.name, badge=badge)
        for row in list(self.records.streams("award", phase="not-yet")):
            yield from self._untold(row)

    def _untold(self, row: StreamRow) -> Iterator[Reminder]:
        """A decision not to award closes the procedure, and still is to be told."""
        award = Award.of(self.records.events(row.name))
        if award.decision is None or not to_be_told(award.notices, guardian=False):
            return
        decided = (award.verdict or award.decision).at
        due = self.policy.awarding.inform_within.deadline(decided, self.policy.organisation.zone)
        yield from self._by("REMINDER-AWARD-NOTICE", due, row.name, badge=award.opened.badge)

    def _cases(self) -> Iterator[Reminder]:
        for row in list(self.records.streams("case", due_before=self._horizon)):
            case = Case.of(self.records.events(row.name))
            own = replace(case, actions={}).facts(self.policy)  # what is to be prevented has days of its own
            yield from self._by("REMINDER-CASE", own.due, row.name, case=case.id)
            for action in case.actions.values():
                if not action.done:
                    due, who = self._end_of(action.due), self.staff.shown(action.owner)
                    yield from self._by("REMINDER-PREVENTION", due, row.name, case=case.id, who=who)

    def _misuse(self) -> Iterator[Reminder]:
        if self.actor not in self.staff.people_with("handle-misuse", self.policy, self.now):
            return
        for row in list(self.records.streams("misuse", open_only=True, due_before=self._horizon)):
            matter = Misuse.of(self.records.events(row.name))
            if self.actor not in matter.involved:
                yield from self._by("REMINDER-MISUSE", row.facts.due, row.name, matter=matter.id)

    def _badges(self) -> Iterator[Reminder]:
        for row in list(self.records.streams("badge", due_before=self._horizon)):
            code = _BADGES.get(row.facts.phase)
            if code is not None:
                yield from self._by(code, row.facts.due, row.name, badge=row.name.partition(":")[2])

    def _policy(self) -> Iterator[Reminder]:
        adoption = Adoption.of(self.records.events(POLICY_STREAM))
        yield from self._by("REMINDER-POLICY-REVIEW", adoption.facts(self.policy).due, POLICY_STREAM)
        if adoption.digest != self.policy.digest:
            yield Reminder(Remark.of("REMINDER-POLICY-CHANGED"), overdue=False, about=POLICY_STREAM)

    def _keys(self) -> Iterator[Reminder]:
        if not self.ring.active:
            yield Reminder(Remark.of("REMINDER-KEY-NONE"), overdue=True)
        for key in self.ring.active:
            due = self.policy.keys.rotate_every.deadline(key.begins, self.policy.organisation.zone)
            yield from self._by("REMINDER-KEY", due, None, key=key.fragment)

    def _publication(self) -> Iterator[Reminder]:
        """Remind of it in the last week only: it is due again and again."""
        if self.published is not None:
            due = self.policy.publication.list_valid_for.after(self.published)
            if due < _PUBLISHING.after(self.now):
                yield from self._by("REMINDER-PUBLISH", due, None)

    def _retention(self) -> Iterator[Reminder]:
        over = due_to_be_destroyed(self.records, self.policy, now=self.now)
        if over:
            remark = Remark.of("REMINDER-RETENTION", count=sum(one.parts for one in over))
            yield Reminder(remark, overdue=True, due=min(one.since for one in over), about="register")

    def _end_of(self, day: date) -> datetime:
        there = datetime.combine(day + timedelta(days=1), time(), self.policy.organisation.zone)
        return there.astimezone(UTC)

    @property
    def _horizon(self) -> datetime:
        return self.ahead.after(self.now)

    def _by(self, code: str, due: datetime | None, about: str | None, **details: str) -> Iterator[Reminder]:
        """Remind of something with a day, if that has come or comes soon."""
        if due is not None and due < self._horizon:
            date = shown_moment(due, self.policy.organisation.zone)
            yield Reminder(Remark.of(code, date=date, **details), due <= self.now, due, about)
