"""The reference of the register is true: the lines that check a backup by themselves are run."""

from __future__ import annotations

import re
import shutil
import zipfile
from pathlib import Path

import pytest

from openbadge_issuer.register import Register
from openbadge_issuer.register.backup import backup
from openbadge_issuer.register.erasing import erase
from openbadge_issuer.register.tables import metadata
from register_world import HOME, NOW, award, facts_of, keeper, meet, open_list

REFERENCE = Path(__file__).parents[3] / "docs" / "reference" / "register.md"


def lines() -> str:
    found = re.search(r"```python\n(.*?)```", REFERENCE.read_text("utf-8"), re.DOTALL)
    assert found
    return found[1]


@pytest.fixture
def file(register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    with register.ledger(HOME) as ledger:
        open_list(ledger)
        for number in (1, 2):
            meet(ledger, number)
            award(ledger, number)
    erase(register, HOME, "p-1", actor=keeper(), ground="objection", facts=facts_of)
    backup(register, tmp_path / "backup.zip", now=NOW)
    monkeypatch.chdir(tmp_path)
    return tmp_path / "backup.zip"


@pytest.mark.usefixtures("file")
def test_the_lines_check_a_backup() -> None:
    exec(compile(lines(), str(REFERENCE), "exec"), {})  # noqa: S102  # our own documentation


def test_the_lines_find_a_change(file: Path) -> None:
    shutil.copy(file, file.with_name("whole.zip"))
    with zipfile.ZipFile(file.with_name("whole.zip")) as whole, zipfile.ZipFile(file, "w") as changed:
        for name in whole.namelist():
            changed.writestr(name, whole.read(name).replace(b"did well", b"did badly"))
    with pytest.raises(AssertionError):
        exec(compile(lines(), str(REFERENCE), "exec"), {})  # noqa: S102  # our own documentation


def test_every_table_and_column_is_named() -> None:
    text = REFERENCE.read_text("utf-8").partition("## Tables")[2]
    for table in metadata.sorted_tables:
        row = next(
            line
            for line in text.splitlines()
            if line.startswith(f"| `{table.name.removeprefix('openbadge_')}`")
        )
        assert re.findall(r"`([a-z_]+)`", row)[1:] == [column.name for column in table.columns]
