"""Awards at the command line, one by one: every step, and what is refused on the way."""

from __future__ import annotations

import json
from pathlib import Path
from typing import cast

import pytest

from cli.conftest import Clock
from cli.running import CommandLine
from openbadge_issuer import verify
from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.resolution.documents import Documents

AS_KIM, AS_JAN, AS_MARIT = ("--as", "Kim"), ("--as", "Jan"), ("--as", "Marit de Vries")

pytestmark = pytest.mark.usefixtures("offered")


@pytest.fixture
def ada(run: CommandLine) -> str:
    """The pseudonym of a candidate."""
    ran = run("person", "add", "--name", "Ada", "--email", "ada@example.org", "--language", "en", *AS_JAN)
    return str(ran.data["person"])


@pytest.fixture
def award(run: CommandLine, ada: str) -> str:
    """An award that Kim has begun."""
    return str(run("award", "open", "host", "--to", ada, *AS_KIM).data["award"])


@pytest.fixture
def judged(run: CommandLine, award: str) -> str:
    """An award of which Kim has judged each criterion."""
    assert run("award", "assess", award, "led", "--observed", "From start to end.", *AS_KIM).code == 0
    given = ("--form", "document", "--evidence", "plan.txt")
    assert run("award", "assess", award, "plan", *given, *AS_KIM).code == 0
    return award


def completed(run: CommandLine, award: str) -> JsonObject:
    assert run("award", "grant", award, *AS_JAN).code == 0
    ran = run("award", "complete", award, *AS_JAN)
    assert (ran.code, ran.err) == (0, "")
    return ran.data


def test_asking_twice_opens_one_award(run: CommandLine, ada: str, award: str) -> None:
    again = run("award", "open", "host", "--to", "ada@example.org", *AS_JAN)
    assert (again.code, again.err, again.data["award"]) == (0, "", award)
    assert (again.data["candidate"], again.data["phase"]) == (ada, "open")


def test_a_badge_goes_all_its_way_and_counts_for_a_stranger(
    run: CommandLine, judged: str, clock: Clock
) -> None:
    done = completed(run, judged)
    assert done["signed"] == [judged]
    assert isinstance(done["told"], list)
    (told,) = done["told"]
    assert isinstance(told, dict)
    assert (told["recipient"], told["outcome"]) == ("holder", "delivered")
    assert run("award", "show", judged, *AS_KIM).data["phase"] == "done"
    badge = run("award", "badge", judged, *AS_JAN).out
    assert run("publish", "--index", "documents.json", *AS_JAN).code == 0
    web = Documents.from_index(Path("documents.json"))
    assert verify(badge, now=clock.now, documents=web, recipient="email:ada@example.org").accepted


def test_completing_again_changes_nothing(run: CommandLine, judged: str, org: Path) -> None:
    completed(run, judged)
    first = run("award", "badge", judged, *AS_JAN).out
    sent = sorted(path.name for path in (org / "private/outbox").iterdir())
    again = run("award", "complete", *AS_JAN)
    assert (again.code, again.data) == (0, {"signed": [], "told": []})
    assert run("award", "badge", judged, *AS_JAN).out == first
    assert sorted(path.name for path in (org / "private/outbox").iterdir()) == sent


def test_no_dossier_no_badge(run: CommandLine, award: str) -> None:
    assert run("award", "grant", award, *AS_JAN).refused(1, "AWARD-CRITERIA")
    assert run("award", "badge", award, *AS_JAN).code == 1
    assert run("award", "complete", award, *AS_JAN).data == {"signed": [], "told": []}


def test_who_may_not_is_refused(run: CommandLine, judged: str) -> None:
    assert run("award", "grant", judged, *AS_KIM).refused(1, "POLICY-NO-RIGHT")
    assert run("award", "show", judged, *AS_KIM).data["phase"] == "assessed"


