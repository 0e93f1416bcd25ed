"""A key that others may have, in a home: the register tells what was signed, and cases what becomes of it."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from cli.conftest import Clock
from cli.running import CommandLine, Ran
from openbadge_issuer import Documents, verify
from openbadge_issuer.assertions.json_text import JsonValue
from openbadge_issuer.cli.home_options import open_office
from openbadge_issuer.policy.person_events import PersonDetails
from openbadge_issuer.signing.key_ring_file import read_key_ring

AS_JAN = ("--as", "Jan")
LIST = ".well-known/compromised-keys.jwt"


def award(org: Path, email: str) -> tuple[str, str]:
    """Award a badge and sign it; return the award and the badge."""
    with open_office(org) as here:
        with here.evidence([org / "plan.txt"]) as plan, here.desk("Marit de Vries") as desk:
            person = desk.people.register(PersonDetails(name=email, email=email))
            made = desk.awards.open("host", person).id
            desk.awards.assess(made, "led", "met", observed="Seen.")
            desk.awards.assess(made, "plan", "met", form="document", evidence=plan)
        with here.desk("Jan") as desk:
            desk.awards.grant(made)
        here.office.sign_waiting(here.person("Jan"), now=here.now())
        with here.desk("Jan") as desk:
            text = desk.awards.get(made).signed[0].signed
    assert text is not None
    return made, text


def listed(ran: Ran, name: str) -> list[JsonValue]:
    """An array in the result."""
    value = ran.data[name]
    assert isinstance(value, list)
    return value


def moment(clock: Clock) -> str:
    """A moment after everything so far."""
    clock.now += timedelta(minutes=1)
    said = clock.now.isoformat().replace("+00:00", "Z")
    clock.now += timedelta(minutes=1)
    return said


def believed(badge: str, clock: Clock) -> bool:
    """Verify a badge by a compromised key as a stranger does, with what was published."""
    report = verify(badge, now=clock.now, documents=Documents.from_index(Path("documents.json")))
    assert "PROOF-KEY-COMPROMISED" in {found.code for found in report.findings}
    return report.accepted


def compromise(run: CommandLine, since: str, *more: str) -> Ran:
    return run("key", "compromise", "key-1", "--since", since, *AS_JAN, *more)


@pytest.fixture
def rotated(run: CommandLine, offered: Path) -> Path:
    """The home, in which another key has come into use."""
    assert run("key", "rotate", "private/second.key", "--ring", "private/keys.json").code == 0
    return offered


def states() -> list[str]:
    return [key.status for key in read_key_ring(Path("private/keys.json")).keys]


def test_everything_is_found_in_the_home_and_goes_its_way(
    run: CommandLine, offered: Path, clock: Clock
) -> None:
    _, early = award(offered, "ada@example.org")
    since = moment(clock)
    made, late = award(offered, "grace@example.org")
    assert run("key", "rotate", "private/second.key", "--ring", "private/keys.json").code == 0
    ran = compromise(run, since, "--yes")
    assert ran.code == 0, ran.err
    assert [ran.data[name] for name in ("key", "changed", "signed", "erased", "signedList")] == [
        "key-1", True, 2, 0, str(offered / "public" / LIST),
    ]  # fmt: skip
    (affected,), (case,) = listed(ran, "affected"), listed(ran, "cases")
    assert isinstance(affected, dict)
    assert affected["award"] == made
    assert f"Then handle the cases, one for each holder: {case}" in ran.err
    assert states() == ["compromised", "active"]
    told = run("case", "show", str(case), *AS_JAN)
    assert made in told.text
    assert run("publish", "--index", "documents.json", *AS_JAN).code == 0
    index = json.loads(Path("documents.json").read_text())
    assert index[f"https://badges.example/{LIST}"] == f"public/{LIST}"
    assert believed(early, clock)
    assert believed(late, clock)


def cases(home: Path) -> list[str]:
    with open_office(home) as here, here.desk("Jan") as desk:
        return [case.id for case in desk.cases.all()]


def test_a_second_run_does_what_a_killed_one_left(
    run: CommandLine, offered: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The ring is written last, so it does not call the key compromised before all the rest is done."""
    award(offered, "ada@example.org")
    award(offered, "grace@example.org")
    assert run("key", "rotate", "private/second.key", "--ring", "private/keys.json").code == 0

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("openbadge_issuer.signing.key_ring_file.write_key_ring", killed)
        assert compromise(run, "2026-01-31", "--yes").code != 0
    assert states() == ["retired", "active"]
    assert len(cases(offered)) == 2
    ran = compromise(run, "2026-01-31", "--yes")
    assert ran.code == 0
    assert sorted(map(str, listed(ran, "cases"))) == sorted(cases(offered))
    assert len(cases(offered)) == 2
    assert states() == ["compromised", "active"]


def test_a_list_that_cannot_be_written_changes_nothing(run: CommandLine, offered: Path) -> None:
    award(offered, "ada@example.org")
    assert run("key", "rotate", "private/second.key", "--ring", "private/keys.json").code == 0
    (offered / "public" / LIST).mkdir(parents=True)
    assert "CLI-WRITE" in compromise(run, "2026-01-31", "--yes").err
    assert states() == ["retired", "active"]
    assert cases(offered) == []


def test_without_a_yes_nothing_changes(run: CommandLine, rotated: Path) -> None:
    before = {path: path.read_bytes() for path in rotated.rglob("*") if path.is_file()}
    ran = compromise(run, "2026-01-31")
    assert (ran.code, ran.data["changed"], ran.data["cases"]) == (2, False, [])
    assert "RING-NOT-CONFIRMED" in ran.err
    assert {path: path.read_bytes() for path in rotated.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    "options",
    [
        ("--status-list", "private/register.db"),
        ("--ring", "private/keys.json", "--issued", "public"),
        ("--revocation-list", "public/list.json"),
        ("--signed-list", "list.jwt", "--key", "private/second.key"),
        ("--reason", "It was stolen."),
    ],
)
def test_there_is_no_side_door(run: CommandLine, rotated: Path, options: tuple[str, ...]) -> None:
    assert compromise(run, "2026-01-31", *options, "--yes").refused(
        1, "POLICY-IN-FORCE", str(rotated), "key compromise NAME --since WHEN"
    )
    assert states() == ["retired", "active"]


def test_only_who_looks_after_the_keys_says_so(run: CommandLine, rotated: Path) -> None:
    del rotated
    ran = run("key", "compromise", "key-1", "--since", "2026-01-31", "--as", "Kim", "--yes")
    assert ran.refused(1, "POLICY-NO-RIGHT")
    assert states() == ["retired", "active"]


def test_the_only_key_is_compromised_at_once_and_another_comes_after(
    run: CommandLine, offered: Path, clock: Clock
) -> None:
    _, badge = award(offered, "ada@example.org")
    ran = compromise(run, "2026-01-31", "--yes")
    assert (ran.code, ran.data["signedList"]) == (0, None)
    assert len(listed(ran, "cases")) == 1
    assert "No key is in use any more. Take one: key rotate" in ran.err
    assert run("publish", *AS_JAN).code == 2
    assert run("key", "rotate", "private/second.key", "--ring", "private/keys.json").code == 0
    assert run("publish", "--index", "documents.json", *AS_JAN).code == 0
    assert believed(badge, clock)
