"""Measure the speed of issuing and verifying, as ratios to the bare signatures of the same run.

    python benchmarks/run.py [--seconds 150] [--write benchmarks/RESULTS.md]

All jobs take turns in short rounds, so that a machine that slows down slows them all. A ratio is computed
within each round; medians over the rounds are shown, with the lower and upper quartile as spread.
Absolute figures differ between machines, and say little.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path

from million import issuer_by_uri
from peers import Peer, start_peers
from proofs import PROOFS, RSA_BITS, withheld_statements
from workload import (
    BATCH,
    PICTURE_BYTES,
    POOL_OF_ONE,
    SIGN,
    VERIFY,
    cold_jobs,
    issue_batch,
    png,
    warm_jobs,
)

ROUND_SECONDS = 0.08
"""How long one job runs in one round: long enough for the clock, short enough for many rounds."""

FEWEST_ROUNDS = 3
WARM_UP_RUNS = 3
MILLISECONDS = 1000
_RESULTS = Path(__file__).parent / "RESULTS.md"


@dataclass
class Job:
    """A thing to be measured.

    Attributes:
        name: what it is.
        run: does it once.
        references: the names of the jobs that it is compared with.
        cold: whether it is a whole process, shown by its time and run once in a round.
        timed: runs it some times and tells how long that took, where another process does it.
        batch: how many badges one run makes.
        repeats: how often it is run in one round.
        seconds: the time of one run, by round.
    """

    name: str
    run: Callable[[], object]
    references: Sequence[str] = ()
    cold: bool = False
    timed: Callable[[int], float] | None = None
    batch: int = 1
    repeats: int = 1
    seconds: list[float] = field(default_factory=list)

    def warm_up(self) -> None:
        """Fill the caches, and find how many runs make a round."""
        self.run()
        if self.cold:
            return
        self.repeats = max(1, int(ROUND_SECONDS / (self._time(WARM_UP_RUNS) / WARM_UP_RUNS)))

    @property
    def speed(self) -> str:
        """The median: how often in a second, or how long if cold."""
        return self._shown(self._quartiles[1])

    @property
    def spread(self) -> str:
        """The lower and the upper quartile."""
        low, _, high = self._quartiles
        return f"{low:,.0f} to {high:,.0f}"

    @property
    def _quartiles(self) -> tuple[float, float, float]:
        return quartiles(seconds * MILLISECONDS if self.cold else 1 / seconds for seconds in self.seconds)

    def _shown(self, value: float) -> str:
        return f"{value:,.0f} {'ms' if self.cold else '/s'}"

    def measure(self) -> None:
        """Take part in one round."""
        self.seconds.append(self._time(self.repeats) / self.repeats / self.batch)

    def _time(self, repeats: int) -> float:
        if self.timed is not None:
            return self.timed(repeats)
        clock = time.perf_counter if self.waits else time.process_time
        begin = clock()
        for _ in range(repeats):
            self.run()
        return clock() - begin

    @property
    def waits(self) -> bool:
        """Whether other processes do the work: then the time that passes counts."""
        return self.cold or self.batch > 1


def measure(jobs: Sequence[Job], *, seconds: float) -> int:
    """Let the jobs take turns for about `seconds`; return the number of rounds."""
    begin = time.perf_counter()
    for job in jobs:
        job.warm_up()
    rounds, longest = 0, 0.0
    while rounds < FEWEST_ROUNDS or time.perf_counter() - begin + longest < seconds:
        started = time.perf_counter()
        for job in jobs:
            job.measure()
        longest = max(longest, time.perf_counter() - started)
        rounds += 1
    return rounds


def table(jobs: Sequence[Job]) -> str:
    """Write the measurements as one Markdown table."""
    by_name = {job.name: job for job in jobs}
    of_proofs = {name for proof in PROOFS for name in (proof.issue, proof.verify)}
    lines = ["| job | median | quartiles | ratio (quartiles) to |", "| --- | ---: | ---: | --- |"]
    for job in jobs:
        if job.name not in of_proofs:
            ratios = "; ".join(_ratio(job, by_name[name]) for name in job.references)
            lines.append(f"| {job.name} | {job.speed} | {job.spread} | {ratios} |")
    return "\n".join(lines)


def proof_table(jobs: Sequence[Job]) -> str:
    """Write what every proof costs beside its bare signature, a line for each."""
    by_name = {job.name: job for job in jobs}
    lines = [
        "| proof | algorithm | issue | of bare signing | verify | of bare verifying |",
        "| --- | --- | ---: | --- | ---: | --- |",
    ]
    for proof in PROOFS:
        issue, check = by_name[proof.issue], by_name[proof.verify]
        cells = (
            f"`{proof.name}`",
            proof.algorithm,
            issue.speed,
            _ratio(issue, by_name[proof.bare_sign], named=False),
            check.speed,
            _ratio(check, by_name[proof.bare_verify], named=False),
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _ratio(job: Job, reference: Job, *, named: bool = True) -> str:
    pairs = zip(job.seconds, reference.seconds, strict=True)
    ratios = [own / other if job.cold else other / own for own, other in pairs]
    low, middle, high = (f"{ratio:.2g}" if ratio < 1 else f"{ratio:.1f}" for ratio in quartiles(ratios))
    return f"**{middle}** ({low} to {high})" + (f" {reference.name}" if named else "")


def quartiles(values: Iterable[float]) -> tuple[float, float, float]:
    """Give the lower quartile, the median and the upper quartile."""
    low, middle, high = statistics.quantiles(values, n=4, method="inclusive")
    return low, middle, high


def report(jobs: Sequence[Job], *, rounds: int, seconds: float, skipped: Sequence[str]) -> str:
    """Write the table with what is needed to judge it."""
    load, *_ = os.getloadavg()
    packages = ", ".join(f"{name} {version(name)}" for name in ("cryptography", "pyld", "pydantic"))
    return f"""# Measured speed

