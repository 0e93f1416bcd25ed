"""The office over a register in SQLite: whatever people try, it keeps its promises."""

from __future__ import annotations

from office_machine import OfficeMachine, run


def test_whatever_people_try_the_office_keeps_its_promises() -> None:
    run(OfficeMachine, examples=12, steps=40)
