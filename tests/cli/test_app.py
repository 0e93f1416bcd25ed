"""The root of the command line: help, completion, streams, and what happens when everything fails."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

from openbadge_issuer.cli.app import app

NEEDS_DEVICES = pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")


def commands() -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Every command by its words, with its options and arguments."""

    def walk(command: object, words: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
        names = [option for parameter in command.params for option in parameter.opts]  # type: ignore[attr-defined]  # typer's own
        yield words, tuple(names)
        children = getattr(command, "list_commands", None)
        if children is not None:
            context = typer.Context(command)  # type: ignore[arg-type]  # the same
            for name in children(context):
                yield from walk(command.get_command(context, name), (*words, name))  # type: ignore[attr-defined]

    yield from walk(typer.main.get_command(app), ())


COMMANDS = dict(commands())


def test_the_commands_are_known() -> None:
    assert {" ".join(words) for words in COMMANDS} == {
        "", "demo", "key", "key new", "key show", "key did-document", "issue", "bake", "unbake",
        "status", "status create", "status set", "status unset", "status show", "status publish", "verify",
    }  # fmt: skip
