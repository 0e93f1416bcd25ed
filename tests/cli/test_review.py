"""What is overdue and due soon, at the command line."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from cli.conftest import Clock
from cli.running import CommandLine
from openbadge_issuer.cli.home_options import open_office

MEMBERS = ["code", "overdue", "due", "about", "message", "advice"]
AS_MARIT = ("--as", "Marit de Vries")


@pytest.fixture
def trained(run: CommandLine, org: Path) -> Path:
    """A home in which everybody is trained, so that nothing waits."""
    for name, by in (("Marit de Vries", "Jan"), ("Jan", "Marit de Vries"), ("Kim", "Marit de Vries")):
        assert run("role", "train", name, "Badges", "--as", by).code == 0
    return org


@pytest.mark.usefixtures("trained")
def test_where_nothing_waits_the_list_is_empty(run: CommandLine) -> None:
    ran = run("review", "due", "--strict")
    assert (ran.code, ran.items, ran.err) == (0, [], "")


@pytest.mark.usefixtures("trained")
def test_what_is_due_soon_is_listed_and_what_is_overdue_fails_when_asked(
    run: CommandLine, clock: Clock
) -> None:
    clock.now += timedelta(days=340)
    ran = run("review", "due", "--strict")
    assert ran.code == 0
    assert {one["code"] for one in ran.items} == {"TRAINING-SOON"}
    assert all(list(one) == MEMBERS for one in ran.items)
    assert run("review", "due", "--ahead", "1 week").items == []
    clock.now += timedelta(days=30)
    assert run("review", "due").code == 0
    ran = run("review", "due", "--strict")
    assert ran.code == 1
    assert [one["overdue"] for one in ran.items] == [True] * 3
    assert ran.err.splitlines()[0].startswith("! The training of")
    dutch = run("review", "due", "--lang", "nl")
    assert dutch.out == ran.out
    assert dutch.err.splitlines()[0].startswith("! De training van")


@pytest.mark.usefixtures("org")
def test_a_period_that_is_none_is_wrong_usage(run: CommandLine) -> None:
    ran = run("review", "due", "--ahead", "soon")
    assert (ran.code, ran.out) == (2, b"")
    assert "“soon” is no period" in ran.err


@pytest.mark.usefixtures("trained")
def test_it_reminds_of_publishing(run: CommandLine, clock: Clock) -> None:
    assert run("publish", *AS_MARIT).code == 0
    assert run("review", "due").items == []
    clock.now += timedelta(days=25)
    assert [one["code"] for one in run("review", "due").items] == ["REMINDER-PUBLISH"]
    clock.now += timedelta(days=6)
    assert run("review", "due", "--strict").code == 1


def test_misuse_is_shown_to_who_handles_it(run: CommandLine, trained: Path, clock: Clock) -> None:
    with open_office(trained) as here, here.desk("Kim") as desk:
        desk.misuse.report("Badges for money.", about=here.person("Jan"))
    clock.now += timedelta(days=50)
    shown = run("review", "due", "--strict", *AS_MARIT)
    assert (shown.code, [one["code"] for one in shown.items]) == (1, ["REMINDER-MISUSE"])
    assert "money" not in shown.text
    for actor in ((), ("--as", "Jan"), ("--as", "Kim")):
        assert run("review", "due", "--strict", *actor).items == []
    assert run("review", "due", "--as", "nobody").refused(2, "HOME-WHO-UNKNOWN")


def test_a_record_of_publications_that_cannot_be_read_is_told(run: CommandLine, trained: Path) -> None:
    (trained / "private/published.json").write_text("nonsense")
    assert run("review", "due").refused(2, "HOME-FILE", "published.json")
