"""A clip's record, the .json beside it: what it shows, how it was made and from what."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from netglow.scenes.stage.captions import PlayedSection
from netglow.scenes.studio.ask.choices import QUALITIES
from netglow.scenes.studio.make.freshness import versions
from netglow.scenes.studio.make.locks import alone_in, to_disk

if TYPE_CHECKING:
    from netglow.scenes.stage.scene import NetglowScene
    from netglow.scenes.stage.story import Story
    from netglow.scenes.studio.make.job import Job


def describe_clip(job: Job, title: str, scene: NetglowScene, files: list[str]) -> dict[str, Any]:
    """What a clip shows and how it was made; every number from the scene and its story."""
    quality, still = QUALITIES[job.quality], job.fmt == "png"
    frames = 1 if still else scene.renderer.file_writer.frames_written
    return {
        "clip": job.clip,
        **_name_of(job, title, scene),
        "files": files,
        **describe_story(scene.told),
        "sections": [] if still else [_section(section) for section in scene.sections],
        "played": _played_by(job, scene),
        "duration": 0.0 if still else round(frames / quality.fps, 3),
        "frames": frames,
        "fps": quality.fps,
        "size": [quality.width, quality.height],
        "theme": job.choices.theme,
        "language": job.choices.lang,
        "voice": job.choices.voice,
        "captions": job.choices.captions,
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
    return asdict(section) | {"numbers": {k: _plain(v) for k, v in section.numbers.items()}}


def _plain(value: Any) -> Any:
    """A number of NumPy's as Python's own."""
    return value.item() if hasattr(value, "item") else value


def sections_of(record: Mapping[str, Any]) -> list[PlayedSection]:
    """The sections of a clip, from its record."""
    return [
        PlayedSection(**{**s, "sentences": tuple(map(tuple, s["sentences"]))})
        for s in record["sections"]
    ]


def describe_story(story: Story) -> dict[str, Any]:
    """Model, image and prediction in plain values."""
    model, trace = story.model, story.trace
    accuracy = model.accuracy if model.accuracy_sample else None
    return {
        "model": {
            "digest": model.digest,
            "accuracy": accuracy,
            "accuracy_sample": model.accuracy_sample,
        },
        "image": {"source": story.source, "label": story.label, "index": story.index},
        "predicted": trace.predicted,
        "outputs": [float(value) for value in trace.output],
    }


def read_record(path: Path) -> dict[str, Any]:
    """A clip's record; empty if there is none or it is not one of ours."""
    try:
        record = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return record if isinstance(record, dict) else {}


def missing_files(path: Path, record: Mapping[str, Any]) -> list[str]:
    """Files that a record names and that are not beside it."""
    return [name for name in record.get("files", ()) if not path.with_name(name).is_file()]


def publish(finished: Path, target: Path, record: Mapping[str, Any]) -> None:
    """Move finished files beside a record; that comes last, so that it never names others.

    Whoever is killed on the way leaves whole files without a record: the next run makes them
    again. Two that publish at once do so one after the other.
    """
    text = json.dumps(record, indent=2, ensure_ascii=False) + "\n"
    draft = finished.parent / f"{finished.name}.json"
    draft.write_text(text, "utf-8")
    files = sorted(finished.iterdir())
    for path in (*files, draft):
        to_disk(path)
    with alone_in(target.parent):
        target.unlink(missing_ok=True)
        for path in files:
            path.replace(target.with_name(path.name))
        draft.replace(target)
        to_disk(target.parent)
