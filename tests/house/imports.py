"""Which file of ours imports which: read from the syntax trees, nothing is executed.

A tree is a dictionary from a file's path below the root (``scenes/bias.py``) to its source, so
that a rule can be tried on a tree of three lines.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parents[2]
FACE = "scenes/face/__init__.py"
Tree = dict[str, str]


@dataclass(frozen=True)
class Import:
    """One imported name, in full, and how many dots stood before it."""

    name: str
    dots: int = 0


def sources(*folders: str, root: Path = ROOT) -> Tree:
    """All programs below these folders."""
    paths = (path for folder in folders for path in sorted((root / folder).rglob("*.py")))
    return {path.relative_to(root).as_posix(): path.read_text("utf-8") for path in paths}


@cache
def imports(source: str) -> tuple[Import, ...]:
    """Every name a program imports, wherever that stands: in functions and for types, too."""
    return tuple(_imports(source))


def _imports(source: str) -> Iterator[Import]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (Import(alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = f"{node.module}." if node.module else ""
            yield from (Import(start + alias.name, node.level) for alias in node.names)


def file_of(name: str, tree: Tree) -> str | None:
    """The file of ours in which an imported name is, if it is in one."""
    top, *rest = name.split(".")
    if top != "netglow":
        return None
    for end in range(len(rest), 0, -1):
        path = PurePosixPath(*rest[:end])
        for found in (f"{path}.py", f"{path}/__init__.py"):
            if found in tree:
                return found
    return FACE if FACE in tree else None


def graph(tree: Tree) -> dict[str, set[str]]:
    """Every file with the files of ours it imports."""
    return {
        path: {found for wanted in imports(source) if (found := file_of(wanted.name, tree))}
        for path, source in tree.items()
    }
