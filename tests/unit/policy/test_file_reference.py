"""The pages on the files of an organisation say what the models say, and their examples are read."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

from openbadge_issuer.policy.badge_file import check_badge_file
from openbadge_issuer.policy.badge_policy import Right
from openbadge_issuer.policy.file_reference import reference
from openbadge_issuer.policy.policy_file import check_policy_file

DOCS = Path(__file__).resolve().parents[3] / "docs"
GUIDE = (DOCS / "guide" / "badge-policy.md").read_text("utf-8")
EXAMPLES = re.findall(r"```toml\n(.*?)```", GUIDE, re.DOTALL)


def test_the_reference_is_fresh() -> None:
    assert (DOCS / "reference" / "badge-policy.md").read_text("utf-8") == reference()


def test_every_member_stands_there_with_its_default() -> None:
    page = reference()
    assert "| `eyes` | 1 to 4 | `2` | How many different people at least" in page
    assert "### `revocation.grounds.NAME`" in page
    assert "### `criteria[]`" in page
    assert "| `contact` | e-mail address | **needed** |" in page
    assert "| `grounds` | tables by name | `criteria-not-met`, `mistake`," in page
    assert not re.search(r"\| +\|", page)


def test_the_policy_of_the_guide_is_sound() -> None:
    checked = check_policy_file(EXAMPLES[0].encode())
    assert checked.model is not None
    assert [one.sentence() for one in checked.problems] == []


def test_the_badge_of_the_guide_is_read() -> None:
    checked = check_badge_file(EXAMPLES[1].encode())
    assert checked.model is not None


def test_the_guide_explains_every_right() -> None:
    rows = re.findall(r"^\| `([a-z-]+)` \|", GUIDE, re.MULTILINE)
    assert rows == list(get_args(Right))


def test_the_program_of_the_guide_runs(tmp_path: Path) -> None:
    [program] = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)
    (tmp_path / "badge-policy.toml").write_text(EXAMPLES[0], encoding="utf-8")
    program = program.replace('Path("badge-policy.toml")', f"Path({str(tmp_path / 'badge-policy.toml')!r})")
    names: dict[str, object] = {}
    exec(compile(program, "guide", "exec"), names)  # noqa: S102  # the guide's own program
    assert str(names["page"]).startswith("<!DOCTYPE html>")
