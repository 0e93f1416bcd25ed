"""Awards through the register: recorded by themselves, and through an office that runs a policy."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import ExitStack
from itertools import count
from pathlib import Path

from job import Job
from openbadge_issuer.policy.person_events import PersonDetails
from openbadge_issuer.register import Register
from register_jobs import BATCH, SETTINGS, Filled, own_postgresql, register_jobs

_TESTS = Path(__file__).resolve().parents[1] / "tests"
_DATABASES = ("measured", "office")


def recorded_awards(stack: ExitStack, folder: Path) -> tuple[list[Job], list[str]]:
    """List the jobs, for SQLite and for PostgreSQL; return also a plain word for what is skipped."""
    create, skipped = stack.enter_context(own_postgresql()), []
    urls = {"SQLite": [f"sqlite:///{folder / name}.db" for name in _DATABASES]}
    if create is None:
        skipped.append("PostgreSQL: its programs, or psycopg, are not installed here")
    else:
        urls["PostgreSQL"] = [create(name) for name in _DATABASES]
    registers = {
        name: Filled.new(stack.enter_context(Register.create(url, settings=SETTINGS)))
        for name, (url, _) in urls.items()
    }
    jobs = [
        Job(name, run, references, "register", waits=True, batch=BATCH if str(BATCH) in name else 1)
        for name, run, references in register_jobs(registers, folder)
    ]
    for name, (_, url) in urls.items():
        own = folder / f"office of {name}"
        own.mkdir()
        run = _through_the_office(stack, own, url)
        references = (jobs[0].name, f"{name}: one award")
        jobs.append(Job(f"{name}: an award through the office", run, references, "register", waits=True))
    return jobs, skipped


def _through_the_office(stack: ExitStack, folder: Path, url: str) -> Callable[[], object]:
    """Found an office, and return what awards a badge to one person more."""
    sys.path.insert(0, str(_TESTS))
    from badge_offices import JAN, MARIT, organisation  # noqa: PLC0415  # from the tests, found just now

    house = organisation(folder, url=url)
    stack.callback(house.office.register.close)
    plan, numbers = house.plan, count()

    def award() -> None:
        number = next(numbers)
        with house.desk(MARIT) as desk:
            ada = desk.people.register(PersonDetails(name="Ada", email=f"person{number}@example.org"))
            name = desk.awards.open("facilitator", ada).id
            desk.awards.assess(name, "led", "met", observed="I was there.")
            desk.awards.assess(name, "plan", "met", form="document", evidence=[plan])
        with house.desk(JAN) as desk:
            desk.awards.grant(name)
        [signed] = house.office.sign_waiting(JAN, now=house.tick(), only=[name])
        assert signed.signed

    return award
