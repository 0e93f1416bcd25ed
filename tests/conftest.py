"""Fixtures that every kind of test shares."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from conformance_data import conformance_root
from openbadge_issuer.register import Register
from register_world import HOME, settings_with_evidence

if TYPE_CHECKING:
    from integration.postgresql import Cluster

# The machine's load must not fail a property: what is slow belongs in benchmarks.
settings.register_profile("project", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("project")


@pytest.fixture
def conformance() -> Path:
    """The published conformance data; the test is skipped where the folder is missing."""
    root = conformance_root()
    if root is None:
        pytest.skip("the conformance data is not beside the project")
    return root


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Cluster]:
    """A PostgreSQL that the whole test run shares; tests that need it are skipped where it is missing."""
    cluster = pytest.importorskip("integration.postgresql", reason="its locks need a Unix")
    programs = cluster.binaries()
    if programs is None:
        pytest.skip("PostgreSQL is not installed (on Debian: apt install postgresql)")
    base = tmp_path_factory.getbasetemp()
    with cluster.shared_cluster(base if worker_id == "master" else base.parent, programs) as running:
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def engine_name(request: pytest.FixtureRequest) -> str:
    """The name of each engine that a register can lie in: what asks for it is run once for each."""
    return str(request.param)


@pytest.fixture
def new_database(
    engine_name: str, request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[Callable[[], str]]:
    """Give the address of a place where no register is yet, a new one each time."""
    if engine_name == "sqlite":
        yield lambda: f"sqlite:///{tmp_path / uuid.uuid4().hex}.db"
        return
    cluster: Cluster = request.getfixturevalue("postgresql")
    with ExitStack() as stack:

        def create() -> str:
            name = f"t{uuid.uuid4().hex}"
            stack.callback(cluster.drop, name)
            return cluster.create(name)

        yield create


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register in SQLite that nothing stands in, to be copied."""
    path = tmp_path_factory.mktemp("empty") / "register.db"
    Register.create(f"sqlite:///{path}").close()
    return path


@pytest.fixture(scope="session")
def postgresql_register(postgresql: Cluster, worker_id: str) -> str:
    """The name of a database in PostgreSQL with a register, which the tests of a worker use one by one."""
    name = f"register_{worker_id}"
    Register.create(postgresql.create(name)).close()
    return name


@pytest.fixture
def register_url(engine_name: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a register that nothing stands in."""
    if engine_name == "sqlite":
        path = tmp_path / "register" / "register.db"
        path.parent.mkdir(mode=0o700)
        shutil.copy(request.getfixturevalue("empty_sqlite"), path)
        yield f"sqlite:///{path}"
        return
    cluster: Cluster = request.getfixturevalue("postgresql")
    name: str = request.getfixturevalue("postgresql_register")
    yield cluster.url(name)
    cluster.empty(name)  # much faster than a new database for each test


@pytest.fixture
def register(register_url: str, tmp_path: Path) -> Iterator[Register]:
    """A register with one organisation, the events of `register_world`, and a place for evidence."""
    with Register.open(register_url, settings=settings_with_evidence(tmp_path / "evidence")) as register:
        register.add(HOME)
        yield register
