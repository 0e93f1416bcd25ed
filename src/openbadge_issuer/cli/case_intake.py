"""What reporters do with a case, and what they are told: reporting, asking with a receipt."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, dump_json_pretty
from openbadge_issuer.cli.edge import about, deliver, edge, read_input
from openbadge_issuer.cli.home_options import ActorOption, HomeOption, open_office
from openbadge_issuer.cli.options import LanguageOption
from openbadge_issuer.cli.told_procedures import told_case
from openbadge_issuer.errors import DocumentError
from openbadge_issuer.policy.claim_code import ClaimCode

if TYPE_CHECKING:  # they load the database library
    from openbadge_issuer.cli.opened_office import OpenedOffice
    from openbadge_issuer.issuing.office import Desk


@edge
def report(
    text: Annotated[str, typer.Argument(help="What is wrong, in your own words.")],
    award: Annotated[
        list[str] | None, typer.Option("--award", help="The award in doubt; may be repeated.")
    ] = None,
    badge: Annotated[
        Path | None,
        typer.Option("--badge", metavar="FILE", help="The badge in doubt, as JSON, JWT or picture."),
    ] = None,
    address: Annotated[
        list[str] | None, typer.Option("--address", metavar="URL", help="A badge on a platform of others.")
    ] = None,
    name: Annotated[str | None, typer.Option(help="Your name, if you give it.")] = None,
    contact: Annotated[str | None, typer.Option(help="Where you can be reached, if you say so.")] = None,
    actor: ActorOption = None,
    home: HomeOption = None,
    lang: LanguageOption = "en",
) -> None:
    """Report that a badge may be wrongly awarded. Anybody can, also without a name.

    The holder never learns who reported. Keep the receipt: with it you can ask how the case stands.
    """
    del lang
    with open_office(home) as opened, opened.desk(actor, anonymous=True) as desk:
        awards = list(award or ())
        if badge is not None:
            awards.append(_award_of(desk, badge))
        made = desk.cases.report(
            text, awards=awards, addresses=tuple(address or ()), name=name, contact=contact
        )
    answer: JsonObject = {
        "cases": list[JsonValue](made.cases),
        "receipt": made.receipt.text,
        "joined": made.joined,
    }
    deliver(dump_json_pretty(answer), None)


@edge
def acknowledge(
    receipt: Annotated[str, typer.Argument(help="The reporter's receipt.")],
    actor: ActorOption = None,
    home: HomeOption = None,
    lang: LanguageOption = "en",
) -> None:
    """Record that the reporter was told that the report has arrived."""
    del lang
    with open_office(home) as opened, opened.desk(actor) as desk:
        from openbadge_issuer.issuing.office.cases import receipt_digest  # noqa: PLC0415  # as above

        code = ClaimCode.parse(receipt)
        found = desk.cases.with_receipt(code)
        told = desk.cases.acknowledge(found.id, receipt_digest(code))
        deliver(dump_json_pretty(told_case(desk, told)), None)


@edge
def show(
    case: Annotated[str | None, typer.Argument(metavar="[CASE]", help="The identifier of the case.")] = None,
    receipt: Annotated[
        str | None, typer.Option("--receipt", help="A reporter's receipt: tells only where the case stands.")
    ] = None,
    actor: ActorOption = None,
    home: HomeOption = None,
    lang: LanguageOption = "en",
) -> None:
    """Show where a case stands. A reporter asks with the receipt, and is told no more than that."""
    del lang
    if (case is None) == (receipt is None):
        raise typer.BadParameter("give either CASE or --receipt")
    with open_office(home) as opened:
        if receipt is not None:
            deliver(dump_json_pretty(_for_reporter(opened, receipt)), None)
        else:
            with opened.desk(actor) as desk:
                deliver(dump_json_pretty(told_case(desk, desk.cases.get(case or ""))), None)


def _for_reporter(opened: OpenedOffice, receipt: str) -> JsonObject:
    with opened.office.desk(None, now=opened.now()) as desk:
        found = desk.cases.with_receipt(ClaimCode.parse(receipt))
        decided = found.decisions[-1].outcome if found.decisions and not found.reopened else None
        return {"phase": found.phase, "outcome": decided}


def _award_of(desk: Desk, badge: Path) -> str:
    """Find the award that a badge file belongs to, by the id of its credential."""
    from openbadge_issuer.verification.subject import read_subject  # noqa: PLC0415  # for this option

    with about(badge):
        subject = read_subject(read_input(badge))
        name = (subject.document if subject.jwt is None else subject.jwt.credential).get("id")
        for row in desk.ledger.streams("award"):
            found = desk.awards.get(row.name.partition(":")[2])
            if found.granted and any(draft.id == name for draft in found.granted.drafts):
                return found.id
        raise DocumentError("CASE-NO-AWARD", path=str(badge))
