"""Options that several commands share, and how their values are read."""

from __future__ import annotations

import os
import re
import sys
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from pathlib import Path
from typing import Annotated

import typer

from openbadge_issuer.assertions.moments import parse_date_time
from openbadge_issuer.cli.edge import about
from openbadge_issuer.signing.key_file import split_key_uri
from openbadge_issuer.signing.key_store import KEY_STORES, shown_key_uri
from openbadge_issuer.signing.signer import Signer

PASSWORD_VARIABLE = "OPENBADGE_KEY_PASSWORD"  # noqa: S105  # the name of a variable, no password
_DURATION = re.compile(r"(\d{1,6})(s|m|h|d|w)")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}

KeyOption = Annotated[
    str,
    typer.Option(
        "--key",
        metavar="URI",
        help="The signing key: a path, env:NAME, pkcs11:…, awskms:…, vault:… or https:…",
    ),
]
PasswordOption = Annotated[
    str,
    typer.Option(
        "--password-env",
        metavar="NAME",
        help="The environment variable with the key's password; without it you are asked.",
    ),
]
OutputOption = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="Where to write; else standard output.")
]
LanguageOption = Annotated[
    str,
    typer.Option(
        "--lang", metavar="en|nl", help="The language of what people read.", envvar="OPENBADGE_LANG"
    ),
]


def open_key(uri: str, password_variable: str) -> Signer:
    """Open a key; the password comes from the environment, or is asked for at a terminal."""
    split_key_uri(uri)  # what might be a key itself is refused here, before anything repeats it
    interactive = password_variable in os.environ or somebody_types()
    with about(shown_key_uri(uri)):
        return KEY_STORES.open(uri, secret=(lambda: password(password_variable)) if interactive else None)


def password(variable: str, *, confirm: bool = False) -> str:
    """Get a password from the environment or, hidden, from the person at the terminal."""
    if variable in os.environ:
        return os.environ[variable]
    if not somebody_types():
        return ""
    answer: str = typer.prompt("Password of the key", hide_input=True, confirmation_prompt=confirm, err=True)
    return answer


def somebody_types() -> bool:
    """Tell whether there is a person at the terminal who can be asked."""
    return sys.stdin is not None and sys.stdin.isatty()


def parse_moment(text: str, zone: tzinfo = UTC) -> datetime:
    """Read a moment: an RFC 3339 date-time, or a date, which is its beginning on the clock of the zone.

    Raises:
        typer.BadParameter: it is neither.
    """
    try:
        if len(text) == len("2026-01-31"):
            return datetime.combine(date.fromisoformat(text), time(), zone)
        return parse_date_time(text)
    except ValueError:
        raise typer.BadParameter(f"“{text}” is no date (2026-01-31 or 2026-01-31T12:00:00Z)") from None


def parse_duration(text: str) -> timedelta:
    """Read a duration such as 30d, 12h, 90m or 45s.

    Raises:
        typer.BadParameter: it is none.
    """
    match = _DURATION.fullmatch(text)
    if match is None:
        raise typer.BadParameter(f"“{text}” is no duration (30d, 12h, 90m, 45s, 2w)")
    return timedelta(**{_UNITS[match[2]]: int(match[1])})