def test_not_yet_is_an_outcome_with_feedback(run: CommandLine, award: str) -> None:
    assert run("award", "assess", award, "led", "--outcome", "not-met", "--observed", "x", *AS_KIM).code == 0
    ran = run("award", "not-yet", award, "--feedback", "Lead one to its end.", *AS_JAN)
    assert (ran.code, ran.data["phase"]) == (0, "not-yet")
    assert run("award", "badge", award, *AS_JAN).code == 1


def test_a_candidate_may_stop(run: CommandLine, award: str) -> None:
    ran = run("award", "withdraw", award, "--reason", "Moved away.", *AS_JAN)
    assert (ran.code, ran.data["phase"]) == (0, "withdrawn")
    assert run("award", "assess", award, "led", *AS_KIM).refused(1, "AWARD-NOT-OPEN")


def test_the_list_can_be_narrowed(run: CommandLine, judged: str) -> None:
    assert [one["award"] for one in run("award", "list", *AS_JAN).items] == [judged]
    assert run("award", "list", "--phase", "to-sign", *AS_JAN).items == []
    assert run("award", "grant", judged, *AS_JAN).code == 0
    assert [one["award"] for one in run("award", "list", "--phase", "to-sign", *AS_JAN).items] == [judged]


def test_what_does_not_exist_is_refused(run: CommandLine, judged: str) -> None:
    completed(run, judged)
    assert run("award", "show", "nothing", *AS_JAN).refused(1, "AWARD-UNKNOWN")
    assert run("award", "badge", judged, "--version", "2.0", *AS_JAN).code == 1  # the policy issues 3.0 only
    assert run("award", "open", "unheard-of", "--to", "Kim", *AS_JAN).code == 1


def test_without_the_password_nothing_is_signed_and_nothing_lost(
    run: CommandLine, judged: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("award", "grant", judged, *AS_JAN).code == 0
    with monkeypatch.context() as here:
        here.setenv("OPENBADGE_KEY_PASSWORD", "wrong")
        assert run("award", "complete", *AS_JAN).refused(2, "KEY-")
    assert run("award", "show", judged, *AS_JAN).data["phase"] == "to-sign"
    assert run("award", "complete", *AS_JAN).data["signed"] == [judged]


def test_with_a_retired_key_nothing_is_signed(run: CommandLine, judged: str) -> None:
    ring = ("--ring", "private/keys.json")
    (key,) = json.loads(Path("private/keys.json").read_bytes())["keys"]
    assert run("award", "grant", judged, *AS_JAN).code == 0
    assert run("key", "retire", str(key["fragment"]), *ring).code == 0
    assert run("award", "complete", *AS_JAN).refused(2, "HOME-NO-KEY")
    assert run("award", "show", judged, *AS_JAN).data["phase"] == "to-sign"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("plan", "--form", "recording", "--evidence", "plan.txt"), "AWARD-FORM"),
        (("plan", "--form", "document", "--evidence", "plan.txt", "--evidence", "nowhere"), "CLI-FILE"),
        (("plan", "--form", "document", "--evidence", "private/issuer.key"), "HOME-EVIDENCE"),
        (("plan", "--form", "document", "--evidence", "private/register.db"), "HOME-EVIDENCE"),
        (("plan", "--form", "document", "--evidence", "private"), "HOME-EVIDENCE"),
        (("plan", "--form", "document", "--evidence", "badges"), "CLI-FILE: badges cannot"),
    ],
)
def test_evidence_of_a_step_that_is_refused_is_not_kept(
    run: CommandLine, offered: Path, award: str, words: tuple[str, ...], code: str
) -> None:
    assert code in run("award", "assess", award, *words, *AS_JAN).err
    assert [path for path in (offered / "private/evidence").rglob("*") if path.is_file()] == []
    kept = ("plan", "--form", "document", "--evidence", "plan.txt")
    assert run("award", "assess", award, *kept, *AS_JAN).code == 0
    assert run("award", "assess", award, "led", *kept[1:], "--outcome", "not-applicable", *AS_JAN).code == 1
    (file,) = (path for path in (offered / "private/evidence").rglob("*") if path.is_file())
    assert file.read_bytes() == (offered / "plan.txt").read_bytes()


