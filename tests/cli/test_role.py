"""Roles at the command line."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cli.conftest import Clock
from cli.running import CommandLine, Ran
from openbadge_issuer.assertions.json_text import JsonObject

AS_MARIT = ("--as", "Marit de Vries")
MEMBERS = [
    "person", "name", "role", "begins", "ends", "badges", "deputyOf", "emergency", "provisional",
    "trainedUntil",
]  # fmt: skip


def roles(run: CommandLine, *options: str) -> dict[tuple[str, str], JsonObject]:
    """What `role list` lists, by name and role."""
    return {(str(one["name"]), str(one["role"])): one for one in run("role", "list", *options).items}


def roles_in(ran: Ran) -> list[JsonObject]:
    """The roles in what a command says that it did."""
    assert ran.code == 0, ran.err
    found = ran.data["roles"]
    assert isinstance(found, list)
    return [one for one in found if isinstance(one, dict)]


@pytest.mark.usefixtures("org")
def test_a_role_is_granted_with_its_limits(run: CommandLine) -> None:
    options = ("--from", "2026-03-10", "--until", "2026-06-01", "--badge", "host", "--badge", "guide")
    ran = run("role", "grant", "Kim", "manager", *options, "--reason", "Help.", *AS_MARIT)
    role = roles_in(ran)[0]
    assert list(role) == MEMBERS
    assert ran.data["name"] == role["name"] == "Kim"
    assert (role["begins"], role["ends"]) == ("2026-03-09T23:00:00Z", "2026-05-31T22:00:00Z")  # in Amsterdam
    assert role["badges"] == ["host", "guide"]
    assert roles(run)["Kim", "manager"] == role


@pytest.mark.usefixtures("org")
def test_a_deputy_stands_in_for_a_colleague(run: CommandLine) -> None:
    ran = run("role", "grant", "Kim", "manager", "--deputy-of", "Jan", *AS_MARIT)
    assert roles_in(ran)[0]["deputyOf"] == roles(run)["Jan", "manager"]["person"]


@pytest.mark.usefixtures("org")
def test_somebody_new_is_named_as_in_their_file_or_as_said(run: CommandLine) -> None:
    for name, email in (("Sam Peters", "sam@badges.example"), ("Bo", "bo@badges.example")):
        run("person", "add", "--name", name, "--email", email, *AS_MARIT)
    assert run("role", "grant", "sam@badges.example", "assessor", *AS_MARIT).data["name"] == "Sam Peters"
    assert (
        run("role", "grant", "bo@badges.example", "assessor", "--name", "Bo de Wit", *AS_MARIT).data["name"]
        == "Bo de Wit"
    )
    assert {name for name, _ in roles(run)} == {"Marit de Vries", "Jan", "Kim", "Sam Peters", "Bo de Wit"}


@pytest.mark.usefixtures("org")
def test_what_the_policy_does_not_allow_is_refused_and_nothing_is_recorded(run: CommandLine) -> None:
    before = run("role", "list", "--all").out
    grant = ("role", "grant", "Kim")
    assert run(*grant, "manager", "--as", "Kim").refused(1, "POLICY-NO-RIGHT", "Kim")
    assert run(*grant, "king", *AS_MARIT).refused(1, "ROLE-UNKNOWN", "king")
    assert run(*grant, "assessor", *AS_MARIT).refused(1, "ROLE-HELD")
    assert run(*grant, "manager", "--from", "2026-02-01", *AS_MARIT).refused(1, "POLICY-PAST", "2026-02-01")
    assert run(*grant, "manager", "--until", "2026-03-02", *AS_MARIT).refused(1, "ROLE-PERIOD")
    assert run("role", "grant", "nobody", "manager", *AS_MARIT).refused(2, "HOME-WHO-UNKNOWN", "nobody")
    ran = run(*grant, "manager", "--from", "soon", *AS_MARIT)
    assert (ran.code, ran.out) == (2, b"")
    assert "“soon” is no date" in ran.err
    assert run("role", "list", "--all").out == before


@pytest.mark.usefixtures("org")
def test_a_role_is_ended_and_what_was_is_listed_when_asked(run: CommandLine, clock: Clock) -> None:
    ran = run("role", "end", "Kim", "assessor", "--reason", "Moved.", *AS_MARIT)
    assert roles_in(ran) == []
    clock.now += timedelta(minutes=1)
    assert ("Kim", "assessor") not in roles(run)
    assert roles(run, "--all")["Kim", "assessor"]["ends"] is not None


@pytest.mark.usefixtures("org")
def test_a_role_is_laid_down_by_its_holder_from_a_day_on(run: CommandLine) -> None:
    ran = run("role", "end", "Kim", "assessor", "--from", "2026-04-01", "--as", "Kim")
    assert roles_in(ran)[0]["ends"] == "2026-03-31T22:00:00Z"


@pytest.mark.usefixtures("org")
def test_the_last_who_may_grant_roles_stays(run: CommandLine) -> None:
    assert run("role", "end", "Jan", "manager", *AS_MARIT).code == 0
    ran = run("role", "end", "Marit de Vries", "manager", *AS_MARIT)
    assert ran.refused(1, "ROLE-LAST-GRANTER", "Marit de Vries")


@pytest.mark.usefixtures("org")
def test_roles_are_handed_over(run: CommandLine, clock: Clock) -> None:
    run("role", "grant", "Kim", "manager", "--deputy-of", "Jan", *AS_MARIT)
    run("person", "add", "--name", "Sam", "--email", "sam@badges.example", *AS_MARIT)
    ran = run("role", "handover", "Jan", "sam@badges.example", "--reason", "Jan leaves.", *AS_MARIT)
    assert (ran.data["name"], ran.data["cases"]) == ("Sam", [])
    assert [one["role"] for one in roles_in(ran)] == ["manager"]
    assert ran.err == "Kim stood in for the giver, and still holds that role.\n"
    clock.now += timedelta(minutes=1)
    assert {name for name, role in roles(run) if role == "manager"} == {"Marit de Vries", "Kim", "Sam"}
    assert run("role", "handover", "Jan", "Sam", "--reason", "x", *AS_MARIT).refused(1, "ROLE-NOT-HELD")
    assert run("role", "handover", "Sam", "Sam", "--reason", "x", *AS_MARIT).refused(1, "ROLE-HANDOVER-SELF")


@pytest.mark.usefixtures("org")
def test_one_role_of_several_is_handed_over(run: CommandLine, clock: Clock) -> None:
    run("role", "grant", "Kim", "manager", *AS_MARIT)
    run("person", "add", "--name", "Sam", "--email", "sam@badges.example", *AS_MARIT)
    ran = run(
        "role", "handover", "Kim", "sam@badges.example", "--role", "assessor", "--reason", "Less.", *AS_MARIT
    )
    assert [one["role"] for one in roles_in(ran)] == ["assessor"]
    clock.now += timedelta(minutes=1)
    assert {role for name, role in roles(run) if name == "Kim"} == {"manager"}


@pytest.mark.usefixtures("org")
def test_a_role_is_taken_in_an_emergency_and_everybody_sees_it(run: CommandLine) -> None:
    ran = run("role", "take", "manager", "--reason", "Nobody answers.", "--as", "Kim")
    assert roles_in(ran)[0]["emergency"] is True
    assert roles_in(ran)[0]["ends"] is not None
    assert "review due shows it" in ran.err
    due = run("review", "due")
    assert "ROLE-TAKEN" in {one["code"] for one in due.items}
    assert "Nobody answers." in due.err
    assert run("role", "take", "manager", "--reason", " ", "--as", "Jan").refused(1, "ROLE-EMERGENCY-REASON")


@pytest.mark.usefixtures("org")
def test_a_training_is_recorded(run: CommandLine) -> None:
    ran = run("role", "train", "Kim", "Our policy", "--held", "2026-02-01", "--trainer", "Jan", *AS_MARIT)
    assert roles_in(ran)[0]["trainedUntil"] == "2027-02-01T23:00:00Z"
    assert run("role", "train", "Kim", "x", "--trainer", "Kim", *AS_MARIT).refused(1, "TRAINING-OWN")
    assert run("role", "train", "Kim", "x", "--held", "2027-01-01", *AS_MARIT).refused(1, "TRAINING-FUTURE")
    assert run("role", "train", "Kim", "x", "--as", "Kim").refused(1, "POLICY-NO-RIGHT")
    own = ("role", "train", "Marit de Vries", "x", "--reason", "I read it.", *AS_MARIT)
    assert run(*own).refused(1, "TRAINING-SELF")


@pytest.mark.usefixtures("org")
def test_what_was_done_lasts_even_if_it_cannot_be_told(
    run: CommandLine, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("openbadge_issuer.cli.role.deliver", broken)
        ran = run("role", "end", "Kim", "assessor", *AS_MARIT)
    assert (ran.code, ran.out) == (2, b"")
    clock.now += timedelta(minutes=1)
    assert ("Kim", "assessor") not in roles(run)
