from __future__ import annotations

import pytest

from openbadge_issuer.errors import PolicyError
from openbadge_issuer.policy.free_text import MAX_CHARACTERS, free_text, required_text


def test_text_is_trimmed_and_what_is_empty_is_none() -> None:
    assert free_text("  because \n") == "because"
    assert free_text(" \n\t") is free_text(None) is None


def test_text_has_a_limit() -> None:
    assert free_text(" " * 9_000 + "x" * MAX_CHARACTERS) == "x" * MAX_CHARACTERS
    with pytest.raises(PolicyError) as caught:
        free_text("x" * (MAX_CHARACTERS + 1))
    assert caught.value.code == "POLICY-TEXT-LONG"
    assert "4001" in caught.value.sentence("nl")


def test_what_is_required_is_refused_when_empty() -> None:
    assert required_text(" why ", "CATALOGUE-REASON", badge="cook") == "why"
    for empty in (None, "", "  "):
        with pytest.raises(PolicyError, match="needs a reason"):
            required_text(empty, "CATALOGUE-REASON", badge="cook")
