"""Issue a million badges of one achievement through `issue_many`, and watch the memory of the process.

    python benchmarks/million.py [--awards 1000000] [--processes 0] [--proof eddsa-rdfc-2022]

The awards are made as they are asked for, and nothing is kept of the badges but their number. The last
results are in MILLION.md.
"""

from __future__ import annotations

import argparse
import os
import secrets
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import nullcontext
from itertools import islice
from pathlib import Path

from badges import LIST_URL, STATUS_BITS, award
from openbadge_issuer import Award, Issuer, SignedBadge, SigningKey, StatusList
from openbadge_issuer.issuing.signed_badge import IssueFailure
from openbadge_issuer.signing.key_by_uri import KeyByUri
from openbadge_issuer.signing.sealing import PROOF_FORMATS, ProofFormat

_SECRET = "OPENBADGE_BENCHMARK_SECRET"  # noqa: S105  # the name of a variable
_SAMPLES = 20
_MIB = 1024 * 1024


def resident_bytes() -> int:
    """Return how much memory this process has in use, as the system counts it (Linux)."""
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * 4096


def run(total: int, *, executor: Executor | None, issuer: Issuer, proof: ProofFormat) -> None:
    """Issue and report."""
    status = StatusList.create(LIST_URL, issuer=issuer.profile.id, size=STATUS_BITS)
    awards: Iterator[Award] = (award(status, number, proof) for number in range(total))
    badges = issuer.issue_many(awards, executor=executor, on_error="raise")
    begin, begin_busy = time.perf_counter(), time.process_time()
    done = peak = 0
    while batch := _count(islice(badges, max(1, total // _SAMPLES))):
        done += batch
        memory = resident_bytes()
        peak = max(peak, memory)
        seconds = time.perf_counter() - begin
        busy = time.process_time() - begin_busy
        speed = f"{done:>9,} badges {seconds:7.1f} s {done / seconds:>7,.0f} /s"
        sys.stdout.write(f"{speed}, {busy:6.1f} s of this process; {memory / _MIB:6.1f} MiB\n")
        sys.stdout.flush()
    sys.stdout.write(f"peak {peak / _MIB:.1f} MiB\n")


def _count(badges: Iterable[SignedBadge | IssueFailure]) -> int:
    return sum(1 for _ in badges)


def main() -> None:
    """Read the arguments and run."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--awards", type=int, default=1_000_000)
    parser.add_argument("--processes", type=int, default=0, help="0: in this process alone")
    parser.add_argument("--proof", choices=PROOF_FORMATS, default="eddsa-rdfc-2022")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "key.pem"
        issuer = issuer_by_uri(path)
        pool = ProcessPoolExecutor(arguments.processes) if arguments.processes else nullcontext()
        with pool as executor:
            run(arguments.awards, executor=executor, issuer=issuer, proof=arguments.proof)


def issuer_by_uri(path: Path) -> Issuer:
    """Make an issuer whose key is opened where it is used."""
    os.environ[_SECRET] = secrets.token_urlsafe(16)
    SigningKey.generate("Ed25519").save(path, secret=os.environ[_SECRET])
    signer = KeyByUri(f"file:{path}", _SECRET)
    return Issuer(id=signer.public_key.did_key, name="Breakthrough", signer=signer)


if __name__ == "__main__":
    main()
