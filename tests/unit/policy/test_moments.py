from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from openbadge_issuer.errors import PolicyError
from openbadge_issuer.policy.moments import aware, from_now_on, shown_moment
from staffed_organisation import BOARD, DAY, NOW, actor, founded


def test_a_moment_is_shown_on_the_clock_of_the_organisation() -> None:
    zone = ZoneInfo("Europe/Amsterdam")
    assert shown_moment(datetime(2026, 7, 1, 22, tzinfo=UTC), zone) == "2026-07-02"
    assert shown_moment(datetime(2026, 7, 1, 21, 30, tzinfo=UTC), zone) == "2026-07-01 23:30"


def test_what_counts_from_now_on() -> None:
    board = actor(BOARD, founded())
    assert from_now_on(board, None) == NOW
    assert from_now_on(board, NOW + DAY) == NOW + DAY
    assert from_now_on(board, NOW.replace(hour=0)) == NOW
    with pytest.raises(PolicyError, match=r"dated back to 2026-03-01 12:00"):
        from_now_on(board, NOW - DAY)


def test_a_moment_without_a_time_zone_is_refused() -> None:
    assert aware(NOW, "held") == NOW
    with pytest.raises(PolicyError, match="The date held has no time zone"):
        aware(NOW.replace(tzinfo=None), "held")
