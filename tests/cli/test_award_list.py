"""Many awards from a list: the same steps for each row, a result for each, and nothing done twice."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cli.conftest import HOST
from cli.running import CommandLine, member
from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.cli.award_list import read_rows
from openbadge_issuer.cli.award_list_words import outcome
from openbadge_issuer.errors import DocumentError
from openbadge_issuer.issuing.office import BadgeOffice
from openbadge_issuer.policy.badge_file import read_badge

LIST = """\
name,email,language,led,led.seen,plan,plan.evidence,feedback,minor
Ada Lovelace,ada@example.org,en,met,From start to end.,met,plan.txt,,
Bo de Wit,bo@example.org,nl,not met,left after an hour.,met,plan.txt,Lead one to its end.,
Cas Bos,cas@example.org,nl,ja,From start to end.,,,,nee
Dee Young,,en,x,From start to end.,yes,plan.txt,,
"""
AWARD = ("award", "--from", "people.csv", "--badge", "host", "--assessor", "Kim", "--as", "Jan")

DOCS = Path(__file__).parents[2] / "docs"

pytestmark = pytest.mark.usefixtures("offered")


@pytest.fixture
def people(org: Path) -> Path:
    """The list of four: one that gets it, one not yet, one without all evidence, one without an address."""
    file = org / "people.csv"
    file.write_text(LIST)
    return file


def statuses(rows: list[JsonObject]) -> list[str]:
    return [str(row["status"]) for row in rows]


@pytest.mark.usefixtures("people")
def test_each_row_has_its_result(run: CommandLine, org: Path) -> None:
    ran = run(*AWARD)
    assert (ran.code, statuses(ran.items)) == (1, ["awarded", "not-yet", "refused", "awarded"])
    assert ran.items[2]["code"] == "AWARD-CRITERIA-OPEN"
    assert [row["row"] for row in ran.items] == [1, 2, 3, 4]
    assert ran.err.splitlines()[-1] == "4 rows, 1 refused."
    phases = {str(one["award"]): one["phase"] for one in run("award", "list", "--as", "Jan").items}
    assert [phases[str(ran.items[place]["award"])] for place in (0, 3)] == ["done", "done"]
    outbox = sorted(path.suffix for path in (org / "private/outbox").iterdir())
    assert outbox == [".eml", ".eml", ".html"]


@pytest.mark.usefixtures("people")
def test_again_nobody_gets_it_twice_and_nobody_is_told_twice(run: CommandLine, org: Path) -> None:
    first = run(*AWARD).items
    sent = {path: path.stat().st_mtime_ns for path in (org / "private/outbox").iterdir()}
    again = run(*AWARD)
    assert statuses(again.items) == ["known", "not-yet", "refused", "known"]
    assert [row["award"] for row in again.items] == [row["award"] for row in first]
    assert {path: path.stat().st_mtime_ns for path in (org / "private/outbox").iterdir()} == sent


@pytest.mark.usefixtures("people")
def test_a_dry_run_says_the_same_and_records_nothing(run: CommandLine, org: Path) -> None:
    before = member(run("records", "verify").data, "head", "digest")
    ran = run(*AWARD, "--dry-run")
    assert statuses(ran.items) == ["awarded", "not-yet", "refused", "awarded"]
    assert ran.err.splitlines()[-1] == "4 rows, 1 refused. Nothing was recorded."
    assert run(*AWARD, "--dry-run", "--lang", "nl").err.splitlines()[-1].endswith("Er is niets vastgelegd.")
    assert member(run("records", "verify").data, "head", "digest") == before
    assert run("award", "list", "--as", "Jan").items == []
    assert not list((org / "private/outbox").glob("*"))


@pytest.mark.usefixtures("people")
def test_after_a_kill_it_goes_on_where_it_stopped(run: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    """The decisions of a chunk are sealed, and then the process ends before anything is signed."""

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as here:
        here.setattr(BadgeOffice, "sign_waiting", killed)
        ran = run(*AWARD)
    assert (ran.code, ran.out) == (130, b"")
    decided = run("award", "list", "--phase", "to-sign", "--as", "Jan").items
    assert len(decided) == 2
    ran = run(*AWARD)
    assert statuses(ran.items) == ["known", "not-yet", "refused", "known"]
    phases = {str(one["award"]): one["phase"] for one in run("award", "list", "--as", "Jan").items}
    assert {phases[str(one["award"])] for one in decided} == {"done"}
    assert run("award", "list", "--phase", "to-sign", "--as", "Jan").items == []


def test_two_processes_sign_as_well(run: CommandLine, people: Path) -> None:
    head = "name,email,language,led,led.seen,plan,plan.evidence"
    row = "{0},{0}@example.org,nl,ja,Seen.,ja,plan.txt"
    people.write_text("\n".join([head, *(row.format(f"p{number}") for number in range(12))]))
    ran = run(*AWARD, "--workers", "2")
    assert (ran.code, set(statuses(ran.items))) == (0, {"awarded"})
    assert len({str(row["credential"]) for row in ran.items}) == 12
    assert {one["phase"] for one in run("award", "list", "--as", "Jan").items} == {"done"}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", ("AWARD-LIST-COLUMN", "name")),
        (b"name,led\n", ("AWARD-LIST-EMPTY",)),
        (b"name,led\n,\n", ("AWARD-LIST-EMPTY",)),
        (b"name,wild\nAda,x\n", ("AWARD-LIST-COLUMN", "wild", "led")),
        (b"name,led,led\nAda,x,y\n", ("AWARD-LIST-COLUMN", "led")),
        (b"led\nx\n", ("AWARD-LIST-COLUMN", "name")),
        (b"name,led\nAda,x,too many\n", ("AWARD-LIST-ROW", "2")),
        (b'name,led\nAda,"never closed\n', ("AWARD-LIST-ROW",)),
        (b"name," + b"x" * 200_000 + b"\nAda,x\n", ("AWARD-LIST-ROW", "line 1")),
        (b"name,led\nAda,x\nB\xe9,y\n", ("AWARD-LIST-TEXT", "3")),
        (b"name,led\nAda," + b"x" * 3_000_000 + b"\nBo,x\n", ("AWARD-LIST-ROW", "line 2")),
    ],
)
def test_a_list_that_cannot_be_read_is_refused_as_a_whole(
    run: CommandLine, people: Path, data: bytes, words: tuple[str, ...]
) -> None:
    people.write_bytes(data)
    assert run(*AWARD).refused(1, "people.csv", *words)
    assert run("award", "list", "--as", "Jan").items == []


def test_a_list_of_a_spreadsheet_is_read_too(run: CommandLine, people: Path) -> None:
    """Semicolons, a byte order mark, Windows line ends and rows without anything."""
    text = LIST.splitlines()[0] + "\n" + LIST.splitlines()[1]
    people.write_bytes(
        b"\xef\xbb\xbf" + text.replace(",", ";").replace("\n", "\r\n").encode() + b"\r\n;;;;;;;;\r\n"
    )
    ran = run(*AWARD)
    assert (ran.code, statuses(ran.items)) == (0, ["awarded"])


def test_evidence_that_is_not_there_refuses_its_row_and_no_other(run: CommandLine, people: Path) -> None:
    people.write_text(LIST.replace("plan.txt", "nowhere.txt", 1))
    ran = run(*AWARD)
    assert (ran.code, statuses(ran.items)) == (1, ["refused", "not-yet", "refused", "awarded"])
    assert ran.items[0]["code"] == "CLI-FILE"
    assert "nowhere.txt" in str(ran.items[0]["message"])


ONE = """\
name,email,led,led.seen,plan,plan.evidence,feedback
Ada,ada@example.org,{},{},met,plan.txt,Lead one.
"""


@pytest.mark.parametrize("word", ["met", "Yes", "JA", "j", "y", "x", "X", "voldaan", "gehaald", "WAAR", "✓"])
def test_a_word_that_says_so_meets_the_criterion(run: CommandLine, people: Path, word: str) -> None:
    people.write_text(ONE.format(word, "Seen."))
    ran = run(*AWARD, "--dry-run")
    assert (ran.code, statuses(ran.items)) == (0, ["awarded"])
    assert ran.items[0]["criteria"] == {"led": "met", "plan": "met"}


@pytest.mark.parametrize(
    "word",
    ["not met", "NOT MET", "not-met", "no", "n", "nee", "Nee.", "niet gehaald", "niet voldaan", "ONWAAR",
     "nog niet"],
)  # fmt: skip
def test_a_word_that_says_not_does_not(run: CommandLine, people: Path, word: str) -> None:
    people.write_text(ONE.format(word, "left after an hour"))
    ran = run(*AWARD, "--dry-run")
    assert (ran.code, statuses(ran.items)) == (0, ["not-yet"])
    assert ran.items[0]["criteria"] == {"led": "not-met", "plan": "met"}


@pytest.mark.parametrize(
    "word",
    ["-", "--", "0", "1", "0/10", "10", "NOT MET - left", "niet gehaald: weg", "niet voldaan: weg", "?",
     "no!", "not met: left after an hour.", "met: no", "From start to end.", "no evidence yet",
     "afwezig", "n/b"],
)  # fmt: skip
def test_any_other_word_refuses_the_row_and_awards_nothing(run: CommandLine, people: Path, word: str) -> None:
    people.write_text(ONE.format(word, "Seen."))
    ran = run(*AWARD)
    assert (ran.code, statuses(ran.items)) == (1, ["refused"])
    assert ran.items[0]["code"] == "AWARD-LIST-CELL"
    assert word in str(ran.items[0]["message"])
    assert "led" in str(ran.items[0]["message"])
    assert run("award", "list", "--as", "Jan").items == []


@pytest.mark.parametrize(
    "cells",
    [",Seen.,met,plan.txt,", "met,Seen.,,plan.txt,", "n.v.t.,Seen.,met,plan.txt,", ",,met,plan.txt,",
     "met,,met,plan.txt,", "met,Seen.,met,,"],
)  # fmt: skip
def test_nothing_but_an_outcome_with_what_shows_it_awards(run: CommandLine, people: Path, cells: str) -> None:
    """What was seen, or a file, is no outcome; an outcome alone shows nothing."""
    people.write_text(f"name,led,led.seen,plan,plan.evidence,email\nAda,{cells}ada@example.org\n")
    ran = run(*AWARD)
    assert (ran.code, statuses(ran.items)) == (1, ["refused"])
    assert run("award", "list", "--as", "Jan").items == []


@pytest.mark.parametrize(
    ("column", "word"), [("language", "dutch"), ("minor", "perhaps"), ("plan.form", "paper")]
)
def test_a_word_that_means_nothing_in_its_column_refuses_the_row(
    run: CommandLine, people: Path, column: str, word: str
) -> None:
    head, row = ONE.format("met", "Seen.").splitlines()
    people.write_text(f"{head},{column}\n{row},{word}\n")
    ran = run(*AWARD, "--dry-run")
    assert (ran.items[0]["status"], ran.items[0]["code"]) == ("refused", "AWARD-LIST-CELL")
    assert column in str(ran.items[0]["message"])


def test_two_of_one_name_without_an_address_cannot_be_told_apart(run: CommandLine, people: Path) -> None:
    head, row = LIST.splitlines()[0], "Dee  young,,en,yes,Seen.,yes,plan.txt,,"
    people.write_text(f"{LIST}{row}\n")
    ran = run(*AWARD)
    assert statuses(ran.items)[3:] == ["awarded", "refused"]
    assert (ran.items[4]["code"], ran.items[4]["award"]) == ("AWARD-NAMESAKE", None)
    dee = str(run("person", "add", "--name", "Dee Young", "--as", "Jan").data["person"])
    people.write_text(f"person,{head}\n{dee},{row}\n,{row}\n")
    assert statuses(run(*AWARD).items) == ["awarded", "known"]


@pytest.mark.usefixtures("people")
def test_a_list_and_a_badge_are_both_needed(run: CommandLine) -> None:
    assert run("award", "--from", "people.csv", "--as", "Jan").code == 2
    assert run("award", "--badge", "host", "--as", "Jan").code == 2
    assert run("award").code == 2


def test_the_list_of_the_guide_runs(run: CommandLine, people: Path) -> None:
    guide = (DOCS / "guide/running-a-policy.md").read_text("utf-8")
    (block,) = re.findall(r"`people\.csv`:\n\n((?:    .+\n)+)", guide)
    people.write_text("".join(line[4:] for line in block.splitlines(keepends=True)), "utf-8")
    for file in re.findall(r"plans/\w+\.pdf", block):
        (people.parent / file).parent.mkdir(exist_ok=True)
        (people.parent / file).write_bytes(file.encode())
    ran = run(*AWARD)
    assert (ran.code, statuses(ran.items)) == (0, ["awarded", "not-yet"])
    (told,) = (people.parent / "private/outbox").glob("*-not-yet.html")
    assert "You left after an hour." in told.read_text("utf-8")


def _documented(column: str) -> str:
    page = (DOCS / "reference/home.md").read_text("utf-8")
    (cell,) = re.findall(rf"^\| {re.escape(column)} \| (.*) \|$", page, re.MULTILINE)
    return str(cell)


def test_every_column_and_every_word_of_the_reference_is_taken(run: CommandLine, people: Path) -> None:
    page = (DOCS / "reference/home.md").read_text("utf-8")
    table = page.split("## A list of awards")[1].split("\n\n")[2]
    columns = [
        name for line in table.splitlines()[2:] for name in re.findall(r"`([\w.]+)`", line.split("|")[1])
    ]
    names = [f"led{name}" if name.startswith(".") else name for name in columns if name != "person"]
    people.write_text(f"{','.join(names)},led\n")
    assert run(*AWARD).refused(1, "AWARD-LIST-EMPTY")
    met, no, *_ = _documented("the short name of a criterion").split(";")
    for word in re.findall(r"`([^`]+)`", met):
        assert outcome("led", word) == "met"
    for word in re.findall(r"`([^`]+)`", no):
        assert outcome("led", word) == "not-met"


def test_a_guardian_is_read_whole(run: CommandLine, people: Path) -> None:
    head, row = ONE.format("met", "Seen.").splitlines()
    people.write_text(f"{head},minor,guardian,guardian_other\n{row},ja,Eva Bos,06 12345678\n")
    assert run(*AWARD).code == 0
    shown = run("person", "show", "ada@example.org", "--as", "Jan").data
    assert shown["guardian"] == {"name": "Eva Bos", "email": None, "other": "06 12345678"}


def _evidence(org: Path) -> list[bytes]:
    return [path.read_bytes() for path in (org / "private/evidence").rglob("*") if path.is_file()]


def test_a_dry_run_and_refused_rows_keep_no_evidence(run: CommandLine, org: Path, people: Path) -> None:
    for number in range(1, 5):
        (org / f"plan{number}.txt").write_bytes(b"The plan of %d." % number)
    lines = LIST.replace(
        "Cas Bos,cas@example.org,nl,ja,From start to end.,,,", "Cas,c@example.org,nl,,,met,plan.txt,"
    )
    head, *rows = lines.splitlines()
    rows = [row.replace("plan.txt", f"plan{number}.txt") for number, row in enumerate(rows, 1)]
    people.write_text("\n".join((head, *rows)))
    assert statuses(run(*AWARD, "--dry-run").items) == ["awarded", "not-yet", "refused", "awarded"]
    assert _evidence(org) == []
    assert statuses(run(*AWARD).items) == ["awarded", "not-yet", "refused", "awarded"]
    assert sorted(_evidence(org)) == [b"The plan of %d." % number for number in (1, 2, 4)]


@pytest.mark.parametrize("file", ["/etc/hostname", "../key.pem", "beside/passwd", "link.txt", "../plan.txt"])
def test_evidence_lies_in_the_folder_of_the_list(run: CommandLine, org: Path, file: str) -> None:
    (org / "list").mkdir()
    (org / "list/link.txt").symlink_to(org / "plan.txt")
    (org / "list/beside").symlink_to("/etc")
    (org / "list/people.csv").write_text(ONE.format("met", "Seen.").replace("plan.txt", file))
    ran = run("award", "--from", "list/people.csv", *AWARD[3:])
    assert (ran.items[0]["status"], ran.items[0]["code"]) == ("refused", "AWARD-LIST-FILE")
    assert _evidence(org) == []


@pytest.mark.parametrize("file", ["private/issuer.key", "private/register.db", "link.key", "copy.pem"])
def test_a_key_or_a_file_of_the_private_folder_is_no_evidence(
    run: CommandLine, org: Path, people: Path, file: str
) -> None:
    (org / "link.key").symlink_to(org / "private/issuer.key")
    (org / "copy.pem").write_bytes((org.parent / "other.pem").read_bytes())
    people.write_text(ONE.format("met", "Seen.").replace("plan.txt", file))
    ran = run(*AWARD)
    assert (ran.items[0]["status"], ran.items[0]["code"]) == ("refused", "HOME-EVIDENCE")
    assert _evidence(org) == []


def test_a_criterion_that_is_called_as_another_column_is_not_guessed_at() -> None:
    definition = read_badge(HOST.replace('id = "led"', 'id = "reason"').encode())
    with pytest.raises(DocumentError) as refused:
        read_rows(b"name,reason,plan\nAda,met,met\n", definition)
    assert (refused.value.code, refused.value.details["name"]) == ("AWARD-LIST-COLUMN", "reason")
    assert len(read_rows(b"name,plan\nAda,met\n", definition)) == 1
