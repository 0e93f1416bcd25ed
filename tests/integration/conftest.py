"""Other implementations, each as one program that answers all tests of a session."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from digital_bazaar import DigitalBazaar
from independent_program import running

_CONTEXTS = Path(__file__).resolve().parents[2] / "schemas" / "contexts"


@pytest.fixture(scope="session")
def there() -> Iterator[DigitalBazaar]:
    """The JavaScript libraries of Digital Bazaar, with our contexts at hand."""
    with running("verify.mjs", str(_CONTEXTS)) as program:
        yield DigitalBazaar(program)
