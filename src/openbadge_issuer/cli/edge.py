"""The edge between the library and the shell: errors become sentences and exit codes, files are whole."""

from __future__ import annotations

import contextlib
import os
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

import typer

from openbadge_issuer.errors import (
    ContextError,
    DocumentError,
    InputError,
    IssuingError,
    KeyMaterialError,
    OpenBadgeError,
    OutputError,
    RegisterError,
    ResolutionError,
    UnsupportedError,
)
from openbadge_issuer.errors.rule import Language
from openbadge_issuer.whole_file import PUBLIC, write_whole, written_beside

DONE, REJECTED, USAGE, OPEN = 0, 1, 2, 3
BUG = OPEN
"""A fault of the program determines nothing."""

MAX_INPUT_BYTES = 32 * 1024 * 1024
"""Above the largest picture that a badge is baked into; what is longer is not read."""

_USAGE_PREFIXES = (
    "CLI-", "TRUST-", "DOCUMENTS-", "KEY-", "DID-", "HOME-",
    "STATUS-STATE-", "STATUS-INDEX-", "STATUS-LIST-SIZE", "STATUS-LIST-URL", "STATUS-DURATION",
)  # fmt: skip
"""What reaches the edge under these codes was said by an option or a file that an option names."""

_REFUSED_BY_REGISTER = ("REGISTER-KEY-TAKEN", "REGISTER-BACKUP-")
"""What else the register says is that it cannot be used, or not like this."""

_JOINERS = "\u200c\u200d"
"""They have no look of their own, but Persian and emoji are not written without them."""

_Arguments = ParamSpec("_Arguments")
_Result = TypeVar("_Result")


class _InFile(Exception):  # noqa: N818  # no error of its own: it carries one to the edge
    """An error, and the file that it is about."""

    def __init__(self, error: OpenBadgeError, place: str, exit_code: int | None) -> None:
        super().__init__(place)
        self.error = error
        self.place = place
        self.exit_code = exit_code


def say(text: str) -> None:
    """Talk to the person at the terminal: everything that is not the result goes to stderr."""
    typer.echo(visible(text), err=True)


def visible(text: str) -> str:
    """Write what moves the cursor, colours, breaks or reorders a line as escapes.

    Badges and file names are written by strangers: none may draw a verdict of its own.
    """
    return text if text.isprintable() else "".join(map(_visible, text))


def _visible(character: str) -> str:
    if character.isprintable() or character in _JOINERS or unicodedata.category(character) == "Zs":
        return character
    return character.encode("unicode_escape").decode("ascii")


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
    if isinstance(error, RegisterError):
        return REJECTED if error.code.startswith(_REFUSED_BY_REGISTER) else USAGE
    if isinstance(error, KeyMaterialError | OutputError | IssuingError) or error.code.startswith(
        _USAGE_PREFIXES
    ):
        return USAGE
    return OPEN if isinstance(error, ResolutionError | UnsupportedError | ContextError) else REJECTED


def edge(command: Callable[_Arguments, _Result]) -> Callable[_Arguments, _Result]:
    """Wrap a command: an error of the library becomes one sentence, advice, and an exit code."""

    @wraps(command)
    def wrapped(*arguments: _Arguments.args, **options: _Arguments.kwargs) -> _Result:
        language = _language(options.get("lang"))
        try:
            _check_characters(options.values())
            return command(*arguments, **options)
        except _InFile as found:
            _complain(found.error, language, found.place)
            code = exit_code_of(found.error) if found.exit_code is None else found.exit_code
            raise typer.Exit(code) from found
        except OpenBadgeError as error:
            _complain(error, language)
            raise typer.Exit(exit_code_of(error)) from error
        except BrokenPipeError:
            raise  # typer stops quietly: the reader has gone
        except OSError as error:  # standard output could not be written; files say so themselves
            _discard_output()
            _complain(
                OutputError("CLI-WRITE", path="stdout", problem=error.strerror or "not written"), language
            )
            raise typer.Exit(USAGE) from error

    return wrapped


