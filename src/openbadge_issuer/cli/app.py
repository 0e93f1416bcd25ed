"""The root of the command line: its commands by name, each loaded when it is called."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from io import TextIOWrapper
from typing import Annotated

import typer
from typer.core import TyperGroup

from openbadge_issuer import __version__
from openbadge_issuer.cli.edge import BUG, say

_COMMANDS = {
    "demo": "demo",
    "init": "init",
    "policy": "policy",
    "role": "role",
    "person": "person",
    "badge": "badge",
    "award": "award",
    "case": "case",
    "misuse": "misuse",
    "review": "review",
    "records": "records",
    "publish": "publish",
    "key": "key",
    "issue": "issue",
    "bake": "bake",
    "unbake": "unbake",
    "status": "status",
    "migrate": "migrate",
    "verify": "verify",
}
"""The commands in the order of help, and the modules that hold them: a cold `verify` loads nothing else."""


class LazyGroup(TyperGroup):
    """A group of commands that imports a command only when it is asked for."""

    def list_commands(self, ctx: typer.Context) -> list[str]:  # type: ignore[override]  # typer's own subclass
        """List the commands in the order of help."""
        del ctx
        return list(_COMMANDS)

    def get_command(self, ctx: typer.Context, cmd_name: str):  # type: ignore[no-untyped-def,override]  # noqa: ANN201  # typer keeps the class to itself
        """Load one command."""
        del ctx
        module = _COMMANDS.get(cmd_name)
        if module is None:
            return None
        command = typer.main.get_command(import_module(f"openbadge_issuer.cli.{module}").app)
        command.name = cmd_name
        return command


app = typer.Typer(
    cls=LazyGroup,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Issue, sign, revoke and verify Open Badges.",
    epilog="Exit codes: 0 accepted or done, 1 rejected, 2 wrong usage, 3 could not be determined.",
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:  # noqa: FBT001  # typer's callback
    if wanted:
        typer.echo(f"openbadge-issuer {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[  # its callback does the work
        bool, typer.Option("--version", help="Print the version and stop.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Issue, sign, revoke and verify Open Badges."""


def run() -> None:
    """Run the command line and exit with its code; whatever goes wrong, no traceback is shown."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # names of files need not be text
            stream.reconfigure(errors="backslashreplace")
    try:
        app()
    except Exception as error:  # the one edge of the program
        if os.environ.get("OPENBADGE_DEBUG"):
            raise
        say(f"This is a fault of openbadge-issuer itself ({type(error).__name__}); please report it.")
        say("Set OPENBADGE_DEBUG=1 and run it again to see where it happened.")
        sys.exit(BUG)
