from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from badge_offices import Organisation, organisation


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Organisation]:
    """An organisation with four badge managers and one badge in use."""
    made = organisation(tmp_path)
    yield made
    made.office.register.close()


@pytest.fixture
def both(tmp_path: Path) -> Iterator[Organisation]:
    """The same, that issues in Open Badges 2.0 too, hosted."""
    made = organisation(tmp_path, {"publication.open_badges_2": "hosted"})
    yield made
    made.office.register.close()
