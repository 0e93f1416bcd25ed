"""What is shown to people while they wait."""

from __future__ import annotations

import io
import sys

import pytest

from openbadge_issuer.cli.terminal import progress, working


class Screen(io.StringIO):
    """A standard error that somebody looks at."""

    def isatty(self) -> bool:
        """Say so."""
        return True


@pytest.mark.parametrize("total", [None, 3])
def test_somebody_who_looks_sees_that_something_goes_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], total: int | None
) -> None:
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("TERM", "xterm")
    with working("records\x1b[31m", total) as step:
        step()
    assert "records" in screen.getvalue()
    assert "records\x1b[31m" not in screen.getvalue()
    assert capsys.readouterr().out == ""


def test_nobody_who_looks_sees_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with working("records", 3) as step:
        step()
    assert list(progress(range(30), "records")) == list(range(30))
    assert capsys.readouterr() == ("", "")


def test_an_error_ends_it_and_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", Screen())
    with pytest.raises(KeyError), working("records"):
        raise KeyError
