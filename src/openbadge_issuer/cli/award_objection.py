"""What a candidate does who does not agree, and telling candidates: part of `openbadge-issuer award`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from openbadge_issuer.assertions.json_text import dump_json_pretty
from openbadge_issuer.cli.edge import deliver, edge
from openbadge_issuer.cli.home_options import ActorOption, AwardArgument, HomeOption, at_desk
from openbadge_issuer.cli.options import LanguageOption
from openbadge_issuer.cli.told_procedures import told_award

if TYPE_CHECKING:  # it loads the database library
    from openbadge_issuer.issuing.office import Desk


@edge
def object_(
    award: AwardArgument,
    text: Annotated[str, typer.Argument(help="Why the candidate does not agree.")],
    actor: ActorOption = None,
    home: HomeOption = None,
    lang: LanguageOption = "en",
) -> None:
    """Record that the candidate objects: to "not yet", or, with a case, to what an awarded badge says."""
    del lang
    with at_desk(home, actor) as desk:
        desk.awards.object(award, text)
        _show(desk, award)


@edge
def decide_objection(
    award: AwardArgument,
    verdict: Annotated[Literal["upheld", "rejected"], typer.Argument(help="What is decided.")],
    reason: Annotated[str, typer.Option("--reason", help="What the candidate is told.")],
    exception: Annotated[
        str | None, typer.Option(help="Why who took the decision does this too, where nobody else can.")
    ] = None,
    actor: ActorOption = None,
    home: HomeOption = None,
    lang: LanguageOption = "en",
) -> None:
    """Decide on an objection to "not yet"; somebody else does. If it is upheld, assess anew."""
    del lang
    with at_desk(home, actor) as desk:
        desk.awards.decide_objection(award, upheld=verdict == "upheld", reason=reason, exception=exception)
        _show(desk, award)


@edge
def inform(
    award: AwardArgument,
    impossible: Annotated[
        str, typer.Option("--impossible", metavar="REASON", help="Why those who wait cannot be told.")
    ],
    actor: ActorOption = None,
    home: HomeOption = None,
    lang: LanguageOption = "en",
) -> None:
    """Record why a candidate cannot be told of a decision; `award complete` tells all who can be."""
    del lang
    with at_desk(home, actor) as desk:
        desk.awards.cannot_inform(award, impossible)
        _show(desk, award)


def _show(desk: Desk, award: str) -> None:
    deliver(dump_json_pretty(told_award(desk, award)), None)
