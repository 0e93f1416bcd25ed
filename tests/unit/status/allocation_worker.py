"""A process of its own that takes indexes: `allocation_worker.py STATE take COUNT` or `… die`."""

from __future__ import annotations

import os
import random
import sys
from pathlib import Path

from openbadge_issuer.status.allocation import Allocation
from openbadge_issuer.status.private_state import PrivateState


def die(_: int) -> bytes:
    """Stand in for the source of randomness, and end the process as a kill would."""
    os._exit(9)


def main(path: str, deed: str, count: int) -> None:
    """Take `count` indexes one by one, or die while the first of a pair is being drawn."""
    source = random.Random(1)  # noqa: S311  # every process the same on purpose: they meet all the time
    allocation = Allocation(PrivateState.open(Path(path)))
    if deed == "die":
        draws = iter([source.randbytes(2)])
        allocation.take_for(["victim", "second"], rng=lambda size: next(draws, None) or die(size))
    for _ in range(count):
        sys.stdout.write(f"{allocation.take(rng=source.randbytes)}\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
