"""The rules of the layout. Each returns what breaks it, one line a breach; nothing if it holds."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Any

from tests.house.imports import FACE, Tree, graph, imports

_DRAWING = {"manim", "av", "rich", "matplotlib"}  # Pillow reads photos there


def engine_stands_alone(tree: Tree) -> list[str]:
    """The engine imports nothing of ours but itself."""
    return [
        breach
        for breach in _between(tree, "scenes/engine/", "")
        if not breach.split(" imports ")[1].startswith("scenes/engine/")
    ]


def parts_without_props(tree: Tree) -> list[str]:
    """What several chapters share knows nothing of what one of them uses alone."""
    return _between(tree, "scenes/parts/", "scenes/props/")


def props_are_private(tree: Tree) -> list[str]:
    """``scenes/props/X/`` is for ``scenes/X.py`` and for itself."""
    breaches = []
    for breach in _between(tree, "", "scenes/props/"):
        path, found = breach.split(" imports ")
        chapter = PurePosixPath(found).parts[2]
        if path != f"scenes/{chapter}.py" and not path.startswith(f"scenes/props/{chapter}/"):
            breaches.append(breach)
    return breaches


def netcore_draws_nothing(tree: Tree) -> list[str]:
    """netcore imports neither a drawing library nor anything of ours outside itself."""
    breaches = []
    for path, source in tree.items():
        if path.startswith("netcore/"):
            for wanted in imports(source):
                top, *rest = wanted.name.split(".")
                outside = top == "netglow" and rest[:1] != ["netcore"]
                if outside or top in _DRAWING:
                    breaches.append(f"{path} imports {wanted.name}")
    return breaches


def _between(tree: Tree, importer: str, imported: str) -> list[str]:
    return [
        f"{path} imports {found}"
        for path, files in graph(tree).items()
        for found in sorted(files)
        if path.startswith(importer) and found.startswith(imported)
    ]


def no_circle(tree: Tree) -> list[str]:
    """No file leads back to itself, not even by imports inside functions or for types."""
    links = graph(tree)
    for path, files in links.items():
        files.discard(path)  # a folder's own __init__.py that imports its modules by full name
    reached = {path: _reachable(path, links) for path in links}
    circles = {
        tuple(sorted({path} | {other for other in reached[path] if path in reached[other]}))
        for path in links
        if path in reached[path]
    }
    return [f"circle: {' <-> '.join(circle)}" for circle in sorted(circles)]


def _reachable(start: str, links: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    todo = list(links[start])
    while todo:
        path = todo.pop()
        if path not in found:
            found.add(path)
            todo += links[path]
    return found


def one_name(tree: Tree) -> list[str]:
    """Everything of ours is imported as ``netglow...``, in full."""
    return [
        f"{path} imports {'.' * wanted.dots}{wanted.name}"
        for path, source in tree.items()
        for wanted in imports(source)
        if wanted.dots or wanted.name.split(".")[0] in ("scenes", "netcore", "assets")
    ]


def no_shadows(tree: Tree) -> list[str]:
    """``manim scenes/x.py`` puts scenes/ first on the path: no name there is a library's."""
    names = {PurePosixPath(path).parts[1] for path in tree if path.startswith("scenes/")}
    return [
        f"scenes/{name} hides the module {name.removesuffix('.py')} of the standard library"
        for name in sorted(names)
        if name.removesuffix(".py") in sys.stdlib_module_names
    ]


def packages_are_complete(tree: Tree, setuptools: dict[str, Any]) -> list[str]:
    """pyproject.toml names every folder with programs, and no other."""
    folders = {PurePosixPath(path).parent for path in tree if not path.startswith("scenes/face/")}
    wanted = {"netglow", "netglow.assets"} | {".".join(("netglow", *f.parts)) for f in folders}
    named = set(setuptools["packages"])
    return [
        *(f"{name} is not in the list" for name in sorted(wanted - named)),
        *(f"{name} is not a folder of ours" for name in sorted(named - wanted)),
    ]


def face_agrees(tree: Tree) -> list[str]:
    """The names that type checkers see are those that are loaded, from the same modules."""
    body = ast.parse(tree[FACE]).body
    loaded: dict[str, str] = {}
    for module, names in _constant(body, "_HOMES").items():
        loaded |= dict.fromkeys(names, f"netglow.{module}")
    shown = {name: module for module, name in _for_types(body)}
    return [
        f"{name} is shown from {shown.get(name)} and loaded from {loaded.get(name)}"
        for name in sorted(shown.keys() | loaded.keys())
        if shown.get(name) != loaded.get(name)
    ]


def _constant(body: Iterable[ast.stmt], name: str) -> Any:
    """The value of a plain assignment at the top of a program."""
    return next(
        ast.literal_eval(node.value)
        for node in body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == name
    )


def _for_types(body: Iterable[ast.stmt]) -> list[tuple[str | None, str]]:
    """Module and name of every import under ``if TYPE_CHECKING``."""
    return [
        (node.module, alias.asname or alias.name)
        for block in body
        if isinstance(block, ast.If) and ast.unparse(block.test) == "TYPE_CHECKING"
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    ]
