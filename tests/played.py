"""Fixtures: chapters played, with their frames or without."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from netglow.scenes.stage.scene import NetglowScene
from tests.chapters.playing import play_chapter, watch_chapter
from tests.chapters.watch import Watch
from tests.memory import let_go


class Played:
    """The scenes of one clip, played without frames and kept: all its tests come together."""

    def __init__(self, media: str, is_short: Callable[[], bool]) -> None:
        self._media, self._is_short = media, is_short
        self._clip = ""
        self._scenes: dict[Any, NetglowScene] = {}  # in the order in which they were asked for

    def play(self, clip: str, **choices: Any) -> NetglowScene:
        """The scene of a clip, made once for each choice of a story."""
        if clip != self._clip:
            self._scenes.clear()
            let_go()
        self._clip = clip
        key = tuple(sorted((name, _known(value)) for name, value in choices.items()))
        scene = self._scenes.pop(key, None) or self.play_anew(clip, **choices)
        self._scenes[key] = scene
        return scene

    def play_anew(self, clip: str, **choices: Any) -> NetglowScene:
        """As :meth:`play`, but nobody else gets the scene: for tests that change its making."""
        self.make_room()
        return play_chapter(clip, self._media, **choices)

    def watch(self, clip: str, **choices: Any) -> Watch:
        """Notes of a new run with frames."""
        self.make_room()
        return watch_chapter(clip, self._media, **choices)

    def make_room(self) -> None:
        """Where memory is short, let go the scenes that were asked for longest ago."""
        while self._is_short() and self._scenes:
            del self._scenes[next(iter(self._scenes))]
            let_go()


def _known(choice: Any) -> str:
    """One name for a choice, however a file is given."""
    return str(Path(choice).resolve()) if isinstance(choice, str | Path) else str(choice)


@pytest.fixture(scope="session")
def played(media: str, is_short: Callable[[], bool]) -> Played:
    return Played(media, is_short)


@pytest.fixture(scope="session")
def play(played: Played) -> Callable[..., NetglowScene]:
    """``play(clip, **story_choices)``: the scene after a run without frames, made once each."""
    return played.play


@pytest.fixture(scope="session")
def play_anew(played: Played) -> Callable[..., NetglowScene]:
    """As ``play``, but nobody else gets the scene: for tests that change what it is made of."""
    return played.play_anew


@pytest.fixture(scope="session")
def watch(played: Played) -> Callable[..., Watch]:
    """``watch(clip, **story_choices)``: notes of a new run with frames."""
    return played.watch
