"""Fixtures: small pictures and short films, as arrays."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from manim import CairoRenderer, Mobject, MovingCameraScene, tempconfig

from netglow.scenes.engine.camera import StageCamera
from netglow.scenes.engine.writer import ClipWriter
from netglow.scenes.stage.captions import Script, Section
from netglow.scenes.stage.scene import NetglowScene
from netglow.scenes.stage.story import Story

TINY = {
    "pixel_width": 160,
    "pixel_height": 90,
    "frame_width": 8 * 16 / 9,
    "frame_height": 8.0,
    "frame_rate": 10,
    "background_color": "#000000",
    "verbosity": "ERROR",
    "progress_bar": "none",
    "disable_caching": True,
    "dry_run": True,
}


class Recorder(ClipWriter):
    """A writer that keeps every frame instead of encoding it."""

    def write_frame(self, pixels: np.ndarray, *, repeat: int = 1) -> None:
        self.__dict__.setdefault("film", []).extend([pixels[..., :3].copy()] * repeat)


class Studio(MovingCameraScene):
    """A scene that does what ``act(scene)`` says, in front of the stage's camera."""

    def __init__(self, act: Callable[[Any], None]) -> None:
        self.act = act
        renderer = CairoRenderer(Recorder, StageCamera)
        super().__init__(renderer=renderer, camera_class=StageCamera)

    def construct(self) -> None:
        self.act(self)


@pytest.fixture
def tiny(tmp_path: Path) -> Iterator[None]:
    """Manim's settings for pictures of 160 × 90 pixels on black."""
    with tempconfig(TINY | {"media_dir": str(tmp_path)}):
        yield


@pytest.fixture
def film(tiny: None) -> Callable[..., np.ndarray]:
    """``film(act)``: every frame (n, height, width, 3) of a scene that does ``act(scene)``."""

    def run(act: Callable[[Any], None]) -> np.ndarray:
        scene = Studio(act)
        scene.render()
        return np.array(scene.renderer.file_writer.film, np.int16)

    return run


@pytest.fixture
def picture(tiny: None) -> Callable[..., np.ndarray]:
    """``picture(*mobjects, zoom=1, at=(0, 0, 0))``: one frame (height, width, 3) of them."""

    def take(*mobjects: Mobject, zoom: float = 1.0, at: Any = (0, 0, 0)) -> np.ndarray:
        camera = StageCamera()
        camera.frame.scale(1 / zoom).move_to(np.array(at, float))
        camera.capture_mobjects(mobjects)
        return camera.pixel_array[..., :3].astype(int)

    return take


WORDS = Script(
    "A chapter",
    {
        "first": Section("First of {n}", ("One two three four five.", "And {n} more words.")),
        "second": Section("Second", ("Short.",)),
    },
    {"answer": "It is {digit}"},
)


@pytest.fixture(scope="session")
def story() -> Story:
    """The usual story: dark, English, a 3."""
    return Story.choose()


@pytest.fixture
def chapter(tiny: None, story: Story) -> Callable[..., NetglowScene]:
    """``chapter(construct, own, **arguments)``: a scene with :data:`WORDS` that was rendered so.

    ``own`` are further attributes of its class.
    """

    def run(
        construct: Callable[[Any], None], own: dict[str, Any] | None = None, **arguments: Any
    ) -> NetglowScene:
        attributes = {"construct": construct, "script": WORDS, **(own or {})}
        kind = type("Chapter", (NetglowScene,), attributes)
        scene = kind(story=story, **arguments)
        scene.render()
        return scene

    return run
