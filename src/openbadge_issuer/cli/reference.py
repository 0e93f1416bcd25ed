"""Writes the reference page of the commands that run a policy, from what they say of themselves."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer

from openbadge_issuer.cli.app import app

POLICY_COMMANDS = (
    ("init",), ("policy", "adopt"), ("role",), ("person",), ("badge",), ("award",), ("case",), ("misuse",),
    ("review",), ("records",), ("publish",),
)  # fmt: skip
_HEAD = """# The commands that run a policy

The commands of an issuer's home, by what they do; [Running a policy](../guide/running-a-policy.md) tells
when to use which. All other commands, the exit codes and what all commands share are in
[The command line](command-line.md). This page is written by
`python -m openbadge_issuer.cli.reference docs/reference/policy-commands.md`; change the commands, not it.
"""


@dataclass(frozen=True, slots=True)
class Parameter:
    """An option by its names, or an argument by its own, and what the program says of it."""

    kind: str
    names: tuple[str, ...]
    metavar: str
    required: bool
    help: str


@dataclass(frozen=True, slots=True)
class Command:
    """A command by its words, `()` being the program itself."""

    words: tuple[str, ...]
    help: str
    parameters: tuple[Parameter, ...]
    leaf: bool


def commands() -> dict[tuple[str, ...], Command]:
    """Return every command of the program by its words, in the order of help."""
    return {found.words: found for found in _walk(typer.main.get_command(app), ())}


def policy_commands_reference() -> str:
    """Write the page as Markdown."""
    shown = [
        command
        for words, command in commands().items()
        if any(words[: len(beginning)] == beginning for beginning in POLICY_COMMANDS)
        and (command.leaf or command.parameters)
    ]
    return "\n".join([_HEAD, *(_section(command) for command in shown)])


def _walk(command: Any, words: tuple[str, ...]) -> Iterator[Command]:  # noqa: ANN401  # typer hides its classes
    parameters = tuple(
        Parameter(
            found.param_type_name,
            tuple(found.opts),
            "" if getattr(found, "is_flag", False) else found.metavar or _placeholder(found),
            bool(found.required),
            found.help or "",
        )
        for found in command.params
    )
    leaf = not hasattr(command, "list_commands")
    yield Command(words, (command.help or "").strip(), parameters, leaf)
    if not leaf:
        context = typer.Context(command)
        for name in command.list_commands(context):
            yield from _walk(command.get_command(context, name), (*words, name))


def _placeholder(found: Any) -> str:  # noqa: ANN401  # typer hides its classes
    if found.param_type_name == "argument":
        return str(found.name).upper()
    return "N" if found.type_descriptor.annotation is int else "TEXT"


def _section(command: Command) -> str:
    rows = [
        f"| {_names(parameter)} | {parameter.help.replace('|', chr(92) + '|')} |"
        for parameter in command.parameters
    ]
    table = ["| | |", "|---|---|", *rows, ""] if rows else []
    title = " ".join(command.words)
    return "\n".join([f"## {title}", "", f"    {_synopsis(command)}", "", command.help, "", *table])


def _synopsis(command: Command) -> str:
    needed = [
        f"{parameter.names[0]} {parameter.metavar}" if parameter.kind == "option" else parameter.metavar
        for parameter in command.parameters
        if parameter.required or parameter.kind == "argument"
    ]
    optional = any(not parameter.required and parameter.kind == "option" for parameter in command.parameters)
    return " ".join(["openbadge-issuer", *command.words, *needed, *(["[OPTIONS]"] if optional else [])])


def _names(parameter: Parameter) -> str:
    if parameter.kind == "argument":
        return f"`{parameter.metavar}`"
    names = ", ".join(f"`{name}`" for name in parameter.names)
    return f"{names} {parameter.metavar}".rstrip().replace("|", "\\|")


def main(arguments: list[str]) -> None:
    """Write the reference to the file named."""
    Path(arguments[0]).write_text(policy_commands_reference(), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
