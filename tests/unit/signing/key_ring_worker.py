"""A process of its own that adds keys to a ring: `key_ring_worker.py RING NAME COUNT`."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from openbadge_issuer.signing.key_ring_file import change_key_ring
from openbadge_issuer.signing.signing_key import SigningKey

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def main(path: str, name: str, count: int) -> None:
    """Add `count` keys, one change each, once a line comes in."""
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    for number in range(count):
        key = SigningKey.generate().public_key
        fragment = f"{name}-{number}"
        change_key_ring(
            Path(path), lambda ring: ring.add(key, uri="x.pem", now=NOW, fragment=fragment)  # noqa: B023  # called at once
        )  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
