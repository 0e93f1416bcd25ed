"""Making and opening registers, and what is refused."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, inspect, text

from openbadge_issuer.errors import OpenBadgeError, OutputError
from openbadge_issuer.register import Register, database, sqlite_url
from openbadge_issuer.register.database import engine_for, parse_register_url
from openbadge_issuer.register.migration import create_tables, scripts, upgrade_tables
from openbadge_issuer.register.tables import REVISIONS, VERSION_TABLE, metadata
from register_attacks import checked, head_of, tamper
from register_world import HOME, SETTINGS, award, meet, open_list

posix_only = pytest.mark.skipif(os.name != "posix", reason="other systems keep rights otherwise")


def refused(code: str) -> pytest.RaisesExc[OpenBadgeError]:
    return pytest.raises(OpenBadgeError, check=lambda error: error.code == code)


def test_a_register_is_made_once_and_opened_often(new_database: Callable[[], str]) -> None:
    url = new_database()
    with refused("REGISTER-NONE"):
        Register.open(url)
    with refused("REGISTER-NONE"):
        Register.upgrade(url)
    with Register.create(url) as register:
        register.add(HOME)
    with refused("REGISTER-EXISTS"):
        Register.create(url)
    with Register.open(url) as register:
        assert register.organisations() == (HOME,)


def test_the_tables_are_those_that_the_code_knows(new_database: Callable[[], str]) -> None:
    url = new_database()
    Register.create(url).close()
    assert differences(url) == []


def test_an_older_register_is_upgraded_with_all_that_is_in_it(new_database: Callable[[], str]) -> None:
    url = new_database()
    path = database.sqlite_path(parse_register_url(url))
    if path is not None:
        sqlite3.connect(path).close()
    engine = engine_for(parse_register_url(url))
    create_tables(engine, to="0001")
    assert {"openbadge_event", "openbadge_stream"} <= set(inspect(engine).get_table_names())
    with refused("REGISTER-OLD"):
        Register.open(url)
    older = Register(engine, SETTINGS, is_own=True)
    older.add(HOME)
    with older.ledger(HOME) as ledger:
        meet(ledger, 1)
        meet(ledger, 2)
        head = ledger.head
    older.close()
    Register.upgrade(url)
    Register.upgrade(url)
    assert differences(url) == []
    with Register.open(url, settings=SETTINGS) as register:
        assert checked(register, head=head).verdict == "passed"
        with register.ledger(HOME) as ledger:
            open_list(ledger)
            award(ledger, 1)
        assert checked(register, head=head_of(register)).verdict == "passed"
        for statement in ("DELETE FROM openbadge_event", "UPDATE openbadge_part SET content = ''"):
            with refused("REGISTER-DATABASE"), register.transaction(writing=True) as transaction:
                transaction.run(text(statement))


def differences(url: str) -> list[object]:
    """What alembic would change to bring the database to the tables that the code knows."""
    engine = engine_for(parse_register_url(url))
    try:
        with engine.connect() as connection:
            options = {"version_table": VERSION_TABLE, "compare_type": True, "compare_server_default": True}
            return list(compare_metadata(MigrationContext.configure(connection, opts=options), metadata))
    finally:
        engine.dispose()


def test_every_revision_is_known_by_its_name() -> None:
    assert tuple(script.revision for script in scripts().walk_revisions())[::-1] == REVISIONS


def test_a_register_of_a_later_version(register: Register, register_url: str) -> None:
    tamper(register, f"UPDATE {VERSION_TABLE} SET version_num = '9999'")
    try:
        with refused("REGISTER-NEWER"):
            Register.open(register_url)
        with refused("REGISTER-NEWER"):
            Register.upgrade(register_url)
        with refused("REGISTER-NEWER"):
            Register.over(register.engine)
    finally:
        tamper(register, f"UPDATE {VERSION_TABLE} SET version_num = '{REVISIONS[-1]}'")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "register.db",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite:///file:x?uri=true",
        "sqlite:///x.db?mode=ro",
        "sqlite:///what?.db",
        "mysql://root:sesame@host/x",
        "postgresql+psycopg2://root:sesame@host/x",
        "postgresql://root:sesame@host:port/x",
        "\x00",
    ],
)
def test_an_address_that_names_no_register(url: str) -> None:
    with refused("REGISTER-URL") as error:
        Register.open(url)
    assert "sesame" not in str(error.value)


def test_a_server_that_is_not_there(tmp_path: Path) -> None:
    with refused("REGISTER-UNREACHABLE") as error:
        Register.open(f"postgresql://keeper:sesame@/x?host={tmp_path}")
    assert "sesame" not in str(error.value)


@pytest.mark.parametrize("engine_name", ["postgresql"], indirect=True)
def test_a_database_that_is_not_there(new_database: Callable[[], str]) -> None:
    with refused("REGISTER-UNREACHABLE"):
        Register.open(new_database().replace("@/t", "@/no"))


def test_a_driver_that_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with refused("REGISTER-DRIVER"):
        Register.open("postgresql://keeper@host/x")


def test_what_is_shown_of_a_register_hides_the_password(tmp_path: Path) -> None:
    engine = engine_for(parse_register_url(f"postgresql://keeper:sesame@/x?host={tmp_path}"))
    assert "sesame" not in repr(Register(engine, SETTINGS, is_own=True))
    engine.dispose()


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "REGISTER-NONE"), (b"no database" * 500, "REGISTER-DAMAGED")],
    ids=["empty", "another file"],
)
def test_a_file_that_is_no_register(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "register.db"
    path.write_bytes(content)
    for way in (Register.open, Register.upgrade):
        with refused(code):
            way(f"sqlite:///{path}")
    with refused("REGISTER-EXISTS"):
        Register.create(f"sqlite:///{path}")
    assert path.read_bytes() == content


def test_a_register_cut_short(empty_sqlite: Path, tmp_path: Path) -> None:
    path = tmp_path / "register.db"
    data = empty_sqlite.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    with refused("REGISTER-DAMAGED"):
        Register.open(f"sqlite:///{path}")


@posix_only
def test_the_files_are_their_owners_only(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        path = tmp_path / "private" / "register.db"
        with Register.create(f"sqlite:///{path}", settings=SETTINGS) as register:
            register.add(HOME)
            with register.ledger(HOME) as ledger:
                meet(ledger, 1)
            modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
        assert modes == {"register.db": 0o600, "register.db-wal": 0o600, "register.db-shm": 0o600}
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
        assert [file.name for file in path.parent.iterdir()] == ["register.db"]
    finally:
        os.umask(before)


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OutputError, match="cannot be written") as error:
        Register.create(f"sqlite:///{tmp_path / 'file' / 'register.db'}")
    assert error.value.code == "REGISTER-WRITE"


def test_making_one_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("openbadge_issuer.register.migration._walk", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        Register.create(f"sqlite:///{tmp_path / 'register.db'}")
    assert list(tmp_path.iterdir()) == []


def test_sqlite_writes_what_lasts(empty_sqlite: Path, tmp_path: Path) -> None:
    path = tmp_path / "a#b? c%20é.db"
    shutil.copy(empty_sqlite, path)
    with Register.open(sqlite_url(path)) as register, register.transaction() as transaction:
        found = {
            name: transaction.rows(text(f"PRAGMA {name}"))[0][0]
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "trusted_schema")
        }
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "trusted_schema": 0,
    }


def test_who_waits_too_long_is_told(
    register: Register, register_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.02)
    with Register.open(register_url) as other, register.ledger(HOME) as ledger:
        meet(ledger, 1)
        with refused("REGISTER-BUSY"), other.ledger(HOME):
            pass
        with other.records(HOME) as records:
            assert records.head.length == 0
    assert head_of(register).length == 1


def test_a_table_that_is_gone(register: Register) -> None:
    with refused("REGISTER-DATABASE"), register.records(HOME) as records:
        records.transaction.rows(text("SELECT * FROM nowhere"))


def test_a_programs_own_database(new_database: Callable[[], str]) -> None:
    """Tables of the program and the register side by side, through the program's engine."""
    url = new_database()
    engine = create_engine(url, hide_parameters=True)
    try:
        with engine.begin() as connection:
            connection.execute(text("CREATE TABLE event (id INTEGER)"))
        with refused("REGISTER-NONE"):
            Register.over(engine)
        create_tables(engine)
        with refused("REGISTER-EXISTS"):
            create_tables(engine)
        upgrade_tables(engine)
        register = Register.over(engine, settings=SETTINGS)
        register.add(HOME)
        with register.ledger(HOME) as ledger:
            meet(ledger, 1)
        assert checked(register, head=head_of(register)).verdict == "passed"
        register.compact()
        register.close()
        with engine.connect() as connection:
            assert connection.execute(text("SELECT count(*) FROM event")).scalar() == 0
    finally:
        engine.dispose()


def test_compacting_waits_for_nobody(
    register: Register, monkeypatch: pytest.MonkeyPatch, register_url: str
) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.02)
    with Register.open(register_url, settings=SETTINGS) as other:
        with other.ledger(HOME) as ledger:
            meet(ledger, 1)
        with register.records(HOME) as records:
            assert records.events("person:p-1")
            with other.ledger(HOME) as ledger:
                meet(ledger, 2)
            with refused("REGISTER-BUSY"):
                other.compact()
        other.compact()
