"""Keys that tell whether a clip on disk is still the one that would be made now."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import netcore
import scenes
from netcore.digits import ASSETS
from netcore.model import DEFAULT_MODEL
from scenes.catalog import CLIPS
from scenes.studio.choices import Choices, Failure, one_line
from scenes.studio.sidecar import read_sidecar, versions


def clip_key(clip: str, choices: Choices, quality: str, fmt: str) -> str:
    """SHA-256 (hex) over everything a clip is made from.

    Raises Failure if the model or the image cannot be read.
    """
    told = {
        "clip": clip,
        "quality": quality,
        "format": fmt,
        "theme": choices.theme,
        "language": choices.lang,
        "digit": choices.digit,
        "index": choices.index,
        "image": _file_mark(choices.image),
        "model": _file_mark(choices.model or DEFAULT_MODEL),
        "versions": versions(),
        "sources": _sources_mark(clip),
    }
    return text_mark(json.dumps(told, sort_keys=True))


def is_fresh(sidecar: Path, key: str) -> bool:
    """Whether a .json was written for this key and all files it names are there."""
    told = read_sidecar(sidecar)
    files = told.get("files")
    return (
        told.get("key") == key
        and isinstance(files, list)
        and all((sidecar.parent / name).is_file() for name in files)
    )


def text_mark(text: str) -> str:
    """SHA-256 (hex) of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def _file_mark(path: Path | None) -> list[str] | None:
    if path is None:
        return None
    try:
        return [path.name, hashlib.sha256(path.read_bytes()).hexdigest()]
    except OSError as error:
        raise Failure(one_line(error)) from None


@cache
def _sources_mark(clip: str) -> str:
    """One mark over the programs, words, fonts and digits; other chapters' do not matter."""
    others = {other.module for other in CLIPS if other.name != clip}
    mark = hashlib.sha256()
    for name, path in sorted(_sources()):
        folder, stem = name.rsplit("/", 1)[0], path.stem
        if stem in others and (folder == "scenes" or folder.startswith("assets/lang/")):
            continue
        mark.update(f"{name}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return mark.hexdigest()


def _sources() -> Iterable[tuple[str, Path]]:
    """Name inside the project and place of every file that can change a picture."""
    for package in (netcore, scenes):
        top = Path(package.__path__[0])
        for path in top.rglob("*.py"):
            yield f"{package.__name__}/{path.relative_to(top).as_posix()}", path
    words = (path for folder in ("lang", "fonts") for path in (ASSETS / folder).rglob("*"))
    for path in (ASSETS / "digits.npz", *words):
        if path.is_file():
            yield f"assets/{path.relative_to(ASSETS).as_posix()}", path
