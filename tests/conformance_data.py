"""Where the published conformance data lies, if it lies beside the project."""

from __future__ import annotations

from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2] / "shared" / "conformance"


def conformance_root() -> Path | None:
    """Return the folder of the conformance data, or None where it is missing."""
    return _ROOT if _ROOT.is_dir() else None
