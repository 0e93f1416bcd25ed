"""Checking the records: every way in which they can be tampered with is found and named."""

from __future__ import annotations

import json

import pytest

from openbadge_issuer.errors.rules import rule_book
from openbadge_issuer.register import Head, Register
from openbadge_issuer.register.evidence_store import EvidenceStore
from openbadge_issuer.register.report import MAX_FINDINGS_PER_CODE, RecordFinding
from openbadge_issuer.register.verifying import verify
from register_attacks import checked, codes, head_of, recompute, tamper
from register_world import (
    DAY,
    HOME,
    LIST,
    NOW,
    OTHER_HOME,
    Closed,
    Given,
    Withdrawn,
    act,
    add,
    award,
    facts_of,
    meet,
    open_list,
    statuses_of,
    withdraw,
)

AT_3 = "WHERE sequence = 3"


@pytest.fixture
def full(register: Register) -> Register:
    """A register in which something of everything happened: 1 list, 3 people, 3 awards, a case."""
    with register.ledger(HOME) as ledger:
        open_list(ledger)  # entry 1
        for number in (1, 2, 3):
            meet(ledger, number)  # entries 2, 5, 8
            award(ledger, number, evidence=[store(register).put(b"scan %d" % number).digest])
        withdraw(ledger, 2)  # entries 11, 12
    return register


def store(register: Register) -> EvidenceStore:
    assert register.settings.evidence is not None
    return register.settings.evidence


def test_records_that_nobody_touched(full: Register) -> None:
    head = head_of(full)
    report = checked(full, head=head)
    assert report
    assert (report.verdict, report.findings, report.found, report.proven) == ("passed", (), head, head)
    assert report.to_json() == {
        "schemaVersion": 1,
        "organisation": HOME,
        "verdict": "passed",
        "head": {"length": 12, "digest": head.digest, "at": "2026-03-02T12:00:00Z"},
        "comparedWith": {"length": 12, "digest": head.digest, "at": "2026-03-02T12:00:00Z"},
        "findings": [],
        "counts": {},
    }


def test_an_empty_chain(register: Register) -> None:
    assert checked(register, head=Head(HOME, 0)).verdict == "passed"


def test_without_a_head_the_end_is_unproven(full: Register) -> None:
    report = checked(full, head=None)
    assert not report
    assert (report.verdict, codes(report)) == ("undetermined", {"REGISTER-TAIL-UNPROVEN"})


def test_what_came_after_the_head_is_not_proven_by_it(full: Register) -> None:
    head = head_of(full)
    with full.ledger(HOME) as ledger:
        meet(ledger, 4)
        meet(ledger, 5)
    report = checked(full, head=head)
    assert (report.verdict, codes(report)) == ("passed", {"REGISTER-AFTER-HEAD"})
    assert "(2)" in report.findings[0].sentence("nl")


