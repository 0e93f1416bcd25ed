"""A candidate who does not agree, at the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.conftest import Clock
from cli.running import CommandLine

AS_JAN, AS_MARIT = ("--as", "Jan"), ("--as", "Marit de Vries")


@pytest.fixture
def not_yet(run: CommandLine, offered: Path) -> str:
    """An award that Jan decided "not yet", and told Ada of."""
    del offered
    person = ("--name", "Ada", "--email", "ada@example.org", "--language", "nl")
    assert run("person", "add", *person, *AS_MARIT).code == 0
    award = str(run("award", "open", "host", "--to", "ada@example.org", *AS_JAN).data["award"])
    assert (
        run(
            "award", "assess", award, "led", "--outcome", "not-met", "--observed", "Half of it.", *AS_JAN
        ).code
        == 0
    )
    assert run("award", "not-yet", award, "--feedback", "Leid hem helemaal.", *AS_JAN).code == 0
    told = run("award", "complete", award, *AS_JAN).data["told"]
    assert isinstance(told, list)
    assert len(told) == 1
    return award


def _notice(award: str, kind: str) -> str:
    (path,) = Path("private/outbox").glob(f"award-{award}*-{kind}.eml")
    return path.read_text()


def test_an_objection_to_not_yet_goes_all_its_way(run: CommandLine, not_yet: str, clock: Clock) -> None:
    ran = run("award", "object", not_yet, "Ik leidde hem helemaal.", *AS_JAN)
    assert (ran.code, ran.data["phase"]) == (0, "objection"), ran.err
    assert ran.data["objection"] == {"case": None, "verdict": None}
    assert run("award", "complete", *AS_JAN).code == 0
    assert "bezwaar" in _notice(not_yet, "objection-received")
    clock.now = clock.now.replace(year=clock.now.year + 1)
    due = run("review", "due")
    assert "REMINDER-AWARD-OBJECTION" in [one["code"] for one in due.items]
    given = ("award", "decide-objection", not_yet, "upheld", "--reason", "De opname laat het zien.")
    assert run(*given, *AS_JAN).refused(1, "CASE-SAME-DECIDER")
    ran = run(*given, *AS_MARIT)
    assert (ran.code, ran.data["phase"]) == (0, "open"), ran.err
    assert ran.data["objection"] == {"case": None, "verdict": "upheld"}
    assert run("award", "complete", *AS_JAN).code == 0
    assert "beoordelen" in _notice(not_yet, "assessed-anew")
    assert run("award", "object", not_yet, "Weer.", *AS_JAN).refused(1, "AWARD-NOT-DECIDED")


def test_why_a_candidate_cannot_be_told_is_recorded(run: CommandLine, not_yet: str) -> None:
    assert run("award", "object", not_yet, "Ik leidde hem helemaal.", *AS_JAN).code == 0
    given = ("award", "decide-objection", not_yet, "rejected", "--reason", "De opname laat het zien.")
    assert run(*given, *AS_MARIT).data["phase"] == "not-yet"
    assert run("award", "inform", not_yet, "--impossible", "Verhuisd.", *AS_JAN).code == 0
    assert run("award", "complete", not_yet, *AS_JAN).data["told"] == []


def test_an_objection_about_a_badge_begins_a_case(run: CommandLine, offered: Path) -> None:
    (offered / "people.csv").write_text(
        "name,email,language,led,led.seen,plan,plan.evidence\nAda,ada@example.org,en,yes,Seen.,yes,plan.txt\n"
    )
    listed = ("--from", "people.csv", "--badge", "host", "--assessor", "Kim")
    (row,) = run("award", *listed, *AS_JAN).items
    ran = run("award", "object", str(row["award"]), "My name is wrong.", *AS_JAN)
    assert ran.code == 0, ran.err
    objection = ran.data["objection"]
    assert isinstance(objection, dict)
    shown = run("case", "show", str(objection["case"]), *AS_MARIT)
    assert shown.data["subjects"] == [f"award:{row['award']}"]
    assert run("award", "object", str(row["award"]), "Again.", *AS_JAN).refused(1, "AWARD-OBJECTED")