def test_a_step_in_an_emergency_is_shown_with_its_award(run: CommandLine, award: str, offered: Path) -> None:
    del offered
    for words in (
        ("led", "--observed", "From start to end."),
        ("plan", "--form", "document", "--evidence", "plan.txt"),
    ):
        assert run("award", "assess", award, *words, *AS_JAN).code == 0
    assert run("award", "show", award, *AS_JAN).data["emergency"] == []
    assert run("role", "take", "manager", "--reason", "Nobody answers.", *AS_KIM).code == 0
    granted = run("award", "grant", award, *AS_KIM)
    assert (granted.code, granted.data["exceptions"]) == (0, ["emergency"])
    shown = run("award", "show", award, *AS_JAN).data
    assert shown["exceptions"] == ["emergency"]
    (step,) = cast("list[JsonObject]", shown["emergency"])
    assert (step["step"], step["role"]) == ("award-granted", "manager")
    (listed,) = run("award", "list", *AS_JAN).items
    assert listed == shown
    told = [one for one in run("review", "due").items if one["code"] == "REMINDER-EMERGENCY"]
    assert [one["about"] for one in told] == [f"award:{award}"]


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="the system shows no memory as a file")
def test_evidence_that_cannot_be_read_is_named(run: CommandLine, award: str) -> None:
    given = ("--form", "document", "--evidence", "/proc/self/mem")
    ran = run("award", "assess", award, "plan", *given, *AS_KIM)
    assert ran.refused(2, "CLI-FILE", "/proc/self/mem cannot be read")
    assert "private/evidence" not in ran.err


PHOTO = "https://photos.badges.example/1"


@pytest.mark.parametrize("agreed", [True, False])
def test_a_badge_shows_evidence_only_if_the_candidate_agrees(
    run: CommandLine, judged: str, ada: str, *, agreed: bool
) -> None:
    shown = ("--form", "document", "--evidence", "plan.txt", "--url", PHOTO)
    assert run("award", "assess", judged, "plan", *shown, *AS_KIM).code == 0
    ran = run("person", "consent", judged, "--how", "signed form of 3 March", *AS_JAN)
    assert (ran.code, ran.err, ran.data) == (0, "", {"person": ada, "consents": [judged]})
    if not agreed:
        withdrawn = run("person", "withdraw-consent", judged, "--as", "ada@example.org")
        assert (withdrawn.code, withdrawn.data["consents"]) == (0, [])
    completed(run, judged)
    assert (PHOTO in run("award", "badge", judged, *AS_JAN).text) is agreed


def test_consent_is_recorded_with_how_it_was_given_and_by_who_may(run: CommandLine, judged: str) -> None:
    consent = ("person", "consent", judged, "--how")
    assert run(*consent, " ", *AS_JAN).refused(1, "PERSON-CONSENT-HOW")
    assert run("person", "consent", judged, *AS_JAN).code == 2
    assert run("person", "consent", "nothing", "--how", "form", *AS_JAN).refused(1, "AWARD-UNKNOWN")
    minor = ("--minor", "--guardian", "Eva", "--guardian-email", "eva@example.org")
    assert run("person", "change", "ada@example.org", *minor, *AS_JAN).code == 0
    assert run(*consent, "form", *AS_JAN).refused(1, "PERSON-CONSENT-GUARDIAN")
    assert run(*consent, "form", "--guardian", *AS_JAN).code == 0
    assert run("person", "show", "ada@example.org", *AS_JAN).data["consents"] == [judged]


def test_a_page_that_shows_evidence_is_of_one_file_and_on_the_web(run: CommandLine, award: str) -> None:
    given = ("award", "assess", award, "plan", "--form", "document", "--evidence", "plan.txt", *AS_KIM)
    assert run(*given, "--evidence", "plan.txt", "--url", PHOTO).code == 2
    for url in ("http://photos.badges.example/1", "file:///etc/passwd", "javascript:alert(1)", "photo"):
        assert run(*given, "--url", url).code in (1, 3)
    assert run("award", "show", award, *AS_KIM).data["criteria"] == {}
