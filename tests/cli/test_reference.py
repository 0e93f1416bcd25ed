"""The reference page says what the program does: every option, and examples that run."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from cli.commands import COMMANDS
from cli.running import CommandLine

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/reference/command-line.md").read_text("utf-8")
SECTIONS = dict(re.findall(r"^## ([^\n]+)\n(.*?)(?=^## |\Z)", PAGE, re.DOTALL | re.MULTILINE))
FILES = re.findall(r"`([\w.]+)`:\n\n```(?:json|toml)\n(.*?)```", PAGE, re.DOTALL)
LEAVES = [words for words in COMMANDS if words and words not in {("key",), ("status",)}]
EXAMPLES = [line for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL) for line in block.splitlines()]


@pytest.mark.parametrize("words", [(), *LEAVES])
def test_every_option_is_in_the_table_of_its_command_and_no_other_is(words: tuple[str, ...]) -> None:
    section = SECTIONS[" ".join(words) or "What all commands share"]
    first_cells = " ".join(line.split("|")[1] for line in section.splitlines() if line.startswith("|"))
    options = {name for found in COMMANDS[words] if found.kind == "option" for name in found.names}
    assert set(re.findall(r"`(--?[a-z][a-z-]*)", first_cells)) == options


@pytest.mark.parametrize("words", LEAVES)
def test_every_command_has_a_synopsis_and_an_example(words: tuple[str, ...]) -> None:
    command = " ".join(("openbadge-issuer", *words))
    assert f"\n    {command} " in SECTIONS[" ".join(words)]
    assert any(line.startswith(command) for line in EXAMPLES)


def test_the_examples_run_from_top_to_bottom(run: CommandLine, home: Path) -> None:
    for name, text in FILES:
        (home / name).write_text(text)
    shutil.copy(ROOT / "examples/breakthrough/facilitator.png", home)
    assert len(EXAMPLES) > 15
    for example in EXAMPLES:
        command, _, remark = example.partition("    # ")
        command, _, source = command.partition(" < ")
        stdin = (home / source).read_bytes() if source else b""
        ran = run(*shlex.split(command)[1:], stdin=stdin)
        assert ran.code == int(remark[:1] or 0), f"{example}\n{ran.text}\n{ran.err}"


def test_the_exit_codes_are_explained() -> None:
    rows = re.findall(r"^\| (\d) \|", SECTIONS["What all commands share"], re.MULTILINE)
    assert rows == ["0", "1", "2", "3"]
