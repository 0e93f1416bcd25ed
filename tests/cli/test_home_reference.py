"""The page about an issuer's home says what the commands do: examples that run, and every command told."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
import typer

from cli.running import CommandLine
from openbadge_issuer.cli import badge, person, records, review, role
from openbadge_issuer.issuing.home import Places, Smtp

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/reference/home.md").read_text("utf-8")
EXAMPLES = re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)[0].splitlines()
GROUPS = {
    "badge": badge.app,
    "person": person.app,
    "records": records.app,
    "review": review.app,
    "role": role.app,
}


def test_the_examples_run_from_top_to_bottom(run: CommandLine, home: Path) -> None:
    definition = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)[0]
    (home / "host.toml").write_text(definition)
    shutil.copy(ROOT / "examples/breakthrough/facilitator.png", home)
    assert len(EXAMPLES) > 35
    for example in EXAMPLES:
        command, _, remark = example.partition("    # ")
        ran = run(*shlex.split(command)[1:])
        assert ran.code == int(remark[:1] or 0), f"{example}\n{ran.text}\n{ran.err}"


@pytest.mark.parametrize("group", GROUPS)
def test_every_command_of_a_home_has_an_example(group: str) -> None:
    told = {tuple(shlex.split(example)[1:3]) for example in EXAMPLES}
    found = _commands(GROUPS[group])
    assert {(group, name) for name in found} <= told


def test_every_place_of_a_home_is_told() -> None:
    for field in (Places.model_fields, Smtp.model_fields):
        names = {info.alias or name for name, info in field.items()}
        assert {name for name in names if f"`{name}`" not in PAGE and f"[{name}]" not in PAGE} == set()


def _commands(app: typer.Typer) -> set[str]:
    return {
        info.name or (info.callback.__name__ if info.callback else "") for info in app.registered_commands
    }
