"""Events are stored apart: a body that stays and says nothing personal, and parts that can be destroyed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import get_args

import pytest

from cases import A1, Matter, foreign, report, reported
from openbadge_issuer.errors import RegisterError
from openbadge_issuer.policy.awarding import Award
from openbadge_issuer.policy.effects import subject_of_address, subject_of_award
from openbadge_issuer.policy.event import Event, Sealed, personal_fields
from openbadge_issuer.policy.event_kinds import kinds, restore
from openbadge_issuer.policy.misuse import Misuse
from openbadge_issuer.policy.revoking import Case
from procedures import BADGE, EVE, PEOPLE, POLICY, actor, delivery, done, opened, policy

FREE_TEXT = "Zebra stripes"
"""Stands in every text that somebody writes below, and in no code."""


def _story() -> Iterator[tuple[str, tuple[Event, ...]]]:
    """One stream of each procedure, with free text in every place that has one."""
    award = Award.of(opened())
    seen = award.assess(actor("ada"), BADGE, "led", "not-met", form="observation", observed=FREE_TEXT)
    award = Award.of((*opened(), *seen))
    no = (*opened(), *seen, *award.not_yet(actor("ben"), feedback=FREE_TEXT))
    no = (*no, *Award.of(no).record_objection(actor(EVE), FREE_TEXT))
    no = (*no, *Award.of(no).decide_objection(actor("ada"), upheld=True, reason=FREE_TEXT))
    yield "award:a0", (*no, *award.withdraw(actor("ben"), reason=FREE_TEXT))
    matter = reported()
    matter.add(matter.case.suspend(matter.actor("cor"), awards=matter.awards, reason=FREE_TEXT)).carried_out()
    matter.add(matter.case.end_suspension(matter.actor("cor"), awards=matter.awards, reason=FREE_TEXT))
    matter.carried_out().assigned("cor")
    matter.add(matter.case.record_finding(matter.actor("cor"), FREE_TEXT))
    matter.add(matter.case.offer_hearing(matter.actor("cor"), text=FREE_TEXT))
    receipt = matter.case.first.receipt
    told = replace(delivery(), outcome="failed", address=FREE_TEXT, reason=FREE_TEXT)
    matter.add(matter.case.inform(matter.actor("cor"), replace(told, about="hearing")))
    matter.add(matter.case.inform_reporter(matter.actor("cor"), receipt, "report", told))
    matter.decided("unfounded", grounds=FREE_TEXT, reason={"en": FREE_TEXT}).informed().prevented()
    matter.add(matter.case.prevented(matter.actor("cor"), "list", what=FREE_TEXT))
    matter.add(matter.case.nothing_to_prevent_because(matter.actor("cor"), FREE_TEXT)).closed()
    matter.add(matter.case.record_objection(matter.actor(EVE), FREE_TEXT))
    matter.add(matter.case.decide_objection(matter.actor("ada"), upheld=False, grounds=FREE_TEXT))
    yield from matter.streams.items()
    yield "case:c8", foreign().assigned("cor").streams["case:c1"]
    nobodys = foreign(holder=None).assigned("cor")
    nobodys.add(nobodys.case.inform_platform(nobodys.actor("cor"), "col", told))
    yield "case:c9", nobodys.streams["case:c1"]
    hal = actor("hal", days=1, rules=policy())
    misuse = Misuse.report(actor(None), misuse="m1", about="dee", text=FREE_TEXT, contact=FREE_TEXT)
    misuse = (*misuse, *Misuse.of(misuse).assign(hal, "hal"))
    misuse = (*misuse, *Misuse.of(misuse).note(hal, FREE_TEXT), *Misuse.of(misuse).close(hal, FREE_TEXT))
    yield "misuse:m1", misuse


STORY = dict(_story())
EVENTS = [(name, event) for name, events in STORY.items() for event in events]


@pytest.mark.parametrize(("name", "event"), EVENTS, ids=lambda value: getattr(value, "kind", value))
def test_what_is_sealed_comes_back(name: str, event: Event) -> None:
    sealed = event.sealed()
    assert restore(sealed) == event
    written = str(sealed.body)
    for word in (FREE_TEXT, *PEOPLE.values(), "post.example", "platform.example"):
        assert word not in written, name


@pytest.mark.parametrize(("name", "event"), EVENTS, ids=lambda value: getattr(value, "kind", value))
def test_an_event_can_be_read_after_its_parts_were_destroyed(name: str, event: Event) -> None:
    sealed = event.sealed()
    left = restore(Sealed(sealed.kind, sealed.body, (None,) * len(sealed.parts)))
    assert all(getattr(left, field) is None for field in personal_fields(type(event))), name
    assert left.sealed().body == sealed.body


def test_what_is_destroyed_leaves_the_procedures_where_they_are() -> None:
    for name, events in STORY.items():
        left = [restore(Sealed(one.kind, one.sealed().body, ())) for one in events]
        if name.startswith("award:"):
            assert Award.of(left).facts(POLICY) == Award.of(events).facts(POLICY)
        elif name.startswith("case:"):
            assert Case.of(left).facts(POLICY) == Case.of(events).facts(POLICY)
        else:
            assert Misuse.of(left).facts(POLICY) == Misuse.of(events).facts(POLICY)


def test_the_kinds_are_those_of_the_modules_and_none_that_they_import() -> None:
    found = kinds()
    assert found["holder-informed"].__module__.endswith("notice_events")
    assert all(kind.kind == name for name, kind in found.items())
    assert "event" not in found


@pytest.mark.parametrize("kind", kinds().values(), ids=kinds())
def test_what_may_be_missing_need_not_be_given(kind: type[Event]) -> None:
    """None is not written, so a member that may be None must be readable where it is not there."""
    personal = personal_fields(kind)
    for name, member in kind.model_fields.items():
        may_miss = type(None) in get_args(member.annotation)
        assert not (may_miss and member.is_required()) or name in personal, name


def test_nothing_else_is_an_event() -> None:
    body = opened()[0].sealed().body
    for sealed in (Sealed("of-my-own", body, ()), Sealed("award-opened", {**body, "more": 1}, ())):
        with pytest.raises(RegisterError, check=lambda error: error.code == "REGISTER-EVENT"):
            restore(sealed)


def test_subjects_are_named_by_streams_and_digests() -> None:
    assert subject_of_award("a1") == A1
    assert subject_of_address("https://x.example/1").startswith("foreign:")
    assert Matter({A1: done()}).add(
        Case.report(actor(None, days=2), report(), case="c1", awards=(Award.of(done()),))
    ).case.subjects == (A1,)
