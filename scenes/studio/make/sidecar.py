"""The .json beside a clip: what it shows, how it was made and from what."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from netglow.scenes.stage.captions import PlayedSection
from netglow.scenes.studio.ask.choices import QUALITIES
from netglow.scenes.studio.make.freshness import versions

if TYPE_CHECKING:
    from netglow.scenes.stage.scene import NetglowScene
    from netglow.scenes.stage.story import Story
    from netglow.scenes.studio.make.job import Job


def describe_clip(
    job: Job, title: str, scene: NetglowScene, story: Story, files: list[str]
) -> dict[str, Any]:
    """What a clip shows and how it was made; every number from the scene and its story."""
    quality, still = QUALITIES[job.quality], job.fmt == "png"
    frames = 1 if still else scene.renderer.file_writer.frames_written
    return {
        "clip": job.clip,
        **_name_of(job, title, scene),
        "files": files,
        **describe_story(story),
        "sections": [] if still else [_section(section) for section in scene.sections],
        "played": _played_by(job, scene),
        "duration": 0.0 if still else round(frames / quality.fps, 3),
        "frames": frames,
        "fps": quality.fps,
        "size": [quality.width, quality.height],
        "theme": job.choices.theme,
        "language": job.choices.lang,
        "format": job.fmt,
        "versions": versions(),
        "made_from": job.made_from,
    }


def _name_of(job: Job, title: str, scene: NetglowScene) -> dict[str, Any]:
    """The title; for a section its own, and that of the chapter it is from."""
    if job.section is None:
        return {"title": title}
    return {"section": job.section, "title": scene.sections[0].title, "chapter": title}


def _played_by(job: Job, scene: NetglowScene) -> list[str]:
    """Names of all sections the chapter plays; of a section empty if nobody asked for them."""
    if job.section is None:
        return [section.name for section in scene.sections]
    return list(job.played)


def _section(section: PlayedSection) -> dict[str, Any]:
    told = asdict(section)
    told["numbers"] = {k: getattr(v, "item", lambda v=v: v)() for k, v in told["numbers"].items()}
    return told


def sections_of(told: Mapping[str, Any]) -> list[PlayedSection]:
    """The sections of a clip from what its .json says."""
    return [
        PlayedSection(**{**s, "sentences": tuple(map(tuple, s["sentences"]))})
        for s in told["sections"]
    ]


def describe_story(story: Story) -> dict[str, Any]:
    """Model, image and answer in plain values."""
    model, trace = story.model, story.trace
    accuracy = model.accuracy if model.accuracy_sample else None
    return {
        "model": {
            "digest": model.digest,
            "accuracy": accuracy,
            "accuracy_sample": model.accuracy_sample,
        },
        "image": {"source": story.source, "label": story.label, "index": story.index},
        "predicted": int(trace.predicted),
        "outputs": [float(value) for value in trace.output],
    }


def read_sidecar(path: Path) -> dict[str, Any]:
    """The .json beside a clip; empty if there is none or it is not one of ours."""
    try:
        told = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def missing_files(sidecar: Path, told: Mapping[str, Any]) -> list[str]:
    """Files the .json names that are not there."""
    return [name for name in told.get("files", ()) if not (sidecar.parent / name).is_file()]


def publish(finished: Path, sidecar: Path, told: Mapping[str, Any]) -> None:
    """Move finished files beside a .json and write that last, so that it never tells of others.

    Whoever is killed on the way leaves whole files without a .json: the next run makes them
    again. Two that publish at once do so one after the other.
    """
    text = json.dumps(told, indent=2, ensure_ascii=False) + "\n"
    draft = finished.parent / f"{finished.name}.json"
    draft.write_text(text, "utf-8")
    files = sorted(finished.iterdir())
    for path in (*files, draft):
        _to_disk(path)
    with alone_in(sidecar.parent):
        sidecar.unlink(missing_ok=True)
        for path in files:
            path.replace(sidecar.with_name(path.name))
        draft.replace(sidecar)
        _to_disk(sidecar.parent)


def _to_disk(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    with _opened(path) as handle:
        os.fsync(handle)


@contextmanager
def alone_in(folder: Path, wait: bool = True) -> Iterator[bool]:
    """Hold a folder's lock: gives whether it was to be had, at once if not to ``wait``.

    The system gives it back when its holder ends, however it ends.
    """
    with _opened(folder) as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
        else:
            yield True


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    handle = os.open(path, os.O_RDONLY)
    try:
        yield handle
    finally:
        os.close(handle)
