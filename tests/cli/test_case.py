"""A doubt about a badge at the command line, from the report to the end; and what each refusal says."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from cli.conftest import Clock
from cli.running import CommandLine, codes
from openbadge_issuer import verify
from openbadge_issuer.assertions.json_text import JsonObject, JsonValue
from openbadge_issuer.cli.home_options import open_office
from openbadge_issuer.resolution.documents import Documents

AS_KIM, AS_JAN, AS_MARIT, AS_SAM = (
    ("--as", "Kim"),
    ("--as", "Jan"),
    ("--as", "Marit de Vries"),
    ("--as", "Sam"),
)
GROUNDS = ("--grounds", "Nobody saw all of it.", "--ground", "criteria-not-met")
PUBLIC = ("--public", "It was not observed to its end.", "--public-nl", "Niet tot het einde gezien.")


@pytest.fixture
def badge(run: CommandLine, offered: Path) -> Path:
    """A badge of Ada that Kim judged and Jan awarded; Marit has no part in it."""
    (offered / "people.csv").write_text(
        "name,email,language,led,led.seen,plan,plan.evidence\nAda,ada@example.org,en,met,Seen.,met,plan.txt\n"
    )
    listed = ("--from", "people.csv", "--badge", "host", "--assessor", "Kim")
    (row,) = run("award", *listed, *AS_JAN).items
    assert run("award", "badge", str(row["award"]), "-o", "ada.json", *AS_JAN).code == 0
    return offered / "ada.json"


@pytest.fixture
def case(run: CommandLine, badge: Path) -> str:
    """The case of an anonymous report that Marit and Sam investigate."""
    person = ("--name", "Sam", "--email", "sam@badges.example", "--language", "en")
    assert run("person", "add", *person, *AS_MARIT).code == 0
    assert run("role", "grant", "sam@badges.example", "manager", "--name", "Sam", *AS_MARIT).code == 0
    ran = run("case", "report", "The observer left.", "--badge", badge, *AS_KIM)
    assert (ran.code, ran.err) == (0, "")
    found = the_only(ran.data["cases"])
    for who in ("Marit de Vries", "Sam"):
        assert run("case", "assign", str(found), who, *AS_MARIT).code == 0
    return str(found)


@pytest.fixture
def heard(run: CommandLine, case: str) -> str:
    """The same case, when Ada has answered."""
    assert (
        run("case", "note", case, "Three people remember it so.", "--evidence", "plan.txt", *AS_MARIT).code
        == 0
    )
    assert run("case", "note", case, "Kim says so too.", *AS_SAM).code == 0
    assert run("case", "hear", case, *AS_MARIT).code == 0
    assert run("case", "hear", case, "--answer", "I led it to the end.", *AS_MARIT).code == 0
    return case


def the_only(values: JsonValue) -> JsonValue:
    assert isinstance(values, list)
    (value,) = values
    return value


def judged(run: CommandLine, badge: Path, clock: Clock) -> JsonObject:
    """Publish, and verify the badge as a stranger does."""
    assert run("publish", "--index", "documents.json", *AS_JAN).code == 0
    web = Documents.from_index(Path("documents.json"))
    return verify(badge.read_bytes(), now=clock.now, documents=web).to_json()


def test_a_doubt_goes_all_its_way(run: CommandLine, badge: Path, heard: str, clock: Clock) -> None:
    assert judged(run, badge, clock)["accepted"] is True
    assert run("case", "suspend", heard, "--reason", "In doubt.", *AS_MARIT).code == 0
    assert codes(judged(run, badge, clock)) == {"ANNULMENT-SUSPENDED"}
    assert run("case", "resume", heard, "--reason", "It may count meanwhile.", *AS_MARIT).code == 0
    assert judged(run, badge, clock)["accepted"] is True
    ran = run("case", "decide", heard, "revoked", *GROUNDS, *PUBLIC, *AS_MARIT)
    assert (ran.code, ran.err) == (0, "Publish, for others to see it, and inform the holder.\n")
    assert codes(judged(run, badge, clock)) == {"STATUS-REVOKED"}
    (told,) = run("case", "inform", heard, *AS_MARIT).items
    assert (told["recipient"], told["outcome"]) == ("holder", "delivered")
    assert run("case", "inform", heard, *AS_MARIT).items == []
    assert run("case", "close", heard, *AS_MARIT).refused(1, "CASE-NOT-PREVENTED")
    planned = ("--owner", "Kim", "--due", "2026-05-01", "--what", "Observers sign for the times.")
    assert run("case", "prevent", heard, "sign-times", *planned, *AS_MARIT).code == 0
    clock.now = clock.now.replace(month=6)
    ran = run("case", "close", heard, *AS_MARIT)
    assert (ran.code, ran.data["phase"]) == (0, "closed"), ran.err
    assert run("case", "list", *AS_MARIT).items == []
    assert [one["case"] for one in run("case", "list", "--all", *AS_MARIT).items] == [heard]
    assert run("case", "prevent", heard, "sign-times", "--done", *AS_MARIT).code == 0


def test_a_reporter_asks_with_the_receipt_and_is_never_named(
    run: CommandLine, badge: Path, org: Path
) -> None:
    told = ("--name", "Zed Tipster", "--contact", "zed@example.org")
    ran = run("case", "report", "I saw it.", "--badge", badge, *told, *AS_KIM).data
    found, receipt = the_only(ran["cases"]), str(ran["receipt"])
    assert run("case", "show", "--receipt", receipt).data == {"phase": "reported", "outcome": None}
    assert run("case", "acknowledge", receipt, *AS_MARIT).data["acknowledged"] == 1
    for ran_again in (run("case", "show", str(found), *AS_MARIT), run("case", "list", *AS_MARIT)):
        assert ran_again.code == 0
        assert "zed" not in ran_again.text.lower()
    with open_office(org) as here:
        ada = here.person("ada@example.org")
    export = run("records", "export", ada, *AS_MARIT)
    assert export.code == 0
    assert "zed" not in export.text.lower()
    assert run("case", "show", "--receipt", "23456-23456-23456-23456").code == 1
    assert run("case", "show", str(found), "--receipt", receipt).code == 2


def test_a_second_report_joins_the_first_case(run: CommandLine, badge: Path, case: str) -> None:
    ran = run("case", "report", "I saw it too.", "--badge", badge, *AS_KIM).data
    assert (ran["cases"], ran["joined"]) == ([case], True)
    assert run("case", "show", case, *AS_MARIT).data["reports"] == 2


def test_a_badge_of_somebody_else_is_no_case_of_ours(run: CommandLine, badge: Path) -> None:
    badge.write_bytes(badge.read_bytes().replace(b"urn:uuid:", b"urn:uuid:0"))
    assert run("case", "report", "x", "--badge", badge, *AS_KIM).refused(1, "CASE-NO-AWARD", "ada.json")
    assert run("case", "report", "x", "--award", "nothing", *AS_KIM).refused(1, "AWARD-UNKNOWN")
    assert run("case", "list", *AS_MARIT).items == []


def test_who_awarded_a_badge_does_not_decide_alone(run: CommandLine, badge: Path) -> None:
    found = the_only(run("case", "report", "x", "--badge", badge, *AS_KIM).data["cases"])
    assert run("case", "assign", str(found), "Jan", *AS_MARIT).code == 1
    given = ("--reason", "Marit is away for months.")
    assert run("case", "assign", str(found), "Jan", *given, *AS_MARIT).code == 0


def test_a_decision_needs_a_reason_for_everybody_to_read(run: CommandLine, heard: str) -> None:
    assert run("case", "decide", heard, "revoked", *GROUNDS, *AS_MARIT).code == 1
    assert run("case", "show", heard, *AS_MARIT).data["decisions"] == []


def test_an_unheard_holder_needs_a_reason(run: CommandLine, case: str) -> None:
    assert run("case", "decide", case, "revoked", *GROUNDS, *PUBLIC, *AS_MARIT).code == 1
    for who in (AS_MARIT, AS_SAM):
        assert run("case", "note", case, "It is so.", *who).code == 0
    assert run("case", "decide", case, "revoked", *GROUNDS, *PUBLIC, *AS_MARIT).refused(1, "CASE-HEARING")
    given = ("--unheard", "No address is known.")
    assert run("case", "decide", case, "revoked", *GROUNDS, *PUBLIC, *given, *AS_MARIT).code == 0


def test_a_hearing_counts_once_the_holder_was_informed_of_it(
    run: CommandLine, case: str, clock: Clock
) -> None:
    for who in (AS_MARIT, AS_SAM):
        assert run("case", "note", case, "It is so.", *who).code == 0
    ran = run("case", "hear", case, "--about", "Were you there to the end?", *AS_MARIT)
    assert (ran.code, ran.err) == (0, "Inform the holder.\n")
    assert ran.data["unsent"] == [{"about": "hearing", "recipient": "holder"}]
    clock.now += timedelta(days=20)
    assert run("case", "decide", case, "revoked", *GROUNDS, *PUBLIC, *AS_MARIT).refused(1, "CASE-HEARING")
    (told,) = run("case", "inform", case, *AS_MARIT).items
    assert (told["recipient"], told["outcome"]) == ("holder", "delivered")
    assert run("case", "show", case, *AS_MARIT).data["unsent"] == []
    clock.now += timedelta(days=15)
    assert run("case", "decide", case, "revoked", *GROUNDS, *PUBLIC, *AS_MARIT).code == 0


def test_why_the_holder_cannot_be_told_is_recorded(run: CommandLine, heard: str) -> None:
    assert run("case", "decide", heard, "revoked", *GROUNDS, *PUBLIC, *AS_MARIT).code == 0
    assert run("case", "prevent", heard, "--none-because", "It happens once.", *AS_MARIT).code == 0
    assert run("case", "close", heard, *AS_MARIT).refused(1, "CASE-NOT-INFORMED")
    ran = run("case", "inform", heard, "--impossible", "She moved.", *AS_MARIT)
    assert (ran.code, ran.data["phase"], ran.data["unsent"]) == (0, "to-close", [])
    assert run("case", "close", heard, *AS_MARIT).code == 0


def test_a_corrected_badge_is_issued_anew_with_its_date_kept(
    run: CommandLine, badge: Path, heard: str
) -> None:
    before = run("award", "list", *AS_JAN).items[0]
    assert run("case", "decide", heard, "corrected", *GROUNDS, *PUBLIC, *AS_MARIT).code == 0
    ran = run("case", "inform", heard, *AS_MARIT)
    assert (ran.items, "award complete" in ran.err) == ([], True)
    ran = run("case", "correct", heard, *AS_JAN)
    assert (ran.code, ran.data["pending"]) == (0, []), ran.err
    assert run("award", "complete", *AS_JAN).code == 0
    new = next(one for one in run("award", "list", *AS_JAN).items if one["replaces"] == before["award"])
    assert (new["awarded"], new["phase"]) == (before["awarded"], "done")
    (notice,) = Path("private/outbox").glob(f"case-{heard}*-corrected.eml")
    assert b"filename" in notice.read_bytes()
    assert run("award", "badge", str(new["award"]), *AS_JAN).out != badge.read_bytes()


def test_an_objection_is_decided_by_somebody_else(run: CommandLine, heard: str) -> None:
    assert run("case", "decide", heard, "revoked", *GROUNDS, *PUBLIC, *AS_MARIT).code == 0
    assert run("case", "inform", heard, *AS_MARIT).code == 0
    assert run("case", "object", heard, "I was there.", *AS_MARIT).code == 0
    assert run("case", "decide-objection", heard, "rejected", "--grounds", "No.", *AS_MARIT).code == 1
    assert (
        run("case", "decide-objection", heard, "rejected", "--grounds", "No.", *AS_SAM).data["phase"]
        == "to-inform"
    )


def test_wrong_words_are_wrong_usage(run: CommandLine, case: str) -> None:
    assert run("case", "decide", case, "burned", "--grounds", "x", *AS_MARIT).code == 2
    assert run("case", "prevent", case, *AS_MARIT).code == 2
    planned = ("--owner", "Kim", "--due", "tomorrow", "--what", "x")
    assert run("case", "prevent", case, "x", *planned, *AS_MARIT).code == 2
    assert run("case", "show", *AS_MARIT).code == 2


def test_misuse_is_seen_only_by_those_without_a_part_in_it(run: CommandLine, offered: Path) -> None:
    del offered
    ran = run("misuse", "report", "Sells badges.", "--about", "Jan", "--name", "Zed", *AS_KIM)
    matter = str(ran.data["misuse"])
    assert (ran.code, ran.err) == (0, "")
    assert run("misuse", "show", matter, *AS_JAN).refused(1, "MISUSE-INVOLVED")
    assert run("misuse", "show", matter, *AS_KIM).refused(1, "POLICY-NO-RIGHT")
    assert run("misuse", "list", *AS_JAN).items == []
    assert run("misuse", "assign", matter, "Jan", *AS_MARIT).refused(1, "MISUSE-INVOLVED")
    assert run("misuse", "assign", matter, "Marit de Vries", *AS_MARIT).code == 0
    assert run("misuse", "note", matter, "He says that it is not so.", *AS_MARIT).code == 0
    wrong = ("--decided-by", "The board.", "--text", "x")
    assert run("misuse", "measure", matter, "flogging", *wrong, *AS_MARIT).refused(1, "MISUSE-MEASURE")
    shown = run("misuse", "show", matter, *AS_MARIT)
    assert (shown.data["phase"], shown.data["text"]) == ("handled", "Sells badges.")
    assert "Zed" not in shown.text
    assert run("misuse", "close", matter, "--text", "It was a mistake.", *AS_MARIT).data["phase"] == "closed"
    assert run("misuse", "list", *AS_MARIT).items == []
    assert [one["misuse"] for one in run("misuse", "list", "--all", *AS_MARIT).items] == [matter]
