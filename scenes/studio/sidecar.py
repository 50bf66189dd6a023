"""The .json beside a clip: what it shows, how it was made, and when it is out of date."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scenes.studio.choices import QUALITIES

if TYPE_CHECKING:
    from scenes.stage.scene import NetglowScene
    from scenes.stage.story import Story
    from scenes.studio.render import Job


def describe_clip(
    job: Job, title: str, scene: NetglowScene, story: Story, files: list[str]
) -> dict[str, Any]:
    """What a clip shows and how it was made; every number from the scene and its story."""
    quality, still = QUALITIES[job.quality], job.fmt == "png"
    frames = 1 if still else scene.renderer.file_writer.frames_written
    sections = (
        []
        if still
        else [
            {"name": s.name, "title": s.title, "start": round(s.start, 3), "end": round(s.end, 3)}
            for s in scene.sections
        ]
    )
    return {
        "clip": job.clip,
        "title": title,
        "files": files,
        **describe_story(story),
        "sections": sections,
        "duration": 0.0 if still else round(frames / quality.fps, 3),
        "frames": frames,
        "fps": quality.fps,
        "size": [quality.width, quality.height],
        "theme": job.choices.theme,
        "language": job.choices.lang,
        "format": job.fmt,
        "versions": versions(),
        "key": job.key,
    }


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


@cache
def versions() -> dict[str, str]:
    """Versions of what decides the pixels."""
    return {name: _version(name) for name in ("netglow", "manim", "numpy")}


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:  # run from a checkout that was never installed
        return "unknown"


def publish(finished: Path, sidecar: Path, told: Mapping[str, Any]) -> None:
    """Move finished files beside a .json and write that last, so that it never tells of others."""
    text = json.dumps(told, indent=2, ensure_ascii=False) + "\n"
    draft = finished.parent / f"{finished.name}.json"
    draft.write_text(text, "utf-8")
    sidecar.unlink(missing_ok=True)
    for path in sorted(finished.iterdir()):
        path.replace(sidecar.with_name(path.name))
    draft.replace(sidecar)


def read_sidecar(path: Path) -> dict[str, Any]:
    """The .json beside a clip; empty if there is none or it is not one of ours."""
    try:
        told = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}
