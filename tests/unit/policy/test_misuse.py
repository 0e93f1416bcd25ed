"""Matters of misuse: restricted, recorded and never decided here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from openbadge_issuer.policy.event import Event
from openbadge_issuer.policy.event_kinds import restore
from openbadge_issuer.policy.misuse import Misuse
from openbadge_issuer.policy.misuse_events import MeasureRecorded
from procedures import POLICY, actor, policy, refused, staff

RULES = policy(
    roles={
        "manager": {"name": {"en": "Manager"}, "rights": ("award", "handle-misuse")},
        "assessor": {"name": {"en": "Assessor"}, "rights": ("assess",)},
        "board": {"name": {"en": "Board"}, "rights": ("handle-misuse",)},
    }
)


def _reported() -> tuple[Event, ...]:
    return Misuse.report(
        actor(None),
        misuse="m1",
        about="ada",
        involved=("ben",),
        text="Ada sells badges.",
        reporter="cor",
        name="Cor Visser",
    )


def _act(events: tuple[Event, ...], step: Callable[[Misuse], tuple[Event, ...]]) -> tuple[Event, ...]:
    return (*events, *step(Misuse.of(events)))


def test_a_matter_walks_from_report_to_closed() -> None:
    hal = actor("hal", days=1, rules=RULES)
    events = _reported()
    phases = [Misuse.of(events).phase]
    events = _act(events, lambda matter: matter.assign(hal, "hal"))
    phases.append(Misuse.of(events).phase)
    events = _act(events, lambda matter: matter.note(hal, "Two people paid."))
    events = _act(
        events,
        lambda matter: matter.measure(hal, "warning", decided_by="The board.", text="Once more, and out."),
    )
    events = _act(events, lambda matter: matter.close(hal, "Warned."))
    matter = Misuse.of(events)
    phases.append(matter.phase)
    assert phases == ["reported", "handled", "closed"]
    assert [one.measure for one in matter.measures] == ["warning"]
    for step in (lambda matter: matter.assign(hal, "hal"), lambda matter: matter.note(hal, "More.")):
        with refused("MISUSE-CLOSED"):
            _act(events, step)


def test_the_facts_tell_when_and_not_who() -> None:
    facts = Misuse.of(_reported()).facts(POLICY)
    assert (facts.phase, facts.person, facts.key, facts.closed) == ("reported", None, None, False)
    assert facts.due == datetime(2026, 4, 13, 22, tzinfo=UTC)


def test_there_is_no_matter_without_events() -> None:
    with refused("MISUSE-UNKNOWN"):
        Misuse.of(())


def test_who_has_a_part_in_it_does_not_handle_it() -> None:
    matter = Misuse.of(_reported())
    for person in ("ada", "ben", "cor"):
        with refused("MISUSE-INVOLVED"):
            matter.assign(actor(person, days=1, rules=RULES), "hal")
        with refused("MISUSE-INVOLVED"):
            matter.assign(actor("hal", days=1, rules=RULES), person)


def test_only_who_handles_misuse_works_on_it() -> None:
    matter = Misuse.of(_reported())
    with refused("POLICY-NO-RIGHT"):
        matter.assign(actor("dee", days=1, rules=RULES), "hal")
    with refused("MISUSE-HANDLER"):
        matter.assign(actor("hal", days=1, rules=RULES), "dee")
    with refused("MISUSE-NOT-HANDLER"):
        matter.note(actor("hal", days=1, rules=RULES), "I looked.")
    team = staff("hal", "dee")
    other = Misuse.of((*_reported(), *matter.assign(actor("hal", days=1, rules=RULES), "hal")))
    with refused("POLICY-NO-RIGHT"):
        other.note(actor("dee", days=2, team=team, rules=RULES), "I looked.")


@pytest.mark.parametrize(
    ("step", "code"),
    [
        (lambda matter, hal: matter.measure(hal, "prison", decided_by="B.", text="No."), "MISUSE-MEASURE"),
        (lambda matter, hal: matter.measure(hal, "warning", decided_by=" ", text="No."), "CASE-TEXT"),
        (lambda matter, hal: matter.measure(hal, "warning", decided_by="B.", text=""), "CASE-TEXT"),
        (lambda matter, hal: matter.note(hal, ""), "CASE-TEXT"),
        (lambda matter, hal: matter.close(hal, ""), "CASE-TEXT"),
    ],
)
def test_what_is_recorded_says_something(step: Callable[[Misuse, object], object], code: str) -> None:
    hal = actor("hal", days=1, rules=RULES)
    matter = Misuse.of(_act(_reported(), lambda matter: matter.assign(hal, "hal")))
    with refused(code):
        step(matter, hal)
    with refused("CASE-TEXT"):
        Misuse.report(hal, misuse="m1", about=None, text=" ")
    with refused("POLICY-ORDER"):
        matter.note(actor("hal", days=0, rules=RULES), "Before.")


def test_what_stays_of_a_matter_names_nobody_but_who_handled_it() -> None:
    hal = actor("hal", days=1, rules=RULES)
    events = _act(_reported(), lambda matter: matter.assign(hal, "hal"))
    events = _act(
        events, lambda matter: matter.measure(hal, "warning", decided_by="The board.", text="Ada, stop.")
    )
    bodies = str([event.sealed().body for event in events]).lower()
    assert not any(word in bodies for word in ("ada", "ben", "cor", "warning", "sells"))
    classes = {part.record_class for event in events for part in event.sealed().parts if part}
    assert classes == {"misuse", "reporter", "person"}
    destroyed = []
    for event in events:
        sealed = event.sealed()
        destroyed.append(restore(type(sealed)(sealed.kind, sealed.body, (None,) * len(sealed.parts))))
    matter = Misuse.of(destroyed)
    assert (matter.phase, matter.involved, len(matter.measures)) == ("handled", frozenset(), 1)
    assert isinstance(destroyed[-1], MeasureRecorded)
    assert destroyed[-1].measure is None
