"""The files of people at the command line."""

from __future__ import annotations

import pytest

from cli.running import CommandLine

AS_JAN = ("--as", "Jan")
ADA = ("--name", "Ada Lovelace", "--email", "ada@example.org")
FILE = ["person", "name", "email", "identifier", "language", "minor", "guardian", "claimCodes", "consents"]

pytestmark = pytest.mark.usefixtures("org")


def add(run: CommandLine, *options: str) -> str:
    """Add a person, and return the pseudonym."""
    ran = run("person", "add", *options, *AS_JAN)
    assert ran.code == 0, ran.err
    return str(ran.data["person"])


def test_adding_gives_the_pseudonym_and_nothing_else(run: CommandLine) -> None:
    ran = run("person", "add", *ADA, *AS_JAN)
    assert ran.err == ""
    assert list(ran.data) == ["person", "new"]
    assert ran.data["new"] is True
    assert len(str(ran.data["person"])) == 32


def test_the_same_address_is_the_same_person_of_whom_nothing_is_told(run: CommandLine) -> None:
    person = add(run, *ADA)
    ran = run("person", "add", "--name", "Somebody else", "--email", " ADA@example.org", *AS_JAN)
    assert ran.data == {"person": person, "new": False}
    assert "Lovelace" not in ran.text + ran.err
    assert run("person", "show", person, *AS_JAN).data["name"] == "Ada Lovelace"


def test_nobody_needs_an_address(run: CommandLine) -> None:
    one, other = add(run, "--name", "Bo"), add(run, "--name", "Bo")
    assert one != other
    shown = run("person", "show", one, *AS_JAN).data
    assert list(shown) == [*FILE, "awards"]
    assert (shown["email"], shown["language"], shown["awards"]) == (None, "nl", [])


def test_a_person_is_found_by_an_identifier_of_their_own(run: CommandLine) -> None:
    person = add(run, "--name", "Bo", "--identifier", "did:example:bo", "--language", "en")
    shown = run("person", "show", "did:example:bo", *AS_JAN).data
    assert (shown["person"], shown["language"]) == (person, "en")


def test_somebody_young_has_a_guardian(run: CommandLine) -> None:
    young = ("person", "add", "--name", "Tim", "--minor", *AS_JAN)
    assert run(*young).refused(1, "PERSON-GUARDIAN", "Tim")
    assert run(*young, "--guardian", "Mo").refused(1, "PERSON-GUARDIAN-CONTACT")
    assert run(*young, "--guardian-email", "mo@example.org").refused(1, "PERSON-GUARDIAN-CONTACT")
    person = str(run(*young, "--guardian", "Mo", "--guardian-other", "06 1").data["person"])
    shown = run("person", "show", person, *AS_JAN).data
    assert (shown["minor"], shown["guardian"]) == (True, {"name": "Mo", "email": None, "other": "06 1"})


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--name", " "), "PERSON-NAME"),
        (("--name", "Bo", "--email", "bo"), "PERSON-EMAIL"),
        (("--name", "Bo", "--identifier", "mailto:bo@example.org"), "PERSON-IDENTIFIER"),
    ],
)
def test_what_cannot_be_used_is_refused(run: CommandLine, options: tuple[str, ...], code: str) -> None:
    before = run("person", "list", *AS_JAN).out
    assert run("person", "add", *options, *AS_JAN).refused(1, code)
    assert run("person", "list", *AS_JAN).out == before


def test_an_unknown_language_is_wrong_usage(run: CommandLine) -> None:
    ran = run("person", "add", "--name", "Bo", "--language", "fr", *AS_JAN)
    assert (ran.code, ran.out) == (2, b"")


def test_what_is_known_of_a_person_is_changed_and_the_rest_stays(run: CommandLine) -> None:
    person = add(run, *ADA, "--language", "en")
    ran = run("person", "change", "ada@example.org", "--email", "ada@new.example", *AS_JAN)
    assert list(ran.data) == FILE
    assert (ran.data["name"], ran.data["email"], ran.data["language"]) == (
        "Ada Lovelace",
        "ada@new.example",
        "en",
    )
    assert run("person", "show", "ada@example.org", *AS_JAN).refused(2, "HOME-WHO-UNKNOWN")
    assert run("person", "show", "ada@new.example", *AS_JAN).data["person"] == person
    ran = run("person", "change", person, "--name", "Ada King", "--email", "", "--language", "nl", *AS_JAN)
    assert (ran.data["name"], ran.data["email"], ran.data["language"]) == ("Ada King", None, "nl")


def test_an_address_that_another_person_has_is_refused(run: CommandLine) -> None:
    add(run, *ADA)
    bo = add(run, "--name", "Bo")
    assert run("person", "change", bo, "--email", "ada@example.org", *AS_JAN).refused(1, "REGISTER-KEY-TAKEN")
    assert run("person", "show", bo, *AS_JAN).data["email"] is None


def test_a_guardian_is_changed_and_taken_out(run: CommandLine) -> None:
    young = ("--name", "Tim", "--minor", "--guardian", "Mo", "--guardian-other", "06 1")
    person = add(run, *young)
    ran = run("person", "change", person, "--guardian-email", "mo@example.org", *AS_JAN)
    assert ran.data["guardian"] == {"name": "Mo", "email": "mo@example.org", "other": "06 1"}
    assert run("person", "change", person, "--guardian", "", *AS_JAN).refused(1, "PERSON-GUARDIAN", "Tim")
    ran = run("person", "change", person, "--adult", "--guardian", "", *AS_JAN)
    assert (ran.data["minor"], ran.data["guardian"]) == (False, None)


def test_a_person_sees_and_changes_their_own_file(run: CommandLine) -> None:
    add(run, *ADA)
    own = ("--as", "ada@example.org")
    assert run("person", "change", "ada@example.org", "--name", "Ada King", *own).data["name"] == "Ada King"
    assert run("person", "show", "ada@example.org", *own).data["name"] == "Ada King"


def test_others_see_nothing(run: CommandLine) -> None:
    ada, bo = add(run, *ADA), add(run, "--name", "Bo")
    for command in (("show", ada), ("change", ada, "--name", "x"), ("list",), ("add", *ADA)):
        ran = run("person", *command, "--as", bo)
        assert ran.refused(1, "POLICY-NO-RIGHT")
        assert "Lovelace" not in ran.err
        assert ada not in ran.err


def test_the_list_holds_everybody_who_was_not_erased(run: CommandLine) -> None:
    ada = add(run, *ADA)
    people = run("person", "list", *AS_JAN).items
    assert {one["name"] for one in people} == {"Marit de Vries", "Jan", "Kim", "Ada Lovelace"}
    assert all(list(one) == FILE for one in people)
    assert run("records", "erase", ada, "--ground", "objection", "--yes", *AS_JAN).code == 0
    assert {one["name"] for one in run("person", "list", *AS_JAN).items} == {"Marit de Vries", "Jan", "Kim"}
    assert run("person", "show", ada, *AS_JAN).data == {"person": ada, "erased": True, "awards": []}
    assert run("person", "change", ada, "--name", "x", *AS_JAN).refused(1, "PERSON-ERASED")
