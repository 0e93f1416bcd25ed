"""Writing and reading back, on both engines."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event, text

from openbadge_issuer.assertions.json_text import JsonObject
from openbadge_issuer.errors import CanonicalizationError, LimitError, RegisterError
from openbadge_issuer.jsonld.jcs import canonicalize_jcs
from openbadge_issuer.policy.facts import Facts
from openbadge_issuer.register import Ledger, Register
from openbadge_issuer.register.chain import GENESIS, Entry, commitment
from openbadge_issuer.register.names import MAX_NAME
from register_world import (
    DAY,
    HOME,
    LIST,
    NOW,
    OTHER_HOME,
    Closed,
    Judged,
    Met,
    act,
    add,
    award,
    facts_of,
    meet,
    open_list,
)

OPEN = Facts("met")


def refused(code: str) -> pytest.RaisesExc[RegisterError]:
    return pytest.raises(RegisterError, check=lambda error: error.code == code)


def test_what_is_appended_is_read_back(register: Register) -> None:
    met = Met.done(act(), person="p-1", name="Ada", address="ada@example.org")
    judged = Judged.done(
        act(at=NOW + DAY),
        holder="p-1",
        outcome="met",
        notes="Zoë led it. \x00\u2028",
        evidence=({"form": "note"},),
    )
    with register.ledger(HOME) as ledger:
        add(ledger, "person:p-1", met)
        head = add(ledger, "award:1", judged, judged)
        assert ledger.events("person:p-1") == (met,)
    with register.records(HOME) as records:
        assert records.events("award:1") == (judged, judged)
        assert records.events("award:2") == ()
        assert records.head == head
        assert (head.length, head.at) == (3, NOW + DAY)
        row = records.stream("award:1")
    assert row is not None
    assert (row.name, row.events, row.last) == ("award:1", 2, NOW + DAY)
    assert row.facts == facts_of("award:1", (judged, judged))


def test_the_head_of_an_empty_chain(register: Register) -> None:
    with register.records(HOME) as records:
        assert (records.head.length, records.head.digest, records.head.at) == (0, GENESIS, None)


def test_anybody_can_compute_the_chain_with_common_tools(register: Register) -> None:
    """The digests as docs/reference/register.md says, computed without our own functions."""
    with register.ledger(HOME) as ledger:
        meet(ledger, 1)
        add(ledger, 'award:é"\\1', Judged.done(act(), holder="p-1", outcome="met", notes="Well \\ done\n"))
        rows = [row for name in ("person:p-1", 'award:é"\\1') for row in ledger.rows(name)]
        head = ledger.head
    previous = "0" * 64
    for row in rows:
        commitments = []
        sealed = row.sealed()
        for part, read in zip(row.parts, sealed.parts, strict=True):
            assert read is not None
            content: JsonObject = {
                "class": part.record_class,
                "content": read.content,
                "person": part.person,
            }
            salted = bytes.fromhex(part.salt) + canonicalize_jcs(content)
            commitments.append(hashlib.sha256(salted).hexdigest())
        body = sealed.body
        entry: JsonObject = {
            "body": body,
            "commitments": [*commitments],
            "kind": row.kind,
            "organisation": HOME,
            "previous": previous,
            "sequence": row.sequence,
            "stream": row.stream,
        }
        previous = hashlib.sha256(canonicalize_jcs(entry)).hexdigest()
        assert row.digest == previous
    assert head.digest == previous


def test_a_step_without_events_changes_nothing(register: Register) -> None:
    with register.ledger(HOME) as ledger:
        meet(ledger, 1)
        head = ledger.head
        assert ledger.append("award:1", (), OPEN) == head
        assert ledger.stream("award:1") is None


def test_what_fails_in_the_middle_leaves_nothing(register: Register) -> None:
    with suppress(ZeroDivisionError), register.ledger(HOME) as ledger:
        meet(ledger, 1)
        raise ZeroDivisionError
    with register.records(HOME) as records:
        assert records.head.length == 0
        assert records.find("person", "ada.1@example.org") is None


def test_a_reader_sees_one_moment_while_others_write(register: Register) -> None:
    with register.records(HOME) as records:
        assert records.head.length == 0
        with register.ledger(HOME) as ledger:
            meet(ledger, 1)
        assert records.head.length == 0
        assert records.events("person:p-1") == ()


def test_organisations_do_not_see_each_other(register: Register) -> None:
    register.add(OTHER_HOME)
    register.add(OTHER_HOME)
    assert register.organisations() == (HOME, OTHER_HOME)
    with register.ledger(HOME) as ledger:
        meet(ledger, 1)
        open_list(ledger)
        first = ledger.head
    with register.ledger(OTHER_HOME) as ledger:
        assert (ledger.head.length, ledger.status.lists()) == (0, ())
        assert ledger.find("person", "ada.1@example.org") is None
        meet(ledger, 1)
        assert ledger.head.digest != first.digest
        with refused("REGISTER-LIST"):
            ledger.status.allocate(LIST, key="k", rng=bytes)
        with refused("REGISTER-LIST-EXISTS"):
            open_list(ledger)
    with register.records(HOME) as records:
        assert records.head == first


def test_an_unknown_organisation(register: Register) -> None:
    with refused("REGISTER-ORGANISATION"), register.ledger(OTHER_HOME):
        pass
    with refused("REGISTER-ORGANISATION"), register.records("https://breakthrough.example/"):
        pass
    for odd in ("", "\ud800"):
        with refused("REGISTER-NAME"):
            register.add(odd)
        with refused("REGISTER-NAME"), register.records(odd):
            pass


def test_lists_are_narrowed_down(register: Register) -> None:
    with register.ledger(HOME) as ledger:
        open_list(ledger)
        for number in (3, 1, 2):
            meet(ledger, number)
            award(ledger, number, at=NOW + number * DAY)
        add(ledger, "award:2", Closed.done(act(at=NOW + 5 * DAY)))
    with register.records(HOME) as records:

        def names(**narrowed: object) -> list[str]:
            return [row.name for row in records.streams("award", **narrowed)]  # type: ignore[arg-type]  # tests

        assert names() == ["award:1", "award:2", "award:3"]
        assert names(open_only=True) == ["award:1", "award:3"]
        assert names(phase="closed") == ["award:2"]
        assert names(person="p-3") == ["award:3"]
        assert names(due_before=NOW + 9 * DAY) == ["award:1"]
        assert names(due_before=NOW + 8 * DAY) == []
        assert list(records.streams("case")) == []


def test_a_moment_in_another_zone_is_the_same_moment(register: Register) -> None:
    zoned = datetime.fromisoformat("2026-03-01T23:30:00.5+05:30")
    with register.ledger(HOME) as ledger:
        ledger.append("award:1", [Closed.done(act(at=zoned))], Facts("due", due=zoned))
        assert [
            row.last for row in ledger.streams("award", due_before=zoned + timedelta(microseconds=1))
        ] == [zoned]
        assert list(ledger.streams("award", due_before=zoned)) == []
        assert ledger.head.at == zoned.astimezone(UTC)
    with pytest.raises(ValueError, match="offset"), register.ledger(HOME) as ledger:
        ledger.append("award:2", [Closed.done(act())], Facts("due", due=zoned.replace(tzinfo=None)))


def test_the_latest_moment_counts_and_not_the_last_written(register: Register) -> None:
    with register.ledger(HOME) as ledger:
        add(ledger, "award:1", Closed.done(act(at=NOW)))
        add(ledger, "award:1", Closed.done(act(at=NOW - DAY)))
        row = ledger.stream("award:1")
        assert row is not None
        assert (row.last, row.events) == (NOW, 2)


def test_a_key_finds_one_procedure_of_a_kind(register: Register) -> None:
    with register.ledger(HOME) as ledger:
        meet(ledger, 1)
        assert ledger.find("person", "ada.1@example.org") == "person:p-1"
        assert ledger.find("award", "ada.1@example.org") is None
        ledger.append("award:1", [Closed.done(act())], Facts("x", key="ada.1@example.org"))
        with refused("REGISTER-KEY-TAKEN"):
            ledger.append("person:p-2", [Closed.done(act())], Facts("x", key="ada.1@example.org"))
        assert (ledger.head.length, ledger.events("person:p-2")) == (2, ())


@pytest.mark.parametrize(
    "name",
    [
        "",
        "Award:1",
        "award:",
        "award 1",
        "award:a\nb",
        "award:\x00",
        "award:\ud800",
        "award:" + "x" * MAX_NAME,
    ],
)
def test_a_name_that_cannot_be_one(register: Register, name: str) -> None:
    with register.ledger(HOME) as ledger:
        with refused("REGISTER-NAME") as error:
            ledger.append(name, [Closed.done(act())], OPEN)
        assert str(error.value).isprintable()
        assert ledger.head.length == 0


@pytest.mark.parametrize(
    "facts", [Facts(""), Facts("x", key="a\x00"), Facts("x", person="x" * (MAX_NAME + 1))]
)
def test_facts_that_cannot_be_stored(register: Register, facts: Facts) -> None:
    with refused("REGISTER-NAME"), register.ledger(HOME) as ledger:
        ledger.append("award:1", [Closed.done(act())], facts)
    with refused("REGISTER-NAME"), register.ledger(HOME) as ledger:
        ledger.append("person:1", [Met.done(act(), person="p\x00", name="Ada")], OPEN)
    with register.records(HOME) as records:
        assert records.head.length == 0


@pytest.mark.parametrize("odd", ["", "\x00", "award:\ud800", "x" * 10_000, "award:' OR 1=1"])
def test_asking_for_what_can_be_no_name_finds_nothing(register: Register, odd: str) -> None:
    with register.ledger(HOME) as ledger:
        meet(ledger, 1)
        assert (ledger.find("person", odd), ledger.events(odd), ledger.stream(odd)) == (None, (), None)


def test_an_event_that_cannot_be_written_leaves_nothing(register: Register) -> None:
    long = Judged.done(act(), holder="p-1", outcome="met", notes="x" * 16 * 1024 * 1024)
    with pytest.raises(LimitError, match="at most"), register.ledger(HOME) as ledger:
        add(ledger, "award:1", long)
    lone = Judged.model_construct(**act().model_dump(), holder="p-1", outcome="\ud800")
    with pytest.raises((CanonicalizationError, ValueError)), register.ledger(HOME) as ledger:
        add(ledger, "award:1", lone)
    with register.records(HOME) as records:
        assert records.head.length == 0


def test_evidence_must_be_there_before_a_record_refers_to_it(register: Register) -> None:
    store = register.settings.evidence
    assert store is not None
    stored = store.put(b"scan")
    with register.ledger(HOME) as ledger:
        open_list(ledger)
        award(ledger, 1, evidence=[stored.digest])
        head = ledger.head
        with refused("REGISTER-EVIDENCE-MISSING"):
            award(ledger, 2, evidence=[hashlib.sha256(b"other").hexdigest()])
        assert ledger.head == head


def test_the_database_itself_refuses_to_change_the_chain(register: Register) -> None:
    with register.ledger(HOME) as ledger:
        meet(ledger, 1)
    for statement in (
        "UPDATE openbadge_event SET body = '{}'",
        "DELETE FROM openbadge_event",
        "UPDATE openbadge_part SET content = '{}'",
    ):
        with refused("REGISTER-DATABASE") as error, register.transaction(writing=True) as transaction:
            transaction.run(text(statement))
        assert "never changed" in str(error.value)


def test_who_does_not_wait_for_others_is_noticed(register: Register) -> None:
    """A head that moves under a writer, as it may where nothing holds the others back."""
    with refused("REGISTER-CONFLICT"), register.ledger(HOME) as ledger:
        rng = register.settings.rng

        def meddle(size: int) -> bytes:
            ledger.transaction.run(text("UPDATE openbadge_organisation SET length = length + 1"))
            return rng(size)

        ledger.settings = replace(register.settings, rng=meddle)
        meet(ledger, 1)


def plans(ledger: Ledger, question: Callable[[], object]) -> str:
    """Ask something, and return how the database finds it out."""
    asked: list[tuple[str, object]] = []

    def note(_a: object, _b: object, statement: str, parameters: object, *_: object) -> None:
        asked.append((statement, parameters))

    connection = ledger.transaction.connection
    event.listen(connection, "before_cursor_execute", note)
    try:
        question()
    finally:
        event.remove(connection, "before_cursor_execute", note)
    explain = "EXPLAIN QUERY PLAN" if ledger.transaction.is_sqlite else "EXPLAIN"
    lines = []
    for statement, parameters in asked:
        rows = connection.exec_driver_sql(f"{explain} {statement}", parameters)  # type: ignore[arg-type]  # as asked
        lines += [str(tuple(row)) for row in rows]
    return "\n".join(lines)


def test_looking_something_up_reads_no_more_than_that(register: Register) -> None:
    """A stream is folded from its own events; lists and look-ups use their indexes."""
    with register.ledger(HOME) as ledger:
        open_list(ledger)
        for number in range(60):
            meet(ledger, number)
            award(ledger, number)
        if not ledger.transaction.is_sqlite:
            ledger.transaction.run(text("ANALYZE"))
            ledger.transaction.run(text("SET LOCAL enable_seqscan = off"))  # which it likes for small tables
        for question, index in (
            (lambda: ledger.events("award:7"), "ix_openbadge_event_organisation_stream_sequence"),
            (lambda: ledger.find("person", "ada.7@example.org"), "openbadge_stream"),
            (lambda: ledger.streams("award", phase="asked"), "ix_openbadge_stream_organisation_kind_phase"),
            (lambda: ledger.streams("award", person="p-7"), "ix_openbadge_stream_organisation_person"),
            (lambda: ledger.status.find(LIST, "urn:uuid:7"), "openbadge_status_allocation"),
        ):
            plan = plans(ledger, question)
            assert index in plan
            big = ("event", "part", "stream", "status_allocation")
            assert not any(
                f"{scan} openbadge_{table}" in plan for scan in ("SCAN", "Seq Scan on") for table in big
            )
            assert "autoindex_openbadge_event" not in plan


def test_the_bytes_of_an_entry_are_canonical_json() -> None:
    entry = Entry(HOME, 7, 'award:"\\\x1f\u2028é', "k", '{"a":1}', ("ab", "cd"))
    value = {
        "body": {"a": 1},
        "commitments": ["ab", "cd"],
        "kind": "k",
        "organisation": HOME,
        "previous": GENESIS,
        "sequence": 7,
        "stream": 'award:"\\\x1f\u2028é',
    }
    assert entry.digest(GENESIS) == hashlib.sha256(canonicalize_jcs(value)).hexdigest()  # type: ignore[arg-type]  # of JSON
    part = {"class": "person", "content": {"a": "é"}, "person": None}
    expected = hashlib.sha256(b"salt" + canonicalize_jcs(part)).hexdigest()  # type: ignore[arg-type]  # of JSON
    assert commitment(b"salt", record_class="person", person=None, content='{"a":"é"}') == expected
