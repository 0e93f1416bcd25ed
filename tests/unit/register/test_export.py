"""What somebody is told about himself: everything, and nothing of anybody else."""

from __future__ import annotations

import json

import pytest

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.errors import RegisterError
from openbadge_issuer.policy.staff_events import RoleEnded
from openbadge_issuer.register import Register
from openbadge_issuer.register.erasing import erase
from openbadge_issuer.register.export import SOMEBODY_ELSE, export
from register_attacks import tamper
from register_world import (
    HOME,
    NOW,
    OTHER_HOME,
    Doubted,
    Suspected,
    act,
    add,
    award,
    facts_of,
    keeper,
    meet,
    open_list,
    withdraw,
)


@pytest.fixture
def full(register: Register) -> Register:
    assert register.settings.evidence is not None
    with register.ledger(HOME) as ledger:
        open_list(ledger)
        for number in (1, 2):
            meet(ledger, number)
            scan = register.settings.evidence.put(b"scan %d" % number)
            award(ledger, number, evidence=[scan.digest])
        withdraw(ledger, 1)
        add(ledger, "misuse:1", Suspected.done(act(), suspect="p-1", suspicion="Awarded herself."))
        ended = RoleEnded.done(
            act(), person="p-2", ended="keeper", ends=NOW, successor="p-1", reason="Moved."
        )
        add(ledger, "staff", ended)
    return register


def exported(register: Register, person: str, *, with_misuse: bool = False) -> JsonObject:
    with register.records(HOME) as records:
        return export(records, person, now=NOW, with_misuse=with_misuse)


def text(document: JsonObject) -> str:
    return json.dumps(document, ensure_ascii=False)


def streams(document: JsonObject) -> list[str]:
    procedures = document["procedures"]
    assert isinstance(procedures, list)
    return [str(procedure["stream"]) for procedure in procedures if isinstance(procedure, dict)]


def test_everything_about_the_person_is_there(full: Register) -> None:
    document = exported(full, "p-1")
    assert (document["organisation"], document["person"]) == (HOME, "p-1")
    assert document["at"] == "2026-03-01T12:00:00Z"
    assert streams(document) == ["award:1", "case:1", "person:p-1", "staff"]
    told = text(document)
    for own in ("Ada Lovelace 1", "ada.1@example.org", "Ada 1 did well.", "The workshop was another one."):
        assert own in told
    assert document["evidence"] == [full.settings.evidence.put(b"scan 1").digest]  # type: ignore[union-attr]  # set


def test_nobody_else_is_there(full: Register) -> None:
    told = text(exported(full, "p-1", with_misuse=True))
    others = ("Lovelace 2", "ada.2@", "p-2", "Kees", "p-keeper", "Rita", "p-reporter", "Moved")
    assert {other for other in others if other in told} == set()
    assert SOMEBODY_ELSE in told


def test_whoever_reported_is_told_his_own_and_not_whom_it_was_about(full: Register) -> None:
    document = exported(full, "p-reporter")
    assert streams(document) == ["case:1"]
    told = text(document)
    assert "Rita Reporter" in told
    assert {other for other in ("Lovelace", "p-1", "workshop", "Kees") if other in told} == set()


def test_a_reporter_who_was_erased_stays_unknown(full: Register) -> None:
    """The register knows the pseudonym no more; that the field holds one is known from the event."""
    erase(full, HOME, "p-reporter", actor=keeper(), ground="objection", facts=facts_of)
    assert "p-reporter" not in text(exported(full, "p-1"))


def test_misuse_is_told_only_where_the_policy_lets_it(full: Register) -> None:
    assert "Awarded herself." not in text(exported(full, "p-1"))
    document = exported(full, "p-1", with_misuse=True)
    assert "misuse:1" in streams(document)
    assert "Awarded herself." in text(document)


def test_misuse_in_another_procedure_is_as_restricted(full: Register) -> None:
    with full.ledger(HOME) as ledger:
        add(ledger, "case:9", Suspected.done(act(), suspect="p-1", suspicion="Forged a scan."))
    assert "Forged" not in text(exported(full, "p-1"))
    assert "Forged" in text(exported(full, "p-1", with_misuse=True))


def test_what_somebody_did_for_others_is_told_without_them(full: Register) -> None:
    document = exported(full, "p-keeper")
    assert streams(document) == [
        "award:1",
        "award:2",
        "case:1",
        "person:p-1",
        "person:p-2",
        "register",
        "staff",
    ]
    told = text(document)
    assert "Kees Keeper" in told
    others = ("Lovelace", "ada.", '"p-1"', '"p-2"', "Rita", "did well")
    assert {other for other in others if other in told} == set()


def test_pseudonyms_are_replaced_wherever_they_stand(full: Register) -> None:
    with full.ledger(HOME) as ledger:
        doubt = Doubted.done(act("p-1", name="Ada Lovelace 1"), holder="p-2", story="It is mine.")
        add(ledger, "case:2", doubt)
    told = text(exported(full, "p-2"))
    assert "It is mine." in told
    assert "p-1" not in told
    assert "Lovelace 1" not in told


def test_somebody_who_is_not_known(full: Register) -> None:
    document = exported(full, "p-nobody")
    assert (document["procedures"], document["evidence"]) == ([], [])
    for odd in ("%", "_", "p-_", '"', "\\"):
        assert exported(full, odd)["procedures"] == []


@pytest.mark.parametrize("odd", ["", "\x00", "p-\ud800"])
def test_what_can_be_no_pseudonym(full: Register, odd: str) -> None:
    for ask in (
        lambda: exported(full, odd),
        lambda: erase(full, HOME, odd, actor=keeper(), ground="objection", facts=facts_of),
    ):
        with pytest.raises(RegisterError) as error:
            ask()
        assert error.value.code == "REGISTER-NAME"


def test_other_organisations_are_not_asked(full: Register) -> None:
    full.add(OTHER_HOME)
    with full.ledger(OTHER_HOME) as ledger:
        meet(ledger, 3)
    assert exported(full, "p-3")["procedures"] == []


def test_an_event_that_cannot_be_read(full: Register) -> None:
    tamper(full, "UPDATE openbadge_event SET kind = 'unheard-of' WHERE stream = 'award:1'")
    with pytest.raises(RegisterError) as error:
        exported(full, "p-1")
    assert error.value.code == "REGISTER-EVENT"
