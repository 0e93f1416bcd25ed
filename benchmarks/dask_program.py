"""Issue batches through a Dask cluster on this machine, in a process of its own that times itself.

It answers as the programs of `peers_programs` do: the names of its jobs first, and then for each line with a
name and a number how many seconds so many runs took.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path

import dask.config
import distributed

from million import issuer_by_uri
from workload import issue_batch

NAME = "issue_many, Dask with two processes"


def main() -> None:
    """Serve until the input ends."""
    settings = {"distributed.scheduler.allowed-failures": 0, "distributed.logging.distributed": "critical"}
    with tempfile.TemporaryDirectory() as folder, dask.config.set(settings):
        issuer = issuer_by_uri(Path(folder) / "key.pem")
        with (
            distributed.LocalCluster(  # type: ignore[no-untyped-call]  # Dask has no types
                n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1"
            ) as cluster,
            distributed.Client(cluster) as client,  # type: ignore[no-untyped-call]  # the same
        ):
            executor = client.get_executor(pure=False)
            _say(json.dumps([NAME]))
            for line in sys.stdin:
                begin = time.perf_counter()
                for _ in range(int(line.rpartition(" ")[2])):
                    issue_batch(issuer, executor)
                _say(str(time.perf_counter() - begin))


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
