"""`openbadge-issuer publish`: everything public as plain files, and a look at them as a stranger has it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, dump_json_pretty
from openbadge_issuer.cli.edge import DONE, REJECTED, deliver, edge, language_of, say, write_output
from openbadge_issuer.cli.home_options import ActorOption, HomeOption, open_office, open_register
from openbadge_issuer.cli.options import PASSWORD_VARIABLE, LanguageOption, PasswordOption
from openbadge_issuer.cli.terminal import working
from openbadge_issuer.cli.verify import guarded_fetcher

if TYPE_CHECKING:
    from openbadge_issuer.policy.remark import Remark

app = typer.Typer(add_completion=False)


@app.command()
@edge
def command(
    folder: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", help="The folder to fill; else public/ of the home.")
    ] = None,
    index: Annotated[
        Path | None,
        typer.Option("--index", metavar="FILE", help="Also write an index, which verify --documents takes."),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Publish nothing; look at what is there as a stranger would.")
    ] = False,
    online: Annotated[
        bool, typer.Option("--online", help="With --check: look at what is on the web, not in the folder.")
    ] = False,
    home: HomeOption = None,
    actor: ActorOption = None,
    password_env: PasswordOption = PASSWORD_VARIABLE,
    lang: LanguageOption = "en",
) -> None:
    """Write everything public as files for any web server: keys, status lists, badges, the register's head.

    What is not to be public any more is taken away. Do it at least as often as the policy says that status
    lists count, and after each decision that others are to see.
    """
    language = language_of(lang)
    if online and not check:
        raise typer.BadParameter("--online goes with --check")
    if check:
        if index is not None:
            raise typer.BadParameter("--check writes nothing, so no --index")
        with open_register(home) as here:
            # Local: it loads the database library, which open_register has seen to be there.
            from openbadge_issuer.cli.publish_check import check_publication  # noqa: PLC0415

            with working("publish --check"):
                web = guarded_fetcher() if online else None
                problems = check_publication(here, web, folder or here.home.public)
        deliver(dump_json_pretty(list[JsonValue](map(_written, problems))), None)
        for problem in problems:
            say(problem.sentence(language))
        raise typer.Exit(REJECTED if problems else DONE)
    with open_office(home, password_env) as here:
        target = folder or here.home.public
        prefix = None if index is None else _prefix(index, target)
        here.signer.open()
        with working("publish"):
            published = here.publish(here.actor(actor), target)
    made = published.publication
    if index is not None and prefix is not None:
        write_output(index, dump_json_pretty(made.index(prefix)))
    document: JsonObject = {
        "folder": str(target),
        "length": made.length,
        "files": dict[str, JsonValue](made.paths()),
        "removed": list[JsonValue](str(path.relative_to(target)) for path in published.removed),
    }
    deliver(dump_json_pretty(document), None)
    say(f"{target}: the root of the web server. What is removed there must go from the server too.")


def _written(problem: Remark) -> JsonObject:
    return {
        "code": problem.code,
        **problem.details,
        "message": {"en": problem.sentence("en"), "nl": problem.sentence("nl")},
        "advice": {"en": problem.advice("en"), "nl": problem.advice("nl")},
    }


def _prefix(index: Path, target: Path) -> str:
    """Return the way from an index to the folder of files, which must lie beside it or below."""
    way = os.path.relpath(target.absolute(), index.absolute().parent)
    if way.startswith(".."):
        raise typer.BadParameter("the index must stand in the folder or above it", param_hint="--index")
    return "" if way == "." else Path(way).as_posix()
