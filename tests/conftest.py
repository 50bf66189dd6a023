"""Shared fixtures: chapters played, with their frames or without."""

from __future__ import annotations

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

__all__ = ["chapter", "film", "picture", "story", "tiny"]

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
WATCHED = SMALL | {"pixel_width": 256, "pixel_height": 144, "frame_rate": 8}


def play_chapter(clip: str, media: str, **choices: Any) -> NetglowScene:
    """The scene of a clip after a run without frames.

    ``section_ends`` says for every section what was to be seen when it ended (:func:`checks.seen`).
    """
    with tempconfig(SMALL | {"media_dir": media}):
        scene = clip_named(clip).load()(story=Story.choose(**choices), skip_animations=True)
        scene.section_ends = {}

        def look(name: str) -> None:
            scene.section_ends[name] = checks.seen(scene)

        at_section_ends(scene, look)
        scene.render()
    return scene


def watch_chapter(clip: str, media: str, frames: bool = True, **choices: Any) -> Watch:
    """Notes of a run with small frames, or only of the ends of its sections."""
    with tempconfig(WATCHED | {"media_dir": media}):
        scene = clip_named(clip).load()(story=Story.choose(**choices), skip_animations=not frames)
        watch = Watch(scene)
        scene.renderer.file_writer.on_frame = watch.see
        at_section_ends(scene, lambda _: watch.look(scene.duration_seconds))
        scene.render()
    return watch


def at_section_ends(scene: NetglowScene, look: Callable[[str], None]) -> None:
    """Have ``look`` called with the name of every section when it has ended."""
    play_section = scene.section

    @contextmanager
    def section(name: str, **numbers: Any) -> Iterator[None]:
        with play_section(name, **numbers):
            yield
        look(name)

    scene.section = section


@pytest.fixture(scope="session")
def media(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A folder for all runs: texts are laid out only once."""
    return str(tmp_path_factory.getbasetemp() / "media")


@pytest.fixture(scope="session")
def play(media: str) -> Callable[..., NetglowScene]:
    """``play(clip, **story_choices)``: the scene after a run without frames, made once each."""
    played: dict[Any, NetglowScene] = {}

    def run(clip: str, **choices: Any) -> NetglowScene:
        key = (clip, *sorted((k, str(v)) for k, v in choices.items()))
        if key not in played:
            played[key] = play_chapter(clip, media, **choices)
        return played[key]

    return run


@pytest.fixture(scope="session")
def watch(media: str) -> Callable[..., Watch]:
    """``watch(clip, frames=True, **story_choices)``: notes of a new run."""
    return partial(watch_chapter, media=media)
