"""Retention: records about people are destroyed when the policy's period for their class has passed.

The period counts from the last event of a procedure that has come to its end. Look first with `due`; only
what that showed is destroyed by `expire`, and only if it still is due.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import get_args

from sqlalchemy import and_, func, join, select

from openbadge_issuer.policy.badge_policy import BadgePolicy
from openbadge_issuer.policy.event import RecordClass
from openbadge_issuer.policy.record_keeping import FACTS
from openbadge_issuer.policy.register_events import STREAM, RecordsExpired
from openbadge_issuer.policy.standing import Actor
from openbadge_issuer.register import tables
from openbadge_issuer.register.destroying import Destroyed, destroy, find_parts
from openbadge_issuer.register.ledger import Ledger
from openbadge_issuer.register.records import Records
from openbadge_issuer.register.settings import FactsOf
from openbadge_issuer.register.tables import read_moment

_EVENT, _PART, _STREAM = tables.event.c, tables.part.c, tables.stream.c

_CLOSED = join(
    join(
        tables.part,
        tables.event,
        and_(_PART.organisation == _EVENT.organisation, _PART.sequence == _EVENT.sequence),
    ),
    tables.stream,
    and_(_EVENT.organisation == _STREAM.organisation, _EVENT.stream == _STREAM.name, _STREAM.closed),
)


@dataclass(frozen=True, slots=True)
class Due:
    """Records of one class in one procedure whose period has passed.

    Attributes:
        stream: the procedure.
        record_class: the class.
        since: when the period ended.
        parts: how many parts there are.
    """

    stream: str
    record_class: RecordClass
    since: datetime
    parts: int


def due(records: Records, policy: BadgePolicy, *, now: datetime) -> tuple[Due, ...]:
    """Return what a run would destroy, by procedure and class; nothing is changed."""
    query = (
        select(_EVENT.stream, _PART.record_class, _STREAM.last, func.count().label("parts"))
        .select_from(_CLOSED)
        .where(_PART.organisation == records.number)
        .group_by(_EVENT.stream, _PART.record_class, _STREAM.last)
        .order_by(_EVENT.stream, _PART.record_class)
    )
    found = []
    for row in records.transaction.walk(query):
        if row.record_class in get_args(RecordClass):
            period = policy.retention.of(row.record_class)
            since = period.deadline(read_moment(row.last), policy.organisation.zone)
            if since <= now:
                found.append(Due(row.stream, row.record_class, since, row.parts))
    return tuple(found)


def expire(ledger: Ledger, shown: Collection[Due], *, actor: Actor, facts: FactsOf) -> Destroyed:
    """Destroy what `due` showed and what still is due, and record that.

    Whoever commits it runs `clean_up` afterwards.

    Args:
        ledger: the ledger.
        shown: what `due` returned.
        actor: who does it; needs the right `keep-records`.
        facts: folds the events of a stream to its facts.

    Raises:
        PolicyError: `POLICY-NO-RIGHT`, the actor may not.
        RegisterError: as `Ledger.append`.
    """
    act = actor.doing("keep-records")
    agreed = {(one.stream, one.record_class) for one in shown}
    still = [
        one for one in due(ledger, actor.policy, now=actor.now) if (one.stream, one.record_class) in agreed
    ]
    parts = [
        part
        for one in still
        for part in find_parts(ledger, _EVENT.stream == one.stream, _PART.record_class == one.record_class)
    ]
    destroyed = destroy(ledger, parts, facts=facts)
    for turn, some in enumerate(destroyed.by_event()):
        event = RecordsExpired.done(
            act,
            destroyed=tuple(map(str, some)),
            classes=dict(Counter(part.record_class for part in some)),
            files=0 if turn else len(destroyed.files),
        )
        ledger.append(STREAM, [event], FACTS)
    return destroyed