TAMPERED = {
    "a changed body": (
        f"UPDATE openbadge_event SET body = replace(body, 'met', 'not') {AT_3}",
        "REGISTER-ENTRY-CHANGED",
    ),
    "a changed kind": (f"UPDATE openbadge_event SET kind = 'closed' {AT_3}", "REGISTER-ENTRY-CHANGED"),
    "an event moved to another procedure": (
        f"UPDATE openbadge_event SET stream = 'award:2' {AT_3}",
        "REGISTER-ENTRY-CHANGED",
    ),
    "a changed digest": (f"UPDATE openbadge_event SET digest = 'ab' {AT_3}", "REGISTER-ENTRY-CHANGED"),
    "commitments spelled otherwise": (
        f"UPDATE openbadge_event SET commitments = commitments || ' ' {AT_3}",
        "REGISTER-ENTRY-CHANGED",
    ),
    "a removed event": (
        (
            "DELETE FROM openbadge_evidence WHERE sequence = 3;"
            "DELETE FROM openbadge_part WHERE sequence = 3;"
            "DELETE FROM openbadge_event WHERE sequence = 3"
        ),
        "REGISTER-ENTRY-GAP",
    ),
    "two events in the other order": (
        (
            "UPDATE openbadge_event SET sequence = 999 WHERE sequence = 3;"
            "UPDATE openbadge_event SET sequence = 3 WHERE sequence = 4;"
            "UPDATE openbadge_event SET sequence = 4 WHERE sequence = 999"
        ),
        "REGISTER-ENTRY-CHANGED",
    ),
    "an event put in between": (
        (
            "INSERT INTO openbadge_event SELECT organisation, 13, stream, kind, body, commitments, digest"
            " FROM openbadge_event WHERE sequence = 3"
        ),
        "REGISTER-ENTRY-CHANGED",
    ),
    "a changed part": (
        f"UPDATE openbadge_part SET content = replace(content, 'well', 'badly') {AT_3}",
        "REGISTER-PART-CHANGED",
    ),
    "a part given to somebody else": (
        f"UPDATE openbadge_part SET person = 'p-2' {AT_3} AND record_class = 'dossier'",
        "REGISTER-PART-CHANGED",
    ),
    "a part put into another class": (
        f"UPDATE openbadge_part SET record_class = 'misuse' {AT_3} AND record_class = 'dossier'",
        "REGISTER-PART-CHANGED",
    ),
    "swapped salts": (
        (
            "UPDATE openbadge_part SET salt = (SELECT salt FROM openbadge_part AS other"
            f" WHERE other.sequence = 4 AND other.position = 0) {AT_3} AND position = 0"
        ),
        "REGISTER-PART-CHANGED",
    ),
    "a salt in capitals": (f"UPDATE openbadge_part SET salt = upper(salt) {AT_3}", "REGISTER-PART-CHANGED"),
    "a salt that is none": (f"UPDATE openbadge_part SET salt = 'zz' {AT_3}", "REGISTER-PART-CHANGED"),
    "a part that was removed and not by record": (
        "DELETE FROM openbadge_part WHERE sequence = 2",
        "REGISTER-PART-MISSING",
    ),
    "an invented part": (
        "INSERT INTO openbadge_part VALUES (1, 3, 7, 'dossier', 'p-1', 'ab', '{}')",
        "REGISTER-PART-UNKNOWN",
    ),
    "a part of no event": (
        "INSERT INTO openbadge_part VALUES (1, 99, 0, 'dossier', 'p-1', 'ab', '{}')",
        "REGISTER-PART-UNKNOWN",
    ),
    "a cut-off tail": (
        "DELETE FROM openbadge_part WHERE sequence = 12; DELETE FROM openbadge_event WHERE sequence = 12",
        "REGISTER-END",
    ),
    "an event of no organisation": (
        (
            "INSERT INTO openbadge_event SELECT 9, sequence, stream, kind, body, commitments, digest"
            " FROM openbadge_event WHERE sequence = 3"
        ),
        "REGISTER-STRAY",
    ),
    "another phase": (
        "UPDATE openbadge_stream SET phase = 'closed' WHERE name = 'award:1'",
        "REGISTER-FACTS",
    ),
    "another deadline": (
        "UPDATE openbadge_stream SET due = '2030-01-01T00:00:00.000000Z' WHERE name = 'award:1'",
        "REGISTER-FACTS",
    ),
    "another number of events": (
        "UPDATE openbadge_stream SET events = 1 WHERE name = 'award:1'",
        "REGISTER-FACTS",
    ),
    "a procedure taken out of the lists": (
        "DELETE FROM openbadge_stream WHERE name = 'award:1'",
        "REGISTER-STREAM-MISSING",
    ),
    "an invented procedure in the lists": (
        (
            "INSERT INTO openbadge_stream SELECT organisation, 'award:0', kind, phase, due, person, null,"
            " closed, events, last FROM openbadge_stream WHERE name = 'award:1'"
        ),
        "REGISTER-STREAM-UNKNOWN",
    ),
    "an invented procedure at the end of the lists": (
        (
            "INSERT INTO openbadge_stream SELECT organisation, 'z', kind, phase, due, person, null,"
            " closed, events, last FROM openbadge_stream WHERE name = 'award:1'"
        ),
        "REGISTER-STREAM-UNKNOWN",
    ),
    "a list of another issuer": (
        "UPDATE openbadge_status_list SET issuer = '\"did:web:evil.example\"'",
        "REGISTER-STATUS-LIST",
    ),
    "a list that was removed": (
        (
            "DELETE FROM openbadge_status_bit; DELETE FROM openbadge_status_allocation;"
            "DELETE FROM openbadge_status_list"
        ),
        "REGISTER-STATUS-LIST",
    ),
    "a wrong count of indexes": (
        "UPDATE openbadge_status_list SET taken = taken - 1",
        "REGISTER-STATUS-LIST",
    ),
    "a revocation undone": ("DELETE FROM openbadge_status_bit", "REGISTER-STATUS-BIT"),
    "a revocation invented": (
        (
            "INSERT INTO openbadge_status_bit SELECT list, position, '2026-03-02T12:00:00.000000Z', null"
            " FROM openbadge_status_allocation WHERE NOT EXISTS (SELECT 1"
            " FROM openbadge_status_bit AS bit WHERE bit.position = openbadge_status_allocation.position)"
        ),
        "REGISTER-STATUS-BIT",
    ),
    "another reason": (
        "UPDATE openbadge_status_bit SET reason = 'Fraud.'",
        "REGISTER-STATUS-BIT",
    ),
    "another moment": (
        "UPDATE openbadge_status_bit SET at = '2026-03-03T12:00:00.000000Z'",
        "REGISTER-STATUS-BIT",
    ),
    "an index that may be given out again": (
        (
            "DELETE FROM openbadge_status_allocation WHERE NOT EXISTS (SELECT 1"
            " FROM openbadge_status_bit AS bit WHERE bit.position = openbadge_status_allocation.position)"
        ),
        "REGISTER-STATUS-INDEX",
    ),
    "an index for something else": (
        "UPDATE openbadge_status_allocation SET key = 'ab' || substr(key, 3)",
        "REGISTER-STATUS-INDEX",
    ),
    "an index given out for nothing": (
        (
            "INSERT INTO openbadge_status_allocation VALUES (1, 5, 'ab');"
            "UPDATE openbadge_status_list SET taken = taken + 1"
        ),
        "REGISTER-STATUS-INDEX",
    ),
    "an index of no list": (
        "INSERT INTO openbadge_status_allocation VALUES (9, 5, 'ab')",
        "REGISTER-STATUS-INDEX",
    ),
    "a bit of no index": (
        "INSERT INTO openbadge_status_bit VALUES (1, 5, '2026-03-02T12:00:00.000000Z', null)",
        "REGISTER-STATUS-BIT",
    ),
    "a bit of no list": (
        "INSERT INTO openbadge_status_bit VALUES (9, 5, '2026-03-02T12:00:00.000000Z', null)",
        "REGISTER-STATUS-INDEX",
    ),
    "a reference to evidence removed": (
        "DELETE FROM openbadge_evidence WHERE sequence = 3",
        "REGISTER-EVIDENCE-ROW",
    ),
    "a reference to evidence invented": (
        "INSERT INTO openbadge_evidence VALUES (1, 4, 0, 'ab')",
        "REGISTER-EVIDENCE-ROW",
    ),
}


