"""`openbadge-issuer role`: who does what, from when, until when, and who takes over."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Annotated

import typer

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, dump_json_pretty
from openbadge_issuer.assertions.moments import write_date_time
from openbadge_issuer.cli.edge import deliver, edge, say
from openbadge_issuer.cli.home_options import ActorOption, HomeOption, open_office, open_register
from openbadge_issuer.cli.options import parse_moment
from openbadge_issuer.policy.staff_events import STREAM
from openbadge_issuer.policy.standing import Held, Staff

if TYPE_CHECKING:
    from openbadge_issuer.issuing.office import Desk

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    help="Say who does what: roles, deputies, handovers, trainings.",
)

WhoArgument = Annotated[
    str, typer.Argument(metavar="WHO", help="A pseudonym, an e-mail address, or a colleague's name.")
]
RoleArgument = Annotated[str, typer.Argument(metavar="ROLE", help="The name of the role in the policy.")]
NameOption = Annotated[
    str | None, typer.Option("--name", help="The name by which colleagues know that person, if it is new.")
]
ReasonOption = Annotated[str | None, typer.Option("--reason", metavar="TEXT", help="Why.")]


@app.command()
@edge
def grant(
    who: WhoArgument,
    role: RoleArgument,
    name: NameOption = None,
    begins: Annotated[
        str | None, typer.Option("--from", metavar="WHEN", help="From when; else at once.")
    ] = None,
    ends: Annotated[
        str | None, typer.Option("--until", metavar="WHEN", help="From when no longer; else without end.")
    ] = None,
    badges: Annotated[
        list[str] | None,
        typer.Option("--badge", metavar="BADGE", help="Only for this badge; may be said several times."),
    ] = None,
    deputy_of: Annotated[
        str | None, typer.Option("--deputy-of", metavar="WHO", help="The colleague to stand in for.")
    ] = None,
    reason: ReasonOption = None,
    home: HomeOption = None,
    actor: ActorOption = None,
) -> None:
    """Give somebody a role, who is in the register already (person add)."""
    with open_office(home) as here:
        zone, person = here.policy.organisation.zone, here.person(who)
        deputised = None if deputy_of is None else here.person(deputy_of)
        with here.desk(actor) as desk:
            desk.roles.grant(
                person,
                role,
                name=name or _new_name(desk, person),
                begins=_moment(begins, zone),
                ends=_moment(ends, zone),
                badges=badges or (),
                deputy_of=deputised,
                reason=reason,
            )
            result = _told(desk, person, role)
    _deliver(result)


@app.command()
@edge
def end(
    who: WhoArgument,
    role: RoleArgument,
    ends: Annotated[
        str | None, typer.Option("--from", metavar="WHEN", help="From when; else at once.")
    ] = None,
    reason: ReasonOption = None,
    home: HomeOption = None,
    actor: ActorOption = None,
) -> None:
    """Take a role from somebody, or lay down one of your own. What was decided with it stands."""
    with open_office(home) as here:
        person = here.person(who)
        with here.desk(actor) as desk:
            desk.roles.end(person, role, ends=_moment(ends, here.policy.organisation.zone), reason=reason)
            result = _told(desk, person, role)
    _deliver(result)


@app.command()
@edge
def handover(
    giver: Annotated[str, typer.Argument(metavar="GIVER", help="Who gives the roles up.")],
    taker: Annotated[str, typer.Argument(metavar="TAKER", help="Who takes them over.")],
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why.")],
    roles: Annotated[
        list[str] | None,
        typer.Option("--role", metavar="ROLE", help="Only this role; may be said several times."),
    ] = None,
    name: NameOption = None,
    home: HomeOption = None,
    actor: ActorOption = None,
) -> None:
    """Hand somebody's roles over to somebody else, with the cases that are in that person's hands."""
    with open_office(home) as here:
        giving, taking = here.person(giver), here.person(taker)
        with here.desk(actor) as desk:
            arranged, cases = desk.roles.hand_over(
                giving,
                taking,
                taker_name=name or _new_name(desk, taking),
                named=roles or (),
                reason=reason,
            )
            result = {**_told(desk, taking, *arranged.roles), "cases": list[JsonValue](cases)}
            deputies = [desk.actor.staff.shown(deputy) for deputy in arranged.deputies]
    _deliver(result)
    for deputy in deputies:
        say(f"{deputy} stood in for the giver, and still holds that role.")


@app.command()
@edge
def take(
    role: RoleArgument,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why nobody else could be asked.")],
    home: HomeOption = None,
    actor: ActorOption = None,
) -> None:
    """Take a role in an emergency, because nobody who holds it can be reached. Everybody will see it."""
    with open_office(home) as here, here.desk(actor) as desk:
        desk.roles.take(role, reason=reason)
        result = _told(desk, desk.actor.person or "", role)
    _deliver(result)
    say("Everything that you do with it is marked, and review due shows it.")


@app.command()
@edge
def train(
    who: WhoArgument,
    about: Annotated[str, typer.Argument(metavar="ABOUT", help="What the training was about.")],
    held: Annotated[
        str | None, typer.Option("--held", metavar="WHEN", help="When it was; else just now.")
    ] = None,
    trainer: Annotated[
        str | None, typer.Option("--trainer", metavar="WHO", help="The colleague who gave it, if one did.")
    ] = None,
    reason: Annotated[
        str | None, typer.Option("--reason", help="Why it is your own, where nobody else may record it.")
    ] = None,
    home: HomeOption = None,
    actor: ActorOption = None,
) -> None:
    """Record that somebody was trained."""
    with open_office(home) as here:
        person, by = here.person(who), None if trainer is None else here.person(trainer)
        with here.desk(actor) as desk:
            moment = _moment(held, here.policy.organisation.zone)
            desk.roles.train(person, about, held=moment, trainer=by, reason=reason)
            result = _told(desk, person)
    _deliver(result)


@app.command("list")
@edge
def list_(
    everything: Annotated[
        bool, typer.Option("--all", help="Also the roles that somebody held, and holds no longer.")
    ] = False,
    home: HomeOption = None,
) -> None:
    """List who holds which role, and until when the training counts."""
    with open_register(home) as here, here.records() as records:
        staff = Staff.of(records.events(STREAM))
        moment = here.now()
        shown = [_shown(one, staff) for one in staff.held if everything or not one.over_by(moment)]
    deliver(dump_json_pretty(list[JsonValue](shown)), None)


def _told(desk: Desk, person: str, *roles: str) -> JsonObject:
    """Say what somebody holds now of the roles that this was about; of all, if it was about none."""
    staff, now = desk.actor.staff, desk.actor.now
    held = [one for one in staff.held if one.person == person and (not roles or one.role in roles)]
    shown = list[JsonValue](_shown(one, staff) for one in held if not one.over_by(now))
    return {"person": person, "name": staff.shown(person), "roles": shown}


def _deliver(result: JsonObject) -> None:
    deliver(dump_json_pretty(result), None)


def _shown(held: Held, staff: Staff) -> JsonObject:
    until = staff.trained.get(held.person)
    return {
        "person": held.person,
        "name": staff.shown(held.person),
        "role": held.role,
        "begins": write_date_time(held.begins),
        "ends": None if held.ends is None else write_date_time(held.ends),
        "badges": list[JsonValue](held.badges),
        "deputyOf": held.deputy_of,
        "emergency": held.taken,
        "provisional": held.provisional,
        "trainedUntil": None if until is None else write_date_time(until),
    }


def _new_name(desk: Desk, person: str) -> str | None:
    """Take the name from the file of somebody whom colleagues do not know by name yet."""
    details = None if person in desk.actor.staff.names else desk.people.get(person).details
    return None if details is None else details.name


def _moment(text: str | None, zone: tzinfo) -> datetime | None:
    return None if text is None else parse_moment(text, zone)
