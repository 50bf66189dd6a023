"""The engine paints and knows nothing of what it paints: it imports nothing of ours but itself."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import netglow.scenes.engine as engine

FILES = sorted(Path(engine.__path__[0]).glob("*.py"))


def imported(tree: ast.AST) -> set[str]:
    """Names of the modules that a file imports, at its top or inside."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            names.add(node.module or "")
    return names


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_of_ours_the_engine_imports_itself_alone(file):
    ours = {name for name in imported(ast.parse(file.read_text("utf-8"))) if "netglow" in name}
    assert {name for name in ours if not name.startswith("netglow.scenes.engine.")} == set()


def test_every_file_is_looked_at():
    assert {"kernels", "lines", "bloom", "tone", "cells", "camera"} <= {f.stem for f in FILES}
