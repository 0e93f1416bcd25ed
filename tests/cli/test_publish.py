"""Publishing at the command line, and looking at it as a stranger has it."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from cli.conftest import Clock
from cli.running import CommandLine
from founded_homes import badge
from openbadge_issuer import Documents, verify
from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.cli.home_options import open_office
from openbadge_issuer.policy.badge import BadgeDefinition
from openbadge_issuer.policy.deciding import Ruling
from openbadge_issuer.policy.person_events import PersonDetails

AS_JAN = ("--as", "Jan")
ALWAYS = {".well-known/did.json", "annulments.jwt", "register-head.jwt", "status/revocation"}
REVOKED = Ruling(
    outcome="revoked",
    grounds="Five people confirm it.",
    ground="criteria-not-met",
    reason={"en": "It was not seen to its end.", "nl": "Het is niet tot het einde gezien."},
)


def below(folder: Path) -> set[str]:
    """The files in a folder."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def codes(items: list[JsonObject]) -> list[str]:
    """The codes of problems."""
    return [str(one["code"]) for one in items]


@pytest.fixture
def host(org: Path) -> Path:
    """A home with a badge in use."""
    with open_office(org) as here:
        with here.desk("Marit de Vries") as desk:
            desk.badges.define(badge())
        with here.desk("Jan") as desk:
            desk.badges.review("host")
            desk.badges.activate("host")
    return org


@pytest.fixture
def hosted(run: CommandLine, org: Path) -> Path:
    """A home that issues in Open Badges 2.0 too, with a badge in use."""
    policy = org / "badge-policy.toml"
    text = policy.read_text().replace('open_badges_2 = "none"', 'open_badges_2 = "hosted"')
    policy.write_text(text.replace('# url = "https://www', 'url = "https://www'))
    assert run("policy", "adopt", *AS_JAN).code == 0
    picture = Path(__file__).parents[2] / "examples/breakthrough/facilitator.svg"
    shown: JsonObject = {"file": "host.svg", "caption": {"en": "A circle.", "nl": "Een kring van mensen."}}
    definition = BadgeDefinition.model_validate({**badge().to_json(), "picture": shown})
    with open_office(org) as here:
        assert here.office.pictures is not None
        digest = here.office.pictures.put(picture.read_bytes()).digest
        with here.desk("Marit de Vries") as desk:
            desk.badges.define(definition, picture_digest=digest)
        with here.desk("Jan") as desk:
            desk.badges.review("host", picture_seen=True)
            desk.badges.activate("host")
    return org


def award(org: Path, email: str = "ada@example.org") -> tuple[str, str]:
    """Award a badge and sign it; return the award and the person."""
    with open_office(org) as here:
        with here.desk("Marit de Vries") as desk:
            person = desk.people.register(PersonDetails(name="Ada", email=email))
            made = desk.awards.open("host", person).id
            desk.awards.assess(made, "c0", "met", observed="Seen.")
        with here.desk("Jan") as desk:
            desk.awards.grant(made)
        here.office.sign_waiting(here.person("Jan"), now=here.now())
    return made, person


def signed(org: Path, made: str) -> dict[str, str]:
    """The signed copies of an award, by version."""
    with open_office(org) as here, here.desk("Jan") as desk:
        return {copy.version: copy.signed or "" for copy in desk.awards.get(made).signed}


def revoke(org: Path, made: str) -> None:
    """Doubt an award, and revoke it."""
    with open_office(org) as here:
        with here.desk(None, anonymous=True) as desk:
            case = desk.cases.report("She was not there.", awards=[made]).cases[0]
        kim = here.person("Kim")
        with here.desk("Jan") as desk:
            desk.roles.grant(kim, "manager")
            desk.roles.grant("sam", "manager", name="Sam")
        with here.desk("Kim") as desk:
            desk.cases.assign(case, kim)
            desk.cases.record_finding(case, "Nobody saw her.")
            desk.cases.offer_hearing(case)
            desk.cases.answer(case, "I left early.")
        with here.desk("Sam") as desk:
            desk.cases.decide(case, REVOKED)


def test_everything_public_is_written_into_the_home(run: CommandLine, host: Path) -> None:
    ran = run("publish", *AS_JAN)
    assert ran.code == 0
    assert list(ran.data) == ["folder", "length", "files", "removed"]
    assert (ran.data["folder"], ran.data["removed"]) == (f"{host}/public", [])
    made = {"achievements/host/1-en", "achievements/host/1-nl"}
    assert below(host / "public") == ALWAYS | made
    files = ran.data["files"]
    assert isinstance(files, dict)
    assert set(files.values()) == ALWAYS | made
    assert files["https://badges.example/status/revocation"] == "status/revocation"
    assert ran.err.startswith(f"{host}/public: the root of the web server.")


def test_the_signed_head_is_kept_in_the_home(run: CommandLine, host: Path) -> None:
    length = run("publish", *AS_JAN).data["length"]
    kept = host / f"private/heads/{length:012}.jwt"
    assert kept.read_bytes() == (host / "public/register-head.jwt").read_bytes()
    award(host)
    run("publish", *AS_JAN)
    assert len(below(host / "private/heads")) == 2


def test_another_folder_can_be_filled_with_an_index_for_verify(
    run: CommandLine, host: Path, home: Path, clock: Clock
) -> None:
    made, _ = award(host)
    ran = run("publish", home / "www", "--index", home / "documents.json", *AS_JAN)
    assert ran.code == 0
    index = json.loads((home / "documents.json").read_text())
    assert index["https://badges.example/.well-known/did.json"] == "www/.well-known/did.json"
    documents = Documents.from_index(home / "documents.json")
    report = verify(signed(host, made)["3.0"], documents=documents, now=clock())
    assert report.accepted, report


