"""Manim's renderer, which paints nothing of what is skipped and copies no pictures."""

from __future__ import annotations

from typing import Any

from manim import CairoRenderer

from netglow.scenes.engine.camera import StageCamera
from netglow.scenes.engine.kernels import Frame
from netglow.scenes.engine.writer import ClipWriter


class StageRenderer(CairoRenderer):
    """Plays what is skipped without painting; Manim paints two pictures for every such play.

    A picture asked for is given away, and the camera paints the next one elsewhere.
    """

    camera: StageCamera
    file_writer: ClipWriter
    _playing = False

    def play(self, scene: Any, *args: Any, **kwargs: Any) -> None:
        self._playing = True
        try:
            super().play(scene, *args, **kwargs)
        finally:
            self._playing = False

    def update_frame(self, scene: Any, *args: Any, **kwargs: Any) -> None:
        if not (self._playing and self.skip_animations):
            super().update_frame(scene, *args, **kwargs)

    def get_frame(self) -> Frame:
        """The picture (h, w, 4) as it is now; nobody else will write to it."""
        return self.camera.give_frame()

    def release(self) -> None:
        """Let go of the pictures that are kept for the next frame."""
        self.static_image = None
        self.camera.release()
        self.file_writer.release()
