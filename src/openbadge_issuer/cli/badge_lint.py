"""`openbadge-issuer badge lint`: are the criteria of a badge specific, clear and assessable?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from openbadge_issuer.assertions.json_text import JsonObject, JsonValue, dump_json_pretty
from openbadge_issuer.cli.edge import DONE, REJECTED, deliver, edge, language_of, read_input, say, visible
from openbadge_issuer.cli.home_options import HomeOption, find_home_around, open_register
from openbadge_issuer.cli.options import LanguageOption
from openbadge_issuer.cli.policy import Format, FormatOption
from openbadge_issuer.cli.problem_lines import problem_lines
from openbadge_issuer.errors.rule import Language
from openbadge_issuer.policy.badge import BadgeDefinition
from openbadge_issuer.policy.badge_file import check_badge_file
from openbadge_issuer.policy.criteria_lint import lint
from openbadge_issuer.policy.file_problems import Checked, FileProblem
from openbadge_issuer.policy.offer import Catalogue, alike
from openbadge_issuer.policy.remark import Remark

if TYPE_CHECKING:
    from openbadge_issuer.cli.opened_office import OpenedRegister


@edge
def lint_command(
    files: Annotated[list[str], typer.Argument(metavar="FILE", help="Definitions of badges, as TOML.")],
    strict: Annotated[bool, typer.Option("--strict", help="Reject a badge for warnings too.")] = False,
    form: FormatOption = Format.TEXT,
    home: HomeOption = None,
    lang: LanguageOption = "en",
) -> None:
    """Look at the words and criteria of badges: vague, unmeasurable, double, too much like another badge.

    Every remark is told with its line and with what to do about it. In a home, its languages and the badges
    of its catalogue are looked at too.
    """
    language = language_of(lang)
    around = find_home_around(home)
    if around is None:
        checked = {file: _linted(read_input(file), None) for file in files}
    else:
        with open_register(around.folder) as here:
            checked = {file: _linted(read_input(file), here) for file in files}
    verdicts = {file: _accepted(one, strict=strict) for file, one in checked.items()}
    if form is Format.JSON:
        reports: list[JsonValue] = [_report(file, one, verdicts[file]) for file, one in checked.items()]
        deliver(dump_json_pretty(reports), None)
    else:
        for file, one in checked.items():
            for line in problem_lines(file, one.problems, language):
                typer.echo(visible(line))
            typer.echo(visible(_summary(file, one, language)))
    raise typer.Exit(DONE if all(verdicts.values()) else REJECTED)


def check_definition(
    file: Path, here: OpenedRegister, language: Language
) -> tuple[BadgeDefinition, tuple[str, ...]]:
    """Read a definition that is to be taken into the catalogue, with what is to be said about it.

    What cannot be read stops here, with everything that is wrong with it. What criteria lack stands in the
    way of a review, and not of a draft.
    """
    checked = _linted(read_input(file), here)
    lines = tuple(problem_lines(str(file), checked.problems, language))
    if checked.model is None:
        for line in lines:
            say(line)
        raise typer.Exit(REJECTED)
    return checked.model, lines


def _linted(data: bytes, here: OpenedRegister | None) -> Checked[BadgeDefinition]:
    checked = check_badge_file(data)
    definition, file = checked.model, checked.file
    if definition is None or file is None:
        return checked
    remarks: Sequence[Remark]
    if here is None:
        remarks = lint(definition, tuple(definition.text))
    else:
        with here.records() as records:
            catalogue = Catalogue.of(records.events(row.name) for row in list(records.streams("badge")))
        remarks = (*lint(definition, here.policy.organisation.languages), *alike(definition, catalogue))
    found = (FileProblem(remark, file.lines.of(tuple(_steps(remark.pointer)))) for remark in remarks)
    return Checked(definition, tuple(sorted(found, key=lambda one: one.line)), file)


def _steps(pointer: str) -> Iterator[str | int]:
    """Take a JSON Pointer apart; what is a number there is a position in an array (RFC 6901, section 4)."""
    for step in pointer.split("/")[1:]:
        yield int(step) if step.isdecimal() else step.replace("~1", "/").replace("~0", "~")


def _accepted(checked: Checked[BadgeDefinition], *, strict: bool) -> bool:
    return checked.model is not None and not any(one.is_error or strict for one in checked.problems)


def _report(file: str, checked: Checked[BadgeDefinition], accepted: bool) -> JsonObject:  # noqa: FBT001
    return {
        "file": file,
        "accepted": accepted,
        "badge": None if checked.model is None else checked.model.badge,
        "digest": None if checked.model is None else checked.model.digest,
        "problems": [problem.to_json() for problem in checked.problems],
    }


def _summary(file: str, checked: Checked[BadgeDefinition], language: Language) -> str:
    errors = sum(one.is_error for one in checked.problems)
    warnings = len(checked.problems) - errors
    if language == "nl":
        return f"{file}: fouten: {errors}, waarschuwingen: {warnings}."
    return f"{file}: errors: {errors}, warnings: {warnings}."