def test_an_index_stands_in_the_folder_or_above_it(run: CommandLine, host: Path, home: Path) -> None:
    run("publish", home / "www", "--index", home / "www/documents.json", *AS_JAN)
    index = json.loads((home / "www/documents.json").read_text())
    assert index["https://badges.example/status/revocation"] == "status/revocation"
    (home / "elsewhere").mkdir()
    ran = run("publish", home / "www2", "--index", home / "elsewhere/documents.json", *AS_JAN)
    assert (ran.code, ran.out) == (2, b"")
    assert host
    assert not (home / "www2").exists()


def test_a_revoked_badge_is_judged_so_once_it_is_published(
    run: CommandLine, host: Path, clock: Clock
) -> None:
    made, _ = award(host)
    run("publish", *AS_JAN)
    assert run("publish", "--check").items == []
    revoke(host, made)
    ran = run("publish", "--check")
    assert (ran.code, codes(ran.items)) == (1, ["PUBLISH-BADGE"])
    assert made in ran.err
    run("publish", "--index", "documents.json", *AS_JAN)
    assert run("publish", "--check").items == []
    documents = Documents.from_index(host / "documents.json")
    report = verify(signed(host, made)["3.0"], documents=documents, now=clock())
    assert "STATUS-REVOKED" in {found.code for found in report.findings}


def test_the_hosted_badge_of_an_erased_person_is_taken_down(run: CommandLine, hosted: Path) -> None:
    _, ada = award(hosted)
    award(hosted, "bo@example.org")
    before = run("publish", *AS_JAN).data
    assert run("publish", "--check").items == []
    assert run("records", "erase", ada, "--ground", "objection", "--yes", *AS_JAN).code == 0
    ran = run("publish", *AS_JAN)
    removed = ran.data["removed"]
    assert isinstance(removed, list)
    assert len(removed) == 1
    assert not (hosted / "public" / str(removed[0])).exists()
    files = before["files"]
    assert isinstance(files, dict)
    assert removed[0] in files.values()
    assert run("publish", "--check").items == []


def test_what_was_taken_down_is_told_where_it_is_public_still(
    run: CommandLine, hosted: Path, home: Path
) -> None:
    _, ada = award(hosted)
    run("publish", home / "www", *AS_JAN)
    run("records", "erase", ada, "--ground", "objection", "--yes", *AS_JAN)
    run("publish", *AS_JAN)
    ran = run("publish", home / "www", "--check")
    assert ran.code == 1
    assert "PUBLISH-WITHDRAWN" in codes(ran.items)
    assert run("publish", home / "www", *AS_JAN).code == 0
    assert run("publish", home / "www", "--check").items == []


def test_a_stranger_finds_what_is_missing_changed_and_stale(
    run: CommandLine, host: Path, clock: Clock
) -> None:
    ran = run("publish", "--check")
    assert (ran.code, codes(ran.items)) == (1, ["PUBLISH-NEVER"])
    award(host)
    run("publish", *AS_JAN)
    assert run("publish", "--check").items == []
    (host / "public/achievements/host/1-en").unlink()
    (host / "public/achievements/host/1-nl").write_text("changed")
    ran = run("publish", "--check")
    assert codes(ran.items) == ["PUBLISH-MISSING", "PUBLISH-CHANGED"]
    assert [one["url"] for one in ran.items] == [
        "https://badges.example/achievements/host/1-en",
        "https://badges.example/achievements/host/1-nl",
    ]
    (host / "public/.well-known/did.json").unlink()
    assert codes(run("publish", "--check").items).count("PUBLISH-BADGE") == 1
    run("publish", *AS_JAN)
    clock.now += timedelta(days=31)
    ran = run("publish", "--check", "--lang", "nl")
    assert codes(ran.items) == ["PUBLISH-STALE", "PUBLISH-BADGE"]
    assert ran.err.startswith("De statuslijsten telden tot")


def test_the_web_is_looked_at_instead_when_asked(
    run: CommandLine, host: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    award(host)
    run("publish", "--index", "documents.json", *AS_JAN)
    web = Documents.from_index(host / "documents.json")
    monkeypatch.setattr("openbadge_issuer.cli.publish.guarded_fetcher", lambda: web)
    assert run("publish", "--check", "--online").items == []
    monkeypatch.setattr("openbadge_issuer.cli.publish.guarded_fetcher", lambda: Documents({}))
    ran = run("publish", "--check", "--online")
    assert set(codes(ran.items)) == {"PUBLISH-MISSING", "PUBLISH-BADGE"}
    assert run("publish", "--check").items == []


@pytest.mark.usefixtures("org")
def test_options_that_do_not_go_together_are_wrong_usage(run: CommandLine) -> None:
    for options in (("--online",), ("--check", "--index", "documents.json")):
        ran = run("publish", *options)
        assert (ran.code, ran.out) == (2, b"")


def test_who_may_not_publishes_nothing(run: CommandLine, host: Path) -> None:
    assert run("publish", "--as", "Kim").refused(1, "POLICY-NO-RIGHT", "Kim")
    assert below(host / "public") == set()
    assert not (host / "private/published.json").exists()


def test_a_folder_that_cannot_be_written_is_told(run: CommandLine, host: Path, home: Path) -> None:
    (home / "file").write_text("x")
    assert run("publish", home / "file", *AS_JAN).refused(2, "PUBLISH-WRITE", "file")
    assert host
