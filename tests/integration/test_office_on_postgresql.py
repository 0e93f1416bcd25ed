"""The office over a register in PostgreSQL: whatever people try, it keeps its promises there too."""

from __future__ import annotations

from contextlib import ExitStack
from itertools import count

from integration.postgresql import Cluster
from office_machine import USUAL, OfficeMachine, run


def test_whatever_people_try_the_office_keeps_its_promises(postgresql: Cluster, worker_id: str) -> None:
    numbers = count(1)
    with ExitStack() as stack:

        def new_database() -> str:
            name = f"office_{worker_id}_{next(numbers)}"
            stack.callback(postgresql.drop, name)
            return postgresql.create(name)

        run(lambda: OfficeMachine(new_database), examples=5, steps=40, wanted=USUAL)
