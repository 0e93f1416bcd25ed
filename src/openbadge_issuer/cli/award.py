"""`openbadge-issuer award`: recognise what people can, by the policy, one by one or by a list."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from openbadge_issuer.assertions.json_text import JsonValue, dump_json_pretty
from openbadge_issuer.cli.award_objection import decide_objection, inform, object_
from openbadge_issuer.cli.edge import DONE, REJECTED, about, deliver, edge, language_of, read_input, say
from openbadge_issuer.cli.home_options import ActorOption, AwardArgument, HomeOption, at_desk, open_office
from openbadge_issuer.cli.options import PASSWORD_VARIABLE, LanguageOption, PasswordOption
from openbadge_issuer.cli.terminal import progress
from openbadge_issuer.cli.told_procedures import row_json, sentence, told_award
from openbadge_issuer.errors import OpenBadgeError
from openbadge_issuer.resolution.address import parse_https

if TYPE_CHECKING:  # they load the database library
    from openbadge_issuer.cli.opened_office import OpenedOffice
    from openbadge_issuer.issuing.office import Desk

app = typer.Typer(
    add_completion=False,
    help="Award badges by the policy: open, assess, grant, complete; or many from a list.",
    invoke_without_command=True,
)

FormOption = Annotated[
    Literal["observation", "document", "link", "product", "recording", "test"],
    typer.Option("--form", help="In which form it was shown."),
]


@app.callback()
@edge
def many(
    context: typer.Context,
    source: Annotated[
        Path | None,
        typer.Option(
            "--from", metavar="FILE.csv", help="A list: one row per candidate, a column per criterion."
        ),
    ] = None,
    badge: Annotated[str | None, typer.Option("--badge", help="Which badge the list is about.")] = None,
    assessor: Annotated[
        str | None, typer.Option("--assessor", metavar="WHO", help="Who judged; else who awards.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would become of each row, and record nothing.")
    ] = False,
    workers: Annotated[
        int, typer.Option("--workers", min=1, max=64, help="Processes that sign beside each other.")
    ] = 1,
    actor: ActorOption = None,
    home: HomeOption = None,
    password_env: PasswordOption = PASSWORD_VARIABLE,
    lang: LanguageOption = "en",
) -> None:
    """Award badges by the policy. With --from a whole list: the same steps for each row, a result for each.

    Run again after an interruption, it goes on where it stopped; nobody gets a badge twice.
    """
    if context.invoked_subcommand is not None:
        return
    language = language_of(lang)
    if source is None or badge is None:
        raise typer.BadParameter("give --from and --badge, or one of the commands; see --help")
    with open_office(home, password_env) as opened:
        results = _from_list(opened, source, badge, actor, assessor, dry_run=dry_run, workers=workers)
        deliver(dump_json_pretty(results), None)
        refused = sum(isinstance(one, dict) and one["status"] == "refused" for one in results)
        if not dry_run:
            _complete(opened, actor, None)
    say(sentence("rows-tried" if dry_run else "rows", language, count=len(results), refused=refused))
    raise typer.Exit(REJECTED if refused else DONE)


@app.command("open")
@edge
def open_(
    badge: Annotated[str, typer.Argument(help="The badge that fits best.")],
    to: Annotated[str, typer.Option("--to", metavar="WHO", help="The candidate; see `person add`.")],
    occasion: Annotated[str | None, typer.Option(help="Where it can be earned more than once.")] = None,
    considered: Annotated[
        list[str] | None, typer.Option(help="A badge that was considered too; may be repeated.")
    ] = None,
    actor: ActorOption = None,
    home: HomeOption = None,
    lang: LanguageOption = "en",
) -> None:
    """Begin an award. Asking twice gives the same one."""
    del lang
    with open_office(home) as opened:
        candidate = opened.person(to)
        with opened.desk(actor) as desk:
            made = desk.awards.open(badge, candidate, occasion=occasion, alternatives=tuple(considered or ()))
            _show(desk, made.id)


@app.command()
@edge
def assess(
    award: AwardArgument,
    criterion: Annotated[str, typer.Argument(help="The criterion.")],
    outcome: Annotated[
        Literal["met", "not-met", "not-applicable"], typer.Option("--outcome", help="How it was judged.")
    ] = "met",
    observed: Annotated[str | None, typer.Option("--observed", help="What you saw.")] = None,
    evidence: Annotated[
        list[Path] | None, typer.Option("--evidence", help="A file that shows it; may be repeated.")
    ] = None,
    url: Annotated[
        str | None,
        typer.Option(
            "--url", help="Where others may see that one file; the badge shows it if the candidate agrees."
        ),
    ] = None,
    form: FormOption = "observation",
    actor: ActorOption = None,
    home: HomeOption = None,
    lang: LanguageOption = "en",
) -> None:
    """Judge one criterion. The later judgement counts, until there is a decision."""
    del lang
    if url is not None and len(evidence or ()) != 1:
        raise typer.BadParameter("--url says where one file can be seen; give one --evidence")
    public = {} if url is None else {"url": parse_https(url).url, "public": True}
    with open_office(home) as opened, opened.evidence(evidence) as kept, opened.desk(actor) as desk:
        shown = [one.model_copy(update=public) for one in kept]
        desk.awards.assess(award, criterion, outcome, form=form, observed=observed, evidence=shown)
        _show(desk, award)


@app.command()
@edge
def grant(
    award: AwardArgument,
    reason: Annotated[
        str | None, typer.Option(help="Why fewer people took part than the policy asks for.")
    ] = None,
    actor: ActorOption = None,
    home: HomeOption = None,
    lang: LanguageOption = "en",
) -> None:
    """Decide that the candidate gets the badge. Then complete it: sign, publish, tell."""
    del lang
    with at_desk(home, actor) as desk:
        desk.awards.grant(award, reason=reason)
        _show(desk, award)


@app.command("not-yet")
@edge
def not_yet(
    award: AwardArgument,
    feedback: Annotated[str, typer.Option("--feedback", help="What the candidate is told.")],
    actor: ActorOption = None,
    home: HomeOption = None,
    lang: LanguageOption = "en",
) -> None:
    """Decide that the candidate does not get the badge yet, and say why."""
    del lang
    with at_desk(home, actor) as desk:
        desk.awards.not_yet(award, feedback=feedback)
        _show(desk, award)


@app.command()
@edge
def withdraw(
    award: AwardArgument,
    reason: Annotated[str | None, typer.Option(help="Why.")] = None,
    actor: ActorOption = None,
    home: HomeOption = None,
    lang: LanguageOption = "en",
) -> None:
    """Stop, because the candidate wants the badge no longer."""
    del lang
    with at_desk(home, actor) as desk:
        desk.awards.withdraw(award, reason=reason)
        _show(desk, award)


@app.command()
@edge
def follow(
    award: AwardArgument,
    cause: Annotated[
        Literal["claim", "renewal", "correction", "reinstatement"],
        typer.Option(help="Why: the holder claims it in their own name, it expires, or a case says so."),
    ],
    successor: Annotated[
        str | None, typer.Option(help="The identifier that a case has named for the new award.")
    ] = None,
    anew: Annotated[bool, typer.Option("--anew", help="Assess everything anew.")] = False,
    actor: ActorOption = None,
    home: HomeOption = None,
    lang: LanguageOption = "en",
) -> None:
    """Begin the award that takes the place of another, with its date kept. Grant it next."""
    del lang
    with at_desk(home, actor) as desk:
        made = desk.awards.follow(award, cause=cause, successor=successor, carry=not anew)
        _show(desk, made.id)


@app.command()
@edge
def complete(
    award: Annotated[
        str | None, typer.Argument(metavar="[AWARD]", help="The award; everything that waits if left out.")
    ] = None,
    actor: ActorOption = None,
    home: HomeOption = None,
    password_env: PasswordOption = PASSWORD_VARIABLE,
    lang: LanguageOption = "en",
) -> None:
    """Sign, publish and tell what was decided and waits for it; run it again after any interruption."""
    del lang
    with open_office(home, password_env) as opened:
        deliver(dump_json_pretty(_complete(opened, actor, award)), None)


app.command()(inform)
app.command("object")(object_)
app.command("decide-objection")(decide_objection)


@app.command()
@edge
def badge(
    award: AwardArgument,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Where to write; else standard output."),
    ] = None,
    version: Annotated[Literal["3.0", "2.0"], typer.Option(help="The version of Open Badges.")] = "3.0",
    baked: Annotated[bool, typer.Option("--baked", help="In its picture.")] = False,
    actor: ActorOption = None,
    home: HomeOption = None,
    lang: LanguageOption = "en",
) -> None:
    """Write the signed badge of an award, exactly as it was signed."""
    del lang
    with open_office(home) as opened, opened.desk(actor) as desk:
        data = opened.office.signed_badge(desk, award, version=version, baked=baked)
    deliver(data, output)


@app.command()
@edge
def show(
    award: AwardArgument, actor: ActorOption = None, home: HomeOption = None, lang: LanguageOption = "en"
) -> None:
    """Show where an award stands."""
    del lang
    with at_desk(home, actor) as desk:
        _show(desk, award)


@app.command("list")
@edge
def list_(
    phase: Annotated[
        str | None, typer.Option(help="Only those that stand there, such as to-sign or to-inform.")
    ] = None,
    actor: ActorOption = None,
    home: HomeOption = None,
    lang: LanguageOption = "en",
) -> None:
    """List awards, with where each stands and what is due when."""
    del lang
    with at_desk(home, actor) as desk:
        names = [row.name.partition(":")[2] for row in desk.ledger.streams("award", phase=phase)]
        shown: list[JsonValue] = [told_award(desk, name) for name in names]
    deliver(dump_json_pretty(shown), None)


def _show(desk: Desk, award: str) -> None:
    deliver(dump_json_pretty(told_award(desk, award)), None)


def _complete(opened: OpenedOffice, actor: str | None, award: str | None) -> JsonValue:
    """Sign, publish and tell; returns what came of it."""
    who = opened.actor(actor)
    only = None if award is None else frozenset({award})
    signed = opened.office.sign_waiting(who, now=opened.now(), only=only)
    opened.publish(who)
    streams = None if award is None else frozenset({f"award:{award}"})
    told = opened.office.tell_waiting(opened.home.carrier(), who, now=opened.now(), only=streams)
    return {
        "signed": [one.id for one in signed],
        "told": [
            {"of": one.stream, "recipient": one.recipient, "outcome": outcome, "subject": one.notice.subject}
            for one, outcome in told
        ],
    }


def _from_list(
    opened: OpenedOffice,
    source: Path,
    badge: str,
    actor: str | None,
    assessor: str | None,
    *,
    dry_run: bool,
    workers: int,
) -> list[JsonValue]:
    # Local: only lists need it.
    from openbadge_issuer.cli.award_list import AwardList, read_rows  # noqa: PLC0415
    from openbadge_issuer.cli.kept_evidence import keeping_evidence  # noqa: PLC0415
    from openbadge_issuer.cli.pool import signing_pool  # noqa: PLC0415
    from openbadge_issuer.issuing.office.award_rows import award_rows  # noqa: PLC0415

    decider = opened.actor(actor)
    with opened.desk(actor) as desk:
        definition = desk.badges.get(badge).awardable(now=desk.actor.now).definition
    with about(source):
        rows = read_rows(read_input(source), definition)
    results: list[JsonValue] = []
    judge, language = (
        opened.person(assessor) if assessor else decider,
        opened.policy.organisation.languages[0],
    )
    keeping = keeping_evidence(opened.register, opened.home, dry_run=dry_run)
    with keeping as kept, signing_pool(workers) as pool:
        listed = AwardList(rows, definition, judge, language, source.parent, kept.keep)
        made = award_rows(
            opened.office, listed.awards(), decider=decider, now=opened.now, dry_run=dry_run, executor=pool
        )
        for number in progress(range(1, len(rows) + 1), "Awarding"):
            try:
                results.append(row_json(number, next(made)))
            except OpenBadgeError:
                deliver(dump_json_pretty(results), None)
                raise
    return results
