"""A badge as it is defined under a policy."""

from __future__ import annotations

from procedures import BADGE, POLICY


def test_a_copy_has_a_digest_of_its_own() -> None:
    before = BADGE.digest, POLICY.digest
    changed = BADGE.model_copy(update={"level": "4"})
    assert changed.digest != before[0]
    assert POLICY.model_copy(update={"version": "2"}, deep=True).digest != before[1]
    assert (BADGE.model_copy().digest, POLICY.model_copy().digest) == before