@pytest.mark.parametrize(("statements", "code"), TAMPERED.values(), ids=TAMPERED)
def test_tampering_is_found(full: Register, statements: str, code: str) -> None:
    head = head_of(full)
    tamper(full, *statements.split(";"))
    for compared in (head, None):
        report = checked(full, head=compared)
        assert report.verdict == "failed"
        assert code in codes(report)
        shown = json.dumps(report.to_json(), ensure_ascii=False)
        assert "{" not in "".join(finding.sentence() + finding.advice() for finding in report.findings)
        assert "Lovelace" not in shown
        assert "example.org" not in shown


def test_a_list_that_no_event_knows(full: Register) -> None:
    head = head_of(full)
    tamper(
        full,
        "INSERT INTO openbadge_status_list SELECT 2, organisation, url || '2', issuer, purpose, size, 0"
        " FROM openbadge_status_list",
    )
    assert codes(checked(full, head=head)) == {"REGISTER-STATUS-LIST"}


REWRITTEN = {
    "an event changed": f"UPDATE openbadge_event SET body = replace(body, 'met', 'not') {AT_3}",
    "a part changed": f"UPDATE openbadge_part SET content = replace(content, 'well', 'badly') {AT_3}",
}


@pytest.mark.parametrize("statement", REWRITTEN.values(), ids=REWRITTEN)
def test_a_chain_written_anew_is_found_by_the_head_alone(full: Register, statement: str) -> None:
    head = head_of(full)
    tamper(full, statement)
    recompute(full)
    assert codes(checked(full, head=None)) == {"REGISTER-TAIL-UNPROVEN"}
    report = checked(full, head=head)
    assert (report.verdict, codes(report)) == ("failed", {"REGISTER-HEAD-REWRITTEN"})


