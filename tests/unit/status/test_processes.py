"""Allocation between real processes, one of which dies in the middle."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from openbadge_issuer.status.allocation import Allocation
from openbadge_issuer.status.private_state import ListFacts, PrivateState

WORKER = Path(__file__).with_name("allocation_worker.py")
EACH = 60


def start(state: Path, deed: str, count: int) -> subprocess.Popen[str]:
    command = [sys.executable, str(WORKER), str(state), deed, str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_two_processes_never_get_the_same_index_and_a_dying_one_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite3"
    allocation = Allocation(
        PrivateState.create(path, ListFacts("https://x.example/1", '"did:x:1"', "revocation", 1_024))
    )
    workers = [start(path, "take", EACH), start(path, "take", EACH)]
    victim = start(path, "die", 0)
    taken = [int(line) for worker in workers for line in worker.communicate(timeout=60)[0].split()]
    victim.communicate(timeout=60)
    assert victim.returncode == 9
    assert len(set(taken)) == len(taken) == 2 * EACH
    assert allocation.count() == 2 * EACH
    assert allocation.find("victim") is None
    assert allocation.take(rng=os.urandom, key="victim") not in taken
    assert [file.name for file in tmp_path.iterdir()] == [path.name], "no journal is left"
