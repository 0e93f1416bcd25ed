"""Options of the commands that work in an issuer's home, and how a command opens it.

The database library is loaded only then: a page of help, or a command of another layer, needs none.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from openbadge_issuer.cli.options import PASSWORD_VARIABLE
from openbadge_issuer.errors import DocumentError, UnsupportedError
from openbadge_issuer.issuing.home import Home

if TYPE_CHECKING:
    from openbadge_issuer.cli.opened_office import OpenedOffice, OpenedRegister
    from openbadge_issuer.issuing.office import Desk

HOME_VARIABLE = "OPENBADGE_HOME"
ACTOR_VARIABLE = "OPENBADGE_ACTOR"

_NEEDED = ("sqlalchemy", "alembic")

HomeOption = Annotated[
    Path | None,
    typer.Option(
        "--home",
        metavar="DIR",
        envvar=HOME_VARIABLE,
        help="The issuer's home; else the one that the current folder lies in.",
    ),
]
AwardArgument = Annotated[str, typer.Argument(metavar="AWARD", help="The identifier of the award.")]

ActorOption = Annotated[
    str | None,
    typer.Option(
        "--as",
        metavar="WHO",
        envvar=ACTOR_VARIABLE,
        help="Who does it: a pseudonym, an e-mail address, a colleague's name, or a role that one person "
        "holds. Not needed where only one person holds a role.",
    ),
]


def find_home(folder: Path | None) -> Home:
    """Open the home that is named, or the one around the current folder.

    Raises:
        DocumentError: `HOME-MISSING`; `HOME-FILE`.
    """
    home = find_home_around(folder)
    if home is None:
        raise DocumentError("HOME-MISSING", path=str(Path.cwd()))
    return home


def find_home_around(folder: Path | None) -> Home | None:
    """Open the home that is named, or the one around us if there is one; raises as `Home.open`."""
    return Home.around(Path.cwd()) if folder is None else Home.open(folder)


@contextmanager
def open_office(folder: Path | None, password_env: str = PASSWORD_VARIABLE) -> Iterator[OpenedOffice]:
    """Open a home to work in: policy, register, pictures, and a signer that asks for nothing yet.

    Args:
        folder: the home; the one around the current folder if None.
        password_env: the variable with the password of the signing key. It is read, or the person at the
            terminal is asked, when something is signed and not before.

    Raises:
        OpenBadgeError: something of the home cannot be used; most codes begin with `HOME-` or `REGISTER-`.
    """
    check_installed()
    from openbadge_issuer.cli.opened_office import opened_office  # noqa: PLC0415

    with opened_office(find_home(folder), password_env) as opened:
        yield opened


@contextmanager
def open_register(folder: Path | None) -> Iterator[OpenedRegister]:
    """Open a home to read in, which needs no key of it; raises as `open_office`."""
    check_installed()
    from openbadge_issuer.cli.opened_office import opened_register  # noqa: PLC0415

    with opened_register(find_home(folder)) as opened:
        yield opened


@contextmanager
def at_desk(folder: Path | None, actor: str | None) -> Iterator[Desk]:
    """Do things in a home in one transaction, as who `--as` says; raises as `open_office` and the things."""
    with open_office(folder) as opened, opened.desk(actor) as desk:
        yield desk


def check_installed() -> None:
    """See that the database library is there, which is an extra of the package.

    Raises:
        UnsupportedError: `HOME-EXTRA`.
    """
    if any(find_spec(name) is None for name in _NEEDED):
        raise UnsupportedError("HOME-EXTRA")
