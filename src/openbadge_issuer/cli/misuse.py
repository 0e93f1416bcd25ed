"""`openbadge-issuer misuse`: misuse of the system, reported by anybody, seen only by those who handle it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, dump_json_pretty
from openbadge_issuer.cli.edge import deliver, edge
from openbadge_issuer.cli.home_options import ActorOption, HomeOption, at_desk, open_office
from openbadge_issuer.cli.told_procedures import misuse_json

if TYPE_CHECKING:  # it loads the database library
    from openbadge_issuer.issuing.office import Desk

app = typer.Typer(
    add_completion=False,
    help="Handle misuse of the system, apart from doubts about badges and seen by few.",
    no_args_is_help=True,
)

MatterArgument = Annotated[str, typer.Argument(metavar="MATTER", help="The identifier of the matter.")]


@app.command()
@edge
def report(
    text: Annotated[str, typer.Argument(help="What happened, in your own words.")],
    whom: Annotated[
        str | None, typer.Option("--about", metavar="WHO", help="Who is said to misuse it.")
    ] = None,
    involved: Annotated[
        list[str] | None,
        typer.Option(
            "--involved", metavar="WHO", help="Somebody else who has a part in it; may be repeated."
        ),
    ] = None,
    name: Annotated[str | None, typer.Option(help="Your name, if you give it.")] = None,
    contact: Annotated[str | None, typer.Option(help="Where you can be reached, if you say so.")] = None,
    actor: ActorOption = None,
    home: HomeOption = None,
) -> None:
    """Report misuse. Anybody can, also without a name; those who have a part in it never see it."""
    with open_office(home) as opened:
        about = None if whom is None else opened.person(whom)
        others = [opened.person(one) for one in involved or ()]
        with opened.desk(actor, anonymous=True) as desk:
            matter = desk.misuse.report(text, about=about, involved=others, name=name, contact=contact)
    answer: JsonObject = {"misuse": matter}
    deliver(dump_json_pretty(answer), None)


@app.command()
@edge
def assign(
    matter: MatterArgument,
    handler: Annotated[str, typer.Argument(metavar="WHO", help="Who handles it, and has no part in it.")],
    actor: ActorOption = None,
    home: HomeOption = None,
) -> None:
    """Let somebody handle it."""
    with open_office(home) as opened:
        who = opened.person(handler)
        with opened.desk(actor) as desk:
            desk.misuse.assign(matter, who)


@app.command()
@edge
def note(
    matter: MatterArgument,
    text: Annotated[str, typer.Argument(help="What was found out, or what somebody said.")],
    actor: ActorOption = None,
    home: HomeOption = None,
) -> None:
    """Record what was found out, or that somebody was heard."""
    with at_desk(home, actor) as desk:
        desk.misuse.note(matter, text)
        _show(desk, matter)


@app.command()
@edge
def measure(
    matter: MatterArgument,
    step: Annotated[str, typer.Argument(metavar="MEASURE", help="The step of the ladder in the policy.")],
    decided_by: Annotated[str, typer.Option("--decided-by", help="Who decided on it, in words.")],
    text: Annotated[str, typer.Option("--text", help="What it is, and why.")],
    actor: ActorOption = None,
    home: HomeOption = None,
) -> None:
    """Record a measure that people decided on."""
    with at_desk(home, actor) as desk:
        desk.misuse.measure(matter, step, decided_by=decided_by, text=text)
        _show(desk, matter)


@app.command()
@edge
def close(
    matter: MatterArgument,
    text: Annotated[str, typer.Option("--text", help="How it ended.")],
    actor: ActorOption = None,
    home: HomeOption = None,
) -> None:
    """Close it."""
    with at_desk(home, actor) as desk:
        desk.misuse.close(matter, text)
        _show(desk, matter)


@app.command()
@edge
def show(matter: MatterArgument, actor: ActorOption = None, home: HomeOption = None) -> None:
    """Show where it stands, to those who handle misuse and have no part in it."""
    with at_desk(home, actor) as desk:
        _show(desk, matter)


@app.command("list")
@edge
def list_(
    everything: Annotated[bool, typer.Option("--all", help="The closed ones too.")] = False,
    actor: ActorOption = None,
    home: HomeOption = None,
) -> None:
    """List the matters that you may see."""
    with at_desk(home, actor) as desk:
        found: list[JsonValue] = [
            misuse_json(one, desk.policy) for one in desk.misuse.all(open_only=not everything)
        ]
    deliver(dump_json_pretty(found), None)


def _show(desk: Desk, matter: str) -> None:
    deliver(dump_json_pretty(misuse_json(desk.misuse.see(matter), desk.policy)), None)
