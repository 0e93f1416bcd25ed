"""The office over a register in SQLite: whatever people try, it keeps its promises."""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from office_machine import OfficeMachine


def test_whatever_people_try_the_office_keeps_its_promises() -> None:
    run_state_machine_as_test(
        OfficeMachine,
        settings=settings(
            max_examples=4,
            stateful_step_count=40,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],
        ),
    )
