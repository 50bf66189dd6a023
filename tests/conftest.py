"""Shared fixtures: chapters played without drawing their frames."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from manim import tempconfig

from scenes.catalog import clip_named
from scenes.stage.scene import NetglowScene
from scenes.stage.story import Story

SMALL = {
    "pixel_width": 426, "pixel_height": 240, "frame_rate": 15, "frame_width": 8 * 16 / 9,
    "frame_height": 8.0, "verbosity": "ERROR", "progress_bar": "none", "disable_caching": True,
    "dry_run": True,
}  # fmt: skip


@pytest.fixture(scope="session")
def play(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., NetglowScene]:
    """``play(clip, **story_choices)``: the scene after a run without frames, made once each."""
    played: dict[Any, NetglowScene] = {}

    def run(clip: str, **choices: Any) -> NetglowScene:
        key = (clip, *sorted((k, str(v)) for k, v in choices.items()))
        if key not in played:
            media = str(tmp_path_factory.mktemp("media"))
            with tempconfig(SMALL | {"media_dir": media}):
                scene = clip_named(clip).load()(story=Story.choose(**choices), skip_animations=True)
                scene.render()
            played[key] = scene
        return played[key]

    return run
