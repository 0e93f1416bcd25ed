"""The edge between the library and the shell: errors become sentences and exit codes, files are whole."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

import typer

from openbadge_issuer.errors import (
    ContextError,
    DocumentError,
    KeyMaterialError,
    OpenBadgeError,
    OutputError,
    ResolutionError,
    UnsupportedError,
)
from openbadge_issuer.errors.rule import Language

DONE, REJECTED, USAGE, OPEN = 0, 1, 2, 3
BUG = OPEN
"""A fault of the program determines nothing."""

MAX_INPUT_BYTES = 32 * 1024 * 1024
"""Above the largest picture that a badge is baked into; what is longer is not read."""

_USAGE_PREFIXES = ("CLI-", "TRUST-", "DOCUMENTS-", "STATUS-STATE-", "KEY-")
_Arguments = ParamSpec("_Arguments")
_Result = TypeVar("_Result")


def say(text: str) -> None:
    """Talk to the person at the terminal: everything that is not the result goes to stderr."""
    typer.echo(text, err=True)


def language_of(code: str) -> Language:
    """Read a language code.

    Raises:
        typer.BadParameter: it is neither English nor Dutch.
    """
    if code not in ("en", "nl"):
        raise typer.BadParameter("choose en or nl", param_hint="--lang")
    return "nl" if code == "nl" else "en"


def exit_code_of(error: OpenBadgeError) -> int:
    """Choose the exit code for an error (interfaces: 1 rejected, 2 wrong usage, 3 not determined)."""
    if isinstance(error, KeyMaterialError | OutputError) or error.code.startswith(_USAGE_PREFIXES):
        return USAGE
    return OPEN if isinstance(error, ResolutionError | UnsupportedError | ContextError) else REJECTED


def edge(command: Callable[_Arguments, _Result]) -> Callable[_Arguments, _Result]:
    """Wrap a command: an error of the library becomes one sentence, advice, and an exit code."""

    @wraps(command)
    def wrapped(*arguments: _Arguments.args, **options: _Arguments.kwargs) -> _Result:
        try:
            return command(*arguments, **options)
        except OpenBadgeError as error:
            say(f"{error.code}: {error}")
            if advice := error.advice():
                say(f"  {advice}")
            raise typer.Exit(exit_code_of(error)) from error

    return wrapped


def read_input(path: Path | str) -> bytes:
    """Read a file, or standard input for `-`, up to the cap.

    Raises:
        DocumentError: CLI-FILE, the file is not there or cannot be read; CLI-SIZE, it is too large.
    """
    try:
        if str(path) == "-":
            data = sys.stdin.buffer.read(MAX_INPUT_BYTES + 1)
        else:
            with Path(path).open("rb") as file:
                data = file.read(MAX_INPUT_BYTES + 1)
    except OSError as error:
        raise DocumentError("CLI-FILE", path=str(path), problem=error.strerror or "unreadable") from error
    if len(data) > MAX_INPUT_BYTES:
        raise DocumentError("CLI-SIZE", path=str(path), limit=MAX_INPUT_BYTES)
    return data


def write_output(path: Path, data: bytes) -> None:
    """Write a file as a whole: beside it first, then renamed, so that nothing half-written stays.

    Raises:
        OutputError: CLI-WRITE, with the reason.
    """
    try:
        handle, beside = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(beside).chmod(0o644)  # mkstemp makes private files; a badge is not one
            Path(beside).replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                Path(beside).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise OutputError("CLI-WRITE", path=str(path), problem=error.strerror or "not written") from error


def deliver(data: bytes, output: Path | None) -> None:
    """Give the result: into a file, or to standard output."""
    if output is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    else:
        write_output(output, data)
        say(f"{output}")
