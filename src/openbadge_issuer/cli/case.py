"""`openbadge-issuer case`: a doubt about a badge, from the report to the prevention."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from openbadge_issuer.assertions.json_text import JsonValue, dump_json_pretty
from openbadge_issuer.cli.case_intake import acknowledge, report, show
from openbadge_issuer.cli.edge import deliver, edge, language_of, say
from openbadge_issuer.cli.home_options import ActorOption, HomeOption, at_desk, open_office
from openbadge_issuer.cli.options import PASSWORD_VARIABLE, LanguageOption, PasswordOption, parse_duration
from openbadge_issuer.cli.told_procedures import sentence, told_case
from openbadge_issuer.policy.deciding import Ruling
from openbadge_issuer.policy.effects import Supersede, award_in
from openbadge_issuer.policy.section import Words

if TYPE_CHECKING:  # it loads the database library
    from openbadge_issuer.issuing.office import Desk

app = typer.Typer(
    add_completion=False,
    help="Handle a doubt about a badge: report, investigate, decide, tell, prevent.",
    no_args_is_help=True,
)

CaseArgument = Annotated[str, typer.Argument(metavar="CASE", help="The identifier of the case.")]
ReasonOption = Annotated[str, typer.Option("--reason", help="Why.")]

app.command()(report)
app.command()(acknowledge)


@app.command()
@edge
def assign(
    case: CaseArgument,
    investigator: Annotated[str, typer.Argument(metavar="WHO", help="Who investigates.")],
    replaces: Annotated[str | None, typer.Option(metavar="WHO", help="Who does so no longer.")] = None,
    reason: Annotated[
        str | None, typer.Option(help="Why somebody who awarded the badge does it alone, if that is so.")
    ] = None,
    actor: ActorOption = None,
    home: HomeOption = None,
    lang: LanguageOption = "en",
) -> None:
    """Let somebody investigate."""
    del lang
    with open_office(home) as opened:
        who, gone = opened.person(investigator), opened.person(replaces) if replaces else None
        with opened.desk(actor) as desk:
            desk.cases.assign(case, who, replaces=gone, reason=reason)
            _show(desk, case)


@app.command()
@edge
def suspend(
    case: CaseArgument,
    reason: Annotated[str, typer.Option("--reason", help="Why; the holder reads it.")],
    actor: ActorOption = None,
    home: HomeOption = None,
    lang: LanguageOption = "en",
) -> None:
    """Suspend the badges while they are investigated. Inform the holder next."""
    with at_desk(home, actor) as desk:
        desk.cases.suspend(case, reason=reason)
        _show(desk, case)
    say(sentence("publish-and-inform", language_of(lang)))


@app.command()
@edge
def resume(
    case: CaseArgument,
    reason: ReasonOption,
    actor: ActorOption = None,
    home: HomeOption = None,
    lang: LanguageOption = "en",
) -> None:
    """Let suspended badges count again before the decision."""
    with at_desk(home, actor) as desk:
        desk.cases.end_suspension(case, reason=reason)
        _show(desk, case)
    say(sentence("publish", language_of(lang)))


@app.command()
@edge
def note(
    case: CaseArgument,
    text: Annotated[str, typer.Argument(help="What was found out.")],
    evidence: Annotated[
        list[Path] | None, typer.Option("--evidence", help="A file that shows it; may be repeated.")
    ] = None,
    actor: ActorOption = None,
    home: HomeOption = None,
    lang: LanguageOption = "en",
) -> None:
    """Record what an investigator found out."""
    del lang
    with open_office(home) as opened, opened.evidence(evidence) as kept, opened.desk(actor) as desk:
        desk.cases.record_finding(case, text, evidence=kept)
        _show(desk, case)


@app.command()
@edge
def hear(
    case: CaseArgument,
    within: Annotated[
        str | None,
        typer.Option(metavar="DURATION", help="How long the holder can answer; else as the policy says."),
    ] = None,
    question: Annotated[
        str | None, typer.Option("--about", metavar="TEXT", help="What it is about; the holder reads it.")
    ] = None,
    answer: Annotated[
        str | None, typer.Option("--answer", help="What the holder answered; then nothing is offered.")
    ] = None,
    actor: ActorOption = None,
    home: HomeOption = None,
    lang: LanguageOption = "en",
) -> None:
    """Offer the holder to be heard, or record the answer. An offer counts once the holder is informed."""
    span = None if within is None else parse_duration(within)
    with at_desk(home, actor) as desk:
        if answer is None:
            until = None if span is None else desk.actor.now + span
            desk.cases.offer_hearing(case, until=until, text=question)
        else:
            desk.cases.answer(case, answer or None)
        _show(desk, case)
    if answer is None:
        say(sentence("inform", language_of(lang)))


@app.command()
@edge
def decide(
    case: CaseArgument,
    outcome: Annotated[
        Literal["unfounded", "corrected", "suspended", "revoked", "reinstated"],
        typer.Argument(help="What is decided."),
    ],
    grounds: Annotated[str, typer.Option("--grounds", help="What the decision rests on; for the file.")],
    ground: Annotated[
        str | None, typer.Option("--ground", help="The ground, as the policy names it.")
    ] = None,
    public_en: Annotated[
        str | None,
        typer.Option("--public", help="The reason for everyone to read, in English; it names nobody."),
    ] = None,
    public_nl: Annotated[str | None, typer.Option("--public-nl", help="The same in Dutch.")] = None,
    reason: Annotated[
        str | None, typer.Option(help="Why fewer people, or who awarded it or decided before, take part.")
    ] = None,
    unheard: Annotated[str | None, typer.Option(help="Why the holder was not heard.")] = None,
    actor: ActorOption = None,
    home: HomeOption = None,
    lang: LanguageOption = "en",
) -> None:
    """Decide about the badges; it is carried out at once, on every form in which they are out."""
    words: Words = {}
    if public_en:
        words["en"] = public_en
    if public_nl:
        words["nl"] = public_nl
    ruling = Ruling(outcome=outcome, grounds=grounds, ground=ground, reason=words)
    with at_desk(home, actor) as desk:
        desk.cases.decide(case, ruling, reason=reason, unheard_reason=unheard)
        _show(desk, case)
    say(sentence("publish-and-inform", language_of(lang)))


@app.command()
@edge
def correct(
    case: CaseArgument,
    reason: Annotated[
        str | None, typer.Option(help="Why fewer people took part than the policy asks for.")
    ] = None,
    actor: ActorOption = None,
    home: HomeOption = None,
    lang: LanguageOption = "en",
) -> None:
    """Issue anew what a decision has corrected or given back, with the date kept; complete the award next."""
    del lang
    with at_desk(home, actor) as desk:
        for effect in desk.cases.get(case).pending:
            old = award_in(effect.subject)
            if isinstance(effect, Supersede) and old is not None:
                desk.awards.follow(old, cause=effect.cause, successor=effect.successor)
                desk.awards.grant(effect.successor, reason=reason)
        desk.cases.carry_out(case)
        _show(desk, case)


@app.command()
@edge
def inform(
    case: CaseArgument,
    impossible: Annotated[
        str | None,
        typer.Option("--impossible", metavar="REASON", help="Record why those who wait cannot be told."),
    ] = None,
    actor: ActorOption = None,
    home: HomeOption = None,
    password_env: PasswordOption = PASSWORD_VARIABLE,
    lang: LanguageOption = "en",
) -> None:
    """Publish how the badges stand, and tell the holder, reporters and platforms what they do not know."""
    if impossible is not None:
        with at_desk(home, actor) as desk:
            desk.cases.cannot_inform(case, impossible)
            _show(desk, case)
        return
    with open_office(home, password_env) as opened:
        who = opened.actor(actor)
        opened.publish(who)
        told = opened.office.tell_waiting(
            opened.home.carrier(), who, now=opened.now(), only=frozenset({f"case:{case}"})
        )
        deliver(
            dump_json_pretty(
                [
                    {"recipient": one.recipient, "outcome": outcome, "subject": one.notice.subject}
                    for one, outcome in told
                ]
            ),
            None,
        )
        with opened.desk(actor) as desk:
            waits = desk.cases.get(case).to_tell and not told
    if waits:
        say(sentence("complete-first", language_of(lang)))


@app.command("object")
@edge
def object_(
    case: CaseArgument,
    text: Annotated[str, typer.Argument(help="Why the holder does not agree.")],
    actor: ActorOption = None,
    home: HomeOption = None,
    lang: LanguageOption = "en",
) -> None:
    """Record that the holder objects."""
    del lang
    with at_desk(home, actor) as desk:
        desk.cases.object(case, text)
        _show(desk, case)


@app.command("decide-objection")
@edge
def decide_objection(
    case: CaseArgument,
    verdict: Annotated[Literal["upheld", "rejected"], typer.Argument(help="What is decided.")],
    grounds: Annotated[str, typer.Option("--grounds", help="What the decision rests on; for the file.")],
    reason: Annotated[
        str | None, typer.Option(help="Why who took the decision does this too, where nobody else can.")
    ] = None,
    actor: ActorOption = None,
    home: HomeOption = None,
    lang: LanguageOption = "en",
) -> None:
    """Decide on an objection; somebody who did not take the decision does, if there is anybody."""
    del lang
    with at_desk(home, actor) as desk:
        desk.cases.decide_objection(case, upheld=verdict == "upheld", grounds=grounds, reason=reason)
        _show(desk, case)


@app.command()
@edge
def prevent(
    case: CaseArgument,
    action: Annotated[
        str | None, typer.Argument(metavar="[ACTION]", help="A short name for what is done.")
    ] = None,
    owner: Annotated[str | None, typer.Option(metavar="WHO", help="Who does it.")] = None,
    due: Annotated[str | None, typer.Option(metavar="DATE", help="Until when.")] = None,
    what: Annotated[str | None, typer.Option(help="What it is.")] = None,
    none_because: Annotated[
        str | None, typer.Option("--none-because", help="Why nothing needs to be done.")
    ] = None,
    done: Annotated[bool, typer.Option("--done", help="It was done.")] = False,
    actor: ActorOption = None,
    home: HomeOption = None,
    lang: LanguageOption = "en",
) -> None:
    """Plan something against the same mistake, record that it was done, or why nothing is needed."""
    del lang
    with open_office(home) as opened, opened.desk(actor) as desk:
        if none_because is not None:
            desk.cases.nothing_to_prevent(case, reason=none_because)
        elif action is not None and done:
            desk.cases.prevented(case, action, what=what)
        elif action is not None and owner and due and what:
            desk.cases.prevent(case, action, owner=opened.person(owner), due=_day(due), what=what)
        else:
            raise typer.BadParameter(
                "give ACTION with --owner, --due and --what, or --done, or --none-because"
            )
        _show(desk, case)


@app.command()
@edge
def close(
    case: CaseArgument, actor: ActorOption = None, home: HomeOption = None, lang: LanguageOption = "en"
) -> None:
    """Close the case, once everybody was told and something is done against the same mistake."""
    del lang
    with at_desk(home, actor) as desk:
        desk.cases.close(case)
        _show(desk, case)


app.command()(show)


@app.command("list")
@edge
def list_(
    everything: Annotated[bool, typer.Option("--all", help="The closed ones too.")] = False,
    actor: ActorOption = None,
    home: HomeOption = None,
    lang: LanguageOption = "en",
) -> None:
    """List the cases, with where each stands and what is due when."""
    del lang
    with at_desk(home, actor) as desk:
        found: list[JsonValue] = [told_case(desk, one) for one in desk.cases.all(open_only=not everything)]
    deliver(dump_json_pretty(found), None)


def _show(desk: Desk, case: str) -> None:
    deliver(dump_json_pretty(told_case(desk, desk.cases.get(case))), None)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"“{text}” is no date (2026-01-31)") from None
