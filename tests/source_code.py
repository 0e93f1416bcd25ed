"""The library's own source, parsed, for tests that hold the house in order."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "openbadge_issuer"


@cache
def modules() -> dict[str, ast.Module]:
    """Every module of the package by its path below it, such as `signing/signer.py`."""
    paths = sorted(path for path in PACKAGE.rglob("*.py") if not {"schemas", "examples"} & set(path.parts))
    return {path.relative_to(PACKAGE).as_posix(): ast.parse(path.read_text("utf-8")) for path in paths}


def strings(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """The string constants of a module with their lines."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value, node.lineno


def imports(tree: ast.AST) -> Iterator[tuple[str, str, int]]:
    """Each imported name: the module it comes from, the name (empty for a whole module), the line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "", node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.module or "", alias.name, node.lineno) for alias in node.names)
