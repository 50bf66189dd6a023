"""Shared fixtures: chapters played without drawing their frames."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from manim import tempconfig

from scenes.catalog import clip_named
from scenes.stage.scene import NetglowScene
from scenes.stage.story import Story
from tests.chapters import checks

SMALL = {
    "pixel_width": 426, "pixel_height": 240, "frame_rate": 15, "frame_width": 8 * 16 / 9,
    "frame_height": 8.0, "verbosity": "ERROR", "progress_bar": "none", "disable_caching": True,
    "dry_run": True,
}  # fmt: skip


def play_chapter(clip: str, media: str, **choices: Any) -> NetglowScene:
    """The scene of a clip after a run without frames.

    ``beat_ends`` says for every beat what was to be seen when it ended (:func:`checks.seen`).
    """
    with tempconfig(SMALL | {"media_dir": media}):
        scene = clip_named(clip).load()(story=Story.choose(**choices), skip_animations=True)
        scene.beat_ends = {}
        play_beat = scene.beat

        @contextmanager
        def beat(name: str, **numbers: Any) -> Iterator[None]:
            with play_beat(name, **numbers):
                yield
            scene.beat_ends[name] = checks.seen(scene)

        scene.beat = beat
        scene.render()
    return scene


@pytest.fixture(scope="session")
def play(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., NetglowScene]:
    """``play(clip, **story_choices)``: the scene after a run without frames, made once each."""
    played: dict[Any, NetglowScene] = {}

    def run(clip: str, **choices: Any) -> NetglowScene:
        key = (clip, *sorted((k, str(v)) for k, v in choices.items()))
        if key not in played:
            media = tmp_path_factory.getbasetemp() / "media"  # texts are laid out only once
            played[key] = play_chapter(clip, str(media), **choices)
        return played[key]

    return run
