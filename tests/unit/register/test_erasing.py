"""Erasing a person: nothing of it is left, what others need stays, and the chain holds."""

from __future__ import annotations

import dataclasses
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from openbadge_issuer.errors import PolicyError, RegisterError
from openbadge_issuer.policy.register_events import RecordsErased
from openbadge_issuer.register import Register
from openbadge_issuer.register.destroying import PLACES_IN_EVENT, Destroyed, Place, remove_files, sweep
from openbadge_issuer.register.erasing import erase, erase_in
from openbadge_issuer.register.evidence_store import EvidenceStore
from openbadge_issuer.register.private_file import INCOMING
from register_attacks import checked, codes, head_of, tamper
from register_world import (
    HOME,
    NOW,
    OTHER_HOME,
    POLICY,
    Judged,
    act,
    add,
    award,
    facts_of,
    keeper,
    meet,
    open_list,
    withdraw,
)

ACTOR = keeper()


@pytest.fixture
def full(register: Register) -> Register:
    evidence = store(register)
    with register.ledger(HOME) as ledger:
        open_list(ledger)
        shared = evidence.put(b"a picture of everybody").digest
        for number in (1, 2):
            meet(ledger, number)
            award(ledger, number, evidence=[evidence.put(b"scan %d" % number).digest, shared])
        withdraw(ledger, 1)
    return register


def store(register: Register) -> EvidenceStore:
    assert register.settings.evidence is not None
    return register.settings.evidence


def erased(register: Register, person: str) -> Destroyed:
    done = erase(register, HOME, person, actor=ACTOR, ground="consent-withdrawn", facts=facts_of)
    assert done.is_clean
    return done.destroyed


def test_everything_about_a_person_goes_and_everything_else_stays(full: Register) -> None:
    older, evidence = head_of(full), store(full)
    with full.records(HOME) as records:
        before = {name: records.events(name) for name in ("person:p-2", "award:2", "case:1", "award:1")}
    destroyed = erased(full, "p-1")
    assert {part.record_class for part in destroyed.parts} == {"person", "dossier", "credential", "case"}
    assert destroyed.files == (evidence.put(b"scan 1").digest,)
    assert evidence.remove(destroyed.files[0]), "put again just now"
    with full.records(HOME) as records:
        assert records.events("person:p-2") == before["person:p-2"]
        assert records.events("award:2") == before["award:2"]
        assert records.find("person", "ada.1@example.org") is None
        assert records.find("person", "ada.2@example.org") == "person:p-2"
        doubted, withdrawn = records.events("case:1")
        assert doubted == before["case:1"][0].model_copy(update={"story": None})
        assert withdrawn == before["case:1"][1]
        judged = records.events("award:1")[0]
        assert isinstance(judged, Judged)
        assert (judged.outcome, judged.notes, judged.evidence) == ("met", None, None)
        assert judged.by_name == "Kees Keeper", "the assessor's own"
        [event] = [one for one in records.events("register") if isinstance(one, RecordsErased)]
    assert (event.person, event.ground, event.files) == ("p-1", "consent-withdrawn", 1)
    assert (event.by, event.at, event.policy) == ("p-keeper", NOW, POLICY.digest)
    assert event.destroyed == tuple(map(str, destroyed.parts))
    for head in (older, head_of(full)):
        assert checked(full, head=head).verdict == "passed"


def test_evidence_that_others_share_stays(full: Register) -> None:
    evidence = store(full)
    erased(full, "p-1")
    assert [evidence.read(digest) for digest in evidence.digests()]
    assert len(list(evidence.digests())) == 2
    erased(full, "p-2")
    assert list(evidence.digests()) == []


def test_evidence_that_another_organisation_shares_stays(full: Register) -> None:
    evidence = store(full)
    full.add(OTHER_HOME)
    scan = evidence.put(b"scan 1").digest
    with full.ledger(OTHER_HOME) as ledger:
        judged = Judged.done(act(), holder="p-1", outcome="met", notes="Ada", evidence=({"sha256": scan},))
        add(ledger, "award:1", judged)
    assert scan not in erased(full, "p-1").files
    assert evidence.holds(scan)
    with full.records(OTHER_HOME) as records:
        assert records.events("award:1") == (judged,), "who is erased here is not erased there"


def test_done_again_it_does_nothing(full: Register) -> None:
    erased(full, "p-1")
    head = head_of(full)
    assert erased(full, "p-1") == Destroyed()
    assert erased(full, "p-unheard-of") == Destroyed()
    assert head_of(full) == head


def test_what_is_recorded_later_can_be_erased_later(full: Register) -> None:
    erased(full, "p-1")
    with full.ledger(HOME) as ledger:
        meet(ledger, 1)
    assert len(erased(full, "p-1").parts) == 1
    assert checked(full, head=head_of(full)).verdict == "passed"


def test_who_erases_himself_leaves_no_name(full: Register) -> None:
    done = erased(full, "p-keeper")
    assert {part.record_class for part in done.parts} == {"person"}
    with full.records(HOME) as records:
        assert [event.by_name for event in records.events("register")] == [None, None]
        assert all(event.by_name is None for event in records.events("award:1"))
    assert checked(full, head=head_of(full)).verdict == "passed"


