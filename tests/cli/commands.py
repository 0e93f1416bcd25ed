"""The commands of the program as it declares them itself: names, options and what it says of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import typer

from openbadge_issuer.cli.app import app

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Parameter:
    """An option by its names, or an argument by its own."""

    kind: str
    names: tuple[str, ...]
    help: str | None


def _walk(command: Any, words: Words) -> Iterator[tuple[Words, tuple[Parameter, ...]]]:  # noqa: ANN401  # typer hides its classes
    yield (
        words,
        tuple(Parameter(found.param_type_name, tuple(found.opts), found.help) for found in command.params),
    )
    if hasattr(command, "list_commands"):
        context = typer.Context(command)
        for name in command.list_commands(context):
            yield from _walk(command.get_command(context, name), (*words, name))


COMMANDS: dict[Words, tuple[Parameter, ...]] = dict(_walk(typer.main.get_command(app), ()))
"""Every command by its words, `()` being the program itself."""