def _check_characters(values: Iterable[object]) -> None:
    """Refuse bytes of the shell that are no characters; paths, and lists that name files, may have them."""
    for value in values:
        if isinstance(value, str) and any("\ud800" <= one <= "\udfff" for one in value):
            raise InputError("CLI-CHARACTERS")


@contextlib.contextmanager
def about(place: Path | str, *, exit_code: int | None = None) -> Iterator[None]:
    """Name the file in what is said about its contents; with `exit_code`, any fault in it counts as that."""
    try:
        yield
    except OpenBadgeError as error:
        raise _InFile(error, str(place), exit_code) from error


def _complain(error: OpenBadgeError, language: Language, place: str = "") -> None:
    sentence = error.sentence(language)
    named = f"{place}: " if place and place not in sentence else ""
    say(f"{named}{error.code}: {sentence}" + (f" [{error.pointer}]" if error.pointer else ""))
    if advice := error.advice(language):
        say(f"  {advice}")


def _language(chosen: object) -> Language:
    return "nl" if (chosen or os.environ.get("OPENBADGE_LANG")) == "nl" else "en"


def _discard_output() -> None:
    """Let what is still waiting to be written go nowhere, or the interpreter tries again when it ends."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def read_input(path: Path | str) -> bytes:
    """Read a file, or standard input for `-`, up to the cap.

    Raises:
        DocumentError: CLI-FILE, the file is not there or cannot be read; CLI-SIZE, it is too large.
    """
    try:
        if str(path) == "-":
            if sys.stdin is None:  # the shell closed it: <&-
                raise DocumentError("CLI-FILE", path="stdin", problem="it is closed")
            data = sys.stdin.buffer.read(MAX_INPUT_BYTES + 1)
        else:
            with Path(path).open("rb") as file:
                data = file.read(MAX_INPUT_BYTES + 1)
    except OSError as error:
        raise DocumentError("CLI-FILE", path=str(path), problem=error.strerror or "unreadable") from error
    if len(data) > MAX_INPUT_BYTES:
        raise DocumentError("CLI-SIZE", path=str(path), limit=MAX_INPUT_BYTES)
    return data


def write_output(path: Path, data: bytes, *, mode: int = PUBLIC) -> None:
    """Write a file as a whole: beside it first, then renamed, so that nothing half-written stays.

    Raises:
        OutputError: CLI-WRITE, with the reason.
    """
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            path.write_bytes(data)  # /dev/stdout or a named pipe is written to, never replaced
            return
        write_whole(path, data, mode=mode)
    except OSError as error:
        raise _not_written(path, error) from error


@contextlib.contextmanager
def output_beside(path: Path, data: bytes, *, mode: int = PUBLIC) -> Iterator[Callable[[], None]]:
    """Write a file beside its place, to be moved there by the call that is given; see `write_output`.

    So everything that several files can fail on is met before the first of them counts.

    Raises:
        OutputError: CLI-WRITE, with the reason.
    """
    if path.exists() and not path.is_file() and not path.is_dir():
        yield lambda: write_output(path, data)
        return
    with contextlib.ExitStack() as stack:
        try:
            move = stack.enter_context(written_beside(path, data, mode=mode))
        except OSError as error:
            raise _not_written(path, error) from error

        def moved() -> None:
            try:
                move()
            except OSError as error:
                raise _not_written(path, error) from error

        yield moved


def _not_written(path: Path, error: OSError) -> OutputError:
    return OutputError("CLI-WRITE", path=str(path), problem=error.strerror or "not written")


def deliver(data: bytes, output: Path | None, *, mode: int = PUBLIC) -> None:
    """Give the result: into a file of this mode, or to standard output."""
    if output is None:
        if sys.stdout is None:  # the shell closed it: >&-
            raise OutputError("CLI-WRITE", path="stdout", problem="it is closed")
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    else:
        write_output(output, data, mode=mode)
        say(f"{output}")