def test_who_may_not_keep_records_erases_nobody(full: Register) -> None:
    head = head_of(full)
    with pytest.raises(PolicyError, match="holds no role"):
        erase(
            full,
            HOME,
            "p-1",
            actor=dataclasses.replace(ACTOR, person="p-2"),
            ground="objection",
            facts=facts_of,
        )
    assert head_of(full) == head


def test_what_is_not_committed_is_not_erased(full: Register) -> None:
    evidence = store(full)
    with suppress(ZeroDivisionError), full.ledger(HOME) as ledger:
        destroyed = erase_in(ledger, "p-1", actor=ACTOR, ground="objection", facts=facts_of)
        assert destroyed.files
        raise ZeroDivisionError
    assert all(evidence.holds(digest) for digest in destroyed.files)
    assert remove_files(full, evidence, destroyed.files) == ()
    assert checked(full, head=head_of(full)).verdict == "passed"


def test_many_parts_are_named_by_several_events() -> None:
    parts = tuple(Place(number, 0, "award:1", "dossier") for number in range(2 * PLACES_IN_EVENT + 1))
    divided = list(Destroyed(parts).by_event())
    assert [len(some) for some in divided] == [PLACES_IN_EVENT, PLACES_IN_EVENT, 1]
    assert sum(divided, ()) == parts


def test_a_destroyed_part_that_is_back_is_found(full: Register) -> None:
    with full.records(HOME) as records:
        row = next(iter(records.rows("person:p-1")))
    part = next(part for part in row.parts if part.person == "p-1")
    erased(full, "p-1")
    tamper(
        full,
        "INSERT INTO openbadge_part"
        " VALUES (1, :sequence, :position, :record_class, :person, :salt, :content)",
        sequence=row.sequence,
        **dataclasses.asdict(part),
    )
    assert "REGISTER-PART-REVIVED" in codes(checked(full, head=head_of(full)))


def test_an_erasure_recorded_by_nobody_is_found(full: Register) -> None:
    """Parts that are removed without a record are missing, whatever head there is."""
    tamper(
        full,
        "DELETE FROM openbadge_evidence WHERE sequence = 3",
        "DELETE FROM openbadge_part WHERE person = 'p-1'",
        "UPDATE openbadge_stream SET key = NULL WHERE person = 'p-1'",
    )
    assert codes(checked(full, head=head_of(full))) >= {"REGISTER-PART-MISSING"}


def test_others_who_read_keep_the_database_from_being_cleaned(
    full: Register, register_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("openbadge_issuer.register.database.BUSY_SECONDS", 0.02)
    with Register.open(register_url, settings=full.settings) as impatient:
        with full.records(HOME) as records:
            assert records.events("person:p-1")
            done = erase(impatient, HOME, "p-1", actor=ACTOR, ground="child", facts=facts_of)
        assert done.destroyed.parts
        assert not done.is_clean
        impatient.compact()


def test_what_an_interrupted_process_left_is_swept(full: Register) -> None:
    evidence = store(full)
    kept = set(evidence.digests())
    left = evidence.put(b"stored, and never recorded").digest
    (evidence.folder / f"{INCOMING}1").write_bytes(b"half a sc")
    stored = datetime.fromtimestamp(evidence.path(left).stat().st_mtime, UTC)
    assert sweep(full, evidence, before=stored - timedelta(days=1)) == 0
    assert codes(checked(full, head=head_of(full))) == {"REGISTER-EVIDENCE-UNUSED"}
    assert sweep(full, evidence, before=stored + timedelta(days=1)) == 2
    assert set(evidence.digests()) == kept
    assert checked(full, head=head_of(full)).findings == ()


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_no_trace_is_left_in_any_file(full: Register, register_url: str, tmp_path: Path) -> None:
    """Every file is read byte by byte, while the register is still open and after it was closed."""

    def found() -> set[str]:
        names = ("Lovelace 1", "ada.1@", "Ada 1 did well", "scan 1", "workshop was another")
        data = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
        assert any(path.name.endswith("-wal") for path in data) or full_is_closed
        return {
            f"{name} in {path.name}" for name in names for path, held in data.items() if name.encode() in held
        }

    full_is_closed = False
    assert {one.split(" in ")[0] for one in found()} == {
        "Lovelace 1",
        "ada.1@",
        "Ada 1 did well",
        "scan 1",
        "workshop was another",
    }
    erased(full, "p-1")
    assert found() == set()
    full.close()
    full_is_closed = True
    assert found() == set()
    assert b"ada.2@example.org" in Path(register_url.removeprefix("sqlite:///")).read_bytes()


def test_a_clean_up_that_fails_says_so(full: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "openbadge_issuer.register.register.Register.compact",
        lambda _: (_ for _ in ()).throw(RegisterError("REGISTER-DATABASE", problem="disk full")),
    )
    with pytest.raises(RegisterError, match="disk full"):
        erase(full, HOME, "p-1", actor=ACTOR, ground="objection", facts=facts_of)
    with full.records(HOME) as records:
        assert records.find("person", "ada.1@example.org") is None
