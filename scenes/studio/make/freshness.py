"""What a clip is made from, and what of that has changed since it was made."""

from __future__ import annotations

import ast
import hashlib
import json
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from netglow.netcore.digits import ASSETS
from netglow.netcore.model import load_model
from netglow.scenes.catalog import Clip, clip_named
from netglow.scenes.stage.captions import load_script
from netglow.scenes.studio.ask.choices import QUALITIES, Choices, Failure, one_line

_SCENES = Path(__file__).resolve().parents[2]
_PACKAGES = {"netcore": _SCENES.with_name("netcore"), "scenes": _SCENES}
# What of the command line decides how a file looks; the catalog's lengths do not.
_RENDERING = ("netglow.scenes.studio.make.render", "netglow.scenes.studio.make.media")
_NOT_FOLLOWED = ("netglow.scenes.catalog", "netglow.scenes.studio.")
_OWN_PARTS = ("lang", "models")  # assets that stand in parts of their own: words and model
_NAMED = 2  # changed files named one by one; of more the number is told


def made_from(
    clip: str, choices: Choices, quality: str, fmt: str, section: str | None = None
) -> dict[str, Any]:
    """Everything a clip depends on, part by part; equal parts make equal pictures.

    Of a section's words only its own count: how long the sections before it take changes nothing.
    Raises Failure if the model or the image cannot be used.
    """
    return made_from_entry(clip_named(clip), choices, quality, fmt, section)


def made_from_entry(
    found: Clip, choices: Choices, quality: str, fmt: str, section: str | None = None
) -> dict[str, Any]:
    """The same for a picture that is told of like a clip of the catalog."""
    shape = QUALITIES[quality]
    words, narration = _marks_of_words(found.words, choices.lang, section)
    return {
        "model": _model_digest(choices.model),
        "image": _image_of(choices),
        "theme": choices.theme,
        "language": choices.lang,
        "quality": f"{shape.width}x{shape.height} at {shape.fps}",
        "format": fmt,
        "title": found.title,
        "words": words,
        "narration": narration,
        "versions": versions(),
        "files": _files_of(found.module),
    }


def changes(before: dict[str, Any], now: dict[str, Any]) -> list[str]:
    """What differs, in words: ``model changed``, ``scenes/parts/network/edges.py changed``."""
    told = [
        f"{part} changed"
        for part in now
        if part not in ("files", "versions") and before.get(part) != now[part]
    ]
    old, new = before.get("versions", {}), now["versions"]
    told += [
        f"{name} {old.get(name)} is now {new[name]}" for name in new if old.get(name) != new[name]
    ]
    old, new = before.get("files", {}), now["files"]
    names = sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name))
    told += [f"{name} changed" for name in names[:_NAMED]]
    if len(names) > _NAMED:
        told.append(f"{len(names) - _NAMED} more files changed")
    return told


def mark(data: bytes | str) -> str:
    """A short name for content: the first 16 hex digits of its SHA-256."""
    return hashlib.sha256(data.encode() if isinstance(data, str) else data).hexdigest()[:16]


def mark_of(value: Any) -> str:
    """The mark of plain values."""
    return mark(json.dumps(value, sort_keys=True))


@cache
def versions() -> dict[str, str]:
    """Versions of what decides the pixels."""
    return {name: _version(name) for name in ("netglow", "manim", "typst", "numpy", "numba", "av")}


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:  # run from a checkout that was never installed
        return "unknown"


@cache
def _model_digest(path: Path | None) -> str:
    return load_model(path).digest


def _image_of(choices: Choices) -> str:
    if choices.image is None:
        chosen = {"digit": choices.digit, "index": choices.index}
        return ", ".join(f"{k} {v}" for k, v in chosen.items() if v is not None) or "default"
    try:
        return f"{choices.image.name} {mark(choices.image.read_bytes())}"
    except OSError as error:
        raise Failure(one_line(error)) from None


def _marks_of_words(module: str, lang: str, section: str | None) -> tuple[str, str]:
    """Marks of the words that are drawn or set the pace, and of all that is said.

    A sentence sets the pace by how many words it has.
    """
    script = load_script(module, lang)
    sections = script.sections if section is None else {section: script.sections[section]}
    pace = {name: [len(s.split()) for s in words.say] for name, words in sections.items()}
    said = {name: [words.title, *words.say] for name, words in sections.items()}
    return mark_of([script.labels, pace]), mark_of([script.title, said])


@cache
def _files_of(module: str) -> dict[str, str]:
    """Marks of the programs a chapter imports, however deep, and of the assets they name."""
    files: dict[str, Path] = {}
    todo = [f"netglow.scenes.{module}", *_RENDERING]
    while todo:
        name = todo.pop()
        path = _path_of(name)
        if path is None or (key := _name_of(path)) in files:
            continue
        files[key] = path
        imported, named = _used_by(path)
        todo += imported
        files |= {f"assets/{p.relative_to(ASSETS).as_posix()}": p for p in named}
    return {name: _mark_of_file(path) for name, path in sorted(files.items())}


@cache
def _used_by(path: Path) -> tuple[list[str], list[Path]]:
    """The modules a program imports and the assets it names: read once for all chapters."""
    tree = ast.parse(path.read_bytes())
    imported = [name for name in _imports(tree) if not name.startswith(_NOT_FOLLOWED)]
    return imported, list(_assets(tree))


@cache
def _mark_of_file(path: Path) -> str:
    return mark(path.read_bytes())


def _path_of(module: str) -> Path | None:
    """The file of a module of ours; None for others and for names inside a module."""
    name, package, *rest = [*module.split("."), ""]
    if name != "netglow" or package not in _PACKAGES:
        return None
    path = _PACKAGES[package].joinpath(*rest[:-1])
    choices = (path.with_suffix(".py"), path / "__init__.py")
    return next((p for p in choices if p.is_file()), None)


def _name_of(path: Path) -> str:
    top = next(p for p in _PACKAGES.values() if path.is_relative_to(p))
    return path.relative_to(top.parent).as_posix()


def _imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _assets(tree: ast.Module) -> Iterable[Path]:
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
