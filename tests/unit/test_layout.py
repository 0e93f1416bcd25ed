"""The house: where things stand, how long they are, and who may import what."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import pytest

from source_code import PACKAGE, imports, modules

MODULES = modules()
FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef

LONG_FILES: dict[str, str] = {}
LONG_FUNCTIONS: dict[str, str] = {
    "verification/pipeline.py:verify": "its arguments are the interface, one on a line"
}
"""Exceptions, each with its reason."""

CLOCK_READERS = {
    "issuing/issuer.py",
    "status/status_list.py",
    "verification/pipeline.py",
    "verification/presentations.py",
}
"""The outermost functions for programs, where a caller may leave `now` out."""

SOCKET_OPENERS = {"signing/stores/https_exchange.py", "issuing/notices/smtp.py"}
"""Modules outside `resolution` that may: a remote signer and a mail server are chosen by their operator."""

BROAD_EXCEPTS = {"cli/app.py"}
"""Modules at the command line's edge that may catch everything, to say it in one sentence."""


def _docstrings(tree: ast.AST) -> set[int]:
    """The lines of docstrings, including those below an assignment."""
    lines: set[int] = set()
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Expr)
            and isinstance(node.value, ast.Constant)
            and isinstance(node.value.value, str)
        ):
            lines.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return lines


def _lengths() -> Iterator[tuple[str, int]]:
    for path, tree in MODULES.items():
        documented = _docstrings(tree)
        for node in ast.walk(tree):
            if isinstance(node, FunctionNode):
                # The parameters of a command are its table of options, with the help text of each.
                start = node.body[0].lineno if path.startswith("cli/") else node.lineno
                lines = set(range(start, (node.end_lineno or start) + 1))
                yield f"{path}:{node.name}", len(lines - documented)


def _imported_modules(tree: ast.AST) -> Iterator[tuple[str, int]]:
    for module, name, line in imports(tree):
        yield module, line
        if name:
            yield f"{module}.{name}", line


def test_there_are_modules() -> None:
    assert "errors/__init__.py" in MODULES


def test_no_module_is_a_drawer_for_odds_and_ends() -> None:
    drawers = {"utils", "util", "helpers", "helper", "common", "misc", "tools", "core", "base"}
    names = {path: {part.removesuffix(".py") for part in path.split("/")} for path in MODULES}
    assert {path for path, parts in names.items() if parts & drawers} == set()


def test_files_are_shorter_than_400_lines() -> None:
    lengths = {path: len((PACKAGE / path).read_text("utf-8").splitlines()) for path in MODULES}
    assert {
        path: length for path, length in lengths.items() if length >= 400 and path not in LONG_FILES
    } == {}


def test_functions_are_shorter_than_40_lines() -> None:
    assert {name: length for name, length in _lengths() if length >= 40 and name not in LONG_FUNCTIONS} == {}


def test_every_exception_is_still_needed() -> None:
    assert LONG_FILES.keys() <= MODULES.keys()
    assert LONG_FUNCTIONS.keys() <= {name for name, length in _lengths() if length >= 40}
    assert MODULES.keys() >= BROAD_EXCEPTS | CLOCK_READERS | SOCKET_OPENERS


def test_only_the_command_line_prints_or_exits() -> None:
    found = []
    for path, tree in MODULES.items():
        if path.startswith("cli/"):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {
                "print",
                "exit",
                "quit",
                "sys.exit",
                "os._exit",
                "sys.stdout.write",
                "sys.stderr.write",
                "input",
            }:
                found.append(f"{path}:{node.lineno}")
            if isinstance(node, ast.Name) and node.id == "SystemExit":
                found.append(f"{path}:{node.lineno}")
    assert found == []


def test_only_the_edges_read_the_clock() -> None:
    clock = re.compile(r"(datetime\.)?(datetime|date)\.(now|utcnow|today)|time\.time(_ns)?")
    found = {
        path: node.lineno
        for path, tree in MODULES.items()
        if path not in CLOCK_READERS and not path.startswith("cli/")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and clock.fullmatch(ast.unparse(node.func))
    }
    assert found == {}


@pytest.mark.parametrize("library", ["httpx", "socket", "ssl", "urllib.request", "http.client", "httpcore"])
def test_only_resolution_opens_a_socket(library: str) -> None:
    found = {
        f"{path}:{line}"
        for path, tree in MODULES.items()
        if not path.startswith("resolution/") and path not in SOCKET_OPENERS
        for module, line in _imported_modules(tree)
        if module == library or module.startswith(f"{library}.")
    }
    assert found == set()


def test_no_package_imports_the_underscore_names_of_another() -> None:
    found = set()
    for path, tree in MODULES.items():
        own = path.split("/")[0].removesuffix(".py")
        for module, name, line in imports(tree):
            parts = f"{module}.{name}".rstrip(".").split(".")
            if parts[0] != "openbadge_issuer" or parts[1:2] == [own]:
                continue
            if any(part.startswith("_") and not part.startswith("__") for part in parts):
                found.add(f"{path}:{line}")
    assert found == set()


def test_nothing_catches_everything_and_keeps_it() -> None:
    """Tidying up and raising again, as it came, is no catching."""
    broad = {"Exception", "BaseException"}
    found = set()
    for path, tree in MODULES.items():
        for node in ast.walk(tree):
            if not isinstance(node, ast.ExceptHandler) or ast.unparse(node.body[-1]) == "raise":
                continue
            kinds = (
                {name.id for name in ast.walk(node.type) if isinstance(name, ast.Name)}
                if node.type
                else broad
            )
            if kinds & broad and path not in BROAD_EXCEPTS:
                found.add(f"{path}:{node.lineno}")
    assert found == set()


def test_imports_are_absolute_and_annotations_lazy() -> None:
    for path, tree in MODULES.items():
        relative = [node.lineno for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.level]
        assert (path, relative) == (path, [])
        statements = [node for node in tree.body if not isinstance(node, ast.Expr)]
        if statements and path != "__init__.py":
            assert (path, "from __future__ import annotations" in ast.unparse(statements[0])) == (path, True)


def test_the_arrows_between_packages_point_one_way() -> None:
    program = shutil.which("lint-imports", path=sysconfig.get_path("scripts"))
    if program is None:
        pytest.skip("import-linter is not installed")
    root = PACKAGE.parents[1]
    run = subprocess.run(
        [program, "--no-cache", "--config", str(root / "pyproject.toml")],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_every_package_is_in_the_contracts() -> None:
    contracts = (PACKAGE.parents[1] / "pyproject.toml").read_text("utf-8").partition("[tool.importlinter]")[2]
    packages = {path.split("/")[0] for path in MODULES if "/" in path}
    assert {package for package in packages if f"{package}" not in contracts} == set()


def test_tests_mirror_the_packages() -> None:
    unit = Path(__file__).parent
    folders = {
        folder.name for folder in unit.iterdir() if folder.is_dir() and not folder.name.startswith("_")
    }
    packages = {path.split("/")[0] for path in MODULES if "/" in path}
    assert folders <= packages


def test_the_tests_run_on_the_package_of_this_tree() -> None:
    module = sys.modules.get("openbadge_issuer") or __import__("openbadge_issuer")
    assert Path(str(module.__file__)).parent.resolve() == PACKAGE
