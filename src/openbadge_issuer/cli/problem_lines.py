"""What is wrong with a file of the organisation, as lines in which editors and pipelines find its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import typer

from openbadge_issuer.cli.edge import REJECTED, say
from openbadge_issuer.errors.rule import Language
from openbadge_issuer.policy.badge_policy import BadgePolicy
from openbadge_issuer.policy.file_problems import FileProblem
from openbadge_issuer.policy.policy_file import check_policy_file

_SEVERITIES: dict[Language, tuple[str, str]] = {"en": ("warning", "error"), "nl": ("waarschuwing", "fout")}


def problem_lines(file: str, problems: Iterable[FileProblem], language: Language) -> Iterator[str]:
    """Say every problem so that editors and pipelines find its place, and below it what to do."""
    for problem in problems:
        severity = _SEVERITIES[language][problem.remark.severity == "error"]
        remark = problem.remark
        place = f" [{remark.pointer}]" if remark.pointer else ""
        yield f"{file}:{problem.line}: {severity}: {remark.code}: {remark.sentence(language)}{place}"
        yield f"  {remark.advice(language)}"


def check_whole(file: str, data: bytes, language: Language, *, exit_code: int = REJECTED) -> BadgePolicy:
    """Read a policy that is to be put in force, or say everything that stands in the way and stop."""
    checked = check_policy_file(data)
    errors = [problem for problem in checked.problems if problem.is_error]
    if checked.model is None or errors:
        for line in problem_lines(file, errors, language):
            say(line)
        raise typer.Exit(exit_code)
    return checked.model
