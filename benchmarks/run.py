"""Measure the speed of issuing and verifying, as ratios to the bare signatures of the same run.

    python benchmarks/run.py [--seconds 150] [--write benchmarks/RESULTS.md]

All jobs take turns in short rounds, so that a machine that slows down slows them all. A ratio is computed
within each round; medians over the rounds are shown, with the lower and upper quartile as spread.
Absolute figures differ between machines, and say little.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from functools import partial
from importlib.util import find_spec
from multiprocessing import get_context
from pathlib import Path

from badges import issuer_with
from canonical_jobs import canonical_jobs
from job import Job, measure
from million import issuer_by_uri
from office_jobs import recorded_awards
from openbadge_issuer import SigningKey
from peers import Peer, start_peers
from report import report
from workload import (
    BATCH,
    PICTURE_BYTES,
    POOL_OF_ONE,
    SIGN,
    VERIFY,
    cold_jobs,
    growing_jobs,
    issue_batch,
    png,
    warm_jobs,
)

_RESULTS = Path(__file__).parent / "RESULTS.md"


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--seconds", type=float, default=240, help="about how long to measure")
    parser.add_argument("--write", type=Path, default=_RESULTS, help="where to write the results")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        jobs, skipped = all_jobs(stack, Path(name))
        begin = time.perf_counter()
        rounds = measure(jobs, seconds=arguments.seconds)
        text = report(jobs, rounds=rounds, seconds=time.perf_counter() - begin, skipped=skipped)
    arguments.write.write_text(text, encoding="utf-8")
    sys.stdout.write(text)


def all_jobs(stack: ExitStack, folder: Path) -> tuple[list[Job], list[str]]:
    """Prepare everything; return also a plain word for what is skipped."""
    badge_file, warm = warm_jobs(folder)
    growing = (*growing_jobs(issuer_with(SigningKey.generate())), *canonical_jobs())
    jobs = [Job(*row) for row in warm]
    pooled, skipped = _pooled(stack, folder)
    peers, without = start_peers(folder, png(PICTURE_BYTES))
    recorded, no_register = recorded_awards(stack, folder)
    for peer in peers:
        stack.callback(peer.close)
    jobs += (
        *pooled,
        *(job for peer in peers for job in _of_peer(peer)),
        *(Job(*row, group="growing") for row in growing),
        *recorded,
        *(
            Job(name, _process(command), references, group="start", cold=True)
            for name, command, references in cold_jobs(badge_file)
        ),
    )
    return jobs, [*skipped, *without, *no_register]


def _pooled(stack: ExitStack, folder: Path) -> tuple[list[Job], list[str]]:
    """Issue through pools of one and of two processes, and through Dask where it is installed."""
    issuer = issuer_by_uri(folder / "pooled.pem")
    jobs = []
    for processes in (1, 2):
        pool = stack.enter_context(ProcessPoolExecutor(processes, mp_context=get_context("forkserver")))
        name, many = f"issue_many, pool of {processes}", partial(issue_batch, issuer, pool)
        jobs.append(Job(name, many, [POOL_OF_ONE, SIGN], waits=True, batch=BATCH))
    if find_spec("distributed") is None:
        return jobs, ["Dask: not installed here"]
    dask = Peer([sys.executable, str(Path(__file__).parent / "dask_program.py")])
    stack.callback(dask.close)
    for name in dask.jobs:
        once, timed = partial(dask.seconds, name, 1), partial(dask.seconds, name)
        jobs.append(Job(name, once, [POOL_OF_ONE, SIGN], waits=True, timed=timed, batch=BATCH))
    return jobs, []


def _of_peer(peer: Peer) -> list[Job]:
    return [
        Job(
            name,
            partial(peer.seconds, name, 1),
            [VERIFY if name.endswith("verify") else SIGN],
            timed=partial(peer.seconds, name),
        )
        for name in peer.jobs
    ]


def _process(command: Sequence[str]) -> Callable[[], object]:
    return lambda: subprocess.run(command, check=True, capture_output=True)  # noqa: S603  # ours


if __name__ == "__main__":
    main()
