"""A PostgreSQL of our own, as Debian packs it: a private cluster in a temporary folder, gone afterwards.

It listens on a socket in that folder and nowhere else, and is run by the system's `postgres` user where the
tests are run by root, whom PostgreSQL refuses. The workers of a test run share one: each holds a lock on it
while it uses it, which the system releases even if a worker dies, and the last one ends it.
"""

from __future__ import annotations

import fcntl
import json
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import create_engine, text

from openbadge_issuer.register.tables import metadata

_PLACES = Path("/usr/lib/postgresql")
_OPTIONS = (
    "listen_addresses=''",
    "fsync=off",  # what is tested is how clients end, never how the machine does
    "full_page_writes=off",
    "autovacuum=off",
    "max_connections=60",
    "shared_buffers=32MB",
)


def binaries() -> Path | None:
    """The folder with the newest PostgreSQL's programs, or None if there is none."""
    found = [folder for folder in _PLACES.glob("*/bin") if (folder / "initdb").exists()]
    if found:
        return max(found, key=lambda folder: float(folder.parent.name))
    anywhere = shutil.which("initdb")
    return None if anywhere is None else Path(anywhere).resolve().parent


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running PostgreSQL in a folder."""

    folder: Path

    def url(self, database: str) -> str:
        """The address of a database."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"

    def create(self, database: str) -> str:
        """Make a database, and return its address."""
        self.run(f"CREATE DATABASE {database}")
        return self.url(database)

    def drop(self, database: str) -> None:
        """Drop a database, whoever is still connected."""
        self.run(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")

    def empty(self, database: str) -> None:
        """Empty the register in a database, as only somebody can who may do everything there."""
        names = ", ".join(table.name for table in metadata.sorted_tables)
        self.run("SET session_replication_role = replica", f"TRUNCATE {names}", database=database)

    def run(self, *statements: str, database: str = "postgres") -> None:
        """Run statements outside of any transaction."""
        engine = create_engine(self.url(database), isolation_level="AUTOCOMMIT")
        try:
            with engine.connect() as connection:
                for statement in statements:
                    connection.execute(text(statement))
        finally:
            engine.dispose()


@contextmanager
def shared_cluster(folder: Path, programs: Path) -> Iterator[Cluster]:
    """Use the cluster of a test run, whose workers share `folder`; start it if nobody has."""
    marker = folder / "postgresql.json"
    with (folder / "postgresql.users").open("w") as users:
        with _locked(folder / "postgresql.starting"):
            if not marker.exists():
                marker.write_text(json.dumps(str(_start(programs).folder)), "utf-8")
            fcntl.flock(users, fcntl.LOCK_SH)
            cluster = Cluster(Path(json.loads(marker.read_text("utf-8"))))
        try:
            yield cluster
        finally:
            with _locked(folder / "postgresql.starting"):
                fcntl.flock(users, fcntl.LOCK_UN)
                try:
                    fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    pass  # others still use it
                else:
                    marker.unlink()
                    _stop(programs, cluster)


@contextmanager
def own_cluster(programs: Path, *options: str) -> Iterator[Cluster]:
    """Start a cluster for one's own use."""
    cluster = _start(programs, *options)
    try:
        yield cluster
    finally:
        _stop(programs, cluster)


def _start(programs: Path, *options: str) -> Cluster:
    # Not below the folder of the tests: only their user may enter it, and a socket's path must be short.
    folder = Path(tempfile.mkdtemp(prefix="openbadge-postgresql-"))
    user = _user()
    if user is not None:
        shutil.chown(folder, user)
    data = folder / "data"
    locale = ("--encoding=UTF8", "--locale=C", "--locale-provider=icu", "--icu-locale=en-US")
    try:
        _run(
            [programs / "initdb", "-D", data, "-A", "trust", "-U", "postgres", "--no-sync", *locale],
            folder,
            user,
        )
        wanted = (*_OPTIONS, f"unix_socket_directories='{folder}'", *options)
        settings = " ".join(f"-c {option}" for option in wanted)
        _run(
            [programs / "pg_ctl", "-D", data, "-l", folder / "log", "-w", "-o", settings, "start"],
            folder,
            user,
        )
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return Cluster(folder)


def _stop(programs: Path, cluster: Cluster) -> None:
    folder = cluster.folder
    _run([programs / "pg_ctl", "-D", folder / "data", "-m", "immediate", "-w", "stop"], folder, _user())
    shutil.rmtree(folder)


def _run(command: Sequence[str | Path], folder: Path, user: str | None) -> None:
    with tempfile.TemporaryFile() as said:
        done = subprocess.run(
            [str(part) for part in command],
            cwd=folder,
            env={**os.environ, "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            stdout=said,  # a file: the server inherits it, and would keep a pipe open
            stderr=subprocess.STDOUT,
            user=user,
            group=None if user is None else pwd.getpwnam(user).pw_gid,
            extra_groups=None if user is None else (),
            check=False,
        )
        said.seek(0)
        if done.returncode:
            raise RuntimeError(f"{command[0]}: {said.read().decode(errors='replace')}")


def _user() -> str | None:
    """Whom to be: nobody else, unless one is root."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam("postgres").pw_name
    except KeyError:
        return "nobody"


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
