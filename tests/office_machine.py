"""A machine of hypothesis that runs an office over a register, and what must hold after every step."""

from __future__ import annotations

import random
import tempfile
from collections import Counter
from collections.abc import Callable, Collection
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from badge_offices import JAN, KIM, MARIT, SAM
from office_promises import Seen, check_records
from office_steps import ALL, AWARDS, CASES, OFFICE, RECORDS, Step, anybody
from office_walks import go_on
from office_world import World, new_world

REACHED: Counter[str] = Counter()
"""The kinds of events and the codes of refusals that the walks met."""
SEEDS = st.integers(0, 2**32).map(random.Random)  # a walk is told by its seeds
HOURS = st.sampled_from((0, 0, 0, 1, 24, 24 * 7, 24 * 20))
THREE_YEARS = 0.01
"""How often so much time goes by that records are destroyed."""
STEPS_BEFORE = 25


class OfficeMachine(RuleBasedStateMachine):
    """An office with its catalogue, people, awards, cases and publications, driven by random people."""

    world: World

    def __init__(self, new_database: Callable[[], str] | None = None) -> None:
        super().__init__()
        self.new_database = new_database
        self.folder = tempfile.TemporaryDirectory()
        self.checked = -1
        self.seen: Seen | None = None

    @initialize(dice=SEEDS)
    def some_badges_were_awarded(self, dice: random.Random) -> None:
        """There is something to doubt."""
        url = self.new_database() if self.new_database else None
        self.world = new_world(Path(self.folder.name), dice, REACHED, url=url)
        for _ in range(STEPS_BEFORE):
            go_on(self.world, dice)

    def time_goes_by(self, hours: int, dice: random.Random) -> None:
        """Deadlines pass, now and then also those until when records are kept."""
        self.world.house.now += timedelta(hours=hours, days=3 * 366 if dice.random() < THREE_YEARS else 0)

    @rule(dice=SEEDS, hours=HOURS, step=st.sampled_from(ALL))
    def somebody_tries_something(self, dice: random.Random, hours: int, step: Step) -> None:
        """Anybody tries anything."""
        self.time_goes_by(hours, dice)
        step(self.world, anybody(dice), dice)
        go_on(self.world, dice)

    @rule(dice=SEEDS, hours=HOURS, step=st.sampled_from((*AWARDS, *CASES, *OFFICE, *RECORDS)))
    def a_manager_tries_something(self, dice: random.Random, hours: int, step: Step) -> None:
        """Somebody who may do most things tries one."""
        self.time_goes_by(hours, dice)
        step(self.world, dice.choice((MARIT, JAN, SAM, KIM)), dice)
        go_on(self.world, dice)

    @rule(dice=SEEDS, hours=HOURS)
    def what_is_next_is_done_by_who_can(self, dice: random.Random, hours: int) -> None:
        """Procedures go on."""
        self.time_goes_by(hours, dice)
        go_on(self.world, dice)
        self.all_that_was_promised_holds()
        go_on(self.world, dice)

    @invariant()
    def all_that_was_promised_holds(self) -> None:
        """The office keeps its promises."""
        length = self.world.house.head.length
        if length != self.checked:
            self.checked = length
            self.seen = check_records(self.world)

    def teardown(self) -> None:
        """Take the office down."""
        if self.seen is not None:
            REACHED.update({event.kind for events in self.seen.streams.values() for event in events})
        if hasattr(self, "world"):
            self.world.house.office.register.close()
        self.folder.cleanup()


WANTED = {
    "policy-adopted", "status-list-opened", "role-granted", "badge-defined", "badge-reviewed",
    "badge-activated", "person-registered", "award-opened", "criterion-assessed", "award-granted",
    "credential-signed", "award-published", "holder-informed", "case-reported", "investigator-assigned",
    "suspension-asked", "award-suspended", "finding-recorded", "case-decided", "effect-carried-out",
    "award-revoked", "award-replaced", "assessment-carried", "status-bit-set",
    "objection-made", "objection-decided", "prevention-planned", "case-closed", "person-erased",
    "records-erased", "evidence-consent-given", "claim-code-given", "role-ended", "suspension-lifted",
    "misuse-reported",
}  # fmt: skip
"""What the walks of a test come to at least."""


USUAL = {"award-granted", "credential-signed", "holder-informed", "case-decided", "case-closed"}
"""What a few walks come to at least."""


def run(
    machine: Callable[[], OfficeMachine],
    *,
    examples: int,
    steps: int,
    wanted: Collection[str] = frozenset(WANTED),
) -> None:
    """Let offices run, and see that their walks reach what they are to test."""
    REACHED.clear()
    run_state_machine_as_test(
        machine,  # type: ignore[arg-type]  # whatever makes one will do
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],  # a walk of many steps shrinks too slowly to be worth it
        ),
    )
    missing = sorted(set(wanted) - REACHED.keys())
    assert missing == [], f"the walks do not reach {missing}"
