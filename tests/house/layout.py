"""Who imports whom, read from the syntax of a tree like ours, and what is not allowed."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

HOMES = {"netglow.scenes": "scenes", "netglow.netcore": "netcore", "netglow": "scenes/face"}


def module_of(path: Path, root: Path) -> str:
    """``netglow.scenes.bias`` for ``scenes/bias.py``; a package has the name of its folder."""
    parts = path.relative_to(root).with_suffix("").parts
    if parts[:2] == ("scenes", "face"):
        parts = parts[2:]
    name = ".".join(("netglow", *parts))
    return name.removesuffix(".__init__")


def modules(root: Path) -> dict[str, Path]:
    """All modules of ours below ``root``, by name."""
    paths = [p for top in ("scenes", "netcore") for p in sorted((root / top).rglob("*.py"))]
    return {module_of(path, root): path for path in paths}


def named(path: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What a file imports: the module, and the names taken from it (none for ``import x``)."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, ()) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            if node.level:
                yield ("." * node.level + (node.module or ""), ())
            elif node.module:
                yield (node.module, tuple(alias.name for alias in node.names))


def imports(root: Path) -> dict[str, set[str]]:
    """For each module of ours the modules it imports, of ours and of others."""
    ours = modules(root)
    found: dict[str, set[str]] = {}
    for name, path in ours.items():
        uses = found[name] = set()
        for module, taken in named(path):
            inner = {f"{module}.{one}" for one in taken} & ours.keys()
            uses |= inner or {module}
    return found


def faults(root: Path) -> list[str]:
    """Every import that the layout does not allow, and every circle, one line each."""
    graph = imports(root)
    found = [
        f"{importer} imports {used}: {why}"
        for importer, uses in graph.items()
        for used in sorted(uses)
        if (why := _refused(importer, used))
    ]
    return [*found, *circles(graph), *_shadows(root)]


def _room(module: str) -> str:
    """``scenes.engine`` for ``netglow.scenes.engine.light``."""
    return ".".join(module.split(".")[1:3])


def _refused(importer: str, used: str) -> str:
    """Why a module must not import another; empty if it may."""
    top = used.split(".")[0]
    ours = top == "netglow"
    if used.startswith("."):
        return "write it from netglow on"
    if top in ("scenes", "netcore"):
        return f"write netglow.{used}"
    if importer.startswith("netglow.netcore") and (
        top == "manim" or used.startswith("netglow.scenes")
    ):
        return "netcore knows numbers only"
    if _room(importer) == "scenes.engine" and ours and _room(used) != "scenes.engine":
        return "the engine imports nothing of ours but itself"
    if _room(importer) == "scenes.parts" and _room(used) == "scenes.props":
        return "parts never import props"
    if _room(used) == "scenes.props":
        chapter = used.split(".")[3] if used.count(".") > 2 else ""
        own = importer.startswith(f"netglow.scenes.props.{chapter}.")
        if not own and importer != f"netglow.scenes.{chapter}":
            return f"only the chapter {chapter} uses this"
    return ""


def circles(graph: dict[str, set[str]]) -> list[str]:
    """A circle of imports, if there is one; imports for types only count, too."""
    try:
        TopologicalSorter({name: uses & graph.keys() for name, uses in graph.items()}).prepare()
    except CycleError as error:
        return [f"circle: {' -> '.join(error.args[1])}"]
    return []


def _shadows(root: Path) -> list[str]:
    """What stands beside a chapter and would hide a module of the standard library."""
    beside = {path.stem for path in (root / "scenes").iterdir()} - {"__init__", "__pycache__"}
    return [
        f"scenes/{name} hides the standard library's"
        for name in sorted(beside)
        if name in sys.stdlib_module_names
    ]
