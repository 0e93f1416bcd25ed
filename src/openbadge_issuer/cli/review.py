"""`openbadge-issuer review`: what is overdue, and what is due soon."""

from __future__ import annotations

from typing import Annotated

import typer

from openbadge_issuer.assertions.json_text import JsonValue, dump_json_pretty
from openbadge_issuer.cli.edge import DONE, REJECTED, deliver, edge, language_of, say
from openbadge_issuer.cli.home_options import ActorOption, HomeOption, open_register
from openbadge_issuer.cli.options import LanguageOption
from openbadge_issuer.policy.period import Period
from openbadge_issuer.policy.vacancies import AHEAD
from openbadge_issuer.signing.key_ring_file import read_key_ring

app = typer.Typer(
    add_completion=False, no_args_is_help=True, help="See what is overdue, and what is due soon."
)


@app.callback()
def _group() -> None:
    """See what is overdue, and what is due soon."""


@app.command()
@edge
def due(
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 if something is overdue.")] = False,
    ahead: Annotated[
        str, typer.Option("--ahead", metavar="PERIOD", help="How far to look ahead, such as '2 weeks'.")
    ] = str(AHEAD),
    home: HomeOption = None,
    actor: ActorOption = None,
    lang: LanguageOption = "en",
) -> None:
    """List what is overdue or due soon: awards, notices, cases, reviews, trainings, vacant roles, keys.

    Roles that were taken in an emergency are among it; matters of misuse are shown to those who handle them.
    """
    language = language_of(lang)
    try:
        period = Period.parse(ahead)
    except ValueError:
        raise typer.BadParameter(f"“{ahead}” is no period (3 days, 2 weeks, 1 month)") from None
    with open_register(home) as here:
        # Local: it loads the database library, which open_register has seen to be there.
        from openbadge_issuer.issuing.office.reminders import Reminding  # noqa: PLC0415
        from openbadge_issuer.issuing.published_record import PublishedRecord  # noqa: PLC0415

        who = None if actor is None else here.actor(actor)
        ring, published = read_key_ring(here.home.keys), PublishedRecord.read(here.home.published).at
        with here.records() as records:
            reminding = Reminding(records, here.policy, here.now(), ring, published, who, period)
            found = reminding.all()
    deliver(dump_json_pretty(list[JsonValue](one.to_json() for one in found)), None)
    for one in found:
        say(f"{'!' if one.overdue else ' '} {one.remark.sentence(language)}")
    raise typer.Exit(REJECTED if strict and any(one.overdue for one in found) else DONE)