def test_a_tail_cut_off_with_care_is_found_by_the_head_alone(full: Register) -> None:
    older = head_of(full)
    with full.ledger(HOME) as ledger:
        meet(ledger, 4)
    head = head_of(full)
    tamper(
        full,
        "DELETE FROM openbadge_part WHERE sequence = 13",
        "DELETE FROM openbadge_event WHERE sequence = 13",
        "DELETE FROM openbadge_stream WHERE name = 'person:p-4'",
        "UPDATE openbadge_organisation SET length = 12, digest = :digest, at = :at",
        digest=older.digest,
        at="2026-03-02T12:00:00.000000Z",
    )
    assert checked(full, head=older).verdict == "passed"
    report = checked(full, head=head)
    assert (report.verdict, codes(report)) == ("failed", {"REGISTER-HEAD-CUT"})


def test_an_event_invented_with_care_before_the_head(full: Register) -> None:
    """Somebody removes the last entry and writes another in its place, all digests computed anew."""
    head = head_of(full)
    tamper(
        full,
        "UPDATE openbadge_event SET body = replace(body, 'p-2', 'p-3') WHERE sequence = 12",
    )
    recompute(full)
    assert "REGISTER-HEAD-REWRITTEN" in codes(checked(full, head=head))


def test_the_moment_of_the_last_entry(full: Register) -> None:
    tamper(full, "UPDATE openbadge_organisation SET at = '2026-03-05T12:00:00.000000Z'")
    assert codes(checked(full, head=None)) >= {"REGISTER-END"}


def test_a_head_of_another_organisation(full: Register) -> None:
    full.add(OTHER_HOME)
    report = checked(full, head=head_of(full, OTHER_HOME))
    assert (report.verdict, codes(report)) == ("failed", {"REGISTER-HEAD-OTHER"})
    assert OTHER_HOME in report.findings[0].sentence()


def test_other_organisations_are_left_alone(full: Register) -> None:
    full.add(OTHER_HOME)
    with full.ledger(OTHER_HOME) as ledger:
        meet(ledger, 1)
        award_list = "https://other.example/status/1"
        open_list(ledger, award_list)
    assert checked(full, head=head_of(full)).verdict == "passed"
    assert checked(full, head=head_of(full, OTHER_HOME), organisation=OTHER_HOME).verdict == "passed"


def test_events_that_cannot_be_read(full: Register) -> None:
    """An event that the chain vouches for, and that this version does not know."""
    tamper(full, "UPDATE openbadge_event SET kind = 'unheard-of' WHERE sequence = 3")
    recompute(full)
    report = checked(full, head=head_of(full))
    assert (report.verdict, codes(report)) == ("failed", {"REGISTER-EVENT"})
    assert report.findings[0].stream == "award:1"


def test_missing_changed_and_forgotten_evidence(full: Register) -> None:
    head, evidence = head_of(full), store(full)
    one, two, three = (evidence.put(b"scan %d" % number).digest for number in (1, 2, 3))
    evidence.path(one).unlink()
    evidence.path(two).write_bytes(b"scan of something else")
    left = evidence.put(b"nobody refers to this").digest
    report = checked(full, head=head)
    found = {(finding.code, finding.details["digest"]) for finding in report.findings}
    assert report.verdict == "failed"
    assert found == {
        ("REGISTER-EVIDENCE-MISSING", one),
        ("REGISTER-EVIDENCE-CHANGED", two),
        ("REGISTER-EVIDENCE-UNUSED", left),
    }
    evidence.put(b"scan 1")
    evidence.put(b"scan 2")
    assert checked(full, head=head).verdict == "passed", "what nobody refers to is no error"
    assert evidence.holds(three)


