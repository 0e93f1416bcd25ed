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


@pytest.mark.parametrize(
    ("text", "one_line", "refused"),
    [
        ("first\nsecond\tline\r\nthird", False, False),
        ("first\nsecond", True, True),
        ("Dee\r\nBcc: all@example.org", True, True),
        ("\x1b[2Jgone", False, True),
        ("tfel\u202eright", False, True),
        ("nul\x00", False, True),
        ("m\u06cc\u200cx, é, 👩\u200d🎓", True, False),
    ],
)
def test_signs_that_are_none_to_be_read_are_refused(text: str, *, one_line: bool, refused: bool) -> None:
    if not refused:
        assert free_text(text, one_line=one_line) == text.replace("\r\n", "\n")
        return
    with pytest.raises(PolicyError) as caught:
        free_text(text, one_line=one_line)
    assert caught.value.code == "POLICY-TEXT-CONTROL"
    assert str(caught.value).isprintable()
    assert caught.value.sentence("nl").startswith("De tekst heeft op plaats")
