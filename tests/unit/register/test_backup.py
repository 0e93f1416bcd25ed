"""Backups: whole, the same whatever database they come from, and believed in nothing."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import shutil
import stat
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integration.postgresql import Cluster
from openbadge_issuer.errors import LimitError, OpenBadgeError, OutputError
from openbadge_issuer.register import Head, Records, Register, restoring
from openbadge_issuer.register.archive import MANIFEST, TABLES
from openbadge_issuer.register.backup import backup
from openbadge_issuer.register.database import Transaction
from openbadge_issuer.register.evidence_store import EvidenceStore
from openbadge_issuer.register.restoring import restore
from register_attacks import checked, codes, head_of
from register_world import (
    HOME,
    LIST,
    NOW,
    OTHER_HOME,
    SETTINGS,
    award,
    meet,
    open_list,
    settings_with_evidence,
    withdraw,
)

Make = Callable[[], Register]


def refused(code: str) -> pytest.RaisesExc[OpenBadgeError]:
    return pytest.raises(OpenBadgeError, check=lambda error: error.code == code)


@pytest.fixture
def full(register: Register) -> Register:
    assert register.settings.evidence is not None
    register.add(OTHER_HOME)
    with register.ledger(HOME) as ledger:
        open_list(ledger)
        for number in (1, 2):
            meet(ledger, number)
            award(ledger, number, evidence=[register.settings.evidence.put(b"scan %d" % number).digest])
        withdraw(ledger, 1)
    with register.ledger(OTHER_HOME) as ledger:
        meet(ledger, 1)
    return register


@pytest.fixture
def file(full: Register, tmp_path: Path) -> Path:
    path = tmp_path / "backup.zip"
    backup(full, path, now=NOW)
    return path


@pytest.fixture
def fresh(
    engine_name: str, request: pytest.FixtureRequest, tmp_path: Path, empty_sqlite: Path
) -> Iterator[Make]:
    """Make registers that nothing stands in."""
    made: list[Register] = []

    def make() -> Register:
        folder = tmp_path / f"restored-{len(made)}"
        folder.mkdir()
        if engine_name == "sqlite":
            shutil.copy(empty_sqlite, folder / "register.db")
            url = f"sqlite:///{folder / 'register.db'}"
        else:
            cluster, name = request.getfixturevalue("postgresql"), request.getfixturevalue("second_register")
            cluster.empty(name)
            url = cluster.url(name)
        made.append(Register.open(url, settings=settings_with_evidence(folder / "evidence")))
        return made[-1]

    yield make
    for register in made:
        register.close()


@pytest.fixture(scope="module")
def second_register(postgresql: Cluster, worker_id: str) -> str:
    """The name of a second database with a register."""
    name = f"second_{worker_id}"
    Register.create(postgresql.create(name)).close()
    return name


def contents(register: Register) -> dict[str, list[object]]:
    with register.transaction() as transaction:
        return {
            name: sorted(map(tuple, transaction.rows(table.select())), key=repr)
            for name, table in TABLES.items()
        }


def test_a_restored_register_is_the_same(full: Register, file: Path, fresh: Make) -> None:
    restored = fresh()
    manifest = restore(restored, file)
    assert (manifest.missing, manifest.files["event.jsonl"].rows) == ((), 10)
    assert contents(restored) == contents(full)
    for home in (HOME, OTHER_HOME):
        assert checked(restored, head=head_of(full, home), organisation=home).findings == ()
    with restored.ledger(HOME) as ledger:
        assert award(ledger, 1) == award_index(full, 1), "asked for again, it is the same"
        award(ledger, 3)
    assert checked(restored, head=head_of(restored)).verdict == "passed"


def award_index(register: Register, number: int) -> int:
    with register.records(HOME) as records:
        entry = records.status.find(LIST, f"urn:uuid:{number}")
    assert entry is not None
    return entry.index


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_register_moves_to_postgresql_and_back(
    full: Register, file: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    cluster = request.getfixturevalue("postgresql")
    url = cluster.create("moved")
    try:
        with Register.create(url, settings=settings_with_evidence(tmp_path / "moved")) as moved:
            restore(moved, file)
            assert contents(moved) == contents(full)
            assert checked(moved, head=head_of(full)).findings == ()
            backup(moved, tmp_path / "back.zip", now=NOW)
    finally:
        cluster.drop("moved")
    back_url = f"sqlite:///{tmp_path / 'back.db'}"
    with Register.create(back_url, settings=settings_with_evidence(tmp_path / "back")) as back:
        restore(back, tmp_path / "back.zip")
        assert contents(back) == contents(full)
    with zipfile.ZipFile(file) as one, zipfile.ZipFile(tmp_path / "back.zip") as other:
        assert [one.read(name) for name in TABLES] == [other.read(name) for name in TABLES]


def test_an_old_backup_is_found_by_a_newer_head(full: Register, file: Path, fresh: Make) -> None:
    with full.ledger(HOME) as ledger:
        award(ledger, 3)
    restored = fresh()
    restore(restored, file)
    report = checked(restored, head=head_of(full))
    assert (report.verdict, codes(report)) == ("failed", {"REGISTER-HEAD-CUT"})


def test_a_backup_is_of_one_moment(full: Register, tmp_path: Path, fresh: Make) -> None:
    """While it is written others go on writing; it has all of what it has, and nothing of that."""
    heads: list[Head] = []

    class Busy(Register):
        @contextmanager
        def transaction(self, *, writing: bool = False) -> Iterator[Transaction]:
            with super().transaction(writing=writing) as transaction:
                heads.append(Records(transaction, HOME, SETTINGS).head)
                with full.ledger(HOME) as ledger:
                    meet(ledger, 9)
                yield transaction

    backup(Busy(full.engine, full.settings, is_own=False), tmp_path / "busy.zip", now=NOW)
    assert head_of(full).length == heads[0].length + 1
    restored = fresh()
    restore(restored, tmp_path / "busy.zip")
    assert head_of(restored) == heads[0]
    assert checked(restored, head=heads[0]).findings == ()


def test_a_backup_never_takes_the_place_of_another(full: Register, file: Path, tmp_path: Path) -> None:
    before = file.read_bytes()
    with pytest.raises(OutputError) as error:
        backup(full, file, now=NOW)
    assert error.value.code == "REGISTER-WRITE"
    with refused("REGISTER-WRITE"):
        backup(full, tmp_path / "nowhere" / "backup.zip", now=NOW)
    assert file.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


@pytest.mark.skipif(os.name != "posix", reason="other systems keep rights otherwise")
def test_a_backup_is_its_owners_only(file: Path) -> None:
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with zipfile.ZipFile(file) as archive:
        assert {info.external_attr >> 16 for info in archive.infolist()} == {0o100600}


def test_missing_and_damaged_evidence_is_named(full: Register, tmp_path: Path, fresh: Make) -> None:
    evidence = full.settings.evidence
    assert evidence is not None
    one, two = (evidence.put(b"scan %d" % number).digest for number in (1, 2))
    evidence.remove(one)
    evidence.path(two).write_bytes(b"damaged")
    manifest = backup(full, tmp_path / "backup.zip", now=NOW)
    assert set(manifest.missing) == {one, two}
    restored = fresh()
    assert set(restore(restored, tmp_path / "backup.zip").missing) == {one, two}
    assert codes(checked(restored, head=head_of(full))) == {"REGISTER-EVIDENCE-MISSING"}


def test_evidence_needs_a_place(full: Register, file: Path, tmp_path: Path, fresh: Make) -> None:
    bare = Register(full.engine, SETTINGS, is_own=False)
    with refused("REGISTER-EVIDENCE-FOLDER"):
        backup(bare, tmp_path / "bare.zip", now=NOW)
    restored = fresh()
    with refused("REGISTER-EVIDENCE-FOLDER"):
        restore(Register(restored.engine, SETTINGS, is_own=False), file)
    assert restored.organisations() == ()


def test_only_an_empty_register_takes_a_backup(full: Register, file: Path) -> None:
    before = contents(full)
    with refused("REGISTER-NOT-EMPTY"):
        restore(full, file)
    assert contents(full) == before


def rewrite(file: Path, change: Callable[[dict[str, bytes]], object]) -> Path:
    """Write the archive anew with other members, the digests in the manifest as they should be."""
    with zipfile.ZipFile(file) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    changed = file.with_name("changed.zip")
    with zipfile.ZipFile(changed, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return changed


def with_digests(members: dict[str, bytes]) -> None:
    """Make the manifest say what there is, as whoever forges a backup does."""
    manifest = json.loads(members[MANIFEST])
    for name in TABLES:
        data = members[name]
        manifest["files"][name] = {"rows": data.count(b"\n"), "sha256": hashlib.sha256(data).hexdigest()}
    members[MANIFEST] = json.dumps(manifest).encode()


def replaced(name: str, old: bytes, new: bytes) -> Callable[[dict[str, bytes]], object]:
    def change(members: dict[str, bytes]) -> None:
        assert old in members[name]
        members[name] = members[name].replace(old, new)

    return change


def forged(name: str, old: bytes, new: bytes) -> Callable[[dict[str, bytes]], object]:
    def change(members: dict[str, bytes]) -> None:
        replaced(name, old, new)(members)
        with_digests(members)

    return change


HOSTILE: dict[str, tuple[Callable[[dict[str, bytes]], object], str]] = {
    "a path out of the folder": (
        lambda members: members.update({"../../etc/cron.d/x": b""}),
        "REGISTER-BACKUP-FORMAT",
    ),
    "an absolute path": (lambda members: members.update({"/etc/passwd": b""}), "REGISTER-BACKUP-FORMAT"),
    "a path in the name of evidence": (
        lambda members: members.update({"evidence/../../x": b""}),
        "REGISTER-BACKUP-FORMAT",
    ),
    "evidence that nothing refers to": (
        lambda members: members.update({f"evidence/{'ab' * 32}": b""}),
        "REGISTER-BACKUP-FORMAT",
    ),
    "evidence that is something else": (
        lambda members: members.update({next(n for n in members if n.startswith("evidence/")): b"evil"}),
        "REGISTER-BACKUP-DIGEST",
    ),
    "no manifest": (lambda members: members.pop(MANIFEST), "REGISTER-BACKUP-FORMAT"),
    "a manifest that is no JSON": (
        lambda members: members.update({MANIFEST: b"{"}),
        "REGISTER-BACKUP-FORMAT",
    ),
    "a manifest of something else": (
        replaced(MANIFEST, b"openbadge-register-backup", b"another-backup"),
        "REGISTER-BACKUP-FORMAT",
    ),
    "a manifest without files": (replaced(MANIFEST, b'"files"', b'"folders"'), "REGISTER-BACKUP-FORMAT"),
    "a manifest with malformed files": (replaced(MANIFEST, b'"rows"', b'"lines"'), "REGISTER-BACKUP-FORMAT"),
    "another version": (replaced(MANIFEST, b'"0002"', b'"9999"'), "REGISTER-BACKUP-VERSION"),
    "a huge manifest": (
        lambda members: members.update({MANIFEST: b" " * 2**21 + members[MANIFEST]}),
        "REGISTER-BACKUP-FORMAT",
    ),
    "a table left out": (lambda members: members.pop("part.jsonl"), "REGISTER-BACKUP-FORMAT"),
    "a changed row": (replaced("event.jsonl", b"met", b"not"), "REGISTER-BACKUP-DIGEST"),
    "a row left out": (
        lambda members: members.update({"status_bit.jsonl": b""}),
        "REGISTER-BACKUP-DIGEST",
    ),
    "a row that is no JSON": (forged("event.jsonl", b'"kind"', b"kind"), "REGISTER-BACKUP-FORMAT"),
    "an unknown column": (forged("event.jsonl", b'"kind"', b'"kind; DROP"'), "REGISTER-BACKUP-FORMAT"),
    "text for a number": (
        forged("event.jsonl", b'"sequence":1,', b'"sequence":"1",'),
        "REGISTER-BACKUP-FORMAT",
    ),
    "a number too large": (
        forged("event.jsonl", b'"sequence":1,', b'"sequence":%d,' % 2**63),
        "REGISTER-BACKUP-FORMAT",
    ),
    "a truth value for a number": (
        forged("event.jsonl", b'"sequence":1,', b'"sequence":true,'),
        "REGISTER-BACKUP-FORMAT",
    ),
    "a number for a truth value": (
        forged("stream.jsonl", b'"closed":false', b'"closed":0'),
        "REGISTER-BACKUP-FORMAT",
    ),
    "nothing where something must be": (
        forged("event.jsonl", b'"kind":"met"', b'"kind":null'),
        "REGISTER-BACKUP-FORMAT",
    ),
    "a character that PostgreSQL does not take": (
        forged("event.jsonl", b'"kind":"met"', b'"kind":"m\\u0000t"'),
        "REGISTER-BACKUP-FORMAT",
    ),
    "two rows of one key": (
        forged("event.jsonl", b'"sequence":2,', b'"sequence":1,'),
        "REGISTER-BACKUP-FORMAT",
    ),
    "a row that refers to none": (
        forged("part.jsonl", b'"sequence":2,', b'"sequence":99,'),
        "REGISTER-BACKUP-FORMAT",
    ),
    "a very long line": (
        forged("event.jsonl", b'"kind":"met"', b'"kind":"' + b"m" * 2**17 + b'"'),
        "REGISTER-BACKUP-FORMAT",
    ),
}


@pytest.fixture
def shortest_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lower the cap on lines, so that a long one needs no megabytes."""
    monkeypatch.setattr(restoring, "_MAX_LINE", 2**16)


