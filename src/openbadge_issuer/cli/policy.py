"""`openbadge-issuer policy`: check a badge policy, explain it to everybody, tell what changed in it."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from openbadge_issuer.assertions.json_text import JsonObject, dump_json_pretty
from openbadge_issuer.cli.edge import (
    DONE,
    REJECTED,
    deliver,
    edge,
    language_of,
    read_input,
    say,
    visible,
)
from openbadge_issuer.cli.options import LanguageOption, OutputOption
from openbadge_issuer.cli.policy_adopt import adopt
from openbadge_issuer.cli.problem_lines import problem_lines
from openbadge_issuer.errors.rule import Language
from openbadge_issuer.policy.badge_policy import BadgePolicy
from openbadge_issuer.policy.difference import Change, differences
from openbadge_issuer.policy.explanation.explain import explain
from openbadge_issuer.policy.explanation.page_html import render_html
from openbadge_issuer.policy.explanation.page_markdown import render_markdown
from openbadge_issuer.policy.file_problems import Checked, check_file
from openbadge_issuer.policy.policy_file import check_policy_file

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    help="Check a badge policy, explain it, compare two of them, adopt one.",
)


class Format(StrEnum):
    """How to write the result."""

    TEXT = "text"
    JSON = "json"


FileArgument = Annotated[
    str, typer.Argument(metavar="FILE", help="The policy file, or - for standard input.")
]
FormatOption = Annotated[Format, typer.Option("--format", help="How to write the result.")]

_SAYS: dict[Language, dict[str, str]] = {
    "en": {
        "sound": "{file}: the policy can be used. Warnings: {warnings}. Digest: {digest}",
        "faulty": "{file}: the policy cannot be used. Errors: {errors}. Warnings: {warnings}.",
        "same": "Nothing changed.",
        "changes": "Changes: {count}. Weaker safeguards: {weaker}.",
    },
    "nl": {
        "sound": "{file}: het beleid is bruikbaar. Waarschuwingen: {warnings}. Kenmerk: {digest}",
        "faulty": "{file}: het beleid is niet bruikbaar. Fouten: {errors}. Waarschuwingen: {warnings}.",
        "same": "Er is niets veranderd.",
        "changes": "Wijzigingen: {count}. Zwakkere waarborgen: {weaker}.",
    },
}


@app.command()
@edge
def check(
    file: FileArgument,
    strict: Annotated[bool, typer.Option("--strict", help="Reject a policy for warnings too.")] = False,
    form: FormatOption = Format.TEXT,
    lang: LanguageOption = "en",
) -> None:
    """Check a policy: can it be read, do its rules agree, can people carry it out.

    Every problem is told with its line and with what to do about it.
    """
    language = language_of(lang)
    checked = check_policy_file(read_input(file))
    accepted = checked.model is not None and not any(one.is_error or strict for one in checked.problems)
    if form is Format.JSON:
        deliver(dump_json_pretty(_report(file, checked, accepted=accepted)), None)
    else:
        for line in problem_lines(file, checked.problems, language):
            typer.echo(visible(line))
        typer.echo(visible(_summary(file, checked, language, accepted=accepted)))
    raise typer.Exit(DONE if accepted else REJECTED)


@app.command(name="explain")
@edge
def tell(
    file: FileArgument,
    html: Annotated[bool, typer.Option("--html", help="Write a page of HTML instead of Markdown.")] = False,
    output: OutputOption = None,
    lang: LanguageOption = "en",
) -> None:
    """Explain a policy to everybody: who does what, how a badge is awarded and doubted, what is kept."""
    language = language_of(lang)
    page = explain(_policy(file, language), language)
    deliver((render_html(page) if html else render_markdown(page)).encode(), output)


@app.command()
@edge
def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="The policy as it was, or - for standard input.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The policy as it is now.")],
    strict: Annotated[
        bool, typer.Option("--strict", help="Reject a change that weakens a safeguard.")
    ] = False,
    form: FormatOption = Format.TEXT,
    lang: LanguageOption = "en",
) -> None:
    """Tell what changed between two policies, and which changes weaken a safeguard."""
    language = language_of(lang)
    before, after = _policy(old, language), _policy(new, language)
    changes = differences(before, after)
    weaker = sum(change.weakens is not None for change in changes)
    if form is Format.JSON:
        document: JsonObject = {
            "old": {"file": old, "digest": before.digest},
            "new": {"file": new, "digest": after.digest},
            "weaker": weaker,
            "changes": [change.to_json() for change in changes],
        }
        deliver(dump_json_pretty(document), None)
    else:
        _print_changes(changes, weaker, language)
    raise typer.Exit(REJECTED if strict and weaker else DONE)


app.command("adopt")(adopt)


def _policy(file: str, language: Language) -> BadgePolicy:
    """Read a policy, or say everything that stands in the way and stop."""
    checked = check_file(BadgePolicy, read_input(file))
    if checked.model is None:
        for line in problem_lines(file, checked.problems, language):
            say(line)
        raise typer.Exit(REJECTED)
    return checked.model


def _summary(file: str, checked: Checked[BadgePolicy], language: Language, *, accepted: bool) -> str:
    errors = sum(one.is_error for one in checked.problems)
    return _SAYS[language]["sound" if accepted else "faulty"].format(
        file=file,
        errors=errors,
        warnings=len(checked.problems) - errors,
        digest="" if checked.model is None else checked.model.digest,
    )


def _report(file: str, checked: Checked[BadgePolicy], *, accepted: bool) -> JsonObject:
    return {
        "file": file,
        "accepted": accepted,
        "digest": None if checked.model is None else checked.model.digest,
        "problems": [problem.to_json() for problem in checked.problems],
    }


def _print_changes(changes: tuple[Change, ...], weaker: int, language: Language) -> None:
    says = _SAYS[language]
    section = ""
    for change in changes:
        if change.section(language) != section:
            section = change.section(language)
            typer.echo(section)
        typer.echo(f"  {visible(change.sentence(language))}")
    typer.echo(says["changes"].format(count=len(changes), weaker=weaker) if changes else says["same"])