def test_evidence_that_was_not_looked_for(full: Register) -> None:
    with full.records(HOME) as records:
        unset = type(records)(records.transaction, HOME, type(full.settings)(restore=full.settings.restore))
        report = verify(unset, facts=facts_of, statuses=statuses_of, head=records.head)
        again = verify(unset, facts=facts_of, statuses=statuses_of, head=records.head, evidence=store(full))
    assert (report.verdict, codes(report)) == ("undetermined", {"REGISTER-EVIDENCE-UNCHECKED"})
    assert again.verdict == "passed"


def test_status_lists_that_were_not_compared(full: Register) -> None:
    with full.records(HOME) as records:
        report = verify(records, facts=facts_of, head=records.head)
    assert (report.verdict, codes(report)) == ("undetermined", {"REGISTER-STATUS-UNCHECKED"})


def test_bits_of_no_index_are_found_without_asking_the_events(full: Register) -> None:
    tamper(full, "INSERT INTO openbadge_status_bit VALUES (1, 5, '2026-03-02T12:00:00.000000Z', null)")
    with full.records(HOME) as records:
        report = verify(records, facts=facts_of, head=records.head)
    assert "REGISTER-STATUS-INDEX" in codes(report)


def test_without_status_lists_there_is_nothing_to_compare(register: Register) -> None:
    with register.ledger(HOME) as ledger:
        meet(ledger, 1)
    with register.records(HOME) as records:
        assert verify(records, facts=facts_of, head=records.head).findings == ()


def test_streams_that_speak_of_one_index_are_heard_in_the_order_of_the_chain(full: Register) -> None:
    """The later entry wins, whatever the names of the streams."""
    with full.records(HOME) as records:
        given = next(event for event in records.events("award:1") if isinstance(event, Given))
    withdrawn = Withdrawn.done(
        act(at=NOW + DAY), holder="p-1", url=LIST, index=given.index, reason="Given by mistake."
    )
    with full.ledger(HOME) as ledger:
        ledger.status.set(LIST, given.index, now=NOW + DAY, reason="Given by mistake.")
        add(ledger, "a-case:1", withdrawn)  # by its name it comes before the award
    assert checked(full, head=head_of(full)).findings == ()


def test_more_of_the_same_is_counted(register: Register) -> None:
    with register.ledger(HOME) as ledger:
        for number in range(MAX_FINDINGS_PER_CODE + 20):
            meet(ledger, number)
    head = head_of(register)
    tamper(register, "UPDATE openbadge_part SET content = '{}' WHERE person <> 'p-keeper'")
    report = checked(register, head=head)
    assert report.counts["REGISTER-PART-CHANGED"] == MAX_FINDINGS_PER_CODE + 20
    assert len(report.findings) == MAX_FINDINGS_PER_CODE


def test_a_finding_says_where_and_what_to_do() -> None:
    finding = RecordFinding("REGISTER-PART-CHANGED", "failed", "award:1", 3, {"entry": 3})
    assert finding.sentence("en") == "A personal part of entry 3 is not as it was written."
    assert finding.to_json() == {
        "code": "REGISTER-PART-CHANGED",
        "outcome": "failed",
        "severity": "error",
        "message": {"en": finding.sentence("en"), "nl": finding.sentence("nl")},
        "how": {"en": finding.advice("en"), "nl": finding.advice("nl")},
        "stream": "award:1",
        "sequence": 3,
    }
    assert finding.rule is rule_book()["REGISTER-PART-CHANGED"]


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_truth_value_that_is_neither_true_nor_false(full: Register) -> None:
    """SQLAlchemy would take it for true, and SQLite would find it neither open nor closed."""
    with full.ledger(HOME) as ledger:
        add(ledger, "award:1", Closed.done(act(at=NOW + DAY)))
    head = head_of(full)
    tamper(full, "UPDATE openbadge_stream SET closed = 2 WHERE name = 'award:1'")
    assert codes(checked(full, head=head)) == {"REGISTER-FACTS"}


@pytest.mark.parametrize("column", ["stream", "kind", "body", "commitments", "digest", "sequence"])
@pytest.mark.parametrize("value", [b"\xff", "x", 1.5])
@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_cells_of_another_type(full: Register, column: str, value: object) -> None:
    """SQLite lets anything stand in any column."""
    head = head_of(full)
    tamper(full, f"UPDATE openbadge_event SET {column} = :value WHERE sequence = 12", value=value)
    assert checked(full, head=head).verdict == "failed"