BY_THE_DATABASE = (
    "a character that PostgreSQL does not take",
    "two rows of one key",
    "a row that refers to none",
)
"""What PostgreSQL has a say in; the rest is refused before any database sees it."""


@pytest.mark.usefixtures("shortest_lines")
@pytest.mark.parametrize(
    ("engine_name", "name"),
    [*(("sqlite", name) for name in HOSTILE), *(("postgresql", name) for name in BY_THE_DATABASE)],
    indirect=["engine_name"],
)
def test_a_hostile_or_damaged_backup_leaves_nothing(file: Path, fresh: Make, name: str) -> None:
    change, code = HOSTILE[name]
    changed, restored = rewrite(file, change), fresh()
    with refused(code):
        restore(restored, changed)
    assert restored.organisations() == ()
    assert restored.settings.evidence is not None
    assert list(restored.settings.evidence.digests()) == []
    restore(restored, file)


def test_two_members_of_one_name(file: Path, fresh: Make) -> None:
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(file, "a") as archive:
        archive.writestr("event.jsonl", b"")
    with refused("REGISTER-BACKUP-FORMAT"):
        restore(fresh(), file)


def test_a_bomb_is_refused_before_it_is_unpacked(file: Path, fresh: Make) -> None:
    with refused("REGISTER-BACKUP-SIZE") as error:
        restore(fresh(), file, max_bytes=1000)
    assert isinstance(error.value, LimitError)

    def fill(members: dict[str, bytes]) -> None:
        members["event.jsonl"] = b"\n" * 5_000_000

    with refused("REGISTER-BACKUP-SIZE"):
        restore(fresh(), rewrite(file, fill), max_bytes=4_000_000)


