"""What several events say about one index, put together in the order in which they were recorded."""

from __future__ import annotations

from functools import reduce

import pytest

from openbadge_issuer.register.status_said import StatusSaid
from register_world import DAY, LIST, NOW


def said(**told: object) -> StatusSaid:
    return StatusSaid(LIST, 7, **told)  # type: ignore[arg-type]  # of tests


GIVEN = said(key="urn:uuid:1")
SET = said(value=True, at=NOW, reason="Awarded twice.")
SET_LATER = said(value=True, at=NOW + DAY)
SET_WITH_REASON = said(value=True, at=NOW + DAY, reason="Given by mistake.")
CLEARED = said()


@pytest.mark.parametrize(
    ("heard", "together"),
    [
        ([GIVEN], said(key="urn:uuid:1")),
        ([GIVEN, SET], said(value=True, key="urn:uuid:1", at=NOW, reason="Awarded twice.")),
        ([SET, SET_LATER], said(value=True, at=NOW, reason="Awarded twice.")),
        ([SET, SET_WITH_REASON], said(value=True, at=NOW, reason="Given by mistake.")),
        ([GIVEN, SET, CLEARED], said(key="urn:uuid:1")),
        ([SET, CLEARED, SET_LATER], said(value=True, at=NOW + DAY)),
    ],
    ids=["given", "set", "set again", "another reason", "cleared", "set after it was cleared"],
)
def test_what_was_said_last_counts_as_the_list_keeps_it(
    heard: list[StatusSaid], together: StatusSaid
) -> None:
    assert reduce(lambda earlier, later: later.after(earlier), heard) == together
