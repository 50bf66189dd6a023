"""Which of our programs and assets a chapter uses, and a mark for what each of them does."""

from __future__ import annotations

import ast
import hashlib
import json
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import netglow
from netglow.netcore.digits import ASSETS

_SCENES = Path(__file__).resolve().parents[2]
_FACE = Path(netglow.__file__).resolve().parent
_ROOMS = {"netcore": _SCENES.with_name("netcore"), "scenes": _SCENES}
_OWN_PARTS = ("lang", "models")  # assets that count by themselves: words and model


def mark(data: bytes | str) -> str:
    """A short name for content: the first 16 hex digits of its SHA-256."""
    return hashlib.sha256(data.encode() if isinstance(data, str) else data).hexdigest()[:16]


def mark_of(value: Any) -> str:
    """The mark of plain values."""
    return mark(json.dumps(value, sort_keys=True))


def files_used(modules: Iterable[str], skip: tuple[str, ...] = ()) -> dict[str, str]:
    """Marks of the programs that modules import, however deep, and of the assets they name.

    By path, such as ``scenes/bias.py``; modules whose name begins as in ``skip`` are left out.
    """
    files: dict[str, Path] = {}
    todo = list(modules)
    while todo:
        name = todo.pop()
        path = _path_of(name)
        if path is None or (key := _name_of(path)) in files:
            continue
        files[key] = path
        imported, assets = _used_by(path, name)
        todo += [module for module in imported if not module.startswith(skip)]
        files |= {f"assets/{p.relative_to(ASSETS).as_posix()}": p for p in assets}
    return {name: mark_of_file(path) for name, path in sorted(files.items())}


@cache
def mark_of_file(path: Path) -> str:
    """The mark of an asset's bytes, or of what a program does.

    Comments, docstrings and the places of words do nothing: they leave a program's mark alone.
    """
    data = path.read_bytes()
    return mark(data if path.suffix != ".py" else ast.dump(_without_docstrings(ast.parse(data))))


def _without_docstrings(tree: ast.Module) -> ast.Module:
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if not (isinstance(body, list) and body and isinstance(body[0], ast.Expr)):
            continue
        first = body[0].value
        if isinstance(first, ast.Constant) and isinstance(first.value, str):
            del body[0]
    return tree


@cache
def _used_by(path: Path, module: str) -> tuple[list[str], list[Path]]:
    """The modules a program imports and the assets it names: read once for all chapters."""
    tree = ast.parse(path.read_bytes())
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    return list(_imports(tree, package)), list(_assets(tree))


def _path_of(module: str) -> Path | None:
    """The file of a module of ours; None for others and for names inside a module."""
    top, *rest = module.split(".")
    if top != "netglow" or not rest:
        return None
    folder = _ROOMS.get(rest[0], _FACE / rest[0]).joinpath(*rest[1:])
    choices = (folder.with_suffix(".py"), folder / "__init__.py")
    return next((path for path in choices if path.is_file()), None)


def _name_of(path: Path) -> str:
    return path.relative_to(_SCENES.parent).as_posix()


def _imports(tree: ast.Module, package: str) -> Iterator[str]:
    """Full names of what is imported; what comes through the face is named by its own module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            if node.level:
                above = package.split(".")[: len(package.split(".")) - node.level + 1]
                module = ".".join([*above, *([module] if module else [])])
            yield module
            for alias in node.names:
                home = netglow.HOMES.get(alias.name) if module == "netglow" else None
                yield f"netglow.{home}" if home else f"{module}.{alias.name}"


def _assets(tree: ast.Module) -> Iterator[Path]:
    """Files of assets/ that a program names in a string, whole folders too."""
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Constant) and isinstance(node.value, str)):
            continue
        name = node.value
        if name.split("/")[0] not in _tops():
            continue
        path = ASSETS / name
        if ASSETS in path.resolve().parents and path.exists():
            yield from (p for p in [path, *path.rglob("*")] if p.is_file())


@cache
def _tops() -> set[str]:
    """Names in assets/ of what has no part of its own; asking for every string takes long."""
    return {path.name for path in ASSETS.iterdir()} - set(_OWN_PARTS)
