"""Writes the reference of all codes: `python -m openbadge_issuer.errors.rules docs/reference/findings.md`."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from openbadge_issuer.errors.rule import Clause, Rule
from openbadge_issuer.errors.rules import rule_book

_HEAD = """# Findings

Every code that a report or an error can carry, as the rule book has it. This file is written by
`python -m openbadge_issuer.errors.rules docs/reference/findings.md`; change the rules, not this text.

*Verdict* is what a finding of the code counts for, *severity* how: an `error` decides the verdict, a
`warning` or `interop` only informs. Words in `{braces}` are filled in. A code that an error carries while
issuing, reading keys or at the command line has the same sentence there.
"""


def findings_reference(rules: Mapping[str, Rule] | None = None) -> str:
    """Write the table of codes as Markdown, in order of their names."""
    rows = [_row(rule) for _, rule in sorted((rules or rule_book()).items())]
    table = [
        "| code | verdict | severity | repaired by | sentence | clause |",
        "|---|---|---|---|---|---|",
        *rows,
    ]
    return "\n".join([_HEAD, *table, ""])


def _row(rule: Rule) -> str:
    cells = (f"`{rule.code}`", rule.verdict, rule.severity, rule.who, _cell(rule.en), _link(rule.clause))
    return f"| {' | '.join(cells)} |"


def _link(clause: Clause | None) -> str:
    return f"[{_cell(clause.title)}]({clause.url})" if clause else ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")


def main(arguments: list[str]) -> None:
    """Write the reference to the file named."""
    Path(arguments[0]).write_text(findings_reference(), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
