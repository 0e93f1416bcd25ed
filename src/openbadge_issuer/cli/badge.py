"""`openbadge-issuer badge`: the catalogue, from a definition in a file to badges that are retired."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, dump_json_pretty
from openbadge_issuer.assertions.moments import write_date_time
from openbadge_issuer.cli.badge_lint import check_definition, lint_command
from openbadge_issuer.cli.badge_shown import shown_badge, shown_row, shown_version
from openbadge_issuer.cli.edge import USAGE, about, deliver, edge, language_of, read_input, say
from openbadge_issuer.cli.home_options import ActorOption, HomeOption, open_office, open_register
from openbadge_issuer.cli.options import LanguageOption, parse_moment
from openbadge_issuer.errors import PolicyError
from openbadge_issuer.issuing.badge_picture import check_badge_picture
from openbadge_issuer.policy.catalogue import Badge

if TYPE_CHECKING:
    from openbadge_issuer.cli.opened_office import OpenedOffice
    from openbadge_issuer.issuing.office import Desk
    from openbadge_issuer.policy.badge import BadgeDefinition

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    help="Keep the catalogue: define badges, review and retire them.",
)

BadgeArgument = Annotated[str, typer.Argument(metavar="BADGE", help="The short name of the badge.")]


class Outcome(StrEnum):
    """What is to become of a badge that was looked at anew."""

    KEEP = "keep"
    CHANGE = "change"
    RETIRE = "retire"


@app.command()
@edge
def define(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="The definition, as TOML, beside its picture.")
    ],
    reason: Annotated[
        str | None, typer.Option("--reason", metavar="TEXT", help="Why a further version is needed.")
    ] = None,
    feedback: Annotated[
        str | None, typer.Option("--feedback", metavar="ID", help="The feedback that led to it.")
    ] = None,
    home: HomeOption = None,
    actor: ActorOption = None,
    lang: LanguageOption = "en",
) -> None:
    """Take a definition into the catalogue: a new badge, a draft written anew, or a further version.

    The picture is copied into the home, so the files may change or go afterwards.
    """
    language = language_of(lang)
    with open_office(home) as here:
        definition, remarks = check_definition(file, here, language)
        picture = _picture(file, definition)
        with here.desk(actor) as desk:
            desk.actor.doing("design", badge=definition.badge)
            digest = None if picture is None else _stored(here, picture)
            desk.badges.define(definition, picture_digest=digest, reason=reason, feedback=feedback)
            result = _told(desk, definition.badge)
    _deliver(result)
    for line in remarks:
        say(line)


app.command("lint")(lint_command)


@app.command()
@edge
def review(
    badge: BadgeArgument,
    reject: Annotated[
        bool, typer.Option("--reject", help="It is not good yet; say with --note why.")
    ] = False,
    picture_seen: Annotated[
        bool, typer.Option("--picture-seen", help="You looked at the picture with your own eyes.")
    ] = False,
    note: Annotated[
        str | None,
        typer.Option("--note", metavar="TEXT", help="What is to change, or why you review your own draft."),
    ] = None,
    home: HomeOption = None,
    actor: ActorOption = None,
) -> None:
    """Judge a draft: are its words and criteria clear, does its picture fit. Authors ask somebody else."""
    with open_office(home) as here, here.desk(actor) as desk:
        _check_known(desk, badge)
        desk.badges.review(badge, approved=not reject, picture_seen=picture_seen, note=note)
        result = _told(desk, badge)
    _deliver(result)


@app.command()
@edge
def activate(badge: BadgeArgument, home: HomeOption = None, actor: ActorOption = None) -> None:
    """Take a reviewed version into use; the one in use until now is not awarded any more."""
    with open_office(home) as here, here.desk(actor) as desk:
        _check_known(desk, badge)
        desk.badges.activate(badge)
        result = _told(desk, badge)
    _deliver(result)
    say("Publish for others to see it.")


@app.command()
@edge
def retire(
    badge: BadgeArgument,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why.")],
    home: HomeOption = None,
    actor: ActorOption = None,
) -> None:
    """Take a badge out of the offer. What was awarded stays good."""
    with open_office(home) as here, here.desk(actor) as desk:
        _check_known(desk, badge)
        desk.badges.retire(badge, reason=reason)
        result = _told(desk, badge)
    _deliver(result)


@app.command("look-anew")
@edge
def look_anew(
    badge: BadgeArgument,
    outcome: Annotated[Outcome, typer.Option("--outcome", help="What is to become of it.")],
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help="Why.")],
    act_by: Annotated[
        str | None, typer.Option("--act-by", metavar="WHEN", help="Until when to change or retire it.")
    ] = None,
    home: HomeOption = None,
    actor: ActorOption = None,
) -> None:
    """Record whether a badge in use still fits. Changing or retiring it are steps of their own."""
    with open_office(home) as here, here.desk(actor) as desk:
        until = None if act_by is None else parse_moment(act_by, here.policy.organisation.zone)
        _check_known(desk, badge)
        desk.badges.look_anew(badge, outcome=outcome.value, note=note, act_by=until)
        result = _told(desk, badge)
    _deliver(result)


@app.command("list")
@edge
def list_(home: HomeOption = None) -> None:
    """List the badges of the catalogue, by name, with where each stands and what is due."""
    with open_register(home) as here, here.records() as records:
        language = here.policy.organisation.languages[0]
        rows = [
            shown_row(Badge.of(records.events(row.name)), row.facts, language)
            for row in list(records.streams("badge"))
        ]
    deliver(dump_json_pretty(list[JsonValue](rows)), None)


@app.command()
@edge
def show(
    badge: BadgeArgument,
    version: Annotated[
        int | None, typer.Option("--version", min=1, help="One version of it; else all of them.")
    ] = None,
    home: HomeOption = None,
) -> None:
    """Show a badge with its versions: what each says, who wrote and reviewed it, since when it counts."""
    with open_register(home) as here, here.records() as records:
        found = Badge.of(records.events(f"badge:{badge}"))
        if found.latest is None:
            raise PolicyError("CATALOGUE-UNKNOWN", badge=badge[:60])
        names = here.staff().names
        document = (
            shown_badge(found, names) if version is None else shown_version(found.version(version), names)
        )
    _deliver(document)


def _picture(file: Path, definition: BadgeDefinition) -> bytes | None:
    """Read the picture that a definition names, which lies beside it."""
    if definition.picture is None:
        return None
    path = file.parent / definition.picture.file
    picture = read_input(path)
    with about(path, exit_code=USAGE):
        check_badge_picture(picture, path.name)
    return picture


def _check_known(desk: Desk, badge: str) -> None:
    if desk.badges.get(badge).latest is None:
        raise PolicyError("CATALOGUE-UNKNOWN", badge=badge[:60])


def _stored(here: OpenedOffice, picture: bytes) -> str:
    """Keep a picture; the same one twice is one file, and one that no version names is in nobody's way."""
    pictures = here.office.pictures
    return "" if pictures is None else pictures.put(picture).digest


def _told(desk: Desk, badge: str) -> JsonObject:
    found = desk.badges.get(badge)
    latest = found.latest
    document: JsonObject = {"badge": badge}
    if latest is not None:
        document |= {"version": latest.number, "state": latest.state, "digest": latest.definition_digest}
    if found.intended is not None:
        document |= {
            "intended": found.intended,
            "actBy": None if found.act_by is None else write_date_time(found.act_by),
        }
    return document


def _deliver(document: JsonObject) -> None:
    deliver(dump_json_pretty(document), None)
