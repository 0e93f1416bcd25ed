"""Colour and progress at the terminal; plain text wherever nobody is looking."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

import typer

from openbadge_issuer.cli.edge import visible
from openbadge_issuer.errors.rule import Language
from openbadge_issuer.verification import VerificationReport
from openbadge_issuer.verification.text import Line, render_text

_Item = TypeVar("_Item")
_COLOURS = {"passed": typer.colors.GREEN, "failed": typer.colors.RED, "undetermined": typer.colors.YELLOW}
_WORTH_A_BAR = 20
"""Below this, the work is done before a progress bar is drawn."""


def print_report(report: VerificationReport, language: Language, *, separated: bool = False) -> None:
    """Print a report, in colour where there is a terminal; the words and marks carry the meaning alone."""
    if separated:
        typer.echo()
    for position, line in enumerate(render_text(report, language)):
        typer.secho(visible(line.text), fg=_colour(line), bold=position == 0)


def _colour(line: Line) -> str | None:
    if line.outcome is None:
        return None
    if line.severity != "error" and line.outcome != "passed":
        return str(typer.colors.YELLOW)
    return str(_COLOURS[line.outcome])


def progress(items: Sequence[_Item], label: str) -> Iterable[_Item]:
    """Go through the items, with a bar on stderr if there are many and somebody is looking."""
    if len(items) < _WORTH_A_BAR or sys.stderr is None or not sys.stderr.isatty():
        return items
    # Local: drawing takes longer to load than most work takes to do.
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import track  # noqa: PLC0415

    return track(items, label, console=Console(stderr=True))


@contextmanager
def working(label: str, total: int | None = None) -> Iterator[Callable[[], None]]:
    """Show on stderr that something takes its time, if somebody is looking.

    Args:
        label: what is being done.
        total: how many steps there are; None if nobody knows.

    Returns:
        What is called at each step.
    """
    if sys.stderr is None or not sys.stderr.isatty():
        yield lambda: None
        return
    # Local: drawing takes longer to load than most work takes to do.
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(visible(label), total=total)
        yield lambda: bar.advance(task)