Written by `make bench` on {datetime.now(UTC):%Y-%m-%d}: {rounds} rounds in {seconds:.0f} s,
{platform.python_implementation()} {platform.python_version()}, {platform.system()} {platform.machine()},
{os.cpu_count()} cores of which one is used, load {load:.1f} at the end; {packages}.

A ratio is taken within each round: of speeds, or of times where times are shown. Compare ratios, never
absolute figures of different runs; a load above 1 means that others worked on the machine too. Time is that
of the processor, so that a busy machine changes little; only with pools and new processes it is the time
that passed.

## The usual things

{table(jobs)}

- The badge has a status entry, evidence, an alignment and a hashed recipient. Each run issues to another
  recipient, or verifies another badge of the same issuer; contexts and the issuer's key are known by then.
- `verify` builds the full report. “With its status list” fetches, verifies and decodes a list of 131,072
  entries given in memory for every single badge.
- “Plain pyld” does no more than expand, label, hash and sign or verify, without any check: a yardstick.
- “Pool of” so many processes: a stream of badges through `issue_many`, keys opened on the workers; where
  other work keeps both cores busy, a second process gains little.
- Other libraries run in processes of their own, and time themselves; each does the least that makes or checks
  such a proof, without model, status or report.{_skipped(skipped)}
- Cold means a new process, from start to exit.

## Every proof beside its bare signature

{proof_table(jobs)}

- Bare is the signature of 64 bytes by `cryptography` alone, with the same key; RSA keys have {RSA_BITS}
  bits.
- Issuing is from an achievement to bytes, verifying from bytes to the full report, of the badge above.
- `ecdsa-sd-2023` signs each statement that can be withheld, here {withheld_statements()}, and the rest once;
  a verifier checks each that is shown, here all but the evidence.
- `vc+sd-jwt` is the signing of a finished credential, of which two members can be withheld.
"""


def _skipped(skipped: Sequence[str]) -> str:
    return "".join(f"\n- Skipped: {one}." for one in skipped)


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--seconds", type=float, default=240, help="about how long to measure")
    parser.add_argument("--write", type=Path, default=_RESULTS, help="where to write the results")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        badge_file, warm = warm_jobs(folder)
        jobs = [Job(name, run, references) for name, run, references in warm]
        jobs += _pooled(stack, folder)
        peers, skipped = start_peers(folder, png(PICTURE_BYTES))
        for peer in peers:
            stack.callback(peer.close)
            jobs += _of_peer(peer)
        jobs += [
            Job(name, _process(command), references, cold=True)
            for name, command, references in cold_jobs(badge_file)
        ]
        begin = time.perf_counter()
        rounds = measure(jobs, seconds=arguments.seconds)
        text = report(jobs, rounds=rounds, seconds=time.perf_counter() - begin, skipped=skipped)
    arguments.write.write_text(text, encoding="utf-8")
    sys.stdout.write(text)


def _pooled(stack: ExitStack, folder: Path) -> list[Job]:
    """Issue through pools of one and of two processes."""
    issuer = issuer_by_uri(folder / "pooled.pem")
    jobs = []
    for processes in (1, 2):
        pool = stack.enter_context(ProcessPoolExecutor(processes, mp_context=get_context("forkserver")))
        many = partial(issue_batch, issuer, pool)
        jobs.append(Job(f"issue_many, pool of {processes}", many, [POOL_OF_ONE, SIGN], batch=BATCH))
    return jobs


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
