"""Shared fixtures: chapters played, with their frames or without."""

from __future__ import annotations

import gc
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from manim import config

from netglow.scenes.stage.scene import NetglowScene
from tests.chapters.playing import play_chapter, watch_chapter
from tests.chapters.watch import Watch

pytest_plugins = ("tests.filming", "tests.memory", "tests.order")

# Manim keeps the outlines of texts here; processes that share the folder trip over each other.
_media = tempfile.TemporaryDirectory(prefix="netglow-tests-")
config.media_dir = _media.name


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
        key = (clip, *sorted((name, _known(value)) for name, value in choices.items()))
        if key not in played:
            if any(other != clip for other, *_ in played):
                played.clear()
                gc.collect()
            played[key] = play_chapter(clip, media, **choices)
        return played[key]

    return run


def _known(choice: Any) -> str:
    """One name for a choice, however a file is given."""
    return str(Path(choice).resolve()) if isinstance(choice, str | Path) else str(choice)


@pytest.fixture(scope="session")
def play_anew(media: str) -> Callable[..., NetglowScene]:
    """As ``play``, but nobody else gets the scene: for tests that change what it is made of."""
    return partial(play_chapter, media=media)


@pytest.fixture(scope="session")
def watch(media: str) -> Callable[..., Watch]:
    """``watch(clip, **story_choices)``: notes of a new run with frames."""
    return partial(watch_chapter, media=media)
