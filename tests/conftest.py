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

from netglow.scenes.catalog import clip_named
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
KEPT = 6  # scenes that the tests of a file share
WATCHED = SMALL | {"pixel_width": 256, "pixel_height": 144, "frame_rate": 8}


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


@pytest.fixture(scope="module")
def play(media: str) -> Iterator[Callable[..., NetglowScene]]:
    """``play(clip, **story_choices)``: the scene after a run without frames.

    A file's tests share the latest few; they are let go when its tests end.
    """
    played: dict[Any, NetglowScene] = {}

    def run(clip: str, **choices: Any) -> NetglowScene:
        key = (clip, *sorted((k, str(v)) for k, v in choices.items()))
        scene = played.pop(key, None) or play_chapter(clip, media, **choices)
        played[key] = scene  # the latest last
        if len(played) > KEPT:
            del played[next(iter(played))]
            gc.collect()
        return scene

    yield run
    played.clear()


@pytest.fixture(scope="session")
def watch(media: str) -> Callable[..., Watch]:
    """``watch(clip, frames=True, **story_choices)``: notes of a new run."""
    return partial(watch_chapter, media=media)
