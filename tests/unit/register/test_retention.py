"""Retention: what the policy says is over goes, by class, counted from the end of its procedure."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256

import pytest

from openbadge_issuer.errors import PolicyError
from openbadge_issuer.policy.badge_policy import BadgePolicy, Retention
from openbadge_issuer.policy.period import Period
from openbadge_issuer.policy.register_events import RecordsExpired
from openbadge_issuer.register import Register
from openbadge_issuer.register.destroying import clean_up
from openbadge_issuer.register.retention import Due, due, expire
from register_attacks import checked, head_of, tamper
from register_world import (
    DAY,
    HOME,
    NOW,
    POLICY,
    Closed,
    Given,
    Judged,
    act,
    add,
    award,
    facts_of,
    keeper,
    meet,
    open_list,
)

END = NOW + 10 * DAY
SHORT: BadgePolicy = POLICY.model_copy(
    update={"retention": Retention(dossier=Period(1, "year"), credential=Period(3, "year"))}
)


@pytest.fixture
def full(register: Register) -> Register:
    assert register.settings.evidence is not None
    with register.ledger(HOME) as ledger:
        open_list(ledger)
        for number in (1, 2):
            meet(ledger, number)
            award(ledger, number, evidence=[register.settings.evidence.put(b"scan %d" % number).digest])
        add(ledger, "award:1", Closed.done(act(at=END)))
    return register


def shown(register: Register, now: datetime) -> tuple[Due, ...]:
    with register.records(HOME) as records:
        return due(records, SHORT, now=now)


def test_nothing_is_due_before_its_time_and_nothing_of_what_is_open(full: Register) -> None:
    last_moment = datetime.fromisoformat("2027-03-12T00:00:00Z")
    assert shown(full, NOW) == ()
    assert shown(full, last_moment - timedelta(seconds=1)) == ()
    assert shown(full, last_moment) == (Due("award:1", "dossier", last_moment, 1),)
    classes = [(one.stream, one.record_class) for one in shown(full, NOW + 40 * 365 * DAY)]
    assert classes == [("award:1", "credential"), ("award:1", "dossier"), ("award:1", "person")]


def test_what_is_due_goes_and_is_recorded(full: Register) -> None:
    older, later = head_of(full), NOW + 2 * 365 * DAY
    evidence = full.settings.evidence
    assert evidence is not None
    plan = shown(full, later)
    assert head_of(full) == older, "a look changes nothing"
    actor = replace(keeper(now=later), policy=SHORT)
    with full.ledger(HOME) as ledger:
        destroyed = expire(ledger, plan, actor=actor, facts=facts_of)
    assert clean_up(full, destroyed)
    assert not evidence.holds(evidence_of(b"scan 1"))
    assert evidence.holds(evidence_of(b"scan 2"))
    with full.records(HOME) as records:
        judged, given, _ = records.events("award:1")
        assert isinstance(judged, Judged)
        assert isinstance(given, Given)
        assert (judged.notes, judged.evidence) == (None, None)
        assert given.credential is not None
        event = records.events("register")[-1]
    assert isinstance(event, RecordsExpired)
    assert (event.classes, event.files, event.by) == ({"dossier": 1}, 1, "p-keeper")
    assert event.destroyed == tuple(map(str, destroyed.parts))
    assert shown(full, later) == ()
    for head in (older, head_of(full)):
        assert checked(full, head=head).verdict == "passed"


def evidence_of(data: bytes) -> str:
    return sha256(data).hexdigest()


def test_only_what_was_shown_goes(full: Register) -> None:
    later = NOW + 5 * 365 * DAY
    [credential, dossier] = shown(full, later)
    actor = replace(keeper(now=later), policy=SHORT)
    with full.ledger(HOME) as ledger:
        destroyed = expire(ledger, [credential], actor=actor, facts=facts_of)
    assert {part.record_class for part in destroyed.parts} == {"credential"}
    assert shown(full, later) == (dossier,)


def test_what_was_opened_again_meanwhile_stays(full: Register) -> None:
    later = NOW + 5 * 365 * DAY
    plan = shown(full, later)
    with full.ledger(HOME) as ledger:
        add(ledger, "award:1", Judged.done(act(at=later), holder="p-1", outcome="met"))
    head = head_of(full)
    with full.ledger(HOME) as ledger:
        destroyed = expire(ledger, plan, actor=replace(keeper(now=later), policy=SHORT), facts=facts_of)
    assert (destroyed.parts, head_of(full)) == ((), head)


def test_who_may_not_keep_records_lets_nothing_expire(full: Register) -> None:
    later = NOW + 5 * 365 * DAY
    actor = replace(keeper(now=later), policy=SHORT, person="p-2")
    with pytest.raises(PolicyError), full.ledger(HOME) as ledger:
        expire(ledger, shown(full, later), actor=actor, facts=facts_of)


def test_a_class_that_no_policy_knows_is_left_alone(full: Register) -> None:
    tamper(full, "UPDATE openbadge_part SET record_class = 'of'")
    assert shown(full, NOW + 40 * 365 * DAY) == ()
