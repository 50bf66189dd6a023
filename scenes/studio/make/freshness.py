"""What a clip is made from, and what of that has changed since it was made."""

from __future__ import annotations

import json
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from netglow.netcore.model import load_model
from netglow.scenes.catalog import Clip, clip_named
from netglow.scenes.stage.captions import Section, load_script
from netglow.scenes.studio.ask.choices import QUALITIES, Choices, Failure, one_line
from netglow.scenes.studio.make.programs import OURS, mark

# What of the command line decides how a file looks; the catalog's lengths do not.
_RENDERING = ("netglow.scenes.studio.make.render", "netglow.scenes.studio.make.media")
_NOT_FOLLOWED = ("netglow.scenes.catalog", "netglow.scenes.studio.")
_LIBRARIES = ("manim", "typst", "numpy", "numba", "av")  # whose versions decide the pixels
_NAMED = 2  # changed files named one by one; beyond that only how many there are


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
    """The same for a picture that is described like a clip of the catalog."""
    shape = QUALITIES[quality]
    words, narration = _marks_of_words(found.words, choices, section)
    name = found.name if section is None else f"{found.name}.{section}"
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
        "voice": _voice_of(choices, name),
        "captions": choices.captions,
        "versions": {name: versions()[name] for name in _LIBRARIES},
        "files": _files_of(found.module),
    }


def changes(before: dict[str, Any], now: dict[str, Any]) -> list[str]:
    """What differs, in words: ``model changed``, ``scenes/parts/network/edges.py changed``."""
    parts = [name for name in now if name not in ("files", "versions")]
    differ = [f"{name} changed" for name in parts if before.get(name) != now[name]]
    old, new = before.get("versions", {}), now["versions"]
    differ += [f"{n} {old.get(n)} is now {new[n]}" for n in new if old.get(n) != new[n]]
    old, new = before.get("files", {}), now["files"]
    names = sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name))
    differ += [f"{name} changed" for name in names[:_NAMED]]
    if len(names) > _NAMED:
        differ.append(f"{len(names) - _NAMED} more files changed")
    return differ


def mark_of(value: Any) -> str:
    """The mark of plain values."""
    return mark(json.dumps(value, sort_keys=True))


@cache
def versions() -> dict[str, str]:
    """Versions of Netglow and of the libraries that decide the pixels."""
    return {name: _version(name) for name in ("netglow", *_LIBRARIES)}


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


def _voice_of(choices: Choices, name: str) -> str:
    """Who speaks, and a mark of the recordings of what is called so."""
    if not choices.is_spoken:
        return "none"
    from netglow.scenes.voice.tellers import Recordings, Speaker

    teller = choices.teller()
    speaker = teller.fill if isinstance(teller, Recordings) else teller
    engine = f"{speaker.name} ({speaker.voice.version})" if isinstance(speaker, Speaker) else ""
    if not isinstance(teller, Recordings):
        return engine
    marks = [[path.name, mark(path.read_bytes())] for path in teller.of(name)]
    return f"{teller.folder.name} {mark_of(marks)} {engine}".strip()


def _marks_of_words(module: str, choices: Choices, section: str | None) -> tuple[str, str]:
    """Marks of the words that are drawn or set the pace, and of all that is written.

    A sentence sets the pace by how it is said, and without a voice by how many words it has.
    """
    script = load_script(module, choices.lang)
    sections = script.sections if section is None else {section: script.sections[section]}
    pace = {name: _pace_of(words, choices) for name, words in sections.items()}
    said = {name: [words.title, *words.say] for name, words in sections.items()}
    return mark_of([script.labels, pace]), mark_of([script.title, said])


def _pace_of(words: Section, choices: Choices) -> list[Any]:
    if choices.captions == "burned":
        return [*words.say, *map(words.spoken, range(len(words.say)))]
    if choices.is_spoken:
        return [words.spoken(i) for i in range(len(words.say))]
    return [len(sentence.split()) for sentence in words.say]


@cache
def _files_of(module: str) -> dict[str, str]:
    """Marks of the programs a chapter imports, however deep, and of the assets they name."""
    return OURS.used_by([f"netglow.scenes.{module}", *_RENDERING], ignored=_NOT_FOLLOWED)
