"""What a proof says besides its signature."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from openbadge_issuer.signing.data_integrity import ProofOptions

FIRST = datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Amsterdam"))  # in the hour that comes twice
SECOND = FIRST.replace(fold=1)


@pytest.mark.parametrize("member", ["created", "expires"])
@pytest.mark.parametrize("order", [(FIRST, SECOND), (SECOND, FIRST)])
def test_the_hour_that_comes_twice_is_told_apart(member: str, order: tuple[datetime, ...]) -> None:
    assert FIRST == SECOND  # to Python, which compares the clocks on the wall
    written = {}
    for moment in order:
        options = ProofOptions(verification_method="urn:key", **{member: moment})  # type: ignore[arg-type]  # a table
        written[moment.fold] = options.members("DataIntegrityProof", None)[member]
    assert written == {0: "2026-10-25T00:30:00Z", 1: "2026-10-25T01:30:00Z"}