def test_a_member_that_lies_about_its_size(file: Path, fresh: Make) -> None:
    """The directory says less than there is: no more is read than it says."""
    data = bytearray(file.read_bytes())
    at = data.rindex(b"event.jsonl") - 46
    assert data[at : at + 4] == b"PK\x01\x02"
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")
    file.write_bytes(data)
    with refused("REGISTER-BACKUP-FORMAT"):
        restore(fresh(), file)


@pytest.mark.parametrize("content", [b"", b"PK", b"no archive" * 100], ids=["empty", "short", "another file"])
def test_what_is_no_archive(tmp_path: Path, fresh: Make, content: bytes) -> None:
    path = tmp_path / "backup.zip"
    path.write_bytes(content)
    for missing in (path, tmp_path / "nowhere.zip", tmp_path):
        with refused("REGISTER-BACKUP-FORMAT"):
            restore(fresh(), missing)


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_damage_ends_in_an_error_of_ours_or_changes_nothing(
    full: Register, file: Path, fresh: Make, tmp_path: Path, data: st.DataObject
) -> None:
    whole = file.read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    kind = data.draw(st.sampled_from(["flip", "cut", "zero"]))
    damaged = bytearray(whole)
    if kind == "flip":
        damaged[at] ^= 1 << data.draw(st.integers(0, 7))
    elif kind == "cut":
        del damaged[at:]
    else:
        damaged[at : at + 40] = bytes(min(40, len(whole) - at))
    path = tmp_path / "damaged.zip"
    path.write_bytes(damaged)
    with_store = dataclasses.replace(full.settings, evidence=EvidenceStore.create(tmp_path / "x"))
    target = fresh()
    try:
        restore(Register(target.engine, with_store, is_own=False), path)
    except OpenBadgeError:
        assert target.organisations() == ()
    else:  # names, times and rights in the archive are not read
        assert contents(target) == contents(full)
