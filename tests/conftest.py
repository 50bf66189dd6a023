"""Shared fixtures: chapters played, with their frames or without."""

from __future__ import annotations

import gc
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import pytest
from manim import config, tempconfig

from netglow.scenes.catalog import CLIPS, clip_named
from netglow.scenes.stage.scene import NetglowScene
from netglow.scenes.stage.story import Story
from tests.chapters import checks
from tests.chapters.watch import Watch
from tests.filming import chapter, film, picture, story, tiny
from tests.memory import (
    _collect,
    pytest_sessionfinish,
    pytest_terminal_summary,
    pytest_testnodedown,
    pytest_xdist_auto_num_workers,
)

__all__ = [
    "_collect",
    "chapter",
    "film",
    "picture",
    "pytest_sessionfinish",
    "pytest_terminal_summary",
    "pytest_testnodedown",
    "pytest_xdist_auto_num_workers",
    "story",
    "tiny",
]

# Manim keeps the outlines of texts here; processes that share the folder trip over each other.
_media = tempfile.TemporaryDirectory(prefix="netglow-tests-")
config.media_dir = _media.name

SMALL = {
    "pixel_width": 426,
    "pixel_height": 240,
    "frame_rate": 15,
    "frame_width": 8 * 16 / 9,
    "frame_height": 8.0,
    "verbosity": "ERROR",
    "progress_bar": "none",
    "disable_caching": True,
    "dry_run": True,
}
LOOKED_AT = ("chapters", "stills")  # folders with tests of clips
WATCHED = SMALL | {"pixel_width": 256, "pixel_height": 144, "frame_rate": 8}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Bring the tests of each clip together, for one process; others stay with their file."""
    names = {clip.module: clip.name for clip in CLIPS}
    order = {clip.name: place for place, clip in enumerate(CLIPS)}

    def group(item: pytest.Item) -> str:
        params = getattr(item, "callspec", None)
        for value in params.params.values() if params else ():
            first = value[0] if isinstance(value, tuple) and value else value
            name = getattr(first, "name", first)
            if isinstance(name, str) and name in order and item.path.parent.name in LOOKED_AT:
                return name
        return names.get(item.path.stem.removeprefix("test_"), str(item.path))

    groups = {item: group(item) for item in items}
    items.sort(key=lambda item: (order.get(groups[item], len(order)), groups[item]))
    for item in items:
        item.add_marker(pytest.mark.xdist_group(groups[item]))


def play_chapter(clip: str, media: str, **choices: Any) -> NetglowScene:
    """The scene of a clip after a run without frames; see :func:`note_section_ends`."""
    with tempconfig(SMALL | {"media_dir": media}):
        scene = clip_named(clip).load()(story=Story.choose(**choices), skip_animations=True)
        note_section_ends(scene)
        scene.render()
    return scene


def watch_chapter(clip: str, media: str, frames: bool = True, **choices: Any) -> Watch:
    """Notes of a run with small frames, or only of the ends of its sections."""
    with tempconfig(WATCHED | {"media_dir": media}):
        scene = clip_named(clip).load()(story=Story.choose(**choices), skip_animations=not frames)
        watch = Watch(scene)
        scene.renderer.file_writer.on_frame = watch.see
        note_section_ends(scene, lambda: watch.look(scene.duration_seconds))
        scene.render()
    return watch


def note_section_ends(scene: NetglowScene, also: Callable[[], None] = lambda: None) -> None:
    """Have ``scene.section_ends`` say what was visible when each section ended.

    It holds what :func:`checks.seen` returns, by the section's name; ``also`` is called then, too.
    """
    play_section = scene.section
    scene.section_ends = {}

    @contextmanager
    def section(name: str, **numbers: Any) -> Iterator[None]:
        with play_section(name, **numbers):
            yield
        scene.section_ends[name] = checks.seen(scene)
        also()

    scene.section = section


@pytest.fixture(scope="session")
def media(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A folder for all runs: texts are laid out only once."""
    return str(tmp_path_factory.getbasetemp() / "media")


@pytest.fixture(scope="session")
def play(media: str) -> Callable[..., NetglowScene]:
    """``play(clip, **story_choices)``: the scene after a run without frames, made once each.

    Only the scenes of one clip are kept: all tests of a clip come one after the other.
    """
    played: dict[Any, NetglowScene] = {}

    def run(clip: str, **choices: Any) -> NetglowScene:
        key = (clip, *sorted((k, str(v)) for k, v in choices.items()))
        if key not in played:
            if any(other != clip for other, *_ in played):
                played.clear()
                gc.collect()
            played[key] = play_chapter(clip, media, **choices)
        return played[key]

    return run


@pytest.fixture(scope="session")
def watch(media: str) -> Callable[..., Watch]:
    """``watch(clip, frames=True, **story_choices)``: notes of a new run."""
    return partial(watch_chapter, media=media)
