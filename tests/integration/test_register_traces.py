"""After an erasure nothing of the person stands in any file of the database, on PostgreSQL too."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from integration.postgresql import Cluster
from openbadge_issuer.register import Register
from openbadge_issuer.register.erasing import erase
from register_world import HOME, award, facts_of, keeper, meet, open_list, settings_with_evidence

NAMES = ('Lovelace 1"', "ada.1@", "Ada 1 did well")


@pytest.fixture
def database(postgresql: Cluster) -> Iterator[str]:
    name = f"traces_{uuid.uuid4().hex}"
    postgresql.create(name)
    yield name
    postgresql.drop(name)


def traces(register: Register, cluster: Cluster) -> set[str]:
    """The names that stand in the files of the database, after all that waits in memory was written."""
    cluster.run("CHECKPOINT")
    with register.transaction() as transaction:
        query = text("SELECT oid FROM pg_database WHERE datname = current_database()")
        oid = transaction.rows(query)[0][0]
    folder = cluster.folder / "data" / "base" / str(oid)
    held = [path.read_bytes() for path in folder.iterdir() if path.is_file()]
    assert any(b"ada.2@example.org" in data for data in held), "the right files are looked at"
    return {name for name in NAMES if any(name.encode() in data for data in held)}


def test_no_trace_is_left_in_the_files_of_postgresql(
    postgresql: Cluster, database: str, tmp_path: Path
) -> None:
    settings = settings_with_evidence(tmp_path / "evidence")
    with Register.create(postgresql.url(database), settings=settings) as register:
        register.add(HOME)
        with register.ledger(HOME) as ledger:
            open_list(ledger)
            for number in range(1, 40):
                meet(ledger, number)
                award(ledger, number)
        postgresql.run("VACUUM ANALYZE", database=database)
        assert traces(register, postgresql) == set(NAMES)
        done = erase(register, HOME, "p-1", actor=keeper(), ground="objection", facts=facts_of)
        assert done.is_clean
        assert traces(register, postgresql) == set()
