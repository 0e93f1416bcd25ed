from __future__ import annotations

from pathlib import Path

from openbadge_issuer.errors.rule import Clause, Rule
from openbadge_issuer.errors.rules import rule_book
from openbadge_issuer.errors.rules.__main__ import findings_reference, main

REFERENCE = Path(__file__).parents[3] / "docs" / "reference" / "findings.md"


def test_the_reference_is_fresh() -> None:
    written = REFERENCE.read_text(encoding="utf-8")
    assert written == findings_reference(), (
        "run python -m openbadge_issuer.errors.rules docs/reference/findings.md"
    )


def test_the_reference_names_every_code_once() -> None:
    rows = [line for line in findings_reference().splitlines() if line.startswith("| `")]
    assert [row.split("`")[1] for row in rows] == sorted(rule_book())


def test_a_sentence_cannot_break_the_table(tmp_path: Path) -> None:
    rule = Rule("A-B", en="a | b <c>", nl="", clause=Clause("x|y", "https://x.example/"))
    row = findings_reference({"A-B": rule}).splitlines()[-1]
    assert row == r"| `A-B` | integrity | error | issuer | a \| b &lt;c> | [x\|y](https://x.example/) |"
    main([str(tmp_path / "findings.md")])
    assert (tmp_path / "findings.md").read_text(encoding="utf-8") == findings_reference()
