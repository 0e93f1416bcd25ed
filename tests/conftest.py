"""Fixtures that every kind of test shares."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from conformance_data import conformance_root

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
